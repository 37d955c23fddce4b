"""What a process does for the server: each deed takes an opened graph, and gives the body of an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

import stdgraph.storage.mistakes  # noqa: F401 (read now: while a query runs no file is)
from stdgraph.api import Graph
from stdgraph.model import escape
from stdgraph.model.results import Answer, Table, table
from stdgraph.model.spelling import is_words
from stdgraph.model.vocabulary import PREFIXES
from stdgraph.server.descriptions import about
from stdgraph.server.descriptions import triples as descriptions
from stdgraph.server.done import Done
from stdgraph.server.fence import stranger
from stdgraph.server.matching import DEEDS as MATCHING
from stdgraph.services.query import screen
from stdgraph.storage.queries import bound, text_of
from stdgraph.storage.sparql import run, stay_home
from stdgraph.storage.worker import Limits, within

MOST_BYTES = 32 << 20
"""A longer answer is refused: the server holds it until the client has it."""
RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
"""Forms of rows and of truth."""
TRIPLES = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
"""Forms of triples."""


def sparql(
    graph: Graph,
    *,
    limits: Limits,
    text: str,
    dataset: tuple[Sequence[str], Sequence[str]] | None,
    results: str,
    triples: str,
    base: str,
) -> Done:
    """Return what a stranger's query gives, in the form of its kind that the client wants; "" is none."""
    screen(text)
    stay_home(text)
    reads: Any = graph.reads
    store = (None if dataset else about(graph, text, base)) or reads.store
    with stranger():
        found = run(store, text, dataset)
        media = triples if isinstance(found, ox.QueryTriples) else results
        if not media:
            return Done(b"", "")
        if isinstance(found, ox.QueryBoolean):
            return Done(bytes(found.serialize(format=RESULTS[media])), media)  # type: ignore[arg-type]  # a form of rows
        _, data, cut = within(found, limits, MOST_BYTES)
        return Done(_triples(data, media) if isinstance(found, ox.QueryTriples) else _rows(data, media), media, cut)


def _rows(data: bytes, media: str) -> bytes:
    form = RESULTS[media]
    if form == ox.QueryResultsFormat.TSV:
        return data
    solutions: Any = ox.parse_query_results(data, format=ox.QueryResultsFormat.TSV)
    return bytes(solutions.serialize(format=form))


def _triples(data: bytes, media: str) -> bytes:
    """Return N-Triples in another form, each triple once."""
    lines = b"".join(dict.fromkeys(data.splitlines(keepends=True)))
    form = TRIPLES[media]
    if form == ox.RdfFormat.N_TRIPLES:
        return lines
    return _serialized((quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)), form)


def _serialized(found: Iterable[ox.Triple], form: ox.RdfFormat) -> bytes:
    """Return triples in a form; the same ones in the same bytes, for the engine declares prefixes in any order."""
    if form != ox.RdfFormat.TURTLE:
        return ox.serialize(found, format=form) or b""
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(PREFIXES.items()))
    lines = (ox.serialize(found, format=form, prefixes=PREFIXES) or b"").splitlines(keepends=True)
    return head.encode() + b"".join(lines[len(PREFIXES) :])


def as_json(value: Any) -> Done:
    """Return plain values as the command line writes them."""
    return Done(escape.as_json(value).encode("utf-8", "surrogateescape"), "application/json")


def arranged(found: Any, given: Mapping[str, Any]) -> Any:
    """Return a table as the options of a command that prints rows want it."""
    if given.get("from") or given.get("to"):
        found = found.between(given.get("from"), given.get("to"))
    if given.get("group-by"):
        found = found.group(*given["group-by"])
    if given.get("sort"):
        found = found.sort(*given["sort"])
    if given.get("limit"):
        found = found.limit(given["limit"])
    if given.get("columns"):
        found = found.select(*re.split("[,，、]", given["columns"]))
    return found


def _told(found: Table, rows: Mapping[str, Any]) -> Done:
    shown = arranged(found, rows)
    return as_json(shown.to_json() if isinstance(shown, Answer) else shown.to_dicts())


def questions(graph: Graph, *, limits: Limits, rows: Mapping[str, Any]) -> Done:
    """Return the questions with their parameters."""
    from stdgraph.services.ask import listing

    return _told(table(("question", "parameters", "title"), listing(graph.lang)), rows)


def ask(
    graph: Graph, *, limits: Limits, name: str, parameters: Mapping[str, str], rows: Mapping[str, Any], **how: Any
) -> Done:
    """Return the answer to a canned question, or to one in one's own words."""
    if is_words(name):
        answer = graph.ask_words(name, **how)[0]
        return _told(graph.proved(answer) if how.get("why") else answer, rows)
    from stdgraph.services.ask import ask as answered

    found = answered(graph.reads, name, parameters, lang=graph.lang, hints=False, **how)
    return _told(graph.proved(found) if how.get("why") else found, rows)


def profile(
    graph: Graph, *, limits: Limits, names: Sequence[str], panels: Sequence[str], whole: bool, **how: Any
) -> Done:
    """Return the page on a thing, on a pair or on several."""
    from stdgraph.model.light import replace

    page = graph.profile(*names, panels=panels, **how)
    kept = (replace(panel, show=len(panel.answer)) if whole else panel for panel in page.panels)
    return as_json(replace(page, panels=tuple(panel for panel in kept if len(panel.answer))).to_json())


def find(
    graph: Graph, *, limits: Limits, text: str, rows: Mapping[str, Any], kind: str | None = None, limit: int = 20
) -> Done:
    """Return things by name."""
    from stdgraph.services.find import listed

    found = graph.find(text, kind=kind, limit=limit)
    return _told(listed(graph.reads, found, graph.lang), rows)


def why(graph: Graph, *, limits: Limits, first: str, second: str, rows: Mapping[str, Any], **how: Any) -> Done:
    """Return every record that links two actors."""
    return _told(graph.why(first, second, **how), rows)


def path(graph: Graph, *, limits: Limits, first: str, second: str, rows: Mapping[str, Any], **how: Any) -> Done:
    """Return the shortest chains between two actors."""
    return _told(graph.path(first, second, **how), rows)


def sources(graph: Graph, *, limits: Limits, rows: Mapping[str, Any], name: str | None = None) -> Done:
    """Return the documents, or every statement about a thing."""
    return _told(graph.sources(name), rows)


def described(graph: Graph, *, limits: Limits, what: str, base: str, media: str) -> Done:
    """Return what is served, as linked data."""
    return _as_triples(descriptions(graph, what, base), media)


def linked(graph: Graph, *, limits: Limits, iri: str, media: str) -> Done:
    """Return what the graph says of a thing, with sources; nothing where it does not know it."""
    found = list(graph.reads.query(bound(text_of("linked-data"), x=[iri])))
    return _as_triples(found, media) if found else Done(b"", "")


def _as_triples(found: list[ox.Triple], media: str) -> Done:
    """Return triples in an order that is always the same."""
    ordered = sorted(dict.fromkeys(found), key=str)
    return Done(_serialized(ordered, TRIPLES[media]), media)


def warm(graph: Graph, *, limits: Limits) -> None:
    """Have made what the first question in words, and the description, would wait for; it is kept in the cache."""
    from stdgraph.services.words import index_of

    index_of(graph.reads)
    graph.schema()


def explorer(graph: Graph, *, limits: Limits) -> dict[str, bytes]:
    """Return the files of the explorer."""
    return graph.site_files("sparql")


OWN = (sparql, questions, ask, profile, find, why, path, sources, described, linked, warm, explorer)
DEEDS: dict[str, Callable[..., Any]] = {deed.__name__: deed for deed in OWN} | MATCHING
