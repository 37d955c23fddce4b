"""Ties summed up as a networkx graph: nodes and edges in the order of their ids, each with all that is known of it."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import fsum
from operator import itemgetter
from typing import Any, TypeAlias

import networkx as nx

from stdgraph.graph.evidence import sources
from stdgraph.graph.labels import kinds_of
from stdgraph.graph.reads import Graph, select
from stdgraph.model.dates import bounds, latest
from stdgraph.model.results import Source
from stdgraph.model.vocabulary import local, short
from stdgraph.networks.choice import Choice
from stdgraph.networks.chosen import chosen, countries
from stdgraph.networks.projection import projected
from stdgraph.networks.ties import Tie, ties
from stdgraph.networks.views import View, view

Network: TypeAlias = "nx.Graph[Any]"
"""A networkx Graph, or a DiGraph where the view is directed; attributes are plain values, lists and dictionaries."""

NODES = ("iri", "label_en", "label_zh", "kind", "level", "country", "region", "side")
EDGES = (
    *("weight", "records", "kinds", "kind_weights", "parties", "first", "last", "first_year", "last_year"),
    *("year_weights", "attested", "layers", "sources"),
)
TESTED = ("expected", "p", "sign")
"""The attributes of nodes and of edges, as every form has them, and those of a backbone's; what is not known is left out."""
LEVELS = {"Country": "country", "Person": "person", "CountryGroup": "group", "WorldRegion": "group"}
"""The level of a thing by its kind; all other actors are bodies."""
ENDS = itemgetter(0)
Alike: TypeAlias = tuple[dict[str, Any], list[tuple[str, Any]]]
"""Attributes of an edge, and those of them that another edge needs as copies."""


def network(graph: Graph, name: str = "cooperation", choice: Choice | None = None) -> Network:
    """Return a view of a graph as a networkx graph: directed where the view is, else undirected.

    A node is named by its short id (`org/gb-bsi`) and bears the attributes of NODES; one that stands in both modes of a
    two-mode view is two nodes, that of the right mode named `org/iso#body`. An edge bears those of EDGES: `weight` as the
    choice weighs, `records` and `sources` as lists, `kind_weights` the weight of each kind, `first` and `last` EDTF dates
    of the records, `first_year` and `last_year` their years, `year_weights` the weight of the records that stand in each year
    or run of years (`2016/2018`), `attested` the latest day for which a source shows it, `layers`
    the registers it is from, or `documents`. What is not known is left out. `graph["left_out"]` counts the ties
    that were left out, by the reason.

    Args:
        graph: an opened store or endpoint.
        name: a view of `queries/views/views.toml`.
        choice: what of the view is wanted; all of it if not given.

    Raises:
        ParameterError: there is no such view, or an option does not go with it.
    """
    about, choice = view(name), choice or Choice()
    with _uncollected():
        kept, left_out = chosen(graph, about, ties(graph, about), choice)
        return network_of(graph, about, kept, choice, left_out)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile: what is made are many small objects that stay, and none in circles."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def network_of(
    graph: Graph, about: View, kept: Sequence[Tie], choice: Choice, left_out: Mapping[str, int] | None = None
) -> Network:
    """Return the network that some ties of a view make."""
    found: Network = nx.DiGraph() if about.directed else nx.Graph()
    found.graph |= {"view": about.name, "mode": about.mode, "options": choice.told}
    found.graph |= {"left": about.left, "right": about.right} if about.two_mode else {}
    found.graph["left_out"] = {why: number for why, number in sorted((left_out or {}).items()) if number}
    if about.mode == "projection":
        edges = projected(kept, choice.weight)
        ids = {iri: short(iri) for pair in edges for iri in pair}
        _add_nodes(graph, found, {name: (iri, "") for iri, name in ids.items()}, about)
    else:
        read = sources(graph, {tie.record for tie in kept}, "en")
        ends, edges = _grouped(about, kept, choice.weight, read)
        _add_nodes(graph, found, ends, about)
        ids = {}
    found.add_edges_from((ids.get(a, a), ids.get(b, b), values) for (a, b), values in sorted(edges.items(), key=ENDS))
    return found


