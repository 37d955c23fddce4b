"""The bodies of the real ISO register beside those of the curated graph: nobody stands twice, and no tie comes of membership."""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

import pytest

import stdgraph
from conftest import SHARED, iso_files
from stdgraph.model.vocabulary import BASE
from stdgraph.services.pack import add

COMMITTEES = SHARED / "data" / "iso-committees" / "iso_technical_committees_2025-06-12.jsonl.gz"
TABLE = SHARED / "data" / "iso-member-bodies" / "member_bodies.csv"

pytestmark = pytest.mark.skipif(
    not COMMITTEES.exists() or not TABLE.exists(),
    reason="needs ../shared/data/iso-committees and iso-member-bodies, the registers themselves",
)


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[stdgraph.Graph]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STDGRAPH_DATA", str(tmp_path_factory.mktemp("data")))
        add("iso", iso_files(COMMITTEES, day="2025-06-12"))
        yield stdgraph.open(pack="iso")


def values(graph: stdgraph.Graph, what: str) -> list[tuple[str, ...]]:
    return [tuple(term.value for term in row) for row in graph.reads.select(what)]


def table() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def registered() -> dict[str, str]:
    """Return the acronym of each body that takes part in a committee, by its number."""
    with gzip.open(COMMITTEES, "rt", encoding="utf-8") as stream:
        committees = [json.loads(line) for line in stream]
    lists = [c[kind] or [] for c in committees for kind in ("pMembers", "oMembers")]
    return {str(body["id"]): body["acronym"] for its in lists for body in its}


def test_no_two_national_bodies_of_one_country_without_a_link(packed: stdgraph.Graph) -> None:
    its = defaultdict(set)
    for country, body in values(packed, "SELECT ?c ?b { ?b a stdg:NationalStandardsBody ; stdg:ofCountry ?c }"):
        its[country].add(body)
    linked = set(map(frozenset, values(packed, "SELECT ?a ?b { ?a stdg:possiblySameAs ?b }")))
    pairs = {frozenset(pair) for bodies in its.values() for pair in combinations(sorted(bodies), 2)}
    assert pairs == {frozenset((f"{BASE}org/kz-ctrm", f"{BASE}org/kz-nsb"))}
    assert pairs <= linked


def test_each_member_of_the_register_is_one_body_of_the_packaged_graph(packed: stdgraph.Graph) -> None:
    found = values(packed, "SELECT DISTINCT ?b ?n { ?b a stdg:NationalStandardsBody ; stdg:isoOrganizationId ?n }")
    assert sorted(number for _, number in found) == sorted(registered())
    minted = {body.removeprefix(BASE) for body, _ in found if "/iso-id-" in body}
    assert minted == {"org/iso-id-10320054"}, "the one whose country no list tells"


def test_no_pair_of_national_bodies_looks_like_one(packed: stdgraph.Graph) -> None:
    said = {(str(r["one"]), str(r["other"])) for r in packed.ask("possible-duplicates") if "national" in str(r["why"])}
    assert said == set()


def test_the_bridge_reaches_each_body_that_the_documents_tell_of(packed: stdgraph.Graph) -> None:
    rows = packed.ask("bridge", actor="SAC")
    others = {(r["one"] if r["other"].iri.endswith("/cn-sac") else r["other"]).iri: r for r in rows}
    singapore = others[f"{BASE}org/sg-ssc"]
    assert singapore["seats"] == 87
    assert "Standardization documents of SAC among the results of high-level visits at premier level" in str(
        singapore["agreements"]
    )
    assert {f"{BASE}org/{name}" for name in ("de-din", "gb-bsi", "it-uni", "mn-masm", "ru-gost-r")} <= set(others)


def test_each_body_of_the_table_stands_in_the_packaged_graph(repository: stdgraph.Graph) -> None:
    said = defaultdict(lambda: defaultdict(set))
    for body, what, value in values(
        repository,
        "SELECT ?b ?p ?v { ?b a stdg:NationalStandardsBody ; ?p ?v "
        "VALUES ?p { stdg:acronym stdg:ofCountry stdg:isoOrganizationId skos:prefLabel skos:altLabel } }",
    ):
        said[body][what.rsplit("#")[-1]].add(value)
    printed = defaultdict(set)
    for body, form in values(repository, "SELECT ?b ?f { ?b stdg:evidence/stdg:printedForm ?f }"):
        printed[body].add(form)
    for row in table():
        country, acronym = f"{BASE}country/{row['alpha2']}", row["acronym_2025"] or row["acronym_2022"]
        its = [
            body
            for body, facts in said.items()
            if acronym in facts["acronym"] and facts["ofCountry"] == ({country} if row["alpha2"] else set())
        ]
        assert len(its) == 1, row
        assert said[its[0]]["isoOrganizationId"] == ({row["iso_id"]} if row["iso_id"] else set()), row
        assert not row["name_2022"] or any(row["name_2022"].startswith(form) for form in printed[its[0]]), row


def test_each_body_has_a_name_in_both_languages_and_both_of_its_places(repository: stdgraph.Graph) -> None:
    names = repository.reads.select(
        "SELECT ?b (COUNT(DISTINCT ?en) AS ?e) (COUNT(DISTINCT ?zh) AS ?z) { ?b stdg:isoOrganizationId ?n "
        "OPTIONAL { ?b skos:prefLabel ?en FILTER (LANG(?en) = 'en') } "
        "OPTIONAL { ?b skos:prefLabel ?zh FILTER (LANGMATCHES(LANG(?zh), 'zh') && REGEX(?zh, '[一-鿿]')) } } GROUP BY ?b"
    )
    assert {(row["e"].value, row["z"].value) for row in names} == {("1", "1")}
    assert len(names) == len(registered())
    places = values(
        repository, "SELECT ?n ?p { ?b stdg:isoOrganizationId ?n ; stdg:evidence ?e . BIND (STR(?e) AS ?p) }"
    )
    assert all((number, f"{BASE}evidence/iso-open-data--{number}--2025-06-12") in places for number in registered())


@pytest.mark.parametrize(
    ("typed", "iri"),
    [
        ("DIN", "org/de-din"),
        ("AFNOR", "org/fr-afnor"),
        ("JISC", "org/jp-jisc"),
        ("德国标准化学会", "org/de-din"),
        ("National standards body of Germany", "org/de-din"),
        ("新加坡国家标准化机构", "org/sg-ssc"),
        ("AENOR", "org/es-une"),
    ],
)
def test_a_body_is_found_by_any_of_its_names_without_a_pack(repository: stdgraph.Graph, typed: str, iri: str) -> None:
    assert repository.find(typed)[0].iri == BASE + iri


def test_no_tie_follows_from_membership_in_iso(repository: stdgraph.Graph, packed: stdgraph.Graph) -> None:
    rows = repository.ask("memberships", actor="JISC")
    assert [r["body"].iri for r in rows] == [f"{BASE}org/iso"]
    assert not repository.ask("who-cooperates-with", actor="JISC")
    resting = (
        "SELECT ?l { ?l stdg:basis ?r . ?r a stdg:Membership ; stdg:inBody <https://w3id.org/stdgraph/id/org/iso> }"
    )
    assert values(repository, resting) == values(packed, resting) == []
