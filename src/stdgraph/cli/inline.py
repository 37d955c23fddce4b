"""Lists of a page that stand in a line or two, `Partners (68), records: United Kingdom 26 · Russia 14 · …`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stdgraph.cli.layout import columns, flow, pieces
from stdgraph.cli.notes import INDENT
from stdgraph.cli.tables import BOLD, PLAIN, Page, heading, told
from stdgraph.locale import Phrase, marked, translated
from stdgraph.model import escape
from stdgraph.model.light import replace
from stdgraph.model.results import Answer, Row, Table

if TYPE_CHECKING:
    from stdgraph.services.profile import Panel

LINES = 2
"""So many lines a list takes, and one more where it has not so many rows there as its file says."""
SIDES: dict[tuple[str, ...], str] = {("from", "to"): " → ", ("one", "other"): " – "}
"""Columns that hold the two sides of a tie, and what stands between them."""
MARKS = 12
"""Columns that the numbers of its notes take at its end."""


def is_inline(panel: Panel) -> bool:
    """Tell whether a list stands in a line: its file says so, and it has the columns; or it is counted by kind, being long."""
    return is_counted(panel) or (bool(panel.line) and set(panel.line) <= set(panel.answer.columns))


def is_counted(panel: Panel) -> bool:
    """Tell whether not the rows of a list stand there but how many there are of each kind: of a list that is not whole."""
    return bool(panel.by) and panel.count > panel.show


def fitting(panel: Panel, width: int, lang: str) -> Answer:
    """Return the first rows of such a list, or the counts of what they are, as many as two lines hold; of rows `show` in three."""
    found = panel.answer.group(panel.by) if is_counted(panel) else panel.answer.select(*panel.line)
    room = LINES * width - MARKS - columns(_head(panel, found, lang)) - columns(_more(panel, found, 0, lang))
    if is_counted(panel):
        found = replace(found, rows=tuple(replace(row, sources=()) for row in found))
    for number, row in enumerate(found):
        room -= columns(_said(found, row, lang)) + 3
        if room < (-width if number < panel.show and not is_counted(panel) else 0):
            return found[: max(number, 1)]
    return found


def inline(panel: Panel, found: Table, page: Page) -> list[str]:
    """Return the lines of such a list: its title, its rows one after another, their notes, and how to see the rest.

    Counts have no notes: the list has.
    """
    parts = [(BOLD, pieces(_head(panel, found, page.lang)))]
    for at, row in enumerate(found):
        gap = " · " if at else _gap(page.lang)
        parts.append((PLAIN, pieces(gap + _said(found, row, page.lang))))
    sources = tuple(sorted({source for row in found for source in row.sources}))
    rest = _more(panel, found, len(found), page.lang)
    parts += [(PLAIN, pieces(f" {text}")) for text in (page.notes.marks(sources), rest) if text]
    lines = flow(parts, page.width, INDENT)
    return ["".join(page.told(text, style) for style, text in line).rstrip() for line in lines]


def _head(panel: Panel, found: Table, lang: str) -> str:
    """Return the title with the number of all rows, and what the numbers behind the rows count."""
    last = found.columns[-1]
    comma, colon = ("，", "：") if lang == "zh" else (", ", ":")
    count = "" if is_counted(panel) or not _is_number(found, last) else comma + heading(found, last, lang)
    return escape.line(f"{panel.title} ({panel.count}){count}{colon}")


def _gap(lang: str) -> str:
    """Return what stands behind a colon."""
    return "" if lang == "zh" else " "


def _said(found: Table, row: Row, lang: str) -> str:
    """Return a row in words: its texts, a dash for none, then its numbers."""
    cells = [(name, told(name, row.cells[name], lang)) for name in found.columns]
    texts = _between(found, lang).join(text for name, text in cells if text and not _is_number(found, name))
    numbers = " ".join(text for name, text in cells if text and _is_number(found, name))
    return escape.line(f"{texts or '–'} {numbers}".strip())


def _between(found: Table, lang: str) -> str:
    """Return what stands between the texts of a row: of a tie from one to another an arrow, of one of two a dash."""
    return SIDES.get(found.columns[:2], "，" if lang == "zh" else ", ")


def _is_number(found: Table, column: str) -> bool:
    return all(isinstance(row.cells[column], int | float | None) for row in found)


def _more(panel: Panel, found: Table, shown: int, lang: str) -> str:
    """Return how many rows, or kinds of them, there are beside those shown, and the list that holds them."""
    whole = found.whole or len(found)
    if shown >= whole:
        return ""
    kinds, rows = marked("… {number} more kinds: --panel {name}"), marked("… {number} more: --panel {name}")
    message = kinds if is_counted(panel) else rows
    return str(translated(Phrase(message, number=whole - shown, name=panel.name), lang))
