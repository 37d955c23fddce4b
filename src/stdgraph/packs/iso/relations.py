"""What standards say of each other: it waits until all documents are known, since it names them by number or reference."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from stdgraph.locale import Phrase
from stdgraph.model.vocabulary import BASE
from stdgraph.packs.iso.entries import Standard
from stdgraph.packs.read import Source
from stdgraph.packs.triples import term

MAX_RELATIONS = 20_000_000
"""Each relation is kept until all documents are known."""

AMENDS, EDITION_OF, REPLACES = term("amends"), term("editionOf"), term("replaces")
EDITION_YEAR = re.compile(r".*[/-](\d{4})(?:-\d{2})?$")

Said = dict[tuple[str, str], tuple[Source, int]]
"""(newer, older) to the file and line that say so first."""


@dataclass
class Relations:
    """Relations of standards as they were read: the kind, the subject, the name of the other, the file and the line."""

    counts: Counter[str]
    later: list[tuple[str, str, str, Source, int]] = field(default_factory=list)

    def keep(self, found: Standard) -> None:
        """Keep what an entry says of others."""
        source, line = found.fields.source, found.fields.line
        if len(self.later) > MAX_RELATIONS:
            found.older, found.newer = [], []
            if source.is_new("too many relations"):
                found.add("hostile", "replaces", remark=Phrase("more relations than any register holds: left out"))
        self.later += [("older", found.iri, name, source, line) for name in found.older]
        self.later += [("newer", found.iri, name, source, line) for name in found.newer]
        if found.is_published and (base := found.parts.amended):
            self.later.append(("amends", found.iri, base.edition_iri, source, line))

    def lines(self, documents: Mapping[str, str], iris: Mapping[str, int]) -> Iterator[str]:
        """Yield the triples of all relations; what cannot stand is a finding.

        Args:
            documents: number or reference of each document to its IRI.
            iris: the IRIs of all documents.
        """
        said: Said = {}
        for relation, subject, name, source, line in self.later:
            if relation == "amends":
                yield _amendment(subject, name, iris, source, line)
            elif pair := self._pair(relation, subject, documents.get(name), source, line, name):
                said.setdefault(pair, (source, line))
        for newer, older in said:
            if _holds(newer, older, said):
                yield f"<{newer}> {REPLACES} <{older}> .\n"
                self.counts["replacements"] += 1

    def _pair(
        self, relation: str, subject: str, other: str | None, source: Source, line: int, name: str
    ) -> tuple[str, str] | None:
        """Return (newer, older) of a relation between two editions; what is no such thing is a finding."""
        record = subject.removeprefix(BASE)
        if other is None:
            source.add("dangling", line, record=record, field="replaces", value=name)
        elif other == subject:
            source.add("self-relation", line, record=record, field="replaces", value=name)
        elif "/workitem/" in subject or "/workitem/" in other:
            self.counts["relations_of_projects"] += 1
        else:
            return (subject, other) if relation == "older" else (other, subject)
        return None


def _amendment(subject: str, base: str, iris: Mapping[str, int], source: Source, line: int) -> str:
    if base in iris:
        return f"<{subject}> {AMENDS} <{base}> .\n"
    source.add("dangling", line, record=subject.removeprefix(BASE), field="reference", value=base.removeprefix(BASE))
    return f"<{subject}> {EDITION_OF} <{base.split('/ed/')[0]}> .\n"


def _holds(newer: str, older: str, said: Said) -> bool:
    """Tell whether a relation may stand: not against the years, and of two that exclude each other the one they fit."""
    both = (older, newer) in said
    if not both and not _is_later(older, newer):
        return True
    if both and _is_later(newer, older):
        return True
    source, line = said[newer, older]
    names = {"record": newer.removeprefix(BASE), "value": older.removeprefix(BASE), "field": "replaces"}
    remark = Phrase("the replaced one is the later one: left out")
    if both:
        remark = Phrase("each replaces the other: left out")
    source.add("contradiction", line, remark=remark, **names)
    return False


def _is_later(one: str, other: str) -> bool:
    first, second = EDITION_YEAR.match(one), EDITION_YEAR.match(other)
    return bool(first and second and first[1] > second[1])
