"""Results in the forms that people and programs read: tables for a terminal, CSV, TSV, JSON, Markdown; and where they go."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from stdgraph.cli.options import Settings
from stdgraph.errors import OutputError, ParameterError
from stdgraph.locale import Foreign, Phrase, marked
from stdgraph.model import escape
from stdgraph.model.light import replace
from stdgraph.model.results import Answer, Record, Row, Source, Table, text_of

T = TypeVar("T", bound=Table)

TABLES = ("table", "csv", "tsv", "json", "md")
MADE = ("html", "xlsx")
"""Forms that any table has besides; the pictures are those of `stdgraph.exchange.forms`."""
DRAWN = ("svg", "png", "pdf")
SHEETS = {"csv": ",", "tsv": "\t"}
"""Forms that spreadsheets open, and what stands between their cells."""
WITH_RECORDS = ("table", "json")
"""Forms that have room for the records behind a row, and for their proofs."""


def emit(settings: Settings, text: str | bytes) -> None:
    """Write a result to the file asked for (atomically) or to standard output; on a terminal no text of it steers that."""
    if isinstance(text, str) and not settings.output and sys.stdout.isatty():
        is_table = (settings.format or settings.usual_format) in (None, "table")
        text = escape.lines(text, coloured=is_table and settings.color)
        if paged(settings, text):
            return
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


def paged(settings: Settings, text: str) -> bool:
    """Show what is longer than the screen page by page, and tell whether that was done; PAGER names the program.

    `--no-pager` and an empty PAGER leave it out. `less` ends where all fits, keeps colours, and leaves the text on the screen.
    """
    high = screen().lines
    if settings.given.get("no_pager") or os.environ.get("PAGER") == "" or text.count("\n") < high:
        return False
    import click

    os.environ.setdefault("LESS", "FRX")
    os.environ.setdefault("LESSCHARSET", "utf-8")
    click.echo_via_pager(text, color=settings.color)
    return True


def drop_output() -> None:
    """Let go of what standard output still holds and cannot take: Python would try again at its end, and fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def stdin_bytes() -> bytes:
    """Return standard input; raises FileError where it is too large."""
    from stdgraph.storage.files import read_stream

    return read_stream(sys.stdin.buffer)


def stdin_text() -> str:
    """Return standard input, which must be UTF-8; raises FileError."""
    from stdgraph.errors import FileError

    try:
        return stdin_bytes().decode("utf-8-sig")
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
    """Write a table, arranged as the options say, in the format asked for; the terminal form has sources under it."""
    form = chosen(settings, (*TABLES, *MADE, *DRAWN) if table.chart else (*TABLES, *MADE))
    found = arranged(settings, table)
    if form in (*MADE, *DRAWN) and not settings.counts:
        emit_made(settings, found, form, title=title)
    else:
        emit(settings, rendered(settings, found, form=form, title=title, sources=sources, numbered=numbered))


def emit_made(
    settings: Settings, table: Table, form: str, *, title: str = "", chart: str = "", dark: bool = False
) -> None:
    """Write a table as a page, a workbook or a picture, and tell what the user should know of it."""
    from stdgraph.exchange.forms import made

    if form not in ("html", "svg") and not settings.output and sys.stdout.isatty():
        detail = Phrase("'{form}' is no text; give -o FILE", form=form)
        raise ParameterError(parameter="format", detail=detail)
    data = settings.graph.data if "graph" in vars(settings) else None
    found = made(table, form, chart=chart, dark=dark, title=title, lang=settings.lang, data=data)
    emit(settings, found.data)
    for note in found.notes:
        settings.say(note)


def no_picture(form: str, chart: str | None, dark: bool) -> None:
    """Refuse what chooses a picture where the form has none; raises ParameterError."""
    for name, value, forms in (("chart", chart, ("html", *DRAWN)), ("dark", dark, DRAWN)):
        if value and form not in forms:
            raise ParameterError(parameter=name, detail=Phrase("goes with {forms}", forms=", ".join(forms)))


def emit_page(settings: Settings, title: str, parts: Sequence[tuple[str, Table, Table]], lead: Sequence[str]) -> None:
    """Write several lists as one page; each has a title, the rows that stand there, and those that its picture draws."""
    from stdgraph.exchange.forms import whole

    emit(settings, whole(parts, title=title, lead=lead, lang=settings.lang, data=settings.graph.data).data)


