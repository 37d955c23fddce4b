"""The processes that do the server's deeds: started ahead, killed where they are late, and at once replaced.

Each request has a process for itself. What a query does to one costs that request, and no other.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import sys
from contextlib import suppress
from typing import Any

from stdgraph.errors import EngineError, MemoryLimitError, QueryMemoryError, StdgraphError, TimeLimitError
from stdgraph.locale import Phrase
from stdgraph.server.faults import BusyError, FaultError
from stdgraph.server.working import BEGUN, HEAD, Failed, Source
from stdgraph.storage.limited import OUT_OF_MEMORY
from stdgraph.storage.worker import Limits

START = "import sys; sys.path[:] = {path!r}; from stdgraph.server.working import main; main()"
USES = 5_000
"""After so many deeds a process gives way to a new one."""
PAUSE = 1
"""Seconds before another one is started in the place of one that could not open the graph."""
PIECE = 1 << 20


class NotBegunError(EOFError):
    """A process had ended before it was asked."""


class Worker:
    """A process that has the graph open."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.uses = 0

    @classmethod
    async def started(cls, source: Source) -> Worker:
        """Return a process that is ready; raises EngineError."""
        code = START.format(path=[path or os.getcwd() for path in sys.path])
        pipe = asyncio.subprocess.PIPE
        env = os.environ | {"RUST_BACKTRACE": "0"}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", code, stdin=pipe, stdout=pipe, stderr=pipe, env=env, limit=PIECE
        )
        worker = cls(process)
        try:
            await worker.ask(source)
        except (OSError, EOFError):
            said = await worker.last_words()
            raise EngineError(
                detail=Phrase("A process of the server cannot open the graph: {detail}", detail=said)
            ) from None
        except BaseException:
            worker.kill()
            await process.wait()
            raise
        return worker

    @property
    def lives(self) -> bool:
        """Tell whether the process has not ended."""
        return self.process.returncode is None

    async def ask(self, message: Any) -> Any:
        """Return what the process answers; raises OSError or EOFError where it has ended, NotBegunError before it began."""
        assert self.process.stdin
        assert self.process.stdout
        data = pickle.dumps(message)
        try:
            self.process.stdin.write(HEAD.pack(len(data)) + data)
            await self.process.stdin.drain()
            head = await self.process.stdout.readexactly(HEAD.size)
        except (OSError, EOFError) as error:
            raise NotBegunError from error
        if head == BEGUN:
            head = await self.process.stdout.readexactly(HEAD.size)
        return pickle.loads(await self.process.stdout.readexactly(*HEAD.unpack(head)))  # noqa: S301 (our own process)

    async def last_words(self) -> str:
        """End the process, and return what it said on standard error."""
        assert self.process.stderr
        self.kill()
        said = await self.process.stderr.read(PIECE)
        return said.decode("utf-8", "replace")[-1000:]

    def kill(self) -> None:
        """End the process, whatever it is doing."""
        with suppress(ProcessLookupError):
            self.process.kill()


class Pool:
    """Processes for so many requests at once, and one more that waits to step in."""

    def __init__(self, source: Source, number: int, waiting: int) -> None:
        self.source = source
        self.number = number
        self.waiting = waiting
        self.queue = 0
        self.turn = asyncio.Semaphore(number)
        self.idle: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()
        self.all: set[Worker] = set()
        self.tasks: set[asyncio.Task[None]] = set()

    @property
    def ready(self) -> int:
        """How many processes have the graph open."""
        return sum(worker.lives for worker in self.all)

    async def open(self) -> None:
        """Start all processes, and wait for the first; raises EngineError."""
        await self._add()
        for _ in range(self.number):
            self._begin(self._add())

    async def close(self) -> None:
        """End all processes."""
        for task in [*self.tasks]:
            task.cancel()
        for worker in [*self.all]:
            worker.kill()
        await asyncio.gather(*self.tasks, *(worker.process.wait() for worker in self.all), return_exceptions=True)

    async def do(self, deed: str, lang: str, arguments: dict[str, Any], limits: Limits) -> tuple[Any, float]:
        """Return what a deed gives, and the seconds that it took; to cancel it ends its process.

        Raises:
            BusyError: too many wait already.
            TimeLimitError, QueryMemoryError, EngineError: the process was ended, or ended itself.
            StdgraphError: what the deed raises.
        """
        if self.queue >= self.waiting:
            raise BusyError
        self.queue += 1
        try:
            await self.turn.acquire()
        finally:
            self.queue -= 1
        try:
            while True:
                with suppress(NotBegunError):
                    return await self._done(await self._worker(), (deed, lang, arguments, limits), limits)
        finally:
            self.turn.release()

    async def _worker(self) -> Worker:
        while not (worker := await self.idle.get()).lives:
            pass
        return worker

    async def _done(self, worker: Worker, message: Any, limits: Limits) -> tuple[Any, float]:
        worker.uses += 1
        try:
            async with asyncio.timeout(limits.seconds):
                done, seconds = await worker.ask(message)
        except TimeoutError:
            worker.kill()
            raise TimeLimitError(seconds=limits.seconds) from None
        except NotBegunError:
            worker.kill()
            raise
        except (OSError, EOFError, pickle.UnpicklingError):
            raise await _fault(worker, limits) from None
        except BaseException:
            worker.kill()
            raise
        if worker.uses >= USES or isinstance(done, MemoryLimitError):
            worker.kill()
        else:
            self.idle.put_nowait(worker)
        if isinstance(done, MemoryLimitError):
            raise QueryMemoryError(size=limits.memory >> 20)
        if isinstance(done, Failed):
            raise FaultError(str(done))
        if isinstance(done, StdgraphError):
            raise done
        return done, seconds

    def _begin(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self._begin(self._add(PAUSE))

    async def _add(self, pause: float = 0) -> None:
        """Start a process, and another one when it has ended."""
        await asyncio.sleep(pause)
        worker = await Worker.started(self.source)
        self.all.add(worker)
        self.idle.put_nowait(worker)
        self._begin(self._replaced(worker))

    async def _replaced(self, worker: Worker) -> None:
        await worker.process.wait()
        self.all.discard(worker)
        await self._add()


async def _fault(worker: Worker, limits: Limits) -> EngineError:
    """Return why a process has ended."""
    said = (await worker.last_words()).encode()
    status = await worker.process.wait()
    if any(words in said for words in OUT_OF_MEMORY):
        return QueryMemoryError(size=limits.memory >> 20)
    told = Phrase("The engine crashed on this query (signal {number}). Make the query simpler.", number=abs(status))
    return EngineError(detail=told)
