"""What the explorer's canvas is given of all views: ties, what they join, and what takes long to compute: places, communities, backbones.

Its twin in the browser is `web/src/networks/data.ts`.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Any, TypeAlias

from stdgraph.graph.labels import kinds_of
from stdgraph.graph.reads import Graph, select
from stdgraph.model.vocabulary import local, short
from stdgraph.networks.choice import Choice
from stdgraph.networks.chosen import chosen, countries
from stdgraph.networks.measures.communities import communities
from stdgraph.networks.network import Network, network_of
from stdgraph.networks.plots.layout import Places, stress
from stdgraph.networks.significance.backbone import PAIRS, Criterion, backbone
from stdgraph.networks.ties import Tie, ties
from stdgraph.networks.views import View, views

NODES, EDGES = 1500, 20_000
"""What has more nodes or edges gets no places: it is looked at part by part."""
LEVELS = ("all", "country")
"""Levels whose nodes have places of their own; bodies stand where they stand among all."""
ALPHA = 0.05
"""Pairs of two-mode views with a greater p are kept by no correction."""
DIGITS = 2
DRAWN = ("places", "communities", "backbones")
"""What takes long, and is computed here."""

Told: TypeAlias = dict[str, Any]


def canvas(graph: Graph, without: Set[str] = frozenset()) -> Told:
    """Return what the canvas needs, as plain values.

    `ties` are rows of numbers by query, which stand for `texts`; `things` tells kind, country and region of what they join;
    `places`, by view and level, where each node stands, if the view is not too large; the rest is by view. Ties of things that the page
    is `without` are left out.
    """
    every = {about.query: ties(graph, about) for about in views().values()}
    found = {query: [tie for tie in each if not {tie.a, tie.b, tie.record} & without] for query, each in every.items()}
    texts = Texts()
    rows = {query: [_row(texts, tie) for tie in each] for query, each in sorted(found.items())}
    made = {"views": {name: _about(one) for name, one in views().items()}, "ties": rows, "texts": texts.all}
    made["things"] = _things(graph, {iri for each in found.values() for tie in each for iri in (tie.a, tie.b)})
    drawn = {name: _drawn(graph, about, found[about.query]) for name, about in views().items()}
    return made | {what: {name: one[what] for name, one in drawn.items() if one[what]} for what in DRAWN}


class Texts:
    """Texts that are told once, and then by their number; 0 is none."""

    def __init__(self) -> None:
        self.all = [""]
        self._at = {"": 0}

    def number(self, text: str | None) -> int:
        """Return the number of a text."""
        if (text or "") not in self._at:
            self._at[str(text)] = len(self.all)
            self.all.append(str(text))
        return self._at[text or ""]


def _row(texts: Texts, tie: Tie) -> list[int]:
    told = (short(tie.a), short(tie.b), tie.kind, short(tie.record), tie.first, tie.last, tie.attested)
    return [*map(texts.number, told), tie.parties, texts.number(" ".join(tie.layers))]


def _about(one: View) -> Told:
    return {"query": one.query, "mode": one.mode, "left": one.left, "right": one.right, "said": dict(one.said)}


def _things(graph: Graph, ends: set[str]) -> dict[str, list[str]]:
    """Return kind, country and region of each thing, and of the countries to which they are rolled up."""
    home = countries(graph, ends)
    iris = sorted(ends | set(home.values()))
    kinds = kinds_of(graph, iris)
    home = countries(graph, iris)
    regions = {row["x"].value: row["region"].value for row in select(graph, "region-of", set(home.values()))}
    told = {iri: (kinds.get(iri, ""), home.get(iri, ""), regions.get(home.get(iri, ""), "")) for iri in iris}
    return {short(iri): [local(part) for part in parts] for iri, parts in told.items()}


def _drawn(graph: Graph, about: View, found: Sequence[Tie]) -> Told:
    networks = {level: _network(graph, about, found, Choice(level=level)) for level in LEVELS}
    whole = networks["all"]
    return {
        "places": {level: _rounded(stress(one)) for level, one in networks.items() if _fits(one)},
        "communities": communities(whole).of if len(whole) else {},
        "backbones": _backbone(whole) if about.two_mode else None,
    }


def _network(graph: Graph, about: View, found: Sequence[Tie], choice: Choice) -> Network:
    return network_of(graph, about, chosen(graph, about, found, choice)[0], choice)


def _fits(found: Network) -> bool:
    return 0 < len(found) <= NODES and found.number_of_edges() <= EDGES


def _rounded(places: Places) -> dict[str, list[float]]:
    return {node: [round(x, DIGITS), round(y, DIGITS)] for node, (x, y) in sorted(places.items())}


def _backbone(found: Network) -> Told | None:
    """Return the pairs of lefts that some correction may keep, with observed, expected and p; None where there are too many."""
    lefts = [node for node, side in found.nodes(data="side") if side == found.graph["left"]]
    pairs, seats = len(lefts) * (len(lefts) - 1) // 2, len(lefts) * (len(found) - len(lefts))
    if max(pairs, seats) > PAIRS // 4:
        return None
    tested = backbone(found, Criterion("sdsm", ALPHA, "none"))
    kept = [[one.a, one.b, one.observed, one.expected, one.p] for one in tested.pairs if one.kept]
    return {"model": tested.criterion.model, "tests": tested.tests, "pairs": kept}
