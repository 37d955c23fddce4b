"""The SPARQL editor: typed by keyboard, completed, faults at their place in the words of the command line, stopped, kept alive."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from click.testing import Result

import stdgraph
from conftest import ROOT
from explored import ANSWERED, go, texts
from stdgraph.errors import QuerySyntaxError

Run = Callable[..., Result]
CASES, NOTHING = (
    tomllib.loads((ROOT / "tests" / "cases" / "sparql" / f"{name}.toml").read_text("utf-8"))
    for name in ("misspelt", "empty")
)
FIELD = ".cm-content"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
TRAP = "ASK { FILTER(" + " && ".join(["1 = 1"] * 3000) + ") }"
"""A query that overflows the stack of the engine."""


def ask(page: Any, query: str, lang: str = "en") -> None:
    """Go to the address of a query, and wait for what it gives."""
    place = f"#/{lang}/query?query={quote(query)}"
    go(page, place)


def typed(page: Any) -> str:
    return str(page.inner_text(FIELD)).replace("\xa0", " ")


def write(page: Any, text: str) -> None:
    """Write a query as one types it, over what stands there."""
    page.click(FIELD)
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type(text)


def saved(page: Any, title: str) -> str:
    with page.expect_download() as begun:
        page.click(f"text={title}")
    return Path(begun.value.path()).read_bytes().decode("utf-8")


def test_what_is_typed_is_completed_run_and_kept_in_the_address(page: Any) -> None:
    go(page, "#/en/query", FIELD)
    write(page, "SELECT ?a { ?a stdg:hasParty BSI")
    page.wait_for_selector(".cm-tooltip-autocomplete [aria-selected] >> text=British Standards Institution")
    page.wait_for_timeout(100)  # what opens under the fingers is not chosen by the key that was meant for another thing
    page.keyboard.press("Enter")
    assert typed(page) == "SELECT ?a { ?a stdg:hasParty <org/gb-bsi>}"
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(f"html[data-place*='query=SELECT'] {ANSWERED} tbody")
    assert texts(page, "tbody td:first-child") == [
        row.cells["a"].label for row in stdgraph.open().query("SELECT ?a { ?a stdg:hasParty <org/gb-bsi> }")
    ]
    assert page.evaluate("document.activeElement.className") == "editor", "one goes on writing"


@pytest.mark.parametrize(
    ("before", "chosen", "after"),
    [
        ("ASK { ?x a stdg:JointC", "stdg:JointCommission", "ASK { ?x a stdg:JointCommission}"),
        ("ASK { ?x stdg:role stdgc:conven", "stdgc:role-convenor", "ASK { ?x stdg:role stdgc:role-convenor}"),
        ("ASK { ?x stdg:hasParty British Standards I", "<org/gb-bsi>", "ASK { ?x stdg:hasParty <org/gb-bsi>}"),
        ("ASK { ?x stdg:hasParty <country/C", "<country/CA>", "ASK { ?x stdg:hasParty <country/CA>}"),
        ("ASK { ?x a 协议", "stdg:Agreement", "ASK { ?x a stdg:Agreement}"),
        ("ASK { ?party a ?kind . ?p", "?party", "ASK { ?party a ?kind . ?party}"),
        ("ASK { ?x has par", "stdg:hasParty", "ASK { ?x stdg:hasParty}"),
        ("ASK { OPTI", "OPTIONAL", "ASK { OPTIONAL}"),
    ],
)
def test_terms_codes_names_variables_and_keywords_are_completed(
    page: Any, before: str, chosen: str, after: str
) -> None:
    go(page, "#/en/query", FIELD)
    write(page, before)
    # a list that waits for names is marked so, and takes no click
    page.locator(
        f".cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled) li:has-text('{chosen}')"
    ).first.click()
    assert typed(page).startswith(after)


def test_where_a_class_or_a_property_stands_only_these_are_offered(page: Any) -> None:
    go(page, "#/en/query", FIELD)
    for before, first in [
        ("ASK { ?x a ", "stdg:A"),
        ("ASK { ?x ", "stdg:a"),
        ("ASK { ?x a stdg:Agreement ; ", "stdg:a"),
    ]:
        write(page, f"{before}agreement")
        page.wait_for_selector(f".cm-tooltip-autocomplete >> text=/^{first}/")
        shown = [one for one in texts(page, ".cm-tooltip-autocomplete .cm-completionLabel") if one[-1] != ":"]
        assert shown
        assert [one for one in shown if not one.startswith("stdg:") or one[5].isupper() != first[5].isupper()] == []


def test_escape_leaves_the_field_and_tab_is_no_trap(page: Any) -> None:
    go(page, "#/en/query", FIELD)
    page.click(FIELD)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.innerText") == "Run"
    page.click(FIELD)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") != "editor"
    assert "Escape" in page.get_attribute(FIELD, "aria-label")
    assert page.title() == "Ask in SPARQL · stdgraph"


def test_a_fault_is_underlined_and_told_at_its_place(page: Any) -> None:
    ask(page, "SELECT ?a\nWHER { ?a a stdg:Agreement }")
    assert page.inner_text(".cm-fault") == "WHER"
    assert page.inner_text(".failure").startswith("2:1")
    assert "the nearest is WHERE" in page.inner_text(".failure")
    page.click(".failure .spot")
    page.keyboard.type("X")
    assert typed(page).split("\n")[1].startswith("XWHER")
    assert page.locator(".cm-fault").count() == 0


TELL = """async ([queries, empty]) => {
  const told = []
  for (const query of queries) told.push(await stdgraph.query(query, empty))
  return told
}"""


def test_every_mistake_is_told_in_the_words_of_the_command_line(page: Any) -> None:
    queries = [case["query"] for case in CASES["case"]]
    graph = stdgraph.open()
    told = dict(zip(queries, page.evaluate(TELL, [queries, "en"]), strict=True))
    assert {query: told[query]["told"] for query in queries} == {query: said(graph, query) for query in queries}


@pytest.mark.parametrize("kind", ["meant", "empty"])
def test_an_empty_answer_says_the_same_as_the_command_line(page: Any, kind: str) -> None:
    queries = [case["query"] for case in NOTHING[kind]]
    graph = stdgraph.open()
    told = dict(zip(queries, page.evaluate(TELL, [queries, "en"]), strict=True))
    assert {query: told[query]["told"] for query in queries} == {query: said(graph, query) for query in queries}


def said(graph: stdgraph.Graph, query: str) -> list[str]:
    """Return what `stdgraph query` tells of a query."""
    import warnings

    from stdgraph.services.query import is_empty

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            result = graph.query(query)
        except QuerySyntaxError as error:
            return [str(error).removesuffix(" See https://www.w3.org/TR/sparql11-query/ for the syntax.")]
    names = getattr(result, "columns", ())
    blank = [name for name in names if len(result) and all(row[name] is None for row in result)]
    return [str(hint) for hint in graph.hints(query, empty=is_empty(result), blank=blank)]


EXAMPLES = sorted((ROOT / "queries" / "examples").glob("*.rq"))


def plain(query: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"VALUES \?actor \{[^}]*\}|#\+.*", "", query))


def test_the_examples_are_those_of_the_tutorial() -> None:
    tutorial = (ROOT / "docs" / "sparql.md").read_text("utf-8")
    known = {plain(query) for query in re.findall(r"query '([^']+)'", tutorial)}
    assert [path.name for path in EXAMPLES if plain(path.read_text("utf-8")) not in known] == []
    assert len(EXAMPLES) >= 15


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_answers_are_saved_as_the_command_line_writes_them(page: Any, run: Run, lang: str) -> None:
    query = EXAMPLES[5].read_text("utf-8")
    go(page, f"#/{lang}/query?example=evidence")
    csv, srj = (run("--lang", lang, "query", query, "-f", form).stdout_bytes.decode() for form in ("csv", "srj"))
    assert saved(page, "CSV") == csv
    assert json.loads(saved(page, "SPARQL JSON")) == json.loads(srj)


@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT { ?a ?p ?o } WHERE { ?a a stdg:Agreement ; ?p ?o }",
        "DESCRIBE <org/gb-bsi> <agreement/2016-04-cn-gb-smart-cities-loi>",
        r'CONSTRUCT { <a/b> skos:note ?o } WHERE { VALUES ?o { "a\nb\"\"\"" "t\\ab\t\"" 1 1.5 true "x"@zh-hans "2020"^^xsd:gYear } }',
    ],
)
def test_triples_are_shown_as_the_command_line_writes_them(page: Any, run: Run, query: str) -> None:
    ask(page, query)
    assert saved(page, "Turtle") == run("query", query, "-f", "ttl").stdout
    assert len(list(ox.parse(page.inner_text(".turtle"), format=ox.RdfFormat.TURTLE))) > 5


def test_truth_is_told(page: Any) -> None:
    ask(page, "ASK { <org/cn-sac> stdg:coPartyWith <org/gb-bsi> }")
    assert page.inner_text(".truth").startswith("Yes")


def test_things_lead_to_their_pages_and_back_leads_to_the_query(page: Any) -> None:
    query = "SELECT ?x { VALUES ?x { <org/gb-bsi> } }"
    ask(page, query)
    place = page.evaluate("location.hash")
    page.click("tbody a")
    page.wait_for_selector("html[data-place='#/en/of/org/gb-bsi'] h1 >> text=British Standards Institution")
    page.go_back()
    page.wait_for_selector(f"html[data-place='{place}'] {ANSWERED} tbody")
    assert typed(page) == query


def test_the_language_changes_and_what_is_typed_stays(page: Any) -> None:
    go(page, "#/en/query", FIELD)
    write(page, "ASK {}")
    page.click(".language")
    page.wait_for_selector("html[data-place='#/zh/query'] .limits >> text=运行")
    assert typed(page) == "ASK {}"


def test_an_endless_query_is_stopped_by_its_button(page: Any) -> None:
    page.evaluate("place => { location.hash = place }", f"#/en/query?query={quote(ENDLESS)}")
    page.click(".limits button >> text=Stop")
    page.wait_for_selector(".failure >> text=The query was stopped.")
    ask(page, "ASK {}")
    assert page.inner_text(".truth").startswith("Yes")


def test_an_endless_query_is_ended_by_its_time_and_by_leaving_the_page(page: Any) -> None:
    go(page, f"#/en/query?query={quote(ENDLESS)}&seconds=1", ".failure")
    assert "longer than 1 s" in page.inner_text(".failure")
    page.evaluate("place => { location.hash = place }", f"#/en/query?query={quote(ENDLESS)}")
    page.wait_for_selector(".limits button >> text=Stop")
    go(page, "#/en/ask/agreements?actor=SAC&with=BSI", f"{ANSWERED} tbody")


def test_an_engine_that_trapped_is_begun_anew_and_told(page: Any) -> None:
    told = page.evaluate("query => stdgraph.query(query)", TRAP)["told"]
    assert "begun anew" in told[0]
    ask(page, "SELECT ?x { VALUES ?x { 7 } }")
    assert texts(page, "tbody td") == ["7"]


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("DELETE WHERE { ?s ?p ?o }", "DELETE is an update"),
        ("ASK { SERVICE <https://example.org/sparql> { ?s ?p ?o } }", "SERVICE would ask another server"),
        ("ASK " + "{" * 101 + "}" * 101, "its brackets are nested deeper than 100"),
        ("ASK { ?x ?y 'SERVICE' }" + "#" * 100_000, "it is longer than 100000 characters"),
    ],
    ids=["update", "service", "deep", "long"],
)
def test_what_the_command_line_refuses_is_refused(page: Any, run: Run, query: str, why: str) -> None:
    told = page.evaluate("query => stdgraph.query(query)", query)["told"]
    assert told == [run("query", query).stderr.strip().removeprefix("stdgraph: ").replace("100,000", "100000")]
    assert why in told[0]


@pytest.mark.parametrize(
    ("query", "rows", "cut"),
    [
        ("SELECT ?s { ?s ?p ?o }", 5, True),
        ("SELECT ?s { ?s ?p ?o } LIMIT 3", 3, False),
        ("SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 300 # all", 5, True),
        ("SELECT ?x { } VALUES ?x { 1 2 3 4 5 6 }", 5, True),
        ("SELECT ?x { VALUES ?x { 1 2 3 4 5 } }", 5, False),
        ("CONSTRUCT { ?s a ?o } WHERE { ?s a ?o }", 5, True),
    ],
)
def test_rows_are_read_up_to_a_limit(page: Any, query: str, rows: int, cut: bool) -> None:
    told = page.evaluate("query => stdgraph.query(query, 'en', { seconds: 20, limit: 5 })", query)
    assert (told["rows"], told["cut"]) == (rows, cut)


def test_what_was_asked_is_kept_and_forgotten(page: Any) -> None:
    ask(page, "ASK { <org/cn-sac> a stdg:Organization }")
    page.click(".earlier summary")
    assert "ASK { <org/cn-sac> a stdg:Organization }" in texts(page, ".earlier li")
    page.click("text=Forget them")
    assert page.locator(".earlier").count() == 0


def test_panels_and_questions_open_in_the_editor(page: Any) -> None:
    go(page, "#/en/of/org/gb-bsi", ANSWERED)
    page.locator(".panel details.more summary").first.click()
    page.locator(".panel >> text=Open in the SPARQL editor").first.click()
    page.wait_for_selector(f"html[data-place^='#/en/query'] {ANSWERED} tbody")
    assert "<https://w3id.org/stdgraph/id/org/gb-bsi>" in typed(page)
    go(page, "#/en/query?question=secretariats-in", f"{ANSWERED} tbody")
    assert len(texts(page, "tbody tr")) == len(
        stdgraph.open().query((ROOT / "queries/questions/secretariats-in.rq").read_text("utf-8"))
    )
