"""The page: whole, without anything from outside, and no text of the data gives it orders."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

import stdgraph
from stdgraph.charts import engine
from stdgraph.exchange.forms import made
from stdgraph.exchange.page import Section, page
from stdgraph.model.results import Entity, Row, Source, Table

VOID = {"meta", "br", "link", "img", "input", "hr"}


class Reader(HTMLParser):
    """Reads a page as strictly as HTML can be read: each element is closed where it should be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        known = dict(attrs)
        self.links += [str(known[name]) for name in ("href", "src", "xlink:href", "action") if name in known]
        self.ids |= {str(known["id"])} if "id" in known else set()
        assert not [name for name in known if name.startswith("on")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.words.append(data)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_tells_all_and_needs_nothing_from_outside(lang: str) -> None:
    graph = stdgraph.open(lang=lang)
    answer = graph.ask("agreements", actor="China", with_="UK")
    told = made(answer, "html", lang=lang, data=graph.data).data.decode()
    read = Reader(told)
    assert all(link.startswith("#") for link in read.links)
    assert {link[1:] for link in read.links} == {name for name in read.ids if re.fullmatch(r"s[0-9]+", name)}
    assert not {"script", "link", "iframe", "img", "object"} & set(read.tags)
    assert "@import" not in told
    assert "url(" not in told.replace("url(#", "")
    words = " ".join(read.words)
    for row in answer:
        assert str(row["agreement"]) in words
    for one in ("country/CN", "PREFIX stdg:", graph.data, "agreements", "svg"):
        assert one in words or one in read.tags
    assert f'lang="{"zh-Hans" if lang == "zh" else "en"}"' in told


def test_texts_give_no_orders() -> None:
    hostile = '</td><script>alert(1)</script>"><b onclick=x>&lt;\x1b[31m\u202e'
    cell = Entity('javascript:alert("1")', hostile)
    row = Row({"name": cell, "place": hostile}, (Source(hostile, hostile, hostile, 1.0),))
    told = page(
        [Section(Table(("name", "place"), (row,)), hostile)], title=hostile, facts=[(hostile, hostile)], query=hostile
    )
    read = Reader(told)
    assert "script" not in read.tags
    assert "b" not in read.tags
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert all(link.startswith("#") for link in read.links)


def test_the_same_answer_gives_the_same_page(repository: stdgraph.Graph) -> None:
    answers = [repository.ask("agreements", actor="China") for _ in range(2)]
    assert made(answers[0], "html") == made(answers[1], "html")


def test_an_empty_answer_is_told(repository: stdgraph.Graph) -> None:
    told = made(repository.ask("agreements", year="1900"), "html").data.decode()
    assert "(none)" in told
    assert "svg" not in Reader(told).tags


def test_without_the_library_a_page_has_no_picture(repository: stdgraph.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "is_there", lambda: False)
    assert "svg" not in Reader(made(repository.ask("agreements"), "html").data.decode()).tags
