"""What changed is told by record and in words, and leads from one version to the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stdgraph
from conftest import TINY
from stdgraph.errors import ExportError
from stdgraph.exchange.changes import markdown, update
from stdgraph.model.changes import Change, Changes
from stdgraph.storage.blanks import named_by_content
from stdgraph.storage.files import given_files, ontology_files
from stdgraph.storage.turtle import parse_turtle
from stdgraph.storage.versions import Version
from stdgraph.versions import diff as compared

HEAD = """@base <https://w3id.org/stdgraph/id/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix src: <https://w3id.org/stdgraph/source/> .
@prefix stdg: <https://w3id.org/stdgraph/ontology#> .
@prefix stdgc: <https://w3id.org/stdgraph/concept/> .
"""
OFFICE = """<office/ann--aa-nsb--head> a stdg:OfficeHolding ; stdg:inBody <org/aa-nsb> ; stdg:member <person/ann> ;
    stdg:role stdgc:role-head ; stdg:evidence <evidence/e> .
<evidence/e> a stdg:Evidence ; stdg:fromSource src:doc-a ; stdg:locator "paragraph 1" ; stdg:confidence 0.9 .
<person/ann> a stdg:Person ; skos:prefLabel "Ann Example"@en ; skos:prefLabel "安例"@zh-Hans .
"""


@pytest.fixture
def changed() -> Callable[..., Changes]:
    """Return what is between two texts in the tiny graph."""

    def between(first: str, second: str, *, lang: str = "en") -> Changes:
        sides = [parse_turtle(HEAD + text)[0] for text in (first, second)]
        files = [*ontology_files(), *given_files([TINY])]
        return compared(*sides, files=files, lang=lang)

    return between


def told(changes: Iterable[Change]) -> list[tuple[str, str, list[str]]]:
    values = {c.id: [f"{v.told()}: {v.before} > {v.after}" for v in c.values] for c in changes}
    return [(c.change, c.id, values[c.id]) for c in changes]


def test_nothing_changed_says_nothing(changed) -> None:
    assert len(changed(OFFICE, OFFICE)) == 0
    assert changed(OFFICE, OFFICE).counts() == {"added": 0, "changed": 0, "renamed": 0, "removed": 0}


def test_an_added_record_is_told_with_its_labels_and_where_it_was_read(changed) -> None:
    (person, office) = sorted(changed("", OFFICE).records, key=lambda c: c.id, reverse=True)
    assert (office.change, office.kind) == ("added", "office holding")
    assert office.record.label == "office holding: Ann Example · head · Aland Standards Administration"
    assert [(str(v.property), str(v.after)) for v in office.values] == [
        ("in body", "Aland Standards Administration"),
        ("member", "Ann Example"),
        ("role", "head"),
    ]
    assert [s.locator for s in office.sources] == ["paragraph 1"]
    assert (person.change, person.id) == ("added", "person/ann")


def test_the_evidence_of_a_record_is_told_with_it_and_not_apart(changed) -> None:
    assert {c.kind for c in changed("", OFFICE).records} == {"office holding", "person"}


def test_it_is_told_in_chinese(changed) -> None:
    (person, office) = sorted(changed("", OFFICE, lang="zh").records, key=lambda c: c.id, reverse=True)
    assert (office.kind, person.record.label) == ("任职", "安例")
    assert str(office.values[1].property) == "成员"


def test_a_removed_record_is_told_as_it_was(changed) -> None:
    changes = changed(OFFICE, "")
    assert changes.counts() == {"added": 0, "changed": 0, "renamed": 0, "removed": 2}
    office = next(c for c in changes.records if c.kind == "office holding")
    assert office.record.label.startswith("office holding: Ann Example")
    assert [s.locator for s in office.sources] == ["paragraph 1"]


def test_a_value_that_took_the_place_of_another_stands_beside_it(changed) -> None:
    changes = changed(OFFICE, OFFICE.replace("role-head", "role-chair"))
    assert told(changes.records) == [("changed", "office/ann--aa-nsb--head", ["role: head > chair"])]


def test_of_several_values_those_that_came_and_went_are_told(changed) -> None:
    was = "<org/new> a stdg:Organization ; stdg:acronym 'A' , 'B' ; skos:prefLabel 'One'@en , '一'@zh-Hans ."
    now = "<org/new> a stdg:Organization ; stdg:acronym 'A' , 'C' , 'D' ; skos:prefLabel 'Two'@en , '一'@zh-Hans ."
    (change,) = changed(was, now).records
    assert told([change]) == [
        ("changed", "org/new", ["name (en): One > Two", "acronym: B > None", "acronym: None > C", "acronym: None > D"])
    ]


def test_what_an_evidence_says_otherwise_is_told_at_its_record(changed) -> None:
    changes = changed(OFFICE, OFFICE.replace("0.9", "0.7"))
    assert told(changes.records) == [
        ("changed", "office/ann--aa-nsb--head", ["evidence: confidence (0..1): 0.9 > 0.7"])
    ]


def test_a_record_that_was_read_elsewhere_tells_both_places(changed) -> None:
    now = OFFICE.replace("evidence/e>", "evidence/f>").replace("paragraph 1", "paragraph 2")
    (change,) = changed(OFFICE, now).records
    (value,) = change.values
    assert [str(value.before)[-11:], str(value.after)[-11:]] == ["paragraph 1", "paragraph 2"]


def test_an_evidence_of_several_records_is_told_once(changed) -> None:
    other = OFFICE + "<office/two> a stdg:OfficeHolding ; stdg:evidence <evidence/e> ."
    (change,) = changed(other, other.replace("0.9", "0.7")).records
    assert (change.id, change.proves) == ("evidence/e", 2)


def test_a_thing_under_another_iri_is_renamed_with_what_speaks_of_it(changed) -> None:
    now = OFFICE.replace("person/ann", "person/ann-example").replace("office/ann--", "office/ann-example--")
    changes = changed(OFFICE, now)
    assert [(c.change, c.was.iri[-9:], c.values) for c in changes.records if c.was] == [
        ("renamed", "nsb--head", ()),
        ("renamed", "erson/ann", ()),
    ]
    assert len(changes) == 2


def test_a_retired_iri_is_renamed_though_more_changed(changed) -> None:
    now = OFFICE.replace("person/ann", "person/b").replace("Ann Example", "Ann B. Example")
    now += "<person/ann> owl:deprecated true ; dcterms:isReplacedBy <person/b> ."
    changes = changed(OFFICE, now)
    assert ("renamed", "person/b", ["name (en): Ann Example > Ann B. Example"]) in told(changes.records)
    assert "person/ann" not in {c.id for c in changes.records}


def test_what_is_only_alike_is_not_renamed(changed) -> None:
    two = "<figure/a> a stdg:Figure ; stdg:value 1 . <figure/b> a stdg:Figure ; stdg:value 1 ."
    assert changed(two, two.replace("figure/a", "figure/c")).counts()["renamed"] == 0
    named = "<org/a> a stdg:Organization ; skos:prefLabel 'A'@en ."
    assert changed(named, named.replace("org/a", "org/b").replace("'A'", "'B'")).counts()["renamed"] == 0


def test_what_was_retired_for_a_thing_that_was_there_is_removed(changed) -> None:
    both = OFFICE + "<person/anna> a stdg:Person ; skos:prefLabel 'Anna'@en ."
    now = both.replace(
        '<person/ann> a stdg:Person ; skos:prefLabel "Ann Example"@en ; skos:prefLabel "安例"@zh-Hans .', ""
    )
    now = (
        now.replace("<person/ann>", "<person/anna>")
        + "<person/ann> owl:deprecated true ; dcterms:isReplacedBy <person/anna> ."
    )
    found = {c.id: c for c in changed(both, now).records}
    assert found["person/ann"].change == "removed"
    assert (str(found["person/ann"].values[-1].after), found["person/ann"].record.label) == ("Anna", "Ann Example")


def test_a_node_without_a_name_is_told_by_what_it_holds(changed) -> None:
    was = "<org/a> a stdg:Organization ; skos:note ( 'a' [ stdg:acronym 'b' ] ) ."
    (change,) = changed(was, was.replace("'b'", "'c'")).records
    assert told([change]) == [("changed", "org/a", ["note: (a, [acronym b]) > (a, [acronym c])"])]


def test_the_same_with_other_labels_of_nodes_is_no_change(changed) -> None:
    assert len(changed("<org/a> skos:note _:x . _:x skos:note 1 .", "_:y skos:note 1 . <org/a> skos:note _:y .")) == 0


def test_of_kinds_of_one_rank_the_one_with_the_most_changes_comes_first(changed) -> None:
    changes = changed("", "<event/a> a stdg:Event . <city/b> a stdg:City . <city/a> a stdg:City .")
    assert [c.id for c in changes.records] == ["city/a", "city/b", "event/a"]
    assert [(str(r["kind"]), r["added"]) for r in changes.summary()] == [("city", 2), ("event", 1)]


def test_agreements_records_and_bodies_come_before_files_and_evidence(changed) -> None:
    said = """<https://w3id.org/stdgraph/graph/x> a <http://www.w3.org/ns/dcat#Dataset> . <https://w3id.org/stdgraph/graph/y> a <http://www.w3.org/ns/dcat#Dataset> .
        <evidence/doc-a--s9> a stdg:Evidence . <person/a> a stdg:Person . <person/b> a stdg:Person . <org/a> a stdg:Organization .
        <office/a--a--head> a stdg:OfficeHolding . <event/a> a stdg:Event . <agreement/a> a stdg:Agreement ."""
    assert [c.id.rpartition("/graph/")[2] for c in changed("", said).records] == [
        "agreement/a", "office/a--a--head", "org/a", "person/a", "person/b", "event/a", "evidence/doc-a--s9", "x", "y",
    ]  # fmt: skip


def test_a_table_has_a_row_for_each_value(changed) -> None:
    table = changed(OFFICE, OFFICE.replace("role-head", "role-chair")).table()
    assert [(str(r["property"]), str(r["before"]), str(r["after"]), r["id"]) for r in table] == [
        ("role", "head", "chair", "office/ann--aa-nsb--head")
    ]


NODES = [ox.NamedNode(f"https://w3id.org/stdgraph/id/org/{name}") for name in "abcd"]
BLANKS = [ox.BlankNode(name) for name in "wxyz"]
TERMS = st.sampled_from([*NODES, *BLANKS, ox.Literal("1"), ox.Literal("one", language="en"), ox.Literal('a\n"b\\')])
TRIPLES = st.builds(
    ox.Triple,
    st.sampled_from([*NODES, *BLANKS]),
    st.sampled_from(
        [ox.NamedNode(f"https://w3id.org/stdgraph/ontology#{name}") for name in ("evidence", "member", "acronym")]
    ),
    TERMS,
)
GRAPHS = st.lists(TRIPLES, max_size=12)


@given(GRAPHS, GRAPHS)
def test_the_changes_lead_from_one_version_to_the_other(one: list[ox.Triple], other: list[ox.Triple]) -> None:
    """With unnamed nodes too: they go by what is said around them."""
    changes = compared(one, other, files=())
    assert stdgraph.apply(changes, one) == set(named_by_content(other))
    assert len(changes) > 0 or not changes.added | changes.removed or all_unnamed(changes)


def all_unnamed(changes: Changes) -> bool:
    return all(isinstance(t.subject, ox.BlankNode) for t in changes.added | changes.removed)


@given(GRAPHS, GRAPHS)
def test_the_update_leads_from_one_version_to_the_other(one: list[ox.Triple], other: list[ox.Triple]) -> None:
    changes = compared(one, other, files=())
    try:
        text = update(changes)
    except ExportError:
        assert any(
            isinstance(term, ox.BlankNode) for t in changes.added | changes.removed for term in (t.subject, t.object)
        )
        return
    store = ox.Store(None)
    store.extend(ox.Quad(*t) for t in named_by_content(one))
    store.update(text)
    assert {q.triple for q in store} == set(named_by_content(other))


@given(st.permutations(parse_turtle(HEAD + OFFICE)[0]))
def test_the_same_versions_give_the_same_bytes(shuffled: list[ox.Triple]) -> None:
    first = Version("a", frozenset(parse_turtle(HEAD + OFFICE)[0]))
    changes = compared(first, Version("b", frozenset(shuffled[:6])), files=())
    again = compared(first, Version("b", frozenset(shuffled[5::-1])), files=())
    assert markdown(changes) == markdown(again)
    assert changes.table() == again.table()
    assert update(changes) == update(again)


def test_markdown_for_a_pull_request_holds_no_markup_of_the_data(changed) -> None:
    text = markdown(changed("", "<org/a> a stdg:Organization ; skos:prefLabel '<img src=x> [a](b) | `c`'@en ."))
    assert "<img" not in text
    assert "\\[a\\](b) \\|" in text


def test_markdown_for_a_pull_request_fits_into_one(changed) -> None:
    many = "".join(f"<org/a{n}> a stdg:Organization ; skos:prefLabel 'Body {n} {'x' * 100}'@en ." for n in range(600))
    text = markdown(changed("", many))
    assert len(text) < 65_536
    assert "… and" in text.splitlines()[-1]
    assert text.count("<details>") == text.count("</details>") == 1
