"""What came of an intake: faults, or what was added, as a table, as Turtle and as a diff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from stdgraph.model.results import Cell, Table, table
from stdgraph.model.vocabulary import RDF, local, short
from stdgraph.services.intake.faults import Fault
from stdgraph.services.intake.planning import Addition, Plan

TYPE = RDF + "type"


@dataclass(frozen=True)
class Intake:
    """What came of filled-in forms: the plan, the files before and after, and whether they were written."""

    plan: Plan
    root: Path
    texts: Mapping[Path, tuple[str, str]] = field(default_factory=dict)
    written: bool = False

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The faults, by cell."""
        return self.plan.faults

    def table(self) -> Table:
        """Return a row for each thing, record and evidence that was added, or got more statements."""
        rows: list[dict[str, Cell]] = [
            {
                "id": short(addition.iri),
                "kind": _kind(addition),
                "file": f"{addition.file}.ttl",
                "row": str(addition.where),
            }
            for addition in self.plan.additions
        ]
        return table(("id", "kind", "file", "row"), rows)

    def turtle(self) -> str:
        """Return all that is added, in block form."""
        from stdgraph.storage.turtle import turtle_of

        return turtle_of(self.plan.triples)

    def diff(self) -> str:
        """Return how the files change, as `diff -u` tells it."""
        from stdgraph.storage.inserting import changes

        return changes(self.texts, self.root)


def _kind(addition: Addition) -> str:
    return next((local(fact.object.value) for fact in addition.facts if fact.predicate == TYPE), "")
