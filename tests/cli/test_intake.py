"""`stdgraph intake` and `stdgraph source new` on the command line: where they write, what they print, how they end."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from conftest import ROOT, TINY
from stdgraph.storage.turtle import format_turtle

Run = Callable[..., Result]
CASES = ROOT / "tests" / "cases" / "intake"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of somebody's data, in which the user is, some folders down."""
    folder = tmp_path / "data" / "ttl"
    folder.mkdir(parents=True)
    (folder / "tiny.ttl").write_text(format_turtle(TINY.read_text("utf-8")), "utf-8")
    (folder / "sources.ttl").write_text(format_turtle(""), "utf-8")
    (tmp_path / "notes").mkdir()
    monkeypatch.chdir(tmp_path / "notes")
    return folder


def test_the_checkout_where_the_user_is_is_written(run: Run, checkout: Path) -> None:
    done = run("intake", CASES / "committee" / "bodies.csv")
    assert done.exit_code == 0
    assert done.stdout.endswith("Rows: 1; 2 blocks were written into 2 files.\n")
    assert "<committee/wso-tc-1-sc-2>" in (checkout / "entities" / "bodies.ttl").read_text("utf-8")
    again = run("intake", CASES / "committee" / "bodies.csv")
    assert (again.exit_code, again.stdout) == (0, "Rows: 1; all is there already. Nothing was written.\n")


def test_a_dry_run_shows_the_difference(run: Run, checkout: Path) -> None:
    done = run("intake", "--dry-run", CASES / "committee" / "bodies.csv")
    assert "+++ b/entities/bodies.ttl" in done.stdout
    assert sorted(path.name for path in checkout.iterdir()) == ["sources.ttl", "tiny.ttl"]


def test_blocks_go_where_they_are_asked(run: Run, checkout: Path, tmp_path: Path) -> None:
    told = run("intake", CASES / "committee" / "bodies.csv", "-o", "-").stdout
    assert told == (CASES / "committee" / "expected.ttl").read_text("utf-8")
    run("intake", CASES / "committee" / "bodies.csv", "-o", tmp_path / "new.ttl")
    assert (tmp_path / "new.ttl").read_text("utf-8") == told
    assert sorted(path.name for path in checkout.iterdir()) == ["sources.ttl", "tiny.ttl"]


def test_standard_input_is_a_form(run: Run, checkout: Path) -> None:
    text = (CASES / "committee" / "bodies.csv").read_text("utf-8")
    done = run("intake", "--template", "bodies", "-", "-o", "-", stdin=text)
    assert done.stdout == (CASES / "committee" / "expected.ttl").read_text("utf-8")
    assert run("intake", "-", "-o", "-", stdin=text).stdout == done.stdout  # its headings tell


def test_faults_end_with_one_and_are_told_in_each_form(run: Run, checkout: Path) -> None:
    path = CASES / "fault-pinyin" / "persons.csv"
    done = run("intake", path)
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1] == "Rows: 4; faults: 4. Nothing was written."
    assert done.stdout.splitlines()[0].startswith('persons.csv:2:C "pinyin": ')
    told = json.loads(run("intake", path, "-f", "json").stdout)
    assert [(f["line"], f["column"]) for f in told["faults"]] == [(2, "C"), (3, "C"), (4, "C"), (5, "B")]
    assert run("intake", path, "-f", "csv").stdout.startswith("file,line,column,heading,severity,value,fault\npersons")
    assert "拼音" in run("--lang", "zh", "intake", path).stdout


@pytest.mark.parametrize(
    "words",
    [
        ["intake"],
        ["intake", "--template", "nothing"],
        ["intake", "--template", "bodies", "--template", "offices"],
        ["intake", "absent.csv"],
        ["intake", "--endpoint", "http://127.0.0.1:1/", "x.csv"],
        ["intake", "--as-of", "2020", "x.csv"],
        ["intake", "-f", "svg", "x.csv"],
        ["source", "new", "x"],
        ["source", "new", "x", "--title-en", "A", "--title-zh", "甲", "--translated", "perhaps", "--language", "en"],
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_two(run: Run, checkout: Path, words: list[str]) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert "internal fault" not in done.stderr


def test_an_empty_form_is_printed_and_several_are_a_workbook(run: Run, checkout: Path, tmp_path: Path) -> None:
    assert run("intake", "--template", "offices").stdout.splitlines()[-1].startswith("person,body,role,")
    assert run("--lang", "zh", "intake", "--template", "任职").stdout.splitlines()[-1].startswith("人员,机构,角色,")
    assert run("intake", "--template", "offices", "--excel", "-f", "csv").stdout.startswith("\ufeff")
    done = run("intake", "--template", "bodies", "--template", "offices", "-o", tmp_path / "forms.xlsx")
    assert done.exit_code == 0
    assert (tmp_path / "forms.xlsx").read_bytes()[:2] == b"PK"


def test_a_new_document_and_the_facts_in_it(run: Run, checkout: Path) -> None:
    said = [
        "--title-en",
        "A notice",
        "--title-zh",
        "通知",
        "--translated",
        "both",
        "--language",
        "en",
        "--issuer",
        "ASA",
    ]
    done = run("-q", "source", "new", "aa-notice", *said, "--date", "2024-05", "--rights", "Public document")
    assert (done.exit_code, done.stderr) == (0, "")
    form = (CASES / "office-without-a-person" / "offices.csv").read_text("utf-8").replace("doc-a", "aa-notice")
    assert run("intake", "--template", "offices", "-", stdin=form).exit_code == 0
    offices = (checkout / "aa-notice" / "offices.ttl").read_text("utf-8")
    assert 'dcterms:title "Offices from A notice"@en' in offices
    found = json.loads(run("--data", checkout, "validate", "-f", "json").stdout)["findings"]
    assert not [f for f in found if "aa-notice" in f["file"]]
    assert run("format", "--check", checkout).exit_code == 0
