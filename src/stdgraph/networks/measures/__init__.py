"""Measures of networks: of each node, of communities, of the whole; networkx is the reference for each of them."""

from stdgraph.networks.measures.definitions import MEASURES
from stdgraph.networks.measures.tables import communities_table, definitions_table, metrics, whole_table
from stdgraph.networks.measures.whole import density

__all__ = ["MEASURES", "communities_table", "definitions_table", "density", "metrics", "whole_table"]
