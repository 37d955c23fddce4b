"""Downloads a file that a publisher offers: bounded, resumable, conditional; what was there stays until all is there."""

from __future__ import annotations

import os
import re
import ssl
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPResponse
from pathlib import Path

from stdgraph.errors import DownloadError, PackPlaceError
from stdgraph.locale import Foreign, Phrase
from stdgraph.packs.https import BLOCK, Remote

TRIES, PAUSE = 3, 0.5
"""A failure that may pass by itself is met by another try, after so many seconds."""

PAGES = {"text/html", "application/xhtml+xml"}
PACKINGS = {"", "identity", "gzip", "x-gzip"}
STRONG = re.compile(r'"[\x21\x23-\x7e\x80-\xff]*"')
"""An entity tag that stands for the very bytes: only with such a one can the rest of a file be asked for."""

RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")
CHANGED = Phrase("changed while it was downloaded")

Tick = Callable[[int, int | None], None]
"""Takes the number of bytes that are there so far, and that of all where the server tells it."""


@dataclass(frozen=True)
class Fetched:
    """A file as its publisher offers it, perhaps packed with gzip.

    `etag` and `last_modified` are what the next call should know. An `unchanged` file was not sent again: `path` is as
    the earlier call left it.
    """

    path: Path
    etag: str
    last_modified: str
    size: int
    unchanged: bool = False

    @property
    def day(self) -> str:
        """The day, YYYY-MM-DD, on which the publisher last changed the file; empty where that is not told."""
        try:
            return parsedate_to_datetime(self.last_modified).date().isoformat()
        except ValueError:
            return ""


def fetch(
    url: str,
    place: Path,
    *,
    limit: int,
    known: Mapping[str, str] | None = None,
    context: ssl.SSLContext | None = None,
    timeout: float = 30,
    tick: Tick | None = None,
) -> Fetched:
    """Download a file to a place, unless it is the one that is known; the next call goes on where one broke off.

    What is not complete stands beside the place in `NAME.part`; the place itself is written at one stroke.

    Args:
        url: an https address without name and password; redirects lead to other https addresses alone.
        place: the file; its folder is made where it is missing, and serves one download at a time.
        limit: the most bytes that are taken, whatever the server announces.
        known: `etag` and `last_modified` of the file that was fetched before.
        context: whom to trust; the authorities that the system trusts where it is not given.
        timeout: seconds for the connection, for each read, and for the least progress.
        tick: called with what is there so far.

    Raises:
        DownloadError: the address is not allowed, or the server refused, failed, stalled or sent something else.
        PackPlaceError: the place cannot be written.
    """
    remote = Remote(url, context, timeout)
    try:
        with _alone(place.parent, remote):
            return _persistently(_Download(remote, place, limit, known or {}, tick))
    except OSError as error:
        raise PackPlaceError(path=place, detail=Foreign(error.strerror or error)) from None


@contextmanager
def _alone(folder: Path, remote: Remote) -> Iterator[None]:
    """Keep other processes from downloading into a folder, where the system has locks."""
    folder.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network drives lock no folders
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise remote.error(detail=Phrase("is being downloaded by another process")) from None
        yield
        with suppress(OSError):  # nor does each system write folders through
            os.fsync(handle)
    finally:
        os.close(handle)


def _persistently(download: _Download) -> Fetched:
    """Return the file, at the second or third try where the first failed in passing."""
    tries = 1
    while True:
        try:
            return download.once()
        except DownloadError as error:
            if not error.passing or tries == TRIES:
                raise
        tries += 1
        time.sleep(PAUSE)


class _RefusedError(Exception):
    """What is sent is of no use, nor is what was sent before."""

    def __init__(self, *, detail: str) -> None:
        self.detail = detail


class _Part:
    """What is there of a file so far, and with which entity tag the server can be asked for the rest."""

    def __init__(self, place: Path, url: str) -> None:
        self.place, self.url = place, url
        self.file = place.with_name(f"{place.name}.part")
        self.note = place.with_name(f"{place.name}.part.txt")
        self.size, self.etag, self.last_modified = 0, "", ""
        with suppress(FileNotFoundError, ValueError):
            about, etag, last_modified = self.note.read_text("utf-8").split("\n")
            if about == url and STRONG.fullmatch(etag):
                self.size, self.etag, self.last_modified = self.file.stat().st_size, etag, last_modified

    def begin(self, etag: str, last_modified: str) -> None:
        """Start anew with what a server sends under an entity tag; a weak one stands for no bytes, and is of no use."""
        self.drop()
        self.etag, self.last_modified = etag, last_modified
        if STRONG.fullmatch(etag):
            self.note.write_text("\n".join((self.url, etag, last_modified)), "utf-8")

    def drop(self) -> None:
        """Forget what is there."""
        self.file.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)
        self.size, self.etag, self.last_modified = 0, "", ""

    def finish(self) -> None:
        """Put the whole file into its place."""
        self.file.replace(self.place)
        self.note.unlink(missing_ok=True)


