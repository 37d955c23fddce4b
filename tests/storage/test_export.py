"""Triples and quads as lines, which are read back before they are returned."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stdgraph.errors import ExportError
from stdgraph.storage.blanks import difference, labels_of_all
from stdgraph.storage.export import ntriples
from stdgraph.storage.turtle import parse_turtle

TEXT = (
    '_:z <http://a/b> [ <http://a/c> "x"@ZH-hans, "y"@ar--rtl ], <<( _:z <http://a/b> 1.10 )>> . _:a <http://a/b> _:z .'
)


def test_all_is_kept_and_names_depend_on_no_run() -> None:
    triples, others = parse_turtle(TEXT)[0], parse_turtle(TEXT.replace("_:z", "_:b0"))[0]
    lines = ntriples(triples)
    assert lines == ntriples(others[::-1])
    assert '"x"@zh-Hans' in lines
    assert '"1.10"' in lines
    found = [q.triple for q in ox.parse(lines.encode(), format=ox.RdfFormat.N_TRIPLES)]
    assert not difference(triples, found, labels_of_all(triples))


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), max_size=4))
@settings(max_examples=200, deadline=None)
def test_any_text_comes_back(texts: list[str]) -> None:
    triples = {ox.Triple(ox.NamedNode("http://a/b"), ox.NamedNode("http://a/c"), ox.Literal(text)) for text in texts}
    found = ox.parse(ntriples(triples).encode(), format=ox.RdfFormat.N_TRIPLES)
    assert {q.triple for q in found} == triples


def test_a_fault_of_the_writer_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stdgraph.storage.export.language_tag", lambda tag: "en")
    with pytest.raises(ExportError, match="would not read back the same"):
        ntriples(parse_turtle("<http://a/b> <http://a/c> 'x'@de .")[0])
