"""Options that arrange rows mean the same on every command that prints rows, in every form; a pager shows what is long."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result

import messages as catalogue
from conftest import TINY

Run = Callable[..., Result]
EVENTS = ("ask", "events")


def cells(run_tiny: Run, *arguments: str) -> list[list[str]]:
    done = run_tiny(*arguments, "-f", "tsv")
    assert done.exit_code == 0, done.output
    return [line.split("\t") for line in done.stdout.splitlines()]


def test_columns_sort_and_limit(run_tiny: Run) -> None:
    head, *rows = cells(run_tiny, *EVENTS, "--columns", "date,event", "--sort", "date", "--limit", "2")
    assert head == ["date", "event"]
    assert len(rows) == 2
    assert rows == sorted(rows)
    newest = cells(run_tiny, *EVENTS, "--columns", "date", "--sort", "-date")[1:]
    assert [row for row in newest if row[0]] == sorted((row for row in newest if row[0]), reverse=True)


def test_options_of_rows_stand_before_or_after(run_tiny: Run) -> None:
    options = ("--sort", "-date", "--limit", "2", "--columns", "event,date")
    before, after = run_tiny(*options, *EVENTS).stdout, run_tiny(*EVENTS, *options).stdout
    assert before == after
    assert before.splitlines()[-1].startswith("2 of ")


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "md"])
def test_a_group_prints_its_counts_in_every_form(run_tiny: Run, form: str) -> None:
    out = run_tiny(*EVENTS, "--group-by", "year", "-f", form).stdout
    assert "count" in out
    if form == "json":
        answer = json.loads(out)
        assert answer["columns"] == ["year", "count"]
        assert sum(row["count"] for row in answer["rows"]) == int(run_tiny(*EVENTS, "--count").stdout)
        assert all(row["sources"] for row in answer["rows"])


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "md"])
def test_a_count_is_a_number_in_every_form(run_tiny: Run, form: str) -> None:
    assert run_tiny(*EVENTS, "--count", "-f", form).stdout == f"{len(cells(run_tiny, *EVENTS)) - 1}\n"


def test_rows_of_a_time_and_how_many_have_none(run: Run) -> None:
    done = run("--data", TINY, "ask", "agreements", "--from", "2017", "--to", "2017", "-f", "csv", "--columns", "date")
    assert {row[:4] for row in done.stdout.split()[1:]} == {"2017"}
    assert re.search("[0-9]+ rows? without a date w", done.stderr)


def test_a_span_of_years(run_tiny: Run) -> None:
    spans = [run_tiny(*EVENTS, "--year", years, "-f", "csv").stdout for years in ("2017/2018", "2017-2018")]
    assert spans[0] == spans[1]
    single = [run_tiny(*EVENTS, "--year", year, "-f", "csv").stdout.splitlines()[1:] for year in ("2017", "2018")]
    assert Counter(spans[0].splitlines()[1:]) == Counter(single[0] + single[1])
    for years in ("2018-2017", "17-18", "2017-", "2017//2018"):
        assert run_tiny(*EVENTS, "--year", years).exit_code == 2


def test_columns_are_taken_as_printed_in_chinese(run_tiny: Run) -> None:
    done = run_tiny("--lang", "zh", *EVENTS, "--columns", "日期，活动", "--sort", "-日期", "-f", "csv")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[0] == "date,event"


WRONG = {
    "sort": (("ask", "events", "--sort", "dat"), "There is no column 'dat' here. Nearest: date"),
    "columns": (("ask", "events", "--columns", "event,plce"), "Nearest: place"),
    "group": (("ask", "events", "--group-by", "colour"), "There are event, date"),
    "from": (("ask", "events", "--from", "2019-13"), "--from"),
    "limit": (("ask", "events", "--limit", "0"), "--limit"),
    "no rows": (("--limit", "3", "validate"), "`validate` prints no rows"),
    "no list": (("show", "Ann Ash", "--sort", "colour"), "no column 'colour'"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_use_is_told(run_tiny: Run, case: str) -> None:
    arguments, told = WRONG[case]
    done = run_tiny(*arguments)
    assert done.exit_code == 2
    assert told in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("find", "Aland"),
        ("why", "ASA", "BeSI"),
        ("path", "ASA", "BeSI"),
        ("sources",),
        ("sources", "ASA"),
        ("sources", "about", "ASA"),
        ("ask", "who-cooperates-with", "--actor", "ASA", "--level", "all", "--bilateral", "--excerpt"),
        ("why", "ASA", "BeSI", "--level", "own", "--bilateral", "--as-of", "2018", "--undated", "-q"),
        ("path", "ASA", "BeSI", "--bilateral", "--kind", "coPartyWith"),
        ("schema",),
        ("schema", "Agreement"),
        ("ledger",),
        ("ask",),
        ("network", "metrics"),
        ("network", "metrics", "--bilateral"),
        ("query", "SELECT ?x ?l { ?x skos:prefLabel ?l }"),
    ],
    ids=" ".join,
)
def test_every_command_of_rows_takes_them(run_tiny: Run, words: tuple[str, ...]) -> None:
    whole = cells(run_tiny, *words)
    column = whole[0][0]
    assert cells(run_tiny, "--limit", "2", *words) == whole[:3]
    assert cells(run_tiny, *words, "--columns", column) == [line[:1] for line in whole]
    assert run_tiny(*words, "--count").stdout == f"{len(whole) - 1}\n"
    assert cells(run_tiny, *words, "--group-by", column)[0] == [column, "count"]
    assert Counter(map(tuple, cells(run_tiny, *words, "--sort", f"-{column}"))) == Counter(map(tuple, whole))


def test_rows_of_a_schema_are_arranged_in_json_too(run_tiny: Run) -> None:
    told = json.loads(run_tiny("schema", "--limit", "2", "--columns", "term,used", "-f", "json").stdout)
    assert [set(row) - {"sources"} for row in told] == [{"term", "used"}] * 2


def test_what_arranges_rows_leaves_the_number_of_undated_records(run: Run) -> None:
    words = ("--data", TINY, "ask", "who-cooperates-with", "--actor", "ASA", "--as-of", "2016")
    run(*words)
    told = run(*words).stderr
    assert "undated" in told
    assert run(*words, "--limit", "1", "--group-by", "kind").stderr == told


def test_lists_of_show_are_cut_with_their_count(run_tiny: Run) -> None:
    out = run_tiny("show", "ASA", "--limit", "2").stdout
    assert re.search(r"^Records: 2 of [0-9]+ rows$", out, re.MULTILINE)
    dated = run_tiny("show", "ASA", "--sort", "-date").stdout
    assert "Names:" not in dated
    assert re.findall(
        r"^[A-Z][a-z ]+: [0-9]+$", run_tiny("show", "ASA", "--count").stdout.replace(" rows", ""), re.MULTILINE
    )


def test_no_command_has_an_option_twice() -> None:
    for command in catalogue.commands():
        options = Counter(name for param in command.params if isinstance(param, click.Option) for name in param.opts)
        assert [name for name, count in options.items() if count > 1] == [], command.name


def on_terminal(*arguments: str, tmp_path: Path, **environment: str) -> str:
    """What a terminal of 24 lines of 80 columns gets, and what its pager got, if it ran."""
    pager = tmp_path / "pager"
    pager.write_text(f'#!/bin/sh\ncat > "{tmp_path / "paged"}"\n')
    pager.chmod(0o755)
    main, end = pty.openpty()
    given = {**os.environ, "TERM": "xterm", "PAGER": str(pager), "COLUMNS": "80", "LINES": "24", **environment}
    command = [sys.executable, "-m", "stdgraph", "--data", str(TINY), "-q", *arguments]
    with subprocess.Popen(command, stdin=end, stdout=end, stderr=end, env=given, close_fds=True) as done:
        os.close(end)
        parts = []
        try:
            while part := os.read(main, 65536):
                parts.append(part)
        except OSError:  # the other end is closed
            pass
        assert done.wait() == 0, b"".join(parts)
    os.close(main)
    return b"".join(parts).decode().replace("\r\n", "\n")


LONG = ("ask", "single-source")


def test_what_is_longer_than_the_screen_goes_through_the_pager(tmp_path: Path) -> None:
    assert on_terminal(*LONG, tmp_path=tmp_path) == ""
    paged = (tmp_path / "paged").read_text("utf-8")
    assert "\x1b[1m" in paged
    assert paged.count("\n") > 24


@pytest.mark.parametrize(
    ("more", "environment"),
    [((), {"PAGER": ""}), (("--no-pager",), {}), (("--limit", "2"), {})],
    ids=["empty PAGER", "--no-pager", "short"],
)
def test_the_pager_can_be_left_out(tmp_path: Path, more: tuple[str, ...], environment: dict[str, str]) -> None:
    assert "Which core facts" in on_terminal(*LONG, *more, tmp_path=tmp_path, **environment)
    assert not (tmp_path / "paged").exists()


def test_a_file_and_a_pipe_are_not_paged(tmp_path: Path, run_tiny: Run) -> None:
    assert on_terminal(*LONG, "-o", str(tmp_path / "x.txt"), tmp_path=tmp_path) == ""
    assert not (tmp_path / "paged").exists()
    assert (tmp_path / "x.txt").read_text("utf-8") == run_tiny(*LONG).stdout


def test_no_colour_where_none_is_wanted(tmp_path: Path) -> None:
    on_terminal(*LONG, tmp_path=tmp_path, NO_COLOR="1")
    assert "\x1b" not in (tmp_path / "paged").read_text("utf-8")
