"""A country or its bodies, a group or its countries, a body or its units: the one rule by which answers roll up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from stdgraph.errors import ParameterError
from stdgraph.graph.groups import GROUPS, NONE, Members, members
from stdgraph.graph.labels import kinds_of
from stdgraph.graph.reads import Graph, of_each
from stdgraph.locale import Phrase
from stdgraph.model.light import dataclass, field
from stdgraph.model.vocabulary import STDG

LEVELS = ("own", "all")
"""`own`: the actor itself; `all`: what it is to its bodies and units as well. Countries, groups of countries and regions
are asked about at `all`."""

COUNTRY = STDG + "Country"


def known_level(level: str | None) -> str | None:
    """Return a level, or None where none is given; raises ParameterError for any other word."""
    if level is not None and level not in LEVELS:
        detail = Phrase("'{level}' is none of {levels}", level=level, levels=", ".join(LEVELS))
        raise ParameterError(parameter="level", detail=detail)
    return level


@dataclass(frozen=True)
class Reach:
    """What stands for each of some actors, itself first; the members of those that are groups of countries.

    `alone` are the members of organizations that were not asked for them.
    """

    bodies: dict[str, list[str]]
    groups: dict[str, Members] = field(default_factory=dict)
    alone: dict[str, Members] = field(default_factory=dict)


def with_bodies(
    graph: Graph, actors: Iterable[str], level: str | None = None, day: date | None = None
) -> dict[str, list[str]]:
    """Return for each actor the IRIs that stand for it, as `reach` finds them."""
    return reach(graph, actors, level, day).bodies


def reach(graph: Graph, actors: Iterable[str], level: str | None = None, day: date | None = None) -> Reach:
    """Return for each actor the IRIs that stand for it: its own first, then those of its countries, bodies and units.

    Args:
        graph: an opened store or endpoint.
        actors: IRIs.
        level: one of LEVELS; None for `all` of a country, a group or a region, and `own` of anything else.
        day: the day on which a country is in a group; without one those are that have not left.

    What would stand for two of them stands for the narrower one: between China and SAC, SAC is not China, and between
    China and Asia, China is not Asia.

    Raises:
        ParameterError: there is no such level.
    """
    known_level(level)
    found = {actor: [actor] for actor in actors}
    kinds = {} if level == "own" else kinds_of(graph, found)
    known = members(graph, [actor for actor in kinds if kinds[actor] != COUNTRY], day)
    groups = {a: known.get(a, NONE) for a in kinds if kinds[a] in GROUPS or (level == "all" and a in known)}
    owners: dict[str, set[str]] = {actor: {actor} for actor in found if level == "all" or kinds.get(actor) == COUNTRY}
    for actor, of in groups.items():
        found[actor] += of.countries
        for country in of.countries:
            owners.setdefault(country, set()).add(actor)
    for of_body, body in sorted(of_each(graph, "bodies", owners, "body")):
        for actor in sorted(owners[of_body]):
            found[actor].append(body)
    return Reach(_narrowed(found), groups, {a: of for a, of in known.items() if a not in groups})


def _narrowed(found: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return what stands for each actor without what stands for a narrower one, each once."""
    narrow: set[str] = set()
    for actor in sorted(found, key=lambda a: len(found[a])):
        found[actor] = [body for body in dict.fromkeys(found[actor]) if body not in narrow]
        narrow |= set(found[actor])
    return found
