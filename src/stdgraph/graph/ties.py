"""Kinds of ties between actors: both ways or one way, and how many actors stand in the record behind one."""

from __future__ import annotations

from collections.abc import Iterable

from stdgraph.graph.reads import Graph, select

MUTUAL, ONE_WAY = "↔", "→"
"""How an answer prints that a tie holds both ways, or from one to the other only."""

BILATERAL = 2


def kinds_of_ties(graph: Graph) -> dict[str, str]:
    """Return the IRI of each kind of tie and its way: MUTUAL for those of cooperation, else ONE_WAY."""
    found = select(graph, "kinds-of-ties")
    return {row["kind"].value: MUTUAL if row["mutual"].value == "true" else ONE_WAY for row in found}


def parties(graph: Graph, records: Iterable[str]) -> dict[tuple[str, str], int]:
    """Return how many actors each record ties, by the IRIs of the rule and of the record."""
    found = select(graph, "parties-of-records", records)
    return {(row["rule"].value, row["x"].value): int(row["actors"].value) for row in found}


def among(number: int) -> int | None:
    """Return what an answer prints of a number of actors: nothing where they are two."""
    return number if number > BILATERAL else None
