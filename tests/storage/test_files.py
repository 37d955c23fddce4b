"""Files that a user gives: each is read once, whatever the ways that lead to it, and what is passed over is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import stdgraph
from stdgraph.errors import FileError, TurtleSyntaxError
from stdgraph.services.build import input_files
from stdgraph.storage.files import files_below, given_files

BLANK = "<http://a/s> <http://a/p> [] .\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inner = tmp_path / "given" / "inner"
    inner.mkdir(parents=True)
    for name in (
        "b.ttl",
        "inner/A.TTL",
        "inner/c.Nt",
        "inner/.hidden.ttl",
        "notes.md",
        "table.csv",
        "inner/t.CSV",
        "x",
    ):
        (tmp_path / "given" / name).write_text(BLANK.replace("[]", "_:x"), "utf-8")
    return tmp_path / "given"


def names(files) -> list[str]:
    return [file.path.name for file in files]


def test_suffixes_count_in_any_case_and_the_rest_is_told(folder: Path) -> None:
    said: list[str] = []
    assert names(given_files([folder], said.append)) == ["b.ttl", "A.TTL", "c.Nt"]
    assert [line.removeprefix(str(folder)) for line in said] == [": passed over, by suffix: 1 -, 2 .csv, 1 .md"]
    assert len(list(given_files([folder / "inner" / "A.TTL"])[0].quads())) == 1


def test_a_file_is_read_once_whatever_leads_to_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "link.ttl").symlink_to("b.ttl")
    os.link(folder / "b.ttl", folder / "hard.ttl")
    monkeypatch.chdir(folder)
    ways = ["b.ttl", "./b.ttl", folder / "b.ttl", "inner/../b.ttl", "link.ttl", "hard.ttl", folder]
    assert names(given_files(ways)) == ["b.ttl", "A.TTL", "c.Nt"]
    assert names(input_files(data=["b.ttl"], extra=ways))[-3:] == ["b.ttl", "A.TTL", "c.Nt"]
    found = stdgraph.open(data=["b.ttl", "link.ttl"], extra=["hard.ttl"])
    rows = found.query("SELECT (COUNT(*) AS ?n) WHERE { <http://a/s> <http://a/p> ?o }")
    assert rows.to_dicts() == [{"n": 1, "sources": []}]


def test_linked_folders_are_walked_once_and_loops_end(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "far.ttl").write_text(BLANK, "utf-8")
    (folder / "a").symlink_to(other)
    (folder / "z").symlink_to(other)
    (folder / "inner" / "up").symlink_to("..")
    (folder / "inner" / "self").symlink_to("self")
    (other / "back").symlink_to(folder)
    assert names(given_files([folder])) == ["far.ttl", "b.ttl", "A.TTL", "c.Nt"]
    assert names(given_files([folder / "z"]))[-1] == "far.ttl"


def test_the_same_folder_may_be_given_through_a_link(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    assert names(given_files([tmp_path / "link", folder])) == ["b.ttl", "A.TTL", "c.Nt"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_folder_that_cannot_be_read_is_told(folder: Path) -> None:
    (folder / "inner").chmod(0)
    with pytest.raises(FileError, match="inner"):
        files_below(folder, (".ttl",))
    (folder / "inner").chmod(0o755)


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        (
            "x.ttl",
            "<http://a/s> <http://a/p> '<<' .\n<http://a/s> <http://a/p> <<( <http://a/s> <http://a/p> 1 )>> .",
            "2:27",
        ),
        ("x.ttl", "# ~\r\n<http://a/s> <http://a/p> 1 {| <http://a/p> 2 |} .", "2:29"),
        ("x.nt", "\n<http://a/s> <http://a/p> <<( <http://a/s> <http://a/p> <http://a/s> )>> .", "2:27"),
        ("x.trig", "{ << <http://a/s> <http://a/p> 1 >> <http://a/p> 2 }", "1:3"),
    ],
)
def test_a_triple_as_a_term_is_refused_with_its_place(tmp_path: Path, name: str, text: str, place: str) -> None:
    (tmp_path / name).write_text(text, "utf-8", newline="")
    with pytest.raises(TurtleSyntaxError, match=rf"{name}:{place}: a triple as a term is not plain RDF 1\.1"):
        stdgraph.open(data=[tmp_path / name])


def test_files_of_one_name_in_two_folders_are_graphs_of_their_own(tmp_path: Path) -> None:
    paths = [tmp_path / folder / "events.ttl" for folder in ("a", "b", "c/b")]
    for path in paths:
        path.parent.mkdir(parents=True)
        path.write_text("")
    graphs = [file.graph.partition("/file/")[2] for file in given_files(paths)]
    assert graphs == ["events", "b/events", "c/b/events"]
