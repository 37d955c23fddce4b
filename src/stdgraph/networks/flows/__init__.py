"""Communities through time: which goes on as which, who moves from one to another, as tables and as a picture."""

from stdgraph.networks.flows.alluvial import picture
from stdgraph.networks.flows.following import Flow, Flows, Stage, followed
from stdgraph.networks.flows.tables import LISTS, caveats, table

__all__ = ["LISTS", "Flow", "Flows", "Stage", "caveats", "followed", "picture", "table"]
