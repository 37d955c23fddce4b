"""What narrows a question: each filter on a graph that holds one row for it, and others that are not meant."""

from __future__ import annotations

from typing import Any

import pytest

import stdgraph
from conftest import ROOT

TINY = ROOT / "tests" / "cases" / "tiny.ttl"
CASES = ROOT / "tests" / "cases" / "queries"


@pytest.mark.parametrize(
    ("question", "given", "first"),
    [
        ("events", {"planned": True}, ["Next tea forum"]),
        ("events", {"text": "tea for all"}, ["Next tea forum"]),
        ("documents", {"text": "tea forum"}, ["Appeal of the drinkers"]),
        ("projects", {"text": "tea plan"}, ["Phase 1: survey"]),
        ("projects", {"text": "alphaville"}, ["Joint tea laboratory"]),
        ("committee-members", {"committee": "wso/tc1", "text": "Aland"}, ["Aland Standards Administration"]),
        ("policy-links", {"document": "Tea plan", "text": "relies on"}, ["Tea plan", "Tea plan"]),
        ("policy-links", {"document": "Tea plan", "text": "fund"}, ["Tea plan"]),
        ("policy-links", {"document": "Tea plan", "text": "amends"}, []),
        ("mechanisms", {"under": "Aland-Beland commission"}, ["Aland-Beland tea group", "Aland-Beland commission"]),
    ],
)
def test_a_filter_keeps_the_rows_that_are_meant(question: str, given: dict[str, Any], first: list[str]) -> None:
    more = CASES / question / "data.trig"
    graph = stdgraph.open(data=[TINY], extra=[more] if more.exists() else [])
    answer = graph.ask(question, **given)
    assert [str(row[answer.columns[0]]) for row in answer] == first


def test_what_is_not_planned_only_is_asked_for_too() -> None:
    graph = stdgraph.open(data=[TINY], extra=[CASES / "events" / "data.trig"])
    events = {str(row["event"]) for row in graph.ask("events", planned=False)}
    assert "Next tea forum" not in events
    assert len(events) == len(graph.ask("events")) - 1
