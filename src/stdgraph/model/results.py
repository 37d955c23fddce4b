"""What services return and faces print: entities, sources, rows, answers, findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol, Self, overload

from stdgraph.errors import UnknownColumnError
from stdgraph.locale import located
from stdgraph.model.cells import (
    EXACT,
    Cell,
    Entity,
    Kind,
    Number,
    Scalar,
    Stood,
    Term,
    plain,
    plain_cells,
    text_of,
)
from stdgraph.model.finding import Finding
from stdgraph.model.light import dataclass, field, replace
from stdgraph.model.shown import Shown

if TYPE_CHECKING:
    from stdgraph.model.arranging import Fold


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

    def only(self, columns: Iterable[str], shown: Sequence[str]) -> dict[str, Cell]:
        """Return the cells of some of the columns shown, and what the row holds beside those."""
        beside = [name for name in self.cells if name not in shown]
        return {name: self.cells[name] for name in (*columns, *beside)}

    def plain(self) -> dict[str, Any]:
        """Return the row as plain values, `sources` included, unless a column bears that name."""
        row = plain_cells(self.cells)
        row.setdefault("sources", [s.plain() for s in self.sources])
        if self.records:
            row["why"] = [r.plain() for r in self.records]
        return row


class Countries(Protocol):
    """What tells the countries of things, and what countries lie in or belong to."""

    def __call__(self, iris: Iterable[str], /) -> dict[str, Entity]:
        """Return the country of each thing: of bodies theirs, of countries themselves."""

    def wider(self, by: str, countries: Iterable[str], /) -> dict[str, list[Entity]]:
        """Return the `continent`, the smallest `region`, or each `group` of countries."""


@dataclass(frozen=True, repr=False)
class Table(Shown, Sequence[Row]):
    """Named columns and rows: a sequence of rows that prints as a table and turns into dicts, a DataFrame, a picture, a file.

    `sort`, `limit`, `select`, `group` and `between` return another table; so does a slice. `lang` is the language of its
    labels, `whole` the number of rows where some were left out, `fold` how people see rows drawn together, `aside` the
    columns that a narrow screen may do without. `left_out` counts the undated records that an answer for a day leaves out; None where no day was asked for. `chart` names the
    picture of its rows, `origin` tells of which data. `hints` tell what was searched where it is empty, what near it has rows,
    and which registers it lacks.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    titles: dict[str, str] = field(default_factory=dict, compare=False)
    left_out: int | None = field(default=None, kw_only=True)
    lang: str = field(default="en", compare=False, kw_only=True)
    whole: int | None = field(default=None, compare=False, kw_only=True)
    countries: Countries | None = field(default=None, compare=False, kw_only=True, repr=False)
    fold: Fold | None = field(default=None, compare=False, kw_only=True, repr=False)
    aside: tuple[str, ...] = field(default=(), compare=False, kw_only=True)
    chart: str = field(default="", compare=False, kw_only=True)
    origin: Callable[[], str | None] | None = field(default=None, compare=False, kw_only=True)
    hints: tuple[str, ...] = field(default=(), compare=False, kw_only=True)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Self: ...
    def __getitem__(self, index: int | slice) -> Row | Self:
        if isinstance(index, slice):
            return replace(self, rows=self.rows[index], whole=self.whole or len(self.rows))
        return self.rows[index]

    def sort(self, *columns: str) -> Self:
        """Return the rows in the order of columns, the first counts most; `-date` is descending, empty cells come last.

        Dates sort by time, numbers by size, labels as their language does.

        Raises:
            UnknownColumnError: there is no such column; the error names the nearest.

        >>> import stdgraph
        >>> stdgraph.open().ask("events", actor="BSI").sort("-date")[0]["date"]
        '2020-08-17'
        """
        from stdgraph.model.arranging import ordered

        keys = [(self._column(name.removeprefix("-")), name.startswith("-")) for name in columns]
        return replace(self, rows=tuple(ordered(self.rows, keys, self.lang)))

    def limit(self, number: int) -> Self:
        """Return the first rows, at most so many."""
        return self[:number]

    def select(self, *columns: str) -> Self:
        """Return these columns only, in this order; raises UnknownColumnError."""
        kept = dict.fromkeys(self._column(name) for name in columns)
        rows = tuple(replace(row, cells=row.only(kept, self.columns)) for row in self.rows)
        return replace(self, columns=tuple(kept), rows=rows)

    def without(self, *columns: str) -> Self:
        """Return the table without some columns."""
        return self.select(*(name for name in self.columns if name not in columns))

    def group(self, *columns: str) -> Self:
        """Return how many rows there are for each value of a column, or of several, most first; years newest first.

        `year` takes the year of the row's date, `country` the countries of its bodies; `continent`, `region` (the smallest
        of UN M49) and `group` (such as the EU countries) take what these countries are in. A row with several values
        counts for each of them.

        Raises:
            UnknownColumnError: there is no such column, date or country.

        >>> import stdgraph
        >>> stdgraph.open().ask("who-cooperates-with", actor="BSI").group("kind").columns
        ('kind', 'count')
        """
        from stdgraph.model.arranging import COUNT, YEAR, groups

        takers = dict(self._taker(name) for name in columns)
        names = (*takers, COUNT)
        rows = [
            Row(
                dict(zip(names, (*key, len(found)), strict=True)),
                tuple(sorted({s for row in found for s in row.sources})),
            )
            for key, found in groups(self.rows, list(takers.values())).items()
        ]
        first = f"-{YEAR}" if list(takers) == [YEAR] else f"-{COUNT}"
        return replace(self, columns=names, rows=tuple(rows), whole=None, chart="").sort(first, *takers)

    def between(self, start: str | int | None = None, end: str | int | None = None) -> Self:
        """Return the rows whose time overlaps the time from the first day of `start` to the last of `end` (EDTF).

        What has no date is left out.

        Raises:
            ParameterError: a day is not EDTF.
            UnknownColumnError: the table has no column of dates.
        """
        from stdgraph.model.arranging import TIMES, time_asked, within

        if not set(TIMES) & set(self.columns):
            raise self._unknown("date")
        return replace(self, rows=tuple(within(self.rows, *time_asked(start, end))))

    def undated(self) -> int:
        """Return how many rows have no date."""
        from stdgraph.model.arranging import time_of

        return sum(time_of(row) is None for row in self.rows)

    def _column(self, name: str) -> str:
        from stdgraph.model.arranging import meant

        if found := meant(name, self.columns, self.titles):
            return found
        raise self._unknown(name)

    def _unknown(self, name: str) -> UnknownColumnError:
        from stdgraph.model.arranging import nearest

        near = ", ".join(nearest(name, self.columns)) or "-"
        return UnknownColumnError(name=name, nearest=near, columns=", ".join(self.columns))

    def _taker(self, name: str) -> tuple[str, Callable[[Row], list[Scalar]]]:
        """Return a column of groups, and what gives the values of a row for it."""
        from stdgraph.model.arranging import COUNTRY, TIMES, WIDER, YEAR, computed, home, values, wide, years

        group = computed(name)
        if group == YEAR and set(TIMES) & set(self.columns) and YEAR not in self.columns:
            return YEAR, years
        if group == COUNTRY and COUNTRY not in self.columns:
            column, known = home(self.rows, self.columns, self.countries)
            if known:
                return COUNTRY, lambda row: values(row.cells[column], known)
        if self.countries and group in WIDER and group not in self.columns:
            column, known = home(self.rows, self.columns, self.countries)
            found = self.countries.wider(group, {country.iri for country in known.values()})
            if known:
                return group, lambda row: wide(row.cells[column], known, found)
        column = self._column(name)
        return column, lambda row: values(row.cells[column])

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the rows as plain dicts, as in the JSON."""
        return [row.plain() for row in self.rows]

    def to_json(self) -> dict[str, Any]:
        """Return columns and rows as plain values."""
        return {"columns": list(self.columns), "rows": self.to_dicts()}


@dataclass(frozen=True, repr=False)
class Answer(Table):
    """The table that answers a question, with the question, its parameters and the day it speaks of.

    `groups` tells of each parameter that was a group of countries, or a region, for how many countries it stood.
    """

    question: str = ""
    title: str = ""
    parameters: dict[str, Cell] = field(default_factory=dict)
    as_of: str | None = None
    query: str = ""
    groups: dict[str, Stood] = field(default_factory=dict)

    @property
    def _title(self) -> str:
        return self.title

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
        if self.groups:
            told["groups"] = {name: {"countries": s.countries, "listed": s.listed} for name, s in self.groups.items()}
        return told if self.left_out is None else told | {"undated_left_out": self.left_out}


def table(columns: Sequence[str], rows: Sequence[dict[str, Cell]], **titles: str) -> Table:
    """Return a table of plain rows without sources."""
    return Table(tuple(columns), tuple(Row(dict(r)) for r in rows), titles)


__all__ = [
    "EXACT",
    "Answer",
    "Cell",
    "Entity",
    "Finding",
    "Kind",
    "Number",
    "Record",
    "Row",
    "Scalar",
    "Source",
    "Stood",
    "Table",
    "Term",
    "plain",
    "plain_cells",
    "table",
    "text_of",
]
