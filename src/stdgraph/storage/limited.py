"""Queries of strangers: each runs in a worker process, within limits of time, memory and rows.

The engine cannot be interrupted from within, takes what memory it wants, and its parser may overflow the stack.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import weakref
from contextlib import suppress
from typing import Any

import pyoxigraph as ox

from stdgraph.errors import EngineError, MemoryLimitError, QueryMemoryError, TimeLimitError
from stdgraph.locale import Foreign, Phrase
from stdgraph.model.light import dataclass, field
from stdgraph.storage.worker import Answer, Limits

START = "import sys; sys.path[:] = {path!r}; from stdgraph.storage.worker import main; main()"
OUT_OF_MEMORY = (b"memory allocation of", b"bad_alloc", b"MemoryError")
KEPT = 2
"""So many idle workers are kept for the next queries of a graph."""


@dataclass(frozen=True)
class Found:
    """A result: solutions, triples or truth, and whether rows were left out."""

    result: Any
    cut: bool = False

    @classmethod
    def of(cls, answer: Answer) -> Found:
        """Return what an answer says."""
        kind, data, cut = answer
        if kind == "table":
            return cls(ox.parse_query_results(data, format=ox.QueryResultsFormat.TSV), cut)
        if kind == "triples":
            return cls((quad.triple for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)), cut)
        return cls(data)


class Running:
    """A query while it runs, which another thread may stop."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.worker: Worker | None = None
        self.stopped = False

    def on(self, worker: Worker | None) -> None:
        """Tell on which worker it runs, None where it does not run any more."""
        with self.lock:
            self.worker = worker
            if self.stopped and worker:
                worker.stop()

    def stop(self) -> None:
        """Stop it, now or where it begins."""
        with self.lock:
            self.stopped = True
            if self.worker:
                self.worker.stop()


class Worker:
    """A process that has a graph open; killed where it does not answer in time, or is not needed any more."""

    def __init__(self) -> None:
        self.late = False
        self.process = self._started()
        self.owner = os.getpid()
        self.end = weakref.finalize(self, _end, self.process, self.owner)

    @property
    def is_ours(self) -> bool:
        """Tell whether the process lives, and is not that of a program of which this one is a copy (fork)."""
        return self.owner == os.getpid() and self.process.poll() is None

    def open(self, source: str | bytes) -> Worker:
        """Have the process open a graph: the folder of a store, or N-Quads."""
        with suppress(OSError):  # it is gone: the first question tells why
            self._send(source)
        return self

    def _started(self) -> subprocess.Popen[bytes]:
        """Start the process from a thread that lives as long: the system ties a process to the thread that made it."""
        started: list[Any] = []
        ready = threading.Event()
        threading.Thread(target=_live, args=(started, ready), daemon=True).start()
        ready.wait()
        if isinstance(started[0], OSError):
            detail = Phrase("A process for the query cannot be started: {detail}", detail=Foreign(started[0]))
            raise EngineError(detail=detail)
        process: subprocess.Popen[bytes] = started[0]
        return process

    def ask(self, text: str, limits: Limits, *, only_check: bool = False) -> Any:
        """Return what the process answers; it is not used again after an error that is raised here.

        Raises:
            TimeLimitError, QueryMemoryError: a limit was reached.
            EngineError: the process crashed.
        """
        self.late = False
        timer = threading.Timer(limits.seconds, self.stop)
        timer.daemon = True
        timer.start()
        try:
            self._send((text, limits, only_check))
            answer = pickle.load(self.process.stdout)  # type: ignore[arg-type]  # noqa: S301 (a pipe, from our own process)
        except (EOFError, OSError, pickle.UnpicklingError):
            fault = self._fault(limits)
            self.end()
            raise fault from None
        except BaseException:
            self.end()
            raise
        finally:
            timer.cancel()
        if isinstance(answer, MemoryLimitError):
            self.end()
            raise QueryMemoryError(size=limits.memory >> 20)
        return answer

    def _send(self, message: Any) -> None:
        assert self.process.stdin
        pickle.dump(message, self.process.stdin)
        self.process.stdin.flush()

    def stop(self) -> None:
        """End the process, and what it is asked with a TimeLimitError."""
        self.late = True
        self.process.kill()

    def _fault(self, limits: Limits) -> EngineError:
        """Return why the process is gone."""
        self.process.kill()  # where it still lives, and answered nonsense
        status = self.process.wait()
        if self.late:
            return TimeLimitError(seconds=limits.seconds)
        said: bytes = self.process.stderr.read()  # type: ignore[union-attr]
        if any(words in said for words in OUT_OF_MEMORY):
            return QueryMemoryError(size=limits.memory >> 20)
        detail = Phrase(
            "The engine crashed on this query (signal {number}). Make the query simpler.", number=abs(status)
        )
        return EngineError(detail=detail)


