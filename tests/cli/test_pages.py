"""`profile`, `timeline` and `compare`: pages that are read at a glance, in every form, with the options of rows."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable

import pytest
from click.testing import Result

from conftest import TINY
from stdgraph.cli.layout import columns
from stdgraph.cli.notes import Notes
from stdgraph.cli.tables import Page, block
from stdgraph.graph.profiles import plan
from stdgraph.model.dates import bounds
from stdgraph.model.results import table

Run = Callable[..., Result]
LENGTHS = [(("China",), 90), (("China", "Germany"), 60), (("China", "UK"), 60), (("2019",), 90), (("BSI",), 90)]


def page(run: Run, *arguments: str, width: int = 100) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(width))
        done = run(*arguments)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("names", "most"), LENGTHS, ids=str)
def test_a_page_is_read_at_a_glance(run: Run, names: tuple[str, ...], most: int, lang: str) -> None:
    lines = page(run, "--lang", lang, "profile", *names).splitlines()
    assert len(lines) <= most
    assert max(map(columns, lines)) <= 100


def test_a_heading_tells_how_many_rows_there_are(run: Run) -> None:
    told = page(run, "profile", "China")
    heads = dict(re.findall(r"(?m)^(\S[^\n·:(]*?) \((?:[0-9]+ of )?([0-9]+)(?:\)|: --panel )", told))
    counted = page(run, "profile", "China", "--count")
    assert dict(line.rsplit(": ", 1) for line in counted.splitlines()) == heads
    assert heads["Agreements"] == page(run, "ask", "agreements", "--actor", "China", "--count").strip()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_left_out_of_a_list_is_told_with_the_list_that_holds_it(run: Run, lang: str) -> None:
    told = page(run, "--lang", lang, "profile", "China").replace("\n  ", "" if lang == "zh" else " ")
    whole = json.loads(page(run, "--lang", lang, "profile", "China", "-f", "json"))["panels"]
    tables = [panel.name for panel in plan("country").panels if not panel.line and not panel.by]
    cut = [panel["name"] for panel in whole if panel["name"] in tables and panel["count"] > 5]
    assert len(cut) > 5
    for name in cut:
        assert f"--panel {name})" in told
    more = {"en": r"… (\d+) more: --panel partners\b", "zh": r"…… 另有 (\d+) 项：--panel partners\b"}[lang]
    (number,) = re.findall(more, told)
    line = re.search(r"(?m)^(?:Partners|合作伙伴) \(\d+\)(.*?)…", told)
    assert line is not None
    (count,) = [panel["count"] for panel in whole if panel["name"] == "partners"]
    assert int(number) + line[1].count("·") + 1 == count


def test_a_list_in_a_line_has_its_notes_and_counts_have_none(run: Run) -> None:
    told = " ".join(page(run, "profile", "China").split())
    assert re.search(r"Partners \(68\), records: United Kingdom 26 · Russia 14 · .*? \[[\d, -]+\] … ", told)
    assert re.search(r"Gaps \(\d+\): no date \d+ · one source only \d+ ·[^\[]* … \d+ more kinds: --panel gaps", told)
    rows = page(run, "profile", "China", "--panel", "gaps", "--all")
    assert "no date 9" not in rows


@pytest.mark.parametrize("name", ["partners", "agreements", "agreement-levels", "figures", "gaps"])
def test_a_list_that_is_named_has_as_many_rows_as_have_room(run: Run, name: str) -> None:
    told = page(run, "profile", "China", "--panel", name)
    (panel,) = json.loads(page(run, "profile", "China", "--panel", name, "-f", "json"))["panels"]
    assert "--panel" not in told.partition("Questions asked")[0]
    assert told.count("\n") <= 90
    if f"({panel['count']})" not in told:
        shown = re.search(rf"\((\d+) of {panel['count']}: --all\)", told)
        assert shown is not None
        assert panel["count"] > int(shown[1]) > 20


def test_a_tie_in_a_line_tells_from_whom_to_whom(run: Run) -> None:
    (row, *_) = csv.DictReader(page(run, "profile", "China", "--panel", "standards-abroad", "-f", "csv").splitlines())
    told = " ".join(page(run, "profile", "China").split())
    assert f"{row['from']} → {row['to']} {row['records']}" in told


def test_each_document_is_named_once(run: Run) -> None:
    told = page(run, "profile", "China")
    for key in ("bri-10y: ", "cn-annual-2020: ", "china-standardization-2023-2: "):
        assert told.count(key) == 1
    assert re.search(r"\[1", told)


def test_places_are_noted_where_they_are_few_or_asked_for(run: Run) -> None:
    assert re.search(r"bri-10y: .*\[\d+\] \S", page(run, "profile", "China", "Germany"), re.DOTALL)
    assert "paragraph" in page(run, "profile", "China", "--panel", "agreements", "--sources")


def test_what_is_not_known_is_told_at_the_end(run: Run) -> None:
    told = page(run, "--data", str(TINY), "profile", "city/aa-alphaville")
    nothing = json.loads(page(run, "--data", str(TINY), "profile", "city/aa-alphaville", "-f", "json"))["nothing"]
    line = next(line for line in told.splitlines() if line.startswith("Nothing known of: "))
    titles = {panel.name: panel.title["en"] for panel in plan("thing").panels if panel.title}
    assert nothing
    assert titles[nothing[0]] in line


def test_how_it_was_computed_stands_last(run: Run) -> None:
    last = "\n".join(page(run, "profile", "China", "--as-of", "2018").splitlines()[-3:])
    assert "queries/profiles/country.toml" in last
    assert re.search(r"As\sof\s2018\.", last)
    assert "sha256:" in last


def test_one_list_and_all_its_rows(run: Run) -> None:
    told = json.loads(page(run, "profile", "China", "--panel", "agreements", "--all", "-f", "json"))
    (panel,) = told["panels"]
    assert panel["name"] == "agreements"
    assert len(panel["rows"]) == panel["count"]
    best = json.loads(page(run, "profile", "China", "--panel", "agreements", "-f", "json"))["panels"][0]
    assert best["rows"] == panel["rows"][: len(best["rows"])] != panel["rows"]


def test_a_list_goes_to_a_spreadsheet_and_a_page_does_not(run: Run) -> None:
    rows = page(run, "profile", "China", "--panel", "agreements", "-f", "csv")
    assert rows == page(run, "ask", "agreements", "--actor", "China", "-f", "csv")
    for arguments in (("profile", "China"), ("compare", "China", "UK")):
        done = run(*arguments, "-f", "csv")
        assert done.exit_code == 2
        assert "'csv' holds one list; name it with --" in done.stderr
    done = run("profile", "China", "-f", "ttl")
    assert done.exit_code == 2
    assert "'ttl' makes no sense here; choose table" in done.stderr


def test_the_query_of_a_list_is_that_of_its_question(run: Run) -> None:
    told = page(run, "profile", "China", "--panel", "agreements", "--show-query")
    assert told.startswith("# agreements: ")
    assert told.partition("\n")[2] == page(run, "ask", "agreements", "--actor", "China", "--show-query")


def test_markdown_has_a_heading_for_each_list(run: Run) -> None:
    told = page(run, "profile", "China", "Germany", "-f", "md")
    names = {p["title"]: p["count"] for p in json.loads(page(run, "profile", "China", "DE", "-f", "json"))["panels"]}
    assert re.findall(r"(?m)^## (.*) \((\d+)\)$", told) == [(title, str(count)) for title, count in names.items()]
    assert told.startswith("# China – Germany\n")


def test_options_of_rows_work_on_each_list_that_has_the_column(run: Run) -> None:
    told = json.loads(page(run, "profile", "China", "--sort", "date", "--limit", "2", "-f", "json"))
    names = {panel["name"] for panel in told["panels"]}
    assert "agreements" in names
    assert "partners" not in names
    assert all(len(panel["rows"]) <= 2 for panel in told["panels"])
    done = run("profile", "China", "--from", "2020", "--to", "2020", "-f", "json")
    dates = [row["date"] for panel in json.loads(done.stdout)["panels"] for row in panel["rows"] if "date" in row]
    assert dates
    assert all(bounds(day)[0] <= bounds("2020")[1] for day in dates)
    assert re.search(r"[0-9]+ rows without a date were left out", done.stderr)
    assert done.stderr.count("left out") == 1
    done = run("profile", "China", "--sort", "colour")
    assert (done.exit_code, "no column 'colour'" in done.stderr) == (2, True)


def test_ambiguous_names_are_listed(run: Run) -> None:
    for verb in ("profile", "timeline", "compare"):
        done = run(verb, "ISO/TC", "China")
        assert done.exit_code == 2
        assert "committee/iso-tc-268" in done.stderr


def test_names_and_lists_are_completed(run: Run) -> None:
    from stdgraph.cli import COMPLETE

    for words, found in (
        ("stdgraph profile Chin", "plain,China"),
        ("stdgraph profile China --panel agree", "plain,agreements"),
    ):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(COMPLETE, "bash_complete")
            patch.setenv("COMP_WORDS", words)
            patch.setenv("COMP_CWORD", str(words.count(" ")))
            patch.setattr(sys, "argv", ["stdgraph"])
            assert found in run().stdout


def test_a_time_line_tells_undated_records_apart(run: Run) -> None:
    told = page(run, "timeline", "SAC")
    dated, _, others = told.partition("\nWithout a date (")
    assert dated.startswith("Standardization Administration of China: records with a date (")
    number = int(others.split(")")[0])
    shown = json.loads(page(run, "timeline", "SAC", "-f", "json"))
    assert number == len(shown["undated"])
    assert told.splitlines()[-1].split(" ")[0] == str(number + len(shown["rows"]))
    assert len(page(run, "timeline", "SAC", "--all").splitlines()) > len(told.splitlines())


def test_a_time_line_in_all_forms_and_of_a_time(run: Run) -> None:
    rows = page(run, "timeline", "China", "UK", "-f", "csv").splitlines()
    assert rows[0] == "date,record,type,kind,from,way,to,among"
    assert len(rows) - 1 == int(page(run, "timeline", "China", "UK", "--count"))
    told = page(run, "timeline", "China", "UK", "--from", "2015", "--to", "2016", "-f", "tsv").splitlines()[1:]
    assert {line[:4] for line in told} == {"2015", "2016"}
    assert "| date | record |" in page(run, "timeline", "BSI", "-f", "md")
    assert page(run, "timeline", "China", "UK", "--group-by", "year", "-f", "tsv").startswith("year\tcount\n")


def test_compare_prints_one_column_a_thing(run: Run) -> None:
    told = page(run, "compare", "China", "UK", "Germany")
    assert re.search(r"(?m)^Side by side +China +United Kingdom +Germany$", told)
    assert re.search(r"(?m)^Ties among them \(3\)$", told)
    assert re.search(r"(?m)^Partners of China alone \([0-9]+\): Russia; ", told)
    rows = page(run, "compare", "China", "UK", "--list", "partners", "-f", "csv").splitlines()
    assert rows[0] == "partner,China,United Kingdom"
    assert page(run, "compare", "China", "UK", "--count").startswith("Side by side: ")


def test_show_cuts_long_lists_and_says_so(run: Run) -> None:
    told = page(run, "show", "China")
    assert re.search(r"(?m)^Records: 20 of [0-9]+ rows$", told)
    whole = page(run, "show", "China", "--all")
    assert re.search(r"(?m)^Records: [0-9]+ rows$", whole)
    assert len(told.splitlines()) < 150 < len(whole.splitlines())
    assert len(json.loads(page(run, "show", "China", "-f", "json"))["records"]) > 20


@pytest.mark.parametrize(("width", "lang"), [(60, "en"), (60, "zh"), (80, "zh"), (120, "en"), (200, "zh")])
def test_no_word_of_a_page_is_cut_and_no_line_is_too_long(run: Run, width: int, lang: str) -> None:
    for arguments in (
        ("profile", "China"),
        ("profile", "China", "UK"),
        ("compare", "China", "UK"),
        ("timeline", "BSI"),
    ):
        told = page(run, "--lang", lang, *arguments, width=width)
        longest = max(map(columns, re.findall(r"[\w:/.=-]+", told)))
        assert max(map(columns, told.splitlines())) <= max(width, longest + 4), arguments
    (panel,) = json.loads(page(run, "--lang", lang, "profile", "China", "--panel", "agreements", "-f", "json"))[
        "panels"
    ]
    told = page(run, "--lang", lang, "profile", "China", "--panel", "agreements", width=width)
    words = set(re.findall(r"[A-Za-z-]+", " ".join(row["agreement"]["label"] for row in panel["rows"])))
    assert words <= set(re.findall(r"[A-Za-z-]+", told))


def test_a_title_that_does_not_fit_stands_alone() -> None:
    found = table(("a", "b"), [{"a": "1", "b": "one"}, {"a": "2", "b": "two"}])
    assert block(found, Page(40, notes=Notes()), "Numbers (2)") == [
        "Numbers (2)  b",
        "1            one",
        "2            two",
    ]
    assert block(found, Page(14, notes=Notes()), "Numbers (2)") == ["Numbers (2)", "a  b", "1  one", "2  two"]
