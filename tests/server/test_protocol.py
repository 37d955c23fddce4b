"""The W3C's cases of the SPARQL 1.1 Protocol, of result formats and of service descriptions, from their manifests."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF

import stdgraph
from asking import Client, Reply
from conftest import SHARED
from stdgraph.server.deeds import RESULTS, TRIPLES

W3C = SHARED / "data" / "w3c"
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
UPDATES = re.compile(r"update_")
"""Cases that update: here each of their updates is refused, whatever is to come of it elsewhere."""
RESOLVED = {"service-description": ("returns-rdf", "has-endpoint-triple", "conforms-to-schema")}

pytestmark = pytest.mark.skipif(not W3C.is_dir(), reason=f"the W3C's cases are not at {W3C}")


def manifest(name: str) -> rdflib.Graph:
    place = W3C / name / "manifest.ttl"
    return rdflib.Graph().parse(place, format="turtle", publicID=place.as_uri()) if place.is_file() else rdflib.Graph()


def entries(graph: rdflib.Graph) -> list[Any]:
    heads = list(graph.objects(None, MF.entries))
    return [one for head in heads for one in Collection(graph, head)]


PROTOCOL = manifest("protocol")
CASES = entries(PROTOCOL)


@pytest.fixture(scope="module")
def served(serve: Any, tmp_path_factory: pytest.TempPathFactory) -> Client:
    """A server of the graphs that the cases of the protocol name."""
    quads = []
    for node in set(PROTOCOL.objects(None, UT.graphData)):
        path, name = PROTOCOL.value(node, UT.graph), PROTOCOL.value(node, rdflib.RDFS.label)
        home = ox.NamedNode(str(name))
        quads += [
            ox.Quad(t.subject, t.predicate, t.object, home)
            for t in ox.parse(path=Path(str(path).removeprefix("file://")))
        ]
    place = tmp_path_factory.mktemp("protocol") / "data.nq"
    place.write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    return serve(stdgraph.open(data=[place]))


def requests(case: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the requests of a case, each with the answer that is expected."""
    connection = PROTOCOL.value(case, MF.action)
    for request in Collection(PROTOCOL, PROTOCOL.value(connection, HT.requests)):
        yield request, PROTOCOL.value(request, HT.resp)


def sent(client: Client, request: Any) -> Reply:
    """Send a request as the manifest has it."""
    headers = {}
    for header in Collection(PROTOCOL, PROTOCOL.value(request, HT.headers) or RDF.nil):
        name, value = (str(PROTOCOL.value(header, HT[part])) for part in ("fieldName", "fieldValue"))
        headers[name.title()] = value
    body = PROTOCOL.value(request, HT.body)
    coding = "utf-16" if "UTF-16" in headers.get("Content-Type", "") else "utf-8"
    data = str(PROTOCOL.value(body, CNT.chars)).encode(coding) if body else None
    path = "/sparql" + str(PROTOCOL.value(request, HT.absolutePath)).removeprefix("/sparql/")
    return client.call(str(PROTOCOL.value(request, HT.methodName)), path, data, **headers)


@pytest.mark.parametrize("case", [c for c in CASES if not UPDATES.search(c.fragment)], ids=lambda c: c.fragment)
def test_the_protocol(case: Any, served: Client) -> None:
    for request, expected in requests(case):
        got = sent(served, request)
        wanted = {str(code)[-3] for code in PROTOCOL.objects(expected, MF.expectedStatus)}
        assert str(got.status)[0] in wanted, got.text
        form = str(PROTOCOL.value(expected, MF.expectedFormat) or "")
        if form == "boolean":
            assert got.media in [m for m in RESULTS if "json" in m or "xml" in m]
            assert (
                got.json()["boolean"]
                is PROTOCOL.value(expected, MF.expectedBoolean, default=rdflib.Literal(True)).value
            )
        if form == "tabular":
            assert got.media in RESULTS
        if form == "RDF":
            assert got.media in TRIPLES


@pytest.mark.parametrize("case", [c for c in CASES if UPDATES.search(c.fragment)], ids=lambda c: c.fragment)
def test_an_update_is_refused(case: Any, served: Client) -> None:
    request, _ = next(requests(case))
    assert sent(served, request).status in (400, 403, 405, 415)


