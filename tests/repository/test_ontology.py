"""Ontology, code lists and alignments: complete in both languages, in use, in OWL 2 RL and DL, consistent."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import owlapi
import owlrl
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

ROOT = Path(__file__).parents[2]
DESIGN = ROOT.parent / "shared" / "design" / "ontology.md"
STDG = Namespace("https://w3id.org/stdgraph/ontology#")
STDGC = Namespace("https://w3id.org/stdgraph/concept/")
ID = Namespace("https://w3id.org/stdgraph/id/")
ORG = Namespace("http://www.w3.org/ns/org#")
PROV = Namespace("http://www.w3.org/ns/prov#")
ERROR = Namespace("http://www.daml.org/2002/03/agents/agent-ont#")

FILES = ("stdgraph", "codes", "alignments")
KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
BUILT_IN = tuple(str(namespace) for namespace in (OWL, RDF, RDFS, XSD))
DATATYPES = {XSD.string, XSD.integer, XSD.decimal, XSD.boolean, XSD.dateTime, XSD.anyURI}
TERM = re.compile(r"(?:(?<![\w-])stdg:|<https://w3id\.org/stdgraph/ontology#)([A-Za-z][A-Za-z0-9]*)")
CODE = re.compile(r"(?:(?<![\w-])stdgc:|<https://w3id\.org/stdgraph/concept/)([a-z]+-[a-z0-9-]*[a-z0-9])")
FENCE = re.compile(r"^```(turtle-header|turtle)\n(.*?)^```", re.DOTALL | re.MULTILINE)
MADE = re.compile(r"(?:\bSTDG \+ |\bterm\()[\"']([A-Za-z][A-Za-z0-9]*)[\"']|\{STDG\}([A-Za-z][A-Za-z0-9]*)")
"""A term as Python code makes its IRI: `STDG + "start"`, `term("start")`, `f"{STDG}start"`."""


@cache
def graph(name: str) -> Graph:
    return Graph().parse(ROOT / "ontology" / f"{name}.ttl", format="turtle")


def terms(*kinds: URIRef) -> list[URIRef]:
    found = {s for kind in kinds for s in graph("stdgraph").subjects(RDF.type, kind) if str(s).startswith(STDG)}
    return sorted(found)


def local(term: Node) -> str:
    return str(term).rsplit("#", 1)[-1].removeprefix(STDGC)


def texts(subject: Node, predicate: URIRef, source: str = "stdgraph") -> dict[str, list[str]]:
    by_tag: dict[str, list[str]] = {}
    for value in graph(source).objects(subject, predicate):
        assert isinstance(value, Literal)
        by_tag.setdefault((value.language or "").lower(), []).append(str(value))
    return by_tag


def once_in_both_languages(by_tag: dict[str, list[str]]) -> bool:
    return {tag: len(values) for tag, values in by_tag.items()} == {"en": 1, "zh-hans": 1}


# --- what a reader needs ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("term", terms(OWL.Class, *KINDS), ids=local)
def test_a_term_has_one_label_and_one_definition_in_both_languages(term: URIRef) -> None:
    assert once_in_both_languages(texts(term, RDFS.label))
    assert once_in_both_languages(texts(term, SKOS.definition))


@pytest.mark.parametrize("term", terms(OWL.Class, *KINDS), ids=local)
def test_a_definition_is_a_phrase_that_does_not_repeat_the_term(term: URIRef) -> None:
    label, definition = (texts(term, p)["en"][0] for p in (RDFS.label, SKOS.definition))
    assert not re.match(r"(a|an|the)\b|[A-Z][a-z]+ ", definition)
    assert not definition.endswith(".")
    assert not re.search(rf"\b{re.escape(label)}\b", definition, re.IGNORECASE)
    assert not texts(term, SKOS.definition)["zh-hans"][0].endswith("。")


def test_no_two_terms_of_a_sort_share_a_label_or_a_definition() -> None:
    for sort in ((OWL.Class,), KINDS):
        for predicate in (RDFS.label, SKOS.definition):
            values = [v for term in terms(*sort) for tag in texts(term, predicate).values() for v in tag]
            assert sorted(values) == sorted(set(values))


def test_a_concept_has_one_label_and_one_definition_in_both_languages_and_a_scheme() -> None:
    codes = graph("codes")
    for concept in codes.subjects(RDF.type, SKOS.Concept):
        assert once_in_both_languages(texts(concept, SKOS.prefLabel, "codes")), concept
        assert once_in_both_languages(texts(concept, SKOS.definition, "codes")), concept
        prefix = local(concept).split("-")[0]
        assert set(codes.objects(concept, SKOS.inScheme)) == {STDGC[f"scheme/{prefix}"]}, concept
        assert (STDGC[f"scheme/{prefix}"], RDF.type, SKOS.ConceptScheme) in codes


def test_a_concept_is_either_on_top_of_its_scheme_or_below_another() -> None:
    codes = graph("codes")
    for concept in codes.subjects(RDF.type, SKOS.Concept):
        on_top, below = (set(codes.objects(concept, p)) for p in (SKOS.topConceptOf, SKOS.broader))
        assert bool(on_top) != bool(below), concept
        assert below <= set(codes.subjects(RDF.type, SKOS.Concept)), concept


def test_every_measure_is_typed_as_one() -> None:
    codes = graph("codes")
    in_scheme = set(codes.subjects(SKOS.inScheme, STDGC["scheme/measure"]))
    assert in_scheme
    assert set(codes.subjects(RDF.type, STDG.Measure)) == in_scheme


def test_every_role_is_in_a_group() -> None:
    codes = graph("codes")
    assert set(codes.subjects(SKOS.inScheme, STDGC["scheme/role"])) == set(codes.objects(None, SKOS.member))


# --- what the files declare -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_the_version_is_that_of_the_package(name: str) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    for header in graph(name).subjects(RDF.type, OWL.Ontology):
        assert [str(v) for v in graph(name).objects(header, OWL.versionInfo)] == [version]
        assert list(graph(name).objects(header, OWL.versionIRI)) == [URIRef(f"{header}/{version}")]


def test_a_property_is_of_exactly_one_kind() -> None:
    for term in terms(*KINDS):
        assert len(set(graph("stdgraph").objects(term, RDF.type)) & set(KINDS)) == 1, term


@pytest.mark.parametrize("name", FILES)
def test_every_foreign_term_in_use_is_declared_in_the_same_file(name: str) -> None:
    structural = (RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range)
    used = set(graph(name).predicates()) | {o for p in structural for o in graph(name).objects(None, p)}
    declared = {s for kind in (OWL.Class, *KINDS) for s in graph(name).subjects(RDF.type, kind)}
    assert {t for t in used if not str(t).startswith(BUILT_IN)} <= declared


def test_alignments_say_nothing_of_our_terms_among_themselves() -> None:
    for subject, predicate, value in graph("alignments"):
        if predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
            assert (str(subject).startswith(STDG), str(value).startswith(STDG)) == (True, False)


def test_our_own_file_has_no_foreign_super_terms() -> None:
    supers = [o for p in (RDFS.subClassOf, RDFS.subPropertyOf) for o in graph("stdgraph").objects(None, p)]
    assert supers
    assert all(str(s).startswith(STDG) for s in supers)


def test_domains_and_ranges_are_plain_classes_and_datatypes_of_the_rl_profile() -> None:
    tbox = graph("stdgraph")
    for term in terms(*KINDS):
        slots = [o for p in (RDFS.domain, RDFS.range) for o in tbox.objects(term, p)]
        assert not [o for o in slots if isinstance(o, BNode)], term
        assert {o for o in slots if str(o).startswith(str(XSD))} <= DATATYPES, term


def test_nothing_is_functional_or_a_key() -> None:
    triples = graph("stdgraph") + graph("alignments")
    assert not set(triples.objects(None, RDF.type)) & {OWL.FunctionalProperty, OWL.InverseFunctionalProperty}
    assert not list(triples.subject_objects(OWL.hasKey))
    assert not list(triples.subject_objects(OWL.sameAs))


# --- what the rest of the repository uses -----------------------------------------------------------------------------


def files(*patterns: str) -> Iterator[Path]:
    return (path for pattern in patterns for path in sorted(ROOT.glob(pattern)))


def words(expression: re.Pattern[str], *patterns: str) -> set[str]:
    return {name for path in files(*patterns) for name in expression.findall(path.read_text(encoding="utf-8"))}


CONTENT = ("data/ttl/**/*.ttl", "shapes/*.ttl", "queries/**/*.rq")


def test_every_term_in_use_is_declared() -> None:
    misspelt = {"hasPartty"}  # queries/examples/09-faults.rq shows what is told of it
    assert words(TERM, *CONTENT, "ontology/*.ttl") - misspelt <= {local(term) for term in terms(OWL.Class, *KINDS)}


def test_every_code_in_use_is_declared() -> None:
    declared = {local(s) for s in graph("codes").subjects(RDF.type, SKOS.Concept)}
    assert {code for code in words(CODE, *CONTENT) if not code.startswith("ics-")} <= declared


def test_every_term_is_read_or_stated() -> None:
    """By a fact, a question, a rule, a shape or the code; that the ontology itself speaks of a term is no use of it."""
    if not list(files("data/ttl/*/*.ttl")):
        pytest.skip("data/ttl holds no source yet; the test comes back with the first file of facts")
    made = {name for path in files("src/**/*.py") for found in MADE.findall(path.read_text("utf-8")) for name in found}
    used = words(TERM, *CONTENT, "src/**/*.py") | made
    assert {local(term) for term in terms(OWL.Class, *KINDS)} - used == set()


# --- what follows from it ---------------------------------------------------------------------------------------------

PREFIXES = """
@base <https://w3id.org/stdgraph/id/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix stdg: <https://w3id.org/stdgraph/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

