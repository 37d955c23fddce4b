"""Data packs: registers imported as snapshots, listed, compared, counted."""

from stdgraph.services.pack.adding import Added, Inputs, add
from stdgraph.services.pack.changes import diff
from stdgraph.services.pack.held import counts, listing, remove

__all__ = ["Added", "Inputs", "add", "counts", "diff", "listing", "remove"]
