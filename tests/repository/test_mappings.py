"""The reviewed mapping tables: complete rows, objects that stand somewhere, each code and year of a code mapped once."""

from __future__ import annotations

import csv
import re
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from conftest import ROOT

MAPPINGS = sorted((ROOT / "data" / "mappings").glob("*.sssom.tsv"))
TURTLE = ROOT / "data" / "ttl"
JUSTIFIED = {"semapv:ManualMappingCuration", "semapv:LexicalMatching"}

Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t"))


def table(name: str) -> list[Row]:
    return rows(ROOT / "data" / "mappings" / f"{name}.sssom.tsv")


def countries() -> dict[str, Row]:
    return {row["id"]: row for row in rows(ROOT / "data" / "countries.tsv")}


def curated() -> dict[str, str]:
    """Return the English label of each curated country and body."""
    files = ("entities/countries", "entities/bodies", "iso-open-data/members")
    text = "".join((TURTLE / f"{name}.ttl").read_text("utf-8") for name in files)
    return dict(re.findall(r'^<((?:country|org)/[^>]+)>\n(?:    a .*\n)+    skos:prefLabel "([^"]+)"@en', text, re.M))


def thing(curie: str) -> str:
    return curie.replace(":", "/", 1)


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda p: p.stem)
def test_a_row_is_complete_and_its_prefixes_are_declared(path: Path) -> None:
    head = [line.removeprefix("#") for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
    declared = yaml.safe_load("\n".join(head))["curie_map"]
    for row in rows(path):
        assert all(row[name] for name in ("subject_id", "subject_label", "object_id", "object_label", "comment")), row
        assert row["mapping_justification"] in JUSTIFIED
        assert 0.5 <= float(row["confidence"]) <= 1
        assert {row[name].split(":")[0] for name in ("subject_id", "object_id", "predicate_id")} <= set(declared)


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda p: p.stem)
def test_an_object_is_described_under_its_label(path: Path) -> None:
    named, listed = curated(), countries()
    for row in rows(path):
        if row.get("predicate_modifier") != "Not":
            found = thing(row["object_id"])
            label = named.get(found) or listed[found.split("/")[1]]["en"]
            assert row["object_label"] == label, row


@pytest.mark.parametrize("name", ["trade-states", "igo-organizations", "trade-agreements", "iso-members"])
def test_a_subject_is_mapped_once(name: str) -> None:
    subjects = [row["subject_id"] for row in table(name)]
    assert sorted(subjects) == sorted(set(subjects))


def test_the_years_of_a_state_code_follow_each_other_without_gap() -> None:
    periods: dict[str, list[Row]] = {}
    for row in table("cow-states"):
        periods.setdefault(row["subject_id"], []).append(row)
    for found in periods.values():
        ordered = sorted(found, key=lambda row: row["first_year"])
        assert ordered[0]["first_year"] == ordered[-1]["last_year"] == ""
        assert all(int(a["last_year"]) + 1 == int(b["first_year"]) for a, b in pairwise(ordered))


def test_each_name_of_a_country_is_used_and_is_the_curated_one_where_there_is_one() -> None:
    used = {row["object_id"].split(":")[1] for name in ("cow-states", "trade-states") for row in table(name)}
    named = curated()
    for code, row in countries().items():
        assert code in used
        assert re.search(r"[一-鿿]", row["zh-Hans"])
        assert row["en"] == named.get(f"country/{code}", row["en"])
