"""The register's committees: records of JSON Lines or CSV, checked one by one and as a whole (design, section 14)."""

from __future__ import annotations

from dataclasses import dataclass, field

from stdgraph.locale import Phrase
from stdgraph.model.identifiers import committee_iri
from stdgraph.packs.fields import Fields
from stdgraph.packs.iso import flat
from stdgraph.packs.read import Source

SOURCE = "iso-open-data"
MAPPED = (
    *("id", "reference", "status", "title", "secretariat", "creationDate", "scope", "parentId", "childrenId"),
    *("pMembers", "oMembers", "committeeLiaisons", "organizationLiaisons"),
)
IGNORED = ("sortKey", "pages")
MARKS = ("status", "secretariat", "pMembers", "oMembers")
"""Fields by which a file of committees is told from one of other things with an id and a reference."""

LANGUAGES = ("en", "fr", "es", "ru", "zh", "de", "ar")


@dataclass
class Committee:
    """One committee as the register has it."""

    fields: Fields
    number: int
    reference: str
    status: str
    titles: dict[str, str]
    scopes: dict[str, str]
    start: str
    parent: int | None
    children: list[int]
    secretariat: tuple[int, str] | None
    members: dict[str, list[tuple[int, str]]]
    liaisons: list[tuple[int, str]]
    organizations: list[tuple[int, str]]
    iri: str = ""

    def add(self, kind: str, field: str = "", value: object = "", remark: str = "") -> None:
        """Note a finding about this committee."""
        self.fields.add(kind, field, value, remark)


@dataclass
class Register:
    """All committees of a file, by id, and the bodies that they name."""

    committees: dict[int, Committee] = field(default_factory=dict)


def read(source: Source) -> Register:
    """Return the committees of a file; what is wrong with single ones goes to the report."""
    register, references = Register(), dict[str, Committee]()
    titles = dict[str, Committee]()
    for line, record in flat.records(source):
        fields = Fields(source, line, record)
        fields.check(MAPPED, IGNORED)
        found = _committee(fields)
        if not found or _is_repeated(found, register.committees.get(found.number)):
            continue
        if other := references.get(found.iri):
            found.add("same-reference", "reference", found.reference, Phrase("line {line}", line=other.fields.line))
            continue
        references[found.iri] = register.committees[found.number] = found
        if (title := found.titles.get("en")) and titles.setdefault(title, found) is not found:
            found.add("shared-title", "title", title, Phrase("line {line}", line=titles[title].fields.line))
    source.note_absent(MAPPED)
    if not source.fields.intersection(MARKS):
        source.add(
            "empty", 0, remark=Phrase("no record has any of {fields}: another kind of file", fields=", ".join(MARKS))
        )
        register.committees.clear()
    return register


def _is_repeated(found: Committee, known: Committee | None) -> bool:
    if not known:
        return False
    if known.fields.values == found.fields.values:
        found.add("repeated", "id", found.number, Phrase("line {line}", line=known.fields.line))
    else:
        found.add("same-id", "id", found.number, Phrase("line {line}", line=known.fields.line))
    return True


def _committee(fields: Fields) -> Committee | None:
    fields.record = fields.text("reference")
    number = fields.number("id")
    if number is None or not fields.record:
        fields.add("field-missing", "id" if number is None else "reference")
        return None
    secretariat = fields.part("secretariat")
    fields.only("secretariat", secretariat, "acronym")
    holder, acronym = fields.number("id", secretariat), fields.text("acronym", secretariat)
    if holder is None and acronym:
        fields.add("unsure", "secretariat", acronym, Phrase("an acronym without an id"))
    try:
        found_iri = committee_iri(fields.record)
    except ValueError as error:
        fields.add("value", "reference", fields.record, error.args[0])
        return None
    return Committee(
        fields=fields,
        number=number,
        reference=fields.record,
        status=fields.text("status").lower(),
        titles=fields.texts("title", LANGUAGES),
        scopes=fields.texts("scope", LANGUAGES),
        start=fields.day("creationDate"),
        parent=fields.number("parentId"),
        children=fields.numbers("childrenId"),
        secretariat=None if holder is None else (holder, acronym),
        members={name: fields.pairs(name, "acronym") for name in ("pMembers", "oMembers")},
        liaisons=fields.pairs("committeeLiaisons", "reference"),
        organizations=fields.pairs("organizationLiaisons", "acronym"),
        iri=found_iri,
    )
