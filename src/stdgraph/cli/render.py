"""Results in the forms that people and programs read: tables for a terminal, CSV, TSV, JSON, Markdown."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from stdgraph.cli.options import Settings
from stdgraph.errors import OutputError, ParameterError
from stdgraph.locale import Foreign, Phrase, in_words, located, marked, translated
from stdgraph.model import escape
from stdgraph.model.results import Answer, Cell, Kind, Record, Row, Source, Table, text_of

TABLES = ("table", "csv", "tsv", "json", "md")
SHEETS = {"csv": ",", "tsv": "\t"}
"""Forms that spreadsheets open, and what stands between their cells."""
WITH_RECORDS = ("table", "json")
"""Forms that have room for the records behind a row, and for their proofs."""
PLACES = ("place", "where")
"""Columns that hold places in documents."""
CLOSING = "，。、；：！？）》”…"
"""Marks that begin no line."""
SMALLEST, LONGEST = 8, 18
"""Columns that a column of a table may shrink to, and the longest word that is kept whole."""


def emit(settings: Settings, text: str | bytes) -> None:
    """Write a result to the file asked for (atomically) or to standard output; on a terminal no text of it steers that."""
    if isinstance(text, str) and not settings.output and sys.stdout.isatty():
        is_table = (settings.format or settings.usual_format) in (None, "table")
        text = escape.lines(text, coloured=is_table and settings.color)
    data = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
    if settings.output:
        from stdgraph.storage.writing import write_atomic

        write_atomic(Path(settings.output), data)
        return
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        drop_output()
        raise OutputError(path="-", detail=Foreign(error.strerror or error)) from None


def drop_output() -> None:
    """Let go of what standard output still holds and cannot take: Python would try again at its end, and fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def stdin_text() -> str:
    """Return standard input, which must be UTF-8; raises FileError."""
    from stdgraph.errors import FileError
    from stdgraph.storage.files import read_stream

    try:
        return read_stream(sys.stdin.buffer).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(path="-", detail=Phrase("not UTF-8 at byte {number}", number=error.start)) from None


HERE = marked("'{form}' makes no sense here; choose {forms}")


def chosen(settings: Settings, allowed: Sequence[str] = TABLES, refusal: str = HERE) -> str:
    """Return the form to write: that of -f or of the file's suffix, else the usual one, else the first.

    What else was asked for is refused by a message with places for `{form}` and `{forms}`.

    Raises:
        ParameterError: this command does not write the form asked for.
    """
    usual = settings.usual_format
    wanted = settings.format or (usual if usual in allowed else None) or allowed[0]
    if wanted not in allowed:
        detail = Phrase(refusal, form=wanted, forms=", ".join(allowed))
        raise ParameterError(parameter="format", detail=detail)
    if settings.excel and wanted not in SHEETS:
        raise ParameterError(parameter="excel", detail=Phrase("goes with csv and tsv; give -f csv"))
    return wanted


def emit_table(
    settings: Settings, table: Table, *, title: str = "", sources: bool = False, numbered: bool = True
) -> None:
    """Write a table in the format asked for; the terminal form has a numbered list of sources under it."""
    emit(settings, rendered(settings, table, title=title, sources=sources, numbered=numbered))


def rendered(
    settings: Settings, table: Table, *, form: str = "", title: str = "", sources: bool = False, numbered: bool = True
) -> str:
    """Return a table in a form, or in the one asked for."""
    form = form or chosen(settings)
    if form == "json":
        return as_json(table.to_json() if isinstance(table, Answer) else table.to_dicts())
    if form in SHEETS:
        return as_csv(table, SHEETS[form], sources=sources, lang=settings.lang, excel=settings.excel)
    if form == "md":
        return as_markdown(table, sources=sources, lang=settings.lang)
    width, color = screen_width(settings), settings.color
    return as_text(table, title=title, width=width, color=color, numbered=numbered, lang=settings.lang)


