"""Intake: filled-in forms become blocks in the files of the data, or faults by cell."""

from stdgraph.services.intake.blank import blanks
from stdgraph.services.intake.outcome import Intake
from stdgraph.services.intake.planning import Plan, plan
from stdgraph.services.intake.sheet import Sheet
from stdgraph.services.intake.sheets import sheets
from stdgraph.services.intake.templates import Template, template, templates

__all__ = ["Intake", "Plan", "Sheet", "Template", "blanks", "plan", "sheets", "template", "templates"]
