"""The register's standards, streamed: one entry at a time, as triples in the order of the register."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from stdgraph.model.identifiers import Reference, committee_iri, ics_iri
from stdgraph.model.vocabulary import BASE, DCTERMS
from stdgraph.packs.fields import Fields
from stdgraph.packs.iso import entries
from stdgraph.packs.iso.entries import Standard
from stdgraph.packs.iso.relations import Relations
from stdgraph.packs.job import Job, Part
from stdgraph.packs.read import Source
from stdgraph.packs.triples import TYPE, code, literal, term, typed

MAX_RECORDS, MAX_SIZE = 5_000_000, 16 << 30
"""Four times the largest platform."""

TERM = {
    name: term(name)
    for name in (
        *("reference", "isoDeliverableId", "standardType", "date", "edition", "stage", "languageTag", "editionOf"),
        *("developedBy", "ics", "StandardEdition", "StandardProject", "Standard"),
    )
}


@dataclass
class Standards:
    """Reads standards into a part of a snapshot; counts as it goes.

    `committees` gives the IRI of a committee by its reference, `classes` the codes of the ICS, empty where none were given.
    """

    part: Part
    day: str
    committees: dict[str, str] = field(default_factory=dict)
    classes: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    forms: set[str] = field(default_factory=set)
    outside: dict[str, str] = field(default_factory=dict)
    fields_of: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    documents: dict[str, str] = field(default_factory=dict)
    iris: dict[str, int] = field(default_factory=dict)
    works: set[str] = field(default_factory=set)
    earlier: set[str] = field(default_factory=set)
    relations: Relations = field(init=False)

    def __post_init__(self) -> None:
        self.relations = Relations(self.counts)

    def read(self, source: Source) -> None:
        """Read one file; what is wrong with single records goes to the report."""
        count, iso = 0, False
        self.earlier = set(self.iris) if self.iris else set()
        for line, record in source.records():
            fields = Fields(source, line, record)
            iso = "deliverableType" in record or "currentStage" in record
            found = entries.iso(fields) if iso else entries.relaton(fields)
            count += found is not None
            if found and self._is_new(found.settle(), iso=iso):
                self.forms.add("iso-open-data-deliverables" if iso else "relaton-catalogues")
                self._write(found)
        if not count:
            source.add("empty", 0)
        if iso:
            source.note_absent(entries.ISO_MAPPED)

    def _is_new(self, found: Standard, *, iso: bool) -> bool:
        """Note a document; one that was there before is a finding, and a number that two bear stays with the first."""
        if found.number in self.documents and (not iso or self.documents[found.number] != found.iri):
            found.without_number()
        text = zlib.crc32(found.fields.source.text.encode(errors="replace"))
        known = self.iris.setdefault(found.iri, -1)
        if known == -1:
            self.iris[found.iri] = text
            if found.date > self.day:
                found.add("ahead", "date", found.date)
            return True
        kind = "repeated" if known == text else "joint" if found.iri in self.earlier else "same-reference"
        found.add(kind, "reference", found.printed)
        return False

    def _write(self, found: Standard) -> None:
        subject, published = f"<{found.iri}>", found.is_published
        for name in (found.number, found.printed):
            if name:
                self.documents[name] = found.iri
        self.counts["standards"] += 1
        self.counts["editions" if published else "projects"] += 1
        out = [f"{subject} {TYPE} {TERM['StandardEdition' if published else 'StandardProject']} .\n"]
        if published and not found.parts.supplements:
            out += self._work(subject, found.parts)
        out += _facts(subject, found, published)
        owners = [self._owner(found, name) for name in found.owners]
        out += [f"{subject} {TERM['developedBy']} <{owner}> .\n" for owner in owners]
        out += [f"{subject} {TERM['ics']} <{ics_iri(c)}> .\n" for c in self._known_classes(found)]
        self.part.put(out)
        self._put_row(found, owners)
        self.relations.keep(found)
        for owner in owners if published else ():
            self.fields_of[owner].update({c[:2] for c in found.classes})

    def _put_row(self, found: Standard, owners: list[str]) -> None:
        """Write what names and counts need: id, reference, titles, year, committees, classes, stage, type."""
        self.part.put_row(
            *(found.iri.removeprefix(BASE), found.printed, found.titles.get("en", ""), found.titles.get("zh", "")),
            found.date[:4] if found.is_published else "",
            " ".join(owner.rsplit("/", 1)[-1] for owner in owners),
            *(" ".join(found.classes), found.stage.removeprefix("stage-"), found.kind.removeprefix("std-")),
        )

    def _work(self, subject: str, parts: Reference) -> list[str]:
        work = parts.work_iri
        out = [f"{subject} {TERM['editionOf']} <{work}> .\n"]
        if work not in self.works:
            self.works.add(work)
            out += [
                f"<{work}> {TYPE} {TERM['Standard']} .\n",
                f"<{work}> {TERM['reference']} {literal(parts.work)} .\n",
            ]
            self.part.put_row(work.removeprefix(BASE), parts.work, *[""] * 7)
        return out

    def _owner(self, found: Standard, name: str) -> str:
        known = self.committees.get(name) or self.outside.get(name)
        if known:
            return known
        found.add("outside", "ownerCommittee", name)
        self.outside[name] = committee_iri(name)
        return self.outside[name]

    def _known_classes(self, found: Standard) -> list[str]:
        for number in found.classes if self.classes else ():
            if number not in self.classes:
                found.add("dangling", "ics", number)
        return found.classes

    def finish(self) -> None:
        """Write the relations, now that all documents are known."""
        for line in self.relations.lines(self.documents, self.iris):
            self.part.put([line])


def _facts(subject: str, found: Standard, published: bool) -> Iterator[str]:
    yield f"{subject} {TERM['reference']} {literal(found.printed)} .\n"
    if found.number:
        yield f'{subject} {TERM["isoDeliverableId"]} "{found.number}" .\n'
    for tag, text in found.titles.items():
        yield f"{subject} <{DCTERMS}title> {literal(text, tag)} .\n"
    if found.kind:
        yield f"{subject} {TERM['standardType']} {code(found.kind)} .\n"
    if published:
        yield f'{subject} {TERM["date"]} "{found.date}" .\n'
    if published and found.edition:
        yield f"{subject} {TERM['edition']} {typed(found.edition, 'integer')} .\n"
    if found.stage:
        yield f"{subject} {TERM['stage']} {code(found.stage)} .\n"
    for tag in found.languages:
        yield f"{subject} {TERM['languageTag']} {literal(tag)} .\n"
    for tag, text in found.scopes.items():
        yield f"{subject} <{DCTERMS}description> {literal(text, tag)} .\n"


def write(job: Job, committees: dict[str, str], classes: set[str]) -> None:
    """Write the standards of an import, the committees that only they name, and the fields of each committee.

    Args:
        job: the import.
        committees: the IRI of each committee of the register by its reference.
        classes: the codes of the classification, empty where it was not given.
    """
    with job.part("standards", named=True) as part:
        found = Standards(part, job.day, committees, classes)
        for source in job.sources("standards", records=MAX_RECORDS, size=MAX_SIZE):
            found.read(source)
        found.finish()
    graphs = [job.graph(source, "standards") for source in sorted(found.forms)]
    for name, subject in found.outside.items():
        graphs[0].add(subject, (TYPE, term("TechnicalBody")), (term("reference"), literal(name)))
    for owner, fields in found.fields_of.items():
        graphs[0].add(owner, *((term("ics"), f"<{ics_iri(number)}>") for number in fields))
    job.counts |= {n: found.counts[n] for n in ("standards", "editions", "projects", "replacements")}
