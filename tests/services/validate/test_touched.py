"""What a change causes is the same, whether all is judged before and after it, or what it can touch alone."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from conftest import ROOT, TINY
from stdgraph.matching.marks import marks_in
from stdgraph.model.vocabulary import SH
from stdgraph.services.validate import shacl
from stdgraph.services.validate.change import caused
from stdgraph.services.validate.checking import _caused, _shapes
from stdgraph.services.validate.facts import Facts
from stdgraph.services.validate.made import Made
from stdgraph.services.validate.shacl import Result
from stdgraph.services.validate.spelled import words_in
from stdgraph.services.validate.stored import in_memory
from stdgraph.storage.bridge import to_rdflib
from stdgraph.storage.files import GraphFile, ontology_files
from stdgraph.storage.turtle import parse_turtle

pytestmark = pytest.mark.usefixtures("parsed")
CASES = sorted((ROOT / "tests" / "cases" / "shapes").glob("**/*.ttl"))
TEST_WORDS = ("http://www.w3.org/ns/shacl", "http://www.w3.org/2001/sw/DataAccess/tests/")


def quads(*files: GraphFile) -> list[ox.Quad]:
    return [quad for file in files for quad in file.quads()]


def faults() -> list[ox.Quad]:
    """Return the things of the cases of all shapes, which have every fault, without what tests say of them."""
    found = quads(*(GraphFile(path, "urn:cases") for path in CASES))
    return [q for q in found if not q.predicate.value.startswith(TEST_WORDS) and TEST_WORDS[1] not in str(q.object)]


def told(found: Iterable[Result]) -> Counter[tuple[Any, ...]]:
    return Counter((r.focus, r.finding.path, r.value, r.finding.shape, r.finding.message) for r in found)


def whole(store: ox.Store, shapes: Sequence[ox.Triple]) -> list[Result]:
    return shacl.results((q.triple for q in store), shapes)


def both(
    stay: list[ox.Quad], left: list[ox.Quad], come: list[ox.Quad], shapes: list[ox.Triple]
) -> tuple[list[Result], list[Result]]:
    """Return what a change causes as found by judging all twice, and by what it can touch."""
    before, after = in_memory([*stay, *left]), in_memory([*stay, *come])
    full = caused(whole(before, shapes), whole(after, shapes))
    return full, _caused(
        Made(before, after, come, left, lambda: marks_in(before), lambda: words_in(before)), Facts(shapes), "en"
    )


@pytest.mark.parametrize("seed", range(2))
def test_changes_of_all_kinds_cause_what_judging_all_twice_finds(seed: int) -> None:
    rng = random.Random(seed)
    stay, left, come = quads(*ontology_files()), [], []
    for quad in (*quads(GraphFile(TINY, "urn:tiny")), *faults()):
        rng.choices((stay, left, come), (40, 1, 1))[0].append(quad)
    full, touched = both(stay, left, come, _shapes())
    assert full
    assert told(touched) == told(full)


PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
HEAD = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <http://e/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
NODES, VERBS, KINDS = (":a", ":b", ":c", ":d"), (":p", ":q", ":r"), (":K", ":L", ":M")
LITERALS = (
    "1",
    "2.5",
    "true",
    '"x"',
    '"x"@en',
    '"y"@en',
    '"z"@de',
    '"2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date>',
)

verbs, nodes, kinds = map(st.sampled_from, (VERBS, NODES, KINDS))
paths = st.recursive(
    verbs,
    lambda inner: st.one_of(
        inner.map("[ sh:inversePath {} ]".format),
        st.tuples(inner, inner).map(lambda two: f"( {two[0]} {two[1]} )"),
        st.tuples(inner, inner).map(lambda two: f"[ sh:alternativePath ( {two[0]} {two[1]} ) ]"),
        inner.map("[ sh:zeroOrMorePath {} ]".format),
        inner.map("[ sh:oneOrMorePath {} ]".format),
        inner.map("[ sh:zeroOrOnePath {} ]".format),
    ),
    max_leaves=3,
)
simple = st.one_of(
    st.integers(0, 2).map("sh:minCount {}".format),
    st.integers(0, 2).map("sh:maxCount {}".format),
    kinds.map("sh:class {}".format),
    st.sampled_from(["IRI", "Literal", "BlankNodeOrIRI"]).map("sh:nodeKind sh:{}".format),
    st.sampled_from(["integer", "decimal", "string"]).map("sh:datatype <http://www.w3.org/2001/XMLSchema#{}>".format),
    verbs.map("sh:equals {}".format),
    verbs.map("sh:disjoint {}".format),
    verbs.map("sh:lessThan {}".format),
    nodes.map("sh:hasValue {}".format),
    st.sampled_from(
        ["sh:uniqueLang true", 'sh:languageIn ( "en" )', "sh:minInclusive 2", 'sh:pattern "x"', "sh:in ( :a 1 )"]
    ),
)


def _name(constraint: str) -> str:
    """Return the name of a constraint, which a shape has but once."""
    return constraint.partition(" ")[0]


def shaped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return constraints that ask other shapes."""
    shape = st.tuples(paths, st.lists(inner, min_size=1, max_size=2, unique_by=_name)).map(
        lambda made: f"[ sh:path {made[0]} ; {' ; '.join(made[1])} ]"
    )
    return st.one_of(
        shape.map("sh:property {}".format),
        shape.map("sh:node [ sh:property {} ]".format),
        shape.map("sh:not {}".format),
        st.tuples(st.sampled_from(["or", "and", "xone"]), shape, shape).map(lambda t: f"sh:{t[0]} ( {t[1]} {t[2]} )"),
    )


