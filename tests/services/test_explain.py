"""Proofs of what is derived: of the repository's graph every fourth, all where `STDGRAPH_WHOLE` is set, which takes a minute."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import Result

import stdgraph
from conftest import ROOT, TINY
from stdgraph.model.vocabulary import BASE, DERIVED_BOUNDS, PROV, RDF, STDG
from stdgraph.reasoning import counts
from stdgraph.reasoning.axioms import Rule
from stdgraph.reasoning.links import LinkRule
from stdgraph.reasoning.prove import Proof, Prover
from stdgraph.reasoning.rules import link_rules
from stdgraph.services.explain import Explainer, Step
from stdgraph.services.infer import infer
from stdgraph.storage.lines import line_of, place_of

PART = 4


@pytest.fixture(scope="module")
def prover(tiny: stdgraph.Graph) -> Prover:
    return Prover(tiny.reads.store, link_rules())


def triple(s: str, p: str, o: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(BASE + s), ox.NamedNode(STDG + p), ox.NamedNode(BASE + o))


def is_sound(prover: Prover, proof: Proof, known: set[ox.Triple]) -> bool:
    """Tell whether each step follows: leaves are asserted, and what a rule used fits its body or one way to fulfil it."""
    if proof.triple in known:
        return True
    known.add(proof.triple)
    if proof.rule is None:
        return prover.asserted(proof.triple)
    if isinstance(proof.rule, LinkRule) and proof.rule.name == counts.COUNT:
        return counts_right(proof) and all(is_sound(prover, p, known) for p in proof.premises)
    bodies = proof.rule.branches if isinstance(proof.rule, LinkRule) else (proof.rule.body,)
    heads = proof.rule.heads if isinstance(proof.rule, LinkRule) else (proof.rule.head,)
    fits = any(_fits(body, [p.triple for p in proof.premises]) for body in bodies)
    verbs = {part for _, part, _ in heads}
    return fits and str(proof.triple.predicate) in verbs and all(is_sound(prover, p, known) for p in proof.premises)


def counts_right(proof: Proof) -> bool:
    """Tell whether the records of a count name so many actors, or say so; two that a hub joins are two."""
    used = [p.triple for p in proof.premises]
    stated = [t.object for t in used if t.predicate.value in (STDG + "statedActorCount", STDG + "value")]
    if stated:
        return [float(s.value) for s in stated] == [float(proof.triple.object.value)]
    more = any(t.predicate.value == STDG + "listIsComplete" for t in used)
    links = {t.subject for t in used if t.predicate.value == STDG + "basis" and not is_link(t.object)}
    named = {end for link in links for end in str(link).strip("<>").split("--")[1:]}
    return len(named) + more == int(proof.triple.object.value)


def is_link(term: object) -> bool:
    return str(term).startswith(f"<{BASE}link/")


def without_proof(prover: Prover, goals: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Return the triples of which there is no proof, or one that does not hold."""
    known: set[ox.Triple] = set()
    return [goal for goal in goals if not ((proof := prover.prove(goal)) and is_sound(prover, proof, known))]


def _fits(body: tuple[tuple[str, str, str], ...], used: list[ox.Triple]) -> bool:
    verbs = {verb for _, verb, _ in body}
    return verbs == {str(t.predicate) for t in used} or any(v.startswith("?") for v in verbs)


def test_every_derived_triple_of_the_tiny_graph_has_a_proof(tiny: stdgraph.Graph, prover: Prover) -> None:
    assert without_proof(prover, infer(tiny.files)) == []


def test_every_derived_triple_of_the_repository_has_a_proof(repository: stdgraph.Graph) -> None:
    prover = Prover(repository.reads.store, link_rules())
    every = sorted(infer(repository.files), key=str)
    assert without_proof(prover, every[:: 1 if os.environ.get("STDGRAPH_WHOLE") else PART]) == []


