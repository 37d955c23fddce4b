"""What a change causes is found wherever its focus stands, and nothing that was there before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import TINY
from stdgraph.services.validate import Change, Report, judge, validate
from stdgraph.storage.files import GraphFile, given_files, ontology_files

HEAD = """@base <https://w3id.org/stdgraph/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stdg: <https://w3id.org/stdgraph/ontology#> .
@prefix stdgc: <https://w3id.org/stdgraph/concept/> .
"""


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, str], GraphFile]:
    def write(name: str, text: str) -> GraphFile:
        path = tmp_path / f"{name}.ttl"
        path.write_text(HEAD + text, "utf-8")
        return given_files([path])[0]

    return write


@pytest.fixture
def judged(written) -> Callable[..., Report]:
    """Return what comes of a change: the text of a file as it was, and as it is; None where there is no such file."""

    def check(was: str | None, now: str | None, *, others: str = "") -> Report:
        gone = [written("was", was)] if was is not None else []
        new = [written("now", now)] if now is not None else []
        base = [*ontology_files(), *given_files([TINY]), written("others", others)]
        return judge([*base, *gone], Change(new, gone))

    return check


def told(report: Report) -> set[tuple[str, str, str]]:
    return {(f.focus, f.rule, f.value) for f in report.findings}


def test_a_change_of_nothing_causes_nothing(judged) -> None:
    faulty = "<org/new> a stdg:Organization ; stdg:hasPaty <org/nobody> ; stdg:start 'spring' ."
    assert judged(faulty, faulty).findings == ()
    assert judged(None, None).findings == ()


def test_a_fault_that_was_there_is_not_told_when_its_thing_is_spoken_of(judged) -> None:
    faulty = "<org/new> a stdg:Organization ; stdg:start 'spring' ."
    assert "org/new" not in {f.focus for f in judged(None, "<org/new> stdg:acronym 'N' .", others=faulty).findings}


def test_what_a_deletion_leaves_in_want_is_found(judged) -> None:
    user = "<arrangement/a> a stdg:Arrangement ; stdg:hasParty <org/gone> , <org/aa-nsb> ; stdg:evidence <evidence/doc-a--s1> ."
    found = told(judged("<org/gone> a stdg:Organization .", None, others=user))
    assert ("arrangement/a", "stdgs:General-hasParty", "org/gone") in found


def test_a_deletion_that_takes_a_word_away_is_found_where_the_word_is_used(judged) -> None:
    code = "stdgc:role-new a skos:Concept ; skos:prefLabel 'new'@en ."
    found = told(judged(code, None, others="<org/aa-nsb> stdg:topic stdgc:role-new ."))
    assert any(focus == "org/aa-nsb" and value == "stdgc:role-new" for focus, _, value in found)


def test_a_deletion_that_mends_causes_nothing(judged) -> None:
    assert judged("<org/aa-nsb> stdg:start 'spring' .", None).findings == ()


def test_a_bound_that_a_new_date_moves_is_judged_at_the_old_thing(judged) -> None:
    began = "<arrangement/a> a stdg:Arrangement ; stdg:hasParty <org/aa-nsb> , <org/bb-nsb> ; stdg:start '2016' ; stdg:evidence <evidence/doc-a--s1> ."
    found = told(judged(None, "<arrangement/a> stdg:end '2014' .", others=began))
    assert ("arrangement/a", "stdgs:General-endNotBeforeStart", "2014") in found


@pytest.mark.parametrize("link", ["placeWithin", "partOf", "succeeds", "subEventOf", "underFramework"])
def test_a_ring_is_found_when_its_last_link_is_new(link: str, judged) -> None:
    chain = f"<org/x1> stdg:{link} <org/x2> . <org/x2> stdg:{link} <org/x3> ."
    found = told(judged(None, f"<org/x3> stdg:{link} <org/x1> .", others=chain))
    assert {("org/x1", "stdgs:General-cycle", "org/x2"), ("org/x3", "stdgs:General-cycle", "org/x1")} <= found


def test_a_ring_of_bodies_is_found_when_its_last_link_is_new(judged) -> None:
    chain = "<org/x1> a stdg:TechnicalBody ; stdg:subBodyOf <org/x2> . <org/x2> a stdg:TechnicalBody ; stdg:subBodyOf <org/x3> ."
    found = told(judged(None, "<org/x3> a stdg:TechnicalBody ; stdg:subBodyOf <org/x1> .", others=chain))
    assert {focus for focus, rule, _ in found if "itself" in rule.lower() or "cycle" in rule.lower()} >= {"org/x1"}


def test_one_more_of_the_same_fault_is_found(judged) -> None:
    """Two languages doubled where one was: the results of pySHACL differ in nothing."""
    was = "<org/aa-nsb> skos:prefLabel 'The other'@en ."
    found = judged(was, was + "<org/aa-nsb> skos:prefLabel '其他'@zh-Hans .")
    assert [f for f in found.findings if f.focus == "org/aa-nsb" and f.path == "skos:prefLabel"]


def test_new_files_are_a_change_without_anything_gone(written) -> None:
    base = [*ontology_files(), *given_files([TINY])]
    new = [written("now", "<org/aa-nsb> stdg:start 'spring' .")]
    assert validate(base, new).findings == judge(base, Change(new)).findings != ()
