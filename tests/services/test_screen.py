"""The screen spares pySHACL work and changes no result: both are run on data with faults of every kind."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Iterator

import pyoxigraph as ox
import pytest
from rdflib.namespace import SH

import stdgraph
from conftest import ROOT, TINY
from stdgraph.model.vocabulary import RDF, STDG, XSD
from stdgraph.reasoning.bounds import add_bounds
from stdgraph.services.validate import shacl
from stdgraph.services.validate.alone import COUNTS, EACH
from stdgraph.services.validate.checking import _derived_shapes, _shapes
from stdgraph.services.validate.facts import Facts
from stdgraph.services.validate.screen import CONSTRAINTS, FORM, Screen
from stdgraph.services.validate.shacl import narrowed, plain_report
from stdgraph.storage.bridge import lent, to_rdflib
from stdgraph.storage.files import GraphFile, ontology_files
from stdgraph.storage.turtle import parse_turtle

pytestmark = pytest.mark.usefixtures("parsed")
CASES = sorted((ROOT / "tests" / "cases" / "shapes").glob("**/*.ttl"))
TOLD = (SH.focusNode, SH.value, SH.sourceShape, SH.resultSeverity, SH.sourceConstraintComponent, SH.resultMessage)
SHACL_TEST = ("http://www.w3.org/ns/shacl", "http://www.w3.org/2001/sw/DataAccess/tests/")

Told = list[tuple[frozenset[str], ...]]


def triples(*files: GraphFile) -> list[ox.Triple]:
    return [q.triple for file in files for q in file.quads()]


def stored(found: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Return triples as `validate` has them: in the engine's form, with date bounds."""
    store = ox.Store()
    store.extend(ox.Quad(*t) for t in found)
    add_bounds(store)
    return [q.triple for q in store]


def cases() -> list[ox.Triple]:
    """Return the things of all cases, without what tests say about them: faults against every shape."""
    found = triples(*(GraphFile(path, "urn:cases") for path in CASES))
    return [t for t in found if not t.predicate.value.startswith(SHACL_TEST) and SHACL_TEST[1] not in str(t.object)]


def told(report) -> Told:
    results = report.objects(None, SH.result)
    return sorted((tuple(frozenset(map(str, report.objects(r, p))) for p in TOLD) for r in results), key=str)


def plainly(data: Iterable[ox.Triple], shapes: list[ox.Triple]) -> Told:
    return told(plain_report(to_rdflib(data), shapes))


def screened(data: Iterable[ox.Triple], shapes: list[ox.Triple]) -> Told:
    screen = Screen(Facts(data), Facts(shapes))
    return told(plain_report(lent(screen.data.store), narrowed(screen.shapes, screen.suspects())))


@pytest.fixture(scope="module")
def faulty() -> list[ox.Triple]:
    return stored([*triples(*ontology_files(), GraphFile(TINY, "urn:tiny")), *cases()])


@pytest.fixture(scope="module")
def reference(faulty: list[ox.Triple]) -> Told:
    return plainly(faulty, _shapes())


def test_faults_against_every_shape_are_found_as_pyshacl_finds_them(faulty, reference: Told) -> None:
    assert screened(faulty, _shapes()) == reference


def test_the_faults_are_against_nearly_every_shape(reference: Told) -> None:
    """Cases in one graph mend each other here and there; each alone is run in tests/repository/test_shapes.py."""
    asking = {s.value for s in Facts(_shapes()).inverse(RDF + "type")[ox.NamedNode(str(SH.PropertyShape))]}
    assert len({shape for _, _, shapes, *_ in reference for shape in shapes} & asking) > 0.8 * len(asking)


@pytest.mark.parametrize("name", ["minCount", "class", "pattern", "sparql", "or", "property"])
def test_a_screen_that_overlooks_a_constraint_is_caught(name: str, faulty, reference, monkeypatch) -> None:
    monkeypatch.setitem(CONSTRAINTS, name, lambda *_: lambda *_: True)
    monkeypatch.delitem(COUNTS, name, raising=False)
    monkeypatch.delitem(EACH, name, raising=False)
    assert screened(faulty, _shapes()) != reference


