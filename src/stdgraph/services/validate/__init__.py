"""Validation: what the shapes find in the graph or in new files, and where it stands."""

from stdgraph.services.validate.checking import validate
from stdgraph.services.validate.report import Report

__all__ = ["Report", "validate"]
