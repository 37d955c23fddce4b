"""Hostile labels in every form of a network, read by somebody else: networkx, an XML parser, json, csv."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest

from hostile.labels import TEXTS, by_id, in_xml, steering
from stdgraph.networks.formats import FORMATS


def read_graphml(data: bytes) -> None:
    ElementTree.fromstring(data)
    found = nx.parse_graphml(data.decode())
    assert {n: d["label_en"] for _, d in found.nodes(data=True) if (n := d["name"]) in TEXTS} == {
        n: in_xml(t) for n, t in TEXTS.items()
    }


def read_gexf(data: bytes) -> None:
    ElementTree.fromstring(data)
    found = nx.read_gexf(io.BytesIO(data))
    labels = {n: d["label"] for n, d in found.nodes(data=True) if n in TEXTS}
    assert {n: " ".join(t.split()) for n, t in labels.items()} == {
        n: " ".join(in_xml(t).split()) for n, t in TEXTS.items()
    }


def read_gml(data: bytes) -> None:
    text = data.decode("ascii")
    assert not re.search(r"&#(34|38);", text)
    found = nx.parse_gml(text)
    assert {n: d["labelen"] for n, d in found.nodes(data=True) if n in TEXTS} == {
        n: in_xml(t) for n, t in TEXTS.items()
    }


def read_network_json(data: bytes) -> None:
    found = json.loads(data)
    assert {n["id"]: n["label_en"] for n in found["nodes"] if n["id"] in TEXTS} == TEXTS


def read_network_csv(data: bytes) -> None:
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True))
    assert by_id(rows, "target", "target_label_en") | by_id(rows, "source", "source_label_en") == TEXTS


def read_tables(name: str, key: str) -> Callable[[bytes], None]:
    def read(data: bytes) -> None:
        text = zipfile.ZipFile(io.BytesIO(data)).read(name).decode()
        rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
        assert by_id(rows, key, "label_en") == TEXTS

    return read


def read_elements(data: bytes) -> None:
    nodes = [node["data"] for node in json.loads(data)["elements"]["nodes"]]
    assert {n["id"]: n["name"] for n in nodes if n["id"] in TEXTS} == TEXTS


def read_cx2(data: bytes) -> None:
    nodes = [n["v"] for aspect in json.loads(data) for n in aspect.get("nodes", ())]
    assert {n["represents"]: n["name"] for n in nodes if n["represents"] in TEXTS} == TEXTS


def read_graphology(data: bytes) -> None:
    nodes = json.loads(data)["nodes"]
    assert {n["key"]: n["attributes"]["label"] for n in nodes if n["key"] in TEXTS} == TEXTS


def read_items(data: bytes) -> None:
    items = json.loads(data)["network"]["items"]
    assert {n["description"]: n["label"] for n in items if n["description"] in TEXTS} == TEXTS


def read_parquet(data: bytes) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pip install stdgraph[parquet]")
    rows = parquet.read_table(io.BytesIO(data)).to_pylist()
    assert by_id(rows, "target", "target_label_en") | by_id(rows, "source", "source_label_en") == TEXTS


def read_lines(escaped: bool) -> Callable[[bytes], None]:
    """Each node and each edge is one line, in which nothing steers, and whose quotation marks are two by two."""

    def read(data: bytes) -> None:
        text = data.decode().replace("\r\n", "\n")
        assert steering(text) == []
        plain = re.sub(r'\\[\\"]', "", text) if escaped else text
        assert all(line.count('"') % 2 == 0 for line in plain.split("\n"))

    return read


NETWORKS = {
    "zip": read_tables("nodes.csv", "id"),
    "neo4j": read_tables("nodes.csv", "id:ID"),
    "cyjs": read_elements,
    "cx2": read_cx2,
    "graphology": read_graphology,
    "vosviewer": read_items,
    "pajek": read_lines(False),
    "dl": read_lines(False),
    "dot": read_lines(True),
    "graphml": read_graphml,
    "gexf": read_gexf,
    "gml": read_gml,
    "json": read_network_json,
    "csv": read_network_csv,
    "parquet": read_parquet,
}


@pytest.mark.parametrize("form", NETWORKS)
def test_a_network_in_each_form(told: Callable[..., str], tmp_path: Path, form: str) -> None:
    path = tmp_path / f"network.{form}"
    told("network", "export", "-f", form, "-o", str(path))
    NETWORKS[form](path.read_bytes())


def test_every_form_of_a_network_has_a_reader() -> None:
    assert NETWORKS.keys() == set(FORMATS)
