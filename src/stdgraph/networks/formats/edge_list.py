"""The list of edges as CSV, with the labels of both ends; the tables of nodes, edges and records that the zip holds."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from stdgraph.model import escape
from stdgraph.networks.formats.flat import arcs, flat
from stdgraph.networks.network import EDGES, NODES, TESTED, Network

LABELS = ("label_en", "label_zh")


def written(found: Network, lang: str = "en", excel: bool = False) -> bytes:
    """Return the edges of a network as CSV; with `excel`, as Excel reads it."""
    ends = [f"{end}_{label}" for end in ("source", "target") for label in LABELS]
    names = edge_columns(found)
    rows = (
        [a, b, *(found.nodes[n].get(name, "") for n in (a, b) for name in LABELS), *_cells(edge, names)]
        for a, b, edge in arcs(found)
    )
    return table(["source", "target", *ends, *names], rows, excel)


def nodes(found: Network, excel: bool = False) -> bytes:
    """Return the nodes of a network as CSV."""
    names = [name for name in NODES if name != "side" or found.graph.get("mode") == "two-mode"]
    return table(["id", *names], ([node, *_cells(about, names)] for node, about in found.nodes(data=True)), excel)


def edges(found: Network, excel: bool = False) -> bytes:
    """Return the edges of a network as CSV, by the ids of their ends."""
    names = edge_columns(found)
    return table(["source", "target", *names], ([a, b, *_cells(e, names)] for a, b, e in arcs(found)), excel)


def records(found: Network, excel: bool = False) -> bytes:
    """Return the records behind the edges as CSV, one a row, with the ends of the edge."""
    rows = ([a, b, record] for a, b, edge in arcs(found) for record in edge.get("records", ()))
    return table(["source", "target", "record"], rows, excel)


def edge_columns(found: Network) -> list[str]:
    """Return the attributes that edges have as columns: all of them, or those of a projection or a backbone."""
    if found.graph.get("mode") == "backbone":
        return ["weight", *(name for name in TESTED if name != "sign" or found.graph.get("tail") == "both")]
    return ["weight", "bodies"] if found.graph.get("mode") == "projection" else list(EDGES)


def table(head: Sequence[str], rows: Iterable[Sequence[Any]], excel: bool = False) -> bytes:
    """Return rows as CSV."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    for row in rows:
        writer.writerow([escape.spreadsheet(str(cell)) for cell in row] if excel else row)
    return out.getvalue().encode("utf-8-sig" if excel else "utf-8")


def _cells(about: dict[str, Any], names: Sequence[str]) -> list[Any]:
    return [flat(about.get(name, "")) for name in names]
