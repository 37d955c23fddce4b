"""Answers that are too long to read: on the screen their first rows, or some of each kind, and how many there are of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from stdgraph.cli.layout import wrap
from stdgraph.cli.notes import Notes
from stdgraph.cli.tables import BOLD, Page, as_text, heading, told
from stdgraph.errors import UnknownColumnError
from stdgraph.locale import Phrase, marked, translated
from stdgraph.model import escape
from stdgraph.model.arranging import YEAR, values
from stdgraph.model.light import replace
from stdgraph.model.results import Row, Table

T = TypeVar("T", bound=Table)

LONG, MOST = 150, 100
"""An answer of more lines is cut to at most so many."""
KINDS = 16
"""So many kinds are counted above the rows."""
ALL = marked("All rows: --all.")
ALL_AND_COUNTS = marked("All rows: --all; counts alone: --group-by {by}.")
OF_EACH = marked("At most {number} of each are shown. All rows: --all; counts alone: --group-by {by}.")


def readable(table: Table, *, by: str = "", title: str = "", width: int = 110, color: bool = False, lang: str) -> str:
    """Return a table for people, cut where it is long; `by` is the column (or `year`) that tells its rows apart.

    A cut one begins with the number of its rows of each kind, has some of each, and ends with how to see all.
    """
    whole = as_text(table, title=title, width=width, color=color, lang=lang)
    if (lines := whole.count("\n")) <= LONG:
        return whole
    page = Page(width, color, lang, notes=Notes.of([], lang))
    head = [page.told(line, BOLD) for line in wrap(escape.line(title), width)] if title else []
    counts = _counts(table, by, page)
    kept, number, text = table, 0, whole
    for fewer in _fewer(len(table), lines):
        kept, number = _some(table, by if counts else "", fewer)
        text = as_text(kept, width=width, color=color, lang=lang)
        if len(head) + len(counts) + text.count("\n") < MOST:
            break
    message = (OF_EACH if number else ALL_AND_COUNTS) if counts else ALL
    more = wrap(str(translated(Phrase(message, number=number, by=by), lang)), width)
    return "".join(f"{line}\n" for line in (*head, *counts, *text.splitlines(), *more))


def _fewer(rows: int, lines: int) -> Iterator[int]:
    """Yield ever smaller numbers of rows, the first by how many lines a row takes on the whole."""
    number = rows * MOST // lines
    while number > 1:
        yield number
        number = number * 9 // 10
    yield 1


def _counts(table: Table, by: str, page: Page) -> list[str]:
    """Return how many rows there are of each kind, in a line; nothing where the table does not tell."""
    try:
        found = table.group(by) if by else None
    except UnknownColumnError:
        return []
    if not found or len(found) < 2:
        return []
    column = found.columns[0]
    parts = [f"{told(column, row[column], page.lang) or '–'} {row['count']}" for row in found[:KINDS]]
    more = [f"… ({len(found)})"] if len(found) > KINDS else []
    return wrap(escape.line(f"{heading(found, column, page.lang)}: {' · '.join([*parts, *more])}"), page.width)


def _some(table: T, by: str, most: int) -> tuple[T, int]:
    """Return at most so many rows: as many of each kind as there is room for, and how many that is; else the first, and 0."""
    kinds: dict[object, list[Row]] = {}
    for row in table if by and by != YEAR else ():
        for value in values(row[by])[:1]:
            kinds.setdefault(value, []).append(row)
    each = max((n for n in range(1, most) if sum(min(n, len(rows)) for rows in kinds.values()) <= most), default=0)
    if not kinds or not each:
        return table.limit(most), 0
    chosen = {id(row) for rows in kinds.values() for row in rows[:each]}
    return replace(table, rows=tuple(row for row in table if id(row) in chosen), whole=len(table)), each
