"""Property paths, walked backwards: from what a path reads to the nodes where it begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from stdgraph.model.vocabulary import RDF, SH
from stdgraph.services.validate.facts import Data, Facts

MANY = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
Differing = Mapping[str, Sequence[ox.Triple]]


@dataclass(frozen=True)
class Path:
    """A path: `verb` (with its IRI), `inverse`, `sequence`, `choice`, or a repetition (`*`, `+`, `?`) of its parts."""

    kind: str
    verb: str = ""
    parts: tuple[Path, ...] = ()

    @cached_property
    def verbs(self) -> frozenset[str]:
        """The properties on the path."""
        return frozenset({self.verb} - {""}).union(*(part.verbs for part in self.parts))


def path_of(shapes: Facts, node: Any) -> Path:
    """Return the path that shapes write as a node."""
    if isinstance(node, ox.NamedNode):
        return Path("verb", node.value)
    if shapes.objects(node, RDF + "first"):
        return Path("sequence", parts=tuple(path_of(shapes, step) for step in shapes.items(node)))
    for choice in shapes.objects(node, SH + "alternativePath"):
        return Path("choice", parts=tuple(path_of(shapes, one) for one in shapes.items(choice)))
    for back in shapes.objects(node, SH + "inversePath"):
        return Path("inverse", parts=(path_of(shapes, back),))
    for name, kind in MANY.items():
        for inner in shapes.objects(node, SH + name):
            return Path(kind, parts=(path_of(shapes, inner),))
    return Path("sequence")


def reads(data: Data, path: Path, differing: Differing, *, back: bool = False) -> set[Any]:
    """Return the nodes from which a path reads a statement that differs; with `back`, from which its inverse does."""
    if path.kind == "verb":
        return {t.object if back else t.subject for t in differing.get(path.verb, ())}
    if path.kind == "inverse":
        return reads(data, path.parts[0], differing, back=not back)
    if path.kind == "choice":
        return set().union(*(reads(data, part, differing, back=back) for part in path.parts))
    if path.kind != "sequence":
        return walked_back(
            data, Path("*", parts=path.parts), reads(data, path.parts[0], differing, back=back), back=back
        )
    found: set[Any] = set()
    for part in path.parts if back else reversed(path.parts):
        found = walked_back(data, part, found, back=back) | reads(data, part, differing, back=back)
    return found


def walked_back(data: Data, path: Path, nodes: set[Any], *, back: bool = False) -> set[Any]:
    """Return the nodes from which a path leads to some nodes; with `back`, from which its inverse does."""
    if not nodes:
        return set()
    if path.kind == "verb":
        step = data.objects if back else data.subjects
        return {found for node in nodes for found in step(node, path.verb)}
    if path.kind == "inverse":
        return walked_back(data, path.parts[0], nodes, back=not back)
    if path.kind == "choice":
        return set().union(*(walked_back(data, part, nodes, back=back) for part in path.parts))
    if path.kind == "sequence":
        for part in path.parts if back else reversed(path.parts):
            nodes = walked_back(data, part, nodes, back=back)
        return nodes
    return _repeated(data, path, nodes, back=back)


def _repeated(data: Data, path: Path, nodes: set[Any], *, back: bool) -> set[Any]:
    found: set[Any] = set() if path.kind == "+" else set(nodes)
    todo = set(nodes)
    while todo:
        todo = walked_back(data, path.parts[0], todo, back=back) - found
        found |= todo
        if path.kind == "?":
            break
    return found
