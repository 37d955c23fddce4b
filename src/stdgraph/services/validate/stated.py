"""Statements by their property."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

Grouped = Mapping[str, Sequence[ox.Triple]]
"""Statements, each once, by their property."""


def grouped(quads: Iterable[ox.Quad]) -> Grouped:
    """Return what some quads state, each once, by property: what holds for a property is asked once of all."""
    found: dict[Any, dict[ox.Triple, None]] = {}
    for quad in quads:
        verb = quad.predicate
        if verb not in found:
            found[verb] = {}
        found[verb][quad.triple] = None
    return {verb.value: list(triples) for verb, triples in found.items()}
