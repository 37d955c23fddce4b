"""Each rule file on its own case (`tests/cases/rules/`): the ties that it makes, and those that it refuses."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable
from functools import cache

import pyoxigraph as ox
import pytest

from conftest import ROOT
from stdgraph.model.vocabulary import BASE, STDG
from stdgraph.reasoning import counts, rules
from stdgraph.reasoning.fixpoint import Profile
from stdgraph.reasoning.links import LinkRule, solutions
from stdgraph.reasoning.prove import Prover
from stdgraph.storage.files import GraphFile, ontology_files
from stdgraph.storage.turtle import format_turtle

CASES = ROOT / "tests" / "cases" / "rules"
RULES = [rule for rule in rules.link_rules() if rule.name != counts.COUNT]
SUMS_UP = "cooperates-at-country-level-with"
HOME = ox.NamedNode("urn:test:asserted")
PLANNED = ox.NamedNode(STDG + "planned")
TRUE = ox.Literal("true", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean"))
RECORDS = ("x", "p", "q", "o", "m")
"""Variables of rule files that stand for records."""

Tie = tuple[str, str, str, str]
by_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


@cache
def ontology() -> tuple[ox.Quad, ...]:
    return tuple(q for file in ontology_files() if file.path.stem != "codes" for q in file.quads())


def case(rule: LinkRule) -> list[ox.Quad]:
    return list(GraphFile(CASES / f"{rule.name}.ttl", HOME.value).quads())


def reasoned(quads: list[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.extend([*ontology(), *quads])
    rules.reason(store, rules.chosen(store))
    return store


def short(term: object) -> str:
    return str(getattr(term, "value", term)).removeprefix(BASE)


def ties(store: ox.Store, rule: LinkRule) -> list[Tie]:
    """Return the ties of a rule as `from, to, number of parties, records`; of a rule without links its triples."""
    verb = ox.NamedNode(rule.heads[0][1][1:-1])
    found = []
    for quad in store.quads_for_pattern(None, verb, None):
        a, b = quad.subject, quad.object
        behind = [x for x in (link_of(store, rule, a, b), link_of(store, rule, b, a)) if x]
        if not behind and rule.heads[-1][0] == "?link":
            continue  # by another rule
        number = {short(t.object) for x in behind for t in store.quads_for_pattern(x, counts.NUMBER, None)}
        records = {short(t.object) for x in behind for t in store.quads_for_pattern(x, counts.BASIS, None)}
        found.append((short(a), short(b), " ".join(sorted(number)), " ".join(sorted(records))))
    return sorted(found)


def link_of(store: ox.Store, rule: LinkRule, a: object, b: object) -> ox.NamedNode | None:
    iri = f"{BASE}link/{rule.name}--{short(a).replace('/', '.')}--{short(b).replace('/', '.')}".lower()
    link = ox.NamedNode(iri)
    return link if next(store.quads_for_pattern(link, None, None), None) else None


def written(rule: LinkRule) -> list[Tie]:
    with (CASES / f"{rule.name}.csv").open(encoding="utf-8") as file:
        return sorted((r["from"], r["to"], r["parties"], r["records"]) for r in csv.DictReader(file))


def as_csv(found: list[Tie]) -> str:
    return "".join(f"{','.join(row)}\n" for row in [("from", "to", "parties", "records"), *found])


@by_rule
def test_a_rule_makes_the_ties_of_its_case_and_no_others(rule: LinkRule) -> None:
    found = ties(reasoned(case(rule)), rule)
    assert found
    assert found == written(rule), as_csv(found)


def test_each_rule_has_a_case_with_something_that_it_refuses() -> None:
    assert {path.stem for path in CASES.glob("*.ttl")} == {rule.name for rule in RULES}
    for rule in RULES:
        text = (CASES / f"{rule.name}.ttl").read_text("utf-8")
        assert "planned>" in text or rule.name == SUMS_UP


def records_behind(store: ox.Store, rule: LinkRule) -> dict[ox.NamedNode, set[tuple[str, str]]]:
    """Return the asserted records that a rule used, with the pairs that it tied by each."""
    found: dict[ox.NamedNode, set[tuple[str, str]]] = defaultdict(set)
    for values, _ in solutions(store, rule, {}):
        for name in RECORDS:
            if name in values:
                found[values[name]].add((short(values["a"]), short(values["b"])))
    return found


def others(left: list[Tie], pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return those of some pairs that another record ties as well."""
    return {tie[:2] for tie in left} & pairs


