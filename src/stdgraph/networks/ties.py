"""Ties: the records that join two nodes of a view, one row each, before they are summed up as edges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from stdgraph.graph.reads import Graph, of_each
from stdgraph.graph.ties import BILATERAL, parties
from stdgraph.model.dates import bounds, earliest, latest
from stdgraph.model.vocabulary import BASE, GRAPH, local
from stdgraph.networks.choice import Span
from stdgraph.networks.views import View
from stdgraph.storage.misfits import is_date
from stdgraph.storage.queries import text_of

DOCUMENTS = "documents"
"""The layer of what the curated documents tell; the others are those of registers."""
AGREEMENT = "agreement"
"""The right of the view whose records are agreements."""
PACKS, EVIDENCE = GRAPH + "pack/", BASE + "evidence/"


class Tie(NamedTuple):
    """One record that joins two nodes: their IRIs, the kind by its local name, the record's IRI.

    `first` and `last` are EDTF dates of the record (None where it has none, never those of a node), `attested` the latest
    day for which a source shows it, `parties` the number of actors that it ties, `layers` the
    registers that speak of it, and `documents`.
    """

    a: str
    b: str
    kind: str
    record: str
    first: str | None = None
    last: str | None = None
    attested: str | None = None
    parties: int = BILATERAL
    layers: tuple[str, ...] = (DOCUMENTS,)

    @property
    def span(self) -> Span | None:
        """The days on which it can have held or been done, from its first date to its last; None without a date."""
        dates = [bounds(day) for day in (self.first, self.last) if day]
        return (min(d[0] for d in dates), max(d[1] for d in dates)) if dates else None

    @property
    def years(self) -> range:
        """The years in which it stands; one whose end is not known stands in the year of its first date alone."""
        return range(self.span[0].year, self.span[1].year + 1) if self.span else range(0)

    def weight(self, by: str) -> float:
        """Return what it counts: for `newman` 1 / (parties - 1), else 1."""
        return 1 / (self.parties - 1) if by == "newman" else 1

    @property
    def but_ends(self) -> tuple[Any, ...]:
        """All that it says but whom it joins."""
        return self[2:]


def ties(graph: Graph, view: View) -> list[Tie]:
    """Return all ties of a view, sorted.

    An agreement ties all parties that it names, two at least.

    Reads: the view's query of `queries/views/`, the days for which evidence shows the records, the files that hold them.
    """
    rows = _rows(graph.select(text_of(view.query, "views")))
    records = {record for *_, record, _ in rows}
    tied = parties(graph, {record for *_, record, rule in rows if rule})
    if view.right == AGREEMENT:
        named = Counter(record for *_, record, _ in rows)
        tied |= {("", record): max(number, BILATERAL) for record, number in named.items()}
    days, layers = _attested(graph, records), _layers(graph, records)
    found = [
        Tie(a, b, kind, record, *_ends(dates), days.get(record), tied.get((rule, record), BILATERAL), layers[record])
        for (a, b, kind, record, rule), dates in rows.items()
    ]
    return sorted(found, key=ORDER)


COLUMNS = ("a", "b", "kind", "record", "rule", "since", "until")
"""What each query of a view selects, in this order."""
Key = tuple[str, str, str, str, str]
UNDATED: frozenset[str] = frozenset()
ORDER = itemgetter(*map(Tie._fields.index, ("a", "b", "kind", "record", "parties")))
"""What ties are sorted by."""


def _rows(found: Iterable[Any]) -> dict[Key, frozenset[str]]:
    """Return the dates on which each tie began and ended; of an endpoint, a date may be any text."""
    rows: dict[Key, frozenset[str]] = {}
    names = cache(local)
    for a, b, kind, record, rule, since, until in found:  # terms by their place are read far faster than by name
        named = (a.value, b.value, names(kind.value), record.value, rule.value if rule else "")
        dates = {day.value for day in (since, until) if day is not None and is_date(day.value)}
        rows[named] = rows.get(named, UNDATED).union(dates)
    return rows


def _ends(dates: frozenset[str]) -> tuple[str | None, str | None]:
    if not dates:
        return None, None
    every = sorted(dates)
    return earliest(every), latest(every)


def _attested(graph: Graph, records: set[str]) -> dict[str, str]:
    days: dict[str, list[str]] = {}
    for record, day in of_each(graph, "attested-on", records, "day"):
        if is_date(day):
            days.setdefault(record, []).append(day)
    return {iri: day for iri, found in days.items() if (day := latest(sorted(found)))}


def _layers(graph: Graph, records: set[str]) -> dict[str, tuple[str, ...]]:
    """Return for each record the registers that speak of it, and DOCUMENTS where a curated document does."""
    graphs: dict[str, set[str]] = {record: set() for record in records}
    for record, place in of_each(graph, "layer-of-each", records, "g"):
        graphs[record].add(place)
    return {record: _layers_of(record, found) for record, found in graphs.items()}


def _layers_of(record: str, graphs: set[str]) -> tuple[str, ...]:
    """Return the layers of a record; where it is an evidence, it is that of a register, cited elsewhere too."""
    registers = {g.removeprefix(PACKS).partition("/")[0] for g in graphs if g.startswith(PACKS)}
    told = registers != set() and (record.startswith(EVIDENCE) or all(g.startswith(PACKS) for g in graphs))
    return tuple(sorted(registers | (set() if told else {DOCUMENTS})))
