"""Empty forms as CSV with its explanations above, and as a workbook with lists to choose from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from stdgraph.exchange.workbook import new_book
from stdgraph.locale import Phrase, marked, translated
from stdgraph.model.blanks import CODES, Blank, BlankColumn

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ROWS = 1000
"""So many rows of a sheet have lists to choose from."""
OTHER = {"en": "zh", "zh": "en"}
NEEDED, MANY, ONE_OF = marked("needed"), marked("several, with ; between them"), marked("one of {codes}")
READ = marked("Lines that begin with # are not read; headings may be in English or Chinese.")
STYLES: Mapping[str, Mapping[str, Any]] = {
    "needed": {"bold": True, "bottom": 1, "bg_color": "#FFF2CC"},
    "head": {"bold": True, "bottom": 1},
    "note": {"italic": True, "font_color": "#7F7F7F"},
    "text": {"num_format": "@"},
}


def as_csv(blank: Blank, lang: str, between: str = ",") -> str:
    """Return an empty form as CSV: what stands behind # explains each column, the last line holds the headings."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=between, lineterminator="\n")
    writer.writerow([f"# {blank.about[lang]}. {translated(Phrase(READ), lang)}"])
    for column in blank.columns:
        writer.writerow([f"# {_explained(column, lang)}"])
    writer.writerow([column.heading[lang] for column in blank.columns])
    return out.getvalue()


def _explained(column: BlankColumn, lang: str) -> str:
    """Return heading, other heading and explanation of a column in one line."""
    marks = [str(translated(mark, lang)) for mark in _marks(column, lang)]
    heading = f"{column.heading[lang]} / {column.heading[OTHER[lang]]}"
    return f"{heading}: {'; '.join([column.about[lang], *marks])}"


def _marks(column: BlankColumn, lang: str) -> Iterable[Phrase]:
    if column.needed:
        yield Phrase(NEEDED)
    if column.many:
        yield Phrase(MANY)
    if column.choices:
        yield Phrase(ONE_OF, codes=" | ".join(_choice(choice, lang) for choice in column.choices))


def _choice(choice: tuple[str, str, str], lang: str) -> str:
    code, english, chinese = choice
    label = chinese if lang == "zh" else english
    return code if label in ("", code) else f"{code} ({label})"


def as_workbook(blanks: Sequence[Blank], lang: str) -> bytes:
    """Return empty forms as a workbook: a sheet each, with lists to choose from, and the codes on a sheet of their own.

    Raises:
        ExtraError: XlsxWriter is not installed.
    """
    book, out, styles = new_book("; ".join(b.title[lang] for b in blanks), STYLES)
    sheets = [(blank, book.add_worksheet(blank.name)) for blank in blanks]
    name = CODES[lang == "zh"]
    codes = _Codes(book.add_worksheet(name), name, lang, styles)
    for blank, sheet in sheets:
        for at, column in enumerate(blank.columns):
            _head(sheet, at, column, lang, styles)
            if column.choices:
                _list(sheet, at, column, codes.of(column), lang)
        sheet.freeze_panes(2, 0)
    book.close()
    return out.getvalue()


class _Codes:
    """The sheet of codes: three columns for each list, which is written once."""

    def __init__(self, sheet: Worksheet, name: str, lang: str, styles: dict[str, Format]) -> None:
        self.sheet, self.name, self.lang, self.styles = sheet, name, lang, styles
        self.ranges: dict[Any, str] = {}

    def of(self, column: BlankColumn) -> str:
        """Return where the codes of a column stand, as a spreadsheet names it."""
        from xlsxwriter.utility import xl_range_abs

        if column.choices not in self.ranges:
            at, last = 4 * len(self.ranges), len(column.choices) + 1
            heads = (column.heading[self.lang], "English", "中文")
            for step, head in enumerate(heads):
                self.sheet.write_string(0, at + step, head, self.styles["head"])
            for row, choice in enumerate(column.choices, start=2):
                for step, text in enumerate(choice):
                    self.sheet.write_string(row, at + step, text)
            self.sheet.set_column(at, at + 2, 28)
            shown = at + (2 if self.lang == "zh" else 1)
            self.ranges[column.choices] = f"='{self.name}'!{xl_range_abs(2, shown, last, shown)}"
        return self.ranges[column.choices]


def _head(sheet: Worksheet, at: int, column: BlankColumn, lang: str, styles: dict[str, Format]) -> None:
    """Write the headings in both languages, the explanations as notes; cells are text, so that no date is remade."""
    style = styles["needed" if column.needed else "head"]
    sheet.write_string(0, at, column.heading[lang], style)
    other = column.heading[OTHER[lang]]
    sheet.write_string(1, at, f"# {other}" if not at else other, styles["note"])
    sheet.write_comment(0, at, "\n".join([column.about[lang], column.about[OTHER[lang]]]), {"x_scale": 2.5})
    sheet.set_column(at, at, 20, styles["text"])


def _list(sheet: Worksheet, at: int, column: BlankColumn, source: str, lang: str) -> None:
    """Let cells be chosen from a list; where several may stand in one, or a code be typed, nothing is refused."""
    about = column.about[lang][:255]
    told = {"validate": "list", "source": source, "input_message": about, "show_error": False, "ignore_blank": True}
    sheet.data_validation(2, at, ROWS, at, told)
