"""Queries of strangers: each ends as its case says, within its limits, and no server or file is reached."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
import tomllib
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import stdgraph
from conftest import ROOT, TINY
from loopback import Listener
from stdgraph.errors import QueryRefusedError, QuerySyntaxError, StdgraphError
from stdgraph.services.query import MAX_LENGTH, check
from stdgraph.storage.limited import SPARE, START, Workers
from stdgraph.storage.names import Names
from stdgraph.storage.sparql import run, stay_home
from stdgraph.storage.store import Store
from stdgraph.storage.worker import Limits

LINUX = sys.platform == "linux"
CASES = tomllib.loads((ROOT / "tests/cases/hostile/queries.toml").read_text("utf-8"))["case"]
CASES = [case for case in CASES if LINUX or "memory" not in case.get("limits", {})]  # nobody else limits memory
DOUBLE = " ".join(f"BIND(CONCAT(?z{n}, ?z{n}) AS ?z{n + 1})" for n in range(28)) + " BIND(?z28 AS ?z)"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    heard = Listener()
    yield heard
    heard.socket.close()


def text_of(case: dict[str, Any], url: str) -> str:
    parts = case["query"] if isinstance(case["query"], list) else [case["query"]]
    text = "".join(part if isinstance(part, str) else part[0] * part[1] for part in parts)
    return text.replace("{url}", url).replace("{double}", DOUBLE)


def ended(graph: stdgraph.Graph, text: str, limits: dict[str, int]) -> tuple[int, str, Any]:
    """Return the exit code that an end of a query means, what is said, and the result."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always", UserWarning)
        try:
            found = graph.query(text, **limits)
        except StdgraphError as error:
            return error.exit_code, str(error), None
    return 0, " ".join(str(w.message) for w in said), found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_query_ends_as_its_case_says(tiny: stdgraph.Graph, listener: Listener, case: dict[str, Any]) -> None:
    code, said, found = ended(tiny, text_of(case, listener.url), case.get("limits", {}))
    assert (code, case.get("says", "") in said) == (case["exit"], True), said
    assert "\n" not in said
    assert len(list(found)) == case["rows"] if "rows" in case else True
    assert ("Only the first" in said) == case.get("cut", False)
    assert listener.heard == 0
    assert tiny.query("ASK {}") is True


THROUGH = [case for case in CASES if case["exit"] == 3 or case.get("cut") or "looks like" in case["name"]]


@pytest.mark.parametrize("case", THROUGH, ids=lambda case: case["name"])
def test_the_command_ends_so_as_well(
    run: Callable[..., Result], listener: Listener, tmp_path: Path, case: dict[str, Any]
) -> None:
    path = tmp_path / "q.rq"
    path.write_text(text_of(case, listener.url), "utf-8")
    limits = [part for name, value in case.get("limits", {}).items() for part in (f"--{name}", value)]
    done = run("query", "--data", TINY, "--file", path, *limits)
    assert (done.exit_code, case.get("says", "") in done.stderr) == (case["exit"], True), done.stderr
    assert len(done.stderr.splitlines()) == (1 if case["exit"] or case.get("cut") else 0)
    assert listener.heard == 0


def test_a_text_is_screened_in_time_that_grows_with_it(listener: Listener) -> None:
    for case in CASES:
        text = text_of(case, listener.url)[:MAX_LENGTH]
        began = time.process_time()
        with suppress(QueryRefusedError, QuerySyntaxError):
            check(text.replace("SERVICE", "").replace("service", ""))
        assert time.process_time() - began < 5, case["name"]


# -- whatever the engine would ask elsewhere is refused

