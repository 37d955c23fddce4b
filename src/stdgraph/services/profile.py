"""A page on one thing, a pair or several: panels, each a canned question with its parameters filled in.

Which panels a page has stands in `queries/profiles/`; see `graph.profiles`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations

from stdgraph.graph.page import Lacking, Panel, Profile, absent_told, glance_told, unknown_panel
from stdgraph.graph.profiles import EACH, Asked, Plan, plan, plan_names
from stdgraph.graph.questions import Question, question
from stdgraph.graph.reads import Graph
from stdgraph.graph.records import YEARS, Glance, glance, parts, tying
from stdgraph.graph.subjects import Subject, plan_of, subject
from stdgraph.model.light import replace
from stdgraph.model.results import Answer, Cell, Entity, Row

Ask = Callable[[str, Mapping[str, str], str | None], Answer]
"""Answers a question, with arguments, on a day: `services.ask.ask` of the graph."""
ON = "on"
"""The parameter of a question that has a day of its own."""
CERTAINTY = "certainty"
"""The column of answers for a day."""
BESIDE = {1: ("of",), 2: ("one", "other")}
"""Columns that hold of which thing, or which two, a row speaks where a panel asks of each."""


def panel_names() -> list[str]:
    """Return the names of all lists that some page has."""
    return sorted({panel.name for name in plan_names() for panel in plan(name).panels})


def profile(
    graph: Graph,
    iris: Sequence[str],
    ask: Ask,
    *,
    lang: str = "en",
    as_of: str | None = None,
    day: date | None = None,
    undated: bool = False,
    panels: Sequence[str] = (),
    packs: Sequence[str] | None = None,
    data: str | None = None,
    made: Plan | None = None,
) -> Profile:
    """Return the page on some things.

    Args:
        graph: an opened store or endpoint.
        iris: the things.
        ask: answers a question; what answers are is no matter of this service.
        lang: `en` or `zh`.
        as_of: only what held then, as `day` says it too.
        undated: with `as_of`, also what nothing places.
        panels: only these panels, by name; all if empty.
        packs: the data packs that are joined to the graph, None where that is not known.
        data: a hash of the data.
        made: which page that is, where it is known.

    Raises:
        InputError: there is no profile for such things.
        ParameterError: there is no such panel.
        ProfileError: its file is not well formed.
    """
    made = made or plan_of(graph, iris)
    names = [panel.name for panel in made.panels]
    if odd := [name for name in panels if name not in names]:
        raise unknown_panel(odd[0], names)
    of = tuple(subject(graph, iri, lang) for iri in iris)
    answered: list[Panel] = []
    nothing: list[Lacking] = []
    lacking: list[Lacking] = []
    for one in made.panels:
        if panels and one.name not in panels:
            continue
        asked = question(one.question)
        title = (one.title or asked.title)["zh" if lang.startswith("zh") else "en"]
        if any(p.name == ON and not p.optional for p in asked.parameters) and not as_of and ON not in one.parameters:
            lacking.append(Lacking(one.name, title))
            continue
        answer = _answer(one, asked, [o.entity for o in of], ask, as_of)
        if len(answer):
            columns = _columns(one, answer, {o.entity.iri for o in of})
            shown = (columns, one.chart or asked.chart, one.compare, one.line, one.by)
            answered.append(Panel(one.name, title, answer, one.show, *shown))
        elif packs is not None and (needed := [p for p in (one.pack, *asked.needs) if p and p not in packs]):
            lacking.append(Lacking(one.name, title, needed[0]))
        else:
            nothing.append(Lacking(one.name, title))
    seen = glance(graph, _records(graph, iris), day, undated=undated)
    found = (tuple(answered), tuple(nothing), tuple(lacking))
    return Profile(made.name, made.title["zh" if lang == "zh" else "en"], of, seen, *found, as_of, data, lang)


def _records(graph: Graph, iris: Sequence[str]) -> set[str]:
    """Return the records of a thing; of several those that tie two of them."""
    if len(iris) == 1:
        return set(parts(graph, iris[0]))
    return {record for found in tying(graph, iris).values() for record in found}


def _answer(one: Asked, asked: Question, things: Sequence[Entity], ask: Ask, as_of: str | None) -> Answer:
    """Return the rows of a panel; where it asks of each thing or pair, all rows, each with of what it speaks."""
    own = any(p.name == ON for p in asked.parameters)
    day = {ON: as_of} if own and as_of and ON not in one.parameters else {}
    answers = [(of, ask(one.question, given | day, None if own else as_of)) for of, given in _calls(one, asked, things)]
    answer = answers[0][1]
    if names := BESIDE.get(len(answers[0][0])):
        rows = [
            Row({**dict(zip(names, of, strict=True)), **r.cells}, r.sources) for of, found in answers for r in found
        ]
        answer = replace(answer, columns=(*names, *answer.columns), rows=tuple(rows))
    return answer.sort(*one.sort) if one.sort else answer


def _calls(
    one: Asked, asked: Question, things: Sequence[Entity]
) -> Iterator[tuple[tuple[Entity, ...], dict[str, str]]]:
    """Yield the arguments with which a panel asks its question, and of which of the things of the page if not of all."""
    spots = [name for name, value in one.parameters.items() if value == EACH]
    given = {n: _argument(asked, n, _meant(value, things)) for n, value in one.parameters.items() if value != EACH}
    for of in combinations(things, len(spots)):
        yield of, given | {name: _argument(asked, name, thing) for name, thing in zip(spots, of, strict=True)}


def _meant(value: str, things: Sequence[Entity]) -> Entity | str:
    return things[int(value[1:]) - 1] if value.startswith("$") and value[1:].isdigit() else value


def _argument(asked: Question, name: str, value: Entity | str) -> str:
    """Return a thing as a parameter takes it: by its IRI, a year by its number, for a text its label."""
    if isinstance(value, str):
        return value
    is_text = any(p.name == name and p.datatype for p in asked.parameters)
    if not is_text:
        return value.iri
    return value.iri.removeprefix(YEARS) if value.iri.startswith(YEARS) else value.label


def _columns(one: Asked, answer: Answer, of: set[str]) -> tuple[str, ...]:
    """Return the columns of a list on the page: those that it names, else all that say more than what the page is about."""
    if one.columns:
        certain = [CERTAINTY] if any(row.cells.get(CERTAINTY) for row in answer) else []
        each = BESIDE.get(list(one.parameters.values()).count(EACH), ())
        return tuple(dict.fromkeys((*each, *one.columns, *certain)))
    kept = [name for name in answer.columns if not all(_is_of(row.cells[name], of) for row in answer)]
    return tuple(kept or answer.columns)


def _is_of(cell: Cell, of: set[str]) -> bool:
    return isinstance(cell, Entity) and cell.iri in of


__all__ = ["Glance", "Lacking", "Panel", "Profile", "Subject", "absent_told", "glance_told", "panel_names", "profile"]
