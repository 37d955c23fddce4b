"""Making the index of answers: each question asked without arguments, and with every argument that it needs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

import pyoxigraph as ox

from stdgraph.graph.questions import Parameter, Question, questions
from stdgraph.graph.reads import Graph
from stdgraph.model.vocabulary import short
from stdgraph.services.words.language import language
from stdgraph.services.words.tokens import tokens
from stdgraph.storage.answers import AnswerIndex
from stdgraph.storage.names import YEAR
from stdgraph.storage.queries import bound

HEAD = re.compile(r"SELECT (.*?)\bWHERE\b", re.DOTALL)
ANYTHING = ("PolicyDocument", "Subdivision", "City")
"""What is tried where a question takes any thing."""
EACH = 500
"""A question that answers only about a thing that is given is asked of so many."""
MOST = 6_000
"""A question that has more solutions than this is not indexed: a register was added."""

Key = tuple[Any, ...]
COUNTRY_WORD = "~"
"""Stands before the words of the country of a thing, where it is not the thing that is named."""


def fill(index: AnswerIndex, graph: Graph) -> None:
    """Index the rows of all questions of a graph: by their things and texts, and by the words of these."""
    words = Words(graph)
    blocks: list[tuple[str, str, int, int]] = []
    postings: dict[str, list[int]] = {}
    holdings: dict[str, list[int]] = {}
    size = 0
    for name, arguments, rows in _blocks(graph):
        blocks.append((name, json.dumps(dict(arguments), ensure_ascii=False), size, len(rows)))
        for at, texts in enumerate(rows, start=size):
            _post(holdings, texts, at)
            _post(postings, {word for text in texts for word in words.of(text)}, at)
        size += len(rows)
    told = {text: rows for text, rows in holdings.items() if words.of(text)}
    index.fill(_sorted(words.known), _sorted(postings), _sorted(told), blocks, size)


def _blocks(graph: Graph) -> Iterator[tuple[str, tuple[tuple[str, str], ...], list[list[str]]]]:
    """Yield the name of each question that is indexed, arguments that it needs, and the texts of its rows, in order."""
    for asked in questions():
        if asked.name not in language().indexed:
            continue
        for arguments, rows in sorted(solved(graph, asked).items(), key=itemgetter(0)):
            given = [value for _, value in arguments]
            yield asked.name, arguments, sorted(sorted({*given, *(term.value for term in row)}) for row in rows)


def _sorted(found: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    return dict(sorted(found.items()))


def _post(lists: dict[str, list[int]], names: Iterable[str], at: int) -> None:
    for name in names:
        lists.setdefault(name, []).append(at)


def solved(graph: Graph, asked: Question) -> dict[tuple[tuple[str, str], ...], list[set[Any]]]:
    """Return the rows of a question for each set of the arguments that it needs; a row is the set of its terms."""
    needed = [p.name for p in asked.parameters if not p.optional]
    free = bound(
        asked.query, **{p.name: [None] for p in asked.parameters}, **{f"any_{n}": [None] for n in asked.actors}
    )
    query = _shown(free, {name: f"any_{name}" if name in asked.actors else name for name in needed})
    solutions = graph.select(_bounded(graph, query))
    if needed and not any(_bound(solution, needed, asked) for solution in solutions):
        each = _with_each(graph, query, [p for p in asked.parameters if not p.optional], asked)
        solutions = graph.select(_bounded(graph, each))
    if len(solutions) > MOST:
        return {}
    fit = {p.name: _fitting(graph, p) for p in asked.parameters if not p.optional}
    visible = [c.name for c in asked.columns if not c.aside]
    shown = [c.name for c in asked.columns if c.take == "value"]
    found: dict[tuple[tuple[str, str], ...], dict[Key, set[Any]]] = {}
    for solution in solutions:
        arguments = tuple((name, _text(solution, name, asked)) for name in needed)
        if not all(value and fit[name](value) for name, value in arguments):
            continue
        key = tuple(solution[name] for name in shown)
        row = found.setdefault(arguments, {}).setdefault(key, set())
        row |= {solution[name] for name in visible if solution[name] is not None}
    return {arguments: list(rows.values()) for arguments, rows in found.items()}


def _bounded(graph: Graph, query: str) -> str:
    """Return a query as it is asked: of an endpoint no more rows are fetched than tell that there are too many."""
    return f"{query}\nLIMIT {MOST + 1}" if graph.url else query


def _bound(solution: ox.QuerySolution, needed: Sequence[str], asked: Question) -> bool:
    return all(_text(solution, name, asked) for name in needed)


def _with_each(graph: Graph, query: str, needed: Sequence[Parameter], asked: Question) -> str:
    """Return a query that is asked of each thing that an argument may be, where it says nothing of none."""
    for parameter in needed:
        kinds = ANYTHING if "Resource" in parameter.kinds else parameter.kinds
        each: list[Any] = [named.iri for kind in kinds for named in graph.names.of_kind(kind)]
        if parameter.datatype.endswith("gYear"):
            years = (named.en for named in graph.names.of_kind(YEAR))
            each = [ox.Literal(year, datatype=ox.NamedNode(parameter.datatype)) for year in years]
        query = bound(
            query,
            **{f"any_{parameter.name}" if parameter.name in asked.actors else parameter.name: each[:EACH] or [None]},
        )
    return query


def _fitting(graph: Graph, parameter: Parameter) -> Callable[[str], bool]:
    """Return what tells whether a thing is of a kind that a parameter takes."""
    if parameter.datatype or "Resource" in parameter.kinds:
        return bool
    return {named.iri for kind in parameter.kinds for named in graph.names.of_kind(kind)}.__contains__


def _text(solution: ox.QuerySolution, name: str, asked: Question) -> str:
    term = solution[f"any_{name}" if name in asked.actors else name]
    return term.value if term is not None else ""


def _shown(query: str, wanted: Mapping[str, str]) -> str:
    """Return a query that projects the variables of its parameters, too."""

    def more(found: re.Match[str]) -> str:
        there = set(re.findall(r"\?(\w+)", found[1]))
        added = " ".join(f"?{variable}" for variable in wanted.values() if variable not in there)
        return f"SELECT {added} {found[1]}WHERE"

    return HEAD.sub(more, query, count=1)


class Words:
    """The words of terms: of a thing all its names and its country, of a literal its text."""

    def __init__(self, graph: Graph) -> None:
        self.known: dict[str, list[str]] = {}
        self.literals: dict[str, list[str]] = {}
        names: dict[str, list[str]] = {}
        countries: dict[str, str] = {}
        bulk = graph.names.bulk
        for iri, country, text in graph.names.rows(
            "SELECT t.iri, t.country, n.text FROM name n JOIN thing t ON t.id = n.thing WHERE n.rowid < ? ORDER BY n.rowid",
            (bulk,),
        ):
            names.setdefault(iri, []).append(text)
            countries[iri] = country
        self.names, self.countries = names, countries
        self.of_country = {code: iri for iri, code in countries.items() if iri.endswith(f"country/{code}")}

    def of(self, text: str) -> list[str]:
        """Return the words of a thing, by its IRI, or of a literal, by its text; made at its first use."""
        if text in self.names:
            if text not in self.known:
                self.known[text] = self._of_thing(text)
            return self.known[text]
        if text not in self.literals:
            self.literals[text] = tokens(text) if "://" not in text else []
        return self.literals[text]

    def _of_thing(self, iri: str) -> list[str]:
        found = dict.fromkeys([f"={short(iri)}"])
        for text in self.names[iri]:
            found |= dict.fromkeys(tokens(text))
        country = self.of_country.get(self.countries.get(iri, ""), "")
        if country and country != iri:
            found[f"{COUNTRY_WORD}{short(country)}"] = None
        return list(found)
