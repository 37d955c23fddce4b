"""A table at a glance, for a Python prompt and for a notebook: its first rows, and how many there are."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from stdgraph.locale import Phrase, in_words, located, marked, translated
from stdgraph.model import escape
from stdgraph.model.cells import Cell, Entity, Kind, Term, text_of

ROWS, WIDTH, CELL = 20, 110, 44
"""Rows and columns of a glance, and columns of one of its cells at most."""
PAGE = 60
"""Rows that a notebook shows at most."""
ONE = marked("{rows} row, {columns} columns")
SIZE = marked("{rows} rows, {columns} columns")
SHOWN = marked("{shown} of {rows} rows, {columns} columns")
MORE = marked("not shown: {names}")


class HasTitle(Protocol):
    """A document, and a place in it."""

    @property
    def source(self) -> str: ...  # noqa: D102 (as results.Source says)
    @property
    def title(self) -> str: ...  # noqa: D102 (as results.Source says)
    @property
    def locator(self) -> str: ...  # noqa: D102 (as results.Source says)


class HasCells(Protocol):
    """A row with its sources."""

    @property
    def cells(self) -> dict[str, Cell]: ...  # noqa: D102 (as results.Row says)
    @property
    def sources(self) -> Sequence[HasTitle]: ...  # noqa: D102 (as results.Row says)


def wide(text: str) -> int:
    """Return how many columns of a terminal a text takes, a Chinese character two.

    >>> wide("ISO 标准")
    8
    """
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def cut(text: str, width: int) -> str:
    """Return a text, or the beginning of one that is too wide, with `…` behind it.

    >>> cut("中国标准化协会", 7)
    '中国标…'
    """
    if wide(text) <= width:
        return text
    kept = ""
    for sign in text:
        if wide(kept + sign) >= width:
            break
        kept += sign
    return kept + "…"


def text(columns: Sequence[str], rows: Sequence[HasCells], *, title: str = "", lang: str = "en") -> str:
    """Return the first rows as aligned columns, those that fit, under a title; the last line tells what there is.

    >>> from stdgraph.model.results import table
    >>> print(text(("body", "records"), table(("body", "records"), [{"body": "BSI", "records": 3}])))
    body  records
    BSI         3
    1 row, 2 columns
    """
    filled = _filled(columns, rows[:ROWS])
    widths: dict[str, int] = {}
    for name in filled:
        width = max(wide(name), *(min(wide(_line(row, name)), CELL) for row in rows[:ROWS]))
        if widths and sum(widths.values()) + 2 * len(widths) + width > WIDTH:
            break
        widths[name] = width
    lines = [escape.line(title)] if title else []
    if rows:
        lines += [_padded([(name, widths[name], _is_number(rows, name)) for name in widths])]
    for row in rows[:ROWS]:
        cells = [(cut(_line(row, n), CELL), w, _is_number(rows, n)) for n, w in widths.items()]
        lines.append(_padded(cells))
    return "\n".join([*lines, _size(columns, rows, min(len(rows), ROWS), [n for n in filled if n not in widths], lang)])


def _filled(columns: Sequence[str], rows: Sequence[HasCells]) -> list[str]:
    return [n for n in columns if any(text_of(row.cells[n]) for row in rows)]


def _line(row: HasCells, name: str) -> str:
    return escape.line(text_of(row.cells[name]))


def _is_number(rows: Sequence[HasCells], name: str) -> bool:
    return all(isinstance(row.cells[name], int | float | None) for row in rows[:ROWS])


def _padded(cells: Sequence[tuple[str, int, bool]]) -> str:
    told = [" " * (w - wide(t)) + t if number else t + " " * (w - wide(t)) for t, w, number in cells]
    return "  ".join(told).rstrip()


def _size(columns: Sequence[str], rows: Sequence[HasCells], shown: int, left: Sequence[str], lang: str) -> str:
    message = SHOWN if shown < len(rows) else ONE if len(rows) == 1 else SIZE
    told = str(translated(Phrase(message, shown=shown, rows=len(rows), columns=len(columns)), lang))
    return told + (f" ({translated(Phrase(MORE, names=', '.join(left)), lang)})" if left else "")


def html(
    columns: Sequence[str],
    rows: Sequence[HasCells],
    *,
    titles: Mapping[str, str],
    title: str = "",
    lang: str = "en",
    picture: str = "",
) -> str:
    """Return the first rows as HTML, with a picture above and numbered sources below."""
    shown = rows[:PAGE]
    names = _filled(columns, shown) or list(columns)
    numbers = _numbers(shown)
    head = [titles.get(n, n) for n in names] + ([in_words("heading", "source", lang)] if numbers else [])
    parts = [f"<p><b>{escape.html(title)}</b></p>"] if title else []
    parts += [f"<figure>{picture}</figure>"] if picture else []
    parts.append(f"<table><thead><tr>{''.join(f'<th>{escape.html(h)}</th>' for h in head)}</tr></thead><tbody>")
    for row in shown:
        cells = "".join(f"<td>{_cell(row.cells[n], lang)}</td>" for n in names)
        marks = ", ".join(str(n) for n in sorted({numbers[s.source, s.title, s.locator] for s in row.sources}))
        parts.append(f"<tr>{cells}{f'<td>{marks}</td>' if numbers else ''}</tr>")
    parts.append(f"</tbody></table><p>{escape.html(_size(columns, rows, len(shown), [], lang))}</p>")
    return "".join([*parts, *_notes(numbers, lang)])


def _numbers(rows: Sequence[HasCells]) -> dict[tuple[str, str, str], int]:
    """Return a number for each place in a document that rows name."""
    found = dict.fromkeys((s.source, s.title, s.locator) for row in rows for s in row.sources)
    return {place: number for number, place in enumerate(found, 1)}


def _notes(numbers: Mapping[tuple[str, str, str], int], lang: str) -> Iterator[str]:
    if numbers:
        items = (f"<li>{escape.html(': '.join(filter(None, (t, located(at, lang)))))}</li>" for _, t, at in numbers)
        yield f"<ol>{''.join(items)}</ol>"


def _cell(cell: Cell, lang: str) -> str:
    return "; ".join(_value(one, lang) for one in (cell if isinstance(cell, tuple) else (cell,)))


def _value(cell: Cell, lang: str) -> str:
    if isinstance(cell, Entity):
        return escape.link(cell.iri, cell.label)
    return escape.html(
        cell.label if isinstance(cell, Term) and not (isinstance(cell, Kind) and lang == "en") else text_of(cell)
    )
