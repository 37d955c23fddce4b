"""A table as the rows that a chart draws: its columns as text, and beside them the fields that stand for parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from stdgraph.charts.files import Chart, drawn_countries, palette
from stdgraph.charts.roles import SERIES, Roles, code, is_moment, told_time
from stdgraph.charts.words import heading, lines
from stdgraph.locale import Phrase, marked, translated
from stdgraph.model.arranging import COUNT, YEAR, several, time_of, years
from stdgraph.model.cells import Cell, Entity, Term, text_of
from stdgraph.model.results import Row, Table
from stdgraph.model.vocabulary import local

Fields = dict[str, Any]
NARROW = 44
"""Halves of a Chinese character that a label takes above a picture, where it has one line: those of others are near."""
LACKING = {
    "start": marked("{drawn} of {all} rows are drawn; the others have no date."),
    "year": marked("{drawn} of {all} rows are drawn; the others have no date."),
    "number": marked("{drawn} of {all} rows are drawn; the others have no number."),
    "country": marked("{drawn} of {all} rows are drawn; the others have no country."),
    "series": marked("{drawn} of {all} rows are drawn; the others have one number only."),
}
FIRST = marked("The first {drawn} of {all} are drawn.")
NOT_THERE = marked("Too small for this map: {names}.")
OTHER, UNSAID = marked("other kinds"), marked("not stated")


@dataclass
class Drawing:
    """What is drawn of a table: rows of fields; kinds and bands with their colours, in order; what is to be told."""

    rows: list[Fields]
    kinds: dict[str, str] = field(default_factory=dict)
    bands: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def drawing(table: Table, chart: Chart, lang: str) -> Drawing:
    """Return what a chart draws of a table; no rows where there is nothing to draw."""
    roles = Roles(table)
    kept = [(n, row) for n, row in enumerate(table.rows) if all(_plays(row, need, roles) for need in chart.needs)]
    if "series" in chart.needs:
        kept = _several_times(kept)
    notes = _told_lack(chart, len(kept), len(table), lang)
    if "start" in chart.needs and len(kept) > chart.most:
        notes.append(_told_first(chart.most, len(kept), lang))
        kept = kept[: chart.most]
    rows = [_fields(n, row, roles, chart.label, lang) for n, row in kept]
    found = Drawing(_each_number(rows, kept, roles, lang) if "numbers" in chart.needs else rows, notes=notes)
    _colour(found, chart, roles, lang)
    _of_things(found, chart, lang)
    if chart.cells:
        _add_up(found, chart, roles, lang)
    return found


def _each_number(rows: Sequence[Fields], kept: Sequence[tuple[int, Row]], roles: Roles, lang: str) -> list[Fields]:
    """Return a row for each number that a row has: its kind is what the column is called."""
    told = {name: heading(roles.table, name, lang) for name in roles.numbers}
    return [
        fields | {"kind": (name, told[name]), "value": _number(row.cells[name]), "count": _number(row.cells[name])}
        for fields, (_, row) in zip(rows, kept, strict=True)
        for name in roles.numbers
        if row.cells[name] is not None
    ]


def _told_first(drawn: int, whole: int, lang: str) -> str:
    return str(translated(Phrase(FIRST, drawn=drawn, all=whole), lang))


def _plays(row: Row, need: str, roles: Roles) -> bool:
    """Tell whether a row has what a chart needs of it."""
    if need == "start":
        return time_of(row) is not None
    if need == "year":
        return years(row) != [None]
    if need == "country":
        return _country(row, roles) is not None
    if need in ("series", "numbers"):
        return roles.has(need)
    column = getattr(roles, need)
    return bool(column) and (need == "kind" or text_of(row.cells[column]) != "")


def _told_lack(chart: Chart, drawn: int, rows: int, lang: str) -> list[str]:
    need = next((need for need in reversed(chart.needs) if need in LACKING), None)
    if drawn == rows or need is None:
        return []
    need = "series" if "series" in chart.needs else need
    return [translated(Phrase(LACKING[need], drawn=drawn, all=rows), lang)]


def _several_times(kept: Sequence[tuple[int, Row]]) -> list[tuple[int, Row]]:
    """Return the rows whose number is known for several days, and for each of them once."""
    days: dict[tuple[str, ...], list[str]] = {}
    for _, row in kept:
        days.setdefault(_series(row), []).append(told_time(row))
    good = {series for series, told in days.items() if len(told) > 1 and len(set(told)) == len(told)}
    return [(n, row) for n, row in kept if _series(row) in good]


def _series(row: Row) -> tuple[str, ...]:
    return tuple(text_of(row.cells.get(name)) for name in (*SERIES, "scope"))


def _fields(number: int, row: Row, roles: Roles, width: int, lang: str) -> Fields:
    """Return a row's columns as text, and its fields; a field bears the name of its part."""
    name = text_of(row.cells[roles.thing]) if roles.thing else ""
    amount = row.cells[roles.number] if roles.number else None
    country = _country(row, roles)
    counted = row.cells.get(COUNT, amount if YEAR in roles.table.columns else None)
    found: Fields = {column: text_of(row.cells[column]) for column in roles.table.columns}
    found |= {
        "row": _key(number, name, width),
        "thing": (_iri(row.cells.get(roles.thing)), name),
        "other": (_iri(row.cells.get(roles.other)), text_of(row.cells.get(roles.other))),
        "kind": _kind(row, roles, lang),
        "count": _number(counted) if counted is not None else 1,
        "value": _number(amount) if amount is not None else 1,
        "country": country and code(country),
        "country_label": country and country.label,
    }
    return found | _times(row, roles.last)


