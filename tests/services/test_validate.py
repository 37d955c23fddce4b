from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import stdgraph
from conftest import ROOT, TINY, iso_files
from stdgraph.model.results import Finding
from stdgraph.model.vocabulary import SH
from stdgraph.services.pack import add

FAULTY = """@base <https://w3id.org/stdgraph/id/> .
@prefix stdg: <https://w3id.org/stdgraph/ontology#> .
@prefix stdgc: <https://w3id.org/stdgraph/concept/> .
<office/x--y--convenor> a stdg:OfficeHolding ; stdg:inBody <org/aa-nsb> , <org/bb-nsb> ; stdg:role stdgc:role-convenor ; stdg:member <person/ann> ;
  stdg:evidence <evidence/doc-a--s1> .
<arrangement/lonely> a stdg:Arrangement ; stdg:hasParty <org/aa-nsb> ; stdg:start "spring 2016" ; stdg:evidence <evidence/doc-a--s1> .
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory):
    new = tmp_path_factory.mktemp("new") / "new.ttl"
    new.write_text(FAULTY, "utf-8")
    return stdgraph.open(data=[TINY]).validate(new)


def test_the_tiny_graph_has_no_violation() -> None:
    assert stdgraph.open(data=[TINY]).validate().conforms


def test_faults_of_new_files_are_found_and_named(report) -> None:
    found = {(f.focus, f.shape) for f in report.findings if f.severity == "Violation"}
    assert ("office/x--y--convenor", "stdgs:Membership-inBody") in found
    assert ("arrangement/lonely", "stdgs:Arrangement-party") in found
    assert ("arrangement/lonely", "stdgs:General-start") in found


def test_a_finding_tells_node_path_file_and_what_to_do(report) -> None:
    finding = next(f for f in report.findings if f.shape == "stdgs:Membership-inBody")
    assert finding.path == "stdg:inBody"
    assert Path(finding.file).name == "new.ttl"
    assert "exactly one stdg:inBody" in finding.message


def test_only_what_the_new_files_speak_of_is_reported(report) -> None:
    assert {f.focus for f in report.findings} <= {"office/x--y--convenor", "arrangement/lonely"}


def test_messages_in_chinese(tmp_path: Path) -> None:
    new = tmp_path / "new.ttl"
    new.write_text(FAULTY, "utf-8")
    messages = [f.message for f in stdgraph.open(data=[TINY], lang="zh").validate(new).findings]
    assert any("至少写明两个" in m for m in messages)


HEAD = """@base <https://w3id.org/stdgraph/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stdg: <https://w3id.org/stdgraph/ontology#> .
@prefix stdgc: <https://w3id.org/stdgraph/concept/> .
"""


@pytest.fixture
def found(tmp_path: Path) -> Callable[..., list[Finding]]:
    """Return the findings about the text of a new file, its first line being line 5."""

    def check(text: str, *, lang: str = "en") -> list[Finding]:
        new = tmp_path / "new.ttl"
        new.write_text(HEAD + text, "utf-8")
        return list(stdgraph.open(data=[TINY], lang=lang).validate(new).findings)

    return check


def place(finding: Finding) -> str:
    return Path(finding.place).name


@pytest.mark.parametrize(
    ("text", "at", "cure"),
    [
        ("<org/new> a stdg:Orgnization .", "new.ttl:5:13", "Nearest: stdg:Organization"),
        ("<org/new> a stdg:Organization ;\n  stdg:hasPaty <org/aa-nsb> .", "new.ttl:6:3", "Nearest: stdg:hasParty"),
        ("<org/aa-nsb> stdg:topic stdgc:agrtype-mouu .", "new.ttl:5:25", "Nearest: stdgc:agrtype-mou"),
        ("<org/aa-nsb> skos:altLable 'A'@en .", "new.ttl:5:14", "Nearest: skos:altLabel"),
        (
            "@prefix s: <https://w3id.org/stdgraph/ontology/> .\n<org/aa-nsb> s:hasParty <org/bb-nsb> .",
            "new.ttl:6:14",
            "check spelling and prefix, or add it to the ontology first. Nearest: stdg:hasParty",
        ),
        ("<arrangement/a> a stdg:Arrangement ; stdg:hasParty <org/aa-nsbb> .", "new.ttl:5:52", "Nearest: org/aa-nsb"),
        ("<org/aa-nsb> stdg:end '2031-02-29' .", "new.ttl:5:23", "The calendar has no such day"),
        ("<org/aa-nsb> skos:altLabel 'å¤‡å¿˜å½•'@zh-Hans .", "new.ttl:5:28", '"备忘录" is meant'),
        ("<org/aa-nsb> skos:altLabel '备忘\ufffd'@zh-Hans .", "new.ttl:5:28", "Characters were lost"),
        (f"<org/aa-nsb> skos:altLabel '{'long ' * 500}'@en .", "new.ttl:5:28", "has 2500 characters"),
    ],
)  # fmt: skip
def test_a_mistake_is_found_at_its_place_with_a_cure(found, text: str, at: str, cure: str) -> None:
    assert [f for f in found(text) if place(f) == at and cure in f.message]


def test_words_that_a_new_file_declares_are_declared(found) -> None:
    text = "stdgc:role-new a skos:Concept .\n<org/aa-nsb> stdg:topic stdgc:role-new ."
    assert not [f for f in found(text) if "role-new is not declared" in f.message]


def test_words_of_others_that_the_graph_uses_are_known(found) -> None:
    assert found("<org/aa-nsb> skos:altLabel 'The Aas'@en .") == []


def test_a_file_of_the_graph_does_not_vouch_for_itself(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(HEAD + "<org/aa-nsb> skos:altLable 'A'@en .", "utf-8")
    (finding,) = stdgraph.open(data=[TINY, own]).validate(own).findings
    assert "Nearest: skos:altLabel" in finding.message


@pytest.mark.parametrize("spoil", [lambda t: b"\xef\xbb\xbf" + t, lambda t: t.replace(b"\n", b"\r\n")])
def test_marks_and_line_ends_of_editors_move_no_line(spoil: Callable[[bytes], bytes], tmp_path: Path) -> None:
    new = tmp_path / "new.ttl"
    new.write_bytes(spoil((HEAD + "\n<org/aa-nsb>\n    stdg:hasPaty <org/bb-nsb> .\n").encode()))
    (finding,) = stdgraph.open(data=[TINY]).validate(new).findings
    assert place(finding) == "new.ttl:7:5"


def test_the_graph_itself_is_asked_for_undeclared_words(tmp_path: Path) -> None:
    extra = tmp_path / "extra.ttl"
    extra.write_text(HEAD + "<org/aa-nsb> stdg:hasPaty <org/bb-nsb> .", "utf-8")
    findings = stdgraph.open(data=[TINY], extra=[extra]).validate().findings
    assert [place(f) for f in findings if f.path == "stdg:hasPaty"] == ["extra.ttl:5:14"]


def test_a_contradiction_names_the_new_file_and_the_older_beside_it(found) -> None:
    (finding,) = [f for f in found("<evidence/doc-a--s1> stdg:locator 'elsewhere' .") if f.path == "stdg:locator"]
    assert place(finding) == "new.ttl:5:35"
    (older,) = finding.beside
    assert older.startswith("tests/cases/tiny.ttl:")


def test_an_unnamed_thing_has_a_place_too(found) -> None:
    findings = found("[] a stdg:Agreement .")
    assert {place(f) for f in findings} == {"new.ttl:5:6"}
    assert {f.focus for f in findings} == {"[]"}


def test_a_number_that_is_none_is_a_finding_and_no_traceback(found, capsys) -> None:
    text = "<figure/f> a stdg:Figure ; stdg:value 'many'^^<http://www.w3.org/2001/XMLSchema#integer> ."
    assert [f for f in found(text) if f.value == "many"]
    assert "Traceback" not in capsys.readouterr().err


def test_the_report_is_narrowed_to_a_severity(tmp_path: Path) -> None:
    new = tmp_path / "new.ttl"
    new.write_text(HEAD + "<org/new> a stdg:Organization ; skos:prefLabel 'New' .", "utf-8")
    report = stdgraph.open(data=[TINY]).validate(new)
    worst = report.at_least("Violation")
    assert {f.severity for f in report.findings} == {"Violation", "Warning"}
    assert {f.severity for f in worst.findings} == {"Violation"}
    told = [t.object.value for t in worst.triples if t.predicate.value == SH + "resultSeverity"]
    assert told == [SH + "Violation"] * len(worst.findings)


WRITTEN = {
    "<agreement/a> stdg:listIsComplete 'True'^^xsd:boolean .": ("stdg:listIsComplete", "True"),
    "<evidence/e> a stdg:Evidence ; stdg:confidence 01.50 .": ("stdg:confidence", "01.50"),
}


@pytest.mark.parametrize(("text", "told"), WRITTEN.items(), ids=lambda v: str(v)[:30])
def test_a_value_is_told_as_the_file_writes_it(tmp_path: Path, text: str, told: tuple[str, str]) -> None:
    new = tmp_path / "new.ttl"
    new.write_text(f"{HEAD}@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n{text}", "utf-8")
    report = stdgraph.open(data=[TINY]).validate(new)
    assert told in {(f.path, f.value) for f in report.findings}
    assert told[1] in {t.object.value for t in report.triples if t.predicate.value == SH + "value"}


def test_findings_in_a_pack_have_no_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parts of a pack are packed N-Quads, in which nobody looks for a line."""
    monkeypatch.setenv("STDGRAPH_DATA", str(tmp_path))
    add("iso", iso_files(ROOT / "tests/cases/pack/committees_2025-01-15.jsonl"))
    found = stdgraph.open(data=[TINY], pack="iso").validate()
    assert {f.line for f in found.findings if f.file is None} <= {None}


