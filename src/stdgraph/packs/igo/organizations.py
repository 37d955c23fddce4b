"""The organizations of the register: names, acronym, number, years."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from stdgraph.locale import Phrase
from stdgraph.model.vocabulary import BASE, SKOS
from stdgraph.packs.fields import Fields
from stdgraph.packs.job import Job
from stdgraph.packs.mappings import mapped
from stdgraph.packs.read import Source
from stdgraph.packs.triples import TYPE, Lines, evidence, iri, label, literal, term

SOURCE = "cow-igo"
MAPPED = ("igo", "igo_number", "long_name", "name", "start_year", "end_year")
ACRONYM = re.compile(r"[A-Z0-9-]+")
IGNORED = ("first_year_in_data", "last_year_in_data")


@dataclass
class Organization:
    """An organization as the register has it."""

    fields: Fields
    number: int
    acronym: str
    iri: str
    is_curated: bool
    start: int
    end: int | None


class Dated(Protocol):
    """What has an organization and a last year."""

    @property
    def organization(self) -> Organization:
        """The organization."""

    @property
    def last(self) -> int:
        """The last year."""


def read(job: Job) -> dict[str, Organization]:
    """Return the organizations of an import by acronym; raises PackError where there is none."""
    known: dict[str, Organization] = {}
    for source in job.sources("organizations"):
        _read(source, known)
    if not known:
        raise job.refuse("organizations", Phrase("organization"))
    return known


def check(known: dict[str, Organization], memberships: Iterable[Dated]) -> None:
    """Leave out the end of an organization that has members later on."""
    last: dict[int, int] = {}
    for span in memberships:
        last[span.organization.number] = max(span.last, last.get(span.organization.number, 0))
    for found in known.values():
        later = last.get(found.number, 0)
        if found.end and found.end < later:
            remark = Phrase("it has a member in {year}: the end is left out", year=later)
            found.fields.add("contradiction", "end_year", found.end, remark)
            found.end = None


def write(job: Job, known: dict[str, Organization], lines: Lines) -> None:
    """Write the organizations of an import."""
    for found in known.values():
        _write(found, lines, job.day)
    job.counts["organizations"] = len(known)


def _read(source: Source, known: dict[str, Organization]) -> None:
    curated, numbers = mapped("igo-organizations", "cow.igo:"), dict[int, Organization]()
    for line, record in source.records():
        fields = Fields(source, line, record)
        fields.check(MAPPED, IGNORED)
        found = _organization(fields, curated)
        if not found:
            continue
        if other := known.get(found.acronym) or numbers.get(found.number):
            same = other.fields.values == record
            fields.add(
                "repeated" if same else "same-id", "igo", found.acronym, Phrase("line {line}", line=other.fields.line)
            )
        else:
            known[found.acronym] = numbers[found.number] = found
    source.note_absent(MAPPED)


def _organization(fields: Fields, curated: dict[str, str]) -> Organization | None:
    fields.record = fields.text("igo")
    number, start, end = fields.number("igo_number"), fields.number("start_year"), fields.number("end_year")
    missing = [
        name for name, value in (("igo", fields.record), ("igo_number", number), ("start_year", start)) if not value
    ]
    if missing or number is None or start is None:
        fields.add("field-missing", missing[0])
        return None
    if end is not None and end < start:
        fields.add("contradiction", "end_year", end, Phrase("before the start in {start}", start=start))
        end = None
    found = curated.get(str(number))
    return Organization(fields, number, fields.record, found or f"{BASE}org/igo-{number}", bool(found), start, end)


def _write(found: Organization, lines: Lines, day: str) -> None:
    proof = evidence(SOURCE, f"igo-{found.number}", day)
    lines.evidence(SOURCE, proof, f"organization {found.number}", day)
    lines.add(
        found.iri,
        (TYPE, term("IntergovernmentalOrganization")),
        (term("identifier"), literal(str(found.number))),
        (term("acronym"), literal(found.acronym)) if ACRONYM.fullmatch(found.acronym) else _other(found.acronym),
        (term("evidence"), iri(proof)),
    )
    if found.is_curated:
        return  # the curated graph names and dates it
    long, short = found.fields.text("long_name"), found.fields.text("name")
    if not long:
        found.fields.add("missing", "long_name")
    name = (long or short or found.acronym).removesuffix(f" ({found.acronym})")
    lines.add(found.iri, label(name), *(_other(text) for text in {long, short} - {name, ""}))
    lines.add(found.iri, (term("start"), literal(str(found.start))))
    if found.end is not None:
        lines.add(found.iri, (term("end"), literal(str(found.end))))


def _other(text: str) -> tuple[str, str]:
    return f"<{SKOS}altLabel>", literal(text, "en")
