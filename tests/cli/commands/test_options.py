"""Options of every command: they stand before or after, a suffix names a form, a day where one is looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from conftest import TINY

Run = Callable[..., Result]


@pytest.mark.parametrize(
    "words",
    [
        ["find", "BSI"],
        ["ask", "posts", "--person", "Ann Ash"],
        ["query", "ASK {}"],
        ["query", "CONSTRUCT WHERE { ?s ?p ?o }"],
        ["validate"],
        ["infer"],
        ["build"],
        ["ledger"],
        ["sources"],
        ["show", "Ann Ash"],
        ["pack", "list"],
        ["network", "metrics"],
        ["network", "export"],
        ["format", "-"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("name", ["x.docx", "x.sarf", "x.foo", "x.csv.gz", "x.2024"])
def test_a_suffix_that_no_form_has_is_refused(run_tiny: Run, tmp_path: Path, words: list[str], name: str) -> None:
    done = run_tiny(*words, "-o", tmp_path / name)
    assert done.exit_code == 2
    assert "is the suffix of no form; there are .txt, .csv, .tsv" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_table_goes_to_a_text_file_and_f_names_any_form(run_tiny: Run, tmp_path: Path) -> None:
    words = ["ask", "posts", "--person", "Ann Ash", "-q"]
    assert run_tiny(*words, "-o", tmp_path / "x.TXT").exit_code == 0
    assert (tmp_path / "x.TXT").read_text("utf-8") == run_tiny(*words).stdout
    assert run_tiny(*words, "-f", "csv", "-o", tmp_path / "x.dat").exit_code == 0


SUFFIXES = {
    "ask": (["ask", "posts", "--person", "Ann Ash"], "x.csv", "body,"),
    "upper case": (["ask", "posts", "--person", "Ann Ash"], "x.JSON", "{"),
    "-f wins": (["find", "tea", "-f", "json"], "x.csv", "["),
    "query": (["query", "SELECT ?x WHERE { ?x a stdg:Country }"], "x.srj", '{"head"'),
    "construct": (["query", "CONSTRUCT WHERE { ?x a stdg:Country }"], "x.nt", "<https"),
    "show": (["show", "BeSI"], "x.ttl", "@base"),
    "infer": (["infer"], "x.nt", "<"),
    "network": (["network", "export"], "x.gexf", "<?xml"),
    "no form": (["find", "tea"], "x.txt", "id "),
}


@pytest.mark.parametrize(("words", "name", "begins"), SUFFIXES.values(), ids=SUFFIXES)
def test_the_suffix_of_the_file_chooses_the_form(
    run_tiny: Run, tmp_path: Path, words: list[str], name: str, begins: str
) -> None:
    assert run_tiny(*words, "-o", tmp_path / name).exit_code == 0
    assert (tmp_path / name).read_text("utf-8").startswith(begins)


def test_options_stand_before_or_after(run: Run) -> None:
    question = ["ask", "posts", "--person", "Ann Ash"]
    before = run("--data", TINY, "--lang", "zh", "-f", "csv", "-q", *question)
    after = run(*question, "--data", TINY, "--lang", "zh", "-f", "csv", "-q")
    between = run("ask", "--data", TINY, "--lang", "zh", "posts", "--person", "Ann Ash", "-q", "-f", "csv")
    assert before.stdout == after.stdout == between.stdout
    assert "甲国标准化管理委员会" in before.stdout


def test_a_command_that_looks_at_no_day_says_so(run_tiny: Run) -> None:
    for words in (["find", "tea"], ["sources"], ["query", "ASK {}"]):
        done = run_tiny(*words, "--as-of", "2018")
        assert done.exit_code == 2
        assert "does not look at a day" in done.stderr
