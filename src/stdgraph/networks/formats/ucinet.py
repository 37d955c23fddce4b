"""UCINET's DL: a list of edges by label, of two-mode networks as `edgelist2`."""

from __future__ import annotations

from stdgraph.networks.formats.flat import arcs
from stdgraph.networks.formats.pajek import quoted
from stdgraph.networks.network import Network


def written(found: Network, lang: str = "en", excel: bool = False) -> bytes:
    """Return a network in UCINET's DL form; nodes are named by their ids, which are short and unique."""
    lines = [_head(found), "labels embedded", "data:"]
    pairs = arcs(found)
    if not found.is_directed() and found.graph.get("mode") != "two-mode":
        pairs = [pair for a, b, edge in pairs for pair in ((a, b, edge), (b, a, edge))]
    lines += [f"{quoted(a)} {quoted(b)} {edge['weight']}" for a, b, edge in pairs]
    return ("\r\n".join(lines) + "\r\n").encode()


def _head(found: Network) -> str:
    if found.graph.get("mode") == "two-mode":
        left = sum(about["side"] == found.graph["left"] for _, about in found.nodes(data=True))
        return f"dl nr={left}, nc={len(found) - left}, format=edgelist2"
    return f"dl n={len(found)}, format=edgelist1"
