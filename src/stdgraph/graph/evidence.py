"""Evidence: where each record was read, and the record in words."""

from __future__ import annotations

from collections.abc import Iterable

from stdgraph.graph.labels import kinds_of, labels, number
from stdgraph.graph.reads import Graph, select, value_of
from stdgraph.model.results import Record, Source
from stdgraph.model.vocabulary import BASE

OF_FILE = "source-of-file"
"""The source of a file; of a snapshot of a register (it has a day) with the register's own number."""

READS = ("evidence", "source-itself", "evidence-of-claims", OF_FILE)
"""Queries for the source of a record, the closest first."""


def sources(graph: Graph, records: Iterable[str], lang: str) -> dict[str, tuple[Source, ...]]:
    """Return where each record was read: its own evidence, else that of claims on it, else the source of its file.

    A record of derived kind (a cooperation link) brings the evidence of the records it rests on.
    """
    wanted = set(records)
    found: dict[str, dict[tuple[str, str], float | None]] = {}
    printed: dict[tuple[str, str, str], set[str]] = {}
    standards = {iri for iri in wanted if iri.startswith((BASE + "standard/", BASE + "workitem/"))}
    for query in READS:
        missing = wanted - found.keys() | (standards if query == OF_FILE else set())
        if not missing:
            break
        for row in select(graph, query, missing):
            locator, told = value_of(row, "locator"), value_of(row, "confidence")
            place = (row["source"].value, locator.value if locator else "")
            confidence = number(told.value) if told else None
            known = found.setdefault(row["x"].value, {})
            if query == OF_FILE and known and not place[1]:
                continue  # told by its own evidence; only registers add to that
            known[place] = max((c for c in (known.get(place), confidence) if c is not None), default=None)
            if form := value_of(row, "form"):
                printed.setdefault((row["x"].value, *place), set()).add(form.value)
    titles = labels(graph, {source for places in found.values() for source, _ in places}, lang)
    forms = {place: tuple(sorted(told)) for place, told in printed.items()}
    return {
        iri: tuple(sorted(Source(s, titles[s], at, c, forms.get((iri, s, at), ())) for (s, at), c in places.items()))
        for iri, places in found.items()
    }


def described(graph: Graph, iris: Iterable[str], lang: str) -> dict[str, Record]:
    """Return each record in words, with its kind, date and sources."""
    wanted = set(iris)
    names = labels(graph, wanted, lang)
    read = sources(graph, wanted, lang)
    kinds = kinds_of(graph, wanted)
    kind_names = graph.names.labels(kinds.values(), lang)
    days = {row["x"].value: row["date"].value for row in select(graph, "date", wanted)}
    return {
        iri: Record(iri, names[iri], kind_names.get(kinds.get(iri, ""), ""), days.get(iri), read.get(iri, ()))
        for iri in wanted
    }
