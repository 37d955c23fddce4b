"""The Reconciliation Service API 0.2 (W3C community group): what OpenRefine asks to match names with the things of the graph."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from stdgraph import __version__
from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase, translated
from stdgraph.model.vocabulary import BASE, STDG
from stdgraph.server.described import base_of
from stdgraph.server.matching import USUAL
from stdgraph.server.options import Option, given
from stdgraph.server.serving import Serving
from stdgraph.server.sparql import fields_of

BATCH, IDS, LONGEST = 100, 1_000, 1_000
"""Queries of a batch, ids of an extension, and characters of a name, at most."""
TYPES = {
    "Actor": Phrase("actor"),
    "Country": Phrase("country"),
    "Committee": Phrase("committee"),
    "Agreement": Phrase("agreement"),
    "Event": Phrase("event"),
    "Standard": Phrase("standard"),
    "Person": Phrase("person"),
}
"""Classes that are offered where no other is known."""
NAME = Phrase("stdgraph: actors, agreements, events and documents of standardization")
FRAMES = "default-src 'none'; frame-ancestors 'self' http://127.0.0.1:* http://localhost:*"
"""A preview is shown within the pages of a tool on the reader's machine, or of the origins that were named."""
STRICT = ("any", "should", "all")
LIMIT = Option("limit", Phrase("at most so many"), "integer")
PREFIX = (Option("prefix", Phrase("what was typed"), needed=True), Option("cursor", Phrase("from which on"), "integer"))


def manifest(base: str, lang: str) -> dict[str, Any]:
    """Return what the service can do."""
    home = f"{base}/reconcile"
    suggested = {
        what: {
            "service_url": home,
            "service_path": f"/suggest/{what}",
            **({"flyout_service_url": home, "flyout_service_path": "/flyout?id=${id}"} if what == "entity" else {}),
        }
        for what in ("entity", "property", "type")
    }
    return {
        "versions": ["0.2"],
        "name": translated(NAME, lang),
        "identifierSpace": BASE,
        "schemaSpace": STDG,
        "serviceVersion": __version__,
        "defaultTypes": [{"id": name, "name": translated(label, lang)} for name, label in TYPES.items()],
        "view": {"url": f"{base}/id/{{{{id}}}}"},
        "preview": {"url": f"{home}/preview?id={{{{id}}}}", "width": 400, "height": 200},
        "suggest": suggested,
        "extend": {
            "propose_properties": {"service_url": home, "service_path": "/extend/propose"},
            "property_settings": [
                {
                    "name": "limit",
                    "label": translated(Phrase("Limit"), lang),
                    "type": "number",
                    "default": 0,
                    "help_text": translated(Phrase("At most so many values of a thing; 0: all"), lang),
                }
            ],
        },
    }


async def service(request: Request) -> Response:
    """Answer a request to `/reconcile`: a batch of queries, an extension, or nothing but what the service is."""
    serving: Serving = request.app.state.serving
    fields = dict(await fields_of(request, serving))
    if "queries" in fields:
        return await serving.respond(request, "reconcile", {"queries": _queries(fields["queries"])})
    if "extend" in fields:
        return await serving.respond(request, "extend", _extension(fields["extend"]))
    lang = serving.lang(request)
    return JSONResponse(manifest(base_of(request), lang), headers={"Content-Language": lang, "Vary": "Accept-Language"})


async def suggest(request: Request) -> Response:
    """Answer a request for things, classes or properties that begin with a text."""
    serving: Serving = request.app.state.serving
    found = given(request, (*PREFIX, Option("type", Phrase("only things of this class"))))
    found["kind"] = found.pop("type", "")
    return await serving.respond(request, "suggest", found | {"what": request.url.path.rpartition("/")[2]})


async def propose(request: Request) -> Response:
    """Answer a request for the properties of a class."""
    serving: Serving = request.app.state.serving
    found = given(request, (Option("type", Phrase("the class")), LIMIT))
    return await serving.respond(request, "propose", {"kind": found.get("type", ""), "limit": found.get("limit", 0)})


