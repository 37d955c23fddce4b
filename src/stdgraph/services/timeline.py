"""Dated records in the order of their time: of one thing those that it takes part in, of two actors those that tie them."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

import pyoxigraph as ox

from stdgraph.graph.evidence import described
from stdgraph.graph.labels import cell, labels
from stdgraph.graph.reads import Graph
from stdgraph.graph.records import parts
from stdgraph.graph.time import standing
from stdgraph.model.arranging import time_of
from stdgraph.model.light import dataclass, field, replace
from stdgraph.model.results import Cell, Entity, Row, Table

CHART = "timeline"
"""The picture of a time line, in `queries/charts/`."""
ONE, TWO = ("date", "record", "type", "as", "body"), ("date", "record", "type", "kind", "from", "way", "to", "among")
"""Columns for one thing, and for two actors."""


@dataclass(frozen=True)
class Timeline(Table):
    """Records with their dates, the earliest first, those without a date last; `of` is the thing, or the two actors."""

    of: tuple[Entity, ...] = field(default=(), kw_only=True)
    as_of: str | None = field(default=None, kw_only=True)
    chart: str = field(default=CHART, compare=False, kw_only=True)

    def dated(self) -> Self:
        """Return the rows that have a date."""
        return replace(self, rows=tuple(row for row in self.rows if time_of(row)))

    def others(self) -> Self:
        """Return the rows that have none."""
        return replace(self, rows=tuple(row for row in self.rows if not time_of(row)))

    def to_json(self) -> dict[str, Any]:
        """Return the time line as plain values."""
        told = {
            "timeline": [one.plain() for one in self.of],
            "as_of": self.as_of,
            "columns": list(self.columns),
            "rows": (self.dated() if "date" in self.columns else self).to_dicts(),
            "undated": self.others().to_dicts() if "date" in self.columns else [],
        }
        return told if self.left_out is None else told | {"undated_left_out": self.left_out}


def timeline(
    graph: Graph,
    iri: str,
    *,
    lang: str = "en",
    as_of: str | None = None,
    day: date | None = None,
    undated: bool = False,
) -> Timeline:
    """Return the records that a thing takes part in, for a country its bodies too, in the order of their time.

    Who took part in an event does so with the event, however many of a country's bodies were there.

    Args:
        graph: an opened store or endpoint.
        iri: a thing, a year (what is dated in it) or a document (what was read in it).
        lang: language of labels.
        as_of: only what held then, with a column `certainty`, as `day` says it too.
        day: the same.
        undated: with `as_of`, also what nothing places.
    """
    found = parts(graph, iri)
    told = described(graph, {node for part in found.values() for node in (part.record, *part.behind)}, lang)
    then = standing(graph, found, day, undated=undated)
    held = then.held if then else None
    known = labels(graph, {i for part in found.values() for i in (*part.roles, *part.through)} | {iri}, lang)
    rows = []
    for part in found.values():
        if held is not None and part.record not in held:
            continue
        record = told[part.record]
        cells: dict[str, Cell] = {
            "date": record.date,
            "record": Entity(part.record, record.label),
            "type": record.kind,
            "as": tuple(cell(ox.NamedNode(role), known) for role in sorted(part.roles)),
            "body": tuple(Entity(body, known[body]) for body in sorted(part.through)),
        }
        read = sorted({source for node in part.behind for source in told[node].sources} or record.sources)
        rows.append(Row(cells | ({"certainty": held[part.record]} if held is not None else {}), tuple(read)))
    columns = ONE + (("certainty",) if held is not None else ())
    left_out = then.left_out if then else None
    made = Timeline(columns, tuple(rows), left_out=left_out, lang=lang, of=(Entity(iri, known[iri]),), as_of=as_of)
    return made.sort("date", "type", "record")


def between(found: Table, of: tuple[Entity, Entity], as_of: str | None = None) -> Timeline:
    """Return the records that tie two actors, as `services.why` gives them, in the order of their time."""
    certain = ("certainty",) if "certainty" in found.columns else ()
    more: dict[str, Any] = {"left_out": found.left_out, "lang": found.lang, "of": of, "as_of": as_of}
    return Timeline((*TWO, *certain), found.rows, found.titles, **more).sort("date", "type", "record")