constraints = st.recursive(simple, shaped, max_leaves=4)
targets = st.one_of(
    kinds.map("sh:targetClass {}".format),
    verbs.map("sh:targetSubjectsOf {}".format),
    verbs.map("sh:targetObjectsOf {}".format),
    nodes.map("sh:targetNode {}".format),
)
QUERIES = (
    "$this :p ?x . FILTER NOT EXISTS { ?x :q ?y }",
    "?x :p $this . FILTER ( ?x != $this )",
    "$this :p/:q ?x .",
    "$this :p ?x . ?y :q ?x ; :r ?z .",
    "$this ?any ?x . FILTER ( ISLITERAL(?x) )",
    "$this :p ?x . FILTER EXISTS { ?x :p+ $this }",
)
queries = st.sampled_from(QUERIES).map(
    lambda q: f"""sh:sparql [ sh:prefixes :ps ; sh:select "SELECT $this WHERE {{ {q} }}" ]"""
)
PREFIXES = ':ps sh:declare [ sh:prefix "" ; sh:namespace "http://e/"^^<http://www.w3.org/2001/XMLSchema#anyURI> ] .'
node_shapes = st.tuples(st.lists(targets, min_size=1, max_size=2), shaped(constraints) | queries)
triples = st.one_of(
    st.tuples(nodes, verbs, nodes | st.sampled_from(LITERALS)),
    st.tuples(nodes, st.just("a"), kinds),
    st.tuples(kinds, st.just("rdfs:subClassOf"), kinds),
).map(" ".join)


def read(rows: Iterable[str]) -> list[ox.Triple]:
    return parse_turtle(HEAD + "\n".join(f"{row} ." for row in rows))[0]


def shapes_of(made: list[tuple[list[str], str]]) -> list[ox.Triple]:
    rows = [f":S{n} a sh:NodeShape ; {' ; '.join(aims)} ; {asks}" for n, (aims, asks) in enumerate(made)]
    return read([PREFIXES.rstrip(" ."), *rows])


def results_of(report: Any) -> Counter[tuple[str, ...]]:
    import rdflib

    names = ("focusNode", "value", "sourceConstraintComponent", "resultPath")
    terms = [rdflib.URIRef(SH + name) for name in names]
    found = report.objects(None, rdflib.URIRef(SH + "result"))
    return Counter(
        tuple("[]" if isinstance(v := report.value(r, t), rdflib.BNode) else str(v) for t in terms) for r in found
    )


@settings(max_examples=60, deadline=None, phases=PHASES)
@given(st.lists(node_shapes, min_size=1, max_size=2), st.lists(triples, max_size=9, unique=True))
def test_random_shapes_find_in_random_data_what_pyshacl_finds(made: Any, rows: list[str]) -> None:
    shapes, store = shapes_of(made), in_memory(ox.Quad(*t) for t in read(rows))
    data = [quad.triple for quad in store]
    plain = results_of(shacl.plain_report(to_rdflib(data), shapes))
    ours = Counter(
        tuple("[]" if isinstance(one.get(n), ox.BlankNode) else str(getattr(one.get(n), "value", None)) for n in NAMES)
        for r in shacl.results(data, shapes)
        for one in [
            {t.predicate.value.removeprefix(SH): t.object for t in r.triples if t.subject == r.triples[0].subject}
        ]
    )
    assert ours == plain


NAMES = ("focusNode", "value", "sourceConstraintComponent", "resultPath")


@settings(max_examples=60, deadline=None, phases=PHASES)
@given(
    st.lists(node_shapes, min_size=1, max_size=2),
    *[st.lists(triples, max_size=size, unique=True) for size in (8, 3, 3)],
)
def test_random_changes_cause_what_judging_all_twice_finds(
    made: Any, stay: list[str], left: list[str], come: list[str]
) -> None:
    parts = [[ox.Quad(*t) for t in read(rows)] for rows in (stay, left, come)]
    full, touched = both(*parts, shapes_of(made))
    assert told(touched) == told(full)
