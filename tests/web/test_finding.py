"""The search of the explorer finds what `stdgraph find` does, and means by a name what the command line means."""

from __future__ import annotations

import csv
from typing import Any

import pytest

import stdgraph
from conftest import ROOT
from stdgraph.errors import AmbiguousNameError, UnknownNameError

FIND = """async ([typed, kinds, most]) => {
  const found = []
  for (const text of typed) found.push(await stdgraph.find(text, kinds, most))
  return found
}"""
with (ROOT / "tests" / "cases" / "spellings.tsv").open(encoding="utf-8", newline="") as stream:
    SPELLINGS = [row["typed"] for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)]
    """What people type, of all kinds: acronyms, short forms, pinyin, slips."""
ODD = [
    "",
    " ",
    "?",
    "of the",
    "a b",
    "a b c",
    "20.20",
    "2020",
    "１２",
    "𠀀",
    "x" * 2000,
    "the " * 80 + "graphene",
    "%_*'\"",
]


def differing(page: Any, typed: list[str], kinds: list[str], most: int = 20) -> dict[str, Any]:
    """Return what the page finds otherwise than the command line: which things, by which names, how near."""
    names = stdgraph.open().reads.names
    found = page.evaluate(FIND, [typed, kinds, most])
    assert any(found), "the comparison is of what is found"
    told = [[(one["iri"], one["matched"], one["score"]) for one in each] for each in found]
    wanted = [[(one.iri, one.matched, one.score) for one in names.find(text, kinds, most)] for text in typed]
    return {text: (a[:2], b[:2]) for text, a, b in zip(typed, told, wanted, strict=True) if a != b}


def test_every_spelling_finds_the_same_as_on_the_command_line(page: Any) -> None:
    assert len(SPELLINGS) >= 300
    assert differing(page, [*SPELLINGS, *ODD], []) == {}


@pytest.mark.parametrize("kind", ["Country", "Person", "Organization", "Agreement"])
def test_a_kind_narrows_alike(page: Any, kind: str) -> None:
    assert differing(page, SPELLINGS[::12], [kind], 60) == {}


NAMES = [
    *(
        "graphene working group",
        "working group graphene China UK",
        "国标委",
        "Xiaogang Zhang",
        "2020",
        "２０２０",
        "20.20",
    ),
    *(
        "Qingdao forum",
        "memorandum cooperation",
        "smart city standard",
        "标准化 工作 会议",
        "Brittish Standards",
        "qqqqqq",
    ),
    *("石墨稀工作组", "org/cn-sac", "org/none"),
]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_name_means_the_same_thing_or_is_asked_back_alike(page: Any, lang: str) -> None:
    told = page.evaluate(
        "([names, lang]) => Promise.all(names.map(name => stdgraph.named(name, [], lang)))", [NAMES, lang]
    )
    names = stdgraph.open().reads.names
    assert dict(zip(NAMES, told, strict=True)) == {name: meant(names, name, lang) for name in NAMES}


def meant(names: Any, name: str, lang: str) -> Any:
    """Return which thing a name means, or the lines from which one is asked to choose."""
    try:
        return names.resolve(name, (), lang).iri
    except AmbiguousNameError as error:
        return error.candidates
    except UnknownNameError:
        return [names.line(one, lang) for one in names.nearest(name)]
