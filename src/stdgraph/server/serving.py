"""One graph, served: has deeds done for requests, keeps what they gave, and ends those for which nobody waits any more."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from stdgraph import __version__
from stdgraph.api import Graph
from stdgraph.errors import EngineError, InputError
from stdgraph.locale import Phrase
from stdgraph.server.done import Done
from stdgraph.server.faults import BudgetError, RequestError
from stdgraph.server.kept import Kept, frozen, tag
from stdgraph.server.limits import Budget, Settings
from stdgraph.server.negotiation import language
from stdgraph.server.workers import Pool, Worker
from stdgraph.server.working import Source
from stdgraph.storage.store import write
from stdgraph.storage.worker import Limits

LOG = logging.getLogger("stdgraph.server")
LANGS = ("en", "zh")
VARY = "Accept, Accept-Language"
MAKING = Limits(900, 4 << 30)
"""What it may take to make the explorer."""
NOTHING: dict[str, bytes] = {}


class Serving:
    """What all requests share."""

    def __init__(self, graph: Graph, settings: Settings) -> None:
        self.settings = settings
        self.graph = graph
        self.data = graph.data or "-"
        self.budget = Budget(settings.budget)
        self.kept = Kept(settings.kept)
        self.files = NOTHING
        """The explorer's files, when they are there."""
        self.why_no_files: Exception | None = None
        self.pool: Pool | None = None

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Keep the processes in the block."""
        with tempfile.TemporaryDirectory(prefix="stdgraph-serve-") as name:
            source = self._source(Path(name))
            self.pool = Pool(source, self.settings.workers, self.settings.waiting)
            making = None
            try:
                await self.pool.open()
                if self.settings.site:
                    self.files = await asyncio.to_thread(_read, Path(self.settings.site))
                making = asyncio.create_task(self._explorer(source))
                yield
            finally:
                if making:
                    making.cancel()
                await self.pool.close()

    def _source(self, folder: Path) -> Source:
        """Return where the processes find the graph: in the cache, else written into a folder."""
        store: Any = self.graph.reads
        if store.place is None:
            write(store, folder)
        return Source(store.place or folder, list(self.graph.files), self.graph.data)

    async def _explorer(self, source: Source) -> None:
        """Make the files of the explorer, where no folder has them, in a process of its own; and what else takes long."""
        if not self.settings.explorer:
            return
        with suppress(asyncio.CancelledError):
            worker = await Worker.started(source)
            try:
                await worker.ask(("warm", "en", {}, MAKING))
                done, _ = (
                    await worker.ask(("explorer", "en", {}, MAKING)) if not self.settings.site else (self.files, 0)
                )
                self.files = done if isinstance(done, dict) else NOTHING
                self.why_no_files = done if isinstance(done, InputError) else None
            except (OSError, EOFError):
                LOG.error("the explorer could not be made: %s", await worker.last_words())
            finally:
                worker.kill()
                await worker.process.wait()

    @property
    def is_ready(self) -> bool:
        """Tell whether a process has the graph open."""
        return self.pool is not None and self.pool.ready > 0

    async def respond(
        self, request: Request, deed: str, arguments: dict[str, Any], *, form: str = "", keep: bool = True
    ) -> Response:
        """Return the answer that a deed gives; where the client has it already, it is told so.

        Args:
            request: whose body has been read.
            deed: a name of `deeds.DEEDS`.
            arguments: of the deed.
            form: what of the answer the URL does not tell: its media type.
            keep: whether the answer is the same each time.
        """
        lang = self.lang(request)
        etag = tag(__version__, self.data, deed, lang, form, frozen(arguments))
        headers = {"Vary": VARY, "Content-Language": lang, "Cache-Control": "no-cache" if keep else "no-store"}
        if keep:
            headers["ETag"] = etag
            if request.method != "POST" and is_known(request, etag):
                return Response(status_code=304, headers=headers)
        done = await self.done(request, deed, arguments, lang, etag if keep else "")
        if not done.media:
            if deed == "linked":
                raise RequestError(404, Phrase("the graph does not know {iri}", iri=arguments["iri"]))
            raise RequestError(406, Phrase("Accept names no form in which there is this answer"))
        if done.cut:
            headers["X-SPARQL-MaxRows"] = str(self.settings.limits.rows)
        return Response(done.body, 200, headers, done.media)

    def lang(self, request: Request) -> str:
        """Return the language of an answer; raises RequestError for one that we have not."""
        lang = language(request.query_params.get("lang"), request.headers.get("accept-language"))
        if lang not in LANGS:
            raise RequestError(400, Phrase("lang is en or zh"))
        return lang

    async def done(self, request: Request, deed: str, arguments: dict[str, Any], lang: str, key: str = "") -> Done:
        """Return what a deed gives, kept from an earlier request where there is a key."""
        if key and (found := self.kept.get(key)):
            return found
        client = client_of(request)
        if seconds := self.budget.wait(client):
            raise BudgetError(seconds=seconds)
        done = await self._done(request, deed, arguments, lang, client)
        if key:
            self.kept.put(key, done)
        return done

    async def _done(self, request: Request, deed: str, arguments: dict[str, Any], lang: str, client: str) -> Done:
        """Have a deed done, unless the client goes away."""
        assert self.pool
        clock = asyncio.get_running_loop().time
        began = clock()
        task = asyncio.create_task(self.pool.do(deed, lang, arguments, self.settings.limits))
        gone = asyncio.create_task(_gone(request))
        took = 0.0
        try:
            await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                raise ClientDisconnect
            done: Done
            done, took = task.result()
            return done
        except (EngineError, ClientDisconnect):
            took = clock() - began
            raise
        finally:
            for one in (task, gone):
                one.cancel()
            await asyncio.gather(task, gone, return_exceptions=True)
            self.budget.spend(client, took)


def _read(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


async def _gone(request: Request) -> None:
    """Return when the client has gone away."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def is_known(request: Request, etag: str) -> bool:
    """Tell whether the client has the answer of a tag (RFC 9110, 13.1.2)."""
    known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    return etag in known or "*" in known


def client_of(request: Request) -> str:
    """Return whose account a request is on."""
    return network_of(request.client)


def network_of(client: Sequence[Any] | None) -> str:
    """Return who is at an address: of IPv4 it itself, of IPv6 the network of a house.

    >>> network_of(("10.0.0.1", 80)), network_of(("2001:db8:1:2:3:4:5:6", 80)), network_of(None)
    ('10.0.0.1', '2001:db8:1:2', '')
    """
    host = str(client[0]) if client else ""
    return ":".join(host.split(":")[:4]) if ":" in host else host


async def body_of(request: Request, settings: Settings) -> bytes:
    """Return the body of a request; raises RequestError where it is too long, packed, or does not come."""
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise RequestError(415, Phrase("send a body as it is, not packed"), Accept_Encoding="identity")
    told = request.headers.get("content-length", "0")
    if told.isdigit() and int(told) > settings.body:
        raise _too_long(settings)
    found = bytearray()
    try:
        async with asyncio.timeout(settings.body_seconds):
            async for part in request.stream():
                found += part
                if len(found) > settings.body:
                    raise _too_long(settings)
    except TimeoutError:
        raise RequestError(408, Phrase("the body did not come in time")) from None
    return bytes(found)


def _too_long(settings: Settings) -> RequestError:
    return RequestError(413, Phrase("the body has more than {size} bytes", size=settings.body))
