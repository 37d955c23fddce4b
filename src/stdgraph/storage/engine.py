"""The graphs of an engine elsewhere, read and written as wholes: Graph Store Protocol, else SPARQL Update."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from http.client import HTTPException, HTTPResponse
from itertools import islice
from time import monotonic
from typing import Any
from urllib.parse import quote, urlencode, urlsplit, urlunsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request

import pyoxigraph as ox

from stdgraph.errors import EndpointError, ParameterError
from stdgraph.locale import Foreign, Phrase
from stdgraph.model.vocabulary import GRAPH
from stdgraph.storage import door
from stdgraph.storage.endpoint import LONGEST_REFUSAL, Endpoint, masked

AT_ONCE = 50_000
"""So many triples are sent in one request to the graph store, a tenth of that in one update."""
MINUTES = 10
"""How long an engine may take for one request that writes."""
WRITTEN = {200, 201, 202, 204}

SIBLINGS = (
    ("/query", "/store", "/update"),  # Oxigraph
    ("/sparql", "/sparql-graph-crud", "/sparql"),  # Virtuoso, where it lets itself be written without asking who it is
)
"""Where engines have their graph store and take updates, by the end of the address that they are asked at."""


class Engine(Endpoint):
    """An engine whose graphs can be replaced.

    Args:
        url: where it is asked.
        store: where it has its graph store; "" for none.
        update: where it takes updates; "" for none. Both are found by themselves for engines with customary addresses.
    """

    def __init__(
        self,
        url: str,
        *,
        store: str = "",
        update: str = "",
        credentials: tuple[str, str] = ("", ""),
        timeout: int | None = None,
    ) -> None:
        super().__init__(url, credentials=credentials, timeout=timeout)
        self.store, self.update_at = store, update
        self.is_guessed = not store and not update
        if self.is_guessed:
            self.store, self.update_at = _siblings(self._address)
        for address in (self.store, self.update_at):
            if address and urlsplit(address).hostname != urlsplit(self._address).hostname:
                raise self._error(Phrase("is on another host than {address}", address=masked(address)))

    def counts(self) -> dict[str, int]:
        """Return the graphs of ours that are there, each with the number of its triples."""
        text = f'SELECT ?g (COUNT(*) AS ?n) WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER ( STRSTARTS(STR(?g), "{GRAPH}") ) }} GROUP BY ?g'
        return {row["g"].value: int(row["n"].value) for row in self.query(text)}

    def count(self, graph: str) -> int:
        """Return the number of triples of one graph."""
        return int(
            next(iter(self.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")))["n"].value
        )

    def triples(self, graph: str) -> Iterator[ox.Triple]:
        """Yield the triples of one graph."""
        try:
            yield from self._got(graph) if self.store else ()
        except EndpointError:
            if not self.is_guessed:
                raise
        else:
            if self.store:
                return
        yield from self.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")

    def _got(self, graph: str) -> list[ox.Triple]:
        """Return what the graph store says of a graph."""
        accepted = {"Accept": "application/n-triples, text/turtle;q=0.5"}
        body = self._send("GET", f"{self.store}?graph={quote(graph, safe='')}", headers=accepted)
        try:
            return [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.TURTLE)]
        except SyntaxError as error:
            raise self._error(Phrase("sent a broken answer ({detail})", detail=Foreign(str(error)[:200]))) from None

    def replace(self, graph: str, lines: Sequence[str], *, verify: Any = None) -> None:
        """Replace a graph as a whole: it is written beside its place, looked at, and moved there, where the engine can.

        Args:
            graph: its IRI.
            lines: its triples, as N-Triples.
            verify: called with the IRI under which it was written, before it takes its place.
        """
        beside = f"{graph}#new" if self.update_at else graph
        if self.store:
            self._put(beside, lines)
        else:
            self._insert(beside, lines)
        if verify:
            verify(beside)
        if beside != graph:
            self.update(f"MOVE GRAPH <{beside}> TO GRAPH <{graph}>")

    def drop(self, graph: str) -> None:
        """Take a graph away."""
        if self.update_at:
            self.update(f"DROP SILENT GRAPH <{graph}>")
        else:
            self._send("DELETE", f"{self.store}?graph={quote(graph, safe='')}")

    def update(self, text: str) -> None:
        """Have the engine do an update."""
        form = "application/x-www-form-urlencoded"
        self._send("POST", self.update_at, urlencode({"update": text}).encode(), {"Content-Type": form})

    def _put(self, graph: str, lines: Sequence[str]) -> None:
        address = f"{self.store}?graph={quote(graph, safe='')}"
        method = "PUT"
        for part in _batches(lines, AT_ONCE):
            self._send(method, address, "".join(part).encode(), {"Content-Type": "text/turtle"})
            method = "POST"

    def _insert(self, graph: str, lines: Sequence[str]) -> None:
        self.update(f"DROP SILENT GRAPH <{graph}>")
        for part in _batches(lines, AT_ONCE // 10):
            self.update(f"INSERT DATA {{ GRAPH <{graph}> {{\n{''.join(part)}}} }}")

    def _send(
        self, method: str, address: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> bytes:
        """Return what the engine answers to a request; raises EndpointError for anything but that it is done."""
        if not address:
            detail = Phrase("give --store or --update: where {url} has its graph store, or takes updates", url=self.url)
            raise ParameterError(parameter="store", detail=detail)
        told = {"User-Agent": door.agent(), **door.authorization(self._credentials), **(headers or {})}
        opener = OpenerDirector()
        for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler(context=door.context())):
            opener.add_handler(handler)
        seconds = max(self.timeout, MINUTES * 60) if body else self.timeout
        deadline, tries = monotonic() + seconds, 1
        try:
            while True:
                request = Request(address, data=body, headers=told, method=method)  # noqa: S310 (http or https, on the engine's host)
                answer: HTTPResponse = opener.open(request, timeout=seconds)
                if not door.pause(answer, tries, deadline - monotonic()):
                    break
                answer.close()
                tries += 1
            with closing(answer):
                if answer.status not in WRITTEN:
                    raise self._unwritten(answer)
                return self._read(answer)
        except (OSError, HTTPException, ValueError) as error:
            raise self._error(self._failure(error)) from None

    def _unwritten(self, answer: HTTPResponse) -> EndpointError:
        said = " ".join(self._read(answer, LONGEST_REFUSAL).decode("utf-8", "replace").split())[:200]
        detail = Foreign(f"{answer.status} {said or answer.reason}")
        return self._error(Phrase("did not take the graph ({detail})", detail=detail))


def _siblings(address: str) -> tuple[str, str]:
    """Return where an engine has its graph store and takes updates, by custom; nothing where that is not known."""
    split = urlsplit(address)
    for end, store, update in SIBLINGS:
        if split.path.endswith(end):
            start = split.path.removesuffix(end)
            at = (urlunsplit(split._replace(path=start + path, query="")) for path in (store, update))
            return next(at), next(at)
    return "", ""


def _batches(lines: Sequence[str], size: int) -> Iterable[Sequence[str]]:
    """Yield lines in parts, at least one; those with blank nodes together, which have their names in one request only."""
    blank = [line for line in lines if "_:" in line]
    rest = iter(line for line in lines if "_:" not in line)
    yield [*blank, *islice(rest, max(size - len(blank), 0))]
    while part := list(islice(rest, size)):
        yield part
