"""The source documents, and every statement about one thing with its document, place, confidence and rank."""

from __future__ import annotations

from stdgraph.graph.evidence import sources
from stdgraph.graph.labels import cell, labels
from stdgraph.graph.reads import Graph, select
from stdgraph.model.results import Cell, Entity, Row, Source, Table
from stdgraph.model.vocabulary import STDGC

COLUMNS = ("source", "type", "issuer", "date", "characters", "checksum", "published", "places", "records")


def documents(graph: Graph, *, lang: str = "en") -> Table:
    """Return a row for each source document: what it is, who issued it, when, the text that was read, how often it is cited.

    That text is told by its length and its SHA-256; `published` is an address that the document or its publisher gives.
    """
    rows = []
    found = list(select(graph, "documents"))
    iris = {r[n].value for r in found for n in ("source", "type", "issuer") if r[n] is not None}
    known = labels(graph, iris, lang)
    for row in found:
        cells: dict[str, Cell] = {n: cell(row[n], known) for n in COLUMNS}
        cells["published"] = row["published"].value if row["published"] is not None else None
        iri = row["source"].value
        rows.append(Row(cells, (Source(iri, known[iri], "", None),)))
    return Table(COLUMNS, tuple(rows), lang=lang)


def statements(graph: Graph, thing: str, *, lang: str = "en") -> Table:
    """Return every asserted statement in which a thing is subject or object, and every claim on it.

    The columns are subject, property, value, document, place, confidence and rank; rank is empty but for claims.
    """
    triples = [(r["s"], r["p"], r["o"], "", r["s"].value) for r in select(graph, "statements", [thing])]
    claimed = [(None, r["p"], r["o"], r["rank"].value, r["c"].value) for r in select(graph, "claims", [thing])]
    terms = {t.value for row in triples + claimed for t in row[:3] if t is not None and not hasattr(t, "datatype")}
    known = labels(graph, terms | {thing} | {rank for *_, rank, _ in claimed}, lang)
    read = sources(graph, {carrier for *_, carrier in triples + claimed}, lang)
    rows = []
    for subject, prop, value, rank, carrier in triples + claimed:
        for source in read.get(carrier, ()):
            cells: dict[str, Cell] = {
                "subject": cell(subject, known) if subject is not None else Entity(thing, known[thing]),
                "property": cell(prop, known),
                "value": cell(value, known),
                "document": Entity(source.source, source.title),
                "place": source.locator,
                "confidence": source.confidence,
                "rank": known.get(rank, rank.removeprefix(STDGC)) if rank else None,
            }
            rows.append(Row(cells, (source,)))
    return Table(("subject", "property", "value", "document", "place", "confidence", "rank"), tuple(rows), lang=lang)
