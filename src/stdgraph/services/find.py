"""Things by name, of any class or of one."""

from __future__ import annotations

from collections.abc import Sequence

from stdgraph.graph.codes import class_named
from stdgraph.graph.labels import kinds
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
    """Return a row for each of some things: its id, name, the name that matched, kind, country, and how well it fits."""
    classes = kinds(graph, [named.kind for named in found], lang)
    rows: list[dict[str, Cell]] = [
        {
            "id": short(named.iri),
            "name": named.label(lang),
            "matched": named.matched,
            "kind": classes.get(named.kind),
            "kind_label": classes[named.kind].label if named.kind else None,
            "country": named.country or None,
            "score": named.score,
        }
        for named in found
    ]
    return table(COLUMNS, rows)
