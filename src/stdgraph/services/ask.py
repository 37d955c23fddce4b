"""Canned questions: files of `queries/questions/`, their parameters, and answers whose every row names its sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import pyoxigraph as ox

from stdgraph.errors import ParameterError
from stdgraph.graph.binding import ON, Term, bind, reach, stood
from stdgraph.graph.bodies import LEVELS, Reach, known_level
from stdgraph.graph.codes import code_named
from stdgraph.graph.countries import countries
from stdgraph.graph.judged import unjudged
from stdgraph.graph.labels import cell, labels
from stdgraph.graph.near import Search, Size, Sized, in_python, near
from stdgraph.graph.questions import (
    Column,
    Parameter,
    Question,
    parse_question,
    question,
    question_names,
    questions,
)
from stdgraph.graph.reads import Graph
from stdgraph.graph.rows import Groups, grouped, records, rows_of
from stdgraph.graph.time import UNDATED, standing
from stdgraph.locale import Phrase, marked
from stdgraph.model.arranging import TIMES
from stdgraph.model.dates import as_of_day, years
from stdgraph.model.later import later
from stdgraph.model.light import dataclass
from stdgraph.model.results import Answer, Cell, Row, Stood
from stdgraph.model.vocabulary import XSD

LEVEL = "level"
"""The argument that says whether an actor stands for its bodies; `agreements` has a parameter of that name too."""
PART_OF_YEAR = later(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")
"""A month or a day, where a question takes a year: dates of records begin with it."""
GREGORIAN = {7: XSD + "gYearMonth", 10: XSD + "date"}


def query_of(
    graph: Graph, asked: Question, arguments: Mapping[str, str], lang: str = "en", as_of: str | None = None
) -> str:
    """Return the SPARQL that answers a question with some arguments; raises as `ask` does."""
    given, level = split_level(asked, arguments)
    values = resolve(graph, asked, given, lang)
    day = _as_of(asked, as_of)
    return bind(asked, values, reach(graph, asked, values, level, day).bodies)


def split_level(asked: Question, arguments: Mapping[str, str]) -> tuple[dict[str, str], str | None]:
    """Return the arguments without `level`, where that is `own` or `all`, and it; other levels are the question's own.

    Raises:
        ParameterError: the question has actors, but neither such a level nor a parameter of that name.
    """
    given = arguments.get(LEVEL)
    if given is None or not asked.actors:
        return dict(arguments), None
    if given not in LEVELS and any(p.name == LEVEL for p in asked.parameters):
        return dict(arguments), None
    return {name: value for name, value in arguments.items() if name != LEVEL}, known_level(given)


def ask(
    graph: Graph,
    name: str,
    arguments: Mapping[str, str],
    *,
    lang: str = "en",
    as_of: str | None = None,
    undated: bool = False,
    why: bool = False,
    hints: bool = True,
) -> Answer:
    """Return the answer to a canned question; each of its rows names at least one source.

    Args:
        graph: an opened store or endpoint.
        name: the question, such as `who-cooperates-with`.
        arguments: parameter to value; things by any of their names. `level` is `own` or `all`: whether an actor
            stands for its bodies too, by default for countries, groups of countries and regions only.
        lang: `en` or `zh`, for labels and titles.
        as_of: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: only what held then, with a column `certainty`.
        undated: for a day, also what no date, attestation or reason places; else `left_out` counts it.
        why: whether rows bring the records behind them.
        hints: whether to tell of registers that it lacks, and of what is near where it is empty.

    Raises:
        UnknownQuestionError, ParameterError, UnknownNameError, AmbiguousNameError: wrong use.

    >>> import stdgraph
    >>> answer = stdgraph.open().ask("who-cooperates-with", actor="BSI")
    >>> answer.columns
    ('partner', 'kind', 'since', 'records', 'among', 'body')
    """
    asked = question(name)
    day = _as_of(asked, as_of)
    given, level = split_level(asked, arguments)
    values = resolve(graph, asked, given, lang)
    if undated and not day and ON not in values:
        raise ParameterError(parameter="undated", detail=Phrase("goes with --as-of; without a day nothing is left out"))
    plain = graph
    if asked.snapshots and not graph.url:
        graph = two_snapshots(graph, asked, values)
    search = Search(asked, values, level, day)
    found = _searched(graph, search, undated=undated)
    rows = rows_of(graph, asked, found.groups, found.held, lang, why)
    told = (
        _hints(plain, search, given, rows, lang, lambda other: _searched(graph, other, undated=undated).size())
        if hints
        else []
    )
    columns = tuple(c.name for c in asked.columns)
    columns += ("certainty",) if found.held is not None and "certainty" not in columns else ()
    shown = labels(graph, [t.value for t in values.values() if isinstance(t, ox.NamedNode)], lang)
    short_lang = "zh" if lang.startswith("zh") else "en"
    return Answer(
        columns=columns,
        rows=tuple(rows),
        titles=headings(asked, short_lang),
        question=asked.name,
        title=asked.title[short_lang],
        parameters={n: cell(t, shown) for n, t in values.items()},
        as_of=as_of,
        query=found.query,
        left_out=found.left_out,
        groups=stood(asked, values, found.reached),
        hints=tuple(told),
        fold=asked.fold,
        lang=short_lang,
        countries=countries(graph, lang),
        chart=asked.chart,
        aside=tuple(column.name for column in asked.columns if column.aside),
    ).sort(*asked.order)


@dataclass(frozen=True)
class Found:
    """What a search found: the query that ran, solutions by their visible columns, the certainty of each record."""

    asked: Question
    query: str
    reached: Reach
    groups: Groups
    held: Mapping[str, str] | None
    left_out: int | None

    def size(self) -> Size:
        """Return how many rows that makes, and their dates."""
        names = [column.name for column in self.asked.columns if column.name in TIMES]
        flat = (solution[name] for group in self.groups.values() for solution in group for name in names)
        return Size(len(self.groups), tuple(sorted({term.value for term in flat if term is not None})))


def headings(asked: Question, lang: str) -> dict[str, str]:
    """Return what stands above each column: what the question says of it, in Chinese without what explains it, if that is one's own."""
    told = {column.name: column.about[lang] for column in asked.columns}
    if lang != "zh":
        return told
    short = {name: re.split("[（，；：]", about)[0] for name, about in told.items()}
    often = Counter(short.values())
    return {name: short[name] if often[short[name]] == 1 else about for name, about in told.items()}


