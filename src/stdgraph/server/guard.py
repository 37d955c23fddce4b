"""What stands before every request and behind every answer: hosts, origins, headers of safety, the log."""

from __future__ import annotations

import ipaddress
import json
import logging
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stdgraph.errors import StdgraphError
from stdgraph.locale import Phrase
from stdgraph.server.faults import RequestError, problem, status_of
from stdgraph.server.limits import Settings
from stdgraph.server.negotiation import language

ACCESS = logging.getLogger("stdgraph.access")
LOG = logging.getLogger("stdgraph.server")
SAFE = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Headers of each answer, unless it has its own."""
ALLOWED = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "3600",
}
EXPOSED = "ETag, Link, Retry-After, X-SPARQL-MaxRows"


class Guard:
    """Lets requests through to the application, and tells of those that fail."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        seen = Seen(scope, send, self.settings)
        try:
            self._check(seen.headers)
            if scope["method"] == "OPTIONS" and "access-control-request-method" in seen.headers:
                await seen.send({"type": "http.response.start", "status": 204, "headers": []})
                await seen.send({"type": "http.response.body"})
            else:
                await self.app(scope, receive, seen.send)
        except ClientDisconnect:
            seen.status = seen.status or 499
        except Exception as error:
            await self._failed(error, seen, scope, receive)
        finally:
            seen.log()

    async def _failed(self, error: Exception, seen: Seen, scope: Scope, receive: Receive) -> None:
        """Tell the client of an error, and the log where it is ours."""
        if status_of(error) == 500:
            fault = None if isinstance(error, StdgraphError) else error  # where ours were raised tells nothing
            LOG.error("%s %s: %r", scope["method"], json.dumps(scope["path"]), error, exc_info=fault)
        if not seen.status:
            lang = language(None, seen.headers.get("accept-language"))
            await problem(error, lang)(scope, receive, seen.send)

    def _check(self, headers: Headers) -> None:
        """Refuse a request to another name: a page elsewhere may have had it lead here (DNS rebinding)."""
        host = headers.get("host", "").lower()
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
        if not (name in ("localhost", *self.settings.names) or _is_address(name.strip("[]"))):
            raise RequestError(421, Phrase("start it with --name {name}, if it is to", name=name or "-"))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Seen:
    """A request on its way: what goes back passes here."""

    def __init__(self, scope: Scope, send: Send, settings: Settings) -> None:
        self.scope = scope
        self.headers = Headers(scope=scope)
        self._send = send
        self.settings = settings
        self.began = time.monotonic()
        self.status = 0
        self.size = 0

    async def send(self, message: Message) -> None:
        """Pass a part of the answer on."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in {**SAFE, **self._cors()}.items():
                headers.setdefault(name, value)
            if self.settings.origins:
                headers.add_vary_header("Origin")
        else:
            self.size += len(message.get("body", b""))
        await self._send(message)

    def _cors(self) -> Mapping[str, str]:
        """Return what lets a page of an origin read the answer: of those that were named, no other."""
        origin = self.headers.get("origin", "")
        if origin not in self.settings.origins:
            return {}
        return {"Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": EXPOSED, **ALLOWED}

    def log(self) -> None:
        """Write a line of JSON on the request; what was asked stands in it only where that is wanted."""
        if not self.settings.log:
            return
        told: dict[str, Any] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "client": (self.scope.get("client") or ("",))[0],
            "method": self.scope["method"],
            "path": self.scope["path"],
            "status": self.status,
            "bytes": self.size,
            "ms": round((time.monotonic() - self.began) * 1000, 1),
        }
        if self.settings.log_queries:
            told["query"] = self.scope.get("query_text") or parse_qs(self.scope["query_string"].decode("latin-1"))
        ACCESS.info("%s", json.dumps(told, ensure_ascii=True))
