"""A process that does deeds for the server, one after the other: it may be stopped at any time, and may even crash.

It is told on its standard input which graph to open, then what to do; each message is its length and a pickle.
"""

from __future__ import annotations

import os
import pickle
import struct
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

from stdgraph.api import Graph
from stdgraph.errors import MemoryLimitError, StdgraphError
from stdgraph.model.light import dataclass
from stdgraph.server.deeds import DEEDS
from stdgraph.server.fence import fence
from stdgraph.storage.store import Store, at
from stdgraph.storage.worker import GRACE, Limits, limit_memory, limit_time, taken, tie_to_parent

HEAD = struct.Struct(">Q")
BEGUN = HEAD.pack(0)
"""What is sent before a deed is begun: until then another process may do it as well."""


@dataclass(frozen=True)
class Source:
    """Where a process finds the graph: the folder of its store, the files that it was made of, and their hash."""

    place: Path
    files: Sequence[Any]
    data: str | None

    def graphs(self) -> dict[str, Graph]:
        """Return the graph, opened, in each language."""
        store = at(self.place)
        return {lang: Served(store, lang, self) for lang in ("en", "zh")}


class Served(Graph):
    """A graph whose data are those with which it was opened, whatever became of the files."""

    def __init__(self, store: Store, lang: str, source: Source) -> None:
        super().__init__(store, lang=lang, files=source.files)
        self._hash = source.data

    @property
    def data(self) -> str | None:
        """The hash of the files of which the store was made."""
        return self._hash


class Failed(Exception):  # noqa: N818 (it stands for any error that is not ours)
    """A deed failed by a fault of the program; told to the log, not to the client."""


def main() -> None:
    """Do deeds until the parent ends."""
    tie_to_parent()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    source = _read(sys.stdin.buffer)
    graphs = source.graphs()
    fence(source.place)
    own = taken()
    _write(out, None)
    while True:
        deed, lang, arguments, limits = _read(sys.stdin.buffer)
        out.write(BEGUN)
        out.flush()
        limit_memory(own + limits.memory)
        limit_time(limits.seconds + GRACE)
        began = time.monotonic()
        done = _done(graphs[lang], deed, arguments, limits)
        limit_time(0)
        _write(out, (done, time.monotonic() - began))


def _done(graph: Graph, deed: str, arguments: dict[str, Any], limits: Limits) -> Any:
    """Return what a deed gives, or the error that ended it."""
    try:
        return DEEDS[deed](graph, limits=limits, **arguments)
    except StdgraphError as error:
        return error
    except MemoryError:
        return MemoryLimitError()
    except Exception as error:  # told to the parent
        return Failed(f"{type(error).__name__}: {error}")


def _read(pipe: BinaryIO) -> Any:
    head = pipe.read(HEAD.size)
    if len(head) < HEAD.size:
        os._exit(0)  # the parent has gone
    return pickle.loads(pipe.read(*HEAD.unpack(head)))  # noqa: S301 (a pipe, from our own parent)


def _write(pipe: BinaryIO, message: Any) -> None:
    data = pickle.dumps(message)
    pipe.write(HEAD.pack(len(data)))
    pipe.write(data)
    pipe.flush()
