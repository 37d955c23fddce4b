"""The process that does in-process work: `python -m bench.worker stdgraph|packs|rdflib|prepare FOLDER`.

It reads one request a line (JSON) and answers with seconds and peak memory, or with rows.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.measure import LIMIT

Term = list[str] | None
"""A term as kind (IRI, literal, blank node), value, datatype, language."""

ANY = "SELECT * WHERE { ?s ?p ?o } LIMIT 1"
STRING = "http://www.w3.org/2001/XMLSchema#string"


class StoppedError(BaseException):
    """The limit is reached; no handler of a library may take it for an error of its own."""


def timed(work: Callable[[], Any]) -> dict[str, Any]:
    """Return the seconds of some work and the peak memory so far."""
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    try:
        started = time.perf_counter()
        work()
        seconds = time.perf_counter() - started
    except StoppedError:
        return {"stopped": True}
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return {"seconds": seconds, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


class Stdgraph:
    """What stdgraph does with its store kept open."""

    def __init__(self, folder: Path) -> None:
        import stdgraph
        from stdgraph.services.ask import ask, question

        self.open, self.ask_service, self.question = stdgraph.open, ask, question
        self.folder = folder
        self.graph = stdgraph.open()

    def reopen(self) -> dict[str, Any]:
        """Open the compiled store, ask one thing."""
        return timed(lambda: self.open().reads.select(ANY))

    def ask(self, name: str) -> dict[str, Any]:
        """Answer a question with its example: the whole answer, with labels and sources."""
        example = self.question(name).example
        return timed(lambda: self.ask_service(self.graph.reads, name, example))

    def query(self, name: str) -> dict[str, Any]:
        """Run a question's query alone."""
        text = query_text(self.folder, name)
        return timed(lambda: self.graph.reads.select(text))

    def rows(self, name: str) -> dict[str, Any]:
        """Return the rows of a question's query."""
        found: Any = self.graph.reads.query(query_text(self.folder, name))
        columns = [v.value for v in found.variables]
        return {"rows": [[from_oxigraph(row[c]) for c in columns] for row in found]}


class Packs:
    """What stdgraph does with a pack beside its graph, and what Oxigraph does with the same store."""

    def __init__(self, folder: Path) -> None:
        import stdgraph

        self.graph: Any = stdgraph.open(pack="iso")

    def ask(self, name: str, parameters: dict[str, str]) -> dict[str, Any]:
        """Answer a question."""
        return timed(lambda: self.graph.ask(name, **parameters))

    def query(self, name: str, parameters: dict[str, str]) -> dict[str, Any]:
        """Run the query of a question alone."""
        from stdgraph.services.ask import bind, question, resolve

        asked = question(name)
        return self.sparql(bind(asked, resolve(self.graph.reads, asked, parameters)))

    def sparql(self, text: str) -> dict[str, Any]:
        """Run a query."""
        return timed(lambda: self.graph.reads.select(text))

    def counts(self, by: str) -> dict[str, Any]:
        """Count all standards."""
        from stdgraph.packs.index import counts

        return timed(lambda: counts(self.graph.reads.names, by))

    def find(self, text: str) -> dict[str, Any]:
        """Find things by name."""
        return timed(lambda: self.graph.find(text))


class Rdflib:
    """What rdflib does with its graph kept in memory."""

    def __init__(self, folder: Path) -> None:
        import rdflib
        from rdflib.plugins.sparql import prepareQuery

        self.rdflib, self.prepare = rdflib, prepareQuery
        self.folder = folder
        self.graph = rdflib.Graph().parse(folder / "union.nt")

    def reopen(self) -> dict[str, Any]:
        """Parse all Turtle files, ask one thing."""
        paths = (self.folder / "files.txt").read_text("utf-8").splitlines()
        return timed(lambda: self._parse(paths))

    def _parse(self, paths: list[str]) -> list[Any]:
        graph = self.rdflib.Graph()
        for path in paths:
            graph.parse(path)
        return list(graph.query(ANY))

    def query(self, name: str) -> dict[str, Any]:
        """Run a question's query."""
        text = query_text(self.folder, name)
        return timed(lambda: list(self.graph.query(text)))

    def prepared(self, name: str) -> dict[str, Any]:
        """Run a question's query that is already parsed."""
        query = self.prepare(query_text(self.folder, name))
        return timed(lambda: list(self.graph.query(query)))

    def rows(self, name: str) -> dict[str, Any]:
        """Return the rows of a question's query."""
        found: list[Any] = []
        limited = timed(lambda: found.extend(self.graph.query(query_text(self.folder, name))))
        return limited if "stopped" in limited else {"rows": [list(map(from_rdflib, row)) for row in found]}


def query_text(folder: Path, name: str) -> str:
    """Return the query of a question with its example bound, as `prepare` wrote it."""
    return (folder / "queries" / f"{name}.rq").read_text("utf-8")


def from_oxigraph(term: Any) -> Term:
    """Return a term of pyoxigraph in a form that can be compared."""
    if term is None:
        return None
    kind = type(term).__name__
    if kind != "Literal":
        return ["iri" if kind == "NamedNode" else "blank", term.value, "", ""]
    return ["literal", term.value, "" if term.language else term.datatype.value, (term.language or "").lower()]


def from_rdflib(term: Any) -> Term:
    """Return a term of rdflib in a form that can be compared."""
    if term is None:
        return None
    kind = type(term).__name__
    if kind != "Literal":
        return ["iri" if kind == "URIRef" else "blank", str(term), "", ""]
    language = (term.language or "").lower()
    return ["literal", str(term), "" if language else str(term.datatype or STRING), language]


def prepare(folder: Path) -> None:
    """Compile the store, and write what the obvious stack is given: paths, all triples, derived ones, queries."""
    import stdgraph
    from stdgraph.errors import UnknownNameError
    from stdgraph.model.vocabulary import DERIVED
    from stdgraph.services.ask import bind, questions, resolve
    from stdgraph.storage.export import nquads

    graph: Any = stdgraph.open()
    (folder / "files.txt").write_text("".join(f"{file.path}\n" for file in graph.files), "utf-8")
    with (folder / "union.nt").open("w") as union, (folder / "derived.nt").open("w") as derived:
        for line in nquads(graph.reads, graph.files).splitlines():
            triple, home = line.removesuffix(" .").rsplit(" ", 1)
            union.write(f"{triple} .\n")
            if home.strip("<>") in DERIVED:
                derived.write(f"{triple} .\n")
    (folder / "queries").mkdir()
    for asked in questions():
        try:
            text = bind(asked, resolve(graph.reads, asked, asked.example))
        except UnknownNameError:  # what its example names comes with a register
            continue
        (folder / "queries" / f"{asked.name}.rq").write_text(text, "utf-8")


def stop(*_: Any) -> None:
    """End the work at hand."""
    raise StoppedError


def main() -> None:
    """Answer requests until the input ends."""
    engine, folder = sys.argv[1], Path(sys.argv[2])
    if engine == "prepare":
        prepare(folder)
        return
    signal.signal(signal.SIGALRM, stop)
    worker: Any = {"stdgraph": Stdgraph, "packs": Packs, "rdflib": Rdflib}[engine](folder)
    for line in sys.stdin:
        wanted = json.loads(line)
        answer = getattr(worker, wanted.pop("do"))(**wanted)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
