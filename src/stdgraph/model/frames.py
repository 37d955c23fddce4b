"""The one door to pandas: rows as a DataFrame, and where they were read as another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from stdgraph.errors import ExtraError
from stdgraph.locale import Phrase
from stdgraph.model.cells import Cell, Entity, Number, Term, text_of

if TYPE_CHECKING:
    import types

    import pandas


class HasCells(Protocol):
    """A row with its sources."""

    @property
    def cells(self) -> dict[str, Cell]: ...  # noqa: D102 (as results.Row says)
    @property
    def sources(self) -> Sequence[Any]: ...  # noqa: D102 (as results.Row says)


def frame(columns: Sequence[str], rows: Sequence[HasCells], *, iris: bool = False) -> pandas.DataFrame:
    """Return a column for each column: labels, dates as text, whole numbers that stay whole where some are missing.

    With `iris`, a column `NAME_iri` follows each column that names things or terms.
    """
    pandas = _pandas()
    made: dict[str, Any] = {}
    for name in columns:
        cells = [row.cells[name] for row in rows]
        made[name] = pandas.Series([_framed(cell) for cell in cells], dtype=_type(cells))
        if iris and any(_iri(cell) for cell in cells):
            made[f"{name}_iri"] = pandas.Series([_iri(cell) for cell in cells], dtype="object")
    return pandas.DataFrame(made, columns=list(made), index=range(len(rows)))


def sources(rows: Sequence[HasCells]) -> pandas.DataFrame:
    """Return a row for each place in a document that a row was read at; `row` is the row's place in the other frame."""
    told = [
        {"row": n, "source": s.source, "title": s.title, "locator": s.locator, "confidence": s.confidence}
        for n, row in enumerate(rows)
        for s in row.sources
    ]
    return _pandas().DataFrame(told, columns=["row", "source", "title", "locator", "confidence"])


def _pandas() -> types.ModuleType:
    try:
        import pandas
    except ImportError:
        raise ExtraError(what=Phrase("DataFrames"), extra="pandas") from None
    return pandas  # type: ignore[no-any-return]  # a module without types


def _type(cells: Sequence[Cell]) -> str | None:
    """Return the type of a column that pandas would not find by itself where some values are missing."""
    filled = [c for c in cells if c is not None]
    for kind, name in ((bool, "boolean"), (int, "Int64")):
        if filled and all(type(c) is kind for c in filled):
            return name
    return "float64" if filled and all(type(c) in (int, float) for c in filled) else None


def _framed(cell: Cell) -> Any:
    if isinstance(cell, Number):
        return cell.plain()
    return cell if isinstance(cell, int | float) or cell is None else text_of(cell)


def _iri(cell: Cell) -> str | None:
    several = cell if isinstance(cell, tuple) else (cell,)
    return "; ".join(c.iri for c in several if isinstance(c, Entity | Term)) or None
