"""The files of `queries/questions/`: title, parameters and columns of each canned question, and its SPARQL."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stdgraph.errors import QuestionError, UnknownQuestionError
from stdgraph.locale import Phrase
from stdgraph.model.later import later
from stdgraph.model.light import dataclass, field
from stdgraph.model.vocabulary import OWL, SKOS, STDGC, XSD, expand, local
from stdgraph.storage.files import content, read_text
from stdgraph.storage.front import front_fault, front_matter
from stdgraph.storage.queries import slots

if TYPE_CHECKING:
    from stdgraph.model.arranging import Fold

TAKES = {"value", "all", "earliest", "latest", "count", "distinct", "certainty", "among"}
ANSWERS = ("person", "number", "place", "country", "date", "body", "thing")
"""What a column may answer: who, how many, where, which country, when, which body, which other thing."""
NAME = later(r"[a-z0-9-]{1,99}")
CODED = {SKOS + "Concept", OWL + "ObjectProperty"}
"""What a parameter takes that is no thing of its own but a code of a list."""


@dataclass(frozen=True)
class Parameter:
    """A parameter of a question: the kinds of thing (or datatype) it takes, and whether it may be left out.

    `schemes` holds the IRIs of the lists whose codes it takes: schemes of `ontology/codes.ttl`, properties that stand for the
    kinds of tie below them, all classes or properties; `things` the kinds of what it takes beside codes.
    """

    name: str
    types: tuple[str, ...]
    optional: bool
    about: dict[str, str]
    schemes: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The local names of the classes that a thing may have; empty for a literal."""
        return tuple(local(t) for t in self.types if not t.startswith(XSD))

    @property
    def things(self) -> tuple[str, ...]:
        """The kinds of what it takes that is no code of a list."""
        return tuple(local(t) for t in self.types if not t.startswith(XSD) and t not in CODED | {OWL + "Class"})

    @property
    def datatype(self) -> str:
        """The datatype of a literal, or nothing for a thing."""
        return next((t for t in self.types if t.startswith(XSD)), "")


@dataclass(frozen=True)
class Column:
    """A column: shown as it is, or taken from the group's records (`all` values, `earliest`, `latest`, `count`).

    `distinct` is the number of the column's values that are told apart, where `count` is that of the records. `among` is the fewest actors of a tie, where they are more than two. `answers` is one of ANSWERS, or nothing.
    `aside` says that a screen does without it, rather than without a table.
    """

    name: str
    about: dict[str, str]
    take: str
    answers: str = ""
    aside: bool = False


@dataclass(frozen=True)
class Question:
    """A question as its file states it; `query` runs as it stands in any SPARQL tool.

    `snapshots` names the pack of which it reads two snapshots: those of the days `from` and `to`. `order` names the
    columns by which its rows are sorted, `-date` for the newest first; the query's own order decides the rest. `also`
    holds other words in which people ask it, by language; `chart` names the picture of its rows in `queries/charts/`.
    `needs` names the registers without which it has no rows, or few; `fold` is how the table for people draws rows together.
    `judged` names two columns: a pair that a person judged the same, or not the same, is not told. `overview` names the
    column, or `year`, by which a long answer is counted, and of each of whose values some rows are told.
    """

    name: str
    title: dict[str, str]
    description: dict[str, str]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    example: dict[str, str]
    competency: tuple[int, ...]
    query: str
    snapshots: str = ""
    order: tuple[str, ...] = ()
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    chart: str = ""
    needs: tuple[str, ...] = ()
    fold: Fold | None = None
    judged: tuple[str, ...] = ()
    overview: str = ""

    @property
    def actors(self) -> tuple[str, ...]:
        """The parameters whose actor may stand for its bodies too: the query has rows `VALUES ?any_NAME` for them."""
        rows = slots(self.query)
        return tuple(p.name for p in self.parameters if f"any_{p.name}" in rows)

    @property
    def groups(self) -> tuple[str, ...]:
        """The other parameters that take a group of countries: the rows `VALUES ?NAME` hold its countries."""
        return tuple(p.name for p in self.parameters if "CountryGroup" in p.kinds[1:] and p.name not in self.actors)


def question_names() -> list[str]:
    """Return the names of all questions, sorted."""
    return sorted(
        name.removesuffix(".rq") for name in os.listdir(content("queries", "questions")) if name.endswith(".rq")
    )


def questions() -> list[Question]:
    """Return all questions, by name."""
    folder = content("queries", "questions")
    return [parse_question(path, read_text(path)) for path in sorted(folder.glob("*.rq"), key=lambda p: p.stem)]


def question(name: str) -> Question:
    """Return a question by name.

    Raises:
        UnknownQuestionError: there is none of that name; the error names the nearest.
        QuestionError: its file is not well formed.
    """
    path = content("queries", "questions", f"{name}.rq")
    if not (NAME.fullmatch(name) and path.is_file()):
        import difflib

        nearest = difflib.get_close_matches(name, question_names(), n=4, cutoff=0.3)
        raise UnknownQuestionError(name=name, nearest=", ".join(nearest) or "-")
    return parse_question(path, read_text(path))


