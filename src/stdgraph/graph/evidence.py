"""Evidence: where each record was read, and the record in words."""

from __future__ import annotations

from collections.abc import Iterable

from stdgraph.graph.labels import kinds_of, labels, number
from stdgraph.graph.reads import Graph, of_each
from stdgraph.model.results import Record, Source
from stdgraph.model.vocabulary import BASE

OF_FILE = "source-of-file"
"""The source of a file; of a snapshot of a register (it has a day) with the register's own number."""

READS = ("evidence", "source-itself", "evidence-of-claims", OF_FILE)
"""Queries for the source of a record, the closest first."""

PLACE = ("source", "locator", "confidence", "form")
"""What their rows say."""


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
        own = set(found)
        for iri, source, locator, told, form in of_each(graph, query, missing, *PLACE):
            place = (source, locator or "")
            confidence = number(told) if told is not None else None
            known = found.setdefault(iri, {})
            if query == OF_FILE and iri in own and not place[1]:
                continue  # told by its own evidence; only registers add to that
            known[place] = max((c for c in (known.get(place), confidence) if c is not None), default=None)
            if form is not None:
                printed.setdefault((iri, *place), set()).add(form)
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
    days = dict(of_each(graph, "date", wanted, "date"))
    return {
        iri: Record(iri, names[iri], kind_names.get(kinds.get(iri, ""), ""), days.get(iri), read.get(iri, ()))
        for iri in wanted
    }
