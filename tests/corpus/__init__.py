"""Faults that stewards make, planted one each into real blocks of the data: kinds, planting, measuring.

`kinds.py` holds the forms in which a kind is written, a file for each group the kinds themselves; `planting.py` plants
them, `judging.py` asks `stdgraph validate` and pySHACL. `python tests/faults.py` prints what they find.
"""
