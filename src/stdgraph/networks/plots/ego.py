"""The network around one thing: those that some steps lead to, and the ties among them."""

from __future__ import annotations

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase, marked
from stdgraph.model.vocabulary import short
from stdgraph.networks.network import Network

NOT_IN = marked("{name} has no tie in this view; another --view may have some, or leave out what narrows this one")


def around(found: Network, iri: str, depth: int = 1) -> Network:
    """Return the part of a network that so many steps lead to from a thing, whatever way edges go; order is kept.

    A thing that stands in both modes of a two-mode network is both.

    Raises:
        ParameterError: the thing is not in the network.
    """
    near = {node for node, about in found.nodes(data=True) if about.get("iri") == iri}
    if not near:
        raise ParameterError(parameter="ego", detail=Phrase(NOT_IN, name=short(iri)))
    plain = found.to_undirected(as_view=True) if found.is_directed() else found
    edge = near
    for _ in range(depth):
        edge = {other for node in edge for other in plain[node]} - near
        near |= edge
    return kept(found, near)


def kept(found: Network, nodes: set[str]) -> Network:
    """Return the network of some of its nodes, in its order: networkx would take the order of the set."""
    part: Network = found.__class__()
    part.graph |= found.graph
    part.add_nodes_from((n, about) for n, about in found.nodes(data=True) if n in nodes)
    part.add_edges_from((a, b, e) for a, b, e in found.edges(data=True) if a in nodes and b in nodes)
    return part
