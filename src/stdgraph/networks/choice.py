"""What of a view makes the network: which ties, at which level, of which time, weighed how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase
from stdgraph.model.dates import bounds

LEVELS = ("all", "body", "country")
"""`all`: as the records have it; `body`: bodies and persons without countries; `country`: rolled up to countries."""
WEIGHTS = ("newman", "records")
SCOPES = ("domestic", "international")
Span = tuple[date, date]


@dataclass(frozen=True)
class Choice:
    """What of a view is wanted; each field is an option of the command line.

    Attributes:
        level: one of LEVELS.
        kinds: local names or labels of the kinds of tie that count; all if empty.
        bilateral: only records of two actors.
        scope: `domestic`, between two of one country, or `international`; both if empty.
        weight: `newman`, a record of k actors counts 1 / (k - 1); or `records`, it counts 1.
        since, until: EDTF dates; only ties whose time overlaps the days between.
        as_of: only what held on that day, certainly or possibly.
        undated: keep what has no date, where a time is asked for.
        packs: only ties of these registers.
    """

    level: str = "all"
    kinds: Sequence[str] = field(default=())
    bilateral: bool = False
    scope: str = ""
    weight: str = "newman"
    since: str = ""
    until: str = ""
    as_of: date | None = None
    undated: bool = False
    packs: Sequence[str] = field(default=())

    def __post_init__(self) -> None:
        for name, allowed in (("level", LEVELS), ("weight", WEIGHTS), ("scope", ("", *SCOPES))):
            value = getattr(self, name)
            if value not in allowed:
                detail = Phrase("'{given}' is none of {known}", given=value, known=", ".join(filter(None, allowed)))
                raise ParameterError(parameter=name, detail=detail)
        if self.span and self.span[1] < self.span[0]:
            detail = Phrase("{until} is before {since}", since=self.since, until=self.until)
            raise ParameterError(parameter="to", detail=detail)

    @property
    def span(self) -> Span | None:
        """The days between `since` and `until`, None where neither is given.

        Raises:
            ParameterError: one of them is no EDTF date.
        """
        if not self.since and not self.until:
            return None
        first = _bounds("from", self.since)[0] if self.since else date.min
        return first, _bounds("to", self.until)[1] if self.until else date.max

    @property
    def told(self) -> dict[str, str]:
        """The options that are not as they are by themselves, as texts, for the manifest of a file."""
        usual = Choice()
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        return {name: _told(value) for name, value in values.items() if value != getattr(usual, name)}


def _told(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _bounds(name: str, text: str) -> Span:
    try:
        return bounds(text)
    except ValueError as error:
        raise ParameterError(parameter=name, detail=error.args[0]) from error
