"""Tables for people: aligned columns where all words fit, else cards; under them numbered sources, and a line that counts."""

from __future__ import annotations

from stdgraph.cli.layout import GAP, columns, flow, pieces, widths, wrap
from stdgraph.cli.notes import INDENT, Notes
from stdgraph.locale import Phrase, in_words, located, marked, translated
from stdgraph.model import escape
from stdgraph.model.folding import folded, lines_by
from stdgraph.model.results import Cell, Entity, Kind, Table, text_of

ROOMY = 50
"""Lines that cards may take with a line for each column; longer ones flow, a paragraph for each row."""
TALL = 2
"""Lines that a row of a table may take on the whole, before cards that are shorter take its place."""
SHORTER = 0.7
"""Cards that take less than so much of the lines of a long table, two screens of it, take its place."""
SEVERAL = 3
"""So many cards need not repeat what all of them say."""
PLACES = ("place", "where")
"""Columns that hold places in documents."""
BOLD, FAINT, PLAIN = "1", "2", ""
SOURCE = "source"
ONE_ROW, MORE_ROWS = marked("{rows} row"), marked("{rows} rows")
OF_ALL = marked("{rows} of {all} rows")
ONE_DOCUMENT, MORE_DOCUMENTS = marked("{rows}, {documents} document"), marked("{rows}, {documents} documents")


