"""The application behind a socket: uvicorn, set up for strangers."""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
from collections.abc import Callable
from typing import Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from stdgraph.api import Graph
from stdgraph.errors import ParameterError
from stdgraph.locale import Foreign
from stdgraph.server.app import create_app
from stdgraph.server.limits import Settings
from stdgraph.server.serving import network_of

HEADERS = 128 << 10
"""Bytes that the line and the headers of a request may have."""
HEADER_SECONDS = 20
CONNECTIONS, OF_ONE = 500, 100
"""So many connections are open at once, and so many of one client; behind a proxy all are the proxy's."""
LEAVING = 5
"""Seconds that requests have to end when the server ends."""


class Patient(H11Protocol):
    """A connection on which each request's headers come within some seconds, one of not too many of its client."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to wait."""
        super().connection_made(transport)
        if not self.config.proxy_headers and self._of_its_client() > OF_ONE:
            transport.abort()
        else:
            self._wait(transport)

    def _of_its_client(self) -> int:
        """Return how many connections the client of this one has."""
        return sum(network_of(one.client) == network_of(self.client) for one in self.connections)  # type: ignore[union-attr]  # all are such

    def data_received(self, data: bytes) -> None:
        """Take what has come, and wait for the rest of the headers, but no longer."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop()
        elif self._late is None:
            self._wait(self.transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop()
        super().connection_lost(exc)

    def _wait(self, transport: Any) -> None:
        self._late = asyncio.get_running_loop().call_later(HEADER_SECONDS, transport.close)

    def _stop(self) -> None:
        if self._late:
            self._late.cancel()
            self._late = None


def bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens; raises ParameterError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=512)
    except (OSError, OverflowError) as error:
        told = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise ParameterError(parameter="port", detail=Foreign(told)) from None


def server(
    graph: Graph, settings: Settings, *, proxy: bool = False, started: Callable[[], None] | None = None
) -> uvicorn.Server:
    """Return a server that runs when it is given a socket: `server(…).run([bound(host, port)])`.

    Args:
        graph: an opened store.
        settings: limits, names, origins.
        proxy: whether a proxy on this machine tells the client's address (X-Forwarded-For).
        started: called when it answers.
    """
    config = uvicorn.Config(
        create_app(graph, settings),
        http=Patient,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=proxy,
        forwarded_allow_ips="127.0.0.1,::1" if proxy else "",
        h11_max_incomplete_event_size=HEADERS,
        limit_concurrency=CONNECTIONS,
        timeout_graceful_shutdown=LEAVING,
    )
    return _Server(config, started)


class _Server(uvicorn.Server):
    """Tells when it has started."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None] | None) -> None:
        super().__init__(config)
        self._told = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and tell so."""
        await super().startup(sockets)
        if self.started and self._told:
            self._told()


def log_to_stderr() -> None:
    """Have the log written to standard error: faults, and one line of JSON for each request where that is wanted."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    for name, level in (
        ("stdgraph.access", logging.INFO),
        ("stdgraph.server", logging.WARNING),
        ("uvicorn", logging.ERROR),
    ):
        logger = logging.getLogger(name)
        logger.addHandler(handler)
        logger.setLevel(level)
        logger.propagate = False
