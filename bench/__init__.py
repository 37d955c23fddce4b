"""Benchmarks: stdgraph beside the obvious stack, in the same run; `python -m bench` prints one table of ratios."""
