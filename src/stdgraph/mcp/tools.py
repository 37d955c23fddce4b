"""The seven tools: what each is for, what it takes, and the form of what it answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from stdgraph.locale import marked
from stdgraph.mcp import deeds
from stdgraph.mcp.arguments import Argument, Arguments
from stdgraph.mcp.deeds import Call
from stdgraph.mcp.replies import Reply
from stdgraph.model.light import dataclass

ROWS, BEST, CHAINS = 30, 10, 5
"""Rows, names and chains that a call answers where it says nothing of them."""
QUERY = 100_000
"""Characters that a query may have."""


@dataclass(frozen=True)
class Tool:
    """A tool: its name, what it does, what it takes and answers; `runs_long` where another process does the work."""

    name: str
    about: str
    arguments: Arguments
    run: Callable[[Call], Reply]
    answers: dict[str, Any]
    runs_long: bool = False


def _whole(name: str, default: int, most: int) -> Argument:
    return Argument(name, "integer", least=0 if name == "offset" else 1, most=most, default=default)


def _answers(*needed: str, **properties: Any) -> dict[str, Any]:
    """Return the JSON Schema of an answer."""
    told: dict[str, Any] = {"type": "object", "properties": properties}
    return told | ({"required": list(needed)} if needed else {})


TEXTS, OBJECTS = ({"type": "array", "items": {"type": kind}} for kind in ("string", "object"))
NUMBER = {"type": "integer"}
TABLE: dict[str, Any] = {"columns": TEXTS, "rows": OBJECTS, "count": NUMBER, "next": NUMBER, "notes": TEXTS}
ROWED = _answers("columns", "rows", "count", **TABLE)
A_DAY = (
    Argument("as_of", about=marked("only what held then: YYYY, YYYY-MM or YYYY-MM-DD")),
    Argument("undated", "boolean", default=False),
)
LANG = Argument("lang", among=("en", "zh"))
TWO = (Argument("a", needed=True), Argument("b", needed=True))
BILATERAL = Argument("bilateral", "boolean", marked("only records of two actors"), default=False)


def tools(most: int) -> dict[str, Tool]:
    """Return the tools, whose calls answer at most so many rows."""
    part = (_whole("limit", min(ROWS, most), most), _whole("offset", 0, 10_000_000))
    few = _whole("limit", min(BEST, most), most)
    kind = Argument("kind", about=marked("only this class, such as NationalStandardsBody"))
    tie = Argument("kind", about=marked("only this kind of link, such as coPartyWith"))
    level = Argument("level", about=marked("whether an actor stands for its bodies too"), among=("own", "all"))
    made = (
        Tool(
            "find",
            marked(
                "Find bodies, committees, persons, countries, agreements, standards, events or documents by any name, best first."
            ),
            Arguments((Argument("text", needed=True), kind, few, LANG)),
            deeds.find,
            ROWED,
        ),
        Tool(
            "profile",
            marked(
                "Show a page on one thing, on two (what ties them) or on several: lists with counts, rows, sources."
            ),
            Arguments(
                (
                    Argument("names", "array", needed=True),
                    Argument("panels", "array", marked("only these lists, with more rows")),
                    *A_DAY,
                    _whole("limit", min(ROWS, most), most),
                    LANG,
                )
            ),
            deeds.profile,
            _answers(
                *("profile", "of", "glance", "panels"),
                profile={"type": "string"},
                of=OBJECTS,
                glance={"type": "object"},
                panels=OBJECTS,
                nothing=TEXTS,
                notes=TEXTS,
            ),
        ),
        Tool(
            "ask",
            marked(
                "Answer a canned question by name, or one in your own words. Without a question: list all with their parameters."
            ),
            Arguments(
                (
                    Argument("question"),
                    Argument("parameters", "object", marked('of a question by name: {{"actor": "BSI"}}')),
                    Argument("why", "boolean", marked("add the records behind each row"), default=False),
                    *A_DAY,
                    *part,
                    LANG,
                )
            ),
            deeds.ask,
            ROWED,
        ),
        Tool(
            "why",
            marked("List every record that links two actors, with sources."),
            Arguments((*TWO, level, BILATERAL, *A_DAY, *part, LANG)),
            deeds.why,
            ROWED,
        ),
        Tool(
            "path",
            marked("Show the shortest chains of cooperation between two actors, with the record behind each link."),
            Arguments((*TWO, tie, BILATERAL, *A_DAY, _whole("limit", CHAINS, 50), LANG)),
            deeds.path,
            ROWED,
        ),
        Tool(
            "sources",
            marked(
                "List every statement about a thing with document, place in it, confidence and rank; without a name, the documents."
            ),
            Arguments((Argument("name"), *part, LANG)),
            deeds.sources,
            ROWED,
        ),
        Tool(
            "query",
            marked(
                "Run a read-only SPARQL 1.1 query, for what no other tool answers. Prefixes (stdg:, stdgc:, skos:) need no declaration; "
                "<org/gb-bsi> is an id; the resource stdgraph://schema lists classes and properties."
            ),
            Arguments(
                (
                    Argument("sparql", needed=True, most=QUERY),
                    Argument("bind", "object", marked('variables that are things: {{"actor": "BSI"}}')),
                    _whole("limit", min(ROWS, most), most),
                    LANG,
                )
            ),
            deeds.query,
            _answers(**TABLE, truth={"type": "boolean"}, turtle={"type": "string"}),
            runs_long=True,
        ),
    )
    return {tool.name: tool for tool in made}
