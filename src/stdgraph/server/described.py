"""What the server is, as linked data: its SPARQL service, its data (VoID, DCAT), its questions as queries to run (SHACL)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from stdgraph.locale import Phrase
from stdgraph.server.deeds import TRIPLES
from stdgraph.server.faults import RequestError
from stdgraph.server.negotiation import chosen
from stdgraph.server.serving import Serving


def base_of(request: Request) -> str:
    """Return the address of the server as the client has it, without a slash at its end."""
    return f"{request.url.scheme}://{request.headers.get('host', '')}"


async def described(request: Request, what: str, media: str = "") -> Response:
    """Return a description in the form that suits the client."""
    media = media or chosen(request.headers.get("accept"), [*TRIPLES])
    if not media:
        raise RequestError(406, Phrase("Accept names no form in which there is this answer"))
    serving: Serving = request.app.state.serving
    arguments = {"what": what, "base": base_of(request), "media": media}
    return await serving.respond(request, "described", arguments, form=media)


async def void(request: Request) -> Response:
    """Answer a request for what the data are."""
    return await described(request, "void")


async def questions(request: Request) -> Response:
    """Answer a request for the canned questions as queries."""
    return await described(request, "questions")
