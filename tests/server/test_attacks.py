"""The second table of docs/robustness.md says of the server what the server does."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any

import pytest

import robustness
import servers
import stdgraph
from asking import Client
from loopback import Listener
from stdgraph.server.limits import Settings
from stdgraph.storage.worker import Limits

PART = robustness.PAGE.read_text("utf-8").partition(servers.BEGIN)[2].partition(servers.END)[0]
ROWS = [[cell.strip() for cell in line.strip("|\n").split(" | ")] for line in PART.splitlines()[2:]]
ATTACKS = [attack for attack in robustness.attacks() if attack["file"] == "queries"]


def test_the_table_has_a_row_for_each_query() -> None:
    assert [row[0] for row in ROWS] == [attack["title"] for attack in ATTACKS]
    assert {cell.partition(",")[0] for row in ROWS for cell in row[1:]} <= set(servers.ENDS)


def test_no_query_takes_the_server_down() -> None:
    assert [row[0] for row in ROWS if row[1].endswith(servers.DOWN)] == []
    assert {row[1].partition(",")[0] for row in ROWS} <= {"answered", "refused", "limit told", "error"}


@pytest.fixture(scope="module")
def small(serve: Callable[..., Client], tiny: stdgraph.Graph) -> Client:
    return serve(tiny, Settings(Limits(4, 1 << 30, 100_000), explorer=False, budget=0))


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are those of Linux")
@pytest.mark.parametrize(("attack", "row"), list(zip(ATTACKS, ROWS, strict=True)), ids=[a["title"] for a in ATTACKS])
def test_an_attack_ends_as_the_table_says(attack: dict[str, Any], row: list[str], small: Client) -> None:
    listener = Listener()
    got = small.post("/sparql", robustness.text_of(attack, listener.url), servers.QUERY)
    ends = {servers.ended(got.status), "limit told" if got.status == 500 else ""}
    assert row[1].partition(",")[0] in ends | ({"error"} if got.status in (504, 507) else set())
    assert listener.heard == 0
    listener.socket.close()
    assert small.post("/sparql", "ASK {}", servers.QUERY).status == 200
    assert re.fullmatch(r".+, \S+ s", row[1])
