"""Filling in the arguments that a question may take with what was spotted in the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stdgraph.graph.questions import Question
from stdgraph.services.words.spotting import Spotted, Wording

CODES = {"Resource", "Concept", "ObjectProperty"}
"""Kinds whose parameters are not filled in: a code has a list of its own, anything may be meant by a thing."""


def fillings(asked: Question, needed: Mapping[str, str], wording: Wording) -> list[dict[str, str]]:
    """Return optional arguments to try: all that fit, then fewer, then none."""
    taken = set(needed.values())
    things = list({s.thing.iri: s for s in wording.spotted if s.thing.iri not in taken}.values())
    found: dict[str, str] = {}
    for parameter in asked.parameters:
        if not parameter.optional:
            continue
        if parameter.datatype.endswith("gYear"):
            years = sorted({d[1:5] for d in wording.dates})
            if years:
                found[parameter.name] = years[0] if len(years) == 1 else f"{years[0]}/{years[-1]}"
        elif not parameter.datatype and CODES.isdisjoint(parameter.kinds):
            fit = next((s for s in things if _fits(s, parameter.kinds)), None)
            if fit:
                found[parameter.name] = fit.thing.iri
                things.remove(fit)
    tries = [found]
    for name in ("year", "with"):
        if name in tries[-1]:
            tries.append({n: v for n, v in tries[-1].items() if n != name})
    return [*tries, {}] if tries[-1] else tries


def _fits(spotted: Spotted, kinds: Sequence[str]) -> bool:
    return bool(spotted.kinds & set(kinds))
