"""Canned questions: files of `queries/questions/`, their parameters, and answers whose every row names its sources."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from stdgraph.errors import ParameterError, QuestionError, UnknownQuestionError
from stdgraph.graph.countries import countries
from stdgraph.graph.evidence import described, sources
from stdgraph.graph.labels import cell, labels, scalar
from stdgraph.graph.reads import Graph
from stdgraph.graph.time import certainty
from stdgraph.locale import Phrase
from stdgraph.model.dates import as_of_day, each_year, earliest, latest, years
from stdgraph.model.results import Answer, Cell, Row, Source
from stdgraph.model.vocabulary import STDG, XSD, expand, local
from stdgraph.storage.files import content, read_text
from stdgraph.storage.front import front_fault, front_matter
from stdgraph.storage.queries import bound, slot

TAKES = {"value", "all", "earliest", "latest", "count", "certainty"}
RECORD = "record"


@dataclass(frozen=True)
class Parameter:
    """A parameter of a question: the kinds of thing (or datatype) it takes, and whether it may be left out."""

    name: str
    types: tuple[str, ...]
    optional: bool
    about: dict[str, str]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The local names of the classes that a thing may have; empty for a literal."""
        return tuple(local(t) for t in self.types if not t.startswith(XSD))

    @property
    def datatype(self) -> str:
        """The datatype of a literal, or nothing for a thing."""
        return next((t for t in self.types if t.startswith(XSD)), "")


@dataclass(frozen=True)
class Column:
    """A column: shown as it is, or taken from the group's records (`all` values, `earliest`, `latest`, `count`)."""

    name: str
    about: dict[str, str]
    take: str


