"""What a wrong or empty query is told: the place, what stands there, and the right one."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result

import stdgraph
from conftest import ROOT
from stdgraph.locale import translated
from stdgraph.services.hints import hints
from stdgraph.storage.mistakes import mistake
from stdgraph.storage.patterns import Taken
from stdgraph.storage.sparql import check_syntax

Run = Callable[..., Result]
CASES = tomllib.loads((ROOT / "tests/cases/sparql/misspelt.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["query"][:60])
def test_a_misspelt_query_is_told_the_term_and_the_right_one(case: dict[str, Any], run: Run) -> None:
    is_hint = case.get("told") == "hint"
    result = run("query", case["query"])
    assert result.exit_code == (0 if is_hint else 2)
    said = next(line for line in result.stderr.splitlines() if f"query:{case['at']}: " in line)
    assert case["names"] in said
    assert case["right"] in said


def test_there_are_forty() -> None:
    assert len(CASES) >= 40


NOTHING = tomllib.loads((ROOT / "tests/cases/sparql/empty.toml").read_text("utf-8"))
EMPTY, MEANT = ({case["query"]: case["told"] for case in NOTHING[kind]} for kind in ("empty", "meant"))


@pytest.mark.parametrize(("query", "told"), EMPTY.items(), ids=lambda v: v[:50])
def test_an_empty_answer_says_which_pattern_found_nothing(tiny: stdgraph.Graph, query: str, told: str) -> None:
    assert told in " ".join(map(str, tiny.hints(query, empty=True)))


@pytest.mark.parametrize(("query", "told"), MEANT.items(), ids=lambda v: v[:60])
def test_an_empty_answer_says_what_to_write(repository: stdgraph.Graph, query: str, told: str) -> None:
    assert told in " ".join(map(str, repository.hints(query, empty=True)))


def test_a_text_that_names_nothing_is_told_nothing_of(repository: stdgraph.Graph) -> None:
    told = repository.hints('SELECT ?a { ?a a stdg:Agreement ; stdg:date "2016" }', empty=True)
    assert len(told) == 1


def test_a_column_without_a_value_is_told_and_why(run: Run) -> None:
    query = "SELECT ?y (COUNT(?a) AS ?n) { ?a a stdg:Agreement ; stdg:date ?d BIND(YEAR(?d) AS ?y) } GROUP BY ?y"
    assert "query:1:8: ?y has no value in any row: stdg:date is text" in run("query", query).stderr
    assert "no value" not in run("query", query.replace("stdg:date ", "stdg:dateLatest ")).stderr
    assert "no value" not in run("query", "SELECT ?y { ?y a stdg:Agreement }").stderr


def test_what_was_found_and_left_out_is_no_pattern_that_found_nothing(tiny: stdgraph.Graph) -> None:
    assert tiny.hints("SELECT ?a { ?a a stdg:Country } OFFSET 1000", empty=True) == []


def test_a_query_that_is_right_and_answers_is_told_nothing(run_tiny: Run, run: Run) -> None:
    query = "SELECT ?a ?n { ?a a stdg:Country ; skos:prefLabel ?l BIND(xsd:string(?l) AS ?n) FILTER(?n != 'x'^^xsd:string) }"
    result = run("--data", ROOT / "tests/cases/tiny.ttl", "query", query)
    assert (result.exit_code, [line for line in result.stderr.splitlines() if "query:" in line]) == (0, [])


def test_quiet_is_quiet(run_tiny: Run) -> None:
    assert run_tiny("query", "SELECT ?a { ?a stdg:hasPartty ?b }").stderr == ""


def test_chinese_says_it_too(repository: stdgraph.Graph) -> None:
    told = hints(repository.reads, "ASK { ?a stdg:hasPartty ?b }")
    assert translated(told[0], "zh") == "查询:1:10：图谱中没有stdg:hasPartty；最接近的是：stdg:hasParty。"


READ = [
    "SELECT * { ?a (stdg:date|^stdg:date)*/!a ?b ; a ?c , 'x'@en, 1.5 , -2 , true . [] a ?d . [ a ?e ] }",
    "SELECT (COUNT(*) AS ?n) { { SELECT DISTINCT ?a { ?a a ?b } LIMIT 3 } MINUS { ?a a stdg:Event } } GROUP BY ?a HAVING (COUNT(*) > 0)",
    "ASK { VALUES (?a ?b) { (1 2) (UNDEF 3) } FILTER NOT EXISTS { ?a ?p ?b } FILTER regex(?a, '}') ?a ?p (1 2) }",
    "DESCRIBE <org/aa-nsb>",
]


@pytest.mark.parametrize("query", READ)
def test_what_the_engine_reads_is_taken_apart(query: str) -> None:
    check_syntax(query)
    taken = Taken(query)
    opened, _ = taken.where(taken.form)
    if opened >= 0:
        parts = list(taken.elements(opened))
        check_syntax("ASK { " + "\n".join(f"{p.text} ." if p.kind == "triple" else p.text for p in parts) + " }")


HOSTILE = [
    "{" * 30_000,
    "SELECT ?a {" + "?a a ?b . " * 9_000,
    "SELECT ?a { ?a a " + ", ?b ;" * 9_000,
    "< " * 40_000,
    "(" * 100 + "stgd:x " * 10_000,
    '"' * 99_999,
    "<a:b " * 19_000,
    "ASK { " + "?x a ?y BIND(1 AS ?z) " * 4_000,
    "SELECT " + "?a " * 30_000 + "{ }",
    "ASK { " + "?x a ?y BIND(1 AS ?z) " * 4_000 + "}",
    "SELECT " * 14_000,
    "SELECT ?x { { " * 6_000 + "} } " * 6_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20])
def test_a_long_text_is_looked_at_in_time(text: str) -> None:
    before = time.process_time()
    mistake(text)
    assert time.process_time() - before < 5
