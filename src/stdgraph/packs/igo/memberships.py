"""The memberships of the register: who, in what, as what, from year to year.

Before 1965 there is one observation in five years: a first year may be up to four years late there, and so may a last
one. A membership of the last year has not ended: the data do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from stdgraph.locale import Phrase
from stdgraph.model.vocabulary import BASE, local
from stdgraph.packs.fields import Fields
from stdgraph.packs.igo.organizations import SOURCE, Organization
from stdgraph.packs.job import Job, Part
from stdgraph.packs.read import Source
from stdgraph.packs.states import States
from stdgraph.packs.triples import TYPE, code, dated, evidence, facts, iri, proof, term

MAPPED = ("igo", "state_code", "state_name", "status", "first_year_observed", "last_year_observed")
ROLES = {"full": "role-full-member", "associate": "role-associate-member", "observer": "role-observer"}
COUNTED = {"full": "full_members", "associate": "associate_members", "observer": "observers"}
YEARLY = 1965
"""From this year on each year is observed, before it one in five."""

LAST = 2014
"""The last year of the data."""

MAX_RECORDS, MAX_SIZE = 200_000, 64 << 20
"""Ten times the register."""

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Span:
    """A membership that was observed from one year to another."""

    organization: Organization
    state: str
    code: str
    status: str
    first: int
    last: int

    @property
    def start(self) -> str:
        """The start as an EDTF date."""
        if self.first > YEARLY:
            return str(self.first)
        return _between(max(self.first - 4, self.organization.start), self.first)

    @property
    def end(self) -> str:
        """The end as an EDTF date, "" where the data tell none."""
        ended = self.organization.end
        if self.last >= LAST and ended != self.last:
            return ""
        following = self.last + 1 if self.last >= YEARLY else (self.last // 5 + 1) * 5
        return _between(self._seen, min(following, max(ended or following, self.last)))

    @property
    def attested(self) -> str:
        """The year for which the last observation shows it, as an EDTF date."""
        return _between(self._seen, self.last)

    @property
    def _seen(self) -> int:
        """The year of the last observation, or the first one that it may be of."""
        return self.last if self.last >= YEARLY else max(self.first, self.last - 4)

    @property
    def iri(self) -> str:
        """The IRI of the record."""
        role = "" if self.status == "full" else f"-{self.status}"
        return f"{BASE}membership/{local(self.state).lower()}--{local(self.organization.iri)}--{self.first}{role}"


def _between(first: int, last: int) -> str:
    return str(last) if first >= last else f"{first}/{last}"


def read(job: Job, known: dict[str, Organization], found: States) -> list[Span]:
    """Return the memberships of an import, sorted; raises PackError where there is none."""
    spans: list[Span] = []
    for source in job.sources("memberships", records=MAX_RECORDS, size=MAX_SIZE):
        spans += _read(source, known, found)
    if not spans:
        raise job.refuse("memberships", Phrase("membership"))
    return sorted(_joined(spans), key=lambda span: span.iri)


def write(job: Job, spans: Sequence[Span]) -> None:
    """Write the memberships of an import."""
    with job.part("memberships") as part:
        for span in spans:
            _write(span, part, job.day)
    job.counts |= {"memberships": len(spans), "states": len({span.state for span in spans})}
    job.counts |= {name: sum(span.status == status for span in spans) for status, name in COUNTED.items()}


def _read(source: Source, known: dict[str, Organization], found: States) -> Iterator[Span]:
    told: dict[tuple[str, ...], int] = {}
    for line, record in source.records():
        fields = Fields(source, line, record)
        fields.check(MAPPED, ())
        row = _row(fields, known)
        if not row:
            continue
        if (first := told.setdefault(tuple(map(str, record.values())), line)) != line:
            fields.add("repeated", "igo", fields.record, Phrase("line {first}", first=first))
            continue
        spans = found.spans(row.code, row.first, row.last)
        if not spans:
            fields.add("unknown-code", "state_code", row.code, fields.text("state_name"))
        yield from (replace(row, state=state, first=first, last=last) for state, first, last in spans)
    source.note_absent(MAPPED)


def _row(fields: Fields, known: dict[str, Organization]) -> Span | None:
    fields.record = fields.text("igo")
    code, status = fields.text("state_code"), fields.text("status")
    first, last = fields.number("first_year_observed"), fields.number("last_year_observed")
    if not code or first is None or last is None:
        fields.add(
            "field-missing", "state_code" if not code else "first_year_observed" if not first else "last_year_observed"
        )
    elif fields.record not in known:
        fields.add("dangling", "igo", fields.record)
    elif status not in ROLES:
        fields.add("unknown-code", "status", status)
    elif not 1800 <= first <= last <= LAST:
        fields.add(
            "value", "last_year_observed", f"{first}–{last}", Phrase("not years in their order up to {year}", year=LAST)
        )
    else:
        return Span(known[fields.record], "", code, status, first, last)
    return None


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield memberships, those of one state joined that follow each other: codes change, memberships go on."""
    before: Span | None = None
    for span in sorted(spans, key=lambda s: (s.organization.number, s.state, s.status, s.first, s.last)):
        if before and _goes_on(before, span):
            before = replace(before, last=max(before.last, span.last))
            continue
        if before:
            yield before
        before = span
    if before:
        yield before


def _same(span: Span) -> Key:
    return (span.organization.acronym, span.state, span.status)


def _goes_on(before: Span, span: Span) -> bool:
    same = _same(before) == _same(span)
    if same and span.first <= before.last:
        span.organization.fields.add(
            "contradiction", "memberships", span.code, Phrase("two from {first} on: joined", first=span.first)
        )
    return same and span.first <= before.last + 1


def _write(span: Span, part: Part, day: str) -> None:
    number = span.organization.number
    shown = evidence(SOURCE, local(span.iri), day)
    part.put(
        facts(
            span.iri,
            (TYPE, term("Membership")),
            (term("member"), iri(span.state)),
            (term("inBody"), iri(span.organization.iri)),
            (term("role"), code(ROLES[span.status])),
            *dated("start", span.start),
            *dated("end", span.end),
            (term("evidence"), iri(shown)),
        )
        + facts(shown, *proof(SOURCE, f"organization {number}, state {span.code}", *dated("attestedOn", span.attested)))
    )
