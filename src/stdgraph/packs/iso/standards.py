"""The register's standards, streamed: one record of ISO's open data or of the Relaton catalogues at a time, as triples.

They are written in the order of the register. Relations wait until all records are read, since they name documents
by number or reference; what is kept until then is an IRI for each published document, and the relations themselves.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import IO

from stdgraph.model.identifiers import Reference, committee_iri, ics_iri, reference, slug, workitem_iri
from stdgraph.model.vocabulary import BASE, DCTERMS
from stdgraph.packs.fields import Fields
from stdgraph.packs.iso.ics import CODE
from stdgraph.packs.read import Source
from stdgraph.packs.triples import TYPE, code, literal, plain_text, term, typed
from stdgraph.storage.files import content, read_text

ISO_MAPPED = frozenset(
    (
        *("id", "deliverableType", "supplementType", "reference", "title", "publicationDate", "edition", "icsCode"),
        *("ownerCommittee", "currentStage", "replaces", "replacedBy", "languages", "scope"),
    )
)
ISO_IGNORED = ("pages",)
RELATON_MAPPED = frozenset(
    (
        *("reference", "projectNumber", "title", "documentType", "stage", "edition", "dates", "publishers"),
        *("languages", "committees", "ics", "relations"),
    )
)
LANGUAGES = ("en", "fr", "es", "ru", "zh", "de", "ar")
TYPES = {
    "IS": "is",
    "TS": "ts",
    "TR": "tr",
    "PAS": "pas",
    "GUIDE": "guide",
    "IWA": "iwa",
    "R": "r",
    "international-standard": "is",
    "technical-specification": "ts",
    "technical-report": "tr",
    "publicly-available-specification": "pas",
    "guide": "guide",
    "international-workshop-agreement": "iwa",
    "system-reference-deliverable": "srd",
}
STAGES = {"revised": "withdrawn", "replaced": "withdrawn"}
"""Words of IEC for a document that another one took the place of."""
MAX_RECORDS, MAX_SIZE, MAX_RELATIONS = 5_000_000, 16 << 30, 20_000_000
"""Four times the largest platform; each relation is kept until all documents are known."""

STAGE = re.compile(r"(\d{2})\.?(\d{2})")
TERM = {
    name: term(name)
    for name in (
        *("reference", "isoDeliverableId", "standardType", "date", "edition", "stage", "languageTag", "editionOf"),
        *("developedBy", "ics", "amends", "replaces", "StandardEdition", "StandardProject", "Standard"),
    )
}
EDITION_YEAR = re.compile(r".*[/-](\d{4})(?:-\d{2})?$")


@dataclass
class Standard:
    """One register entry in the form that both sources share."""

    fields: Fields
    printed: str
    parts: Reference
    number: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    kind: str = ""
    date: str = ""
    edition: str = ""
    classes: list[str] = field(default_factory=list)
    owners: list[str] = field(default_factory=list)
    stage: str = ""
    languages: list[str] = field(default_factory=list)
    scopes: dict[str, str] = field(default_factory=dict)
    older: list[str] = field(default_factory=list)
    newer: list[str] = field(default_factory=list)
    is_published: bool = False
    iri: str = ""

    def add(self, kind: str, field: str = "", value: object = "", remark: str = "") -> None:
        """Note a finding about this entry."""
        self.fields.add(kind, field, value, remark)

    def settle(self) -> Standard:
        """Find out whether it was published, and its IRI: of the edition, or of the project."""
        dated = self.parts.supplements[-1][1] if self.parts.supplements else self.parts.year
        self.is_published = bool(self.date and dated)
        self.iri = self.parts.edition_iri if self.is_published else self._project_iri()
        return self

    def _project_iri(self) -> str:
        return workitem_iri(self.number) if self.number else f"{BASE}workitem/{slug(self.printed)}"

    def without_number(self) -> Standard:
        """Give up the number, which another document bears."""
        self.add("shared-number", "id", self.number)
        self.number = ""
        return self.settle()


@dataclass
class Standards:
    """Reads standards into an output of N-Triples and one of names; counts as it goes.

    `committees` gives the IRI of a committee by its reference, `classes` the codes of the ICS, empty where none were given.
    """

    triples: IO[bytes]
    rows: IO[bytes]
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
    later: list[tuple[str, str, str, Source, int]] = field(default_factory=list)

    def read(self, source: Source) -> None:
        """Read one file; what is wrong with single records goes to the report."""
        count, iso = 0, False
        self.earlier = set(self.iris) if self.iris else set()
        for line, record in source.records():
            fields = Fields(source, line, record)
            iso = "deliverableType" in record or "currentStage" in record
            found = _iso(fields) if iso else _relaton(fields)
            count += found is not None
            if found and self._is_new(found.settle(), iso=iso):
                self.forms.add("iso-open-data-deliverables" if iso else "relaton-catalogues")
                self._write(found)
        if not count:
            source.add("empty", 0)
        if iso:
            source.note_absent(ISO_MAPPED)

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
        self._put(out)
        self._put_row(found, owners)
        self._keep_relations(found)
        for owner in owners if published else ():
            self.fields_of[owner].update({c[:2] for c in found.classes})

    def _put(self, out: list[str]) -> None:
        self.triples.write("".join(out).encode())
        self.counts["triples"] += len(out)

    def _put_row(self, found: Standard, owners: list[str]) -> None:
        """Write what names and counts need: id, reference, titles, year, committees, classes, stage, type."""
        row = (
            *(found.iri.removeprefix(BASE), found.printed, found.titles.get("en", ""), found.titles.get("zh", "")),
            found.date[:4] if found.is_published else "",
            " ".join(owner.rsplit("/", 1)[-1] for owner in owners),
            *(" ".join(found.classes), found.stage.removeprefix("stage-"), found.kind.removeprefix("std-")),
        )
        self.rows.write(("\t".join(row) + "\n").encode())

    def _work(self, subject: str, parts: Reference) -> list[str]:
        work = parts.work_iri
        out = [f"{subject} {TERM['editionOf']} <{work}> .\n"]
        if work not in self.works:
            self.works.add(work)
            out += [
                f"<{work}> {TYPE} {TERM['Standard']} .\n",
                f"<{work}> {TERM['reference']} {literal(parts.work)} .\n",
            ]
            row = (work.removeprefix(BASE), parts.work, *[""] * 7)
            self.rows.write(("\t".join(row) + "\n").encode())
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

    def _keep_relations(self, found: Standard) -> None:
        source, line = found.fields.source, found.fields.line
        if len(self.later) > MAX_RELATIONS:
            found.older, found.newer = [], []
            if source.is_new("too many relations"):
                found.add("hostile", "replaces", remark="more relations than any register holds: left out")
        self.later += [("older", found.iri, name, source, line) for name in found.older]
        self.later += [("newer", found.iri, name, source, line) for name in found.newer]
        if found.is_published and (base := found.parts.amended):
            self.later.append(("amends", found.iri, base.edition_iri, source, line))

    def finish(self) -> None:
        """Write the relations, now that all documents are known."""
        said: dict[tuple[str, str], tuple[Source, int]] = {}
        for relation, subject, name, source, line in self.later:
            if relation == "amends":
                self._put([self._amendment(subject, name, source, line)])
            elif pair := self._pair(relation, subject, name, source, line):
                said.setdefault(pair, (source, line))
        for newer, older in said:
            if self._holds(newer, older, said):
                self._put([f"<{newer}> {TERM['replaces']} <{older}> .\n"])
                self.counts["replacements"] += 1

    def _holds(self, newer: str, older: str, said: dict[tuple[str, str], tuple[Source, int]]) -> bool:
        """Tell whether a relation may stand: not against the years, and of two that exclude each other the one they fit."""
        both = (older, newer) in said
        if not both and not _is_later(older, newer):
            return True
        if both and _is_later(newer, older):
            return True
        source, line = said[newer, older]
        names = {"record": newer.removeprefix(BASE), "value": older.removeprefix(BASE), "field": "replaces"}
        remark = "each replaces the other" if both else "the replaced one is the later one"
        source.add("contradiction", line, remark=remark + ": left out", **names)
        return False

    def _amendment(self, subject: str, base: str, source: Source, line: int) -> str:
        if base in self.iris:
            return f"<{subject}> {TERM['amends']} <{base}> .\n"
        source.add(
            "dangling", line, record=subject.removeprefix(BASE), field="reference", value=base.removeprefix(BASE)
        )
        return f"<{subject}> {TERM['editionOf']} <{base.split('/ed/')[0]}> .\n"

    def _pair(self, relation: str, subject: str, name: str, source: Source, line: int) -> tuple[str, str] | None:
        """Return (newer, older) of a relation between two editions; what is no such thing is a finding."""
        record = subject.removeprefix(BASE)
        other = self.documents.get(name)
        if other is None:
            source.add("dangling", line, record=record, field="replaces", value=name)
        elif other == subject:
            source.add("self-relation", line, record=record, field="replaces", value=name)
        elif "/workitem/" in subject or "/workitem/" in other:
            self.counts["relations_of_projects"] += 1
        else:
            return (subject, other) if relation == "older" else (other, subject)
        return None


def _is_later(one: str, other: str) -> bool:
    first, second = EDITION_YEAR.match(one), EDITION_YEAR.match(other)
    return bool(first and second and first[1] > second[1])


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


def _iso(fields: Fields) -> Standard | None:
    """Return an entry of ISO's open data set of deliverables."""
    fields.check(ISO_MAPPED, ISO_IGNORED)
    number = fields.number("id")
    found = _begun(fields, str(number) if number else "")
    if not found:
        return None
    if number is None:
        fields.add("field-missing", "id")
        return None
    if fields.text("supplementType") and not found.parts.supplements:
        found.add(
            "spelling", "reference", found.printed, f"no supplement, but supplementType {fields.text('supplementType')}"
        )
    found.kind = _kind(found, fields.text("deliverableType").upper(), "deliverableType")
    found.date = fields.day("publicationDate")
    found.edition = str(fields.number("edition") or "")
    found.classes = _classes(fields, "icsCode")
    found.owners = [owner] if (owner := fields.text("ownerCommittee")) else []
    found.stage = _stage(found, fields.values.get("currentStage"))
    found.languages = fields.strings("languages")
    found.scopes = {tag: told for tag, text in fields.texts("scope", LANGUAGES).items() if (told := plain_text(text))}
    found.older, found.newer = ([str(n) for n in fields.numbers(name)] for name in ("replaces", "replacedBy"))
    return found


