"""Rows sorted, grouped, or chosen by time: what `Table` is arranged by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import product
from math import isnan
from typing import Any, Protocol, TypeVar

from stdgraph.errors import ParameterError
from stdgraph.locale import in_words
from stdgraph.model.cells import Cell, Entity, Scalar, text_of
from stdgraph.model.dates import bounds
from stdgraph.model.later import later
from stdgraph.model.light import dataclass

Span = tuple[date, date]


class HasCells(Protocol):
    """A row of a table."""

    @property
    def cells(self) -> dict[str, Cell]:
        """Its cells by column."""


@dataclass(frozen=True)
class Fold:
    """How rows are drawn together: those that share `by` become one, whose first `each` column lists what they say in `each`.

    `count` is the column of numbers that is told behind each: `×3`, nothing for 1. Of what else differs, the earliest
    beginning, the latest end, or all values are told. Rows that then differ in one of `by` alone become one, too.
    """

    by: tuple[str, ...]
    each: tuple[str, ...]
    count: str = ""

    def fits(self, columns: Sequence[str]) -> bool:
        """Tell whether a table has the columns."""
        return {*self.by, *self.each} <= set(columns)


R = TypeVar("R", bound=HasCells)

COUNT, YEAR, COUNTRY = "count", "year", "country"
BEGINS, ENDS = ("since", "start"), ("until", "end")
MOMENTS = ("date", "time", "attested", "deadline", "after", "before")
"""Columns that hold when something began, ended, or was; the first that a row has tells its time."""
TIMES = (*MOMENTS, *BEGINS, *ENDS, YEAR)
UNSAID = {"among": 2}
"""What an empty cell of a column says, for sorting: ties are of two, where no other number stands."""
WIDER = ("continent", "region", "group")
"""What countries are in, by which rows are counted: their continent, smallest region, and groups such as the EU countries."""
SAID = dict(zip((YEAR, COUNTRY, *WIDER), (YEAR, COUNTRY, *WIDER), strict=True)) | {
    "年": YEAR,
    "年份": YEAR,
    "国家": COUNTRY,
    "大洲": "continent",
    "洲": "continent",
    "区域": "region",
    "地区": "region",
    "群组": "group",
    "国家群组": "group",
}
"""Groups that are computed from a row, by what people call them."""
MEASURE = r"[≥>≤<≈~= ]*(-?[0-9]+(?:\.[0-9]+)?)%?"
DIGITS = later(r"([0-9]{1,15})")
CHINESE = "〇一二三四五六七八九"
NUMERAL = later(
    r"(?:^|(?<=[（(第 ]))(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=[、）)章节条款 ]|$)"
)
"""The Chinese number of a chapter, section or item."""


def meant(name: str, columns: Sequence[str], titles: Mapping[str, str]) -> str | None:
    """Return the column that a name means: its own, with any dashes and case, or what stands above it in Chinese."""
    plain = name.strip().casefold().replace("-", "_").replace(" ", "_")
    for known in columns:
        if plain == known.casefold():
            return known
    if name.isascii():
        return None
    return next((c for c in columns if name.strip() in (titles.get(c), in_words("heading", c, "zh"))), None)


def nearest(name: str, columns: Sequence[str]) -> list[str]:
    """Return the columns whose names come closest."""
    import difflib

    return difflib.get_close_matches(name.casefold(), columns, n=2, cutoff=0.4)


def ordered(rows: Iterable[R], keys: Sequence[tuple[str, bool]], lang: str) -> list[R]:
    """Return rows in the order of columns, each ascending or descending; what has no value comes last, unless it says one."""
    found = list(rows)
    for column, descending in reversed(keys):
        cells = [row.cells[column] or UNSAID.get(column, row.cells[column]) for row in found]
        one_each = {id(cell): cell for cell in cells}
        sought = {
            at: sorted(sort_key(cell, lang), reverse=descending) for at, cell in one_each.items() if text_of(cell)
        }
        filled = [(sought[id(cell)], row) for cell, row in zip(cells, found, strict=True) if id(cell) in sought]
        empty = [row for cell, row in zip(cells, found, strict=True) if id(cell) not in sought]
        filled.sort(key=lambda pair: pair[0], reverse=descending)
        found = [*(row for _, row in filled), *empty]
    return found


def sort_key(cell: Cell, lang: str = "en") -> tuple[Any, ...]:
    """Return what the values of a cell are sorted by: numbers come before dates, dates before texts."""
    return tuple(_value_key(value, lang) for value in several(cell))


def _value_key(value: Scalar, lang: str) -> tuple[Any, ...]:
    if isinstance(value, int | float) and not isnan(value):
        return (0, float(value))
    text = text_of(value)
    if isinstance(value, str):
        if span := _span(text):
            return (1, *span)
        if found := re.fullmatch(MEASURE, text):
            return (0, float(found[1]))
    return (2, *collated(text, lang))


@cache
def collated(text: str, lang: str = "en") -> tuple[tuple[Any, ...], str]:
    """Return a label as its language sorts it: numbers by size, accents and case last, common Chinese by pinyin.

    The Chinese number of a chapter is a number.

    GB 2312 has the 3,755 commonest Chinese characters in the order of their pinyin; its encoding is that order.

    >>> sorted(["ISO/TC 59", "iso/tc 5", "Österreich", "Peru"], key=collated)
    ['iso/tc 5', 'ISO/TC 59', 'Österreich', 'Peru']
    >>> sorted(["中国", "英国", "BSI", "德国"], key=lambda text: collated(text, "zh"))
    ['BSI', '德国', '英国', '中国']
    >>> sorted(["三、结论", "（十二）附则", "二、目标", "（四）措施"], key=lambda text: collated(text, "zh"))
    ['二、目标', '三、结论', '（四）措施', '（十二）附则']
    """
    if not text.isascii():
        text = NUMERAL.sub(_arabic, text)
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    begin = next((at for at, c in enumerate(plain) if c.isalnum()), 0)
    parts = DIGITS.split(plain[begin:].casefold())
    words = [
        part.encode("gb18030", "replace") if lang.startswith("zh") else part.encode("utf-8", "replace")
        for part in parts
    ]
    return tuple((int(w), b"") if at % 2 else (-1, w) for at, w in enumerate(words)), text


def _arabic(found: re.Match[str]) -> str:
    """Return a Chinese number below one hundred in digits."""
    tens, ten, ones = found[0].rpartition("十")
    return str((CHINESE.index(tens) if tens else 1) * 10 * bool(ten) + CHINESE.index(ones or "〇"))


def groups(rows: Iterable[R], takers: Sequence[Callable[[R], list[Scalar]]]) -> dict[tuple[Scalar, ...], list[R]]:
    """Return rows by their values, a row under each of them."""
    found: dict[tuple[Scalar, ...], list[R]] = {}
    for row in rows:
        for key in product(*(taker(row) for taker in takers)):
            found.setdefault(key, []).append(row)
    return found


def computed(name: str) -> str | None:
    """Return `year`, `country` or one of WIDER where a group is called so, in English or Chinese."""
    return SAID.get(name.strip().casefold())


def several(cell: Cell) -> tuple[Scalar, ...]:
    """Return the values of a cell."""
    return cell if isinstance(cell, tuple) else (cell,)


def values(cell: Cell, known: Mapping[str, Entity] | None = None) -> list[Scalar]:
    """Return the values of a cell that are told apart, or those known for its things; `[None]` where there is none."""
    found: Iterable[Scalar] = several(cell)
    if known is not None:
        found = (known[e.iri] for e in several(cell) if isinstance(e, Entity) and e.iri in known)
    return list(dict.fromkeys(value for value in found if text_of(value))) or [None]


def wide(cell: Cell, known: Mapping[str, Entity], found: Mapping[str, Sequence[Entity]]) -> list[Scalar]:
    """Return what the countries of a cell's things are in, each once; `[None]` where they are in nothing."""
    countries = (known[e.iri].iri for e in several(cell) if isinstance(e, Entity) and e.iri in known)
    return list(dict.fromkeys(place for country in countries for place in found.get(country, ()))) or [None]


