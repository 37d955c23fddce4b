"""What none of many things has is told of a new one; what a few have, and what is like the many, is not."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

import rulepages
from stdgraph.services.validate import usual
from stdgraph.services.validate.shacl import check_of
from stdgraph.services.validate.stored import Statements, in_memory
from stdgraph.storage.turtle import parse_turtle

HEAD = """@base <https://w3id.org/stdgraph/id/> . @prefix stdg: <https://w3id.org/stdgraph/ontology#> .
@prefix stdgc: <https://w3id.org/stdgraph/concept/> .
"""
ONES = (
    "<workitem/x{0}> a stdg:StandardProject ; stdg:stage stdgc:stage-planned . <person/x{0}> a stdg:Person ."
    " <city/x{0}> a stdg:City . <office/x{0}> a stdg:OfficeHolding . <evidence/x{0}> stdg:locator 'page {0}' ."
)


def quads(text: str) -> list[ox.Quad]:
    return [ox.Quad(*triple) for triple in parse_turtle(HEAD + text)[0]]


def told(text: str, number: int = usual.MANY) -> list[str]:
    """Return the rules that a text breaks where there are so many things of each kind."""
    before = quads(" ".join(ONES.format(at) for at in range(number)))
    added = [quad for quad in quads(text) if quad not in before]
    after = Statements(in_memory([*before, *added]), lambda: before, before=in_memory(before))
    return [r.finding.check for r in usual.results(after, added, ())]


@pytest.mark.parametrize("words", [words for _, words in usual.TOLD], ids=check_of)
def test_the_example_of_a_rule_breaks_it_where_many_are_otherwise(words: str) -> None:
    text = rulepages.check_file(check_of(words)).read_text("utf-8").partition("\n\n")[2]
    assert check_of(words) in told(text)
    assert told(text, 3) == []


@pytest.mark.parametrize(
    "text",
    [
        "<workitem/y> a stdg:StandardProject ; stdg:stage stdgc:stage-planned .",
        "<city/y> a stdg:City . <office/y> a stdg:OfficeHolding .",
        "<person/y> a stdg:Person ; stdg:acronym 'Y' .",
        "<org/y> stdg:acronym 'IOC', 'UNESCO/IOC' .",
    ],
)
def test_what_is_like_the_many_is_passed_over(text: str) -> None:
    assert told(text) == []


def test_two_acronyms_that_are_almost_one_are_told() -> None:
    assert told("<org/y> stdg:acronym 'PASC', 'PAS' .") == [check_of(usual.ONE)] * 2
