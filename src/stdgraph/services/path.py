"""The shortest chains of cooperation links between two actors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from stdgraph.graph.evidence import described
from stdgraph.graph.labels import labels
from stdgraph.graph.reads import Graph, select
from stdgraph.graph.time import certainty
from stdgraph.model.results import Cell, Entity, Row, Table
from stdgraph.model.vocabulary import local

COLUMNS = ("chain", "step", "from", "kind", "to", "record", "date")

Steps = dict[str, dict[str, list[tuple[str, str]]]]


def path(
    graph: Graph, first: str, second: str, *, lang: str = "en", as_of: date | None = None, limit: int = 5
) -> Table:
    """Return the shortest chains of cooperation links from one actor to another, a row for each reason of each step.

    Chains are counted from 1 in the order of the ids on the way; links between countries as such are not walked,
    since they only sum up those of their bodies. The table is empty where no chain exists.

    Args:
        graph: an opened store or endpoint.
        first: IRI of the actor to start from.
        second: IRI of the actor to reach.
        lang: language of labels.
        as_of: only links that held then, with a column `certainty`.
        limit: at most so many chains.
    """
    links = [(r["link"].value, r["a"].value, r["b"].value, r["kind"].value) for r in select(graph, "links")]
    held = certainty(graph, [link for link, *_ in links], as_of) if as_of else None
    steps: Steps = defaultdict(lambda: defaultdict(list))
    for link, a, b, kind in links:
        if held is None or link in held:
            steps[a][b].append((link, kind))
            steps[b][a].append((link, kind))
    chains = [chain for chain, _ in zip(_chains(steps, first, second), range(limit), strict=False)]
    return _told(graph, steps, chains, lang, as_of)


def _chains(steps: Steps, first: str, second: str) -> Iterator[list[str]]:
    """Yield the shortest chains in the order of their IRIs."""
    distance = {second: 0}
    front = [second]
    while front and first not in distance:
        reached = sorted({n for at in front for n in steps[at]} - distance.keys())
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


def _told(graph: Graph, steps: Steps, chains: list[list[str]], lang: str, as_of: date | None) -> Table:
    used = {link for chain in chains for a, b in pairwise(chain) for link, _ in steps[a][b]}
    basis = defaultdict(list)
    for row in select(graph, "basis", used):
        basis[row["x"].value].append(row["b"].value)
    told = described(graph, {b for found in basis.values() for b in found}, lang)
    held = certainty(graph, told, as_of) if as_of else None
    known = labels(
        graph,
        {n for chain in chains for n in chain} | {k for a in steps.values() for b in a.values() for _, k in b},
        lang,
    )
    rows = []
    for number, chain in enumerate(chains, start=1):
        for at, (a, b) in enumerate(pairwise(chain), start=1):
            for link, kind in steps[a][b]:
                for iri in basis[link]:
                    if held is not None and iri not in held:
                        continue
                    cells: dict[str, Cell] = {
                        "chain": number,
                        "step": at,
                        "from": Entity(a, known[a]),
                        "kind": known.get(kind, local(kind)),
                        "to": Entity(b, known[b]),
                        "record": Entity(iri, told[iri].label),
                        "date": told[iri].date,
                    }
                    rows.append(Row(cells | ({"certainty": held[iri]} if held is not None else {}), told[iri].sources))
    return Table(COLUMNS + (("certainty",) if held is not None else ()), tuple(rows), lang=lang)
