"""GML: ASCII, Chinese by number; networkx reads that back, igraph leaves it as it is."""

from __future__ import annotations

import re

import networkx as nx

from stdgraph.networks.formats.flat import flattened
from stdgraph.networks.network import Network

NAMES = {"34": "&quot;", "38": "&amp;"}
"""What GML calls the characters that networkx writes by number; igraph reads only the names."""


def written(found: Network, lang: str = "en", excel: bool = False) -> bytes:
    """Return a network as GML; keys are letters and digits alone, as GML asks."""
    text = "".join(f"{line}\n" for line in nx.generate_gml(_keyed(flattened(found)), stringizer=str))
    return re.sub("&#(34|38);", lambda code: NAMES[code[1]], text).encode("ascii")


def _keyed(flat: Network) -> Network:
    copy: Network = flat.__class__()
    copy.graph |= _letters(flat.graph)
    copy.add_nodes_from((n, _letters(about)) for n, about in flat.nodes(data=True))
    copy.add_edges_from((a, b, _letters(about)) for a, b, about in flat.edges(data=True))
    return copy


def _letters(about: dict[str, object]) -> dict[str, object]:
    return {key.replace("_", ""): value for key, value in about.items()}
