"""A record is held against its id, its names, its numbers and what it names; what agrees, or is not told, is passed over."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from stdgraph.services.validate import agreeing, fitting
from stdgraph.services.validate.agreeing import Agreeing
from stdgraph.services.validate.spelled import Spelled
from stdgraph.services.validate.stored import Statements, in_memory
from stdgraph.storage.turtle import parse_turtle

HEAD = """@base <https://w3id.org/stdgraph/id/> . @prefix stdg: <https://w3id.org/stdgraph/ontology#> .
@prefix stdgc: <https://w3id.org/stdgraph/concept/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<org/aa-b> a stdg:Company . <org/aa-c> a stdg:Company . <org/aa-d> a stdg:Company . <person/ann> a stdg:Person . <person/bob> a stdg:Person .
<standard/iso-12> a stdg:Standard . <standard/iso-21> a stdg:Standard . <committee/iso-tc-1> a stdg:TechnicalCommittee .
<committee/iso-tc-2> a stdg:TechnicalCommittee . <city/aa-x> a stdg:City ; stdg:ofCountry <country/AA> . stdgc:role-chair a skos:Concept .
<event/talks> a stdg:Meeting ; stdg:date "2019-05" . <country/AA> a stdg:Country . <country/BB> a stdg:Country .
"""


def told(text: str) -> list[str]:
    """Return the words on what some statements say."""
    quads = [ox.Quad(*triple) for triple in parse_turtle(HEAD + text)[0]]
    rules = Agreeing(Statements(in_memory(quads), lambda: quads))
    return [words for quad in quads for words, _ in rules.faults(quad.triple)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<membership/ann--aa-b> stdg:member <person/bob> ; stdg:inBody <org/aa-b> .", fitting.LAND),
        ("<membership/ann--aa-b> stdg:member <person/ann> ; stdg:inBody <org/aa-c> .", fitting.LAND),
        ("<office/ann--aa-b--chair> stdg:role stdgc:role-member .", fitting.LAND),
        ("<standard/iso-12/ed/2020> stdg:editionOf <standard/iso-21> .", fitting.LAND),
        ("<committee/iso-tc-1-sc-3> a stdg:Subcommittee ; stdg:subBodyOf <committee/iso-tc-2> .", fitting.LAND),
        ('<standard/iso-9001> stdg:reference "ISO 9010" .', fitting.LAND),
        ('<region/AA-BC> stdg:subdivisionCode "AA-BD" .', fitting.LAND),
        ('<org/aa-b> stdg:evidence <evidence/doc--17--x> ; stdg:isoOrganizationId "71" .', agreeing.REGISTER),
        ("<recognition/x> stdg:recognizer <org/aa-b> ; stdg:recognized <org/aa-b> .", agreeing.ONE_SIDE),
        ('<document/x> stdg:date "2016" ; stdg:outcomeOf <event/talks> .', agreeing.OUTCOME),
        ("<workitem/x> stdg:planned true ; stdg:stage stdgc:stage-published .", agreeing.EXCLUDE),
        ('<committee/iso-tc-2> stdg:reference "ISO/TC 1/SC 2" .', agreeing.EXCLUDE),
        ("<event/x> stdg:locatedIn <city/aa-x>, <country/BB> .", agreeing.EXCLUDE),
        ('<document/x> stdg:issn "1762-5700" .', agreeing.DIGITS),
        ('<event/x> skos:prefLabel "11st forum"@en .', agreeing.SUFFIXED),
        ('<event/x> skos:prefLabel "第三届论坛"@zh-Hans ; stdg:ordinal 4 .', fitting.NUMBER),
        ('<event/2019-x> skos:prefLabel "Forum of 2018"@en ; stdg:date "2019" .', agreeing.NAMED),
        ("<evidence/x> stdg:assertedBy <city/aa-x> .", agreeing.SPEAKER),
        ('<project/x> a stdg:Project ; skos:prefLabel "T"@en . <project/y> a stdg:Project ; skos:prefLabel "T"@en .', agreeing.TAKEN),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_told(text: str, words: str) -> None:
    assert words in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "<membership/ann--aa-b> stdg:member <person/ann> ; stdg:inBody <org/aa-b> .",
        "<membership/somebody--aa-b> stdg:member <person/ann> ; stdg:inBody <org/aa-b> .",
        "<office/ann--aa-b--chair> stdg:role stdgc:role-chair .",
        "<standard/iso-12/ed/2020> stdg:editionOf <standard/iso-12> .",
        "<committee/iso-tc-1-sc-3> a stdg:Subcommittee ; stdg:subBodyOf <committee/iso-tc-1> .",
        '<standard/iso-9001> stdg:reference "ISO 9001" .',
        '<standard/set-tea> stdg:reference "ISO 9001" .',
        '<document/x> stdg:date "2019" ; stdg:outcomeOf <event/talks> .',
        "<event/x> stdg:locatedIn <city/aa-x>, <country/AA> .",
        '<document/x> stdg:issn "1672-5700" .',
        '<event/x> skos:prefLabel "11th and 22nd forum"@en .',
        '<event/x> skos:prefLabel "第三届论坛"@zh-Hans ; stdg:ordinal 3 .',
        '<event/2019-x> skos:prefLabel "Forum on 2030 and 2019"@en ; stdg:date "2019" .',
        '<person/a> a stdg:Person ; skos:prefLabel "Ann"@en . <person/b> a stdg:Person ; skos:prefLabel "Ann"@en .',
    ],
)
def test_what_agrees_and_what_nobody_can_know_is_not(text: str) -> None:
    assert told(text) == []


def test_a_word_of_one_thing_that_is_almost_one_of_many_is_misspelt() -> None:
    many = [f'<event/e{n}> skos:prefLabel "Standardization and counties {n}"@en .' for n in range(9)]
    once = '<event/x> skos:prefLabel "Standarization of Countise"@en . <event/y> skos:prefLabel "Countries"@en .'
    spelled = Spelled(in_memory(ox.Quad(*t) for t in parse_turtle(HEAD + " ".join([*many, once]))[0]))
    assert [*spelled.slips("Standarization of Countries")] == [("Standarization", "standardization")]
    assert [*spelled.slips("Standardization")] == []
