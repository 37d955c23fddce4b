"""What changed between two versions of the graph, and the way from one to the other."""

from stdgraph.services.diff.changes import apply, diff

__all__ = ["apply", "diff"]