def as_json(value: Any) -> str:
    """Return JSON, Chinese as it is, with a final line break."""
    return escape.json(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def as_lines(lines: Iterable[str]) -> str:
    """Return lines for people as one text; none of them can break, or steer a terminal."""
    return "".join(f"{escape.line(line)}\n" for line in lines)


def source_text(sources: Iterable[Source], lang: str = "en") -> str:
    """Return sources in one line."""
    return "; ".join(source.text(lang) for source in sources)


def record_lines(record: Record, lang: str = "en") -> list[str]:
    """Return a record as indented lines: date, label, id, where it stands, and the proof of each link it makes."""
    head = f"    {record.date or '-'}  {record.label}  <{record.iri}>"
    at = [f"        = {record.place}"] if record.place and not record.proofs else []
    return [head, *at, *(f"        {line}" for proof in record.proofs for line in proof.lines(lang))]


def _grid(table: Table, sources: bool, lang: str) -> list[list[str]]:
    quoted = any(source.excerpt for row in table for source in row.sources)
    head = [*table.columns, *(["sources"] if sources else []), *(["excerpt"] if quoted else [])]
    rows = [[text_of(row.cells[c]) for c in table.columns] for row in table]
    told = [[source_text(row.sources, lang)] if sources else [] for row in table]
    if quoted:
        told = [[*read, "; ".join(_excerpts(row))] for read, row in zip(told, table, strict=True)]
    return [head, *(cells + read for cells, read in zip(rows, told, strict=True))]


def _excerpts(row: Row) -> list[str]:
    return list(dict.fromkeys(source.excerpt for source in row.sources if source.excerpt))


def as_csv(table: Table, delimiter: str, *, sources: bool = False, lang: str = "en", excel: bool = False) -> str:
    """Return comma- or tab-separated values (RFC 4180; tabs and line breaks inside TSV cells become spaces).

    For Excel no cell begins a formula, and a byte-order mark says that the text is UTF-8.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n" if delimiter == "\t" else "\r\n")
    for line in _grid(table, sources, lang):
        cells = [" ".join(c.split()) for c in line] if delimiter == "\t" else line
        writer.writerow(map(escape.spreadsheet, cells) if excel else cells)
    return "\ufeff" * excel + out.getvalue()


def as_markdown(table: Table, *, sources: bool = False, lang: str = "en") -> str:
    """Return a Markdown table."""
    head, *rows = [[escape.markdown(c) for c in line] for line in _grid(table, sources, lang)]
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def screen_width(settings: Settings) -> int:
    """Return how many characters a line may hold: the terminal's width, or 110 off a terminal."""
    if settings.output or not (sys.stdout.isatty() or "COLUMNS" in os.environ):
        return 110
    return max(shutil.get_terminal_size((110, 24)).columns, 40)


def as_text(
    table: Table, *, title: str = "", width: int = 110, color: bool = False, numbered: bool = True, lang: str = "en"
) -> str:
    """Return a table for people: title, headings (translated in Chinese), wrapped columns, numbered sources.

    Columns without a value are left out.
    """
    places: dict[str, int] = {}
    grid = []
    shown = [c for c in table.columns if any(row.cells[c] not in (None, "", ()) for row in table)]
    shown = shown or list(table.columns)
    for row in table:
        line = [escape.line(_told(c, row.cells[c], lang)) for c in shown]
        grid.append(line + ([_marks(row, places, lang)] if numbered else []))
    numbered = numbered and bool(places)
    columns = [*shown, *(["source"] if numbered else [])]
    head = [table.titles.get(c) or in_words("heading", c, lang) for c in columns] if lang == "zh" else columns
    lines = [_bold(escape.line(title), color)] if title else []
    if grid:
        lines += _lines(list(map(escape.line, head)), [g[: len(head)] for g in grid], width, color)
    else:
        lines.append(translated(Phrase("(none)"), lang))
    if numbered:
        lines.append("")
        lines += _notes(table, places, width, lang)
    return "\n".join(lines) + "\n"


def _notes(table: Table, places: dict[str, int], width: int, lang: str) -> list[str]:
    """Return the numbered sources, each with the passages of the user's text, where they were asked for."""
    quoted: dict[str, list[str]] = {}
    for source in (source for row in table for source in row.sources if source.excerpt):
        passages = quoted.setdefault(source.text(lang), [])
        if source.excerpt not in passages:
            passages.append(source.excerpt)
    lines = []
    for place, number in places.items():
        lines.append(f"[{number}] {escape.line(place)}")
        for told in quoted.get(place, ()):
            lines += [f"    {line}" for line in wrap(escape.line(told), width - 4)]
    return lines


def _told(column: str, cell: Cell, lang: str) -> str:
    """Return what a cell says to people: codes such as `possible`, and places in documents, in their language."""
    if lang != "zh":
        return text_of(cell)
    if isinstance(cell, Kind):
        return cell.label
    if column in PLACES and isinstance(cell, str | tuple):
        return "; ".join(located(text_of(one), lang) for one in (cell if isinstance(cell, tuple) else (cell,)))
    return in_words(f"cell.{column}", text_of(cell), lang)


def _marks(row: Row, places: dict[str, int], lang: str) -> str:
    numbers = [places.setdefault(source.text(lang), len(places) + 1) for source in row.sources]
    return "".join(f"[{n}]" for n in numbers)


def _lines(head: list[str], grid: list[list[str]], width: int, color: bool) -> list[str]:
    widths = _widths([head, *grid], width)
    lines = [_bold(_line(head, widths), color), _line(["─" * w for w in widths], widths)]
    for row in grid:
        wrapped = [wrap(cell, w) for cell, w in zip(row, widths, strict=True)]
        for at in range(max(map(len, wrapped))):
            lines.append(_line([w[at] if at < len(w) else "" for w in wrapped], widths))
    return lines


def _line(cells: list[str], widths: list[int]) -> str:
    return "  ".join(c + " " * (w - columns(c)) for c, w in zip(cells, widths, strict=True)).rstrip()


def _bold(text: str, color: bool) -> str:
    return click.style(text, bold=True) if color else text


def columns(text: str) -> int:
    """Return how many columns a text takes on a terminal; Chinese characters take two.

    >>> columns("SAC 国标")
    8
    """
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _widths(grid: list[list[str]], width: int) -> list[int]:
    """Give each column what it needs; where the line is too long take from the widest, words whole as long as may be."""
    need = [max(columns(row[at]) for row in grid) for at in range(len(grid[0]))]
    words = [max(columns(word) for row in grid for word in [*_words(row[at]), ""]) for at in range(len(grid[0]))]
    spare = width - 2 * (len(need) - 1)
    for floors in (
        [min(n, max(w, SMALLEST), LONGEST) for n, w in zip(need, words, strict=True)],
        [SMALLEST] * len(need),
    ):
        while sum(need) > spare and (wide := [at for at, n in enumerate(need) if n > floors[at]]):
            need[max(wide, key=lambda at: need[at])] -= 1
    return need


def wrap(text: str, width: int) -> list[str]:
    """Return a text in lines of at most so many columns, broken at blanks, between Chinese characters, or anywhere.

    >>> wrap("国家标准化管理委员会", 8)
    ['国家标准', '化管理委', '员会']
    >>> wrap("China-UK standardization cooperation", 15)
    ['China-UK', 'standardization', 'cooperation']
    """
    lines, line, used = [], "", 0
    for word in _words(text):
        if line and used + columns(word.rstrip()) > width:
            lines.append(line.rstrip())
            line, used, word = "", 0, word.lstrip()
        while columns(word.rstrip()) > width:
            head = next(n for n in range(len(word), 0, -1) if columns(word[:n]) <= width or n == 1)
            lines.append(word[:head])
            word = word[head:]
        line, used = line + word, used + columns(word)
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _words(text: str) -> list[str]:
    words: list[str] = []
    for char in text:
        wide = unicodedata.east_asian_width(char) in "WF"
        fresh = not words or wide or (char != " " and words[-1].endswith(" "))
        if not fresh and unicodedata.east_asian_width(words[-1][-1]) in "WF" and char != " ":
            fresh = True
        if words and char in CLOSING and not words[-1].endswith(" "):
            fresh = False
        if fresh:
            words.append(char)
        else:
            words[-1] += char
    return words
