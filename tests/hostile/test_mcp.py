"""What breaks, ends or abuses `stdgraph mcp`: lines that are no messages, calls given up, queries that never end, a side that dies."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from assistant import FOR_EVER, Wire, wire
from conftest import ROOT, TINY
from stdgraph.errors import ParameterError
from stdgraph.mcp.desk import Desk
from stdgraph.mcp.errors import refusal
from stdgraph.mcp.tools import tools
from stdgraph.storage.limited import Running
from stdgraph.storage.worker import Limits

LIMITS = Limits(5, 512 << 20, 100)
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")


@pytest.fixture
def server(tiny: Any) -> Iterator[Wire]:
    """A server of the tiny graph, greeted."""
    with wire("--data", str(TINY), "--timeout", "5") as found:
        assert found.greet()["result"]["serverInfo"]["name"] == "stdgraph"
        yield found


def wait_for(what: Any, seconds: int = 60) -> None:
    """Wait until something holds; a busy machine takes its time."""
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until
        time.sleep(0.02)


BROKEN = {
    "no JSON": b"{nonsense",
    "no UTF-8": b"\xff\xfe\x00",
    "nothing": b"",
    "another value": b"[1, null]",
    "too deep": b"[" * 100_000,
    "half a letter": b'{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"find","arguments":{"text":"\\ud800"}}}',
    "an answer to nothing": b'{"jsonrpc":"2.0","id":99,"result":{}}',
    "cancels nothing": b'{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":99}}',
}


def test_broken_lines_are_passed_over(server: Wire) -> None:
    for line in BROKEN.values():
        server.line(line)
    number = server.call("find", text="BSI")
    told = server.hear()
    assert (told["id"], told["result"]["isError"]) == (number, False)


NOT_OURS: list[tuple[str, dict[str, Any]]] = [
    ("tools/fly", {}),
    ("tools/call", {}),
    ("tools/call", {"name": "seek"}),
    ("tools/call", {"name": "find", "arguments": ["BSI"]}),
    ("resources/read", {"uri": 3}),
    ("resources/read", {"uri": "stdgraph://" + "x" * 100_000}),
    ("completion/complete", {"ref": {"type": "ref/none"}}),
    ("prompts/list", {}),
]


def test_a_request_that_is_none_of_ours_is_an_error_of_the_protocol(server: Wire) -> None:
    for method, params in NOT_OURS:
        number = server.ask(method, **params)
        told = server.hear()
        assert (told["id"], set(told)) == (number, {"jsonrpc", "id", "error"})
        assert len(json.dumps(told)) < 2000


@ON_LINUX
def test_a_call_that_is_given_up_ends_its_query_and_others_go_on(server: Wire) -> None:
    number = server.call("query", sparql=FOR_EVER)
    wait_for(server.workers)
    other = server.call("find", text="BSI")
    assert server.hear()["id"] == other
    server.tell("notifications/cancelled", requestId=number)
    wait_for(lambda: not server.workers())
    last = server.call("query", sparql="ASK { ?s ?p ?o }")
    told = server.hear()
    assert (told["id"], told["result"]["structuredContent"]) == (last, {"truth": True})


def test_calls_given_up_while_they_wait_are_not_made(server: Wire) -> None:
    waiting = [server.call("query", sparql=FOR_EVER) for _ in range(8)]
    for number in waiting:
        server.tell("notifications/cancelled", requestId=number)
    last = server.call("query", sparql="ASK { ?s ?p ?o }")
    assert server.hear()["id"] == last


def test_a_query_that_runs_for_ever_is_stopped(server: Wire) -> None:
    server.call("query", sparql=FOR_EVER)
    told = server.hear()["result"]
    assert told["isError"]
    assert told["content"][0]["text"] == "The query ran longer than 5 s and was stopped. Make it more selective."


@pytest.mark.parametrize(
    ("sparql", "told"),
    [
        ("SELECT ?x WHERE { " + "{" * 40_000, "nested deeper than"),
        ("SELECT * WHERE { ?s ?p ?o " + "# " * 60_000 + "}", "sparql: is longer than 100000 characters."),
        ("LOAD <file:///etc/passwd>", "is an update"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", None),
    ],
)
def test_a_query_that_may_not_run_is_refused(tiny: Any, sparql: str, told: str | None) -> None:
    reply = called(Desk(lambda: tiny, LIMITS), "query", {"sparql": sparql})
    assert reply.is_error is bool(told)
    assert told in reply.text if told else reply.told["rows"] == []


def test_memory_and_length_of_answers_are_bounded(tiny: Any) -> None:
    desk = Desk(lambda: tiny, Limits(30, 64 << 20, 100))
    binds = " ".join(f"BIND (CONCAT(?t{n}, ?t{n}) AS ?t{n + 1})" for n in range(28))
    reply = called(desk, "query", {"sparql": f"SELECT ?t28 WHERE {{ BIND ('xxxxxxxxxxxxxxxx' AS ?t0) {binds} }}"})
    assert reply.text == "The query needed more than 64 MiB of memory and was stopped. Make it more selective."
    binds = " ".join(f"BIND (CONCAT(?t{n}, ?t{n}) AS ?t{n + 1})" for n in range(16))
    reply = called(desk, "query", {"sparql": f"SELECT ?t16 WHERE {{ BIND ('xxxxxxxxxxxxxxxx' AS ?t0) {binds} }}"})
    assert reply.text == "The answer is longer than 1024 KiB. Ask for fewer rows, or for less in a row."


@ON_LINUX
def test_it_ends_when_its_input_ends_whatever_it_is_doing(server: Wire) -> None:
    server.call("query", sparql=FOR_EVER)
    wait_for(server.workers)
    workers = server.workers()
    assert server.process.stdin
    server.process.stdin.close()
    assert server.process.wait(60) == 0
    wait_for(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))
    assert server.process.stderr
    assert server.process.stderr.read() == b""


@ON_LINUX
def test_it_ends_when_nobody_reads(server: Wire) -> None:
    assert server.process.stdout
    server.process.stdout.close()
    server.call("find", text="BSI")
    assert server.process.wait(60) == 0
    assert server.process.stderr
    assert server.process.stderr.read() == b""


@ON_LINUX
def test_an_interrupt_ends_it(server: Wire) -> None:
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(60) == -signal.SIGINT


PARENT = """
import subprocess, sys, time
from assistant import FOR_EVER, Wire
server = Wire("--data", sys.argv[1])
server.greet()
server.call("query", sparql=FOR_EVER)
while not server.workers():
    time.sleep(0.02)
