"""The workbook as another library reads it: numbers, days, Chinese, sources; no formula, no clock."""

from __future__ import annotations

import io
import sys
from datetime import datetime

import pytest

import stdgraph
from stdgraph.errors import ExtraError
from stdgraph.exchange.forms import made
from stdgraph.exchange.workbook import workbook
from stdgraph.model.results import Number, Row, Source, Table, text_of

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl reads the workbook back")


def read(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))


def test_rows_and_sources_are_those_of_the_answer(repository: stdgraph.Graph) -> None:
    answer = repository.ask("who-cooperates-with", actor="SAC")
    book = read(made(answer, "xlsx", data=repository.data).data)
    assert book.sheetnames == ["Rows", "Sources", "How computed"]
    head, *lines = book["Rows"].iter_rows(values_only=True)
    assert head == ("row", "partner", "kind", "since", "records", "among")
    assert [line[1] for line in lines] == [str(row["partner"]) for row in answer]
    assert [line[4] for line in lines] == [row["records"] for row in answer]
    _, *sources = book["Sources"].iter_rows(values_only=True)
    assert [(s[0], s[1], s[3]) for s in sources] == [
        (n, s.title, s.confidence) for n, row in enumerate(answer, 1) for s in row.sources
    ]
    told = " ".join(str(cell) for line in book["How computed"].iter_rows(values_only=True) for cell in line if cell)
    assert "org/cn-sac" in told
    assert "SELECT" in told
    assert repository.data in told


def test_chinese_headings_and_labels() -> None:
    answer = stdgraph.open(lang="zh").ask("agreements", actor="中国")
    book = read(made(answer, "xlsx", lang="zh").data)
    assert book.sheetnames == ["数据", "来源", "计算方式"]
    head, *lines = book["数据"].iter_rows(values_only=True)
    assert head[:3] == ("行", "协议或协议集合", "类型")
    assert [line[1] for line in lines] == [str(row["agreement"]) for row in answer]


def test_values_keep_their_kinds_and_nothing_becomes_a_formula() -> None:
    cells = {
        "=1+1": "=HYPERLINK(\"http://a\")", "n": 3, "f": 0.5, "text": Number("1.50000000000000000001"), "day": "2019-06-12", "month": "2019-06",
        "doubtful": "2019-06-12?", "old": "1899-12-31", "truth": True, "none": None, "link": "https://example.org/", "odd": "a\x0bb", "many": ("a", "b"),
    }  # fmt: skip
    found = Table(tuple(cells), (Row(cells, (Source("x/y", "=T()", "@p"),)),))
    book = read(workbook(found, title="=A1"))
    head, line = book["Rows"].iter_rows()
    told = {cell.value: at for cell, at in zip(head, line, strict=True)}
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "b"}
    assert told["=1+1"].value == '=HYPERLINK("http://a")'
    assert [told[n].value for n in ("n", "f", "text", "truth")] == [3, 0.5, "1.50000000000000000001", True]
    assert told["day"].value == datetime(2019, 6, 12)
    assert told["day"].number_format == "yyyy-mm-dd"
    assert [told[n].value for n in ("month", "doubtful", "old")] == ["2019-06", "2019-06-12?", "1899-12-31"]
    assert told["odd"].value == "a\\x0bb"
    assert told["many"].value == "a; b"
    assert told["link"].hyperlink is None
    assert "none" not in told


def test_what_is_longer_than_a_cell_is_cut_not_refused() -> None:
    found = Table(("a",), (Row({"a": "甲" * 40_000}),))
    (_, line) = read(workbook(found))["Rows"].iter_rows(values_only=True)
    assert len(line[1]) == 32_767


def test_the_same_answer_gives_the_same_bytes(repository: stdgraph.Graph) -> None:
    answer = repository.ask("events")
    assert workbook(answer) == workbook(answer)
    assert read(workbook(answer)).properties.created == datetime(2000, 1, 1)
    assert [text_of(row["event"]) for row in answer]


def test_without_the_library_a_line_tells_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(ExtraError, match=r"pip install 'stdgraph\[xlsx\]'"):
        workbook(Table((), ()))