def _grouped(
    about: View, kept: Sequence[Tie], weight: str, read: Mapping[str, tuple[Source, ...]]
) -> tuple[dict[str, tuple[str, str]], dict[tuple[str, str], dict[str, Any]]]:
    """Return the nodes, each with its IRI and side, and the attributes of each edge."""
    lefts = {tie.a: short(tie.a) for tie in kept}
    twice = lefts if about.two_mode else ()
    rights = {b: short(b) + (f"#{about.right}" if b in twice else "") for b in {tie.b for tie in kept}}
    groups: dict[tuple[str, str], list[Tie]] = defaultdict(list)
    for tie in kept:
        groups[lefts[tie.a], rights[tie.b]].append(tie)
    ends = {name: (iri, about.left) for iri, name in lefts.items()}
    ends |= {name: (iri, about.right) for iri, name in rights.items()}
    places = {record: tuple(f"{short(s.source)} {s.locator}".strip() for s in found) for record, found in read.items()}
    alike: dict[tuple[Any, ...], Alike] = {}
    return ends, {pair: _copied(alike, found, weight, places) for pair, found in groups.items()}


def _copied(
    alike: dict[tuple[Any, ...], Alike],
    found: Sequence[Tie],
    weight: str,
    places: Mapping[str, tuple[str, ...]],
) -> dict[str, Any]:
    """Return the attributes of an edge, made once for all that differ in their ends only: the seats of one committee."""
    same = tuple([tie.but_ends for tie in found])
    if same not in alike:
        values = _edge(found, weight, places)
        alike[same] = values, [(name, each) for name, each in values.items() if isinstance(each, list | dict)]
    values, many = alike[same]
    return values | {name: each.copy() for name, each in many}


def _edge(found: Sequence[Tie], weight: str, places: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    each: dict[str, float] = defaultdict(float)
    for tie in found:
        each[tie.kind.removeprefix("role-")] += tie.weight(weight)
    every = sorted({day for tie in found for day in (tie.first, tie.last) if day})
    days = sorted({tie.attested for tie in found if tie.attested})
    records = sorted({tie.record for tie in found})
    values = {
        "weight": plain(fsum(each.values())),
        "records": [short(record) for record in records],
        "kinds": sorted(each),
        "kind_weights": {kind: plain(each[kind]) for kind in sorted(each)},
        "parties": min(tie.parties for tie in found),
        **(_dates(every) if every else {}),
        "year_weights": _by_year(found, weight) or None,
        "attested": latest(days),
        "layers": sorted({layer for tie in found for layer in tie.layers}),
        "sources": sorted({place for record in records for place in places.get(record, ())}),
    }
    return {name: value for name, value in values.items() if value is not None and value != []}


def _dates(every: list[str]) -> dict[str, Any]:
    first, last = min(every, key=bounds), max(every, key=lambda day: (bounds(day)[1], bounds(day)[0]))
    return {"first": first, "last": last, "first_year": bounds(first)[0].year, "last_year": bounds(last)[1].year}


def _by_year(found: Sequence[Tie], weight: str) -> dict[str, int | float]:
    """Return the weight of the dated records by year, years in a row that have the same one as one EDTF interval."""
    years: dict[int, float] = defaultdict(float)
    for tie in found:
        for year in tie.years:
            years[year] += tie.weight(weight)
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and runs[-1][-1] == year - 1 and plain(years[year - 1]) == plain(years[year]):
            runs[-1][1:] = [year]
        else:
            runs.append([year])
    return {"/".join(f"{year:04}" for year in run): plain(years[run[0]]) for run in runs}


def plain(value: float) -> int | float:
    """Return a whole number as an integer, and no more digits of another than a sum of fractions has right."""
    value = round(value, 12)
    return int(value) if value == int(value) else value


def _add_nodes(graph: Graph, found: Network, ends: Mapping[str, tuple[str, str]], about: View) -> None:
    iris = {iri for iri, _ in ends.values()}
    home = countries(graph, iris)
    regions = {row["x"].value: row["region"].value for row in select(graph, "region-of", set(home.values()))}
    kinds = kinds_of(graph, iris)
    for node, (iri, side) in sorted(ends.items(), key=lambda end: (end[1][1] == about.right != "", end[0])):
        named = graph.names.get(iri)
        country = home.get(iri, "")
        kind = local(kinds[iri]) if iri in kinds else ""
        values = {
            "iri": iri,
            "label_en": named.en if named else "",
            "label_zh": named.zh if named else "",
            "kind": kind,
            "level": _level(kind, side, about),
            "country": local(country),
            "region": local(regions.get(country, "")),
            "side": side,
        }
        found.add_node(node, **{name: value for name, value in values.items() if value})


def _level(kind: str, side: str, about: View) -> str:
    if about.two_mode and side == about.right and about.right not in ("body",):
        return about.right
    return "standard" if about.name == "standards" else LEVELS.get(kind, "body")


def labelled(about: Mapping[str, Any], node: str, lang: str) -> str:
    """Return the label of a node in a language, else in the other one, else its id."""
    first, second = ("label_zh", "label_en") if lang.startswith("zh") else ("label_en", "label_zh")
    return str(about.get(first) or about.get(second) or node)
