"""Imports one snapshot of a register into the user's data directory."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from stdgraph.errors import PackError, ParameterError
from stdgraph.model.identifiers import ics_iri
from stdgraph.model.vocabulary import DCTERMS, SRC
from stdgraph.packs import snapshots
from stdgraph.packs.iso import committees, ics, standards
from stdgraph.packs.iso.bodies import Bodies, curated_countries
from stdgraph.packs.read import Source, Tick
from stdgraph.packs.report import Report, check_counts
from stdgraph.packs.snapshots import Draft, Snapshot
from stdgraph.packs.triples import TYPE, Lines, iri, literal, term

REGISTER = "iso"
DAY = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
CORE_LEVEL, BULK_LEVEL = 6, 1
"""How hard to compress: the core is small and read often, the standards are many and written once."""

TITLES = {
    "iso-open-data": {"en": "ISO Open Data, technical committees", "zh-Hans": "国际标准化组织开放数据：技术委员会"},
    "iso-open-data-ics": {
        "en": "ISO Open Data, International Classification for Standards",
        "zh-Hans": "国际标准化组织开放数据：国际标准分类法",
    },
    "iso-open-data-deliverables": {"en": "ISO Open Data, deliverables", "zh-Hans": "国际标准化组织开放数据：标准文件"},
    "relaton-catalogues": {
        "en": "Catalogues of ISO and IEC as the Relaton project has them",
        "zh-Hans": "Relaton 项目整理的 ISO 与 IEC 目录",
    },
}
"""Source documents of a pack: their titles. The Relaton project states no licence."""


@dataclass(frozen=True)
class Inputs:
    """The files of one snapshot, and its day."""

    committees: Path
    standards: Sequence[Path] = ()
    ics: Path | None = None
    members: Path | None = None
    day: str = ""

    @property
    def paths(self) -> list[Path]:
        """All files, in the order in which they are read."""
        return [p for p in (self.committees, self.members, self.ics, *self.standards) if p]


@dataclass
class Added:
    """What was imported: the snapshot and the report."""

    snapshot: Snapshot
    report: Report = field(default_factory=Report)


def add(name: str, inputs: Inputs, *, strict: bool = False, tick: Tick | None = None) -> Added:
    """Import a snapshot of a register and return it with the report of what was found.

    The register is read as it is published; every field is mapped, known to be ignored, or a finding. Either the
    whole snapshot appears, or nothing does.

    Args:
        name: the register, `iso`.
        inputs: its files; the day is taken from the file name where none is given and the name holds exactly one.
        strict: stop at the first error, and import nothing.
        tick: called with the number of bytes read since the last call.

    Raises:
        PackError, ParameterError, PackFileError: unknown register, no day, unreadable file.
        PackFaultError: a fault, where nothing may be left out.
        PackPlaceError: the data directory cannot be written.
    """
    known = snapshots.register(name)
    day = snapshot_day(inputs)
    report = Report(strict=strict)
    with snapshots.drafting(name, day) as draft:
        counts, triples = _write(name, day, inputs, draft, report, known, tick)
        report.counts = counts
        plausible = [n for n in known["plausible"] if n in counts and (n not in ("standards", "classes") or counts[n])]
        check_counts(report, known["plausible"], inputs.committees.name, plausible)
        draft.write_json(snapshots.REPORT, report.plain())
        draft.write_json(snapshots.MANIFEST, _manifest(name, day, inputs, draft, report, known, triples))
    return Added(snapshots.snapshot(name, day), report)


def snapshot_day(inputs: Inputs) -> str:
    """Return the day of the snapshot; raises ParameterError where it is not known or no day."""
    found = [inputs.day] if inputs.day else sorted(set(DAY.findall(inputs.committees.name)))
    try:
        if len(found) == 1 and date.fromisoformat(found[0]).isoformat() == found[0]:
            return found[0]
    except ValueError:
        pass
    detail = "give the day of the register as YYYY-MM-DD; the file's name does not tell it"
    raise ParameterError(parameter="snapshot", detail=f"'{inputs.day}' is no day" if inputs.day else detail)


def _write(
    name: str, day: str, inputs: Inputs, draft: Draft, report: Report, known: dict[str, Any], tick: Tick | None
) -> tuple[dict[str, int], int]:
    graph, licence = snapshots.graph_iri(name, day), known["licence"]
    with Source(inputs.committees, report, tick) as source:
        register = committees.read(source)
    if not register.committees:
        why, zh_why = (report.first_error(lang) for lang in ("en", "zh"))
        detail = f"no committee can be read from {inputs.committees}{why and f' ({why})'}; nothing was imported"
        zh_detail = f"未能从 {inputs.committees} 读到任何委员会{zh_why and f'（{zh_why}）'}；未导入任何内容"
        raise PackError(name=name, detail=detail, zh_detail=zh_detail)
    bodies = Bodies()
    if inputs.members:
        with Source(inputs.members, report, tick) as source:
            bodies.read_countries(source)
    core = _headed(graph, committees.SOURCE, day, licence)
    counts = committees.write(register, bodies, core, day)
    bodies.write(core, curated_countries())
    parts, classes = [core], set[str]()
    if inputs.ics:
        parts.append(_headed(graph + "/ics", "iso-open-data-ics", day, licence))
        with Source(inputs.ics, report, tick) as source:
            classes = ics.read(source, parts[-1])
        counts["classes"] = len(classes)
    triples = 0
    if inputs.standards:
        by_reference = {c.reference: c.iri for c in register.committees.values()}
        found = _write_standards(inputs.standards, draft, report, day, by_reference, classes, tick)
        parts += _about_standards(found, snapshots.standards_graph(name, day), day, licence)
        counts |= {n: found.counts[n] for n in ("standards", "editions", "projects", "replacements")}
        triples = found.counts["triples"]
    lines = sorted(line for part in parts for line in part.lines)
    with draft.writing(snapshots.CORE, CORE_LEVEL) as out:
        out.writelines(line.encode() for line in lines)
    return counts, len(lines) + triples


def _headed(graph: str, source: str, day: str, licence: str) -> Lines:
    """Return the lines of a graph that begins with its header and its source document."""
    lines = Lines(graph)
    titles = TITLES[source]
    own = licence if source != "relaton-catalogues" else ""
    lines.header(source, day, titles, own, "snapshot")
    lines.add(SRC + source, (TYPE, term("SourceDocument")))
    lines.add(SRC + source, *((f"<{DCTERMS}title>", literal(text, tag)) for tag, text in titles.items()))
    if own:
        lines.add(SRC + source, (f"<{DCTERMS}license>", iri(own)))
    return lines


def _write_standards(
    paths: Sequence[Path],
    draft: Draft,
    report: Report,
    day: str,
    by_reference: dict[str, str],
    classes: set[str],
    tick: Tick | None,
) -> standards.Standards:
    with (
        _no_collector(),
        draft.writing(snapshots.STANDARDS, BULK_LEVEL) as triples,
        draft.writing(snapshots.ROWS, BULK_LEVEL) as rows,
    ):
        found = standards.Standards(triples, rows, day, by_reference, classes)
        for path in paths:
            with Source(path, report, tick, records=standards.MAX_RECORDS, size=standards.MAX_SIZE) as source:
                found.read(source)
        found.finish()
    return found


@contextmanager
def _no_collector() -> Iterator[None]:
    """Rest the search for cycles: there are none among millions of strings, and looking for them takes a third."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _about_standards(found: standards.Standards, graph: str, day: str, licence: str) -> list[Lines]:
    """Return the header of the graph of standards, the committees not in the register, and the fields of each committee."""
    parts = []
    for source in sorted(found.forms):
        parts.append(_headed(graph, source, day, licence))
    if not parts:
        return []
    for name, subject in found.outside.items():
        parts[0].add(subject, (TYPE, term("TechnicalBody")), (term("reference"), literal(name)))
    for owner, classes in found.fields_of.items():
        parts[0].add(owner, *((term("ics"), f"<{ics_iri(code)}>") for code in classes))
    return parts


def _manifest(
    name: str, day: str, inputs: Inputs, draft: Draft, report: Report, known: dict[str, Any], triples: int
) -> dict[str, Any]:
    return {
        "layout": snapshots.LAYOUT,
        "name": name,
        "snapshot": day,
        "publisher": known["publisher"],
        "licence": known["licence"],
        "attribution": known["attribution"],
        "inputs": [path.name for path in inputs.paths],
        "counts": report.counts,
        "triples": triples,
        "findings": report.summary(),
        "files": draft.files,
    }