@dataclass(frozen=True)
class Question:
    """A question as its file states it; `query` runs as it stands in any SPARQL tool.

    `snapshots` names the pack of which it reads two snapshots: those of the days `from` and `to`. `order` names the
    columns by which its rows are sorted, `-date` for the newest first; the query's own order decides the rest.
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


def question_names() -> list[str]:
    """Return the names of all questions, sorted."""
    return sorted(path.stem for path in content("queries", "questions").glob("*.rq"))


def questions() -> list[Question]:
    """Return all questions, by name."""
    return [question(name) for name in question_names()]


def question(name: str) -> Question:
    """Return a question by name.

    Raises:
        UnknownQuestionError: there is none of that name; the error names the nearest.
        QuestionError: its file is not well formed.
    """
    path = content("queries", "questions", f"{name}.rq")
    if name not in question_names():
        nearest = difflib.get_close_matches(name, question_names(), n=4, cutoff=0.3)
        raise UnknownQuestionError(name=name, nearest=", ".join(nearest) or "-")
    return parse_question(path, read_text(path))


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
            query="\n".join(line for line in text.splitlines() if not line.startswith("#+")).strip() + "\n",
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise QuestionError(path=path, detail=front_fault(error)) from None
    for parameter in found.parameters:
        if not slot(parameter.name).search(found.query):
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


def _numbers(value: Any) -> list[int]:
    return [int(v) for v in (value if isinstance(value, list) else [value]) if v is not None]


def _parameter(name: str, given: Mapping[str, Any]) -> Parameter:
    if not isinstance(name, str):
        raise ValueError(Phrase("parameter {name}: put the name in quotes", name=repr(name)))
    types = given["type"] if isinstance(given["type"], list) else [given["type"]]
    return Parameter(name, tuple(map(expand, types)), bool(given.get("optional", False)), _about(given))


def _column(name: str, given: Any) -> Column:
    given = {"about": given} if isinstance(given, str) else given
    take = given.get("take", "value")
    if take not in TAKES:
        takes = ", ".join(sorted(TAKES))
        raise ValueError(
            Phrase("column {name}: take is one of {values}, not {value}", name=name, values=takes, value=take)
        )
    return Column(name, _about(given), take)


def _about(given: Mapping[str, Any]) -> dict[str, str]:
    return {"en": str(given["about"]), "zh": str(given.get("about_zh", given["about"]))}


def bind(asked: Question, values: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    """Return the query with each parameter's VALUES rows holding its term, `UNDEF` for one that is left out.

    Terms are serialized by the engine's own library, so nothing that a user types is pasted into SPARQL.
    """
    terms = {p.name: _years(values.get(p.name)) for p in asked.parameters}
    return bound(asked.query, **terms)


def _years(term: ox.NamedNode | ox.Literal | None) -> list[ox.NamedNode | ox.Literal | None]:
    """Return a term alone, or each year of a span of years."""
    if not isinstance(term, ox.Literal) or term.datatype.value != XSD + "gYear":
        return [term]
    return [ox.Literal(year, datatype=term.datatype) for year in each_year(term.value)]


def ask(
    graph: Graph,
    name: str,
    arguments: Mapping[str, str],
    *,
    lang: str = "en",
    as_of: str | None = None,
    why: bool = False,
) -> Answer:
    """Return the answer to a canned question; each of its rows names at least one source.

    Args:
        graph: an opened store or endpoint.
        name: the question, such as `who-cooperates-with`.
        arguments: parameter to value; things by any of their names.
        lang: `en` or `zh`, for labels and titles.
        as_of: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: only what held then, with a column `certainty`.
        why: whether rows bring the records behind them.

    Raises:
        UnknownQuestionError, ParameterError, UnknownNameError, AmbiguousNameError: wrong use.

    >>> import stdgraph
    >>> answer = stdgraph.open().ask("who-cooperates-with", actor="BSI")
    >>> answer.columns
    ('partner', 'kind', 'since', 'records')
    """
    asked = question(name)
    day = _as_of(asked, as_of)
    values = resolve(graph, asked, arguments, lang)
    if asked.snapshots and not graph.url:
        graph = two_snapshots(graph, asked, values)
    query = bind(asked, values)
    solutions = graph.select(query)
    held = certainty(graph, _records(solutions), day) if day else None
    groups = _grouped(asked, solutions, held)
    rows = _rows(graph, asked, groups, held, lang, why)
    columns = tuple(c.name for c in asked.columns)
    if held is not None and "certainty" not in columns:
        columns += ("certainty",)
    shown = labels(graph, [t.value for t in values.values() if isinstance(t, ox.NamedNode)], lang)
    short_lang = "zh" if lang.startswith("zh") else "en"
    return Answer(
        columns=columns,
        rows=tuple(rows),
        titles={c.name: c.about[short_lang] for c in asked.columns},
        question=asked.name,
        title=asked.title[short_lang],
        parameters={n: cell(t, shown) for n, t in values.items()},
        as_of=as_of,
        query=query,
        lang=short_lang,
        countries=countries(graph, lang),
    ).sort(*asked.order)


def two_snapshots(graph: Graph, asked: Question, values: dict[str, ox.NamedNode | ox.Literal]) -> Graph:
    """Return a graph of the two snapshots that the days `from` and `to` mean; the values become their own days."""
    from stdgraph.packs.pair import two

    days = [date.fromisoformat(values[name].value) for name in ("from", "to")]
    found, meant = two(graph, asked.snapshots, *days)
    for name, day in zip(("from", "to"), meant, strict=True):
        values[name] = ox.Literal(day.isoformat(), datatype=ox.NamedNode(XSD + "date"))
    return found


def _as_of(asked: Question, as_of: str | None) -> date | None:
    if as_of is None:
        return None
    if any(p.name == "on" for p in asked.parameters):
        detail = Phrase(
            "not together with the question's own parameter 'on': leave out --as-of for {question}", question=asked.name
        )
        raise ParameterError(parameter="as-of", detail=detail)
    try:
        return as_of_day(as_of)
    except ValueError as error:
        raise ParameterError(parameter="as-of", detail=error.args[0]) from None


def resolve(
    graph: Graph, asked: Question, arguments: Mapping[str, str], lang: str = "en"
) -> dict[str, ox.NamedNode | ox.Literal]:
    """Return the RDF term of each argument; raises ParameterError for unknown or missing ones."""
    known = {p.name: p for p in asked.parameters}
    for name in arguments.keys() - known.keys():
        taken = ", ".join(known) or Phrase("none")
        detail = Phrase("{question} has no such parameter; it takes {names}", question=asked.name, names=taken)
        raise ParameterError(parameter=name, detail=detail)
    values: dict[str, ox.NamedNode | ox.Literal] = {}
    for parameter in asked.parameters:
        given = arguments.get(parameter.name)
        if given is not None:
            values[parameter.name] = _term(graph, parameter, given, lang)
        elif not parameter.optional:
            about = parameter.about["zh" if lang.startswith("zh") else "en"]
            raise ParameterError(parameter=parameter.name, detail=Phrase("needed: {about}", about=about))
    return values


def _term(graph: Graph, parameter: Parameter, given: str, lang: str) -> ox.NamedNode | ox.Literal:
    if not parameter.datatype:
        kinds = () if "Resource" in parameter.kinds else parameter.kinds
        return ox.NamedNode(graph.names.resolve(_term_name(given, kinds), kinds, lang).iri)
    try:
        return ox.Literal(_lexical(given.strip(), parameter.datatype), datatype=ox.NamedNode(parameter.datatype))
    except ValueError as error:
        raise ParameterError(parameter=parameter.name, detail=error.args[0]) from None


def _term_name(given: str, kinds: Sequence[str]) -> str:
    """Return `coPartyWith` as the IRI of the term, where a question takes a term of the ontology."""
    return STDG + given if "ObjectProperty" in kinds and re.fullmatch(r"[a-z]\w+", given) else given


def _lexical(given: str, datatype: str) -> str:
    if datatype == XSD + "date":
        return as_of_day(given).isoformat()
    if datatype == XSD + "integer" and not re.fullmatch(r"[0-9]{1,18}", given):
        raise ValueError(Phrase("'{text}' is not a whole number", text=given))
    return years(given) if datatype == XSD + "gYear" else given


def _records(solutions: Sequence[ox.QuerySolution]) -> set[str]:
    return {s[RECORD].value for s in solutions if s[RECORD] is not None}


def _grouped(
    asked: Question, solutions: Sequence[ox.QuerySolution], held: Mapping[str, str] | None
) -> dict[tuple[Any, ...], list[ox.QuerySolution]]:
    shown = [c.name for c in asked.columns if c.take == "value"]
    groups: dict[tuple[Any, ...], list[ox.QuerySolution]] = {}
    for solution in solutions:
        if held is None or (solution[RECORD] is not None and solution[RECORD].value in held):
            groups.setdefault(tuple(solution[name] for name in shown), []).append(solution)
    return groups


def _rows(
    graph: Graph,
    asked: Question,
    groups: Mapping[tuple[Any, ...], list[ox.QuerySolution]],
    held: Mapping[str, str] | None,
    lang: str,
    why: bool,
) -> list[Row]:
    flat = [s for group in groups.values() for s in group]
    terms = {s[c.name] for s in flat for c in asked.columns if c.take in ("value", "all")}
    known = labels(graph, {t.value for t in terms if isinstance(t, ox.NamedNode)}, lang)
    read = sources(graph, _records(flat), lang)
    told = described(graph, _records(flat), lang) if why else {}
    rows = []
    for group in groups.values():
        behind = sorted(_records(group))
        cells = {c.name: _cell(c, group, known) for c in asked.columns}
        if held is not None:
            cells["certainty"] = min(held[r] for r in behind)
        found = tuple(sorted({source for r in behind for source in read.get(r, ())}))
        rows.append(Row(cells, _best(found), tuple(told[r] for r in behind) if why else ()))
    return rows


def _best(found: Sequence[Source]) -> tuple[Source, ...]:
    best = {(s.source, s.locator): s for s in sorted(found, key=lambda s: s.confidence or 0.0)}
    return tuple(sorted(best.values(), key=lambda s: (s.source, s.locator)))


def _cell(column: Column, group: Sequence[ox.QuerySolution], known: dict[str, str]) -> Cell:
    if column.take == "count":
        return len(_records(group))
    if column.take in ("value", "certainty"):
        values = [s[column.name] for s in group]
        if column.take == "certainty":
            return min((str(v.value) for v in values if v is not None), default=None)
        shown: Cell = cell(values[0], known)
        return shown
    if column.take == "all":
        found = dict.fromkeys(s[column.name] for s in group if s[column.name] is not None)
        return tuple(sorted((scalar(t, known) for t in found), key=str))
    dates: list[str] = [s[column.name].value for s in group if s[column.name] is not None]
    try:
        return earliest(dates) if column.take == "earliest" else latest(dates)
    except ValueError:
        return min(dates) if column.take == "earliest" else max(dates)


def listing(lang: str = "en") -> list[dict[str, Cell]]:
    """Return a row for each question: name, title, parameters (optional ones in brackets)."""
    short_lang = "zh" if lang.startswith("zh") else "en"
    return [
        {
            "question": q.name,
            "title": q.title[short_lang],
            "parameters": " ".join(f"[--{p.name}]" if p.optional else f"--{p.name}" for p in q.parameters),
        }
        for q in questions()
    ]


__all__ = [
    "Column",
    "Parameter",
    "Question",
    "ask",
    "bind",
    "listing",
    "parse_question",
    "question",
    "questions",
    "resolve",
]
