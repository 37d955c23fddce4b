"""Causes before their consequences: what is broken only because something else is told under that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pyoxigraph as ox

from stdgraph.model.finding import Finding
from stdgraph.model.vocabulary import RDF, SH, expand, short
from stdgraph.services.validate.shacl import Result

TYPE = RDF + "type"
COUNTING = {SH + f"{name}ConstraintComponent" for name in ("MinCount", "QualifiedMinCount", "Or", "Xone")}
TYPING = {SH + f"{name}ConstraintComponent" for name in ("Class", "Or", "Xone", "Node", "MinCount")}
COMPONENT = SH + "sourceConstraintComponent"
Told = tuple[Finding, Result]


def grouped(told: Sequence[Told]) -> list[list[int]]:
    """Return the numbers of findings, each cause with its consequences behind it, in the order of the causes.

    A word that is misspelt in the place of a class leaves its thing without that class; one in the place of a property
    leaves its thing without the statement that was meant; a value of the wrong kind breaks all that is said of it.
    """
    causes = [at for at, (finding, result) in enumerate(told) if _is_cause(finding, result)]
    of: dict[int, int] = {}
    first: dict[tuple[Any, ...], int] = {}
    for at, (finding, result) in enumerate(told):
        if at not in causes:
            same = first.setdefault(_statement(finding, result, at), at)
            of[at] = next((c for c in causes if _follows(finding, result, *told[c])), same)
    behind: dict[int, list[int]] = {at: [at] for at in range(len(told)) if of.get(at, at) == at}
    for at, cause in of.items():
        if cause != at:
            behind[cause].append(at)
    return list(behind.values())


def with_consequences(cause: Finding, rest: Iterable[Finding]) -> Finding:
    """Return a finding that names what follows from it."""
    named = dict.fromkeys(f"{f.focus} {f.rule}" for f in rest)
    return replace(cause, follows=(*cause.follows, *sorted(named)))


def _statement(finding: Finding, result: Result, at: int) -> tuple[Any, ...]:
    """Return the statement that a shape refuses; what is no statement, or refused by a check, is alone."""
    alone = finding.check or result.value is None or result.value == result.focus
    return (at,) if alone else (result.focus, result.properties, result.value)


def _is_cause(finding: Finding, result: Result) -> bool:
    """Tell whether a finding is about a word that is none: a class or property that nobody declares."""
    at_word = result.part == "predicate" or TYPE in result.properties
    return (
        bool(finding.check) and finding.severity == "Violation" and at_word and isinstance(result.focus, ox.NamedNode)
    )


def _follows(finding: Finding, result: Result, cause: Finding, told: Result) -> bool:
    """Tell whether a finding would not be there without a cause."""
    broken = _component(result)
    if finding.check or broken is None:
        return False
    if told.part == "predicate":
        meant = expand(cause.repair) if cause.repair else ""
        lacks = result.value is None or result.value == result.focus
        return (
            bool(meant) and result.focus == told.focus and lacks and broken in COUNTING and _speaks_of(finding, meant)
        )
    about = told.focus in (result.value, result.focus if result.value in (None, result.focus) else None)
    return about and broken in TYPING


def _speaks_of(finding: Finding, iri: str) -> bool:
    """Tell whether a finding is about a property: on its path, or named by its rule."""
    name = short(iri)
    return name in finding.path.replace("/", "|").split("|") or name in finding.message


def _component(result: Result) -> Any:
    return next(
        (
            t.object.value
            for t in result.triples
            if t.predicate.value == COMPONENT and isinstance(t.object, ox.NamedNode)
        ),
        None,
    )
