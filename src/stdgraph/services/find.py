"""Things by name, of any class or of one."""

from __future__ import annotations

from collections.abc import Sequence

from stdgraph.graph.codes import class_named
from stdgraph.graph.labels import kinds
from stdgraph.graph.near import LACKS, Size
from stdgraph.graph.reads import Graph
from stdgraph.model.results import Cell, Table, table
from stdgraph.model.vocabulary import short
from stdgraph.storage.names import Named

COLUMNS = ("id", "name", "matched", "kind", "country", "score")


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


def listed(graph: Graph, found: Sequence[Named], lang: str = "en") -> Table:
    """Return a row for each thing that was found: its id, its name, the name that fits, kind, country and score."""
    classes = kinds(graph, [n.kind for n in found], lang)
    rows: list[dict[str, Cell]] = [
        {
            "id": short(n.iri),
            "name": n.label(lang),
            "matched": n.matched,
            "kind": classes.get(n.kind),
            "kind_label": classes[n.kind].label if n.kind else None,
            "country": n.country or None,
            "score": n.score,
        }
        for n in found
    ]
    return table(COLUMNS, rows)


__all__ = ["LACKS", "Size", "find", "listed"]
