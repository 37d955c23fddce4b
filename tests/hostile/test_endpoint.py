"""Whatever an endpoint answers, a command ends in one clear line, in bounded time and memory, and tells no password."""

from __future__ import annotations

import contextlib
import http.server
import json
import threading
import time
import tomllib
import urllib.parse
from collections.abc import Callable, Iterator
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import Result

from conftest import ROOT
from stdgraph.storage import endpoint

CASES = tomllib.loads((ROOT / "tests/cases/hostile/endpoint.toml").read_text("utf-8"))
RESULTS = "application/sparql-results+json"


class Mirror(http.server.BaseHTTPRequestHandler):
    """Answers each query with two rows that have its columns, and in each cell `cell`."""

    cell = "{}"

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        query = urllib.parse.parse_qs(sent)["query"][0]
        try:
            columns = [v.value for v in ox.Store().query(query).variables]
        except SyntaxError:
            self.send_error(400)
            return
        row = {} if self.cell == "{}" else {name: json.loads(self.cell) for name in columns}
        told = {"head": {"vars": columns}, "results": {"bindings": [row, row]}}
        self.send_response(200)
        self.send_header("Content-Type", RESULTS)
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, *_: object) -> None:
        pass


def answers(case: dict[str, Any], asked: list[str]) -> type[http.server.BaseHTTPRequestHandler]:
    """Return a handler that answers each request as the case says, and keeps what was asked."""
    body = (case.get("body", "") + case.get("then", "") * case.get("times", 0)).encode()
    body += case.get("closed", "").encode() * case.get("times", 0)
    if "then" not in case:
        body *= case.get("times", 1)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)
            self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(case.get("wait", 0))
            with contextlib.suppress(OSError):  # nobody reads so much
                self.send()

        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(418)

        def send(self) -> None:
            self.send_response(case.get("status", 200))
            self.send_header("Content-Type", case.get("type", RESULTS))
            if "location" in case:
                self.send_header("Location", case["location"].format(home="/", number=len(asked)))
            self.end_headers()
            part = body if case.get("drip") or not case.get("endless") else body * 10_000
            self.wfile.write(part)
            while case.get("endless"):
                time.sleep(case.get("drip", 0))
                self.wfile.write(part)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@contextlib.contextmanager
def serving(handler: type[http.server.BaseHTTPRequestHandler]) -> Iterator[int]:
    """Serve on loopback; give the port."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def served(case: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """The address of a server that answers as the case says, and what it was asked."""
    asked: list[str] = []
    with serving(answers(case, asked)) as port:
        yield f"http://{case.get('userinfo', '')}127.0.0.1:{port}/", asked


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["name"].replace(" ", "-"))
def test_an_answer_ends_in_one_clear_line(
    case: dict[str, Any],
    served: tuple[str, list[str]],
    run: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(endpoint, "MAX_ANSWER", 8 << 20)
    monkeypatch.setattr(endpoint, "TIMEOUT", 1)
    url, asked = served
    call = case.get("call") or ["query", case.get("ask", CASES["ask"])]
    result = run("--endpoint", url, "-v", *call)
    told = result.stderr
    assert case["says"] in told
    assert result.exit_code == case.get("exit", 3)
    assert told.count("\n") == 1
    assert len(told) < 1000
    assert result.stdout == ""
    assert "internal fault" not in told
    assert case.get("secret", "\0") not in told
    assert len(asked) <= case.get("asked", 9)


@pytest.mark.parametrize("cell", CASES["cells"])
def test_rows_of_another_kind_are_no_fault_of_ours(cell: str, run: Callable[..., Result]) -> None:
    with serving(type("Cell", (Mirror,), {"cell": cell})) as port:
        for call in CASES["calls"]:
            result = run("--endpoint", f"http://127.0.0.1:{port}/", *call)
            assert result.exit_code in (0, 2, 3), call
            assert "internal fault" not in result.stderr, call
            assert "Error: " not in result.stderr, call
