"""What to tell where nothing ties two actors: which option hid a tie, whether a chain leads there, who has ties at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from stdgraph.graph.labels import labels
from stdgraph.graph.near import LACKS, Option, Size
from stdgraph.graph.reads import Graph, select
from stdgraph.graph.ties import MUTUAL, kinds_of_ties
from stdgraph.locale import Phrase, marked
from stdgraph.model.light import replace
from stdgraph.model.results import Table
from stdgraph.model.vocabulary import short

NO_RECORD = marked("no record ties {first} and {second}")
NO_CHAIN = marked("no chain of cooperation leads from {first} to {second}")
NARROWING = "as_of", "kind", "bilateral", "level"
"""Arguments that leave ties out."""
Search = Callable[..., Table]


def linked(
    graph: Graph,
    search: Search,
    ends: tuple[str, str],
    asked: Mapping[str, Any],
    *,
    chain: Search | None = None,
    lang: str = "en",
) -> Table:
    """Return what a search of two actors finds; where that is nothing, its hints tell what the graph knows instead.

    Args:
        graph: an opened store or endpoint.
        search: takes the graph, the two, and what else is asked: `services.why.why` or `services.path.path`.
        ends: IRIs of the two actors.
        asked: what else the search is given, by name.
        chain: finds a chain where the search looks for direct ties only.
        lang: language of labels.
    """

    def searched(asked: Mapping[str, Any]) -> Table:
        return search(graph, *ends, lang=lang, **asked)

    found = searched(asked)
    if found:
        return found
    known = labels(graph, ends, lang)
    told = [Phrase(NO_RECORD if chain else NO_CHAIN, first=known[ends[0]], second=known[ends[1]])]
    told += list(_without(asked, searched)) or _instead(graph, ends, known, chain)
    return replace(found, hints=tuple(told))


def _without(asked: Mapping[str, Any], searched: Callable[[Mapping[str, Any]], Table]) -> Iterator[Phrase]:
    """Yield what is found without each of the arguments that narrow the search."""
    for name in NARROWING:
        found = searched({**asked, name: None}) if asked.get(name) else ()
        if found:
            yield Phrase(LACKS, option=Option(f"--{name.replace('_', '-')}"), size=Size(len(found)).told())


def _instead(graph: Graph, ends: tuple[str, str], known: Mapping[str, str], chain: Search | None) -> list[Phrase]:
    """Return the command that finds a chain; where there is none, with how many others each of the two cooperates."""
    found = chain(graph, *ends, limit=1) if chain else ()
    if found:
        steps = max(str(row["step"]) for row in found)
        more = marked("`stdgraph path {first} {second}` finds a chain of cooperation, steps: {steps}")
        return [Phrase(more, first=short(ends[0]), second=short(ends[1]), steps=steps)]
    rows = select(graph, "links", kind=[kind for kind, way in kinds_of_ties(graph).items() if way == MUTUAL])
    others: dict[str, set[str]] = {end: set() for end in ends}
    for row in rows:
        others.get(row["a"].value, set()).add(row["b"].value)
    some = marked("{name} cooperates with others: {number}; `stdgraph ask who-cooperates-with --actor {id}`")
    none = marked("{name} cooperates with nobody in the graph; `stdgraph profile {id}` tells what is known")
    return [Phrase(some if n else none, name=known[end], number=len(n), id=short(end)) for end, n in others.items()]
