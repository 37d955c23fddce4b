"""Dates that the calendar has and the world has not: days to come, and ends before their starts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pyoxigraph as ox

from stdgraph.locale import Phrase, marked, translated
from stdgraph.model.dates import bounds
from stdgraph.model.vocabulary import STDG, STDGC, short
from stdgraph.services.validate.shacl import Result, own_result
from stdgraph.services.validate.stated import Grouped
from stdgraph.services.validate.stored import Statements

TO_COME = marked("{text} is after {day}, the day of the check: correct the date, or say that it is planned (stdg:planned true).")  # fmt: skip
TOLD = (("Violation", TO_COME),)
DONE = {STDG + slot for slot in ("date", "start", "asOf", "attestedOn")}
"""Dates of what has happened; an end may be foreseen."""
PLANNED = ox.NamedNode(STDG + "planned")
TARGET = ox.NamedNode(STDGC + "fig-target")
REVERSED = "stdgs:General-endNotBeforeStart"
START, END = (ox.NamedNode(STDG + slot) for slot in ("start", "end"))


def results(old: Statements, judged: Grouped, *, on: date | None = None, lang: str = "en") -> list[Result]:
    """Return the statements of a day that is still to come; none without a day of the check.

    As time goes by, fewer days are to come: what passes today passes later.
    """
    if on is None:
        return []
    late = [t for verb in sorted(DONE) for t in judged.get(verb, ()) if _is_after(t, on)]
    return [_result(t, on, lang) for t in late if not _is_planned(t.subject, old)]


def pointed(found: Iterable[Result], old: Statements, new: Sequence[ox.Quad]) -> list[Result]:
    """Return findings of which those on ends before their starts point at the statement that was written later.

    Where both are new, or none, the end is meant.
    """
    found, fresh = list(found), {q.triple for q in new}
    said: dict[tuple[Any, Any], tuple[bool, Any]] = {}
    for focus in {r.focus for r in found if r.finding.shape == REVERSED}:
        for slot in (START, END):
            for q in old.store.quads_for_pattern(focus, slot, None):
                said[focus, slot] = q.triple in fresh, q.object
    return [_at_later(r, said) if r.finding.shape == REVERSED else r for r in found]


def _at_later(result: Result, said: dict[tuple[Any, Any], tuple[bool, Any]]) -> Result:
    nothing = False, None
    ends = [(said.get((result.focus, slot), nothing), slot) for slot in (END, START)]
    (_, value), slot = max(ends, key=lambda pair: pair[0][0])
    if value is None:
        return result
    finding = replace(result.finding, path=short(slot.value), value=value.value)
    return replace(result, finding=finding, value=value, properties=(slot.value,))


def _is_after(triple: ox.Triple, on: date) -> bool:
    try:
        return bounds(getattr(triple.object, "value", ""))[0] > on
    except ValueError:
        return False


def _is_planned(thing: Any, old: Statements) -> bool:
    """Tell whether a thing is planned, or a figure a target."""
    planned = (getattr(q.object, "value", "") for q in old.store.quads_for_pattern(thing, PLANNED, None))
    return "true" in planned or next(old.store.quads_for_pattern(thing, None, TARGET), None) is not None


def _result(triple: ox.Triple, on: date, lang: str) -> Result:
    about = {"text": getattr(triple.object, "value", ""), "day": on.isoformat()}
    message = translated(Phrase(TO_COME, **about), lang)
    return own_result(triple, "Violation", message, "MaxInclusiveConstraintComponent", lang, TO_COME)
