"""The same reads from a remote SPARQL 1.1 endpoint, through SPARQLWrapper."""

from __future__ import annotations

import re
import string
import threading
import time
import warnings
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import closing
from copy import copy
from http.client import HTTPException, HTTPResponse, IncompleteRead
from typing import Any, Literal
from urllib.error import URLError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler

import pyoxigraph as ox

from stdgraph.errors import UNEXPECTED, EndpointError, odd_rows
from stdgraph.locale import Foreign, Phrase
from stdgraph.model.vocabulary import BASE, PREFIXES
from stdgraph.storage import door, shelf, sums
from stdgraph.storage.dialect import PROBE, Foreigner, keeps_to_the_standard, mended, page
from stdgraph.storage.indexing import fill
from stdgraph.storage.limited import CHECKERS
from stdgraph.storage.names import Names
from stdgraph.storage.nesting import too_deep, too_deep_json

MAX_ANSWER = 256 << 20
"""Bytes; a longer answer is refused."""

TIMEOUT = 60
"""Seconds for an answer, where the caller names none."""

LONGEST_REFUSAL = 1 << 14
"""Bytes; of what an endpoint says when it refuses, no more are read."""

LONGEST_TOLD = 200
"""Characters; of what an endpoint says, a message repeats no more."""

OK, BAD_REQUEST, NOT_FOUND, FAILED = 200, 400, 404, 500
MOVED = {301, 302, 303, 307, 308}
KEPT = {307, 308}
"""Redirects that keep the request as it is; the others ask for a new one, without the query."""
REDIRECTS = 5
TELLING = {401, 414, 500}
"""Failures whose page is read for the reason."""

TAG = re.compile(r"<[^<>]*>")
RELATIVE = re.compile(r"<(?![A-Za-z][\w+.-]*:)[^<>\"{}|^`\\\s]*>")
"""What may be an IRI that only the base of the data makes whole."""
SECRET = re.compile(r"//[^/?#\s]*@")

RESULTS = (ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML, ox.QueryResultsFormat.TSV)
TRIPLES = (ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.RDF_XML)