def _times(row: Row, last: date) -> Fields:
    span = time_of(row)
    if span is None:
        return {}
    low, high = span
    goes_on, low = high == date.max, low if low > date.min else min(high, last)
    high = max(low, last) if goes_on else high
    return {
        "year": (years(row)[0] if years(row) != [None] else None),
        "start": low.isoformat(),
        "end": (high + timedelta(days=1)).isoformat() if not is_moment(row) else high.isoformat(),
        "middle": (low + (high - low) / 2).isoformat(),
        "moment": is_moment(row),
        "when": told_time(row),
    }


def _key(number: int, text: str, width: int, most: int = 4) -> str:
    """Return a label that is unlike all others: a number of four digits, then the text in lines."""
    return f"{number:04}|" + "\n".join(lines(text, width, most))


def _iri(cell: Cell) -> str:
    first = next(iter(several(cell)), None)
    return first.iri if isinstance(first, Entity | Term) else text_of(cell)


def _number(amount: Cell) -> int | float:
    value = float(amount) if isinstance(amount, int | float) else 0.0
    return int(value) if value.is_integer() else value


def _kind(row: Row, roles: Roles, lang: str) -> tuple[str, str]:
    """Return the code of the kind of a row, and its label."""
    first = next((c for c in several(row.cells.get(roles.kind)) if text_of(c)), None)
    if first is None:
        return "", str(translated(Phrase(UNSAID), lang))
    label = first.label if isinstance(first, Entity | Term) else text_of(first)
    return (local(first.iri) if isinstance(first, Entity | Term) else label), label


def _country(row: Row, roles: Roles) -> Entity | None:
    column, known = roles.countries
    found = (
        (known[c.iri] for c in several(row.cells[column]) if isinstance(c, Entity) and c.iri in known) if column else ()
    )
    return next(iter(found), None)


def _colour(found: Drawing, chart: Chart, roles: Roles, lang: str) -> None:
    """Give each kind its colour, the commonest first; the rarest share one where there are too many."""
    if "series" in chart.needs:
        _name_series(found)
    elif "numbers" not in chart.needs and not roles.kind:
        return
    counts = Counter[tuple[str, str]]()
    for row in found.rows:
        counts[row["kind"]] += row["count"]
    ranked = sorted(counts, key=lambda kind: (kind[0] == "", -counts[kind], kind))
    rest = set(ranked[chart.groups - 1 :]) if len(ranked) > chart.groups else set()
    other = str(translated(Phrase(OTHER), lang))
    named = [kind for kind in ranked if kind not in rest]
    colours = _colours([code for code, _ in named])
    labels = {kind: "\n".join(lines(kind[1], chart.label)) for kind in named} | dict.fromkeys(rest, other)
    found.kinds = {labels[kind]: colours[kind[0]] for kind in named}
    if rest:
        found.kinds[other] = palette()["other"][0]
    order = list(found.kinds)
    for row in found.rows:
        row["kind"] = labels[row["kind"]]
        row["rank"] = order.index(row["kind"])


