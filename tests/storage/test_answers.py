"""The index of answers: kept, made again where it is damaged, in memory where it cannot be kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from stdgraph.storage.answers import AnswerIndex, kept
from stdgraph.storage.shelf import KEPT


def make(index: AnswerIndex) -> None:
    postings, holdings = {"graphene": [0, 1], "石墨": [1]}, {"http://a/b": [0], "2016": [0, 1]}
    index.fill({"http://a/b": ["b"]}, postings, holdings, [("agreements", "{}", 0, 2)], 2)


def refuse(index: AnswerIndex) -> None:
    raise AssertionError("made twice")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STDGRAPH_CACHE", str(tmp_path))
    return tmp_path / "words"


def test_an_index_says_what_it_was_made_of(home: Path) -> None:
    index = kept("one", make)
    assert {word: list(rows) for word, rows in index.postings(["graphene", "石墨", "none"]).items()} == {
        "graphene": [0, 1],
        "石墨": [1],
    }
    assert {text: list(rows) for text, rows in index.holdings().items()} == {"2016": [0, 1], "http://a/b": [0]}
    assert index.blocks() == [("agreements", "{}", 0, 2)]
    assert index.words_of(["http://a/b", "http://a/c"]) == {"http://a/b": ["b"]}


def test_an_index_is_made_once(home: Path) -> None:
    kept("one", make)
    assert kept("one", refuse).size() == 2


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5_000])
def test_a_damaged_index_is_made_again(home: Path, damage: bytes) -> None:
    kept("one", make)
    (file,) = home.glob("*.sqlite")
    file.write_bytes(damage)
    assert kept("one", make).size() == 2
    assert kept("one", refuse).size() == 2


def test_where_nothing_can_be_kept_it_is_in_memory(home: Path) -> None:
    home.parent.joinpath("words").write_text("a file where the folder should be")
    assert kept("one", make).size() == 2


def test_only_the_newest_are_kept(home: Path) -> None:
    for number in range(KEPT + 3):
        kept(str(number), make)
    assert len(list(home.glob("*.sqlite"))) == KEPT
