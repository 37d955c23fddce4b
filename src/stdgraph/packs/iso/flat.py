"""The register's committees in CSV, where a list is two cells: `[1, 2]` and `[A, B]`, names with commas of their own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from stdgraph.locale import Phrase
from stdgraph.packs.fields import Fields
from stdgraph.packs.read import Record, Source

LISTS = {
    "pMembers": "acronym",
    "oMembers": "acronym",
    "committeeLiaisons": "reference",
    "organizationLiaisons": "acronym",
}
"""Fields that hold lists of bodies or committees, and the name that stands beside each id."""


def records(source: Source) -> Iterator[tuple[int, Record]]:
    """Yield records; those of CSV after all are read: their lists need each other to be split."""
    flat: list[tuple[int, Record]] = []
    for line, record in source.records():
        if any(isinstance(record.get(name), dict) for name in LISTS):
            flat.append((line, record))
        else:
            yield line, record
    known = _known(record for _, record in flat)
    for line, record in flat:
        yield line, _joined(Fields(source, line, record, record.get("reference", "")), known)


def _known(records: Iterable[Record]) -> dict[tuple[str, str], str]:
    """Return the name of each (field, id) that a list without doubt gives: as many names as ids."""
    known = {}
    for record in records:
        for name, part in LISTS.items():
            ids, texts = _columns(record, name, part)
            if len(ids) == len(texts):
                known.update({(name, number): text for number, text in zip(ids, texts, strict=True)})
    return known


def _columns(record: Record, name: str, part: str) -> tuple[list[str], list[str]]:
    """Return the ids and the names of a list, which CSV has in two cells, `[1, 2]` and `[A, B]`."""
    cells = record.get(name)
    return (_split(cells.get("id")), _split(cells.get(part))) if isinstance(cells, dict) else ([], [])


def _split(cell: object) -> list[str]:
    text = cell.strip() if isinstance(cell, str) else ""
    if '"' in text:
        with suppress(ValueError):
            return [item if isinstance(item, str) else "null" for item in json.loads(text)]
    inner = text.removeprefix("[").removesuffix("]")
    return [part.strip() for part in inner.split(",")] if inner.strip() else []


def _joined(fields: Fields, known: Mapping[tuple[str, str], str]) -> Record:
    """Return a record of CSV in the form of JSON: lists of ids and of names as one list."""
    record = dict(fields.values)
    for name, part in LISTS.items():
        fields.only(name, cells if isinstance(cells := record.get(name), dict) else {}, part)
        ids, texts = _columns(record, name, part)
        sure = texts if len(ids) == len(texts) else _aligned(fields, name, ids, texts, known)
        record[name] = [{"id": i, part: None if t == "null" else t} for i, t in zip(ids, sure, strict=True)]
    return record


def _aligned(
    fields: Fields, name: str, ids: list[str], texts: list[str], known: Mapping[tuple[str, str], str]
) -> list[str | None]:
    """Return a name for each id where names hold commas themselves; those that stay in doubt are left out.

    Ids whose names other lines give divide the list; between two of them, as many names as ids are certain, and one
    id alone takes all that is there.
    """
    found: list[str | None] = []
    waiting = low = 0
    for at, number in enumerate([*ids, ""]):
        start, end = _place(known.get((name, number)), texts, low) if at < len(ids) else (len(texts), len(texts))
        if start < 0:
            waiting += 1
            continue
        between = texts[low:start]
        if len(between) == waiting:
            found += between
        elif waiting == 1 and between:
            found.append(", ".join(between))
        else:
            fields.add(
                "unsure",
                name,
                ", ".join(between),
                Phrase("{ids} ids, {names} names", ids=waiting, names=len(between)),
            )
            found += [None] * waiting
        found += [", ".join(texts[start:end])] if at < len(ids) else []
        waiting, low = 0, end
    return found


def _place(text: str | None, texts: list[str], low: int) -> tuple[int, int]:
    """Return from where to where a known name stands in a list, (-1, -1) where it does not."""
    wanted = [part.strip() for part in text.split(",")] if text else []
    for at in range(low, len(texts) - len(wanted) + 1) if wanted else ():
        if texts[at : at + len(wanted)] == wanted:
            return at, at + len(wanted)
    return -1, -1
