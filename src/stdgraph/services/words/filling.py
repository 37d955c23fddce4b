"""Filling in the arguments that a question may take with what was spotted in the words."""

from __future__ import annotations

from collections.abc import Mapping

from stdgraph.graph.questions import Parameter, Question
from stdgraph.model.vocabulary import local
from stdgraph.services.words.language import language
from stdgraph.services.words.spotting import Spotted
from stdgraph.services.words.wording import Wording

CODES = {"Resource", "Concept", "ObjectProperty"}
"""Kinds whose parameters are not filled in: a code has a list of its own, anything may be meant by a thing."""
REGIONS = {"WorldRegion", "CountryGroup"}
"""What is the other side rather than the one that is asked about."""
CODED = ("mode", "role")
"""Coded parameters that are filled in from words of their lists: of the others, words mean less than the code says."""

WIDEST = "Actor"
"""A thing is given to a parameter that takes any actor only where none takes its kind."""


def needed(asked: Question, wording: Wording) -> dict[str, str] | None:
    """Return the arguments that a question needs, from what was spotted; None where one is missing."""
    things = sorted({s.thing.iri: s for s in wording.spotted}.values(), key=lambda s: s.thing.kind in REGIONS)
    found: dict[str, str] = {}
    for parameter in asked.parameters:
        if parameter.optional:
            continue
        value = _literal(parameter, wording)
        if not parameter.datatype and (fit := next((s for s in things if takes(parameter, s)), None)):
            value = fit.thing.iri
            things.remove(fit)
        if not value:
            return None
        found[parameter.name] = value
    return found


def _literal(parameter: Parameter, wording: Wording) -> str:
    """Return the year or years, or the day, that a parameter takes."""
    if parameter.datatype.endswith("gYear"):
        years = sorted({d[1:5] for d in wording.dates})
        return "/".join(dict.fromkeys((years[0], years[-1]))) if years else ""
    return max((d[1:] for d in wording.dates), key=len, default="") if parameter.datatype.endswith("date") else ""


def takes(parameter: Parameter, spotted: Spotted) -> bool:
    """Tell whether a parameter takes a thing: a code of its list, a thing of its kinds, or any thing that is no code."""
    if parameter.schemes and not spotted.is_thing:
        return any(local(spotted.thing.iri).startswith(f"{local(scheme)}-") for scheme in parameter.schemes)
    return bool(spotted.kinds & set(parameter.kinds)) or ("Resource" in parameter.kinds and spotted.is_thing)


def fillings(asked: Question, needed: Mapping[str, str], wording: Wording) -> list[dict[str, str]]:
    """Return optional arguments to try: all that fit, then fewer, then none."""
    taken = set(needed.values())
    things = list({s.thing.iri: s for s in wording.spotted if s.thing.iri not in taken}.values())
    found: dict[str, str] = {}
    for parameter in sorted(asked.parameters, key=lambda p: WIDEST in p.kinds):
        if not parameter.optional:
            continue
        if parameter.datatype.endswith("gYear") and (years := _literal(parameter, wording)):
            if "/" in years or not language().compares.search(wording.text.lower()):
                found[parameter.name] = years
        elif parameter.name == "planned" and language().announced.search(wording.text.lower()):
            found[parameter.name] = "true"
        elif parameter.name in CODED or (not parameter.datatype and CODES.isdisjoint(parameter.kinds)):
            fit = next((s for s in things if takes(parameter, s)), None)
            if fit:
                found[parameter.name] = fit.thing.iri
                things.remove(fit)
    tries = [found, *_other_way(asked, found, wording)]
    for name in ("year", "with"):
        if name in found:
            found = {n: v for n, v in found.items() if n != name}
            tries.append(found)
    return [*tries, {}] if tries[-1] else tries


def _other_way(asked: Question, found: Mapping[str, str], wording: Wording) -> list[dict[str, str]]:
    """Return the same arguments with one thing under another name that takes it: a committee is a body, too."""
    spotted = {s.thing.iri: s for s in wording.spotted}
    free = [p for p in asked.parameters if p.optional and p.name not in found and not p.datatype]
    free = [p for p in free if CODES.isdisjoint(p.kinds)]
    return [
        {p.name if n == name else n: v for n, v in found.items()}
        for name, value in found.items()
        if value in spotted
        for p in free
        if takes(p, spotted[value])
    ]