def test_date_bounds_have_proofs(repository: stdgraph.Graph) -> None:
    prover = Prover(repository.reads.store, link_rules())
    bounds = repository.reads.store.quads_for_pattern(None, None, None, ox.NamedNode(DERIVED_BOUNDS))
    assert without_proof(prover, (quad.triple for quad in bounds)) == []
    kinds = {proof.rule.kind for proof in prover.proofs.values() if isinstance(proof.rule, Rule)}
    assert {"date bound", "start of agreement"} <= kinds


def test_what_is_not_entailed_has_no_proof(tiny: stdgraph.Graph, prover: Prover) -> None:
    everything = {q.triple for q in tiny.reads.store} | set(infer(tiny.files))
    things = sorted({t.subject for t in everything if str(t.subject).startswith(f"<{BASE}org")}, key=str)
    for a in things:
        for b in things:
            for verb in ("coPartyWith", "cooperatesWith", "withinBody", "memberOf"):
                goal = ox.Triple(a, ox.NamedNode(STDG + verb), b)
                assert (prover.prove(goal) is None) is (goal not in everything)


def test_the_shortest_proof_comes_first(prover: Prover) -> None:
    """Ann is an actor by what she is a member of (one step), not only as a person (also one): never by a detour."""
    goal = ox.Triple(ox.NamedNode(BASE + "person/ann"), ox.NamedNode(RDF + "type"), ox.NamedNode(STDG + "Actor"))
    proof = prover.prove(goal)
    assert proof is not None
    assert proof.steps == 1


def test_a_proof_goes_down_to_file_line_and_source(tiny: stdgraph.Graph) -> None:
    proof = tiny.explain("org/aa-nsb", "coPartyWith", "org/bb-nsb")
    assert proof is not None
    assert proof.rule == "co-party-with"
    assert {premise.triple.predicate.value.removeprefix(STDG) for premise in proof.premises} == {
        RDF + "type",
        "hasParty",
    }
    lines = TINY.read_text("utf-8").splitlines()
    for premise in proof.premises:
        assert premise.place is not None
        assert premise.place.path == "tests/cases/tiny.ttl"
        assert premise.triple.object.value.rpartition("/")[2].rpartition("#")[2] in lines[premise.place.line - 1]
        assert premise.sources


def test_an_axiom_is_named_with_its_place(tiny: stdgraph.Graph) -> None:
    proof = tiny.explain("person/ann", "a", "foaf:Agent")
    assert proof is not None
    (place,) = proof.axioms
    line = (ROOT / place.path).read_text("utf-8").splitlines()[place.line - 1]
    assert line.strip() == "rdfs:subClassOf foaf:Agent ;"


def test_rules_speak_both_languages(tiny: stdgraph.Graph) -> None:
    goal = triple("person/ann", "memberOf", "org/aa-nsb")
    en, zh = (Explainer(tiny.reads, tiny.files, lang=lang).explain(goal) for lang in ("en", "zh"))
    assert en is not None
    assert zh is not None
    assert "one after the other" in en.words
    assert "依次" in zh.words


def test_a_step_of_a_chain_may_be_read_backwards(tiny: stdgraph.Graph) -> None:
    goal = triple("person/ann", "memberOf", "org/aa-nsb")
    en, zh = (Explainer(tiny.reads, tiny.files, lang=lang).explain(goal) for lang in ("en", "zh"))
    assert en is not None
    assert zh is not None
    assert en.words.startswith("“member” read backwards · “in body”, one after the other")
    assert zh.words.startswith("依次经“成员”的逆关系 · ")


def steps(step: Step) -> list[Step]:
    return [step, *(inner for premise in step.premises for inner in steps(premise))]


def test_prov_says_what_came_from_what(tiny: stdgraph.Graph) -> None:
    proof = tiny.explain("country/AA", "cooperatesAtCountryLevelWith", "country/BB")
    assert proof is not None
    triples = proof.triples()
    verbs = {t.predicate.value for t in triples}
    assert {PROV + n for n in ("wasDerivedFrom", "wasGeneratedBy", "used", "hadPrimarySource")} <= verbs
    generated = {t.subject.value for t in triples if t.predicate.value == PROV + "wasGeneratedBy"}
    assert generated == {s.iri for s in steps(proof) if s.rule}