print(server.process.pid, *server.workers(), flush=True)
time.sleep(600)
"""


@ON_LINUX
def test_it_ends_with_the_program_that_started_it(tiny: Any) -> None:
    path = os.pathsep.join([str(ROOT / "tests"), str(ROOT / "src")])
    command = [sys.executable, "-c", PARENT, str(TINY)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": path}) as parent:
        assert parent.stdout
        started = parent.stdout.readline().split()
        parent.kill()
    assert len(started) == 2
    wait_for(lambda: not any(is_alive(int(one)) for one in started))


def is_alive(pid: int) -> bool:
    """Tell whether a process is there, and more than the memory of one."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_graph_that_cannot_be_opened_is_told_to_each_call_and_on_standard_error(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.ttl"
    wrong.write_text("<a> <b> .\n")
    with wire("--data", str(wrong)) as server:
        server.greet()
        for _ in range(2):
            server.call("find", text="BSI")
            told = server.hear()["result"]
            assert told["isError"]
            assert told["content"][0]["text"].startswith(f"{wrong}:1:")
        assert server.process.stdin
        server.process.stdin.close()
        assert server.process.wait(60) == 0
        assert server.process.stderr
        said = server.process.stderr.read().decode()
        assert said.startswith(f"stdgraph: {wrong}:1:")
        assert "Traceback" not in said


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)
NAMES = sorted({one.name for tool in tools(100).values() for one in tool.arguments.of})


@given(
    st.sampled_from(sorted(tools(100))), st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=8), ANY, max_size=6)
)
def test_whatever_is_given_is_read_or_refused(name: str, arguments: dict[str, Any]) -> None:
    known = tools(100)[name].arguments
    try:
        found = known.read(arguments)
    except ParameterError as error:
        told = [refusal(error, lang).text for lang in ("en", "zh")]
    else:
        told = list(found)
    assert told == [one.name for one in known.of] or not any(text.startswith("--") for text in told)


ODD = st.text(max_size=20) | st.sampled_from(
    ["BSI", "SAC", "agreements", "2019", "org/gb-bsi", "iso/tc 268", "a b", "吗"]
)
WORDED = {
    "string": ODD,
    "integer": st.integers(1, 100),
    "boolean": st.booleans(),
    "array": st.lists(ODD, min_size=1, max_size=3),
    "object": st.dictionaries(st.sampled_from(["actor", "with", "year", "x"]) | ODD, ODD | st.booleans(), max_size=3),
}


@tries(max_examples=60)
@given(st.data())
def test_a_well_formed_call_always_has_an_answer(tiny: Any, data: st.DataObject) -> None:
    tool = data.draw(st.sampled_from([one for one in tools(100).values() if not one.runs_long]))
    wanted = [one for one in tool.arguments.of if one.needed or data.draw(st.booleans())]
    arguments = {one.name: data.draw(st.sampled_from(one.among) if one.among else WORDED[one.type]) for one in wanted}
    reply = called(Desk(lambda: tiny, LIMITS), tool.name, arguments)
    assert reply.text
    assert "internal fault" not in reply.text
    assert not reply.text.startswith("内部")
    json.dumps([reply.text, reply.told], allow_nan=False).encode()


def called(desk: Desk, name: str, arguments: dict[str, Any]) -> Any:
    return desk.call(desk.tools[name], arguments, Running())
