"""What is wrong with a form, by cell: `offices.csv:7:C "role": …`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from stdgraph.locale import translated
from stdgraph.model import escape


class Where(NamedTuple):
    """A cell: the file, or the file and the sheet, the line, and the number of the column from 0; -1 for the whole row."""

    file: str
    line: int = 0
    column: int = -1

    def __str__(self) -> str:
        parts = [self.file, str(self.line) if self.line else "", letters(self.column)]
        return ":".join(part for part in parts if part)


def letters(column: int) -> str:
    """Return a column as spreadsheets name it.

    >>> letters(2), letters(26), letters(-1)
    ('C', 'AA', '')
    """
    name = ""
    while column >= 0:
        column, digit = divmod(column, 26)
        name, column = chr(65 + digit) + name, column - 1
    return name


@dataclass(frozen=True)
class Fault:
    """A fault of a cell: where, under which heading, how bad, and in words what is wrong and what to do."""

    where: Where
    heading: str
    message: str
    value: str = ""
    severity: str = "Violation"

    def text(self, lang: str = "en") -> str:
        """Return the fault in one line."""
        heading = f' "{self.heading}"' if self.heading else ""
        return escape.line(f"{self.where}{heading}: {translated(self.message, lang)}")

    def plain(self, lang: str = "en") -> dict[str, Any]:
        """Return the fault as plain values."""
        return {
            "file": self.where.file,
            "line": self.where.line or None,
            "column": letters(self.where.column) or None,
            "heading": self.heading or None,
            "severity": self.severity,
            "value": self.value or None,
            "fault": str(translated(self.message, lang)),
        }


class CellError(Exception):
    """A cell cannot be read; the message says why, and what would do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class LaterError(Exception):
    """A cell names what another row of the same files makes, and that row is not read yet."""
