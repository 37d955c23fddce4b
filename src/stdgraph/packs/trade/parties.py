"""The parties of the agreements: a record for each publisher, with the dates that hold for that party."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from stdgraph.locale import Phrase
from stdgraph.model.identifiers import slug
from stdgraph.model.vocabulary import BASE, local
from stdgraph.packs import mappings
from stdgraph.packs.job import Job, Part
from stdgraph.packs.states import states
from stdgraph.packs.trade.dates import told
from stdgraph.packs.trade.entries import DATES, DESTA, OWN_DATES, PUBLISHERS, YEAR, Entry
from stdgraph.packs.trade.identity import agreement_iri
from stdgraph.packs.triples import TYPE, Lines, dated, evidence, facts, iri, proof, term, typed

MAPPING = "trade-states"
COLUMNS = {DESTA: {slot: DATES[slot] for slot in ("date", "start")}}


class Parties:
    """Finds the state or organization that a row names, by its code; by its name where there is no code."""

    def __init__(self) -> None:
        self.codes, self.coded = states(MAPPING, "manytrade.state"), states(MAPPING, "manytrade.name")
        self.named: dict[str, set[str]] = defaultdict(set)
        for row in mappings.rows(MAPPING):
            for name in row["subject_label"].split("|"):
                self.named[name].add(mappings.thing(row["object_id"]))

    def iri(self, entry: Entry) -> str:
        """Return the party of a row; "" after a finding where it cannot be told."""
        code, name = entry.fields.text("stateID"), entry.fields.text("StateName").replace("\xa0", " ").strip()
        found = self.codes.iri(code) if code else self.coded.iri(name.replace(" ", "_"))
        if not found:
            entry.add("unknown-code", "stateID" if code else "StateName", code or name)
        elif name in self.named and found not in self.named[name]:
            entry.add("contradiction", "stateID", code, Phrase("the name beside it is {name}: left out", name=name))
            return ""
        elif code and name not in self.named:
            entry.add("spelling", "StateName", name)
        return found

    def write(self, lines: Lines) -> None:
        """Add the states that were met."""
        self.codes.write(lines)
        self.coded.write(lines)


def write(job: Job, found: dict[str, list[Entry]], core: Lines) -> None:
    """Write the parties of an import, and the states that they are."""
    parties, counts, met = Parties(), Counter[str](), set[str]()
    with job.part("parties") as part:
        for key, entries in found.items():
            named = set[str]()
            for publisher in PUBLISHERS:
                grouped = _by_party((e for e in entries if e.is_party and e.publisher == publisher), parties)
                for party, rows in sorted(grouped.items()):
                    _write(agreement_iri(key), party, publisher, rows, part, job.day)
                counts[publisher] += len(grouped)
                named |= grouped.keys()
            part.put(facts(agreement_iri(key), *((term("hasParty"), iri(party)) for party in sorted(named))))
            if len(named) < 2:
                entries[0].add("missing", "parties", key)
                core.add(agreement_iri(key), (term("listIsComplete"), typed("false", "boolean")))
            met |= named
    parties.write(core)
    job.counts |= {"states": len(met), "parties": counts.total()}
    job.counts |= {f"parties_{publisher}": counts[publisher] for publisher in PUBLISHERS}


def _by_party(rows: Iterable[Entry], parties: Parties) -> dict[str, list[Entry]]:
    grouped: dict[str, list[Entry]] = defaultdict(list)
    for row in rows:
        if party := parties.iri(row):
            grouped[party].append(row)
    return grouped


def _write(agreement: str, party: str, publisher: str, rows: Sequence[Entry], part: Part, day: str) -> None:
    dates = told(rows, COLUMNS.get(publisher, OWN_DATES), Phrase("one party"))
    own, source = f"{slug(local(party))}--{local(agreement)}", f"manytrade-{publisher}"
    subject, shown = f"{BASE}party/{own}--{publisher}", evidence(source, own, day)
    is_bound = "start" in dates and "end" not in dates and any(row.is_open("StateEnd") for row in rows)
    name = rows[0].fields.text("stateID") or rows[0].fields.text("StateName")
    locator = f"{'; '.join(sorted({row.treaty for row in rows}))}, {name}"
    part.put(
        facts(
            subject,
            (TYPE, term("PartyStatus")),
            (term("party"), iri(party)),
            (term("toAgreement"), iri(agreement)),
            *(pair for slot, text in dates.items() for pair in dated(slot, text)),
            (term("evidence"), iri(shown)),
        )
        + facts(shown, *proof(source, locator, *(dated("attestedOn", YEAR) if is_bound else ())))
    )
