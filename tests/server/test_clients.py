"""Clients of others speak with the server: SPARQLWrapper, rdflib's remote store, curl, Comunica, OpenRefine's test bench."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, URLENCODED, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from asking import Client

PREFIXES = "PREFIX stdg: <https://w3id.org/stdgraph/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
BSI = "https://w3id.org/stdgraph/id/org/gb-bsi"
NAMES = PREFIXES + f"SELECT ?name WHERE {{ <{BSI}> skos:prefLabel ?name }} ORDER BY ?name"
TOLD = ["British Standards Institution", "英国标准协会"]
PARTY = (
    PREFIXES + f"CONSTRUCT {{ ?text stdg:hasParty <{BSI}> }} WHERE {{ ?text a stdg:Agreement ; stdg:hasParty <{BSI}> }}"
)
COMUNICA = Path(os.environ.get("STDGRAPH_COMUNICA", "-"), "node_modules", "@comunica", "query-sparql")


def wrapper(client: Client, text: str, form: str) -> SPARQLWrapper:
    found = SPARQLWrapper(f"http://127.0.0.1:{client.port}/sparql", returnFormat=form)
    found.setQuery(text)
    return found


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("how", [URLENCODED, POSTDIRECTLY])
def test_sparqlwrapper_sends_in_each_way(client: Client, method: str, how: str) -> None:
    asked = wrapper(client, NAMES, JSON)
    asked.setMethod(method)
    asked.setRequestMethod(how)
    assert [row["name"]["value"] for row in asked.queryAndConvert()["results"]["bindings"]] == TOLD


@pytest.mark.parametrize("form", [CSV, TSV, XML])
def test_sparqlwrapper_reads_rows_in_each_form(client: Client, form: str) -> None:
    found = wrapper(client, NAMES, form).queryAndConvert()
    text = found.toxml() if form == XML else found.decode()
    assert [text.count(name) for name in TOLD] == [1, 1]


@pytest.mark.parametrize("form", [TURTLE, N3, RDFXML, XML, JSONLD])
def test_sparqlwrapper_reads_triples_in_each_form(client: Client, form: str) -> None:
    found = wrapper(client, PARTY, form).queryAndConvert()
    graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found, format="turtle")
    assert {str(party) for party in graph.objects()} == {BSI}


def test_sparqlwrapper_tells_what_is_wrong(client: Client) -> None:
    with pytest.raises(QueryBadFormed, match="1:"):
        wrapper(client, "SELECT ?x WHERE {", JSON).query()
    updating = wrapper(client, "INSERT DATA { <x:a> <x:b> <x:c> }", JSON)
    updating.setMethod(POST)
    with pytest.raises(HTTPError, match="403"):
        updating.query()


def test_rdflibs_remote_store_is_a_graph(client: Client) -> None:
    graph = rdflib.Graph(SPARQLStore(f"http://127.0.0.1:{client.port}/sparql"))
    names = graph.objects(rdflib.URIRef(BSI), rdflib.SKOS.prefLabel)
    assert sorted(map(str, names)) == TOLD


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
@pytest.mark.parametrize(
    "call",
    [
        ["-G", "--data-urlencode", f"query={NAMES}"],
        ["--data-urlencode", f"query={NAMES}"],
        ["-H", "Content-Type: application/sparql-query", "--data-binary", NAMES],
        ["--compressed", "--http1.0", "-G", "--data-urlencode", f"query={NAMES}"],
        ["-H", "Expect: 100-continue", "-H", "Transfer-Encoding: chunked", "--data-urlencode", f"query={NAMES}"],
    ],
    ids=["get", "form", "direct", "old", "chunked"],
)
def test_curl(client: Client, call: list[str]) -> None:
    command = ["curl", "-sS", "--fail-with-body", "--max-time", "60", "-H", "Accept: text/csv"]
    done = subprocess.run([*command, *call, f"http://127.0.0.1:{client.port}/sparql"], capture_output=True, text=True)
    assert (done.returncode, done.stdout.splitlines()[1:]) == (0, TOLD), done.stderr


WITH_COMUNICA = """
const { QueryEngine } = require(process.argv[2]);
const [, , , url, names, party] = process.argv;
const engine = new QueryEngine();
(async () => {
  const sources = [{ type: 'sparql', value: url }];
  const rows = await (await engine.queryBindings(names, { sources })).toArray();
  const quads = await (await engine.queryQuads(party, { sources: [url] })).toArray();
  const truth = await engine.queryBoolean('ASK { ?s ?p ?o }', { sources });
  console.log(JSON.stringify([rows.map(row => row.get('name').value), quads.length > 0, truth]));
})();
"""


@pytest.mark.skipif(
    not (COMUNICA.is_dir() and shutil.which("node")),
    reason="needs node, and STDGRAPH_COMUNICA: a folder where `npm install @comunica/query-sparql@4` ran (80 MB)",
)
def test_comunica(client: Client, tmp_path: Path) -> None:
    script = tmp_path / "ask.cjs"
    script.write_text(WITH_COMUNICA, "utf-8")
    call = ["node", str(script), str(COMUNICA), f"http://127.0.0.1:{client.port}/sparql", NAMES, PARTY]
    done = subprocess.run(call, capture_output=True, text=True, timeout=120)
    assert json.loads(done.stdout) == [TOLD, True, True], done.stderr


def bench(client: Client, field: str, value: Any, origin: str = "http://localhost:3000") -> Any:
    """Ask as the reconciliation test bench does: a form, from a page of another origin."""
    got = client.form("/reconcile", (field, json.dumps(value)), Origin=origin, Accept_Language="en")
    assert got.status == 200, got.text
    return got.json()


@pytest.mark.parametrize(
    "properties",
    [
        [{"pid": "country", "v": {"id": "country/GB", "name": "United Kingdom"}}],
        [{"pid": "country", "v": ["GB", {"id": "country/GB"}]}],
        [{"pid": "acronym", "v": "BSI"}, {"pid": "hasParty", "v": 3}, {"pid": "date", "v": True}],
        [],
    ],
    ids=json.dumps,
)
def test_the_test_benchs_batches(client: Client, properties: list[Any]) -> None:
    query = {"query": "British Standards Institution", "type": "NationalStandardsBody", "limit": 5}
    found = bench(client, "queries", {"q0": query | {"properties": properties, "type_strict": "any"}})
    assert found["q0"]["result"][0]["id"] == "org/gb-bsi"


def test_the_test_benchs_inputs_lead_to_values(client: Client) -> None:
    manifest = client.get("/reconcile").json()
    chosen = {}
    for kind, prefix in (("entity", "British Standards"), ("property", "country"), ("type", "national standards")):
        place = manifest["suggest"][kind]
        path = f"{place['service_url']}{place['service_path']}".partition(str(client.port))[2]
        chosen[kind] = client.get(path, ("prefix", prefix)).json()["result"][0]["id"]
    wanted = {"ids": [chosen["entity"]], "properties": [{"id": chosen["property"]}]}
    found = client.get("/reconcile", ("extend", json.dumps(wanted))).json()
    assert found["rows"][chosen["entity"]][chosen["property"]]
    shown = manifest["preview"]["url"].replace("{{id}}", chosen["entity"]).partition(str(client.port))[2]
    assert client.get(shown).media == "text/html"
    batch = {"q0": {"query": "BSI", "type": chosen["type"]}}
    assert bench(client, "queries", batch)["q0"]["result"][0]["id"] == "org/gb-bsi"
