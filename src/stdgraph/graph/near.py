"""What lies near an answer without rows: what was searched, and which argument, left out or changed, would bring some."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from stdgraph.graph.bodies import COUNTRY
from stdgraph.graph.codes import codes
from stdgraph.graph.labels import kinds_of, labels
from stdgraph.graph.questions import Question
from stdgraph.graph.reads import Graph
from stdgraph.locale import Phrase, marked
from stdgraph.model.later import later
from stdgraph.model.light import dataclass, replace
from stdgraph.model.vocabulary import BASE, short

MOST = 6
"""So many searches are tried at most."""
YEAR = later(r"\d{4}")


class Option(str):
    """An option of the command line as a message tells it: `--year`, `--pack iso`."""

    def argument(self) -> str:
        """Return it as Python has it.

        >>> Option("--pack iso").argument(), Option("--as-of, --year").argument()
        ('pack="iso"', 'as_of, year')
        """
        return ", ".join(_argument(option) for option in self.split(", "))


def _argument(option: str) -> str:
    name, _, value = option.removeprefix("--").partition(" ")
    return f'{name.replace("-", "_")}="{value}"' if value else name.replace("-", "_")


def in_python(hint: str) -> str:
    """Return a hint that speaks of arguments instead of options."""
    if not isinstance(hint, Phrase):
        return hint
    values = {name: value.argument() if isinstance(value, Option) else value for name, value in hint.values.items()}
    return Phrase(hint.message, **values)


@dataclass(frozen=True)
class Size:
    """How many rows there are, and the years of the first and the last, where they are dated."""

    rows: int
    dates: tuple[str, ...] = ()

    def told(self) -> Phrase:
        """Return it in words."""
        years = sorted(found[0] for date in self.dates if (found := YEAR.search(date)))
        one, more = marked("{rows} row"), marked("{rows} rows")
        rows = Phrase(one if self.rows == 1 else more, rows=self.rows)
        if not years:
            return rows
        if years[0] == years[-1]:
            return Phrase("{rows}, of {year}", rows=rows, year=years[0])
        return Phrase("{rows}, from {first} to {last}", rows=rows, first=years[0], last=years[-1])


@dataclass(frozen=True)
class Search:
    """What was asked: the terms by parameter, the level of its actors, and the day."""

    asked: Question
    values: Mapping[str, Any]
    level: str | None = None
    day: date | None = None


Sized = Callable[[Search], Size]
"""Searches, and tells how much there is."""
Other = tuple[str, str, Search]
"""What to tell of another search, which option it lacks or has, and it."""
LACKS, HAS = marked("without {option}: {size}"), marked("with {option}: {size}")


def near(graph: Graph, search: Search, given: Mapping[str, str], sized: Sized, lang: str) -> list[Phrase]:
    """Return what was searched without finding anything, and what near it has rows.

    Args:
        graph: an opened store or endpoint.
        search: what was asked.
        given: the arguments as they were typed.
        sized: searches something else.
        lang: language of labels.
    """
    things = [term.value for term in search.values.values() if hasattr(term, "value")]
    known = labels(graph, [value for value in things if "://" in value], lang)
    told = {name: known.get(term.value, term.value) for name, term in search.values.items()}
    told |= {"as of": search.day.isoformat()} if search.day else {}
    asked = ", ".join(f"{name}: {value}" for name, value in told.items())
    searched = [Phrase("nothing found for {given}", given=asked)] if asked else []
    without = list(_without(search))
    found = list(_tried([*without, *_with(graph, search, given)][:MOST], sized))
    if not found and len(without) > 1:
        found = list(_tried([_bare(search, [option for _, option, _ in without])], sized))
    ids = [short(value) for value in things if value.startswith(BASE)]
    if not found and ids:
        found = [Phrase("`stdgraph show {id}` tells what the graph says of it", id=name) for name in ids[:1]]
    return [*searched, *found]


def _tried(others: Iterable[Other], sized: Sized) -> Iterator[Phrase]:
    for message, option, other in others:
        if (size := sized(other)).rows:
            yield Phrase(message, option=option, size=size.told())


def _without(search: Search) -> Iterator[Other]:
    """Yield the searches without one of the arguments that may be left out."""
    for parameter in search.asked.parameters:
        if parameter.optional and parameter.name in search.values:
            rest = {name: term for name, term in search.values.items() if name != parameter.name}
            yield LACKS, Option(f"--{parameter.name}"), replace(search, values=rest)
    if search.day:
        yield LACKS, Option("--as-of"), replace(search, day=None)


def _bare(search: Search, options: Sequence[str]) -> Other:
    """Return the search without any of them."""
    needed = {p.name for p in search.asked.parameters if not p.optional}
    rest = {name: term for name, term in search.values.items() if name in needed}
    return LACKS, Option(", ".join(options)), replace(search, values=rest, day=None)


def _with(graph: Graph, search: Search, given: Mapping[str, str]) -> Iterator[Other]:
    """Yield the searches with the bodies of an actor, and with another code that the same word means."""
    actors = [search.values[name].value for name in search.asked.actors if name in search.values]
    if search.level == "own" or (not search.level and set(kinds_of(graph, actors).values()) - {COUNTRY}):
        yield HAS, Option("--level all"), replace(search, level="all")
    for parameter in search.asked.parameters:
        term = search.values.get(parameter.name)
        if term is None or not parameter.schemes:
            continue
        for code in codes(graph, *parameter.schemes):
            if code.is_called(given[parameter.name]) and code.iri != term.value:
                values = {**search.values, parameter.name: type(term)(code.iri)}
                yield HAS, Option(f"--{parameter.name} {code.name}"), replace(search, values=values)
