"""Things by name, of any class or of one."""

from __future__ import annotations

from stdgraph.graph.codes import class_named
from stdgraph.graph.labels import kinds
from stdgraph.graph.reads import Graph
from stdgraph.storage.names import Named


def find(graph: Graph, text: str, *, kind: str | None = None, limit: int = 20, lang: str = "en") -> list[Named]:
    """Return things by name, best first.

    Args:
        graph: an opened store or endpoint.
        text: a name or part of one.
        kind: a class by its local name, or its label in either language: only things of that class.
        limit: at most so many.
        lang: language of errors.

    Raises:
        ParameterError: there is no such class; the message names the nearest.
        AmbiguousNameError: several classes may be meant.
    """
    found = graph.names.find(text, (kind,) if kind else (), limit)
    if not kind or found or (known := class_named(graph, kind, lang)) == kind:
        return found
    return graph.names.find(text, (known,), limit)


__all__ = ["find", "kinds"]
