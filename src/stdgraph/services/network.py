"""Views of the graph as networks, their metrics and their files, through networkx. Same input, same bytes."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import networkx as nx

from stdgraph.errors import ParameterError
from stdgraph.graph.evidence import sources
from stdgraph.graph.labels import kinds
from stdgraph.graph.reads import Graph
from stdgraph.graph.ties import BILATERAL, parties
from stdgraph.locale import Phrase
from stdgraph.model import escape
from stdgraph.model.dates import earliest, latest
from stdgraph.model.results import Cell, Entity, Row, Table
from stdgraph.model.vocabulary import local, short
from stdgraph.storage.misfits import is_date
from stdgraph.storage.queries import text_of

Network: TypeAlias = "nx.Graph[Any]"  # undirected, attributes as plain values
VIEWS = ("cooperation", "membership")
"""What a network is made of: the queries of `queries/views/`."""

COUNTED = "cooperation"
"""The view whose records are known to tie so many actors."""

FORMATS = ("graphml", "gexf", "gml", "json", "csv")
GML_NAMES = {"34": "&quot;", "38": "&amp;"}
"""What GML calls the characters that networkx writes by number; igraph reads only the names."""
SEED = 1
DIGITS = 10


@dataclass
class _Edge:
    kinds: set[str] = field(default_factory=set)
    records: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)


def network(graph: Graph, view: str = "cooperation", *, bilateral: bool = False) -> Network:
    """Return a view as an undirected networkx graph, nodes and edges in the order of their ids.

    Nodes are short ids with `label_en`, `label_zh`, `kind`, `country`; edges have `weight` (number of records), `kinds`,
    `first` and `last` (EDTF dates of the records), `sources`. Values that are not known are left out.
    In the membership view nodes also carry `side`: member or body. With `bilateral`, the cooperation view leaves out
    records of more than two actors; what goes one way is no part of it.

    Raises:
        ParameterError: there is no such view, or it does not know how many actors a record has.
    """
    if view not in VIEWS:
        detail = Phrase("'{view}' is no view; there are {views}", view=view, views=", ".join(VIEWS))
        raise ParameterError(parameter="view", detail=detail)
    if bilateral and view != COUNTED:
        detail = Phrase("goes with the view {view} alone; leave it out", view=COUNTED)
        raise ParameterError(parameter="bilateral", detail=detail)
    edges = _edges(graph, view, bilateral)
    found: Network = nx.Graph(view=view)
    bodies = {b for _, b in edges} if view == "membership" else set()
    for iri in sorted({n for pair in edges for n in pair}):
        found.add_node(short(iri), **_node(graph, iri, bodies if view == "membership" else None))
    read = sources(graph, {r for e in edges.values() for r in e.records}, "en")
    for (a, b), edge in sorted(edges.items()):
        places = {f"{short(s.source)} {s.locator}".strip() for r in edge.records for s in read.get(r, ())}
        found.add_edge(short(a), short(b), **_edge(edge, places))
    return found


def _edges(graph: Graph, view: str, bilateral: bool) -> dict[tuple[str, str], _Edge]:
    edges: dict[tuple[str, str], _Edge] = defaultdict(_Edge)
    rows = graph.select(text_of(view, "views"))
    for row in _bilateral(graph, rows) if bilateral else rows:
        edge = edges[row["a"].value, row["b"].value]
        edge.records.add(row["record"].value)
        if row["kind"] is not None:
            edge.kinds.add(local(row["kind"].value))
        if row["date"] is not None:
            edge.dates.add(row["date"].value)
    return dict(edges)


def _bilateral(graph: Graph, rows: Sequence[Any]) -> list[Any]:
    """Return the rows whose record ties but two actors."""
    numbers = parties(graph, {row["record"].value for row in rows})
    return [row for row in rows if numbers.get((row["rule"].value, row["record"].value)) == BILATERAL]


def _node(graph: Graph, iri: str, bodies: set[str] | None) -> dict[str, str]:
    named = graph.names.get(iri)
    values = {"label_en": "", "label_zh": "", "kind": "", "country": ""}
    if named:
        values = {"label_en": named.en, "label_zh": named.zh, "kind": named.kind, "country": named.country}
    if bodies is not None:
        values["side"] = "body" if iri in bodies else "member"
    return {name: value for name, value in values.items() if value}


def _edge(edge: _Edge, places: set[str]) -> dict[str, Any]:
    values: dict[str, Any] = {"weight": len(edge.records), "kinds": ";".join(sorted(edge.kinds))}
    dates = sorted(filter(is_date, edge.dates))  # of an endpoint, any text
    values |= {"first": earliest(dates), "last": latest(dates), "sources": "; ".join(sorted(places))}
    return {name: value for name, value in values.items() if value not in (None, "")}


Measure = Callable[[Network], dict[Any, float]]


def _communities(found: Network) -> dict[Any, float]:
    groups = nx.community.louvain_communities(found, weight="weight", seed=SEED)
    ordered = sorted((sorted(g) for g in groups), key=lambda g: (-len(g), g))
    return {node: number for number, group in enumerate(ordered, start=1) for node in group}


METRICS: dict[str, Measure] = {
    "degree": lambda g: dict(g.degree()),
    "strength": lambda g: dict(g.degree(weight="weight")),
    "betweenness": lambda g: nx.betweenness_centrality(g),
    "closeness": lambda g: nx.closeness_centrality(g),
    "eigenvector": lambda g: nx.eigenvector_centrality(g, max_iter=100_000, tol=1e-9, weight="weight"),
    "pagerank": lambda g: nx.pagerank(g, weight="weight"),
    "core": lambda g: nx.core_number(g),
    "community": _communities,
}
"""Metric to its function. Betweenness and closeness count steps; strength, eigenvector and PageRank use weights."""


def metrics(graph: Graph, view: str = "cooperation", *, lang: str = "en", bilateral: bool = False) -> Table:
    """Return a row for each node of a view, with its metrics, the greatest strength first.

    Degree and core number are counts; strength sums weights; betweenness, closeness, eigenvector and PageRank are
    fractions rounded to ten digits; communities (Louvain, fixed seed) are numbered from the largest.
    """
    found = network(graph, view, bilateral=bilateral)
    columns = ("node", "kind", "country", *METRICS)
    if not len(found):
        return Table(columns, ())
    values = {name: measure(found) for name, measure in METRICS.items()}
    classes = kinds(graph, {about["kind"] for _, about in found.nodes(data=True) if "kind" in about}, lang)
    rows = []
    for node in sorted(found, key=lambda n: (-values["strength"][n], n)):
        about = found.nodes[node]
        cells: dict[str, Cell] = {
            "node": Entity(_iri(node), _label(node, about, lang)),
            "kind": classes.get(about.get("kind", "")),
            "country": about.get("country"),
        }
        rows.append(Row(cells | {name: _rounded(found_values[node]) for name, found_values in values.items()}))
    return Table(columns, tuple(rows))


def _label(node: str, about: dict[str, str], lang: str) -> str:
    first, second = ("label_zh", "label_en") if lang.startswith("zh") else ("label_en", "label_zh")
    return about.get(first) or about.get(second) or node


def _iri(node: str) -> str:
    from stdgraph.model.vocabulary import expand

    return expand(node)


def _rounded(value: float) -> int | float:
    return value if isinstance(value, int) else round(float(value), DIGITS)


def export(found: Network, form: str, *, lang: str = "en", excel: bool = False) -> bytes:
    """Return a network as a file of the form asked for; `csv` is the list of edges with the labels of both ends.

    Where a node may bear one label only (`gexf`), that is the one in `lang`. In graph files the characters that XML
    cannot hold are spelt out. `excel` is for csv: as Excel reads it.

    Raises:
        ParameterError: there is no such form.
    """
    if form not in FORMATS:
        detail = Phrase("'{form}' is no form; there are {forms}", form=form, forms=", ".join(FORMATS))
        raise ParameterError(parameter="format", detail=detail)
    if form in ("json", "csv"):
        return _json(found) if form == "json" else _csv(found, excel)
    drawn = _drawn(found)
    return _gexf(drawn, lang) if form == "gexf" else {"graphml": _graphml, "gml": _gml}[form](drawn)


def _drawn(found: Network) -> Network:
    """Return a copy whose texts a graph file can hold."""
    copy: Network = nx.Graph(**found.graph)
    copy.add_nodes_from((escape.xml(n), _held(about)) for n, about in found.nodes(data=True))
    copy.add_edges_from((escape.xml(a), escape.xml(b), _held(about)) for a, b, about in found.edges(data=True))
    return copy


def _held(about: dict[str, Any]) -> dict[str, Any]:
    return {name: escape.xml(value) if isinstance(value, str) else value for name, value in about.items()}


def _graphml(found: Network) -> bytes:
    out = io.BytesIO()
    nx.write_graphml_xml(found, out, encoding="utf-8", prettyprint=True)
    return out.getvalue() + b"\n"


def _gexf(found: Network, lang: str) -> bytes:
    labelled = found.copy()
    nx.set_node_attributes(
        labelled, {node: _label(node, about, lang) for node, about in found.nodes(data=True)}, "label"
    )
    out = io.BytesIO()
    nx.write_gexf(labelled, out, encoding="utf-8", prettyprint=True)
    undated = re.sub(rb' lastmodifieddate="[^"]*"', b"", out.getvalue())
    return re.sub(rb"<creator>[^<]*</creator>", b"<creator>stdgraph</creator>", undated) + b"\n"


def _gml(found: Network) -> bytes:
    text = "".join(f"{line}\n" for line in nx.generate_gml(_gml_safe(found), stringizer=str))
    return re.sub("&#(34|38);", lambda code: GML_NAMES[code[1]], text).encode("ascii")


def _gml_safe(found: Network) -> Network:
    """Return a copy whose keys are letters and digits alone, as GML asks."""
    copy: Network = nx.Graph(view=found.graph["view"])
    copy.add_nodes_from((n, {k.replace("_", ""): v for k, v in d.items()}) for n, d in found.nodes(data=True))
    copy.add_edges_from(found.edges(data=True))
    return copy


def _json(found: Network) -> bytes:
    data = nx.node_link_data(found, edges="edges")
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _csv(found: Network, excel: bool) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    columns = ("weight", "kinds", "first", "last", "sources")
    writer.writerow(
        ["source", "target", "source_label_en", "source_label_zh", "target_label_en", "target_label_zh", *columns]
    )
    for a, b, edge in found.edges(data=True):
        ends: Iterable[str] = (found.nodes[n].get(name, "") for n in (a, b) for name in ("label_en", "label_zh"))
        cells = [a, b, *ends, *(edge.get(c, "") for c in columns)]
        writer.writerow([escape.spreadsheet(str(c)) for c in cells] if excel else cells)
    return out.getvalue().encode("utf-8-sig" if excel else "utf-8")
