"""A verdict that is kept is the one that judging anew gives, whatever was edited; and what did not change is not judged again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from stdgraph.services.validate import Report, checking, kept, validate
from stdgraph.services.validate import program as programs
from stdgraph.storage import judgements
from stdgraph.storage.files import GraphFile

HEAD = """@base <https://w3id.org/stdgraph/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stdg: <https://w3id.org/stdgraph/ontology#> .
"""
LINES = (
    "<org/a> a stdg:Organization ; skos:prefLabel 'A body'@en .\n",
    "<org/a> skos:altLabel 'two  blanks'@en .\n",
    "<agreement/b> a stdg:Agreement ; stdg:date '2030' .\n",
    "<person/c> a stdg:Persn .\n",
)
SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix stdg: <https://w3id.org/stdgraph/ontology#> .
<urn:s> a sh:PropertyShape ; sh:targetSubjectsOf stdg:date ; sh:path stdg:hasParty ; sh:minCount {} .
"""
DAYS = (None, date(2026, 1, 1), date(2029, 12, 31), date(2031, 1, 1))
edits = st.tuples(
    st.lists(st.sampled_from(LINES), unique=True, max_size=3),
    st.sampled_from(["a.ttl", "b.ttl"]),
    st.sampled_from([None, 0, 1]),
    st.sampled_from(DAYS),
    st.sampled_from(["en", "zh"]),
)


def said(report: Report) -> tuple[Any, ...]:
    """Return what a report says, its results without the names of nodes."""
    triples = [sorted(f"{t.predicate} {t.object}" for t in of if "_:" not in str(t.object)) for of in report.results]
    return report.findings, triples, [len(of) for of in report.results]


@given(st.lists(edits, min_size=2, max_size=5))
@settings(
    max_examples=5,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_with_and_without_what_is_kept_the_findings_are_the_same(tmp_path: Path, steps: list[Any]) -> None:
    for lines, name, least, on, lang in steps * 2:
        file, shape = tmp_path / name, tmp_path / "shape.ttl"
        file.write_text(HEAD + "".join(lines), "utf-8")
        shape.write_text(SHAPES.format(least), "utf-8")
        files = [GraphFile(path, path.as_uri()) for path in sorted(tmp_path.glob("[ab].ttl"))]
        shapes = () if least is None else [GraphFile(shape, "urn:shapes")]
        asked: dict[str, Any] = {"shapes": shapes, "on": on, "lang": lang}
        assert said(validate(files, **asked)) == said(checking.whole(files, **asked))


@pytest.fixture
def judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., bool]:
    """Write a file and tell whether it was judged anew."""

    def judge(*lines: str, on: date | None = None, lang: str = "en") -> bool:
        file, calls, anew = tmp_path / "a.ttl", iter([True, False]), checking.whole
        file.write_text(HEAD + "".join(lines), "utf-8")

        def counted(*given: Any, **asked: Any) -> Report:
            next(calls)
            return anew(*given, **asked)

        with monkeypatch.context() as patch:
            patch.setattr(checking, "whole", counted)
            validate([GraphFile(file, file.as_uri())], on=on, lang=lang)
        return not next(calls)

    return judge


def test_what_did_not_change_is_not_judged_again(judged: Callable[..., bool]) -> None:
    assert judged(LINES[0])
    assert not judged(LINES[0])
    assert judged(LINES[0], LINES[1])
    assert judged(LINES[0], lang="zh")
    assert not judged(LINES[0])


def test_a_verdict_holds_for_later_days_but_where_one_is_still_to_come(judged: Callable[..., bool]) -> None:
    assert judged(LINES[2], on=DAYS[1])
    assert judged(LINES[2], on=DAYS[2])
    assert not judged(LINES[2], on=DAYS[2])
    assert judged(LINES[2], on=DAYS[3])
    assert not judged(LINES[2], on=date(2032, 1, 1))
    assert not judged(LINES[2])
    assert judged(LINES[2], on=DAYS[1])


def test_another_judgement_or_another_program_makes_it_anew(
    judged: Callable[..., bool], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = tmp_path / "own.tsv"
    monkeypatch.setattr(kept, "place", lambda: own)
    assert judged(LINES[0])
    own.write_text("judged", "utf-8")
    assert judged(LINES[0])
    assert not judged(LINES[0])
    program = kept.program.__wrapped__
    was = program()
    monkeypatch.setattr(programs, "_libraries", lambda _: ["pyshacl-99.dist-info"])
    assert program() != was
    monkeypatch.setattr(kept, "program", program)
    assert judged(LINES[0])
    assert judgements.place() != own
