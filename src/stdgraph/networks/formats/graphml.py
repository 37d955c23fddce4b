"""GraphML, the XML that networkx, igraph, Gephi, Cytoscape and yEd read."""

from __future__ import annotations

import io

import networkx as nx

from stdgraph.networks.formats.flat import flattened, with_labels
from stdgraph.networks.network import Network


def written(found: Network, lang: str = "en", excel: bool = False) -> bytes:
    """Return a network as GraphML; `label` is in one language, as Gephi shows it, and XML's odd characters are spelt out."""
    out = io.BytesIO()
    nx.write_graphml_xml(with_labels(flattened(found), lang), out, encoding="utf-8", prettyprint=True)
    return out.getvalue() + b"\n"