def _live(started: list[Any], ready: threading.Event) -> None:
    """Start a worker, and wait for its end."""
    code = START.format(path=[path or os.getcwd() for path in sys.path])
    pipe = subprocess.PIPE
    env = os.environ | {"RUST_BACKTRACE": "0"}
    try:
        process = subprocess.Popen([sys.executable, "-c", code], stdin=pipe, stdout=pipe, stderr=pipe, env=env)
    except OSError as error:
        started.append(error)
        return
    else:
        started.append(process)
    finally:
        ready.set()
    process.wait()


def _end(process: subprocess.Popen[bytes], owner: int) -> None:
    if os.getpid() != owner:  # a copy of our process, made by fork
        return
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        with suppress(OSError):
            pipe.close()  # type: ignore[union-attr]  # all three are pipes


def _taken(workers: list[Worker]) -> Worker | None:
    """Take the last of some workers, whatever other threads take meanwhile."""
    try:
        return workers.pop()
    except IndexError:
        return None


@dataclass
class Workers:
    """The workers of one graph: each query has one for itself, and leaves it to the next."""

    source: str | ox.Store | None
    """The folder of a store, a store in memory, or none: then texts can only be checked."""
    idle: list[Worker] = field(default_factory=list)

    def query(self, text: str, limits: Limits, running: Running | None = None) -> Found:
        """Return the result of a read-only query as the engine gives it; `running` stops it.

        Raises:
            QueryRefusedError: it would ask another server.
            QuerySyntaxError: with line and column.
            TimeLimitError, QueryMemoryError: a limit was reached.
            EngineError: the engine failed or crashed.
        """
        return Found.of(self._ask(text, limits, running=running))

    def check(self, text: str, limits: Limits | None = None) -> None:
        """Raise what is wrong with a query, without asking it."""
        self._ask(text, limits or Limits(), only_check=True)

    def _ask(self, text: str, limits: Limits, *, only_check: bool = False, running: Running | None = None) -> Any:
        worker, running = self._worker(), running or Running()
        running.on(worker)
        try:
            answer = worker.ask(text, limits, only_check=only_check)
        finally:
            running.on(None)
        if len(self.idle) < KEPT and not worker.late:
            self.idle.append(worker)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _worker(self) -> Worker:
        """Return an idle worker that lives, else a new one."""
        while worker := _taken(self.idle):
            if worker.is_ours:
                return worker
        source = self.source.dump(format=ox.RdfFormat.N_QUADS) if isinstance(self.source, ox.Store) else self.source
        spare = _taken(SPARE)
        return (spare if spare and spare.is_ours else Worker()).open(source or b"")


SPARE: list[Worker] = []
"""A process that has started, and has no graph yet."""


def warm() -> None:
    """Start a process for the first query, while the program still opens the graph."""
    if not SPARE:
        SPARE.append(Worker())


CHECKERS = Workers(None)
"""Those that read texts for graphs elsewhere."""
