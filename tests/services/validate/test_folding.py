"""One wrong statement is one finding, and its id stays."""

from __future__ import annotations

from pathlib import Path

import pytest

import stdgraph
from conftest import TINY
from stdgraph.model.vocabulary import SH
from stdgraph.services.validate import Report
from stdgraph.services.validate.repairs import REPAIRS
from stdgraph.services.validate.rules import checks

HEAD = "@base <https://w3id.org/stdgraph/id/> .\n@prefix stdg: <https://w3id.org/stdgraph/ontology#> .\n"


def report(folder: Path, text: str, lang: str = "en") -> Report:
    new = folder / "new.ttl"
    new.write_text(HEAD + text, "utf-8")
    return stdgraph.open(data=[TINY], lang=lang).validate(new)


def test_one_wrong_statement_is_one_finding(tmp_path: Path) -> None:
    found = report(tmp_path, '<evidence/doc-a--s1> stdg:confidence "0.9" .')
    (one,) = [f for f in found.findings if f.path == "stdg:confidence"]
    assert {"Datatype", "MaxInclusive", "MinInclusive"} <= set(one.constraints)
    told = [t for t in found.triples if t.predicate.value == SH + "result"]
    assert len(told) > len(found.findings)  # the SHACL report has a result a constraint


def test_two_wrong_statements_stay_two(tmp_path: Path) -> None:
    found = report(tmp_path, "<arrangement/a> a stdg:Arrangement ; stdg:hasParty <org/x> , <org/y> .")
    assert {"org/x", "org/y"} <= {f.value for f in found.findings if f.shape == "stdgs:General-hasParty"}


TEXT = '<evidence/doc-a--s1> stdg:confidence "0.9" ; stdg:hasPaty <org/aa-nsb> .\n[] a stdg:Agreement . [] a stdg:Agreement .'


def test_ids_stay_when_lines_move_and_in_both_languages(tmp_path: Path) -> None:
    ids = [f.id for f in report(tmp_path, TEXT).findings]
    assert len(set(ids)) == len(ids)
    assert {f.id for f in report(tmp_path, "\n\n# moved\n" + TEXT).findings} == set(ids)
    assert {f.id for f in report(tmp_path, TEXT, "zh").findings} == set(ids)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_check_has_the_same_name_in_both_languages(tmp_path: Path, lang: str) -> None:
    found = report(tmp_path, "<org/aa-nsb> stdg:hasPaty <org/bb-nsb> .", lang)
    assert [f.check for f in found.findings if f.path == "stdg:hasPaty"] == ["check:is-not-declared"]


def test_checks_have_names_of_their_own() -> None:
    names = [rule.name for rule in checks()]
    assert len(set(names)) == len(names)
    assert set(REPAIRS) <= set(names)


@pytest.mark.parametrize(("level", "fails"), [("Violation", False), ("Warning", True), ("Info", True)])
def test_a_report_fails_on_the_level_asked_for(tmp_path: Path, level: str, fails: bool) -> None:
    found = report(tmp_path, "<org/aa-nsb> <http://example.org/odd> 'x' .")
    assert {f.severity for f in found.findings} == {"Warning"}
    assert found.fails(level) is fails
