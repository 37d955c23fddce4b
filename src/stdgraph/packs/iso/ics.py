"""The International Classification for Standards as concepts: fields, groups, sub-groups."""

from __future__ import annotations

import re

from stdgraph.locale import Phrase
from stdgraph.model.identifiers import ics_iri
from stdgraph.model.vocabulary import SKOS
from stdgraph.packs.fields import Fields
from stdgraph.packs.job import Job
from stdgraph.packs.read import Source
from stdgraph.packs.triples import TYPE, Lines, iri, label, literal, plain_text, term

MAPPED = ("identifier", "parent", "titleEn", "titleFr", "scopeEn", "scopeFr")
CODE = re.compile(r"\d{2}(\.\d{3}(\.\d{2})?)?")


def write(job: Job) -> set[str]:
    """Write the classes of an import and return their codes."""
    lines = job.graph("iso-open-data-ics", "ics")
    found = set[str]().union(*(read(source, lines) for source in job.sources("ics")))
    job.counts["classes"] = len(found)
    return found


def read(source: Source, lines: Lines) -> set[str]:
    """Add the triples of all classes and return their codes."""
    parents: dict[str, tuple[str, Fields]] = {}
    for number, record in source.records():
        fields = Fields(source, number, record)
        fields.check(MAPPED, ())
        fields.record = fields.text("identifier")
        if not CODE.fullmatch(fields.record):
            fields.add("value" if fields.record else "field-missing", "identifier", fields.record)
        elif fields.record in parents:
            fields.add(
                "repeated" if record == parents[fields.record][1].values else "same-id", "identifier", fields.record
            )
        else:
            parents[fields.record] = (fields.text("parent"), fields)
            _write(fields, lines)
    for found, (parent, fields) in parents.items():
        _write_parent(found, parent, fields, parents.keys(), lines)
    if not parents:
        source.add("empty", 0)
    source.note_absent(MAPPED)
    return set(parents)


def _write(fields: Fields, lines: Lines) -> None:
    subject = ics_iri(fields.record)
    lines.add(
        subject,
        (TYPE, term("IcsClass")),
        (TYPE, f"<{SKOS}Concept>"),
        (f"<{SKOS}notation>", literal(fields.record)),
    )
    for tag, title, scope in (("en", "titleEn", "scopeEn"), ("fr", "titleFr", "scopeFr")):
        if text := fields.text(title):
            lines.add(subject, label(text, tag))
        if text := fields.text(scope):
            told = plain_text(text)
            lines.add(subject, (f"<{SKOS}scopeNote>", literal(told, tag)))
    if not fields.text("titleEn"):
        fields.add("missing", "titleEn")


def _write_parent(found: str, parent: str, fields: Fields, known: object, lines: Lines) -> None:
    expected = found.rpartition(".")[0]
    if parent and parent not in known:  # type: ignore[operator]
        fields.add("dangling", "parent", parent)
    elif parent == found:
        fields.add("self-relation", "parent", parent)
    elif parent:
        if parent != expected:
            fields.add(
                "contradiction",
                "parent",
                parent,
                Phrase("the code itself says {code}", code=expected or Phrase("none")),
            )
        lines.add(ics_iri(found), (f"<{SKOS}broader>", iri(ics_iri(parent))))
