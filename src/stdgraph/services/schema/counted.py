"""What was counted of all terms of a compiled graph, kept beside it: counting takes long, and comes to the same each time."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from stdgraph.graph.reads import Graph
from stdgraph.services.schema.terms import Known, Use
from stdgraph.storage import quick
from stdgraph.storage.store import Store

FORM = "schema-1.bin"
"""The file; its name is another one when something else is counted."""


def recall(graph: Graph) -> list[Known] | None:
    """Return what was counted of each term, without its words and questions; None where nothing is kept."""
    place = _place(graph)
    match quick.recall(place) if place else None:
        case (list(rows), list(values)):
            terms = iter(_terms(values))
            return [
                Known(iri, kind, {}, {}, used, subjects, example, tuple(_use(use, next(terms)) for use in uses))
                for iri, kind, used, subjects, example, uses in rows
            ]
    return None


def keep(graph: Graph, found: Iterable[Known]) -> None:
    """Keep what was counted, if the graph is in the cache."""
    if place := _place(graph):
        rows, values = [], []
        for known in found:
            uses = [(use.domain, use.property, use.range, use.statements, use.example[0]) for use in known.uses]
            values += [str(use.example[1]) for use in known.uses]
            rows.append((known.iri, known.kind, known.used, known.subjects, known.example, uses))
        quick.keep(place, (rows, values))


def _place(graph: Graph) -> Path | None:
    return graph.place / FORM if isinstance(graph, Store) and graph.place else None


def _use(kept: tuple[str, str, str, int, str], value: Any) -> Use:
    domain, name, range_, statements, subject = kept
    return Use(domain, name, range_, statements, (subject, value))


def _terms(written: list[str]) -> list[Any]:
    lines = "".join(f"<x:s> <x:p> {text} .\n" for text in written)
    return [quad.object for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)]
