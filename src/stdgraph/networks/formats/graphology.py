"""The JSON of graphology, which sigma.js draws."""

from __future__ import annotations

import json

from stdgraph.networks.formats.flat import arcs
from stdgraph.networks.network import Network, labelled


def written(found: Network, lang: str = "en", excel: bool = False) -> bytes:
    """Return a network as a serialized graphology graph; `label` is in one language."""
    kind = "directed" if found.is_directed() else "undirected"
    nodes = [
        {"key": n, "attributes": about | {"label": labelled(about, n, lang)}} for n, about in found.nodes(data=True)
    ]
    edges = [
        {"key": f"e{at}", "source": a, "target": b, "attributes": edge}
        | ({} if found.is_directed() else {"undirected": True})
        for at, (a, b, edge) in enumerate(arcs(found))
    ]
    told = {
        "attributes": dict(found.graph),
        "options": {"type": kind, "multi": False, "allowSelfLoops": False},
        "nodes": nodes,
        "edges": edges,
    }
    return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
