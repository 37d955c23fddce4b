from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

import stdgraph
from conftest import ROOT, TINY
from stdgraph.model.results import Finding
from stdgraph.services.validate import doubles
from stdgraph.services.validate.places import Places
from stdgraph.storage import judgements as room
from stdgraph.storage.files import data_files, given_files, ontology_files
from stdgraph.storage.judgements import Judgements, judgement, write

HEAD = """@base <https://w3id.org/stdgraph/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stdg: <https://w3id.org/stdgraph/ontology#> .
@prefix stdgc: <https://w3id.org/stdgraph/concept/> .
"""
TWIN = """<org/gb-standards> a stdg:NationalStandardsBody ;
    skos:prefLabel "British Standard Institution"@en ;
    skos:prefLabel "英国标准协会"@zh-Hans ;
    stdg:ofCountry <country/GB> ; stdg:evidence <evidence/cn-uk-wg--intro-p1--gb> .
"""
PROBABLY, AGAIN = "check:this-is-probably-a-thing-that-we-have", "check:this-statement-stands-twice"
BLOCK, BLOCKS = "check:this-block-stands-twice", "check:there-is-another-block-on-in-this-file"
ELSEWHERE, JUDGED = "check:there-is-a-block-on-in-another-file", "check:this-was-judged-the-same-as"
CHECKS = (PROBABLY, AGAIN, BLOCK, BLOCKS, ELSEWHERE, JUDGED)
Found = Callable[..., list[Finding]]


class Judge:
    """The graph that comes with the package, and what is doubled in new files inside it; shapes are left out."""

    def __init__(self) -> None:
        self.files = [*ontology_files(), *data_files()]
        self.old = [q for file in self.files for q in file.quads()]
        self.store = ox.Store()
        self.store.extend(self.old)

    def new(self, *paths: Path) -> list[Finding]:
        files = given_files(paths)
        added = [q for file in files for q in file.quads()]
        self.store.extend(added)
        found = doubles.results(self.old, added, [*files, *self.files])
        told = [replace(r.finding, **Places(self.store, self.files, files).of(r)) for r in found]
        for quad in added:
            self.store.remove(quad)
        return told

    def whole(self, *, of: str = "") -> list[Finding]:
        """Return what is doubled in the graph, or in what it says of a thing."""
        found = doubles.results((), [q for q in self.old if q.subject.value.endswith(of)], self.files)
        return [replace(r.finding, **Places(self.store, self.files, ()).of(r)) for r in found]


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge()


@pytest.fixture
def found(tmp_path: Path, judge: Judge) -> Found:
    """Return what is doubled in new files inside the graph."""

    def check(*bodies: str) -> list[Finding]:
        paths = [tmp_path / f"new-{at}.ttl" for at in range(len(bodies))]
        for path, body in zip(paths, bodies, strict=True):
            path.write_text(HEAD + body, "utf-8")
        return judge.new(*paths)

    return check


def test_a_body_under_a_second_id_names_both_places_the_score_and_what_to_do(found: Found) -> None:
    (one,) = found(TWIN)
    assert (one.check, one.focus, one.value, one.severity) == (PROBABLY, "org/gb-standards", "org/gb-bsi", "Warning")
    assert one.place.endswith("new-0.ttl:5:22")
    line = int(one.beside[0].removeprefix("data/ttl/entities/bodies.ttl:"))
    assert (ROOT / "data/ttl/entities/bodies.ttl").read_text("utf-8").split("\n")[line - 2] == "<org/gb-bsi>"
    assert "score 0.9" in one.message
    assert "same name: 英国标准协会" in one.message
    assert "stdgraph reconcile --different org/gb-standards org/gb-bsi" in one.message