def marked(record: ox.NamedNode) -> list[ox.Quad]:
    return [ox.Quad(record, PLANNED, TRUE, HOME)]


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.name != SUMS_UP], ids=lambda rule: rule.name)
def test_no_rule_reads_a_planned_record_of_any_class(rule: LinkRule) -> None:
    """From scratch, added to a closed store, and in proofs: what becomes planned ties nobody any more."""
    before = reasoned(case(rule))
    found = records_behind(before, rule)
    assert found
    for record, pairs in found.items():
        anew = reasoned([*case(rule), *marked(record)])
        left = ties(anew, rule)
        assert short(record) not in " ".join(tie[-1] for tie in left).split()
        gone = {tie[:2] for tie in ties(before, rule)} - {tie[:2] for tie in left}
        assert gone <= pairs | {(b, a) for a, b in pairs}
        assert gone or others(left, pairs), record
        added = reasoned(case(rule))
        rules.reason_on(added, marked(record))
        assert ties(added, rule) == ties(anew, rule)
        prover = Prover(anew, rules.link_rules())
        verb = ox.NamedNode(rule.heads[0][1][1:-1])
        for a, b in gone:
            assert prover.prove(ox.Triple(ox.NamedNode(BASE + a), verb, ox.NamedNode(BASE + b))) is None


def test_a_tie_of_countries_goes_with_the_record_of_their_bodies() -> None:
    (rule,) = (rule for rule in RULES if rule.name == SUMS_UP)
    store = reasoned([*case(rule), *marked(ox.NamedNode(BASE + "agreement/of-three"))])
    assert [tie[:2] for tie in ties(store, rule)] == [("country/AA", "country/BB"), ("country/BB", "country/AA")]


@by_rule
def test_a_rule_run_twice_concludes_nothing_new(rule: LinkRule) -> None:
    store = reasoned(case(rule))
    assert [r.name for r in rules.link_rules() if any(rules.link(store, r, Profile()).values())] == []


@by_rule
def test_every_tie_and_count_of_a_case_has_a_proof(rule: LinkRule) -> None:
    store = reasoned(case(rule))
    prover = Prover(store, rules.link_rules())
    derived = store.quads_for_pattern(None, None, None, ox.NamedNode(rules.DERIVED_LINKS))
    assert [quad.triple for quad in derived if prover.prove(quad.triple) is None] == []


NO_COUNT = (2, 4, 14)


@by_rule
def test_a_wrong_count_has_no_proof(rule: LinkRule) -> None:
    store = reasoned(case(rule))
    prover = Prover(store, rules.link_rules())
    for quad in list(store.quads_for_pattern(None, counts.NUMBER, None)):
        for number in NO_COUNT:
            goal = ox.Triple(quad.subject, counts.NUMBER, ox.Literal(number))
            assert (prover.prove(goal) is None) is (goal.object != quad.object)


ADD: dict[str, Callable[[], list[ox.Quad]]] = {
    "one party more": lambda: [said("agreement/good", "hasParty", "org/zz")],
    "a record of two": lambda: [
        *(said("agreement/new", "hasParty", name) for name in ("org/aa", "org/cc")),
        ox.Quad(
            ox.NamedNode(BASE + "agreement/new"),
            ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
            ox.NamedNode(STDG + "Agreement"),
            HOME,
        ),
    ],
    "a stated number": lambda: [
        ox.Quad(ox.NamedNode(BASE + "agreement/good"), counts.STATED, ox.Literal(6), HOME),
    ],
    "a hub": lambda: [said("agreement/of-three", "hub", "org/aa")],
}


def said(subject: str, predicate: str, value: str) -> ox.Quad:
    return ox.Quad(ox.NamedNode(BASE + subject), ox.NamedNode(STDG + predicate), ox.NamedNode(BASE + value), HOME)


@pytest.mark.parametrize("added", ADD)
def test_counts_follow_what_is_added(added: str) -> None:
    (rule,) = (rule for rule in RULES if rule.name == "co-party-with")
    new = ADD[added]()
    store = reasoned(case(rule))
    before = ties(store, rule)
    rules.reason_on(store, new)
    assert ties(store, rule) == ties(reasoned([*case(rule), *new]), rule) != before


def test_case_files_are_in_block_form() -> None:
    for path in sorted(CASES.glob("*.ttl")):
        text = path.read_text("utf-8")
        assert format_turtle(text, str(path)) == text
