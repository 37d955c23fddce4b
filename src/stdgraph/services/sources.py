"""The source documents, and every statement about one thing with its document, place, confidence and rank."""

from __future__ import annotations

from stdgraph.graph.evidence import sources
from stdgraph.graph.labels import cell, labels
from stdgraph.graph.reads import Graph
from stdgraph.model.results import Cell, Entity, Row, Source, Table
from stdgraph.model.vocabulary import GRAPH, STDG, STDGC

DOCUMENTS = f"""SELECT ?source (MIN(?i) AS ?issuer) (MIN(?d) AS ?date) (COUNT(DISTINCT ?e) AS ?places) (COUNT(DISTINCT ?x) AS ?records) WHERE {{
  ?source a <{STDG}SourceDocument> .
  OPTIONAL {{ ?source <{STDG}issuedBy> ?i }} OPTIONAL {{ ?source <{STDG}date> ?d }}
  OPTIONAL {{ ?e <{STDG}fromSource> ?source OPTIONAL {{ ?x <{STDG}evidence> ?e }} }} }} GROUP BY ?source ORDER BY ?source"""
ABOUT = f"""SELECT DISTINCT ?s ?p ?o WHERE {{
  {{ GRAPH ?g {{ <%s> ?p ?o }} BIND (<%s> AS ?s) }} UNION {{ GRAPH ?g {{ ?s ?p <%s> }} BIND (<%s> AS ?o) }}
  FILTER (!STRSTARTS(STR(?g), "{GRAPH}derived/") && ?p != <{STDG}evidence> && ?p != <{STDG}claimSubject>) }} ORDER BY ?s ?p ?o"""
CLAIMS = f"""SELECT ?c ?p ?o ?rank WHERE {{ ?c <{STDG}claimSubject> <%s> ; <{STDG}claimProperty> ?p ;
  <{STDG}claimObject> ?o ; <{STDG}claimRank> ?rank }} ORDER BY ?p ?c"""


def documents(graph: Graph, *, lang: str = "en") -> Table:
    """Return a row for each source document: issuer, date, number of places cited and of records that cite it."""
    rows = []
    found = graph.select(DOCUMENTS)
    iris = {r[n].value for r in found for n in ("source", "issuer") if r[n] is not None}
    known = labels(graph, iris, lang)
    for row in found:
        cells: dict[str, Cell] = {n: cell(row[n], known) for n in ("source", "issuer", "date", "places", "records")}
        iri = row["source"].value
        rows.append(Row(cells, (Source(iri, known[iri], "", None),)))
    return Table(("source", "issuer", "date", "places", "records"), tuple(rows))


def statements(graph: Graph, thing: str, *, lang: str = "en") -> Table:
    """Return every asserted statement in which a thing is subject or object, and every claim on it.

    The columns are subject, property, value, document, place, confidence and rank; rank is empty but for claims.
    """
    triples = [(r["s"], r["p"], r["o"], "", r["s"].value) for r in graph.select(ABOUT % ((thing,) * 4))]
    claimed = [(None, r["p"], r["o"], r["rank"].value, r["c"].value) for r in graph.select(CLAIMS % thing)]
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
    return Table(("subject", "property", "value", "document", "place", "confidence", "rank"), tuple(rows))
