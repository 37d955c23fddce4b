"""What a user means by a version of the graph: a git revision, a file, a folder or a compiled store, and its triples."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from stdgraph.errors import FileError, RevisionError
from stdgraph.locale import Foreign, Phrase, marked
from stdgraph.model.vocabulary import DERIVED, GRAPH
from stdgraph.storage.blanks import named_by_content
from stdgraph.storage.files import SUFFIXES, GraphFile, HeldFile, files_below, given_files, quoted
from stdgraph.storage.revisions import Blob, Repository, repository

DATA, ONTOLOGY = "data/ttl/", "ontology/"
"""Where a checkout of stdgraph has its graph; another repository has it wherever it has RDF files."""
OWN = GRAPH + ONTOLOGY
WORKING_TREE = marked("the working tree")
CURRENT = "CURRENT"
"""The file by which a folder of the engine is known."""


Parts = tuple[list[ox.Triple], list[ox.Triple]]
"""The triples of a file, and those of the ontology in it."""
Known = dict[tuple[str, str, bytes], Parts]


@dataclass(frozen=True)
class Version:
    """The triples of a version, and those of its ontology, None where it has none of its own.

    Unnamed nodes bear names made of what is said around them; `is_store` says that the engine wrote numbers its own way.
    """

    name: str
    triples: frozenset[ox.Triple]
    terms: frozenset[ox.Triple] | None = None
    is_store: bool = False


def of_graph(paths: Iterable[str]) -> list[str]:
    """Return the paths of the files that make the graph of a repository: its data and ontology, else all RDF files."""
    found = [path for path in paths if os.path.splitext(path)[1].lower() in SUFFIXES]
    own = [path for path in found if path.startswith((DATA, ONTOLOGY))]
    return own if any(path.startswith(DATA) for path in own) else found


def graph_of(path: str) -> str:
    """Return the IRI of the graph that a file of a repository becomes.

    >>> graph_of("data/ttl/cn-uk-wg/offices.ttl")
    'https://w3id.org/stdgraph/graph/cn-uk-wg/offices'
    """
    stem = os.path.splitext(path)[0]
    if path.startswith(DATA):
        return GRAPH + quoted(stem[len(DATA) :])
    return GRAPH + quoted(stem if path.startswith(ONTOLOGY) else f"file/{stem}")


def held(repo: Repository, blobs: Sequence[Blob], revision: str = "") -> list[HeldFile]:
    """Return files of a revision with the bytes that they have there; a path without a revision is that of the working tree.

    Raises:
        FileError: one is too large, or all together are.
    """
    data = repo.read(blobs)
    return [
        HeldFile(Path(f"{revision}:{b.path}") if revision else repo.root / b.path, graph_of(b.path), data[b.oid])
        for b in blobs
    ]


def version(name: str, known: Known | None = None) -> Version:
    """Return the version that a name means: a file, a folder or a store that is there, else a git revision.

    Args:
        name: what a user typed.
        known: what was read of other versions; what is the same is not read again.

    Raises:
        FileError, TurtleSyntaxError: a file cannot be read.
        RevisionError: it is neither.
    """
    path = Path(name)
    if not os.path.lexists(path):
        return _revision(name, known)
    if engine := _engine(path):
        return _store(name, engine)
    if (path / DATA).is_dir():
        return _checkout(name, path, [p.relative_to(path).as_posix() for p in files_below(path, SUFFIXES)], known)
    return of_files(name, given_files([path]), known)


def working_tree(known: Known | None = None) -> Version:
    """Return the files of the working tree in which the user stands, as they are now."""
    repo = repository()
    return _checkout(Phrase(WORKING_TREE), repo.root, repo.worktree(), known)


def of_files(name: str, files: Iterable[GraphFile], known: Known | None = None, *, stored: bool = False) -> Version:
    """Return the version that some files make; what `stdgraph build` derived is left out.

    `stored` says that they were read of an engine, which writes numbers its own way.
    """
    data: list[ox.Triple] = []
    terms: list[ox.Triple] = []
    for file in files:
        for quads, into in zip(_read(file, {} if known is None else known), (data, terms), strict=True):
            into += quads
    if stored:
        data = as_stored(data)
    told = frozenset(named_by_content(terms)) if terms else None
    return Version(name, frozenset(named_by_content(data)), told, is_store=stored)


def as_stored(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Return triples as the engine keeps them: a number by its value, the tag of a language in small letters."""
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in triples)
    return [quad.triple for quad in store]


def _read(file: GraphFile, known: Known) -> Parts:
    """Return the triples of a file, and those of the ontology, read once however often they are asked for."""
    now = file.held()
    key = now.graph, now.path.suffix.lower(), now.read()
    if key not in known:
        quads = list(now.quads())
        terms = [q.triple for q in quads if _is_term(q)]
        known[key] = [q.triple for q in quads if not _is_term(q)], terms
    return known[key]


def _is_term(quad: ox.Quad) -> bool:
    return getattr(quad.graph_name, "value", "").startswith(OWN)


def _revision(name: str, known: Known | None) -> Version:
    try:
        repo = repository()
        oid, kind = repo.tree(name)
    except RevisionError as error:
        told = Phrase("there is no such file or folder, and git says: {detail}", detail=error.values["detail"])
        raise RevisionError(revision=name, detail=told) from None
    blobs = repo.files(oid) if kind == "tree" else repo.blob(oid, name)
    kept = set(of_graph(blob.path for blob in blobs))
    if not kept:
        raise RevisionError(revision=name, detail=Phrase("it has no .ttl, .nt, .nq or .trig file"))
    return of_files(name, held(repo, [b for b in blobs if b.path in kept], name if kind == "tree" else ""), known)


def _checkout(name: str, root: Path, paths: Iterable[str], known: Known | None) -> Version:
    return of_files(name, [GraphFile(root / path, graph_of(path)) for path in of_graph(paths)], known)


def _engine(path: Path) -> Path | None:
    """Return the folder of the engine within a compiled store; None where a path is none."""
    return next((folder for folder in (path, path / "graph") if (folder / CURRENT).is_file()), None)


def _store(name: str, folder: Path) -> Version:
    try:
        store = ox.Store.read_only(str(folder))
        quads = [q for q in store if getattr(q.graph_name, "value", "") not in DERIVED]
    except (OSError, ValueError, RuntimeError) as error:
        raise FileError(path=name, detail=Foreign(error)) from None
    data = named_by_content(q.triple for q in quads if not _is_term(q))
    return Version(name, frozenset(data), is_store=True)
