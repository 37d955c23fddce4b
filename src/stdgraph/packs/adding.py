"""Imports one snapshot of a register into the user's data directory: read, map, check, write."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase
from stdgraph.model import escape
from stdgraph.packs import snapshots
from stdgraph.packs.draft import drafting
from stdgraph.packs.inputs import Inputs
from stdgraph.packs.job import Job
from stdgraph.packs.read import Tick
from stdgraph.packs.registers import Register, register
from stdgraph.packs.report import Report, check_counts
from stdgraph.packs.snapshots import Snapshot

DAY = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")


@dataclass
class Added:
    """What was imported: the snapshot and the report."""

    snapshot: Snapshot
    report: Report = field(default_factory=Report)


def add(name: str, inputs: Inputs, *, strict: bool = False, force: bool = False, tick: Tick | None = None) -> Added:
    """Import a snapshot of a register and return it with the report of what was found.

    The register is read as it is published; every field is mapped, known to be ignored, or a finding. Either the
    whole snapshot appears, or nothing does.

    Args:
        name: the register, `iso`.
        inputs: its files; the day is taken from the name of the first where none is given and the name holds exactly one.
        strict: stop at the first error, and import nothing.
        force: import a snapshot of a day to come.
        tick: called with the number of bytes read since the last call.

    Raises:
        PackError, ParameterError, PackFileError: unknown register, missing file, no day or one to come, unreadable file.
        PackFaultError: a fault, where nothing may be left out.
        PackPlaceError: the data directory cannot be written.
    """
    found = register(name)
    inputs.check(name, found.files)
    day, report = snapshot_day(found, inputs), Report(strict=strict)
    check_day(day, force=force)
    with drafting(name, day) as draft:
        job = Job(name, found.sources, found.settings["licence"], inputs, day, report, draft, tick)
        found.write(job)
        triples = job.finish()
        report.counts = job.counts
        _check(job, found)
        draft.write_json(snapshots.REPORT, report.plain())
        draft.write_json(snapshots.MANIFEST, _manifest(job, found, triples))
    return Added(snapshots.snapshot(name, day), report)


def snapshot_day(found: Register, inputs: Inputs) -> str:
    """Return the day of the snapshot; raises ParameterError where it is not known or no day."""
    first = inputs.files[found.files[0].name][0]
    days = [inputs.day] if inputs.day else sorted(set(DAY.findall(first.name)))
    try:
        if len(days) == 1 and date.fromisoformat(days[0]).isoformat() == days[0]:
            return days[0]
    except ValueError:
        pass
    detail = Phrase("give the day of the register as YYYY-MM-DD; the file's name does not tell it")
    raise ParameterError(
        parameter="snapshot", detail=Phrase("'{day}' is no day", day=inputs.day) if inputs.day else detail
    )


def check_day(day: str, *, force: bool) -> None:
    """Refuse a day to come: it would be the newest snapshot until then; raises ParameterError."""
    today = max(date.today(), datetime.now(UTC).date())
    if not force and date.fromisoformat(day) > today:
        detail = Phrase("'{day}' is yet to come; import it all the same with --force", day=day)
        raise ParameterError(parameter="snapshot", detail=detail)


def _check(job: Job, found: Register) -> None:
    """Compare what was counted with what is plausible."""
    limits, counts = found.settings["plausible"], job.report.counts
    names = [n for n in limits if n in counts and (counts[n] or n not in found.optional)]
    check_counts(job.report, limits, job.paths(found.files[0].name)[0].name, names)


def _manifest(job: Job, found: Register, triples: int) -> dict[str, Any]:
    known = found.settings
    return {
        "layout": snapshots.LAYOUT,
        "name": job.name,
        "snapshot": job.day,
        "publisher": known["publisher"],
        "licence": known["licence"],
        "attribution": known["attribution"],
        "inputs": [escape.line(path.name) for path in job.inputs.paths],
        "counts": job.report.counts,
        "triples": triples,
        "findings": job.report.summary(),
        "files": job.draft.files,
    }
