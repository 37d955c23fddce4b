"""The explorer's files, from a folder, and one line where there are none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import stdgraph
from asking import Client
from stdgraph.server.limits import Settings


def test_a_folder_of_the_explorer_is_served(serve: Any, tiny: stdgraph.Graph, tmp_path: Path) -> None:
    for name, text in {
        "index.html": "<p>page",
        "app.js": "1",
        "en/index.html": "<p>en",
        "data/app.json.gz": "x",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path.parent / "secret").write_text("secret")
    client: Client = serve(tiny, Settings(site=str(tmp_path), explorer=False))
    pages = {"/": "text/html", "/app.js": "text/javascript", "/en/": "text/html", "/en/index.html": "text/html"}
    for path, media in pages.items():
        got = client.get(path)
        assert (got.status, got.media) == (200, media)
        assert client.get(path, If_None_Match=got.headers["etag"]).status == 304
        assert got.headers["content-security-policy"] == "frame-ancestors 'none'"
    assert client.get("/data/app.json.gz").media == "application/gzip"
    for path in ("/../secret", "/%2e%2e/secret", "/app.css", "//secret", "/etc/passwd"):
        assert client.call("GET", path).status == 404


def test_without_an_explorer_there_is_one_clear_line(client: Client) -> None:
    got = client.get("/", Accept_Language="zh")
    assert (got.status, got.media, got.text.count("\n")) == (404, "text/plain", 1)
    assert "/sparql" in got.text
