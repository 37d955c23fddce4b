"""What a revision has not yet is judged, deletions included, and only what is new is told."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import TINY
from gitted import Gitted
from stdgraph.errors import FileError, RevisionError, TurtleSyntaxError
from stdgraph.model.results import Finding
from stdgraph.services.validate import judge, since
from stdgraph.storage import revisions
from stdgraph.storage.files import GraphFile, data_files, given_files, ontology_files

HEAD = """@base <https://w3id.org/stdgraph/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stdg: <https://w3id.org/stdgraph/ontology#> .
@prefix stdgc: <https://w3id.org/stdgraph/concept/> .
"""
BODY = "<org/x-new> a stdg:Organization ; skos:prefLabel 'The New'@en ; skos:prefLabel '新'@zh-Hans ."
FAULTY = "<org/x-odd> a stdg:Organization ; stdg:start 'spring' ."
USER = """<arrangement/x> a stdg:Arrangement ;
    stdg:hasParty <org/x-new> ;
    stdg:hasParty <org/aa-nsb> ;
    stdg:evidence <evidence/doc-a--s1> ."""


@pytest.fixture
def gitted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Gitted:
    """A checkout of the tiny graph, in which the user stands; one fault is in it already."""
    made = Gitted(tmp_path / "checkout")
    made.put("data/ttl/tiny.ttl", TINY.read_text("utf-8"))
    made.commit(data__ttl__body=HEAD + BODY, data__ttl__user=HEAD + USER, data__ttl__odd=HEAD + FAULTY)
    monkeypatch.chdir(made.root)
    return made


@pytest.fixture
def judged(gitted: Gitted) -> Callable[..., set[tuple[str, str, str]]]:
    """Return what is told of the difference to a revision: thing, place, line."""

    def check(revision: str | None = "HEAD", *only: str, **more: bool) -> set[tuple[str, str, str]]:
        return {
            (f.focus, f.rule.partition(":")[2], f"{Path(f.file).name}:{f.line}") for f in found(revision, *only, **more)
        }

    return check


def found(
    revision: str | None, *only: str, say: Callable[[str], None] | None = None, staged: bool = False
) -> list[Finding]:
    files = [*ontology_files(), *data_files()]
    report = judge(*since(revision, files, only, staged=staged, say=say))
    return [f for f in report.findings if "/graph/" not in f.focus]  # the heads of files are tested with their form


def test_where_nothing_changed_nothing_is_told(judged) -> None:
    assert judged() == set()


def test_a_new_fault_is_told_and_an_old_one_is_not(gitted: Gitted, judged) -> None:
    gitted.put("data/ttl/odd.ttl", HEAD + FAULTY + "\n<org/x-odd> stdg:end 'autumn' .")
    assert {place for _, _, place in judged()} == {"odd.ttl:6"}


def test_a_deleted_file_is_told_where_something_hangs(gitted: Gitted, judged) -> None:
    gitted.put("data/ttl/body.ttl", None)
    assert judged() == {("arrangement/x", "General-hasParty", "user.ttl:6")}


def test_a_deleted_block_is_told_where_something_hangs(gitted: Gitted, judged) -> None:
    gitted.put("data/ttl/body.ttl", HEAD)
    assert judged() == {("arrangement/x", "General-hasParty", "user.ttl:6")}


def test_a_deleted_statement_is_told_at_what_is_left(gitted: Gitted, judged) -> None:
    gitted.put("data/ttl/user.ttl", HEAD + USER.replace("    stdg:hasParty <org/aa-nsb> ;\n", ""))
    assert {(focus, place) for focus, _, place in judged()} == {("arrangement/x", "user.ttl:6")}


def test_a_moved_file_and_a_moved_block_cause_nothing(gitted: Gitted, judged) -> None:
    gitted.put("data/ttl/body.ttl", None)
    gitted.put("data/ttl/odd.ttl", None)
    gitted.put("data/ttl/sub/body.ttl", HEAD + BODY + FAULTY)
    assert judged() == set()


def test_a_new_file_is_judged(gitted: Gitted, judged) -> None:
    gitted.put("data/ttl/new.ttl", HEAD + "<org/x-new> stdg:start 'spring' .")
    assert {(focus, place) for focus, _, place in judged()} == {("org/x-new", "new.ttl:5")}


def test_what_mends_a_fault_causes_nothing(gitted: Gitted, judged) -> None:
    gitted.put("data/ttl/odd.ttl", None)
    assert judged() == set()


def test_any_revision_may_be_the_base(gitted: Gitted, judged) -> None:
    first = gitted.git("rev-parse", "HEAD")
    gitted.commit(data__ttl__new=HEAD + "<org/x-new> stdg:start 'spring' .")
    gitted.commit(data__ttl__other=HEAD + "<org/x-new> stdg:end 'autumn' .")
    assert {place for _, _, place in judged(first)} == {"new.ttl:5", "other.ttl:5"}
    assert {place for _, _, place in judged("HEAD~1")} == {"other.ttl:5"}
    assert judged("HEAD") == set()


def test_the_index_is_judged_and_not_the_disk(gitted: Gitted, judged) -> None:
    gitted.put("data/ttl/new.ttl", HEAD + "\n\n<org/x-new> stdg:start 'spring' .")
    assert judged(None, staged=True) == set()
    gitted.stage()
    gitted.put("data/ttl/new.ttl", HEAD + "<org/x-new> stdg:end 'autumn' .")
    assert {place for _, _, place in judged(None, staged=True)} == {"new.ttl:7"}
    assert {place for _, _, place in judged("HEAD")} == {"new.ttl:5"}
    gitted.commit()
    assert {place for _, _, place in judged("HEAD~1", staged=True)} == {"new.ttl:5"}


def test_before_the_first_commit_all_that_is_staged_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, judged
) -> None:
    made = Gitted(tmp_path / "first")
    made.put("data/ttl/odd.ttl", HEAD + FAULTY)
    made.stage()
    monkeypatch.chdir(made.root)
    assert {place for _, _, place in judged(None, staged=True)} == {"odd.ttl:5"}
    with pytest.raises(RevisionError):
        judged("HEAD")


def test_what_a_new_statement_disagrees_with_stands_beside_it_in_its_own_file_too(gitted: Gitted) -> None:
    text = HEAD + BODY.replace(" ; ", " ;\n    ")
    gitted.commit(data__ttl__body=text)
    gitted.put("data/ttl/body.ttl", text.replace("'The New'@en", "'A Newer'@en ;\n    skos:prefLabel 'The New'@en"))
    (finding,) = [f for f in found("HEAD") if f.path == "skos:prefLabel" and f.severity == "Violation"]
    assert (finding.line, finding.beside) == (6, (f"{finding.file}:7",))


def test_files_and_folders_narrow_what_is_judged(gitted: Gitted, judged) -> None:
    gitted.put("data/ttl/a/one.ttl", HEAD + "<org/x-new> stdg:start 'spring' .")
    gitted.put("data/ttl/b/two.ttl", HEAD + "<org/x-new> stdg:end 'autumn' .")
    gitted.put("data/ttl/body.ttl", None)
    assert {place for _, _, place in judged("HEAD", "data/ttl/a")} == {"one.ttl:5"}
    assert {place for _, _, place in judged("HEAD", str(gitted.root / "data/ttl/b/two.ttl"))} == {"two.ttl:5"}
    assert {place for _, _, place in judged("HEAD", "data/ttl/body.ttl")} == {"user.ttl:6"}
    assert judged("HEAD", "data/ttl/odd.ttl") == set()
    with pytest.raises(FileError, match="neither the revision nor"):
        judged("HEAD", "data/ttl/no-such.ttl")


def test_the_data_at_hand_may_be_those_of_the_repository(gitted: Gitted) -> None:
    gitted.put("data/ttl/new.ttl", HEAD + "<org/x-new> stdg:end 'autumn' .")
    files = [*ontology_files(), *given_files([gitted.root / "data" / "ttl"])]
    assert {Path(f.file).name for f in judge(*since("HEAD", files)).findings} == {"new.ttl"}


def test_other_files_of_a_revision_are_nothing_to_it(gitted: Gitted, judged) -> None:
    gitted.put("README.md", "not [Turtle")
    gitted.put("data/ttl/notes.txt", "not [Turtle")
    gitted.put("tests/broken.ttl", "not [Turtle")
    assert judged() == set()


def test_a_file_that_was_broken_stops_nothing(gitted: Gitted, judged) -> None:
    gitted.commit(data__ttl__broken=HEAD + "<org/x-new> stdg:start")
    gitted.put("data/ttl/new.ttl", HEAD + "<org/x-new> stdg:end 'autumn' .")
    said: list[str] = []
    assert {Path(f.file).name for f in found("HEAD", say=said.append)} == {"new.ttl"}
    assert [line.partition(": ")[0] for line in said] == ["HEAD:data/ttl/broken.ttl:5:23"]
    gitted.put("data/ttl/broken.ttl", HEAD + "<org/x-new> stdg:start 'spring' .")
    assert {place for _, _, place in judged()} == {"new.ttl:5", "broken.ttl:5"}


def test_a_file_that_is_broken_now_is_told(gitted: Gitted, judged) -> None:
    gitted.put("data/ttl/body.ttl", HEAD + "<org/x-new> stdg:start")
    with pytest.raises(TurtleSyntaxError, match=r"body\.ttl:5:"):
        judged()


def test_a_huge_file_that_was_there_stops_nothing(gitted: Gitted, monkeypatch: pytest.MonkeyPatch) -> None:
    gitted.commit(data__ttl__huge=HEAD + "# " + "x" * (1 << 20))
    gitted.put("data/ttl/huge.ttl", HEAD)
    monkeypatch.setattr(sys.modules[since.__module__], "MAX_TEXT", 1 << 20)
    monkeypatch.setattr(revisions, "MAX_TEXT", 1 << 20)
    said: list[str] = []
    assert found("HEAD", say=said.append) == []
    assert [line for line in said if "huge.ttl: larger than 1 MiB" in line]


def test_odd_names_are_shown_and_read(gitted: Gitted) -> None:
    names = ["new\nline.ttl", "quo\"te'.ttl", "中文/文件.ttl", "-dash.ttl"]
    for number, name in enumerate(names):
        gitted.put(f"data/ttl/{name}", HEAD + f"<org/x-{number}> a stdg:Organization ; stdg:start 'spring' .")
    for staged in (False, True):
        if staged:
            gitted.stage()
        places = {f.file.rpartition("data/ttl/")[2] for f in found("HEAD", staged=staged)}
        assert places == {*names}


def test_a_link_out_of_the_tree_is_not_followed(gitted: Gitted, judged, tmp_path: Path) -> None:
    (tmp_path / "outside.ttl").write_text(HEAD + "<org/x-new> stdg:start 'spring' .")
    (gitted.root / "data" / "ttl" / "link.ttl").symlink_to(tmp_path / "outside.ttl")
    assert judged() == set()
    gitted.stage()
    assert judged(None, staged=True) == set()


@pytest.mark.parametrize("name", ["--output=x", "no-such", "HEAD:data/ttl/body.ttl"])
def test_what_is_no_revision_is_told(name: str, judged) -> None:
    with pytest.raises(RevisionError):
        judged(name)


@pytest.fixture
def facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Gitted:
    """A repository of facts that are added to the graph at hand."""
    made = Gitted(tmp_path / "facts")
    made.commit(mine=HEAD + BODY)
    monkeypatch.chdir(made.root)
    return made


def at_hand() -> list[GraphFile]:
    return [*ontology_files(), *given_files([TINY])]


def test_facts_of_another_repository_are_judged_inside_the_graph_at_hand(facts: Gitted) -> None:
    facts.put("more.ttl", HEAD + USER.replace("x-new", "x-nobody"))
    findings = judge(*since("HEAD", at_hand())).findings
    assert {(f.focus, f.value) for f in findings if f.severity == "Violation"} == {("arrangement/x", "org/x-nobody")}


def test_a_changed_copy_in_another_repository_stands_in_for_the_original(facts: Gitted) -> None:
    text = TINY.read_text("utf-8")
    gone = text.replace("<person/", "<person/x-")
    facts.put("tiny.ttl", text)
    said: list[str] = []
    before, change = since("HEAD", at_hand(), say=said.append)
    assert judge(before, change).findings == ()
    assert len(said) == 1
    facts.commit(tiny=text)
    facts.put("tiny.ttl", gone)
    before, change = since("HEAD", at_hand())
    assert [file.path.name for file in before].count("tiny.ttl") == 1
    assert {f.value for f in judge(before, change).findings} == {"Bao Bo"}  # pinyin, not said to be ours
