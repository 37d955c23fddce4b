from __future__ import annotations

import csv
import gzip
import io
import json
import os
import random
import re
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import stdgraph
from conftest import ROOT, iso_files
from stdgraph.errors import FileError, PackError, PackFaultError, ParameterError
from stdgraph.model.identifiers import committee_iri
from stdgraph.model.vocabulary import BASE
from stdgraph.packs import read, snapshots
from stdgraph.packs.adding import Added
from stdgraph.packs.iso.flat import LISTS
from stdgraph.packs.triples import claim, literal, plain_text
from stdgraph.services.pack import add, diff, listing, remove

CASES = ROOT / "tests" / "cases" / "pack"
NEW, OLD = CASES / "committees_2025-01-15.jsonl", CASES / "committees_2022-01-24.jsonl"
FLAT = CASES / "committees_2025-01-10.csv"
ALL = iso_files(NEW, [CASES / "standards.jsonl"], CASES / "ics.csv", CASES / "members.csv")
SCHEMA = "https://w3id.org/stdgraph/"
Finding = tuple[str, int, str, str]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STDGRAPH_DATA", str(tmp_path / "data"))
    return tmp_path


def lines(added: Added, part: str = "core") -> set[str]:
    """Return the triples of a snapshot, without the namespaces that all share."""
    file = added.snapshot.folder / (snapshots.CORE if part == "core" else f"standards{snapshots.TRIPLES}")
    text = gzip.decompress(file.read_bytes()).decode()
    short = text.replace(BASE, "").replace(SCHEMA + "ontology#", ":").replace(SCHEMA + "concept/", "stdgc:")
    return {
        line.removesuffix(" .").rpartition(" <" + SCHEMA)[0] if part == "core" else line.removesuffix(" .")
        for line in short.splitlines()
    }


def findings(added: Added, *kinds: str) -> set[Finding]:
    return {(f.kind, f.line, f.field, f.value) for f in added.report.findings if not kinds or f.kind in kinds}


def written(place: Path, name: str, content: str | bytes) -> Path:
    path = place / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_everything_that_is_said_of_a_committee_is_stored(place: Path) -> None:
    added = add("iso", ALL)
    assert added.report.counts == {
        "committees": 4,
        "active": 3,
        "suspended": 1,
        "secretariats": 3,
        "p_members": 7,
        "o_members": 3,
        "bodies": 4,
        "committee_liaisons": 3,
        "liaisons_without_reference": 1,
        "organization_liaisons": 2,
        "organizations": 2,
        "classes": 6,
        "standards": 6,
        "editions": 5,
        "projects": 1,
        "replacements": 1,
    }
    of_cups = {line for line in lines(added) if line.startswith("<committee/iso-tc-901> ")}
    assert of_cups == {
        '<committee/iso-tc-901> <http://purl.org/dc/terms/description> "Standardization of cups & mugs. Excluded: bowls."@en',
        "<committee/iso-tc-901> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <:TechnicalCommittee>",
        '<committee/iso-tc-901> <http://www.w3.org/2004/02/skos/core#prefLabel> "Cups"@en',
        "<committee/iso-tc-901> <:evidence> <evidence/iso-open-data--100--2025-01-15>",
        "<committee/iso-tc-901> <:ics> <stdgc:ics-01>",
        "<committee/iso-tc-901> <:ics> <stdgc:ics-97>",
        "<committee/iso-tc-901> <:ics> <stdgc:ics-99>",
        '<committee/iso-tc-901> <:isoCommitteeId> "100"',
        "<committee/iso-tc-901> <:listsLiaisonWith> <committee/iso-iec-jtc-9>",
        "<committee/iso-tc-901> <:listsLiaisonWith> <org/etsi>",
        "<committee/iso-tc-901> <:listsLiaisonWith> <org/iso-id-777>",
        "<committee/iso-tc-901> <:listsLiaisonWith> <org/iso-id-9999>",
        "<committee/iso-tc-901> <:organizationStatus> <stdgc:status-active>",
        '<committee/iso-tc-901> <:reference> "ISO/TC 901"',
        "<committee/iso-tc-901> <:secretariatHeldBy> <org/de-din>",
        '<committee/iso-tc-901> <:start> "1980"',
        "<committee/iso-tc-901> <:subBodyOf> <org/iso>",
    }


def test_a_count_of_nothing_is_told_and_is_not_plausible(place: Path) -> None:
    text = json.dumps({"id": 1, "reference": "ISO/TC 1", "status": "Active", "title": {"en": "Tea"}}) + "\n"
    added = add("iso", iso_files(written(place, "c.jsonl", text), day="2025-01-15"))
    assert added.report.counts["secretariats"] == 0
    assert "secretariats" in {f.field for f in added.report.findings if f.kind == "few"}
    assert "standards" not in {f.field for f in added.report.findings if f.kind == "few"}


def test_bodies_keep_the_identity_that_a_reviewed_mapping_gives_them(place: Path) -> None:
    found = lines(add("iso", ALL))
    assert "<org/cn-sac> <:participatingMemberOf> <committee/iso-tc-901>" in found
    assert '<org/de-din> <:acronym> "DIN"' in found
    assert '<org/iso-id-1979> <http://www.w3.org/2004/02/skos/core#prefLabel> "NEN"@en' in found
    assert "<org/iso-id-1979> <:ofCountry> <country/NL>" in found
    assert '<org/de-din> <http://www.w3.org/2004/02/skos/core#prefLabel> "DIN"@en' not in found


def test_a_secretariat_is_a_record_with_the_register_as_its_evidence(place: Path) -> None:
    found = lines(add("iso", ALL))
    node = "<secretariat/iso-tc-901-sc-1--cn-sac>"
    proof = "<evidence/iso-open-data--101--2025-01-15>"
    assert {f"{node} <:holder> <org/cn-sac>", f"{node} <:evidence> {proof}"} <= found
    assert {f'{proof} <:locator> "committee 101"', f'{proof} <:attestedOn> "2025-01-15"'} <= found


