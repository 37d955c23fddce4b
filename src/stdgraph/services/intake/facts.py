"""What is stated, each with the cell that states it."""

from __future__ import annotations

from typing import NamedTuple

import pyoxigraph as ox

from stdgraph.services.intake.faults import Where

Term = ox.NamedNode | ox.Literal


class Fact(NamedTuple):
    """A statement: the IRIs of subject and property, and the value."""

    subject: str
    predicate: str
    object: Term

    @property
    def triple(self) -> ox.Triple:
        """The statement as a triple."""
        return ox.Triple(ox.NamedNode(self.subject), ox.NamedNode(self.predicate), self.object)

    @property
    def tag(self) -> str | None:
        """The language of a text."""
        return getattr(self.object, "language", None)


Facts = dict[Fact, Where]
