"""A network a year: which records stand in it, and those without a date apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from stdgraph.graph.reads import Graph
from stdgraph.locale import Phrase, marked
from stdgraph.networks.choice import Choice
from stdgraph.networks.chosen import chosen
from stdgraph.networks.network import Network, network_of
from stdgraph.networks.ties import Tie, ties
from stdgraph.networks.views import view

UNDATED = "undated"
"""The slice of the records without a date."""
UNEVEN = marked(
    "{percent} % of the dated edges are of {year}, and {undated} edges have no date: the years are those of the documents"
)
MUCH = 0.5
"""If so large a share of the dated records is of one year, a yearly figure follows the years of the documents."""


def slices(graph: Graph, name: str = "cooperation", choice: Choice | None = None) -> dict[str, Network]:
    """Return a network for each year in which a record of a view stands, in order, and last that of the undated ones.

    A record stands in each year from its first date to its last; one whose end is not known stands in the year of its
    first date alone, since nothing shows that it still held. Where a time is asked for (`since`, `until`), there are
    its years alone. A register's seats have no date, but a day for which
    the register shows them (`attested`): they are undated here; compare snapshots instead.

    Raises:
        ParameterError: there is no such view, or an option does not go with it.
    """
    about, choice = view(name), choice or Choice()
    kept, left_out = chosen(graph, about, ties(graph, about), choice)
    found: dict[str, list[Tie]] = {}
    for tie in kept:
        for year in [f"{year:04}" for year in tie.years if _asked(year, choice)] if tie.span else [UNDATED]:
            found.setdefault(year, []).append(tie)
    return {year: network_of(graph, about, found[year], choice, left_out) for year in sorted(found)}


def _asked(year: int, choice: Choice) -> bool:
    """Tell whether a year lies in the time that is asked for; of others only what reaches into that time is known here."""
    return choice.span is None or choice.span[0].year <= year <= choice.span[1].year


def uneven(found: Mapping[str, Network]) -> Phrase | None:
    """Return the warning that yearly figures follow the years of the documents, where they do."""
    if told := lopsided(found):
        year, share, undated = told
        return Phrase(UNEVEN, percent=round(100 * share), year=year, undated=undated)
    return None


def lopsided(found: Mapping[str, Network]) -> tuple[str, float, int] | None:
    """Return the year of which most dated ties are, their share, and the number of undated ones; None if no year has so many."""
    numbers = Counter({year: network.number_of_edges() for year, network in found.items() if year != UNDATED})
    if not numbers:
        return None
    year, most = max(numbers.items(), key=lambda pair: (pair[1], pair[0]))
    share = most / sum(numbers.values())
    undated = found[UNDATED].number_of_edges() if UNDATED in found else 0
    return (year, share, undated) if share >= MUCH or undated > sum(numbers.values()) else None
