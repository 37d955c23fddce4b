"""The curated data: named, cited, of known kinds, with outside identifiers that the registers hold."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import defaultdict
from functools import cache

import pytest

import stdgraph
from conftest import SHARED
from stdgraph.model.vocabulary import BASE, SKOS, STDG
from stdgraph.storage.files import data_files, ontology_files

DATA = data_files()
DOCUMENTS = ("cn-uk-wg", "bri-10y", "cn-annual-2020", "china-standardization-2023-2", "zj-intl-2020")


@cache
def quads():
    return [q for file in DATA for q in file.quads()]


def values(prop: str) -> list[tuple[str, str]]:
    return [(q.subject.value, q.object.value) for q in quads() if q.predicate.value == STDG + prop]


def test_no_blank_node_no_derived_property_no_same_as() -> None:
    forbidden = {
        STDG + p for p in ("cooperatesWith", "coPartyWith", "between", "linkKind", "startEarliest", "dateLatest")
    }
    forbidden |= {"http://www.w3.org/2002/07/owl#sameAs", SKOS + "exactMatch"}
    for quad in quads():
        assert not str(quad.subject).startswith("_:")
        assert not str(quad.object).startswith("_:")
        assert quad.predicate.value not in forbidden


def test_validate_has_nothing_to_say_beyond_what_a_steward_accepted(repository: stdgraph.Graph) -> None:
    """Heads, titles, licences and sources of files, evidence in its folder and cited, one file a subject, declared words."""
    accepted = {"stdgs:Adoption-noResult"}
    assert [f"{f.place}: {f.message}" for f in repository.validate().findings if f.rule not in accepted] == []


def test_no_sentence_of_a_source_is_in_the_data() -> None:
    """Printed forms are titles, names, numbers and dates of at most 80 characters; longer runs are not copied."""
    if not SHARED.is_dir():
        pytest.skip("../shared is absent: the source documents lie there")
    seeds = "".join(re.sub(r"\s+", "", p.read_text("utf-8")) for p in sorted((SHARED / "seeds").glob("0*.txt")))
    found = []
    for quad in quads():
        text = re.sub(r"\s+", "", getattr(quad.object, "value", ""))
        limit = 60 if re.search(r"[一-鿿]", text) else 200
        if (
            len(text) > limit
            and not text.startswith("http")
            and text in seeds
            and "printedForm" not in quad.predicate.value
        ):
            found.append((quad.subject.value, text))
    titles = {
        t
        for _, t in found
        if t
        in {
            re.sub(r"\s+", "", str(getattr(q.object, "value", "")))
            for q in quads()
            if "abel" in q.predicate.value or "itle" in q.predicate.value
        }
    }
    assert [f for f in found if f[1] not in titles] == []


def test_country_codes_are_those_of_iso_3166() -> None:
    path = SHARED / "data" / "countries" / "country_codes.csv"
    if not path.exists():
        pytest.skip("../shared/data/countries is absent: the ISO 3166 codes lie there")
    with path.open(encoding="utf-8") as stream:
        known = {row["ISO3166-1-Alpha-2"] for row in csv.DictReader(stream)}
    codes = values("countryCode")
    assert {code for _, code in codes} <= known


def test_iso_identifiers_are_those_of_the_register() -> None:
    folder = SHARED / "data" / "iso-committees"
    if not folder.is_dir():
        pytest.skip("../shared/data/iso-committees is absent: the ISO register lies there")
    with gzip.open(folder / "iso_technical_committees_2025-06-12.jsonl.gz", "rt", encoding="utf-8") as stream:
        committees = [json.loads(line) for line in stream]
    by_id = {str(c["id"]): c["reference"] for c in committees}
    bodies = {str(m["id"]): m["acronym"] for c in committees for m in [*(c["pMembers"] or []), *(c["oMembers"] or [])]}
    references, acronyms = dict(values("reference")), defaultdict(set)
    for iri, acronym in values("acronym"):
        acronyms[iri].add(acronym)
    for iri, number in values("isoCommitteeId"):
        assert re.sub(r"\s", "", by_id[number]) == re.sub(r"\s", "", references[iri])
    for iri, number in values("isoOrganizationId"):
        assert number not in bodies or bodies[number] in acronyms[iri]


def test_every_kind_of_record_of_each_document_is_there(repository: stdgraph.Graph) -> None:
    rows = repository.sources().to_dicts()
    counted = {r["source"]["iri"].rsplit("/", 1)[-1]: r["records"] for r in rows}
    assert all(counted[key] > 50 for key in DOCUMENTS)


def test_recall_of_the_open_evaluation_facts() -> None:
    """The facts of importance 1 and 2 that the evaluation set opens; the script is a coarse net."""
    import subprocess
    import sys

    script = SHARED / "eval" / "recall.py"
    if not script.exists():
        pytest.skip("../shared/eval is absent: the evaluation facts lie there")
    files = [str(f.path) for f in [*DATA, *ontology_files()]]
    done = subprocess.run(
        [sys.executable, str(script), str(script.with_name("facts.jsonl")), *files],
        capture_output=True,
        text=True,
        check=True,
    )
    shares = {
        m[1]: int(m[2]) / int(m[3]) for m in re.finditer(r"^(\d{3}) .*?fact (\d+)/(\d+)", done.stdout, re.MULTILINE)
    }
    assert shares["000"] >= 0.95
    assert shares["004"] >= 0.95
    assert min(shares.values()) >= 0.8


@pytest.mark.parametrize(
    ("body", "day"), [("ISO", "2025-01-01"), ("China Association for Standardization", "2024-01-01")]
)
def test_nobody_whom_a_document_calls_former_is_offered_for_a_later_day(
    repository: stdgraph.Graph, body: str, day: str
) -> None:
    held = {str(row["person"]) for row in repository.ask("post-holder", body=body, role="president", on=day)}
    assert not held & {"Zhang Xiaogang", "Ji Zhengkun"}


def test_every_country_is_on_one_continent_and_in_one_smallest_region_as_its_source_says() -> None:
    path = SHARED / "data" / "countries" / "country_codes.csv"
    if not path.exists():
        pytest.skip("../shared/data/countries is absent: continents and regions lie there")
    with path.open(encoding="utf-8") as stream:
        rows = {row["ISO3166-1-Alpha-2"]: row for row in csv.DictReader(stream)}
    continents = {"AF": "africa", "AS": "asia", "EU": "europe", "NA": "north-america", "OC": "oceania"}
    numbers, placed = dict(values("m49Code")), defaultdict(list)
    for country, place in values("placeWithin"):
        if place in numbers:
            placed[country].append(numbers[place])
    on = defaultdict(list)
    for country, place in values("onContinent"):
        on[country].append(place)
    levels = ("Intermediate Region Code", "Sub-region Code", "Region Code")
    for country, code in values("countryCode"):
        row = rows[code]
        assert placed[country] == [next(row[level].zfill(3) for level in levels if row[level])], code
        continent = continents.get(row["Continent"], "south-america")
        assert on[country] == [f"{BASE}place/{continent}"], code


def test_groups_have_the_members_that_their_lists_state() -> None:
    folder = SHARED / "data"
    if not (folder / "belt-and-road").is_dir():
        pytest.skip("../shared/data is absent: the lists of members lie there")
    groups, countries = dict(values("inGroup")), dict(values("memberCountry"))
    starts, ends = dict(values("start")), dict(values("end"))
    found = defaultdict(dict)
    for record, group in groups.items():
        found[group.rsplit("/", 1)[-1]][countries[record].rsplit("/", 1)[-1]] = (starts.get(record), ends.get(record))
    with (folder / "belt-and-road" / "signatories_2025-02.csv").open(encoding="utf-8") as stream:
        assert set(found["bri-countries"]) == {row["alpha2"] for row in csv.DictReader(stream)}
    with (folder / "countries" / "country_codes.csv").open(encoding="utf-8") as stream:
        short = {row["ISO3166-1-Alpha-3"]: row["ISO3166-1-Alpha-2"] for row in csv.DictReader(stream)}
    with gzip.open(folder / "trade-agreements" / "memberships_huggo.csv.gz", "rt", encoding="utf-8") as stream:
        parties = list(csv.DictReader(stream))
    assert found["eu-countries"] == {
        short[row["stateID"]]: (row["StateForce"], row["StateEnd"] if row["StateEnd"] < "9999" else None)
        for row in parties
        if row["treatyID"] == "EC_1957A"
    }
    assert set(found["asean-countries"]) == {
        short[row["stateID"]] for row in parties if row["treatyID"] == "ASEANG_2009O"
    }
    assert set(found["northeast-asia"]) == {"CN", "JP", "KR"}
