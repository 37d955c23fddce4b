"""`validate`: the shapes over the graph, or over new files inside the graph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pyoxigraph as ox

from stdgraph.model.vocabulary import DERIVED_BOUNDS, DERIVED_LINKS, SH
from stdgraph.reasoning import rules
from stdgraph.reasoning.bounds import add_bounds
from stdgraph.services.validate import shacl, texts
from stdgraph.services.validate.folding import folded
from stdgraph.services.validate.places import Places
from stdgraph.services.validate.report import SEVERITIES, Report
from stdgraph.services.validate.shacl import Result
from stdgraph.services.validate.terms import Terms
from stdgraph.services.validate.values import Written
from stdgraph.storage.files import GraphFile, content, once

DERIVED_SHAPES = "Derived"
PREFIXES = "General"
"""The file of shapes in which the prefixes of queries are declared."""


def validate(files: Sequence[GraphFile], new: Sequence[GraphFile] = (), *, lang: str = "en") -> Report:
    """Return what the shapes find in the asserted graph, or in new files merged into it.

    The shapes run on the asserted triples with the ontology's class hierarchy and computed date bounds, never after
    the closure; the shapes of `Derived.ttl` run on what is derived. With new files, only findings about things that
    the new files speak of are returned, and those about things they name that the graph alone would not have. Unknown words and garbled texts, of which no shape can speak, are findings too.

    Args:
        files: ontology, data and added files.
        new: files to check inside that graph.
        lang: language of messages.

    Raises:
        FileError, TurtleSyntaxError: a file cannot be read.
    """
    new = once(new)
    files = once([*new, *files])[len(new) :]
    old, added = _read(files), _read(new)
    store = ox.Store()
    store.extend([*old, *added])
    add_bounds(store)
    found = shacl.results((q.triple for q in store if not texts.is_no_number(q.object)), _shapes(), lang=lang)
    if new:
        found = _caused(found, old, added, lang)
    else:
        rules.derive(store)
        found += shacl.results(_derived(store), _derived_shapes(), lang=lang)
    found = Terms(old, added, lang=lang).results(found)
    found += texts.results(added if new else old, found, lang=lang)
    return _report(found, Places(store, files, new), Written([*added, *old]))


def _caused(found: list[Result], old: Sequence[ox.Quad], added: Sequence[ox.Quad], lang: str) -> list[Result]:
    """Return the findings about what new statements speak of, and those about what they name that were not there before.

    A thing that is named and not described is found at itself, not at the statement that names it; where a statement is
    told already, what it names is not told again.
    """
    things = {q.subject for q in added}
    own = [r for r in found if r.focus in things or r.value in things]
    named = {q.object for q in added} - things - {r.value for r in own}
    rest = [r for r in found if r not in own and (r.focus in named or r.value in named)]
    if not rest:
        return own
    store = ox.Store()
    store.extend(old)
    add_bounds(store)
    before = {
        _key(r)
        for r in shacl.results((q.triple for q in store if not texts.is_no_number(q.object)), _shapes(), lang=lang)
    }
    return own + [r for r in rest if _key(r) not in before]


def _key(result: Result) -> tuple[Any, ...]:
    return result.focus, result.value, result.finding.shape, result.finding.message


def _read(files: Sequence[GraphFile]) -> list[ox.Quad]:
    return [quad for file in files for quad in file.quads()]


def _report(found: list[Result], places: Places, written: Written) -> Report:
    order = {name: at for at, name in enumerate(SEVERITIES)}
    found = sorted(found, key=lambda r: (order[r.finding.severity], r.finding))
    told = [written.of(r) for r in found]
    findings = (replace(t.finding, **places.of(r)) for r, t in zip(found, told, strict=True))
    return folded(zip(findings, (t.triples for t in told), strict=True))


def _derived(store: ox.Store) -> Iterable[ox.Triple]:
    """Yield the derived links and bounds, of which alone the derived shapes speak."""
    for graph in (DERIVED_LINKS, DERIVED_BOUNDS):
        for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(graph)):
            yield quad.triple


def _shapes() -> list[ox.Triple]:
    paths = sorted(content("shapes").glob("*.ttl"))
    return [t for p in paths if p.stem != DERIVED_SHAPES for t in _triples(p.stem)]


def _derived_shapes() -> list[ox.Triple]:
    """Return the derived shapes, and of the shared file only the prefix declarations that they need."""
    declares = {SH + name for name in ("declare", "prefix", "namespace")}
    shared = [t for t in _triples(PREFIXES) if t.predicate.value in declares]
    return [*_triples(DERIVED_SHAPES), *shared]


def _triples(stem: str) -> list[ox.Triple]:
    return [q.triple for q in GraphFile(content("shapes", f"{stem}.ttl"), "urn:shapes").quads()]
