"""Node-link JSON, as networkx and D3 read it; lists stay lists."""

from __future__ import annotations

import json

import networkx as nx

from stdgraph.networks.network import Network


def written(found: Network, lang: str = "en", excel: bool = False) -> bytes:
    """Return a network as node-link JSON."""
    data = nx.node_link_data(found, edges="edges")
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