def _searched(graph: Graph, search: Search, *, undated: bool) -> Found:
    """Return what a search finds, on a day where one was asked for."""
    asked, values = search.asked, search.values
    reached = reach(graph, asked, values, search.level, search.day)
    query = bind(asked, values, reached.bodies)
    solutions = graph.select(query)
    solutions = unjudged(solutions, asked.judged) if asked.judged else solutions
    then = standing(graph, records(solutions), search.day, undated=undated)
    held, left_out = (then.held, then.left_out) if then else (None, None)
    if ON in values:
        solutions, left_out = _placed(asked, solutions, undated=undated)
    return Found(asked, query, reached, grouped(asked, solutions, held), held, left_out)


def _hints(
    graph: Graph, search: Search, given: Mapping[str, str], rows: Sequence[Row], lang: str, sized: Sized
) -> list[Phrase]:
    """Return what to tell of an answer: registers that it lacks, and what is near where it is empty."""
    asked, found = search.asked, [] if rows else near(graph, search, given, sized, lang)
    if not asked.needs:
        return found
    from stdgraph.packs.missing import missing

    return [*found, *missing(graph, asked.needs, more=bool(rows), paired=bool(asked.snapshots))]


def two_snapshots(graph: Graph, asked: Question, values: dict[str, Term]) -> Graph:
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
    if any(p.name == ON for p in asked.parameters):
        detail = Phrase(
            "not together with the question's own parameter 'on': leave out --as-of for {question}", question=asked.name
        )
        raise ParameterError(parameter="as-of", detail=detail)
    try:
        return as_of_day(as_of)
    except ValueError as error:
        raise ParameterError(parameter="as-of", detail=error.args[0]) from None


