"""The bodies that a register names by number and acronym: members, organizations in liaison, and groups not listed."""

from __future__ import annotations

from dataclasses import dataclass, field

from stdgraph.locale import Phrase
from stdgraph.model.identifiers import register_body_iri
from stdgraph.model.vocabulary import BASE, SKOS
from stdgraph.packs.fields import Fields
from stdgraph.packs.mappings import mapped
from stdgraph.packs.read import Source
from stdgraph.packs.triples import TYPE, Lines, iri, label, literal, term

COUNTRY_MAPPED = ("iso_id", "alpha2", "country", "match_basis", "name", "name_2022")
COUNTRY_IGNORED = ("alpha3", "acronym_2022", "acronym_2025")
UNSURE = ("judgement", "not found")
"""A match of countries to numbers on such a basis is not certain, and is left out."""


def _curated() -> dict[int, str]:
    return {int(number): found for number, found in mapped("iso-members", "iso.org.member:").items()}


@dataclass
class Bodies:
    """Bodies by number: who is a member, who is in liaison, and their acronyms as the register has them.

    A body has the IRI of the curated graph where a reviewed mapping says so, else `org/iso-id-NUMBER`: the register
    tells no country, so nothing more readable would be certain, and numbers do not change.
    """

    curated: dict[int, str] = field(default_factory=_curated)
    members: dict[int, list[str]] = field(default_factory=dict)
    organizations: dict[int, list[str]] = field(default_factory=dict)
    groups: dict[int, list[str]] = field(default_factory=dict)
    countries: dict[int, tuple[str, str, str]] = field(default_factory=dict)

    def iri(self, number: int) -> str:
        """Return the IRI of a body."""
        return self.curated.get(number) or register_body_iri(str(number))

    def member(self, number: int, acronym: str, fields: Fields) -> str:
        """Note a body that takes part in a committee and return its IRI."""
        return self._noted(self.members, number, acronym, fields)

    def organization(self, number: int, acronym: str, fields: Fields) -> str:
        """Note an organization in liaison and return its IRI."""
        return self._noted(self.organizations, number, acronym, fields)

    def unlisted(self, number: int, reference: str) -> str:
        """Note a group that the file does not list and return its IRI."""
        known = self.groups.setdefault(number, [])
        if reference and reference not in known:
            known.append(reference)
        return self.iri(number)

    def _noted(self, where: dict[int, list[str]], number: int, acronym: str, fields: Fields) -> str:
        known = where.setdefault(number, [])
        if not acronym:
            fields.add("missing", "acronym", number)
        if acronym and acronym not in known:
            if known:
                fields.add(
                    "contradiction",
                    "acronym",
                    acronym,
                    Phrase("body {number} is {known} elsewhere", number=number, known=known[0]),
                )
            known.append(acronym)
        return self.iri(number)

    def read_countries(self, source: Source) -> None:
        """Read which country a member stands for, from a table with the columns alpha2, country, iso_id, match_basis."""
        for line, record in source.records():
            fields = Fields(source, line, record, record.get("country", ""))
            fields.check(COUNTRY_MAPPED, COUNTRY_IGNORED)
            number, country = fields.number("iso_id"), fields.text("alpha2")
            if number is None:
                fields.add("missing", "iso_id")
            elif number in self.countries:
                fields.add("same-id", "iso_id", number, Phrase("{country} too", country=self.countries[number][1]))
            elif any(word in fields.text("match_basis") for word in UNSURE):
                fields.add("unsure", "iso_id", number, fields.text("match_basis"))
            elif len(country) == 2 and country.isalpha() and country.isupper():
                self.countries[number] = (country, fields.record, fields.text("name_2022") or fields.text("name"))
            else:
                fields.add("value", "alpha2", country, Phrase("not a country code"))
        if not self.countries:
            source.add("empty", 0)
        source.note_absent(("iso_id", "alpha2", "country", "match_basis"))

    def write(self, lines: Lines, described: set[str]) -> None:
        """Add the triples of all bodies; curated ones keep their own names, and countries that are described theirs."""
        for number, acronyms in self.members.items():
            self._write(lines, number, "NationalStandardsBody", acronyms)
            if country := self.countries.get(number):
                self._write_country(lines, number, *country, described)
        for number, acronyms in self.organizations.items():
            self._write(lines, number, "Organization", acronyms)
        for number, references in self.groups.items():
            name = min(references) if references else f"ISO register no. {number}"
            lines.add(self.iri(number), (TYPE, term("Organization")), (term("identifier"), literal(str(number))))
            if number not in self.curated:
                lines.add(self.iri(number), label(name))
        for acronym in ("ISO", "IEC"):
            body = f"{BASE}org/{acronym.lower()}"
            lines.add(body, (TYPE, term("InternationalStandardsBody")), (term("acronym"), literal(acronym)))

    def _write(self, lines: Lines, number: int, kind: str, acronyms: list[str]) -> None:
        body = self.iri(number)
        lines.add(body, (TYPE, term(kind)), (term("isoOrganizationId"), literal(str(number))))
        lines.add(body, *((term("acronym"), literal(text)) for text in acronyms))
        if number not in self.curated:
            lines.add(body, label(min(acronyms) if acronyms else f"ISO register no. {number}"))

    def _write_country(self, lines: Lines, number: int, code: str, name: str, body: str, described: set[str]) -> None:
        country = f"{BASE}country/{code}"
        lines.add(self.iri(number), (term("ofCountry"), iri(country)))
        if body and number not in self.curated:
            lines.add(self.iri(number), (f"<{SKOS}altLabel>", literal(body)))
        if code not in described:
            lines.add(country, (TYPE, term("Country")), (term("countryCode"), literal(code)), label(name))