def result_cases() -> Iterator[Any]:
    """Yield the cases of forms of results: query, data, file with the result."""
    for name in ("csv-tsv-res", "json-res"):
        graph = manifest(name)
        for case in entries(graph):
            action = graph.value(case, MF.action)
            parts = [graph.value(action, QT.query), graph.value(action, QT.data), graph.value(case, MF.result)]
            yield pytest.param(
                *(Path(str(part).removeprefix("file://")) for part in parts), id=f"{name}-{case.fragment}"
            )


@pytest.fixture(scope="module")
def of_data(serve: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return a client of a file, each file served once."""
    known: dict[Path, Client] = {}

    def of(path: Path) -> Client:
        if path not in known:
            place = tmp_path_factory.mktemp("result") / "data.nq"
            quads = [ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(OWN)) for t in ox.parse(path=path)]
            place.write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
            known[path] = serve(stdgraph.open(data=[place]))
        return known[path]

    return of


OWN = "http://example.org/own"
FORMS = {
    ".csv": ("text/csv", ox.QueryResultsFormat.CSV),
    ".tsv": ("text/tab-separated-values", ox.QueryResultsFormat.TSV),
    ".srj": ("application/sparql-results+json", ox.QueryResultsFormat.JSON),
}


@pytest.mark.parametrize(("query", "data", "result"), list(result_cases()))
def test_forms_of_results(query: Path, data: Path, result: Path, of_data: Any) -> None:
    media = FORMS[result.suffix][0]
    got = of_data(data).query(query.read_text("utf-8"), ("default-graph-uri", OWN), accept=media)
    assert (got.status, got.media) == (200, media), got.text
    ours, theirs = (table(data, media) for data in (got.body, result.read_bytes()))
    assert ours == theirs
    if "json" not in media and "*" not in query.read_text("utf-8"):  # else SPARQL leaves the order of columns open
        assert head(got.body) == head(result.read_bytes())


def head(data: bytes) -> bytes:
    return data.partition(b"\n")[0].strip()


def table(data: bytes, media: str) -> Any:
    """Return rows by the names of their columns, in no order; numbers by value, blank nodes without labels."""
    if media == "text/csv":
        text = re.sub(r"_:\w+", "_:", data.decode("utf-8"))
        return sorted(
            ([(n, number(v)) for n, v in sorted(row.items())] for row in csv.DictReader(io.StringIO(text, newline=""))),
            key=repr,
        )
    found: Any = ox.parse_query_results(data, format=FORMS[f".{'tsv' if 'tab' in media else 'srj'}"][1])
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    names = sorted(v.value for v in found.variables)
    return names, sorted([[plain(row[name]) for name in names] for row in found], key=repr)


def plain(term: Any) -> Any:
    """Return a term by its value: a number as a number, a blank node without its label."""
    if isinstance(term, ox.BlankNode):
        return "_:"
    if isinstance(term, ox.Literal) and term.datatype.value.rpartition("#")[2] in NUMBERS:
        return number(term.value)
    return str(term)


def number(text: str) -> Any:
    """Return a number by its value; another text as it is."""
    try:
        return float(text)
    except ValueError:
        return text


NUMBERS = ("integer", "decimal", "double", "negativeInteger")
"""The engine keeps a number by its value (docs/robustness.md): 1.0e6 comes back as 1000000, a negativeInteger as an integer."""


SD = "http://www.w3.org/ns/sparql-service-description#"


@pytest.mark.parametrize("name", RESOLVED["service-description"])
def test_the_service_tells_what_it_is(name: str, served: Client) -> None:
    got = served.get("/sparql", accept="text/turtle")
    assert (got.status, got.media) == (200, "text/turtle")
    triples = list(ox.parse(got.body, format=ox.RdfFormat.TURTLE))
    (endpoint,) = [t for t in triples if t.predicate.value == SD + "endpoint"]
    assert endpoint.object.value == f"http://localhost:{served.port}/sparql"
    types = [t.subject for t in triples if t.object == ox.NamedNode(SD + "Service")]
    assert types == [endpoint.subject]
    known = {
        "endpoint",
        "supportedLanguage",
        "feature",
        "resultFormat",
        "defaultDataset",
        "defaultGraph",
        "namedGraph",
        "name",
        "languageExtension",
        "graph",
    }
    assert {t.predicate.value.removeprefix(SD) for t in triples if t.predicate.value.startswith(SD)} <= known


def test_each_case_of_the_manifests_was_seen() -> None:
    assert len(CASES) == 34
    assert sorted(c.fragment for c in entries(manifest("service-description"))) == sorted(
        RESOLVED["service-description"]
    )
