"""The pages of classes and properties tell what `stdgraph schema` tells."""

from __future__ import annotations

import json
from typing import Any

import pytest

import stdgraph
from explored import go, texts
from stdgraph.services.schema.held import held
from stdgraph.services.schema.terms import name_of

TERMS = ["Agreement", "Organization", "GovernmentBody", "Relationship", "hasParty", "agreementType", "skos:prefLabel"]
DONE = ".example[aria-busy=false]"


@pytest.fixture(scope="module")
def graph() -> stdgraph.Graph:
    return stdgraph.open()


def test_all_terms_are_told_as_by_the_command_line(page: Any, graph: stdgraph.Graph) -> None:
    told = json.loads(page.evaluate("stdgraph.schema().then(JSON.stringify)"))
    assert told == graph.schema().to_json()


@pytest.mark.parametrize("name", TERMS)
def test_a_term_is_told_as_by_the_command_line(page: Any, graph: stdgraph.Graph, name: str) -> None:
    told = json.loads(page.evaluate("name => stdgraph.schema(name).then(JSON.stringify)", name))
    assert told == graph.schema(name).to_json()


def test_the_page_of_a_class_has_each_of_its_properties_once(page: Any, graph: stdgraph.Graph) -> None:
    go(page, "#/en/schema/Agreement", DONE)
    brief = graph.schema("Agreement").brief()
    shown = [text.removeprefix("stdg:") for text in texts(page, "td:nth-child(1)")]
    assert shown == [row["property"].replace("stdg:", "") for row in brief]
    assert texts(page, "td:nth-child(3)") == [str(row["used"]) for row in brief]
    assert "<agreement/" in page.inner_text(".turtle")


def test_the_page_of_a_property_has_its_uses_codes_rules_and_questions(page: Any, graph: stdgraph.Graph) -> None:
    go(page, "#/zh/schema/stdg:agreementType", DONE)
    found = graph.schema("agreementType")
    known = found.known[found.term]
    assert page.inner_text("h1") == known.label["zh"]
    assert all(known.definition[lang] in page.inner_text("main") for lang in ("en", "zh"))
    assert texts(page, "td:nth-child(1)") == [name_of(use.domain) for use in known.uses]
    assert page.inner_text(".panel summary small") == str(len(found.codes))
    shapes = [shape.name for shape in held()[known.iri]]
    assert shapes
    assert texts(page, ".rules code") == shapes
    assert set(known.questions) <= set(texts(page, ".list code"))


def test_a_pattern_opens_in_the_editor_and_finds_something(page: Any) -> None:
    go(page, "#/en/schema/Meeting", DONE)
    page.click("text=Open in the SPARQL editor")
    page.wait_for_selector("html[data-place^='#/en/query'] .answer[aria-busy=false] tbody tr")


def test_terms_are_filtered_by_words_and_lead_to_each_other(page: Any) -> None:
    go(page, "#/en/schema", "tbody")
    page.fill("input[type=search]", "缔约方")
    page.click("tbody a >> text=has party")
    page.wait_for_selector("html[data-place='#/en/schema/stdg%3AhasParty'] .ends")
    page.click(".ends a >> text=involves")
    page.wait_for_selector("html[data-place='#/en/schema/stdg%3Ainvolves'] h1 >> text=involves")
    page.go_back()
    page.wait_for_selector("html[data-place='#/en/schema/stdg%3AhasParty']")


def test_an_unknown_term_is_told_with_the_nearest(page: Any) -> None:
    go(page, "#/en/schema/hasPartty", ".failure")
    assert "stdg:hasParty" in page.inner_text(".failure")


@pytest.mark.parametrize(
    "place", ["#/en/query?example=codes", "#/zh/query?example=faults", "#/zh/schema", "#/en/schema/Agreement"]
)
@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_is_wider_than_the_screen(page: Any, place: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    go(page, place, "h1")
    page.wait_for_selector(".told, tbody")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 1280, "height": 800})
