"""A client of a server on loopback."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, urlencode


@dataclass
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Client:
    """Asks a port; `serving` is what the server behind it shares among requests."""

    port: int
    serving: Any = None
    host: str = field(default="localhost")
    timeout: float = 120

    def within(self, seconds: float) -> Client:
        """Return a client that waits so long."""
        return replace(self, timeout=seconds)

    def call(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        """Ask, and return what came back; `content_type` is the header Content-Type."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            connection.request(method, path, body, {"Host": f"{self.host}:{self.port}"} | told)
            got = connection.getresponse()
            return Reply(got.status, {n.lower(): v for n, v in got.getheaders()}, got.read())
        finally:
            connection.close()

    def get(self, path: str, /, *pairs: tuple[str, str], accept: str = "", **headers: str) -> Reply:
        """Ask by GET; pairs are the fields of the query."""
        told = headers | ({"Accept": accept} if accept else {})
        return self.call("GET", quote(path, safe="/?&=%:,;+~") + (f"?{urlencode(pairs)}" if pairs else ""), **told)

    def query(self, text: str, /, *pairs: tuple[str, str], accept: str = "", **headers: str) -> Reply:
        """Ask a SPARQL query by GET."""
        return self.get("/sparql", ("query", text), *pairs, accept=accept, **headers)

    def post(self, path: str, body: str | bytes, media: str, **headers: str) -> Reply:
        """Ask by POST."""
        data = body.encode() if isinstance(body, str) else body
        return self.call("POST", path, data, Content_Type=media, **headers)

    def form(self, path: str, *pairs: tuple[str, str], **headers: str) -> Reply:
        """Ask by POST, as a form."""
        return self.post(path, urlencode(pairs), "application/x-www-form-urlencoded", **headers)