Run = Callable[..., Result]


def test_the_command_proves_in_each_format(run_tiny: Run) -> None:
    words = ("infer", "--explain", "org/aa-nsb", "coPartyWith", "org/bb-nsb")
    text = run_tiny(*words).stdout
    assert "← co-party-with: two actors are parties" in text
    assert "= tests/cases/tiny.ttl:" in text
    told = json.loads(run_tiny(*words, "-f", "json").stdout)
    assert told["rule"]["name"] == "co-party-with"
    assert all(premise["asserted"]["line"] for premise in told["from"])
    assert "prov:wasDerivedFrom" in run_tiny(*words, "-f", "ttl").stdout
    assert "← co-party-with: 两个主体" in run_tiny("--lang", "zh", *words).stdout


def test_the_command_says_that_nothing_entails_a_triple(run_tiny: Run) -> None:
    result = run_tiny("infer", "--explain", "org/aa-nsb", "coPartyWith", "org/aa-nsb")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Nothing in the graph entails" in result.stderr


def test_terms_and_texts_are_named_as_everywhere(tiny: stdgraph.Graph) -> None:
    assert tiny.explain("stdg:Agreement", "rdfs:subClassOf", "foaf:Document") is not None
    assert tiny.explain("country/AA", "a", "Country") is not None
    assert tiny.explain("country/AA", "a", "foaf:Agent") is not None
    assert (
        tiny.explain("country/AA", "skos:prefLabel", "Alphaland") or tiny.explain("country/AA", "isoCode", "AA") is None
    )


def test_ask_and_why_bring_the_same_proofs(tiny: stdgraph.Graph, run_tiny: Run) -> None:
    proof = tiny.explain("org/aa-nsb", "coPartyWith", "org/bb-nsb")
    answer = tiny.ask("who-cooperates-with", actor="org/aa-nsb", why=True)
    proofs = {p.iri for row in answer for record in row.records for p in record.proofs}
    assert proof is not None
    assert proof.iri in proofs
    found = tiny.why("org/aa-nsb", "org/bb-nsb", proofs=True)
    assert proof.iri in {p.iri for row in found for record in row.records for p in record.proofs}
    assert "← co-party-with" in run_tiny("why", "org/aa-nsb", "org/bb-nsb", "--proof").stdout
    assert "← co-party-with" in run_tiny("ask", "who-cooperates-with", "--actor", "org/aa-nsb", "--why").stdout


def test_the_line_is_found_in_every_way_to_write_turtle(tmp_path: Path) -> None:
    path = tmp_path / "loose.ttl"
    path.write_text(
        f"@prefix e: <http://e.x/> .\n# e:a e:p e:b .\n@prefix id: <{BASE}> .\n"
        'e:a e:p e:b ,\n  "text, with e:p; and ."@en\n ; e:q 4.0 .\n'
        "id:x a e:C ; e:list (\n e:a e:b ) ; e:nested [ e:p\n e:c ] .\n  e:late e:p true .\n"
    )
    graph = ox.Store()
    graph.load(path.read_bytes(), format=ox.RdfFormat.TURTLE, base_iri=BASE)
    found = sorted((str(q.predicate), line_of(path, q.triple)) for q in graph if str(q.subject).startswith("<"))
    assert found == [
        ("<http://e.x/list>", 7),
        ("<http://e.x/nested>", 8),
        ("<http://e.x/p>", 4),
        ("<http://e.x/p>", 5),
        ("<http://e.x/p>", 10),
        ("<http://e.x/q>", 6),
        (f"<{RDF}type>", 7),
    ]


def test_every_asserted_triple_of_the_tiny_graph_has_a_line(tiny: stdgraph.Graph) -> None:
    lines = TINY.read_text("utf-8").splitlines()
    file = next(f for f in tiny.files if f.path == TINY)
    for quad in file.quads():
        place = place_of(tiny.reads.store, [file], quad.triple)
        assert place is not None, quad
        assert lines[place.line - 1].startswith("    ")