def _begun(fields: Fields, number: str) -> Standard | None:
    fields.record = fields.text("reference")
    if not fields.record:
        fields.add("field-missing", "reference")
        return None
    try:
        parts = reference(fields.record)
    except ValueError as error:
        fields.add("value", "reference", fields.record, str(error))
        return None
    titles = fields.texts("title", LANGUAGES)
    if not titles and "title" in fields.values:
        fields.add("missing", "title")
    if any("\t" in text or "\n" in text for text in titles.values()):
        titles = {tag: " ".join(text.split()) for tag, text in titles.items()}
    return Standard(fields, fields.record, parts, number, titles)


def _relaton(fields: Fields) -> Standard | None:
    """Return an entry of the ISO and IEC catalogues as the Relaton project has them."""
    fields.check(RELATON_MAPPED, ())
    number, stage = fields.text("projectNumber"), fields.text("stage")
    of_iso = bool(STAGE.fullmatch(stage))  # elsewhere the number is one of IEC
    found = _begun(fields, number if of_iso and number.isdigit() else "")
    if not found:
        return None
    if number and of_iso and not found.number:
        found.add("unsure", "projectNumber", number, "not a number of the register")
    found.kind = _kind(found, fields.text("documentType"), "documentType")
    found.date = _published(found, fields)
    found.edition = edition if (edition := fields.text("edition")).isdigit() else ""
    if edition and not found.edition:
        found.add("unsure", "edition", edition, "not a whole number")
    found.classes = _classes(fields, "ics")
    found.owners = [
        f"IEC/{name}" if not of_iso and name.startswith(("TC ", "PC ", "SyC ")) else name
        for name in fields.strings("committees")
    ]
    found.stage = _stage(found, stage)
    found.languages = fields.strings("languages")
    _relations(found, fields)
    return found


