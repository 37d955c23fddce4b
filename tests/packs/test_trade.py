"""Trade agreements: what two publishers say of one agreement comes together, and stays apart where they differ."""

from __future__ import annotations

import csv
import gzip
import re
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

import stdgraph
from conftest import ROOT, SHARED
from stdgraph.errors import PackError, PackFaultError
from stdgraph.model.vocabulary import BASE
from stdgraph.packs import snapshots
from stdgraph.packs.adding import Added
from stdgraph.packs.inputs import Inputs
from stdgraph.packs.trade.identity import agreement_iri, own
from stdgraph.services.pack import add, diff

CASES = ROOT / "tests" / "cases" / "pack" / "trade"
REAL = SHARED / "data" / "trade-agreements"
DAY = "2023-12-31"
Row = dict[str, str]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STDGRAPH_DATA", str(tmp_path / "data"))
    return tmp_path


def files(**other: Path) -> Inputs:
    """Return the files of the case, some of them others."""
    paths = {name: other.get(name, CASES / f"{name}.csv") for name in NAMES}
    kinds = ("agreements", "parties")
    return Inputs({kind: [p for name, p in paths.items() if name.startswith(kind)] for kind in kinds}, DAY)


NAMES = ("agreements_desta", "agreements_huggo", "parties_desta", "parties_huggo")


def changed(place: Path, name: str, old: str, new: str) -> dict[str, Path]:
    """Return a copy of a file of the case with something else in it, by its name."""
    text = (CASES / f"{name}.csv").read_text("utf-8")
    assert old in text
    (place / f"{name}.csv").write_text(text.replace(old, new, 1), "utf-8")
    return {name: place / f"{name}.csv"}


def lines(added: Added) -> set[str]:
    found: set[str] = set()
    for name in (snapshots.CORE, f"parties{snapshots.TRIPLES}"):
        text = gzip.decompress((added.snapshot.folder / name).read_bytes()).decode()
        short = text.replace(BASE, "").replace("https://w3id.org/stdgraph/ontology#", ":")
        found |= {re.sub(r" (<https://w3id.org/stdgraph/graph/[^>]*> )?\.$", "", line) for line in short.splitlines()}
    return found


def of(added: Added, subject: str, *verbs: str) -> set[tuple[str, str]]:
    found = [line.split(" ", 2) for line in lines(added) if line.startswith(f"<{subject}> ")]
    return {(verb[2:-1], value.strip('<">')) for _, verb, value in found if verb[2:-1] in verbs}


def kinds(added: Added) -> set[tuple[str, str, int, str]]:
    return {(f.kind, f.file, f.line, f.field) for f in added.report.findings if f.level != "info" and f.kind != "few"}


TEA, CHILE = "agreement/trade-nzteac-1990o", "agreement/trade-chl-chn-na-2005o"


def test_the_finer_of_two_dates_that_agree_is_stated() -> None:
    assert of(add("trade", files()), CHILE, "date", "start", "end", "hasParty") == {
        ("date", "2005-11-18"),
        ("start", "2006-10-01"),
        ("hasParty", "country/CL"),
        ("hasParty", "country/CN"),
    }


def test_dates_that_differ_are_two_claims_and_a_finding() -> None:
    added = add("trade", files())
    assert of(added, TEA, "date", "start", "end") == {("date", "1990-05-01"), ("end", "2001-12-31")}
    claims = {line.split()[0] for line in lines(added) if line.endswith(f"<:claimSubject> <{TEA}>")}
    objects = {line.split('"')[1] for line in lines(added) if "<:claimObject>" in line and line.split()[0] in claims}
    assert objects == {"1991", "1993-01-01"}
    assert all(
        f"{claim} <:claimRank> <https://w3id.org/stdgraph/concept/rank-normal>" in lines(added) for claim in claims
    )
    assert ("contradiction", "agreements_desta.csv", 3, "Force") in kinds(added)


def test_agreements_are_joined_by_either_id_and_made_up_years_do_not_count() -> None:
    added = add("trade", files())
    assert added.report.counts == {
        "agreements": 3,
        "shared": 3,
        "states": 5,
        "parties": 8,
        "parties_desta": 5,
        "parties_huggo": 3,
    }
    assert of(added, "agreement/trade-cupmug-o", "hasParty", "listIsComplete") == {
        ("hasParty", "place/cow-kos"),
        ("listIsComplete", 'false"^^<http://www.w3.org/2001/XMLSchema#boolean'),
    }


def test_each_publisher_has_a_record_of_each_party_with_the_dates_that_hold_for_it() -> None:
    added = add("trade", files())
    party = "party/gb--trade-nzteac-1990o"
    assert of(added, f"{party}--desta", "date", "start", "end") == {("date", "1990"), ("start", "1991")}
    assert of(added, f"{party}--huggo", "start", "end", "endLatest") == {
        ("start", "1993-01-01"),
        ("end", "1999-06-30"),
        ("endLatest", '1999-06-30"^^<http://www.w3.org/2001/XMLSchema#date'),
    }
    shown = f"<evidence/manytrade-huggo--cn--trade-chl-chn-na-2005o--{DAY}>"
    assert {f'{shown} <:attestedOn> "2023"', f'{shown} <:locator> "CHL-CHN[NA]_2005O, CHN"'} <= lines(added)


