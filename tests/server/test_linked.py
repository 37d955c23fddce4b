"""Linked data: things under their IRIs' paths, and what the server says of itself."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyoxigraph as ox
import pytest

from asking import Client
from stdgraph.model.vocabulary import BASE, PREFIXES, RDF, SH, SRC, STDG, VOID
from stdgraph.server.deeds import TRIPLES
from stdgraph.services.ask import questions

BSI = f"{BASE}org/gb-bsi"


def read(data: bytes, media: str) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(data, format=TRIPLES[media])}


@pytest.mark.parametrize("media", TRIPLES)
def test_a_thing_leads_to_its_triples(media: str, client: Client) -> None:
    first = client.get("/id/org/gb-bsi", accept=f"{media}, text/html;q=0.5")
    assert (first.status, first.headers["vary"]) == (303, "Accept, Accept-Language")
    got = client.get(first.headers["location"])
    assert (got.status, got.media) == (200, media)
    assert got.headers["link"] == '</id/org/gb-bsi>; rel="describes"'
    found = read(got.body, media)
    assert found == read(client.get("/about/id/org/gb-bsi.nt").body, "application/n-triples")
    assert any(f"<{BSI}>" in one and "evidence" in one for one in found)
    assert any(SRC in one and "title" in one for one in found)


def test_a_thing_leads_people_to_its_page(client: Client) -> None:
    got = client.get("/id/org/gb-bsi", accept="text/html,application/xhtml+xml,*/*;q=0.8", Accept_Language="zh")
    assert (got.status, got.headers["location"]) == (303, "/#/zh/of/org/gb-bsi")
    assert client.get("/source/cn-uk-wg").headers["location"] == "/#/en/of/src%3Acn-uk-wg"
    assert client.get("/id/src:cn-uk-wg", accept="text/turtle").headers["location"] == "/about/id/src%3Acn-uk-wg.ttl"
    assert client.get("/id/org/gb-bsi", accept="image/png").status == 406


def test_terms_and_documents_have_theirs(client: Client) -> None:
    assert b"Introduction" in client.get("/about/source/cn-uk-wg.ttl").body
    assert client.get("/about/id/src:cn-uk-wg.ttl").status == 200
    assert client.get("/about/concept/role-convenor.nt").status == 200
    assert client.get("/ontology", accept="text/turtle").headers["location"] == "/about/ontology.ttl"


@pytest.mark.parametrize(
    "path", ["/about/id/org/nobody.ttl", "/about/id/org/gb-bsi.exe", "/about/etc/passwd.ttl", "/about/id/a%3Eb.ttl"]
)
def test_what_there_is_not_is_not_found(path: str, client: Client) -> None:
    got = client.call("GET", path)
    assert (got.status, got.media) == (404, "application/problem+json")


@pytest.fixture(scope="module")
def void(client: Client) -> list[ox.Triple]:
    """The description of the data."""
    got = client.get("/.well-known/void", accept="text/turtle")
    assert got.status == 200, got.text
    return [quad.triple for quad in ox.parse(got.body, format=ox.RdfFormat.TURTLE)]


def objects(triples: list[ox.Triple], predicate: str, subject: str | None = None) -> list[Any]:
    return [t.object for t in triples if t.predicate.value == predicate and subject in (None, t.subject.value)]


def test_the_description_counts_what_there_is(void: list[ox.Triple], client: Client, repository: Any) -> None:
    data = f"http://localhost:{client.port}/.well-known/void#dataset"
    number = client.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json()["results"]["bindings"][0]["n"]["value"]
    assert [one.value for one in objects(void, VOID + "triples", data)] == [number]
    known = {one.iri: one.used for one in repository.schema() if one.kind == "class"}
    told = {objects(void, VOID + "class", part.value)[0].value: int(objects(void, VOID + "entities", part.value)[0].value) for part in objects(void, VOID + "classPartition", data)}  # fmt: skip
    assert told == known
    (agreement,) = [t.subject.value for t in void if t.predicate.value == VOID + "class" and t.object.value == STDG + "Agreement" and any(u.subject == t.subject and u.predicate.value == VOID + "entities" for u in void)]  # fmt: skip
    parts = [
        objects(void, VOID + "property", part.value)[0].value
        for part in objects(void, VOID + "propertyPartition", agreement)
    ]
    assert STDG + "hasParty" in parts
    assert max(Counter(parts).values()) == 1


EXAMPLES = f"""PREFIX sh: <{SH}>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?sq ?comment ?query WHERE {{
  ?sq a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct|sh:describe ?query .
}} ORDER BY ?sq"""
NAMESPACES = f"PREFIX sh: <{SH}> SELECT DISTINCT ?prefix ?namespace WHERE {{ [] sh:namespace ?namespace ; sh:prefix ?prefix }} ORDER BY ?prefix"
PARTITIONS = f"""PREFIX void: <{VOID}> PREFIX void-ext: <http://ldf.fi/void-ext#>
SELECT DISTINCT ?subjectClass ?prop ?objectClass ?objectDatatype WHERE {{
  ?cp void:class ?subjectClass ; void:propertyPartition ?pp . ?pp void:property ?prop .
  OPTIONAL {{ {{ ?pp void:classPartition [ void:class ?objectClass ] }} UNION {{ ?pp void-ext:datatypePartition [ void-ext:datatype ?objectDatatype ] }} }}
}}"""


def bindings(client: Client, text: str) -> list[dict[str, str]]:
    rows = client.query(text).json()["results"]["bindings"]
    return [{name: cell["value"] for name, cell in row.items()} for row in rows]


def test_editors_find_the_questions(client: Client) -> None:
    found = bindings(client, EXAMPLES)
    assert [row["query"] for row in found] == [one.query for one in questions()]
    assert client.query(found[0]["query"]).status == 200
    served = [
        quad.triple
        for quad in ox.parse(client.get("/questions", accept="text/turtle").body, format=ox.RdfFormat.TURTLE)
    ]
    kinds = [t for t in served if t.predicate.value == RDF + "type" and t.object.value == SH + "SPARQLExecutable"]
    assert len(kinds) == len(questions())


def test_editors_find_prefixes_and_what_goes_with_what(client: Client) -> None:
    assert {row["prefix"]: row["namespace"] for row in bindings(client, NAMESPACES)} == PREFIXES
    found = bindings(client, PARTITIONS)
    ours = [row for row in found if row["subjectClass"] == STDG + "Agreement" and row["prop"] == STDG + "hasParty"]
    assert STDG + "Country" in {row.get("objectClass") for row in ours}
    assert any("objectDatatype" in row for row in found)


def test_a_query_about_the_data_is_asked_of_the_data(client: Client) -> None:
    assert client.query(f"ASK {{ ?x a <{VOID}Dataset> }}").json()["boolean"]
    assert not client.query(
        f"ASK {{ ?x <{VOID}classPartition> ?y }}", ("default-graph-uri", "http://example.org/")
    ).json()["boolean"]


def test_the_same_graph_is_described_in_the_same_bytes(client: Client) -> None:
    for path in ("/sparql", "/.well-known/void", "/about/id/org/gb-bsi.ttl"):
        first = client.get(path, accept="text/turtle")
        client.serving.kept.answers.clear()
        assert client.get(path, accept="text/turtle").body == first.body