class Endpoint:
    """Reads a graph at a URL: `query` and `select` as of the embedded store; names are indexed at first use.

    An answer may take `timeout` seconds from the first byte sent to the last one received.
    """

    url: str
    """The address as people may see it: a name and password are masked."""

    told = None
    """Nothing is kept of what is read there: it may change."""

    def __init__(self, url: str, *, timeout: int | None = None, credentials: tuple[str, str] = ("", "")) -> None:
        self.url = masked(url)
        if not url.lower().startswith(("http://", "https://")):
            raise self._error(Phrase("is not an http or https address"))
        try:
            self._address, self._credentials = door.parts(url, credentials)
        except ValueError as error:
            raise self._error(self._failure(error)) from None
        self.timeout = timeout or TIMEOUT
        self._names: Names | None = None
        self._most = 0
        self._foreign: Foreigner | Literal[False] | None = None

    @property
    def names(self) -> Names:
        """The index of the names that the endpoint holds, made by the same queries as the embedded one.

        It is kept in the user's cache, as long as what the engine says of names has the same sum.
        """
        if self._names is None:
            named, whole = self.sum(sums.OF_NAMES), "SELECT COUNT(*) FROM thing"
            self._names = shelf.kept(Names, "endpoints", named, self._fill, whole) if named else self._fill(Names())
        return self._names

    def _fill(self, names: Names) -> Names:
        try:
            fill(names, self.select)
        except UNEXPECTED as error:
            raise odd_rows(self.url, error) from error
        return names

    @property
    def name(self) -> str:
        """A hash of what the endpoint says now; "" where its engine cannot tell in time."""
        return self.sum()

    def sum(self, predicates: Sequence[str] = ()) -> str:
        """Return a name for what the endpoint says now, or says by some predicates; "" where its engine cannot tell in time."""
        hasty, began = self.lasting(sums.SECONDS), time.monotonic()
        try:
            return sums.name(self.url, hasty.query(sums.query(predicates)))
        except EndpointError as error:
            if error.is_refusal or time.monotonic() - began >= hasty.timeout < self.timeout:
                return ""
            raise

    def select(self, text: str) -> list[ox.QuerySolution]:
        """Return the rows of one of our queries: those that the embedded store has, however the engine reads SPARQL."""
        if self._foreign is None:
            self._foreign = self._met()
        return self._foreign.select(text) if self._foreign else self._rows(text)

    def _rows(self, text: str) -> list[ox.QuerySolution]:
        """Return all rows of a query, in pages where the engine gives but so many at once (Virtuoso, and says so in a header)."""
        rows = list(self.query(text))
        if not self._most or len(rows) < self._most:
            return rows
        pages: list[ox.QuerySolution] = []
        size = self._most
        while part := list(self.query(page(text, size, len(pages)))):
            pages += part
            if len(part) < size:
                break
        return pages

    def _met(self) -> Foreigner | Literal[False]:
        """Return what asks an engine that reads SPARQL in its own way, False where it keeps to the standard."""
        try:
            if keeps_to_the_standard(self._rows(PROBE)):
                return False
        except EndpointError as error:
            if not error.is_refusal:
                raise
        return Foreigner(self._rows)

    def query(self, text: str) -> Any:
        """Return the result of a read-only query as the embedded store gives it.

        Raises:
            EndpointError: the endpoint refused, timed out, or answered something other than what was asked.
            QuerySyntaxError: the endpoint refused the query, and its syntax is wrong.
        """
        body, kind, form = self._in_time(lambda: self._fetch(text))
        if too_deep(body) is not None or ("json" in kind and too_deep_json(body)):
            raise self._error(Phrase("sent an answer that is nested too deeply"))
        if form in ("CONSTRUCT", "DESCRIBE"):
            triples = ox.RdfFormat.from_media_type(kind)
            if triples in TRIPLES:
                return self._whole(lambda: (q.triple for q in ox.parse(body, format=triples, base_iri=self.url)))
        else:
            results = ox.QueryResultsFormat.from_media_type(kind)
            if results in RESULTS:
                told = mended(body) if results == ox.QueryResultsFormat.JSON else body
                found = self._whole(lambda: ox.parse_query_results(told, format=results))
                if isinstance(found, ox.QueryBoolean) == (form == "ASK"):
                    lacking = _lacking(found, text)
                    if not lacking:
                        return found
                    del found
                    raise _refused(self._error(Phrase("answered without the column {name}", name=lacking)))
                del found  # an error would carry it to whatever thread ends it, and the engine's rows bear but one
        media = kind.partition(";")[0][:100] or Phrase("an unnamed format")
        raise self._error(Phrase("answered with {media}, not with what {form} asks for", media=media, form=form))

    def lasting(self, seconds: int) -> Endpoint:
        """Return the same endpoint with another time limit, where that is shorter than its own."""
        other = copy(self)
        other.timeout = min(seconds, self.timeout)
        return other

    def _whole(self, parse: Callable[[], Any]) -> Any:
        """Return what a parser gives, after it has read all once: parsers tell faults where they meet them."""
        try:
            found = parse()
            if not isinstance(found, ox.QueryBoolean):
                deque(found, maxlen=0)
                found = parse()
        except (SyntaxError, ValueError) as error:
            found = None
            told = " ".join(str(error.args[0]).split())[:LONGEST_TOLD]
            raise self._error(Phrase("sent a broken answer ({detail})", detail=Foreign(told))) from None
        return found

    def _in_time(self, work: Callable[[], tuple[bytes, str, str]]) -> tuple[bytes, str, str]:
        """Return what some work gives, unless it takes too long; a socket's own timeout counts for each read alone."""
        told: list[Any] = []

        def run() -> None:
            try:
                told.append(work())
            except BaseException as error:  # told to the caller
                told.append(error)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        thread.join(self.timeout)
        if not told:
            raise self._error(self._late())
        if isinstance(told[0], BaseException):
            raise told[0]
        done: tuple[bytes, str, str] = told[0]
        return done

    def _fetch(self, text: str) -> tuple[bytes, str, str]:
        """Return the answer's bytes, its media type, and the form of the query."""
        client = self._client(text)
        try:
            answer = self._patient(client)
            with closing(answer):
                if answer.status != OK:
                    raise self._refusal(answer, text)
                most = answer.headers.get("X-SPARQL-MaxRows") or ""
                self._most = int(most) if most.isdecimal() else 0
                return self._read(answer), (answer.headers.get("content-type") or "").lower(), str(client.queryType)
        except (OSError, HTTPException, ValueError) as error:
            raise self._error(self._failure(error)) from None

    def _client(self, text: str) -> Any:
        """Return what writes the request for a query."""
        from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper  # 40 ms, and only for a remote graph

        client = SPARQLWrapper(self._address, agent=door.agent())
        client.setMethod(POST)
        client.addCustomHttpHeader("Accept-Encoding", "gzip")
        client.setCredentials(*self._credentials)
        with warnings.catch_warnings(action="ignore"):  # of a query whose form it does not see
            client.setQuery(_with_prefixes(text))
        client.setReturnFormat(TURTLE if client.queryType in ("CONSTRUCT", "DESCRIBE") else JSON)
        return client

    def _patient(self, client: Any) -> HTTPResponse:
        """Return the answer of an engine that is not too busy, if it is so in time."""
        deadline, tries = time.monotonic() + self.timeout, 1
        while door.pause(answer := self._answer(client), tries, deadline - time.monotonic()):
            answer.close()
            tries += 1
        return answer

    def _answer(self, client: Any) -> HTTPResponse:
        """Return the answer at the end of all redirects; the query is sent again, as it was, to the same host alone."""
        opener = OpenerDirector()
        for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler(context=door.context())):
            opener.add_handler(handler)
        for _ in range(REDIRECTS + 1):
            answer: HTTPResponse = opener.open(client._createRequest(), timeout=self.timeout)
            if answer.status not in MOVED:
                return answer
            with closing(answer):
                client.endpoint = self._next(client.endpoint, answer)
        raise self._error(Phrase("sends on more than {number} times", number=REDIRECTS))

    def _next(self, url: str, answer: HTTPResponse) -> str:
        """Return where a redirect leads; raises EndpointError where the query would be lost or go to a stranger."""
        address = urljoin(url, quote(answer.headers.get("Location", ""), safe=string.punctuation, encoding="latin-1"))
        here, there = urlsplit(url), urlsplit(address)
        followed = answer.status in KEPT and there.hostname == here.hostname and "@" not in there.netloc
        if followed and there.scheme in (here.scheme, "https") and address != url:
            return address
        told = {"address": masked(address)[:LONGEST_TOLD], "code": answer.status}
        raise self._error(Phrase("sends on to {address} ({code}): give that address instead, if you trust it", **told))

    def _refusal(self, answer: HTTPResponse, text: str) -> EndpointError:
        """Return what it means that the endpoint answers with a status other than 200, by the begin of what it says."""
        if answer.status == BAD_REQUEST:
            said = self._read(answer, LONGEST_REFUSAL)
            CHECKERS.check(text)
            return _refused(self._error(Phrase("refused the query ({detail})", detail=_told(said, answer.reason))))
        if answer.status == NOT_FOUND:
            return self._error(Phrase("was not found (404)"))
        if answer.status in TELLING:
            said = self._read(answer, LONGEST_REFUSAL)
            error = self._error(Phrase("failed ({detail})", detail=_told(said, answer.reason)))
            return _refused(error) if answer.status == FAILED else error
        return self._error(
            Phrase("answered {code} {reason}", code=answer.status, reason=Foreign(answer.reason[:LONGEST_TOLD]))
        )

    def _error(self, detail: Phrase) -> EndpointError:
        return EndpointError(url=self.url, detail=detail)

    def _late(self) -> Phrase:
        return Phrase("did not answer within {seconds} s", seconds=self.timeout)

    def _failure(self, error: Exception) -> Phrase:
        """Say in words why nothing, or not all, was received."""
        reason = error.reason if isinstance(error, URLError) else error
        if isinstance(reason, TimeoutError):
            return self._late()
        told = Foreign(" ".join(str(reason).split()) or type(reason).__name__)
        if isinstance(error, URLError):
            return Phrase("cannot be reached ({detail})", detail=told)
        if isinstance(error, ValueError):  # what was packed cannot be unpacked
            return Phrase("sent a broken answer ({detail})", detail=told)
        return Phrase("failed ({detail})", detail=told)

    def _read(self, response: Any, most: int = 0) -> bytes:
        """Return all bytes of an answer, or its first ones; raises EndpointError where there are too many, or they come too late."""
        body = bytearray()
        deadline = time.monotonic() + self.timeout  # past it nobody waits for the rest
        unpacked = door.Unpacked(response)
        while part := unpacked.read(1 << 16):
            if time.monotonic() >= deadline:
                raise self._error(self._late())
            body += part
            if 0 < most <= len(body):
                return bytes(body[:most])
            if not most and len(body) > MAX_ANSWER:
                raise self._error(Phrase("sent more than {size} MiB", size=MAX_ANSWER >> 20))
        if response.length and not most:
            raise IncompleteRead(b"", response.length)
        return bytes(body)


