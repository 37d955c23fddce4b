"""Measures of a network as a whole: size, density, centralization, components, mixing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import networkx as nx

from stdgraph.locale import marked
from stdgraph.networks.measures.centrality import components
from stdgraph.networks.measures.communities import Communities
from stdgraph.networks.measures.matrices import simple
from stdgraph.networks.network import Network

WHOLE = {
    "nodes": marked("number of nodes"),
    "edges": marked("number of edges"),
    "weight": marked("sum of the weights"),
    "density": marked("edges, of all that are possible (in two modes: between the modes)"),
    "components": marked("number of parts that no edge joins"),
    "largest component": marked("nodes of the largest part, of all"),
    "degree centralization": marked(
        "how far one node outdoes the others in degree, of what is possible (Freeman); one mode only"
    ),
    "clustering": marked("triangles, of all paths of two steps (transitivity); one mode only"),
    "assortativity by country": marked("how far ties stay within countries: 1 all, 0 as by chance (Newman)"),
    "assortativity by kind": marked("how far ties stay within kinds of actor (Newman)"),
    "E-I index by country": marked("ties across borders less ties within countries, of all (Krackhardt and Stern)"),
    "communities": marked("number of communities (Leiden)"),
    "modularity": marked("weight within communities, beyond what chance would give"),
    "stability over seeds": marked("mean adjusted Rand index of 50 other seeds"),
    "stability over orders": marked("mean adjusted Rand index of 50 other orders of the edges"),
}
"""Measures of the whole, and what they mean."""


def whole(found: Network, groups: Communities | None = None) -> dict[str, int | float | None]:
    """Return the measures of WHOLE by name; None where the network has none, as an empty one has no density."""
    return dict.fromkeys(WHOLE) | dict(_sizes(found)) | dict(_shape(found)) | dict(_mixing(found)) | _of(groups)


def _of(groups: Communities | None) -> dict[str, int | float | None]:
    if groups is None:
        return {}
    return {
        "communities": groups.number,
        "modularity": groups.modularity,
        "stability over seeds": groups.over_seeds,
        "stability over orders": groups.over_orders,
    }


def _sizes(found: Network) -> Iterator[tuple[str, Any]]:
    yield "nodes", len(found)
    yield "edges", found.number_of_edges()
    yield "weight", round(sum(w for *_, w in found.edges(data="weight", default=1)), 9)
    numbers = components(found)
    yield "components", len(set(numbers.values()))
    if numbers:
        yield "largest component", sum(n == 1 for n in numbers.values()) / len(numbers)


def density(found: Network) -> float:
    """Return the edges of a network of one mode, of all that are possible; 0 where none is."""
    return float(nx.density(found)) if len(found) > 1 else 0.0


def _shape(found: Network) -> Iterator[tuple[str, Any]]:
    found = simple(found)
    sides = list(nx.get_node_attributes(found, "side").values())
    if sides:
        left = sides.count(sides[0])
        possible = left * (len(sides) - left)
        yield "density", found.number_of_edges() / possible if possible else None
        return
    if len(found) > 1:
        yield "density", density(found)
    if len(found) > 2:
        plain = found.to_undirected() if found.is_directed() else found
        degrees = [d for _, d in plain.degree()]
        yield "degree centralization", sum(max(degrees) - d for d in degrees) / ((len(plain) - 1) * (len(plain) - 2))
        yield "clustering", nx.transitivity(plain)


def _mixing(found: Network) -> Iterator[tuple[str, Any]]:
    found = simple(found)
    for name, attribute in (("country", "country"), ("kind", "kind")):
        part = found.subgraph([n for n, about in found.nodes(data=True) if about.get(attribute)])
        if part.number_of_edges():
            yield f"assortativity by {name}", _assortativity(part, attribute)
    homes = nx.get_node_attributes(found, "country")
    ends = [(homes[a], homes[b]) for a, b in found.edges if a in homes and b in homes]
    if ends:
        across = sum(a != b for a, b in ends)
        yield "E-I index by country", (2 * across - len(ends)) / len(ends)


def _assortativity(found: Network, attribute: str) -> float | None:
    """Return Newman's coefficient; None where all ends are alike, and nothing can be more alike than by chance."""
    mixing = nx.attribute_mixing_matrix(found, attribute)
    chance = float((mixing @ mixing).sum())
    return None if 1 - chance < 1e-12 else float((mixing.trace() - chance) / (1 - chance))
