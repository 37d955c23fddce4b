"""What GEXF 1.3 lets stand where, after its schema: the children of each element, its attributes, their values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

SPACE = "{http://gexf.net/1.3}"
TIME = r"-?\d+|-?\d+\.\d+|\d{4}-\d\d-\d\d(T[\d:.Z+-]+)?"
TYPES = "integer|long|double|float|boolean|bigdecimal|biginteger|byte|char|short|string|anyURI"
EDGE_TYPE = "directed|undirected|mutual"
NUMBER = r"-?\d+(\.\d+)?(e-?\d+)?"
SPAN = {"start?": TIME, "end?": TIME}
CHILDREN: dict[str, str] = {
    "gexf": "(meta )?graph ",
    "meta": "((creator|keywords|description) )*",
    "graph": "(attributes )*nodes edges ",
    "attributes": "(attribute )*",
    "nodes": "(node )*",
    "edges": "(edge )*",
    "node": "(attvalues )?",
    "edge": "(attvalues )?",
    "attvalues": "(attvalue )*",
}
"""The children of an element, in order; an element that is not named has none."""
ATTRIBUTES: dict[str, dict[str, str]] = {
    "gexf": {"version": r"1\.3", "variant?": ".*"},
    "meta": {"lastmodifieddate?": r"\d{4}-\d\d-\d\d"},
    "graph": {
        "defaultedgetype?": EDGE_TYPE,
        "idtype?": "integer|string",
        "mode?": "static|dynamic|slice",
        "timeformat?": "integer|double|date|dateTime",
        "timerepresentation?": "interval|timestamp",
        **SPAN,
    },
    "attributes": {"class": "node|edge", "mode?": "static|dynamic"},
    "attribute": {"id": ".+", "title": ".*", "type": f"(list)?({TYPES})"},
    "nodes": {"count?": r"\d+"},
    "edges": {"count?": r"\d+"},
    "node": {"id": ".+", "label?": "(?s).*", **SPAN},
    "edge": {"id?": ".+", "source": ".+", "target": ".+", "type?": EDGE_TYPE, "label?": "(?s).*", "weight?": NUMBER}
    | SPAN
    | {"kind?": "(?s).*"},
    "attvalue": {"for": ".+", "value": "(?s).*", **SPAN},
}
"""The attributes of an element and what their values match; `?`: it may be absent."""


def faults(data: bytes) -> list[str]:
    """Return what in a file the schema does not allow; none, if it is valid."""
    return [fault for one in ET.fromstring(data).iter() for fault in misfits(one, SPACE, CHILDREN, ATTRIBUTES)]


def misfits(
    element: ET.Element, space: str, children: Mapping[str, str], attributes: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    """Yield what of an element a description of a schema does not allow: its name, its children in their order, its attributes."""
    name = element.tag.removeprefix(space)
    found = "".join(f"{child.tag.removeprefix(space)} " for child in element)
    if not element.tag.startswith(space) or not re.fullmatch(children.get(name, ""), found):
        yield f"{name}: {found or 'nothing'}"
    allowed = attributes.get(name, {})
    for missing in {key for key in allowed if not key.endswith("?")} - element.attrib.keys():
        yield f"{name}: no {missing}"
    for key, value in element.attrib.items():
        pattern = allowed.get(key, allowed.get(f"{key}?"))
        if pattern is None or not re.fullmatch(pattern, value):
            yield f"{name} {key}={value}"