class Page:
    """How tables are laid out: for how wide a screen, in which language and colours, with whose notes."""

    def __init__(
        self, width: int = 110, color: bool = False, lang: str = "en", numbered: bool = True, *, notes: Notes
    ) -> None:
        self.width = width
        self.color = color
        self.lang = lang
        self.numbered = numbered
        self.notes = notes

    def told(self, text: str, style: str) -> str:
        """Return a text in a style, where the page has colours."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.color and style and text else text


def as_text(
    table: Table,
    *,
    title: str = "",
    width: int = 110,
    color: bool = False,
    numbered: bool = True,
    lang: str = "en",
    full: bool = False,
) -> str:
    """Return a table for people: title, a table or cards, numbered sources (in full where asked for), the counts."""
    page = Page(width, color, lang, numbered, notes=Notes.of([table] if numbered else [], lang, full=full))
    lines = [*body(table, page, title), *foot(page), *tally(table, page)]
    return "".join(f"{line}\n" for line in lines)


def body(table: Table, page: Page, title: str = "") -> list[str]:
    """Return the lines of a table without its notes and counts."""
    lines = [page.told(line, BOLD) for line in wrap(escape.line(title), page.width)] if title else []
    if not len(table):
        return [*lines, str(translated(Phrase("(none)"), page.lang))]
    sheet = _filled(folded(table), page)
    drawn = _drawn(sheet, page)
    if _is_low(sheet, drawn):
        cards = _cards(sheet, page) if len(drawn) > 2 * ROOMY else drawn
        return lines + (cards if len(cards) < SHORTER * len(drawn) else drawn)
    if less := _without_aside(table, page):
        return lines + less
    cards = _cards(sheet, page)
    return lines + (drawn if drawn and len(drawn) <= len(cards) else cards)


def _drawn(sheet: Sheet, page: Page) -> list[str]:
    """Return the lines of a table; none where its words do not fit."""
    found = widths([sheet.head, *sheet.rows], page.width)
    return _lines(sheet, found, page) if found else []


def _is_low(sheet: Sheet, drawn: list[str]) -> bool:
    return bool(drawn) and len(drawn) <= TALL * len(sheet.rows) + 2


def _without_aside(table: Table, page: Page) -> list[str]:
    """Return a table without the columns that may stand aside, and what they are; nothing where it has none, or is high."""
    aside = [name for name in table.aside if name in table.columns]
    if not aside:
        return []
    sheet = _filled(folded(table.without(*aside)), page)
    if not _is_low(sheet, drawn := _drawn(sheet, page)):
        return []
    names = ", ".join(heading(table, name, page.lang) for name in aside)
    message = Phrase("Without {names}, for want of room: --columns {all}", names=names, all=",".join(table.columns))
    return [*drawn, "", *wrap(str(translated(message, page.lang)), page.width)]


def block(table: Table, page: Page, title: str) -> list[str]:
    """Return the lines of a short list on a page: its title above the first column if it fits; else cards, or a line more."""
    sheet, title = _filled(table, page), escape.line(title)
    above: list[str] = []
    heads = [title, *sheet.head[1:]]
    found = widths([heads, *sheet.rows], page.width)
    if not found or columns(title) > found[0]:
        above, heads = wrap(title, page.width), sheet.head
        found = widths([heads, *sheet.rows], page.width)
    drawn = [line for cells in sheet.rows for line in _aligned(cells, found)] if found else []
    if found and len(drawn) <= 2 * len(sheet.rows):
        return [page.told(line, BOLD) for line in [*above, *_aligned(heads, found)]] + drawn
    cards = [line for cells in sheet.rows for line in _dense(sheet, cells, page)]
    return [page.told(line, BOLD) for line in wrap(title, page.width)] + cards


def foot(page: Page) -> list[str]:
    """Return the notes that were numbered so far, after an empty line."""
    return ["", *page.notes.lines(page.width)] if page.notes.documents else []


def tally(table: Table, page: Page) -> list[str]:
    """Return a line that counts the rows of a table and the documents behind them; nothing for an empty one."""
    documents = len(page.notes.documents)
    if not len(table):
        return []
    told = rows_of(table, page.lang)
    if drawn := lines_by(table):
        column = heading(table, drawn[0], page.lang)
        told = str(
            translated(Phrase("{rows}, {column}: {number}", rows=told, number=drawn[1], column=column), page.lang)
        )
    if documents:
        message = ONE_DOCUMENT if documents == 1 else MORE_DOCUMENTS
        told = translated(Phrase(message, rows=told, documents=documents), page.lang)
    return [told] if documents else ["", told]


def rows_of(table: Table, lang: str) -> str:
    """Return how many rows a table has, and of how many where some were left out."""
    rows, whole = len(table), table.whole or 0
    message = OF_ALL if whole > rows else ONE_ROW if rows == 1 else MORE_ROWS
    return str(translated(Phrase(message, rows=rows, all=whole), lang))


class Sheet:
    """Headings and cells as they are printed; the last column may hold the numbers of notes.

    `listed` is the heading of the column in which rows that were drawn together list their values: it says itself what it is.
    """

    def __init__(self, head: list[str], rows: list[list[str]], *, marked: bool, listed: str = "") -> None:
        self.head = head
        self.rows = rows
        self.marked = marked
        self.listed = listed


def _filled(table: Table, page: Page) -> Sheet:
    """Return the columns that have a value, their headings translated in Chinese, the notes' numbers last."""
    rows = [[escape.line(told(c, row.cells[c], page.lang)) for c in table.columns] for row in table]
    names = list(table.columns)
    numbered = page.numbered and any(row.sources for row in table)
    if numbered:
        names.append(SOURCE)
        for cells, row in zip(rows, table, strict=True):
            cells.append(page.notes.marks(row.sources))
    noted = {at for at, name in enumerate(table.columns) if numbered and is_noted(table, name)}
    kept = [at for at in range(len(names)) if at not in noted and any(cells[at].strip() for cells in rows)] or [0]
    head = [escape.line(heading(table, names[at], page.lang)) for at in kept]
    listed = heading(table, table.fold.each[0], page.lang) if table.fold else ""
    return Sheet(head, [[cells[at] for at in kept] for cells in rows], marked=numbered, listed=listed)


def is_noted(table: Table, column: str) -> bool:
    """Tell whether a column holds nothing but the documents that the notes of its rows name."""
    cells = ((row[column], {source.source for source in row.sources}) for row in table)
    return all(isinstance(cell, Entity) and {cell.iri} == documents for cell, documents in cells)


def heading(table: Table, column: str, lang: str) -> str:
    """Return what stands above a column: its name in words, in Chinese what the question or the catalogue calls it."""
    if lang == "zh":
        return table.titles.get(column) or in_words("heading", column, lang)
    return column.replace("_", " ")


