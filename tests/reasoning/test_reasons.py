"""Bounds by reason: what each rule concludes, what it refuses, and that no bound is without its proof."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

import stdgraph
from conftest import ROOT, TINY
from stdgraph.model.vocabulary import BASE, DERIVED_BOUNDS, DERIVED_REASONS, STDG, local
from stdgraph.reasoning import rules
from stdgraph.reasoning.links import LinkRule
from stdgraph.reasoning.prove import Prover
from stdgraph.reasoning.reasons import add_reasons, reason_rules
from stdgraph.storage.files import ontology_files

RULES = sorted((ROOT / "queries" / "reasons").glob("*.rq"))
HEAD = """@base <https://w3id.org/stdgraph/id/> .
@prefix stdg: <https://w3id.org/stdgraph/ontology#> .
@prefix stdgc: <https://w3id.org/stdgraph/concept/> .
<source/a> a stdg:SourceDocument ; stdg:date "2020" .
<source/b> a stdg:SourceDocument ; stdg:date "2023-03" .
<evidence/a> a stdg:Evidence ; stdg:fromSource <source/a> .
<evidence/b> a stdg:Evidence ; stdg:fromSource <source/b> .
<evidence/former> a stdg:Evidence ; stdg:fromSource <source/a> ; stdg:saysFormer true .
<event/forum> a stdg:Event ; stdg:date "2019-04-25/2019-04-27" .
<mechanism/m> a stdg:JointCommission ; stdg:start "2015-11" .
<org/young> a stdg:Organization ; stdg:start "2018" .
<org/heir> a stdg:Organization ; stdg:start "2018" ; stdg:succeeds <org/old> .
"""

CASES = {
    "an act reported": ("<document/x> a stdg:Resolution ; stdg:evidence <evidence/a>", {"dateLatest 2020-12-31"}),
    "the earliest document counts": (
        "<document/x> a stdg:Resolution ; stdg:evidence <evidence/a> , <evidence/b>",
        {"dateLatest 2020-12-31"},
    ),
    "a state reported": ("<agreement/x> a stdg:Agreement ; stdg:evidence <evidence/b>", {"startLatest 2023-03-31"}),
    "planned": ("<agreement/x> a stdg:Agreement ; stdg:planned true ; stdg:evidence <evidence/b>", set()),
    "planned stage": (
        "<w/x> a stdg:Translation ; stdg:translationStatus stdgc:stage-planned ; stdg:evidence <evidence/b>",
        set(),
    ),
    "an own date": ('<agreement/x> a stdg:Agreement ; stdg:date "2017" ; stdg:evidence <evidence/b>', set()),
    "an own end": (
        '<agreement/x> a stdg:Agreement ; stdg:end "2017" ; stdg:evidence <evidence/b>',
        {"startLatest 2017-12-31"},
    ),
    "signed in an event": (
        "<agreement/x> a stdg:Agreement ; stdg:signedIn <event/forum> ; stdg:evidence <evidence/b>",
        {"startEarliest 2019-04-25", "startLatest 2019-04-27"},
    ),
    "listed as an outcome: may be older": (
        "<agreement/x> a stdg:Agreement ; stdg:outcomeOf <event/forum> ; stdg:evidence <evidence/b>",
        {"startLatest 2023-03-31"},
    ),
    "under a framework": (
        "<mechanism/x> a stdg:JointWorkingGroup ; stdg:underFramework <mechanism/m> ; stdg:evidence <evidence/b>",
        {"startEarliest 2015-11-01", "startLatest 2023-03-31"},
    ),
    "under what is under a framework": (
        """<mechanism/y> a stdg:JointWorkingGroup ; stdg:underFramework <mechanism/m> .
        <mechanism/x> a stdg:JointWorkingGroup ; stdg:underFramework <mechanism/y>""",
        {"startEarliest 2015-11-01"},
    ),
    "done by a body": (
        "<agreement/x> a stdg:Agreement ; stdg:hasParty <org/young>",
        {"startEarliest 2018-01-01"},
    ),
    "done by an heir: may be older": ("<agreement/x> a stdg:Agreement ; stdg:hasParty <org/heir>", set()),
    "in a body": ("<office/x> a stdg:OfficeHolding ; stdg:inBody <org/young>", {"startEarliest 2018-01-01"}),
    "of several reasons the latest beginning": (
        "<agreement/x> a stdg:Agreement ; stdg:hasParty <org/young> ; stdg:signedIn <event/forum>",
        {"startEarliest 2019-04-25", "startLatest 2019-04-27"},
    ),
    "called former": (
        "<office/x> a stdg:OfficeHolding ; stdg:evidence <evidence/former>",
        {"startLatest 2020-12-31", "endLatest 2020-12-31"},
    ),
    "not called former": (
        "<office/x> a stdg:OfficeHolding ; stdg:evidence <evidence/a>",
        {"startLatest 2020-12-31"},
    ),
    "a figure": ("<figure/x> a stdg:Figure ; stdg:evidence <evidence/a>", {"asOfLatest 2020-12-31"}),
    "a figure with a day": ('<figure/x> a stdg:Figure ; stdg:asOf "2019" ; stdg:evidence <evidence/a>', set()),
    "a target": (
        '<figure/x> a stdg:Figure ; stdg:asOf "2022" ; stdg:figureStatus stdgc:fig-target ; stdg:evidence <evidence/a>',
        {"dateLatest 2020-12-31"},
    ),
}


def store_of(text: str) -> ox.Store:
    store = ox.Store()
    for file in ontology_files():
        store.extend(file.quads())
    home = ox.NamedNode(BASE + "case")
    parsed = ox.parse(HEAD + text + " .", format=ox.RdfFormat.TURTLE)
    store.extend(ox.Quad(q.subject, q.predicate, q.object, home) for q in parsed)
    rules.derive(store)
    return store


def reasoned(store: ox.Store) -> list[ox.Triple]:
    return [q.triple for q in store.quads_for_pattern(None, None, None, ox.NamedNode(DERIVED_REASONS))]


@pytest.mark.parametrize("name", CASES)
def test_what_is_concluded_of_a_record(name: str) -> None:
    text, expected = CASES[name]
    found = {
        f"{local(t.predicate.value)} {t.object.value}"
        for t in reasoned(store_of(text))
        if t.subject.value.endswith("/x")
    }
    assert found == expected


def test_every_rule_concludes_something_in_some_case() -> None:
    found = set()
    for text, _ in CASES.values():
        store = store_of(text)
        found |= {
            rule.name for rule in reason_rules() for t in rule_answers(store, rule) if t.subject.value.endswith("/x")
        }
    assert found == {path.stem for path in RULES}


def rule_answers(store: ox.Store, rule: LinkRule) -> list[ox.Triple]:
    return list(store.query(rule.text, use_default_graph_as_union=True))  # type: ignore[arg-type]


@pytest.mark.parametrize("path", RULES, ids=lambda p: p.stem)
def test_a_rule_tells_itself_in_both_languages(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.search(r"^#\+ rule: \S", text, re.MULTILINE)
    assert re.search(r"^#\+ rule_zh: \S", text, re.MULTILINE)


def test_bounds_by_reason_are_computed_once_and_for_all(tiny: stdgraph.Graph) -> None:
    store = ox.Store()
    store.extend(tiny.reads.store)
    before = sorted(map(str, reasoned(store)))
    add_reasons(store)
    assert before
    assert sorted(map(str, reasoned(store))) == before


def test_no_record_of_the_repository_with_a_date_of_its_own_is_bounded_by_a_reason(repository: stdgraph.Graph) -> None:
    store = repository.reads.store
    own = {
        q.subject for slot in ("date", "start") for q in store.quads_for_pattern(None, ox.NamedNode(STDG + slot), None)
    }
    assert [t for t in reasoned(store) if t.subject in own and not t.predicate.value.startswith(STDG + "end")] == []


def test_no_bound_of_the_repository_contradicts_another(repository: stdgraph.Graph) -> None:
    days: dict[object, dict[str, str]] = {}
    for graph in (DERIVED_BOUNDS, DERIVED_REASONS):
        for quad in repository.reads.store.quads_for_pattern(None, None, None, ox.NamedNode(graph)):
            days.setdefault(quad.subject, {})[local(quad.predicate.value)] = quad.object.value
    order = (
        ("startEarliest", "startLatest"),
        ("dateEarliest", "dateLatest"),
        ("startEarliest", "endLatest"),
        ("asOfEarliest", "asOfLatest"),
    )
    for subject, found in days.items():
        for first, last in order:
            assert found.get(first, "0") <= found.get(last, "9"), subject


def test_every_bound_by_reason_of_the_repository_has_a_proof(repository: stdgraph.Graph) -> None:
    store = repository.reads.store
    prover = Prover(store, rules.link_rules())
    proofs = [prover.prove(triple) for triple in reasoned(store)]
    assert all(proofs)
    assert {p.rule.name for p in proofs if p and p.rule} <= {path.stem for path in RULES}  # type: ignore[union-attr]


def test_a_day_is_told_with_its_reason(tiny: stdgraph.Graph) -> None:
    proof = stdgraph.open(data=[TINY]).explain(BASE + "award/tea", "dateLatest", "2023-03-31")
    assert proof is not None
    assert proof.rule == "reported-as-done"
    assert "own date" in proof.words
