"""One import under way: its files come out of it as records, and go into it as triples."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from stdgraph.errors import PackError
from stdgraph.locale import Phrase, marked
from stdgraph.model.vocabulary import DCTERMS, SRC
from stdgraph.packs import snapshots
from stdgraph.packs.draft import Draft
from stdgraph.packs.inputs import Inputs, SourceTitle
from stdgraph.packs.read import Source, Tick
from stdgraph.packs.report import Report
from stdgraph.packs.triples import TYPE, Lines, iri, literal, term

CORE_LEVEL, BULK_LEVEL = 6, 1
"""How hard to compress: the core is small and read often, a part is large and written once."""


@dataclass
class Part:
    """A part that is loaded as it is: an output of N-Triples, and one of the names of its things."""

    graph: str
    triples: IO[bytes]
    rows: IO[bytes] | None
    written: int = 0

    def put(self, lines: list[str]) -> None:
        """Write triples, each a line."""
        self.triples.write("".join(lines).encode())
        self.written += len(lines)

    def put_row(self, *cells: str) -> None:
        """Write the names and codes of one thing (see `packs.index`)."""
        if self.rows:
            self.rows.write(("\t".join(cells) + "\n").encode())


@dataclass
class Job:
    """One import: what a register reads its files from, and writes its triples to."""

    name: str
    titles: Mapping[str, SourceTitle]
    licence: str
    inputs: Inputs
    day: str
    report: Report
    draft: Draft
    tick: Tick | None = None
    graphs: list[Lines] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    written: int = 0

    @property
    def graph_iri(self) -> str:
        """The IRI of the snapshot's graph."""
        return snapshots.graph_iri(self.name, self.day)

    def paths(self, kind: str) -> list[Path]:
        """Return the files of a kind."""
        return list(self.inputs.files.get(kind, ()))

    def sources(self, kind: str, **limits: int) -> Iterator[Source]:
        """Yield each file of a kind, opened; `limits` are those of `packs.read.Source`."""
        for path in self.paths(kind):
            with Source(path, self.report, self.tick, **limits) as source:
                yield source

    def refuse(self, kind: str, thing: str) -> PackError:
        """Return the error that nothing of a kind can be read from its files."""
        path, why = self.paths(kind)[0], self.report.first_error()
        detail = Phrase("no {thing} can be read from {path}; nothing was imported", thing=thing, path=path)
        if why:
            message = marked("no {thing} can be read from {path} ({detail}); nothing was imported")
            detail = Phrase(message, thing=thing, path=path, detail=why)
        return PackError(name=self.name, detail=detail)

    def graph(self, source: str, part: str = "") -> Lines:
        """Return the lines of a graph of the snapshot, begun with its header and its source document."""
        title = self.titles[source]
        titles = {"en": title.en, "zh-Hans": title.zh}
        licence = self.licence if title.is_licensed else ""
        lines = Lines(f"{self.graph_iri}/{part}" if part else self.graph_iri)
        lines.header(source, self.day, titles, licence, "snapshot")
        lines.add(SRC + source, (TYPE, term("SourceDocument")))
        lines.add(SRC + source, *((f"<{DCTERMS}title>", literal(text, tag)) for tag, text in titles.items()))
        if licence:
            lines.add(SRC + source, (f"<{DCTERMS}license>", iri(licence)))
        self.graphs.append(lines)
        return lines

    @contextmanager
    def part(self, name: str, *, named: bool = False) -> Iterator[Part]:
        """Open a part of the snapshot that is loaded as it is; `named` if its things bear names."""
        with _no_collector(), self.draft.writing(name + snapshots.TRIPLES, BULK_LEVEL) as triples:
            part = Part(f"{self.graph_iri}/{name}", triples, None)
            if named:
                with self.draft.writing(name + snapshots.ROWS, BULK_LEVEL) as part.rows:
                    yield part
            else:
                yield part
        self.written += part.written

    def finish(self) -> int:
        """Write the graphs, and return how many triples the snapshot has."""
        lines = sorted(line for graph in self.graphs for line in graph.lines)
        with self.draft.writing(snapshots.CORE, CORE_LEVEL) as out:
            out.writelines(line.encode() for line in lines)
        return len(lines) + self.written


@contextmanager
def _no_collector() -> Iterator[None]:
    """Rest the search for cycles: there are none among millions of strings, and looking for them takes a third."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
