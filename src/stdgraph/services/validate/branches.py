"""Which branches of a shape failed and why, in words: each branch says what it asks, pySHACL what of it is broken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pyoxigraph as ox

from stdgraph.locale import Phrase, marked, translated
from stdgraph.model.vocabulary import RDF, SH, short
from stdgraph.services.validate import shacl
from stdgraph.services.validate.screen import Screen
from stdgraph.services.validate.shacl import Result

SOURCE, COMPONENT = SH + "sourceShape", SH + "sourceConstraintComponent"
NONE_OF = marked("None of these holds: {branches}")
NOT_ONE_OF = marked("Exactly one of these must hold, and none does: {branches}")
SEVERAL_OF = marked("Exactly one of these must hold, and {number} do: {branches}")
ALL_OF = marked("This does not hold: {branches}")
NOT_OF = marked("This must not hold, and does: {branches}")
WORDS = {"or": NONE_OF, "and": ALL_OF, "node": ALL_OF, "not": NOT_OF}
BRANCH = marked("{asked} ({why})")
TOO_FEW = marked("{path}: {number} given, at least {limit} due")
TOO_MANY = marked("{path}: {number} given, at most {limit} allowed")
MISSING = marked("{path} is missing, {limit} is due")
OTHER = marked("{path} is {values}, and not {limit}")
KIND = marked("{thing} is {kinds}")
UNKNOWN = marked("{thing} is described nowhere")
BROKEN = marked("{thing} breaks sh:{constraint}")

Broken = Mapping[tuple[Any, Any], Sequence[Result]]


def with_branches(found: Iterable[Result], screen: Screen, lang: str) -> list[Result]:
    """Return findings of which those on branches say which of these failed, and why.

    Args:
        found: what the shapes of the screen found in its data.
        screen: the shapes and the data.
        lang: language of messages.
    """
    found = list(found)
    asked = {(shape, node) for r in found for _, shapes, node in _branches(r, screen) for shape in shapes}
    broken: dict[tuple[Any, Any], list[Result]] = {pair: [] for pair in asked}
    while asked:
        suspects: dict[Any, list[Any]] = {}
        for shape, node in sorted(asked, key=str):
            suspects.setdefault(shape, []).append(node)
        more = shacl.judged(screen, suspects, lang=lang)
        for r in more:
            for shape in suspects:
                if _source(r) == shape and (shape, r.focus) in broken:
                    broken[shape, r.focus].append(r)
        asked = {(shape, node) for r in more for _, shapes, node in _branches(r, screen) for shape in shapes}
        asked -= broken.keys()
        broken |= {pair: [] for pair in asked}
    return [_told(r, screen, broken, lang) for r in found]


def _source(result: Result) -> Any:
    return next((t.object for t in result.triples if t.predicate.value == SOURCE), None)


def _component(result: Result) -> str:
    """Return the constraint that a finding breaks: `minCount`."""
    named = next((getattr(t.object, "value", "") for t in result.triples if t.predicate.value == COMPONENT), "")
    name = str(named).removeprefix(SH).removesuffix("ConstraintComponent")
    return name[:1].lower() + name[1:]


def _branches(result: Result, screen: Screen) -> Iterator[tuple[str, list[Any], Any]]:
    """Yield how a broken constraint joins its branches, these, and the node that they are asked of; only named ones."""
    name, shape, facts = _component(result), _source(result), screen.shapes
    if name not in (*WORDS, "xone") or not isinstance(shape, ox.NamedNode):
        return
    for head in facts.objects(shape, SH + name):
        shapes = facts.items(head) if facts.objects(head, RDF + "first") else [head]
        node = result.focus if result.value is None else result.value
        if all(isinstance(one, ox.NamedNode) for one in shapes) and not isinstance(node, ox.Literal | ox.BlankNode):
            yield name, shapes, node


def _told(result: Result, screen: Screen, broken: Broken, lang: str) -> Result:
    because = tuple(translated(words, lang) for words in _reasons(result, screen, broken, lang))
    return replace(result, finding=replace(result.finding, because=because)) if because else result


def _reasons(result: Result, screen: Screen, broken: Broken, lang: str) -> Iterator[Phrase]:
    for name, shapes, node in _branches(result, screen):
        failed = [shape for shape in shapes if broken.get((shape, node))]
        held = [shape for shape in shapes if shape not in failed]
        told = held if name == "not" or (name == "xone" and held) else failed
        words = WORDS.get(name) or (SEVERAL_OF if held else NOT_ONE_OF)
        whys: dict[str, list[str]] = {}
        for shape in told:
            found = broken.get((shape, node), ())
            causes = dict.fromkeys(translated(why, lang) for r in found for why in _why(r, shape, screen, broken, lang))
            whys.setdefault("; ".join(causes), []).append(_asked(shape, screen, lang))
        branches = " / ".join(_branch(" / ".join(asked), why, lang) for why, asked in whys.items())
        if branches:
            yield Phrase(words, number=len(held), branches=branches)


def _asked(shape: Any, screen: Screen, lang: str) -> str:
    said = {m.language[:2]: m.value for m in screen.shapes.objects(shape, SH + "message") if m.language}
    return str(said.get(lang[:2], said.get("en", short(shape.value)))).rstrip(".。")


def _branch(asked: str, why: str, lang: str) -> str:
    """Return what branches ask, and why they do not hold, where they do not."""
    return translated(Phrase(BRANCH, asked=asked, why=why), lang) if why else asked


def _why(result: Result, shape: Any, screen: Screen, broken: Broken, lang: str) -> Iterator[Phrase]:
    """Yield what is broken of a branch: what is there, and what is due."""
    if inner := list(_reasons(result, screen, broken, lang)):
        yield from inner
        return
    name, path, facts = _component(result), result.finding.path, screen.shapes
    limit = ", ".join(shown(term) for term in facts.objects(shape, SH + name))
    thing = shown(result.focus if result.value is None else result.value)
    values = _values(result, screen)
    if values is not None and name in ("minCount", "maxCount"):
        words = TOO_FEW if name == "minCount" else TOO_MANY
        yield Phrase(words, path=path, number=len(values), limit=limit)
    elif values is not None and name == "hasValue":
        yield Phrase(OTHER if values else MISSING, path=path, values=", ".join(map(shown, values)), limit=limit)
    elif name == "class":
        node = result.focus if result.value is None else result.value
        kinds = ", ".join(sorted(map(shown, screen.data.objects(node, RDF + "type"))))
        yield Phrase(KIND if kinds else UNKNOWN, thing=thing, kinds=kinds, limit=limit)
    else:
        yield Phrase(BROKEN, thing=thing, constraint=name)


def _values(result: Result, screen: Screen) -> list[Any] | None:
    """Return the values of the property that a finding is about; None where its path is no single property."""
    if len(result.properties) != 1 or short(result.properties[0]) != result.finding.path:
        return None
    return screen.data.objects(result.focus, result.properties[0])


def shown(term: Any) -> str:
    """Return a term as people read it."""
    return short(str(term.value)) if isinstance(term, ox.NamedNode) else str(getattr(term, "value", term))
