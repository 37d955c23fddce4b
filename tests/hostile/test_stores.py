"""However a store, a cached file or a snapshot is damaged: it heals and answers as before, or one line says what to do."""

from __future__ import annotations

import errno
import os
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

import stdgraph
from conftest import ROOT, TINY, iso_files
from hostile.damage import damage
from stdgraph.errors import ChangedError, DamagedError, EngineError, PackError, ParameterError
from stdgraph.services import build
from stdgraph.services.pack import add
from stdgraph.storage import front, seals, store
from stdgraph.storage.export import nquads
from stdgraph.storage.files import fingerprint, given_files

CASES = tomllib.loads((ROOT / "tests/cases/hostile/stores.toml").read_text("utf-8"))
PACK = ROOT / "tests/cases/pack"
FLIPPED = {"file": "graph/*.sst", "how": "flip", "at": 0.0, "many": 0.7, "all": True}
Run = Callable[..., Result]


def cases(kind: str) -> Any:
    return pytest.mark.parametrize("case", CASES[kind], ids=[case["name"] for case in CASES[kind]])


def read(graph: stdgraph.Graph) -> list[Any]:
    """Return what a graph says, by each way of reading it."""
    everything = graph.reads.select("SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }")
    return [
        sorted(" ".join(map(str, row)) for row in everything if "_:" not in " ".join(map(str, row))),
        sorted(map(str, graph.query("CONSTRUCT { ?s stdg:coPartyWith ?o } WHERE { ?s stdg:coPartyWith ?o }"))),
        graph.query("SELECT ?s ?o WHERE { ?s stdg:coPartyWith ?o } ORDER BY ?s ?o"),
        graph.ask("who-cooperates-with", actor="ASA").rows,
        [hit.iri for hit in graph.find("tea")],
        graph.reads.names.of_kind("Country"),
    ]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Any]]:
    """A cache with the store of the tiny graph, and what the graph says."""
    place = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STDGRAPH_CACHE", str(place))
        return place, read(stdgraph.open(data=[TINY]))


