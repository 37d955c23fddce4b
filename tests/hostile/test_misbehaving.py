"""A SPARQL server that misbehaves, from the first request on or in the midst of a command's work: each command that asks one ends
in one clear line with exit code 3, having read no more than it may, and printed nothing by halves."""

from __future__ import annotations

import http.server
import json
import socket
import time
import tomllib
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import Result

import stdgraph
from conftest import ROOT, TINY
from hostile.test_endpoint import RESULTS, serving
from stdgraph.mcp import resources
from stdgraph.mcp.desk import Desk
from stdgraph.storage import endpoint
from stdgraph.storage.limited import Running
from stdgraph.storage.worker import Limits

Run = Callable[..., Result]
BEHAVIOURS = tomllib.loads((ROOT / "tests/cases/hostile/misbehaving.toml").read_text("utf-8"))["behaviour"]
NAMED = {one["name"]: one for one in BEHAVIOURS}
CALLS = {
    "ask": ["ask", "who-cooperates-with", "--actor", "BeSI"],
    "ask in words": ["ask", "Who held which post in BeSI?"],
    "find": ["find", "BeSI"],
    "path": ["path", "BeSI", "WSO"],
    "query": ["query", "SELECT ?x WHERE { ?x a stdg:Agreement }"],
    "show": ["show", "BeSI"],
    "why": ["why", "BeSI", "org/aa-nsb"],
}
TOOLS = {
    "ask": {"question": "who-cooperates-with", "parameters": {"actor": "BeSI"}},
    "find": {"text": "BeSI"},
    "path": {"a": "BeSI", "b": "WSO"},
    "profile": {"names": ["BeSI"]},
    "query": {"sparql": "SELECT ?x WHERE { ?x a stdg:Agreement }"},
    "sources": {"name": "BeSI"},
    "why": {"a": "BeSI", "b": "org/aa-nsb"},
}
OWN = {"data", "notes", "nothing", "lacking"}
"""What a page tells of the files that were asked, and of packs that are not among them; an endpoint's are unknown."""
MOST = 8 << 20
"""Bytes that an answer may have here."""
BUFFERED = 16 << 20
"""Bytes that may be on their way beside them."""


class Server(http.server.BaseHTTPRequestHandler):
    """Answers so many requests well, from the tiny graph, and misbehaves from then on."""

    graph: Any
    behaviour: dict[str, Any]
    good = 0
    asked = 0
    sent = 0

    def do_POST(self) -> None:
        kind = type(self)
        kind.asked += 1
        said = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if kind.asked <= self.good:
            self.answer(urllib.parse.parse_qs(said)["query"][0])
        elif not self.behaviour.get("dropped"):
            time.sleep(self.behaviour.get("wait", 0))
            with suppress(OSError):  # nobody reads so much
                self.misbehave()

    def do_GET(self) -> None:
        type(self).asked += 1
        self.send_error(418)

    def answer(self, query: str) -> None:
        found = self.graph.query(query)
        if isinstance(found, ox.QueryTriples):
            form, body = "text/turtle", found.serialize(format=ox.RdfFormat.TURTLE)
        else:
            form, body = RESULTS, found.serialize(format=ox.QueryResultsFormat.JSON)
        self.send_response(200)
        self.send_header("Content-Type", form)
        self.end_headers()
        self.wfile.write(body)

    def misbehave(self) -> None:
        case = self.behaviour
        self.send_response(case.get("status", 200))
        told = {"Content-Type": case.get("type", RESULTS), "Content-Length": str(case.get("length", ""))}
        for name, value in (told | case.get("headers", {})).items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        part = case.get("body", "").encode() * (1 if case.get("drip") or not case.get("endless") else 1000)
        self.put(part)
        while case.get("endless"):
            time.sleep(case.get("drip", 0))
            self.put(part)

    def put(self, part: bytes) -> None:
        self.wfile.write(part)
        type(self).sent += len(part)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def misbehaving(graph: Any, behaviour: dict[str, Any], good: int = 0) -> Iterator[tuple[str, type[Server]]]:
    """Serve on loopback; give the address and what counts."""
    handler = type("Misbehaving", (Server,), {"graph": graph, "behaviour": behaviour, "good": good})
    with serving(handler) as port:
        yield f"http://127.0.0.1:{port}/", handler


