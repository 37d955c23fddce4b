"""Pictures, pages and workbooks at the command line: the suffix tells the form, a file never changes by half."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from stdgraph.charts.files import chart, names
from stdgraph.services.ask import questions

ASK = ("ask", "agreements", "--actor", "China")
STARTS = {"svg": b"<svg ", "png": b"\x89PNG", "pdf": b"%PDF-", "html": b"<!doctype html>", "xlsx": b"PK"}


@pytest.mark.parametrize("form", STARTS)
def test_the_suffix_tells_the_form(form: str, run, tmp_path: Path) -> None:
    place = tmp_path / f"a.{form.upper()}"
    assert run(*ASK, "-o", place).exit_code == 0
    assert place.read_bytes().startswith(STARTS[form])
    assert run(*ASK, "-f", form).stdout_bytes == place.read_bytes()
    assert list(tmp_path.iterdir()) == [place]


@pytest.mark.parametrize("asked", [q for q in questions() if q.chart], ids=lambda q: q.name)
def test_the_chart_of_a_question_is_there(asked) -> None:
    assert chart(asked.chart).title["zh"]


def test_another_chart_can_be_chosen(run) -> None:
    pictures = {name: run(*ASK, "-f", "svg", "--chart", name).stdout for name in ("years", "timeline", "matrix")}
    assert len(set(pictures.values())) == 3
    assert run(*ASK, "-f", "svg").stdout == pictures["years"]
    assert "IEC China-Nigeria twinning plan" in pictures["timeline"]


@pytest.mark.parametrize("name", ["measures", "ties", "partners"])
def test_what_is_compared_has_a_picture(name: str, run) -> None:
    drawn = [run("compare", "China", "UK", "--list", name, "-f", "svg", *more).stdout for more in ((), ("--dark",))]
    assert all("United Kingdom" in told for told in drawn)
    assert drawn[0] != drawn[1]
    if name == "measures":
        (agreements,) = (r["China"] for r in run_rows(run, "measures") if r["measure"] == "Agreements")
        assert f">{agreements}<" in drawn[0]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_stated_number_of_two_has_its_bar(lang: str, run) -> None:
    asked = ("--lang", lang, "compare", "China", "Zhejiang", "--list", "figures")
    rows = list(csv.reader(run(*asked, "-f", "csv").stdout.splitlines()))[1:]
    drawn = run(*asked, "-f", "svg").stdout
    assert rows
    for number in (re.search(r"\d+", cell.rpartition(" (")[0] or cell) for row in rows for cell in row[1:]):
        assert number is not None
        assert f">{int(number[0]):,}<" in drawn


def run_rows(run, name: str) -> list[dict[str, str]]:
    """The rows of a list of a comparison."""
    return list(csv.DictReader(run("compare", "China", "UK", "--list", name, "-f", "csv").stdout.splitlines()))


def test_a_compared_page_holds_its_pictures(run) -> None:
    told = run("compare", "China", "UK", "-f", "html").stdout
    assert told.count("<figure") >= 2


def test_counts_are_drawn_as_counts(run) -> None:
    told = run(*ASK, "--group-by", "year", "-f", "svg").stdout
    assert ">2022<" in told
    assert ">3<" in told


def test_rows_arranged_are_the_rows_drawn(run) -> None:
    told = run(*ASK, "--from", "2020", "--chart", "timeline", "-f", "svg").stdout
    assert ">2022<" in told
    assert "2017" not in told


WRONG = {
    "no such chart": (*ASK, "-f", "svg", "--chart", "timelin"),
    "does not fit": (*ASK, "-f", "svg", "--chart", "lines"),
    "no picture": ("ask", "names", "--thing", "BSI", "-f", "svg"),
    "chart of text": (*ASK, "--chart", "years"),
    "dark page": (*ASK, "-f", "html", "--dark"),
    "with proofs": (*ASK, "-f", "svg", "--why"),
    "of what has none": ("find", "BSI", "-f", "png"),
}
SAID = {
    "no such chart": "--chart: there is no chart 'timelin'. Nearest: timeline.",
    "does not fit": "--chart: 'lines' cannot be drawn of these columns; there are ",
    "no picture": "--chart: this answer has no picture of its own; give one of ",
    "chart of text": "--chart: goes with html, svg, png, pdf.",
    "dark page": "--dark: goes with svg, png, pdf.",
    "with proofs": "'svg' makes no sense with --why",
    "of what has none": "'png' makes no sense here; choose table, csv, tsv, json, md, html, xlsx",
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_drawn_is_told_and_nothing_is_written(case: str, run, tmp_path: Path) -> None:
    result = run(*WRONG[case], "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert SAID[case] in result.stderr
    assert not list(tmp_path.iterdir())


def test_an_empty_answer_is_drawn_and_told(run) -> None:
    result = run("ask", "agreements", "--year", "1900", "-f", "svg")
    assert result.exit_code == 0
    assert result.stderr.startswith("Nothing to draw: the answer has no rows.\n")
    assert "Nothing to draw" in result.stdout


def test_dark_is_dark(run) -> None:
    told = run(*ASK, "-f", "svg", "--dark").stdout
    assert 'fill="#15181c"' in told
    assert "prefers-color-scheme" not in told


def test_any_table_becomes_a_page_or_a_workbook(run, tmp_path: Path) -> None:
    assert "British Standards Institution" in run("find", "BSI", "-f", "html").stdout
    assert run("ledger", "-o", tmp_path / "a.xlsx").exit_code == 0


def test_every_chart_is_described_in_the_docs() -> None:
    text = (Path(__file__).parents[2] / "docs" / "charts.md").read_text("utf-8")
    assert [name for name in names() if f"| `{name}` |" not in text] == []


def test_a_time_line_is_drawn(run) -> None:
    told = run("timeline", "China", "Germany", "-f", "svg").stdout
    assert "China – Germany" in told
    assert ">2020-09<" in told
    assert run("timeline", "China", "Germany", "-f", "svg", "--chart", "kinds").stdout != told
    assert "met bilaterally with" in run("timeline", "China", "Germany", "-f", "html").stdout


def test_a_profile_is_a_page_or_one_of_its_lists_a_picture(run) -> None:
    page = run("profile", "China", "Germany", "-f", "html").stdout
    assert "<h1>China – Germany</h1>" in page
    assert page.count("<h2>") >= 4
    assert "sha256:" in page
    assert 'href="http' not in page
    assert "--panel" in run("profile", "China", "-f", "svg").stderr
    drawn = run("profile", "China", "--panel", "partners", "-f", "svg").stdout
    assert "China: Partners" in drawn


def test_a_comparison_is_a_page(run) -> None:
    page = run("compare", "France", "Germany", "-f", "html").stdout
    assert "<h1>France – Germany</h1>" in page
    assert "Side by side" in page


def test_words_are_drawn_too(run) -> None:
    assert run("ask", "Which agreements has China signed?", "-f", "svg").stdout.startswith("<svg")
