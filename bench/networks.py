"""Networks: the measures of ISO's membership and of a large made-up network, beside networkx alone."""

from __future__ import annotations

from pathlib import Path

from bench.closure import REGISTER
from bench.measure import ROOT, Run, Sample, Told, measure, met, process
from bench.setting import Row, Setting

MEASURING = "bench.measuring"
MEMBERS = ROOT.parent / "shared" / "data" / "iso-member-bodies" / "member_bodies.csv"
SECONDS = 5.0
"""The goal of all measures of ISO's membership, in seconds, the export from the store among them."""
EXTRACTED = 1.0
"""The goal of taking a view out of the graph with ISO's register, in seconds."""


def networks(at: Setting) -> list[Row]:
    """Measure ISO's membership, if the register is there, and 100,000 nodes with a million edges."""
    return [
        *(_membership(at) if REGISTER.exists() and MEMBERS.exists() else []),
        *_each(at, "large", "1,000,000 edges"),
    ]


def _membership(at: Setting) -> list[Row]:
    cache, out = at.folder / "iso-network", at.folder / "membership.json"
    view = ("--view", "membership", "--only-pack", "iso")
    add = ["-m", "stdgraph", "-q", "pack", "add", "iso", "--committees", str(REGISTER), "--members", str(MEMBERS)]
    process("add the register", add, cache).once()
    export = ["-m", "stdgraph", "-q", "--pack", "iso", "network", "export", *view, "-f", "json", "-o", str(out)]
    process("export", export, cache).once()
    ours = process(
        "`stdgraph --pack iso network metrics --view membership --only-pack iso`",
        ["-m", "stdgraph", "-q", "--pack", "iso", "network", "metrics", *view, "-f", "csv"],
        cache,
    )
    (mine,) = measure([ours], min(at.repeat, 3))
    each = _each(at, str(out), "ISO's membership")
    seconds, stopped = sum(row.other.seconds for row in each), any(row.other.stopped for row in each)
    theirs = Sample("the same measures of the export: networkx", [Run(seconds, each[0].other.megabytes)])
    goal = f"the export is in ours alone; goal {SECONDS:g} s: {met(mine.seconds <= SECONDS)}"
    goal += "; networkx stopped at the limit in some" if stopped else ""
    return [Row("networks", mine, theirs, goal), *each, *_views(cache)]


def _views(cache: Path) -> list[Row]:
    """Return a row a view that the register feeds, beside its bare query, in process and the store open."""
    runs = {what: Told("", cache, MEASURING, what, "iso") for what in ("views", "queries")}
    for run in runs.values():
        run.once()
    rows = []
    for view, seconds in runs["views"].last["told"].items():
        goal = f"goal {EXTRACTED:g} s: {met(seconds is not None and seconds <= EXTRACTED)}"
        labels = {"views": f"`graph.network('{view}')` with the ISO pack", "queries": "the bare query, same store"}
        rows.append(Row("networks", *(_sample(run, view, labels[what]) for what, run in runs.items()), goal))
    return rows


def _each(at: Setting, what: str, name: str) -> list[Row]:
    """Return a row a measure, of one run of each side; the memory is the peak of all of them."""
    runs = {engine: Told("", at.cache, MEASURING, engine, what) for engine in ("ours", "networkx")}
    for run in runs.values():
        run.once()
    return [_row(runs, measured, name) for measured in runs["ours"].last["told"]]


def _row(runs: dict[str, Told], measured: str, name: str) -> Row:
    sampled = measured == "betweenness" and "edges" in name
    notes = {"communities": "Leiden beside Louvain"} | ({"betweenness": "a pivot"} if sampled else {})
    one, two = (
        _sample(told, measured, f"{measured} of {name}: {'stdgraph' if engine == 'ours' else engine}")
        for engine, told in runs.items()
    )
    return Row("networks", one, two, notes.get(measured, ""))


def _sample(told: Told, measured: str, label: str) -> Sample:
    """Return what a process told of one measure; null is what was stopped at the limit."""
    seconds = told.last["told"][measured]
    return Sample(label, [] if seconds is None else [Run(seconds, told.last["megabytes"])], stopped=seconds is None)
