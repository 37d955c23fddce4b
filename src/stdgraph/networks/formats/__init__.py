"""Files of networks: one small module a form, each a function from a network to bytes. Same input, same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase, marked
from stdgraph.networks.formats import (
    cx2,
    cytoscape,
    dot,
    edge_list,
    gexf,
    gml,
    graphml,
    graphology,
    node_link,
    packed,
    pajek,
    parquet,
    ucinet,
    vosviewer,
)
from stdgraph.networks.formats.flat import Form
from stdgraph.networks.network import Network


@dataclass(frozen=True)
class Format:
    """A form of file: the function that writes it, who reads it, whether it tells what it was made of, what it cannot hold.

    `beside` are the files that hold the rest, by what stands before their suffix: `NAME.nodes.parquet`.
    """

    write: Form
    read_by: str
    tells: bool = True
    loses: str = ""
    beside: Mapping[str, Form] = field(default_factory=dict)


ATTRIBUTES = marked("the attributes of nodes and edges but labels, weights and sides")
FORMATS: Mapping[str, Format] = {
    "graphml": Format(graphml.written, "networkx, igraph, Gephi, Cytoscape, yEd"),
    "gexf": Format(gexf.written, "Gephi, sigma.js"),
    "gml": Format(gml.written, marked("networkx; igraph leaves Chinese as numbers")),
    "json": Format(node_link.written, "networkx, D3"),
    "csv": Format(
        edge_list.written,
        marked("spreadsheets, pandas, R"),
        tells=False,
        loses=marked("the attributes of nodes but labels"),
    ),
    "parquet": Format(
        parquet.edges,
        marked("pandas, polars, DuckDB, R (arrow): edges, and beside them nodes"),
        loses=marked("the attributes of nodes but labels"),
        beside={"nodes": parquet.nodes},
    ),
    "zip": Format(packed.tables, marked("spreadsheets, pandas, R: nodes, edges and records as three tables")),
    "neo4j": Format(packed.neo4j, "Neo4j (neo4j-admin database import)"),
    "cyjs": Format(cytoscape.written, "Cytoscape, Cytoscape.js"),
    "cx2": Format(cx2.written, "Cytoscape, NDEx"),
    "graphology": Format(graphology.written, "graphology, sigma.js"),
    "pajek": Format(pajek.written, "Pajek, networkx, igraph", loses=ATTRIBUTES),
    "dl": Format(ucinet.written, "UCINET", tells=False, loses=ATTRIBUTES),
    "dot": Format(dot.written, "Graphviz", loses=ATTRIBUTES),
    "vosviewer": Format(vosviewer.written, "VOSviewer", loses=ATTRIBUTES),
}
"""Form to what writes it."""


def export(found: Network, form: str, *, lang: str = "en", excel: bool = False) -> bytes:
    """Return a network as a file of the form asked for.

    Args:
        found: a network with the attributes that `networks.network` gives.
        form: one of FORMATS.
        lang: language of the label where a node may bear one only.
        excel: csv as Excel reads it.

    Raises:
        ParameterError: there is no such form.
    """
    if form not in FORMATS:
        detail = Phrase("'{form}' is no form; there are {forms}", form=form, forms=", ".join(FORMATS))
        raise ParameterError(parameter="format", detail=detail)
    return FORMATS[form].write(found, lang, excel)
