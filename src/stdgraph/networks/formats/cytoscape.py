"""The JSON of Cytoscape and Cytoscape.js."""

from __future__ import annotations

import json

from stdgraph.networks.formats.flat import arcs
from stdgraph.networks.network import Network, labelled


def written(found: Network, lang: str = "en", excel: bool = False) -> bytes:
    """Return a network as Cytoscape JSON (`cyjs`); `name` is the label in one language."""
    nodes = [
        {"data": {"id": node, "name": labelled(about, node, lang)} | about} for node, about in found.nodes(data=True)
    ]
    edges = [{"data": {"id": f"e{at}", "source": a, "target": b} | edge} for at, (a, b, edge) in enumerate(arcs(found))]
    told = {"data": dict(found.graph) | {"directed": found.is_directed()}, "elements": {"nodes": nodes, "edges": edges}}
    return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
