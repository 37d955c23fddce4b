"""The graph in an engine elsewhere: each named graph pushed as a whole, and pulled again, what is there already left as it is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from stdgraph.errors import EndpointError
from stdgraph.locale import Phrase
from stdgraph.model.light import dataclass
from stdgraph.model.vocabulary import DERIVED, GRAPH
from stdgraph.storage.blanks import blank_nodes, named_by_content, renamed
from stdgraph.storage.engine import Engine
from stdgraph.storage.export import statement
from stdgraph.storage.folders import cache_folder
from stdgraph.storage.turtle import turtle_of
from stdgraph.storage.writing import write_atomic

MOST = 3_000_000
"""So many triples are read of an endpoint for a command that works on files."""
UNFINISHED = ".pulling"
READ_BACK = 200_000
"""A graph of no more triples is read back and compared; of a larger one the triples are counted."""
ONTOLOGY = GRAPH + "ontology/"

Say = Callable[[str], None]


@dataclass(frozen=True)
class Moved:
    """What was done: the graphs, with the number of their triples, that were written, that were there already, and that went."""

    written: Mapping[str, int]
    there: Mapping[str, int]
    gone: tuple[str, ...] = ()


def push(engine: Engine, quads: Iterable[ox.Quad], say: Say, *, dry_run: bool = False) -> Moved:
    """Return what was done so that an engine has the graphs of some quads, and no others of ours.

    A graph that an earlier call has written, and that has as many triples as then, is left as it is: so a call goes on where
    another one broke off.

    Raises:
        EndpointError: the engine refuses, or does not have what it was sent.
    """
    graphs: dict[str, dict[str, None]] = {}
    labels: dict[ox.BlankNode, str] = {}
    for quad in quads:
        for node in blank_nodes(quad.triple):
            labels.setdefault(node, f"b{len(labels)}")
        said = ox.Triple(*(renamed(term, labels) for term in quad.triple)) if labels else quad
        graphs.setdefault(str(quad.graph_name.value), {})[f"{statement(said)} .\n"] = None  # type: ignore[union-attr]  # ours have names
    had, journal = engine.counts(), _Journal(engine.url)
    written, there = {}, {}
    for name in sorted(graphs):
        lines = sorted(graphs[name])
        told = sha256("".join(lines).encode()).hexdigest()
        if journal.known.get(name) == told and had.get(name) == len(lines):
            there[name] = len(lines)
            continue
        written[name] = len(lines)
        if not dry_run:
            say(
                Phrase(
                    "{number} of {total}: {graph}, {triples} triples",
                    number=len(written) + len(there),
                    total=len(graphs),
                    graph=name,
                    triples=len(lines),
                )
            )
            engine.replace(name, lines, verify=lambda beside, meant=lines, of=name: _verify(engine, beside, of, meant))
            journal.enter(name, told)
    gone = tuple(sorted(set(had) - set(graphs)))
    for name in () if dry_run else gone:
        engine.drop(name)
        journal.enter(name, "")
    return Moved(written, there, gone)


def _verify(engine: Engine, beside: str, name: str, lines: list[str]) -> None:
    """Raise where an engine does not have a graph as it was sent."""
    number = engine.count(beside)
    same = number == len(lines)
    if same and number <= READ_BACK:
        meant = ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES)
        same = _plain(quad.triple for quad in meant) == _plain(engine.triples(beside))
    if not same:
        detail = Phrase(
            "has {number} triples of {graph} where {meant} were sent, or others",
            number=number,
            graph=name,
            meant=len(lines),
        )
        raise EndpointError(url=engine.url, detail=detail)


def _plain(triples: Iterable[ox.Triple]) -> frozenset[ox.Triple]:
    """Return triples as every engine may keep them: values in their plain form, blank nodes by what is said of them."""
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in triples)
    return frozenset(named_by_content(quad.triple for quad in store))


class _Journal:
    """What was written into an engine from here, kept in the user's cache: each graph with the hash of its triples."""

    def __init__(self, url: str) -> None:
        self.place = cache_folder() / "pushed" / f"{sha256(url.encode()).hexdigest()[:16]}.json"
        try:
            found = json.loads(self.place.read_text("utf-8"))
        except (OSError, ValueError):
            found = {}
        self.known: dict[str, str] = found if isinstance(found, dict) else {}

    def enter(self, graph: str, told: str) -> None:
        """Keep that a graph was written."""
        self.known[graph] = told
        self.place.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(self.place, json.dumps(self.known, sort_keys=True, indent=1).encode())


