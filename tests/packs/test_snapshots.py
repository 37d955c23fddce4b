from __future__ import annotations

import json
import os
import shutil
from datetime import date
from pathlib import Path

import pytest

import stdgraph
from conftest import ROOT, iso_files
from stdgraph.errors import EngineError, PackError, PackPlaceError
from stdgraph.packs import draft, index, snapshots
from stdgraph.services.build import build, input_files, open_store
from stdgraph.services.pack import add
from stdgraph.storage.export import nquads
from stdgraph.storage.store import Store

CASES = ROOT / "tests" / "cases" / "pack"
ALL = iso_files(
    CASES / "committees_2025-01-15.jsonl", [CASES / "standards.jsonl"], CASES / "ics.csv", CASES / "members.csv"
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STDGRAPH_DATA", str(tmp_path / "data"))
    add("iso", ALL)
    add("iso", iso_files(CASES / "committees_2022-01-24.jsonl"))
    return tmp_path


def test_packs_lie_in_the_data_directory(place: Path) -> None:
    assert snapshots.packs_folder() == place / "data" / "packs"
    assert snapshots.names() == ["iso"]
    assert [s.day for s in snapshots.snapshots("iso")] == ["2022-01-24", "2025-01-15"]


def test_the_newest_snapshot_up_to_a_day(place: Path) -> None:
    days = {"2021-12-31": None, "2022-01-24": "2022-01-24", "2025-01-14": "2022-01-24", "2025-01-15": "2025-01-15"}
    for day, wanted in days.items():
        found = snapshots.newest("iso", date.fromisoformat(day))
        assert (found.day if found else None) == wanted
    with pytest.raises(PackError, match="pack add ieee"):
        snapshots.newest("ieee")


def test_each_snapshot_is_a_graph_and_the_union_holds_one(place: Path) -> None:
    graphs = {file.graph for file in input_files(packs=["iso"]) if "/pack/" in file.graph}
    home = "https://w3id.org/stdgraph/graph/pack/iso/2025-01-15"
    assert graphs == {home, home + "/standards"}
    reads = stdgraph.open(pack="iso").reads
    header = {
        (r["p"].value.rsplit("/", 1)[-1], str(r["o"].value))
        for r in reads.select(f"SELECT * WHERE {{ <{home}> ?p ?o }}")
    }
    assert {
        ("source", "https://w3id.org/stdgraph/source/iso-open-data"),
        ("license", "https://opendatacommons.org/licenses/by/1-0/"),
        ("issued", "2025-01-15"),
    } <= header
    assert reads.query(f"ASK {{ GRAPH <{home}/standards> {{ ?x a stdg:StandardEdition }} }}")
    assert not reads.query("ASK { GRAPH <https://w3id.org/stdgraph/graph/pack/iso/2022-01-24> { ?s ?p ?o } }")


def test_the_whole_graph_is_written_with_its_packs(place: Path) -> None:
    graph = stdgraph.open(pack="iso")
    text = nquads(graph.reads, graph.files)
    assert "<https://w3id.org/stdgraph/graph/pack/iso/2025-01-15/standards> ." in text
    assert (
        "participatingMemberOf> <https://w3id.org/stdgraph/id/committee/iso-tc-901> <https://w3id.org/stdgraph/graph/pack"
        in text
    )


def test_a_damaged_snapshot_is_named(place: Path) -> None:
    found = snapshots.snapshot("iso", "2025-01-15")
    manifest = found.folder / snapshots.MANIFEST
    for text in ("{", "[]", json.dumps({"layout": 0})):
        manifest.write_text(text, "utf-8")
        with pytest.raises(PackError, match="add it again"):
            input_files(packs=["iso"])


def test_another_import_of_a_day_makes_another_store(place: Path) -> None:
    first = stdgraph.open(pack="iso").reads.place
    add("iso", iso_files(ALL.files["committees"][0]))
    assert stdgraph.open(pack="iso").reads.place != first


def test_what_a_killed_import_left_is_swept_and_what_it_put_aside_comes_back(place: Path) -> None:
    home = snapshots.packs_folder() / "iso"
    for name in (".adding-dead", ".adding-alive", ".removed-dead"):
        (home / name / "snapshot").mkdir(parents=True)
    (home / "2022-01-24").rename(home / ".adding-dead" / "earlier")
    for left in [*home.glob(".*-dead/**/*"), home / ".removed-dead", home / ".adding-dead"]:
        os.utime(left, (0, 0))
    assert [s.day for s in snapshots.snapshots("iso")] == ["2025-01-15"]
    draft.remove(snapshots.snapshot("iso", "2025-01-15"))
    assert sorted(p.name for p in home.iterdir()) == [".adding-alive", "2022-01-24"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError])
