"""Changed copies: which file of the graph a new file stands in for, wherever it lies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from stdgraph.locale import Phrase
from stdgraph.model.vocabulary import GRAPH
from stdgraph.storage.files import GraphFile
from stdgraph.storage.lines import shown

HOME = ("data", "ttl")
"""The folder below which a file of the graph has its path."""
ENOUGH = 2
"""Of name, head and subjects so many must be those of a file of the graph."""


def stand_ins(
    new: Sequence[GraphFile], files: Sequence[GraphFile], say: Callable[[str], None] | None = None
) -> list[GraphFile]:
    """Return the files of the graph for which new files stand in, each once.

    That is the file with the same path below `data/ttl`; else one that agrees in two of three: the name, the head (the new
    file describes the graph that the other becomes), and most of its subjects.

    Args:
        new: files to check.
        files: the graph without them.
        say: told which file stands in for which.

    Raises:
        FileError, TurtleSyntaxError: a file cannot be read.
    """
    gone: dict[GraphFile, None] = {}
    for file in new:
        if old := _original(file, files):
            gone[old] = None
            if say:
                say(Phrase("{path} stands in for {other}.", path=shown(file.path), other=shown(old.path)))
    return list(gone)


def _original(file: GraphFile, files: Sequence[GraphFile]) -> GraphFile | None:
    below = _below(file.path)
    if below and (same := next((f for f in files if _below(f.path) == below), None)):
        return same
    said = _subjects(file)
    heads = {s.value for s in said if getattr(s, "value", "").startswith(GRAPH)}
    near = [f for f in files if f.path.name == file.path.name or f.graph in heads]
    return next((f for f in near if _agrees(file, f, said, heads)), None)


def _agrees(file: GraphFile, other: GraphFile, said: set[Any], heads: set[str]) -> bool:
    marks = [file.path.name == other.path.name, other.graph in heads]
    return sum(marks) >= ENOUGH or len(said & (known := _subjects(other))) * 2 > len(known)


def _subjects(file: GraphFile) -> set[Any]:
    return {quad.subject for quad in file.quads()}


def _below(path: Path) -> tuple[str, ...]:
    """Return the steps of a path below `data/ttl`, none for one that does not lie there."""
    parts = path.resolve().parts
    ends = [at for at in range(2, len(parts)) if parts[at - 2 : at] == HOME]
    return parts[ends[-1] :] if ends else ()
