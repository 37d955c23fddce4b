"""The rows of the files: agreements and parties, of either publisher, in one form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from stdgraph.packs.fields import Fields
from stdgraph.packs.job import Job
from stdgraph.packs.read import Source

DESTA, HUGGO = "desta", "huggo"
PUBLISHERS = (DESTA, HUGGO)
DATES = {"date": "Signature", "start": "Force", "end": "End"}
OWN_DATES = {"date": "StateSignature", "start": "StateForce", "end": "StateEnd"}
"""Dates of the agreement, and those of one party, by the property that tells them."""

NAMED = ("treatyID", "manyID", "Title", "Signature", "Force")
MAPPED = {
    ("agreements", DESTA): NAMED,
    ("agreements", HUGGO): (*NAMED, "End"),
    ("parties", DESTA): (*NAMED, "stateID", "StateName"),
    ("parties", HUGGO): (*NAMED, "End", "stateID", "StateName", *OWN_DATES.values()),
}
IGNORED = (
    *("Begin", "AgreementType", "DocType", "GeogArea", "url", "destaID", "gptadID"),
    *("StateRatification", "Succession", "Accession"),
)
OF_HUGGO = {"agreements": "End", "parties": "StateForce"}
"""A column that only HUGGO has."""

OPEN = "9999-12-31"
"""HUGGO's end of what is in force."""

YEAR = "2023"
"""The year of the data: what HUGGO calls open held then."""

MAX_RECORDS, MAX_SIZE = 200_000, 64 << 20
"""Ten times the registers."""


@dataclass
class Entry:
    """A row: an agreement, or one of its parties."""

    fields: Fields
    publisher: str
    is_party: bool
    treaty: str
    many: str

    def date(self, column: str) -> str:
        """Return a date as precise as its publisher knows it, "" where there is none, or none yet.

        DESTA knows years alone, and writes 1 January.
        """
        found = self.fields.day(column)
        return "" if found == OPEN else found[:4] if self.publisher == DESTA else found

    def is_open(self, column: str) -> bool:
        """Tell whether the row says that something has not ended."""
        return bool(self.fields.values.get(column) == OPEN)

    def add(self, kind: str, column: str = "", value: object = "", remark: str = "") -> None:
        """Note a finding about this row."""
        self.fields.add(kind, column, value, remark)


@dataclass
class File:
    """The rows of one file, sorted: their order in the file says nothing."""

    kind: str
    publisher: str = DESTA
    entries: list[Entry] = field(default_factory=list)


def read(job: Job) -> list[File]:
    """Return the files of an import: those of agreements first, DESTA's before HUGGO's."""
    files = []
    for kind in ("agreements", "parties"):
        files += [_file(kind, source) for source in job.sources(kind, records=MAX_RECORDS, size=MAX_SIZE)]
    return sorted(files, key=lambda file: (file.kind, file.publisher))


def _file(kind: str, source: Source) -> File:
    found = File(kind)
    mapped: Sequence[str] = NAMED
    for line, record in source.records():
        if not source.fields:
            found.publisher = HUGGO if OF_HUGGO[kind] in record else DESTA
            mapped = MAPPED[kind, found.publisher]
        if entry := _entry(Fields(source, line, record), found, mapped):
            found.entries.append(entry)
    found.entries.sort(key=lambda entry: [str(value) for value in entry.fields.values.values()])
    if not found.entries:
        source.add("empty", 0)
    source.note_absent(mapped)
    return found


def _entry(fields: Fields, file: File, mapped: Sequence[str]) -> Entry | None:
    fields.check(mapped, IGNORED)
    fields.record = fields.text("treatyID")
    missing = [name for name in ("treatyID", "manyID", "Title") if not fields.text(name)]
    if missing:
        fields.add("field-missing", missing[0])
        return None
    return Entry(fields, file.publisher, file.kind == "parties", fields.record, fields.text("manyID"))
