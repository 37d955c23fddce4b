"""What does not fit together: sides exchanged, numbers and dates against names, evidence of something else."""

from __future__ import annotations

import re
from random import Random

from corpus.blocks import Block, File, World
from corpus.kinds import RECORDS, Change, Kind, add, points, swap

ID_YEAR = r"/(\d{4})-"
DATED = "Agreement|Meeting|Conference|Event|Training|Resolution|PolicyDocument|Document"


def _exchange(name: str, one: str, other: str, *, of: str = "") -> Kind:
    """The values of two properties in each other's place."""

    def make(block: Block, _rng: Random, _world: World) -> Change | None:
        places = [next((n for n, s in enumerate(block.lines) if s.startswith(f"    {p} ")), 0) for p in (one, other)]
        if not all(places):
            return None
        first, second = (block.lines[at].split(" ", 5)[5] for at in places)
        if first == second:
            return None
        lines = [*block.lines]
        lines[places[0]], lines[places[1]] = f"    {one} {second}", f"    {other} {first}"
        return Change(lines, frozenset(places))

    return Kind(name, make, of=of)


def _languages_exchanged(block: Block, _rng: Random, _world: World) -> Change | None:
    places = [n for n, line in enumerate(block.lines) if line.startswith("    skos:prefLabel ")]
    if len(places) != 2 or re.search(r'"[^"一-鿿]*"@zh', "".join(block.lines[n] for n in places)):
        return None
    lines, tags = [*block.lines], {"@en ;": "@zh-Hans ;", "@zh-Hans ;": "@en ;"}
    for at in places:
        lines[at] = re.sub("@(?:en|zh-Hans) ;$", lambda m: tags[m[0]], lines[at])
    return Change(lines, frozenset(places))


def _year(block: Block) -> int | None:
    found = re.search(ID_YEAR, block.subject)
    return int(found[1]) if found else None


def _not_of_its_id(block: Block, rng: Random, world: World) -> Change | None:
    """A date some years before the year that the id tells."""
    year = _year(block)
    if year is None or year < 2000:
        return None
    return swap("", rf'^(    stdg:date "){year}', lambda m, _r, _w: f"{m[1]}{year - 2}").spoilt(block, rng, world)


def _ordinal(block: Block, rng: Random, world: World) -> Change | None:
    """An ordinal that is not the one in the name."""
    if not re.search(r'prefLabel "[^"]*\b\d+(?:st|nd|rd|th)\b', "\n".join(block.lines)):
        return None
    return swap("", r"^(    stdg:ordinal )(\d+)( ;)$", lambda m, _r, _w: f"{m[1]}{int(m[2]) + 31}{m[3]}").spoilt(
        block, rng, world
    )


def _evidence_of_another_record(block: Block, rng: Random, world: World) -> Change | None:
    """An evidence that is named for another record."""
    others = [e for b in world.things[block.kind] if b.id != block.id and b.path == block.path for e in b.named("evidence") if b.id.partition("/")[2] in e]  # fmt: skip
    if not others:
        return None
    return points("", "evidence", lambda r, _w: f"<{r.choice(others)}>").spoilt(block, rng, world)


def _evidence_of_another_source(block: Block, rng: Random, world: World) -> Change | None:
    """An evidence of another document than the folder's."""
    folder = block.path.partition("/")[0]
    if folder == "entities" or not block.named("evidence"):
        return None
    others = [e.subject for e in world.things["Evidence"][::20] if not e.path.startswith(folder)]
    return points("", "evidence", lambda r, _w: r.choice(others)).spoilt(block, rng, world)


def _side(block: Block, rng: Random, world: World) -> Change | None:
    """An officer of a country that is none of the body's own."""
    body = next(iter(block.named("inBody")), "")
    sides = re.match(r"mechanism/([a-z]{2})-([a-z]{2})-", body)
    if not sides:
        return None
    return points("", "onBehalfOf", lambda _r, _w: "<country/FR>").spoilt(block, rng, world)


def _party(block: Block, rng: Random, world: World) -> Change | None:
    """A country as party of a bilateral agreement whose id names two others."""
    if not re.search(r"/(?:\d{4}-)?(?:\d\d-)*cn-[a-z]{2}-", block.subject):
        return None
    return swap("", r"^(    stdg:hasParty )<country/(?!CN)[A-Z]{2}>( ;)$", r"\1<country/FJ>\2").spoilt(
        block, rng, world
    )


def _before_its_frame(block: Block, rng: Random, world: World) -> Change | None:
    """A meeting of a group that was not founded yet."""
    frames = [world.starts[b] for b in block.named("underFramework") if b in world.starts]
    if not frames:
        return None
    return swap(
        "", r'^(    stdg:(?:date|start) ")[^"]+(" ;)$', lambda m, _r, _w: f"{m[1]}{min(frames) - 4}{m[2]}"
    ).spoilt(block, rng, world)