def test_a_placeholder_date_is_a_rejected_claim(place: Path) -> None:
    added = add("iso", ALL)
    subject = f"<{BASE}committee/iso-iec-jtc-9>"
    node = claim(subject, f"<{SCHEMA}ontology#start>", literal("1970-01-01")).removeprefix(BASE)
    assert f"<{node}> <:claimRank> <stdgc:rank-deprecated>" in lines(added)
    assert not any(line.startswith("<committee/iso-iec-jtc-9> <:start>") for line in lines(added))
    assert ("placeholder", 3, "creationDate", "1970-01-01") in findings(added)


def test_the_claim_has_the_identifier_of_the_design() -> None:
    subject, predicate = f"<{BASE}committee/iso-tc-145>", f"<{SCHEMA}ontology#start>"
    assert claim(subject, predicate, '"1970-01-01"') == f"{BASE}claim/466ed1b33831"


def test_all_oddities_of_the_committees_are_reported_with_their_lines(place: Path) -> None:
    added = add("iso", iso_files(NEW))
    assert findings(added) - findings(added, "few") == {
        ("html", 1, "scope", ""),
        ("ignored-field", 1, "sortKey", ""),
        ("missing", 2, "scope", ""),
        ("missing", 4, "secretariat", ""),
        ("missing", 4, "pMembers", ""),
        ("null-reference", 1, "committeeLiaisons", "777"),
        ("placeholder", 3, "creationDate", "1970-01-01"),
    }
    assert not added.report.faulty
    assert {f.field for f in added.report.findings if f.kind == "few"} >= {"committees", "p_members"}


def test_standards_are_editions_supplements_and_projects(place: Path) -> None:
    found = lines(add("iso", ALL), "standards")
    edition = "<standard/iso-90001/ed/2015>"
    assert {line for line in found if line.startswith(edition)} == {
        f"{edition} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <:StandardEdition>",
        f"{edition} <:editionOf> <standard/iso-90001>",
        f'{edition} <:reference> "ISO 90001:2015"',
        f'{edition} <:isoDeliverableId> "2"',
        f'{edition} <http://purl.org/dc/terms/title> "Cups — Vocabulary"@en',
        f'{edition} <http://purl.org/dc/terms/title> "杯 术语"@zh',
        f"{edition} <:standardType> <stdgc:std-iso-is>",
        f'{edition} <:date> "2015-09-22"',
        f'{edition} <:edition> "2"^^<http://www.w3.org/2001/XMLSchema#integer>',
        f"{edition} <:stage> <stdgc:stage-6060>",
        f'{edition} <:languageTag> "en"',
        f'{edition} <:languageTag> "fr"',
        f'{edition} <http://purl.org/dc/terms/description> "Cups."@en',
        f"{edition} <:developedBy> <committee/iso-tc-901>",
        f"{edition} <:ics> <stdgc:ics-01.040.97>",
        f"{edition} <:ics> <stdgc:ics-97.040.60>",
        f"{edition} <:replaces> <standard/iso-90001/ed/1995>",
    }
    assert f"<standard/iso-90001/ed/2015/amd-1-2020> <:amends> {edition}" in found
    assert "<workitem/iso-5> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <:StandardProject>" in found
    assert not any("<workitem/iso-5> <:date>" in line for line in found)


def test_all_oddities_of_the_standards_are_reported(place: Path) -> None:
    added = add("iso", ALL)
    of_standards = {f for f in added.report.findings if f.file == "standards.jsonl"}
    assert {(f.kind, f.line, f.field, f.value) for f in of_standards} == {
        ("ignored-field", 1, "pages", ""),
        ("dangling", 2, "replaces", "77"),
        ("outside", 5, "ownerCommittee", "ISO/TMBG"),
        ("unknown-code", 6, "deliverableType", "TTA"),
        ("dangling", 6, "ics", "99.999"),
        ("self-relation", 6, "replaces", "6"),
    }


def test_catalogues_in_another_form_are_read_too(place: Path) -> None:
    added = add("iso", iso_files(NEW, [CASES / "catalogue.jsonl"]))
    found = lines(added, "standards")
    newer = "<standard/iso-90010/ed/2011>"
    assert {line for line in found if "<:replaces>" in line or "<:amends>" in line} == {
        f"{newer} <:replaces> <standard/iso-90010/ed/2001>",
        f"<standard/iso-90010/ed/2011/amd-1-2014> <:amends> {newer}",
    }
    assert '<standard/iso-90010/ed/2011/amd-1-2014> <:date> "2014"' in found
    assert "<standard/iec-60999/ed/1971> <:developedBy> <committee/iec-tc-61-sc-61c>" in found
    assert "<standard/iec-60999/ed/1971> <:stage> <stdgc:stage-withdrawn>" in found
    assert not any("<standard/iec-60999/ed/1971> <:isoDeliverableId>" in line for line in found)
    assert {kind for kind, *_ in findings(added)} >= {
        "shared-number",
        "self-relation",
        "dangling",
        "contradiction",
        "unsure",
    }
    assert any("<workitem/iso-fdis-90011>" in line for line in found)
    assert any("/relaton-catalogues>" in line and "/standards>" in line for line in lines(added))


def test_a_document_of_iec_has_the_type_that_iec_gives_it(place: Path) -> None:
    record = json.loads((CASES / "catalogue.jsonl").read_text("utf-8").splitlines()[-1])
    kinds = {"technical-report": "tr", "guide": "guide", "publicly-available-specification": "pas"}
    path = place / "iec.jsonl"
    told = [record | {"reference": f"IEC {at}:1971", "documentType": kind} for at, kind in enumerate(kinds, start=1)]
    path.write_text("".join(json.dumps(one) + "\n" for one in told), "utf-8")
    found = lines(add("iso", iso_files(NEW, [path])), "standards")
    for at, code in enumerate(kinds.values(), start=1):
        assert f"<standard/iec-{at}/ed/1971> <:standardType> <stdgc:std-iec-{code}>" in found


