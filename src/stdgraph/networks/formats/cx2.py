"""CX2, which Cytoscape and NDEx read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from stdgraph.networks.formats.flat import arcs, flat
from stdgraph.networks.network import Network, labelled

LISTS = ("records", "kinds", "layers", "sources")
TYPES = {int: "integer", float: "double", bool: "boolean", str: "string"}


def written(found: Network, lang: str = "en", excel: bool = False) -> bytes:
    """Return a network as CX2; `name` is the label in one language, lists stay lists.

    Source: the CX2 specification 1.0 of the Cytoscape consortium.
    """
    at = {node: number for number, node in enumerate(found)}
    nodes: list[dict[str, Any]] = [
        {"id": at[n], "v": _held(about) | {"represents": n, "name": labelled(about, n, lang)}}
        for n, about in found.nodes(data=True)
    ]
    edges: list[dict[str, Any]] = [
        {"id": i, "s": at[a], "t": at[b], "v": _held(edge)} for i, (a, b, edge) in enumerate(arcs(found))
    ]
    whole = _held(found.graph) | {
        "name": str(found.graph.get("view", "")),
        "directed": found.is_directed(),
    }
    declared = {
        "networkAttributes": _declared([whole]),
        "nodes": _declared(n["v"] for n in nodes),
        "edges": _declared(e["v"] for e in edges),
    }
    aspects: list[dict[str, Any]] = [
        {"CXVersion": "2.0", "hasFragments": False},
        {
            "metaData": [
                {"name": "attributeDeclarations", "elementCount": 1},
                {"name": "networkAttributes", "elementCount": 1},
                {"name": "nodes", "elementCount": len(nodes)},
                {"name": "edges", "elementCount": len(edges)},
            ]
        },
        {"attributeDeclarations": [declared]},
        {"networkAttributes": [whole]},
        {"nodes": nodes},
        {"edges": edges},
        {"status": [{"success": True}]},
    ]
    return (json.dumps(aspects, ensure_ascii=False, indent=1) + "\n").encode()


def _held(about: Mapping[str, Any]) -> dict[str, Any]:
    held = {name: value if name in LISTS else flat(value) for name, value in about.items()}
    return {name: float(value) if name == "weight" else value for name, value in held.items()}


def _declared(values: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for about in values:
        for name, value in about.items():
            found[name] = {"d": "list_of_string" if isinstance(value, list) else TYPES[type(value)]}
    return dict(sorted(found.items()))
