"""A page on one thing, a pair or several: panels, each a canned question with its parameters filled in.

Which panels a page has stands in `queries/profiles/`; see `graph.profiles`.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Any

from stdgraph.errors import ParameterError
from stdgraph.graph.profiles import EACH, Asked, plan, plan_names
from stdgraph.graph.questions import Question, question
from stdgraph.graph.reads import Graph
from stdgraph.graph.records import YEARS, Glance, glance, parts, tying
from stdgraph.graph.subjects import Subject, plan_of, subject
from stdgraph.locale import Phrase
from stdgraph.model import escape
from stdgraph.model.results import Answer, Cell, Entity, Row, text_of

Ask = Callable[[str, Mapping[str, str], str | None], Answer]
"""Answers a question, with arguments, on a day: `services.ask.ask` of the graph."""
ON = "on"
"""The parameter of a question that has a day of its own."""
CERTAINTY = "certainty"
"""The column of answers for a day."""
BESIDE = {1: ("of",), 2: ("one", "other")}
"""Columns that hold of which thing, or which two, a row speaks where a panel asks of each."""


@dataclass(frozen=True)
class Panel:
    """A list on a page: `answer` holds all its rows, of which `best` stand on the page, in some of its columns.

    `compare` says whether the number of its rows tells something beside that of another page.
    """

    name: str
    title: str
    answer: Answer
    show: int
    columns: tuple[str, ...] = ()
    chart: str = ""
    compare: bool = True

    @property
    def count(self) -> int:
        """How many rows there are of it, on the page or not."""
        return self.answer.whole or len(self.answer)

    @property
    def best(self) -> Answer:
        """The rows and columns that stand on the page; their `whole` is the number of all."""
        rows = self.answer.limit(self.show) if len(self.answer) > self.show else self.answer
        return rows.select(*self.columns) if self.columns else rows

    def to_json(self) -> dict[str, Any]:
        """Return the panel as `design/profiles.md` fixes it."""
        asked = self.answer.to_json()
        return {
            "name": self.name,
            "title": self.title,
            "question": asked["question"],
            "parameters": asked["parameters"],
            "count": self.count,
            "rows": self.answer.limit(self.show).to_dicts(),
            "chart": self.chart or None,
        }


@dataclass(frozen=True)
class Lacking:
    """A panel that could not be asked: it needs a data pack, or a day."""

    name: str
    title: str
    pack: str = ""


@dataclass(frozen=True)
class Profile:
    """A page: who it is about, what there is at a glance, its panels; what is not known, and what could not be asked.

    `data` is a hash of the files that were asked, None for an endpoint. `to_json()` gives all as plain values.
    """

    profile: str
    title: str
    of: tuple[Subject, ...]
    glance: Glance
    panels: tuple[Panel, ...]
    nothing: tuple[Lacking, ...]
    lacking: tuple[Lacking, ...]
    as_of: str | None = None
    data: str | None = None
    lang: str = "en"

    @property
    def left_out(self) -> int | None:
        """The most undated records that a panel leaves out for a day; None where no day was asked for."""
        return max((p.answer.left_out for p in self.panels if p.answer.left_out is not None), default=None)

    def panel(self, name: str) -> Panel:
        """Return a panel by name; raises ParameterError."""
        for panel in self.panels:
            if panel.name == name:
                return panel
        raise _unknown(name, [p.name for p in self.panels])

    def to_json(self) -> dict[str, Any]:
        """Return the page in the form that `design/profiles.md` fixes."""
        told: dict[str, Any] = {
            "profile": self.profile,
            "of": [one.plain() for one in self.of],
            "as_of": self.as_of,
            "data": self.data,
            "glance": self.glance.plain(),
            "panels": [panel.to_json() for panel in self.panels],
            "nothing": [panel.name for panel in self.nothing],
        }
        return told | ({"lacking": [panel.name for panel in self.lacking]} if self.lacking else {})

    def __str__(self) -> str:
        """Return the page in short: the panels with their counts, and the first cells of their best rows."""
        lines = [" · ".join(one.entity.label for one in self.of)]
        for panel in self.panels:
            lines += ["", f"{panel.title} ({panel.count})"]
            lines += ["  " + " · ".join(filter(None, map(text_of, row.cells.values()))) for row in panel.best]
        return "\n".join(map(escape.line, lines))

    def _repr_html_(self) -> str:
        head = f"<h2>{escape.html(' · '.join(one.entity.label for one in self.of))}</h2>"
        return head + "".join(
            f"<h3>{escape.html(panel.title)} ({panel.count})</h3>{panel.best._repr_html_()}" for panel in self.panels
        )


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

    Raises:
        InputError: there is no profile for such things.
        ParameterError: there is no such panel.
        ProfileError: its file is not well formed.
    """
    made = plan_of(graph, iris)
    names = [panel.name for panel in made.panels]
    if odd := [name for name in panels if name not in names]:
        raise _unknown(odd[0], names)
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
            answered.append(Panel(one.name, title, answer, one.show, columns, one.chart or asked.chart, one.compare))
        elif packs is not None and (needed := [p for p in (one.pack, *asked.needs) if p and p not in packs]):
            lacking.append(Lacking(one.name, title, needed[0]))
        else:
            nothing.append(Lacking(one.name, title))
    seen = glance(graph, _records(graph, iris), day, undated=undated)
    found = (tuple(answered), tuple(nothing), tuple(lacking))
    return Profile(made.name, made.title["zh" if lang == "zh" else "en"], of, seen, *found, as_of, data, lang)


def _unknown(name: str, names: Sequence[str]) -> ParameterError:
    nearest = difflib.get_close_matches(name, names, n=2, cutoff=0.4)
    near = Phrase("nearest: {names}; ", names=", ".join(nearest)) if nearest else ""
    detail = Phrase(
        "'{name}' is no panel of this page; {near}there are {names}", name=name, near=near, names=", ".join(names)
    )
    return ParameterError(parameter="panel", detail=detail)


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


__all__ = ["Glance", "Lacking", "Panel", "Profile", "Subject", "panel_names", "profile"]
