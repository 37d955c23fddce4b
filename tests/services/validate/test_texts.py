"""Texts that look plain are passed over: nothing is wrong with any of them, wherever it stands."""

from __future__ import annotations

import re
from unittest.mock import patch

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import ROOT
from corpus.blocks import world
from corpus.planting import Fault, faults
from stdgraph.model.vocabulary import SKOS, STDG
from stdgraph.services.validate import texts
from stdgraph.services.validate.letters import PRINTED
from stdgraph.services.validate.titles import MADE, NOTHING

CASES = ROOT / "tests" / "cases"
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
NOTE, LABEL = SKOS + "note", SKOS + "prefLabel"
PLACES = (NOTE, LABEL, SKOS + "altLabel", STDG + "acronym", STDG + "printedForm")
TAGS = ("", "en", "fr", "zh-hans", "zh-latn-pinyin")
PIECES = (
    *" \t\n\x00\x1b?&<>*[]{}()$%=+@#\"';:,./_-", "&amp;", "<b>", "**", "](http:", "{{", "${", "<%", '["', "=SUM(", "#REF!",
    "#N/A", "nan", "NaN", "none", "null", "n/a", "N/A", "todo", "see document", "see the text", "lorem ipsum", "as an AI model",
    "as a large language model", "I cannot verify", "untitled", "xxx", "Standards", "body", "2O19", "of of", "，", "标准", "\ufffd",
)  # fmt: skip


def told(text: str, tag: str, place: str) -> list[tuple[str, str, object]]:
    literal = ox.Literal(text, language=tag) if tag else ox.Literal(text)
    return texts._faults(literal, place)


def told_of_all(text: str, tag: str, place: str) -> list[tuple[str, str, object]]:
    with patch.object(texts, "is_plain", return_value=False):
        return told(text, tag, place)


def planted(fault: Fault) -> list[str]:
    """Return the texts in the lines of a fault."""
    lines = fault.data.decode("utf-8", "replace").split("\n")
    return [text for at in fault.mend if 0 < at <= len(lines) for text in LITERAL.findall(lines[at - 1])]


@pytest.fixture(scope="module")
def corpus() -> list[str]:
    """Return the texts of all planted faults, and of the cases."""
    files = (text for path in CASES.rglob("*.ttl") for text in LITERAL.findall(path.read_text("utf-8", "replace")))
    rows = (row.partition("\t")[0] for row in (CASES / "letters.tsv").read_text("utf-8").split("\n"))
    return [*dict.fromkeys([*(text for f in faults(world(), 1) for text in planted(f)), *files, *rows])]


def test_of_plain_texts_nothing_is_told(corpus: list[str]) -> None:
    passed_over = [text for text in corpus if texts.is_plain(text, "en")]
    assert len(passed_over) > len(corpus) / 10
    assert [(t, g) for t in corpus for g in ("", "en") if told(t, g, NOTE) != told_of_all(t, g, NOTE)] == []


@given(st.lists(st.sampled_from(PIECES), max_size=4).map("".join), st.sampled_from(TAGS), st.sampled_from(PLACES))
@example("none", "en", NOTE)
@example(" see source ", "", NOTE)
@example("As a large language model, I know no date", "en", NOTE)
def test_none_of_whatever_is_put_together_either(text: str, tag: str, place: str) -> None:
    assert told(text, tag, place) == told_of_all(text, tag, place)


@given(st.one_of(st.from_regex(MADE), st.from_regex(NOTHING, fullmatch=True)))
def test_what_a_program_left_is_never_plain(text: str) -> None:
    assert not texts.is_plain(text, "en")


def test_a_name_is_looked_at_however_plain_it_is() -> None:
    assert texts.is_plain("stan- dards", "en")
    assert told("stan- dards", "en", LABEL)
    assert not told("stan- dards", "en", NOTE)


def test_what_is_quoted_from_a_source_may_be_odd_but_in_another_language() -> None:
    assert [words for _, words, _ in told("标准化机构", "en", STDG + "printedForm")] == [PRINTED[0]]
    assert not told("two  blanks", "en", STDG + "printedForm")


def test_a_province_that_reads_like_no_number_is_none() -> None:
    assert told("Nan", "en", LABEL) == told("Nan", "", NOTE) == []
    number = ox.Literal("nan", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))
    assert texts.is_no_number(number)
