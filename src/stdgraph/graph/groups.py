"""Groups of countries and regions: which countries they stand for, on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from stdgraph.graph.reads import Graph, select, value_of
from stdgraph.graph.time import standing
from stdgraph.model.light import dataclass
from stdgraph.model.vocabulary import STDG

GROUPS = (STDG + "CountryGroup", STDG + "WorldRegion")
"""The kinds that stand for their countries without being told; an organization has to be asked for its members."""


@dataclass(frozen=True)
class Members:
    """The countries that a group stands for, and how many are listed at all."""

    countries: tuple[str, ...]
    listed: int


NONE = Members((), 0)


@dataclass(frozen=True)
class _Stated:
    """What says that a country is in a group: a record, none for the countries of a region."""

    record: str
    is_own: bool
    is_dated: bool
    is_open: bool


def members(graph: Graph, groups: Iterable[str], day: date | None = None) -> dict[str, Members]:
    """Return the countries of groups, of regions, and of organizations that a group consists of the members of.

    Args:
        graph: an opened store or endpoint.
        groups: IRIs; those that have no countries are left out.
        day: the day on which they are members, certainly or possibly; without one those whose membership has no end.

    A dated membership of the group itself says more than one of the organization: a country that left is out, whatever
    else a register of members holds.
    """
    stated = _stated(graph, groups)
    records = {one.record for found in stated.values() for of in found.values() for one in of if one.record}
    then = standing(graph, records, day) if day else None
    held = set(then.held) if then else None
    return {
        group: Members(tuple(sorted(c for c, of in found.items() if _is_member(of, held))), len(found))
        for group, found in stated.items()
    }


def _is_member(stated: list[_Stated], held: set[str] | None) -> bool:
    dated = [one for one in stated if one.is_own and one.is_dated]
    return any(not one.record or (one.is_open if held is None else one.record in held) for one in dated or stated)


def _stated(graph: Graph, groups: Iterable[str]) -> dict[str, dict[str, list[_Stated]]]:
    found: dict[str, dict[str, list[_Stated]]] = defaultdict(lambda: defaultdict(list))
    for row in select(graph, "members", groups):
        record = value_of(row, "record")
        one = _Stated(
            record=record.value if record else "",
            is_own=row["own"].value == "true",
            is_dated=value_of(row, "start") is not None,
            is_open=value_of(row, "end") is None,
        )
        found[row["x"].value][row["country"].value].append(one)
    return found
