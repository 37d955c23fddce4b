"""Reads of any graph, embedded or remote: labels, evidence, what held on a day; their queries are `queries/reads/`."""
