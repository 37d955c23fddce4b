"""The shortest chains of cooperation links between two actors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice, pairwise
from typing import Any

from stdgraph.graph.evidence import described
from stdgraph.graph.labels import labels
from stdgraph.graph.reads import Graph, select
from stdgraph.graph.ties import BILATERAL, MUTUAL, among, kinds_of_ties, parties
from stdgraph.graph.time import Standing, standing
from stdgraph.model.light import dataclass
from stdgraph.model.results import Cell, Entity, Record, Row, Table

COLUMNS = ("chain", "step", "from", "way", "to", "kind", "record", "date", "among")

Steps = dict[str, dict[str, list[tuple[str, str]]]]
"""From whom to whom one may go, by which links of which kinds."""


def path(
    graph: Graph,
    first: str,
    second: str,
    *,
    lang: str = "en",
    as_of: date | None = None,
    undated: bool = False,
    limit: int = 5,
    kind: str | None = None,
    bilateral: bool = False,
) -> Table:
    """Return the shortest chains of cooperation links from one actor to another, a row for each reason of each step.

    What goes one way is walked only where its kind is asked for, and only in its direction. Chains are counted from 1 in the order of the ids on the way; links between countries as such are not walked,
    since they only sum up those of their bodies. The table is empty where no chain exists.

    Args:
        graph: an opened store or endpoint.
        first: IRI of the actor to start from.
        second: IRI of the actor to reach.
        lang: language of labels.
        as_of: only links that held then, with a column `certainty`.
        undated: with `as_of`, also links of which nothing places a record.
        limit: at most so many chains.
        kind: IRI of the one kind of link to walk, also one that goes one way; None for all kinds of cooperation.
        bilateral: only links with a record of two actors, and only these records.
    """
    ways = kinds_of_ties(graph)
    walked = [k for k, way in ways.items() if (k == kind if kind else way == MUTUAL)]
    rows = [r for r in select(graph, "links", kind=walked) if not bilateral or int(r["parties"].value) == BILATERAL]
    rows.sort(key=lambda r: (r["kind"].value, r["link"].value))  # of engines each has an order of its own
    behind = _behind(graph, {r["link"].value for r in rows}) if as_of else {}
    then = standing(graph, {record for found in behind.values() for record, _ in found}, as_of, undated=undated)
    steps = _steps(rows, behind, then)
    chains = list(islice(_chains(steps, first, second), limit))
    reasons = _reasons(graph, steps, chains, lang, then)
    if bilateral:
        reasons = {link: [r for r in found if r.actors == BILATERAL] for link, found in reasons.items()}
    known = labels(graph, {*ways, *(actor for chain in chains for actor in chain)}, lang)
    told = [
        Row(_cells(number, at, a, b, ways[kind], known, kind, reason), reason.record.sources)
        for number, chain in enumerate(chains, start=1)
        for at, (a, b) in enumerate(pairwise(chain), start=1)
        for link, kind in steps[a][b]
        for reason in reasons.get(link, ())
    ]
    columns = COLUMNS + (("certainty",) if then else ())
    return Table(columns, tuple(told), left_out=then.left_out if then else None, lang=lang)


def _behind(graph: Graph, links: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """Return the records that each link rests on, each with the rule."""
    basis = defaultdict(list)
    for row in sorted(select(graph, "basis", links), key=lambda r: (r["x"].value, r["b"].value, r["rule"].value)):
        basis[row["x"].value].append((row["b"].value, row["rule"].value))
    return basis


def _steps(rows: Iterable[Any], behind: Mapping[str, list[tuple[str, str]]], then: Standing | None) -> Steps:
    """Return the links that held, each in the directions in which it holds."""
    steps: Steps = defaultdict(lambda: defaultdict(list))
    for row in rows:
        link, a, b, kind = (row[name].value for name in ("link", "a", "b", "kind"))
        if then is None or any(record in then.held for record, _ in behind[link]):
            steps[a][b].append((link, kind))
    return steps


def _chains(steps: Steps, first: str, second: str) -> Iterator[list[str]]:
    """Yield the shortest chains in the order of their IRIs."""
    back: dict[str, set[str]] = defaultdict(set)
    for start, ends in steps.items():
        for end in ends:
            back[end].add(start)
    distance = {second: 0}
    front = [second]
    while front and first not in distance:
        reached = sorted({n for at in front for n in back[at]} - distance.keys())
        distance |= dict.fromkeys(reached, distance[front[0]] + 1)
        front = reached
    if first not in distance:
        return

    def walk(chain: list[str]) -> Iterator[list[str]]:
        if chain[-1] == second:
            yield chain
            return
        for near in sorted(steps[chain[-1]]):
            if distance.get(near, -1) == distance[chain[-1]] - 1:
                yield from walk([*chain, near])

    if first != second:
        yield from walk([first])


@dataclass(frozen=True)
class _Reason:
    """A record on which a link rests, how many actors it ties, and how surely it held."""

    record: Record
    actors: int
    certainty: str | None


def _reasons(
    graph: Graph, steps: Steps, chains: list[list[str]], lang: str, then: Standing | None
) -> dict[str, list[_Reason]]:
    """Return the records behind each link of some chains, those that held."""
    used = {link for chain in chains for a, b in pairwise(chain) for link, _ in steps[a][b]}
    basis = [(link, record, rule) for link, found in _behind(graph, used).items() for record, rule in found]
    told = described(graph, {record for _, record, _ in basis}, lang)
    held: Mapping[str, str | None] = then.held if then else dict.fromkeys(told)
    numbers = parties(graph, told)
    found: dict[str, list[_Reason]] = defaultdict(list)
    for link, record, rule in basis:
        if record in held:
            found[link].append(_Reason(told[record], numbers.get((rule, record), BILATERAL), held[record]))
    return found


def _cells(
    chain: int, step: int, a: str, b: str, way: str, known: Mapping[str, str], kind: str, reason: _Reason
) -> dict[str, Cell]:
    cells: dict[str, Cell] = {
        "chain": chain,
        "step": step,
        "from": Entity(a, known[a]),
        "way": way,
        "to": Entity(b, known[b]),
        "kind": known[kind],
        "record": Entity(reason.record.iri, reason.record.label),
        "date": reason.record.date,
        "among": among(reason.actors),
    }
    return cells | ({"certainty": reason.certainty} if reason.certainty else {})
