from __future__ import annotations

import csv
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from stdgraph.model.identifiers import committee_iri, committee_slug, ics_iri, reference, slug, workitem_iri
from stdgraph.model.vocabulary import BASE

TEXT = (ROOT / "tests" / "cases" / "identifiers.tsv").read_text("utf-8")
CASES = list(csv.DictReader(TEXT.splitlines(), delimiter="\t"))
SLUG = re.compile(r"[a-z0-9.]+(-[a-z0-9.]+)*")


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["printed"])
def test_the_identifier_of_a_printed_reference(case: dict[str, str]) -> None:
    iri = committee_iri(case["printed"]) if case["kind"] == "committee" else reference(case["printed"]).edition_iri
    assert iri == BASE + case["identifier"]


def test_the_curated_graph_keeps_the_rule() -> None:
    checked = 0
    for path in (ROOT / "data" / "ttl").rglob("*.ttl"):
        for block in path.read_text("utf-8").split("\n.\n"):
            head = re.search(r"^<((?:standard|committee)/(?!set-)[^>]+)>$", block, re.MULTILINE)
            for printed in re.findall(r'stdg:reference "([^"]+)"', block) if head else ():
                iri = committee_iri(printed) if head[1].startswith("committee/") else reference(printed).edition_iri
                assert iri == BASE + head[1]
                checked += 1
    assert checked > 50


@given(st.text())
def test_a_slug_is_made_of_usual_characters_and_is_its_own_slug(text: str) -> None:
    found = slug(text)
    assert not found or SLUG.fullmatch(found)
    assert slug(found) == found


NUMBERS = st.integers(1, 99_999)
YEARS = st.integers(1900, 2099)


@given(st.sampled_from(["ISO", "ISO/IEC", "ISO/TS", "IEC TR"]), NUMBERS, st.none() | NUMBERS, st.none() | YEARS)
def test_a_reference_is_taken_apart_and_put_together(
    code: str, number: int, part: int | None, year: int | None
) -> None:
    work = f"{code} {number}" + (f"-{part}" if part else "")
    found = reference(f"{work}:{year}" if year else work)
    assert (found.work, found.year) == (work, str(year) if year else "")
    assert found.edition_iri == found.work_iri + (f"/ed/{year}" if year else "")
    amended = reference(f"{work}:{year or 2000}/Amd 1:2099").amended
    assert amended is not None
    assert amended.edition_iri == f"{found.work_iri}/ed/{year or 2000}"


@given(st.lists(st.tuples(st.sampled_from(["TC", "PC", "JTC"]), NUMBERS, st.none() | NUMBERS), unique=True))
def test_different_committees_have_different_slugs(found: list[tuple[str, int, int | None]]) -> None:
    printed = [f"ISO/{kind} {n}" + (f"/SC {sub}" if sub else "") for kind, n, sub in found]
    assert len({committee_slug(p) for p in printed}) == len(printed)


def test_nothing_to_make_an_identifier_of_is_an_error() -> None:
    for text in ("", "///", "国标"):
        with pytest.raises(ValueError, match="no letter or digit"):
            committee_slug(text)
        with pytest.raises(ValueError, match="no letter or digit"):
            reference(text)


def test_other_identifiers() -> None:
    assert ics_iri("03.100.70").endswith("/concept/ics-03.100.70")
    assert workitem_iri("123") == BASE + "workitem/iso-123"
