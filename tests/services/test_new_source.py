"""A new source document: its record, its folder, and what is refused before anything is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import stdgraph
from conftest import TINY
from stdgraph.errors import DocumentError, ParameterError, UnknownNameError
from stdgraph.storage.turtle import format_turtle

SAID = {"title_en": "Notice", "title_zh": "通知", "translated": "en", "language": "zh-Hans"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "tiny.ttl").write_bytes(TINY.read_bytes())
    (folder / "sources.ttl").write_text(format_turtle(""), "utf-8")
    return folder


def files(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.ttl")}


def test_a_document_gets_record_folder_and_text(root: Path, tmp_path: Path) -> None:
    text = tmp_path / "notice.txt"
    text.write_text("一、会谈\n\n双方举行会谈。签署了备忘录。\n", "utf-8")
    graph = stdgraph.open(data=[root])
    more: dict[str, Any] = {"issuer": ["ASA"], "date": "2024-05", "type": "notice", "rights": "Public document"}
    made, findings = graph.new_source("aa-2024", **SAID, **more, url="https://example.org/a", text=text)
    assert findings == ()
    assert sorted(files(root)) == ["aa-2024/evidence.ttl", "sources.ttl", "tiny.ttl"]
    assert all(format_turtle(told) == told for name, told in files(root).items() if name != "tiny.ttl")
    again = stdgraph.open(data=[root])
    (row,) = [row for row in again.sources().to_dicts() if row["source"]["iri"].endswith("/aa-2024")]
    assert (row["date"], row["characters"], row["type"]["label"]) == ("2024-05", 21, "notice")
    assert [row["locator"] for row in again.places("aa-2024").to_dicts()][1:] == [
        "一、会谈 / paragraph 1",
        "一、会谈 / paragraph 1 / sentence 1",
        "一、会谈 / paragraph 1 / sentence 2",
    ]
    (found,) = again.places("aa-2024", "备忘录").to_dicts()
    assert found["locator"] == "一、会谈 / paragraph 1 / sentence 2"
    assert made.key == "aa-2024"


def test_what_is_left_out_is_a_warning(root: Path) -> None:
    _, findings = stdgraph.open(data=[root]).new_source("aa-2024", **SAID)
    assert {finding.shape for finding in findings} == {
        "stdgs:SourceDocument-date",
        "stdgs:SourceDocument-issuer",
        "stdgs:SourceDocument-rights",
    }
    assert "aa-2024/evidence.ttl" in files(root)


@pytest.mark.parametrize(
    ("key", "more", "message"),
    [
        ("doc-a", {}, "is there already"),
        ("AA_2024", {}, "is no key"),
        ("aa--2024", {}, "is no key"),
        ("../x", {}, "is no key"),
        ("aa", {"date": "May 2024"}, "not an EDTF date"),
        ("aa", {"language": "Chinese language"}, "is no language tag"),
        ("aa", {"url": "www.example.org"}, "is no web address"),
        ("aa", {"title_zh": "Notice"}, "is no title in that language"),
        ("aa", {"title_en": "通知"}, "is no title in that language"),
        ("aa", {"type": "mou"}, "of another list"),
    ],
)
def test_what_is_not_so_is_told_before_anything_is_written(
    key: str, more: dict[str, Any], message: str, root: Path
) -> None:
    before = files(root)
    with pytest.raises(ParameterError, match=message):
        stdgraph.open(data=[root]).new_source(key, **(SAID | more))
    assert files(root) == before


def test_an_issuer_must_bear_the_name_exactly(root: Path) -> None:
    with pytest.raises(UnknownNameError):
        stdgraph.open(data=[root]).new_source("aa", **SAID, issuer=["World Standards"])


def test_a_text_that_cannot_be_read_stops_all(root: Path, tmp_path: Path) -> None:
    before = files(root)
    (tmp_path / "x.exe").write_bytes(b"MZ\0")
    with pytest.raises(DocumentError):
        stdgraph.open(data=[root]).new_source("aa", **SAID, text=tmp_path / "x.exe")
    assert files(root) == before
