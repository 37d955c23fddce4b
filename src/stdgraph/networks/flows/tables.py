"""Communities through time as tables: of the communities, of who moves, of each actor, of the days; and what to beware of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from stdgraph.graph.labels import kinds
from stdgraph.graph.reads import Graph
from stdgraph.locale import Phrase, marked
from stdgraph.model.results import Cell, Entity, Row, Table
from stdgraph.networks.flows.following import STABLE, Flows, Stage
from stdgraph.networks.measures.tables import plain
from stdgraph.networks.network import Network, labelled

LISTS = {
    "communities": marked("Communities"),
    "flows": marked("Who moves from where to where"),
    "actors": marked("The community of each actor"),
    "times": marked("How good and how stable each division is"),
}
"""The tables that there are, with their titles."""
UNSTABLE = marked("{time}: other seeds or orders of the edges divide otherwise (adjusted Rand index {value})")
NO_MORE = marked(
    "{time}: as like the division before ({agreement}) as other seeds and orders of one time are like each other ({value}): who moves may be chance"
)


def table(graph: Graph, found: Flows, name: str = "communities", *, lang: str = "en") -> Table:
    """Return one of LISTS as a table.

    `communities`: a row for each community of each day or year. `flows`: for each two in a row how many went from which
    community to which, and who; empty is who is not in the network. `actors`: a row for each node of each day or year. `times`:
    size, modularity, stability, and how far the division agrees with the one before (adjusted Rand index).
    """
    columns, rows = {"communities": _communities, "flows": _flows, "actors": _actors, "times": _times}[name](
        graph, found, lang
    )
    return Table(columns, tuple(rows), lang=lang)


NEXT = {"day": "next_day", "year": "next_year"}
NEAR = 0.05
"""An agreement that is less by so little than that of other seeds cannot be told from it."""
Made = tuple[tuple[str, ...], list[Row]]


def _communities(graph: Graph, found: Flows, lang: str) -> Made:
    columns = (found.unit, "community", "size", "countries", "members")
    return columns, [
        Row({found.unit: stage.name, "community": number, **_who(stage.network, nodes, lang)})
        for stage in found.stages
        for number, nodes in stage.members.items()
    ]


def _flows(graph: Graph, found: Flows, lang: str) -> Made:
    next_unit = NEXT[found.unit]
    columns = (found.unit, "community", next_unit, "next_community", "size", "countries", "members")
    rows = []
    for flow in found.flows:
        named: dict[str, Cell] = {found.unit: flow.source.name, "community": flow.community}
        named |= {next_unit: flow.target.name, "next_community": flow.next_community}
        whence = flow.target if flow.community is None else flow.source
        rows.append(Row(named | _who(whence.network, flow.members, lang)))
    return columns, rows


def _actors(graph: Graph, found: Flows, lang: str) -> Made:
    every = {about["kind"] for stage in found.stages for _, about in stage.network.nodes(data=True) if "kind" in about}
    classes = kinds(graph, every, lang)
    columns = ("node", "kind", "country", found.unit, "community")
    rows = []
    for node, stage in sorted(_each(found), key=lambda pair: pair[0]):
        about = stage.network.nodes[node]
        cells: dict[str, Cell] = {"node": Entity(about["iri"], labelled(about, node, lang))}
        cells |= {"kind": classes.get(about.get("kind", "")), "country": about.get("country")}
        rows.append(Row(cells | {found.unit: stage.name, "community": stage.of[node]}))
    return columns, rows


def _each(found: Flows) -> Iterator[tuple[Any, Stage]]:
    return ((node, stage) for stage in found.stages for node in stage.of)


def _times(graph: Graph, found: Flows, lang: str) -> Made:
    columns = (
        *(found.unit, "nodes", "edges", "communities", "modularity"),
        *("stability_over_seeds", "stability_over_orders", "like_before"),
    )
    rows = []
    for stage in found.stages:
        groups = stage.groups
        counts = (stage.network.number_of_nodes(), stage.network.number_of_edges(), groups.number)
        values = (groups.modularity, groups.over_seeds, groups.over_orders, stage.agreement)
        rows.append(Row(dict(zip(columns, (stage.name, *counts, *map(plain, values)), strict=True))))
    return columns, rows


def _who(network: Network, nodes: Sequence[Any], lang: str) -> dict[str, Cell]:
    abouts = [network.nodes[node] for node in nodes]
    homes = sorted({about["country"] for about in abouts if "country" in about})
    entities = tuple(Entity(a["iri"], labelled(a, str(n), lang)) for n, a in zip(nodes, abouts, strict=True))
    return {"size": len(nodes), "countries": tuple(homes), "members": entities}


def caveats(found: Flows) -> list[Phrase]:
    """Return what to beware of: days whose division is not stable, and changes that are no greater than chance makes them."""
    told = []
    for before, stage in zip((None, *found.stages), found.stages, strict=False):
        stable, like = stage.stability, stage.agreement
        if stable is not None and stable < STABLE:
            told.append(Phrase(UNSTABLE, time=stage.name, value=_short(stable)))
        waver = min((s.stability for s in (before, stage) if s and s.stability is not None), default=1.0)
        if like is not None and waver - NEAR <= like < 1:
            told.append(Phrase(NO_MORE, time=stage.name, agreement=_short(like), value=_short(waver)))
    return told


def _short(value: float) -> str:
    return f"{value:.2f}"
