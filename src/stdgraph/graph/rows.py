"""Rows of an answer: the solutions of a question by what they show, each with the sources of the records behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

import pyoxigraph as ox

from stdgraph.graph.evidence import described, sources
from stdgraph.graph.labels import cell, labels
from stdgraph.graph.questions import Column, Question
from stdgraph.graph.reads import Graph
from stdgraph.model.dates import earliest, latest
from stdgraph.model.light import replace
from stdgraph.model.results import Cell, Row, Scalar, Source

RECORD = "record"
"""The variable of the node that states what a solution says."""
Groups = dict[tuple[Any, ...], list[dict[str, Any]]]
"""Solutions, as terms by name, by the terms of their visible columns."""


def records(solutions: Iterable[Any]) -> set[str]:
    """Return the IRIs of the records behind some solutions."""
    return {term.value for term in {s[RECORD] for s in solutions} if term is not None}


def grouped(asked: Question, solutions: Iterable[Any], held: Mapping[str, str] | None) -> Groups:
    """Return the solutions by what they show, those without a record that held on the day asked for left out."""
    shown = [column.name for column in asked.columns if column.take == "value"]
    names = (*shown, *(column.name for column in asked.columns if column.take != "value"), RECORD)
    groups: Groups = {}
    for found in map(itemgetter(*names), solutions):
        if held is None or (found[-1] is not None and found[-1].value in held):
            groups.setdefault(found[: len(shown)], []).append(dict(zip(names, found, strict=True)))
    return groups


def rows_of(
    graph: Graph,
    asked: Question,
    groups: Groups,
    held: Mapping[str, str] | None,
    lang: str,
    why: bool,
) -> list[Row]:
    """Return a row for each group of solutions, with its sources.

    Args:
        graph: an opened store or endpoint.
        asked: the question.
        groups: its solutions, as `grouped` has them.
        held: the certainty of each record on the day asked for; None where none was.
        lang: language of labels.
        why: whether rows bring the records behind them.
    """
    flat = [s for group in groups.values() for s in group]
    terms = {s[name] for name in (c.name for c in asked.columns if c.take in ("value", "all")) for s in flat}
    known = labels(graph, {t.value for t in terms if isinstance(t, ox.NamedNode)}, lang)
    shown = {term: cell(term, known) for term in terms}
    read = sources(graph, records(flat), lang)
    told = described(graph, records(flat), lang) if why else {}
    rows = []
    for group in groups.values():
        behind = sorted(records(group))
        cells = {c.name: _cell(c, group, shown) for c in asked.columns}
        if held is not None:
            cells["certainty"] = min(held[r] for r in behind)
        found = [source for r in behind for source in read.get(r, ())]
        rows.append(
            Row(
                cells,
                _best(sorted(found)) if found[1:] else tuple(found),
                tuple(told[r] for r in behind) if why else (),
            )
        )
    return rows


def _best(found: Sequence[Source]) -> tuple[Source, ...]:
    best: dict[tuple[str, str], Source] = {}
    for source in sorted(found, key=lambda s: s.confidence or 0.0):
        known = best.get((source.source, source.locator), source)
        forms = tuple(dict.fromkeys((*known.forms, *source.forms)))
        best[source.source, source.locator] = source if forms == source.forms else replace(source, forms=forms)
    return tuple(sorted(best.values(), key=lambda s: (s.source, s.locator)))


def _cell(column: Column, group: Sequence[Mapping[str, Any]], shown: Mapping[Any, Scalar]) -> Cell:
    if column.take == "count":
        return len(records(group))
    if column.take == "distinct":
        return len({s[column.name] for s in group} - {None})
    if column.take == "value":
        return shown[group[0][column.name]]
    if column.take == "certainty":
        return min((str(s[column.name].value) for s in group if s[column.name] is not None), default=None)
    if column.take == "among":
        fewest = min((int(s[column.name].value) for s in group if s[column.name] is not None), default=0)
        return fewest if fewest > 2 else None
    if column.take == "all":
        found = [shown[t] for t in {s[column.name]: None for s in group} if t is not None]
        return tuple(sorted(found, key=str) if found[1:] else found)
    dates: list[str] = [s[column.name].value for s in group if s[column.name] is not None]
    try:
        return earliest(dates) if column.take == "earliest" else latest(dates)
    except ValueError:
        return min(dates) if column.take == "earliest" else max(dates)
