"""The records that a thing takes part in, as what and through whom; how many they are, from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import combinations

import pyoxigraph as ox

from stdgraph.graph.bodies import with_bodies
from stdgraph.graph.reads import Graph, select, value_of
from stdgraph.graph.time import standing
from stdgraph.model.dates import bounds, earliest, latest
from stdgraph.model.light import dataclass, field
from stdgraph.model.vocabulary import BASE, SRC

YEARS = BASE + "year/"


@dataclass
class Part:
    """What a thing has to do with a record: in which roles (IRIs of properties), and through which of its bodies.

    `behind` are the nodes that say so: the record itself, or the participations in an event.
    """

    record: str
    roles: set[str] = field(default_factory=set)
    through: set[str] = field(default_factory=set)
    behind: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Glance:
    """How many records there are, the first and the last date of them, and in how many documents they were read."""

    records: int
    first: str | None
    last: str | None
    documents: int

    def plain(self) -> dict[str, int | str | None]:
        """Return the four as plain values."""
        return {"records": self.records, "first": self.first, "last": self.last, "documents": self.documents}


def parts(graph: Graph, iri: str) -> dict[str, Part]:
    """Return what a thing takes part in by record, for a country its bodies too; a dated thing is a record itself.

    A year takes part in what is dated in it, a document in what was read in it.
    """
    found: dict[str, Part] = {}
    for row in _rows(graph, iri):
        told = row["s"].value
        record = value_of(row, "event")
        part = found.setdefault(record.value if record else told, Part(record.value if record else told))
        part.behind.add(told)
        if role := value_of(row, "p"):
            part.roles.add(role.value)
        if (body := value_of(row, "x")) and body.value != iri:
            part.through.add(body.value)
    if iri not in found and any(True for _ in select(graph, "date", [iri])):
        found[iri] = Part(iri, behind={iri})
    return found


def _rows(graph: Graph, iri: str) -> Iterable[ox.QuerySolution]:
    if iri.startswith(YEARS):
        return select(graph, "dated-in-year", [iri])
    if iri.startswith(SRC):
        return select(graph, "read-in-document", [iri])
    actors = with_bodies(graph, [iri])[iri]
    return list(select(graph, "taking-part", actors)) or select(graph, "taking-part-in-one-graph", actors)


def tying(graph: Graph, actors: Iterable[str]) -> dict[tuple[str, str], dict[str, set[str]]]:
    """Return the records that tie each two of some actors, or their bodies, with the kinds of tie that each makes."""
    found: dict[tuple[str, str], dict[str, set[str]]] = {}
    for one, other in combinations(actors, 2):
        bodies = with_bodies(graph, (one, other))
        of_pair = found.setdefault((one, other), {})
        for row in select(graph, "records-between", a=bodies[one], b=bodies[other]):
            of_pair.setdefault(row["record"].value, set()).add(row["kind"].value)
    return found


def dates(graph: Graph, records: Iterable[str]) -> dict[str, str]:
    """Return the date of each record that has one which can be read."""
    read = ((row["x"].value, row["date"].value) for row in select(graph, "date", records))
    return {record: day for record, day in read if _is_date(day)}


def _is_date(text: str) -> bool:
    try:
        return bool(bounds(text))
    except ValueError:
        return False


def glance(graph: Graph, records: Iterable[str], day: date | None = None, *, undated: bool = False) -> Glance:
    """Return what some records come to, on a day those that held then."""
    then = standing(graph, records, day, undated=undated)
    held = set(then.held if then else records)
    days = list(dates(graph, held).values())
    documents = {row["source"].value for row in select(graph, "documents-behind", held)}
    return Glance(len(held), earliest(days), latest(days), len(documents))
