"""A store is named after what its files say, not after how they say it."""

from __future__ import annotations

from pathlib import Path

import pytest

import stdgraph
from conftest import TINY
from stdgraph.services import build
from stdgraph.storage.files import GraphFile, given_files
from stdgraph.storage.naming import known_name, name_of

TEXT = '<http://a/x> <http://a/p> "é#1"@en , 2 ; <http://a/q> <http://a/y> .\n<http://a/y> <http://a/p> 3 .\n'
SAME = {
    "a comment": f"# what is meant\n{TEXT}",
    "another order": "\n".join(reversed(TEXT.splitlines())),
    "prefixes": "@prefix a: <http://a/> .\na:x a:p 2 , 'é#1'@en ; a:q a:y . a:y a:p 3 .",
    "a statement twice": TEXT + "<http://a/y> <http://a/p> 3 .",
    "a byte-order mark": "\ufeff" + TEXT,
}
OTHER = {
    "a value": TEXT.replace("3", "4"),
    "a language": TEXT.replace("@en", "@fr"),
    "a statement less": TEXT.splitlines()[0],
    "a statement more": TEXT + "<http://a/z> <http://a/p> 3 .",
    "nothing": "",
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STDGRAPH_CACHE", str(tmp_path / "cache"))


def named(folder: Path, text: str) -> str:
    """Return the name of the store of one file; it is the same whether that is known or not."""
    path = folder / "x.ttl"
    path.write_text(text, "utf-8")
    files = given_files([path])
    before, first = known_name(files), name_of(files)
    assert before in (None, first)
    assert known_name(files) == first
    return first


@pytest.mark.parametrize("how", SAME)
def test_how_it_is_said_does_not_count(how: str, tmp_path: Path) -> None:
    assert named(tmp_path, SAME[how]) == named(tmp_path, TEXT)


@pytest.mark.parametrize("how", OTHER)
def test_what_is_said_counts(how: str, tmp_path: Path) -> None:
    assert named(tmp_path, OTHER[how]) != named(tmp_path, TEXT)


def test_where_nodes_are_blank_the_content_counts(tmp_path: Path) -> None:
    blank = TEXT + "[] <http://a/p> 4 ."
    assert named(tmp_path, blank) == named(tmp_path, blank)
    assert named(tmp_path, blank) != named(tmp_path, "# one\n" + blank)


def test_the_graph_counts(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(TEXT, "utf-8")
    assert name_of([GraphFile(path, "http://a/g")]) != name_of([GraphFile(path, "http://a/h")])


def test_the_same_content_says_the_same_in_any_graph(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(TEXT, "utf-8")
    assert GraphFile(path, "http://a/g").meaning() == GraphFile(path, "http://a/h").meaning()


def test_a_comment_compiles_nothing(tmp_path: Path) -> None:
    path, said = tmp_path / "x.ttl", list[str]()
    path.write_text(TINY.read_text("utf-8"), "utf-8")
    first = stdgraph.open(data=[path], say=said.append)
    path.write_text("# one\n" + TINY.read_text("utf-8"), "utf-8")
    second = stdgraph.open(data=[path], say=said.append)
    assert (len(said), second.reads.place) == (1, first.reads.place)


def test_lines_of_what_is_left_out_are_told_anew(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    odd = TINY.read_text("utf-8") + '\n<agreement/x> a stdg:Agreement ; stdg:hasParty "x" .\n'
    told = []
    for comment in ("", "# one\n", "# one\n# two\n", ""):
        path.write_text(comment + odd, "utf-8")
        told.append(stdgraph.open(data=[path]).message)
    lines = [int(message.split(f"{path}:")[1].split(".")[0].split(":")[0]) for message in told]
    assert lines == [lines[0], lines[0] + 1, lines[0] + 2, lines[0]]


def test_the_packaged_graph_is_read_once(monkeypatch: pytest.MonkeyPatch, repository: stdgraph.Graph) -> None:
    monkeypatch.undo()
    stdgraph.open()

    def read(*_: object) -> None:
        raise AssertionError("a file is read")

    if build.stamps.unchanged(*build._packaged()) is None:
        pytest.skip("the checkout was written just now")
    monkeypatch.setattr(GraphFile, "read", read)
    again = stdgraph.open()
    assert again.reads.place == repository.reads.place
    assert len(again.files) == len(repository.files)
