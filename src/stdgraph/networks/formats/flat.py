"""Attributes as files hold them that know texts and numbers only: lists and weights of kinds as one text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from stdgraph.model import escape
from stdgraph.networks.network import Network, labelled

Form: TypeAlias = Callable[[Network, str, bool], bytes]
"""Writes a network: with the language of labels, and whether Excel is to read it."""


def flat(value: Any) -> str | int | float:
    """Return a value as text or number: a list joined by semicolons, weights of kinds as `kind=weight`.

    >>> flat(["a", "b"]), flat({"coPartyWith": 1, "twinnedWith": 0.5}), flat(2)
    ('a; b', 'coPartyWith=1; twinnedWith=0.5', 2)
    """
    if isinstance(value, Mapping):
        return "; ".join(f"{name}={part}" for name, part in value.items())
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else value


def flattened(found: Network, spell: Callable[[str], str] = escape.xml) -> Network:
    """Return a copy whose attributes are texts and numbers, with texts as a file can hold them."""
    copy: Network = found.__class__()
    copy.graph |= _all_held(found.graph, spell)
    copy.add_nodes_from((spell(n), _all_held(about, spell)) for n, about in found.nodes(data=True))
    copy.add_edges_from((spell(a), spell(b), _all_held(about, spell)) for a, b, about in found.edges(data=True))
    edges = [edge for *_, edge in copy.edges(data=True) if "weight" in edge]
    if any(isinstance(edge["weight"], float) for edge in edges):  # one type a column: igraph refuses two
        for edge in edges:
            edge["weight"] = float(edge["weight"])
    return copy


def _all_held(about: Mapping[str, Any], spell: Callable[[str], str]) -> dict[str, Any]:
    return {name: _held(value, spell) for name, value in about.items()}


def _held(value: Any, spell: Callable[[str], str]) -> str | int | float:
    plain = flat(value)
    return spell(plain) if isinstance(plain, str) else plain


def with_labels(flat_copy: Network, lang: str) -> Network:
    """Return the same network, whose nodes bear `label` in a language."""
    for node, about in flat_copy.nodes(data=True):
        about["label"] = labelled(about, node, lang)
    return flat_copy


def arcs(found: Network) -> list[tuple[str, str, dict[str, Any]]]:
    """Return the edges, of an undirected two-mode network with the left mode first."""
    right = found.graph.get("right")
    return [
        (b, a, edge) if right and found.nodes[a].get("side") == right else (a, b, edge)
        for a, b, edge in found.edges(data=True)
    ]
