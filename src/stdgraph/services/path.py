"""The shortest chains of cooperation links between two actors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise

from stdgraph.graph.evidence import described
from stdgraph.graph.labels import labels
from stdgraph.graph.reads import Graph, select
from stdgraph.graph.ties import BILATERAL, MUTUAL, among, kinds_of_ties, parties
from stdgraph.graph.time import Standing, standing
from stdgraph.model.results import Cell, Entity, Row, Table
from stdgraph.model.vocabulary import local

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
    behind = _behind(graph, {r["link"].value for r in rows}) if as_of else {}
    records = {record for found in behind.values() for record, _ in found}
    then = standing(graph, records, as_of, undated=undated)
    steps: Steps = defaultdict(lambda: defaultdict(list))
    for row in rows:
        link, a, b, of_kind = (row[name].value for name in ("link", "a", "b", "kind"))
        if then is None or any(record in then.held for record, _ in behind[link]):
            steps[a][b].append((link, of_kind))
    chains = [chain for chain, _ in zip(_chains(steps, first, second), range(limit), strict=False)]
    return _told(graph, steps, chains, lang, then, ways, bilateral)


def _behind(graph: Graph, links: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """Return the records that each link rests on, each with the rule."""
    basis = defaultdict(list)
    for row in select(graph, "basis", links):
        basis[row["x"].value].append((row["b"].value, row["rule"].value))
    return basis


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


def _told(
    graph: Graph,
    steps: Steps,
    chains: list[list[str]],
    lang: str,
    then: Standing | None,
    ways: Mapping[str, str],
    bilateral: bool,
) -> Table:
    used = {link for chain in chains for a, b in pairwise(chain) for link, _ in steps[a][b]}
    basis = _behind(graph, used)
    told = described(graph, {b for found in basis.values() for b, _ in found}, lang)
    held = then.held if then else None
    numbers = parties(graph, told)
    known = labels(
        graph,
        {n for chain in chains for n in chain} | {k for a in steps.values() for b in a.values() for _, k in b},
        lang,
    )
    rows = []
    for number, chain in enumerate(chains, start=1):
        for at, (a, b) in enumerate(pairwise(chain), start=1):
            for link, kind in steps[a][b]:
                for iri, rule in basis[link]:
                    actors = numbers.get((rule, iri), BILATERAL)
                    if (held is not None and iri not in held) or (bilateral and actors > BILATERAL):
                        continue
                    cells: dict[str, Cell] = {
                        "chain": number,
                        "step": at,
                        "from": Entity(a, known[a]),
                        "way": ways[kind],
                        "to": Entity(b, known[b]),
                        "kind": known.get(kind, local(kind)),
                        "record": Entity(iri, told[iri].label),
                        "date": told[iri].date,
                        "among": among(actors),
                    }
                    rows.append(Row(cells | ({"certainty": held[iri]} if held is not None else {}), told[iri].sources))
    columns = COLUMNS + (("certainty",) if held is not None else ())
    return Table(columns, tuple(rows), left_out=then.left_out if then else None)
