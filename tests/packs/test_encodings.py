from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, iso_files
from stdgraph.packs import snapshots
from stdgraph.packs.adding import Added, add
from stdgraph.packs.encodings import encodings

COMMITTEES = ROOT / "tests" / "cases" / "pack" / "committees_2025-01-15.jsonl"
WESTERN = [
    "ä",
    "Hyvää päivää, Jyväskylä",
    "Société française d’été – “naïve”",
    "Ñandú, Ibáñez, Fußgänger, Ångström, Øresund",
    "©® 2024 … ÄÖÜ",
]
CHINESE = ["国家标准", "石墨烯 graphene,甲", "標準化委員會", "ISO/TC 1,中国（GB）", "—“标准”…"]


@pytest.mark.parametrize("text", WESTERN)
def test_a_western_text_is_western(text: str) -> None:
    assert encodings([text.encode("cp1252")]) == ("utf-8", "windows-1252")
    assert encodings([text.encode()]) == ("utf-8",)


@pytest.mark.parametrize("text", CHINESE)
def test_a_chinese_text_is_chinese(text: str) -> None:
    assert encodings([text.encode("gb18030")])[0] == "gb18030"
    assert encodings([text.encode()]) == ("utf-8",)


@given(st.lists(st.text(), max_size=5))
def test_utf_8_is_never_taken_for_another(lines: list[str]) -> None:
    assert encodings([line.encode("utf-8", "ignore") for line in lines]) == ("utf-8",)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STDGRAPH_DATA", str(tmp_path / "data"))
    return tmp_path


def titled(*titles: str) -> list[str]:
    """Return committees of the made-up register with other titles."""
    records = [json.loads(line) for line in COMMITTEES.read_text("utf-8").splitlines()]
    for record, title in zip(records, titles, strict=False):
        record["title"]["en"] = title
    return [json.dumps(record, ensure_ascii=False) + "\n" for record in records]


def added(place: Path, data: bytes) -> Added:
    path = place / "committees.jsonl"
    path.write_bytes(data)
    return add("iso", iso_files(path, day="2025-01-15"))


def core(found: Added) -> str:
    return gzip.decompress((found.snapshot.folder / snapshots.CORE).read_bytes()).decode()


def test_a_register_in_gb18030_is_read_as_what_it_is(place: Path) -> None:
    lines = titled("石墨烯标准化", "小", "茶叶与咖啡")  # the second is Cyrillic, where each line is judged alone
    found = added(place, "".join(lines).encode("gb18030"))
    assert {"chinese-encoding"} == found.report.totals.keys() & {"chinese-encoding", "encoding", "mixed-encoding"}
    assert all(f'"{title}"@en' in core(found) for title in ("石墨烯标准化", "小", "茶叶与咖啡"))
    assert [f.line for f in found.report.findings if f.kind == "chinese-encoding"] == [1]


def test_utf_8_and_gb18030_in_one_file_are_an_error(place: Path) -> None:
    first, second, *rest = titled("石墨烯标准化与其他许多名称", "茶叶标准化")
    found = added(place, first.encode() + second.encode("gb18030") + "".join(rest).encode())
    assert {"chinese-encoding", "mixed-encoding"} <= found.report.totals.keys()
    assert all(f'"{title}"@en' in core(found) for title in ("石墨烯标准化与其他许多名称", "茶叶标准化"))


def test_a_fault_behind_the_sample_does_not_lose_what_stands_before(place: Path) -> None:
    packed = gzip.compress("".join(titled("石墨烯标准化")).encode("gb18030"))
    found = added(place, packed[:-12])
    assert "truncated" in found.report.totals
    assert "chinese-encoding" in found.report.totals
