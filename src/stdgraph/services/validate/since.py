"""What the working tree or the index changes of a git revision, as a change of the graph."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from stdgraph.errors import FileError, RevisionError, TurtleSyntaxError
from stdgraph.locale import Phrase, marked
from stdgraph.services.validate.change import Change
from stdgraph.services.validate.standing import stand_ins
from stdgraph.storage.files import MAX_TEXT, GraphFile, HeldFile, data_files, ontology_files, read_bytes
from stdgraph.storage.revisions import Blob, Repository, repository
from stdgraph.storage.versions import DATA, ONTOLOGY, graph_of, held, of_graph

Say = Callable[[str], None]
LATEST = "HEAD"
PASSED = marked("{path}: {detail}; it is passed over as it was.")


@dataclass(frozen=True)
class PastFile(HeldFile):
    """A file as it was, read once; `is_broken` says that it could not be."""

    known: tuple[ox.Quad, ...] = field(default=(), repr=False, compare=False, kw_only=True)
    is_broken: bool = field(default=False, kw_only=True)

    def held(self) -> GraphFile:
        """Return the file itself, which is held already."""
        return self

    def quads(self) -> Iterator[ox.Quad]:
        """Yield the quads."""
        return iter(self.known)


def since(
    revision: str | None,
    files: Sequence[GraphFile],
    only: Sequence[str | Path] = (),
    *,
    staged: bool = False,
    say: Say | None = None,
) -> tuple[list[GraphFile], Change]:
    """Return the graph as a revision has it, and what the working tree, or the index, makes of it.

    A repository with `data/ttl` is the graph itself; the RDF files of another one are added to the graph at hand.

    Args:
        revision: what to compare with; None for the last commit.
        files: the graph at hand.
        only: files and folders whose changes alone count; all for none.
        staged: whether the index is compared, and not the working tree.
        say: told of files of the revision that cannot be read; they count as empty.

    Raises:
        RevisionError: there is no such revision, or no git.
        FileError, TurtleSyntaxError: a file that is new or changed cannot be read.
    """
    repo, say = repository(), say or _silent
    before = _blobs(repo, revision)
    after = _staged(repo) if staged else _on_disk(repo)
    wanted = set(of_graph([*before, *after]))
    was = _past(repo, [blob for path, blob in before.items() if path in wanted], revision or LATEST, say)
    now = _read(repo, {path: file for path, file in after.items() if path in wanted})
    paths = [
        path for path in sorted({*was, *now}) if (path in was) != (path in now) or was[path].data != now[path].data
    ]
    changed = _among(paths, wanted, only, repo.root) if only else paths
    whole = [file for file in was.values() if not file.is_broken]
    new = [now[path] for path in changed if path in now]
    gone = [was[path] for path in changed if path in was and not was[path].is_broken]
    if any(path.startswith(DATA) for path in wanted):
        has_terms = any(path.startswith(ONTOLOGY) for path in wanted)
        own = {file.path for file in (*data_files(), *(ontology_files() if has_terms else ()))}
        own |= {repo.root / path for path in wanted}
        beside = [file for file in files if file.path not in own and file.path.resolve() not in own]
        return [*beside, *whole], Change(new, gone)
    replaced = stand_ins(whole, files)
    beside = [file for file in files if file not in replaced]
    first = stand_ins([now[path] for path in changed if path not in was], beside, say)
    return [*beside, *whole], Change(new, [*gone, *first])


def _silent(_: str) -> None:
    """Say nothing."""


def _blobs(repo: Repository, revision: str | None) -> dict[str, Blob]:
    """Return the files of a revision; none where nothing is committed yet and no other revision is asked for."""
    try:
        oid, kind = repo.tree(revision or LATEST)
    except RevisionError:
        if revision:
            raise
        return {}
    if kind != "tree":
        raise RevisionError(revision=revision, detail=Phrase("it names no files"))
    return {blob.path: blob for blob in repo.files(oid)}


def _staged(repo: Repository) -> dict[str, Blob]:
    return {blob.path: blob for blob in repo.staged()}


def _on_disk(repo: Repository) -> dict[str, None]:
    return dict.fromkeys(repo.worktree())


def _read(repo: Repository, after: Mapping[str, Blob | None]) -> dict[str, HeldFile]:
    """Return files as they are now; blobs are those of the index."""
    blobs = [blob for blob in after.values() if blob]
    if blobs:
        return dict(zip((blob.path for blob in blobs), held(repo, blobs), strict=True))
    return {path: HeldFile(repo.root / path, graph_of(path), read_bytes(repo.root / path)) for path in after}


def _past(repo: Repository, blobs: Sequence[Blob], revision: str, say: Say) -> dict[str, PastFile]:
    """Return files as they were; what of them cannot be read is told, and says nothing."""
    small = [blob for blob in blobs if blob.size <= MAX_TEXT]
    for blob in blobs:
        if blob not in small:
            place, told = f"{revision}:{blob.path}", Phrase("larger than {size} MiB", size=MAX_TEXT >> 20)
            say(Phrase(PASSED, path=place, detail=told))
    found = {}
    for blob, file in zip(small, held(repo, small), strict=True):
        quads: tuple[ox.Quad, ...] | None = None
        try:
            quads = tuple(file.quads())
        except TurtleSyntaxError as error:
            place = f"{revision}:{blob.path}:{error.values['line']}:{error.values['column']}"
            say(Phrase(PASSED, path=place, detail=error.values["detail"]))
        found[blob.path] = PastFile(file.path, file.graph, file.data, known=quads or (), is_broken=quads is None)
    return found


def _among(paths: Iterable[str], wanted: Iterable[str], only: Iterable[str | Path], root: Path) -> list[str]:
    """Return the paths that are, or lie below, those that a user names; raises FileError for one that is not known."""
    top = root.resolve()
    named = [os.path.relpath(Path(given).absolute().parent.resolve() / Path(given).name, top) for given in only]
    for given, name in zip(only, named, strict=True):
        if not any(_is_below(path, name) for path in wanted):
            detail = Phrase("neither the revision nor what is compared with it has such a file of the graph")
            raise FileError(path=given, detail=detail)
    return [path for path in paths if any(_is_below(path, name) for name in named)]


def _is_below(path: str, folder: str) -> bool:
    return folder == "." or path == folder or path.startswith(f"{folder}/")