def told(column: str, cell: Cell, lang: str) -> str:
    """Return what a cell says to people: codes such as `possible`, and places in documents, in their language."""
    if lang != "zh":
        return text_of(cell)
    if isinstance(cell, Kind):
        return cell.label
    if column in PLACES and isinstance(cell, str | tuple):
        return "; ".join(located(text_of(one), lang) for one in (cell if isinstance(cell, tuple) else (cell,)))
    return in_words(f"cell.{column}", text_of(cell), lang)


def _lines(sheet: Sheet, found: list[int], page: Page) -> list[str]:
    lines = [page.told(line, BOLD) for line in _aligned(sheet.head, found)]
    lines.append(_line(["─" * w for w in found], found))
    for cells in sheet.rows:
        lines += _aligned(cells, found)
    return lines


def _aligned(cells: list[str], found: list[int]) -> list[str]:
    """Return the lines of one row."""
    wrapped = [wrap(cell, w) for cell, w in zip(cells, found, strict=True)]
    high = max(map(len, wrapped))
    return [_line([w[at] if at < len(w) else "" for w in wrapped], found) for at in range(high)]


def _line(cells: list[str], found: list[int]) -> str:
    gap = " " * GAP
    return gap.join(c + " " * (w - columns(c)) for c, w in zip(cells, found, strict=True)).rstrip()


def _shared(sheet: Sheet) -> list[int]:
    """Return which columns say the same in every one of several rows; never the first, nor that of the notes."""
    last = len(sheet.head) - sheet.marked
    return [at for at in range(1, last) if len(sheet.rows) >= SEVERAL and len({cells[at] for cells in sheet.rows}) == 1]


def _cards(sheet: Sheet, page: Page) -> list[str]:
    """Return cards: a line for each column while they are few, else a paragraph for each row; what all say comes first."""
    same = _shared(sheet)
    if same:
        parts = [(FAINT, [str(translated(Phrase("every row"), page.lang))])]
        for at in same:
            parts += [(FAINT, [" ", f"· {sheet.head[at]}:"]), (PLAIN, [" ", *pieces(sheet.rows[0][at])])]
        rest = [at for at in range(len(sheet.head)) if at not in same]
        rows = [[cells[at] for at in rest] for cells in sheet.rows]
        alone = Sheet([sheet.head[at] for at in rest], rows, marked=sheet.marked, listed=sheet.listed)
        return [*_runs(parts, page), *_cards(alone, page)]
    if len(sheet.rows) <= ROOMY:
        roomy = [line for cells in sheet.rows for line in _roomy(sheet, cells, page)][1:]
        if len(roomy) <= ROOMY:
            return roomy
    return [line for cells in sheet.rows for line in _dense(sheet, cells, page)]


def _roomy(sheet: Sheet, cells: list[str], page: Page) -> list[str]:
    """Return a card with a line `column: value` for each value, after an empty line."""
    lines = [""]
    for name, cell in zip(sheet.head, cells, strict=True):
        if cell:
            lines += _runs([(FAINT, [f"{name}:"]), (PLAIN, [" ", *pieces(cell)])], page)
    return lines


def _dense(sheet: Sheet, cells: list[str], page: Page) -> list[str]:
    """Return a card as a paragraph: the first value, then `· column: value` for each other, the notes' numbers last."""
    last = len(cells) - 1 if sheet.marked else len(cells)
    parts: list[tuple[str, list[str]]] = [(BOLD, pieces(cells[0]))] if cells[0] else []
    for name, cell in zip(sheet.head[1:last], cells[1:last], strict=True):
        if cell:
            found = pieces(cell)
            if name == sheet.listed and parts:
                parts += [(PLAIN, [" ", f"· {found[0]}", *found[1:]])]
            else:
                parts += [(FAINT, [" ", f"· {name}:"] if parts else [f"{name}:"]), (PLAIN, [" ", *found])]
    if cells[last:] and cells[last]:
        parts.append((PLAIN, [" ", *pieces(cells[last])]))
    return _runs(parts, page)


def _runs(parts: list[tuple[str, list[str]]], page: Page) -> list[str]:
    lines = flow(parts, page.width, INDENT)
    return ["".join(page.told(text, style) for style, text in line).rstrip() for line in lines]
