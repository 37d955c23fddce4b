"""A change of a graph, and which findings it causes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from stdgraph.model.vocabulary import SH
from stdgraph.services.validate.shacl import Result
from stdgraph.storage.files import GraphFile

COMPONENT = SH + "sourceConstraintComponent"


@dataclass(frozen=True)
class Change:
    """What becomes of a graph: files that come, and files of it that are gone; one that was edited is among both.

    What both state is no change.
    """

    new: Sequence[GraphFile] = ()
    gone: Sequence[GraphFile] = ()


def caused(before: Iterable[Result], after: Iterable[Result]) -> list[Result]:
    """Return the findings after a change that were not there before, each as often as there is one more of it."""
    known = _by_fault(before)
    found: list[Result] = []
    for fault, results in _by_fault(after).items():
        old = known.get(fault, [])
        said = {r.finding.message for r in old}
        ordered = sorted(results, key=lambda r: r.finding.message in said)
        found += ordered[: max(0, len(results) - len(old))]
    return found


def _by_fault(results: Iterable[Result]) -> dict[tuple[Any, ...], list[Result]]:
    """Return results by what is wrong: the same words may say it with other numbers."""
    groups: dict[tuple[Any, ...], list[Result]] = defaultdict(list)
    for r in results:
        broken = next((t.object for t in r.triples if t.predicate.value == COMPONENT), None)
        groups[r.focus, r.finding.path, r.value, r.finding.shape, broken].append(r)
    return groups


def first_named(found: Sequence[Result], store: ox.Store) -> list[Result]:
    """Return findings without those about a thing that nothing describes, where another tells what names it."""
    named = {r.value for r in found if r.value != r.focus} - {None}
    return [r for r in found if r.focus not in named or _is_described(store, r.focus)]


def _is_described(store: ox.Store, thing: Any) -> bool:
    return not isinstance(thing, ox.Literal) and next(store.quads_for_pattern(thing, None, None), None) is not None
