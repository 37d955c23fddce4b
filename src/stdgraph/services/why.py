"""Why two actors are linked: every record behind their ties, each once, with the bodies that it ties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from stdgraph.graph.bodies import LEVELS, with_bodies
from stdgraph.graph.evidence import described
from stdgraph.graph.labels import labels
from stdgraph.graph.reads import Graph, select
from stdgraph.graph.ties import BILATERAL, MUTUAL, ONE_WAY, among, kinds_of_ties, parties
from stdgraph.graph.time import standing
from stdgraph.model.light import dataclass, field
from stdgraph.model.results import Cell, Entity, Row, Table

COLUMNS = ("from", "way", "to", "kind", "record", "type", "date", "among")


@dataclass
class _Tie:
    """What a record ties in one direction: from whom to whom, how, and by which rules."""

    record: str
    way: str
    kinds: set[str] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)
    ends: tuple[set[str], set[str]] = field(default_factory=lambda: (set(), set()))


def why(
    graph: Graph,
    first: str,
    second: str,
    *,
    lang: str = "en",
    as_of: date | None = None,
    undated: bool = False,
    proofs: bool = False,
    level: str | None = None,
    bilateral: bool = False,
) -> Table:
    """Return every record that links two actors, or a country's bodies for it, each once and with its sources.

    Records of two actors come first, then those of more, with their number. A tie that holds one way stands from who
    does it to whom; one that holds both ways from either side in the same order.

    Args:
        graph: an opened store or endpoint.
        first: IRI of one actor.
        second: IRI of the other.
        lang: language of labels.
        as_of: only what held then, with a column `certainty`.
        undated: with `as_of`, also what nothing places.
        proofs: whether rows bring their record, to be proved.
        level: `own` or `all`: whether an actor stands for its bodies too; None for countries and groups only.
        bilateral: only records of two actors.
    """
    one, other = sorted((first, second))
    ties = _ties(graph, one, other, level, as_of)
    told = described(graph, {tie.record for tie in ties}, lang)
    then = standing(graph, told, as_of, undated=undated)
    held = then.held if then else None
    numbers = parties(graph, told)
    number = {id(tie): min(numbers.get((rule, tie.record), BILATERAL) for rule in tie.rules) for tie in ties}
    known = labels(graph, {iri for tie in ties for iri in (*tie.kinds, *tie.ends[0], *tie.ends[1])}, lang)
    rows = []
    for tie in sorted(ties, key=lambda t: (number[id(t)] > BILATERAL, told[t.record].date or "9", t.record, t.way)):
        record = told[tie.record]
        if (held is not None and tie.record not in held) or (bilateral and number[id(tie)] > BILATERAL):
            continue
        cells: dict[str, Cell] = {
            "from": _entities(tie.ends[0], known),
            "way": tie.way,
            "to": _entities(tie.ends[1], known),
            "kind": tuple(sorted(known[kind] for kind in tie.kinds)),
            "record": Entity(tie.record, record.label),
            "type": record.kind,
            "date": record.date,
            "among": among(number[id(tie)]),
        }
        certain: dict[str, Cell] = {"certainty": held[tie.record]} if held is not None else {}
        rows.append(Row(cells | certain, record.sources, (record,) if proofs else ()))
    columns = COLUMNS + (("certainty",) if held is not None else ())
    return Table(columns, tuple(rows), left_out=then.left_out if then else None, lang=lang)


def _ties(graph: Graph, first: str, second: str, level: str | None, day: date | None) -> list[_Tie]:
    """Return the ties of each record; what holds both ways goes with what the record ties one way."""
    bodies = with_bodies(graph, (first, second), level, day)
    ways = kinds_of_ties(graph)
    ours = set(bodies[first])
    found: dict[str, dict[bool | None, _Tie]] = defaultdict(dict)
    rows = list(select(graph, "records-between", a=bodies[first], b=bodies[second]))
    for row in sorted(rows, key=lambda r: ways.get(r["kind"].value) == MUTUAL):
        kind, record, start, end = (row[name].value for name in ("kind", "record", "from", "to"))
        way, out = ways.get(kind, ONE_WAY), start in ours
        of_record = found[record]
        if way == MUTUAL:
            direction = next(iter(of_record), None)
            start, end = (start, end) if out is (direction is not False) else (end, start)
        else:
            direction = out
        tie = of_record.setdefault(direction, _Tie(record, way))
        tie.kinds.add(kind)
        tie.rules.add(row["rule"].value)
        tie.ends[0].add(start)
        tie.ends[1].add(end)
    return [tie for of_record in found.values() for tie in of_record.values()]


def _entities(iris: Iterable[str], known: dict[str, str]) -> Cell:
    return tuple(Entity(iri, known[iri]) for iri in sorted(iris))


__all__ = ["LEVELS", "why"]
