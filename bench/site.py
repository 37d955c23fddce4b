"""The explorer: how large it is, how soon it is ready, how long a page, a question and a frame of the canvas take, beside the goals."""

from __future__ import annotations

import gzip
from pathlib import Path

from bench.closure import REGISTER
from bench.measure import ROOT, Run, Sample, Told, measure, met, process
from bench.networks import MEMBERS
from bench.setting import Row, Setting

OPENING = "bench.opening"
DIST = ROOT / "web" / "dist"
MB = 1_000_000
GOALS = {
    "ready": (2.0, "opened from disk until the engine is ready"),
    "profile": (0.3, "the page on China and Germany, once ready"),
    "words": (1.0, "the first question in one's own words, once ready"),
    "frame": (0.016, "a frame of the canvas at 5,000 edges: processor time of the page"),
    "lit": (0.016, "the same when another node is looked at"),
}
"""Seconds, and what takes them."""
SIZES = {"one file": 4.0, "one file with the ISO pack": 5.0}
SCRIPT = 0.2
"""Goal of the script without the engine, in MB packed, before charts, editor and canvas."""


def site(at: Setting) -> list[Row]:
    """Write the explorer in both forms and open it in Chromium; where the ISO register is there, with its pack too."""
    if not (DIST / "licences.txt").exists():
        return []
    page = at.folder / "atlas.html"
    writes = [
        at.tool("site", "--one-file", "-o", str(page)),
        at.tool("site", "-o", str(at.folder / "atlas")),
    ]
    one, folder = measure(writes, min(at.repeat, 3))
    rows = [
        Row(
            "site",
            _named(one, "`stdgraph site --one-file`"),
            _named(folder, "`stdgraph site -o DIR`"),
            _size(page, "one file"),
        )
    ]
    rows += _opened(at, page, "")
    if REGISTER.exists() and MEMBERS.exists():
        rows += _with_pack(at)
    return rows


def _named(sample: Sample, label: str) -> Sample:
    return Sample(label, sample.runs)


def _size(page: Path, what: str) -> str:
    size, goal = page.stat().st_size / MB, SIZES[what]
    return f"{what}: {size:.2f} MB, goal {goal:g}: {met(size <= goal)}{_script()}"


def _script() -> str:
    script = (
        sum(len(gzip.compress((DIST / "site" / name).read_bytes(), 9, mtime=0)) for name in ("app.js", "style.css"))
        / MB
    )
    return f"; script without engine {script * 1000:.0f} kB packed, goal {SCRIPT * 1000:g}: {met(script <= SCRIPT)}"


def _opened(at: Setting, page: Path, what: str) -> list[Row]:
    told = Told("", at.cache, OPENING, str(page), str(at.repeat))
    told.once()
    return [
        _row(name, told.last["told"][name], told.last["megabytes"], what) for name in GOALS if name in told.last["told"]
    ]


def _row(name: str, times: list[float], megabytes: float, what: str) -> Row:
    goal, label = GOALS[name]
    ours = Sample(f"{label}{what}", [Run(seconds, megabytes) for seconds in times])
    return Row("site", ours, Sample("its goal", [Run(goal, 0)]), met(ours.seconds <= goal))


def _with_pack(at: Setting) -> list[Row]:
    cache, page = at.folder / "iso-site", at.folder / "iso.html"
    add = ["-m", "stdgraph", "-q", "pack", "add", "iso", "--committees", str(REGISTER), "--members", str(MEMBERS)]
    process("add the register", add, cache).once()
    write = process(
        "`stdgraph --pack iso site --one-file`",
        ["-m", "stdgraph", "-q", "--pack", "iso", "site", "--one-file", "-o", str(page)],
        cache,
    )
    run = write.once()
    ours = Sample(write.label, [run])
    wanted = "one file with the ISO pack"
    return [Row("site", ours, ours, _size(page, wanted)), *_opened(at, page, ", with the ISO pack")]
