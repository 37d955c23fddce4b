"""What strangers do to the server, and what it does to them."""

from __future__ import annotations

import contextlib
import gzip
import json
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import stdgraph
from asking import Client
from loopback import Listener
from stdgraph.server import fence, run
from stdgraph.server.limits import Budget, Settings
from stdgraph.storage.worker import Limits

BIG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HUGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a"
Serve = Callable[..., Client]


@pytest.fixture(scope="module")
def small(serve: Serve, tiny: stdgraph.Graph) -> Client:
    """A server of the tiny graph that has little to give."""
    limits = Limits(2, 256 << 20, 10)
    return serve(tiny, Settings(limits, explorer=False, budget=0, body=5_000, body_seconds=1, origins=("https://a.example",), names=("graph.example",)))  # fmt: skip


def test_a_query_that_takes_too_long_is_ended(small: Client) -> None:
    got = small.query(BIG)
    assert (got.status, got.json()["type"]) == (504, "urn:stdgraph:error:TimeLimit")
    assert small.query("ASK {}").status == 200


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are those of Linux")
def test_a_query_that_takes_too_much_is_ended(serve: Serve, tiny: stdgraph.Graph) -> None:
    client = serve(tiny, Settings(Limits(60, 64 << 20, 10), explorer=False, budget=0))
    got = client.query(HUGE)
    assert (got.status, got.json()["type"]) == (507, "urn:stdgraph:error:QueryMemory")
    assert client.query("ASK {}").status == 200


def test_rows_beyond_the_limit_are_left_out_and_told(small: Client) -> None:
    got = small.query("SELECT * { ?s ?p ?o }")
    assert len(got.json()["results"]["bindings"]) == 10
    assert got.headers["x-sparql-maxrows"] == "10"
    assert "x-sparql-maxrows" not in small.query("SELECT * { ?s ?p ?o } LIMIT 3").headers


REFUSED = [
    "SELECT * { SERVICE <{url}> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <{url}> { ?s ?p ?o } }",
    "LOAD <{url}>",
    "INSERT DATA { <a:a> <a:b> <a:c> }",
    "DELETE WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "SELECT * FROM NAMED <FILE:///etc/passwd> { ?s ?p ?o }",
    "SELECT * { " + "{" * 200 + "}" * 200 + " }",
    "ASK { " + "FILTER(1=1) " * 8_000 + "}",
]


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:40])
def test_a_query_that_reaches_out_is_refused(text: str, client: Client) -> None:
    listener = Listener()
    got = client.post("/sparql", text.replace("{url}", listener.url), "application/sparql-query")
    assert got.status in (400, 403), got.text
    assert got.media == "application/problem+json"
    assert listener.heard == 0
    listener.socket.close()


def test_graphs_elsewhere_are_empty_and_nobody_is_asked(client: Client) -> None:
    listener = Listener()
    text = f"SELECT * FROM <{listener.url}> {{ ?s ?p ?o }}"
    assert client.query(text).json()["results"]["bindings"] == []
    assert client.query("ASK { ?s ?p ?o }", ("default-graph-uri", listener.url)).json()["boolean"] is False
    assert client.query("ASK {}", ("default-graph-uri", "file:///etc/passwd")).status == 403
    assert client.query("ASK {}", ("default-graph-uri", "<x>")).status == 400
    assert listener.heard == 0
    listener.socket.close()


def test_a_process_may_neither_connect_nor_write() -> None:
    for event, arguments in [
        ("socket.connect", ()),
        ("subprocess.Popen", ()),
        ("os.system", ()),
        ("open", ("x", "w", 0)),
        ("open", ("x", None, os.O_RDWR)),
    ]:
        with pytest.raises(PermissionError):
            fence.watch(event, arguments)
    fence.watch("open", ("x", "r", 0))
    with fence.stranger(), pytest.raises(PermissionError):
        fence.watch("open", ("x", "r", 0))


@pytest.mark.skipif(sys.platform != "linux", reason="a filter of Linux")
def test_the_system_refuses_sockets_whoever_asks() -> None:
    code = (
        "import ctypes, socket; from stdgraph.server.fence import no_sockets\n"
        "done = no_sockets(); ctypes.CDLL(None)\n"
        "try: socket.socket(); print('open', done)\n"
        "except PermissionError: print('refused')"
    )
    import subprocess

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout in ("refused\n", "open False\n")


