"""What stands in a cell of a table: things, terms, numbers as they were written, plain values."""

from __future__ import annotations

from math import isfinite
from typing import Any, NamedTuple

from stdgraph.model.light import dataclass


@dataclass(frozen=True, order=True)
class Entity:
    """A thing with its label in the language asked for."""

    iri: str
    label: str

    def plain(self) -> dict[str, str]:
        """Return the entity as the JSON of `ask` has it."""
        return {"iri": self.iri, "label": self.label}

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, order=True)
class Term:
    """A class or property: its local name in data, its label for people."""

    iri: str
    name: str
    label: str

    def plain(self) -> str:
        """Return the local name."""
        return self.name

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, order=True)
class Kind(Term):
    """A class that goes by its local name, as `--kind` takes it; tables in Chinese have its label."""

    def __str__(self) -> str:
        return self.name


EXACT = 2**53
"""Whole numbers beyond this are no longer told apart by programs that read JSON (RFC 8259, 6)."""


class Number(float):
    """A number that is written otherwise than Python writes its value: `1.10`, `007`, or more digits than a float has."""

    text: str

    def __new__(cls, text: str) -> Number:
        """Return the number that a text says, and keep the text."""
        made = super().__new__(cls, text)
        made.text = text
        return made

    def plain(self) -> int | float | str:
        """Return the number where a float says it exactly, else its text."""
        from decimal import Decimal

        if not isfinite(self) or Decimal(float.__repr__(self)) != Decimal(self.text):
            return self.text
        whole = self.is_integer() and self.text.strip("+-").isdigit() and self.text.strip("+-0")
        return int(self) if whole and abs(self) < EXACT else float(self)

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__


Scalar = Entity | Term | str | int | float | bool | None
Cell = Scalar | tuple[Scalar, ...]


def plain(cell: Cell) -> Any:
    """Return a cell as a plain JSON value; JSON has no number that is not finite."""
    if isinstance(cell, tuple):
        return [plain(c) for c in cell]
    if isinstance(cell, Entity | Term | Number):
        return cell.plain()
    if isinstance(cell, int) and abs(cell) >= EXACT:
        return str(cell)
    return None if isinstance(cell, float) and not isfinite(cell) else cell


def plain_cells(cells: dict[str, Cell]) -> dict[str, Any]:
    """Return cells as plain JSON values, the label of a class beside its name: `kind` and `kind_label`."""
    row: dict[str, Any] = {}
    for name, cell in cells.items():
        row[name] = plain(cell)
        several = cell if isinstance(cell, tuple) else (cell,)
        classes = [c.label for c in several if type(c) is Term and c.name[:1].isupper()]
        if classes and len(classes) == len(several):
            row[f"{name}_label"] = classes if isinstance(cell, tuple) else classes[0]
    return row


def text_of(cell: Cell) -> str:
    """Return a cell as text for people: labels, several values joined by semicolons, nothing for None."""
    if isinstance(cell, tuple):
        return "; ".join(map(text_of, cell))
    if cell is None:
        return ""
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


class Stood(NamedTuple):
    """For how many countries a group of them stood in an answer, of how many that are listed as its members.

    `is_alone` is true of an organization that was asked about without its countries.
    """

    countries: int
    listed: int
    is_alone: bool = False
