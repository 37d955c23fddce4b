"""A store held in memory says what its files say, needs them no more, and goes back to them where something fails."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

import stdgraph
from conftest import TINY
from stdgraph.graph.questions import questions


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> stdgraph.Graph:
    """The tiny graph, held in memory, compiled into a cache of its own."""
    monkeypatch.setenv("STDGRAPH_CACHE", str(tmp_path))
    return stdgraph.open(data=[TINY], in_memory=True)


def place(graph: stdgraph.Graph) -> Path:
    reads: Any = graph.reads
    return Path(reads.place)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_held_graph_answers_every_question_as_its_files_do(lang: str) -> None:
    files, held = stdgraph.open(lang=lang), stdgraph.open(lang=lang, in_memory=True)
    of_files, in_memory = (graph.reads for graph in (files, held))
    assert vars(of_files)["store"] is not vars(in_memory)["store"]
    for question in questions():
        asked: dict[str, Any] = {f"{name}_": value for name, value in question.example.items()}
        answers = [graph.ask(question.name, **asked) for graph in (files, held)]
        rows = [[row.plain() for row in answer.rows] for answer in answers]
        assert rows[0] == rows[1], question.name


def test_a_held_graph_proves_its_links_as_its_files_do() -> None:
    told = [
        [row.plain() for row in stdgraph.open(in_memory=held).ask("who-cooperates-with", actor="BSI", why=True).rows]
        for held in (False, True)
    ]
    assert told[0] == told[1]


def test_questions_of_a_held_graph_need_its_files_no_more(held: stdgraph.Graph) -> None:
    before = held.ask("who-cooperates-with", actor="ASA").rows
    shutil.rmtree(place(held) / "graph")
    assert before
    assert held.ask("who-cooperates-with", actor="ASA").rows == before


def test_holding_twice_loads_once(held: stdgraph.Graph) -> None:
    reads: Any = held.reads
    memory = reads.store
    reads.hold()
    assert reads.store is memory


def test_where_the_index_of_names_fails_it_is_read_from_files_again(held: stdgraph.Graph) -> None:
    before = held.ask("who-cooperates-with", actor="ASA").rows
    reads: Any = held.reads
    memory, reads.names.db = reads.store, sqlite3.connect(":memory:", check_same_thread=False)
    assert held.ask("who-cooperates-with", actor="ASA").rows == before
    assert reads.store is not memory
