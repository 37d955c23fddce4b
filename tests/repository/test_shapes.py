"""The shapes of the repository: each refuses what its cases say, speaks two languages, and uses declared words."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH
from rdflib.term import Node

pytestmark = pytest.mark.usefixtures("parsed")
ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases" / "shapes"
CASE_FILES = sorted(CASES.glob("*/*.ttl"))
SHAPE_FILES = sorted((ROOT / "shapes").glob("*.ttl"))
STDG = Namespace("https://w3id.org/stdgraph/ontology#")
STDGC = Namespace("https://w3id.org/stdgraph/concept/")
STDGS = Namespace("https://w3id.org/stdgraph/shape/")
LISTS = (SH["or"], SH["and"], SH.xone)
NESTED = (SH["not"], SH.node, SH.qualifiedValueShape)
FORM = {
    SH.description, SH.message, SH.name, SH.path, SH.property, SH.severity,
    SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf,
}  # fmt: skip

Results = set[tuple[Node, Node]]


def case_id(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def read(*paths: Path) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


def expected(case: Graph) -> Results:
    pairs = {(case.value(r, SH.focusNode), case.value(r, SH.sourceShape)) for r in case.objects(None, SH.result)}
    return {(focus, shape) for focus, shape in pairs if focus is not None and shape is not None}


def all_shapes(shapes: Graph) -> set[Node]:
    return set(shapes.subjects(RDF.type, SH.NodeShape)) | set(shapes.subjects(RDF.type, SH.PropertyShape))


def conditions(shapes: Graph) -> set[Node]:
    """Return the shapes that others ask; they never report on their own."""
    asked = {s for p in NESTED for s in shapes.objects(None, p)}
    return asked | {s for p in LISTS for head in shapes.objects(None, p) for s in Collection(shapes, head)}


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return read(*SHAPE_FILES)


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return read(ROOT / "ontology" / "stdgraph.ttl")


@pytest.fixture(scope="module")
def codes() -> Graph:
    return read(ROOT / "ontology" / "codes.ttl")


@pytest.fixture(scope="module")
def world(ontology: Graph, codes: Graph) -> Graph:
    """Return the class hierarchy, the codes and the things that cases lean on."""
    graph = read(CASES / "context.ttl")
    for triple in [*ontology.triples((None, RDFS.subClassOf, None)), *codes.triples((None, SKOS.member, None))]:
        graph.add(triple)
    for triple in codes.triples((None, RDF.type, None)):
        graph.add(triple)
    return graph


def run(data: Graph, shapes: Graph) -> Results:
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False, inplace=True)
    return expected(report)


def test_things_that_cases_lean_on_are_without_fault(world: Graph, shapes: Graph) -> None:
    assert run(world, shapes) == set()


@pytest.mark.parametrize("path", CASE_FILES, ids=case_id)
def test_case_gives_the_report_it_expects(path: Path, world: Graph, shapes: Graph) -> None:
    case = read(path)
    assert run(world + case, shapes) == expected(case)


@pytest.mark.parametrize("path", CASE_FILES, ids=case_id)
def test_case_says_what_is_tested(path: Path) -> None:
    case = read(path)
    validate = list(case.subjects(RDF.type, URIRef("http://www.w3.org/ns/shacl-test#Validate")))
    assert len(validate) == 1
    assert case.value(validate[0], RDFS.label)


def test_every_shape_has_a_case_that_violates_it(shapes: Graph) -> None:
    violated = {shape for path in CASE_FILES for _, shape in expected(read(path))}
    asking = {s for s in all_shapes(shapes) if set(shapes.predicates(s)) - FORM - {RDF.type}}
    assert sorted(asking - conditions(shapes) - violated) == []


def test_every_shape_speaks_english_and_chinese(shapes: Graph) -> None:
    for shape in all_shapes(shapes):
        languages = sorted(m.language for m in shapes.objects(shape, SH.message))
        assert languages == ["en", "zh-Hans"], shape


def test_every_reporting_shape_has_one_severity(shapes: Graph) -> None:
    for shape in all_shapes(shapes):
        severities = set(shapes.objects(shape, SH.severity))
        assert len(severities) == 1, shape
        assert severities <= {SH.Violation, SH.Warning, SH.Info}, shape


@pytest.mark.parametrize("path", SHAPE_FILES, ids=lambda p: p.stem)
def test_shapes_are_named_after_their_file(path: Path) -> None:
    name = re.compile(rf"{re.escape(STDGS)}{path.stem}(-[a-z][A-Za-z]*)?")
    for shape in all_shapes(read(path)):
        assert name.fullmatch(str(shape)), shape


def test_blank_nodes_are_only_lists_and_paths(shapes: Graph) -> None:
    heads = {o for p in (SH.path, SH["in"], SH.languageIn, *LISTS) for o in shapes.objects(None, p)}
    inside = {o for p in (RDF.first, RDF.rest, SH.alternativePath, SH.inversePath) for o in shapes.objects(None, p)}
    assert {s for s in shapes.subjects() if isinstance(s, BNode)} <= heads | inside


def words(shapes: Graph, prefix: str, namespace: Namespace) -> set[URIRef]:
    """Return the terms of a namespace that shapes use, in triples and in queries."""
    used = {t for triple in shapes for t in triple if isinstance(t, URIRef) and t.startswith(str(namespace))}
    texts = [str(q) for q in shapes.objects(None, SH.select)]
    return used | {namespace[n] for text in texts for n in re.findall(rf"\b{prefix}:([\w-]+)", text)}


def test_shapes_use_only_declared_terms(shapes: Graph, ontology: Graph) -> None:
    declared = set(ontology.subjects(RDFS.isDefinedBy, None))
    assert words(shapes, "stdg", STDG) - declared == set()


def test_shapes_use_only_codes_that_exist(shapes: Graph, codes: Graph) -> None:
    assert words(shapes, "stdgc", STDGC) - set(codes.subjects(RDF.type, None)) == set()


def test_every_pattern_of_codes_matches_a_code(shapes: Graph, codes: Graph) -> None:
    concepts = [str(c) for c in codes.subjects(RDF.type, SKOS.Concept)]
    patterns = {str(p) for p in shapes.objects(None, SH.pattern) if "/concept/" in str(p)}
    assert {p for p in patterns if not any(re.match(p, c) for c in concepts)} == set()


def test_queries_are_plain_sparql(shapes: Graph) -> None:
    declared = [(shapes.value(d, SH.prefix), shapes.value(d, SH.namespace)) for d in shapes.objects(None, SH.declare)]
    prefixes = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in declared)
    for query in shapes.objects(None, SH.select):
        assert list(ox.Store().query(prefixes + str(query))) == []


def test_version_is_that_of_the_project(shapes: Graph) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert [str(v) for v in shapes.objects(None, OWL.versionInfo)] == [project["project"]["version"]]