FAULTS = {
    "no id": ("agreements_huggo", "TEACOM_1990O,", ",", ("field-missing", 3, "treatyID")),
    "no title": ("agreements_huggo", "NZTEAC_1990O,Tea Community", "NZTEAC_1990O,", ("field-missing", 3, "Title")),
    "an odd day": ("parties_huggo", "1999-06-30", "1999-99-99", ("value", 4, "StateEnd")),
    "ended before it began": ("parties_huggo", "1999-06-30", "1989-06-30", ("contradiction", 4, "StateEnd")),
    "another column": ("agreements_huggo", "url", "address", ("unknown-field", 2, "address")),
    "no such state": ("parties_desta", "CHL,Chile,2005", "XXX,Chile,2005", ("unknown-code", 2, "stateID")),
    "no such name": ("parties_desta", ",Kosovo,", ",Atlantis,", ("unknown-code", 7, "StateName")),
    "the name of another state": ("parties_desta", "CHL,Chile,2005", "CHL,China,2005", ("contradiction", 2, "stateID")),
    "a row too short": ("parties_desta", ",2005,2006,1\n", ",2005\n", ("broken", 2, "")),
}


@pytest.mark.parametrize(("name", "old", "new", "finding"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_a_finding_and_the_rest_is_imported(
    place: Path, name: str, old: str, new: str, finding: tuple[str, int, str]
) -> None:
    other = changed(place, name, old, new)
    added = add("trade", files(**other))
    kind, *where = finding
    assert (kind, f"{name}.csv", *where) in kinds(added)
    assert ("start", "2006-10-01") in of(added, CHILE, "start")
    if added.report.faulty:
        with pytest.raises(PackFaultError):
            add("trade", files(**other), strict=True)


def test_a_file_that_is_cut_off_or_something_else_ends_as_for_iso(place: Path) -> None:
    (place / "cut.gz").write_bytes(gzip.compress((CASES / "parties_huggo.csv").read_bytes())[:-20])
    assert "truncated" in add("trade", files(parties_huggo=place / "cut.gz")).report.totals
    with pytest.raises(PackError, match="no agreement can be read"):
        add("trade", Inputs({"agreements": [CASES.parent / "ics.csv"]}, DAY))


def test_files_and_rows_in_another_order_give_the_same_bytes(place: Path) -> None:
    first = add("trade", files()).snapshot.manifest["files"]
    other = {}
    for name in NAMES:
        head, *rows = (CASES / f"{name}.csv").read_text("utf-8").splitlines(keepends=True)
        (place / f"{name}.csv").write_text(head + "".join(reversed(rows)), "utf-8")
        other[name] = place / f"{name}.csv"
    given = files(**other)
    turned = Inputs({kind: paths[::-1] for kind, paths in given.files.items()}, DAY)
    assert add("trade", turned).snapshot.manifest["files"] == first


def test_one_publisher_alone_will_do() -> None:
    added = add("trade", Inputs({"agreements": [CASES / "agreements_huggo.csv"]}, DAY))
    assert (added.report.counts["agreements"], added.report.counts["shared"]) == (3, 0)
    assert of(added, CHILE, "start") == {("start", "2006-10-01")}


def test_two_snapshots_are_compared(place: Path) -> None:
    add("trade", files())
    later = files(**changed(place, "parties_huggo", "1999-06-30", "9999-12-31"))
    add("trade", Inputs(later.files, "2024-12-31"))
    assert [tuple(row.cells.values()) for row in diff("trade", DAY, "2024-12-31")] == [
        (
            *("party changed", "Tea Community", "NZTEAC_1990O", "United Kingdom"),
            *("1990, 1991; 1990-05-01, 1993-01-01, 1999-06-30", "1990, 1991; 1990-05-01, 1993-01-01"),
        )
    ]


def test_the_question_answers_for_one_and_for_two_on_a_day() -> None:
    add("trade", files())
    graph = stdgraph.open(pack="trade")
    both = graph.ask("trade-agreements", country="China", with_="Chile", on="2015-06-30")
    assert [(str(r["agreement"]), str(r["since"]), r["certainty"]) for r in both] == [
        ("Chile China", "2006-10-01", "certain")
    ]
    assert len({source.source for r in both for source in r.sources}) == 2
    tea = graph.ask("trade-agreements", country="UK", on="1992-06-30")
    assert [(str(r["agreement"]), r["entry"], r["certainty"]) for r in tea] == [
        ("Tea Community", ("1991", "1993-01-01"), "possible")
    ]
    assert not graph.ask("trade-agreements", country="UK", on="1980")
    assert all(r.sources for r in graph.ask("trade-agreements", country="UK"))


def test_a_party_is_bound_over_a_time() -> None:
    from stdgraph.graph.time import certainty

    add("trade", files())
    reads, party = stdgraph.open(pack="trade").reads, f"{BASE}party/gb--trade-nzteac-1990o--"
    held = [
        certainty(reads, [party + "desta", party + "huggo"], date(year, 6, 30)) for year in (1985, 1992, 1995, 2005)
    ]
    assert [{iri.removeprefix(party): how for iri, how in found.items()} for found in held] == [
        {},
        {"desta": "possible"},
        {"desta": "possible", "huggo": "certain"},
        {"desta": "possible"},  # which knows of no end
    ]


def test_no_tie_follows_from_a_trade_agreement_of_the_register() -> None:
    add("trade", files())
    count = "SELECT (COUNT(*) AS ?n) { ?x a stdg:CooperationLink }"
    assert stdgraph.open(pack="trade").query(count).to_dicts() == stdgraph.open().query(count).to_dicts()


def rows(name: str) -> list[Row]:
    with gzip.open(REAL / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if any(row.values())]


def table(name: str) -> list[Row]:
    text = (ROOT / "data" / "mappings" / f"{name}.sssom.tsv").read_text("utf-8").splitlines()
    return list(csv.DictReader((line for line in text if line[0] != "#"), delimiter="\t"))


def grouped() -> dict[str, list[tuple[str, str, Row]]]:
    """Return the rows of each agreement with kind and publisher, put together by sets of ids alone."""
    apart = {
        tuple(re.sub(r"_[3-9]\d\d\d(?=[A-Z])", "_", row[end].split(":", 1)[1]) for end in ("subject_id", "object_id"))
        for row in table("trade-agreements")
        if row["predicate_modifier"] == "Not"
    }
    home: dict[str, str] = {}
    found: dict[str, list[tuple[str, str, Row]]] = defaultdict(list)
    for kind in ("agreements", "memberships"):
        for publisher in ("desta", "huggo"):
            here: dict[str, list[Row]] = defaultdict(list)
            for row in rows(f"{kind}_{publisher}"):
                here[re.sub(r"_[3-9]\d\d\d(?=[A-Z])", "_", row["treatyID"].split(":")[0])].append(row)
            names: dict[str, set[str]] = defaultdict(set)
            for treaty, its in here.items():
                many = {re.sub(r"_[3-9]\d\d\d(?=[A-Z])", "_", row["manyID"].split(":")[0]) for row in its}
                key = home.get(treaty) or min(
                    (home[m] for m in many if m in home and (treaty, home[m]) not in apart), default=treaty
                )
                found[key] += [(kind, publisher, row) for row in its]
                for name in (treaty, *many):
                    names[name].add(key)
                names[treaty] = {key}
            home |= {name: next(iter(keys)) for name, keys in names.items() if len(keys) == 1 and name not in home}
    return found


@pytest.mark.skipif(not REAL.is_dir(), reason="needs ../shared/data/trade-agreements, the registers themselves")
def test_the_counts_are_those_of_the_files() -> None:
    found = grouped()
    codes = {row["subject_id"]: row["object_id"] for row in table("trade-states")}
    named: dict[str, set[str]] = defaultdict(set)
    for row in table("trade-states"):
        for name in row["subject_label"].split("|"):
            named[name].add(row["object_id"])
    parties: dict[str, set[tuple[str, str]]] = {"desta": set(), "huggo": set()}
    for key, its in found.items():
        for kind, publisher, row in its:
            name = row.get("StateName", "").replace("\xa0", " ")
            if kind == "memberships":
                told = row["stateID"] and f"manytrade.state:{row['stateID']}"
                party = codes[told or f"manytrade.name:{name.replace(' ', '_')}"]
                if party in named.get(name, {party}):
                    parties[publisher].add((key, party))
    given = {
        "agreements": [REAL / f"agreements_{publisher}.csv.gz" for publisher in parties],
        "parties": [REAL / f"memberships_{publisher}.csv.gz" for publisher in parties],
    }
    added = add("trade", Inputs(given, DAY))
    assert added.report.counts == {
        "agreements": len(found),
        "shared": sum(len({publisher for _, publisher, _ in its}) == 2 for its in found.values()),
        "states": len({party for both in parties.values() for _, party in both}),
        "parties": sum(map(len, parties.values())),
        "parties_desta": len(parties["desta"]),
        "parties_huggo": len(parties["huggo"]),
    }
    assert len({agreement_iri(own(key)) for key in found}) == len(found)
    errors = {(f.kind, f.field, f.line) for f in added.report.findings if f.level == "error"}
    assert errors == {("field-missing", "treatyID", 5609), ("value", "StateEnd", 4261)}
    china = {key for key, party in parties["desta"] | parties["huggo"] if party == "country:CN"}
    packed = stdgraph.open(pack="trade").ask("trade-agreements", country="China")
    ours = {r["agreement"].iri for r in packed if "/trade-" in r["agreement"].iri}
    assert ours == {agreement_iri(key) for key in china}
