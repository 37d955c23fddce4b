"""The application: which path is answered by what."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from stdgraph.api import Graph
from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase, translated
from stdgraph.server import api, described, explorer, linked, reconciliation, sparql
from stdgraph.server.faults import QUIET, RequestError, problem
from stdgraph.server.guard import Guard
from stdgraph.server.limits import Settings
from stdgraph.server.serving import Serving


async def health(request: Request) -> Response:
    """Tell that the server runs."""
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


async def ready(request: Request) -> Response:
    """Tell whether a process has the graph open."""
    serving: Serving = request.app.state.serving
    is_ready = serving.is_ready
    told = {"status": "ready" if is_ready else "starting", "data": serving.data}
    return JSONResponse(told, 200 if is_ready else 503, headers={"Cache-Control": "no-store"})


ROUTES = (
    Route("/healthz", health),
    Route("/readyz", ready),
    Route("/sparql", sparql.endpoint, methods=["GET", "POST"]),
    Route("/sparql/", sparql.endpoint, methods=["GET", "POST"]),
    *api.ROUTES,
    *reconciliation.ROUTES,
    Route("/.well-known/void", described.void),
    Route("/questions", described.questions),
    *linked.ROUTES,
    Route("/{path:path}", explorer.explorer),
)


async def _wrong(request: Request, error: Exception) -> Response:
    """Tell of a path or method that there is not."""
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        allowed = ", ".join(sorted((error.headers or {}).get("Allow", "GET").split(", ")))
        return problem(RequestError(405, Phrase("this path takes {methods}", methods=allowed), Allow=allowed))
    return problem(RequestError(404, Phrase("there is no {path} here", path=request.url.path)))


def create_app(graph: Graph, settings: Settings | None = None) -> Starlette:
    """Return the application that serves a graph, read only.

    Raises:
        ParameterError: the graph is an endpoint's.
        NotCompiledError: the Chinese messages are not there.
    """
    translated(QUIET, "zh")
    if graph.reads.url:
        raise ParameterError(parameter="endpoint", detail=Phrase("the server needs the embedded store; leave it out"))
    serving = Serving(graph, settings or Settings())

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        async with serving.opened():
            yield

    app = Starlette(
        routes=[*ROUTES],
        middleware=[Middleware(Guard, settings=serving.settings)],
        exception_handlers={HTTPException: _wrong},
        lifespan=lifespan,
    )
    app.state.serving = serving
    app.router.redirect_slashes = False
    return app
