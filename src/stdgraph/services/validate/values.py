"""Values as files write them, where the engine writes them in another way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any

import pyoxigraph as ox

from stdgraph.model.vocabulary import SH, XSD
from stdgraph.services.validate.shacl import Result

STRING = XSD + "string"
VALUE = ox.NamedNode(SH + "value")


class Written:
    """Knows how files write the literals of some statements."""

    def __init__(self, quads: Collection[ox.Quad]) -> None:
        self._quads = quads

    @cached_property
    def _said(self) -> dict[Any, dict[Any, None]]:
        found: dict[Any, dict[Any, None]] = defaultdict(dict)
        for quad in self._quads:
            if isinstance(quad.object, ox.Literal):
                found[quad.subject][quad.object] = None
        return found

    def of(self, result: Result) -> Result:
        """Return a finding with its value as the first file writes it."""
        kept = result.value
        if not isinstance(kept, ox.Literal) or kept in self._said[result.focus]:
            return result
        written = next((said for said in self._said[result.focus] if stored(said) == kept), kept)
        triples = (ox.Triple(t.subject, VALUE, written) if t.predicate == VALUE else t for t in result.triples)
        return replace(result, finding=replace(result.finding, value=written.value), triples=tuple(triples))


@lru_cache(maxsize=1024)
def stored(literal: Any) -> Any:
    """Return a literal as the engine writes it, any other term as it is."""
    if not isinstance(literal, ox.Literal) or literal.language or literal.datatype.value == STRING:
        return literal
    node = ox.NamedNode("urn:x")
    store = ox.Store()
    store.add(ox.Quad(node, node, literal))
    (quad,) = store
    return quad.object
