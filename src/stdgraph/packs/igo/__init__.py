"""The register of memberships of intergovernmental organizations by year, of the Correlates of War project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stdgraph.packs.inputs import FileKind, SourceTitle
from stdgraph.packs.registers import Register

if TYPE_CHECKING:
    from stdgraph.packs.changes import Comparison
    from stdgraph.packs.job import Job


def write(job: Job) -> None:
    """Write the triples of an import; raises PackError where no organization or no membership can be read."""
    from stdgraph.packs.igo import memberships, organizations
    from stdgraph.packs.states import states

    known = organizations.read(job)
    named = states("cow-states", "cow.state")
    spans = memberships.read(job, known, named)
    organizations.check(known, spans)
    core = job.graph(organizations.SOURCE)
    organizations.write(job, known, core)
    memberships.write(job, spans)
    named.write(core)


def comparison() -> Comparison:
    """Return what two snapshots are compared by."""
    from stdgraph.packs.igo.compared import COMPARISON

    return COMPARISON


REGISTER = Register(
    name="igo",
    files=(
        FileKind("organizations", "igo: organizations, as CSV.", is_needed=True),
        FileKind("memberships", "igo: memberships of states with their years, as CSV.", is_needed=True),
    ),
    sources={
        "cow-igo": SourceTitle(
            "Correlates of War, Intergovernmental Organizations, version 3",
            "战争相关因素项目：政府间组织数据，第3版",
        ),
    },
    write=write,
    told=("organizations", "memberships"),
    comparison=comparison,
)
