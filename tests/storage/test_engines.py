"""Real engines: what is pushed is there and comes back, and every query file has the rows of the embedded store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

import engines
import stdgraph
from conftest import TINY
from stdgraph.errors import EndpointError
from stdgraph.services.push import pull, push
from stdgraph.storage import engine as storage_engine
from stdgraph.storage.engine import Engine
from stdgraph.storage.export import quads

Running = tuple[engines.Engine, stdgraph.Graph]


@pytest.fixture(scope="module", params=engines.ENGINES)
def running(request: pytest.FixtureRequest, repository: stdgraph.Graph) -> Iterator[Running]:
    """An engine that has got the whole graph by `push`."""
    try:
        with engines.holding(request.param, repository) as held:
            yield held
    except engines.AbsentError as error:
        pytest.skip(str(error))


@pytest.fixture(params=engines.ENGINES)
def empty(request: pytest.FixtureRequest) -> Iterator[engines.Engine]:
    """An engine with nothing in it."""
    try:
        with engines.ENGINES[request.param]() as held:
            yield held
    except engines.AbsentError as error:
        pytest.skip(str(error))


def engine_of(held: engines.Engine, **more: Any) -> Engine:
    return Engine(held.query, store=held.store, update=held.update, **more)


@pytest.mark.parametrize("kind", engines.KINDS)
def test_every_query_file_is_answered_as_by_the_embedded_store(
    running: Running, repository: stdgraph.Graph, kind: str
) -> None:
    held, there = running
    asked = sorted({*engines.names(kind)} - engines.OTHER.get((held.name, kind), set()))
    assert [name for name in asked if not engines.alike(kind, name, repository, there)] == []


def test_a_day_and_chinese_are_the_same_there(running: Running) -> None:
    there, here = stdgraph.open(endpoint=running[0].query, lang="zh"), stdgraph.open(lang="zh")
    for name, given in (
        ("who-cooperates-with", {"actor": "国家标准委"}),
        ("officers", {"body": "BSI"}),
        ("agreements", {}),
    ):
        asked = {**given, "as_of": "2018"}
        assert there.ask(name, **asked).to_json() == here.ask(name, **asked).to_json()


def test_a_text_is_found_there(running: Running, repository: stdgraph.Graph) -> None:
    given = {"actor": "SAC", "text": "cooperation"}
    assert running[1].ask("agreements", **given).to_json() == repository.ask("agreements", **given).to_json()


def test_pages_and_ties_are_the_same_there(running: Running, repository: stdgraph.Graph) -> None:
    there, here = running[1], repository
    assert there.profile("BSI").to_json()["panels"] == here.profile("BSI").to_json()["panels"]
    assert there.why("SAC", "BSI").to_json() == here.why("SAC", "BSI").to_json()
    assert there.path("BSI", "AFNOR").to_json() == here.path("BSI", "AFNOR").to_json()
    assert there.sources("BSI").to_json() == here.sources("BSI").to_json()
    assert there.ledger().to_json() == here.ledger().to_json()


def test_what_is_there_is_not_pushed_again(empty: engines.Engine, tiny: stdgraph.Graph) -> None:
    said: list[str] = []
    first = push(engine_of(empty), quads(tiny.reads, tiny.files), said.append)
    assert len(said) == len(first.written) > 5
    assert not first.there
    again = push(engine_of(empty), quads(tiny.reads, tiny.files), said.append)
    assert (again.written, again.there, again.gone) == ({}, first.written, ())


def test_a_push_that_breaks_off_goes_on_and_leaves_nothing_half(
    empty: engines.Engine, tiny: stdgraph.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    send, sent = Engine._send, []

    def breaking(self: Engine, *arguments: Any, **named: Any) -> bytes:
        sent.append(arguments[0])
        if len(sent) == 9:
            raise EndpointError(url=self.url, detail="broke off")
        return send(self, *arguments, **named)

    monkeypatch.setattr(Engine, "_send", breaking)
    monkeypatch.setattr(storage_engine, "AT_ONCE", 40)
    with pytest.raises(EndpointError, match="broke off"):
        push(engine_of(empty), quads(tiny.reads, tiny.files), lambda _: None)
    half = {g: n for g, n in engine_of(empty).counts().items() if "#" not in g}
    done = push(engine_of(empty), quads(tiny.reads, tiny.files), lambda _: None)
    assert half == done.there
    assert {**done.written, **done.there} == engine_of(empty).counts()


def test_a_dry_run_changes_nothing(empty: engines.Engine, tiny: stdgraph.Graph, run: Callable[..., Result]) -> None:
    where = ["--store", empty.store, "--update", empty.update]
    result = run("--data", str(tiny.files[-1].path), "push", empty.query, *where, "--dry-run")
    assert result.exit_code == 0, result.stderr
    assert "+" in result.stdout
    assert engine_of(empty).counts() == {}


def test_the_commands_know_the_addresses_of_an_engine(
    empty: engines.Engine, tmp_path: Path, run: Callable[..., Result]
) -> None:
    data = ("--data", str(TINY))
    pushed = run(*data, "push", empty.query)
    assert pushed.exit_code == 0, pushed.stderr
    assert pushed.stdout.startswith("+ ")
    pulled = run("pull", empty.query, "-o", str(tmp_path))
    assert pulled.exit_code == 0, pulled.stderr
    for call in (["infer", "-f", "nt"], ["ask", "agreements", "-f", "json"], ["sources"], ["network", "metrics"]):
        here = run(*data, *call).stdout
        assert here
        assert run("--data", str(tmp_path), *call).stdout == here
        assert run("--endpoint", empty.query, *call).stdout == here
    assert "invalid" not in run("--endpoint", empty.query, "validate").stderr


def test_what_was_pulled_says_the_same(running: Running, repository: stdgraph.Graph, tmp_path: Path) -> None:
    done = pull(engine_of(running[0]), tmp_path, lambda _: None)
    assert len(done.written) > 50
    copy = stdgraph.open(data=[tmp_path])
    for name, given in (("agreements", {}), ("officers", {"body": "BSI"}), ("figures", {"about": "ISO"})):
        assert copy.ask(name, **given).to_json()["rows"] == repository.ask(name, **given).to_json()["rows"]


def test_the_same_data_there_have_not_changed(running: Running, run: Callable[..., Result]) -> None:
    told = run("--endpoint", running[0].query, "diff", str(engines.ROOT / "data" / "ttl"))
    assert "nothing changed" in told.stdout, told.stdout[:500]


def test_updates_alone_do_where_there_is_no_graph_store(empty: engines.Engine, tiny: stdgraph.Graph) -> None:
    target = Engine(empty.query, update=empty.update)
    assert not target.store
    if empty.name == "virtuoso":  # it keeps a whole decimal number of an update as an integer
        with pytest.raises(EndpointError, match="or others"):
            push(target, quads(tiny.reads, tiny.files), lambda _: None)
        return
    done = push(target, quads(tiny.reads, tiny.files), lambda _: None)
    assert done.written == target.counts()