def test_an_import_that_is_stopped_at_the_last_moment_changes_nothing(
    place: Path, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    before = snapshots.snapshot("iso", "2025-01-15").manifest
    rename = Path.rename

    def stopped(self: Path, target: Path) -> Path:
        if self.name == "snapshot":
            raise stop
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stopped)
    with pytest.raises((KeyboardInterrupt, PackPlaceError)):
        add("iso", iso_files(ALL.files["committees"][0]))
    assert snapshots.snapshot("iso", "2025-01-15").manifest == before
    assert sorted(p.name for p in (snapshots.packs_folder() / "iso").iterdir()) == ["2022-01-24", "2025-01-15"]


def test_a_data_directory_that_cannot_be_written_is_named(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "file").write_text("")
    monkeypatch.setenv("STDGRAPH_DATA", str(place / "file"))
    with pytest.raises(PackPlaceError, match="STDGRAPH_DATA"):
        add("iso", ALL)


def test_standards_are_counted_by_what_one_asks(place: Path) -> None:
    names = stdgraph.open(pack="iso").reads.names
    assert index.counts(names, "year") == [(1995, 1), (2001, 1), (2015, 1), (2020, 1), (2021, 1)]
    assert index.counts(names, "year", since=2015, text="cups") == [(2015, 1), (2020, 1)]
    assert index.counts(names, "committee") == [("iso-tc-901", 4), ("iso-tc-901-sc-1", 1), ("iso-tmbg", 1)]
    assert index.counts(names, "field") == [("01", 3), ("97", 2), ("99", 1)]
    assert index.counts(names, "field", field="97.040") == [("97", 2), ("01", 1)]
    assert index.counts(names, "type") == [("iso-is", 4), ("iso-ts", 1)]
    assert index.counts(names, "stage", owner="iso-tc-901")[0] == ("6060", 3)
    assert index.counts(names, "word", text="graphene") == [
        ("graphene", 3),
        ("cups", 2),
        ("handles", 1),
        ("saucers", 1),
        ("strength", 1),
        ("vocabulary", 1),
    ]
    assert index.counts(names, "year", text="术语") == [(2015, 1)]
    assert index.counts(stdgraph.open().reads.names, "year") == []


def test_an_index_that_cannot_be_made_is_told(place: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.tsv.gz").write_bytes(b"no gzip")
    shutil.copy(stdgraph.open(pack="iso").reads.place / "names.sqlite", tmp_path / "names.sqlite")
    with (
        pytest.raises(EngineError, match=r"names of the standards cannot be indexed: .*gzip"),
        index.indexing(tmp_path / "names.sqlite", [tmp_path / "broken.tsv.gz"]),
    ):
        pass


def named(store: Store) -> set[str]:
    """Return the quads of a store without those of unnamed nodes."""
    return {text for text in map(str, store.store) if "_:" not in text}


def test_a_store_on_disk_and_one_in_memory_hold_the_same(place: Path) -> None:
    files = input_files(packs=["iso"])
    disk, memory = open_store(files)[0], build(files, None)
    assert named(disk) == named(memory)
    for table in ("thing", "kind", "name", "standard", "standard_owner", "standard_class", "word", "bulk"):
        query = f"SELECT * FROM {table}"
        assert sorted(disk.names.db.execute(query)) == sorted(memory.names.db.execute(query)), table


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ICS 97", "ics-97"),
        ("ics 97.040", "ics-97.040"),
        ("97.040.60", "ics-97.040.60"),
        ("９７．０４０", "ics-97.040"),
        ("kitchen equipment", "ics-97.040"),
        ("equipment kitchens", "ics-97.040"),
    ],
)
def test_a_field_is_found_by_its_code_and_by_its_words(place: Path, typed: str, meant: str) -> None:
    graph = stdgraph.open(pack="iso")
    found = graph.find(typed)[0]
    assert (found.iri, found.kind) == ("https://w3id.org/stdgraph/concept/" + meant, "IcsClass")
    assert graph.iri(typed) == found.iri
    assert graph.show(typed).entity.iri == found.iri


def test_standards_of_packs_are_found_by_their_words(place: Path) -> None:
    graph = stdgraph.open(pack="iso")
    rows = graph.reads.names.rows(
        "SELECT n.text, t.iri FROM name n JOIN thing t ON t.id = n.thing WHERE n.rowid >= ?", (graph.reads.names.bulk,)
    )
    assert rows
    for text, iri in rows:
        first, *rest = text.split()
        assert iri in {n.iri for n in graph.find(" ".join([*rest, first]), limit=100)}, text