def test_what_new_statements_name_and_nobody_describes_is_found_where_it_is_named(
    found: Callable[..., list[Finding]],
) -> None:
    text = FAULTY.replace(
        'stdg:start "spring 2016" ;', "stdg:implements <agreement/nowhere> ;\n stdg:hasParty <org/nobody> ;"
    )
    told = {(f.focus, f.shape, f.line) for f in found(text)}
    assert ("agreement/nowhere", "stdgs:General-described", 10) in told
    assert ("arrangement/lonely", "stdgs:General-hasParty", 11) in told
    assert "org/nobody" not in {focus for focus, _, _ in told}


def test_what_was_wrong_with_the_graph_before_is_not_told_of_a_new_file(tmp_path: Path) -> None:
    old, new = tmp_path / "old.ttl", tmp_path / "new.ttl"
    head = "@base <https://w3id.org/stdgraph/id/> .\n@prefix stdg: <https://w3id.org/stdgraph/ontology#> .\n"
    old.write_text(head + "<place/odd> a stdg:Place ; stdg:placeWithin <place/odd> .\n", "utf-8")
    new.write_text(head + "<place/new> a stdg:Place ; stdg:placeWithin <place/odd> .\n", "utf-8")
    graph = stdgraph.open(data=[TINY, old])
    assert "place/odd" in {f.focus for f in graph.validate().findings}
    assert "place/odd" not in {f.focus for f in graph.validate(new).findings}