@pytest.fixture(autouse=True)
def bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "MAX_ANSWER", MOST)
    monkeypatch.setattr(endpoint, "TIMEOUT", 1)


def assert_told(result: Result, says: str) -> None:
    told = result.stderr
    assert says in told
    assert result.exit_code == 3
    assert result.stdout == ""
    assert told.startswith("stdgraph: The endpoint http://127.0.0.1:")
    assert told.count("\n") == 1
    assert len(told) < 1000


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("name", NAMED)
def test_each_behaviour_ends_each_command_in_one_line(name: str, call: str, tiny: stdgraph.Graph, run: Run) -> None:
    with misbehaving(tiny.reads, NAMED[name]) as (url, server):
        assert_told(run("-q", "--endpoint", url, *CALLS[call]), NAMED[name]["says"])
        assert server.sent <= MOST + BUFFERED


def asked_for(call: list[str], graph: Any, run: Run) -> int:
    """Return how many requests a command makes of a server that behaves."""
    with misbehaving(graph, {}, good=1000) as (url, server):
        done = run("-q", "--endpoint", url, *call)
        assert (done.exit_code, done.stderr) == (0, "")
        return server.asked


@pytest.mark.parametrize("call", CALLS)
def test_a_server_that_breaks_down_in_the_midst_ends_a_command_too(call: str, tiny: stdgraph.Graph, run: Run) -> None:
    is_long = call == "ask in words"  # its index asks every question once, some of them for over a second
    number = 30 if is_long else asked_for(CALLS[call], tiny.reads, run)
    for good in range(1, number, 4 if is_long else 1):
        behaviour = BEHAVIOURS[(good * 5 + 1) % len(BEHAVIOURS)]
        with misbehaving(tiny.reads, behaviour, good) as (url, _):
            assert_told(run("-q", "--endpoint", url, *CALLS[call]), behaviour["says"])


@pytest.mark.parametrize("call", CALLS)
def test_a_server_that_refuses_is_told(call: str, run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert_told(run("--endpoint", f"http://127.0.0.1:{port}/", *CALLS[call]), "cannot be reached (")


@pytest.mark.parametrize("name", NAMED)
def test_an_assistant_is_told_of_it_too(name: str, tiny: stdgraph.Graph) -> None:
    with misbehaving(tiny.reads, NAMED[name]) as (url, _):
        desk = Desk(lambda: stdgraph.open(endpoint=url), Limits(1, 1 << 30, 100))
        for tool, arguments in TOOLS.items():
            reply = desk.call(desk.tools[tool], arguments, Running())
            assert reply.is_error
            assert NAMED[name]["says"] in reply.text
            assert json.dumps(reply.text).count("\\n") == 0


def test_an_assistant_hears_the_same_from_a_server_that_behaves(tiny: stdgraph.Graph) -> None:
    with misbehaving(tiny.reads, {}, good=1000) as (url, _):
        near, far = (
            Desk(partial(stdgraph.open, **of), Limits(30, 1 << 30, 100)) for of in ({"data": [TINY]}, {"endpoint": url})
        )
        for tool, arguments in TOOLS.items():
            here, there = (desk.call(desk.tools[tool], arguments, Running()) for desk in (near, far))
            assert not there.is_error, there.text
            assert {key: told for key, told in here.told.items() if key not in OWN} == {
                key: told for key, told in there.told.items() if key not in OWN
            }
        assert resources.read(near.graph(), "stdgraph://things/BeSI") == resources.read(
            far.graph(), "stdgraph://things/BeSI"
        )
        assert resources.completed(far.graph(), "stdgraph://things/{+name}", "name", "B", {}) == []
