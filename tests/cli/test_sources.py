"""`stdgraph sources` from the command line: documents, statements, texts, citations, excerpts."""

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
EXAMPLE = ROOT / "docs" / "examples" / "minutes.ttl"
MINUTES = ROOT / "docs" / "examples" / "minutes.txt"
KEY = "harbour-minutes"


@pytest.fixture
def sources(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call `stdgraph sources` on the example, with an empty data folder."""
    monkeypatch.setenv("STDGRAPH_DATA", str(tmp_path))
    return lambda *arguments: run("--data", EXAMPLE, "sources", *arguments)


@pytest.fixture
def attached(sources: Run) -> Run:
    assert sources("attach", KEY, MINUTES).exit_code == 0
    return sources


def test_documents_are_listed_with_the_text_that_was_read(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("-q", "sources", "-f", "csv").stdout)))
    read = {row["source"]: row for row in rows if row["checksum"]}
    assert len(read) == 5
    assert all(len(row["checksum"]) == 64 and int(row["characters"]) > 1000 for row in read.values())
    assert "checksum" not in run("-q", "sources").stdout


def test_a_name_may_stand_alone_or_behind_about(sources: Run) -> None:
    alone, about = sources("Harbour Institute", "-f", "csv"), sources("about", "Harbour Institute", "-f", "csv")
    assert alone.exit_code == about.exit_code == 0
    assert alone.stdout == about.stdout
    assert alone.stdout.startswith("subject,property,value,document")
    assert sources("Harbour Office").exit_code == 2


def test_a_text_is_attached(sources: Run) -> None:
    done = sources("attach", KEY, MINUTES, "-f", "json")
    assert done.exit_code == 0
    (row,) = json.loads(done.stdout)
    assert (row["document"], row["file"], row["same"]) == (KEY, "minutes.txt", True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("attach", KEY, "no-such.txt"), "no-such.txt"),
        (("attach", "harbour-notes", MINUTES), "harbour-notes"),
        (("attach", KEY, EXAMPLE), "'.ttl' is no form of text"),
        (("verify",), "sources attach"),
        (("verify", KEY), "sources attach harbour-minutes FILE"),
        (("verify", "harbour-notes"), "harbour-notes"),
        (("verify", KEY, "-f", "gexf"), "jsonld"),
        (("verify", KEY, "--as-of", "2020"), "as-of"),
    ],
    ids=lambda v: " ".join(map(str, v)) if isinstance(v, tuple) else "",
)
def test_wrong_use_is_told(sources: Run, arguments: tuple[str, ...], told: str) -> None:
    done = sources(*arguments)
    assert done.exit_code == 2
    assert told in done.stderr
    assert done.stdout == ""


def test_faults_are_listed_and_counted(attached: Run) -> None:
    done = attached("verify")
    assert done.exit_code == 1
    assert "elsewhere" in done.stdout
    assert done.stdout.endswith("3 of 5 printed forms and 2 of 2 figures stand where they are cited.\n")
    rows = list(csv.DictReader(io.StringIO(attached("verify", KEY, "-f", "csv").stdout)))
    assert [row["result"] for row in rows] == ["elsewhere", "missing"]
    every = json.loads(attached("verify", KEY, "--all", "-f", "json").stdout)
    assert len(every) == 7
    assert "stand where they are cited" in attached("verify", "-f", "json").stderr


def test_faults_are_told_in_chinese(attached: Run) -> None:
    done = attached("verify", KEY, "--lang", "zh", "--columns", "place,result,where")
    assert "在别处" in done.stdout
    assert "第1段" in done.stdout
    assert "5个原文形式中有3个" in done.stdout


def test_a_document_without_a_fault_exits_with_nought(run: Run, attached: Run, tmp_path: Path) -> None:
    text = EXAMPLE.read_text("utf-8").replace("sentence 2", "sentence 1", 1).replace("terminology", "vocabulary")
    mended = tmp_path / "mended.ttl"
    mended.write_text(text.replace("1.2 million persons", "1.2 million"), encoding="utf-8")
    done = run("--data", mended, "-q", "sources", "verify")
    assert (done.exit_code, "(none)" in done.stdout) == (0, True)


def test_found_citations_are_written_as_annotations(attached: Run, tmp_path: Path) -> None:
    page = json.loads(attached("verify", KEY, "-f", "jsonld").stdout)
    assert page["type"] == "AnnotationPage"
    attached("verify", KEY, "-o", tmp_path / "page.jsonld")
    assert json.loads((tmp_path / "page.jsonld").read_text("utf-8")) == page


@pytest.mark.parametrize(
    "arguments",
    [("ask", "figures", "--about", "Harbour Institute"), ("sources", "Harbour Institute")],
    ids=" ".join,
)
def test_excerpts_stand_under_the_rows(run: Run, attached: Run, arguments: tuple[str, ...]) -> None:
    table = run("--data", EXAMPLE, "-q", *arguments, "--excerpt").stdout
    assert "]" in table
    assert "\n    About one third of the staff" in table
    rows = list(csv.DictReader(io.StringIO(run("--data", EXAMPLE, "-q", *arguments, "--excerpt", "-f", "csv").stdout)))
    assert all(row["excerpt"].endswith("ten years.") for row in rows)
    assert "excerpt" not in run("--data", EXAMPLE, "-q", *arguments, "-f", "csv").stdout


def test_without_a_text_excerpts_tell_how_to_attach_one(run: Run, sources: Run) -> None:
    done = run("--data", EXAMPLE, "ask", "figures", "--about", "Harbour Institute", "--excerpt")
    assert done.exit_code == 0
    assert "stdgraph sources attach harbour-minutes FILE" in done.stderr
    why = run("why", "SAC", "BSI", "--excerpt")
    assert why.exit_code == 0
    assert "stdgraph sources attach cn-uk-wg FILE" in why.stderr
