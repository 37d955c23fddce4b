"""The agreements: titles, and the dates on which the publishers agree; where they do not, both are claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stdgraph.locale import Phrase
from stdgraph.model.vocabulary import SKOS, local
from stdgraph.packs.job import Job
from stdgraph.packs.trade.dates import agreed, told
from stdgraph.packs.trade.entries import DATES, PUBLISHERS, YEAR, Entry
from stdgraph.packs.trade.identity import agreement_iri
from stdgraph.packs.triples import TYPE, Lines, claim, code, evidence, iri, label, literal, proof, term


def write(job: Job, found: dict[str, list[Entry]]) -> Lines:
    """Write the agreements of an import, and return the graph that they are in."""
    publishers = sorted({entry.publisher for entries in found.values() for entry in entries})
    lines, *_ = [job.graph(f"manytrade-{publisher}") for publisher in publishers]
    shared = 0
    for key, entries in found.items():
        subject = agreement_iri(key)
        _write_itself(subject, key, entries, lines)
        by = {publisher: rows for publisher in publishers if (rows := _rows(entries, publisher))}
        shared += len(by) == len(PUBLISHERS)
        proofs = {p: _write_evidence(subject, p, rows, lines, job.day) for p, rows in by.items()}
        dates = {p: told(rows, DATES, Phrase("one agreement")) for p, rows in by.items()}
        for slot in DATES:
            values = {p: dates[p][slot] for p in by if slot in dates[p]}
            _write_date(subject, slot, values, entries[0], proofs, lines)
    job.counts |= {"agreements": len(found), "shared": shared}
    return lines


def _rows(entries: Sequence[Entry], publisher: str) -> list[Entry]:
    """Return the rows of a publisher on an agreement: of its file of agreements, else of that of parties."""
    own = [entry for entry in entries if entry.publisher == publisher]
    return [entry for entry in own if not entry.is_party] or own


def _write_itself(subject: str, key: str, entries: Sequence[Entry], lines: Lines) -> None:
    titles = list(dict.fromkeys(entry.fields.text("Title") for entry in entries))
    lines.add(
        subject,
        (TYPE, term("Agreement")),
        (term("agreementType"), code("agrtype-trade-agreement")),
        (term("identifier"), literal(key)),
        label(titles[0]),
        *((f"<{SKOS}altLabel>", literal(title, "en")) for title in titles[1:]),
    )


def _write_evidence(subject: str, publisher: str, rows: Sequence[Entry], lines: Lines, day: str) -> str:
    """Add the evidence of a publisher for an agreement, and return its IRI; it shows what is open for the snapshot's day."""
    shown = evidence(f"manytrade-{publisher}", local(subject), day)
    is_open = any(row.is_open("End") and row.date("Force") for row in rows)
    attested = [(term("attestedOn"), literal(YEAR))] if is_open else []
    locator = "; ".join(sorted({row.treaty for row in rows}))
    lines.add(shown, *proof(f"manytrade-{publisher}", locator, *attested))
    lines.add(subject, (term("evidence"), iri(shown)))
    return shown


def _write_date(
    subject: str, slot: str, values: Mapping[str, str], entry: Entry, proofs: Mapping[str, str], lines: Lines
) -> None:
    value = agreed(values.values())
    if value:
        lines.add(subject, (term(slot), literal(value)))
    if value is not None:
        return
    said = " / ".join(f"{publisher} {date}" for publisher, date in values.items())
    entry.add("contradiction", DATES[slot], said, Phrase("the publishers differ: both are kept as claims"))
    claims = {publisher: claim(iri(subject), term(slot), literal(date)) for publisher, date in values.items()}
    for publisher, node in claims.items():
        lines.add(
            node,
            (TYPE, term("Claim")),
            (term("claimSubject"), iri(subject)),
            (term("claimProperty"), term(slot)),
            (term("claimObject"), literal(values[publisher])),
            (term("claimRank"), code("rank-normal")),
            (term("evidence"), iri(proofs[publisher])),
            *((term("conflictsWith"), iri(other)) for other in claims.values() if other != node),
        )
