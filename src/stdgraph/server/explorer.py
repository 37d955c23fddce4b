"""The files of the explorer, and of nothing else."""

from __future__ import annotations

import hashlib
import mimetypes

from starlette.requests import Request
from starlette.responses import Response

from stdgraph.locale import Phrase, translated
from stdgraph.server.faults import RequestError
from stdgraph.server.serving import Serving, is_known

INDEX = "index.html"
TYPES = {".js": "text/javascript", ".wasm": "application/wasm", ".gz": "application/gzip", ".css": "text/css"}
FRAMED = {"Content-Security-Policy": "frame-ancestors 'none'"}
"""The page brings its own policy; where it may be shown only the server can tell."""
ABSENT = Phrase("The explorer is not built here; /sparql, /api and /reconcile answer.")
SOON = Phrase("The explorer is being made; come back in a minute.")


async def explorer(request: Request) -> Response:
    """Answer a request for a file of the explorer."""
    serving: Serving = request.app.state.serving
    name = request.path_params.get("path") or INDEX
    data = serving.files.get(name) or serving.files.get(f"{name.rstrip('/')}/{INDEX}")
    if data is None:
        return _absent(serving, name, serving.lang(request))
    etag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    headers = {**FRAMED, "ETag": etag, "Cache-Control": "no-cache"}
    if is_known(request, etag):
        return Response(status_code=304, headers=headers)
    suffix = f".{name.rpartition('.')[2]}"
    media = TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "text/html"
    return Response(data, 200, headers, media)


def _absent(serving: Serving, name: str, lang: str) -> Response:
    if name != INDEX:
        raise RequestError(404, Phrase("there is no {path} here", path="/" + name))
    is_coming = serving.why_no_files is None and not serving.files and serving.settings.explorer
    told = translated(SOON if is_coming else ABSENT, lang)
    return Response(f"{told}\n", 503 if is_coming else 404, {"Retry-After": "30"} if is_coming else {}, "text/plain")