def test_two_sources_that_contradict_each_other_are_settled_by_the_years_or_left_out(place: Path) -> None:
    record = json.loads((CASES / "catalogue.jsonl").read_text("utf-8").splitlines()[0])
    names = ["ISO 1:2001", "ISO 1:2011", "ISO 2:2001", "ISO 3:2001"]
    told = {names[0]: names[1], names[1]: names[0], names[2]: names[3], names[3]: names[2]}
    text = "".join(
        json.dumps(
            record
            | {"reference": n, "projectNumber": str(at), "relations": [{"type": "obsoletes", "reference": told[n]}]}
        )
        + "\n"
        for at, n in enumerate(names, start=1)
    )
    added = add("iso", iso_files(NEW, [written(place, "odd.jsonl", text)]))
    replaced = {line for line in lines(added, "standards") if "<:replaces>" in line}
    assert replaced == {"<standard/iso-1/ed/2011> <:replaces> <standard/iso-1/ed/2001>"}
    assert len(findings(added, "contradiction")) == 3


def test_the_same_document_in_two_files_is_kept_as_the_first_has_it(place: Path) -> None:
    twice = [CASES / "standards.jsonl", written(place, "again.jsonl", (CASES / "standards.jsonl").read_bytes())]
    added = add("iso", iso_files(NEW, twice))
    assert added.report.counts["standards"] == 6
    assert {f.kind for f in added.report.findings if f.file == "again.jsonl"} == {
        "repeated",
        "ignored-field",
        "unknown-code",
    }


def test_csv_in_windows_1252_gives_the_same_facts(place: Path) -> None:
    flat, nested = add("iso", iso_files(FLAT)), add("iso", iso_files(NEW))
    wanted = {
        line
        for line in lines(nested)
        if "MemberOf>" in line or "<:secretariatHeldBy>" in line or "<:subBodyOf>" in line
    }
    assert wanted - {line for line in wanted if "iso-pc-902" in line} == {
        line for line in lines(flat) if "MemberOf>" in line or "<:secretariatHeldBy>" in line or "<:subBodyOf>" in line
    }
    assert ("encoding", 2, "", "") in findings(flat)
    assert any('"Tasses à café"@en' in line for line in lines(flat))


def test_names_with_commas_in_csv_lists_are_told_apart_by_the_ids_or_not_at_all(place: Path) -> None:
    flat = add("iso", iso_files(FLAT))
    assert '<org/iso-id-9999> <:acronym> "Prime Tea, Inc."' in lines(flat)
    assert findings(flat, "unsure") == {("unsure", 4, "organizationLiaisons", "Leaf, Ltd, Stem, Ltd")}
    assert {"<committee/iso-iec-jtc-9> <:listsLiaisonWith> <org/iso-id-9001>"} <= lines(flat)


def test_quotation_marks_that_are_not_doubled_cost_nothing(place: Path) -> None:
    added = add("iso", ALL)
    assert [(kind, line) for kind, line, *_ in findings(added, "quotes")] == [("quotes", 7)]
    assert any('les tasses (dits \\"mugs\\"), etc."@fr' in line for line in lines(added))


def records() -> list[str]:
    return NEW.read_text("utf-8").splitlines(keepends=True)


def changed(**values: object) -> str:
    return json.dumps(json.loads(records()[0]) | values) + "\n"


