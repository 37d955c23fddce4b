"""Close files under OWL 2 RL with owlrl alone: `infer.py FILE…`."""

import sys

import owlrl
import rdflib

graph = rdflib.Graph()
for path in sys.argv[1:]:
    graph.parse(path)
owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
print(graph.serialize(format="nt"))
