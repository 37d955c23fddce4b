"""Forms as people save them, and files that are none: each is read, or refused in words, and takes no more than it should."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import pytest

from stdgraph.errors import FileError
from stdgraph.services.intake import Sheet, sheets
from stdgraph.services.intake.sheet import MAX_BYTES, MAX_COLUMNS, MAX_ROWS

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl reads and makes the workbooks of these tests")
TEXT = "person,body\n王海明,标准化研究院\n"


def csv(data: bytes | str, name: str = "offices.csv", encoding: str = "") -> Sheet:
    (found,) = sheets(Path(name), data.encode() if isinstance(data, str) else data, encoding=encoding)
    return found


def rows(data: bytes | str, **more: str) -> list[list[str]]:
    return [list(cells) for _, cells in csv(data, **more).rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_an_encoding_that_people_have_is_seen(encoding: str) -> None:
    long = TEXT + "王海明,标准化研究院院长任联络人\n" * 20
    assert rows(long.encode(encoding)) == rows(long)


def test_what_was_guessed_is_told() -> None:
    assert "GB18030" in csv(TEXT.encode("gb18030")).notes[0]
    assert csv(TEXT).notes == []


def test_an_encoding_is_taken_as_told_and_no_other_is_guessed() -> None:
    assert rows(TEXT.encode("big5", "replace"), encoding="big5")[0] == ["person", "body"]
    with pytest.raises(FileError, match="neither UTF-8 nor Chinese"):
        csv("person,body\nJosé,Señor é\n".encode("cp1252"))
    with pytest.raises(FileError, match="no encoding 'klingon'"):
        csv(TEXT, encoding="klingon")
    with pytest.raises(FileError, match="not UTF-8 at byte"):
        csv(TEXT.encode("gb18030"), encoding="utf-8")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_count(end: str) -> None:
    assert rows(TEXT.replace("\n", end)) == rows(TEXT)


def test_mixed_line_ends_and_cells_of_several_lines_keep_their_lines() -> None:
    found = csv('a,b\r\n"one\ntwo",2\n3,4\r5,6\n')
    assert [line for line, _ in found.rows] == [1, 2, 4, 5]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("person,body\nx,\0\n", "this is no CSV"),
        ('person,body\nx,"never closed\n', "line 2: a quotation mark"),
        ('person,body\nx,"closed"more\n', "line 2: "),
        ("," * 1_000_000, f"no form has more than {MAX_COLUMNS}"),
        ("x," * 2_000_000, f"no form has more than {MAX_COLUMNS}"),
        ("person\n" + "x\n" * (MAX_ROWS + 2), f"more than {MAX_ROWS} rows"),
        ("person\n" + "x" * 20_000, "a cell of more than"),
        ("person\n" + "x" * 200_000, "line 2: "),
    ],
    ids=["nul", "quotes", "behind-quotes", "empty-columns", "columns", "rows", "cell", "field"],
)
def test_what_no_form_is_is_refused(data: str, message: str) -> None:
    with pytest.raises(FileError, match=message):
        csv(data)


def test_two_hundred_megabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "offices.csv"
    with path.open("wb") as stream:
        stream.truncate(200 << 20)
    with pytest.raises(FileError, match=f"larger than {MAX_BYTES >> 20} MiB"):
        sheets(path)


def test_another_suffix_is_refused() -> None:
    with pytest.raises(FileError, match="is no form"):
        csv(TEXT, name="offices.docx")


def book(**cells: object) -> bytes:
    """Return a workbook with some cells; a pair is a value and its format."""
    made = openpyxl.Workbook()
    made.active.title = "offices"
    for place, value in cells.items():
        if isinstance(value, tuple):
            made.active[place], made.active[place].number_format = value
        else:
            made.active[place] = value
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


DAY = datetime.datetime(2016, 4, 1)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ((DAY, "yyyy-mm-dd"), "2016-04-01"),
        ((DAY, "d/m/yyyy"), "2016-04-01"),
        ((DAY, "mmm-yy"), "2016-04"),
        ((DAY, "yyyy-mm"), "2016-04"),
        ((DAY, '[$-409]mmmm" of the day "yyyy'), "2016-04"),
        ((DAY, "yyyy"), "2016"),
        (2016, "2016"),
        (0.9, "0.9"),
        (True, "yes"),
        (" 2016 ", "2016"),
        (None, ""),
    ],
    ids=str,
)
def test_a_cell_is_as_precise_as_it_is_shown(value: object, text: str) -> None:
    (found,) = sheets(Path("x.xlsx"), book(A1="start", A2=value, B2="x"))
    assert found.rows[1] == (2, [text, "x"])
    assert (found.name, found.hint) == ("x.xlsx[offices]", "offices")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("=1+1", "a formula"),
        ('=HYPERLINK("http://x.org")', "a formula"),
        ("#REF!", "an error of the spreadsheet"),
        (datetime.datetime(2016, 4, 1, 12), "a time of day"),
        (datetime.time(12), "a time of day"),
    ],
    ids=str,
)
def test_a_cell_that_is_no_value_is_a_fault(value: object, message: str) -> None:
    (found,) = sheets(Path("x.xlsx"), book(A1="start", B2=value))
    (fault,) = found.faults
    assert str(fault.where) == "x.xlsx[offices]:2:B"
    assert message in fault.message


def packed(**parts: bytes) -> bytes:
    """Return a workbook whose parts are others."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(A1="start"))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(Path(name).stem, old.read(name)))
        for name, data in parts.items():
            new.writestr(name, data)
    return out.getvalue()


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (packed(sheet1=b" " * (32 << 20)), "grows beyond measure"),
        (packed(sheet1=LAUGHS), "declares entities"),
        (packed(sheet1=LAUGHS.decode().encode("utf-16")), "declares entities"),
        (packed(sheet1=b"<no xml"), "cannot be read as a workbook"),
        (packed(**{f"part{n}": b"" for n in range(600)}), "more than 500 parts"),
        (b"PK\3\4 and no more", "cannot be read as a workbook"),
        (b"", "cannot be read as a workbook"),
    ],
    ids=["bomb", "entities", "entities-in-utf-16", "broken", "parts", "cut-off", "empty"],
)
def test_a_hostile_workbook_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(FileError, match=message):
        sheets(Path("x.xlsx"), data)


def test_cells_far_away_are_refused_or_keep_their_place() -> None:
    with pytest.raises(FileError, match="more than any form holds"):
        sheets(Path("x.xlsx"), book(A1="start", XFD2="x"))
    (found,) = sheets(Path("x.xlsx"), book(A1="start", A1048576="x"))
    assert [line for line, _ in found.rows] == [1, 1_048_576]
