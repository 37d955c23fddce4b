"""Significance: which ties, likenesses and shapes are more than chance gives; all that is drawn has a seed."""

from stdgraph.networks.significance.backbone import Backbone, Criterion, Pair, backbone
from stdgraph.networks.significance.cug import Chance, cug
from stdgraph.networks.significance.layers import Aligned, Layer, aligned, layer
from stdgraph.networks.significance.mrqap import Regression, Term, mrqap
from stdgraph.networks.significance.qap import Likeness, qap

__all__ = [
    "Aligned",
    "Backbone",
    "Chance",
    "Criterion",
    "Layer",
    "Likeness",
    "Pair",
    "Regression",
    "Term",
    "aligned",
    "backbone",
    "cug",
    "layer",
    "mrqap",
    "qap",
]
