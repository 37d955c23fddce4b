"""The entries of the register's standards, of ISO's open data or of the Relaton catalogues, in one form."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from stdgraph.locale import Phrase
from stdgraph.model.identifiers import Reference, reference, slug, workitem_iri
from stdgraph.model.vocabulary import BASE
from stdgraph.packs.fields import Fields
from stdgraph.packs.iso.ics import CODE
from stdgraph.packs.triples import plain_text
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
STAGE = re.compile(r"(\d{2})\.?(\d{2})")


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


def iso(fields: Fields) -> Standard | None:
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
            "spelling",
            "reference",
            found.printed,
            Phrase("no supplement, but supplementType {text}", text=fields.text("supplementType")),
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
        fields.add("value", "reference", fields.record, error.args[0])
        return None
    titles = fields.texts("title", LANGUAGES)
    if not titles and "title" in fields.values:
        fields.add("missing", "title")
    if any("\t" in text or "\n" in text for text in titles.values()):
        titles = {tag: " ".join(text.split()) for tag, text in titles.items()}
    return Standard(fields, fields.record, parts, number, titles)


def relaton(fields: Fields) -> Standard | None:
    """Return an entry of the ISO and IEC catalogues as the Relaton project has them."""
    fields.check(RELATON_MAPPED, ())
    number, stage = fields.text("projectNumber"), fields.text("stage")
    of_iso = bool(STAGE.fullmatch(stage))  # elsewhere the number is one of IEC
    found = _begun(fields, number if of_iso and number.isdigit() else "")
    if not found:
        return None
    if number and of_iso and not found.number:
        found.add("unsure", "projectNumber", number, Phrase("not a number of the register"))
    found.kind = _kind(found, fields.text("documentType"), "documentType")
    found.date = _published(found, fields)
    found.edition = edition if (edition := fields.text("edition")).isdigit() else ""
    if edition and not found.edition:
        found.add("unsure", "edition", edition, Phrase("not a whole number"))
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
        found.add("contradiction", "dates", date, Phrase("the reference says {year}, which is kept", year=year))
        return year
    return date


def _relations(found: Standard, fields: Fields) -> None:
    """Sort relations: `obsoletes` points to the older document, `updates` to the newer one or to an amendment."""
    for item in fields.items("relations"):
        kind, name = (item.get("type"), item.get("reference")) if isinstance(item, dict) else (None, None)
        if not isinstance(name, str) or not name:
            found.add("value", "relations", item, Phrase("not a relation"))
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
            fields.add("value", field, number, Phrase("not a code of the ICS"))
    return [number for number in found if CODE.fullmatch(number)]


@cache
def codes() -> frozenset[str]:
    """Return the codes of stages and types of standards that the ontology has."""
    text = read_text(content("ontology", "codes.ttl"))
    return frozenset(re.findall(r"^stdgc:((?:stage|std)-\S+)$", text, re.M))
