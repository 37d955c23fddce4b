"""The form of a file is judged at the line to mend: base, prefixes, head, folder, nodes without a name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import stdgraph
from conftest import TINY
from stdgraph.model.results import Finding

BASE = "@base <https://w3id.org/stdgraph/id/> .\n"
PREFIXES = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix src: <https://w3id.org/stdgraph/source/> .
@prefix stdg: <https://w3id.org/stdgraph/ontology#> .
"""
HEAD = """<https://w3id.org/stdgraph/graph/{home}> a dcat:Dataset ;
  dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
  dcterms:source src:doc-a ; dcterms:title "Bodies"@en ; dcterms:title "机构"@zh-Hans .
"""
LICENCE = "<https://creativecommons.org/licenses/by/4.0/>"
WHOLE = BASE + PREFIXES + HEAD.format(home="doc-a/bodies")


@pytest.fixture
def found(tmp_path: Path) -> Callable[..., list[Finding]]:
    """Return what is found about the form of a text that lies at a place below the folder of the data."""

    def check(text: str, place: str = "data/ttl/doc-a/bodies.ttl") -> list[Finding]:
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return list(stdgraph.open(data=[TINY]).validate(path).findings)

    return check


def test_a_whole_file_has_no_fault(found) -> None:
    assert found(WHOLE) == []


FAULTS = {
    "other base": (WHOLE.replace("graph/id", "graph"), 1, "The base is"),
    "base with http": (WHOLE.replace("@base <https", "@base <http"), 1, "The base is"),
    "no base": (WHOLE.removeprefix(BASE), 1, "begin it with @base"),
    "prefix with http": (WHOLE.replace("stdg: <https", "stdg: <http"), 5, "The prefix stdg:"),
    "other prefix": (WHOLE.replace("http://purl.org/dc/terms/", "http://purl.org/dc/elements/1.1/"), 3, "The prefix dcterms:"),
    "empty": ("", 1, "has no head"),
    "no head": (BASE + PREFIXES, 1, "has no head"),
    "other head": (WHOLE.replace("doc-a/bodies", "doc-a/persons"), 6, "head of another file"),
    "no licence": (WHOLE.replace(f"  dcterms:license {LICENCE} ;\n", ""), 6, "names no licence"),
    "licence as text": (WHOLE.replace(LICENCE, '"CC BY 4.0"'), 7, "names no licence"),
    "one title": (WHOLE.replace("@zh-Hans", "@en"), 6, "no title in both languages"),
    "no source": (WHOLE.replace("dcterms:source src:doc-a ;", ""), 6, "does not name its source"),
    "other source": (WHOLE.replace("src:doc-a ;", "src:doc-b ;"), 8, "lies in the folder of src:doc-a"),
    "node without a name": (WHOLE + "<org/x> stdg:evidence [ stdg:locator 'p. 1' ] .", 9, "give this node an IRI"),
    "evidence of another": (WHOLE + "<evidence/doc-a--x> stdg:fromSource src:doc-b .", 9, "in the folder of its source"),
    "evidence named otherwise": (WHOLE + "<evidence/x> stdg:fromSource src:doc-a .", 9, "is named for it"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_form_is_told_at_its_line(found, name: str) -> None:
    text, line, words = FAULTS[name]
    told = [f for f in found(text) if words in f.message]
    assert [(f.line, f.severity) for f in told][:1] == [(line, "Violation")]
    assert all(Path(f.file).name == "bodies.ttl" for f in told)


def test_of_a_wrong_prefix_what_follows_is_not_told(found) -> None:
    text = WHOLE.replace("stdg: <https", "stdg: <http") + "<org/x> a stdg:Company ; stdg:hasParty <org/y> ."
    assert [f.check for f in found(text)] == ["check:the-prefix"]


def test_a_file_elsewhere_needs_no_head_and_may_have_a_base_of_its_own(found) -> None:
    told = found("@base <http://example.org/> .\n<x> <http://purl.org/dc/terms/title> 'x'@en .", "notes.ttl")
    assert not [f for f in told if f.check]


def test_the_places_are_those_of_files_with_carriage_returns(found) -> None:
    text = WHOLE.replace("stdg: <https", "stdg: <http").replace("\n", "\r\n")
    assert [f.line for f in found(text)] == [5]
