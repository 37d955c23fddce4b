"""Each form reads back by a foreign reader to the same network, tells what it was made of, and has the same bytes again."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

import igraph
import networkx as nx
import pytest
from ndex2.cx2 import CX2Network

import gexf
import graphml
import stdgraph
from stdgraph.networks.formats import FORMATS, export
from stdgraph.networks.network import EDGES, NODES, Network
from stdgraph.networks.views import views

Shape = tuple[set[str], set[tuple[str, str, float]]]
VIEWS = ("cooperation", "one-way", "membership")
PAIR = {"country/CN", "country/GB"}


def shape(found: nx.Graph) -> Shape:
    """Return nodes and edges with their weights; the ends of an undirected edge in one order."""
    edges = [(str(a), str(b), float(w)) for a, b, w in found.edges(data="weight")]
    return set(map(str, found)), {e if found.is_directed() else (min(e[:2]), max(e[:2]), e[2]) for e in edges}


def named(found: nx.Graph) -> nx.Graph:
    """Return a network whose nodes have the names that they bear as an attribute."""
    return nx.relabel_nodes(found, dict(found.nodes(data="name")))


def by_igraph(form: str, name: str) -> Callable[[bytes, Path], nx.Graph]:
    def read(data: bytes, folder: Path) -> nx.Graph:
        path = folder / f"network.{form}"
        path.write_bytes(data)
        found = igraph.Graph.Read(str(path), format=form)
        names = found.vs[name]
        again = nx.DiGraph() if found.is_directed() else nx.Graph()
        again.add_nodes_from(names)
        again.add_edges_from((names[e.source], names[e.target], {"weight": e["weight"]}) for e in found.es)
        return again

    return read


def tables(data: bytes, folder: Path) -> nx.Graph:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        nodes, edges = (
            list(csv.DictReader(io.TextIOWrapper(packed.open(name), "utf-8"))) for name in ("nodes.csv", "edges.csv")
        )
        mode = json.loads(packed.read("manifest.json"))["mode"]
    found = nx.DiGraph() if mode == "directed" else nx.Graph()
    found.add_nodes_from(row["id"] for row in nodes)
    found.add_edges_from((row["source"], row["target"], {"weight": float(row["weight"])}) for row in edges)
    return found


def elements(data: bytes, folder: Path) -> nx.Graph:
    told = json.loads(data)
    for node in told["elements"]["nodes"]:
        node["data"]["value"] = node["data"]["id"]  # networkx writes it so
    found = nx.cytoscape_graph(told | {"directed": told["data"]["directed"], "multigraph": False, "data": []})
    return nx.relabel_nodes(found, {n: about["id"] for n, about in found.nodes(data=True)})


def by_ndex(data: bytes, folder: Path) -> nx.Graph:
    told = CX2Network()
    told.create_from_raw_cx2(json.loads(data))
    names = {node["id"]: node["v"]["represents"] for node in told.get_nodes().values()}
    found = nx.DiGraph() if told.get_network_attributes()["directed"] else nx.Graph()
    found.add_nodes_from(names.values())
    found.add_edges_from(
        (names[edge["s"]], names[edge["t"]], {"weight": edge["v"]["weight"]}) for edge in told.get_edges().values()
    )
    return found


def pajek_ids(found: Network) -> Callable[[bytes, Path], nx.Graph]:
    """Pajek knows numbers and labels alone: read it by number, the ids in the order of the network."""

    def read(data: bytes, folder: Path) -> nx.Graph:
        lines = data.decode().splitlines()
        start = next(at for at, line in enumerate(lines) if line in ("*Edges", "*Arcs"))
        again = nx.DiGraph() if lines[start] == "*Arcs" else nx.Graph()
        names = list(found)
        again.add_nodes_from(names)
        for line in lines[start + 1 :]:
            a, b, weight = line.split()
            again.add_edge(names[int(a) - 1], names[int(b) - 1], weight=float(weight))
        return again

    return read


READERS: dict[str, Callable[[bytes, Path], nx.Graph]] = {
    "graphml by networkx": lambda data, _: named(nx.read_graphml(io.BytesIO(data))),
    "graphml by igraph": by_igraph("graphml", "name"),
    "gexf by networkx": lambda data, _: nx.read_gexf(io.BytesIO(data)),
    "gml by networkx": lambda data, _: nx.read_gml(io.BytesIO(data)),
    "json by networkx": lambda data, _: nx.node_link_graph(json.loads(data), edges="edges"),
    "zip by csv": tables,
    "cyjs by networkx": elements,
    "cx2 by ndex2": by_ndex,
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("view", VIEWS)
def test_a_foreign_reader_finds_the_same_network(
    view: str, reader: str, repository: stdgraph.Graph, tmp_path: Path
) -> None:
    found = repository.network(view)
    again = READERS[reader](export(found, reader.split()[0]), tmp_path)
    assert again.is_directed() == found.is_directed()
    assert shape(again) == shape(found)


@pytest.mark.parametrize("view", list(views()))
def test_graphml_is_as_its_schema_says(view: str, repository: stdgraph.Graph) -> None:
    for found in (repository.network(view), *repository.networks(view).values()):
        assert graphml.faults(export(found, "graphml")) == []


@pytest.mark.parametrize(
    ("whole", "broken", "told"),
    [
        ('id="country:CN"', 'id="country/CN"', "node id=country/CN"),
        ('edgedefault="undirected"', "", "graph: no edgedefault"),
        ('target="country:GB"', 'target="country:XX"', "edge to country:XX"),
        ('attr.type="string"', 'attr.type="text"', "key attr.type=text"),
        ("<edge ", "<tie/><edge ", "graph: "),
    ],
)
def test_what_the_schema_does_not_allow_is_seen(whole: str, broken: str, told: str, repository: stdgraph.Graph) -> None:
    data = export(repository.network(bilateral=True), "graphml").decode()
    assert any(told in fault for fault in graphml.faults(data.replace(whole, broken, 1).encode()))


@pytest.mark.parametrize("view", VIEWS)
def test_pajek_has_the_same_edges_and_igraph_reads_it(view: str, repository: stdgraph.Graph, tmp_path: Path) -> None:
    found = repository.network(view)
    data = export(found, "pajek")
    assert shape(pajek_ids(found)(data, tmp_path)) == shape(found)
    path = tmp_path / "network.net"
    path.write_bytes(b"\n".join(line for line in data.splitlines() if not line.startswith(b"%")) + b"\n")
    again = igraph.Graph.Read_Pajek(str(path))
    assert (again.vcount(), again.ecount()) == (len(found), found.size())


@pytest.mark.parametrize("view", VIEWS)
def test_gexf_is_as_its_schema_says(view: str, repository: stdgraph.Graph) -> None:
    data = export(repository.network(view), "gexf")
    assert gexf.faults(data) == []
    assert gexf.faults(data.replace(b"<meta>", b"<graph>").replace(b"</meta>", b"</graph>"))
    assert gexf.faults(data.replace(b' source="', b' from="'))


def test_gexf_tells_the_weight_of_each_year(repository: stdgraph.Graph) -> None:
    found = repository.network(bilateral=True)
    tree = ET.fromstring(export(found, "gexf"))
    edges = [e for e in tree.iter(f"{gexf.SPACE}edge") if {e.get("source"), e.get("target")} == PAIR]
    weights = [
        (value.get("start"), value.get("end"), float(value.get("value", "")))
        for value in edges[0].iter(f"{gexf.SPACE}attvalue")
        if value.get("for") == "weight"
    ]
    told = found["country/CN"]["country/GB"]["year_weights"]
    assert weights == [(years[:4], years[-4:], weight) for years, weight in told.items()] != []


HERE = [
    pytest.param(form, marks=pytest.mark.skipif(not find_spec("pyarrow"), reason="pip install stdgraph[parquet]"))
    if form == "parquet"
    else form
    for form in FORMATS
]
"""All forms; what needs a library that is not here is skipped."""
SCHEMAS = {"graphml": graphml.faults, "gexf": gexf.faults}


@pytest.mark.parametrize("form", HERE)
def test_a_network_of_any_shape_is_written(form: str) -> None:
    for kind in (nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph):
        one = kind(view="cooperation", mode="mutual", left_out={})
        for shaped in (
            one,
            _with(one, ["a"]),
            _with(one, ["a", "b", 'c "quoted" <中文>']),
            _with(one, ["a", "b"], [("a", "b")]),
            _with(one, ["a", "b", "c", "d"], [("a", "b"), ("c", "d"), ("a", "a"), ("a", "b")]),
        ):
            data = export(shaped, form)
            assert isinstance(data, bytes)
            assert form not in SCHEMAS or SCHEMAS[form](data) == []


@pytest.mark.parametrize("form", [name for name in FORMATS if not FORMATS[name].loses and name != "parquet"])
def test_an_edge_of_a_backbone_bears_what_was_expected_its_p_and_its_sign(form: str) -> None:
    one = _with(nx.Graph(mode="backbone", tail="both", left_out={}), ["a", "b"], [("a", "b")])
    one["a"]["b"].update(expected=0.1234567, p=0.0456789, sign=-1)
    data = export(one, form)
    if data.startswith(b"PK"):
        packed = zipfile.ZipFile(io.BytesIO(data))
        data = b"".join(packed.read(name) for name in packed.namelist())
    assert all(value in data for value in (b"0.1234567", b"0.0456789", b"-1", b"sign"))


def _with(found: Network, nodes: list[str], edges: list[tuple[str, str]] = []) -> Network:  # noqa: B006 (not changed)
    copy = found.copy()
    copy.add_nodes_from((n, {"iri": f"https://w3id.org/stdgraph/id/{n}"}) for n in nodes)
    copy.add_edges_from(edges, weight=1)
    return copy


@pytest.mark.parametrize("form", [form for form, about in FORMATS.items() if about.tells])
def test_a_file_tells_what_it_was_made_of(form: str, repository: stdgraph.Graph) -> None:
    data = export(repository.network(bilateral=True), form)
    if form == "parquet":
        parquet = pytest.importorskip("pyarrow.parquet", reason="pip install stdgraph[parquet]")
        data = parquet.read_schema(io.BytesIO(data)).metadata[b"stdgraph"]
    if form in ("zip", "neo4j"):
        data = zipfile.ZipFile(io.BytesIO(data)).read("manifest.json")
    text = data.decode()
    assert repository.data
    assert all(part in text for part in ("cooperation", repository.data, "CC-BY-4.0"))


@pytest.mark.parametrize("view", [*VIEWS, "co-membership"])
def test_pandas_reads_parquet_to_the_same_network(view: str, repository: stdgraph.Graph) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow", reason="pip install stdgraph[parquet]")
    found = repository.network(view)
    nodes, edges = (
        pandas.read_parquet(io.BytesIO(write(found)), dtype_backend="pyarrow")
        for write in (FORMATS["parquet"].beside["nodes"], lambda one: export(one, "parquet"))
    )
    kind = nx.DiGraph if found.is_directed() else nx.Graph
    again = nx.from_pandas_edgelist(edges, edge_attr=True, create_using=kind)
    again.add_nodes_from(nodes["id"])
    assert shape(again) == shape(found)
    for node in nodes.to_dict("records"):
        about = {name: value for name, value in node.items() if name != "id" and not pandas.isna(value)}
        assert about == found.nodes[node["id"]]
    for edge in edges.to_dict("records"):
        kept = found.edges[edge["source"], edge["target"]]
        for name, value in kept.items():
            told = dict(edge[name]) if isinstance(value, dict) else edge[name]
            assert (list(told) if isinstance(value, list) else told) == value


def test_names_of_attributes_are_the_same_in_all_forms(repository: stdgraph.Graph) -> None:
    found = repository.network("membership")
    told = nx.read_graphml(io.BytesIO(export(found, "graphml")))
    assert {key for _, about in told.nodes(data=True) for key in about} - {"label", "name"} <= set(NODES)
    assert {key for *_, edge in told.edges(data=True) for key in edge} <= {*EDGES, "id"}
    with zipfile.ZipFile(io.BytesIO(export(found, "zip"))) as packed:
        assert packed.read("nodes.csv").decode().splitlines()[0] == ",".join(["id", *NODES])
        assert packed.read("edges.csv").decode().splitlines()[0] == ",".join(["source", "target", *EDGES])


DIGESTS = """
import hashlib, sys, stdgraph
from importlib.util import find_spec
from stdgraph.networks.formats import FORMATS, export
graph = stdgraph.open(data=[sys.argv[1]])
for view in ("cooperation", "membership", "one-way"):
    for form in FORMATS:
        if form == "parquet" and not find_spec("pyarrow"):
            continue
        print(view, form, hashlib.sha256(export(graph.network(view), form)).hexdigest())
"""


def test_the_same_bytes_whatever_the_order_of_hashes(tmp_path: Path) -> None:
    tiny = str(Path(__file__).parents[1] / "cases" / "tiny.ttl")
    runs = {
        subprocess.run(
            [sys.executable, "-c", DIGESTS, tiny],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(runs) == 1
