"""The user's own texts: what is read, what is refused, and that what was attached is what is used."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT
from stdgraph.errors import DocumentError, OutputError, TextError
from stdgraph.storage import documents, texts
from stdgraph.storage.descriptions import cutting
from stdgraph.storage.documents import document_text

MINUTES = ROOT / "docs" / "examples" / "minutes.txt"
PDF = ROOT / "tests" / "cases" / "documents" / "minutes.pdf"
KEY = "harbour-minutes"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STDGRAPH_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def cut_of(path: Path) -> list[tuple[str, str]]:
    return [(p.locator, p.words.text) for p in cutting(KEY, document_text(path)).passages]


def word(path: Path) -> Path:
    """Write the minutes as Word has them, its lists as lists."""
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for paragraph in MINUTES.read_text("utf-8").strip().split("\n\n"):
        for line in paragraph.split("\n- "):
            listed = line.startswith("- ") or paragraph.startswith("- ")
            style = "List Bullet" if listed else None
            document.add_paragraph(" ".join(line.removeprefix("- ").split("\n")), style=style)
    document.save(path)
    return path


def test_word_and_pdf_are_cut_as_the_text_is(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    assert cut_of(word(tmp_path / "minutes.docx")) == cut_of(MINUTES) == cut_of(PDF)


def test_numbers_and_tables_of_word_are_read(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("one", style="List Number")
    document.add_paragraph("two", style="List Number")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "a\nb", "c"
    document.save(tmp_path / "list.docx")
    assert document_text(tmp_path / "list.docx") == "1. one\n\n2. two\n\na b\tc\n\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=repr)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_line_ends_and_byte_order_marks_make_no_difference(tmp_path: Path, codec: str, end: str) -> None:
    path = tmp_path / "minutes.txt"
    path.write_bytes(MINUTES.read_text("utf-8").replace("\n", end).encode(codec))
    assert document_text(path) == MINUTES.read_text("utf-8")


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"0" * (2 << 20))
    return out.getvalue()


REFUSED: dict[str, tuple[str, bytes, str]] = {
    "another form": ("a.rtf", b"x", "'.rtf' is no form"),
    "no text": ("a.txt", b" \n", "no text in it"),
    "not UTF-8": ("a.txt", "标准".encode("gb18030"), "not UTF-8 at byte 0"),
    "zero bytes": ("a.txt", b"a\0b", "zero bytes"),
    "no Word file": ("a.docx", b"PK nonsense", ""),
    "another zip": ("a.docx", bomb(), ""),
    "no PDF": ("a.pdf", b"%PDF-1.7 nonsense", ""),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_text_is_refused(tmp_path: Path, name: str) -> None:
    file, data, told = REFUSED[name]
    (tmp_path / file).write_bytes(data)
    with pytest.raises(DocumentError) as caught:
        document_text(tmp_path / file)
    assert told in str(caught.value)
    assert file in str(caught.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError):
        document_text(tmp_path / "none.txt")
    with pytest.raises(DocumentError):
        document_text(tmp_path)


@pytest.mark.parametrize(
    ("limit", "value", "make"),
    [
        ("MAX_FILE", 10, lambda path: MINUTES),
        ("MAX_TEXT", 10, lambda path: MINUTES),
        ("MAX_TEXT", 10, lambda path: PDF),
        ("MAX_PAGES", 0, lambda path: PDF),
        ("MAX_UNPACKED", 10, lambda path: word(path / "minutes.docx")),
    ],
)
def test_limits_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, make: Callable[[Path], Path]
) -> None:
    path = make(tmp_path)
    monkeypatch.setattr(documents, limit, value)
    with pytest.raises(DocumentError):
        document_text(path)


def test_an_encrypted_pdf_is_refused(tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter(clone_from=PDF)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    with pytest.raises(DocumentError, match="encrypted"):
        document_text(tmp_path / "locked.pdf")


def test_without_the_extra_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypdf", None)
    with pytest.raises(DocumentError, match=r"stdgraph\[documents\]"):
        document_text(PDF)


def test_a_text_is_kept_and_replaced(data: Path, tmp_path: Path) -> None:
    assert texts.attached(KEY) is None
    assert texts.keys() == []
    first = texts.attach(KEY, MINUTES)
    assert (first.file, first.characters) == ("minutes.txt", len(MINUTES.read_text("utf-8")))
    assert texts.keys() == [KEY]
    found = texts.attached(KEY)
    assert found is not None
    assert found.text == MINUTES.read_text("utf-8")
    (tmp_path / "other.txt").write_text("1 Other\n\nText.\n", encoding="utf-8")
    assert texts.attach(KEY, tmp_path / "other.txt").checksum != first.checksum
    assert sorted(path.name for path in (data / "texts").iterdir()) == [f"{KEY}.json", f"{KEY}.txt"]


def test_a_refused_file_leaves_what_was_there(tmp_path: Path) -> None:
    texts.attach(KEY, MINUTES)
    (tmp_path / "bad.txt").write_bytes(b"\xff")
    with pytest.raises(DocumentError):
        texts.attach(KEY, tmp_path / "bad.txt")
    found = texts.attached(KEY)
    assert found is not None
    assert found.text == MINUTES.read_text("utf-8")


@pytest.mark.parametrize("key", ["", "..", "a/b", "../x", "A", "a.b", "-a"])
def test_a_key_that_is_none_is_refused(key: str) -> None:
    with pytest.raises(TextError):
        texts.attach(key, MINUTES)
    with pytest.raises(TextError):
        texts.attached(key)


@pytest.mark.parametrize("name", [f"{KEY}.txt", f"{KEY}.json"])
def test_a_changed_text_is_refused(data: Path, name: str) -> None:
    texts.attach(KEY, MINUTES)
    with (data / "texts" / name).open("a", encoding="utf-8") as file:
        file.write("x")
    with pytest.raises(TextError, match="sources attach"):
        texts.attached(KEY)


def test_a_folder_that_cannot_be_written_is_told(data: Path) -> None:
    data.write_text("a file")
    with pytest.raises(OutputError):
        texts.attach(KEY, MINUTES)
