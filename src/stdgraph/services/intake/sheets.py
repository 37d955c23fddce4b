"""Filled-in forms as rows of texts: CSV and TSV in the encodings that people have; workbooks are read in `workbooks.py`."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from stdgraph.errors import FileError, FormFileError
from stdgraph.locale import Foreign, Phrase
from stdgraph.packs.encodings import encodings
from stdgraph.services.intake.sheet import COMMENT, MAX_BYTES, MAX_CELL, MAX_COLUMNS, MAX_ROWS, Sheet, is_comment
from stdgraph.services.intake.workbooks import sheets_of
from stdgraph.storage.files import read_bytes

TEXTS = {".csv": ",;\t", ".tsv": "\t", "": ",;\t"}
"""Suffix to what may stand between the cells of a line."""
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
NUL = "\0"


def sheets(path: Path, data: bytes | None = None, *, encoding: str = "") -> list[Sheet]:
    """Return the sheets of a file: one of a CSV or TSV file, those of a workbook.

    Args:
        path: the file; `-` with `data` is standard input.
        data: what it holds, where it was read already.
        encoding: in which it is; by default UTF-8 or UTF-16 as it says, else GB18030 where that makes Chinese of it.

    Raises:
        FormFileError: it cannot be read, is too large, or is no such file.
        ExtraError: what reads workbooks is not installed.
    """
    data = _read(path) if data is None else data
    suffix = path.suffix.lower()
    if suffix == ".xlsx" or data[:4] == b"PK\3\4":
        return sheets_of(path, data)
    if suffix not in TEXTS:
        raise FormFileError(path=path, detail=Phrase("'{suffix}' is no form (.csv, .tsv, .xlsx)", suffix=path.suffix))
    text, notes = _decoded(path, data, encoding)
    if NUL in text:
        raise FormFileError(path=path, detail=Phrase("holds a character that no text has: this is no CSV"))
    return [Sheet(path.name, path.stem, list(_rows(path, text, TEXTS[suffix])), notes=notes)]


def _read(path: Path) -> bytes:
    try:
        return read_bytes(path, MAX_BYTES)
    except FileError as error:
        raise FormFileError(**error.values) from None


def _decoded(path: Path, data: bytes, encoding: str) -> tuple[str, list[Phrase]]:
    """Return the text, and what to tell of how it was read."""
    if encoding:
        return _as(path, data, encoding), []
    if data.startswith(UTF16):
        return _as(path, data, "utf-16"), []
    likely = encodings(data.splitlines(keepends=True))
    if likely == ("utf-8",):
        return _as(path, data, "utf-8-sig"), []
    if likely[0] == "gb18030":
        return _as(path, data, "gb18030"), [Phrase("{path}: read as GB18030, for it is not UTF-8", path=path)]
    try:
        return _as(path, data, "utf-8-sig"), []
    except FormFileError:
        detail = Phrase("neither UTF-8 nor Chinese in GB18030; save it as UTF-8, or say --encoding")
        raise FormFileError(path=path, detail=detail) from None


def _as(path: Path, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError:
        raise FormFileError(path=path, detail=Phrase("there is no encoding '{name}'", name=encoding)) from None
    except UnicodeError as error:
        start = getattr(error, "start", 0)
        detail = Phrase("not {encoding} at byte {number}", encoding=encoding.upper(), number=start)
        raise FormFileError(path=path, detail=detail) from None


def _rows(path: Path, text: str, betweens: str) -> Iterator[tuple[int, list[str]]]:
    """Yield rows with the line on which each begins.

    Raises:
        FormFileError: a quotation mark is never closed, or there is more than people fill in.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_between(text, betweens), strict=True)
    line, count = 1, 0
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            _check(path, line, cells, count)
            count += not is_comment(cells)
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        detail = Phrase("line {line}: {detail}", line=line, detail=Foreign(error))
        if "unexpected end of data" in str(error):
            detail = Phrase("line {line}: a quotation mark that begins there is never closed", line=line)
        raise FormFileError(path=path, detail=detail) from None


def _check(path: Path, line: int, cells: Sequence[str], rows: int) -> None:
    if len(cells) > MAX_COLUMNS:
        detail = Phrase(
            "line {line}: {number} cells; no form has more than {most}", line=line, number=len(cells), most=MAX_COLUMNS
        )
        raise FormFileError(path=path, detail=detail)
    if rows >= MAX_ROWS:
        raise FormFileError(path=path, detail=Phrase("more than {number} rows", number=MAX_ROWS))
    if not is_comment(cells) and any(len(cell) > MAX_CELL for cell in cells):
        detail = Phrase("line {line}: a cell of more than {number} characters", line=line, number=MAX_CELL)
        raise FormFileError(path=path, detail=detail)


def _between(text: str, betweens: str) -> str:
    """Return what stands between cells: of what may, that which the line of headings has most of."""
    lines = (line.strip('"\ufeff ') for line in text.splitlines())
    head = next((line for line in lines if line and not line.startswith(COMMENT)), "")
    return max(betweens, key=lambda between: (head.count(between), -betweens.index(between)))
