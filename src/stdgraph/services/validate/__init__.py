"""Validation: what the shapes find in the graph, in new files or in a change, and where it stands."""

from stdgraph.services.validate.change import Change
from stdgraph.services.validate.checking import judge, validate
from stdgraph.services.validate.report import Report
from stdgraph.services.validate.rules import explained
from stdgraph.services.validate.since import since

__all__ = ["Change", "Report", "explained", "judge", "since", "validate"]