BLANK = st.sampled_from(["", " ", "\t", "\r", "\n", "#\n", "#>\n", "#'\r", "#SERVICE\n", '#"""\n'])
END = st.sampled_from(["", " ", ".", " . ", ";", ",", "#>\n", ".\n"])
PART = st.sampled_from(
    [
        *(
            "",
            "?s ?p ?o",
            "?s a :",
            "?s a :b",
            ":a.b :c :d",
            "?s ?p 'x'@en",
            "?s ?p 'x'^^:t",
            '?s ?p "SERVICE"',
            "?s ?p '\\''",
        ),
        *(
            "?s ?p ''''SERVICE'''",
            "?s ?p 1",
            "?s ?p 1.",
            "?s ?p 1e5",
            "?s ?p -1",
            "_:b :p []",
            "?s ?p <http://x/SERVICE>",
        ),
        *(
            "?service :service service:x",
            "(1 2) :p ()",
            "[ :p 1 ]",
            "?s :p\\-q true",
            "?s :%20 :\\.",
            "?s service:",
            "?s ?p",
        ),
        *(
            "FILTER(1<2)",
            "FILTER(?s<1||2>1)",
            "FILTER EXISTS{}",
            "BIND(1<2 AS ?z)",
            "VALUES ?v{1}",
            "VALUES(?v){(1)}",
            "{}",
        ),
        *(
            "OPTIONAL{}",
            "{}UNION{}",
            "MINUS{}",
            "GRAPH ?g{}",
            "GRAPH service:x{}",
            "?s service:p?service",
            "?s ^:p/:q* ?o",
            "<<(",
        ),
        *(
            "?s ?p zzzzzzz:x",
            "zzzzzzz:x ?p ?o",
            "FILTER(STR(?s)=':')",
            "LATERAL{}",
            "{SELECT*{}}",
            "?s ?p :x\\",
            "?s ?p '",
        ),
    ]
)
WORD = st.sampled_from(
    ["SERVICE", "service", "SeRvIcE", "SERVICE SILENT", "SERVICE#>\nSILENT", "\\u0053ERVICE", "SERV\\u0049CE"]
)
CALLED = st.sampled_from(["<{url}>", ":", ":x", "?e", "service:", "<x>"])
CALL = st.tuples(BLANK, WORD, BLANK, CALLED, BLANK, st.sampled_from(["{?a ?b ?c}", "{}", "{?a ?b ?c", "?a ?b"])).map(
    "".join
)
PROLOGUE = st.sampled_from(
    [
        *(
            "",
            "PREFIX : <{url}>",
            "PREFIX : <{url}> PREFIX service: <{url}>",
            "BASE <{url}> PREFIX : <x> PREFIX SERVICE: <y>",
        ),
        *(
            "PREFIX :<{url}> PREFIX service:<{url}> PREFIX zzzzzzz:<{url}>",
            "PREFIX :<{url}>#service:\nPREFIX zzzzzzz:<{url}>",
        ),
    ]
)
FORM = st.sampled_from(
    ["SELECT*{", "ASK{", "ASK{VALUES ?e{<{url}>}", "DESCRIBE ?s{", "CONSTRUCT{}{", "SELECT(1<2 AS ?y){"]
)
INSIDE = st.lists(
    st.one_of(PART, PART, CALL).flatmap(lambda part: END.map(lambda end: part + end)), min_size=1, max_size=5
)
QUERIES = st.tuples(PROLOGUE, FORM, INSIDE.map("".join), st.sampled_from(["}", "}#>", "}}", ""])).map("".join)


@pytest.fixture(scope="module")
def small() -> ox.Store:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("http://x/a"), ox.NamedNode("http://x/b"), ox.Literal("c")))
    return store


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(query=QUERIES)
def test_what_the_engine_would_ask_elsewhere_is_refused(small: ox.Store, listener: Listener, query: str) -> None:
    text, before = query.replace("{url}", listener.url), listener.heard
    try:
        stay_home(text)
    except (QueryRefusedError, QuerySyntaxError):
        return
    with suppress(StdgraphError):
        found = run(small, text)
        list(found) if not isinstance(found, ox.QueryBoolean) else None
    assert listener.heard == before, text


def test_the_engine_would_go_out(small: ox.Store, listener: Listener) -> None:
    """The tests above can fail: the listener hears those whom nobody refuses."""
    own = Listener()
    for case in CASES[:4]:
        with suppress(OSError):
            list(run(small, text_of(case, own.url)))  # type: ignore[arg-type]
    assert own.heard >= 3
    own.socket.close()


AUDITED = """
import json, sys
import pyoxigraph as ox
from stdgraph.errors import StdgraphError
from stdgraph.storage.worker import Limits, answer
store, seen = ox.Store(), []
texts = json.load(sys.stdin)
def tell(text):
    try: answer(store, text, Limits())
    except StdgraphError: pass
tell("ASK {}")
tell("a query that is none imports what says so")
sys.addaudithook(lambda event, args: seen.append([event, str(args)]) if event.split(".")[0] in ("open", "socket", "subprocess", "os") else None)
for text in texts: tell(text)
print(json.dumps(seen))
"""


def test_no_query_opens_a_file_or_a_connection(listener: Listener) -> None:
    texts = [text_of(case, listener.url) for case in CASES if case["exit"] != 3 and not case.get("cut")]
    short = [text for text in texts if len(text) < 1000]
    done = subprocess.run(
        [sys.executable, "-c", AUDITED], input=json.dumps(short), capture_output=True, text=True, check=True
    )
    assert (len(short) > 20, json.loads(done.stdout)) == (True, [])
    assert listener.heard == 0


# -- the process that answers