@lru_cache(maxsize=256)
def parse_question(path: Path, text: str) -> Question:
    """Return the question in a file's text: YAML behind `#+`, then SPARQL; raises QuestionError."""
    try:
        front = front_matter(text)
        parameters = tuple(_parameter(n, p) for n, p in (front.get("parameters") or {}).items())
        columns = tuple(_column(n, c) for n, c in front["columns"].items())
        found = Question(
            name=path.stem,
            title=_both(front, "title"),
            description=_both(front, "description"),
            parameters=parameters,
            columns=columns,
            example={n: str(v) for n, v in (front.get("example") or {}).items()},
            competency=tuple(_numbers(front.get("competency"))),
            snapshots=str(front.get("snapshots", "")),
            order=_order(front, columns),
            also={lang: tuple(map(str, words)) for lang, words in (front.get("also") or {}).items()},
            chart=str(front.get("chart", "")),
            needs=_several(front.get("needs")),
            fold=_fold(front.get("fold"), columns),
            judged=_judged(front.get("judged"), columns),
            overview=_overview(front, columns),
            query="\n".join(line for line in text.splitlines() if not line.startswith("#+")).strip() + "\n",
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise QuestionError(path=path, detail=front_fault(error)) from None
    rows = {*slots(found.query), *found.actors}
    for parameter in found.parameters:
        if parameter.name not in rows:
            detail = Phrase(
                "needs a row VALUES ?{parameter} {{ … }}, in each part that reads it", parameter=parameter.name
            )
            raise QuestionError(path=path, detail=detail)
    return found


def _both(front: Mapping[str, Any], name: str) -> dict[str, str]:
    return {"en": str(front[name]), "zh": str(front[f"{name}_zh"])}


def _order(front: Mapping[str, Any], columns: Sequence[Column]) -> tuple[str, ...]:
    names = tuple(map(str, front.get("order") or ()))
    if odd := [name for name in names if name.removeprefix("-") not in {c.name for c in columns}]:
        raise ValueError(Phrase("order: {name} is no column", name=odd[0]))
    return names


def _fold(given: Mapping[str, Any] | None, columns: Sequence[Column]) -> Fold | None:
    if not given:
        return None
    from stdgraph.model.arranging import Fold

    fold = Fold(_several(given["by"]), _several(given["each"]), str(given.get("count", "")))
    known = {column.name for column in columns}
    if odd := [name for name in (*fold.by, *fold.each, fold.count) if name and name not in known]:
        raise ValueError(Phrase("fold: {name} is no column", name=odd[0]))
    return fold


def _judged(given: Any, columns: Sequence[Column]) -> tuple[str, ...]:
    names = _several(given)
    if odd := [name for name in names if name not in {c.name for c in columns}]:
        raise ValueError(Phrase("judged: {name} is no column", name=odd[0]))
    if len(names) not in (0, 2):
        raise ValueError(Phrase("judged: give two columns"))
    return names


def _overview(front: Mapping[str, Any], columns: Sequence[Column]) -> str:
    name = str(front.get("overview", ""))
    if name and name not in {"year", *(c.name for c in columns)}:
        raise ValueError(Phrase("overview: {name} is no column", name=name))
    return name


def _several(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value if isinstance(value, list) else [value])) if value else ()


def _numbers(value: Any) -> list[int]:
    return [int(v) for v in (value if isinstance(value, list) else [value]) if v is not None]


def _parameter(name: str, given: Mapping[str, Any]) -> Parameter:
    if not isinstance(name, str):
        raise ValueError(Phrase("parameter {name}: put the name in quotes", name=repr(name)))
    types = tuple(map(expand, _several(given["type"])))
    schemes = tuple(map(list_iri, _several(given.get("scheme"))))
    return Parameter(name, types, bool(given.get("optional", False)), _about(given), schemes)


def list_iri(name: str) -> str:
    """Return the IRI of a list of codes: `role` is a scheme of ours, `stdg:cooperatesWith` stands for what is below it.

    >>> list_iri("role")
    'https://w3id.org/stdgraph/concept/scheme/role'
    """
    return expand(name) if ":" in name else f"{STDGC}scheme/{name}"


def _column(name: str, given: Any) -> Column:
    given = {"about": given} if isinstance(given, str) else given
    take = given.get("take", "value")
    if take not in TAKES:
        takes = ", ".join(sorted(TAKES))
        raise ValueError(
            Phrase("column {name}: take is one of {values}, not {value}", name=name, values=takes, value=take)
        )
    answers = given.get("answers", "")
    if answers and answers not in ANSWERS:
        values = ", ".join(ANSWERS)
        raise ValueError(
            Phrase("column {name}: answers is one of {values}, not {value}", name=name, values=values, value=answers)
        )
    return Column(name, _about(given), take, answers, given.get("aside") is True)


def _about(given: Mapping[str, Any]) -> dict[str, str]:
    return {"en": str(given["about"]), "zh": str(given.get("about_zh", given["about"]))}
