"""The SPARQL 1.1 Protocol: queries by GET, as a form, and as they are; the service tells what it is where none is asked."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from stdgraph.errors import QueryRefusedError
from stdgraph.locale import Phrase
from stdgraph.server.deeds import RESULTS, TRIPLES
from stdgraph.server.described import base_of, described
from stdgraph.server.faults import RequestError
from stdgraph.server.kept import FICKLE
from stdgraph.server.negotiation import chosen
from stdgraph.server.serving import Serving, body_of
from stdgraph.storage.sparql import bare

FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
MOST_FIELDS = 200
FROM_FILE = re.compile(r"(?i)\bFROM\s+(?:NAMED\s+)?<\s*file:")
Pairs = list[tuple[str, str]]


async def endpoint(request: Request) -> Response:
    """Answer a request to `/sparql`."""
    serving: Serving = request.app.state.serving
    fields, text = await _asked(request, serving)
    updates = [value for name, value in fields if name == "update"]
    queries = [value for name, value in fields if name == "query"] + ([text] if text is not None else [])
    if updates:
        raise QueryRefusedError(detail=Phrase("it is an update"))
    if not queries and request.method in ("GET", "HEAD"):
        return await _service(request)
    if len(queries) != 1:
        raise RequestError(400, Phrase("give one query, not {number}", number=len(queries)))
    request.scope["query_text"] = queries[0]
    return await answer(request, serving, queries[0], _dataset(fields))


async def answer(request: Request, serving: Serving, text: str, dataset: Any) -> Response:
    """Return the answer to a query in the form that suits the client."""
    if FROM_FILE.search(text) or any(iri.lower().startswith("file:") for iris in dataset or () for iri in iris):
        raise QueryRefusedError(detail=Phrase("FROM would read a file"))
    accept = request.headers.get("accept")
    arguments = {
        "text": text,
        "dataset": dataset,
        "results": chosen(accept, [*RESULTS]),
        "triples": chosen(accept, [*TRIPLES]),
        "base": base_of(request),
    }
    if not arguments["results"] and not arguments["triples"]:
        raise RequestError(406, Phrase("Accept names no form in which there is this answer"))
    return await serving.respond(
        request, "sparql", arguments, keep=not (FICKLE.search(text) and FICKLE.search(bare(text)))
    )


async def _asked(request: Request, serving: Serving) -> tuple[Pairs, str | None]:
    """Return the fields of a request, and the query that is its body, if it is one."""
    fields = _pairs(request.scope["query_string"].decode("latin-1"))
    if request.method != "POST":
        return fields, None
    media, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    body = await body_of(request, serving.settings)
    if media.strip() not in (FORM, DIRECT, UPDATE):
        raise RequestError(415, Phrase("send a query as {direct}, or as {form}", direct=DIRECT, form=FORM))
    if "charset" in parameters and not re.search(r"charset\s*=\s*\"?utf-?8\b", parameters):
        raise RequestError(415, Phrase("a query is UTF-8"))
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise RequestError(400, Phrase("a query is UTF-8")) from None
    if media.strip() == FORM:
        return fields + _pairs(text), None
    return ([*fields, ("update", text)], None) if media.strip() == UPDATE else (fields, text)


async def fields_of(request: Request, serving: Serving) -> Pairs:
    """Return the fields of a request, of its URL and of the form that is its body; raises RequestError."""
    fields = _pairs(request.scope["query_string"].decode("latin-1"))
    if request.method != "POST":
        return fields
    if request.headers.get("content-type", "").lower().partition(";")[0].strip() != FORM:
        raise RequestError(415, Phrase("send it as {form}", form=FORM))
    try:
        return fields + _pairs((await body_of(request, serving.settings)).decode("utf-8"))
    except UnicodeDecodeError:
        raise RequestError(400, Phrase("the fields of the request cannot be read")) from None


def _pairs(text: str) -> Pairs:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise RequestError(400, Phrase("the fields of the request cannot be read")) from None


def _dataset(fields: Pairs) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return the graphs that the request names; they take the place of those that the query names."""
    default, named = (
        tuple(dict.fromkeys(value for name, value in fields if name == f"{kind}-graph-uri"))
        for kind in ("default", "named")
    )
    for iri in (*default, *named):
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]*", iri):
            raise RequestError(400, Phrase("a graph is named by an IRI, and '{text}' is none", text=iri))
    return (default, named) if default or named else None


async def _service(request: Request) -> Response:
    """Return what the service is; people are led to the page where queries are written."""
    media = chosen(request.headers.get("accept"), [*TRIPLES, "text/html"])
    if media == "text/html":
        return RedirectResponse("/#/en/query", 303)
    return await described(request, "service", media)
