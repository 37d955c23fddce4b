"""Things under the paths of their IRIs: a 303 to what there is on them, as linked data asks (Cool URIs, 4.2)."""

from __future__ import annotations

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from stdgraph.locale import Phrase
from stdgraph.model.vocabulary import SRC, short
from stdgraph.server.deeds import TRIPLES
from stdgraph.server.faults import RequestError
from stdgraph.server.negotiation import chosen
from stdgraph.server.serving import Serving

ROOT = "https://w3id.org/stdgraph/"
SPACES = ("id", "source", "concept", "rule", "graph", "shape")
"""Paths below the root of our IRIs that the server answers for; the ontology's terms have one document."""
SUFFIXES = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
SOURCE = "id/src:"
"""How the reconciliation service names a document, whose IRI is not below that of other things."""
WRONG = re.compile(r"[\x00-\x20<>\"{}|^`\\]")


async def thing(request: Request) -> Response:
    """Lead to the document on a thing: a page for people, triples for programs."""
    path = request.url.path.lstrip("/")
    media = chosen(request.headers.get("accept"), ["text/html", *TRIPLES])
    headers = {"Vary": "Accept, Accept-Language", "Cache-Control": "no-cache"}
    if not media:
        raise RequestError(406, Phrase("Accept names no form in which there is this answer"))
    iri = _iri(path)
    if media == "text/html":
        serving: Serving = request.app.state.serving
        parts = "/".join(quote(part, safe="") for part in short(iri).split("/"))
        return RedirectResponse(f"/#/{serving.lang(request)}/of/{parts}", 303, headers)
    suffix = next(name for name, one in SUFFIXES.items() if one == media)
    return RedirectResponse(f"/about/{quote(path)}.{suffix}", 303, headers)


async def data(request: Request) -> Response:
    """Return the document on a thing."""
    path, _, suffix = request.path_params["path"].rpartition(".")
    media = SUFFIXES.get(suffix, "")
    serving: Serving = request.app.state.serving
    if not media or path.partition("/")[0] not in (*SPACES, "ontology"):
        raise _unknown(request)
    iri = _iri(path)
    done = await serving.respond(request, "linked", {"iri": iri, "media": media}, form=media)
    done.headers["Link"] = f'</{quote(path)}>; rel="describes"'
    return done


def _iri(path: str) -> str:
    """Return the IRI of a path; raises RequestError."""
    if WRONG.search(path):
        raise RequestError(404, Phrase("there is no {path} here", path="/" + path))
    return SRC + path.removeprefix(SOURCE) if path.startswith(SOURCE) else ROOT + path


def _unknown(request: Request) -> RequestError:
    return RequestError(404, Phrase("there is no {path} here", path=request.url.path))


ROUTES = (
    *(Route(f"/{space}/{{path:path}}", thing) for space in SPACES),
    Route("/ontology", thing),
    Route("/about/{path:path}", data),
)