def resolve(graph: Graph, asked: Question, arguments: Mapping[str, str], lang: str = "en") -> dict[str, Term]:
    """Return the RDF term of each argument; raises ParameterError for unknown or missing ones."""
    known = {p.name: p for p in asked.parameters}
    for name in arguments.keys() - known.keys():
        taken = ", ".join(known) or Phrase("none")
        detail = Phrase("{question} has no such parameter; it takes {names}", question=asked.name, names=taken)
        raise ParameterError(parameter=name, detail=detail)
    values: dict[str, Term] = {}
    for parameter in asked.parameters:
        given = arguments.get(parameter.name)
        if given is not None:
            values[parameter.name] = _term(graph, parameter, given, lang)
        elif not parameter.optional:
            about = parameter.about["zh" if lang.startswith("zh") else "en"]
            raise ParameterError(parameter=parameter.name, detail=Phrase("needed: {about}", about=about))
    return values


def _term(graph: Graph, parameter: Parameter, given: str, lang: str) -> Term:
    if parameter.schemes:
        return ox.NamedNode(_coded(graph, parameter, given, lang))
    if not parameter.datatype:
        kinds = () if "Resource" in parameter.kinds else parameter.kinds
        return ox.NamedNode(graph.names.resolve(given, kinds, lang).iri)
    try:
        text = _lexical(given.strip(), parameter.datatype)
    except ValueError as error:
        raise ParameterError(parameter=parameter.name, detail=error.args[0]) from None
    part = parameter.datatype == XSD + "gYear" and PART_OF_YEAR.fullmatch(text)
    return ox.Literal(text, datatype=ox.NamedNode(GREGORIAN[len(text)] if part else parameter.datatype))


def _coded(graph: Graph, parameter: Parameter, given: str, lang: str) -> str:
    """Return the IRI of a code, or of a thing that a parameter takes beside codes."""
    beside = LEVELS if parameter.name == LEVEL else ()
    try:
        return code_named(graph, given, parameter.schemes, parameter=parameter.name, lang=lang, beside=beside).iri
    except ParameterError:
        if not parameter.things:
            raise
    return graph.names.resolve(given, parameter.kinds, lang).iri


def _lexical(given: str, datatype: str) -> str:
    if datatype == XSD + "date":
        return as_of_day(given).isoformat()
    if datatype == XSD + "boolean":
        return _truth(given)
    if datatype == XSD + "integer" and not re.fullmatch(r"[0-9]{1,18}", given):
        raise ValueError(Phrase("'{text}' is not a whole number", text=given))
    if datatype == XSD + "gYear":
        return given if PART_OF_YEAR.fullmatch(given) and as_of_day(given) else years(given)
    return given


def _truth(given: str) -> str:
    if given.lower() not in ("true", "false"):
        raise ValueError(Phrase("'{text}' is neither true nor false", text=given))
    return given.lower()


def _placed(
    asked: Question, solutions: Sequence[ox.QuerySolution], *, undated: bool
) -> tuple[list[ox.QuerySolution], int]:
    """Return what something places on a question's own day, and how many records are left out since nothing does."""
    names = [] if undated else [c.name for c in asked.columns if c.take == "certainty"]
    placed = [s for s in solutions if all(s[n] is None or s[n].value != UNDATED for n in names)]
    return placed, len(records(solutions) - records(placed))


def standing_told(name: str, stood: Stood) -> Phrase:
    """Return what a group of countries stood for, in words."""
    if stood.is_alone:
        message = marked("{name}: itself alone; --level all asks its {listed} countries too.")
    elif not stood.listed:
        message = marked("{name}: itself alone; no source states its countries.")
    elif not stood.countries:
        message = marked("{name}: itself alone; nothing shows any of its {listed} countries as a member then.")
    elif stood.countries < stood.listed:
        message = marked("{name}: with {countries} of the {listed} countries listed, and their bodies.")
    else:
        message = marked("{name}: with its {countries} countries and their bodies.")
    return Phrase(message, name=name, countries=stood.countries, listed=stood.listed)


def listing(lang: str = "en") -> list[dict[str, Cell]]:
    """Return a row for each question: name, title, parameters (optional ones in brackets)."""
    return [
        {
            "question": q.name,
            "title": q.title["zh" if lang.startswith("zh") else "en"],
            "parameters": " ".join(f"[--{p.name}]" if p.optional else f"--{p.name}" for p in q.parameters),
        }
        for q in questions()
    ]


__all__ = [
    "LEVEL",
    "LEVELS",
    "Column",
    "Parameter",
    "Question",
    "ask",
    "bind",
    "in_python",
    "listing",
    "parse_question",
    "question",
    "question_names",
    "questions",
    "resolve",
    "standing_told",
]