PLANTED = {
    "an edition typed as its standard": "<standard/x/ed/2020> a stdg:StandardEdition , stdg:Standard .",
    "a person as the body of a membership": "<membership/x> stdg:inBody <person/x> . <person/x> a stdg:Person .",
    "an agreement typed as an organization": "<agreement/x> a stdg:Agreement , stdg:Organization .",
    "an event as participant": "<participation/x> stdg:participant <event/x> . <event/x> a stdg:Event .",
}

ENTAILED = [
    (ID["org/cn-sac"], STDG.memberOf, ID["org/iso-council"]),
    (ID["org/iso-council"], STDG.hasMember, ID["org/cn-sac"]),
    (ID["org/cn-sac"], STDG.memberOf, ID["committee/iso-tc-145-sc-1"]),
    (ID["org/cn-sac"], STDG.holdsSecretariatOf, ID["committee/iso-tc-342"]),
    (ID["committee/iso-tc-342"], STDG.secretariatHeldBy, ID["org/cn-sac"]),
    (ID["org/cn-cnis-jichu"], STDG.holdsSecretariatOf, ID["committee/iso-tc-145-sc-1-wg-5"]),
    (ID["committee/iso-tc-145-sc-1-wg-5"], STDG.withinBody, ID["org/iso"]),
    (ID["committee/sac-tc-260"], STDG.ofCountry, ID["country/CN"]),
    (ID["city/cn-qingdao"], STDG.placeWithin, ID["country/CN"]),
    (ID["arrangement/iec-cn-ng-twinning"], STDG.hasParty, ID["org/cn-iec-nc"]),
    (ID["mechanism/cn-gb-cities-group"], STDG.outcomeOf, ID["event/2018-11-cn-gb-cities-2"]),
    (ID["office/ye-yu--cn-gb-cities--convenor"], RDF.type, ORG.Membership),
    (ID["person/ye-yu"], RDF.type, PROV.Agent),
]