def _published(found: Standard, fields: Fields) -> str:
    """Return the day of publication; a supplement dated like its base document keeps the year of its own reference."""
    date = ""
    for item in fields.items("dates"):
        kind = item.get("type") if isinstance(item, dict) else None
        if kind == "published":
            date = Fields(fields.source, fields.line, item, found.printed).day("value")
        elif fields.source.is_new(f"dates.{kind}"):
            found.add("ignored-field", f"dates.{kind}")
    year = found.parts.supplements[-1][1][:4] if found.parts.supplements else ""
    if date and year and not date.startswith(year):
        found.add("contradiction", "dates", date, f"the reference says {year}, which is kept")
        return year
    return date


def _relations(found: Standard, fields: Fields) -> None:
    """Sort relations: `obsoletes` points to the older document, `updates` to the newer one or to an amendment."""
    for item in fields.items("relations"):
        kind, name = (item.get("type"), item.get("reference")) if isinstance(item, dict) else (None, None)
        if not isinstance(name, str) or not name:
            found.add("value", "relations", item, "not a relation")
        elif kind == "obsoletes":
            found.older.append(name)
        elif kind == "updates":
            if not name.startswith(found.printed + "/"):
                found.newer.append(name)
        else:
            found.add("unknown-code", "relations", kind)


def _kind(found: Standard, given: str, field: str) -> str:
    owner = (
        "iso"
        if found.printed.startswith(("ISO", "IWA")) or ("ISO" not in found.printed[:3] and not _is_iec(found))
        else "iec"
    )
    name = f"std-{owner}-{TYPES.get(given, given.lower())}"
    if name in codes():
        return name
    found.add("unknown-code" if given else "missing", field, given)
    return ""


def _is_iec(found: Standard) -> bool:
    return found.printed.startswith(("IEC", "CISPR"))


def _stage(found: Standard, given: object) -> str:
    """Return the harmonized stage code: 9092 and 90.92 are one."""
    text = str(given) if given is not None else ""
    if parts := STAGE.fullmatch(text.zfill(4) if text.isdigit() else text):
        text = f"{parts[1]}{parts[2]}"
    name = f"stage-{STAGES.get(text.lower(), text.lower())}"
    if name in codes():
        return name
    found.add("unknown-code" if text else "missing", "stage", text)
    return ""


def _classes(fields: Fields, field: str) -> list[str]:
    found = fields.strings(field)
    for number in found:
        if not CODE.fullmatch(number):
            fields.add("value", field, number, "not a code of the ICS")
    return [number for number in found if CODE.fullmatch(number)]


@cache
def codes() -> frozenset[str]:
    """Return the codes of stages and types of standards that the ontology has."""
    text = read_text(content("ontology", "codes.ttl"))
    return frozenset(re.findall(r"^stdgc:((?:stage|std)-\S+)$", text, re.M))
