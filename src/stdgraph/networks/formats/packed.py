"""Several tables in one zip, with the manifest: for spreadsheets and R, and for Neo4j."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping

from stdgraph.networks.formats import edge_list
from stdgraph.networks.formats.flat import arcs, flat
from stdgraph.networks.network import NODES, Network

DAY = (1980, 1, 1, 0, 0, 0)
"""The date of all files in a zip: the earliest that it knows. Same input, same bytes."""


def manifest(found: Network) -> bytes:
    """Return what a network was made of, as JSON."""
    return (json.dumps(found.graph, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def tables(found: Network, lang: str = "en", excel: bool = False) -> bytes:
    """Return nodes, edges and records as three tables in a zip, with the manifest."""
    files = {
        "nodes.csv": edge_list.nodes(found, excel),
        "edges.csv": edge_list.edges(found, excel),
        "records.csv": edge_list.records(found, excel),
    }
    return zipped(files | {"manifest.json": manifest(found)})


def neo4j(found: Network, lang: str = "en", excel: bool = False) -> bytes:
    """Return nodes and relationships in a zip, with the headers that `neo4j-admin database import` reads, and the manifest."""
    types = {"first_year": "int", "last_year": "int", "parties": "int", "weight": "double", "bodies": "int"}
    types |= {"expected": "double", "p": "double", "sign": "int"}
    names = [name for name in NODES if name != "kind"]
    rows = (
        [node, *(about.get(name, "") for name in names), about.get("kind", "")]
        for node, about in found.nodes(data=True)
    )
    columns = [name for name in edge_list.edge_columns(found) if not name.endswith("_weights")]
    head = [
        f"{name}:{types.get(name, 'string')}" + ("[]" if name in ("records", "kinds", "layers", "sources") else "")
        for name in columns
    ]
    links = ([a, *(_cell(edge.get(name, "")) for name in columns), b, "TIED_TO"] for a, b, edge in arcs(found))
    files = {
        "nodes.csv": edge_list.table(["id:ID", *names, ":LABEL"], rows),
        "relationships.csv": edge_list.table([":START_ID", *head, ":END_ID", ":TYPE"], links),
    }
    return zipped(files | {"manifest.json": manifest(found)})


def _cell(value: object) -> object:
    return ";".join(str(part).replace(";", ",") for part in value) if isinstance(value, list) else flat(value)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files in a zip, by name, all of one date."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, data in sorted(files.items()):
            packed.writestr(zipfile.ZipInfo(name, DAY), data, zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()
