"""What services return and faces print: entities, sources, rows, answers, findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any, Self

from stdgraph.locale import located
from stdgraph.model import escape

if TYPE_CHECKING:
    import pandas


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
        if not isfinite(self) or Decimal(float.__repr__(self)) != Decimal(self.text):
            return self.text
        whole = self.is_integer() and self.text.strip("+-").isdigit() and self.text.strip("+-0")
        return int(self) if whole and abs(self) < EXACT else float(self)

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__


Scalar = Entity | Term | str | int | float | bool | None
Cell = Scalar | tuple[Scalar, ...]


@dataclass(frozen=True, order=True)
class Source:
    """A place in a document where a statement was read; `confidence` runs from 0 to 1.

    `forms` is what is printed there of the statement, `excerpt` the passage in the user's own text, where asked for.
    """

    source: str
    title: str
    locator: str
    confidence: float | None = None
    forms: tuple[str, ...] = field(default=(), compare=False)
    excerpt: str = field(default="", compare=False)

    def text(self, lang: str = "en") -> str:
        """Return the document and the place in it, as people read them."""
        return f"{self.title}, {located(self.locator, lang)}" if self.locator else self.title

    def plain(self) -> dict[str, Any]:
        """Return the source as the JSON of `ask` has it."""
        told = {"source": self.source, "title": self.title, "locator": self.locator, "confidence": self.confidence}
        return told | ({"excerpt": self.excerpt} if self.excerpt else {})


@dataclass(frozen=True)
class Record:
    """A node that states a fact: what it is in words, where it was read, and where asked for what follows from it.

    `place` is the file and line that state it, `proofs` holds a proof (`services.explain.Step`) for each link that
    rests on it.
    """

    iri: str
    label: str
    kind: str
    date: str | None
    sources: tuple[Source, ...]
    place: str = ""
    proofs: tuple[Any, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return the record as plain values."""
        told = {
            "iri": self.iri,
            "label": self.label,
            "kind": self.kind,
            "date": self.date,
            "sources": [s.plain() for s in self.sources],
        }
        if self.place:
            told["place"] = self.place
        if self.proofs:
            told["proofs"] = [p.plain() for p in self.proofs]
        return told


@dataclass(frozen=True)
class Row:
    """One answer row: a cell for each column, the sources behind it, the records behind it where asked for."""

    cells: dict[str, Cell]
    sources: tuple[Source, ...] = ()
    records: tuple[Record, ...] = ()

    def __getitem__(self, column: str) -> Cell:
        return self.cells[column]

    def plain(self) -> dict[str, Any]:
        """Return the row as plain values, `sources` included, unless a column bears that name."""
        row = plain_cells(self.cells)
        row.setdefault("sources", [s.plain() for s in self.sources])
        if self.records:
            row["why"] = [r.plain() for r in self.records]
        return row


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


@dataclass(frozen=True)
class Table:
    """Named columns and rows; iterates over rows, turns into dicts or a pandas DataFrame, renders in a notebook.

    `left_out` counts the undated records that an answer for a day leaves out; None where no day was asked for.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    titles: dict[str, str] = field(default_factory=dict, compare=False)
    left_out: int | None = None

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def without(self, *columns: str) -> Self:
        """Return the table without some columns."""
        return replace(self, columns=tuple(c for c in self.columns if c not in columns))

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the rows as plain dicts, as in the JSON."""
        return [row.plain() for row in self.rows]

    def to_frame(self) -> pandas.DataFrame:
        """Return a DataFrame with a column for each column (labels, numbers, dates as text).

        Raises:
            ImportError: pandas is not installed (`pip install "stdgraph[pandas]"`).
        """
        import pandas

        rows = [[_framed(cell) for cell in row.cells.values()] for row in self.rows]
        return pandas.DataFrame(rows, columns=list(self.columns))

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape.html(self.titles.get(c, c))}</th>" for c in self.columns)
        body = "".join(f"<tr>{''.join(_html(row.cells[c]) for c in self.columns)}</tr>" for row in self.rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _framed(cell: Cell) -> str | int | float | None:
    if isinstance(cell, Number):
        return cell.plain()
    return cell if isinstance(cell, int | float) or cell is None else text_of(cell)


def _html(cell: Cell) -> str:
    told = escape.link(cell.iri, cell.label) if isinstance(cell, Entity) else escape.html(text_of(cell))
    return f"<td>{told}</td>"


@dataclass(frozen=True)
class Answer(Table):
    """The table that answers a question, with the question, its parameters and the day it speaks of."""

    question: str = ""
    title: str = ""
    parameters: dict[str, Cell] = field(default_factory=dict)
    as_of: str | None = None
    query: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the answer in the form that `design/cli.md` fixes."""
        told = {
            "question": self.question,
            "title": self.title,
            "parameters": {name: plain(value) for name, value in self.parameters.items()},
            "as_of": self.as_of,
            "columns": list(self.columns),
            "rows": self.to_dicts(),
        }
        return told if self.left_out is None else told | {"undated_left_out": self.left_out}


@dataclass(frozen=True, order=True)
class Finding:
    """A fault that a check found: how bad, which rule in words, where, and what to do.

    `file`, `line` and `column` are the place to mend; `beside` are places in other files that it disagrees with.
    """

    severity: str
    focus: str
    path: str
    value: str
    shape: str
    message: str
    label: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    beside: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """The place to mend, as editors read it: `FILE:LINE:COLUMN`."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def plain(self) -> dict[str, Any]:
        """Return the finding as plain values."""
        return {
            "severity": self.severity,
            "rule": self.message,
            "node": self.focus,
            "label": self.label,
            "path": self.path,
            "value": self.value,
            "shape": self.shape,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "beside": list(self.beside),
        }


def table(columns: Sequence[str], rows: Sequence[dict[str, Cell]], **titles: str) -> Table:
    """Return a table of plain rows without sources."""
    return Table(tuple(columns), tuple(Row(dict(r)) for r in rows), titles)