@pytest.fixture
def own(whole: tuple[Path, list[Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that own, which is used."""
    shutil.copytree(whole[0], tmp_path / "cache")
    monkeypatch.setenv("STDGRAPH_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def only(own: Path) -> Path:
    """Return the one store of a own."""
    (found,) = (own / "stores").iterdir()
    return found


def copied(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a store be copied where it would be compiled, which takes less time."""
    make = build.build

    def copy(files: Any, folder: Path | None) -> Any:
        if folder is None:
            return make(files, None)
        shutil.copytree(only(whole), folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(seals.SEAL))
        return None

    monkeypatch.setattr(build, "build", copy)


@cases("damage")
def test_a_damaged_store_is_made_again_and_answers_as_before(
    case: dict[str, Any], own: Path, whole: tuple[Path, list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    early = stdgraph.open(data=[TINY]) if case.get("open") else None
    if not case.get("all"):  # the others are compiled anew indeed
        copied(whole[0], monkeypatch)
    damage(only(own), case)
    if case.get("unseen"):
        os.utime(only(own) / seals.SEAL, (0, 0))
    graph = early or stdgraph.open(data=[TINY])
    assert (read(graph) == whole[1], graph.message) == (True, "")
    assert not seals.is_damaged(only(own))


def test_proofs_and_the_whole_graph_heal_too(
    own: Path, monkeypatch: pytest.MonkeyPatch, whole: tuple[Path, list[Any]]
) -> None:
    copied(whole[0], monkeypatch)
    sound = stdgraph.open(data=[TINY])
    proved, written = sound.why("ASA", "BeSI", proofs=True), nquads(sound.reads, sound.files)
    for read_again in (
        lambda g: g.why("ASA", "BeSI", proofs=True) == proved,
        lambda g: nquads(g.reads, g.files) == written,
        lambda g: g.explain("ASA", "coPartyWith", "BeSI") is not None,
        lambda g: g.show("ASA") == sound.show("ASA"),
    ):
        graph = stdgraph.open(data=[TINY])
        damage(only(own), FLIPPED)
        assert read_again(graph)


def test_a_store_that_is_damaged_again_at_once_ends_in_one_line(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = stdgraph.open(data=[TINY])
    opened = store._opened

    def spoilt(place: Path) -> store.Store:
        fresh = opened(place)
        damage(place, FLIPPED)
        return fresh

    monkeypatch.setattr(store, "_opened", spoilt)
    damage(only(own), FLIPPED)
    with pytest.raises(DamagedError, match="Check the disk"):
        graph.reads.select("SELECT * WHERE { GRAPH ?g { ?s ?p ?o } }")


def test_a_damaged_store_whose_files_have_changed_is_not_made_of_others(own: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    shutil.copy(TINY, path)
    graph = stdgraph.open(data=[path])
    path.write_text(path.read_text("utf-8") + "<org/new> a stdg:Company .\n", "utf-8")
    damage(graph.reads.place, FLIPPED)
    with pytest.raises(ChangedError, match="Open it again"):
        graph.reads.select("SELECT * WHERE { GRAPH ?g { ?s ?p ?o } }")


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE, errno.EACCES, errno.ENOSPC, errno.EIO, errno.ENOMEM])
@pytest.mark.parametrize("where", ["open", "seal", "read"])
def test_a_failure_that_proves_no_damage_throws_nothing_away(
    number: int, where: str, own: Path, whole: tuple[Path, list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    place, graph = only(own), stdgraph.open(data=[TINY])
    stamp = (place / seals.SEAL).stat().st_ino
    with monkeypatch.context() as patch:
        if where == "read":
            patch.setattr(store.Store, "_query", fails)
            with pytest.raises(EngineError, match=os.strerror(number)):
                graph.reads.query("ASK {}")
        else:
            patch.setattr(*((store, "_opened") if where == "open" else (seals, "is_whole")), fails)
            opened = stdgraph.open(data=[TINY])
            assert os.strerror(number) in opened.message
            assert (read(opened) == whole[1]) is True
    assert (only(own) / seals.SEAL).stat().st_ino == stamp
    assert graph.query("ASK {}")


@pytest.mark.parametrize("text", CASES["front"])
def test_front_matter_of_another_shape_is_made_anew(text: str, own: Path) -> None:
    source = "#+ title: Who?\n#+ parameters:\n#+   actor: {type: Actor}\nSELECT"
    wanted = front.front_matter(source)
    (kept,) = {path for path in (own / "front").iterdir() if b"Who?" in path.read_bytes()}
    good = kept.read_bytes()
    kept.write_text(text, "utf-8")
    assert front.front_matter(source) == wanted
    assert kept.read_bytes() == good


@pytest.mark.parametrize("part", [".", "stores", "stores/*"])
@pytest.mark.parametrize("how", ["owner", "others", "group"])
def test_what_others_may_have_written_is_not_trusted(
    part: str, how: str, own: Path, whole: tuple[Path, list[Any]], run_tiny: Run
) -> None:
    (place,) = own.glob(part) if part != "." else (own,)
    if how == "owner":
        if os.geteuid():
            pytest.skip("only root gives a folder to another user")
        os.chown(place, 4321, -1)
    else:
        place.chmod(0o777 if how == "others" else 0o770)
    before = sorted(own.rglob("*"))
    graph = stdgraph.open(data=[TINY])
    assert "compiled in memory" in graph.message
    assert ("another user" if how == "owner" else "chmod go-w") in graph.message
    assert (read(graph) == whole[1]) is True
    assert sorted(own.rglob("*")) == before
    result = run_tiny("--lang", "zh", "find", "tea")
    assert (result.exit_code, "Traceback" in result.output) == (0, False)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with one snapshot."""
    place = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STDGRAPH_DATA", str(place))
        standards = [PACK / "standards.jsonl"]
        add("iso", iso_files(PACK / "committees_2025-01-15.jsonl", standards, PACK / "ics.csv", PACK / "members.csv"))
    return place


@cases("packs")
def test_a_damaged_snapshot_says_to_add_it_again(
    case: dict[str, Any], snapshot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run_tiny: Run
) -> None:
    monkeypatch.setenv("STDGRAPH_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("STDGRAPH_CACHE", str(tmp_path / "cache"))
    shutil.copytree(snapshot, tmp_path / "data")
    damage(tmp_path / "data/packs/iso/2025-01-15", case)
    result = run_tiny("--pack", "iso", "find", "tea")
    said = result.stderr.splitlines()
    assert (result.exit_code, len(said)) == (2, 1), result.output
    assert "add it again" in said[0]
    if case["file"] != "manifest.json":
        assert case["file"] in said[0]
    with pytest.raises(PackError):
        stdgraph.open(data=[TINY], pack="iso")
    assert list((tmp_path / "cache").glob("stores/*")) == []


@pytest.mark.parametrize("day", ["2999-12-31", "9999-01-01"])
def test_a_snapshot_of_a_day_to_come_needs_force(
    day: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setenv("STDGRAPH_DATA", str(tmp_path / "data"))
    file = PACK / "committees_2025-01-15.jsonl"
    with pytest.raises(ParameterError, match="yet to come"):
        add("iso", iso_files(file, day=day))
    line = ("pack", "add", "iso", "--committees", str(file), "--snapshot", day)
    refused = run(*line)
    assert (refused.exit_code, "--force" in refused.stderr) == (2, True)
    assert not (tmp_path / "data").exists()
    assert run(*line, "--force").exit_code in (0, 1)
    assert add("iso", iso_files(file, day=day), force=True).snapshot.day == day


def test_a_suffix_and_a_graph_are_part_of_the_hash(tmp_path: Path) -> None:
    text = "<http://a> <http://b> <http://c> .\n"
    for name in ("x.ttl", "x.nt", "x.nq", "x.trig", "y.nt"):
        (tmp_path / name).write_text(text)
    assert len({fingerprint(given_files([path])) for path in tmp_path.iterdir()}) == 5


def test_a_file_edited_while_it_compiles_is_stored_under_the_hash_of_what_was_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STDGRAPH_CACHE", str(tmp_path / "cache"))
    path, texts = tmp_path / "a.nt", [f"<http://a/{n}> <http://b> <http://c> .\n" for n in range(3)]
    path.write_text(texts[0])
    name, make = build._name, build.build

    def edited(files: Any) -> str:
        found = name(files)
        if path.read_text() == texts[0]:  # it was read, and is not compiled yet
            path.write_text(texts[1])
        return found

    def late(files: Any, folder: Path | None) -> Any:
        path.write_text(texts[2])  # while it is compiled
        return make(files, folder)

    monkeypatch.setattr(build, "_name", edited)
    monkeypatch.setattr(build, "build", late)
    opened, _ = build.open_store(given_files([path]))
    assert [r["s"].value for r in opened.select("SELECT ?s WHERE { ?s <http://b> ?o }")] == ["http://a/0"]
    monkeypatch.undo()
    monkeypatch.setenv("STDGRAPH_CACHE", str(tmp_path / "cache"))
    for number in (0, 1, 2):
        path.write_text(texts[number])
        again, _ = build.open_store(given_files([path]))
        assert [r["s"].value for r in again.select("SELECT ?s WHERE { ?s <http://b> ?o }")] == [f"http://a/{number}"]
