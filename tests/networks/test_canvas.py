"""What the explorer's canvas is given: all ties of all views, a place for each node, the same each time."""

from __future__ import annotations

import json
from typing import Any

import pytest

import stdgraph
from stdgraph.networks import canvas as module
from stdgraph.networks.canvas import canvas
from stdgraph.networks.ties import ties
from stdgraph.networks.views import views


@pytest.fixture(scope="module")
def made(tiny: stdgraph.Graph) -> dict[str, Any]:
    return canvas(tiny.reads)


def test_the_same_data_give_the_same_canvas(made: dict[str, Any], tiny: stdgraph.Graph) -> None:
    assert json.dumps(canvas(tiny.reads)) == json.dumps(made)


def test_every_tie_is_told(made: dict[str, Any], tiny: stdgraph.Graph) -> None:
    told = made["texts"]
    for view in views().values():
        rows = made["ties"][view.query]
        found = ties(tiny.reads, view)
        assert [(told[row[2]], row[7]) for row in rows] == [(tie.kind, tie.parties) for tie in found]
        assert all(told[end] in made["things"] for row in rows for end in row[:2])
    assert sum(map(len, made["ties"].values())) > 10


def test_every_node_of_a_view_has_a_place_of_its_own(made: dict[str, Any], tiny: stdgraph.Graph) -> None:
    for name, levels in made["places"].items():
        for level, places in levels.items():
            assert set(places) == set(tiny.network(name, level=level))
            assert len(set(map(tuple, places.values()))) == len(places)


def test_a_view_that_is_too_large_has_no_places(tiny: stdgraph.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "NODES", 1)
    assert not any(canvas(tiny.reads)["places"].values())
