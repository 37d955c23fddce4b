"""Rows drawn together for people: what several rows repeat is told once, and each row's own value in a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from stdgraph.model.arranging import BEGINS, ENDS, Fold
from stdgraph.model.cells import Cell, text_of
from stdgraph.model.dates import earliest, latest
from stdgraph.model.light import replace

if TYPE_CHECKING:
    from stdgraph.model.results import Row, Table

    AnyTable = TypeVar("AnyTable", bound=Table)


def folded(table: AnyTable) -> AnyTable:
    """Return a table with its rows drawn together, where it has a fold that fits; else as it is."""
    fold = table.fold
    if fold is None or not fold.fits(table.columns):
        return table
    groups: dict[tuple[Cell, ...], list[Row]] = {}
    for row in table:
        groups.setdefault(tuple(row[name] for name in fold.by), []).append(row)
    ahead, told = [fold.by[0], fold.each[0]], {*fold.each[1:], fold.count}
    columns = [name for name in table.columns if name not in told]
    columns = [*ahead, *(name for name in columns if name not in ahead)]
    found = [_one(rows, columns, fold) for rows in groups.values()]
    for name in (fold.by[0], *reversed(fold.by[1:])):
        found = _alike(found, name, fold.each[0])
    return replace(table, columns=tuple(columns), rows=tuple(found))


def lines_by(table: AnyTable) -> tuple[str, int] | None:
    """Return the column by which rows are drawn together, and how many values it has; None where they are not."""
    fold = table.fold
    if fold is None or not fold.fits(table.columns):
        return None
    return fold.by[0], len({row[fold.by[0]] for row in table})


def _one(rows: Sequence[Row], columns: Sequence[str], fold: Fold) -> Row:
    """Return rows as one."""
    cells = {name: _drawn(name, [row[name] for row in rows]) for name in columns}
    cells[fold.each[0]] = tuple(filter(None, (_listed(row, fold) for row in rows)))
    sources = tuple(sorted({source for row in rows for source in row.sources}))
    records = tuple(record for row in rows for record in row.records)
    return replace(rows[0], cells=cells, sources=sources, records=records)


def _listed(row: Row, fold: Fold) -> str:
    """Return what a row says of its own: `refers to: Product Quality Law`, `is co-party with ×3`."""
    first, *rest = (text_of(row[name]) for name in fold.each)
    more = " ".join(filter(None, rest))
    number = text_of(row.cells.get(fold.count))
    return f"{first}: {more}" if more else first + (f" ×{number}" if number not in ("", "1") else "")


def _drawn(name: str, cells: Sequence[Cell]) -> Cell:
    """Return the cells of a column as one."""
    found = list(dict.fromkeys(cell for cell in cells if cell is not None))
    if len(found) < 2:
        return found[0] if found else None
    dates = [cell for cell in found if isinstance(cell, str)]
    if name in (*BEGINS, *ENDS) and len(dates) == len(found):
        return earliest(dates) if name in BEGINS else latest(dates)
    flat = [one for cell in found for one in (cell if isinstance(cell, tuple) else (cell,))]
    return tuple(dict.fromkeys(flat))


def _alike(rows: Iterable[Row], first: str, each: str) -> list[Row]:
    """Return rows of which those that differ in one column alone are one; the same sources must stand behind them.

    What lists nothing stays for itself.
    """
    groups: dict[tuple[object, ...], list[Row]] = {}
    for at, row in enumerate(rows):
        rest = tuple(cell for name, cell in row.cells.items() if name != first)
        groups.setdefault((*rest, row.sources, None if row[each] else at), []).append(row)
    return [_under(group, first) for group in groups.values()]


def _under(rows: Sequence[Row], first: str) -> Row:
    """Return rows that differ in one column alone as one."""
    return replace(rows[0], cells=rows[0].cells | {first: _drawn(first, [row[first] for row in rows])})
