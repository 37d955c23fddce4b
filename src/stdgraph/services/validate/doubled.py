"""A finding on what is said twice: the place to mend, and the place that says it already, be it in the same file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pyoxigraph as ox

from stdgraph.locale import Phrase, translated
from stdgraph.model.vocabulary import RDF, SH, short
from stdgraph.services.validate.shacl import Result, own_result
from stdgraph.storage.lines import Place

COMPONENT = "SPARQLConstraintComponent"


@dataclass(frozen=True)
class Doubled(Result):
    """A finding whose places are known: `at` to mend, `others` where it is said already; else those of focus and value."""

    at: Place | None = None
    others: tuple[Place, ...] = ()


def doubled(
    focus: Any,
    value: Any,
    phrase: Phrase,
    *,
    path: str = "",
    at: Place | None = None,
    others: tuple[Place, ...] = (),
    severity: str = "Warning",
    lang: str = "en",
) -> Doubled:
    """Return a finding on a thing and what it doubles: another thing, or a value of its property."""
    about = ox.Triple(focus, ox.NamedNode(path or RDF + "type"), value)
    made = own_result(about, severity, translated(phrase, lang), COMPONENT, lang, phrase.message)
    triples = tuple(t for t in made.triples if path or t.predicate.value != SH + "resultPath")
    finding = replace(made.finding, path=short(path))
    return Doubled(finding, focus, value, (path,) if path else (), triples, at=at, others=others)
