"""Faults of syntax in people's words: the same place as the engine tells, and what to do there."""

from __future__ import annotations

import re
from pathlib import Path

from stdgraph.errors import TurtleSyntaxError
from stdgraph.locale import Foreign, Phrase, Text, marked
from stdgraph.model.later import later
from stdgraph.model.vocabulary import PREFIXES
from stdgraph.storage.nesting import DEEPEST, spot, too_deep

WORDS = (
    (r"A dot is expected.*", marked("A dot is missing, or a semicolon before this")),
    (r"Unexpected end of file", marked('A quotation mark or ">" is missing: the file ends before it')),
    (r"Unexpected end", marked("The file ends inside a statement")),
    (r"Line jumps are not allowed.*", marked('A quotation mark is missing: text in "…" ends on its line')),
    (r"Invalid UTF-8.*", marked("This is not UTF-8: save the file as UTF-8")),
    (r"Invalid IRI code point '(?P<character>.)'.*", marked("An IRI cannot contain '{character}'")),
)
"""What the engine says, and what we say; what is not here stays as it is."""

UNDECLARED = later(r"The prefix (\S*): has not been declared")


RE_READ = 1 << 22
"""Bytes of a faulty file that are read again for the causes of its faults."""
MOST = 50
"""So many faults of one file are told."""
LONGEST = 16
"""MiB that the engine holds of a file at once; a token that is longer is a MemoryError for it."""


def syntax_error(error: SyntaxError | MemoryError, path: str | Path, data: bytes = b"") -> TurtleSyntaxError:
    """Return our error for the engine's; where it refused Turtle, `data`, each fault of it with its cause."""
    if isinstance(error, MemoryError):
        if "buffer" not in str(error):
            raise error
        detail = Phrase("A text in this file is longer than {size} MiB", size=LONGEST)
        return TurtleSyntaxError(path=str(path), line=1, column=1, detail=detail)
    if found := _faults(data, str(path)):
        first, others = found[0], found[1:MOST]
        return TurtleSyntaxError(**(first.values | {"others": others}))
    said = re.sub(r"^Parser error (at|between) [\w ]*: ", "", str(error.msg)).rstrip(".")
    return TurtleSyntaxError(path=str(path), line=error.lineno or 1, column=error.offset or 1, detail=_told(said))


def _faults(data: bytes, path: str) -> list[TurtleSyntaxError]:
    """Return all faults of a Turtle text; none where it is too long to be read again, or no text."""
    from stdgraph.storage.reading.statements import read

    if not data or len(data) > RE_READ:
        return []
    try:
        return read(data.decode()).errors(path)
    except UnicodeDecodeError:
        return []


def check_nesting(data: bytes, path: str | Path) -> None:
    """Refuse Turtle and N-Triples that would crash the engine's parser; raises TurtleSyntaxError."""
    if (at := too_deep(data)) is not None:
        line, column = spot(data, at)
        detail = Phrase("Triples stand within triples more than {number} deep", number=DEEPEST)
        raise TurtleSyntaxError(path=str(path), line=line, column=column, detail=detail)


def _told(said: str) -> Text:
    if match := UNDECLARED.fullmatch(said):
        return _undeclared(match[1])
    for pattern, message in WORDS:
        if match := re.fullmatch(pattern, said, re.DOTALL):
            return Phrase(message, **match.groupdict())
    return Foreign(said)


def _undeclared(prefix: str) -> Phrase:
    if iri := PREFIXES.get(prefix):
        return Phrase("The prefix {prefix}: is not declared; add @prefix {prefix}: <{iri}>", prefix=prefix, iri=iri)
    return Phrase("The prefix {prefix}: is not declared", prefix=prefix)
