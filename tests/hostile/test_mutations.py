"""Whatever chance makes of a real file, it is read or refused with a place; no other exception leaves the library.

`STDGRAPH_MUTATIONS=10000 python -m pytest tests/hostile/test_mutations.py` tries more than the tests do; then none may take
over five seconds of the processor.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest

import stdgraph
from conftest import TINY
from corpus.mutating import mutated
from stdgraph.errors import FormatError, StdgraphError, TurtleSyntaxError
from stdgraph.storage.files import BOM, GraphFile
from stdgraph.storage.reading.statements import read
from stdgraph.storage.turtle import format_turtle, parse_turtle

MANY = int(os.environ.get("STDGRAPH_MUTATIONS", "200"))
LOT = 100
VALIDATED = 25
"""Of so many, one is validated: that takes longer than reading it."""
SECONDS = 5


def tried(number: int, place: Path) -> str:
    """Return what came of an input: `read`, `refused`; raises what no user may see."""
    data = mutated(Random(number))
    place.write_bytes(data)
    try:
        quads = list(GraphFile(place, "urn:x").quads())
    except StdgraphError as error:
        return refused(error)
    _read_alike(data.removeprefix(BOM).decode(), quads)
    return "read"


def refused(error: StdgraphError) -> str:
    """Return that it was refused, in both languages and with a place."""
    for one in (error, *getattr(error, "others", ())):
        assert all(one.message(lang) for lang in ("en", "zh"))
        assert not isinstance(one, TurtleSyntaxError) or min(int(one.values[at]) for at in ("line", "column")) >= 1
    return "refused"


def _read_alike(text: str, quads: list[ox.Quad]) -> None:
    """Whatever the engine reads, our reader reads with the same triples, and the writer writes or refuses."""
    found = read(text)
    if any("nested too deeply" in str(fault.words) for fault in found.faults):
        return
    assert not found.faults, [str(fault.words) for fault in found.faults]
    ours, theirs = (
        ox.Dataset(ox.Quad(*t) for t in triples)
        for triples in ((s.triple for s in found.stated), (q.triple for q in quads))
    )
    if len(quads) < 300:
        for dataset in (ours, theirs):
            dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        assert ours == theirs
    try:
        done = format_turtle(text)
    except (FormatError, TurtleSyntaxError):
        return
    assert len(set(parse_turtle(done)[0])) == len({q.triple for q in quads})


@pytest.mark.parametrize("first", range(0, MANY, LOT))
def test_what_chance_makes_of_a_file_is_read_or_refused_with_its_place(first: int, tmp_path: Path) -> None:
    place, ends = tmp_path / "chance.ttl", []
    for number in range(first, min(MANY, first + LOT)):
        began = time.process_time()
        try:
            ends.append(tried(number, place))
        except Exception as error:
            raise AssertionError(f"input {number}: {type(error).__name__}: {error}") from error
        assert MANY <= 200 or time.process_time() - began < SECONDS, f"input {number}"
    assert len(set(ends)) == 2, "else chance is too gentle or too rough"


@pytest.mark.parametrize("first", range(0, MANY, LOT))
def test_what_chance_makes_of_a_file_is_validated(first: int, tmp_path: Path) -> None:
    graph, place = stdgraph.open(data=[TINY]), tmp_path / "chance.ttl"
    for number in range(first, min(MANY, first + LOT), VALIDATED):
        place.write_bytes(mutated(Random(number)))
        began = time.process_time()
        try:
            graph.validate(place)
        except StdgraphError:
            continue
        except Exception as error:
            raise AssertionError(f"input {number}: {type(error).__name__}: {error}") from error
        assert MANY <= 200 or time.process_time() - began < SECONDS, f"input {number}"
