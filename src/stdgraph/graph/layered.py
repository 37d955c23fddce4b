"""Names of a graph and, over them, of what lies beside it: the index knows only what was compiled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyoxigraph as ox

from stdgraph.model.vocabulary import SKOS, STDG
from stdgraph.storage.names import Hit, Names

LABELS = (STDG + "reference", STDG + "acronym", SKOS + "prefLabel")
"""What names a thing that the index does not know, the best last."""


class Layered(Names):
    """The names of a graph, and labels for what only a store beside it holds."""

    def __init__(self, names: Names, store: ox.Store) -> None:
        self.names = names
        self.store = store

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Hit]:
        """Return what the index below gives."""
        return self.names.rows(sql, values)

    def labels(self, iris: Iterable[str], lang: str) -> dict[str, str]:
        """Return a label for each IRI that the index or the store beside it knows."""
        wanted = set(iris)
        found = self.names.labels(wanted, lang)
        for iri in wanted - found.keys():
            for name in LABELS:
                for quad in self.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(name), None):
                    found[iri] = str(getattr(quad.object, "value", ""))
        return found
