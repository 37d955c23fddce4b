"""The whole graph as one file, or as a store: asserted triples as their files have them, and what was derived."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from stdgraph.errors import OutputError
from stdgraph.locale import Foreign, Phrase
from stdgraph.model.vocabulary import DERIVED
from stdgraph.storage.files import GraphFile
from stdgraph.storage.store import Store
from stdgraph.storage.turtle import language_tag, turtle_of


def quads(store: Store, files: Sequence[GraphFile]) -> Iterator[ox.Quad]:
    """Yield the asserted quads from the files (lexical forms kept) and the derived ones from the store."""
    for file in files:
        yield from file.quads()
    for graph in DERIVED:
        yield from store.quads(graph)


def nquads(store: Store, files: Sequence[GraphFile]) -> str:
    """Return sorted N-Quads; each file and each kind of derived triples is a graph.

    Blank nodes (lists of the ontology) are named in the order in which the files mention them.
    """
    seen: dict[str, str] = {}
    return "".join(sorted({_line(q, seen) for q in quads(store, files)}))


def turtle(store: Store, files: Sequence[GraphFile]) -> str:
    """Return all triples as one Turtle file in block form."""
    return turtle_of(dict.fromkeys(q.triple for q in quads(store, files)))


def write_store(store: ox.Store, folder: Path) -> None:
    """Write a store into a new folder, beside its place and renamed into it: a failure leaves nothing.

    Raises:
        OutputError: there is something already, or the place cannot be written.
    """
    if folder.exists():
        raise OutputError(path=folder, detail=Phrase("there is something already"))
    beside = Path()
    try:
        beside = Path(tempfile.mkdtemp(dir=folder.absolute().parent, prefix=f".{folder.name}."))
        disk = ox.Store(str(beside / "store"))
        disk.bulk_extend(store)
        disk.optimize()
        disk.flush()
        del disk
        (beside / "store").rename(folder)
    except OSError as error:
        raise OutputError(path=folder, detail=Foreign(error.strerror or error)) from None
    finally:
        if beside.name:
            shutil.rmtree(beside, ignore_errors=True)


def _line(quad: ox.Quad, seen: dict[str, str]) -> str:
    return f"{_term(quad.subject, seen)} {quad.predicate} {_term(quad.object, seen)} {quad.graph_name} .\n"


def _term(term: object, seen: dict[str, str]) -> str:
    if isinstance(term, ox.BlankNode):
        return seen.setdefault(term.value, f"_:b{len(seen)}")
    if isinstance(term, ox.Literal) and term.language:
        return f"{ox.Literal(term.value)}@{language_tag(term.language)}"
    return str(term)
