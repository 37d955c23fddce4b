"""The JSON API: what the commands `ask`, `profile`, `find`, `why`, `path` and `sources` print with `-f json`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stdgraph.locale import Phrase
from stdgraph.model.light import dataclass
from stdgraph.model.spelling import is_words
from stdgraph.server.openapi import document
from stdgraph.server.options import Both, Option, apart, given
from stdgraph.server.serving import Serving
from stdgraph.services.ask import LEVEL, LEVELS, Parameter, Question, question

ROWS = (
    Option("sort", Phrase("sort rows by this column; -COLUMN is descending"), repeatable=True),
    Option("limit", Phrase("at most so many rows"), "integer", most=1_000_000),
    Option("columns", Phrase("only these columns: A,B")),
    Option("group-by", Phrase("count the rows by this column"), repeatable=True),
    Option("from", Phrase("only rows of this time or later"), "date"),
    Option("to", Phrase("only rows of this time or earlier"), "date"),
)
"""What arranges rows."""
DAY = (
    Option("as-of", Phrase("what held on that day: YYYY, YYYY-MM or YYYY-MM-DD"), "date"),
    Option("undated", Phrase("with a day: also what nothing places"), "flag"),
)
WHY = Option("why", Phrase("add the records behind each row"), "flag")
AT_LEVEL = Option(
    LEVEL, Phrase("whether an actor stands for its bodies too; a country does unless told otherwise"), choices=LEVELS
)
BILATERAL = Option("bilateral", Phrase("only what rests on records of two actors"), "flag")
PAIR = (
    Option("a", Phrase("an actor, by any of its names"), needed=True, example="SAC"),
    Option("b", Phrase("another one"), needed=True, example="BSI"),
)
KEYWORDS = {"as-of": "as_of", "a": "first", "b": "second", "proof": "proofs", "panel": "panels", "all": "whole"}
"""Parameters whose argument of the deed has another name."""


@dataclass(frozen=True)
class Operation:
    """A path of the API: the deed behind it, what it is, what it takes; `rows` tells whether it prints rows."""

    deed: str
    about: str
    options: Sequence[Option]
    rows: bool = True

    @property
    def takes(self) -> list[Option]:
        """All parameters; one of its own goes before one of the same name that arranges rows."""
        own = {option.name for option in self.options}
        return [*self.options, *(option for option in ROWS if self.rows and option.name not in own)]


OPERATIONS = {
    "ask": Operation("questions", Phrase("the canned questions, with their parameters"), ()),
    "profile": Operation(
        "profile",
        Phrase("a page on one thing, on two or on several: lists with their counts"),
        (
            Option("name", Phrase("a thing, by any of its names"), needed=True, repeatable=True, example="BSI"),
            Option("panel", Phrase("only this list"), repeatable=True),
            Option("all", Phrase("all rows of each list"), "flag"),
            *DAY,
        ),
        rows=False,
    ),
    "find": Operation(
        "find",
        Phrase("things by any of their names, best first"),
        (
            Option("text", Phrase("a name, or a part of one"), needed=True, example="石墨烯"),
            Option("kind", Phrase("only things of this class")),
            Option("limit", Phrase("at most so many"), "integer"),
        ),
    ),
    "why": Operation(
        "why",
        Phrase("every record that links two actors"),
        (*PAIR, Option("proof", Phrase("prove each link"), "flag"), AT_LEVEL, BILATERAL, *DAY),
    ),
    "path": Operation(
        "path",
        Phrase("the shortest chains of cooperation between two actors"),
        (
            *(PAIR[0], Option("b", PAIR[1].about, needed=True, example="UNIDO")),
            Option("limit", Phrase("at most so many chains"), "integer", most=1000),
            Option("kind", Phrase("only links of this kind")),
            *(BILATERAL, *DAY),
        ),
    ),
    "sources": Operation(
        "sources",
        Phrase("the source documents, or every statement about a thing with its place"),
        (Option("name", Phrase("a thing, by any of its names")),),
    ),
}


def of_question(asked: Question) -> Operation:
    """Return the operation of a canned question."""
    own = [_of_parameter(parameter, asked) for parameter in asked.parameters]
    if asked.actors and not any(option.name == LEVEL for option in own):
        own.append(AT_LEVEL)
    names = {option.name for option in own}
    return Operation("ask", asked.title["en"], [*own, *(o for o in (*DAY, WHY) if o.name not in names)])


def _of_parameter(parameter: Parameter, asked: Question) -> Option:
    kind = (
        "flag" if parameter.datatype.endswith("boolean") else "date" if parameter.datatype.endswith("date") else "text"
    )
    about = Both(parameter.about)
    return Option(parameter.name, about, kind, asked.example.get(parameter.name), not parameter.optional)


async def operation(request: Request) -> Response:
    """Answer a request to an operation."""
    serving: Serving = request.app.state.serving
    meant = OPERATIONS[request.url.path.rpartition("/")[2]]
    return await serving.respond(request, meant.deed, _arguments(meant, given(request, meant.takes)), form="json")


async def ask(request: Request) -> Response:
    """Answer a request to a question."""
    serving: Serving = request.app.state.serving
    name = request.path_params["name"]
    meant = Operation("ask", "", (*DAY, WHY)) if is_words(name) else of_question(question(name))
    found = given(request, meant.takes)
    own = {option.name for option in meant.options} - {option.name for option in (*DAY, WHY)}
    parameters, rest = apart(found, () if is_words(name) else {*own, LEVEL})
    told = {n: ("true" if v else "false") if isinstance(v, bool) else v for n, v in parameters.items()}
    arguments = _arguments(meant, rest) | {"name": name, "parameters": told}
    return await serving.respond(request, "ask", arguments, form="json")


def _arguments(meant: Operation, found: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of a deed."""
    own = {option.name for option in meant.options}
    rows, rest = apart(found, (option.name for option in ROWS if option.name not in own))
    arguments = {KEYWORDS.get(name, name.replace("-", "_")): value for name, value in rest.items()}
    if meant.deed == "profile":
        return {"names": arguments.pop("name"), "panels": (), "whole": False} | arguments
    return arguments | ({"rows": rows} if meant.rows else {})


@cache
def _openapi() -> bytes:
    from stdgraph.services.ask import questions

    told = document(OPERATIONS, {one.name: (one, of_question(one)) for one in questions()})
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


async def openapi(request: Request) -> Response:
    """Answer a request for the description of the API."""
    return Response(_openapi(), 200, {"Cache-Control": "no-cache"}, "application/json")


ROUTES = (
    Route("/api", openapi),
    Route("/api/openapi.json", openapi),
    Route("/api/ask/{name:path}", ask),
    *(Route(f"/api/{name}", operation) for name in OPERATIONS),
)
