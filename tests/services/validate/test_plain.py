"""With and without what is kept of plain texts and files the findings are the same; what was wrong is never taken for plain."""

from __future__ import annotations

from pathlib import Path

import pytest

from stdgraph.services.validate import checking, plain
from stdgraph.services.validate.plain import Plain
from stdgraph.storage.files import GraphFile

HEAD = """@base <https://w3id.org/stdgraph/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stdg: <https://w3id.org/stdgraph/ontology#> .
"""
RIGHT = "<org/a> a stdg:Organization ; skos:prefLabel 'A body'@en .\n"
WRONG = "<org/a> skos:altLabel 'two  blanks'@en .\n"


def judged(path: Path) -> list[str]:
    report = checking.whole([GraphFile(path, path.as_uri())], shapes=(), on=None, lang="en")
    return [f"{f.line} {f.check} {f.message}" for f in report.findings]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STDGRAPH_CACHE", str(tmp_path / "cache"))
    home = tmp_path / "data" / "ttl" / "a.ttl"
    home.parent.mkdir(parents=True)
    return home


def test_what_is_kept_changes_no_finding(file: Path) -> None:
    told = []
    for lines in (RIGHT, RIGHT + WRONG, RIGHT, WRONG + RIGHT) * 2:
        file.write_text(HEAD + lines, "utf-8")
        told.append(judged(file))
    assert told[:4] == told[4:]
    assert [any("two-in-a-row" in one or "begins-or-ends" in one for one in said) for said in told[:4]] == [
        False, True, False, True,
    ]  # fmt: skip


def test_what_was_plain_is_not_judged_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def look(value: str, _verb: str) -> list[str]:
        asked.append(value)
        return ["odd"] if value == "c" else []

    for values, wrong in ((["a", "b"], []), (["a", "c"], ["c"]), (["a", "b", "c"], ["c"])):
        known = Plain()
        assert list(known.faults("v", values, look)) == wrong
        known.keep()
    assert asked == ["a", "b", "c", "b", "c"]
    monkeypatch.setattr(plain, "program", lambda: "another")
    assert list(Plain().faults("v", ["a"], look)) == []
    assert asked[-1] == "a", "another program judges for itself"


def test_a_damaged_memory_is_none(file: Path) -> None:
    known = Plain()
    known.note("v", "a")
    known.keep()
    plain._place().write_bytes(b"no such thing")
    assert not Plain().is_known("v", "a")