FOREIGN = """
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
foaf:Person owl:disjointWith foaf:Document , foaf:Organization .
foaf:Organization a owl:Class ; owl:disjointWith foaf:Document .
org:Organization owl:equivalentClass foaf:Organization ; owl:hasKey ( org:identifier ) .
org:identifier a owl:DatatypeProperty .
org:member a owl:FunctionalProperty ; rdfs:domain org:Membership ; rdfs:range foaf:Agent .
org:organization a owl:FunctionalProperty ; rdfs:domain org:Membership ; rdfs:range org:Organization .
org:memberOf rdfs:domain foaf:Agent ; rdfs:range org:Organization .
org:originalOrganization rdfs:domain org:ChangeEvent ; rdfs:range org:Organization ; rdfs:subPropertyOf prov:used .
org:resultingOrganization rdfs:domain org:ChangeEvent ; rdfs:range org:Organization .
org:ChangeEvent rdfs:subClassOf prov:Activity .
prov:Activity owl:disjointWith prov:Entity .
prov:used a owl:ObjectProperty ; rdfs:domain prov:Activity ; rdfs:range prov:Entity .
prov:wasDerivedFrom rdfs:domain prov:Entity ; rdfs:range prov:Entity .
prov:hadPrimarySource rdfs:subPropertyOf prov:wasDerivedFrom .
prov:wasAttributedTo rdfs:domain prov:Entity ; rdfs:range prov:Agent .
"""
"""Axioms of FOAF, ORG and PROV-O that could turn one of our nodes into another or into a contradiction."""


