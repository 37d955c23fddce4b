"""Pictures of networks: where nodes stand, how they look, which labels have room, and the file; the same bytes each time."""

from stdgraph.networks.plots.sheets import Asked, Picture, sheet, sheets

__all__ = ["Asked", "Picture", "sheet", "sheets"]
