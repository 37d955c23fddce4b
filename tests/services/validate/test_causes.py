"""What follows from a fault is told under it, and what a branch asks is told in words."""

from __future__ import annotations

from pathlib import Path

import pytest

import stdgraph
from conftest import TINY
from stdgraph.model.finding import Finding

HEAD = "@base <https://w3id.org/stdgraph/id/> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix stdg: <https://w3id.org/stdgraph/ontology#> .\n"
CLASS = """<org/new> a stdg:Organizaton ; skos:prefLabel "New"@en , "新"@zh-Hans ; stdg:ofCountry <country/AA> ; stdg:evidence <evidence/doc-a--s1> .
<arrangement/a> a stdg:Arrangement ; stdg:hasParty <org/aa-nsb> , <org/new> ; stdg:start "2016" ; stdg:evidence <evidence/doc-a--s1> .
"""
PROPERTY = """<arrangement/a> a stdg:Arrangement ; stdg:hasParty <org/aa-nsb> , <org/bb-nsb> ; stdg:start "2016" ; stdg:evidnece <evidence/doc-a--s1> ."""
BRANCH = """<agreement/a> a stdg:Agreement ; skos:prefLabel "A"@en , "甲"@zh-Hans ; stdg:hasParty <org/aa-nsb> ; stdg:date "2016" ; stdg:evidence <evidence/doc-a--s1> ."""


def findings(folder: Path, text: str, lang: str = "en") -> list[Finding]:
    new = folder / "new.ttl"
    new.write_text(HEAD + text, "utf-8")
    return list(stdgraph.open(data=[TINY], lang=lang).validate(new).findings)


@pytest.mark.parametrize(
    ("text", "follows"),
    [
        (CLASS, {"arrangement/a stdgs:General-hasParty", "org/new stdgs:Actor-slots"}),
        (PROPERTY, {"arrangement/a stdgs:General-evidenceMissing"}),
    ],
)
def test_what_follows_from_a_misspelt_word_is_told_under_it(text: str, follows: set[str], tmp_path: Path) -> None:
    found = findings(tmp_path, text)
    (cause,) = [f for f in found if f.check == "check:is-not-declared"]
    assert follows <= set(cause.follows)
    assert not {f"{f.focus} {f.rule}" for f in found} & set(cause.follows)


def test_a_fault_of_its_own_stays_beside_a_misspelt_word(tmp_path: Path) -> None:
    found = findings(tmp_path, CLASS.replace('stdg:start "2016"', 'stdg:start "spring"'))
    assert "stdgs:General-start" in {f.rule for f in found}


@pytest.mark.parametrize(("lang", "words"), [("en", "At least two parties are named"), ("zh", "至少写明两方")])
def test_what_the_branches_ask_is_told(lang: str, words: str, tmp_path: Path) -> None:
    (one,) = [f for f in findings(tmp_path, BRANCH, lang) if f.rule == "stdgs:Agreement-parties"]
    assert any(words in why for why in one.because)
