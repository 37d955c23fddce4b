"""Edges, and nodes, as Parquet: lists stay lists, numbers numbers; what the network was made of stands in the file."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from stdgraph.errors import ExtraError
from stdgraph.locale import Phrase
from stdgraph.networks.formats.edge_list import LABELS, edge_columns
from stdgraph.networks.formats.flat import arcs
from stdgraph.networks.network import NODES, Network

KEY = b"stdgraph"
"""Where the metadata of a file hold the manifest."""
TEXTS, WHOLE, FRACTION = (
    ("records", "kinds", "layers", "sources"),
    ("parties", "first_year", "last_year", "bodies", "sign"),
    ("weight", "expected", "p"),
)
WEIGHTS = ("kind_weights", "year_weights")


def edges(found: Network, lang: str = "en", excel: bool = False) -> bytes:
    """Return the edges of a network, with the labels of both ends.

    Raises:
        ExtraError: pyarrow is not installed.
    """
    ends = [(end, label) for end in ("source", "target") for label in LABELS]
    names = edge_columns(found)
    rows = []
    for a, b, edge in arcs(found):
        near = {"source": found.nodes[a], "target": found.nodes[b]}
        labels = {f"{end}_{label}": near[end].get(label) for end, label in ends}
        rows.append({"source": a, "target": b, **labels, **{name: edge.get(name) for name in names}})
    return _written(found, ["source", "target", *(f"{end}_{label}" for end, label in ends), *names], rows)


def nodes(found: Network, lang: str = "en", excel: bool = False) -> bytes:
    """Return the nodes of a network.

    Raises:
        ExtraError: pyarrow is not installed.
    """
    names = [name for name in NODES if name != "side" or found.graph.get("mode") == "two-mode"]
    rows = [{"id": node, **{name: about.get(name) for name in names}} for node, about in found.nodes(data=True)]
    return _written(found, ["id", *names], rows)


def _written(found: Network, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise ExtraError(what=Phrase("Parquet files"), extra="parquet") from None
    fields = [pa.field(name, _type(pa, name)) for name in columns]
    told = {KEY: json.dumps(found.graph, ensure_ascii=False, sort_keys=True).encode()}
    data = {name: [_value(name, row[name]) for row in rows] for name in columns}
    out = io.BytesIO()
    pq.write_table(pa.table(data, schema=pa.schema(fields, metadata=told)), out, compression="zstd", version="2.6")
    return out.getvalue()


def _type(pa: Any, name: str) -> Any:
    if name in TEXTS:
        return pa.list_(pa.string())
    if name in WEIGHTS:
        return pa.map_(pa.string(), pa.float64())
    return pa.int64() if name in WHOLE else pa.float64() if name in FRACTION else pa.string()


def _value(name: str, value: Any) -> Any:
    """Return a value as its column holds it: weights of kinds as pairs."""
    return sorted(value.items()) if name in WEIGHTS and value is not None else value