def _attested_too_early(block: Block, rng: Random, world: World) -> Change | None:
    """A record that is dated after the day of its only evidence, and not planned."""
    evidence = [world.by_id[e] for e in block.named("evidence") if e in world.by_id]
    years = [int(m[1]) for e in evidence for line in e.lines if (m := re.match(r'    stdg:attestedOn "(\d{4})', line))]
    if len(years) != len(evidence) or not years or max(years) > 2023 or "planned" in "".join(block.lines):
        return None
    return swap("", r'^(    stdg:date ")[^"]+(" ;)$', lambda m, _r, _w: f"{m[1]}{max(years) + 2}{m[2]}").spoilt(
        block, rng, world
    )


def _edition(block: Block, rng: Random, world: World) -> Change | None:
    """The year of the number is not that of the edition."""
    return swap(
        "", r'^(    stdg:reference "[^"]+[-:])(\d{4})(" ;)$', lambda m, _r, _w: f"{m[1]}{int(m[2]) - 3}{m[3]}"
    ).spoilt(block, rng, world)


def _three_steps(block: Block, rng: Random, world: World) -> Change | None:
    """A place within what is within what is within it."""
    below = [c for b in world.pointed["placeWithin", block.id] for c in world.pointed["placeWithin", b.id]]
    if not below:
        return None
    return add("", f"stdg:placeWithin {rng.choice(below).subject} ;").spoilt(block, rng, world)


def _misfiled(text: str, file: File, rng: Random, world: World) -> tuple[str, set[int]] | None:
    """A new evidence of another document in the folder of this."""
    if "evidence" not in file.path or "@prefix src:" not in text:
        return None
    others = [e for e in world.things["Evidence"] if e.path.partition("/")[0] != file.path.partition("/")[0]]
    lines = [*rng.choice(others).lines]
    lines[0] = lines[0].replace(">", "-x9>")
    at = text.count("\n") + 2
    return text + "\n" + "\n".join(lines) + "\n", set(range(at, at + len(lines)))


def _among_others(text: str, file: File, rng: Random, world: World) -> tuple[str, set[int]] | None:
    """A person in the file of places, or a place in that of persons."""
    if not file.path.startswith("entities/"):
        return None
    lines = [*rng.choice(world.things["City" if "places" not in file.path else "Person"]).lines]
    lines = [f"<{lines[0][1:-1]}-x9>", *(line for line in lines[1:])]
    lines = [re.sub(r'(prefLabel|altLabel) "[^"]+"@en', r'\1 "Quillonbury Vexforth"@en', line) for line in lines]
    lines = [re.sub(r'(prefLabel|altLabel) "[^"]+"@zh-Hans', r'\1 "奎隆伯里"@zh-Hans', line) for line in lines]
    at = text.count("\n") + 2
    return text + "\n" + "\n".join(lines) + "\n", set(range(at, at + len(lines)))


def _own_id(block: Block, rng: Random, world: World, prop: str) -> Change | None:
    return points("", prop, lambda _r, _w: block.subject).spoilt(block, rng, world)


def _class(name: str, was: str, now: str) -> Kind:
    return swap(name, rf"^    a stdg:(?:{was}) ;$", f"    a stdg:{now} ;", of=was)


def _of_country(block: Block, rng: Random, world: World) -> Change | None:
    """A body of a country that is not the one its id begins with."""
    if not re.match(r"<org/(cn|gb|de|fr|us|jp|kr|ru)-", block.subject):
        return None
    return points("", "ofCountry", lambda _r, _w: "<country/AR>").spoilt(block, rng, world)


