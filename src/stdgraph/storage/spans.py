"""A statement in the text of its file: where its terms stand, and how another term is written in their place."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from stdgraph.errors import StdgraphError
from stdgraph.model.finding import Edit
from stdgraph.model.vocabulary import BASE, XSD
from stdgraph.storage.files import content, read_text
from stdgraph.storage.reading.found import Reading, Stated
from stdgraph.storage.reading.statements import read
from stdgraph.storage.turtle import BARE, LOCAL, RELATIVE, language_tag, quoted

TURTLE = (".ttl", ".nt")


def real_path(shown: str) -> Path:
    """Return the file that a shown path means: from where one is, else from the repository's root."""
    return Path(shown) if Path(shown).is_file() else content() / shown


def place(path: str, line: int, column: int, part: str) -> tuple[int, int]:
    """Return line and column of the part (`predicate` or `object`) of the statement whose object stands at a place."""
    found = _at(path, line, column)
    if not found:
        return line, column
    reading, stated = found
    return reading.place(getattr(stated, part)[0])


def edit(path: str, line: int, column: int, part: str, term: Any) -> Edit | None:
    """Return the change that writes a term in place of a part of the statement whose object stands at a place."""
    found = _at(path, line, column)
    if not found:
        return None
    reading, stated = found
    start, end = getattr(stated, part)
    return Edit(*reading.place(start), *reading.place(end), text=written(term, reading))


def written(term: Any, reading: Reading) -> str:
    """Return a term as the text of a file may write it, with the prefixes that this declares."""
    if isinstance(term, ox.NamedNode):
        return _iri(term.value, reading)
    datatype = term.datatype.value
    if datatype in BARE and BARE[datatype].fullmatch(term.value):
        return str(term.value)
    if datatype == XSD + "boolean" and term.value in ("true", "false"):
        return str(term.value)
    text = quoted(term.value)
    if term.language:
        return f"{text}@{language_tag(term.language)}"
    return text if datatype == XSD + "string" else f"{text}^^{_iri(datatype, reading)}"


def _iri(iri: str, reading: Reading) -> str:
    if iri.startswith(BASE) and RELATIVE.fullmatch(iri[len(BASE) :]) and f"@base <{BASE}>" in reading.text:
        return f"<{iri[len(BASE) :]}>"
    for name, space in reading.prefixes.items():
        if iri.startswith(space) and LOCAL.fullmatch(iri[len(space) :]):
            return f"{name}:{iri[len(space) :]}"
    return f"<{iri}>"


def _at(path: str, line: int, column: int) -> tuple[Reading, Stated] | None:
    if not line or not path.lower().endswith(TURTLE):
        return None
    file = real_path(path)
    try:
        reading, by_place = _read(file, file.stat().st_mtime_ns)
    except (OSError, StdgraphError):
        return None
    stated = by_place.get((line, column))
    return (reading, stated) if stated else None


@lru_cache(maxsize=16)
def _read(path: Path, _changed: int) -> tuple[Reading, dict[tuple[int, int], Stated]]:
    reading = read(read_text(path))
    starts = [0] + [at + 1 for at, char in enumerate(reading.text) if char == "\n"]
    found: dict[tuple[int, int], Stated] = {}
    line = 0
    for stated in sorted(reading.stated, key=lambda one: one.object[0]):
        at = stated.object[0]
        while line + 1 < len(starts) and starts[line + 1] <= at:
            line += 1
        found.setdefault((line + 1, at - starts[line] + 1), stated)
    return reading, found
