from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from stdgraph.errors import FormatError, TurtleSyntaxError
from stdgraph.storage.blanks import difference, labels_needed
from stdgraph.storage.reading.statements import read
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


def test_a_comment_in_the_header_is_kept() -> None:
    assert format_turtle("# kept\n<http://a/b> <http://a/c> '#no comment' .").startswith("# kept\n@base")


COMMENTED = sorted((ROOT / "tests" / "cases" / "comments").glob("*.in.ttl"))


@pytest.mark.parametrize("path", COMMENTED, ids=lambda p: p.stem)
def test_comments_stay_with_what_they_belong_to(path: Path) -> None:
    expected = path.with_name(path.name.replace(".in.", ".out.")).read_text("utf-8")
    assert format_turtle(path.read_text("utf-8")) == expected
    assert format_turtle(expected) == expected


@pytest.mark.parametrize("name", ["x:o\\'brien", "x:a\\#b", "x:a\\,b", "<http://a/o'brien#c>", "'it\\'s # no comment'"])
def test_quotes_and_hashes_in_names_hide_no_comment(name: str) -> None:
    text = f"@prefix x: <http://a/> .\n<http://a/b> <http://a/c> {name} .\n"
    once = format_turtle(text)
    assert set(parse_turtle(once)[0]) == set(parse_turtle(text)[0])
    assert format_turtle(once) == once
    assert format_turtle(text + "# it's last\n").endswith("\n\n# it's last\n")


def test_what_is_nested_too_deeply_asks_for_names() -> None:
    text = f"<http://a/b> <http://a/c> {'[ <http://a/c> ' * 3000} 1 {']' * 3000} ."
    with pytest.raises(FormatError, match="give them IRIs"):
        format_turtle(text)


@given(st.text(st.sampled_from('a"\\\n'), max_size=24))
@settings(max_examples=400, deadline=None)
def test_quotes_and_line_breaks_come_back(text: str) -> None:
    triple = ox.Triple(ox.NamedNode("http://a/b"), ox.NamedNode("http://a/c"), ox.Literal(text))
    once = turtle_of([triple])
    assert parse_turtle(once)[0] == [triple]
    assert format_turtle(once) == once


ANY = st.characters(codec="utf-8")
PARTS = st.one_of(
    st.text(ANY, max_size=8).map(lambda t: f"# {t}\n"),
    st.text(ANY, max_size=4).map(
        lambda t: f"<http://a/b> # {t}\n <http://a/c> # {t}\n [ # {t}\n <http://a/d> 1 # {t}\n ] .\n"
    ),
    st.text(ANY, max_size=4).map(
        lambda t: f"<http://a/b> <http://a/c> ( # {t}\n 1 [ # {t}\n ] # {t}\n ) # {t}\n . # {t}\n"
    ),
    st.text(ANY, max_size=8).map(lambda t: f'<http://a/b> <http://a/{t}> """{t}\r\n""" .\r\n'),
    st.text(ANY, max_size=8).map(lambda t: f"<http://a/b> <http://a/c> {ox.Literal(t)} .\n"),
    st.sampled_from(
        [
            "\n",
            "\r",
            "@prefix x: <http://a/> .\r\n",
            '_:x <http://a/c> [ <http://a/d> ( 1 [] "a\nb"@ar--rtl ) ] .\n',
            "<http://a/b> <http://a/c> _:x .\n",
            "_:y <http://a/c> _:y .\n",
            "<http://a/b> <http://a/c> <<( <http://a/b> <http://a/c> 1 )>> .\n",
            '<http://a/b> <http://a/c> "a\\n#b" . # c\u2028d\x0ce\x85f\n',
        ]
    ),
)


@given(st.lists(PARTS, max_size=6).map("".join))
@settings(max_examples=600, deadline=None)
def test_any_file_keeps_all_or_is_refused(text: str) -> None:
    try:
        once = format_turtle(text, "f.ttl")
    except (TurtleSyntaxError, FormatError):
        return
    before, after = parse_turtle(text)[0], parse_turtle(once)[0]
    assert not difference(before, after, {})
    assert format_turtle(once) == once
    assert comments_of(text) == comments_of(once)


def comments_of(text: str) -> list[str]:
    return sorted(comment.text.rstrip(" \t") for comment in read(text).comments)


def test_the_tail_of_a_header_comment_is_kept() -> None:
    for char in "\u2028\x85\x0c\x0b\x1c":
        assert format_turtle(f"# one{char}two{char}\n").startswith(f"# one{char}two{char}\n")


@pytest.mark.parametrize("sign", ["\r\n", "\n"])
def test_line_ends_stay_and_do_not_count(sign: str) -> None:
    loose = "# head\n\n@prefix x: <http://a/> .\nx:b x:c 1, 'a\\nb' .\n".replace("\n", sign)
    once = format_turtle(loose)
    assert once.count(sign) == once.count("\n")
    assert format_turtle(once) == once
    assert not difference(parse_turtle(loose)[0], parse_turtle(once)[0], {})


def test_a_text_over_several_lines_with_crlf_counts_as_formatted() -> None:
    text = turtle_of([ox.Triple(ox.NamedNode("http://a/b"), ox.NamedNode("http://a/c"), ox.Literal("a\nb"))])
    assert format_turtle(text.replace("\n", "\r\n")) == text.replace("\n", "\r\n")


def test_base_direction_is_kept() -> None:
    assert '"abc"@ar--rtl ;' in format_turtle('<http://a/b> <http://a/c> "abc"@ar--rtl .')


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<http://a/b> <http://a/c> '<<', \n <<( <http://a/b> <http://a/c> 1 )>> .", 2),
        ("# <<\n\n<http://a/b> <http://a/c> 1 {| <http://a/d> 2 |} .", 3),
        ("<http://a/b> <http://a/c> '_:x' ;\r\n <http://a/d> _:x.x, _:x . \r\n_:x <http://a/c> _:x .", 2),
    ],
)
def test_what_needs_another_form_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises((FormatError, TurtleSyntaxError), match=rf"^f\.ttl:{line}:"):
        format_turtle(text, "f.ttl")


def test_results_label_what_they_must_in_an_order_of_their_own() -> None:
    text = "<http://a/x> <http://a/p> _:{0} . <http://a/y> <http://a/p> _:{0}, [ <http://a/q> 2 ] . _:{0} <http://a/q> 1 . "
    text += "_:{1} <http://a/q> _:{2} . _:{2} <http://a/q> _:{1} ; <http://a/r> <<( _:{1} <http://a/c> 1 )>> ."
    first, second = (parse_turtle(text.format(*names))[0] for names in ("abc", "zyx"))
    done = turtle_of(first)
    assert done == turtle_of(second[::-1])
    assert set(re.findall(r"_:\w+", done)) == {"_:b0", "_:b1"}
    assert not difference(first, parse_turtle(done)[0], labels_needed(first))


def test_results_label_what_is_nested_too_deeply() -> None:
    triples = parse_turtle(f"<http://a/b> <http://a/c> {'[ <http://a/c> ' * 2000} 1 {']' * 2000} .")[0]
    assert len(parse_turtle(turtle_of(triples))[0]) == len(triples)


def test_a_fault_of_the_writer_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stdgraph.storage.turtle.language_tag", lambda tag: "en")
    with pytest.raises(FormatError, match="nothing was written"):
        format_turtle("<http://a/b> <http://a/c> 'x'@de .")


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
