"""The explorer answers as the command line does: every question's example and case, in both languages, and on a day."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import stdgraph
from conftest import ROOT, TINY
from stdgraph.cli.render import as_json
from stdgraph.errors import StdgraphError
from stdgraph.graph.questions import questions

ASK_ALL = """async ([asked, lang, asOf]) => {
  const told = []
  for (const [name, given] of asked) told.push(await stdgraph.ask(name, given, { lang, asOf }))
  return JSON.stringify(told)
}"""
DAY = "2019-06-30"
CASES = ROOT / "tests" / "cases" / "queries"
MORE = sorted(CASES.glob("*/data.trig"))


def wanted(graph: stdgraph.Graph, name: str, example: dict[str, str], day: str | None) -> Any:
    """Return what `stdgraph ask -f json` prints; of a refusal, which parameter it is about."""
    try:
        return json.loads(as_json(graph.ask(name, as_of=day, **example).to_json()))
    except StdgraphError as error:
        return {"error": about(str(error))}


def about(error: str) -> str:
    """Return the parameter that a refusal names, or its first sentence: what to do about it is said for a command line, or for a form."""
    return re.split("[:.]", error)[0]


def in_order(value: Any) -> Any:
    """Return a value whose objects compare with the order of their names."""
    if isinstance(value, dict):
        return [(name, in_order(one)) for name, one in value.items()]
    return [in_order(one) for one in value] if isinstance(value, list) else value


def differing(page: Any, asked: list[tuple[str, dict[str, str]]], graph: stdgraph.Graph, day: str | None) -> list[str]:
    """Return the questions that the page answers otherwise than the command line."""
    told = json.loads(page.evaluate(ASK_ALL, [asked, graph.lang, day]))
    found = [one | {"error": about(one["error"])} if "error" in one else one for one in told]
    answered = [one for one in found if one.get("rows")]
    assert len(answered) > len(asked) // 3, "the comparison is of answers, not of refusals"
    return [
        name
        for (name, given), one in zip(asked, found, strict=True)
        if in_order(one) != in_order(wanted(graph, name, given, day))
    ]


@pytest.mark.parametrize("day", [None, DAY], ids=["any day", DAY])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_example_is_answered_as_by_the_command_line(page: Any, lang: str, day: str | None) -> None:
    asked = [(one.name, dict(one.example)) for one in questions()]
    assert differing(page, asked, stdgraph.open(lang=lang), day) == []


@pytest.fixture(scope="module", params=[False, True], ids=["tiny", "with more"])
def cases(request: Any, browser: Any, front: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Open the explorer of the tiny graph, alone or with the data of all cases that bring some; tell the cases."""
    extra = MORE if request.param else []
    path = tmp_path_factory.mktemp("cases") / "atlas.html"
    stdgraph.open(data=[TINY], extra=extra).site(path, one_file=True)
    page = browser.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("h1")
    files = [
        one for one in sorted(CASES.glob("*/arguments.json")) if bool(extra) == (one.parent / MORE[0].name in MORE)
    ]
    given = {one.parent.name: json.loads(one.read_text("utf-8")) for one in files}
    asked = [(name, {one.rstrip("_"): value for one, value in values.items()}) for name, values in given.items()]
    yield page, extra, asked
    page.close()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_case_is_answered_as_by_the_command_line(cases: Any, lang: str) -> None:
    page, extra, asked = cases
    graph = stdgraph.open(data=[TINY], extra=extra, lang=lang)
    assert differing(page, asked, graph, None) == []


def test_an_unknown_question_or_name_is_refused_as_by_the_command_line(page: Any) -> None:
    for name, given in [("none", {}), ("agreements", {"actor": "Nobody"}), ("agreements", {"color": "red"})]:
        told = page.evaluate("([name, given]) => stdgraph.ask(name, given)", [name, given])
        with pytest.raises(StdgraphError):
            stdgraph.open().ask(name, **given)
        assert set(told) == {"error"}
