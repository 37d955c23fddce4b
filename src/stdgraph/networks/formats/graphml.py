"""GraphML, the XML that networkx, igraph, Gephi, Cytoscape and yEd read.

Its schema allows few characters in the id of a node (NMTOKEN): `org/gb-bsi` is written as `org:gb-bsi`, and `name` has it as it is.
"""

from __future__ import annotations

import io
import re
from typing import Any, cast

import networkx as nx

from stdgraph.networks.formats.flat import flattened, with_labels
from stdgraph.networks.network import Network

ODD = re.compile(r"[^A-Za-z0-9._\-\u4e00-\u9fa5]|_(?=x[0-9A-F]+_)")
"""What an id cannot hold, and an underscore that would look like the beginning of such a character spelt out."""


def written(found: Network, lang: str = "en", excel: bool = False) -> bytes:
    """Return a network as GraphML; `label` is in one language, as Gephi shows it, and XML's odd characters are spelt out."""
    flat = with_labels(flattened(found), lang)
    for node, about in flat.nodes(data=True):
        about["name"] = node
    out = io.BytesIO()
    named = nx.relabel_nodes(flat, token)
    nx.write_graphml_xml(_numbered(named) if named.is_multigraph() else named, out, encoding="utf-8", prettyprint=True)
    return out.getvalue() + b"\n"


def _numbered(found: Network) -> Network:
    """Return a network with parallel edges whose edges have each a number: networkx writes it as their id, which must be the only one."""
    numbered: Any = nx.create_empty_copy(found)
    numbered.add_edges_from((a, b, number, about) for number, (a, b, about) in enumerate(found.edges(data=True)))
    return cast("Network", numbered)


def token(name: str) -> str:
    """Return an id as the schema allows it; no two ids give the same.

    >>> token("org/gb-bsi"), token("org/iso#body"), token("https://a.b/c_x2F_")
    ('org:gb-bsi', 'org:iso_x23_body', 'https_x3A_::a.b:c_x5F_x2F_')
    """
    return ODD.sub(lambda odd: ":" if odd[0] == "/" else f"_x{ord(odd[0]):X}_", str(name))