def _colours(codes: Iterable[str]) -> dict[str, str]:
    """Return a colour for each code: its own where the palette names one and it is free, else the next that is free."""
    told = palette()
    colours = {name: pair[0] for name, pair in told["colours"].items()}
    found: dict[str, str] = {}
    waiting = []
    for one in codes:
        own = told["kinds"].get(one)
        if one == "":
            found[one] = told["other"][0]
        elif own and colours[own] not in found.values():
            found[one] = colours[own]
        else:
            waiting.append(one)
    free = [colour for colour in colours.values() if colour not in found.values()]
    return found | {one: free[n] if n < len(free) else told["other"][0] for n, one in enumerate(waiting)}


def _name_series(found: Drawing) -> None:
    for row in found.rows:
        said = " · ".join(filter(None, (row.get(name) for name in (*SERIES[:2], "scope"))))
        row["kind"] = (said, said)


def _of_things(found: Drawing, chart: Chart, lang: str) -> None:
    """Give things and other sides their labels, most first, of several numbers as their rows stand; leave out the last where there are too many."""
    first: list[tuple[str, str]] = []
    for part in ("thing", "other"):
        sums = Counter[tuple[str, str]]()
        for row in found.rows:
            sums[row[part]] += row["value"]
        places = {one: n for n, one in enumerate(first)}
        in_order = "numbers" in chart.needs
        ranked = first = sorted(sums, key=lambda one: (places.get(one, len(places)), 0 if in_order else -sums[one]))
        kept = ranked[: chart.most] if part in chart.needs else ranked
        if len(kept) < len(ranked):
            note = _told_first(len(kept), len(ranked), lang)
            found.notes += [note] if note not in found.notes else []
        width, most = (chart.label, 4) if part == "thing" else (NARROW, 1)
        keys = {one: _key(n, one[1], width, most) for n, one in enumerate(kept)}
        found.rows = [row | {part: keys[row[part]]} for row in found.rows if row[part] in keys]


def _add_up(found: Drawing, chart: Chart, roles: Roles, lang: str) -> None:
    """Make one row of all that a cell of the picture stands for, and shade it."""
    cells: dict[tuple[Any, ...], Fields] = {}
    for row in found.rows:
        key = tuple(row[name] for name in chart.cells)
        known = cells.setdefault(key, row | {"value": 0, "count": 0})
        known["value"] += row["value"]
        known["count"] += row["count"]
    found.rows = list(cells.values())
    _shade(found, chart)
    if "country" in chart.cells:
        _place(found, roles, lang)


def _shade(found: Drawing, chart: Chart) -> None:
    """Give each cell its band: at most five, each as many different numbers, the highest darkest."""
    measure = "count" if "year" in chart.cells else "value"
    different = sorted({row[measure] for row in found.rows})
    ramp = [pair[0] for pair in palette()["ramp"]]
    number = min(len(ramp), len(different))
    edges = [len(different) * n // number for n in range(number + 1)] if number else []
    for at, (low, high) in enumerate(pairwise(edges)):
        first, last = different[low], different[high - 1]
        label = f"{first:,}" if first == last else f"{first:,} – {last:,}"
        shade = at + len(ramp) - number
        found.bands[label] = ramp[shade]
        for row in found.rows:
            if first <= row[measure] <= last:
                row["band"], row["dark"] = label, shade > 2


def _place(found: Drawing, roles: Roles, lang: str) -> None:
    """Tell which countries have no shape, and show the countries that the question is about."""
    absent = [row for row in found.rows if row["country"] not in drawn_countries()]
    if absent:
        names = ", ".join(f"{row['country_label']} ({row['value']:,})" for row in absent)
        found.notes.append(translated(Phrase(NOT_THERE, names=names), lang))
    for one, label in roles.focus().items() if found.rows else ():
        if one not in {row["country"] for row in found.rows}:
            found.rows.append({"country": one, "band": label})
            found.bands[label] = palette()["colours"]["red"][0]