def _refused(error: EndpointError) -> EndpointError:
    """Return an error marked as that of a query that an engine does not take."""
    error.is_refusal = True
    return error


def _lacking(found: Any, text: str) -> str:
    """Return the first column of a query that an answer lacks, "" if none: an endpoint may know more than the standard."""
    try:
        asked: Any = ox.Store().query(text, base_iri=BASE, prefixes=PREFIXES)
    except (SyntaxError, ValueError):
        return ""
    wanted, there = ({v.value for v in getattr(some, "variables", ())} for some in (asked, found))
    return min(wanted - there, default="")


def _told(said: bytes, reason: str) -> Foreign:
    """Return what the endpoint said in one line; some servers send a page."""
    words = " ".join(TAG.sub(" ", said.decode("utf-8", "replace")).split()) or " ".join(reason.split())
    return Foreign(words[:LONGEST_TOLD] + ("…" if len(words) > LONGEST_TOLD else ""))


def masked(url: str) -> str:
    """Return an address without the name and password in it.

    >>> masked("https://ann:secret@example.org/sparql")
    'https://***@example.org/sparql'
    """
    return SECRET.sub("//***@", url, count=1)


def _with_prefixes(text: str) -> str:
    used = {name: iri for name, iri in PREFIXES.items() if f"{name}:" in text}
    missing = {name: iri for name, iri in used.items() if f"PREFIX {name}:" not in text}
    base = f"BASE <{BASE}>\n" if RELATIVE.search(text) else ""
    return base + "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in missing.items()) + text
