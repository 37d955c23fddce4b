"""What every group of rows is given, and the row that it gives back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.measure import ROOT, Sample, Side, Worker, process

OBVIOUS = ROOT / "bench" / "obvious"


@dataclass(frozen=True)
class Row:
    """Two sides of the table, and a remark."""

    group: str
    ours: Sample
    other: Sample
    note: str = ""

    @property
    def ratio(self) -> float:
        """How many times longer the other side takes."""
        return self.other.seconds / self.ours.seconds


@dataclass(frozen=True)
class Setting:
    """Where the prepared files lie, how often to run, which questions are wanted (all, if none is named)."""

    folder: Path
    repeat: int
    questions: frozenset[str] = frozenset()

    @property
    def cache(self) -> Path:
        """The cache that holds the compiled store."""
        return self.folder / "cache"

    @property
    def files(self) -> list[str]:
        """The Turtle files of ontology and data."""
        return (self.folder / "files.txt").read_text("utf-8").splitlines()

    def python(self, label: str, *arguments: str) -> Side:
        """Return a new Python process as a side."""
        return process(label, arguments, self.cache)

    def tool(self, *arguments: str, fine: tuple[int, ...] = (0,)) -> Side:
        """Return a call of stdgraph as a side."""
        return process(f"`stdgraph {' '.join(arguments)}`", ["-m", "stdgraph", "-q", *arguments], self.cache, fine)

    def obvious(self, label: str, script: str, *arguments: str) -> Side:
        """Return a script of the obvious stack as a side."""
        return self.python(label, str(OBVIOUS / script), *arguments)

    @contextmanager
    def workers(self) -> Iterator[tuple[Worker, Worker]]:
        """Give stdgraph with its store open, and rdflib with its graph in memory."""
        both = Worker("stdgraph", self.folder), Worker("rdflib", self.folder)
        try:
            yield both
        finally:
            for worker in both:
                worker.close()
