"""The one door to openpyxl: the sheets of a workbook as texts; dates as precise as they are shown, no formula computed."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from stdgraph.errors import ExtraError, FormFileError
from stdgraph.locale import Phrase
from stdgraph.model.blanks import CODES
from stdgraph.services.intake.faults import Fault, Where
from stdgraph.services.intake.sheet import MAX_CELL, MAX_COLUMNS, MAX_ROWS, Sheet, is_comment

MAX_PARTS, MAX_UNPACKED, MAX_RATIO, RATIO_FROM = 500, 64 << 20, 200, 1 << 20
"""A workbook of more parts or bytes, or a part that grows more than so many times, is none that people fill in."""
DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.I)
QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
"""What of the format of a number is printed as it stands, or is a colour or a language."""
ERROR, FORMULA = "e", "f"


def sheets_of(path: Path, data: bytes) -> list[Sheet]:
    """Return the sheets of a workbook that hold rows; hidden ones and those of codes are left to their hint.

    Raises:
        FormFileError: it is no workbook, or would take more room than any that people fill in.
        ExtraError: openpyxl is not installed.
    """
    try:
        import openpyxl
    except ImportError:
        raise ExtraError(what=Phrase("Workbooks"), extra="xlsx") from None
    _check(path, data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        found = [
            _sheet(path, sheet)
            for sheet in book.worksheets
            if sheet.sheet_state == "visible" and sheet.title not in CODES
        ]
    except FormFileError:
        raise
    except Exception:  # openpyxl raises what its parsers raise: a dozen kinds
        raise FormFileError(path=path, detail=Phrase("cannot be read as a workbook (.xlsx)")) from None
    return [sheet for sheet in found if any(not is_comment(cells) for _, cells in sheet.rows)]


def _check(path: Path, data: bytes) -> None:
    """Refuse what grows beyond measure, and what declares entities, before anything is parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if len(parts) > MAX_PARTS:
                raise FormFileError(path=path, detail=Phrase("more than {number} parts", number=MAX_PARTS))
            left = MAX_UNPACKED
            for part in parts:
                left -= _unpacked(path, packed, part, left)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise FormFileError(path=path, detail=Phrase("cannot be read as a workbook (.xlsx)")) from None


def _unpacked(path: Path, packed: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """Return how many bytes a part has, whatever the archive says of it."""
    size, before = 0, b""
    with packed.open(part) as stream:
        while block := stream.read(1 << 16):
            size += len(block)
            if size > left or size > max(RATIO_FROM, MAX_RATIO * part.compress_size):
                raise FormFileError(path=path, detail=Phrase("grows beyond measure when it is unpacked"))
            held = before + block.replace(b"\0", b"")
            if DOCTYPE.search(held):
                raise FormFileError(path=path, detail=Phrase("declares entities, which no workbook needs"))
            before = held[-16:]
    return size


def _sheet(path: Path, sheet: Any) -> Sheet:
    name = f"{path.name}[{sheet.title}]"
    faults: list[Fault] = []
    rows: list[tuple[int, list[str]]] = []
    sheet.reset_dimensions()
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        texts = [_text(cell) for cell in cells]
        while texts and texts[-1] == "":
            texts.pop()
        if len(texts) > MAX_COLUMNS or len(rows) > MAX_ROWS or any(len(t or "") > MAX_CELL for t in texts):
            raise FormFileError(path=path, detail=Phrase("sheet {name}: more than any form holds", name=sheet.title))
        for at, text in enumerate(texts):
            if text is None:
                faults.append(_fault(Where(name, line, at), cells[at]))
        rows += [(line, [text or "" for text in texts])] if any(t != "" for t in texts) else []
    return Sheet(name, sheet.title, rows, faults)


def _fault(where: Where, cell: Any) -> Fault:
    value = str(cell.value)[:80]
    if cell.data_type == FORMULA:
        return Fault(where, "", Phrase("a formula; paste what it gives as a value"), value)
    if isinstance(cell.value, datetime | time):
        return Fault(where, "", Phrase("a time of day; give a date"), value)
    return Fault(where, "", Phrase("an error of the spreadsheet ({value})", value=value), value)


def _text(cell: Any) -> str | None:
    """Return a cell as text, None for what has none: a formula, an error, a time of day."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in (FORMULA, ERROR) or isinstance(value, time):
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return _date(value, str(cell.number_format))
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value).strip()


def _date(value: date, shown: str) -> str | None:
    """Return a date as precise as it is shown: `mmm-yy` shows a month, whatever day the spreadsheet keeps."""
    if isinstance(value, datetime):
        if value.time() != time():
            return None
        value = value.date()
    parts = QUOTED.sub("", shown.lower())
    if "d" in parts or "y" not in parts:
        return value.isoformat()
    return f"{value:%Y-%m}" if "m" in parts else f"{value:%Y}"
