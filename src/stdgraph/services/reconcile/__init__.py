"""Reconciling: names to ids, duplicates inside a graph, and what persons judged of both."""

from stdgraph.services.reconcile.columns import entries
from stdgraph.services.reconcile.judging import judge
from stdgraph.services.reconcile.pairs import duplicates
from stdgraph.services.reconcile.tables import names_as_sssom, names_table, pairs_as_sssom, pairs_table, reconcile

__all__ = [
    "duplicates",
    "entries",
    "judge",
    "names_as_sssom",
    "names_table",
    "pairs_as_sssom",
    "pairs_table",
    "reconcile",
]
