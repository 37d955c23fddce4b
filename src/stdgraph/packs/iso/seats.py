"""What is written of each committee: itself, its place, its secretariat, its members, its liaisons."""

from __future__ import annotations

import re

from stdgraph.locale import Phrase
from stdgraph.model.vocabulary import BASE, DCTERMS, SKOS, local
from stdgraph.packs.iso.bodies import Bodies
from stdgraph.packs.iso.committees import SOURCE, Committee, Register
from stdgraph.packs.job import Job
from stdgraph.packs.states import curated_countries
from stdgraph.packs.triples import TYPE, Lines, claim, code, evidence, iri, label, literal, plain_text, term

STATUS = {"active": "status-active", "suspended": "status-suspended", "disbanded": "status-disbanded"}
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


def write(job: Job, register: Register, bodies: Bodies) -> None:
    """Write the committees of an import, and the bodies that they name."""
    core = job.graph(SOURCE)
    job.counts |= _write(register, bodies, core, job.day)
    bodies.write(core, curated_countries())


def _write(register: Register, bodies: Bodies, lines: Lines, day: str) -> dict[str, int]:
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
            found.add("html", "scope", remark="" if "<" in text else Phrase("entities"))
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
            found.add(
                "contradiction",
                "parentId",
                found.parent,
                Phrase("{reference} does not list it as a child", reference=parent.reference),
            )
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
            found.add(
                "contradiction",
                "childrenId",
                child,
                Phrase("{reference} names another parent", reference=below.reference),
            )


def _write_secretariat(found: Committee, bodies: Bodies, lines: Lines, proof: str, counts: dict[str, int]) -> None:
    if not found.secretariat:
        found.add("missing", "secretariat")
        return
    number, acronym = found.secretariat
    if number not in dict(found.members["pMembers"]):
        found.add("contradiction", "secretariat", acronym or number, Phrase("held by a body that is no P-member"))
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
        found.add("contradiction", "oMembers", number, Phrase("P-member and O-member at once"))
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
            found.add(
                "contradiction",
                "committeeLiaisons",
                number,
                Phrase("{here} here, {there} there", here=reference, there=other.reference),
            )
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
