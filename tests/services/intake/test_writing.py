"""Facts go into the files where they belong: only added lines, all or none, and the second time nothing."""

from __future__ import annotations

import difflib
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import stdgraph
from conftest import ROOT, TINY
from stdgraph.errors import FileError, FormatError, OutputError, ParameterError
from stdgraph.services.intake import Intake, templates
from stdgraph.storage import writing
from stdgraph.storage.files import content
from stdgraph.storage.turtle import format_turtle

CASES = ROOT / "tests" / "cases" / "intake"
GOOD = sorted({path.parent.name for path in CASES.glob("*/expected.ttl")} - {"convenor"})


def graph_in(folder: Path) -> stdgraph.Graph:
    """Return the tiny graph in a folder of data."""
    if not (folder / "tiny.ttl").exists():
        (folder / "tiny.ttl").write_text(format_turtle(TINY.read_text("utf-8")), "utf-8")
        (folder / "sources.ttl").write_text(format_turtle(""), "utf-8")
    return stdgraph.open(data=[folder])


def texts(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.ttl"))}


def named_in(folder: Path) -> set[ox.Triple]:
    """Return what the graph of a folder states, but for nodes without a name, which each reading calls otherwise."""
    quads = [q for q in graph_in(folder).reads.store if "derived" not in str(q.graph_name)]
    return {q.triple for q in quads if not any(isinstance(term, ox.BlankNode) for term in (q.subject, q.object))}


def taken_in(folder: Path, name: str, **more: object) -> Intake:
    return graph_in(folder).intake(*sorted((CASES / name).glob("*.csv")), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", GOOD)
def test_lines_are_added_and_the_second_time_nothing(name: str, tmp_path: Path) -> None:
    graph_in(tmp_path)
    before = texts(tmp_path)
    found = taken_in(tmp_path, name)
    after = texts(tmp_path)
    assert found.written
    for file, text in after.items():
        assert format_turtle(text) == text
        taken = [line for line in difflib.ndiff(before.get(file, "").splitlines(), text.splitlines()) if line[0] == "-"]
        assert taken == []
    again = taken_in(tmp_path, name)
    assert not again.plan.additions
    assert not again.plan.fails("Info")
    assert texts(tmp_path) == after


def test_what_is_written_is_what_was_told(tmp_path: Path) -> None:
    planned = taken_in(tmp_path, "event-with-participants", write=False)
    before = named_in(tmp_path)
    done = taken_in(tmp_path, "event-with-participants")
    assert planned.texts == done.texts
    assert not planned.written
    after = named_in(tmp_path)
    heads = {t for t in after if "/graph/" in str(t.subject)}
    assert after - before - heads == set(done.plan.triples)
    assert done.diff().count("+++ b/doc-b/") == 2


def test_a_new_file_tells_what_it_is(tmp_path: Path) -> None:
    taken_in(tmp_path, "agreement-with-a-new-body")
    graph = "https://w3id.org/stdgraph/graph/doc-a/agreements"
    store = ox.Store()
    store.load(path=tmp_path / "doc-a" / "agreements.ttl")
    told = {str(q.object) for q in store.quads_for_pattern(ox.NamedNode(graph), None, None)}
    assert {'"Agreements from Document A"@en', '"文献甲：协议"@zh-hans'} <= told
    assert "<https://w3id.org/stdgraph/source/doc-a>" in told


@pytest.mark.parametrize("name", sorted(path.name for path in CASES.glob("fault-*")))
def test_nothing_is_written_where_there_is_a_fault(name: str, tmp_path: Path) -> None:
    graph_in(tmp_path)
    before = texts(tmp_path)
    assert not taken_in(tmp_path, name).written
    assert texts(tmp_path) == before


def test_all_is_written_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken_in(tmp_path, "committee")
    before = texts(tmp_path)
    write, calls = writing.write_atomic, []

    def fails_at_the_third(path: Path, data: bytes) -> None:
        calls.append(path)
        if len(calls) == 3:
            raise OutputError(path=path, detail="the disk is full")
        write(path, data)

    monkeypatch.setattr(writing, "write_atomic", fails_at_the_third)
    with pytest.raises(OutputError):
        taken_in(tmp_path, "agreement-with-a-new-body")
    assert len(calls) >= 3
    assert texts(tmp_path) == before
    assert not (tmp_path / "doc-a").exists()


def test_a_file_that_is_not_in_block_form_is_not_touched(tmp_path: Path) -> None:
    graph_in(tmp_path)
    (tmp_path / "doc-b").mkdir()
    loose = tmp_path / "doc-b" / "evidence.ttl"
    loose.write_text("<x:a>   a <x:b> .", "utf-8")
    with pytest.raises(FormatError, match="stdgraph format"):
        taken_in(tmp_path, "committee")
    assert loose.read_text("utf-8") == "<x:a>   a <x:b> ."


def test_warnings_are_told_and_stop_only_where_that_is_asked(tmp_path: Path) -> None:
    graph = graph_in(tmp_path)
    form = (
        "kind,name en,name zh,translated,acronym,source,locator,printed form,confidence,review\n"
        "Company,Nowhere Company,无处公司,zh,NWC,doc-a,Notes / paragraph 3,NWC,0.9,checked\n"
    )
    strict = graph.intake(("bodies.csv", form.encode()), fail_on="Warning")
    assert not strict.written
    assert [f.severity for f in strict.faults] == ["Warning"]
    assert str(strict.faults[0].where) == "bodies.csv:2:A"
    assert graph.intake(("bodies.csv", form.encode())).written


def test_the_folder_of_the_data_must_be_known() -> None:
    with pytest.raises(ParameterError, match=r"sources\.ttl"):
        stdgraph.open(data=[TINY]).intake(CASES / "committee" / "bodies.csv")


def test_the_graph_of_a_checkout_is_written_in_its_folder(repository: stdgraph.Graph) -> None:
    assert repository.data_folder() == content("data", "ttl")


@pytest.mark.parametrize("data", [b"", b"\n\n", b"# only a comment\n", b"a,b\n1,2\n"])
def test_what_is_no_form_is_told(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(FileError):
        graph_in(tmp_path).intake(("x.csv", data), write=False)


@pytest.fixture(scope="module")
def steady_graph(tmp_path_factory: pytest.TempPathFactory) -> stdgraph.Graph:
    return graph_in(tmp_path_factory.mktemp("steady"))


WORDS = st.sampled_from(
    ["ASA", "Ann Ash", "doc-a", "chair", "2016", "2016/4", "yes", "0.9", "checked", "MoU", "甲国", "a;b", "=1"]
)
CELL = st.one_of(WORDS, st.text(max_size=12), st.just(""))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_stands_in_a_form_comes_to_faults_or_facts(steady_graph: stdgraph.Graph, data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(list(templates().values())))
    quoted = ['"' + data.draw(CELL).replace('"', '""').replace("\0", "") + '"' for _ in form.columns]
    text = ",".join(column.name for column in form.columns) + "\n" + ",".join(quoted) + "\n"
    try:
        found = steady_graph.intake((f"{form.name}.csv", text.encode("utf-8", "surrogatepass")), write=False)
    except FileError:
        return
    assert found.faults or found.plan.additions or not any(cell.strip('"') for cell in quoted)
    assert all(fault.text("zh") for fault in found.faults)


def test_what_a_file_says_beside_the_graph_is_nothing_new(tmp_path: Path) -> None:
    taken_in(tmp_path, "event-with-participants")
    (tmp_path / "doc-b" / "evidence.ttl").rename(tmp_path / "evidence.ttl")
    graph = stdgraph.open(data=[tmp_path / "tiny.ttl", tmp_path / "sources.ttl", tmp_path / "evidence.ttl"])
    form = (CASES / "event-with-participants" / "events.csv").read_text("utf-8").replace("coffee days", "tea days")
    found = graph.intake(("events.csv", form.encode()), write=False)
    assert {fault.severity for fault in found.faults} <= {"Warning"}
    assert all(fault.where.file == "events.csv" for fault in found.faults)
