"""A lighter page: what of registers it is without, their standards, which are many; and what cannot be told in full without them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import pyoxigraph as ox

from stdgraph.graph.questions import question, question_names
from stdgraph.graph.reads import Graph, select
from stdgraph.model.light import dataclass
from stdgraph.model.vocabulary import GRAPH, STDG, local
from stdgraph.storage.queries import text_of
from stdgraph.storage.store import Store

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
PACKS = GRAPH + "pack/"
NAMED = re.compile(r"\bstdg:(\w+)")
OF_ALL = re.compile(r"(?<![?\w]\s)\?\w+\s+\?(?P<name>\w+)\s+\?\w+\s*[.;}]")
"""A pattern of three variables: it may match anything, unless the query names the values of the second."""


@dataclass(frozen=True)
class LeftOut:
    """The things that a page is without, and the canned questions and views that may speak of them."""

    things: frozenset[str] = frozenset()
    questions: tuple[str, ...] = ()
    views: tuple[str, ...] = ()


NOTHING = LeftOut()


def left_out(store: Store, quads: Callable[[], Sequence[ox.Quad]], views: Mapping[str, str]) -> LeftOut:
    """Return what a page is without if it has not the standards of registers: those that only a register names.

    Args:
        store: the graph.
        quads: gives its statements, where they are needed.
        views: the query file of each view of networks.
    """
    rows = store.names.rows
    bulk = store.names.bulk
    found = rows(
        "SELECT iri FROM thing WHERE id IN (SELECT thing FROM name WHERE rowid >= ?)"
        " AND id NOT IN (SELECT thing FROM name WHERE rowid < ?)",
        (bulk, bulk),
    )
    things = frozenset(iri for (iri,) in found)
    if not things:
        return NOTHING
    terms = _terms(store, quads(), things)
    asked = {name: question(name).query for name in question_names()}
    drawn = {name: text_of(query, "views") for name, query in views.items()}
    return LeftOut(things, *(tuple(n for n, query in each.items() if _speaks(query, terms)) for each in (asked, drawn)))


def _speaks(query: str, terms: set[str]) -> bool:
    free = [one["name"] for one in OF_ALL.finditer(query) if not re.search(rf"VALUES[^{{]*\?{one['name']}\b", query)]
    return bool(terms & set(NAMED.findall(query)) or free)


def _terms(graph: Graph, quads: Sequence[ox.Quad], things: frozenset[str]) -> set[str]:
    """Return the classes of things with those above them, and the properties that only things of these classes have."""
    of_things = [quad for quad in quads if is_of(quad, things)]
    gone = {quad.predicate.value for quad in of_things}
    classes = {_value(quad.object) for quad in of_things if quad.predicate.value == TYPE}
    alike = {
        _value(quad.subject) for quad in quads if quad.predicate.value == TYPE and _value(quad.object) in classes
    } | things
    elsewhere = {quad.predicate.value for quad in quads if _value(quad.subject) not in alike}
    above = {row["b"].value for row in select(graph, "classes-above") if row["a"].value in classes}
    return {local(iri) for iri in classes | above | (gone - elsewhere) if iri.startswith(STDG)}


def is_of(quad: ox.Quad, things: frozenset[str]) -> bool:
    """Tell whether a statement is a register's about one of some things."""
    return _value(quad.subject) in things and _value(quad.graph_name).startswith(PACKS)


def _value(term: object) -> str:
    return getattr(term, "value", "")
