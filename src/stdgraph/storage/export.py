"""The whole graph as one file, or as a store: asserted triples as their files have them, and what was derived."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from stdgraph.errors import ExportError, OutputError
from stdgraph.locale import Foreign, Phrase
from stdgraph.model.vocabulary import DERIVED
from stdgraph.storage.blanks import blank_nodes, labels_of_all, renamed
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

    Raises:
        ExportError: it would not read back the same.
    """
    meant = list(dict.fromkeys(quads(store, files)))
    labels = {node: f"b{n}" for n, node in enumerate(dict.fromkeys(b for q in meant for b in blank_nodes(q.triple)))}
    named = [ox.Quad(*(renamed(term, labels) for term in quad)) for quad in meant] if labels else meant
    return _read_back("".join(sorted(f"{statement(q)} {q.graph_name} .\n" for q in named)), named, ox.RdfFormat.N_QUADS)


def ntriples(triples: Iterable[ox.Triple]) -> str:
    """Return sorted N-Triples, their blank nodes named in an order of their own.

    Raises:
        ExportError: it would not read back the same.
    """
    meant = list(dict.fromkeys(triples))
    labels = labels_of_all(meant)
    named = [renamed(t, labels) for t in meant] if labels else meant
    quads = [ox.Quad(*t) for t in named]
    return _read_back("".join(sorted(f"{statement(t)} .\n" for t in named)), quads, ox.RdfFormat.N_TRIPLES)


def _read_back(text: str, meant: Iterable[ox.Quad], form: ox.RdfFormat) -> str:
    """Return what is to be written, if it reads as what was meant."""
    try:
        differs = set(ox.parse(text.encode(), format=form)) ^ set(meant)
    except SyntaxError as error:
        raise ExportError(statement=Foreign(error)) from None
    if differs:
        raise ExportError(statement=min(map(str, differs)))
    return text


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


def statement(said: ox.Triple | ox.Quad) -> str:
    """Return a triple as N-Triples have it, without its full stop; language tags in the case that is recommended."""
    return f"{said.subject} {said.predicate} {_term(said.object)}"


def _term(term: object) -> str:
    """Return a term as N-Triples have it, a language tag in the case that is recommended for it."""
    if isinstance(term, ox.Literal) and term.language and not term.direction:
        return f"{ox.Literal(term.value)}@{language_tag(term.language)}"
    return f"<<( {statement(term)} )>>" if isinstance(term, ox.Triple) else str(term)
