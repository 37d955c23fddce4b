"""Turtle read with places: the W3C suite whole, the engine as oracle, and each fault told by its cause."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT, SHARED
from stdgraph.model.vocabulary import BASE
from stdgraph.storage.files import data_files, ontology_files
from stdgraph.storage.reading.found import Reading
from stdgraph.storage.reading.statements import read

SUITE = SHARED / "data" / "w3c" / "rdf-turtle"
FAULTS = ROOT / "tests" / "cases" / "faults"
ENTRY = re.compile(r"(?:rdf:type|a)\s+rdft:(\w+)\s*;(.*?)\.\s*$", re.DOTALL | re.MULTILINE)


def suite() -> list[tuple[str, str, str]]:
    """Return kind, action and result of each case of the suite's manifest."""
    if not SUITE.is_dir():
        return []
    found = []
    for kind, told in ENTRY.findall((SUITE / "manifest.ttl").read_text("utf-8")):
        action = re.search(r"mf:action\s+<([^>]+)>", told)
        result = re.search(r"mf:result\s+<([^>]+)>", told)
        if action:
            found.append((kind, action[1], result[1] if result else ""))
    return found


def same(one: list[ox.Triple], other: list[ox.Triple]) -> bool:
    graphs = []
    for triples in (one, other):
        graph = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
        graph.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        graphs.append(graph)
    return graphs[0] == graphs[1]


def triples_of(found: Reading) -> list[ox.Triple]:
    return [stated.triple for stated in found.stated]


def engine(text: str, base: str = BASE) -> list[ox.Triple] | None:
    """Return what the engine reads, None where it refuses."""
    try:
        return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=base)]
    except SyntaxError:
        return None


def test_the_suite_is_there_or_told() -> None:
    if not SUITE.is_dir():
        pytest.skip("../shared/data/w3c is absent: the W3C Turtle suite lies there")
    assert len(suite()) > 300


@pytest.mark.parametrize(("kind", "action", "result"), suite(), ids=lambda v: str(v).removesuffix(".ttl"))
def test_the_suite_of_w3c(kind: str, action: str, result: str) -> None:
    base = f"https://w3c.github.io/rdf-tests/rdf/rdf11/rdf-turtle/{action}"
    found = read((SUITE / action).read_bytes().decode(), base)
    assert bool(found.faults) == ("Negative" in kind)
    if result:
        expected = [q.triple for q in ox.parse((SUITE / result).read_bytes(), format=ox.RdfFormat.N_TRIPLES)]
        assert same(triples_of(found), expected)


@pytest.mark.parametrize(
    "path", [f.path for f in [*ontology_files(), *data_files()]], ids=lambda p: f"{p.parent.name}-{p.stem}"
)
def test_every_file_of_the_repository_is_read_as_the_engine_reads_it(path: Path) -> None:
    text = path.read_text("utf-8")
    found = read(text)
    assert not found.faults
    assert same(triples_of(found), engine(text) or [])


PIECES = st.sampled_from(
    [
        "<a>", "<b>", " a ", "x:b", ":", "_:n", "[", "]", "(", ")", ";", ",", ".", " . ", "\n", " ", '"t"', "'t'", '"""t\n"t"""',
        "@en", "@ar--rtl", "^^x:t", "1", "-1.5", "1e3", "true", "@prefix x: <http://x/> .", "PREFIX : <#> ", "@base <http://b/c> .",
        "BASE <../d/>", "# c\n", "x:a.b", "x:%20", "x:a\\,b", '"', "<", "；", "。", "\\u0041", "<a\\u0020b>", "é:ü", "．", "x", "\r\n",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=1500, deadline=None)
def test_what_the_engine_reads_is_read_and_what_it_refuses_is_refused(text: str) -> None:
    found, expected = read(text), engine(text)
    assert bool(found.faults) == (expected is None), found.faults
    if expected is not None:
        assert same(triples_of(found), expected)


STATEMENTS = st.lists(
    st.sampled_from(
        [
            "<a> a x:B ; x:p 1 , 'two'@en ; .",
            "x:c x:p [ x:q ( 1 [ a x:D ] 'e' ) ; x:r () ] .",
            "[] x:p <b> .",
            "( 1 2 ) x:p _:n .",
            "_:n x:p 1.5 , true .",
            "# a comment",
        ]
    )
)


@given(STATEMENTS.map("\n".join))
@settings(deadline=None)
def test_each_term_stands_where_it_is_said_to_stand(text: str) -> None:
    found = read("@prefix x: <http://x/> .\n" + text)
    for stated in found.stated:
        start, end = stated.object
        if isinstance(stated.triple.object, ox.Literal):
            assert found.text[start:end].strip("'").startswith(stated.triple.object.value)
        elif isinstance(stated.triple.object, ox.NamedNode):
            assert found.text[start] in "<x(12'["  # a name, or the item whose cell ends a list
        assert found.text[stated.predicate[0] : stated.predicate[1]] in ("a", "x:p", "x:q", "x:r") or (
            stated.predicate == stated.object
        )


@pytest.mark.parametrize("path", sorted(FAULTS.glob("*.ttl")), ids=lambda p: p.stem)
def test_a_fault_is_told_by_its_cause(path: Path) -> None:
    found = read(path.read_text("utf-8"))
    told = "".join(f"{e.values['line']}:{e.values['column']}: {e.values['detail']}\n" for e in found.errors())
    assert told == path.with_suffix(".txt").read_text("utf-8")
    assert engine(path.read_text("utf-8")) is None


def test_what_is_right_beside_a_fault_is_read() -> None:
    whole = len(read((FAULTS / "semicolon.ttl").read_text("utf-8")).stated)
    for path in FAULTS.glob("*.ttl"):
        assert len(read(path.read_text("utf-8")).stated) >= whole - 3 or path.stem == "long-text", path.stem


def test_lines_end_as_turtle_has_them() -> None:
    text = "<a> <b> 'one' .\r\n<a> <b> '''two\r\nthree''' .\r<a> <b> 4 .\n"
    found = read(text)
    assert [found.place(stated.object[0]) for stated in found.stated] == [(1, 9), (2, 9), (4, 9)]


@pytest.mark.parametrize(
    "text", ["[ <a> " * 5000, "( " * 5000, "< " * 50_000, "a.a" * 30_000, '"' * 30_001, "'''" + "\\" * 30_001]
)
def test_hostile_text_ends(text: str) -> None:
    assert read(text).faults


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (
            "@prefix x: <http://x/> . GRAPH x:g { x:a x:b 1 . x:c x:b 'd', 2 } x:h { [] x:b x:e . } x:a x:b 3 .",
            ox.RdfFormat.TRIG,
        ),
        ('<http://x/a> <http://x/b> "c"@en <http://x/g> .\n<http://x/a> <http://x/b> _:n .\n', ox.RdfFormat.N_QUADS),
        ("{ <http://x/a> <http://x/b> 1 }", ox.RdfFormat.TRIG),
    ],
)
def test_names_of_graphs_are_passed_over(text: str, form: ox.RdfFormat) -> None:
    found = read(text, graphs=True)
    assert not found.faults
    assert same(triples_of(found), [quad.triple for quad in ox.parse(text, format=form)])
