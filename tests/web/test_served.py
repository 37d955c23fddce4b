"""The explorer of `stdgraph serve`: it asks the server and loads no engine; where the server cannot be asked, its own engine answers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import stdgraph
from explored import ANSWERED, go, texts
from stdgraph.graph.questions import questions

FIRST = 20
ALL = """async asked => {
  const found = []
  for (const [name, given] of asked) found.push(await stdgraph.ask(name, given))
  return found
}"""


@pytest.fixture(scope="module")
def address(front: Path, repository: stdgraph.Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the repository's graph with its explorer; return the address."""
    pytest.importorskip("uvicorn", reason="uvicorn serves")
    from stdgraph.server.limits import Settings
    from stdgraph.server.run import bound, server

    folder = tmp_path_factory.mktemp("explorer")
    for name, data in repository.site_files("sparql").items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    started = threading.Event()
    listening = bound("127.0.0.1", 0)
    made = server(repository, Settings(site=str(folder), explorer=False, budget=0), started=started.set)
    thread = threading.Thread(target=made.run, args=([listening],))
    thread.start()
    assert started.wait(120)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    made.should_exit = True
    thread.join()


@pytest.fixture
def visited(browser: Any, address: str) -> Iterator[Any]:
    """Open the served explorer; `loaded` are the paths that it asked for."""
    page = browser.new_page()
    page.loaded, page.address = [], address
    page.on("request", lambda asked: page.loaded.append(asked.url.removeprefix(address)))
    yield page
    page.close()


def test_the_same_answers_come_without_an_engine(visited: Any, page: Any) -> None:
    visited.goto(f"{visited.address}#/en/ask")
    visited.wait_for_selector("h1")
    visited.evaluate("stdgraph.engine.ready")
    asked = [[one.name, one.example] for one in questions()]
    first = asked[:FIRST]
    assert visited.evaluate(ALL, first) == page.evaluate(ALL, first)
    assert not any("engine.wasm" in path or "graph.trig" in path for path in visited.loaded)
    assert visited.evaluate(ALL, asked[FIRST:]) == page.evaluate(
        ALL, asked[FIRST:]
    )  # one is longer than the server reads
    assert visited.evaluate("stdgraph.engine.isWhole")


def test_a_query_is_faulted_at_its_place(visited: Any) -> None:
    visited.goto(f"{visited.address}#/en/ask")
    visited.wait_for_selector("h1")
    found = visited.evaluate("stdgraph.engine.query('SELECT * {\\n ?s ?p }')")
    assert (found["kind"], found["fault"], found["line"]) == ("fault", "syntax", 2)
    cut = visited.evaluate("stdgraph.engine.query('SELECT * { ?s ?p ?o }', { limit: 3 })")
    assert (len(cut["rows"]), cut["cut"]) == (3, True)
    assert visited.evaluate("stdgraph.engine.query('ASK { ?s a stdg:Agreement }')") == {"kind": "truth", "value": True}


def test_where_the_server_does_not_answer_the_page_does(visited: Any) -> None:
    visited.route("**/sparql", lambda asked: asked.abort())
    visited.goto(f"{visited.address}#/en/ask/agreements?actor=SAC&with=BSI")
    visited.wait_for_selector(f"{ANSWERED} tbody tr")
    assert len(texts(visited, "tbody tr")) == len(stdgraph.open().ask("agreements", actor="SAC", with_="BSI"))
    assert any("engine.wasm" in path for path in visited.loaded)
    go(visited, "#/zh/of/org/cn-sac")