KINDS: list[Kind] = [
    _exchange("member-and-body-exchanged", "stdg:member", "stdg:inBody", of="OfficeHolding"),
    _exchange("member-and-body-of-a-membership-exchanged", "stdg:member", "stdg:inBody", of="Membership"),
    _exchange("participant-and-event-exchanged", "stdg:participant", "stdg:inEvent", of="Participation"),
    _exchange("recognizer-and-recognized-exchanged", "stdg:recognizer", "stdg:recognized", of="Recognition"),
    _exchange("contributor-and-what-it-adds-to-exchanged", "stdg:contributor", "stdg:contributionTo", of="Contribution"),
    _exchange("user-and-standard-exchanged", "stdg:user", "stdg:usedStandard", of="StandardUse"),
    _exchange("locator-and-print-exchanged", "stdg:locator", "stdg:printedForm", of="Evidence"),
    _exchange("group-and-country-exchanged", "stdg:inGroup", "stdg:memberCountry", of="GroupMembership"),
    _exchange("value-and-unit-exchanged", "stdg:value", "stdg:unit", of="Figure"),
    _exchange("subject-and-object-of-a-claim-exchanged", "stdg:claimSubject", "stdg:claimObject", of="Claim"),
    Kind("languages-exchanged", _languages_exchanged),
    _class("office-as-participation", "OfficeHolding", "Participation"),
    _class("participation-as-office", "Participation", "OfficeHolding"),
    _class("membership-as-group-membership", "Membership", "GroupMembership"),
    _class("contribution-as-participation", "Contribution", "Participation"),
    _class("agreement-as-meeting", "Agreement", "Meeting"),
    _class("meeting-as-agreement", "Meeting|Conference", "Agreement"),
    _class("evidence-as-claim", "Evidence", "Claim"),
    _class("person-as-body", "Person", "Association"),
    _class("body-as-person", "Company|Association", "Person"),
    _class("body-as-city", "Company|University", "City"),
    _class("city-as-company", "City", "Company"),
    _class("standard-as-edition", "Standard", "StandardEdition"),
    _class("a-class-that-is-only-above-others", "OfficeHolding|Participation|Agreement", "Relationship"),
    Kind("date-not-of-its-id", _not_of_its_id, of=DATED),
    Kind("ordinal-not-of-its-name", _ordinal),
    Kind("number-of-another-year-than-the-edition", _edition, of="StandardEdition"),
    Kind("evidence-of-another-record", _evidence_of_another_record, of=RECORDS, new=False),
    Kind("evidence-of-another-document", _evidence_of_another_source, of=RECORDS),
    Kind("officer-of-a-third-country", _side, of="OfficeHolding"),
    Kind("party-that-the-id-does-not-name", _party, of="Agreement"),
    Kind("meeting-before-its-group", _before_its_frame),
    Kind("dated-after-its-evidence", _attested_too_early, of=DATED),
    Kind("place-within-itself-in-three-steps", _three_steps, new=False),
    Kind("evidence-in-the-folder-of-another-document", spoil=_misfiled),
    Kind("a-thing-in-the-file-of-others", spoil=_among_others, of="Person|City|Place", new=False),
    Kind("member-of-itself", lambda b, r, w: _own_id(b, r, w, "inBody"), of="OfficeHolding|Membership"),
    Kind("evidence-of-itself", lambda b, r, w: _own_id(b, r, w, "evidence"), of=RECORDS),
    Kind("about-itself", lambda b, r, w: _own_id(b, r, w, "about")),
    Kind("outcome-of-itself", lambda b, r, w: _own_id(b, r, w, "outcomeOf")),
    Kind("country-not-of-its-id", _of_country),
    swap("iso-committee-that-there-is-not", r'^(    stdg:isoCommitteeId ")\d+(" ;)$', r"\g<1>9999999\2"),
    swap("committee-id-with-a-name", r'^(    stdg:isoCommitteeId ")(\d+)(" ;)$', r"\1ISO/TC \2\3"),
    swap("body-under-a-body-of-another-country", r"^(    stdg:subBodyOf )<org/cn-\S+>( ;)$", r"\1<org/gb-bsi>\2"),
    swap("city-in-another-country", r"^(    stdg:placeWithin )<\S+>( ;)$", r"\1<country/PE>\2", of="City", where=lambda b, _w: b.id.startswith("city/cn-")),
    swap("share-over-a-hundred", r"^(    stdg:value )\d+\.\d+( ;)$", r"\g<1>4200.0\2", where=lambda b, _w: '    stdg:unit "percent" ;' in b.lines or '    stdg:unit "%" ;' in b.lines),
    swap("fewer-than-are-named", r"^(    stdg:statedActorCount )\d+( ;)$", r"\g<1>1\2", where=lambda b, _w: sum("stdg:hasParty" in line or "stdg:hasPartner" in line for line in b.lines) > 1),
    swap("own-translation-of-what-there-is-not", r'^(    stdg:ownTranslation ")(?:en|zh-Hans)(" ;)$', r"\1fr\2"),
    swap("planned-long-ago", r'^(    stdg:date ")[^"]+(" ;)$', r"\g<1>1911\2", where=lambda b, _w: "    stdg:planned true ;" in b.lines),
    swap("subject-that-is-deprecated", r"^    stdg:subject stdgc:\S+ ;$", "    stdg:subject stdgc:topic-electrotechnical ;"),
    swap("measure-that-is-deprecated", r"^    stdg:measure stdgc:\S+ ;$", "    stdg:measure stdgc:measure-pilots ;"),
]  # fmt: skip