def test_a_judged_pair_is_not_asked_again(found: Found, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    base = "https://w3id.org/stdgraph/id/org/"
    for same, told in ((False, []), (True, [JUDGED])):
        path = tmp_path / f"{same}.tsv"
        write(path, Judgements([judgement(base + "gb-standards", base + "gb-bsi", same=same, labels={})]))
        monkeypatch.setattr(room, "place", lambda path=path: path)
        assert [f.check for f in found(TWIN)] == told


def test_two_new_things_that_are_one_are_told_at_the_later(found: Found) -> None:
    body = '<person/new-name{0}> a stdg:Person ; skos:prefLabel "Zebulon Quuxworth{1}"@en .\n'
    (one,) = found(body.format("", ""), body.format("-2", "h"))
    assert (one.focus, one.value) == ("person/new-name-2", "person/new-name")
    assert "new-1.ttl" in one.place
    assert "new-0.ttl" in one.beside[0]


def test_a_record_with_the_ends_of_another_is_told(found: Found) -> None:
    body = "<office/again> a stdg:OfficeHolding ; stdg:member <person/tian-shihong> ; stdg:inBody <org/cn-sac> ; stdg:role stdgc:role-{} .\n"
    assert [f.value for f in found(body.format("head"))] == ["office/tian-shihong--cn-sac--head"]
    assert found(body.format("secretary")) == []


def test_a_block_that_stands_twice_is_told_at_the_second(found: Found) -> None:
    whole = '<person/new-name> a stdg:Person ; skos:prefLabel "Zebulon Quuxworth"@en .\n'
    more = '<person/new-name> skos:altLabel "Z. Quuxworth"@en .\n'
    between = '<person/other-name> a stdg:Person ; skos:prefLabel "Ann Blythe"@en .\n'
    (one,) = found(whole + between + whole)
    assert (one.check, one.line) == (BLOCK, 7)
    assert one.beside[0].endswith(":5")
    (one,) = found(whole + between + more)
    assert (one.check, one.line) == (BLOCKS, 7)


def test_a_statement_that_stands_twice_in_a_block_is_told_at_the_second(found: Found) -> None:
    (one,) = found('<person/new-name> a stdg:Person ;\n  skos:prefLabel "Zeb Q"@en ;\n  skos:prefLabel "Zeb Q"@en .\n')
    assert (one.check, one.line, one.column) == (AGAIN, 7, 18)
    assert one.beside[0].endswith(":6")


def test_a_thing_with_blocks_in_two_files_is_told_and_what_both_say(found: Found) -> None:
    told = found(
        "<org/gb-bsi> a stdg:NationalStandardsBody ; stdg:ofCountry <country/GB> ; skos:altLabel 'B. S. I.'@en .\n"
    )
    assert [f.check for f in told] == [ELSEWHERE, AGAIN]
    assert all(f.beside[0].startswith("data/ttl/entities/bodies.ttl:") for f in told)


def test_what_adds_to_a_thing_without_describing_it_is_no_second_block(found: Found) -> None:
    assert found("<org/gb-bsi> skos:altLabel 'B. S. I.'@en .\n") == []


def test_a_changed_copy_of_a_file_is_no_second_block(tmp_path: Path, judge: Judge) -> None:
    copy = tmp_path / "offices.ttl"
    copy.write_text((ROOT / "data/ttl/cn-uk-wg/offices.ttl").read_text("utf-8"), "utf-8")
    assert judge.new(copy) == []


def test_the_repository_has_no_duplicates(judge: Judge) -> None:
    assert judge.whole() == []


def test_validate_tells_what_is_doubled(tmp_path: Path) -> None:
    path = tmp_path / "new.ttl"
    twice = "<person/zeb> a stdg:Person ; skos:prefLabel 'Zebulon Quuxworth'@en , 'Zebulon Quuxworth'@en .\n"
    path.write_text(HEAD + twice, "utf-8")
    found = stdgraph.open(data=[TINY]).validate(path).findings
    assert [(f.check, f.line) for f in found if f.check in CHECKS] == [(AGAIN, 5)]


def test_a_judgement_on_an_id_that_is_gone_is_told_with_its_line(
    judge: Judge, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    base = "https://w3id.org/stdgraph/id/org/"
    row = judgement(base + "gb-bsi", base + "no-such-body", same=False, labels={})
    path = tmp_path / room.NAME
    write(path, Judgements([row]))
    monkeypatch.setattr(doubles, "judgements", lambda _: Judgements([row]))
    monkeypatch.setattr(doubles, "line_of", lambda _, row: room.line_of(path, row))
    told = [f for f in judge.whole(of="org/gb-bsi") if f.check == "check:a-judgement-speaks-of-which-the-graph-does"]
    assert [(f.focus, f.line > 5) for f in told] == [("org/no-such-body", True)]


def test_a_graph_of_ones_own_is_not_told_of_the_judgements_of_ours() -> None:
    assert not [f for f in stdgraph.open(data=[TINY]).validate().findings if "judgement" in f.check]
