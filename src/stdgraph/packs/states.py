"""States as registers name them: what a code means in which years, and a name for those that the graph does not describe."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from functools import cache

from stdgraph.model.vocabulary import BASE
from stdgraph.packs import mappings
from stdgraph.packs.triples import TYPE, Lines, label, literal, term
from stdgraph.storage.files import content, read_text

EVER = 9999


@dataclass(frozen=True)
class Meaning:
    """The state that a code means, from a year to a year."""

    iri: str
    first: int = 0
    last: int = EVER


@dataclass
class States:
    """The states of a register, and those of them that an import met."""

    meanings: dict[str, list[Meaning]]
    met: set[str] = field(default_factory=set)

    def spans(self, code: str, first: int, last: int) -> list[tuple[str, int, int]]:
        """Return the states that a code means between two years, each with its own years; nothing for an unknown one."""
        found = [(m.iri, max(first, m.first), min(last, m.last)) for m in self.meanings.get(code, ())]
        spans = [span for span in found if span[1] <= span[2]]
        self.met.update(iri for iri, *_ in spans)
        return spans

    def iri(self, code: str) -> str:
        """Return the state that a code means, whatever the year, "" for an unknown one."""
        found = self.meanings.get(code)
        if not found:
            return ""
        self.met.add(found[0].iri)
        return found[0].iri

    def write(self, lines: Lines) -> None:
        """Add those that were met and that the curated graph does not describe."""
        names, described = _names(), curated_countries()
        for iri in sorted(self.met):
            code = iri.rpartition("/")[2]
            if code not in names or code in described:
                continue
            kind = "Country" if iri == f"{BASE}country/{code}" and len(code) == 2 else "GeopoliticalEntity"
            lines.add(iri, (TYPE, term(kind)), *(label(text, tag) for tag, text in names[code].items()))
            if kind == "Country":
                lines.add(iri, (term("countryCode"), literal(code)), *_location(code))


def states(mapping: str, *prefixes: str) -> States:
    """Return the states of a reviewed mapping; its columns `first_year` and `last_year` divide a code by years."""
    found: dict[str, list[Meaning]] = {}
    for row in mappings.rows(mapping):
        prefix, _, code = row["subject_id"].partition(":")
        if prefix in prefixes:
            first, last = int(row.get("first_year") or 0), int(row.get("last_year") or EVER)
            found.setdefault(code, []).append(Meaning(mappings.thing(row["object_id"]), first, last))
    return States(found)


def state_name(iri: str, lang: str) -> str:
    """Return the name of a state, "" for what is none."""
    return _names().get(iri.rpartition("/")[2], {}).get("zh-Hans" if lang.startswith("zh") else "en", "")


def curated_countries() -> set[str]:
    """Return the codes of the countries that the curated graph describes."""
    text = read_text(content("data", "ttl", "entities", "countries.ttl"))
    return set(re.findall(r"^<country/([A-Z]{2})>$", text, re.M))


def _location(code: str) -> list[tuple[str, str]]:
    """Return the continent and the smallest region of a country as facts."""
    row = _rows()[code]
    slots = (("onContinent", row["continent"]), ("placeWithin", row["region"]))
    return [(term(name), f"<{BASE}place/{place}>") for name, place in slots if place]


@cache
def _names() -> dict[str, dict[str, str]]:
    """Return the names of countries and former states by language, by the code at the end of their IRI."""
    return {code: {tag: row[tag] for tag in ("en", "zh-Hans")} for code, row in _rows().items()}


@cache
def _rows() -> dict[str, dict[str, str]]:
    """Return the rows of `countries.tsv` by the code at the end of the IRI."""
    lines = [line for line in read_text(content("data", "countries.tsv")).splitlines() if not line.startswith("#")]
    return {row["id"]: row for row in csv.DictReader(lines, delimiter="\t")}
