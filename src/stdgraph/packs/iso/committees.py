"""The register's committees: records of JSON Lines or CSV, checked against each other, as triples (design, section 14)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from stdgraph.model.identifiers import committee_iri
from stdgraph.model.vocabulary import BASE, DCTERMS, SKOS, local
from stdgraph.packs.fields import Fields
from stdgraph.packs.iso.bodies import Bodies
from stdgraph.packs.read import Record, Source
from stdgraph.packs.triples import TYPE, Lines, claim, code, evidence, iri, label, literal, plain_text, term

SOURCE = "iso-open-data"
MAPPED = (
    *("id", "reference", "status", "title", "secretariat", "creationDate", "scope", "parentId", "childrenId"),
    *("pMembers", "oMembers", "committeeLiaisons", "organizationLiaisons"),
)
IGNORED = ("sortKey", "pages")
MARKS = ("status", "secretariat", "pMembers", "oMembers")
"""Fields by which a file of committees is told from one of other things with an id and a reference."""

LANGUAGES = ("en", "fr", "es", "ru", "zh", "de", "ar")
STATUS = {"active": "status-active", "suspended": "status-suspended", "disbanded": "status-disbanded"}
LISTS = {
    "pMembers": "acronym",
    "oMembers": "acronym",
    "committeeLiaisons": "reference",
    "organizationLiaisons": "acronym",
}
USUAL = re.compile(r"(ISO|ISO/IEC|IEC/ISO)(/(TC|PC) \d+(/SC \d+)?| JTC \d+(/SC \d+)?| JSyC [A-Z]+|/WS [A-Z]+)")
KINDS = {
    "WG": ("WorkingGroup", ""),
    "JWG": ("JointWorkingGroup", ""),
    "SC": ("Subcommittee", ""),
    "TC": ("TechnicalCommittee", ""),
    "JTC": ("TechnicalCommittee", "orgtype-jtc"),
    "JSYC": ("TechnicalCommittee", "orgtype-sycom"),
    "PC": ("ProjectCommittee", ""),
    "WS": ("TechnicalBody", "orgtype-workshop"),
}
"""Token in the last part of the reference to class and type; any other body is a technical body."""

PLACEHOLDER = "1970-01-01"


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
    for line, record in _records(source):
        fields = Fields(source, line, record)
        fields.check(MAPPED, IGNORED)
        found = _committee(fields)
        if not found or _is_repeated(found, register.committees.get(found.number)):
            continue
        if other := references.get(found.iri):
            found.add("same-reference", "reference", found.reference, f"line {other.fields.line}")
            continue
        references[found.iri] = register.committees[found.number] = found
        if (title := found.titles.get("en")) and titles.setdefault(title, found) is not found:
            found.add("shared-title", "title", title, f"line {titles[title].fields.line}")
    source.note_absent(MAPPED)
    if not source.fields.intersection(MARKS):
        source.add("empty", 0, remark=f"no record has any of {', '.join(MARKS)}: another kind of file")
        register.committees.clear()
    return register


def _is_repeated(found: Committee, known: Committee | None) -> bool:
    if not known:
        return False
    if known.fields.values == found.fields.values:
        found.add("repeated", "id", found.number, f"line {known.fields.line}")
    else:
        found.add("same-id", "id", found.number, f"line {known.fields.line}")
    return True


def _records(source: Source) -> Iterator[tuple[int, Record]]:
    """Yield records; those of CSV after all are read: their lists need each other to be split."""
    flat: list[tuple[int, Record]] = []
    for line, record in source.records():
        if any(isinstance(record.get(name), dict) for name in LISTS):
            flat.append((line, record))
        else:
            yield line, record
    known = _known(record for _, record in flat)
    for line, record in flat:
        yield line, _joined(Fields(source, line, record, record.get("reference", "")), known)


def _known(records: Iterable[Record]) -> dict[tuple[str, str], str]:
    """Return the name of each (field, id) that a list without doubt gives: as many names as ids."""
    known = {}
    for record in records:
        for name, part in LISTS.items():
            ids, texts = _columns(record, name, part)
            if len(ids) == len(texts):
                known.update({(name, number): text for number, text in zip(ids, texts, strict=True)})
    return known


def _columns(record: Record, name: str, part: str) -> tuple[list[str], list[str]]:
    """Return the ids and the names of a list, which CSV has in two cells, `[1, 2]` and `[A, B]`."""
    cells = record.get(name)
    return (_split(cells.get("id")), _split(cells.get(part))) if isinstance(cells, dict) else ([], [])


def _split(cell: object) -> list[str]:
    text = cell.strip() if isinstance(cell, str) else ""
    if '"' in text:
        with suppress(ValueError):
            return [item if isinstance(item, str) else "null" for item in json.loads(text)]
    inner = text.removeprefix("[").removesuffix("]")
    return [part.strip() for part in inner.split(",")] if inner.strip() else []


def _joined(fields: Fields, known: Mapping[tuple[str, str], str]) -> Record:
    """Return a record of CSV in the form of JSON: lists of ids and of names as one list."""
    record = dict(fields.values)
    for name, part in LISTS.items():
        fields.only(name, cells if isinstance(cells := record.get(name), dict) else {}, part)
        ids, texts = _columns(record, name, part)
        sure = texts if len(ids) == len(texts) else _aligned(fields, name, ids, texts, known)
        record[name] = [{"id": i, part: None if t == "null" else t} for i, t in zip(ids, sure, strict=True)]
    return record


def _aligned(
    fields: Fields, name: str, ids: list[str], texts: list[str], known: Mapping[tuple[str, str], str]
) -> list[str | None]:
    """Return a name for each id where names hold commas themselves; those that stay in doubt are left out.

    Ids whose names other lines give divide the list; between two of them, as many names as ids are certain, and one
    id alone takes all that is there.
    """
    found: list[str | None] = []
    waiting = low = 0
    for at, number in enumerate([*ids, ""]):
        start, end = _place(known.get((name, number)), texts, low) if at < len(ids) else (len(texts), len(texts))
        if start < 0:
            waiting += 1
            continue
        between = texts[low:start]
        if len(between) == waiting:
            found += between
        elif waiting == 1 and between:
            found.append(", ".join(between))
        else:
            fields.add("unsure", name, ", ".join(between), f"{waiting} ids, {len(between)} names")
            found += [None] * waiting
        found += [", ".join(texts[start:end])] if at < len(ids) else []
        waiting, low = 0, end
    return found


def _place(text: str | None, texts: list[str], low: int) -> tuple[int, int]:
    """Return from where to where a known name stands in a list, (-1, -1) where it does not."""
    wanted = [part.strip() for part in text.split(",")] if text else []
    for at in range(low, len(texts) - len(wanted) + 1) if wanted else ():
        if texts[at : at + len(wanted)] == wanted:
            return at, at + len(wanted)
    return -1, -1


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
        fields.add("unsure", "secretariat", acronym, "an acronym without an id")
    try:
        found_iri = committee_iri(fields.record)
    except ValueError as error:
        fields.add("value", "reference", fields.record, str(error))
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


def write(register: Register, bodies: Bodies, lines: Lines, day: str) -> dict[str, int]:
    """Add the triples of all committees and return what was counted."""
    counts = dict.fromkeys(COUNTED, 0)
    for found in register.committees.values():
        counts["committees"] += 1
        counts["active"] += found.status == "active"
        counts["suspended"] += found.status == "suspended"
        proof = evidence(SOURCE, found.number, day)
        lines.evidence(SOURCE, proof, f"committee {found.number}", day)
        _write_itself(found, lines, proof, day)
        _write_place(found, register, lines)
        _write_secretariat(found, bodies, lines, proof, counts)
        _write_members(found, bodies, lines, counts)
        _write_liaisons(found, register, bodies, lines, counts)
    counts["bodies"] = len(bodies.members)
    counts["organizations"] = len(bodies.organizations)
    return counts


COUNTED = (
    *("committees", "active", "suspended", "secretariats", "p_members", "o_members", "bodies"),
    *("committee_liaisons", "liaisons_without_reference", "organization_liaisons", "organizations"),
)


def _write_itself(found: Committee, lines: Lines, proof: str, day: str) -> None:
    kind, orgtype = _kind(found)
    lines.add(
        found.iri,
        (TYPE, term(kind)),
        (term("reference"), literal(found.reference)),
        (term("isoCommitteeId"), literal(str(found.number))),
        (term("evidence"), iri(proof)),
        *(label(text, tag) for tag, text in found.titles.items()),
    )
    if orgtype:
        lines.add(found.iri, (term("organizationType"), code(orgtype)))
    if not found.titles:
        found.add("missing", "title")
    if found.status in STATUS:
        lines.add(found.iri, (term("organizationStatus"), code(STATUS[found.status])))
    else:
        found.add("unknown-code" if found.status else "missing", "status", found.fields.values.get("status"))
    _write_scope(found, lines)
    _write_start(found, lines, proof)
    if found.start > day:
        found.add("ahead", "creationDate", found.start)


def _kind(found: Committee) -> tuple[str, str]:
    tokens = re.findall(r"[A-Z]+", found.reference.upper().rpartition("/")[2])
    if not USUAL.fullmatch(found.reference):
        found.add("spelling", "reference", found.reference)
    return next((kind for token, kind in KINDS.items() if token in tokens), ("TechnicalBody", ""))


def _write_scope(found: Committee, lines: Lines) -> None:
    if not found.scopes:
        found.add("missing", "scope")
    for tag, text in found.scopes.items():
        told = plain_text(text)
        if told != " ".join(text.split()):
            found.add("html", "scope", remark="" if "<" in text else "entities")
        if told:
            lines.add(found.iri, (f"<{DCTERMS}description>", literal(told, tag)))


def _write_start(found: Committee, lines: Lines, proof: str) -> None:
    if not found.start:
        if not found.fields.values.get("creationDate"):
            found.add("missing", "creationDate")
        return
    if found.start != PLACEHOLDER:
        lines.add(found.iri, (term("start"), literal(found.start.removesuffix("-01-01"))))
        return
    found.add("placeholder", "creationDate", found.start)
    value = literal(found.start)
    rejected = claim(iri(found.iri), term("start"), value)
    lines.add(
        rejected,
        (TYPE, term("Claim")),
        (term("claimSubject"), iri(found.iri)),
        (term("claimProperty"), term("start")),
        (term("claimObject"), value),
        (term("claimRank"), code("rank-deprecated")),
        (term("evidence"), iri(proof)),
        (f"<{SKOS}note>", literal("Probably the epoch default of the register", "en")),
    )


def _write_place(found: Committee, register: Register, lines: Lines) -> None:
    parent = register.committees.get(found.parent) if found.parent is not None else None
    if parent is found:
        found.add("self-relation", "parentId", found.parent)
    elif parent:
        lines.add(found.iri, (term("subBodyOf"), iri(parent.iri)))
        if "childrenId" in parent.fields.values and found.number not in parent.children:
            found.add("contradiction", "parentId", found.parent, f"{parent.reference} does not list it as a child")
    elif found.parent is not None:
        found.add("dangling", "parentId", found.parent)
    else:
        for owner in ("iso", "iec"):
            if owner.upper() in re.split(r"[\s/]+", found.reference.upper()):
                lines.add(found.iri, (term("subBodyOf"), iri(f"{BASE}org/{owner}")))
    for child in found.children:
        below = register.committees.get(child)
        if below is None:
            found.add("dangling", "childrenId", child)
        elif below.parent != found.number:
            found.add("contradiction", "childrenId", child, f"{below.reference} names another parent")


def _write_secretariat(found: Committee, bodies: Bodies, lines: Lines, proof: str, counts: dict[str, int]) -> None:
    if not found.secretariat:
        found.add("missing", "secretariat")
        return
    number, acronym = found.secretariat
    if number not in dict(found.members["pMembers"]):
        found.add("contradiction", "secretariat", acronym or number, "held by a body that is no P-member")
    holder = bodies.member(number, acronym, found.fields)
    counts["secretariats"] += 1
    node = f"{BASE}secretariat/{local(found.iri)}--{local(holder)}"
    lines.add(found.iri, (term("secretariatHeldBy"), iri(holder)))
    lines.add(
        node,
        (TYPE, term("SecretariatAssignment")),
        (term("forBody"), iri(found.iri)),
        (term("holder"), iri(holder)),
        (term("role"), code("role-secretariat")),
        (term("evidence"), iri(proof)),
    )


def _write_members(found: Committee, bodies: Bodies, lines: Lines, counts: dict[str, int]) -> None:
    if len(found.members["pMembers"]) < 2:
        found.add("lone" if found.members["pMembers"] else "missing", "pMembers")
    both = dict(found.members["pMembers"]).keys() & dict(found.members["oMembers"]).keys()
    for number in sorted(both):
        found.add("contradiction", "oMembers", number, "P-member and O-member at once")
    for name, relation, counted in (
        ("pMembers", "participatingMemberOf", "p_members"),
        ("oMembers", "observingMemberOf", "o_members"),
    ):
        for number, acronym in found.members[name]:
            lines.add(bodies.member(number, acronym, found.fields), (term(relation), iri(found.iri)))
            counts[counted] += 1


def _write_liaisons(found: Committee, register: Register, bodies: Bodies, lines: Lines, counts: dict[str, int]) -> None:
    for number, reference in found.liaisons:
        counts["committee_liaisons"] += 1
        counts["liaisons_without_reference"] += not reference
        other = register.committees.get(number)
        if other is found:
            found.add("self-relation", "committeeLiaisons", number)
            continue
        if other and reference and other.reference != reference:
            found.add("contradiction", "committeeLiaisons", number, f"{reference} here, {other.reference} there")
        if other and found.number not in dict(other.liaisons):
            found.add("one-sided", "committeeLiaisons", other.reference)
        if not other:
            found.add("dangling" if reference else "null-reference", "committeeLiaisons", number, reference)
        partner = other.iri if other else bodies.unlisted(number, reference)
        lines.add(found.iri, (term("listsLiaisonWith"), iri(partner)))
    for number, acronym in found.organizations:
        counts["organization_liaisons"] += 1
        partner = bodies.organization(number, acronym, found.fields)
        lines.add(found.iri, (term("listsLiaisonWith"), iri(partner)))
