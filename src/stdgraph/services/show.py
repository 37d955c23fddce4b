"""One thing and all that the graph says of it: names, kinds, facts, the records it takes part in, its partners."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyoxigraph as ox

from stdgraph.graph.countries import countries
from stdgraph.graph.evidence import described, sources
from stdgraph.graph.labels import cell, class_word, labels
from stdgraph.graph.reads import Graph, select
from stdgraph.graph.ties import among
from stdgraph.graph.time import standing
from stdgraph.model import escape
from stdgraph.model.light import dataclass
from stdgraph.model.results import Cell, Entity, Record, Row, Source, Table, Term, plain_cells
from stdgraph.model.vocabulary import BASE, DCTERMS, RDF, SKOS, STDG, local
from stdgraph.storage.names import NAMING, YEAR
from stdgraph.storage.queries import bound, text_of
from stdgraph.storage.turtle import language_tag

HIDDEN = {STDG + "evidence", STDG + "hasName", RDF + "type"} | {p for p, rank in NAMING if rank < 3}

NAMES, FACTS, PARTNERS = ("name", "kind", "language", "period"), ("property", "value"), ("partner", "kind")
YEARS = BASE + "year/"

NAMED = {SKOS + "prefLabel": "name", SKOS + "altLabel": "other name", DCTERMS + "title": "title"}
"""Words for properties of other vocabularies, where they stand as kinds of names."""


@dataclass(frozen=True)
class Shown:
    """A thing with its names, facts, records and partners; `tables()` gives them titled, `to_json()` as plain values."""

    entity: Entity
    kinds: tuple[str, ...]
    names: Table
    facts: Table
    records: Table
    partners: Table
    sources: tuple[Source, ...]

    def to_json(self) -> dict[str, Any]:
        """Return all as plain values."""
        told = {
            **self.entity.plain(),
            "kinds": list(self.kinds),
            "names": [plain_cells(r.cells) for r in self.names],
            "facts": [plain_cells(r.cells) for r in self.facts],
            "records": self.records.to_dicts(),
            "partners": self.partners.to_dicts(),
            "sources": [s.plain() for s in self.sources],
        }
        return told if self.left_out is None else told | {"undated_left_out": self.left_out}

    @property
    def left_out(self) -> int | None:
        """The undated records that are left out for a day; None where no day was asked for."""
        return self.records.left_out

    def _repr_html_(self) -> str:
        parts = (self.names, self.facts, self.records, self.partners)
        return f"<h3>{escape.html(self.entity.label)}</h3>" + "".join(t._repr_html_() for t in parts if len(t))


def show(graph: Graph, iri: str, *, lang: str = "en", as_of: date | None = None, undated: bool = False) -> Shown:
    """Return all that the graph says of one thing, with sources.

    Args:
        graph: an opened store or endpoint.
        iri: the thing.
        lang: language of labels.
        as_of: only records that held then, with a column `certainty`.
        undated: with `as_of`, also records that nothing places.
    """
    if iri.startswith(YEARS):
        return _year(graph, iri, lang, as_of, undated)
    out = list(select(graph, "facts", [iri])) or list(select(graph, "facts-in-one-graph", [iri]))
    into = list(select(graph, "mentions", [iri])) or list(select(graph, "mentions-in-one-graph", [iri]))
    own = graph.names.get(iri)
    kinds = sorted({r["o"].value for r in out if r["p"].value == RDF + "type"})
    terms = {t.value for r in out for t in (r["p"], r["o"]) if not hasattr(t, "datatype")} | {iri}
    known = labels(graph, terms, lang)
    return Shown(
        entity=Entity(iri, own.label(lang) if own else known[iri]),
        kinds=tuple(known[k] for k in kinds),
        names=_names(graph, iri, out, known, lang),
        facts=_facts(out, known),
        records=_records(graph, into, lang, as_of, undated),
        partners=_partners(graph, iri, lang, as_of, undated),
        sources=sources(graph, [iri], lang).get(iri, ()),
    )


def _year(graph: Graph, iri: str, lang: str, as_of: date | None, undated: bool) -> Shown:
    """Return what sources date in a year, which is no thing of the graph."""
    named = graph.names.get(iri)
    label = named.label(lang) if named else iri.removeprefix(YEARS)
    dated = _records(graph, list(select(graph, "dated-in-year", [iri])), lang, as_of, undated)
    kinds = (class_word(YEAR, lang).lower(),)
    return Shown(Entity(iri, label), kinds, Table(NAMES, ()), Table(FACTS, ()), dated, Table(PARTNERS, ()), ())


def triples(graph: Graph, iri: str) -> list[ox.Triple]:
    """Return the triples that describe one thing."""
    described: list[Any] = graph.select(bound(text_of("description"), x=[iri]))
    return described


def _names(graph: Graph, iri: str, out: list[Any], known: dict[str, str], lang: str) -> Table:
    naming = {p: rank for p, rank in NAMING if rank < 3}
    rows = []
    for row in sorted(out, key=lambda r: naming.get(r["p"].value, 9)):
        if row["p"].value in naming and hasattr(row["o"], "datatype"):
            prop = row["p"].value
            term = Term(prop, local(prop), known[prop] if lang.startswith("zh") else NAMED.get(prop, known[prop]))
            tag = language_tag(row["o"].language) if row["o"].language else None
            rows.append(Row({"name": row["o"].value, "kind": term, "language": tag, "period": None}))
    dated = list(select(graph, "names-with-dates", [iri]))
    kinds = labels(graph, {r["kind"].value for r in dated if r["kind"] is not None}, lang)
    for row in dated:
        start, end = (row[n].value if row[n] is not None else "" for n in ("start", "end"))
        cells: dict[str, Cell] = {
            "name": row["text"].value,
            "kind": cell(row["kind"], kinds),
            "language": language_tag(row["text"].language) if row["text"].language else None,
            "period": f"{start} – {end}" if start or end else None,
        }
        rows.append(Row(cells))
    return Table(NAMES, tuple(rows))


def _facts(out: list[Any], known: dict[str, str]) -> Table:
    rows = [
        Row({"property": cell(r["p"], known), "value": cell(r["o"], known)}) for r in out if r["p"].value not in HIDDEN
    ]
    return Table(FACTS, tuple(rows))


def _records(graph: Graph, into: list[Any], lang: str, as_of: date | None, undated: bool) -> Table:
    told = described(graph, {r["s"].value for r in into}, lang)
    then = standing(graph, told, as_of, undated=undated)
    held = then.held if then else None
    known = labels(graph, {r["p"].value for r in into}, lang)

    def order(row: Any) -> tuple[str, str, str]:
        record: Record = told[row["s"].value]
        return record.kind, record.date or "9", record.iri

    rows = []
    for row in sorted(into, key=order):
        record = told[row["s"].value]
        if held is not None and record.iri not in held:
            continue
        cells: dict[str, Cell] = {
            "record": Entity(record.iri, record.label),
            "type": record.kind,
            "as": cell(row["p"], known),
            "date": record.date,
        }
        rows.append(Row(cells | ({"certainty": held[record.iri]} if held is not None else {}), record.sources))
    columns = ("record", "type", "as", "date") + (("certainty",) if held is not None else ())
    return Table(columns, tuple(rows), left_out=then.left_out if then else None, lang=lang)


def _partners(graph: Graph, iri: str, lang: str, as_of: date | None, undated: bool) -> Table:
    found = list(select(graph, "partners", [iri]))
    then = standing(graph, {r["link"].value for r in found}, as_of, undated=undated)
    held = then.held if then else None
    known = labels(graph, {r[n].value for r in found for n in ("partner", "kind")}, lang)
    read = sources(graph, {r["link"].value for r in found}, lang)
    rows = []
    for row in found:
        link = row["link"].value
        if held is None or link in held:
            cells: dict[str, Cell] = {n: cell(row[n], known) for n in ("partner", "kind")}
            cells["among"] = among(int(row["parties"].value))
            rows.append(Row(cells | ({"certainty": held[link]} if held is not None else {}), read.get(link, ())))
    columns = ("partner", "kind", "among") + (("certainty",) if held is not None else ())
    left_out = then.left_out if then else None
    return Table(columns, tuple(rows), left_out=left_out, lang=lang, countries=countries(graph, lang))
