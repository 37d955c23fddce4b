"""Parse files with rdflib: `parse.py FILE…`."""

import sys

import rdflib

graph = rdflib.Graph()
for path in sys.argv[1:]:
    graph.parse(path)
print(len(graph))
