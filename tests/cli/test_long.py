"""Long answers: a screen that a person reads, all rows in the other forms, and a last line that says how to see them."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

import stdgraph
from stdgraph.cli.long import LONG, MOST, readable
from stdgraph.errors import ParameterError, UnknownNameError
from stdgraph.model.results import Answer, Row, Table
from stdgraph.services.ask import question, question_names

WITHOUT = {
    name for name in question_names() if all(p.optional for p in question(name).parameters) and question(name).example
}


@cache
def graph(lang: str) -> stdgraph.Graph:
    """The repository's graph, opened in a language."""
    return stdgraph.open(lang=lang)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", question_names())
def test_no_answer_is_longer_than_a_person_reads(name: str, lang: str) -> None:
    asked = [question(name).example, *([{}] if name in WITHOUT else [])]
    for arguments in asked:
        try:
            found = graph(lang).ask(name, **arguments)
        except (UnknownNameError, ParameterError):
            continue  # of a register, or one that wants one of several
        text = readable(found, by=question(name).overview, title=found.title, width=100, lang=lang)
        assert text.count("\n") <= LONG
        if "--all" in text:
            assert str(len(found)) in text.splitlines()[-2], text


def test_a_cut_answer_tells_some_of_each_kind_and_how_many_there_are() -> None:
    found = graph("en").ask("single-source")
    text = readable(found, by="kind", width=100, lang="en")
    counts = {str(row["kind"]): row["count"] for row in found.group("kind")}
    for kind, count in counts.items():
        assert f"{kind} {count}" in " ".join(text.split("fact ")[0].split())
        assert {*kind.split()} <= {*text.split("source\n", 1)[1].split()}
    assert text.count("\n") <= MOST


def test_rows_without_a_column_that_tells_them_apart_are_cut_at_the_first() -> None:
    rows = tuple(Row({"name": f"thing {at}"}) for at in range(400))
    text = readable(Table(("name",), rows), by="kind", width=80, lang="en")
    assert "thing 0\n" in text
    assert "thing 399" not in text
    assert re.search(r"(?m)^\d+ of 400 rows$", text)
    assert text.endswith("All rows: --all.\n")


def test_a_short_answer_is_whole() -> None:
    rows = tuple(Row({"name": f"thing {at}"}) for at in range(100))
    assert "--all" not in readable(Table(("name",), rows), width=80, lang="en")


def test_an_empty_answer_is_told() -> None:
    assert readable(Answer((), ()), by="kind", width=80, lang="en") == "(none)\n"


def test_a_pipe_and_a_file_hold_all_rows(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("ask", "single-source")
    piped = run(*asked).stdout
    assert f"\n{run(*asked, '--count').stdout.strip()} rows" in piped
    monkeypatch.setenv("COLUMNS", "110")
    assert "--all" in run(*asked).stdout
    run(*asked, "-o", tmp_path / "x.txt")
    assert (tmp_path / "x.txt").read_text("utf-8") == piped


def test_all_rows_come_where_they_are_asked_for_and_in_other_forms(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "110")
    asked = ("ask", "single-source")
    size = int(run(*asked, "--count").stdout)
    assert "--all" in run(*asked).stdout
    assert f"\n{size} rows" in run(*asked, "--all").stdout
    assert f"\n{size} of" not in run(*asked, "--limit", str(size)).stdout
    assert len(json.loads(run(*asked, "-f", "json").stdout)["rows"]) == size
    assert run(*asked, "-f", "csv").stdout.count("\n") >= size + 1
    assert run(*asked, "-f", "md").stdout.count("\n") == size + 2
