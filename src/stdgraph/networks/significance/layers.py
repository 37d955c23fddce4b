"""Layers: views of one graph as matrices over the same actors, to compare them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from stdgraph.errors import ParameterError
from stdgraph.graph.reads import Graph
from stdgraph.locale import Phrase
from stdgraph.networks.choice import Choice
from stdgraph.networks.chosen import COUNTS_PARTIES, chosen
from stdgraph.networks.network import Network, network_of
from stdgraph.networks.ties import ties
from stdgraph.networks.views import PROJECTION, TWO_MODE, view

ACTORS = ("every", "any")
FEWEST = 3
"""Fewer actors have no order to permute."""


@dataclass(frozen=True)
class Layer:
    """A network by the name it goes by; of a projection, also in how many rights each actor stands (`size`)."""

    name: str
    network: Network
    size: dict[str, int] | None = None


@dataclass(frozen=True)
class Aligned:
    """Layers as matrices over the same actors, in one order; how many actors of each layer were left out, and ties by the reason."""

    actors: tuple[str, ...]
    names: tuple[str, ...]
    matrices: tuple[Any, ...]
    sizes: tuple[Any, ...]
    directed: bool
    left_out: dict[str, int]
    ties_left_out: dict[str, dict[str, int]]


def named(spec: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return the view, the packs and the kinds that a text names: VIEW, VIEW:PACK or VIEW:PACK:KIND.

    >>> named("co-membership:iso:p-member,o-member")
    ('co-membership', ('iso',), ('p-member', 'o-member'))

    Raises:
        ParameterError: it has more parts.
    """
    name, *parts = spec.split(":")
    if len(parts) > 2:
        detail = Phrase("'{given}' has too many parts: VIEW, VIEW:PACK or VIEW:PACK:KIND", given=spec)
        raise ParameterError(parameter="view", detail=detail)
    pack, kind = (tuple(filter(None, part.split(","))) for part in [*parts, "", ""][:2])
    return name, pack, kind


def layer(graph: Graph, spec: str, choice: Choice | None = None) -> Layer:
    """Return a layer: VIEW, VIEW:PACK or VIEW:PACK:KIND; a two-mode view is projected on its left mode.

    The name of a pack may be empty (`membership::p-member`), and `documents` is what is of no register. `bilateral` goes
    with those views alone whose records are counted by parties.

    Raises:
        ParameterError: there is no such view or kind, or an option does not go with it.
    """
    name, packs, kinds = named(spec)
    choice = choice or Choice()
    about = view(name)
    own = replace(
        choice,
        packs=packs or choice.packs,
        kinds=kinds or choice.kinds,
        bilateral=choice.bilateral and name in COUNTS_PARTIES,
    )
    if about.two_mode:
        about = replace(about, mode=PROJECTION)
    kept, left_out = chosen(graph, about, ties(graph, about), own)
    size: dict[str, set[str]] = defaultdict(set)
    found = network_of(graph, about, kept, own, left_out)
    if about.mode != PROJECTION:
        return Layer(spec, found)
    for tie in kept:
        size[tie.a].add(tie.b)
    by_iri = {about["iri"]: node for node, about in found.nodes(data=True)}
    return Layer(spec, found, {by_iri[iri]: len(rights) for iri, rights in size.items() if iri in by_iri})


def aligned(layers: Sequence[Layer], *, actors: str = "every", binary: bool = False) -> Aligned:
    """Return layers as matrices over the actors that are in every layer, or in any.

    The entry of a row and a column is the weight of their tie, or 1 where `binary`; what ties an actor to itself does not
    count. If one layer is directed, all are taken as such.

    Raises:
        ParameterError: fewer than three actors are left, a network is of two modes, or there is no such choice of actors.
    """
    import numpy as np

    from stdgraph.networks.measures.matrices import adjacency

    if actors not in ACTORS:
        detail = Phrase("'{given}' is none of {known}", given=actors, known=", ".join(ACTORS))
        raise ParameterError(parameter="actors", detail=detail)
    for one in layers:
        if one.network.graph.get("mode") == TWO_MODE:
            detail = Phrase(
                "{name} is of two modes: take a projection, or name a view, which is projected", name=one.name
            )
            raise ParameterError(parameter="view", detail=detail)
    sets = [set(one.network) for one in layers]
    nodes = sorted(set().union(*sets) if actors == "any" or not sets else set.intersection(*sets))
    if len(nodes) < FEWEST:
        detail = Phrase("{number} actors are in all of these views; at least three are needed", number=len(nodes))
        raise ParameterError(parameter="view", detail=detail)
    matrices = []
    for one in layers:
        copy = one.network.__class__(one.network)
        copy.add_nodes_from(nodes)
        matrix = adjacency(copy, weighted=not binary, nodes=nodes).toarray()
        np.fill_diagonal(matrix, 0)
        matrices.append((matrix > 0).astype(float) if binary else matrix)
    sizes = tuple(
        None if one.size is None else np.array([float(one.size.get(node, 0)) for node in nodes]) for one in layers
    )
    left_out = {one.name: len(own - set(nodes)) for one, own in zip(layers, sets, strict=True)}
    directed = any(one.network.is_directed() for one in layers)
    names = tuple(one.name for one in layers)
    ties_left_out = {one.name: one.network.graph.get("left_out", {}) for one in layers}
    return Aligned(tuple(nodes), names, tuple(matrices), sizes, directed, left_out, ties_left_out)


def pairs(aligned: Aligned) -> tuple[Any, Any]:
    """Return the rows and columns of all pairs of actors: both ways where a layer is directed."""
    import numpy as np

    number = len(aligned.actors)
    every = np.ones((number, number), bool)
    rows, columns = np.nonzero(~np.eye(number, dtype=bool) if aligned.directed else np.triu(every, 1))
    return rows, columns
