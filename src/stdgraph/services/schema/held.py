"""The shapes that hold each class and property: by their targets and paths."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from stdgraph.model.light import dataclass
from stdgraph.model.vocabulary import SH, short
from stdgraph.storage.files import GraphFile, content

TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf")


@dataclass(frozen=True, order=True)
class Held:
    """A shape that reports: its name, how bad a breach is, and what to do in both languages."""

    name: str
    severity: str
    english: str
    chinese: str

    def told(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {"severity": self.severity, "message": {"en": self.english, "zh": self.chinese}}


def held() -> dict[str, list[Held]]:
    """Return the shapes that hold each term, by name.

    >>> [shape.name for shape in held()["https://w3id.org/stdgraph/ontology#agreementType"]][:1]
    ['stdgs:Agreement-agreementType']
    """
    found: dict[str, set[Held]] = defaultdict(set)
    for path in sorted(content("shapes").glob("*.ttl")):
        said: dict[Any, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for quad in GraphFile(path, "urn:shapes").quads():
            said[quad.subject][quad.predicate.value.removeprefix(SH)].append(quad.object)
        for shape in [node for node, facts in said.items() if isinstance(node, ox.NamedNode) and "message" in facts]:
            for term in _terms(said, shape):
                found[term].add(_held(shape.value, said[shape]))
    return {term: sorted(shapes) for term, shapes in found.items()}


def _terms(said: dict[Any, dict[str, list[Any]]], shape: Any) -> Iterator[str]:
    """Yield the classes and properties that a shape speaks of: its own targets and path, and the targets of those that ask it."""
    around = [shape, *(node for node, facts in said.items() if shape in facts["property"])]
    for node in around:
        yield from (target.value for name in TARGETS for target in said[node][name])
    for path in said[shape]["path"]:
        inverse = said[path]["inversePath"] if isinstance(path, ox.BlankNode) else [path]
        yield from (one.value for one in inverse if isinstance(one, ox.NamedNode))


def _held(iri: str, facts: dict[str, list[Any]]) -> Held:
    told = {text.language: text.value for text in facts["message"]}
    severity = [one.value.removeprefix(SH) for one in facts["severity"]] or ["Violation"]
    english = told.get("en", "")
    return Held(short(iri), severity[0], english, told.get("zh-hans", english))