def test_a_killed_process_costs_one_request(client: Client) -> None:
    workers = client.serving.pool.all
    before = {worker.process.pid for worker in workers}
    with ThreadPoolExecutor(4) as pool:
        slow = pool.submit(client.query, BIG)
        deadline = time.monotonic() + 20
        while not (busy := [w for w in workers if w not in client.serving.pool.idle._queue]):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        others = [pool.submit(client.query, f"ASK {{ ?s ?p {number} }}") for number in range(20)]
        os.kill(busy[0].process.pid, signal.SIGKILL)
        assert slow.result().status == 500
        assert [other.result().status for other in others] == [200] * 20
    began = time.monotonic()
    while client.serving.pool.ready < len(before):
        assert time.monotonic() - began < 30
        time.sleep(0.02)


def test_a_process_killed_while_it_waits_costs_nothing(client: Client) -> None:
    for worker in [*client.serving.pool.all][:1]:
        os.kill(worker.process.pid, signal.SIGKILL)
    assert all(client.query(f"ASK {{ ?s ?p 'x{number}' }}").status == 200 for number in range(6))


def test_the_work_of_a_client_that_goes_away_is_ended(small: Client) -> None:
    number = len(small.serving.pool.all)
    with socket.create_connection(("127.0.0.1", small.port)) as one:
        one.sendall(
            f"GET /sparql?query={BIG.replace(' ', '%20').replace('?', '%3F')} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        )
        time.sleep(0.3)
    began = time.monotonic()
    while small.serving.pool.turn.locked() or small.serving.pool.ready < number:
        assert time.monotonic() - began < 30
        time.sleep(0.02)
    assert small.query("ASK {}").status == 200


HOSTS = {
    "localhost": 200,
    "127.0.0.1": 200,
    "[::1]": 200,
    "graph.example": 200,
    "Graph.Example": 200,
    "evil.example": 421,
    "": 421,
}


@pytest.mark.parametrize("host", HOSTS)
def test_it_answers_under_its_names_only(host: str, small: Client) -> None:
    got = small.call("GET", "/healthz", Host=f"{host}:{small.port}" if host else "")
    assert got.status == HOSTS[host]


def test_only_pages_of_named_origins_may_read(small: Client) -> None:
    ours = small.query("ASK {}", Origin="https://a.example")
    theirs = small.query("ASK {}", Origin="https://b.example")
    asked = small.call("OPTIONS", "/sparql", Origin="https://a.example", Access_Control_Request_Method="POST")
    refused = small.call("OPTIONS", "/sparql", Origin="https://b.example", Access_Control_Request_Method="POST")
    assert ours.headers["access-control-allow-origin"] == "https://a.example"
    assert "Origin" in ours.headers["vary"]
    assert "access-control-allow-origin" not in theirs.headers
    assert (asked.status, asked.headers["access-control-allow-methods"]) == (204, "GET, HEAD, POST")
    assert "access-control-allow-origin" not in refused.headers
    assert "*" not in (ours.headers["access-control-allow-origin"], theirs.headers.get("access-control-allow-origin"))


def test_answers_bring_headers_of_safety(client: Client) -> None:
    for got in (client.get("/healthz"), client.query("ASK {}"), client.get("/nothing"), client.query("ASK {")):
        assert got.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in got.headers["content-security-policy"]
        assert got.headers["referrer-policy"] == "no-referrer"
        assert "server" not in got.headers


def test_a_long_body_is_refused(small: Client) -> None:
    text = "ASK {} #" + "x" * 6_000
    assert small.post("/sparql", text, "application/sparql-query").status == 413
    got = small.call("POST", "/sparql", None, Content_Type="application/sparql-query", Content_Length="999999999")
    assert got.status == 413


def test_a_body_that_does_not_come_is_not_waited_for(small: Client) -> None:
    with socket.create_connection(("127.0.0.1", small.port), timeout=20) as one:
        one.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\nASK"
        )
        assert b" 408 " in one.recv(1000)


def test_long_headers_are_refused(small: Client) -> None:
    with socket.create_connection(("127.0.0.1", small.port), timeout=20) as one:
        one.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 300_000)
        assert one.recv(1000).startswith((b"HTTP/1.1 4", b""))
    assert small.get("/healthz").status == 200


