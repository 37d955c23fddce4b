"""Parse files with rdflib, run one query, print its rows: `ask.py QUERY FILE…`."""

import sys
from pathlib import Path

import rdflib

graph = rdflib.Graph()
for path in sys.argv[2:]:
    graph.parse(path)
for row in graph.query(Path(sys.argv[1]).read_text("utf-8")):
    print(row)
