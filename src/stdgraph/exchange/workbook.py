"""The one door to XlsxWriter: tables as a workbook, their sources on a second sheet, how they were computed on a third."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import isfinite
from typing import TYPE_CHECKING, Any

from stdgraph.charts.words import heading
from stdgraph.errors import ExtraError
from stdgraph.locale import Phrase, in_words, located, marked, translated
from stdgraph.model import escape
from stdgraph.model.cells import EXACT, Cell, Kind, Number, text_of
from stdgraph.model.glance import wide
from stdgraph.model.results import Source, Table

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MADE = datetime(2000, 1, 1)
DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
FIRST_YEAR = 1901
"""Before it Excel counts days in another way: earlier days stay text."""
LONGEST = 32_767
"""Characters that a cell holds."""
WIDEST = 60
SHEETS = (marked("Rows"), marked("Sources"), marked("How computed"))
COLUMNS = (marked("row"), marked("document"), marked("place"), marked("confidence"), marked("key"))
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""No text becomes anything else."""
STYLES: Mapping[str, Mapping[str, Any]] = {
    "head": {"bold": True, "bottom": 1},
    "day": {"num_format": "yyyy-mm-dd", "align": "left"},
    "text": {"text_wrap": True, "valign": "top"},
}
Facts = Sequence[tuple[str, str]]


def new_book(title: str, styles: Mapping[str, Mapping[str, Any]]) -> tuple[Any, io.BytesIO, dict[str, Format]]:
    """Return an empty workbook in which no text becomes anything else, where it is written, and its styles by name.

    Raises:
        ExtraError: XlsxWriter is not installed.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise ExtraError(what=Phrase("Workbooks"), extra="xlsx") from None
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, PLAIN)
    book.set_properties({"title": escape.xml(title)[:250], "created": MADE, "author": "stdgraph"})
    return book, out, {name: book.add_format(style) for name, style in styles.items()}


def workbook(table: Table, *, title: str = "", lang: str = "en", facts: Facts = (), query: str = "") -> bytes:
    """Return a workbook of a table: rows, sources (by the number of the row), how it was computed.

    Numbers are numbers, whole days are days (`2019-04` and `2019?` stay text, as precise as the source), and no text
    becomes a formula or a link. The same table gives the same bytes.

    Raises:
        ExtraError: XlsxWriter is not installed.
    """
    book, out, styles = new_book(title, STYLES)
    rows, sources, computed = (book.add_worksheet(str(translated(Phrase(name), lang))) for name in SHEETS)
    _fill(rows, *_rows(table, lang), styles)
    _fill(sources, [str(translated(Phrase(c), lang)) for c in COLUMNS], _sources(table, lang), styles)
    asked = [[number, line] for number, line in enumerate(query.splitlines(), 1)]
    _fill(computed, ["", ""], [[title, ""], *map(list, facts), *asked], styles)
    book.close()
    return out.getvalue()


def _rows(table: Table, lang: str) -> tuple[list[str], list[list[Any]]]:
    """Return headings and rows, of the columns that have a value, each row behind its number."""
    names = [n for n in table.columns if any(text_of(row.cells[n]) for row in table)] or list(table.columns)
    heads = [str(translated(Phrase(COLUMNS[0]), lang)), *(heading(table, n, lang) for n in names)]
    return heads, [[n, *(_told(row.cells[c], c, lang) for c in names)] for n, row in enumerate(table, 1)]


def _sources(table: Table, lang: str) -> list[list[Any]]:
    return [[n, *_source(source, lang)] for n, row in enumerate(table, 1) for source in row.sources]


def _source(source: Source, lang: str) -> list[Any]:
    key = source.source.rstrip("/").rpartition("/")[2]
    return [source.title, located(source.locator, lang), source.confidence, key]


def _told(cell: Cell, column: str, lang: str) -> Any:
    """Return a cell as a workbook holds it: a number, a day, true or false, else text."""
    if isinstance(cell, bool) or cell is None:
        return cell
    if isinstance(cell, Number):
        return cell.plain()
    if isinstance(cell, int | float) and isfinite(cell) and abs(cell) < EXACT:
        return cell
    if isinstance(cell, Kind):
        return cell.label if lang == "zh" else text_of(cell)
    text = in_words(f"cell.{column}", text_of(cell), lang)
    return _day(text) or text


def _day(text: str) -> date | None:
    found = DAY.fullmatch(text)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
    return day if day and day.year >= FIRST_YEAR else None


def _fill(sheet: Worksheet, heads: Sequence[str], lines: Sequence[Sequence[Any]], styles: dict[str, Format]) -> None:
    """Write a sheet: headings that stay in view, rows, columns as wide as what they hold."""
    widths = [wide(head) + 2 for head in heads]
    for at, head in enumerate(heads):
        sheet.write_string(0, at, escape.xml(head), styles["head"])
    for number, line in enumerate(lines, 1):
        for at, value in enumerate(line):
            _write(sheet, number, at, value, styles)
            longest = max(map(wide, str("" if value is None else value).splitlines()), default=0)
            widths[at] = max(widths[at], min(longest + 1, WIDEST))
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    sheet.freeze_panes(1, 0)
    if lines and any(heads):
        sheet.autofilter(0, 0, len(lines), len(heads) - 1)


def _write(sheet: Worksheet, row: int, column: int, value: Any, styles: dict[str, Format]) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, styles["day"])
    elif value is not None and str(value):
        sheet.write_string(row, column, escape.xml(str(value))[:LONGEST], styles["text"])
