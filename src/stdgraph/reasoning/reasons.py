"""Bounds by reason: what bounds a record that has no date of its own, by the rule files of `queries/reasons/` (P20).

They go into the graph `derived/reasons`, apart from the bounds of a record's own dates. Of several reasons the one that
says most is kept: the latest of the `…Earliest`, the earliest of the `…Latest`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Any

import pyoxigraph as ox

from stdgraph.model.dates import ENDS
from stdgraph.model.vocabulary import DERIVED_REASONS
from stdgraph.reasoning.links import LinkRule, link_rule, solutions, unified
from stdgraph.storage.files import content

HOME = ox.NamedNode(DERIVED_REASONS)
Bounds = dict[tuple[Any, ox.NamedNode], ox.Literal]


@cache
def reason_rules() -> tuple[LinkRule, ...]:
    """Return the rules in the files of `queries/reasons/`, by name."""
    return tuple(link_rule(path) for path in sorted(content("queries", "reasons").glob("*.rq")))


def add_reasons(store: ox.Store, subjects: Collection[Any] | None = None) -> None:
    """Add the bounds that reasons give, in place of those that are there; a bound may be the reason of another.

    The bounds of own dates and the closure are there already. Each round reads what the one before found; bounds only
    become tighter, and each is a day that some date gives, so there is an end. With `subjects`, only theirs.
    """
    queries = [rule.asked_for(sorted(map(str, subjects)) if subjects is not None else None) for rule in reason_rules()]
    known = Bounds()
    _empty(store, subjects)
    while (found := _tightest(store, queries)) != known:
        known = found
        _empty(store, subjects)
        store.extend(ox.Quad(subject, verb, day, HOME) for (subject, verb), day in known.items())


def _empty(store: ox.Store, subjects: Collection[Any] | None) -> None:
    if subjects is None:
        store.remove_graph(HOME)
    for subject in subjects or ():
        for quad in list(store.quads_for_pattern(subject, None, None, HOME)):
            store.remove(quad)


def _tightest(store: ox.Store, queries: Sequence[str]) -> Bounds:
    best = Bounds()
    for query in queries:
        found: Any = store.query(query, use_default_graph_as_union=True)
        for triple in found:
            key, choose = (triple.subject, triple.predicate), max if _is_first(triple.predicate) else min
            best[key] = choose(best.get(key, triple.object), triple.object, key=lambda day: day.value)
    return best


def _is_first(verb: ox.NamedNode) -> bool:
    return verb.value.endswith("Earliest")


def reasons(store: ox.Store, bound: ox.Triple) -> Iterator[tuple[LinkRule, tuple[ox.Triple, ...]]]:
    """Yield each rule that bounds a record by that day, and what it uses."""
    if not bound.predicate.value.endswith(ENDS):
        return
    for rule in reason_rules():
        for head in rule.heads:
            values = unified(head, bound)
            if values is not None:
                yield from ((rule, used) for _, used in solutions(store, rule, values))
