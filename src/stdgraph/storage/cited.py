"""The line of a file to which a finding points, and the word on it that is meant."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from stdgraph.errors import StdgraphError
from stdgraph.model.later import later
from stdgraph.model.light import dataclass
from stdgraph.storage.files import content, read_text

WORD = later(r"""<[^<>]*>|("|')(?:\\.|(?!\1).)*\1|[^\s;,()\[\]]+(?<!\.)""")
"""A term of Turtle on one line: an IRI, a text, or a name."""


@dataclass(frozen=True)
class Cited:
    """A line, and from where to where its word stands, counted from 0; the word of a text of many lines has one sign."""

    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """The word that is meant."""
        return self.text[self.start : self.end]


def cited(path: str, line: int, column: int) -> Cited | None:
    """Return what stands at a place, None where no file has it; the path is one that `shown` gave."""
    lines = _lines(path) if line else ()
    if line > len(lines) or not line or column > len(lines[line - 1]):
        return None
    text, start = lines[line - 1], max(column - 1, 0)
    word = WORD.match(text, start) if not text.startswith(('"""', "'''"), start) else None
    return Cited(text, start, word.end() if word else start + 1)


HELD: dict[str, str] = {}
"""Texts that are meant instead of those on the disk, by the path that is shown: files of git's index."""


def hold(texts: Mapping[str, str]) -> None:
    """Cite from these texts, and from the disk what is not among them."""
    HELD.clear()
    HELD.update(texts)


def _lines(path: str) -> tuple[str, ...]:
    return tuple(_without_ends(HELD[path])) if path in HELD else _on_disk(path)


def _without_ends(text: str) -> list[str]:
    return [line.removesuffix("\r") for line in text.split("\n")]


@lru_cache(maxsize=64)
def _on_disk(path: str) -> tuple[str, ...]:
    place = Path(path) if Path(path).is_file() else content() / path
    try:
        return tuple(_without_ends(read_text(place)))
    except (OSError, UnicodeError, StdgraphError):
        return ()
