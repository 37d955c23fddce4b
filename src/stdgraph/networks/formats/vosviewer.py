"""VOSviewer's JSON: items and links."""

from __future__ import annotations

import json

from stdgraph.networks.formats.flat import arcs
from stdgraph.networks.measures.communities import communities
from stdgraph.networks.network import Network, labelled, plain


def written(found: Network, lang: str = "en", excel: bool = False) -> bytes:
    """Return a network as VOSviewer reads it: items with their strength and community, links with their weights."""
    at = {node: number for number, node in enumerate(found, start=1)}
    groups = communities(found).of
    strength = {node: plain(total) for node, total in found.degree(weight="weight")}
    items = [
        {
            "id": at[node],
            "label": labelled(about, node, lang),
            "description": node,
            "cluster": groups[node],
            "weights": {"Links": found.degree(node), "Total link strength": strength[node]},
        }
        for node, about in found.nodes(data=True)
    ]
    links = [{"source_id": at[a], "target_id": at[b], "strength": edge["weight"]} for a, b, edge in arcs(found)]
    told = {
        "network": {"items": items, "links": links},
        "info": {
            "title": found.graph.get("view"),
            "description": json.dumps(found.graph, ensure_ascii=False, sort_keys=True),
        },
    }
    return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
