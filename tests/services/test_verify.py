"""Citations held against a text: each outcome, excerpts, and Web Annotations in their form."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import stdgraph
from conftest import ROOT
from stdgraph.errors import TextError, UnknownNameError
from stdgraph.model.vocabulary import BASE, SRC
from stdgraph.services.excerpt import MOST, passage
from stdgraph.services.verify import Citation, is_said, look_up
from stdgraph.storage.descriptions import cutting

EXAMPLE = ROOT / "docs" / "examples" / "minutes.ttl"
MINUTES = ROOT / "docs" / "examples" / "minutes.txt"
KEY = "harbour-minutes"
CUT = cutting(KEY, MINUTES.read_text("utf-8"))
SENTENCE = "2 / 2.2 Training / paragraph 1 / sentence 2"


@pytest.fixture(scope="module")
def graph() -> stdgraph.Graph:
    return stdgraph.open(data=[EXAMPLE])


@pytest.fixture
def attached(graph: stdgraph.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> stdgraph.Graph:
    monkeypatch.setenv("STDGRAPH_DATA", str(tmp_path))
    graph.attach(KEY, MINUTES)
    return graph


OUTCOMES = [
    ("1 Meeting / paragraph 1", "3 May 2031", "found", ()),
    ("1 Meeting / paragraph 1 / sentence 1", "3 May 2031", "found", ()),
    ("1 Meeting", "3 May 2031", "found", ()),
    ("1 Meeting / paragraph 1 / sentence 2", "3 May 2031", "elsewhere", ("1 Meeting / paragraph 1 / sentence 1",)),
    ("1 Meeting / paragraph 7", "3 May 2031", "elsewhere", ("1 Meeting / paragraph 1 / sentence 1",)),
    ("1 Meeting / paragraph 1", "4 May 2031", "missing", ()),
    ("1 Meeting / paragraph 7", "", "no such place", ()),
    ("1 Meeting / paragraph 1", "", "no printed form", ()),
]


@pytest.mark.parametrize(("locator", "form", "result", "where"), OUTCOMES)
def test_a_citation_is_found_or_told_where_it_stands(
    locator: str, form: str, result: str, where: tuple[str, ...]
) -> None:
    held = look_up(CUT, Citation("e", SRC + KEY, locator, form))
    assert (held.result, held.where) == (result, where)
    assert held.is_fault is (result != "found")


FIGURES = [
    (SENTENCE, "1.2 million persons", "1200000", True),
    (SENTENCE, "The institute", "1200000", True),
    (SENTENCE, "The institute", "10", True),
    (SENTENCE, "The institute", "12", False),
    ("2 / 2.2 Training / paragraph 9", "The institute", "10", False),
    ("1 Meeting / paragraph 1", "3 May 2031", "-12", True),
]


@pytest.mark.parametrize(("locator", "form", "value", "is_there"), FIGURES)
def test_a_number_is_looked_for_in_the_form_and_in_its_passage(
    locator: str, form: str, value: str, is_there: bool
) -> None:
    assert is_said(CUT, Citation("e", SRC + KEY, locator, form), Decimal(value)) is is_there


def test_all_citations_of_a_document_are_looked_up(attached: stdgraph.Graph) -> None:
    found = attached.verify(KEY)
    assert [one.result for one in found.held].count("found") == 5
    assert [(one.iri.removeprefix(BASE), one.result) for one in found.faults] == [
        ("evidence/harbour-minutes--meeting", "elsewhere"),
        ("evidence/harbour-minutes--vocabulary", "missing"),
    ]
    told = "harbour-minutes: 3 of 5 printed forms and 2 of 2 figures stand where they are cited."
    assert [one.text() for one in found.sums] == [told]
    assert len(found.table(every=True)) == 7
    assert [row["where"] for row in found.table()] == [("1 Meeting / paragraph 1 / sentence 1",), None]


def test_a_document_is_named_by_its_key_or_title(attached: stdgraph.Graph) -> None:
    by_title = attached.verify("Minutes of the Harbour Working Group")
    assert by_title.held == attached.verify().held == attached.verify(KEY).held
    with pytest.raises(UnknownNameError):
        attached.verify("harbour-notes")
    with pytest.raises(UnknownNameError):
        attached.attach("harbour-notes", MINUTES)


def test_without_a_text_the_way_out_is_told(
    graph: stdgraph.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STDGRAPH_DATA", str(tmp_path))
    for keys in ((), (KEY,)):
        with pytest.raises(TextError, match="sources attach"):
            graph.verify(*keys)


def test_what_is_attached_is_compared_with_what_was_read(attached: stdgraph.Graph, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("1 Other\n", encoding="utf-8")
    assert attached.attach(KEY, tmp_path / "other.txt").rows[0]["same"] is False
    assert attached.attach(KEY, MINUTES).rows[0]["same"] is True


def test_excerpts_are_the_passages_of_the_sources(attached: stdgraph.Graph) -> None:
    answer = attached.ask("figures", about="Harbour Institute")
    assert not any(source.excerpt for row in answer for source in row.sources)
    for row in attached.excerpts(answer):
        assert [source.excerpt[:15] for source in row.sources] == ["About one third"]
        assert row.plain()["sources"][0]["excerpt"].endswith("ten years.")


def test_a_long_passage_is_cut_around_what_is_cited() -> None:
    words = " ".join(f"word{n}" for n in range(500))
    cut = cutting("any", f"{words} needle {words}.\n")
    told = passage(cut, "paragraph 1", ["needle"])
    assert "needle" in told
    assert told.startswith("…")
    assert told.endswith("…")
    assert len(told) <= MOST + 2
    assert passage(cut, "paragraph 2", ["needle"]) == ""
    assert passage(cut, "paragraph 1", ["nothing"]).startswith("word0")
    assert passage(cut, "paragraph 1", [words])[:7] in words


def test_annotations_have_the_form_of_the_recommendation(attached: stdgraph.Graph) -> None:
    page = attached.annotations(attached.verify())
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    assert page["id"] == f"{SRC}{KEY}#annotations"
    assert len(page["items"]) == 3
    text = MINUTES.read_text("utf-8")
    for item in page["items"]:
        assert item["type"] == "Annotation"
        assert item["motivation"] == "linking"
        assert item["id"].startswith(f"{BASE}evidence/")
        assert all(iri.startswith(BASE) for iri in item["body"])
        assert item["body"]
        assert item["target"]["source"] == SRC + KEY
        quote, position = item["target"]["selector"]
        assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert text.count(quote["prefix"] + quote["exact"] + quote["suffix"]) == 1
        assert item.keys() == {"id", "type", "motivation", "body", "target"}


def test_annotations_are_json_ld_that_others_read(attached: stdgraph.Graph) -> None:
    """The keys are those of the context, so that a reader of JSON-LD makes triples of them; its IRIs are absolute."""
    page = attached.annotations(attached.verify())
    keys = {"@context", "id", "type", "items", "motivation", "body", "target", "source", "selector"}
    keys |= {"exact", "prefix", "suffix", "start", "end"}

    def walk(value: object) -> None:
        if isinstance(value, dict):
            assert value.keys() <= keys
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(page)
