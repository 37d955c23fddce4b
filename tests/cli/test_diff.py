"""`stdgraph diff` compares whatever names a version: revisions, files, folders, stores, the working tree."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import Result

import stdgraph
from gitted import Gitted

HEAD = """@base <https://w3id.org/stdgraph/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stdg: <https://w3id.org/stdgraph/ontology#> .
"""
ONE = HEAD + "<org/x-one> a stdg:Organization ; skos:prefLabel 'The One'@en , '一'@zh-Hans ; stdg:acronym 'ONE' .\n"
OTHER = ONE.replace("'ONE'", "'UNO'") + "<org/x-two> a stdg:Organization ; skos:prefLabel 'The Two'@en .\n"


@pytest.fixture
def gitted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Gitted:
    """A checkout with two revisions, in which the user stands."""
    made = Gitted(tmp_path / "checkout")
    made.commit(data__ttl__bodies=ONE, docs__example=ONE.replace("x-one", "x-example"))
    made.commit(data__ttl__bodies=OTHER)
    monkeypatch.chdir(made.root)
    return made


@pytest.fixture
def told(run: Callable[..., Result], gitted: Gitted) -> Callable[..., str]:
    def call(*arguments: str) -> str:
        done = run("-q", "diff", *arguments)
        assert done.exit_code == 0, done.output
        return done.stdout

    return call


SAID = """\
HEAD~1 → HEAD: 1 added, 1 changed

organization: 1 added, 1 changed

+ organization: The Two  org/x-two
    name (en): The Two

~ organization: The One  org/x-one
    acronym: ONE → UNO
