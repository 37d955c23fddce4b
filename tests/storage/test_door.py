"""Who we are to an engine, how we wait for it, and what is unpacked."""

from __future__ import annotations

import gzip
import http.server
import threading
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from stdgraph.errors import EndpointError, ParameterError
from stdgraph.storage import endpoint
from stdgraph.storage.endpoint import Endpoint
from stdgraph.storage.engine import Engine

TRUE = b'{"head":{},"boolean":true}'
JSON = {"Content-Type": "application/sparql-results+json"}
Answer = tuple[int, bytes, dict[str, str]]


class Server(http.server.ThreadingHTTPServer):
    """Gives its answers one after the other, the last one again and again, and keeps the headers of what it was asked."""

    answers: list[Answer]
    asked: list[Any]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/query"


class Handler(http.server.BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append(self.headers)
        answers = self.server.answers
        status, body, headers = answers.pop(0) if len(answers) > 1 else answers[0]
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_PUT = do_GET = do_POST  # noqa: N815 (as http.server calls them)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.delenv("STDGRAPH_ENDPOINT_USER", raising=False)
    held = Server(("127.0.0.1", 0), Handler)
    held.answers, held.asked = [(200, TRUE, JSON)], []
    threading.Thread(target=held.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield held
    held.shutdown()
    held.server_close()


def basic(headers: Any) -> str:
    return b64decode(headers["Authorization"].removeprefix("Basic ")).decode()


def test_it_is_told_who_asks_and_may_pack(server: Server) -> None:
    server.answers = [(200, gzip.compress(TRUE), {**JSON, "Content-Encoding": "gzip"})]
    assert Endpoint(server.url).query("ASK {}")
    assert server.asked[0]["User-Agent"].startswith("stdgraph/")
    assert server.asked[0]["Accept-Encoding"] == "gzip"
    assert "Authorization" not in server.asked[0]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (gzip.compress(TRUE)[:-9], "too early"),
        (b"no gzip", "incorrect header"),
        (gzip.compress(b" " * 9999), "more than"),
    ],
    ids=["a part", "something else", "a bomb"],
)
def test_what_is_packed_badly_is_told(server: Server, monkeypatch: pytest.MonkeyPatch, body: bytes, says: str) -> None:
    monkeypatch.setattr(endpoint, "MAX_ANSWER", 5000)
    server.answers = [(200, body, {**JSON, "Content-Encoding": "gzip"})]
    with pytest.raises(EndpointError, match=says):
        Endpoint(server.url).query("ASK {}")


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("after", ["0", "", formatdate(usegmt=True)], ids=["seconds", "nothing", "a date"])
def test_a_busy_engine_is_asked_again(server: Server, status: int, after: str) -> None:
    busy = (status, b"", {"Retry-After": after} if after else {})
    server.answers = [busy, busy, (200, TRUE, JSON)]
    assert Endpoint(server.url).query("ASK {}")
    assert len(server.asked) == 3


def test_one_that_stays_busy_is_told_in_time(server: Server) -> None:
    server.answers = [(503, b"", {"Retry-After": "3600"})]
    begun = time.monotonic()
    with pytest.raises(EndpointError, match="503"):
        Endpoint(server.url).query("ASK {}")
    assert len(server.asked) == 1
    assert time.monotonic() - begun < 30
    server.answers = [(429, b"", {"Retry-After": "0"})]
    with pytest.raises(EndpointError, match="429"):
        Endpoint(server.url).query("ASK {}")
    assert len(server.asked) == 5


def test_where_name_and_password_come_from(server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kept = tmp_path / "netrc"
    kept.write_text("machine 127.0.0.1 login of-netrc password a\ndefault login nobody password b\n")
    kept.chmod(0o600)
    monkeypatch.setenv("NETRC", str(kept))
    monkeypatch.setenv("HOME", str(tmp_path))
    kept.rename(tmp_path / ".netrc")
    Endpoint(server.url).query("ASK {}")
    Endpoint(server.url, credentials=("of-settings", "c")).query("ASK {}")
    monkeypatch.setenv("STDGRAPH_ENDPOINT_USER", "of-environment")
    monkeypatch.setenv("STDGRAPH_ENDPOINT_PASSWORD", "d:é")
    Endpoint(server.url, credentials=("of-settings", "c")).query("ASK {}")
    assert [basic(headers) for headers in server.asked] == ["of-netrc:a", "of-settings:c", "of-environment:d:é"]


def test_the_settings_file_names_endpoints(server: Server, run: Callable[..., Result], tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'[endpoints.institute]\nurl = "{server.url}"\nuser = "reader"\npassword = "s3cret"\n', "utf-8")
    result = run("--config", str(config), "--endpoint", "institute", "query", "ASK {}")
    assert result.exit_code == 0, result.stderr
    assert basic(server.asked[0]) == "reader:s3cret"
    server.answers = [(403, b"", {})]
    result = run("--config", str(config), "--endpoint", "institute", "-v", "query", "ASK {}")
    assert result.exit_code == 3
    assert "s3cret" not in result.stderr + result.stdout


@pytest.mark.parametrize(
    "text", ["endpoints = 1", "[endpoints.x]\nuser = 'a'", "[endpoints.x]\nurl = 'http://a'\nkey = 'b'"]
)
def test_a_name_without_address_is_told(run: Callable[..., Result], tmp_path: Path, text: str) -> None:
    config = tmp_path / "config.toml"
    config.write_text(text, "utf-8")
    result = run("--config", str(config), "find", "BSI")
    assert result.exit_code == 2
    assert "[endpoints.NAME]" in result.stderr


def test_a_password_is_not_typed(run: Callable[..., Result]) -> None:
    result = run("push", "http://ann:s3cret@127.0.0.1:9/query")
    assert result.exit_code == 2
    assert "s3cret" not in result.stderr


def test_graphs_are_sent_to_the_host_that_is_asked() -> None:
    with pytest.raises(EndpointError, match="another host"):
        Engine("http://127.0.0.1:9/query", store="http://example.org/store")
    with pytest.raises(ParameterError, match="store or update"):
        Engine("http://127.0.0.1:9/sparql/institute").update("CLEAR ALL")


@pytest.mark.parametrize("status", [401, 403, 409, 500, 507, 301])
def test_a_graph_that_is_not_taken_is_told(server: Server, status: int) -> None:
    server.answers = [(status, b"<b>full</b>", {})]
    with pytest.raises(EndpointError, match=f"did not take the graph .{status}"):
        Engine(server.url).replace("http://g", ["<x:a> <x:b> <x:c> .\n"])