def test_a_client_has_a_budget(serve: Serve, tiny: stdgraph.Graph) -> None:
    client = serve(tiny, Settings(Limits(1, 1 << 30, 10), explorer=False, budget=0.75))  # less than the query has
    first, second = client.query(BIG), client.query("ASK { ?s ?p 'other' }")
    assert (first.status, second.status) == (504, 429)
    assert 1 <= int(second.headers["retry-after"]) <= 60
    assert second.json()["type"] == "urn:stdgraph:error:Budget"
    assert client.get("/healthz").status == 200


def test_a_budget_fills_again() -> None:
    now = [0.0]
    budget = Budget(60, clock=lambda: now[0])
    assert budget.wait("a") == 0
    budget.spend("a", 90)
    assert (budget.wait("a"), budget.wait("b")) == (30, 0)
    now[0] = 31
    assert budget.wait("a") == 0
    budget.spend("a", 0.5)
    assert budget.wait("a") == 0


def test_too_many_that_wait_are_sent_away(serve: Serve, tiny: stdgraph.Graph) -> None:
    client = serve(tiny, Settings(Limits(2, 1 << 30, 10), workers=1, waiting=1, explorer=False, budget=0))
    with ThreadPoolExecutor(6) as pool:
        got = [one.result() for one in [pool.submit(client.query, f"{BIG} # {n}") for n in range(6)]]
    assert {one.status for one in got} == {503, 504}
    assert {one.headers["retry-after"] for one in got if one.status == 503} == {"5"}


def test_a_fault_of_ours_tells_nothing_of_us(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: Any
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("/secret/place")

    monkeypatch.setattr(client.serving, "_done", broken)
    with caplog.at_level(logging.ERROR, "stdgraph.server"):
        got = client.query("ASK { ?broken ?x ?y }")
    assert (got.status, got.json()["type"]) == (500, "urn:stdgraph:error:Fault")
    assert "secret" not in got.text
    assert "/secret/place" in caplog.text


def test_the_log_tells_who_and_where_and_what_only_if_asked(serve: Serve, tiny: stdgraph.Graph, caplog: Any) -> None:
    quiet = serve(tiny, Settings(explorer=False, log=True))
    told = serve(tiny, Settings(explorer=False, log=True, log_queries=True))
    with caplog.at_level(logging.INFO, "stdgraph.access"):
        quiet.query("ASK { ?private ?x ?y }")
        told.query("ASK { ?public ?x ?y }")
        quiet.get("/api/find?text=private")
        for _ in range(200):  # a line is written behind the answer
            if len(lines := [json.loads(one.message) for one in caplog.records if one.name == "stdgraph.access"]) == 3:
                break
            time.sleep(0.05)
    bare, found, asked = sorted(lines, key=lambda line: ("query" in line, line["path"] != "/sparql"))
    assert [(line["path"], line["status"], line["method"]) for line in (bare, found, asked)] == [("/sparql", 200, "GET"), ("/api/find", 200, "GET"), ("/sparql", 200, "GET")]  # fmt: skip
    assert "private" not in json.dumps(lines)
    assert asked["query"] == "ASK { ?public ?x ?y }"
    assert bare.keys() == {"time", "client", "method", "path", "status", "bytes", "ms"}


def test_many_at_once(client: Client) -> None:
    texts = [f"SELECT * {{ ?s ?p ?o }} LIMIT {number}" for number in range(1, 41)]
    with ThreadPoolExecutor(16) as pool:
        got = list(pool.map(client.query, texts))
    assert [len(one.json()["results"]["bindings"]) for one in got] == list(range(1, 41))
    assert threading.active_count() < 100


def test_a_packed_body_is_not_unpacked(client: Client) -> None:
    got = client.post("/sparql", gzip.compress(b"ASK {}"), "application/sparql-query", Content_Encoding="gzip")
    assert (got.status, got.headers["accept-encoding"]) == (415, "identity")


def test_one_client_cannot_hold_all_connections(
    serve: Serve, tiny: stdgraph.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "OF_ONE", 5)
    served = serve(tiny)
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(socket.create_connection(("127.0.0.1", served.port), 5)) for _ in range(20)]
        for one in slow[5:]:
            with contextlib.suppress(ConnectionError):
                assert one.recv(1) == b""
        elsewhere = socket.create_connection(("127.0.0.1", served.port), 5, source_address=("127.0.0.2", 0))
        with stack.enter_context(elsewhere) as other:
            other.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert other.recv(15) == b"HTTP/1.1 200 OK"
