"""A remote endpoint gives the same answers as the embedded store, and fails in one clear line."""

from __future__ import annotations

import http.server
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

import stdgraph
from stdgraph.errors import EndpointError, QuerySyntaxError
from stdgraph.storage import endpoint
from stdgraph.storage.endpoint import Endpoint


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@pytest.fixture(scope="module")
def url(tiny: stdgraph.Graph) -> Iterator[str]:
    """A real SPARQL server over the compiled tiny graph."""
    binary = shutil.which("oxigraph") or str(Path(sys.executable).with_name("oxigraph"))
    if not Path(binary).exists():
        pytest.skip("the oxigraph server is not installed: install the dev extra")
    port = free_port()
    place = tiny.reads.place / "graph"
    arguments = ["serve-read-only", "--union-default-graph", "--location", str(place), "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen([binary, *arguments], stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1).close()
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/query"
    finally:
        server.terminate()
        server.wait()


QUESTIONS = [
    ("who-cooperates-with", {"actor": "甲標委"}),
    ("officers", {"body": "Aland-Beland tea group"}),
    ("post-holder", {"body": "BeSI", "role": "head", "on": "2017"}),
    ("incomplete-lists", {}),
    ("possible-duplicates", {}),
    ("figures", {"about": "WSO"}),
]


@pytest.mark.parametrize(("question", "given"), QUESTIONS, ids=[q for q, _ in QUESTIONS])
def test_answers_are_the_same(url: str, tiny: stdgraph.Graph, question: str, given: dict[str, str]) -> None:
    remote = stdgraph.open(endpoint=url)
    assert remote.ask(question, **given).to_json() == tiny.ask(question, **given).to_json()


def test_as_of_and_show_work_remotely(url: str, tiny: stdgraph.Graph) -> None:
    remote = stdgraph.open(endpoint=url)
    asked = {"actor": "BeSI", "as_of": "2018"}
    assert remote.ask("who-cooperates-with", **asked).to_json() == tiny.ask("who-cooperates-with", **asked).to_json()
    assert remote.show("BeSI").to_json() == tiny.show("BeSI").to_json()


def test_pages_work_remotely(url: str, tiny: stdgraph.Graph) -> None:
    remote = stdgraph.open(endpoint=url)
    for names in (["country/AA"], ["country/AA", "country/BB"]):
        told = remote.profile(*names).to_json()
        assert told.pop("data") is None
        there = tiny.profile(*names).to_json()
        assert told["panels"] == there["panels"]
        assert told["glance"] == there["glance"]
        assert remote.timeline(*names).to_json() == tiny.timeline(*names).to_json()
    there, here = remote.compare("ASA", "BeSI").to_json(), tiny.compare("ASA", "BeSI").to_json()
    for measure in here["measures"]:  # which registers an endpoint has is not known: what is not there is nothing
        measure |= {name: 0 for name, value in measure.items() if value is None}
    assert there == here


def test_all_forms_of_query(url: str) -> None:
    remote = stdgraph.open(endpoint=url)
    assert remote.query("ASK { ?x a stdg:Country }") is True
    assert len(remote.query("SELECT ?x WHERE { ?x a stdg:Country }")) == 3
    assert len(list(remote.query("CONSTRUCT WHERE { ?x a stdg:Country }"))) == 3


def test_ids_names_and_hints_work_remotely(url: str) -> None:
    remote = stdgraph.open(endpoint=url)
    assert remote.query("ASK { <country/AA> a stdg:Country }") is True
    assert remote.query("ASK { ?c a stdg:Country }", bind={"c": "Aland"}) is True
    told = remote.hints("SELECT ?c { ?c a stdg:Country ; stdg:hasPartty <country/AA> }", empty=True)
    assert [str(hint).split(": ", 1)[0] for hint in told] == ["query:1:33", "query:1:33"]
    assert remote.schema("Country").known


def test_a_malformed_query_is_the_users_fault(url: str) -> None:
    with pytest.raises(QuerySyntaxError):
        Endpoint(url).query("SELECT ?x WHERE { nonsense")


def test_names_resolve_remotely(url: str) -> None:
    with pytest.raises(stdgraph.UnknownNameError, match="Beland Standards Institution"):
        stdgraph.open(endpoint=url).iri("BeIS")


@pytest.fixture
def odd(request: pytest.FixtureRequest) -> Iterator[str]:
    """A server that answers HTML, an error, nonsense, or too late."""
    status, kind, body, wait, *more = request.param
    headers, pause = (more or [({}, 0)])[0]

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            time.sleep(wait)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            for header in headers.items():
                self.send_header(*header)
            self.end_headers()
            for at in range(0, len(body), 1 if pause else len(body)):
                self.wfile.write(body[at : at + 1] if pause else body)
                time.sleep(pause)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    server.server_close()


JSON = "application/sparql-results+json"
HEAD = b'{"head":{"vars":["x"]},"results":{"bindings":['
ROW = b'{"x":{"type":"uri","value":"http://a/b"}}'
ODD = {
    "an HTML page": ((200, "text/html", b"<html>hello</html>", 0), "answered with text/html"),
    "a server error": ((500, "text/plain", b"broken", 0), "failed"),
    "not found": ((404, "text/plain", b"", 0), "404"),
    "forbidden": ((403, "text/plain", b"", 0), "403"),
    "broken JSON": ((200, "application/sparql-results+json", b"{'", 0), "broken answer"),
    "an answer broken late": ((200, JSON, HEAD + ROW + b",{]", 0), "broken answer"),
    "an odd term": ((200, JSON, HEAD + b'{"x":{"type":"odd","value":""}}]}}', 0), "broken answer"),
    "no IRI": ((200, JSON, HEAD + b'{"x":{"type":"uri","value":"a b"}}]}}', 0), "broken answer"),
    "half an answer": ((200, JSON, HEAD, 0, ({"Content-Length": "900"}, 0)), "failed .*IncompleteRead"),
    "a truth": ((200, JSON, b'{"head":{},"boolean":true}', 0), "not with what SELECT asks for"),
    "triples": ((200, "text/turtle", b"<http://a/b> a <http://a/c> .", 0), "not with what SELECT asks for"),
    "a problem": ((200, "application/problem+json", b"{}", 0), "answered with application/problem"),
    "a page of refusal": (
        (400, "text/html", b"<h1>No\nanonymous   users</h1>", 0),
        "refused the query .No anonymous users",
    ),
    "a long refusal": ((500, "text/plain", b"x" * 9999, 0), "x…"),
    "too much": ((200, JSON, HEAD + b" " * 3000 + b"]}}", 0), "sent more than"),
    "drop by drop": ((200, JSON, HEAD + b" " * 300 + b"]}}", 0, ({}, 0.1)), "did not answer within 1 s"),
    "a late answer": ((200, "application/json", b"{}", 3), "did not answer within 1 s"),
}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the late server finds us gone
@pytest.mark.parametrize(("odd", "words"), ODD.values(), ids=ODD, indirect=["odd"])
def test_a_failing_endpoint_ends_in_one_clear_line(odd: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "MAX_ANSWER", 2000)
    with pytest.raises(EndpointError, match=words) as caught:
        Endpoint(odd, timeout=1).select("SELECT ?x WHERE { ?x ?y ?z }")
    assert caught.value.exit_code == 3
    assert "\n" not in str(caught.value)
    assert "b'" not in str(caught.value)


@pytest.mark.parametrize(
    "odd", [(200, "text/turtle", b"<http://a/b> a <http://a/c> . <oops", 0), (200, JSON, b"{}", 0)], indirect=True
)
def test_triples_that_are_none_are_told_at_once(odd: str) -> None:
    with pytest.raises(EndpointError, match=r"broken answer|what CONSTRUCT asks for"):
        Endpoint(odd, timeout=1).query("CONSTRUCT WHERE { ?x ?y ?z }")


XML = b"""<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/></head>
<results><result><binding name="x"><uri>http://a/b</uri></binding></result></results></sparql>"""


@pytest.mark.parametrize("odd", [(200, "application/sparql-results+xml; charset=utf-8", XML, 0)], indirect=True)
def test_results_in_xml_are_results(odd: str) -> None:
    assert next(iter(Endpoint(odd).query("SELECT ?x WHERE { ?x ?y ?z }")))["x"].value == "http://a/b"


@pytest.mark.parametrize("odd", [(400, "text/plain", b"error", 0)], indirect=True)
def test_the_place_of_a_syntax_error_is_that_in_the_users_query(odd: str) -> None:
    with pytest.raises(QuerySyntaxError, match="query:2:3: 'nonsense' is no word"):
        Endpoint(odd).query("SELECT ?x WHERE { ?x a stdg:Actor .\n  nonsense }")


def test_a_refused_connection() -> None:
    with pytest.raises(EndpointError, match="cannot be reached"):
        Endpoint(f"http://127.0.0.1:{free_port()}/").select("ASK {}")
    with pytest.raises(EndpointError, match="not an http"):
        Endpoint("file:///etc/passwd")
