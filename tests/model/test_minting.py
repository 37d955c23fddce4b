"""Ids of what people enter: well formed, the same for the same, and other ones for others."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stdgraph.model.minting import body_iri, dated_iri, evidence_iri, is_key, locator_slug, named_iri, slug_of
from stdgraph.model.vocabulary import BASE
from stdgraph.storage.files import GraphFile, content

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@pytest.mark.parametrize(
    ("locator", "short"),
    [
        ("3、中英城市可持续发展标准化工作组 / paragraph 3 / item 2", "s3-p3-i2"),
        ("二 / （一）标准化工作改革持续深化 / paragraph 4 / sentence 2", "s2-1-p4-s2"),
        ("二、重点任务 / （三） / sentence 1", "s2-3-s1"),
        ("第十二章 / paragraph 10", "s12-p10"),
        ("二十一、附则 / item 1", "s21-i1"),
        ("3.2 Scope / figure 2", "s3-2-f2"),
        ("byline", "byline"),
        ("Annex B (normative) Terms of reference / paragraph 1", "annex-b-normative-terms-p1"),
        ("大事记 / 7月24日", "xc5c9c2-07-24"),
        ("大事记 / 2020年10月4日 / item 2 (二是)", "xc5c9c2-2020-10-04-i2"),
    ],
)
def test_a_place_has_a_short_form(locator: str, short: str) -> None:
    assert locator_slug(locator) == short


@given(st.text(min_size=1).filter(str.strip))
def test_a_place_is_always_part_of_an_id(locator: str) -> None:
    iri = evidence_iri("cn-uk-wg", locator, f"{BASE}org/gb-bsi")
    assert re.fullmatch(rf"{BASE}evidence/cn-uk-wg--[a-z0-9-]+--gb-bsi", iri)


def test_places_of_the_data_that_differ_have_short_forms_that_differ() -> None:
    """Within one document; a heading of many words is told by its first four, which may be those of another."""
    found: dict[str, set[str]] = {}
    for path in sorted(content("data", "ttl").glob("cn-*/evidence.ttl")):
        for quad in GraphFile(path, "urn:x").quads():
            if quad.predicate.value.endswith("locator"):
                found.setdefault(path.parent.name + locator_slug(quad.object.value), set()).add(quad.object.value)
    assert len(found) > 100
    assert {short: places for short, places in found.items() if len(places) > 1} == {}


@given(st.text(), st.sampled_from(["", "CN", "GB"]))
def test_a_body_has_a_slug_or_is_refused(short: str, country: str) -> None:
    try:
        iri = body_iri(short, country=country)
    except ValueError:
        return
    assert SLUG.fullmatch(iri.removeprefix(f"{BASE}org/"))


@given(st.text(alphabet=st.characters(codec="ascii"), min_size=1))
def test_words_of_an_id_are_made_once(words: str) -> None:
    try:
        iri = dated_iri("event", "2020-05", words)
    except ValueError:
        return
    assert dated_iri("event", "2020-05-01/2020-05-03", slug_of(iri).removeprefix("2020-05-")).endswith(
        slug_of(iri).removeprefix("2020-05")
    )


def test_accents_and_case_do_not_count() -> None:
    assert named_iri("person", "Müller, ANNA") == named_iri("person", "Muller Anna")


def test_a_key_is_one_slug() -> None:
    assert [is_key(text) for text in ("bri-10y", "", "a--b", "-a", "A", "a_b", "中")] == [True] + [False] * 6
