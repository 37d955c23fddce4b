"""A finding on branches says which of them failed and why; of those that exclude each other, whether none or several held."""

from __future__ import annotations

from pathlib import Path

import pytest

import stdgraph
from conftest import TINY
from stdgraph.model.finding import Finding

HEAD = (
    "@base <https://w3id.org/stdgraph/id/> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "@prefix stdg: <https://w3id.org/stdgraph/ontology#> .\n"
)
AGREEMENT = """<agreement/a> a stdg:Agreement ; skos:prefLabel "A"@en , "甲"@zh-Hans ; stdg:hasParty <org/aa-nsb> ;
    stdg:date "2016" ; stdg:evidence <evidence/doc-a--s1> """
CASES = [
    (
        "stdgs:Agreement-parties",
        AGREEMENT + ".",
        "None of these holds: At least two parties are named (stdg:hasParty: 1 given, at least 2 due) / The list of parties is said to be incomplete (stdg:listIsComplete is missing, false is due)",
        "以下均不成立：至少写明两方（stdg:hasParty：已写1个，至少应有2个） / 已注明名单不完整（缺少stdg:listIsComplete，应为false）",
    ),
    (
        "stdgs:Agreement-parties",
        AGREEMENT + "; stdg:listIsComplete true .",
        "(stdg:listIsComplete is true, and not false)",
        "（stdg:listIsComplete为true，而非false）",
    ),
    (
        "stdgs:Adoption-adoptedStandardKind",
        "<adoption/a> a stdg:Adoption ; stdg:adoptedStandard <org/aa-nsb> .",
        "It is a translation / It is a draft (org/aa-nsb is stdg:GovernmentBody, stdg:NationalStandardsBody)",
        "属于草案（org/aa-nsb为stdg:GovernmentBody, stdg:NationalStandardsBody）",
    ),
    (
        "stdgs:Adoption-adoptedStandardKind",
        "<adoption/a> a stdg:Adoption ; stdg:adoptedStandard <standard/no-such> .",
        "(standard/no-such is described nowhere)",
        "（standard/no-such未在任何地方描述）",
    ),
    (
        "stdgs:General-oneKind",
        "<org/aa-nsb> a stdg:Person .",
        "Exactly one of these must hold, and 2 do: It is an organization / It is a person",
        "下列各项须有且仅有一项成立，现有2项成立：",
    ),
]


def findings(folder: Path, text: str, lang: str, **options: Path) -> list[Finding]:
    new = folder / "new.ttl"
    new.write_text(HEAD + text, "utf-8")
    asked = {name: [path] for name, path in options.items()}
    return list(stdgraph.open(data=[TINY], lang=lang).validate(new, **asked).findings)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("rule", "text", "english", "chinese"), CASES)
def test_a_branch_says_why_it_fails(
    rule: str, text: str, english: str, chinese: str, lang: str, tmp_path: Path
) -> None:
    told = [f for f in findings(tmp_path, text, lang) if f.rule == rule]
    assert told
    because = " ".join(told[0].because)
    assert (english if lang == "en" else chinese) in because, because


SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix stdg: <https://w3id.org/stdgraph/ontology#> .
<urn:one> a sh:NodeShape ; sh:targetClass stdg:Event ; sh:xone ( <urn:dated> <urn:placed> ) .
<urn:not> a sh:NodeShape ; sh:targetClass stdg:Event ; sh:not <urn:motto> .
<urn:and> a sh:NodeShape ; sh:targetClass stdg:Event ; sh:and ( <urn:motto> <urn:placed> ) .
<urn:dated> a sh:PropertyShape ; sh:path stdg:date ; sh:minCount 1 ; sh:message "It has a day."@en .
<urn:placed> a sh:PropertyShape ; sh:path stdg:place ; sh:minCount 1 ; sh:message "It has a place."@en .
<urn:motto> a sh:PropertyShape ; sh:path stdg:motto ; sh:maxCount 1 ; sh:message "It has one motto."@en .
"""


@pytest.mark.parametrize(
    ("rule", "said", "why"),
    [
        ("urn:one", "", "and none does: It has a day (stdg:date: 0 given, at least 1 due) / It has a place ("),
        ("urn:one", "stdg:date '2016' ; stdg:place <place/x> ;", "and 2 do: It has a day / It has a place"),
        ("urn:not", "", "This must not hold, and does: It has one motto"),
        ("urn:and", "stdg:motto 'a' , 'b' ;", "not hold: It has one motto (stdg:motto: 2 given, at most 1 allowed) / "),
    ],
)
def test_branches_of_foreign_shapes_say_the_same(rule: str, said: str, why: str, tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(SHAPES, "utf-8")
    (one,) = [f for f in findings(tmp_path, f"<event/a> {said} a stdg:Event .", "en", shapes=shapes) if f.shape == rule]
    assert why in " ".join(one.because)
