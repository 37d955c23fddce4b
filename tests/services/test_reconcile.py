from __future__ import annotations

import csv
from pathlib import Path

import pytest

import stdgraph
from stdgraph.errors import FileError, ParameterError, TableError, UnknownColumnError
from stdgraph.matching import candidates as room
from stdgraph.matching.candidates import Asked, candidates
from stdgraph.services.reconcile import columns, entries, names_as_sssom
from stdgraph.storage.judgements import Judgements, judgement, sssom

BASE = "https://w3id.org/stdgraph/id/"


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("British Standard Institution", "org/gb-bsi"),
        ("英國標準協會", "org/gb-bsi"),
        ("BSI", "org/gb-bsi"),
        ("standardization administration of CHINA", "org/cn-sac"),
        ("ISO/TC 68", "committee/iso-tc-68"),
        ("GB/T 35273-2017", "standard/gb-t-35273/ed/2017"),
        ("Shihong Tian", "person/tian-shihong"),
        ("Deutsches Institut für Normung", "org/de-din"),
    ],
)
def test_a_name_in_any_form_leads_to_its_id_with_a_reason(repository, name: str, id_: str) -> None:
    (row,) = repository.reconcile([name])
    assert (row["id"], row["sure"]) == (id_, "yes")
    assert row["score"] >= 0.8
    assert row["why"]


def test_what_nobody_bears_has_no_id_and_keeps_its_row(repository) -> None:
    found = repository.reconcile(["Quuxworth Zebulon", "", "BSI"])
    assert [(row["row"], row["id"]) for row in found] == [(1, None), (2, None), (3, "org/gb-bsi")]


def test_an_acronym_of_several_is_not_sure_until_the_country_is_known(repository) -> None:
    (one,) = repository.reconcile(["CAC"])
    assert one["sure"] == "no"
    (one,) = repository.reconcile([("CAC", "中国")], kind="Organization")
    assert (one["id"], one["sure"]) == ("org/cn-cac", "yes")


def test_another_country_speaks_against_a_name(repository) -> None:
    (right,), (wrong,) = (repository.reconcile([("Standards Australia", code)], least=0) for code in ("AU", "Germany"))
    assert right["score"] > 0.9 > 0.5 > wrong["score"]


def test_a_class_narrows_and_an_unknown_one_is_told(repository) -> None:
    assert repository.reconcile(["China"], kind="Country")[0]["id"] == "country/CN"
    assert repository.reconcile(["China"], kind="Person")[0]["id"] is None
    with pytest.raises(ParameterError, match="no class"):
        repository.reconcile(["China"], kind="Galaxy")


def test_candidates_are_the_best_first_and_no_more_than_asked_for(repository) -> None:
    (found,) = candidates(repository.reads.names, [Asked("national standards body")], top=4, least=0)
    assert 1 < len(found) <= 4
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)


def test_the_id_that_is_kept_is_told(repository) -> None:
    judged = Judgements([judgement(f"{BASE}org/gb-bsi", f"{BASE}org/cn-sac", same=True, labels={})])
    ((one,),) = candidates(repository.reads.names, [Asked("BSI")], judged=judged)
    assert one.thing.iri == f"{BASE}org/cn-sac"
    assert one.why[-1].message == room.KEPT


def test_duplicates_inside_a_graph_are_found_and_judged_pairs_left_out(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "two.ttl"
    block = "<{0}> a stdg:StandardsBody ; skos:prefLabel 'Body of {1} Standards'@en .\n"
    head = "@base <https://w3id.org/stdgraph/id/> . @prefix stdg: <https://w3id.org/stdgraph/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    path.write_text(head + block.format("org/a", "Quux") + block.format("org/b", "QUUX"), "utf-8")
    graph = stdgraph.open(data=[path])
    assert [(m.one, m.other) for m in graph.duplicates()] == [(f"{BASE}org/a", f"{BASE}org/b")]
    assert graph.duplicates(kind="Person") == []
    judged = Judgements([judgement(f"{BASE}org/a", f"{BASE}org/b", same=False, labels={})])
    monkeypatch.setattr("stdgraph.storage.judgements.judgements", lambda: judged)
    assert graph.duplicates() == []


def test_the_sssom_table_has_a_literal_for_each_name_and_declares_its_prefixes(repository) -> None:
    text = names_as_sssom(repository.reconciled([Asked("BSI"), Asked("nobody at all")]))
    head = [line for line in text.splitlines() if line.startswith("#")]
    rows = list(csv.DictReader([line for line in text.splitlines() if not line.startswith("#")], delimiter="\t"))
    assert "#  org: https://w3id.org/stdgraph/id/org/" in head
    (row,) = rows
    assert (row["subject_id"], row["subject_type"], row["subject_label"]) == ("", "rdfs literal", "BSI")
    assert row["object_id"] == "org:gb-bsi"
    assert 0 < float(row["confidence"]) <= 1
    assert sssom((), [], ("a",), []).startswith("#  schema:")


TABLES = {
    "names.csv": ("Body,Country\nBSI,GB\n\n,\n", "Body", None, [("BSI", "GB")]),
    "list.txt": ("BSI\nDIN\n", None, None, [("BSI", ""), ("DIN", "")]),
    "usual.csv": ("id,Name,country\n1,BSI,GB\n", None, None, [("BSI", "GB")]),
    "number.tsv": ("a\tb\nx\tBSI\n", "2", None, [("BSI", "")]),
    "chinese.csv": ("名称,国家\n英国标准协会,英国\n", None, None, [("英国标准协会", "英国")]),
    "short.csv": ("a,name\nx\n", None, None, [("", "")]),
    "quoted.csv": ('name\n"Standards, Inc."\n', None, None, [("Standards, Inc.", "")]),
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_columns_are_read(tmp_path: Path, name: str, encoding: str) -> None:
    text, column, country, expected = TABLES[name]
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    assert [(a.name, a.country) for a in entries(str(path), column, country)] == expected


def test_a_chinese_table_of_another_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("名称\n国家标准化管理委员会\n中国标准化研究院\n".encode("gb18030"))
    assert [a.name for a in entries(str(path))] == ["国家标准化管理委员会", "中国标准化研究院"]


@pytest.mark.parametrize("data", [b"na\0me\n", b"", b'name\n"' + b"x" * 200_000, b"name\n" + b"x" * 1001 + b"\n"])
def test_what_is_no_table_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    with pytest.raises(TableError):
        entries(str(path))


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(columns, "MOST_ROWS", 2)
    path = tmp_path / "a.txt"
    path.write_text("a\nb\nc\n", "utf-8")
    with pytest.raises(TableError, match="more than 2 rows"):
        entries(str(path))


@pytest.mark.parametrize("column", ["Nmae", "3", "0", "²"])
def test_a_column_that_is_not_there_is_told_with_those_that_are(tmp_path: Path, column: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Name,Land\nBSI,GB\n", "utf-8")
    with pytest.raises(UnknownColumnError, match="Name, Land"):
        entries(str(path), column)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        entries(str(tmp_path / "none.csv"))
