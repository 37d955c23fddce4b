from __future__ import annotations

from pathlib import Path

import pytest

import stdgraph
from conftest import TINY

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
