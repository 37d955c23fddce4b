"""What an assistant may read and complete: questions, the vocabulary, codes, and each thing of the graph by its name."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote

from stdgraph.errors import InputError
from stdgraph.locale import Phrase, marked, translated
from stdgraph.mcp.markdown import Sources, grid
from stdgraph.mcp.pages import questions, thing
from stdgraph.model import escape
from stdgraph.model.cells import text_of
from stdgraph.model.light import dataclass
from stdgraph.model.results import Cell, Table, table
from stdgraph.model.vocabulary import STDG, STDGC, short

if TYPE_CHECKING:
    from stdgraph.api import Graph
    from stdgraph.services.ask import Parameter

SCHEME = "stdgraph://"
EVIDENCE = STDG + "evidence"
MARKDOWN, TURTLE = "text/markdown", "text/turtle"
MOST = 100
"""So many values are completed at most."""


@dataclass(frozen=True)
class Resource:
    """What may be read: its address, or the template of many, what it is, its media type, and what reads it."""

    name: str
    address: str
    about: str
    read: Callable[..., str]
    media: str = MARKDOWN

    @property
    def is_template(self) -> bool:
        """Tell whether the address has a place for a name."""
        return "{" in self.address

    def names(self, address: str) -> list[str] | None:
        """Return the names in an address, None where it is another's."""
        pattern = re.sub(r"\\{(\\\+)?\w+\\}", lambda place: "(.+)" if place[1] else "([^/]+)", re.escape(self.address))
        found = re.fullmatch(pattern, address, re.DOTALL)
        return [unquote(name) for name in found.groups()] if found else None


def read_questions(graph: Graph) -> str:
    """Return the list of all questions."""
    return _text(questions(graph.lang), graph.lang)


def read_question(graph: Graph, name: str) -> str:
    """Return what a question asks, takes and answers, and its SPARQL."""
    from stdgraph.services.ask import question

    asked, lang = question(name), graph.lang
    example = json.dumps({"question": asked.name, "parameters": asked.example}, ensure_ascii=False)
    takes = [_parameter(one, lang) for one in asked.parameters]
    gives: list[dict[str, Cell]] = [{"column": one.name, "meaning": one.about[lang]} for one in asked.columns]
    lines = [f"# {asked.name}: {asked.title[lang]}", "", asked.description[lang], "", f"`ask {example}`", ""]
    lines += [*_lines(table(("parameter", "takes", "needed", "meaning"), takes), lang), ""] if takes else []
    lines += [*_lines(table(("column", "meaning"), gives), lang), "", "```sparql", asked.query.rstrip(), "```"]
    return "\n".join(lines) + "\n"


def _parameter(one: Parameter, lang: str) -> dict[str, Cell]:
    codes = [f"{SCHEME}codes/{list_name(iri)}" for iri in one.schemes]
    takes = [one.datatype.rpartition("#")[2]] if one.datatype else [*one.things, *codes]
    needed = translated(Phrase("no") if one.optional else Phrase("yes"), lang)
    return {"parameter": one.name, "takes": ", ".join(takes), "needed": str(needed), "meaning": one.about[lang]}


def read_schema(graph: Graph) -> str:
    """Return the classes and properties as the data use them."""
    return _text(graph.schema().brief(), graph.lang)


def read_term(graph: Graph, name: str) -> str:
    """Return what a class or property means, and each of its uses."""
    found = graph.schema(name)
    return "\n".join([*map(escape.line, found.head()), "", *_lines(found.table(), graph.lang)]) + "\n"


def read_codes(graph: Graph, name: str) -> str:
    """Return the codes of a list; raises InputError where there is no such list."""
    return _text(_codes(graph, name), graph.lang)


def read_code(graph: Graph, name: str, code: str) -> str:
    """Return one code of a list, by any of its names; raises ParameterError and AmbiguousNameError."""
    from stdgraph.services.codes import one_code

    rows = _codes(graph, name).rows
    meant = one_code(graph.reads, name, code, lang=graph.lang)
    return _text(Table(("code", "en", "zh", "also"), tuple(row for row in rows if row["code"] == meant)), graph.lang)


def _codes(graph: Graph, name: str) -> Table:
    if name not in (known := lists()):
        told = Phrase("There is no list of codes '{name}'. There are {names}.", name=name, names=", ".join(known))
        raise InputError(detail=told)
    return graph.codes(name)


def read_thing(graph: Graph, name: str) -> str:
    """Return all that the graph says of a thing, with sources."""
    return thing(graph.show(name), graph.lang)


