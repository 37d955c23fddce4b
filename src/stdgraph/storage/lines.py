"""Where a triple stands: the file and the line, found in the text of Turtle and N-Triples files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from stdgraph.model.later import later
from stdgraph.model.vocabulary import BASE, XSD
from stdgraph.storage.files import GraphFile, HeldFile, content, read_text
from stdgraph.storage.reading.found import Stated
from stdgraph.storage.reading.statements import read

DIRECTIVE = later(r"^\s*@?(prefix|base)\s+(?:([\w-]*):)?\s*<([^>]*)>", re.MULTILINE | re.IGNORECASE)
HEAD = later(r"^[^\s.\])#@][^\s]*", re.MULTILINE)
UNNAMED = "[]"
PACKED = ".gz"
NAMED = (".nq", ".trig")
Where = dict[tuple[str, str, Any], int]
"""Where each triple stands: subject, predicate and key of the object, to the place of the object."""
NUMBERS = tuple(XSD + kind for kind in ("integer", "decimal", "double", "float"))
INTEGER = XSD + "integer"
WHOLE = {XSD + kind for kind in ("int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte")}  # fmt: skip
"""Datatypes that a store keeps as whole numbers."""


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file; the path is relative to the repository where the file belongs to it."""

    path: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


def place_of(store: ox.Store, files: Sequence[GraphFile], triple: ox.Triple) -> Place | None:
    """Return where a triple stands, in the first of the files that state it; None if no file does.

    The parts of a pack are no files for people: what stands in them has no line.
    """
    if isinstance(triple.object, ox.BlankNode):
        homes = store.quads_for_pattern(triple.subject, triple.predicate, None)
    else:
        homes = store.quads_for_pattern(triple.subject, triple.predicate, triple.object)
    graphs = {str(getattr(quad.graph_name, "value", "")) for quad in homes}
    for file in files:
        if is_packed(file):
            continue
        named = file.path.suffix.lower() in NAMED  # its graphs may have names of their own
        if (named or file.graph in graphs) and (spot := _spot(_text(file), triple)):
            return Place(shown(file.path), *spot)
    return None


def is_packed(file: GraphFile) -> bool:
    """Tell whether a file is a part of a pack, in which people see no lines."""
    return file.bulk or file.path.suffix.lower() == PACKED


def shown(path: Path) -> str:
    """Return a path as people know it: from the repository's root, else from the folder they are in, else whole."""
    full = path.resolve()
    for root in (content(), Path.cwd()):
        if full.is_relative_to(root):
            return full.relative_to(root).as_posix()
    return str(path)


def line_of(path: Path, triple: ox.Triple) -> int | None:
    """Return the line of a file that states a triple; where a node is unnamed, any unnamed one will do."""
    spot = spot_of(path, triple)
    return spot[0] if spot else None


def spot_of(file: GraphFile | Path, triple: ox.Triple) -> tuple[int, int] | None:
    """Return the line and column of a file, as it is held, where the object of a triple stands."""
    return _spot(_text(GraphFile(file, "") if isinstance(file, Path) else file), triple)


def _spot(file: _File, triple: ox.Triple) -> tuple[int, int] | None:
    subject = UNNAMED if isinstance(triple.subject, ox.BlankNode) else str(getattr(triple.subject, "value", ""))
    wanted = (subject, triple.predicate.value, _key(triple.object))
    at = file.near(subject).get(wanted)
    return file.place(file.all.get(wanted) if at is None else at)


def _text(file: GraphFile) -> _File:
    """Return the text of a file: as it is held, where that is, for it may be another than on the disk."""
    if isinstance(file, HeldFile):
        return _held(file.data, file.path.suffix.lower() in NAMED)
    return _file(file.path, file.path.stat().st_mtime_ns)


class _File:
    """The text of a file, and where it states what; a block alone is read where that will do."""

    def __init__(self, text: str, *, graphs: bool) -> None:
        self.text = text
        self.graphs = graphs
        directives = DIRECTIVE.findall(self.text)
        self.prefixes = {name: iri for kind, name, iri in directives if kind.lower() == "prefix"}
        bases = {iri for kind, _, iri in directives if kind.lower() == "base"}
        self.in_blocks = bases <= {BASE} and len(self.prefixes) + len(bases) == len(directives)

    @cached_property
    def all(self) -> Where:
        """Return where each triple stands first."""
        return _where(read(self.text, graphs=self.graphs).stated)

    @cached_property
    def heads(self) -> dict[str, list[tuple[int, int]]]:
        """Return what stands alone or first on a line that is not indented, with the places up to the next."""
        found = list(HEAD.finditer(self.text))
        ends = [match.start() for match in found[1:]] + [len(self.text)] * bool(found)
        heads: dict[str, list[tuple[int, int]]] = {}
        for match, end in zip(found, ends, strict=True):
            heads.setdefault(match[0], []).append((match.start(), end))
        return heads

    def near(self, subject: str) -> Where:
        """Return where the blocks of a subject state what, as far as they can be read alone."""
        spans = [span for form in self.forms(subject) for span in self.heads.get(form, ())] if self.in_blocks else []
        found: Where = {}
        for start, end in spans:
            block = read(self.text[start:end], prefixes=self.prefixes).stated
            for said, at in _where(block).items():
                found.setdefault(said, start + at)
        return found

    def forms(self, subject: str) -> list[str]:
        """Return the ways to write a subject."""
        forms = [f"<{subject}>"]
        if subject.startswith(BASE):
            forms.append(f"<{subject[len(BASE) :]}>")
        return forms + [f"{p}:{subject[len(iri) :]}" for p, iri in self.prefixes.items() if subject.startswith(iri)]

    def place(self, at: int | None) -> tuple[int, int] | None:
        """Return line and column of a place."""
        return None if at is None else (self.text.count("\n", 0, at) + 1, at - self.text.rfind("\n", 0, at))


@lru_cache(maxsize=64)
def _file(path: Path, _changed: int) -> _File:
    return _File(read_text(path), graphs=path.suffix.lower() in NAMED)


@lru_cache(maxsize=64)
def _held(data: bytes, graphs: bool) -> _File:
    return _File(data.decode("utf-8-sig", "replace"), graphs=graphs)


def _where(stated: Iterable[Stated]) -> Where:
    found: Where = {}
    for triple, _, _, (start, _) in stated:
        subject = UNNAMED if isinstance(triple.subject, ox.BlankNode) else str(getattr(triple.subject, "value", ""))
        found.setdefault((subject, triple.predicate.value, _key(triple.object)), start)
    return found


def _key(term: Any) -> Any:
    """Return a term in a form that can be compared, numbers by value; None for an unnamed node."""
    if isinstance(term, ox.NamedNode):
        return "iri", term.value
    if isinstance(term, ox.BlankNode):
        return None
    datatype = term.datatype.value
    value = _number(term.value) if datatype in NUMBERS or datatype in WHOLE else term.value
    return value, (term.language or "").lower(), INTEGER if datatype in WHOLE else datatype


def _number(text: str) -> float | str:
    """Return a number by its value; a text that is none, or no number at all, as it is."""
    try:
        number = float(text)
    except ValueError:
        return text
    return number if number == number else "NaN"


def places(store: ox.Store, files: Sequence[GraphFile], triples: Iterable[ox.Triple]) -> dict[ox.Triple, Place]:
    """Return where each of some triples stands, as far as files state them."""
    found = {triple: place_of(store, files, triple) for triple in dict.fromkeys(triples)}
    return {triple: place for triple, place in found.items() if place}
