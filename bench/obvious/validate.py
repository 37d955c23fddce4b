"""Validate files with pySHACL alone, as stdgraph calls it: `validate.py SHAPES FILE…` (SHAPES is a folder)."""

import sys
from pathlib import Path

import pyshacl
import rdflib

shapes = rdflib.Graph()
for path in sorted(Path(sys.argv[1]).glob("*.ttl")):
    shapes.parse(path)
graph = rdflib.Graph()
for name in sys.argv[2:]:
    graph.parse(name)
_, _, text = pyshacl.validate(graph, shacl_graph=shapes, inference="none", advanced=False, allow_infos=True)
print(text)
