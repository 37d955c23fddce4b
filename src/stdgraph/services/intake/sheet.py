"""A sheet: the rows of a form as texts, and how much of them people fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from stdgraph.locale import Phrase
from stdgraph.services.intake.faults import Fault

MAX_BYTES = 16 << 20
MAX_ROWS, MAX_COLUMNS, MAX_CELL = 20_000, 200, 10_000
"""No form that people fill in has as many rows, columns, or characters in a cell."""
COMMENT = "#"


@dataclass(frozen=True)
class Sheet:
    """The rows of a form, each with its line; `name` is how people know it, `hint` may tell which form it is."""

    name: str
    hint: str
    rows: Sequence[tuple[int, Sequence[str]]]
    faults: Sequence[Fault] = ()
    notes: Sequence[Phrase] = field(default=(), compare=False)


def is_comment(row: Sequence[str]) -> bool:
    """Tell whether a row is none of the form: empty, or one that explains."""
    return not any(row) or next(cell for cell in row if cell).startswith(COMMENT)