def test_every_constraint_of_the_shapes_is_known() -> None:
    facts = Facts([*_shapes(), *_derived_shapes()])
    heads = {s for p in ("path", "severity") for s in facts.out[str(SH) + p]}
    used = {p.removeprefix(str(SH)) for p, of in facts.out.items() for s in of if s in heads and p.startswith(str(SH))}
    assert used - FORM - CONSTRAINTS.keys() - COUNTS.keys() - EACH.keys() == set()


def test_an_unknown_constraint_makes_all_suspect(faulty) -> None:
    shape, target = ox.NamedNode("urn:shape"), ox.NamedNode(str(SH.targetClass))
    closed = ox.Triple(shape, ox.NamedNode(str(SH.closed)), ox.Literal(True))
    shapes = Facts([closed, ox.Triple(shape, target, ox.NamedNode(STDG + "Agreement"))])
    found = Screen(Facts(faulty), shapes).suspects()
    assert set(found[shape]) == Facts(faulty).members(ox.NamedNode(STDG + "Agreement"))


ODD = (
    ox.Literal(""),
    ox.Literal("x" * 200),
    ox.Literal("2016"),
    ox.Literal("Ä\n", language="en"),
    ox.Literal("名称", language="zh-Hans"),
    ox.Literal("Bonjour", language="fr"),
    ox.Literal("1.50", datatype=ox.NamedNode(XSD + "decimal")),
    ox.Literal("7", datatype=ox.NamedNode(XSD + "integer")),
    ox.Literal("2016-02-12", datatype=ox.NamedNode(XSD + "date")),
    ox.Literal("2016-02-31", datatype=ox.NamedNode(XSD + "date")),
    ox.Literal("0", datatype=ox.NamedNode(XSD + "boolean")),
    ox.Literal("1e3", datatype=ox.NamedNode(XSD + "double")),
    ox.BlankNode("odd"),
    ox.NamedNode("http://example.org/odd"),
)


def spoilt(found: list[ox.Triple], seed: int) -> Iterator[ox.Triple]:
    """Yield triples of which every tenth is left out, doubled, moved or given another value."""
    rng = random.Random(seed)
    for t in found:
        kind = rng.randrange(40)
        if kind != 0:
            yield t if kind != 1 else ox.Triple(t.subject, t.predicate, rng.choice(ODD))
        if kind == 2:
            yield ox.Triple(t.subject, t.predicate, rng.choice(found).object)
        if kind == 3:
            yield ox.Triple(t.subject, rng.choice(found).predicate, t.object)


@pytest.mark.parametrize("count", [ox.Literal("four", language="en"), ox.Literal("4"), ox.NamedNode("urn:four")])
def test_what_the_engines_compare_differently_is_left_to_pyshacl(count: ox.Literal) -> None:
    stated = ox.NamedNode(STDG + "statedActorCount")
    counting = (GraphFile(path, "urn:cases") for path in CASES if "statedActorCount" in path.read_text("utf-8"))
    found = triples(*ontology_files(), GraphFile(TINY, "urn:tiny"), *counting)
    data = stored(t if t.predicate != stated else ox.Triple(t.subject, stated, count) for t in found)
    assert any(t.predicate == stated for t in data)
    assert screened(data, _shapes()) == plainly(data, _shapes())


@pytest.mark.parametrize("seed", range(3))
def test_spoilt_data_gives_what_pyshacl_gives(seed: int) -> None:
    data = stored([*triples(*ontology_files()), *spoilt(triples(GraphFile(TINY, "urn:tiny")), seed)])
    assert screened(data, _shapes()) == plainly(data, _shapes())


def test_the_packaged_graph_gives_what_pyshacl_gives(repository: stdgraph.Graph) -> None:
    """The whole where `STDGRAPH_WHOLE` is set, for which pySHACL takes two minutes; else every fourth of its files."""
    every = [file for file in repository.files if file not in ontology_files()]
    part = every if os.environ.get("STDGRAPH_WHOLE") else every[::4]
    some = stored(triples(*ontology_files(), *part))
    assert screened(some, _shapes()) == plainly(some, _shapes())
    data = stored(triples(*repository.files))
    suspects = Screen(Facts(data), Facts(_shapes())).suspects()
    assert sum(map(len, suspects.values())) == len(repository.validate().findings), "else the screen spares too little"


