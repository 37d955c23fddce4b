from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stdgraph
from conftest import TINY
from stdgraph.model.vocabulary import BASE, DERIVED_CLOSURE, OWL, RDF, RDFS, STDG
from stdgraph.reasoning import axioms, clashes, fixpoint, rules
from stdgraph.services.build import input_files
from stdgraph.services.infer import closure, derived, infer, inference, is_left_out
from stdgraph.storage.files import given_files, ontology_files

FILES = input_files([TINY])
HOME = ox.NamedNode("urn:test:asserted")


@pytest.fixture(scope="module")
def found() -> list[ox.Triple]:
    return infer(FILES)


def triple(s: str, p: str, o: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(BASE + s), ox.NamedNode(STDG + p), ox.NamedNode(o if "//" in o else BASE + o))


EXPECTED = [
    ("person/ann", "memberOf", "org/aa-nsb"),
    ("org/aa-nsb", "holdsSecretariatOf", "committee/wso-tc-1"),
    ("org/aa-lab", "performsSecretariatOf", "committee/wso-tc-1"),
    ("committee/wso-tc-1-wg-2", "withinBody", "org/wso"),
    ("city/aa-alphaville", "placeWithin", "country/AA"),
    ("committee/asa-tc-7", "ofCountry", "country/AA"),
    ("org/aa-nsb", "coPartyWith", "org/bb-nsb"),
    ("org/bb-nsb", "cooperatesWith", "org/aa-nsb"),
    ("country/AA", "cooperatesAtCountryLevelWith", "country/BB"),
    ("org/aa-nsb", "participatingMemberOf", "committee/wso-tc-1"),
]


@pytest.mark.parametrize("expected", EXPECTED, ids=" ".join)
def test_what_is_entailed_is_there(found: list[ox.Triple], expected: tuple[str, str, str]) -> None:
    assert triple(*expected) in found


def test_only_derived_triples_sorted_and_valid(found: list[ox.Triple]) -> None:
    asserted = {q.triple for f in FILES for q in f.quads()}
    assert not asserted & set(found)
    assert found == sorted(found, key=str)
    assert not [
        t for t in found if isinstance(t.subject, ox.Literal | ox.BlankNode) or isinstance(t.object, ox.BlankNode)
    ]


def test_no_false_ties(found: list[ox.Triple]) -> None:
    """Planned contributors, counterparties among themselves and one country's bodies at a table are no partners."""
    links = {
        (t.subject.value.removeprefix(BASE), t.object.value.removeprefix(BASE))
        for t in found
        if t.predicate.value == STDG + "cooperatesWith"
    }
    assert not {("org/wso", "mechanism/aa-bb-tea-group"), ("person/ann", "org/cc-nsb")} & links
    assert all(a != b for a, b in links)
    assert {(b, a) for a, b in links} == links


def test_the_rules_derive_what_owlrl_derives(found: list[ox.Triple]) -> None:
    """The tiny graph with the whole ontology, links included; nothing is left out but what the documents list."""
    assert found == infer(FILES, engine="owlrl")


def test_the_store_holds_the_closure_about_its_own_terms(tiny: stdgraph.Graph, found: list[ox.Triple]) -> None:
    store: ox.Store = tiny.reads.store
    ours = {q.triple for q in store.quads_for_pattern(None, None, None, ox.NamedNode(DERIVED_CLOSURE))}
    own = {t for t in found if _about(t).startswith(STDG) and t.subject.value.startswith(BASE)}
    assert ours <= set(found)
    assert own <= {q.triple for q in store}


def _about(triple: ox.Triple) -> str:
    return str(triple.object.value if triple.predicate.value == RDF + "type" else triple.predicate.value)


@cache
def schema() -> tuple[ox.Triple, ...]:
    """The axioms of the ontology and its alignments, without labels."""
    kinds = {ox.NamedNode(OWL + kind) for kind in ("SymmetricProperty", "TransitiveProperty")}
    wanted = {ox.NamedNode(p.strip("<>")) for p in (*axioms.SCHEMA_PROPERTIES, axioms.INVERSE, axioms.CHAIN)}
    wanted |= {ox.NamedNode(RDF + "first"), ox.NamedNode(RDF + "rest")}
    triples = [q.triple for file in ontology_files() for q in file.quads()]
    return tuple(t for t in triples if t.predicate in wanted or t.object in kinds)


def axioms_about(names: set[ox.NamedNode]) -> list[ox.Triple]:
    """Return all axioms that some properties set in motion: what follows from them, and from that."""
    found: dict[ox.Triple, None] = {}
    reached: set[object] = set(names)
    while True:
        more = [t for t in schema() if t not in found and (t.subject in reached or _is_part(t, reached))]
        if not more:
            return list(found)
        found |= dict.fromkeys(more)
        reached |= {t.object for t in more if not isinstance(t.object, ox.Literal)}


def _is_part(triple: ox.Triple, reached: set[object]) -> bool:
    """Tell whether an axiom read from its right side is set in motion: a list and its chain, an inverse."""
    return triple.object in reached and triple.predicate.value in (
        OWL + "inverseOf",
        RDF + "first",
        OWL + "propertyChainAxiom",
    )


OWN = sorted({t.subject.value for t in schema() if t.predicate.value == RDFS + "domain"})
THINGS = [f"{BASE}org/t{n}" for n in range(5)]


