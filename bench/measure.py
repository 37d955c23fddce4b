"""Measuring: sides that take turns, medians, the peak of memory of each process.

This module and those that import it must stay small in memory: on Linux the peak of a new process begins with that of
the process which started it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BUDGET = 40.0
"""No side is run again once its runs took so many seconds together."""

LIMIT = 60.0
"""A query of the obvious stack is stopped after so many seconds."""


@dataclass(frozen=True)
class Run:
    """One run: seconds on the clock, peak memory of its process in MB."""

    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Side:
    """Something to measure; `once` runs it, and raises TimeoutError where it was stopped at the limit."""

    label: str
    once: Callable[[], Run]


@dataclass
class Sample:
    """All counted runs of a side."""

    label: str
    runs: list[Run]
    stopped: bool = False
    warm: bool = False

    @property
    def seconds(self) -> float:
        """The median, or the limit where a run was stopped."""
        return LIMIT if self.stopped else median([r.seconds for r in self.runs])

    @property
    def least(self) -> float:
        """The shortest run, which other programs disturbed least."""
        return min((r.seconds for r in self.runs), default=LIMIT)

    @property
    def megabytes(self) -> float:
        """The highest peak."""
        return max((r.megabytes for r in self.runs), default=0.0)

    @property
    def done(self) -> bool:
        """Tell whether the time for this side is used up."""
        return self.stopped or sum(r.seconds for r in self.runs) > BUDGET

    def add(self, side: Side) -> None:
        """Run a side once; the first run only warms up, unless it is so long that it counts."""
        try:
            run = side.once()
        except TimeoutError:
            self.stopped = True
            return
        if self.warm or run.seconds > BUDGET / 10:
            self.runs.append(run)
        self.warm = True


def median(values: Sequence[float]) -> float:
    """Return the median."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def measure(sides: Sequence[Side], repeat: int) -> list[Sample]:
    """Return a sample for each side; sides take turns, so that a busy moment of the machine meets all of them."""
    samples = [Sample(side.label, []) for side in sides]
    for _ in range(repeat + 1):
        for side, sample in zip(sides, samples, strict=True):
            if not sample.done and len(sample.runs) < repeat:
                sample.add(side)
    return samples


def environment(cache: Path) -> dict[str, str]:
    """Return the environment of measured processes: this checkout's code, a cache and packs of its own, no settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("STDGRAPH_", "PYTHON"))}
    own = {"STDGRAPH_CACHE": str(cache), "STDGRAPH_DATA": str(cache / "data"), "XDG_CONFIG_HOME": str(cache)}
    return kept | own | {"PYTHONPATH": str(ROOT / "src")}


def process(label: str, arguments: Sequence[str], cache: Path, fine: Sequence[int] = (0,)) -> Side:
    """Return a side that runs Python with arguments in a new process, output thrown away."""
    command = [sys.executable, *arguments]
    silent = [(os.POSIX_SPAWN_OPEN, handle, os.devnull, os.O_RDWR, 0) for handle in (0, 1, 2)]

    def once() -> Run:
        started = time.perf_counter()
        child = os.posix_spawn(command[0], command, environment(cache), file_actions=silent)
        _, status, usage = os.wait4(child, 0)
        seconds = time.perf_counter() - started
        if os.waitstatus_to_exitcode(status) not in fine:
            raise RuntimeError(f"{label}: exit code {os.waitstatus_to_exitcode(status)}: {' '.join(command)[:300]}")
        return Run(seconds, usage.ru_maxrss / 1024)

    return Side(label, once)


class Told:
    """A side whose process, a module of the bench, measures itself and prints JSON; the last report is kept."""

    def __init__(self, label: str, cache: Path, module: str, *arguments: str) -> None:
        self.label, self.cache, self.command = label, cache, [sys.executable, "-m", module, *arguments]
        self.last: dict[str, Any] = {}

    def once(self) -> Run:
        """Run the process, take its own figures."""
        done = subprocess.run(
            self.command, env=environment(self.cache), cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
        )
        self.last = json.loads(done.stdout)
        return Run(self.last.get("seconds", 0.0), self.last.get("megabytes", 0.0))

    @property
    def side(self) -> Side:
        """The side to measure."""
        return Side(self.label, self.once)


def met(reached: bool) -> str:
    """Return whether a goal is met."""
    return "met" if reached else "not met"


class Worker:
    """A process that keeps its graph and answers requests; it times its own work, without the way to it."""

    def __init__(self, engine: str, folder: Path) -> None:
        command = [sys.executable, "-m", "bench.worker", engine, str(folder)]
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.child = subprocess.Popen(command, env=environment(folder / "cache"), cwd=ROOT, **pipes)

    def request(self, **wanted: Any) -> Any:
        """Return what the worker answers; raises TimeoutError where it stopped at the limit."""
        if self.child.stdin is None or self.child.stdout is None:
            raise RuntimeError("the worker has no pipes")
        print(json.dumps(wanted), file=self.child.stdin, flush=True)
        line = self.child.stdout.readline()
        if not line:
            raise RuntimeError(f"the worker ended on {wanted}")
        answer = json.loads(line)
        if answer.get("stopped"):
            raise TimeoutError
        return answer

    def side(self, label: str, **wanted: Any) -> Side:
        """Return a side that makes the worker do something once."""

        def once() -> Run:
            answer = self.request(**wanted)
            return Run(answer["seconds"], answer["megabytes"])

        return Side(label, once)

    def close(self) -> None:
        """End the worker."""
        if self.child.stdin:
            self.child.stdin.close()
        self.child.wait()
        if self.child.stdout:
            self.child.stdout.close()
