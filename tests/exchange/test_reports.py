"""Reports of findings: each form is read back by a reader that is not ours, whatever the labels say."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

import stdgraph
from conftest import ROOT, TINY
from stdgraph.exchange.reports import written
from stdgraph.exchange.reports.page import COLUMNS
from stdgraph.model.results import Finding
from stdgraph.model.rules import Rule
from stdgraph.services.validate import Report

SCHEMA = json.loads((ROOT / "tests/cases/reports/sarif-essential.json").read_text("utf-8"))
HOSTILE = "a\n::error::b %0A\r,c:<d>]]>&\x1b[31m\x0b\ud800\ufffe [x](http://e.org)"
TEXT = """@base <https://w3id.org/stdgraph/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stdg: <https://w3id.org/stdgraph/ontology#> .
<evidence/doc-a--s1> stdg:confidence "0.9" ; stdg:locator "elsewhere" .
<org/aa-nsb> skos:altLabel " The  Aas"@en , "标准 ＡＡ"@zh-Hans ; stdg:hasPaty <org/bb-nsb> .
"""


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("a b") / "new.ttl"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture(scope="module", params=["en", "zh"])
def report(request: pytest.FixtureRequest, new: Path) -> tuple[str, Report]:
    return request.param, stdgraph.open(data=[TINY], lang=request.param).validate(new)


def hostile() -> tuple[list[Finding], list[Rule]]:
    place = {"file": f"{HOSTILE[:10]}.ttl", "line": 3, "column": 2, "beside": ("data/a b.ttl:7",)}
    found = [
        Finding(level, HOSTILE, HOSTILE, HOSTILE, "stdgs:A-x", HOSTILE, id="1", **place)
        for level in ("Violation", "Warning", "Info")
    ]
    return found, [Rule("stdgs:A-x", "Warning", HOSTILE, HOSTILE, "docs/shapes.md#a", "shapes/A.ttl", 4)]


def sarif(text: str) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(text)
    kind = jsonschema.validators.validator_for(SCHEMA)
    kind(SCHEMA, format_checker=kind.FORMAT_CHECKER).validate(log)
    return log["runs"][0]


def test_sarif_is_what_its_schema_says(report: tuple[str, Report]) -> None:
    lang, found = report
    run = sarif(written(found.findings, found.rules(), "sarif", lang=lang))
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(found.findings)
    assert [rules[r["ruleIndex"]]["id"] for r in run["results"]] == [r["ruleId"] for r in run["results"]]
    assert len({r["partialFingerprints"]["stdgraphFinding/v1"] for r in run["results"]}) == len(run["results"])


def test_sarif_rules_speak_both_languages(report: tuple[str, Report]) -> None:
    lang, found = report
    run = sarif(written(found.findings, found.rules(), "sarif", lang=lang))
    (rule,) = [r for r in run["tool"]["driver"]["rules"] if r["id"] == "stdgs:Agreement-parties"]
    (other,) = [r for r in run["translations"][0]["rules"] if r["id"] == rule["id"]]
    said = {"en": "Name at least two parties", "zh": "请至少写明两个缔约方"}
    assert rule["shortDescription"]["text"].startswith(said.pop(lang))
    assert other["shortDescription"]["text"].startswith(next(iter(said.values())))
    assert other["shortDescription"]["text"] in rule["help"]["text"]
    assert rule["helpUri"] == "https://w3id.org/stdgraph/shape/Agreement-parties"
    assert "](docs/shapes.md#stdgsagreement-parties)" in rule["help"]["markdown"]


def test_every_section_that_a_rule_names_is_there(report: tuple[str, Report]) -> None:
    page = (ROOT / "docs/shapes.md").read_text("utf-8")
    heads = re.findall(r"(?m)^#+ (.+)$", page)
    there = {f"docs/shapes.md#{re.sub(r'[^a-z0-9-]', '', head.lower())}" for head in heads}
    assert {rule.section for rule in report[1].rules()} <= there


def told_with_causes(form: str, lang: str = "en") -> str:
    """Return a report of one finding that has branches, consequences and an older place."""
    said = {"because": ("None of these holds: A (why) / B",), "follows": ("org/b stdgs:B",), "beside": ("old.ttl:7",)}
    found = [Finding("Violation", "org/a", "", "", "stdgs:A-x", "Look.", file="new.ttl", line=3, column=2, **said)]
    rules = [Rule("stdgs:A-x", "Violation", "Look.", "请看。", "docs/shapes.md#stdgsa-x", "shapes/A.ttl", 4)]
    return written(found, rules, form, lang=lang)


@pytest.mark.parametrize("form", ["sarif", "junit", "html"])
@pytest.mark.parametrize(("lang", "follows"), [("en", "follows from it (1): org/b stdgs:B"), ("zh", "org/b stdgs:B")])
def test_causes_consequences_and_older_places_are_told(form: str, lang: str, follows: str) -> None:
    text = told_with_causes(form, lang)
    assert "None of these holds: A (why) / B" in text
    assert follows in text
    assert "old.ttl" in text


def test_the_page_leads_to_the_rule() -> None:
    assert "https://w3id.org/stdgraph/shape/A-x" in told_with_causes("html")


def test_sarif_says_where_else_it_is_stated_and_where_the_rule_is(report: tuple[str, Report]) -> None:
    lang, found = report
    run = sarif(written(found.findings, found.rules(), "sarif", lang=lang))
    beside = next(f for f in found.findings if f.path == "stdg:locator").beside
    (result,) = [r for r in run["results"] if r["properties"]["path"] == "stdg:locator"]
    told = [place["physicalLocation"] for place in result["relatedLocations"]]
    assert f"{told[0]['artifactLocation']['uri']}:{told[0]['region']['startLine']}" == beside[0]
    path, line = told[-1]["artifactLocation"]["uri"], told[-1]["region"]["startLine"]
    assert (ROOT / path).read_text("utf-8").splitlines()[line - 1] == result["ruleId"]


def test_a_fix_of_sarif_mends_the_file(report: tuple[str, Report], new: Path) -> None:
    lang, found = report
    run = sarif(written(found.findings, found.rules(), "sarif", lang=lang))
    lines, fixes = TEXT.splitlines(), [fix for r in run["results"] for fix in r.get("fixes", ())]
    (place,) = {c["artifactLocation"]["uri"] for fix in fixes for c in fix["artifactChanges"]}
    assert place == new.as_uri()
    parts = [part for fix in fixes for c in fix["artifactChanges"] for part in c["replacements"]]
    for part in sorted(parts, key=lambda p: -p["deletedRegion"]["startColumn"]):
        at = part["deletedRegion"]
        line = lines[at["startLine"] - 1]
        text = part["insertedContent"]["text"]
        lines[at["startLine"] - 1] = line[: at["startColumn"] - 1] + text + line[at["endColumn"] - 1 :]
    assert 'skos:altLabel "The Aas"@en , "标准 AA"@zh-Hans ;' in lines[4]


def test_junit_has_a_case_a_rule_and_fails_the_broken_ones(report: tuple[str, Report]) -> None:
    lang, found = report
    suites = ElementTree.fromstring(written(found.findings, found.rules(), "junit", lang=lang))
    cases = suites.findall(".//testcase")
    failed = {case.get("name") for case in cases if case.find("failure") is not None}
    assert len(cases) == len(found.rules()) == int(suites.get("tests", ""))
    assert failed == {f.rule for f in found.findings if f.severity == "Violation"}
    assert int(suites.get("failures", "")) == len(failed) == sum(int(s.get("failures", "")) for s in suites)


@pytest.mark.parametrize(("fail_on", "failures"), [("Violation", "0"), ("Warning", "1")])
def test_junit_fails_what_is_as_bad_as_asked(fail_on: str, failures: str) -> None:
    found = [Finding("Warning", "org/a", "", "", "stdgs:A", "Look.")]
    rules = [Rule("stdgs:A", "Warning", "Look.", "请看。", "docs/shapes.md#a")]
    suites = ElementTree.fromstring(written(found, rules, "junit", fail_on=fail_on))
    assert suites.get("failures") == failures
    assert "org/a: Look." in "".join(suites.itertext())


def test_github_points_at_the_place(report: tuple[str, Report], new: Path) -> None:
    lang, found = report
    told = written(found.findings, found.rules(), "github", lang=lang).splitlines()
    assert len(told) == len(found.findings)
    (line,) = [line for line in told if "hasPaty" in line and "line=5" in line]
    assert line.startswith("::error file=")
    at = TEXT.splitlines()[4].index("stdg:hasPaty") + 1
    assert f",line=5,col={at},endColumn={at + 11},title=check%3Ais-not-declared::org/aa-nsb: " in line


def command(line: str) -> tuple[str, dict[str, str], str]:
    """Read a workflow command as the runner does (actions/runner, ActionCommand.cs)."""
    head, _, data = line.removeprefix("::").partition("::")
    level, _, properties = head.partition(" ")
    pairs = dict(part.split("=", 1) for part in properties.split(","))

    def plain(text: str) -> str:
        for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            text = text.replace(code, char)
        return text

    return level, {name: plain(value) for name, value in pairs.items()}, plain(data)


def test_no_label_begins_a_command_of_github() -> None:
    found, rules = hostile()
    lines = written(found, rules, "github").split("\n")
    assert lines.pop() == ""
    assert [command(line)[0] for line in lines] == ["error", "warning", "notice"]
    _, said, data = command(lines[0])
    assert said["file"] == "a ::error:.ttl"
    assert data.startswith("a ::error::b %0A ,c:<d>]]>&\\x1b[31m")
    assert "\x1b" not in lines[0]


def test_hostile_labels_leave_every_form_readable() -> None:
    found, rules = hostile()
    run = sarif(written(found, rules, "sarif"))
    assert "\\[x](http" in run["results"][0]["message"]["text"]
    text = "".join(ElementTree.fromstring(written(found, rules, "junit")).itertext())
    assert "<d>]]>&" in text
    assert "<d>" not in written(found, rules, "html")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_groups_by_rule_and_leads_nowhere(lang: str, new: Path) -> None:
    found = stdgraph.open(data=[TINY], lang=lang).validate(new)
    page = written(found.findings, found.rules(), "html", lang=lang)
    assert page.count("<h2>") == len(found.by_rule())
    assert not re.search(r"(href|src)=", page)
    assert ("违规" in page) == (lang == "zh")


def test_csv_has_a_row_a_finding(run: Any, new: Path) -> None:
    done = run("--data", TINY, "validate", new, "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert done.exit_code == 1
    assert set(COLUMNS) < rows[0].keys()
    assert {row["repair"] for row in rows} >= {"The Aas", "标准 AA"}


@pytest.mark.parametrize("form", ["sarif", "junit", "github", "html"])
def test_same_findings_give_the_same_bytes(form: str, new: Path) -> None:
    def made() -> str:
        found = stdgraph.open(data=[TINY]).validate(new)
        return written(found.findings, found.rules(), form)

    assert made() == made()


@pytest.mark.parametrize("form", ["sarif", "junit", "github", "html"])
def test_nothing_found_is_a_report_too(form: str) -> None:
    text = written([], [Rule("stdgs:A", "Warning", "Look.", "请看。", "docs/shapes.md#a")], form)
    assert (text == "") == (form == "github")