@cache
def design_examples() -> Graph:
    """Return the Turtle blocks of the design's section on patterns as one graph."""
    if not DESIGN.exists():
        pytest.skip(f"{DESIGN} is not here: the examples of the design stand beside the repository, not in it")
    fences = FENCE.findall(DESIGN.read_text(encoding="utf-8"))
    blocks = [text for name, text in fences if name == "turtle"]
    header = next(text for name, text in fences if name == "turtle-header")
    return Graph().parse(data=header + "\n".join(blocks), format="turtle")


def closure(*graphs: Graph) -> Graph:
    closed = Graph()
    for one in graphs:
        for triple in one:
            closed.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    return closed


@pytest.fixture(scope="module")
def closed_examples() -> Graph:
    foreign = Graph().parse(data=PREFIXES + FOREIGN, format="turtle")
    return closure(graph("stdgraph"), graph("codes"), graph("alignments"), foreign, design_examples())


def test_the_closure_of_the_examples_has_no_error(closed_examples: Graph) -> None:
    assert [str(o) for o in closed_examples.objects(None, ERROR.error)] == []


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED.keys())
def test_the_closure_reports_a_planted_error(planted: str) -> None:
    closed = closure(graph("stdgraph"), Graph().parse(data=PREFIXES + planted, format="turtle"))
    assert list(closed.objects(None, ERROR.error))


@pytest.mark.parametrize("triple", ENTAILED, ids=lambda t: " ".join(local(n).removeprefix(ID) for n in t))
def test_the_examples_entail(closed_examples: Graph, triple: tuple[URIRef, URIRef, URIRef]) -> None:
    assert triple not in design_examples()
    assert triple in closed_examples


def test_no_person_becomes_an_organization(closed_examples: Graph) -> None:
    persons = set(closed_examples.subjects(RDF.type, STDG.Person))
    assert persons
    for kind in (STDG.Organization, ORG.Organization, PROV.Organization):
        assert not persons & set(closed_examples.subjects(RDF.type, kind))


def test_nothing_is_the_same_as_something_else(closed_examples: Graph) -> None:
    assert [pair for pair in closed_examples.subject_objects(OWL.sameAs) if pair[0] != pair[1]] == []


