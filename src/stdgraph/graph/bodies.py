"""A country or its bodies, a body or its units: the one rule by which answers roll up."""

from __future__ import annotations

from collections.abc import Iterable

from stdgraph.errors import ParameterError
from stdgraph.graph.labels import kinds_of
from stdgraph.graph.reads import Graph, select
from stdgraph.locale import Phrase
from stdgraph.model.vocabulary import STDG

LEVELS = ("own", "all")
"""`own`: the actor itself; `all`: what it is to its bodies and units as well. Countries are asked about at `all`."""

COUNTRY = STDG + "Country"


def known_level(level: str | None) -> str | None:
    """Return a level, or None where none is given; raises ParameterError for any other word."""
    if level is not None and level not in LEVELS:
        detail = Phrase("'{level}' is none of {levels}", level=level, levels=", ".join(LEVELS))
        raise ParameterError(parameter="level", detail=detail)
    return level


def with_bodies(graph: Graph, actors: Iterable[str], level: str | None = None) -> dict[str, list[str]]:
    """Return for each actor the IRIs that stand for it: its own first, then those of its bodies and units.

    Args:
        graph: an opened store or endpoint.
        actors: IRIs.
        level: one of LEVELS; None for `all` of a country and `own` of anything else.

    What would stand for two of them stands for the narrower one: between China and SAC, SAC is not China.

    Raises:
        ParameterError: there is no such level.
    """
    known_level(level)
    found = {actor: [actor] for actor in actors}
    kinds = kinds_of(graph, found) if level is None else {}
    wanted = [actor for actor in found if level == "all" or kinds.get(actor) == COUNTRY]
    for actor, body in sorted((row["x"].value, row["body"].value) for row in select(graph, "bodies", wanted)):
        found[actor].append(body)
    narrow: set[str] = set()
    for actor in sorted(found, key=lambda a: len(found[a])):
        found[actor] = [body for body in found[actor] if body not in narrow]
        narrow |= set(found[actor])
    return found
