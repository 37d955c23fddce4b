"""GEXF 1.3, which Gephi reads: edges bear the years in which their records stand and the weight of each, and the day for which a register knows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree as ET

from stdgraph.networks.formats.flat import arcs, flattened
from stdgraph.networks.network import EDGES, NODES, TESTED, Network, labelled

SPACE = "http://gexf.net/1.3"
TYPES = {"parties": "integer", "first_year": "integer", "last_year": "integer", "bodies": "integer"}
TYPES |= {"expected": "double", "p": "double", "sign": "integer"}
"""The types of attributes; all others are strings."""
WEIGHT, BY_YEAR = "weight", "year_weights"
"""Gephi takes the values of a dynamic attribute of this title as weights in time; ours are the weights by year."""
ONE_EDGE = ("first_year", "last_year")


def written(found: Network, lang: str = "en", excel: bool = False) -> bytes:
    """Return a network as GEXF 1.3; a node bears its label in one language, an edge with dates the years it spans."""
    flat = flattened(found)
    root = ET.Element("gexf", {"xmlns": SPACE, "version": "1.3"})
    meta = ET.SubElement(root, "meta")
    ET.SubElement(meta, "creator").text = "stdgraph"
    ET.SubElement(meta, "description").text = "; ".join(
        f"{name}: {value}" for name, value in flat.graph.items() if value != ""
    )
    mode = "dynamic" if any(ONE_EDGE[0] in edge for *_, edge in flat.edges(data=True)) else "static"
    kind = "directed" if flat.is_directed() else "undirected"
    graph = ET.SubElement(root, "graph", {"defaultedgetype": kind, "mode": mode} | _years(mode))
    columns = {
        "node": _used(NODES, (about for _, about in flat.nodes(data=True))),
        "edge": _used((*EDGES, "bodies", *TESTED), _edges(flat)),
    }
    for name, used in columns.items():
        declared = ET.SubElement(graph, "attributes", {"class": name})
        if name == "edge" and mode == "dynamic":
            by_year = ET.SubElement(graph, "attributes", {"class": name, "mode": mode})
            ET.SubElement(by_year, "attribute", {"id": WEIGHT, "title": WEIGHT, "type": "double"})
        for at, key in enumerate(used):
            ET.SubElement(declared, "attribute", {"id": str(at), "title": key, "type": TYPES.get(key, "string")})
    nodes = ET.SubElement(graph, "nodes")
    for node, about in flat.nodes(data=True):
        one = ET.SubElement(nodes, "node", {"id": node, "label": labelled(about, node, lang)})
        _values(one, columns["node"], about)
    edges = ET.SubElement(graph, "edges")
    for at, (a, b, edge) in enumerate(arcs(flat)):
        told = {"id": str(at), "source": a, "target": b, "weight": str(edge["weight"])}
        one = ET.SubElement(edges, "edge", told | _span(edge))
        _values(one, columns["edge"], edge, edge.get(BY_YEAR, ""))
    ET.indent(root)
    return b"<?xml version='1.0' encoding='utf-8'?>\n" + ET.tostring(root, encoding="unicode").encode() + b"\n"


def _years(mode: str) -> dict[str, str]:
    return {"timeformat": "integer", "timerepresentation": "interval"} if mode == "dynamic" else {}


def _span(edge: Mapping[str, Any]) -> dict[str, str]:
    return {"start": str(edge["first_year"]), "end": str(edge["last_year"])} if ONE_EDGE[0] in edge else {}


def _edges(flat: Network) -> Iterator[dict[str, Any]]:
    return (edge for *_, edge in flat.edges(data=True))


def _used(names: tuple[str, ...], values: Iterator[Mapping[str, Any]]) -> list[str]:
    there = {key for about in values for key in about}
    return [name for name in names if name in there - {WEIGHT, BY_YEAR}]


def _values(parent: ET.Element, columns: list[str], about: Mapping[str, Any], by_year: str = "") -> None:
    values = [{"for": str(at), "value": str(about[key])} for at, key in enumerate(columns) if key in about]
    for years, _, weight in (part.partition("=") for part in by_year.split("; ") if part):
        first, _, last = years.partition("/")
        values.append({"for": WEIGHT, "value": weight, "start": str(int(first)), "end": str(int(last or first))})
    if values:
        listed = ET.SubElement(parent, "attvalues")
        for value in values:
            ET.SubElement(listed, "attvalue", value)
