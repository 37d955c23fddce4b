"""EDTF strings as the ontology's design (P20) uses them, and the days they cover."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from stdgraph.locale import Phrase
from stdgraph.model.later import later

PATTERN = later(r"([0-9]{3})X|([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?[?~%]?")

SLOTS = {"date": "date", "start": "start", "end": "end", "asOf": "asOf", "attestedOn": "attested"}
"""EDTF property to the stem of its two computed bounds."""

ENDS = ("Earliest", "Latest")
"""What the properties of the two bounds end in."""


@lru_cache(maxsize=4096)
def bounds(text: str) -> tuple[date, date]:
    """Return the first and last day that an EDTF string covers; qualifiers (`?`, `~`, `%`) do not widen it.

    Source: EDTF (ISO 8601-2:2019), level 0 and the parts of level 1 named in the design, P20.

    Raises:
        ValueError: the text is not such a string.

    >>> bounds("2016-04")
    (datetime.date(2016, 4, 1), datetime.date(2016, 4, 30))
    >>> bounds("2019-06-12/2019-06-16")[1]
    datetime.date(2019, 6, 16)
    """
    first, slash, last = text.partition("/")
    low, high = _span(first)
    if not slash:
        return low, high
    start, end = low, _span(last)[1]
    if end < start:
        raise ValueError(Phrase("'{text}' ends before it begins", text=text))
    return start, end


def _span(text: str) -> tuple[date, date]:
    match = PATTERN.fullmatch(text)
    if not match:
        raise ValueError(
            Phrase("'{text}' is not an EDTF date such as 2016, 2016-04, 2016-07-04 or 2016-07-04/2016-07-08", text=text)
        )
    decade, year, month, day = match.groups()
    if decade:
        return date(int(decade) * 10, 1, 1), date(int(decade) * 10 + 9, 12, 31)
    try:
        if day:
            whole = date(int(year), int(month), int(day))
            return whole, whole
        if month:
            first = date(int(year), int(month), 1)
            return first, _month_end(first)
        return date(int(year), 1, 1), date(int(year), 12, 31)
    except ValueError as error:
        raise ValueError(Phrase("'{text}' is not a day of the calendar", text=text)) from error


def _month_end(first: date) -> date:
    """Return the last day of a month; the calendar of the standard library would cost a millisecond of the start-up."""
    if first.month == 12:
        return first.replace(day=31)
    return first.replace(month=first.month + 1) - timedelta(days=1)


def earliest(texts: list[str]) -> str | None:
    """Return the EDTF string that begins first, the more precise one of two that begin together; None for none.

    >>> earliest(["2018-11", "2017-06", "2017"])
    '2017'
    """
    return min(texts, key=lambda t: (bounds(t)[0], bounds(t)[1]), default=None)


def latest(texts: list[str]) -> str | None:
    """Return the EDTF string that ends last, the more precise one of two that end together; None for none.

    >>> latest(["2018-11", "2017-06"])
    '2018-11'
    """
    return max(texts, key=lambda t: (bounds(t)[1], bounds(t)[0]), default=None)


def as_of_day(text: str) -> date:
    """Return the day meant by `--as-of`: the last day of `YYYY` or `YYYY-MM`, or the day itself.

    >>> as_of_day("2017")
    datetime.date(2017, 12, 31)
    """
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", text):
        raise ValueError(Phrase("'{text}' is not YYYY, YYYY-MM or YYYY-MM-DD", text=text))
    return bounds(text)[1]


def years(text: str) -> str:
    """Return a year as it is, and a span of years as EDTF has it.

    Raises:
        ValueError: it is neither.

    >>> years("2019"), years("2015-2020"), years("2015/2020")
    ('2019', '2015/2020', '2015/2020')
    """
    found = re.fullmatch(r"([0-9]{1,18})|([0-9]{4})[/-]([0-9]{4})", text)
    if not found:
        raise ValueError(Phrase("'{text}' is no year such as 2019, nor years such as 2015/2020", text=text))
    if found[1]:
        return found[1]
    if found[2] > found[3]:
        raise ValueError(Phrase("'{text}' ends before it begins", text=text))
    return f"{found[2]}/{found[3]}"


def each_year(text: str) -> list[str]:
    """Return each year of what `years` returns.

    >>> each_year("2019/2021")
    ['2019', '2020', '2021']
    """
    first, slash, last = text.partition("/")
    return [f"{year:04}" for year in range(int(first), int(last) + 1)] if slash else [text]
