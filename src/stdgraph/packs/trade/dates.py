"""Dates as several rows tell them: one that all agree on, or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from stdgraph.locale import Phrase
from stdgraph.model.dates import bounds
from stdgraph.packs.trade.entries import DESTA, Entry


def told(rows: Sequence[Entry], columns: Mapping[str, str], what: str) -> dict[str, str]:
    """Return the dates that rows of one publisher tell of an agreement or a party, by property.

    Rows that differ are a finding; but DESTA's rows of parties tell the rounds of an agreement, the first of which counts.
    """
    found = {}
    for slot, column in columns.items():
        dates = [row.date(column) for row in rows if column in row.fields.values]
        rounds = rows[0].publisher == DESTA and rows[0].is_party
        value = min(filter(None, dates), default="") if rounds else agreed(dates)
        if value is None:
            rows[0].add(
                "contradiction",
                column,
                " / ".join(sorted(set(dates))),
                Phrase("rows of {what} differ: left out", what=what),
            )
        elif value:
            found[slot] = value
    if "start" in found and "end" in found and bounds(found["end"])[1] < bounds(found["start"])[0]:
        ended = found.pop("end")
        rows[0].add("contradiction", columns["end"], ended, Phrase("{what} ends before it begins: left out", what=what))
    return found


def agreed(values: Iterable[str]) -> str | None:
    """Return the most precise of dates that agree as far as they go, "" for none, None where they contradict.

    >>> agreed(["1981", "1981-01-01", ""]), agreed(["1981", "1982-02"]), agreed([])
    ('1981-01-01', None, '')
    """
    found = sorted(set(values) - {""}, key=len)
    if not found:
        return ""
    return found[-1] if all(found[-1].startswith(value) for value in found) else None