async def preview(request: Request) -> Response:
    """Answer a request for a small page on a thing."""
    serving: Serving = request.app.state.serving
    found = given(request, (Option("id", Phrase("the id of a thing"), needed=True),))
    brief = request.url.path.endswith("flyout")
    got = await serving.respond(request, "preview", {"name": found["id"], "brief": brief})
    got.headers["Content-Security-Policy"] = " ".join([FRAMES, *serving.settings.origins])
    return got


def _queries(text: str) -> dict[str, Any]:
    """Return a batch whose form is right; raises ParameterError."""
    batch = _object(text, "queries")
    if len(batch) > BATCH:
        raise _wrong(Phrase("more than {number} in a batch", number=BATCH))
    for name, query in batch.items():
        if fault := _fault(query):
            raise _wrong(Phrase("{name}: {detail}", name=name, detail=fault))
    return batch


def _fault(query: Any) -> Phrase | None:
    """Return what is wrong with a query, None if nothing is."""
    if not isinstance(query, dict):
        return Phrase("is no object")
    types, pairs = query.get("type", []), query.get("properties", [])
    if not _is_pairs(pairs):
        return Phrase("properties are a list of objects with pid and v")
    if not isinstance(query.get("query", ""), str) or len(query.get("query", "")) > LONGEST:
        return Phrase("query is a text of at most {number} characters", number=LONGEST)
    if "query" not in query and not pairs:
        return Phrase("there is neither query nor properties")
    if not isinstance(types, str) and not _is_texts(types):
        return Phrase("type is an id, or a list of ids")
    if query.get("type_strict", "any") not in STRICT:
        return Phrase("type_strict is one of {values}", values=", ".join(STRICT))
    limit = query.get("limit", USUAL)
    return None if isinstance(limit, int | float) and 0 <= limit < LONGEST * LONGEST else Phrase("limit is a number")


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_pairs(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, dict) and isinstance(one.get("pid"), str) and _is_value(one.get("v")) for one in value
    )


def _is_value(value: Any) -> bool:
    if isinstance(value, list):
        return all(not isinstance(one, list) and _is_value(one) for one in value)
    if isinstance(value, dict):
        return isinstance(value.get("id"), str)
    return isinstance(value, str | int | float | bool)


def _extension(text: str) -> dict[str, Any]:
    """Return the ids and properties of an extension; raises ParameterError."""
    found = _object(text, "extend")
    ids, properties = found.get("ids"), found.get("properties")
    if not isinstance(ids, list) or not _is_texts(ids) or len(ids) > IDS:
        raise _wrong(Phrase("ids are a list of at most {number} texts", number=IDS), "extend")
    if not isinstance(properties, list) or not all(
        isinstance(p, dict) and isinstance(p.get("id"), str) for p in properties
    ):
        raise _wrong(Phrase("properties are a list of objects with id"), "extend")
    return {"ids": ids, "properties": [{"id": p["id"], "settings": _settings(p)} for p in properties[:BATCH]]}


def _settings(wanted: Mapping[str, Any]) -> dict[str, str]:
    given = wanted.get("settings")
    return {"limit": str(given["limit"])} if isinstance(given, dict) and "limit" in given else {}


def _object(text: str, name: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise _wrong(Phrase("is no JSON"), name) from None
    if not isinstance(found, dict):
        raise _wrong(Phrase("is no object"), name)
    return found


def _wrong(detail: Phrase, name: str = "queries") -> ParameterError:
    return ParameterError(parameter=name, detail=detail)


ROUTES = (
    Route("/reconcile", service, methods=["GET", "POST"]),
    Route("/reconcile/", service, methods=["GET", "POST"]),
    *(Route(f"/reconcile/suggest/{what}", suggest) for what in ("entity", "property", "type")),
    Route("/reconcile/extend/propose", propose),
    Route("/reconcile/preview", preview),
    Route("/reconcile/flyout", preview),
)
