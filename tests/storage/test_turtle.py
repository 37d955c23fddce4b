from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from stdgraph.errors import FormatError, TurtleSyntaxError
from stdgraph.storage.turtle import format_turtle, parse_turtle, turtle_of

LOCAL = st.from_regex(r"[a-zA-Z0-9_./~%é-]{1,12}", fullmatch=True)
IRIS = st.one_of(
    LOCAL.map(lambda t: f"https://w3id.org/stdgraph/id/org/{t}"),
    LOCAL.map(lambda t: f"https://w3id.org/stdgraph/ontology#{t}"),
    LOCAL.map(lambda t: f"http://example.org/{t}"),
).filter(lambda i: "%" not in i)
LITERALS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20).map(ox.Literal),
    st.tuples(
        st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8),
        st.sampled_from(["en", "zh-hans", "zh-latn-pinyin", "en-gb"]),
    ).map(lambda t: ox.Literal(t[0], language=t[1])),
    st.sampled_from(["1", "01", "+3", "1.50", ".5", "true", "false", "１２", "x"]).flatmap(
        lambda v: st.sampled_from(["integer", "decimal", "boolean", "date", "string"]).map(
            lambda t: ox.Literal(v, datatype=ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{t}"))
        )
    ),
)
TRIPLES = st.lists(
    st.builds(ox.Triple, IRIS.map(ox.NamedNode), IRIS.map(ox.NamedNode), st.one_of(IRIS.map(ox.NamedNode), LITERALS)),
    max_size=12,
)


@given(TRIPLES)
@settings(max_examples=300, deadline=None)
def test_what_is_written_reads_back(triples: list[ox.Triple]) -> None:
    assert set(parse_turtle(turtle_of(triples))[0]) == set(triples)


@given(TRIPLES)
@settings(max_examples=150, deadline=None)
def test_formatting_twice_changes_nothing_and_order_does_not_count(triples: list[ox.Triple]) -> None:
    once = turtle_of(triples)
    assert format_turtle(once) == once == turtle_of(triples[::-1])


@given(TRIPLES.filter(bool), IRIS)
@settings(max_examples=100, deadline=None)
def test_one_more_fact_adds_lines_and_changes_none(triples: list[ox.Triple], iri: str) -> None:
    seen = ox.Triple(triples[0].subject, ox.NamedNode("https://w3id.org/stdgraph/ontology#seen"), ox.NamedNode(iri))
    before, after = turtle_of(triples).splitlines(), turtle_of([*triples, seen]).splitlines()
    assert set(before) <= set(after)


def blanks_named_apart(text: str) -> int:
    return len(parse_turtle(text)[0])


def test_lists_and_nested_nodes_are_written_inline_without_labels() -> None:
    text = "@prefix x: <http://x.org/> . x:a x:p ( 1 [ x:q ( ) ; x:r 'b' ] ) . [] x:all ( x:a x:b ) ."
    done = format_turtle(text)
    assert "_:" not in done
    assert format_turtle(done) == done
    assert blanks_named_apart(done) == blanks_named_apart(text)


def test_a_comment_in_the_header_is_kept_and_one_below_is_refused() -> None:
    assert format_turtle("# kept\n<http://a/b> <http://a/c> '#no comment' .").startswith("# kept\n@base")
    with pytest.raises(FormatError, match=r"f\.ttl:2: this comment would be lost"):
        format_turtle("<http://a/b> <http://a/c> 1 .\n# lost\n", "f.ttl")


@pytest.mark.parametrize("name", ["x:o\\'brien", "x:a\\#b", "x:a\\,b", "<http://a/o'brien#c>", "'it\\'s # no comment'"])
def test_quotes_and_hashes_in_names_hide_no_comment(name: str) -> None:
    text = f"@prefix x: <http://a/> .\n<http://a/b> <http://a/c> {name} .\n"
    once = format_turtle(text)
    assert set(parse_turtle(once)[0]) == set(parse_turtle(text)[0])
    assert format_turtle(once) == once
    with pytest.raises(FormatError, match=r"f\.ttl:3: this comment would be lost"):
        format_turtle(text + "# it's lost\n", "f.ttl")


def test_what_is_nested_too_deeply_asks_for_names() -> None:
    text = f"<http://a/b> <http://a/c> {'[ <http://a/c> ' * 3000} 1 {']' * 3000} ."
    with pytest.raises(FormatError, match="give them IRIs"):
        format_turtle(text)


def test_a_shared_blank_node_asks_for_a_name() -> None:
    with pytest.raises(FormatError, match="give it an IRI"):
        format_turtle("<http://a/b> <http://a/c> _:x . <http://a/d> <http://a/c> _:x . _:x <http://a/e> 1 .")


@pytest.mark.parametrize(
    ("text", "place"),
    [("<http://a/b> <http://a/c> x:d .", "f.ttl:1:27"), ("<http://a/b> \n  <http://a/c> 'open .", "f.ttl:2:")],
)
def test_a_syntax_error_names_file_line_and_column(text: str, place: str) -> None:
    with pytest.raises(TurtleSyntaxError) as caught:
        format_turtle(text, "f.ttl")
    assert str(caught.value).startswith(place)


@pytest.mark.parametrize(
    "path", sorted(p for d in ("data", "ontology", "shapes") for p in (ROOT / d).rglob("*.ttl")), ids=str
)
def test_the_repository_is_in_block_form(path) -> None:
    text = path.read_text("utf-8")
    assert format_turtle(text, str(path)) == text, f"run `stdgraph format {path}`"