BROKEN: list[tuple[str, str | bytes, Finding]] = [
    ("not JSON", "{nonsense\n", ("broken", 5, "", "{nonsense")),
    (
        "a key twice",
        '{"id": 5, "id": 6, "reference": "ISO/TC 5"}\n',
        ("broken", 5, "", '{"id": 5, "id": 6, "reference": "ISO/TC '),
    ),
    ("digits", f'{{"id": {"9" * 5000}}}\n', ("broken", 5, "", '{"id": ' + "9" * 33)),
    ("beyond numbers", '{"id": 1e400, "reference": "ISO/TC 5"}\n', ("value", 5, "id", "inf")),
    ("part of a number", changed(id=5.5, reference="ISO/TC 5"), ("value", 5, "id", "5.5")),
    ("nothing as an id", changed(id=0, reference="ISO/TC 5"), ("value", 5, "id", "0")),
    ("half a key", changed(id=5, reference="ISO/TC 5", **{"\ud800": 1}), ("unknown-field", 5, "\\ud800", "")),
    ("escape", changed(id=5, reference="ISO/TC 5", title={"en": "\x1b[2J"}), ("control", 5, "en", "\\x1b[2J")),
    ("null byte", changed(id=5, reference="ISO/TC 5", title={"en": "\0"}), ("value", 5, "en", "\\x00")),
    ("half a line", records()[0][:60], ("broken", 5, "", records()[0][:40])),
    ("no object", "[1, 2]\n", ("broken", 5, "", "[1, 2]")),
    ("no number", '{"id": NaN}\n', ("broken", 5, "", '{"id": NaN}')),
    ("deep", "[" * 5000 + "]" * 5000 + "\n", ("broken", 5, "", "[" * 40)),
    ("no encoding", b'{"id": "\x81\xff"}\n', ("broken", 5, "", "")),
    ("long", '{"id": "' + " " * (read.MAX_LINE + 9) + '"}\n', ("hostile", 5, "", "")),
    ("no id", changed(id=None, reference="ISO/TC 5"), ("field-missing", 5, "id", "")),
    ("no reference", changed(id=5, reference=None), ("field-missing", 5, "reference", "")),
    ("odd id", changed(id="x", reference="ISO/TC 5"), ("value", 5, "id", "x")),
    ("odd reference", changed(id=5, reference="?"), ("value", 5, "reference", "?")),
    (
        "odd date",
        changed(id=5, reference="ISO/TC 5", creationDate="2025-02-30"),
        ("value", 5, "creationDate", "2025-02-30"),
    ),
    (
        "a time of day",
        changed(id=5, reference="ISO/TC 5", creationDate="2001-01-01T23:00:00Z"),
        ("value", 5, "creationDate", "2001-01-01T23:00:00Z"),
    ),
    (
        "a day to come",
        changed(id=5, reference="ISO/TC 5", creationDate="2031-01-01"),
        ("ahead", 5, "creationDate", "2031-01-01"),
    ),
    ("no status", changed(id=5, reference="ISO/TC 5", status=None), ("missing", 5, "status", "None")),
    (
        "holder without a number",
        changed(id=5, reference="ISO/TC 5", secretariat={"id": None, "acronym": "DIN"}),
        ("unsure", 5, "secretariat", "DIN"),
    ),
    (
        "more of the holder",
        changed(id=5, reference="ISO/TC 5", secretariat={"id": 1511, "country": "DE"}),
        ("unknown-field", 5, "secretariat.country", "DE"),
    ),
    (
        "member without an acronym",
        changed(id=5, reference="ISO/TC 5", oMembers=[{"id": 7, "acronym": None}]),
        ("missing", 5, "acronym", "7"),
    ),
    ("same title", changed(id=5, reference="ISO/TC 5"), ("shared-title", 5, "title", "Cups")),
    ("one-sided", changed(id=5, reference="ISO/TC 5"), ("one-sided", 5, "committeeLiaisons", "ISO/IEC JTC 9")),
    (
        "one member",
        changed(id=5, reference="ISO/TC 5", pMembers=[{"id": 1511, "acronym": "DIN"}]),
        ("lone", 5, "pMembers", ""),
    ),
    ("odd status", changed(id=5, reference="ISO/TC 5", status="Odd"), ("unknown-code", 5, "status", "Odd")),
    ("odd title", changed(id=5, reference="ISO/TC 5", title="Cups"), ("value", 5, "title", "Cups")),
    ("half a character", changed(id=5, reference="ISO/TC 5", title={"en": "\ud800"}), ("value", 5, "en", "'\\ud800'")),
    (
        "other language",
        changed(id=5, reference="ISO/TC 5", title={"xx": "Tassen"}),
        ("unknown-field", 5, "title.xx", "Tassen"),
    ),
    ("odd entry", changed(id=5, reference="ISO/TC 5", oMembers=[3]), ("value", 5, "oMembers", "3")),
    ("own parent", changed(id=5, reference="ISO/TC 5", parentId=5), ("self-relation", 5, "parentId", "5")),
    ("no such parent", changed(id=5, reference="ISO/TC 5", parentId=6), ("dangling", 5, "parentId", "6")),
    ("unlisted child", changed(id=5, reference="ISO/TC 5", parentId=200), ("contradiction", 5, "parentId", "200")),
    ("no such child", changed(id=5, reference="ISO/TC 5", childrenId=[6]), ("dangling", 5, "childrenId", "6")),
    ("unknown field", changed(id=5, reference="ISO/TC 5", colour="red"), ("unknown-field", 5, "colour", "")),
    ("odd spelling", changed(id=5, reference="ISO/IEC/JTC 4"), ("spelling", 5, "reference", "ISO/IEC/JTC 4")),
    ("same id", changed(id=100, reference="ISO/TC 5"), ("same-id", 5, "id", "100")),
    ("same reference", changed(id=5, reference="ISO/TC901"), ("same-reference", 5, "reference", "ISO/TC901")),
    ("same line", records()[0], ("repeated", 5, "id", "100")),
    (
        "liaison with itself",
        changed(id=5, reference="ISO/TC 5", committeeLiaisons=[{"id": 5, "reference": "ISO/TC 5"}]),
        ("self-relation", 5, "committeeLiaisons", "5"),
    ),
    (
        "liaison out of the file",
        changed(id=5, reference="ISO/TC 5", committeeLiaisons=[{"id": 6, "reference": "ISO/TC 6"}]),
        ("dangling", 5, "committeeLiaisons", "6"),
    ),
    (
        "liaison of another name",
        changed(id=5, reference="ISO/TC 5", committeeLiaisons=[{"id": 100, "reference": "ISO/TC 6"}]),
        ("contradiction", 5, "committeeLiaisons", "100"),
    ),
    (
        "holder that is no member",
        changed(id=5, reference="ISO/TC 5", secretariat={"id": 8, "acronym": "X"}),
        ("contradiction", 5, "secretariat", "X"),
    ),
    (
        "both categories",
        changed(id=5, reference="ISO/TC 5", oMembers=[{"id": 1511, "acronym": "DIN"}]),
        ("contradiction", 5, "oMembers", "1511"),
    ),
    (
        "another acronym",
        changed(id=5, reference="ISO/TC 5", oMembers=[{"id": 1979, "acronym": "NNI"}]),
        ("contradiction", 5, "acronym", "NNI"),
    ),
    (
        "one member twice",
        changed(id=5, reference="ISO/TC 5", oMembers=[{"id": 7, "acronym": "X"}, {"id": 7, "acronym": "X"}]),
        ("repeated", 5, "oMembers", "7"),
    ),
]


@pytest.mark.parametrize(("line", "finding"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN])
def test_an_odd_line_is_a_finding_and_the_rest_is_imported(place: Path, line: str | bytes, finding: Finding) -> None:
    data = line.encode() if isinstance(line, str) else line
    path = written(place, "odd_2025-01-15.jsonl", NEW.read_bytes() + data)
    added = add("iso", iso_files(path))
    assert finding in findings(added)
    assert added.report.counts["committees"] >= 4
    assert '<committee/iso-tc-901> <:isoCommitteeId> "100"' in lines(added)
    if added.report.faulty:
        with pytest.raises(PackFaultError, match=r"odd_2025-01-15\.jsonl:5"):
            add("iso", iso_files(path, day="2025-01-16"), strict=True)
        assert [s.day for s in snapshots.snapshots("iso")] == ["2025-01-15"]


def nested() -> list[dict[str, Any]]:
    return [json.loads(line) for line in records()]


def jsonl(committees: Iterable[dict[str, Any]]) -> str:
    return "".join(json.dumps(c) + "\n" for c in committees)


def flat(committees: Sequence[dict[str, Any]]) -> str:
    """Return committees in the form of ISO's CSV: a list is two cells, `[1, 2]` and `["A", "B, C"]`."""
    out = io.StringIO()
    rows = [
        {
            **{name: c[name] for name in ("id", "reference", "status", "creationDate", "parentId", "sortKey")},
            "childrenId": json.dumps(c["childrenId"] or []),
            "title.en": c["title"]["en"],
            "scope.en": c["scope"]["en"],
            **{f"secretariat.{name}": (c["secretariat"] or {}).get(name) for name in ("id", "acronym")},
            **{
                f"{name}.{part}": json.dumps([item[part] for item in c[name] or []])
                for name, label in LISTS.items()
                for part in ("id", label)
            },
        }
        for c in committees
    ]
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