def gone(pid: int, *, within: float = 5) -> bool:
    """Tell whether a process ends soon; one that nobody waits for is a zombie."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


PARENT = f"""
import threading, time, stdgraph
graph = stdgraph.open(data=[{str(TINY)!r}])
graph.query("ASK {{}}")
print(graph.reads.workers.idle[0].process.pid, flush=True)
threading.Thread(target=graph.query, args=({SLOW!r},), daemon=True).start()
time.sleep(60)
"""


@pytest.mark.skipif(not LINUX, reason="reads /proc; elsewhere the next test stands for it")
def test_a_killed_parent_leaves_nothing_computing(tiny: stdgraph.Graph) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    worker = int(parent.stdout.readline())
    time.sleep(0.5)
    assert not gone(worker, within=0.1)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    assert gone(worker)


def test_a_process_ends_with_its_input_where_the_system_ties_none(tiny: stdgraph.Graph) -> None:
    code = START.format(path=sys.path).replace("import main;", "import main; import stdgraph.storage.worker as w;")
    code = code.replace("main()", "w.tie_to_parent = lambda: None; main()")
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        for message in (tiny.reads.workers.source, (SLOW, Limits(), False)):  # type: ignore[attr-defined]
            pickle.dump(message, process.stdin)
        process.stdin.flush()
        time.sleep(0.5)
        assert process.poll() is None
        process.stdin.close()
        assert process.wait(5) == 0


def test_a_process_is_kept_for_the_next_query(tiny: stdgraph.Graph) -> None:
    tiny.query("ASK {}")
    first = tiny.reads.workers.idle[-1]  # type: ignore[attr-defined]
    tiny.query("ASK {}")
    assert tiny.reads.workers.idle[-1] is first  # type: ignore[attr-defined]


def test_queries_at_once_do_not_wait_for_each_other(tiny: stdgraph.Graph) -> None:
    found: list[Any] = []
    threads = [threading.Thread(target=lambda: found.append(tiny.query("ASK {}"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 4


def test_a_graph_without_a_folder_is_handed_over(small: ox.Store) -> None:
    graph = stdgraph.Graph(Store(small, Names()))
    assert graph.query("SELECT ?o { ?s ?p ?o }").to_dicts()[0]["o"] == "c"
    assert [str(t) for t in graph.query("CONSTRUCT WHERE { ?s ?p ?o }")] == ['<http://x/a> <http://x/b> "c"']


def test_a_copy_of_the_program_starts_a_process_of_its_own(tiny: stdgraph.Graph) -> None:
    tiny.query("ASK {}")
    workers = tiny.reads.workers  # type: ignore[attr-defined]
    mine = workers.idle[-1]
    mine.owner = os.getpid() + 1
    assert tiny.query("ASK {}") is True
    assert workers.idle[-1] is not mine
    mine.owner = os.getpid()


def test_a_crash_elsewhere_is_told(monkeypatch: pytest.MonkeyPatch, tiny: stdgraph.Graph) -> None:
    SPARE.clear()
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(StdgraphError, match="cannot be started"):
        Workers(None).check("ASK {}")


VALUES = """SELECT * { VALUES (?a ?b ?c ?d) {
  (1 01 1.50 1e3) (true "x\\n\\t\\r\\"\\\\"@en UNDEF <http://x/y>) ("1 "^^xsd:integer "a"@ar--rtl "\\u0001" <<( <a:b> <a:c> "d" )>>) } }"""


@pytest.mark.parametrize(
    "query", [VALUES, "SELECT * {}", "SELECT ?x {}", "SELECT ?x {} LIMIT 0", "SELECT (1/3 AS ?x) {}"]
)
def test_results_are_those_of_the_engine(tiny: stdgraph.Graph, query: str) -> None:
    store = tiny.reads
    assert isinstance(store, Store)
    theirs, ours = store.query(query), store.workers.query(query, Limits()).result
    assert [v.value for v in theirs.variables] == [v.value for v in ours.variables]  # type: ignore[union-attr]
    assert [tuple(row) for row in theirs] == [tuple(row) for row in ours]  # type: ignore[union-attr]


@pytest.mark.parametrize(("limit", "rows", "cut"), [(1, 1, True), (2, 2, True), (3, 3, False), (4, 3, False)])
def test_only_what_is_left_out_is_told(tiny: stdgraph.Graph, limit: int, rows: int, *, cut: bool) -> None:
    store = tiny.reads
    assert isinstance(store, Store)
    found = store.workers.query("SELECT ?x { VALUES ?x { 1 2 3 } }", Limits(rows=limit))
    assert (len(list(found.result)), found.cut) == (rows, cut)
