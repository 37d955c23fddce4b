"""What pages of several lists have in common: few notes, and cells that are short."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from stdgraph.model.light import replace
from stdgraph.model.results import Cell, Source, Table

T = TypeVar("T", bound=Table)

PLACES = 30
"""So many places in documents are noted one by one; of more the documents are."""
VALUES = 3
"""So many values of a cell stand on a page, and then how many more there are."""


def noted(lists: Sequence[T], *, full: bool, few: bool = False) -> list[T]:
    """Return lists whose notes are few: of many places, or where that is asked for, the documents only, each once."""
    places = {(source.source, source.locator) for found in lists for row in found for source in row.sources}
    if full or (len(places) <= PLACES and not few):
        return list(lists)
    return [
        replace(found, rows=tuple(replace(row, sources=_documents(row.sources)) for row in found)) for found in lists
    ]


def _documents(sources: Sequence[Source]) -> tuple[Source, ...]:
    return tuple(sorted({replace(source, locator="", confidence=None, excerpt="") for source in sources}))


def brief(found: T) -> T:
    """Return rows of whose long lists of values the first stand, and how many more there are."""
    rows = [replace(row, cells={name: _few(cell) for name, cell in row.cells.items()}) for row in found]
    return replace(found, rows=tuple(rows))


def _few(cell: Cell) -> Cell:
    if not isinstance(cell, tuple) or len(cell) <= VALUES + 1:
        return cell
    return (*cell[:VALUES], f"+{len(cell) - VALUES}")
