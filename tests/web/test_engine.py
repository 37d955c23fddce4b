"""The engine in the page: it answers, tells faults, ends what is endless, and lives on."""

from __future__ import annotations

from typing import Any

import pytest

QUERY = "([sparql, limits]) => stdgraph.engine.query(sparql, limits)"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def query(page: Any, sparql: str, **limits: int) -> Any:
    return page.evaluate(QUERY, [sparql, limits])


def number(page: Any, expression: str) -> str:
    return str(query(page, f"SELECT ({expression} AS ?n) {{}}")["rows"][0]["n"]["value"])


def test_an_endless_query_is_ended_and_the_next_is_answered(page: Any) -> None:
    assert query(page, ENDLESS, seconds=1)["fault"] == "time"
    assert number(page, "1 + 1") == "2"


def test_a_query_that_is_stopped_says_so(page: Any) -> None:
    told = page.evaluate(
        "sparql => { const found = stdgraph.engine.query(sparql); setTimeout(() => stdgraph.engine.stop(), 100); return found }",
        ENDLESS,
    )
    assert told["fault"] == "stopped"
    assert number(page, "2 + 2") == "4"


def test_an_engine_that_trapped_is_begun_anew(page: Any) -> None:
    deep = "SELECT * WHERE " + "{" * 6000 + "}" * 6000
    assert query(page, deep)["kind"] == "fault"
    assert number(page, "3 + 3") == "6"


def test_a_fault_of_syntax_names_its_place(page: Any) -> None:
    told = query(page, "SELECT *\nWHERE { ?a ?b }")
    assert (told["fault"], told["line"]) == ("syntax", 2)
    first, second = (query(page, f"{above}SELECT * WHERE {{ ?a ?b }}") for above in ("", "\n"))
    assert (first["line"], second["line"]) == (1, 2)
    assert first["column"] == second["column"]


def test_rows_are_cut_at_a_limit(page: Any) -> None:
    told = query(page, "SELECT * { ?a ?b ?c }", limit=3)
    assert (len(told["rows"]), told["cut"]) == (3, True)


def test_no_query_reaches_another_server(page: Any) -> None:
    told = query(page, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }")
    assert told["kind"] == "fault"
    assert number(page, "4 + 4") == "8"


@pytest.mark.xfail(
    strict=True, reason="npm's oxigraph 0.5.11 reads a - b - c from the right; pyoxigraph 0.5.13 does not"
)
def test_what_is_subtracted_twice_is_read_from_the_left(page: Any) -> None:
    assert number(page, "10 - 3 - 1") == "6"


def test_no_query_of_ours_rests_on_the_order_of_subtraction_or_division() -> None:
    import re

    from conftest import ROOT

    chained = re.compile(r"\?\w+ [-/] \?\w+ [-+/*] ")
    found = [path.stem for path in (ROOT / "queries").rglob("*.rq") if chained.search(path.read_text("utf-8"))]
    assert found == [], "write ( ?a - ?b ) - 1: the explorer's engine reads it from the right"
