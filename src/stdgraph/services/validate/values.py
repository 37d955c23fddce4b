"""Values as files write them, where the engine writes them in another way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pyoxigraph as ox

from stdgraph.model.vocabulary import SH
from stdgraph.services.validate.shacl import Result

VALUE = ox.NamedNode(SH + "value")


class Written:
    """Knows how files write the literals of some statements."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._said: dict[Any, dict[Any, None]] = defaultdict(dict)
        for quad in quads:
            if isinstance(quad.object, ox.Literal):
                self._said[quad.subject][quad.object] = None

    def of(self, result: Result) -> Result:
        """Return a finding with its value as the first file writes it."""
        stored = result.value
        if not isinstance(stored, ox.Literal) or stored in self._said[result.focus]:
            return result
        written = next((said for said in self._said[result.focus] if _stored(said) == stored), stored)
        triples = (ox.Triple(t.subject, VALUE, written) if t.predicate == VALUE else t for t in result.triples)
        return replace(result, finding=replace(result.finding, value=written.value), triples=tuple(triples))


@lru_cache(maxsize=1024)
def _stored(literal: ox.Literal) -> Any:
    """Return a literal as the engine writes it."""
    node = ox.NamedNode("urn:x")
    store = ox.Store()
    store.add(ox.Quad(node, node, literal))
    (quad,) = store
    return quad.object
