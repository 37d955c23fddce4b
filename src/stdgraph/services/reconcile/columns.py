"""Reading a column of names, and of countries beside it, from a list or a table."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Sequence
from pathlib import Path

from stdgraph.errors import TableError, UnknownColumnError
from stdgraph.locale import Foreign, Phrase
from stdgraph.matching.candidates import Asked
from stdgraph.packs.encodings import CODECS, encodings
from stdgraph.storage.files import read_bytes

MOST_BYTES, MOST_ROWS, LONGEST = 64 << 20, 200_000, 1000
"""What a table may have at most: bytes, rows, and characters in a name."""
SEPARATORS = {".csv": ",", ".tsv": "\t"}
NAMES = ("name", "label", "title", "organization", "organisation", "名称", "名字", "机构", "标题", "中文名称")
COUNTRIES = ("country", "国家", "国别")
BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
Row = list[str]


def entries(
    path: str, column: str | None = None, country: str | None = None, *, data: bytes | None = None
) -> list[Asked]:
    """Return the names of a file in their order, empty ones included, with their countries where a column has them.

    Args:
        path: a table (`.csv`, `.tsv`), else a list with a name on each line; its name alone where `data` is given.
        column: of a table the column of names, by its head or its number from 1; else the only one, or one called `name`.
        country: the column of countries; else one called `country`.
        data: the content, where it was read already.

    Raises:
        TableError: the file cannot be read, or is too large.
        UnknownColumnError: there is no such column; the error names those that there are.
    """
    text = _text(path, read_bytes(Path(path), MOST_BYTES) if data is None else data)
    separator = SEPARATORS.get(Path(path).suffix.lower())
    if separator is None and (column or country):
        separator = "\t" if "\t" in text.partition("\n")[0] else ","
    if separator is None:
        return _checked(path, [Asked(line.strip()) for line in text.splitlines()])
    head, rows = _table(path, text, separator)
    name = _column(head, column, NAMES)
    place = _column(head, country, COUNTRIES) if country or set(COUNTRIES) & set(map(str.lower, head)) else None
    return _checked(path, [Asked(_cell(row, name), "" if place is None else _cell(row, place)) for row in rows])


def _text(path: str, data: bytes) -> str:
    """Return the text of a file: UTF-8 or UTF-16 with its mark, else Windows-1252 or GB18030 where these make sense."""
    marked = next((codec for mark, codec in BOMS.items() if data.startswith(mark)), "")
    if not marked and b"\0" in data:
        raise TableError(path=path, detail=Phrase("holds bytes of no text at byte {number}", number=data.index(b"\0")))
    for codec in [marked] if marked else [CODECS[name] for name in encodings(data.splitlines())]:
        try:
            return data.decode(codec)
        except UnicodeDecodeError as error:
            wrong = error.start
    raise TableError(path=path, detail=Phrase("not UTF-8 at byte {number}", number=wrong))


def _table(path: str, text: str, separator: str) -> tuple[Row, list[Row]]:
    try:
        rows = [
            row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if any(map(str.strip, row))
        ]
    except csv.Error as error:
        raise TableError(path=path, detail=Foreign(error)) from None
    if not rows:
        raise TableError(path=path, detail=Phrase("there is no row in it"))
    return [cell.strip() for cell in rows[0]], rows[1:]


def _column(head: Sequence[str], given: str | None, usual: Sequence[str]) -> int:
    """Return which column is meant."""
    low = [name.lower() for name in head]
    if given is None:
        found = [low.index(name) for name in usual if name in low]
        if found or len(head) == 1:
            return found[0] if found else 0
    elif given.strip().lower() in low:
        return low.index(given.strip().lower())
    elif given.isascii() and given.isdigit() and 0 < int(given[:9]) <= len(head):
        return int(given) - 1
    asked = given or usual[0]
    nearest = ", ".join(difflib.get_close_matches(asked, head, n=3, cutoff=0.4)) or "-"
    raise UnknownColumnError(name=asked, nearest=nearest, columns=", ".join(head))


def _cell(row: Row, at: int) -> str:
    return row[at].strip() if at < len(row) else ""


def _checked(path: str, found: list[Asked]) -> list[Asked]:
    """Return what was read, if it is no more than a table of names has."""
    if len(found) > MOST_ROWS:
        raise TableError(path=path, detail=Phrase("has more than {number} rows; split it", number=MOST_ROWS))
    long = next((at for at, asked in enumerate(found, 1) if len(asked.name) > LONGEST), 0)
    if long:
        detail = Phrase("the name in row {row} has more than {number} characters", row=long, number=LONGEST)
        raise TableError(path=path, detail=detail)
    return found