"""


def test_two_revisions_are_compared(told) -> None:
    assert told("HEAD~1", "HEAD") == SAID


def test_it_is_said_in_chinese(told) -> None:
    text = told("HEAD~1", "HEAD", "--lang", "zh")
    assert text.startswith("HEAD~1 → HEAD：新增1项，修改1项\n\n组织：新增1项，修改1项\n")
    assert "~ 组织: 一  org/x-one\n    缩写：ONE → UNO\n" in text


def test_a_revision_is_compared_with_the_working_tree(told, gitted: Gitted) -> None:
    gitted.put("data/ttl/new.ttl", HEAD + "<org/x-new> a stdg:Organization .")
    assert told("HEAD").startswith("HEAD → the working tree: 1 added")
    assert told("HEAD~1").startswith("HEAD~1 → the working tree: 2 added, 1 changed")


def test_files_folders_and_trees_are_compared(told, gitted: Gitted, tmp_path: Path) -> None:
    (tmp_path / "one.ttl").write_text(ONE)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "other.ttl").write_text(OTHER)
    said = SAID.partition("\n\n")[2]
    for first in (str(tmp_path / "one.ttl"), "HEAD~1:data/ttl", "HEAD~1:data/ttl/bodies.ttl"):
        for second in ("HEAD", "HEAD:data/ttl", str(tmp_path / "folder"), ".", "data/ttl/bodies.ttl"):
            assert told(first, second).partition("\n\n")[2] == said


def test_a_compiled_store_and_a_graph_file_are_compared(run, told, tmp_path: Path) -> None:
    one = tmp_path / "one.ttl"
    one.write_text(ONE + "<org/x-one> stdg:statedActorCount 007 .")
    store = run("-q", "--data", one, "build").stdout.strip()
    assert run("-q", "--data", one, "build", "-o", tmp_path / "graph.nq").exit_code == 0
    for made in (store, str(tmp_path / "graph.nq")):
        assert told(str(one), made).endswith("nothing changed\n\n")
        assert told(made, str(one)).endswith("nothing changed\n\n")
    assert "acronym: ONE → UNO" in told(store, "HEAD")


def test_a_file_alone_is_compared_with_the_graph_at_hand(run, gitted: Gitted, tmp_path: Path) -> None:
    (tmp_path / "one.ttl").write_text(ONE)
    done = run("-q", "--data", gitted.root / "data" / "ttl", "diff", tmp_path / "one.ttl")
    assert "one.ttl → the graph at hand: 1 added, 1 changed" in " ".join(done.stdout.split())


def test_tables_have_a_row_for_each_value(told) -> None:
    rows = [*csv.DictReader(io.StringIO(told("HEAD~1", "HEAD", "-f", "csv")))]
    assert [(r["change"], r["id"], r["property"], r["before"], r["after"]) for r in rows] == [
        ("added", "org/x-two", "name (en)", "", "The Two"),
        ("changed", "org/x-one", "acronym", "ONE", "UNO"),
    ]
    assert told("HEAD~1", "HEAD", "--count") == "2\n"
    assert told("HEAD~1", "HEAD", "--group-by", "change", "-f", "csv").split() == [
        "change,count",
        "added,1",
        "changed,1",
    ]
    assert "org/x-one" not in told("HEAD~1", "HEAD", "--limit", "1")


def test_json_holds_words_and_statements(told) -> None:
    found = json.loads(told("HEAD~1", "HEAD", "-f", "json"))
    assert found["counts"] == {"added": 1, "changed": 1, "renamed": 0, "removed": 0}
    assert found["records"][1]["values"] == [
        {"property": "stdg:acronym", "label": "acronym", "before": "ONE", "after": "UNO"}
    ]
    assert (len(found["removed"]), len(found["added"])) == (1, 3)


def test_markdown_is_fit_for_a_pull_request(told) -> None:
    text = told("HEAD~1", "HEAD", "-f", "md")
    assert text.startswith("**HEAD~1 → HEAD: 1 added, 1 changed**\n\n| kind | added | changed |\n")
    assert "- **changed** The One `org/x-one`\n  - acronym: ONE → UNO\n" in text


def test_the_update_runs_in_any_store(told) -> None:
    store = ox.Store()
    store.load(ONE.encode(), format=ox.RdfFormat.TURTLE)
    store.update(told("HEAD~1", "HEAD", "-f", "ru"))
    other = ox.Store()
    other.load(OTHER.encode(), format=ox.RdfFormat.TURTLE)
    assert {*store} == {*other}


def test_the_suffix_of_a_file_tells_the_form(told, tmp_path: Path) -> None:
    told("HEAD~1", "HEAD", "-o", str(tmp_path / "changes.ru"))
    assert (tmp_path / "changes.ru").read_text().startswith("DELETE DATA {")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("HEAD~9", "HEAD"), "HEAD~9: there is no such file or folder, and git says: there is no such revision."),
        (("no.ttl", "HEAD"), "no.ttl: there is no such file or folder"),
        (("HEAD", "HEAD", "-f", "svg"), "'svg' makes no sense here"),
        (("HEAD~1", "HEAD", "-f", "ru", "--count"), "a SPARQL update is whole"),
    ],
)
def test_wrong_use_is_told(arguments: tuple[str, ...], message: str, run, gitted: Gitted) -> None:
    done = run("-q", "diff", *arguments)
    assert (done.exit_code, message in done.stderr) == (2, True), done.stderr


def test_outside_of_a_repository_a_revision_is_no_internal_fault(run, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    done = run("-q", "diff", "HEAD", "HEAD")
    assert done.exit_code == 2
    assert "this is no working tree of a git repository" in done.stderr


def test_a_broken_file_of_a_revision_is_told_with_its_place(run, gitted: Gitted) -> None:
    gitted.commit(data__ttl__broken=HEAD + "<org/x> a stdg:Organization")
    done = run("-q", "diff", "HEAD~1", "HEAD")
    assert done.exit_code == 2
    assert "HEAD:data/ttl/broken.ttl:4:" in done.stderr


def test_a_repository_of_another_kind_has_its_graph_in_all_its_files(run, tmp_path: Path, monkeypatch) -> None:
    made = Gitted(tmp_path / "facts")
    made.commit(a=ONE)
    made.commit(sub__b=OTHER.replace("x-one", "x-uno"))
    monkeypatch.chdir(made.root)
    assert run("-q", "diff", "HEAD~1", "HEAD").stdout.startswith("HEAD~1 → HEAD: 2 added\n")


def test_python_does_the_same(gitted: Gitted) -> None:
    changes = stdgraph.diff("HEAD~1", "HEAD")
    assert [(c.change, c.id) for c in changes.records] == [("added", "org/x-two"), ("changed", "org/x-one")]
    assert stdgraph.apply(changes, "HEAD~1") == stdgraph.apply(stdgraph.diff("HEAD", "HEAD"), "HEAD")