SPELLINGS: dict[str, Callable[[], str | bytes]] = {
    "with a mark": lambda: b"\xef\xbb\xbf" + NEW.read_bytes(),
    "with returns": lambda: NEW.read_bytes().replace(b"\n", b"\r\n"),
    "with blank lines": lambda: "\n\n".join(records()) + " \n",
    "as an array": lambda: "[\n" + ",\n".join(r.rstrip() for r in records()) + "\n]\n",
    "as a tight array": lambda: "[" + ",\n".join(r.rstrip() for r in records()) + "]",
    "in one line": lambda: json.dumps(nested()),
    "twice": lambda: NEW.read_text("utf-8") * 2,
    "numbers as text": lambda: re.sub(r'"(id|parentId)":(\d+)', r'"\1":"\2"', NEW.read_text("utf-8")),
    "numbers with a point": lambda: re.sub(r'"(id|parentId)":(\d+)', r'"\1":\2.0', NEW.read_text("utf-8")),
    "days with midnight": lambda: re.sub(r"(\d{4}-\d\d-\d\d)", r"\1T00:00:00.000Z", NEW.read_text("utf-8")),
    "other letters": lambda: NEW.read_text("utf-8").replace("Active", "ACTIVE").replace("Suspended", "suspended"),
    "empty lists": lambda: jsonl(r | {name: r[name] or [] for name in LISTS} for r in nested()),
    "keys in another order": lambda: jsonl(dict(reversed(r.items())) for r in nested()),
    "as CSV": lambda: flat(nested()),
    "as CSV in Windows-1252": lambda: flat(nested()).encode("cp1252"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_other_spellings_of_a_register_give_the_same_bytes(place: Path, spelling: str) -> None:
    usual = add("iso", iso_files(NEW)).snapshot.manifest["files"]
    text = SPELLINGS[spelling]()
    added = add("iso", iso_files(written(place, "odd", text), day="2025-01-15"))
    assert added.snapshot.manifest["files"] == usual, added.report.findings
    assert not added.report.faulty


def test_bodies_of_other_kinds_are_technical_bodies(place: Path) -> None:
    names = ("ISO/CASCO", "ISO/SMB", "ISO/TC 901/SC 1/WG 3", "ISO/TC 901/JWG 4", "ISO/TC 901/AG 2", "ISO/TC902/SC1")
    names += ("IEC/ISO JTC 3", "ISO/PC 9", "ISO/WS X")
    text = "".join(changed(id=at, reference=name) for at, name in enumerate(names, start=1))
    found = lines(add("iso", iso_files(written(place, "kinds.jsonl", text), day="2025-01-15")))
    kinds = dict(
        line.split(" <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ") for line in found if "-ns#type" in line
    )
    assert [kinds[f"<{committee_iri(name).removeprefix(BASE)}>"] for name in names] == [
        *("<:TechnicalBody>", "<:TechnicalBody>", "<:WorkingGroup>", "<:JointWorkingGroup>", "<:TechnicalBody>"),
        *("<:Subcommittee>", "<:TechnicalCommittee>", "<:ProjectCommittee>", "<:TechnicalBody>"),
    ]


def test_a_disbanded_committee_is_known_and_another_status_reported(place: Path) -> None:
    text = changed(status="Disbanded") + changed(id=5, reference="ISO/TC 5", status="Standby")
    added = add("iso", iso_files(written(place, "status.jsonl", text), day="2025-01-15"))
    assert "<committee/iso-tc-901> <:organizationStatus> <stdgc:status-disbanded>" in lines(added)
    assert findings(added, "unknown-code") == {("unknown-code", 2, "status", "Standby")}


def test_a_field_that_no_record_has_is_reported(place: Path) -> None:
    text = jsonl({k: v for k, v in r.items() if k != "childrenId"} for r in nested())
    added = add("iso", iso_files(written(place, "less.jsonl", text), day="2025-01-15"))
    assert findings(added, "absent", "contradiction") == {("absent", 0, "childrenId", "")}


def test_a_file_of_something_else_is_no_register(place: Path) -> None:
    before = add("iso", ALL).snapshot.manifest
    with pytest.raises(PackError, match="another kind of file"):
        add("iso", iso_files(CASES / "standards.jsonl", day="2025-01-15"))
    assert snapshots.snapshot("iso", "2025-01-15").manifest == before
    added = add("iso", iso_files(NEW, [CASES / "ics.csv"], CASES / "members.csv", CASES / "ics.csv"))
    assert {(f.file, f.field) for f in added.report.findings if f.kind in ("empty", "absent")} >= {
        *{(name, "") for name in ("ics.csv", "members.csv")},
        *{("members.csv", "identifier"), ("ics.csv", "iso_id"), ("ics.csv", "alpha2")},
    }


def test_deliverables_in_csv_give_the_same_facts(place: Path) -> None:
    entries = [json.loads(line) for line in (CASES / "standards.jsonl").read_text("utf-8").splitlines()]
    out = io.StringIO()
    writer = csv.writer(out)
    plain = [name for name in entries[0] if not isinstance(entries[0][name], dict)]
    writer.writerow([*plain, "title.en", "title.fr", "title.zh", "scope.en", "pages.en"])
    for e in entries:
        cells = [json.dumps(e[n]) if isinstance(e[n], list) else e[n] for n in plain]
        title, scope = e["title"], e.get("scope") or {}
        writer.writerow([*cells, title["en"], title.get("fr"), title.get("zh"), scope.get("en"), 9])
    usual, of_csv = (
        add("iso", iso_files(NEW, [path]))
        for path in (CASES / "standards.jsonl", written(place, "standards.csv", out.getvalue()))
    )
    assert lines(of_csv, "standards") == lines(usual, "standards")


def test_a_quotation_mark_that_is_not_closed_costs_its_own_line(place: Path) -> None:
    rows = [
        f"{at},ISO/TC {at},Active,{title}" for at, title in enumerate(('"one', "two", '"three, or more"', "four"), 1)
    ]
    text = "id,reference,status,title.en\n" + "\n".join(rows) + "\n"
    added = add("iso", iso_files(written(place, "open.csv", text), day="2025-01-15"))
    assert added.report.counts["committees"] == 3
    assert findings(added, "broken") == {("broken", 2, "", '1,ISO/TC 1,Active,"one')}
    twice = written(place, "twice.csv", "id,id\n1,2\n")
    with pytest.raises(PackError, match="two columns have one name"):
        add("iso", iso_files(twice, day="2025-01-15"))


def test_a_row_that_does_not_end_is_left(place: Path) -> None:
    text = FLAT.read_bytes() + b'5,"' + b'x","\n' * (read.MAX_LINE // 5 + 9)
    added = add("iso", iso_files(written(place, "long.csv", text), day="2025-01-15"))
    assert added.report.counts["committees"] == 3
    assert "hostile" in added.report.totals


def test_a_pipe_is_read_too(place: Path) -> None:
    pipe = place / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(gzip.compress(NEW.read_bytes())))
    writer.start()
    assert add("iso", iso_files(pipe, day="2025-01-15")).report.counts["committees"] == 4
    writer.join()


def test_a_file_beyond_any_register_is_left(place: Path) -> None:
    from stdgraph.packs.report import Report

    for limits in ({"records": 2}, {"size": 1000}):
        report = Report()
        with read.Source(NEW, report, **limits) as source:
            assert len(list(source.records())) == 2
        assert [f.line for f in report.findings if f.kind == "hostile"] == [3]


def test_the_report_counts_each_field_of_each_file(place: Path) -> None:
    text = "".join(changed(id=at, reference=f"ISO/TC {at}", scope=None) for at in range(1, 1203))
    added = add("iso", iso_files(written(place, "many.jsonl", text), ics=CASES / "ics.csv", day="2025-01-15"))
    rows = [r.cells for r in added.report.table(grouped=True) if r["field"] == "scope"]
    assert [(r["file"], r["count"], r["lines"]) for r in rows] == [("many.jsonl", 1202, "1, 2, 3, 4, 5 …")]
    assert added.report.plain()["not_listed"]["missing"] == 202


def test_lines_in_another_order_give_the_same_bytes(place: Path) -> None:
    first = add("iso", iso_files(NEW)).snapshot.manifest["files"]
    mixed = records()
    random.Random(1).shuffle(mixed)
    second = add("iso", iso_files(written(place, NEW.name, "".join(mixed)))).snapshot.manifest["files"]
    assert first == second


def test_gzip_is_found_out_and_a_cut_one_reported(place: Path) -> None:
    data = gzip.compress(
        "".join(records() * 1).encode() + b" " * 100_000 + b"\n" + random.Random(1).randbytes(9000).hex().encode(),
        mtime=0,
    )
    whole = add("iso", iso_files(written(place, "a.dat", gzip.compress(NEW.read_bytes())), day="2025-01-15"))
    assert whole.report.counts["committees"] == 4
    cut = add("iso", iso_files(written(place, "b.dat", data[:-3000]), day="2025-01-16"))
    assert "truncated" in cut.report.totals
    assert cut.report.counts["committees"] == 4


def test_a_gzip_bomb_is_stopped(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "RATIO_FROM", 1 << 18)
    path = place / "bomb.gz"
    with gzip.open(path, "wb") as out:
        out.write(NEW.read_bytes())
        for _ in range(3):
            out.write(b" " * (1 << 20))
    added = add("iso", iso_files(path, day="2025-01-15"))
    assert "hostile" in added.report.totals
    assert added.report.counts["committees"] == 4
    lines = written(place, "lines.gz", gzip.compress(NEW.read_bytes() + b"\n" * (read.RATIO_FROM + 9)))
    assert findings(add("iso", iso_files(lines, day="2025-01-15")), "hostile")


def test_a_file_of_nonsense_is_left_early_and_imports_nothing(place: Path) -> None:
    path = written(place, "nonsense.jsonl", "{}\n" * 30_000)
    with pytest.raises(PackError, match="no committee can be read"):
        add("iso", iso_files(path, day="2025-01-15"))
    assert snapshots.snapshots() == []
    with pytest.raises(FileError, match="UTF-16"):
        add("iso", iso_files(written(place, "wide.jsonl", "{}".encode("utf-16")), day="2025-01-15"))
    with pytest.raises(FileError):
        add("iso", iso_files(place / "missing.jsonl", day="2025-01-15"))


def test_mixed_encodings_are_an_error(place: Path) -> None:
    accents = changed(id=5, reference="ISO/TC 5", title={"en": "Café"}).encode().decode("unicode_escape")
    both = accents.encode("utf-8") + accents.replace("TC 5", "TC 6").replace('"id": 5', '"id": 6').encode("cp1252")
    added = add("iso", iso_files(written(place, "mixed.jsonl", both), day="2025-01-15"))
    assert {"encoding", "mixed-encoding"} <= added.report.totals.keys()
    assert added.report.counts["committees"] == 2


def test_the_day_is_given_or_stands_in_the_name(place: Path) -> None:
    assert add("iso", iso_files(NEW)).snapshot.day == "2025-01-15"
    assert add("iso", iso_files(NEW, day="2025-02-01")).snapshot.day == "2025-02-01"
    for inputs in (
        iso_files(written(place, "c.jsonl", NEW.read_bytes())),
        iso_files(NEW, day="2025-02-30"),
        iso_files(NEW, day="May"),
    ):
        with pytest.raises(ParameterError, match="snapshot"):
            add("iso", inputs)
    with pytest.raises(PackError, match="no such source; there are iso"):
        add("itu", iso_files(NEW))


def test_a_failed_import_leaves_what_was_there(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = add("iso", ALL).snapshot.manifest
    monkeypatch.setattr("stdgraph.packs.adding._manifest", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        add("iso", ALL)
    assert snapshots.snapshot("iso", "2025-01-15").manifest == before
    assert sorted(p.name for p in (snapshots.packs_folder() / "iso").iterdir()) == ["2025-01-15"]


def test_snapshots_are_listed_and_removed(place: Path) -> None:
    add("iso", ALL)
    add("iso", iso_files(OLD))
    assert [(r["snapshot"], r["committees"], r["standards"]) for r in listing()] == [
        ("2022-01-24", 4, None),
        ("2025-01-15", 4, 6),
    ]
    assert remove("iso", "2022-01-24") == ["2022-01-24"]
    with pytest.raises(PackError, match="no snapshot of 2022-01-24"):
        remove("iso", "2022-01-24")
    assert remove("iso") == ["2025-01-15"]
    assert snapshots.names() == []


def test_a_diff_tells_what_came_went_and_moved(place: Path) -> None:
    add("iso", ALL)
    add("iso", iso_files(OLD))
    found = {tuple(r.cells.values()) for r in diff("iso", "2022-06-01", "2025-01-15")}
    assert (
        found
        == {
            ("committee added", "Saucers", "ISO/PC 902", None, None, None),
            ("committee removed", "Trays", "ISO/TC 77", None, None, None),
            ("committee renamed", "Cups", "ISO/TC 901", None, "Mugs", "Cups"),
            ("secretariat moved", "Cups", "ISO/TC 901", None, "BSI", "DIN"),
            ("membership changed", "Cups", "ISO/TC 901", "NEN", "P-member", "O-member"),
            ("membership changed", "Tea information", "ISO/IEC JTC 9", "SAC", "O-member", "P-member"),
            ("member added", "Tea information", "ISO/IEC JTC 9", "NEN", None, "O-member"),
            ("member removed", "Trays", "ISO/TC 77", "BSI", "P-member", None),
            ("body renamed", None, None, "NEN", "NEN, NNI", "NEN"),
        }
        or found
    )
    of_sac = {r["change"] for r in diff("iso", "2022-06-01", "2025-01-15", about="sac")}
    assert of_sac == {"membership changed"}
    for first, second in (("2020-01-01", "2025-01-15"), ("x", "2025-01-15")):
        with pytest.raises(ParameterError):
            diff("iso", first, second)


def test_a_committee_with_a_new_reference_stays_the_same(place: Path) -> None:
    add("iso", iso_files(OLD))
    text = OLD.read_text("utf-8").replace("ISO/TC 77", "ISO/TC 78")
    add("iso", iso_files(written(place, "new.jsonl", text), day="2025-01-15"))
    found = [(r["change"], r["before"], r["after"]) for r in diff("iso", "2022-01-24", "2025-01-15")]
    assert found == [("committee renumbered", "ISO/TC 77", "ISO/TC 78")]


@pytest.fixture
def opened(place: Path) -> Callable[..., stdgraph.Graph]:
    add("iso", ALL)
    add("iso", iso_files(OLD))
    return lambda **options: stdgraph.open(pack="iso", **options)


def test_questions_answer_from_the_register_and_name_it(opened: Callable[..., stdgraph.Graph]) -> None:
    graph = opened()
    answer = graph.ask("committee-members", committee="ISO/TC 901")
    assert {(str(r["member"]), str(r["role"])) for r in answer} == {
        ("British Standards Institution", "P-member"),
        ("NEN", "O-member"),
        ("German Institute for Standardization", "P-member"),
        ("Standardization Administration of China", "P-member"),
    }
    assert {(s.source.rsplit("/", 1)[-1], s.locator, s.confidence) for r in answer for s in r.sources} == {
        ("iso-open-data", "committee 100", 1.0)
    }
    assert [str(r["committee"]) for r in graph.ask("shared-committees", actor="DIN", with_="SAC")]
    assert {str(r["committee"]) for r in graph.ask("secretariats", body="DIN")} == {"ISO/TC 901 Cups"}
    assert {str(r["partner"]) for r in graph.ask("liaisons", committee="ISO/TC 901")} >= {"Prime Tea, Inc."}
    assert {str(r["body"]) for r in graph.ask("committee-tree", committee="ISO/TC 901")} >= {"ISO/TC 901/SC 1 Handles"}
    history = graph.ask("standard-history", standard="ISO 90001")
    assert ["document 1"] in [[s.locator for s in r.sources] for r in history]
    assert len(history) == 4


def test_the_bridge_joins_agreements_and_seats(opened: Callable[..., stdgraph.Graph]) -> None:
    found = {(str(r["one"]), str(r["other"])): r["seats"] for r in opened().ask("bridge", actor="SAC")}
    sac, bsi = "Standardization Administration of China", "British Standards Institution"
    assert found[sac, bsi] == found[sac, "German Institute for Standardization"] == 2


def test_an_as_of_day_chooses_the_snapshot(opened: Callable[..., stdgraph.Graph]) -> None:
    old = opened(as_of="2023")
    assert {str(r["committee"]) for r in old.ask("secretariats", body="BSI")} >= {"ISO/TC 901 Mugs", "ISO/TC 77 Trays"}
    found = old.ask("committee-members", committee="ISO/TC 901", as_of="2023")
    assert {r["certainty"] for r in found} == {"possible"}
    exact = old.ask("committee-members", committee="ISO/TC 901", as_of="2022-01-24")
    assert {r["certainty"] for r in exact} == {"certain"}
    none = opened(as_of="2020")
    assert "No snapshot up to 2020" in none.message
    assert not none.find("ISO/TC 901")


def test_membership_changes_reads_two_snapshots(opened: Callable[..., stdgraph.Graph]) -> None:
    answer = opened().ask("membership-changes", from_="2022-12-31", to="2026")
    assert answer.parameters == {"from": "2022-01-24", "to": "2025-01-15"}
    assert {(r["change"], str(r["committee"])) for r in answer} >= {
        ("committee added", "ISO/PC 902 Saucers"),
        ("committee removed", "Trays"),
        ("secretariat moved", "ISO/TC 901 Cups"),
    }
    assert all(r.sources for r in answer)
    of_sac = opened().ask("membership-changes", body="SAC", from_="2022-12-31", to="2026")
    assert {r["change"] for r in of_sac} == {"membership changed"}


def test_membership_changes_sees_a_snapshot_that_was_added_again(
    opened: Callable[..., stdgraph.Graph], place: Path
) -> None:
    graph = opened()
    asked = {"from_": "2022-12-31", "to": "2026"}
    renamed = [(str(r["committee"]), r["before"]) for r in graph.ask("membership-changes", **asked)]
    assert ("ISO/TC 901 Cups", "Mugs") in renamed
    text = OLD.read_text("utf-8").replace("Mugs", "Beakers")
    add("iso", iso_files(written(place, "again.jsonl", text), day="2022-01-24"))
    renamed = [(str(r["committee"]), r["before"]) for r in graph.ask("membership-changes", **asked)]
    assert ("ISO/TC 901 Cups", "Beakers") in renamed


def test_standards_are_found_in_both_languages(opened: Callable[..., stdgraph.Graph]) -> None:
    graph = opened()
    assert graph.find("杯")[0].iri == BASE + "standard/iso-90001/ed/2015"
    assert graph.find("graphene handles")[0].kind == "StandardEdition"
    assert graph.iri("ISO 90001:2015", "StandardEdition") == BASE + "standard/iso-90001/ed/2015"
    assert [n.iri for n in graph.find("ISO 90001", kind="Standard")] == [BASE + "standard/iso-90001"]


def test_the_mapping_of_members_is_sssom_and_leads_to_bodies_of_the_graph(repository: stdgraph.Graph) -> None:
    text = (ROOT / "data" / "mappings" / "iso-members.sssom.tsv").read_text("utf-8").splitlines()
    rows = list(csv.DictReader([line for line in text if not line.startswith("#")], delimiter="\t"))
    assert [int(r["subject_id"].removeprefix("iso.org.member:")) for r in rows] == sorted(
        {int(r["subject_id"].removeprefix("iso.org.member:")) for r in rows}
    )
    assert len({r["object_id"] for r in rows}) == len(rows)
    for row in rows:
        assert row["mapping_justification"].startswith("semapv:")
        assert row["comment"]
        assert repository.reads.names.get(BASE + row["object_id"].replace("org:", "org/")), row["object_id"]
    said = repository.reads.select("SELECT ?x ?n WHERE { ?x stdg:isoOrganizationId ?n }")
    by_number = {r["subject_id"].removeprefix("iso.org.member:"): r["object_id"].replace("org:", "org/") for r in rows}
    for found in said:
        assert by_number[found["n"].value] == found["x"].value.removeprefix(BASE)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.binary(max_size=60) | st.sampled_from([line.encode() for line in records()]), max_size=8))
def test_any_bytes_are_read_or_reported(tmp_path_factory: pytest.TempPathFactory, parts: list[bytes]) -> None:
    from stdgraph.packs.iso import committees
    from stdgraph.packs.report import Report

    path = tmp_path_factory.mktemp("any") / "any.jsonl"
    path.write_bytes(b"\n".join(parts))
    report = Report()
    try:
        with read.Source(path, report) as source:
            register = committees.read(source)
    except FileError:
        return
    whole = {p for p in parts if p.rstrip(b"\n").decode("utf-8", "ignore") + "\n" in records()}
    assert len(register.committees) <= len(parts)
    assert not whole or register.committees or report.findings


def is_name(text: str) -> bool:
    return bool(text.strip()) and text.strip() != "null"  # which CSV writes where there is no name


NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=12).filter(is_name)
PAIRS = st.dictionaries(st.integers(1, 40), NAMES, max_size=6)


def told(kind: str, pairs: dict[int, str]) -> list[dict[str, Any]] | None:
    return [{"id": number, kind: name} for number, name in pairs.items()] or None


@st.composite
def registers(draw: st.DrawFn) -> list[dict[str, Any]]:
    numbers = draw(st.lists(st.integers(1, 40), min_size=1, max_size=6, unique=True))
    return [
        {
            "id": number,
            "reference": f"ISO/TC {number}",
            "status": draw(st.sampled_from(["Active", "Suspended", "Standby", None])),
            "title": {"en": draw(NAMES)},
            "secretariat": {"id": draw(st.sampled_from([1, None])), "acronym": draw(st.sampled_from(["A", None]))},
            "creationDate": draw(st.sampled_from(["1970-01-01", "1980-01-01", "1999-05-20", "x", None])),
            "scope": {"en": draw(NAMES | st.sampled_from([None, "<p>a &amp; b"]))},
            "parentId": draw(st.sampled_from([*numbers, 99, None])),
            "childrenId": draw(st.lists(st.sampled_from(numbers), max_size=2)),
            **{name: told(kind, draw(PAIRS)) for name, kind in LISTS.items()},
            "sortKey": None,
        }
        for number in numbers
    ]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(registers(), st.randoms(use_true_random=False))
def test_neither_order_nor_form_nor_repetition_changes_a_byte(
    place: Path, found: list[dict[str, Any]], mixer: random.Random
) -> None:
    def imported(text: str) -> dict[str, Any]:
        files: dict[str, Any] = add("iso", iso_files(written(place, "x", text), day="2025-01-15")).snapshot.manifest[
            "files"
        ]
        return files

    usual = imported(jsonl(found))
    mixed = mixer.sample(found, len(found))
    assert imported(jsonl(mixed)) == usual
    assert imported(jsonl(mixed + found)) == usual
    assert imported(flat(mixed)) == usual


@given(st.text())
def test_a_literal_is_what_it_says(text: str) -> None:
    import pyoxigraph as ox

    try:
        text.encode()
    except UnicodeEncodeError:
        return
    triple = next(iter(ox.parse(f"<urn:a> <urn:b> {literal(text)} .", format=ox.RdfFormat.N_TRIPLES)))
    assert triple.object.value == text


@given(st.text())
def test_plain_text_is_plain_and_stays_so(text: str) -> None:
    assert plain_text(text) == " ".join(plain_text(text).split())
