"""`ask`: its list, its forms, its records, its query."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from conftest import ROOT

Run = Callable[..., Result]


def test_a_question_keeps_its_own_with(run_tiny: Run, tmp_path: Path) -> None:
    asked = ("ask", "agreements", "--actor", "Aland", "--with", "Beland", "-f", "csv")
    assert "Memorandum on tea" in run_tiny(*asked).stdout
    extra = tmp_path / "extra.ttl"
    extra.write_text("<https://w3id.org/stdgraph/id/org/x> a <https://w3id.org/stdgraph/ontology#Company> .")
    done = run_tiny("--with", extra, *asked)
    assert "Memorandum on tea" in done.stdout


def test_ask_without_a_name_lists_the_questions(run: Run) -> None:
    done = run("ask", "-f", "csv")
    names = [row[0] for row in csv.reader(io.StringIO(done.stdout))][1:]
    assert names == sorted(names)
    assert "who-cooperates-with" in names


def test_the_terminal_table_has_a_numbered_source_list(run_tiny: Run) -> None:
    asked = ("ask", "officers", "--body", "Aland-Beland tea group")
    out = run_tiny(*asked).stdout
    assert "[1]\n" in out
    assert out.endswith("doc-a: Document A  [1] 1 ¶1\n2 rows, 1 document\n")
    assert run_tiny(*asked, "--sources").stdout.endswith("[1] Document A, 1 / paragraph 1\n2 rows, 1 document\n")


@pytest.mark.parametrize("form", ["csv", "tsv", "md"])
def test_other_forms_carry_the_same_columns(run_tiny: Run, form: str) -> None:
    asked = ("ask", "recognized-bodies", "--by", "ASA", "-f", form)
    bare, sourced = run_tiny(*asked).stdout, run_tiny(*asked, "--sources").stdout
    assert "World Standards Organization" in bare
    assert "Document A" not in bare
    assert "Document A, 1 / paragraph 2" in sourced


def test_json_of_ask(run_tiny: Run) -> None:
    answer = json.loads(run_tiny("ask", "recognized-bodies", "--by", "ASA", "-f", "json", "--as-of", "2021").stdout)
    assert list(answer) == ["question", "title", "parameters", "as_of", "columns", "rows", "undated_left_out"]
    assert answer["as_of"] == "2021"
    assert answer["rows"][0]["certainty"] == "possible"
    assert answer["rows"][0]["sources"]


def test_an_empty_answer_is_an_answer(run_tiny: Run) -> None:
    done = run_tiny("ask", "agreements", "--actor", "Celand", "--with", "Beland")
    assert (done.exit_code, "(none)" in done.stdout) == (0, True)


def test_show_query_prints_the_sparql_that_runs(run_tiny: Run) -> None:
    query = run_tiny("ask", "posts", "--person", "Ann Ash", "--show-query").stdout
    assert "VALUES ?person { <https://w3id.org/stdgraph/id/person/ann> }" in query
    rows = run_tiny("query", query, "-f", "csv").stdout.splitlines()
    assert len(rows) > 1


def test_why_adds_the_records(run_tiny: Run) -> None:
    out = run_tiny("ask", "who-cooperates-with", "--actor", "BeSI", "--kind", "coPartyWith", "--why").stdout
    assert "2017-06  Memorandum on tea standards  <https://w3id.org/stdgraph/id/agreement/2017-06-tea-mou>" in out


def test_a_code_is_taken_in_either_language_and_a_wrong_one_is_refused(run: Run) -> None:
    rows = [
        run("-q", "ask", "documents", "--type", name, "-f", "csv").stdout for name in ("doctype-law", "law", "法律")
    ]
    assert rows[0] == rows[1] == rows[2]
    refused = run("ask", "agreements", "--level", "MoU")
    assert refused.exit_code == 2
    assert "is of another list, the agreement types" in refused.stderr


def test_the_messages_that_the_document_shows_are_those_of_the_command(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("STDGRAPH_DATA", str(tmp_path))
    text = (ROOT / "docs" / "ask.md").read_text("utf-8")
    block = text.split("## Empty answers")[1].split("```text\n")[1].split("```")[0]
    shown = [part.splitlines() for part in block.split("$ stdgraph ")[1:]]
    for command, *lines in shown:
        done = run(*command.split())
        assert [*done.stdout.splitlines(), *done.stderr.splitlines()] == lines
    assert len(shown) == 3
