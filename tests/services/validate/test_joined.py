"""From a statement that matches a pattern of a query the patterns around it lead to what the query is asked about."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stdgraph.services.validate.facts import Stored
from stdgraph.services.validate.joined import Apart, Joined
from stdgraph.services.validate.queries import patterns_of

QUERY = """SELECT $this WHERE {
  $this <x:p> ?a . ?a <x:q> ?b .
  FILTER NOT EXISTS { ?c <x:r> ?b ; a <x:K> . }
  { ?a <x:s> ?d } UNION { ?e <x:t>/<x:u> ?a }
  ?z <x:v> ?y ; a <x:L> .
}"""
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"x:{name}")


def triple(text: str) -> ox.Triple:
    one, verb, other = text.split()
    return ox.Triple(node(one), ox.NamedNode(TYPE) if verb == "a" else node(verb), node(other))


def touched(said: str, differs: str) -> set[str]:
    """Return what a statement touches, by the patterns that it matches."""
    store, differing = ox.Store(), triple(differs)
    store.extend(ox.Quad(*triple(line)) for line in (*said.split("; "), differs))
    patterns = patterns_of(QUERY)
    assert patterns
    joined = Joined(Stored(store), patterns, {differing.predicate.value: [differing]})
    matched = [p for p in patterns if p.path and differing.predicate.value in p.path.verbs]
    return {thing.value.removeprefix("x:") for p in matched for thing in joined.things(p, [differing])}


GRAPH = "n p a; m p a2; a q b; a2 q b2; c a K"


@pytest.mark.parametrize(
    ("differs", "found"),
    [
        ("n p a", {"n"}),
        ("a q b", {"n"}),
        ("c r b", {"n"}),
        ("o r b", set()),
        ("c r x", set()),
        ("a2 s d", {"m"}),
        ("k u a2", set()),
        ("z v y", set()),
        ("c a K", set()),
    ],
)
def test_what_a_statement_touches_is_found_along_the_patterns_around_it(differs: str, found: set[str]) -> None:
    assert touched(GRAPH, differs) == found


def test_along_a_path_as_well() -> None:
    assert touched(GRAPH + "; e t k", "k u a2") == {"m"}


def test_what_no_pattern_joins_may_touch_anything() -> None:
    with pytest.raises(Apart):
        touched(GRAPH + "; z a L", "z v y")
    with pytest.raises(Apart):
        touched(GRAPH, "z a L")


def test_a_query_within_a_query_is_not_taken_apart() -> None:
    assert patterns_of("SELECT $this WHERE { { SELECT ?x WHERE { ?x <x:p> ?y } } $this <x:q> ?x }") is None


QUERIES = [
    f"SELECT DISTINCT $this WHERE {{ {where} }} {end}"
    for where, end in (
        ("$this <x:p> ?a . ?a <x:q> ?b", ""),
        ("$this <x:p> ?a . OPTIONAL { ?a <x:q> ?b . ?b <x:r> ?c } FILTER ( !BOUND(?c) )", ""),
        ("$this <x:p> ?a . MINUS { ?b <x:q> ?a ; a <x:K> }", ""),
        (
            "$this a <x:K> . FILTER NOT EXISTS { ?a <x:q> $this . FILTER NOT EXISTS { ?a <x:r> ?b . ?b <x:p> $this } }",
            "",
        ),
        ("$this <x:p>/<x:q> ?a . FILTER NOT EXISTS { ?a ^<x:r>/<x:p> ?b }", ""),
        ("$this <x:p>* ?a . ?a <x:q>+ ?b . FILTER EXISTS { ?b (<x:r>|^<x:p>)? ?c . ?c a <x:K> }", ""),
        ("{ $this <x:p> ?a } UNION { ?a <x:q> $this } ?a <x:r> ?b", ""),
        (
            "{ $this <x:p> ?a . ?a <x:q> ?b } UNION { $this <x:r> ?b . OPTIONAL { ?b <x:p> ?a } } FILTER ( ?a != ?b )",
            "",
        ),
        ("?a <x:p> ?b ; <x:q> ?b . $this <x:r> ?c . ?c <x:p> ?a", ""),
        ("$this a <x:K> ; ?any ?a . ?a <x:q> ?b . FILTER ( ?b != $this )", ""),
        ("$this a <x:K> . ?a <x:p> ?b . FILTER ( ?b = $this )", ""),
        ("$this <x:p> ?a . OPTIONAL { ?b <x:q> ?a }", "GROUP BY $this HAVING ( COUNT(?b) < 2 )"),
    )
]
names = st.sampled_from("abcd")
lines = st.one_of(st.tuples(names, st.sampled_from("pqr"), names).map(" ".join), names.map("{} a K".format))
graphs = st.sets(lines, max_size=9)


def named(said: set[str], query: str) -> set[str]:
    store = ox.Store()
    store.extend(ox.Quad(*triple(line)) for line in said)
    rows: Any = store.query(query)
    return {row["this"].value.removeprefix("x:") for row in rows}


def touched_by(before: set[str], after: set[str], query: str) -> set[str] | None:
    """Return the things that a change touches, None for all."""
    store, by_verb = ox.Store(), defaultdict[str, list[ox.Triple]](list)
    store.extend(ox.Quad(*triple(line)) for line in after)
    for line in before ^ after:
        by_verb[triple(line).predicate.value].append(triple(line))
    patterns = patterns_of(query)
    assert patterns
    joined, found = Joined(Stored(store), patterns, by_verb), set[Any]()
    for pattern in patterns:
        verbs = pattern.path.verbs if pattern.path else by_verb
        matching = [t for verb in verbs for t in by_verb.get(verb, ())]
        try:
            found |= joined.things(pattern, matching) if matching else set()
        except Apart:
            return None
    return {thing.value.removeprefix("x:") for thing in found}


@given(graphs, graphs, graphs, st.sampled_from(QUERIES))
@settings(max_examples=300)
def test_whatever_a_change_names_anew_or_no_more_is_touched_by_it(
    stay: set[str], gone: set[str], come: set[str], query: str
) -> None:
    before, after = stay | gone, stay | come
    touched = touched_by(before, after, query)
    assert touched is None or named(before, query) ^ named(after, query) <= touched
