"""The explorer as files: one page with a policy that lets it connect to nothing, and the data beside it or inside."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from stdgraph.services.site.bundle import LEVEL, Bundle
from stdgraph.services.site.front import Front
from stdgraph.services.site.signs import signs

ENGINE = "engine.wasm"
WORKERS = ("worker.js", "seeker.js")
"""Scripts of workers: the engine, and the search."""
PROGRAM = "app.js"
"""What `web/loader.js` runs; it reads base 64, all else is read by the program."""
INDEX = "index.html"
CLOSING = re.compile(r"<(?=/script|!--)", re.IGNORECASE)
COMMON = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "img-src": "data: blob:",
    "worker-src": "blob:",
}
"""What both forms have in common of their policy. A worker from a blob has the policy of its page; one from a file had none."""
PLAIN = '<p><a href="en/index.html">Pages without it</a> · <a href="zh/index.html">无需脚本的页面</a></p>'
LIST = "files.txt"
"""Names the files of a folder that are the explorer's, so that the next one takes away what it does not write."""
OWN = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*", re.ASCII)


def folder(bundle: Bundle, front: Front, finished: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """Return the files of the explorer by their paths, for any file server; `finished` are pages that need no script."""
    policy = COMMON | {
        "script-src": "'self' 'wasm-unsafe-eval'",
        "style-src": "'self'",
        "connect-src": "'self'",
        "img-src": "'self' data: blob:",
    }
    page = _page(
        front,
        policy,
        style='<link rel="stylesheet" href="style.css">',
        script='<script type="module" src="app.js"></script>',
        plain=PLAIN if finished else "",
    )
    data = {f"data/{name}.gz": part for name, part in bundle.packed().items()}
    engine = {f"data/{ENGINE}.gz": front.read(f"{ENGINE}.gz")} | {name: front.read(name) for name in WORKERS}
    files = {**front.modules, **engine, **data, **(finished or {})}
    names = "".join(f"{name}\n" for name in sorted([*files, LIST, INDEX]))
    return {**files, LIST: names.encode(), INDEX: page}  # the page that names the others comes last


def left_over(place: Path, files: Iterable[str]) -> list[Path]:
    """Return what an older explorer wrote into a folder, and a new one of some files does not."""
    try:
        known = (place / LIST).read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    return [place / name for name in sorted(set(known) - set(files)) if OWN.fullmatch(name)]


def one_file(bundle: Bundle, front: Front) -> bytes:
    """Return the explorer as one page that opens from disk."""
    script, style = front.text("one", "app.js"), front.text("one", "style.css")
    loader = _inert(front.text("one", "loader.js"))
    policy = COMMON | {
        "script-src": f"{' '.join(map(_hash, [loader, script, *front.parts.values()]))} 'wasm-unsafe-eval'",
        "style-src": _hash(style),
    }
    later = {PROGRAM: script} | front.parts | {name: front.text(name) for name in WORKERS}
    packed = {name: gzip.compress(text.encode(), LEVEL, mtime=0) for name, text in later.items()}
    parts = {**bundle.packed(), **packed, ENGINE: front.read(f"{ENGINE}.gz")}
    data = [_data(name, _base64(part) if name == PROGRAM else signs(part)) for name, part in parts.items()]
    return _page(
        front, policy, style=f"<style>{style}</style>", data="\n".join(data), script=f"<script>{loader}</script>"
    )


def _page(front: Front, policy: dict[str, str], *, style: str, script: str, data: str = "", plain: str = "") -> bytes:
    told = "; ".join(f"{name} {value}" for name, value in sorted(policy.items()))
    parts = {
        "policy": f'<meta http-equiv="Content-Security-Policy" content="{html.escape(told)}">',
        "style": style,
        "data": data,
        "script": script,
        "plain": plain,
    }
    text = front.text(INDEX)
    return re.sub(r"<!--(\w+)-->", lambda found: parts[found[1]], text).encode()


def _data(name: str, text: str) -> str:
    """Return data that stands in a page; nothing runs it."""
    return f'<script type="text/plain" id="{name}">{text}</script>'


def _inert(script: str) -> str:
    """Return a script without what would end it, or begin a comment, where it stands in a page: that stands in texts only."""
    return CLOSING.sub(lambda _: r"\x3C", script)


def _hash(text: str) -> str:
    return f"'sha256-{_base64(hashlib.sha256(text.encode()).digest())}'"


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
