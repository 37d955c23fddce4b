"""The one door to a SPARQL engine elsewhere: who we are, whom we trust, how long we wait, and what an answer's bytes are.

Credentials come from the environment (`STDGRAPH_ENDPOINT_USER`, `STDGRAPH_ENDPOINT_PASSWORD`), else from what the settings file says of a
named endpoint, else from netrc; they are sent to the engine's own host alone, and told to nobody.
"""

from __future__ import annotations

import netrc
import os
import ssl
import time
import zlib
from base64 import b64encode
from contextlib import suppress
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit, urlunsplit

if TYPE_CHECKING:
    from email.message import Message
    from http.client import HTTPResponse

BUSY = {429, 503}
"""Statuses that ask to come again later."""
TRIES = 4
FIRST_PAUSE = 0.5
"""Seconds; each further one is twice as long, unless the engine says when to come again."""
USER, PASSWORD = "STDGRAPH_ENDPOINT_USER", "STDGRAPH_ENDPOINT_PASSWORD"


def agent() -> str:
    """Return what tells an engine who asks."""
    try:
        known = f"/{version('stdgraph')}"
    except PackageNotFoundError:  # run from its source, and not installed
        known = ""
    return f"stdgraph{known} (https://w3id.org/stdgraph)"


def parts(url: str, given: tuple[str, str] = ("", "")) -> tuple[str, tuple[str, str]]:
    """Return an address without a name and password, and these: those in it, else those of the places where they are kept.

    Raises:
        ValueError: it is no address.
    """
    split = urlsplit(url)
    told, _, host = split.netloc.rpartition("@")
    name, _, password = told.partition(":")
    own = (unquote(name), unquote(password))
    return urlunsplit(split._replace(netloc=host)), next(
        (p for p in (own, _environment(), given) if p[0]), _netrc(split.hostname or "")
    )


def _environment() -> tuple[str, str]:
    return os.environ.get(USER, ""), os.environ.get(PASSWORD, "")


def _netrc(host: str) -> tuple[str, str]:
    """Return what the user's netrc says of a host; not what it says of all others."""
    with suppress(OSError, RuntimeError, netrc.NetrcParseError):
        kept = netrc.netrc().hosts.get(host)
        if kept:
            return kept[0], kept[2] or ""
    return "", ""


def authorization(credentials: tuple[str, str]) -> dict[str, str]:
    """Return the header that shows who asks, none for nobody."""
    if not credentials[0]:
        return {}
    return {"Authorization": f"Basic {b64encode(':'.join(credentials).encode()).decode()}"}


def context() -> ssl.SSLContext:
    """Return whom to trust: the authorities that the system trusts, or those of SSL_CERT_FILE."""
    return ssl.create_default_context()


def pause(answer: HTTPResponse, tries: int, left: float) -> bool:
    """Wait until a busy engine may be asked again; False where it is not busy, or that would be too late."""
    if answer.status not in BUSY or tries >= TRIES:
        return False
    seconds = _seconds(answer.headers, FIRST_PAUSE * 2 ** (tries - 1))
    if seconds >= left:
        return False
    time.sleep(seconds)
    return True


def _seconds(headers: Message, usual: float) -> float:
    """Return for how long an engine asks to stay away."""
    said = str(headers.get("Retry-After") or "").strip()
    if said.isdecimal():
        return float(said[:9])
    with suppress(TypeError, ValueError):
        return max(parsedate_to_datetime(said).timestamp() - time.time(), 0.0)
    return usual


class Unpacked:
    """The bytes of an answer as they were before they were packed, never more than asked for at once."""

    def __init__(self, answer: HTTPResponse) -> None:
        packed = (answer.headers.get("Content-Encoding") or "").strip().lower()
        self.answer = answer
        self.packed = zlib.decompressobj(47) if packed in ("gzip", "x-gzip", "deflate") else None

    def read(self, size: int) -> bytes:
        """Return the next bytes, none at the end; raises ValueError where they were packed wrongly, or are but a part."""
        while self.packed:
            kept = self.packed.unconsumed_tail
            raw = kept or self.answer.read1(size)
            try:
                done = self.packed.decompress(raw, size)
            except zlib.error as error:
                raise ValueError(str(error)) from None
            if done:
                return done
            if not raw:
                if not self.packed.eof:
                    raise ValueError("the packed answer ends too early")
                return b""
            if self.packed.eof:
                return b""
        return self.answer.read1(size)
