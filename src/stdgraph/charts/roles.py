"""Which columns of a table play which part in a picture: what is named, counted, dated, coloured, placed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from stdgraph.model.arranging import BEGINS, COUNT, ENDS, MOMENTS, TIMES, YEAR, home, several, time_of, years
from stdgraph.model.cells import Cell, Entity, Term, text_of
from stdgraph.model.results import Row, Table

KINDS = (
    "kind", "level", "type", "role", "status", "change", "category", "relation", "certainty", "stage", "recognized_as",
    "degree", "class", "how", "what", "aspect", "way", "language", "measure",
)  # fmt: skip
"""Columns that say of what kind a row is; the first with few kinds and few gaps colours it."""
NUMBERS = (
    "records", COUNT, "number", "secretariats", "seats", "members", "ties", "value", "agreements", "stated_items", "stated",
    "named", "shared", "observed",
)  # fmt: skip
"""Columns that say how many; the first that has a number is drawn."""
SERIES = ("of", "measure", "unit")
"""Columns that say together what a number counts, apart from its day."""
FEW = 8
COUNTRY = "/country/"


@dataclass(frozen=True)
class Roles:
    """The columns of a table by the part that they play; "" where no column plays it."""

    table: Table

    @cached_property
    def kind(self) -> str:
        """The column that colours rows."""
        filled = [name for name in KINDS if name in self.table.columns and any(self._texts(name))]
        good = [n for n in filled if len(set(self._texts(n))) <= FEW and self._share(n) >= 0.5]
        return next(iter(good or sorted(filled, key=lambda n: -self._share(n))), "")

    @cached_property
    def number(self) -> str:
        """The column whose numbers are drawn."""
        return next((name for name in NUMBERS if name in self.table.columns and self._is_number(name)), "")

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The columns whose numbers stand side by side, in their order: two or more, or none."""
        found = tuple(name for name in self.table.columns if name in NUMBERS and self._is_number(name))
        return found if len(found) > 1 else ()

    @cached_property
    def thing(self) -> str:
        """The column that names what a row is about: the first of things that differ, else of texts that differ."""
        names = [n for n in self._named() if n != self.kind]
        varying = [n for n in names if len(set(self._texts(n))) > 1]
        of_things = [n for n in varying if any(type(c) is Entity for c in self._cells(n))]
        return next(iter([*of_things, *varying, *names, *self._named()]), "")

    @cached_property
    def other(self) -> str:
        """The column that names the other side: of things, or of the parts that they play."""
        after = [n for n in self._named() if n != self.thing]
        of_things = [n for n in after if any(isinstance(c, Entity | Term) for c in self._cells(n))]
        return next(iter(n for n in of_things if len(set(self._texts(n))) > 1), next(iter(of_things), ""))

    @cached_property
    def countries(self) -> tuple[str, dict[str, Entity]]:
        """The first column of countries, or of bodies of countries, that differ; and the country of each thing in it."""
        names = [n for n in self.table.columns if len(set(self._texts(n))) > 1] or list(self.table.columns)
        name, known = home(self.table.rows, names, self.table.countries)
        return (name, known) if any(COUNTRY in country.iri for country in known.values()) else ("", {})

    @cached_property
    def last(self) -> date:
        """The last day that any row speaks of, apart from what goes on, which it ends."""
        days = [day for row in self.table for day in time_of(row) or () if date.min < day < date.max]
        return max(days, default=date.min)

    def has(self, role: str) -> bool:
        """Tell whether some row can play a part."""
        if role == "country":
            return bool(self.countries[0])
        if role == "start":
            return any(time_of(row) for row in self.table)
        if role == YEAR:
            return any(years(row) != [None] for row in self.table)
        if role == "series":
            return all(name in self.table.columns for name in SERIES)
        return bool(getattr(self, role))

    def focus(self) -> dict[str, str]:
        """Return the code and label of each country that all rows are about, so that the map can show it."""
        given = getattr(self.table, "parameters", {}).values()
        found = [v for v in given if isinstance(v, Entity) and COUNTRY in v.iri]
        return {code(country): country.label for country in found}

    def _named(self) -> Iterator[str]:
        """Yield the columns of things and words: neither times nor numbers nor truth, nor empty."""
        for name in self.table.columns:
            cells = list(self._cells(name))
            if name not in TIMES and cells and not any(isinstance(c, int | float) for c in cells):
                yield name

    def _cells(self, name: str) -> Iterator[Cell]:
        return (cell for row in self.table for cell in several(row.cells[name]) if text_of(cell))

    def _texts(self, name: str) -> list[str]:
        return [text for row in self.table if (text := text_of(row.cells[name]))]

    def _share(self, name: str) -> float:
        return len(self._texts(name)) / max(len(self.table), 1)

    def _is_number(self, name: str) -> bool:
        cells = list(self._cells(name))
        return bool(cells) and all(isinstance(c, int | float) and not isinstance(c, bool) for c in cells)


def code(country: Entity) -> str:
    """Return the code of a country, such as `CN`."""
    return country.iri.rpartition("/")[2]


def is_moment(row: Row) -> bool:
    """Tell whether a row speaks of something that was, not of something that lasted."""
    return not any(text_of(row.cells.get(name)) for name in (*BEGINS, *ENDS))


def told_time(row: Row) -> str:
    """Return the time of a row as it is written: `2019-04`, `2012 – 2021`, `2016 –`, of several days `2017 … 2023`."""
    if is_moment(row):
        return _first(row, (*MOMENTS, YEAR))
    begin, end = (_first(row, names) for names in (BEGINS, ENDS))
    return f"{begin or _first(row, MOMENTS)} – {end}".strip()


def _first(row: Row, names: Sequence[str]) -> str:
    """Return the first of some columns that is filled; of several days the first and the last."""
    told = (sorted(filter(None, map(text_of, several(row.cells.get(name))))) for name in names)
    days = next((found for found in told if found), [])
    return " … ".join(dict.fromkeys([*days[:1], *days[-1:]]))
