from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import TINY
from stdgraph.errors import OutputError
from stdgraph.model.vocabulary import BASE, DERIVED, OWL, RDF, RDFS, STDG
from stdgraph.reasoning import axioms, counts, fixpoint, rules
from stdgraph.reasoning.links import link_rule
from stdgraph.storage.export import write_store
from stdgraph.storage.files import GraphFile, ontology_files

HOME = ox.NamedNode("urn:test:asserted")
RUNS = settings(max_examples=15, deadline=None, derandomize=True)


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(name if ":" in name else BASE + name)


def quad(s: str, p: str, o: str) -> ox.Quad:
    return ox.Quad(node(s), ox.NamedNode(p), node(o), HOME)


@cache
def ontology() -> tuple[ox.Quad, ...]:
    """The ontology without its code lists: enough for rules, quick to load."""
    return tuple(q for file in ontology_files() if file.path.stem != "codes" for q in file.quads())


@cache
def tiny_quads() -> tuple[ox.Quad, ...]:
    return tuple(sorted(GraphFile(TINY, HOME.value).quads(), key=str))


def loaded(*parts: tuple[ox.Quad, ...] | list[ox.Quad]) -> ox.Store:
    store = ox.Store()
    for part in parts:
        store.extend(part)
    return store


def select(store: ox.Store) -> axioms.Select:
    return lambda query: store.query(query, use_default_graph_as_union=True)  # type: ignore[return-value]


def derived(store: ox.Store) -> set[ox.Triple]:
    graphs = [ox.NamedNode(graph) for graph in DERIVED]
    found = {q.triple for graph in graphs for q in store.quads_for_pattern(None, None, None, graph)}
    return {t for t in found if not isinstance(t.object, ox.BlankNode)}


def scratch(quads: list[ox.Quad], *, everything: bool = True) -> ox.Store:
    store = loaded(ontology(), quads)
    rules.reason(store, rules.chosen(store, everything=everything))
    rules.add_bounds(store)
    rules.add_reasons(store)
    return store


@RUNS
@given(st.sets(st.integers(0, 10_000), max_size=200), st.booleans())
def test_adding_triples_derives_the_same_as_from_scratch(picked: set[int], mostly_new: bool) -> None:
    """The tiny graph cut in two anywhere: conditions on what must not be there also change their mind."""
    every = tiny_quads()
    new = [q for at, q in enumerate(every) if (at in picked) is not mostly_new]
    base = [q for at, q in enumerate(every) if (at in picked) is mostly_new]
    store = scratch(base)
    rules.reason_on(store, new, everything=True)
    assert derived(store) == derived(scratch(list(every)))