def test_derived_links_give_what_pyshacl_gives() -> None:
    data = triples(*(GraphFile(path, "urn:cases") for path in CASES if path.parent.name == "Derived"))
    found = screened(data, _derived_shapes())
    assert found
    assert found == plainly(data, _derived_shapes())


OF_THEIR_OWN = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix e: <http://e/> .
e:Office a rdfs:Class, sh:NodeShape ; sh:property [ sh:path e:name ; sh:minCount 1 ] .
e:Post a owl:Class, sh:NodeShape ; sh:property [ sh:path e:name ; sh:minCount 1 ] . owl:Class rdfs:subClassOf rdfs:Class .
e:Seat rdfs:subClassOf e:Office .
e:LargestComponent a sh:ConstraintComponent ; sh:parameter [ sh:path e:largest ] ;
  sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { FILTER ($value <= $largest) }" ] .
e:Numbers a sh:NodeShape ; sh:targetSubjectsOf e:number ; sh:property [ sh:path e:number ; e:largest 5 ] .
e:o a e:Office . e:p a e:Post . e:s a e:Seat . e:right a e:Seat ; e:name "right" . e:n e:number 6, 4 .
"""


def test_shapes_that_are_classes_and_constraints_of_their_own_are_run() -> None:
    data = parse_turtle(OF_THEIR_OWN)[0]
    found = screened(data, data)
    assert {str(next(iter(focus))) for focus, *_ in found} == {f"http://e/{name}" for name in "opsn"}
    assert [row[0] for row in found] == [row[0] for row in plainly(data, data)]


def test_a_shape_that_is_a_class_has_its_instances_as_targets() -> None:
    text = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix e: <http://e/> . e:Office a rdfs:Class, sh:NodeShape ; sh:property [ sh:path e:name ; sh:minCount 1 ] .
    e:o1 a e:Office . e:o2 a e:Office ; e:name "Two" ."""
    triples = [quad.triple for quad in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)]
    assert [result.focus.value for result in shacl.results(triples, triples)] == ["http://e/o1"]


READING = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e/> .
e:Shape a sh:NodeShape ; sh:targetClass e:Body ; sh:sparql [ sh:select "PREFIX e: <http://e/> SELECT $this WHERE {{ {} }}" ] .
e:one a e:Body ; e:next e:two ; e:name 'one' . e:two a e:Body ; e:next e:three . e:three a e:Body ."""


@pytest.mark.parametrize(
    ("where", "named"),
    [
        ("$this e:name ?name", ["one"]),
        ("?o e:name ?name . FILTER ( ?o = $this )", ["one"]),
        ("$this a e:Body . { ?o e:next ?any . FILTER ( ?o = $this ) }", ["one", "two"]),
        ("$this a e:Body . OPTIONAL { ?o e:next ?any . FILTER ( ?o = $this ) } FILTER ( !BOUND(?o) )", ["three"]),
        ("{ $this e:name ?name } UNION { $this e:next ?name . FILTER ( ?name != $this ) }", ["one", "two"]),
        ("{ $this e:name ?name } UNION { ?o e:name ?name . FILTER ( $this != ?o ) }", ["one", "three", "two"]),
        ("?o e:name ?name . FILTER NOT EXISTS { $this e:next ?any }", ["three"]),
        ("BIND ( $this AS ?one ) ?one e:name ?name . $this a e:Body", ["one"]),
    ],
)
def test_a_query_that_reads_this_where_no_pattern_gives_it_is_asked_of_each_thing(where: str, named: list[str]) -> None:
    data = parse_turtle(READING.format(where))[0]
    assert [str(next(iter(focus))).removeprefix("http://e/") for focus, *_ in screened(data, data)] == named


ASKING_ITSELF = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e/> .
e:Shape a sh:NodeShape ; sh:targetClass e:Body ; sh:property e:Next .
e:Next a sh:PropertyShape ; sh:path e:next ; sh:node e:Shape ; sh:maxCount 1 .
e:one a e:Body ; e:next e:two . e:two a e:Body ; e:next e:one, e:three ."""


def test_a_shape_that_asks_itself_is_left_to_pyshacl() -> None:
    data = parse_turtle(ASKING_ITSELF)[0]
    found = Screen(Facts(data), Facts(data)).suspects()
    assert {node.value.removeprefix("http://e/") for nodes in found.values() for node in nodes} >= {"one", "two"}
