"""A process that answers queries within limits: it may be stopped at any time, and may even crash.

It is told on its standard input where its graph is, then one query after the other. It ends with its parent.
"""

from __future__ import annotations

import ctypes
import itertools
import os
import pickle
import queue
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO

import pyoxigraph as ox

from stdgraph.errors import EngineError, MemoryLimitError, StdgraphError
from stdgraph.locale import Foreign, Phrase
from stdgraph.model.light import dataclass
from stdgraph.storage.sparql import check_syntax, run, stay_home

MAX_ANSWER = 256 << 20
"""Bytes; a longer answer is refused."""
GRACE = 5
"""Seconds after which a worker ends itself, where its parent should have ended it."""
DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux."""


Answer = tuple[str, Any, bool]
"""The kind of an answer (table, triples, truth), the answer in bytes or as truth, and whether it was cut."""


@dataclass(frozen=True)
class Limits:
    """What a query may use: seconds, bytes of memory beside the graph, and rows or triples that it may return."""

    seconds: int = 60
    memory: int = 2 << 30
    rows: int = 100_000


class Full(Exception):  # noqa: N818 (it ends the work, and is no error)
    """There are as many rows as wanted."""


class Lines:
    """Takes what a serializer writes, up to a number of lines, and of bytes."""

    def __init__(self, most: int, size: int = MAX_ANSWER) -> None:
        self.left = most
        self.size = size
        self.data = bytearray()
        self.cut = False

    def write(self, part: bytes) -> int:
        """Keep a part; raises Full after the last line that is wanted."""
        lines = part.count(b"\n")
        if lines > self.left:
            self.cut = True
            part = b"".join(itertools.islice(part.splitlines(keepends=True), self.left))
        elif lines == self.left and not part.endswith(b"\n"):
            self.cut = True
            part = part[: part.rindex(b"\n") + 1] if lines else b""
        self.left -= lines
        self.data += part
        if len(self.data) > self.size:
            told = Phrase("The answer is longer than {size} MiB. Ask for less.", size=self.size >> 20)
            raise EngineError(detail=told)
        if self.cut:
            raise Full
        return len(part)

    def flush(self) -> None:
        """Do nothing: all is kept."""


def answer(store: ox.Store, text: str, limits: Limits) -> Answer:
    """Return what a query gives."""
    stay_home(text)
    return within(run(store, text), limits)


def within(
    found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, limits: Limits, size: int = MAX_ANSWER
) -> Answer:
    """Return a result of the engine as it goes to the parent, cut where it has too many rows."""
    if isinstance(found, ox.QueryBoolean):
        return "truth", bool(found), False
    table = isinstance(found, ox.QuerySolutions)
    lines = Lines(limits.rows + table, size)  # the first line of a table names its columns
    with suppress(Full):
        found.serialize(lines, format=ox.QueryResultsFormat.TSV if table else ox.RdfFormat.N_TRIPLES)  # type: ignore[arg-type]
    return "table" if table else "triples", bytes(lines.data), lines.cut


def told(store: ox.Store, text: str, limits: Limits, *, only_check: bool) -> Any:
    """Return an answer or an error, as it goes to the parent."""
    try:
        return check_syntax(text) if only_check else answer(store, text, limits)
    except StdgraphError as error:
        return error
    except MemoryError:
        return MemoryLimitError()
    except BaseException as error:  # told to the parent
        return EngineError(detail=Phrase("The store failed: {detail}", detail=Foreign(error)))


def opened(source: str | bytes) -> ox.Store:
    """Return a store: the one at a place, or one that holds some N-Quads."""
    if isinstance(source, str):
        return ox.Store.read_only(source)
    store = ox.Store()
    store.bulk_load(source, format=ox.RdfFormat.N_QUADS)
    return store


def tie_to_parent() -> None:
    """Have the system end this process with its parent (Linux); elsewhere the end of standard input does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)


def requests(pipe: BinaryIO) -> Iterator[Any]:
    """Yield what the parent sends; its end is the end of this process, whatever it is doing."""
    waiting: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def read() -> None:
        with suppress(EOFError, OSError):
            while True:
                waiting.put(pickle.load(pipe))  # noqa: S301 (written by our own parent)
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    while True:
        yield waiting.get()


def limit_memory(size: int) -> None:
    """Let this process take so many bytes beside those that it has, where the system can see to it."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        _, hardest = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (size, hardest))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def taken() -> int:
    """Return the bytes of address space that this process has, 0 where the system does not say."""
    with suppress(OSError), open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def limit_time(seconds: int) -> None:
    """Have the system end this process after so long; 0 is never."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def main() -> None:
    """Answer until the parent ends."""
    tie_to_parent()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    asked = requests(sys.stdin.buffer)
    store = opened(next(asked))
    own = taken()
    for text, limits, only_check in asked:
        limit_memory(own + limits.memory)
        limit_time(limits.seconds + GRACE)
        pickle.dump(told(store, text, limits, only_check=only_check), out)
        out.flush()
        limit_time(0)
