"""Data packs: registers imported as snapshots, listed, compared, counted."""

from stdgraph.packs.adding import Added, Inputs, add
from stdgraph.packs.changes import diff
from stdgraph.packs.held import counts, listing, remove

__all__ = ["Added", "Inputs", "add", "counts", "diff", "listing", "remove"]