def home(
    rows: Sequence[HasCells],
    columns: Iterable[str],
    countries: Callable[[Iterable[str]], dict[str, Entity]] | None,
) -> tuple[str, dict[str, Entity]]:
    """Return the first column that holds bodies of countries, or countries, and the country of each of its things."""
    for column in columns if countries else ():
        things = {e.iri for row in rows for e in several(row.cells[column]) if isinstance(e, Entity)}
        if countries and things and (found := countries(things)):
            return column, found
    return "", {}


def years(row: HasCells) -> list[Scalar]:
    """Return the years in which the time of a row begins, `[None]` for none."""
    for name in (YEAR, "date", *BEGINS, *MOMENTS[1:], *ENDS):
        texts = map(text_of, several(row.cells.get(name)))
        found = list(dict.fromkeys(text[:4] for text in texts if _span(text)))
        if found:
            return list(found)
    return [None]


def time_asked(start: str | int | None, end: str | int | None) -> Span:
    """Return the first and last day of a time that may be open; raises ParameterError."""
    low = _day("from", "start", start)[0] if start is not None else date.min
    return low, _day("to", "end", end)[1] if end is not None else date.max


def within(rows: Iterable[R], low: date, high: date) -> Iterator[R]:
    """Yield the rows whose time overlaps a time."""
    for row in rows:
        span = time_of(row)
        if span and span[0] <= high and span[1] >= low:
            yield row


def time_of(row: HasCells) -> Span | None:
    """Return the first and last day that a row speaks of, None where it has no date.

    What only began goes on; what has a date and an end lasts from one to the other.
    """
    begins, ends, moment = (_time(row, names) for names in (BEGINS, ENDS, (*MOMENTS, YEAR)))
    if begins:
        return begins[0], ends[1] if ends else date.max
    if moment:
        return moment[0], max(moment[1], ends[1]) if ends else moment[1]
    return (date.min, ends[1]) if ends else None


def _time(row: HasCells, names: Iterable[str]) -> Span | None:
    for name in names:
        spans = [span for value in several(row.cells.get(name)) if (span := _span(text_of(value)))]
        if spans:
            return min(low for low, _ in spans), max(high for _, high in spans)
    return None


def _span(text: str) -> Span | None:
    """Return the days that an EDTF text covers, None for any other text."""
    if not text[:3].isdigit():
        return None
    try:
        return bounds(text)
    except ValueError:
        return None


def _day(name: str, argument: str, text: str | int) -> Span:
    try:
        return bounds(str(text))
    except ValueError as error:
        raise ParameterError(parameter=name, detail=error.args[0], argument=argument) from None