def read_turtle(graph: Graph, name: str) -> str:
    """Return the statements on a thing, and those that say where it was read."""
    from stdgraph.services.show import triples
    from stdgraph.storage.turtle import turtle_of

    found = triples(graph.reads, graph.iri(name))
    read = sorted({str(one.object).strip("<>") for one in found if one.predicate.value == EVIDENCE})
    return turtle_of([*found, *(one for iri in read for one in triples(graph.reads, iri))])


RESOURCES = (
    Resource("questions", f"{SCHEME}questions", marked("all canned questions with their parameters"), read_questions),
    Resource("schema", f"{SCHEME}schema", marked("classes and properties as the data use them"), read_schema),
    Resource(
        "question",
        f"{SCHEME}questions/{{name}}",
        marked("a question: parameters, columns, an example, its SPARQL"),
        read_question,
    ),
    Resource("term", f"{SCHEME}schema/{{term}}", marked("a class or property and its uses"), read_term),
    Resource("codes", f"{SCHEME}codes/{{list}}", marked("the codes of a list, which parameters take"), read_codes),
    Resource("code", f"{SCHEME}codes/{{list}}/{{code}}", marked("one code of a list"), read_code),
    Resource(
        "thing",
        f"{SCHEME}things/{{+name}}",
        marked("all that is said of a thing, by any name or id, with sources"),
        read_thing,
    ),
    Resource(
        "turtle",
        f"{SCHEME}turtle/{{+name}}",
        marked("the statements on a thing, by any name or id"),
        read_turtle,
        TURTLE,
    ),
)


def read(graph: Graph, address: str) -> tuple[str, str]:
    """Return what is read at an address, and its media type; raises InputError, and what reading raises."""
    for one in RESOURCES:
        if (names := one.names(address)) is not None:
            return one.read(graph, *names), one.media
    known = ", ".join(one.address for one in RESOURCES)
    raise InputError(detail=Phrase("There is no resource '{name}'. There are {names}.", name=address, names=known))


def lists() -> list[str]:
    """Return the names of all lists whose codes some question takes, and that of the classes."""
    from stdgraph.services import ask
    from stdgraph.services.codes import CLASSES

    schemes = {iri for asked in ask.questions() for one in asked.parameters for iri in one.schemes}
    return sorted({CLASSES, *map(list_name, schemes)})


def list_name(iri: str) -> str:
    """Return the name under which `Graph.codes` has a list."""
    return iri.removeprefix(f"{STDGC}scheme/") if iri.startswith(f"{STDGC}scheme/") else short(iri)


def completed(graph: Graph, address: str, argument: str, typed: str, given: Mapping[str, str]) -> list[str]:
    """Return the names with which an argument of a template may go on as it was typed, the best first; none of others.

    Args:
        graph: what is asked; an endpoint completes no names of things.
        address: the template.
        argument: its place that is typed.
        typed: what was typed so far.
        given: the arguments before it.
    """
    if (address, argument) not in _places():
        return []
    if argument == "code":
        return _begun(_named(graph.codes(given["list"])) if given.get("list") in lists() else {}, typed)
    if argument == "list":
        return _begun(dict.fromkeys(lists(), ()), typed)
    if argument == "term":
        return _begun(_named(graph.codes("classes")), typed)
    if address.startswith(f"{SCHEME}questions/"):
        from stdgraph.services.ask import question_names

        return _begun(dict.fromkeys(question_names(), ()), typed)
    found = [] if graph.reads.url else graph.reads.names.complete(typed, (), MOST)
    return list(dict.fromkeys(named.matched for named in found))


def _named(codes: Table) -> dict[str, list[str]]:
    """Return codes with their labels."""
    return {text_of(row["code"]): [text_of(row[name]) for name in ("en", "zh")] for row in codes}


def _places() -> set[tuple[str, str]]:
    """Return the places in all templates."""
    return {(one.address, place) for one in RESOURCES for place in re.findall(r"\{\+?(\w+)\}", one.address)}


def _begun(names: Mapping[str, Sequence[str]], typed: str) -> list[str]:
    """Return which names begin with what was typed, or have another name that does; behind them those that hold it."""
    begun = typed.strip().lower()
    first = [name for name, also in names.items() if any(one.lower().startswith(begun) for one in (name, *also))]
    return [*first, *(name for name in names if begun in name.lower() and name not in first)][:MOST]


def _lines(found: Table, lang: str) -> list[str]:
    return grid(found, Sources(lang))


def _text(found: Table, lang: str) -> str:
    return "\n".join(_lines(found, lang)) + "\n"
