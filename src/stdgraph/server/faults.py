"""What goes wrong with a request: the one table from error to status (RFC 9110), and its answer (RFC 9457)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from stdgraph import errors
from stdgraph.errors import StdgraphError
from stdgraph.locale import Phrase, marked, translated

PROBLEM = "application/problem+json"


class RequestError(StdgraphError):
    """A request that is none we answer: `status` tells why, `headers` go with the answer."""

    def __init__(self, status: int, detail: str, **headers: str) -> None:
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        super().__init__(detail=detail)


class BusyError(StdgraphError):
    """Too many requests wait already."""

    template = marked("The server has too much to do. Ask again in a few seconds.")


class BudgetError(StdgraphError):
    """A client has used up what it may ask for in a minute."""

    template = marked("Your queries took all the time that one client has. Ask again in {seconds} s.")


class FaultError(Exception):
    """A fault of the program, whose words are for the log only."""


STATUS: Mapping[type[Exception], int] = {
    errors.QueryRefusedError: 403,
    errors.UnknownNameError: 404,
    errors.UnknownQuestionError: 404,
    errors.UnfitWordsError: 404,
    errors.AmbiguousNameError: 409,
    errors.FileError: 500,
    errors.OutputError: 500,
    errors.HomeError: 500,
    errors.InputError: 400,
    errors.TimeLimitError: 504,
    errors.MemoryLimitError: 507,
    BudgetError: 429,
    BusyError: 503,
    errors.EngineError: 500,
    Exception: 500,
}
"""The first class that fits decides; of what is the server's own fault the client is told nothing more."""
TITLES = {
    400: marked("The request is wrong"),
    403: marked("Refused"),
    404: marked("Not found"),
    405: marked("No such method here"),
    406: marked("No form of the answer suits you"),
    408: marked("The request came too slowly"),
    409: marked("Several things bear this name"),
    413: marked("The request is too long"),
    415: marked("This kind of content is not read here"),
    421: marked("This server does not go by that name"),
    429: marked("Too many requests"),
    500: marked("The server failed"),
    503: marked("The server is busy"),
    504: marked("The query took too long"),
    507: marked("The query took too much memory"),
}
OPTION = re.compile(r"(?<![\w-])--([a-z]+)")
QUIET = Phrase("The fault is in the server's log.")


def status_of(error: Exception) -> int:
    """Return the status that tells of an error."""
    if isinstance(error, RequestError):
        return error.status
    return next(status for kind, status in STATUS.items() if isinstance(error, kind))


def problem(error: Exception, lang: str = "en") -> Response:
    """Return the answer that tells of an error, without a word on what is inside the server."""
    status = status_of(error)
    own = isinstance(error, StdgraphError) and (status != 500 or _is_a_crash(error))
    detail = OPTION.sub(r"\1", error.message(lang)) if own else translated(QUIET, lang)  # type: ignore[attr-defined]  # ours
    kind = type(error).__name__.removesuffix("Error") if own else "Fault"
    told: dict[str, Any] = {
        "type": f"urn:stdgraph:error:{kind}",
        "title": translated(Phrase(TITLES[status]), lang),
        "status": status,
        "detail": detail,
    }
    if isinstance(error, errors.AmbiguousNameError):
        told["candidates"] = [line.strip() for line in str(error.values["lines"]).splitlines()]
    if isinstance(error, errors.QuerySyntaxError):
        told |= {"line": error.values["line"], "column": error.values["column"]}
        told["message"] = translated(error.values["detail"], lang)
    body = json.dumps(told, ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n"
    headers = {"Content-Language": lang, "Cache-Control": "no-store"}
    if isinstance(error, RequestError):
        headers |= error.headers
    if isinstance(error, BudgetError):
        headers["Retry-After"] = str(error.values["seconds"])
    if isinstance(error, BusyError):
        headers["Retry-After"] = "5"
    return Response(body, status, headers, PROBLEM)


def _is_a_crash(error: StdgraphError) -> bool:
    """Tell whether it is the words of ours on a query that crashed the engine, or whose answer is too long."""
    detail = error.values.get("detail")
    return type(error) is errors.EngineError and isinstance(detail, Phrase) and not detail.values.keys() & {"detail"}
