"""What GraphML lets stand where, after its schema: the children of each element, its attributes, what must be one of a kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from gexf import misfits

SPACE = "{http://graphml.graphdrawing.org/xmlns}"
TOKEN = "[A-Za-z0-9._:\\u4e00-\\u9fa5-]+"
BOOLEAN = "true|false|0|1"
CHILDREN: dict[str, str] = {
    "graphml": "(desc )?(key )*((graph|data) )*",
    "key": "(desc )?(default )?",
    "graph": "(desc )?((data|node|edge) )*",
    "node": "(desc )?(data )*(graph )?",
    "edge": "(desc )?(data )*(graph )?",
}
"""The children of an element, in order; an element that is not named has none."""
ATTRIBUTES: dict[str, dict[str, str]] = {
    "graphml": {"{http://www.w3.org/2001/XMLSchema-instance}schemaLocation?": ".*"},
    "key": {
        "id": TOKEN,
        "for?": "all|graphml|graph|node|edge|hyperedge|port|endpoint",
        "dynamic?": BOOLEAN,
        "attr.name?": TOKEN,
        "attr.type?": "boolean|int|long|float|double|string",
    },
    "graph": {"id?": TOKEN, "edgedefault": "directed|undirected"},
    "node": {"id": TOKEN},
    "edge": {"id?": TOKEN, "directed?": BOOLEAN, "source": TOKEN, "target": TOKEN},
    "data": {"key": TOKEN, "time?": r"-?\d+", "id?": TOKEN},
}
"""The attributes of an element and what their values match; `?`: it may be absent."""
TYPES = {
    "boolean": BOOLEAN,
    "int": r"-?\d+",
    "long": r"-?\d+",
    "double": r"-?\d+(\.\d+)?(e[+-]?\d+)?",
    "string": "(?s).*",
}
"""What a value of a type is written like."""


def faults(data: bytes) -> list[str]:
    """Return what in a file the schema does not allow; none, if it is valid."""
    root = ET.fromstring(data)
    return [fault for element in root.iter() for fault in _of(element)] + list(_together(root))


def _of(element: ET.Element) -> Iterator[str]:
    yield from misfits(element, SPACE, CHILDREN, ATTRIBUTES)
    name = element.tag.removeprefix(SPACE)
    if name not in ("data", "default", "desc") and (element.text or "").strip():
        yield f"{name}: a text"
    keys = Counter((child.get("key"), child.get("time", "0")) for child in element if child.tag == f"{SPACE}data")
    yield from (f"{name}: {key} twice" for (key, _), number in keys.items() if number > 1)


def _together(root: ET.Element) -> Iterator[str]:
    """Yield ids that are not one of a kind, references that lead nowhere, values that are not of their key's type."""
    for name in ("key", "graph", "node", "edge"):
        ids = Counter(one.get("id") for one in root.iter(f"{SPACE}{name}") if one.get("id"))
        yield from (f"{name} {one} twice" for one, number in ids.items() if number > 1)
    nodes = {node.get("id") for node in root.iter(f"{SPACE}node")}
    for edge in root.iter(f"{SPACE}edge"):
        yield from (f"edge to {edge.get(end)}" for end in ("source", "target") if edge.get(end) not in nodes)
    types = {key.get("id"): key.get("attr.type", "string") for key in root.iter(f"{SPACE}key")}
    for data in root.iter(f"{SPACE}data"):
        if data.get("key") not in types:
            yield f"data of {data.get('key')}"
        elif not re.fullmatch(TYPES.get(types[data.get("key")], "(?s).*"), data.text or "", re.IGNORECASE):
            yield f"{data.get('key')}: {data.text} is no {types[data.get('key')]}"
