"""What was imported: lists it, removes it, counts its standards."""

from __future__ import annotations

from typing import Any

from stdgraph.model.identifiers import committee_slug
from stdgraph.model.results import Cell, Table, table
from stdgraph.storage import pack, standards

COLUMNS = (
    "pack",
    "snapshot",
    "committees",
    "bodies",
    "standards",
    "triples",
    "errors",
    "warnings",
    "licence",
    "folder",
)


def listing() -> Table:
    """Return a row for each imported snapshot."""
    return table(COLUMNS, [_row(found) for found in pack.snapshots()])


def _row(found: pack.Snapshot) -> dict[str, Cell]:
    told: dict[str, Any] = found.manifest
    return {
        "pack": found.name,
        "snapshot": found.day,
        "committees": told["counts"].get("committees"),
        "bodies": told["counts"].get("bodies"),
        "standards": told["counts"].get("standards"),
        "triples": told["triples"],
        "errors": told["findings"]["error"],
        "warnings": told["findings"]["warning"],
        "licence": told["licence"],
        "folder": str(found.folder),
    }


def remove(name: str, day: str | None = None) -> list[str]:
    """Remove a snapshot, or all of a pack, and return their days; raises PackError where there is none."""
    gone = [pack.snapshot(name, day)] if day else pack.snapshots(name)
    if not gone:
        pack.newest(name)
    for found in gone:
        pack.remove(found)
    return [found.day for found in gone]


def counts(
    graph: Any,
    *,
    by: str = "year",
    text: str | None = None,
    committee: str | None = None,
    field: str | None = None,
    since: int | None = None,
    limit: int = 50,
) -> list[dict[str, Cell]]:
    """Return how many standards of the opened packs there are, by year, committee, field, stage, type or word.

    Args:
        graph: a store opened with a pack.
        by: what a row stands for; years in their order, all else by number, largest first.
        text: only standards whose title or number holds this.
        committee: only those of the committee with this reference.
        field: only those of this class of the ICS, or below it.
        since: only those published in this year or later.
        limit: at most so many rows (of years: the latest).
    """
    owner = committee_slug(committee) if committee else None
    found = standards.counts(graph.names, by, text=text, owner=owner, field=field, since=since, limit=limit)
    return [{by: value, "standards": number} for value, number in found]
