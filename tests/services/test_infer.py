from __future__ import annotations

import pyoxigraph as ox
import pytest

import stdgraph
from conftest import TINY
from stdgraph.model.vocabulary import BASE, DERIVED_CLOSURE, OWL, RDF, STDG
from stdgraph.services.infer import infer
from stdgraph.storage.store import input_files


@pytest.fixture(scope="module")
def derived() -> list[ox.Triple]:
    return infer(input_files([TINY]))


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
def test_what_is_entailed_is_there(derived: list[ox.Triple], expected: tuple[str, str, str]) -> None:
    assert triple(*expected) in derived


def test_only_derived_triples_sorted_and_valid(derived: list[ox.Triple]) -> None:
    asserted = {q.triple for f in input_files([TINY]) for q in f.quads()}
    assert not asserted & set(derived)
    assert derived == sorted(derived, key=str)
    assert not [
        t for t in derived if isinstance(t.subject, ox.Literal | ox.BlankNode) or isinstance(t.object, ox.BlankNode)
    ]


def test_nothing_clashes(derived: list[ox.Triple]) -> None:
    clashes = [t for t in derived if t.predicate.value == RDF + "type" and t.object == ox.NamedNode(OWL + "Nothing")]
    assert not clashes


def test_no_false_ties(derived: list[ox.Triple]) -> None:
    """Planned contributors, counterparties among themselves and one country's bodies at a table are no partners."""
    links = {
        (t.subject.value.removeprefix(BASE), t.object.value.removeprefix(BASE))
        for t in derived
        if t.predicate.value == STDG + "cooperatesWith"
    }
    assert not {("org/wso", "mechanism/aa-bb-tea-group"), ("person/ann", "org/cc-nsb")} & links
    assert all(a != b for a, b in links)
    assert {(b, a) for a, b in links} == links


def test_the_store_derives_the_same_as_owlrl_about_its_own_terms(
    tiny: stdgraph.Graph, derived: list[ox.Triple]
) -> None:
    """owlrl is the oracle of the SPARQL rules that fill the compiled store."""
    store: ox.Store = tiny.reads.store
    ours = {q.triple for q in store.quads_for_pattern(None, None, None, ox.NamedNode(DERIVED_CLOSURE))}

    def own(t: ox.Triple) -> bool:
        about = t.object.value if t.predicate.value == RDF + "type" else t.predicate.value
        return about.startswith(STDG) and t.subject.value.startswith(BASE)

    theirs = {t for t in derived if own(t)}
    domain_and_range = {t for t in theirs - {q.triple for q in store} if t.predicate.value == RDF + "type"}
    assert {t for t in ours if own(t)} <= theirs
    assert {t for t in theirs if t.predicate.value != RDF + "type"} <= {q.triple for q in store}
    assert len(domain_and_range) < len(theirs)
