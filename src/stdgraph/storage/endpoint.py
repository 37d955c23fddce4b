"""The same reads from a remote SPARQL 1.1 endpoint, through SPARQLWrapper."""

from __future__ import annotations

import ast
import re
import threading
import time
import urllib.error
import warnings
from collections import deque
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPException, IncompleteRead
from typing import Any

import pyoxigraph as ox

from stdgraph.errors import EndpointError
from stdgraph.locale import Foreign, Phrase
from stdgraph.model.vocabulary import PREFIXES
from stdgraph.storage.limited import CHECKERS
from stdgraph.storage.names import Names, fill

MAX_ANSWER = 256 << 20
"""Bytes; a longer answer is refused."""

RESULTS = (ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML, ox.QueryResultsFormat.TSV)
TRIPLES = (ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.RDF_XML)


class Endpoint:
    """Reads a graph at a URL: `query` and `select` as of the embedded store; names are indexed at first use.

    An answer may take `timeout` seconds from the first byte sent to the last one received.
    """

    def __init__(self, url: str, *, timeout: int = 60) -> None:
        if not url.startswith(("http://", "https://")):
            raise EndpointError(url=url, detail=Phrase("is not an http or https address"))
        self.url = url
        self.timeout = timeout
        self._names: Names | None = None

    @property
    def names(self) -> Names:
        """The index of the names that the endpoint holds, made by the same queries as the embedded one."""
        if self._names is None:
            self._names = Names()
            fill(self._names, self.select)
        return self._names

    def select(self, text: str) -> list[ox.QuerySolution]:
        """Return the rows of a SELECT query."""
        return list(self.query(text))

    def query(self, text: str) -> Any:
        """Return the result of a read-only query as the embedded store gives it.

        Raises:
            EndpointError: the endpoint refused, timed out, or answered something other than what was asked.
            QuerySyntaxError: the endpoint refused the query, and its syntax is wrong.
        """
        body, kind, form = self._in_time(lambda: self._fetch(text))
        if form in ("CONSTRUCT", "DESCRIBE"):
            triples = ox.RdfFormat.from_media_type(kind)
            if triples in TRIPLES:
                return self._whole(lambda: (q.triple for q in ox.parse(body, format=triples, base_iri=self.url)))
        else:
            results = ox.QueryResultsFormat.from_media_type(kind)
            if results in RESULTS:
                found = self._whole(lambda: ox.parse_query_results(body, format=results))
                if isinstance(found, ox.QueryBoolean) == (form == "ASK"):
                    return found
        media = kind.partition(";")[0] or Phrase("an unnamed format")
        detail = Phrase("answered with {media}, not with what {form} asks for", media=media, form=form)
        raise EndpointError(url=self.url, detail=detail)

    def _whole(self, parse: Callable[[], Any]) -> Any:
        """Return what a parser gives, after it has read all once: parsers tell faults where they meet them."""
        try:
            found = parse()
            if not isinstance(found, ox.QueryBoolean):
                deque(found, maxlen=0)
                found = parse()
        except (SyntaxError, ValueError) as error:
            detail = Phrase("sent a broken answer ({detail})", detail=Foreign(error.args[0]))
            raise EndpointError(url=self.url, detail=detail) from None
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
            raise EndpointError(url=self.url, detail=self._late())
        if isinstance(told[0], BaseException):
            raise told[0]
        done: tuple[bytes, str, str] = told[0]
        return done

    def _fetch(self, text: str) -> tuple[bytes, str, str]:
        """Return the answer's bytes, its media type, and the form of the query."""
        from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper  # 40 ms, and only for a remote graph
        from SPARQLWrapper.SPARQLExceptions import EndPointNotFound, QueryBadFormed, SPARQLWrapperException

        client = SPARQLWrapper(self.url)
        client.setTimeout(self.timeout)
        client.setMethod(POST)
        with warnings.catch_warnings(action="ignore"):  # of a query whose form it does not see
            client.setQuery(_with_prefixes(text))
        form = str(client.queryType)
        client.setReturnFormat(TURTLE if form in ("CONSTRUCT", "DESCRIBE") else JSON)
        try:
            answer = client.query()
            with closing(answer.response):
                return self._read(answer.response), (answer.info().get("content-type") or "").lower(), form
        except QueryBadFormed as error:
            CHECKERS.check(text)
            detail = Phrase("refused the query ({detail})", detail=_told(error))
            raise EndpointError(url=self.url, detail=detail) from None
        except EndPointNotFound:
            raise EndpointError(url=self.url, detail=Phrase("was not found (404)")) from None
        except SPARQLWrapperException as error:
            raise EndpointError(url=self.url, detail=Phrase("failed ({detail})", detail=_told(error))) from None
        except urllib.error.HTTPError as error:
            error.close()
            detail = Phrase("answered {code} {reason}", code=error.code, reason=error.reason)
            raise EndpointError(url=self.url, detail=detail) from None
        except (OSError, HTTPException, ValueError) as error:
            raise EndpointError(url=self.url, detail=self._failure(error)) from None

    def _late(self) -> Phrase:
        return Phrase("did not answer within {seconds} s", seconds=self.timeout)

    def _failure(self, error: Exception) -> Phrase:
        """Say in words why nothing, or not all, was received."""
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        if isinstance(reason, TimeoutError):
            return self._late()
        told = Foreign(" ".join(str(reason).split()) or type(reason).__name__)
        if isinstance(error, urllib.error.URLError):
            return Phrase("cannot be reached ({detail})", detail=told)
        return Phrase("failed ({detail})", detail=told)

    def _read(self, response: Any) -> bytes:
        """Return all bytes of an answer; raises EndpointError where there are too many."""
        body = bytearray()
        deadline = time.monotonic() + self.timeout  # past it nobody waits for the rest
        while time.monotonic() < deadline and (part := response.read(1 << 16)):
            body += part
            if len(body) > MAX_ANSWER:
                raise EndpointError(url=self.url, detail=Phrase("sent more than {size} MiB", size=MAX_ANSWER >> 20))
        if response.length:
            raise IncompleteRead(b"", response.length)
        return bytes(body)


def _told(error: Exception) -> Foreign:
    """Return what the endpoint said in one line: SPARQLWrapper prints the bytes, some servers send a page."""
    said, _, body = str(error).partition("Response:\n")
    text = ast.literal_eval(body).decode("utf-8", "replace") if body.startswith("b") else said
    words = " ".join(re.sub(r"<[^<>]*>", " ", text).split()) or said.partition("\n")[0]
    return Foreign(words[:200] + ("…" if len(words) > 200 else ""))


def _with_prefixes(text: str) -> str:
    used = {name: iri for name, iri in PREFIXES.items() if f"{name}:" in text}
    missing = {name: iri for name, iri in used.items() if f"PREFIX {name}:" not in text}
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in missing.items()) + text