def arranged(settings: Settings, table: T) -> T:
    """Return a table as the options want it: of a time, grouped, sorted, cut, some of its columns.

    Raises:
        UnknownColumnError, ParameterError: an option names no column, or no day.
    """
    given = settings.given
    table = replace(table, lang=settings.lang)
    start, end = given.get("from"), given.get("to")
    if start or end:
        say_undated(settings, table.undated())
        whole, table = table, table.between(start, end)
        if len(whole) and not len(table):
            settings.say(_of_another_time(whole))
    if by := given.get("group_by"):
        table = table.group(*by)
    if by := given.get("sort"):
        table = table.sort(*by)
    if number := given.get("limit"):
        table = table.limit(number)
    if names := given.get("columns"):
        table = replace(table.select(*re.split("[,，、]", names)), aside=())
    return table


def _of_another_time(whole: Table) -> Phrase:
    """Return how many rows there are, and of which years, where none is of the time asked for."""
    years = sorted(text_of(row["year"]) for row in whole.group("year") if row["year"])
    one, more = marked("{rows} row"), marked("{rows} rows")
    size = Phrase(one if len(whole) == 1 else more, rows=len(whole))
    if years:
        size = Phrase("{rows}, from {first} to {last}", rows=size, first=years[0], last=years[-1])
    return Phrase("without {option}: {size}", option="--from, --to", size=size)


def say_undated(settings: Settings, number: int) -> None:
    """Tell how many rows were left out of a time since they have no date."""
    one, more = marked("{rows} row without a date was left out"), marked("{rows} rows without a date were left out")
    if number:
        settings.say(Phrase(one if number == 1 else more, rows=number))


def rendered(
    settings: Settings, table: Table, *, form: str = "", title: str = "", sources: bool = False, numbered: bool = True
) -> str:
    """Return a table in a form, or in the one asked for; the number of its rows where only that is asked for."""
    form = form or chosen(settings)
    if settings.counts:
        return f"{len(table)}\n"
    if form == "json":
        return as_json(table.to_json() if isinstance(table, Answer) else table.to_dicts())
    if form in SHEETS:
        return as_csv(table, SHEETS[form], sources=sources, lang=settings.lang, excel=settings.excel)
    if form == "md":
        return as_markdown(table, sources=sources, lang=settings.lang)
    from stdgraph.cli.tables import as_text

    width, color, lang = screen_width(settings), settings.color, settings.lang
    return as_text(table, title=title, width=width, color=color, numbered=numbered, lang=lang, full=sources)


def as_json(value: Any) -> str:
    """Return JSON, Chinese as it is, with a final line break."""
    return escape.as_json(value)


def as_lines(lines: Iterable[str]) -> str:
    """Return lines for people as one text; none of them can break, or steer a terminal."""
    return "".join(f"{escape.line(line)}\n" for line in lines)


def lines_of(lines: Iterable[str]) -> str:
    """Return lines that are finished, with our own colours in them, as one text."""
    return "".join(f"{line}\n" for line in lines)


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
    import csv
    import io

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


def is_on_screen(settings: Settings) -> bool:
    """Tell whether output goes to a terminal, or to what says how wide it is; not to a file or another program."""
    return not settings.output and (sys.stdout.isatty() or "COLUMNS" in os.environ)


def screen_width(settings: Settings) -> int:
    """Return how many columns a line may hold: the terminal's width, or 110 off a terminal."""
    return max(screen().columns, 40) if is_on_screen(settings) else 110


def screen() -> os.terminal_size:
    """Return the size of the terminal, as COLUMNS and LINES say or as it is: 110 by 24 where nothing tells."""
    told = [os.environ.get(name, "") for name in ("COLUMNS", "LINES")]
    wide, high = (int(number) if number.isdecimal() else 0 for number in told)
    if not (wide and high):
        try:
            known = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else -1)
        except (ValueError, OSError):
            known = os.terminal_size((110, 24))
        wide, high = wide or known.columns or 110, high or known.lines or 24
    return os.terminal_size((wide, high))