@dataclass
class _Download:
    """One file on its way."""

    remote: Remote
    place: Path
    limit: int
    known: Mapping[str, str]
    tick: Tick | None

    def once(self) -> Fetched:
        """Return the file, or what is known of it where it did not change."""
        part = _Part(self.place, self.remote.url)
        with closing(self.remote.open(self.conditions(part))) as answer:
            match answer.status:
                case 304 if self.known:
                    return self.unchanged(part, answer)
                case 200:
                    self.check_form(answer)
                    part.begin(answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", ""))
                    return self.receive(part, answer, answer.length)
                case 206 if part.size:
                    self.check_form(answer)
                    return self.receive(part, answer, self.checked_whole(part, answer))
                case 416 if part.size:
                    part.drop()
                    raise self.remote.error(detail=CHANGED, passing=True)
            raise self.remote.refused(answer.status, answer.reason)

    def conditions(self, part: _Part) -> dict[str, str]:
        """Return the headers that ask for no more than is missing."""
        asked = {
            "Accept-Encoding": "identity",
            "If-None-Match": self.known.get("etag"),
            "If-Modified-Since": self.known.get("last_modified"),
        }
        if part.size:
            asked |= {"Range": f"bytes={part.size}-", "If-Range": part.etag}
        return {name: value for name, value in asked.items() if value}

    def unchanged(self, part: _Part, answer: HTTPResponse) -> Fetched:
        """Return what is known of a file that is still the same."""
        part.drop()
        size = self.place.stat().st_size if self.place.exists() else 0
        etag = answer.headers.get("ETag", self.known.get("etag", ""))
        last_modified = answer.headers.get("Last-Modified", self.known.get("last_modified", ""))
        return Fetched(self.place, etag, last_modified, size, unchanged=True)

    def check_form(self, answer: HTTPResponse) -> None:
        """Refuse web pages, which sign-in and error pages are, and packing that no reader here undoes."""
        if answer.headers.get_content_type() in PAGES:
            raise self.remote.error(detail=Phrase("answered with a web page, not with data"))
        if (packing := answer.headers.get("Content-Encoding", "").strip().lower()) not in PACKINGS:
            raise self.remote.error(detail=Phrase("is packed in a way that is not read here ({name})", name=packing))

    def checked_whole(self, part: _Part, answer: HTTPResponse) -> int:
        """Return how long the file is of which the rest is sent; refuse another rest than the one that is missing."""
        if answer.headers.get("ETag", part.etag) != part.etag:
            part.drop()
            raise self.remote.error(detail=CHANGED, passing=True)
        told = answer.headers.get("Content-Range", "-")
        if found := RANGE.fullmatch(told.strip()):
            first, whole = int(found[1]), int(found[2]) + 1
            fits = answer.length in (None, whole - first) and found[3] in ("*", str(whole))
            if fits and first == part.size < whole:
                return whole
        part.drop()
        raise self.remote.error(detail=Phrase("sent another part than the missing one ({range})", range=told))

    def receive(self, part: _Part, answer: HTTPResponse, whole: int | None) -> Fetched:
        """Write what comes, and put the file into its place when all is there."""
        done = part.size
        try:
            self.check_size(whole or 0)
            with part.file.open("ab") as file:
                for block in self.blocks(answer, done, whole):
                    done += len(block)
                    file.write(block)
                    if self.tick:
                        self.tick(done, whole)
                file.flush()
                os.fsync(file.fileno())
        except _RefusedError as refused:
            part.drop()
            raise self.remote.error(detail=refused.detail) from None
        part.finish()
        return Fetched(self.place, part.etag, part.last_modified, done)

    def check_size(self, size: int) -> None:
        """Refuse a file that is too large."""
        if size > self.limit:
            raise _RefusedError(detail=Phrase("sent more than {size} MiB", size=self.limit >> 20))

    def blocks(self, answer: HTTPResponse, done: int, whole: int | None) -> Iterator[bytes]:
        """Yield what comes, as it comes, to the announced end; raises DownloadError where it breaks off before."""
        read = answer.read1 if answer.chunked else answer.fp.read1  # http.client hides what comes beyond the end
        while done != whole:
            with self.remote.told():
                block = read(BLOCK if whole is None else min(BLOCK, whole - done + 1))
            if not block and whole is not None:
                raise self.remote.error(
                    detail=Phrase("broke off after {done} of {whole} bytes", done=done, whole=whole), passing=True
                )
            if not block:
                return
            done += len(block)
            self.check_size(done)
            if whole is not None and done > whole:
                raise _RefusedError(detail=Phrase("sent more than the {number} bytes that it announced", number=whole))
            yield block