def pull(engine: Engine, folder: Path, say: Say, *, dry_run: bool = False) -> Moved:
    """Return what was done so that a folder has the graphs of an engine as files in block form, without what is made anew.

    The ontology comes with the program, and what is derived is derived again. A call that breaks off leaves a list of what it
    has done (`.pulling`), and the next one goes on there.

    Raises:
        EndpointError: the engine refuses, or gives another number of triples than it counts.
    """
    unfinished = folder / UNFINISHED
    done = set(unfinished.read_text("utf-8").splitlines()) if unfinished.is_file() else set()
    counts = {name: number for name, number in sorted(engine.counts().items()) if is_pulled(name)}
    written, there = {}, {}
    for name, number in counts.items():
        if name in done and (folder / file_of(name)).is_file():
            there[name] = number
            continue
        written[name] = number
        if dry_run:
            continue
        say(
            Phrase(
                "{number} of {total}: {graph}, {triples} triples",
                number=len(written) + len(there),
                total=len(counts),
                graph=name,
                triples=number,
            )
        )
        triples = list(dict.fromkeys(engine.triples(name)))
        if len(triples) != number:
            detail = Phrase(
                "gave {number} triples of {graph} and counts {meant}", number=len(triples), graph=name, meant=number
            )
            raise EndpointError(url=engine.url, detail=detail)
        place = folder / file_of(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(place, turtle_of(triples).encode())
        done.add(name)
        unfinished.write_text("".join(f"{one}\n" for one in sorted(done)), "utf-8")
    if not dry_run:
        unfinished.unlink(missing_ok=True)
    return Moved(written, there)


def copy(engine: Engine, say: Say) -> Path:
    """Return the folder of the user's cache with the graphs of an engine, for what works on files; raises as `pull` does."""
    total = sum(number for name, number in engine.counts().items() if is_pulled(name))
    if total > MOST:
        detail = Phrase(
            "holds {number} triples, and this reads all: `stdgraph pull` them, and work on the files (--data)",
            number=total,
        )
        raise EndpointError(url=engine.url, detail=detail)
    folder = cache_folder() / "pulled" / sha256(engine.url.encode()).hexdigest()[:16]
    if not (folder / UNFINISHED).exists():
        shutil.rmtree(folder, ignore_errors=True)
    say(Phrase("Reading all of {url}: {number} triples.", url=engine.url, number=total))
    pull(engine, folder, lambda _: None)
    return folder


def is_pulled(graph: str) -> bool:
    """Tell whether a graph is pulled: neither the ontology nor what is derived, nor one that was not yet moved to its place."""
    return graph not in DERIVED and not graph.startswith(ONTOLOGY) and "#" not in graph


def file_of(graph: str) -> str:
    """Return the path of the file of a graph.

    >>> file_of("https://w3id.org/stdgraph/graph/entities/bodies")
    'entities/bodies.ttl'
    """
    parts = [part for part in graph.removeprefix(GRAPH).split("/") if part not in ("", ".", "..")]
    return "/".join(parts).replace(":", "-") + ".ttl"


def lines_of(moved: Moved) -> Iterator[str]:
    """Yield what was done, a line for each graph."""
    for sign, graphs in (("+", moved.written), ("=", moved.there)):
        yield from (f"{sign} {number:>9} {name}" for name, number in graphs.items())
    yield from (f"- {'':>9} {name}" for name in moved.gone)
