"""Persons: each has a name in Latin letters, and the pinyin that is ours is what the characters are read as."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from pypinyin import Style, lazy_pinyin

import stdgraph
from stdgraph.model.spelling import HAN, key
from stdgraph.model.vocabulary import BASE, SKOS, STDG
from stdgraph.storage.files import data_files

SURNAMES = {"单": "Shan", "仇": "Qiu", "曾": "Zeng", "解": "Xie", "任": "Ren", "查": "Zha", "朴": "Piao", "盖": "Ge"}
"""Characters that are read otherwise where they are a family name."""

PERSONS = next(file for file in data_files() if file.path.stem == "persons")


def names(prop: str, tag: str) -> dict[str, str]:
    """Return the name of each person in one language."""
    quads = (q for q in PERSONS.quads() if q.predicate.value == prop)
    return {q.subject.value: q.object.value for q in quads if (q.object.language or "").lower() == tag}


PRINTED = names(SKOS + "prefLabel", "en")
CHINESE = names(SKOS + "prefLabel", "zh-hans")
PINYIN = names(SKOS + "altLabel", "zh-latn-pinyin")


def romanized(name: str) -> str:
    """Return the pinyin of a Chinese name: family name first, the given name in one word."""
    family, *given = lazy_pinyin(name, style=Style.NORMAL)
    return f"{SURNAMES.get(name[0], family.title())} {''.join(given).title()}"


@pytest.mark.parametrize(("name", "read"), [("单国强", "Shan Guoqiang"), ("任雁", "Ren Yan"), ("徐乐江", "Xu Lejiang")])
def test_a_family_name_is_read_as_one(name: str, read: str) -> None:
    assert romanized(name) == read


def test_our_pinyin_is_what_the_characters_are_read_as() -> None:
    assert len(PINYIN) >= 13
    assert {CHINESE[iri]: name for iri, name in PINYIN.items()} == {
        CHINESE[iri]: romanized(CHINESE[iri]) for iri in PINYIN
    }


def test_pinyin_is_marked_as_ours_and_stands_where_no_latin_name_is_printed() -> None:
    own = defaultdict(set)
    for quad in PERSONS.quads():
        if quad.predicate.value == STDG + "ownTranslation":
            own[quad.object.value].add(quad.subject.value)
    assert own["zh-Latn-pinyin"] == PINYIN.keys()
    assert CHINESE.keys() - PRINTED.keys() == PINYIN.keys()
    transcribed = {iri for iri, name in CHINESE.items() if "·" in name}
    assert own["en"] == transcribed


def test_a_printed_latin_name_is_read_as_the_printed_characters() -> None:
    both = {CHINESE[iri]: name for iri, name in PRINTED.items() if iri in CHINESE and "·" not in CHINESE[iri]}
    assert both == {name: romanized(name) for name in both}


def test_tables_print_each_script(repository: stdgraph.Graph) -> None:
    index = repository.reads.names
    for person in index.of_kind("Person"):
        assert not HAN.search(person.label("en")), person.iri
        if person.iri in CHINESE:
            assert person.label("zh") == CHINESE[person.iri]


def test_persons_of_one_name_are_one_or_told_to_be_perhaps_one() -> None:
    bearers = defaultdict(set)
    for iri, name in (PRINTED | PINYIN).items():
        bearers[key(name)].add(iri)
    linked = {
        frozenset((q.subject.value, q.object.value))
        for file in data_files()
        for q in file.quads()
        if q.predicate.value == STDG + "possiblySameAs"
    }
    assert {frozenset(iris) for iris in bearers.values() if len(iris) > 1} <= linked


@pytest.mark.parametrize("name", ["张晓刚", "張曉剛", "Zhang Xiaogang", "zhang xiao gang"])
def test_a_person_is_found_in_either_script_with_evidence(repository: stdgraph.Graph, name: str) -> None:
    shown = repository.show(name)
    assert shown.entity.iri == BASE + "person/zhang-xiaogang"
    assert {"cn-annual-2020", "china-standardization-2023-2"} <= {re.sub(".*/", "", s.source) for s in shown.sources}
