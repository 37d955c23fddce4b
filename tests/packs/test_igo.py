"""Memberships of organizations: dates say what was observed, codes mean states, counts are those of the files."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

import stdgraph
from conftest import ROOT, SHARED
from stdgraph.errors import PackError, PackFaultError, ParameterError
from stdgraph.model.vocabulary import BASE
from stdgraph.packs import snapshots
from stdgraph.packs.adding import Added
from stdgraph.packs.inputs import Inputs
from stdgraph.services.pack import add, diff, listing

CASES = ROOT / "tests" / "cases" / "pack" / "igo"
REAL = SHARED / "data" / "igo-memberships"
DAY = "2020-01-01"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STDGRAPH_DATA", str(tmp_path / "data"))
    return tmp_path


def files(organizations: Path = CASES / "organizations.csv", memberships: Path = CASES / "memberships.csv") -> Inputs:
    return Inputs({"organizations": [organizations], "memberships": [memberships]}, DAY)


def changed(place: Path, name: str, old: str, new: str) -> Path:
    """Return a copy of a file of the case with something else in it."""
    text = (CASES / name).read_text("utf-8")
    assert old in text
    (place / name).write_text(text.replace(old, new), "utf-8")
    return place / name


def lines(added: Added, part: str) -> set[str]:
    text = gzip.decompress((added.snapshot.folder / part).read_bytes()).decode()
    return set(text.replace(BASE, "").replace("https://w3id.org/stdgraph/ontology#", ":").splitlines())


def of(added: Added, subject: str, *verbs: str) -> dict[str, str]:
    """Return what a snapshot says of a membership, by property."""
    found = {}
    for line in lines(added, f"memberships{snapshots.TRIPLES}"):
        if line.startswith(f"<{subject}> ") and (verb := line.split()[1].strip("<:>")) in verbs:
            found[verb] = line.split(maxsplit=2)[2].removesuffix(" .").strip('<">')
    return found


def kinds(added: Added) -> set[tuple[str, int, str]]:
    return {(f.kind, f.line, f.field) for f in added.report.findings if f.level != "info" and f.kind != "few"}


def test_what_is_said_of_a_membership_is_what_was_observed() -> None:
    added = add("igo", files())
    assert of(added, "membership/cn--igo-10--1985", "member", "inBody", "start", "end") == {
        "member": "country/CN",
        "inBody": "org/igo-10",
        "start": "1985",
    }
    assert of(added, "membership/gb--igo-10--1960", "start", "end") == {"start": "1958/1960", "end": "1999/2000"}
    assert of(added, "membership/cow-auh--igo-10--1815", "start", "end") == {"start": "1815", "end": "1910/1915"}
    assert of(added, "membership/cn--igo-20--1990-associate", "end") == {"end": "1999"}
    assert of(added, "membership/gb--igo-10--2000-observer", "role") == {
        "role": "https://w3id.org/stdgraph/concept/role-observer"
    }


def test_the_last_observation_is_the_evidence_and_comes_with_its_days() -> None:
    found = lines(add("igo", files()), f"memberships{snapshots.TRIPLES}")
    shown = f"<evidence/cow-igo--cn--igo-10--1985--{DAY}>"
    assert f'{shown} <:attestedOn> "2014" .' in found
    assert f'{shown} <:locator> "organization 10, state CHN" .' in found
    day = "^^<http://www.w3.org/2001/XMLSchema#date>"
    assert f'<membership/gb--igo-10--1960> <:startEarliest> "1958-01-01"{day} .' in found


def test_a_code_means_a_state_in_its_years() -> None:
    added = add("igo", files())
    assert of(added, "membership/yucs--igo-10--1970", "member", "end") == {
        "member": "country/YUCS",
        "end": "1992/1993",
    }
    assert of(added, "membership/rs--igo-10--1993", "start", "end") == {"start": "1993"}
    assert of(added, "membership/de--igo-10--1973", "start", "end") == {"start": "1973"}
    core = lines(added, snapshots.CORE)
    assert any(
        line.startswith('<country/YUCS> <http://www.w3.org/2004/02/skos/core#prefLabel> "南斯拉夫"@zh') for line in core
    )
    assert not any(line.startswith("<country/CN>") for line in core)


def test_an_organization_of_the_graph_keeps_its_own_names() -> None:
    core = lines(add("igo", files()), snapshots.CORE)
    assert not any(line.startswith("<org/itu> <http://www.w3.org/2004/02/skos/core#prefLabel>") for line in core)
    assert any(
        line.startswith('<org/igo-10> <http://www.w3.org/2004/02/skos/core#prefLabel> "World Tea Organization"')
        for line in core
    )


FAULTS = {
    "no number": ("organizations.csv", "CUPS,20,", "CUPS,,", ("field-missing", 3, "igo_number")),
    "an odd number": ("organizations.csv", "CUPS,20,", "CUPS,x,", ("value", 3, "igo_number")),
    "one number twice": ("organizations.csv", "CUPS,20,", "CUPS,10,", ("same-id", 3, "igo")),
    "ended before it began": (
        "organizations.csv",
        "1990,1999,1990,1999",
        "1990,1999,1990,1899",
        ("contradiction", 3, "end_year"),
    ),
    "ended before its members left": (
        "organizations.csv",
        "1990,1999,1990,1999",
        "1990,1999,1990,1995",
        ("contradiction", 3, "end_year"),
    ),
    "another column": ("organizations.csv", "long_name", "seat", ("unknown-field", 2, "seat")),
    "a cell too many": ("organizations.csv", "1990,1999,1990,1999", "1990,1999,1990,1999,", ("broken", 3, "")),
    "no such organization": ("memberships.csv", "CUPS,CHN", "MUGS,CHN", ("dangling", 9, "igo")),
    "no such state": ("memberships.csv", "CUPS,CHN", "CUPS,XXX", ("unknown-code", 9, "state_code")),
    "no such status": ("memberships.csv", "associate", "guest", ("unknown-code", 9, "status")),
    "years the other way round": ("memberships.csv", "1990,1999", "1999,1990", ("value", 9, "last_year_observed")),
    "a year to come": ("memberships.csv", "1990,1999", "1990,2031", ("value", 9, "last_year_observed")),
    "no year": ("memberships.csv", "1990,1999", ",1999", ("field-missing", 9, "first_year_observed")),
    "two at once": (
        "memberships.csv",
        "CUPS,CHN,China,associate,1990,1999",
        "TEA,CHN,China,full,2000,2014",
        ("contradiction", 2, "memberships"),
    ),
}


@pytest.mark.parametrize(("name", "old", "new", "finding"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_a_finding_and_the_rest_is_imported(
    place: Path, name: str, old: str, new: str, finding: tuple[str, int, str]
) -> None:
    added = add("igo", files(**{Path(name).stem: changed(place, name, old, new)}))
    assert finding in kinds(added)
    assert of(added, "membership/cn--igo-10--1985", "start") == {"start": "1985"}
    if added.report.faulty:
        with pytest.raises(PackFaultError):
            add("igo", files(**{Path(name).stem: place / name}), strict=True)


def test_a_file_that_is_cut_off_or_something_else_ends_as_for_iso(place: Path) -> None:
    whole = gzip.compress((CASES / "memberships.csv").read_bytes() * 1)
    (place / "cut.gz").write_bytes(whole[:-20])
    assert "truncated" in add("igo", files(memberships=place / "cut.gz")).report.totals
    with pytest.raises(PackError, match="no organization can be read"):
        add("igo", files(organizations=CASES / "memberships.csv"))
    with pytest.raises(PackError, match="no membership can be read"):
        add("igo", files(memberships=CASES / "organizations.csv"))
    with pytest.raises(ParameterError, match="needed for igo"):
        add("igo", Inputs({"organizations": [CASES / "organizations.csv"]}, DAY))
    with pytest.raises(ParameterError, match="no file of igo; it takes organizations, memberships"):
        add("igo", Inputs(dict(files().files) | {"ics": [CASES / "organizations.csv"]}, DAY))


def test_rows_in_another_order_give_the_same_bytes(place: Path) -> None:
    head, *rows = (CASES / "memberships.csv").read_text("utf-8").splitlines(keepends=True)
    (place / "mixed.csv").write_text(head + "".join(reversed(rows)), "utf-8")
    first = add("igo", files()).snapshot.manifest["files"]
    assert add("igo", files(memberships=place / "mixed.csv")).snapshot.manifest["files"] == first


def test_two_snapshots_are_compared(place: Path) -> None:
    add("igo", files())
    later = changed(place, "memberships.csv", "TEA,CHN,China,full,1985,2014", "TEA,CHN,China,full,1985,2010")
    add("igo", Inputs({"organizations": [CASES / "organizations.csv"], "memberships": [later]}, "2021-01-01"))
    found = [tuple(row.cells.values()) for row in diff("igo", DAY, "2021-01-01")]
    assert found == [
        (
            "membership changed",
            "World Tea Organization",
            "TEA",
            "China",
            "full member, 1985",
            "full member, 1985, 2010/2011",
        )
    ]
    assert [source.locator for row in diff("igo", DAY, "2021-01-01") for source in row.sources] == [
        f"organization 10, {DAY}",
        "organization 10, 2021-01-01",
    ]
    assert [(r["pack"], r["organizations"], r["memberships"]) for r in listing()] == [("igo", 3, 9), ("igo", 3, 9)]


def test_the_question_answers_on_a_day_in_both_languages() -> None:
    add("igo", files())
    graph = stdgraph.open(pack="igo")
    rows = [
        (str(r["organization"]), str(r["status"]), r["certainty"])
        for r in graph.ask("igo-memberships", country="UK", on="1980-06-30")
    ]
    assert rows == [("World Tea Organization", "full member", "certain")]
    assert len(graph.ask("igo-memberships", country="China")) == 3
    assert all(row.sources for row in graph.ask("igo-memberships", country="China"))
    assert len(graph.ask("igo-memberships", country="China", on="1984-12-31")) == 1  # ITU
    answer = stdgraph.open(pack="igo", lang="zh").ask("igo-memberships", country="南斯拉夫")
    assert [str(r["status"]) for r in answer] == ["正式成员"]


def test_no_tie_follows_from_a_membership() -> None:
    add("igo", files())
    packed, plain = stdgraph.open(pack="igo"), stdgraph.open()
    count = "SELECT (COUNT(*) AS ?n) { ?x a stdg:CooperationLink }"
    assert packed.query(count).to_dicts() == plain.query(count).to_dicts()


def rows(name: str) -> list[dict[str, str]]:
    with gzip.open(REAL / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.skipif(not REAL.is_dir(), reason="needs ../shared/data/igo-memberships, the register itself")
def test_the_counts_are_those_of_the_files() -> None:
    """Counted year by year, another way than by dividing and joining spans."""
    meant: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    table = (ROOT / "data" / "mappings" / "cow-states.sssom.tsv").read_text("utf-8").splitlines()
    for row in csv.DictReader((line for line in table if line[0] != "#"), delimiter="\t"):
        years = int(row["first_year"] or 0), int(row["last_year"] or 9999)
        meant[row["subject_id"].partition(":")[2]].append((*years, row["object_id"]))
    held: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for row in rows("memberships"):
        for year in range(int(row["first_year_observed"]), int(row["last_year_observed"]) + 1):
            state = next(s for low, high, s in meant[row["state_code"]] if low <= year <= high)
            held[row["igo"], state, row["status"]].add(year)
    begun = [key for key, years in held.items() for year in years if year - 1 not in years]
    added = add("igo", Inputs({n: [REAL / f"{n}.csv.gz"] for n in ("organizations", "memberships")}, DAY))
    assert added.report.counts == {
        "organizations": len(rows("organizations")),
        "memberships": len(begun),
        "states": len({state for _, state, _ in held}),
        "full_members": sum(status == "full" for *_, status in begun),
        "associate_members": sum(status == "associate" for *_, status in begun),
        "observers": sum(status == "observer" for *_, status in begun),
    }
    assert {f.kind for f in added.report.findings} == {"contradiction", "control", "ignored-field"}
    in_1985 = {key[0] for key, years in held.items() if key[1] == "country:CN" and 1985 in years}
    answer: Any = stdgraph.open(pack="igo").ask("igo-memberships", country="China", on="1985-12-31")
    assert len({r["organization"].iri for r in answer}) == len(in_1985)
