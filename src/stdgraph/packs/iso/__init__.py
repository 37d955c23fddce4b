"""The register of ISO: committees, members, standards and the classification, from its open data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stdgraph.locale import Phrase
from stdgraph.packs.inputs import FileKind, SourceTitle
from stdgraph.packs.registers import Register

if TYPE_CHECKING:
    from stdgraph.model.results import Table
    from stdgraph.packs.changes import Comparison
    from stdgraph.packs.job import Job


def write(job: Job) -> None:
    """Write the triples of an import; raises PackError where no committee can be read."""
    from stdgraph.packs.iso import committees, ics, seats, standards
    from stdgraph.packs.iso.bodies import Bodies

    register = next(map(committees.read, job.sources("committees")))
    if not register.committees:
        raise job.refuse("committees", Phrase("committee"))
    bodies = Bodies()
    for source in job.sources("members"):
        bodies.read_countries(source)
    seats.write(job, register, bodies)
    classes = ics.write(job) if job.paths("ics") else set()
    if job.paths("standards"):
        standards.write(job, {c.reference: c.iri for c in register.committees.values()}, classes)


def comparison() -> Comparison:
    """Return what two snapshots are compared by."""
    from stdgraph.packs.iso.compared import COMPARISON

    return COMPARISON


def count(graph: Any, **asked: Any) -> Table:
    """Return counts of standards; see `stdgraph.packs.iso.counts.counts`."""
    from stdgraph.packs.iso.counts import counts

    return counts(graph, **asked)


REGISTER = Register(
    name="iso",
    files=(
        FileKind("committees", "Committees, as JSON Lines or CSV.", is_needed=True),
        FileKind("standards", "Standards; may be given repeatedly.", is_many=True),
        FileKind("ics", "The classification for standards, as CSV."),
        FileKind("members", "Which member stands for which country, as CSV."),
    ),
    sources={
        "iso-open-data": SourceTitle(
            "ISO Open Data, technical committees",
            "国际标准化组织开放数据：技术委员会",
        ),
        "iso-open-data-ics": SourceTitle(
            "ISO Open Data, International Classification for Standards",
            "国际标准化组织开放数据：国际标准分类法",
        ),
        "iso-open-data-deliverables": SourceTitle(
            "ISO Open Data, deliverables",
            "国际标准化组织开放数据：标准文件",
        ),
        "relaton-catalogues": SourceTitle(
            "Catalogues of ISO and IEC as the Relaton project has them",
            "Relaton 项目整理的 ISO 与 IEC 目录",
            is_licensed=False,
        ),
    },
    write=write,
    told=("committees", "bodies", "standards"),
    comparison=comparison,
    optional=frozenset(("classes", "standards")),
    count=count,
)
