"""A served graph: a real server on loopback with its processes, and a client of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

import stdgraph
from asking import Client
from stdgraph.server.limits import Settings

BARE = Settings(explorer=False, budget=0)
Serve = Callable[..., Client]


@pytest.fixture(scope="package")
def serve() -> Iterator[Serve]:
    """Serve a graph with some settings, until the tests of this folder end."""
    pytest.importorskip("uvicorn", reason="uvicorn serves")
    from stdgraph.server.run import bound, server

    running = []

    def served(graph: stdgraph.Graph, settings: Settings = BARE) -> Client:
        started = threading.Event()
        listening, made = bound("127.0.0.1", 0), server(graph, settings, started=started.set)
        thread = threading.Thread(target=made.run, args=([listening],))
        thread.start()
        running.append((made, thread))
        assert started.wait(120)
        return Client(listening.getsockname()[1], made.config.app.state.serving)

    yield served
    for made, _ in running:
        made.should_exit = True
    for _, thread in running:
        thread.join()


@pytest.fixture(scope="package")
def client(serve: Serve, repository: stdgraph.Graph) -> Client:
    """A client of the graph that comes with the package."""
    return serve(repository)