# --- proofs by the OWL API and HermiT ---------------------------------------------------------------------------------

SOUND = (
    "ontology",
    "ontology and codes",
    "ontology and examples",
    "ontology, codes, examples and alignments",
    "the same with axioms of FOAF, ORG and PROV-O",
    "ontology, codes, facts and alignments",
)

FLAWED = {
    "a year as range": ("outside_rl", "stdg:start rdfs:range xsd:gYear ."),
    "a union as domain": ("outside_rl", "stdg:start rdfs:domain [ owl:unionOf ( stdg:Person stdg:Place ) ] ."),
    "a functional property that is transitive": ("outside_dl", "stdg:withinBody a owl:FunctionalProperty ."),
    "an empty class": ("unsatisfiable", "stdg:X a owl:Class ; rdfs:subClassOf stdg:Person , stdg:Event ."),
}


def as_one_ontology(*graphs: Graph) -> Graph:
    """Return the union with the first ontology header only: one document may hold one ontology."""
    union = Graph()
    for number, one in enumerate(graphs):
        headers = set(one.subjects(RDF.type, OWL.Ontology)) if number else set()
        for triple in one:
            if triple[0] not in headers:
                union.add(triple)
    return union


def candidates() -> dict[str, Graph]:
    tbox, codes, alignments = (graph(name) for name in FILES)
    parts: dict[str, tuple[Graph, ...]] = {SOUND[0]: (tbox,), SOUND[1]: (tbox, codes)}
    if DESIGN.exists():
        parts[SOUND[2]] = (tbox, design_examples())
        parts[SOUND[3]] = (tbox, codes, design_examples(), alignments)
        parts[SOUND[4]] = (*parts[SOUND[3]], Graph().parse(data=PREFIXES + FOREIGN, format="turtle"))
    if facts := list(files("data/ttl/**/*.ttl")):
        parts[SOUND[5]] = (tbox, codes, *(Graph().parse(path, format="turtle") for path in facts), alignments)
    for name, text in (PLANTED | {name: text for name, (_, text) in FLAWED.items()}).items():
        parts[name] = (tbox, Graph().parse(data=PREFIXES + text, format="turtle"))
    return {name: as_one_ontology(*graphs) for name, graphs in parts.items()}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, owlapi.Verdict]:
    if lacks := owlapi.missing():
        pytest.skip(f"the OWL proofs need {lacks}")
    folder = tmp_path_factory.mktemp("owl")
    paths = {}
    for number, (name, one) in enumerate(candidates().items()):
        paths[name] = folder / f"{number}.ttl"
        one.serialize(paths[name], format="turtle")
    return owlapi.judge(paths)


@pytest.fixture
def verdict(verdicts: dict[str, owlapi.Verdict], name: str) -> owlapi.Verdict:
    if name not in verdicts:
        pytest.skip(f"no facts under data/ttl yet, or no examples: {DESIGN} stands beside the repository, not in it")
    return verdicts[name]


@pytest.mark.parametrize("name", SOUND)
def test_it_is_in_the_profile_owl_2_rl(verdict: owlapi.Verdict) -> None:
    assert verdict.outside_rl == []


@pytest.mark.parametrize("name", SOUND)
def test_it_is_in_the_profile_owl_2_dl(verdict: owlapi.Verdict) -> None:
    assert verdict.outside_dl == []


@pytest.mark.parametrize("name", SOUND)
def test_it_is_consistent_and_every_class_can_have_members(verdict: owlapi.Verdict) -> None:
    assert verdict.consistent
    assert verdict.unsatisfiable == []


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_error_is_inconsistent(verdict: owlapi.Verdict) -> None:
    assert verdict.outside_dl == []
    assert not verdict.consistent


@pytest.mark.parametrize("name", FLAWED)
def test_a_planted_flaw_is_found(verdict: owlapi.Verdict, name: str) -> None:
    assert getattr(verdict, FLAWED[name][0])
