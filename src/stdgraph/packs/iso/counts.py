"""Counts of the standards of the opened packs, by year, committee, field, stage, type or word."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox

from stdgraph.errors import ParameterError
from stdgraph.graph.reads import select
from stdgraph.locale import Phrase
from stdgraph.model.identifiers import committee_iri, ics_iri
from stdgraph.model.results import Entity, Row, Source, Table
from stdgraph.model.vocabulary import BASE
from stdgraph.packs import index
from stdgraph.packs.iso.ics import CODE

COMMITTEE = BASE + "committee/"
BODIES = ("TechnicalCommittee", "Subcommittee", "ProjectCommittee", "WorkingGroup", "TechnicalBody")


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
            parameter="field",
            detail=Phrase("'{field}' is no class of the ICS such as 13, 13.020 or 13.020.10", field=field),
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
    rows = select(graph, "documents-of-packs", tag=[ox.Literal("zh" if lang.startswith("zh") else "en")])
    return tuple(Source(r["source"].value, r["title"].value, r["place"].value, 1.0) for r in rows)
