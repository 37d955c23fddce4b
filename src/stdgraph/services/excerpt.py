"""Excerpts: the passage of the user's own text at which each source of an answer was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from stdgraph.locale import Phrase, marked
from stdgraph.model.passages import Cutting
from stdgraph.model.plain import Span
from stdgraph.model.results import Record, Row, Source, Table
from stdgraph.model.vocabulary import SRC
from stdgraph.storage import texts

AnyTable = TypeVar("AnyTable", bound=Table)
MOST = 400
"""Characters of a passage that are printed; of a longer one those around what is cited."""
CUT = "…"
ABSENT = marked("No text of {key} is attached; `stdgraph sources attach {key} FILE` takes one.")


def with_excerpts(found: AnyTable) -> tuple[AnyTable, list[Phrase]]:
    """Return a table whose sources bring their passages, and what the user should know of texts that are not there."""
    quoted = _Quoted()
    rows = tuple(_row(row, quoted) for row in found.rows)
    return replace(found, rows=rows), quoted.notes()


def passage(cut: Cutting, locator: str, forms: Sequence[str] = (), most: int = MOST) -> str:
    """Return the words at a place, those of a long passage around the printed forms; nothing where there is no such place."""
    held = cut.holders.get(locator, ())
    if not held:
        return ""
    words = next((p.words for p in held if any(next(p.words.find(form), None) for form in forms)), held[0].words)
    spans = [span for form in forms for span in list(words.find(form))[:1]]
    return _around(words.text, spans, most)


def _around(text: str, spans: Sequence[Span], most: int) -> str:
    if len(text) <= most:
        return text
    first = min((start for start, _ in spans), default=0)
    last = max((end for _, end in spans), default=0)
    start = max(0, first - max(0, most - (last - first)) // 2)
    end = min(len(text), start + most)
    start = max(0, end - most)
    return CUT * (start > 0) + text[start:end].strip() + CUT * (end < len(text))


class _Quoted:
    """Reads each text once, and keeps which were not there."""

    def __init__(self) -> None:
        self.cuts: dict[str, Cutting | None] = {}
        self.absent: set[str] = set()

    def source(self, source: Source) -> Source:
        """Return a source with its passage, where its text is attached."""
        key = source.source.removeprefix(SRC)
        if key == source.source or not source.locator:
            return source
        if key not in self.cuts:
            self.cuts[key] = texts.attached(key)
        cut = self.cuts[key]
        if cut is None and source.forms:
            self.absent.add(key)  # a register has places, but prints nothing there
        return source if cut is None else replace(source, excerpt=passage(cut, source.locator, source.forms))

    def notes(self) -> list[Phrase]:
        """Return a note for each text that is not there."""
        return [Phrase(ABSENT, key=key) for key in sorted(self.absent)]


def _row(row: Row, quoted: _Quoted) -> Row:
    return replace(
        row,
        sources=tuple(map(quoted.source, row.sources)),
        records=tuple(_record(record, quoted) for record in row.records),
    )


def _record(record: Record, quoted: _Quoted) -> Record:
    return replace(record, sources=tuple(map(quoted.source, record.sources)))
