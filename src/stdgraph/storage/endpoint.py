"""The same reads from a remote SPARQL 1.1 endpoint, through SPARQLWrapper."""

from __future__ import annotations

import socket
import urllib.error
from typing import Any

import pyoxigraph as ox

from stdgraph.errors import EndpointError, QuerySyntaxError
from stdgraph.model.vocabulary import PREFIXES
from stdgraph.storage.names import Names, fill

MAX_ANSWER = 256 << 20
"""Bytes; a longer answer is refused."""


class Endpoint:
    """Reads a graph at a URL: `query` and `select` as of the embedded store; names are indexed at first use."""

    def __init__(self, url: str, *, timeout: int = 60) -> None:
        if not url.startswith(("http://", "https://")):
            raise EndpointError(url=url, detail="is not an http or https address")
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
            EndpointError: the endpoint refused, timed out, or answered something other than SPARQL results.
            QuerySyntaxError: it says that the query is malformed.
        """
        body, kind = self._fetch(_with_prefixes(text))
        try:
            if "json" in kind:
                return ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
            if "turtle" in kind or "n-triples" in kind:
                return (q.triple for q in ox.parse(body, format=ox.RdfFormat.TURTLE))
        except (SyntaxError, ValueError) as error:
            raise EndpointError(url=self.url, detail=f"sent a broken answer ({error})") from None
        raise EndpointError(url=self.url, detail=f"answered with {kind or 'an unnamed format'}, not SPARQL results")

    def _fetch(self, text: str) -> tuple[bytes, str]:
        from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper  # 40 ms, and only for a remote graph
        from SPARQLWrapper.SPARQLExceptions import EndPointNotFound, QueryBadFormed, SPARQLWrapperException

        client = SPARQLWrapper(self.url)
        client.setTimeout(self.timeout)
        client.setMethod(POST)
        client.setQuery(text)
        client.setReturnFormat(TURTLE if client.queryType in ("CONSTRUCT", "DESCRIBE") else JSON)
        try:
            answer = client.query()
            body = answer.response.read(MAX_ANSWER + 1)
            kind = (answer.info().get("content-type") or "").lower()
        except QueryBadFormed as error:
            raise QuerySyntaxError(line=1, column=1, detail=_first_line(error)) from None
        except EndPointNotFound:
            raise EndpointError(url=self.url, detail="was not found (404)") from None
        except SPARQLWrapperException as error:
            raise EndpointError(url=self.url, detail=f"failed ({_first_line(error)})") from None
        except TimeoutError:
            raise EndpointError(url=self.url, detail=f"did not answer within {self.timeout} s") from None
        except urllib.error.HTTPError as error:
            raise EndpointError(url=self.url, detail=f"answered {error.code} {error.reason}") from None
        except urllib.error.URLError as error:
            late = isinstance(error.reason, TimeoutError | socket.timeout)
            detail = f"did not answer within {self.timeout} s" if late else f"cannot be reached ({error.reason})"
            raise EndpointError(url=self.url, detail=detail) from None
        except (OSError, ValueError) as error:
            raise EndpointError(url=self.url, detail=f"failed ({error})") from None
        if len(body) > MAX_ANSWER:
            raise EndpointError(url=self.url, detail=f"sent more than {MAX_ANSWER >> 20} MiB")
        return body, kind


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    detail = next((line for line in lines if line.startswith("b'")), lines[-1] if lines else type(error).__name__)
    return detail.removeprefix("b'").removesuffix("'")[:300]


def _with_prefixes(text: str) -> str:
    used = {name: iri for name, iri in PREFIXES.items() if f"{name}:" in text}
    missing = {name: iri for name, iri in used.items() if f"PREFIX {name}:" not in text}
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in missing.items()) + text