@st.composite
def facts(draw: st.DrawFn) -> list[ox.Triple]:
    """Random facts with a few of the ontology's own properties, some of them with text, some with types."""
    thing, properties = st.sampled_from(THINGS), draw(st.lists(st.sampled_from(OWN), min_size=1, max_size=4))
    chained = [STDG + n for n in ("subBodyOf", "ofCountry", "member", "memberOf", "inBody", "withinBody")]
    verb = st.sampled_from([*properties, *draw(st.lists(st.sampled_from(chained), max_size=2))])
    found = []
    for _ in range(draw(st.integers(3, 12))):
        s, p, o = ox.NamedNode(draw(thing)), ox.NamedNode(draw(verb)), ox.NamedNode(draw(thing))
        found.append(ox.Triple(s, p, ox.Literal("x") if draw(st.integers(0, 9)) == 0 else o))
    return found


@settings(max_examples=60, deadline=None, derandomize=True)
@given(facts())
def test_random_facts_entail_the_same_under_owlrl(graph: list[ox.Triple]) -> None:
    asserted = {*graph, *axioms_about({t.predicate for t in graph})}
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object, HOME) for t in asserted)
    fixpoint.close(store, rules.chosen(store, everything=True))
    theirs = {t for t in closure(asserted) - asserted if not is_left_out(t)}
    assert set(derived(store)) == theirs


def test_the_repository_entails_no_contradiction(repository: stdgraph.Graph) -> None:
    assert inference(repository.files).clashes == []


CLASHES = {
    "cax-dw": "e:x a stdg:Person , stdg:Organization .",
    "cls-com": "e:C owl:complementOf e:D . e:x a e:C , e:D .",
    "cls-nothing2": "e:x a owl:Nothing .",
    "prp-irp": "e:p a owl:IrreflexiveProperty . e:x e:p e:x .",
    "prp-asyp": "e:p a owl:AsymmetricProperty . e:x e:p e:y . e:y e:p e:x .",
    "prp-pdw": "e:p owl:propertyDisjointWith e:q . e:x e:p e:y ; e:q e:y .",
    "eq-diff1": "e:x owl:sameAs e:y . e:y owl:sameAs e:z . e:z owl:differentFrom e:x .",
    "prp-npa1": "[] owl:sourceIndividual e:x ; owl:assertionProperty e:p ; owl:targetIndividual e:y . e:x e:p e:y .",
}
HEAD = f"@prefix e: <http://e.x/> . @prefix owl: <{OWL}> . @prefix stdg: <{STDG}> .\n"
HARMLESS = """e:p a owl:IrreflexiveProperty , owl:AsymmetricProperty ; owl:propertyDisjointWith e:q .
e:x e:p e:y . e:y e:q e:x . e:x owl:differentFrom e:y . e:y owl:sameAs e:z . e:x a stdg:Person . e:y a stdg:Organization ."""


@pytest.mark.parametrize("rule", CLASHES)
def test_a_contradiction_is_reported_with_the_triples_that_clash(rule: str, tmp_path: Path) -> None:
    path = tmp_path / "clash.ttl"
    path.write_text(HEAD + CLASHES[rule])
    (clash,) = inference([*ontology_files(), *given_files([path])]).clashes
    assert clash.rule == rule
    assert any("<http://e.x/x>" in t for t in clash.triples)
    assert clash.message("en") != clash.message("zh")


def test_each_check_has_a_case() -> None:
    assert set(CLASHES) == {"cax-dw", *clashes.CHECKS}


def test_what_is_consistent_is_not_reported(tmp_path: Path) -> None:
    path = tmp_path / "fine.ttl"
    path.write_text(HEAD + HARMLESS)
    assert inference([*ontology_files(), *given_files([path])]).clashes == []


def test_a_disjointness_may_be_entailed(tmp_path: Path) -> None:
    """Ann has an office in a body that is a person: range makes it a technical body or organization."""
    path = tmp_path / "clash.ttl"
    path.write_text(HEAD + "e:x a stdg:Person . e:m stdg:inBody e:x .")
    assert [c.rule for c in inference([*ontology_files(), *given_files([path])]).clashes] == ["cax-dw"]


def test_axioms_without_a_rule_are_told(tmp_path: Path) -> None:
    path = tmp_path / "more.ttl"
    path.write_text(HEAD + "e:p a owl:FunctionalProperty . e:x owl:sameAs e:y .")
    told = inference([*ontology_files(), *given_files([path])]).left_out
    assert told == [OWL + "FunctionalProperty", OWL + "sameAs"]


def test_what_is_added_gives_the_same_as_all_at_once(tmp_path: Path) -> None:
    path = tmp_path / "more.ttl"
    path.write_text(
        f"<{BASE}agreement/x> a <{STDG}Agreement> ; <{STDG}hasParty> <{BASE}org/aa-nsb> , <{BASE}org/cc-nsb> ."
    )
    new = given_files([path])
    added = inference(FILES, new)
    assert added.triples == infer([*FILES, *new])
    assert triple("org/aa-nsb", "coPartyWith", "org/cc-nsb") in added.triples


def test_the_profile_accounts_for_every_derived_triple() -> None:
    result = inference(FILES, counting=True)
    graphs = {DERIVED_CLOSURE, DERIVED_CLOSURE.replace("closure", "links")}
    held = [q for q in result.store if getattr(q.graph_name, "value", "") in graphs]
    assert sum(number for _, _, number, _ in result.profile.rows()) == len(held)
    assert all(runs > 0 and seconds >= 0 for _, runs, _, seconds in result.profile.rows())
