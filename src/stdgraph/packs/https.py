"""Asks for a file at an https address: no other scheme, certificates verified, redirects and waiting bounded."""

from __future__ import annotations

import re
import ssl
import string
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from http.client import HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from io import BufferedReader, RawIOBase
from typing import Any
from urllib.error import URLError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import HTTPSHandler, OpenerDirector, ProxyHandler, Request

from stdgraph.errors import DownloadError
from stdgraph.locale import Foreign, Phrase

BLOCK = 1 << 16
REDIRECTS = 5
SLOWEST = 1 << 10
"""Bytes a second: what comes more slowly, for as long as a read may take, has stalled."""

MOVED = {301, 302, 303, 307, 308}
CLOSED = {401, 402, 403, 407}
BUSY = {408, 429, 500, 502, 503, 504}


class Remote:
    """A file at an https address.

    Redirects are followed to any host, since nothing secret is sent, but to none without https and a valid certificate.

    Args:
        url: an https address without name and password.
        context: whom to trust; the authorities that the system trusts where it is not given.
        timeout: seconds for the connection, for each read, and for the least progress.

    Raises:
        DownloadError: the address is not allowed.
    """

    def __init__(self, url: str, context: ssl.SSLContext | None, timeout: float) -> None:
        self.url, self.timeout = url, timeout
        if why := _why(url):
            raise DownloadError(url=_shown(url), detail=why)
        self.opener = OpenerDirector()
        self.opener.addheaders = [("User-Agent", "stdgraph")]
        self.opener.add_handler(ProxyHandler())
        self.opener.add_handler(_Handler(context or ssl.create_default_context()))

    def error(self, *, detail: str, passing: bool = False) -> DownloadError:
        """Return what is wrong with the file, and whether it may pass by itself."""
        return DownloadError(url=self.url, detail=detail, passing=passing)

    def open(self, headers: Mapping[str, str]) -> HTTPResponse:
        """Return the answer at the end of all redirects, whatever its status."""
        url = quote(self.url, safe=string.punctuation)
        for _ in range(REDIRECTS + 1):
            request = Request(url, headers=dict(headers))  # noqa: S310, _why lets only https pass
            with self.told():
                answer: HTTPResponse = self.opener.open(request, timeout=self.timeout)
            if answer.status not in MOVED:
                return answer
            with closing(answer):
                url = self._next(url, answer.headers.get("Location", ""))
        raise self.error(detail=Phrase("sends on more than {number} times", number=REDIRECTS))

    def _next(self, url: str, location: str) -> str:
        """Return where a redirect leads; its bytes come as they are, and http.client reads them as Latin-1."""
        location = quote(location, safe=string.punctuation, encoding="latin-1")
        try:
            address = urljoin(url, location)
        except ValueError:
            address = location
        if why := _why(address):
            raise self.error(
                detail=Phrase("sends on to {address}, which {detail}", address=_shown(address), detail=why)
            )
        return address

    @contextmanager
    def told(self) -> Iterator[None]:
        """Tell in words what went wrong on the line; raises DownloadError."""
        try:
            yield
        except (OSError, HTTPException, ValueError) as error:
            reason = error.reason if isinstance(error, URLError) else error
            lasting = isinstance(reason, TimeoutError | ssl.SSLError)
            passing = isinstance(reason, OSError | IncompleteRead) and not lasting
            raise self.error(detail=_failure(error, reason, self.timeout), passing=passing) from None

    def refused(self, status: int, reason: str) -> DownloadError:
        """Return what it means that the server answers with a status other than those asked for."""
        if status in (404, 410):
            return self.error(detail=Phrase("was not found ({code})", code=status))
        if status in CLOSED:
            return self.error(detail=Phrase("is not open to everybody ({code})", code=status))
        if status in BUSY:
            return self.error(detail=Phrase("is busy or out of order ({code})", code=status), passing=True)
        return self.error(detail=Phrase("answered {code} {reason}", code=status, reason=reason))


class _Clocked(RawIOBase):
    """What a connection gives; raises TimeoutError where it gives so little that there will be no end."""

    def __init__(self, raw: RawIOBase, seconds: float) -> None:
        self.raw, self.seconds = raw, seconds
        self.since, self.given = 0.0, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        found = self.raw.readinto(buffer) or 0
        now = time.monotonic()
        self.since = self.since or now  # of the first byte: waiting for it has its own limit
        self.given += found
        if now - self.since > self.seconds:
            if found and self.given < SLOWEST * self.seconds:
                raise TimeoutError
            self.since, self.given = now, 0
        return found

    def close(self) -> None:
        self.raw.close()
        super().close()


class _Response(HTTPResponse):
    """An answer whose headers and body come in good time."""

    def __init__(self, sock: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp = BufferedReader(_Clocked(self.fp.detach(), sock.gettimeout()), BLOCK)


class _Connection(HTTPSConnection):
    response_class = _Response


class _Handler(HTTPSHandler):
    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__(context=context)
        self.trusted = context

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(_Connection, req, context=self.trusted)


def _why(url: str) -> str:
    """Say why an address may not be used; empty where it may."""
    try:
        parts = urlsplit(url)
        if parts.scheme == "https" and parts.hostname and parts.port != 0:
            return "" if "@" not in parts.netloc else Phrase("holds a name or password; leave it out")
    except ValueError:
        pass
    return Phrase("is not an https address")


def _shown(url: str) -> str:
    """Return an address without name and password.

    >>> _shown("https://me:secret@example.org/a@b")
    'https://…@example.org/a@b'
    """
    return re.sub(r"(?<=//)[^/?#]*(?=@)", "…", url)


def _failure(error: Exception, reason: Any, seconds: float) -> Phrase:
    """Say in words why nothing, or not all, was received."""
    if isinstance(reason, TimeoutError):
        return Phrase("sent nothing, or too little, within {seconds:g} s", seconds=seconds)
    if isinstance(reason, ssl.SSLCertVerificationError):
        why = Foreign(reason.verify_message)
        return Phrase("has a certificate that is not to be trusted ({detail})", detail=why)
    told = Foreign(" ".join(str(reason).split()) or type(reason).__name__)
    if isinstance(error, URLError):
        return Phrase("cannot be reached ({detail})", detail=told)
    return Phrase("failed ({detail})", detail=told)