def test_a_link_goes_when_what_is_added_forbids_it() -> None:
    store = scratch(list(tiny_quads()))
    link = ox.Triple(node("org/aa-nsb"), ox.NamedNode(STDG + "coPartyWith"), node("org/bb-nsb"))
    assert link in derived(store)
    true = ox.Literal("true", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean"))
    planned = [
        ox.Quad(q.subject, ox.NamedNode(STDG + "planned"), true, HOME)
        for q in tiny_quads()
        if q.predicate.value == STDG + "hasParty" and q.object == node("org/bb-nsb")
    ]
    rules.reason_on(store, planned, everything=True)
    assert link not in derived(store)
    assert derived(store) == derived(scratch([*tiny_quads(), *planned]))


def test_an_axiom_that_is_added_works_on_what_was_there() -> None:
    store = scratch(list(tiny_quads()))
    new = [quad(STDG + "coPartyWith", RDFS + "subPropertyOf", "http://e.x/ties")]
    rules.reason_on(store, new, everything=True)
    tie = ox.Triple(node("org/aa-nsb"), ox.NamedNode("http://e.x/ties"), node("org/bb-nsb"))
    assert tie in derived(store)
    assert derived(store) == derived(scratch([*tiny_quads(), *new]))


NAMES = [f"http://e.x/{name}" for name in "abcdefgh"]
PROPERTIES = [f"http://e.x/p{n}" for n in range(4)]
CLASSES = [f"http://e.x/C{n}" for n in range(4)]
KINDS = st.sampled_from(["SymmetricProperty", "TransitiveProperty"])


@st.composite
def graphs(draw: st.DrawFn) -> list[ox.Quad]:
    """A few axioms of each kind over made-up terms, and facts."""
    some_class, some_property, thing = (st.sampled_from(names) for names in (CLASSES, PROPERTIES, NAMES))
    found = [
        quad(draw(some_class), RDFS + "subClassOf", draw(some_class)),
        quad(draw(some_property), RDFS + draw(st.sampled_from(["domain", "range"])), draw(some_class)),
        quad(draw(some_property), RDF + "type", OWL + draw(KINDS)),
    ]
    for name in ("inverseOf", "equivalentProperty"):
        if draw(st.booleans()):
            found.append(quad(draw(some_property), OWL + name, draw(some_property)))
    found += [quad(draw(some_property), RDFS + "subPropertyOf", draw(some_property)) for _ in range(2)]
    found += [quad(draw(thing), draw(some_property), draw(thing)) for _ in range(draw(st.integers(2, 10)))]
    found += [quad(draw(thing), RDF + "type", draw(some_class)) for _ in range(2)]
    return found


def closed(quads: list[ox.Quad]) -> ox.Store:
    store = loaded(quads)
    fixpoint.close(store, rules.chosen(store, everything=True))
    return store


@settings(max_examples=40, deadline=None, derandomize=True)
@given(graphs(), st.integers(0, 20))
def test_adding_to_a_random_graph_derives_the_same_as_from_scratch(quads: list[ox.Quad], cut: int) -> None:
    store = closed(quads[cut:])
    rules.reason_on(store, quads[:cut], everything=True)
    assert derived(store) == derived(closed(quads))


def test_nothing_is_done_for_nothing_new() -> None:
    store = scratch(list(tiny_quads()))
    before, profile = derived(store), fixpoint.Profile()
    rules.reason_on(store, list(tiny_quads()[:50]), everything=True, profile=profile)
    assert derived(store) == before
    assert not profile.rows()


def test_only_rules_that_the_axioms_call_for() -> None:
    store = loaded([quad("http://e.x/C1", RDFS + "subClassOf", "http://e.x/C2")])
    assert [rule.kind for rule in axioms.rules_of(select(store))] == ["subclass"]
    assert axioms.rules_of(select(ox.Store())) == []


def test_every_axiom_of_the_ontology_has_its_rule() -> None:
    kinds = {rule.kind for rule in axioms.rules_of(select(loaded(ontology())))}
    assert kinds == {"subclass", "subproperty", "domain", "range", "inverse", "symmetric", "transitive", "chain"}


def test_a_long_chain_is_a_rule() -> None:
    text = "<x:p> <%spropertyChainAxiom> ( <x:a> <x:b> <x:c> ) . <x:1> <x:a> <x:2> . <x:2> <x:b> <x:3> . <x:3> <x:c> <x:4> ."
    store = ox.Store()
    store.load((text % OWL).encode(), format=ox.RdfFormat.TURTLE, to_graph=HOME)
    found = fixpoint.close(store, rules.chosen(store, everything=True), collect=True)
    assert {str(t.object) for t in found} == {"<x:4>"}


def test_a_chain_may_read_a_property_backwards() -> None:
    text = "<x:p> <%spropertyChainAxiom> ( [ <%sinverseOf> <x:a> ] <x:b> ) . <x:2> <x:a> <x:1> . <x:2> <x:b> <x:3> ."
    store = ox.Store()
    store.load((text % (OWL, OWL)).encode(), format=ox.RdfFormat.TURTLE, to_graph=HOME)
    found = fixpoint.close(store, rules.chosen(store, everything=True), collect=True)
    assert [str(t) for t in found] == ["<x:1> <x:p> <x:3>"]


def test_layers_come_in_the_order_of_need() -> None:
    found = fixpoint.layers(axioms.rules_of(select(loaded(ontology()))))
    done: set[str] = set()
    for layer in found:
        heads = {axioms.term(rule.head) for rule in layer}
        later = {axioms.term(rule.head) for rest in found for rule in rest} - done - heads
        assert not {axioms.term(p) for rule in layer for p in rule.body} & later
        done |= heads


def test_an_interrupted_closure_leaves_no_scratch_graph() -> None:
    class Stop(fixpoint.Profile):
        def add(self, *_: object) -> None:
            raise KeyboardInterrupt

    store = loaded(ontology(), tiny_quads())
    with pytest.raises(KeyboardInterrupt):
        fixpoint.close(store, rules.chosen(store), new=[q.triple for q in tiny_quads()], profile=Stop())
    assert not {fixpoint.NEW, fixpoint.ROUND, fixpoint.MIRRORED} & {q.graph_name for q in store}


def test_a_store_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    store = loaded(list(tiny_quads()))
    write_store(store, tmp_path / "out")
    assert len(ox.Store.read_only(str(tmp_path / "out"))) == len(store)
    with pytest.raises(OutputError, match="already"):
        write_store(store, tmp_path / "out")
    with pytest.raises(OutputError):
        write_store(store, tmp_path / "no" / "such" / "place")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("path", rules.rule_files(), ids=lambda p: p.stem)
def test_rule_files_are_understood(path: Path) -> None:
    rule = link_rule(path)
    assert rule.heads
    assert all(rule.branches)
    assert set(rule.words) == {"en", "zh"}
    assert all(part.startswith(("?", "<")) for branch in rule.branches for pattern in branch for part in pattern)


def test_what_a_rule_file_concluded_is_told_from_its_links() -> None:
    store = scratch(list(tiny_quads()), everything=False)
    found = [rule for rule in rules.link_rules() if any(head[0] == "?link" for head in rule.heads)]
    found = [rule for rule in found if rule.name != counts.COUNT]
    kept = {rule.name: rules._links_of(store, rule) for rule in found}
    assert kept == {rule.name: set(rules.link(store, rule, fixpoint.Profile())) for rule in found}
    assert sum(map(len, kept.values())) > 50


def test_rules_conclude_nothing_from_what_they_concluded() -> None:
    store = scratch(list(tiny_quads()))
    again = [rule.name for rule in rules.link_rules() if any(rules.link(store, rule, fixpoint.Profile()).values())]
    assert again == []


def test_what_may_keep_a_rule_from_concluding() -> None:
    forbids = {rule.name: {iri.strip("<>").removeprefix(STDG) for iri in rule.forbids} for rule in rules.link_rules()}
    assert {"hubParty", "planned"} < forbids["cooperates-under-arrangement-with"]
    assert {name for name in forbids["twinned-with"] if not name.startswith("a ")} == {"planned"}
