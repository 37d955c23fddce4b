"""The reviewed mapping tables: `stdgraph validate` judges their rows; here what else they must be like together."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import ROOT
from stdgraph.services.validate.tables import mapping_faults
from stdgraph.storage.files import data_files

MAPPINGS = sorted((ROOT / "data" / "mappings").glob("*.sssom.tsv"))
TURTLE = ROOT / "data" / "ttl"

Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t"))


def table(name: str) -> list[Row]:
    return rows(ROOT / "data" / "mappings" / f"{name}.sssom.tsv")


def curated() -> dict[str, str]:
    """Return the English label of each curated country and body."""
    files = ("entities/countries", "entities/bodies", "iso-open-data/members")
    text = "".join((TURTLE / f"{name}.ttl").read_text("utf-8") for name in files)
    return dict(re.findall(r'^<((?:country|org)/[^>]+)>\n(?:    a .*\n)+    skos:prefLabel "([^"]+)"@en', text, re.M))


@pytest.fixture(scope="module")
def store() -> ox.Store:
    found = ox.Store()
    for file in data_files():
        found.extend(file.quads())
    return found


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda p: p.stem)
def test_a_table_breaks_no_rule(path: Path, store: ox.Store) -> None:
    assert rows(path)
    assert [f"{r.at}: {r.finding.message}" for r in mapping_faults(path, store)] == []


def test_each_name_of_a_country_is_used_and_is_the_curated_one_where_there_is_one() -> None:
    used = {row["object_id"].split(":")[1] for name in ("cow-states", "trade-states") for row in table(name)}
    named = curated()
    for row in rows(ROOT / "data" / "countries.tsv"):
        assert row["id"] in used
        assert re.search(r"[一-鿿]", row["zh-Hans"])
        assert row["en"] == named.get(f"country/{row['id']}", row["en"])
