"""What was imported: lists it, removes it, counts its standards."""

from __future__ import annotations

from typing import Any

from stdgraph.errors import ParameterError
from stdgraph.model.identifiers import committee_iri, ics_iri
from stdgraph.model.results import Cell, Entity, Row, Source, Table, table
from stdgraph.model.vocabulary import BASE
from stdgraph.packs import index, snapshots
from stdgraph.packs.iso.ics import CODE

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


REGISTERS = """
SELECT DISTINCT ?source ?title ?place WHERE {
  ?home a <http://www.w3.org/ns/dcat#Dataset> ; stdg:evidence ?evidence .
  ?evidence stdg:fromSource ?source ; stdg:locator ?place .
  ?source dcterms:title ?title
  FILTER (STRENDS(STR(?home), "/standards") && LANG(?title) = "{tag}")
} ORDER BY ?place ?source
"""
COMMITTEE = BASE + "committee/"
BODIES = ("TechnicalCommittee", "Subcommittee", "ProjectCommittee", "WorkingGroup", "TechnicalBody")


def listing() -> Table:
    """Return a row for each imported snapshot."""
    return table(COLUMNS, [_row(found) for found in snapshots.snapshots()])


def _row(found: snapshots.Snapshot) -> dict[str, Cell]:
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
    gone = [snapshots.snapshot(name, day)] if day else snapshots.snapshots(name)
    if not gone:
        snapshots.newest(name)
    for found in gone:
        snapshots.remove(found)
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
    lang: str = "en",
) -> Table:
    """Return how many standards of the opened packs there are, by year, committee, field, stage, type or word.

    Args:
        graph: a store opened with a pack.
        by: what a row stands for; years in their order, all else by number, largest first.
        text: only standards whose title or number holds this.
        committee: only those of this committee: its reference, or any other name.
        field: only those of this class of the ICS, or below it.
        since: only those published in this year or later.
        limit: at most so many rows (of years: the latest).
        lang: language of the names of committees and fields.

    Raises:
        UnknownNameError, AmbiguousNameError: there is no such committee, or several.
        ParameterError: that is no code of the ICS.
    """
    if field and not CODE.fullmatch(field):
        raise ParameterError(
            parameter="field", detail=f"'{field}' is no class of the ICS such as 13, 13.020 or 13.020.10"
        )
    owner = _owner(graph.names, committee, lang) if committee else None
    found = index.counts(graph.names, by, text=text, owner=owner, field=field, since=since, limit=limit)
    start = {"committee": COMMITTEE, "field": ics_iri("")}.get(by)
    labels = graph.names.labels([f"{start}{value}" for value, _ in found], lang) if start else {}
    sources = _sources(graph, lang)
    rows = []
    for value, number in found:
        label = labels.get(f"{start}{value}", value)
        label = f"{value} {label}" if by == "field" and label != value else label
        rows.append(Row({by: Entity(f"{start}{value}", label) if start else value, "standards": number}, sources))
    return Table((by, "standards"), tuple(rows))


def _owner(names: Any, committee: str, lang: str) -> str:
    """Return a committee as the index of standards has it."""
    known = names.get(committee_iri(committee)) or names.resolve(committee, BODIES, lang)
    return str(known.iri).rpartition("/")[2]


def _sources(graph: Any, lang: str) -> tuple[Source, ...]:
    """Return the registers of standards of the opened packs, each with its snapshot."""
    rows = graph.select(REGISTERS.replace("{tag}", "zh-Hans" if lang.startswith("zh") else "en"))
    return tuple(Source(r["source"].value, r["title"].value, r["place"].value, 1.0) for r in rows)
