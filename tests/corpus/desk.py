"""What a steward's desk adds: a neighbour's line, a side or a number that the id denies, dates and codes that contradict."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from corpus.blocks import Block, World
from corpus.kinds import LABEL, LABEL_ZH, Change, Kind, add, drop, swap, text

BODY = "Company|Association|NationalStandardsBody|GovernmentBody|ResearchInstitute|University|Centre"
DATED = "Agreement|Meeting|Conference|Training|Resolution|PolicyDocument|Document|Event"
COMMITTEE = "TechnicalCommittee|Subcommittee|WorkingGroup"


NAMED = re.compile(r"    stdg:(?:counterparty|hasParty|hasPartner|leadPartner|twinnedPartner|hasMember) ")


def _fewer(block: Block, _world: World) -> bool:
    """Tell whether fewer actors are named than are stated."""
    stated = re.search(r"stdg:statedActorCount (\d+)", "\n".join(block.lines))
    return stated is not None and sum(bool(NAMED.match(line)) for line in block.lines) < int(stated[1])


def _line(block: Block, prop: str) -> str:
    return next((line for line in block.lines if line.startswith(f"    {prop} ")), "")


def _has(*props: str) -> Callable[[Block, World], bool]:
    return lambda block, _world: all(_line(block, prop) for prop in props)


def _says(pattern: str) -> Callable[[Block, World], bool]:
    return lambda block, _world: bool(re.search(pattern, "\n".join(block.lines)))


def _not_of_its_id(name: str, prop: str, space: str, kinds: tuple[str, ...], of: str) -> Kind:
    """The id names one thing at a place, and the property another of the same kind."""

    def make(block: Block, rng: Random, world: World) -> Change | None:
        slug = re.search(rf"<{space}/([^>]+)> ;", _line(block, f"stdg:{prop}"))
        if not slug or slug[1] not in block.id.partition("/")[2].split("--"):
            return None
        others = [
            b.subject
            for kind in kinds
            for b in world.things[kind]
            if b.id.startswith(space + "/") and b.id.partition("/")[2] not in block.id
        ]
        return swap("", rf"^(    stdg:{prop} )<{space}/\S+( ;)$", lambda m, r, _w: m[1] + r.choice(others) + m[2]).spoilt(block, rng, world)  # fmt: skip

    return Kind(name, make, of=of)


def _label_of(name: str, pattern: str, *, alike: bool) -> Kind:
    """The name of another thing of the kind, as a block copied keeps it; of one country, where `alike`."""

    def make(block: Block, rng: Random, world: World) -> Change | None:
        country = _line(block, "stdg:ofCountry")
        others = [b for b in world.things[block.kind] if b.id != block.id and (not alike or _line(b, "stdg:ofCountry") == country)]  # fmt: skip
        names = [m for b in others for line in b.lines if (m := re.match(pattern, line)) and "prefLabel" in line]
        if not names or not any(re.match(pattern, line) for line in block.lines):
            return None
        other = rng.choice(names)[2]
        return text("", pattern, lambda _v: other).spoilt(block, rng, world)

    return Kind(name, make)


def _twin(name: str, of: str, to: Callable[[str], str]) -> Kind:
    """A thing that is there once more, under another id, with its names a little different; its evidence is its own."""

    def make(block: Block, _rng: Random, _world: World) -> Change | None:
        lines = [to(line) if re.match(r"    (?:skos:prefLabel|skos:altLabel|dcterms:title) ", line) else line for line in block.lines]  # fmt: skip
        if lines == [*block.lines]:
            return None
        twin = [block.subject.replace(">", "-2>"), *lines[1:]]
        return Change([*block.lines, "", *twin], frozenset(range(len(block.lines), len(block.lines) + len(twin) + 1)))

    return Kind(name, make, of=of, new=False)


def _evidence_twin(block: Block, _rng: Random, world: World) -> Change | None:
    """An evidence with the source and the locator of another, cited beside it."""
    own = [world.by_id[e] for e in block.named("evidence") if e in world.by_id and world.by_id[e].path == block.path]
    if not own:
        return None
    twin = [own[0].subject.replace(">", "-again>"), *own[0].lines[1:]]
    at = len(block.lines) - 1
    lines = [*block.lines[:-1], f"    stdg:evidence {twin[0]} ;", ".", "", *twin]
    return Change(lines, frozenset({at, *range(at + 2, len(lines))}))


def _year_of_label(m: re.Match[str], _rng: Random, _world: World) -> str:
    return f"{m[1]}{int(m[2]) - 3}{m[3]}"


def _zh_number(block: Block, rng: Random, world: World) -> Change | None:
    """The number of the meeting in the Chinese name alone is another."""
    if not _line(block, "stdg:ordinal"):
        return None
    return swap("", r'^(    skos:prefLabel "[^"]*第)([一二三四五六七八九])([次届][^"]*"@zh-Hans ;)$', lambda m, _r, _w: m[1] + "二三四五六七八九一"["一二三四五六七八九".index(m[2])] + m[3]).spoilt(block, rng, world)  # fmt: skip


def _capacity(block: Block, rng: Random, world: World) -> Change | None:
    offices = [b.subject for b in world.things["OfficeHolding"] if b.named("member") != block.named("participant")]
    return swap("", r"^(    stdg:inCapacity )<\S+>( ;)$", lambda m, r, _w: m[1] + r.choice(offices) + m[2]).spoilt(block, rng, world)  # fmt: skip


def _same_side(one: str, other: str) -> Kind:
    """The other side is the one side."""

    def make(block: Block, rng: Random, world: World) -> Change | None:
        side = re.search(r"<\S+>", _line(block, f"stdg:{one}"))
        if not side or not _line(block, f"stdg:{other}"):
            return None
        return swap("", rf"^(    stdg:{other} )<\S+>( ;)$", lambda m, _r, _w: m[1] + side[0] + m[2]).spoilt(block, rng, world)  # fmt: skip

    return Kind(f"{other}-that-is-its-{one}", make)


def _edition_of(block: Block, rng: Random, world: World) -> Change | None:
    others = [b.subject for b in world.things["Standard"] if not block.id.startswith(b.id)]
    return swap("", r"^(    stdg:editionOf )<\S+>( ;)$", lambda m, r, _w: m[1] + r.choice(others) + m[2]).spoilt(block, rng, world)  # fmt: skip


def _outcome_early(block: Block, rng: Random, world: World) -> Change | None:
    """What came of an event is dated years before it."""
    days = [m[1] for e in block.named("outcomeOf") if e in world.by_id for line in world.by_id[e].lines if (m := re.match(r'    stdg:(?:date|start) "(\d{4})', line))]  # fmt: skip
    if not days or re.search(r"/\d{4}", block.id) or _line(block, "stdg:planned"):
        return None
    if _line(block, "stdg:date"):
        return swap("", r'^(    stdg:date ")[^"]+(" ;)$', lambda m, _r, _w: f"{m[1]}{int(days[0]) - 3}{m[2]}").spoilt(block, rng, world)  # fmt: skip
    return add("", f'stdg:date "{int(days[0]) - 3}" ;').spoilt(block, rng, world)


def _start_late(block: Block, rng: Random, world: World) -> Change | None:
    """It is said to have begun years after the day of its evidence."""
    evidence = [world.by_id[e] for e in block.named("evidence") if e in world.by_id]
    years = [int(m[1]) for e in evidence for line in e.lines if (m := re.match(r'    stdg:attestedOn "(\d{4})', line))]
    if len(years) != len(evidence) or not years or max(years) > 2023 or _line(block, "stdg:planned") or re.search(r"/\d{4}", block.id):  # fmt: skip
        return None
    return swap("", r'^(    stdg:start ")[^"]+(" ;)$', lambda m, _r, _w: f"{m[1]}{max(years) + 2}{m[2]}").spoilt(block, rng, world)  # fmt: skip


def _foreign_party(block: Block, rng: Random, world: World) -> Change | None:
    """A body of a third country in an agreement of two."""
    if not re.search(r"/(?:\d{4}-)?(?:\d\d-)*(?:cn-(?!fr)[a-z]{2}|(?!fr)[a-z]{2}-cn)-", block.subject):
        return None
    return swap("", r"^(    stdg:hasParty )<org/(?!cn-)[a-z]{2}-\S+>( ;)$", r"\1<org/fr-afnor>\2").spoilt(block, rng, world)  # fmt: skip


def _mechanism_member(block: Block, rng: Random, world: World) -> Change | None:
    if not re.match(r"<mechanism/cn-[a-z]{2}-", block.subject):
        return None
    return swap("", r"^(    stdg:hasMember )<country/(?!CN)[A-Z]{2}>( ;)$", r"\1<country/PE>\2").spoilt(block, rng, world)  # fmt: skip


def _role(block: Block, rng: Random, world: World) -> Change | None:
    """The role at the end of the id is another than the one that is stated."""
    role = re.search(r"stdgc:role-(\S+)", _line(block, "stdg:role"))
    if not role or not block.id.endswith("--" + role[1]):
        return None
    other = "stdgc:role-secretary" if role[1] != "secretary" else "stdgc:role-chair"
    return swap("", r"^(    stdg:role )\S+( ;)$", rf"\1{other}\2").spoilt(block, rng, world)


def _above(block: Block, rng: Random, world: World) -> Change | None:
    """A committee under another committee than its number says."""
    parent = block.named("subBodyOf")
    if not parent or not block.id.startswith(parent[0] + "-"):
        return None
    others = [b.subject for b in world.things["TechnicalCommittee"] if not block.id.startswith(b.id)]
    return swap("", r"^(    stdg:subBodyOf )<\S+>( ;)$", lambda m, r, _w: m[1] + r.choice(others) + m[2]).spoilt(block, rng, world)  # fmt: skip


def _iso_id(block: Block, rng: Random, world: World) -> Change | None:
    """An id of the register that is not the one in its evidence."""
    at = re.search(r'stdg:iso\w+Id "(\d+)"', "\n".join(block.lines))
    if not at or not any(f"--{at[1]}--" in e for e in block.named("evidence")):
        return None
    return swap("", r'^(    stdg:iso\w+Id ")(\d+)(" ;)$', lambda m, _r, _w: f"{m[1]}{int(m[2]) + 7}{m[3]}").spoilt(block, rng, world)  # fmt: skip


def _transposed(m: re.Match[str], _rng: Random, _world: World) -> str:
    number = m[2]
    at = next((n for n in range(len(number) - 1) if number[n] != number[n + 1]), None)
    return m[0] if at is None else m[1] + number[:at] + number[at + 1] + number[at] + number[at + 2 :] + m[3]


def _place(block: Block, rng: Random, world: World) -> Change | None:
    """A city of one country, and beside it another country."""
    city = re.search(r"<city/([a-z]{2})-", _line(block, "stdg:locatedIn"))
    if not city or any(line.count("stdg:locatedIn <country/") for line in block.lines):
        return None
    return add("", "stdg:locatedIn <country/PE> ;", beside="stdg:locatedIn").spoilt(block, rng, world)


def _acronym(block: Block, rng: Random, world: World) -> Change | None:
    """The whole name as its acronym."""
    name = re.match(LABEL, _line(block, "skos:prefLabel"))
    if not name or " " not in name[2]:
        return None
    return swap("", r'^(    stdg:acronym ")[^"]+(" ;)$', lambda m, _r, _w: m[1] + name[2] + m[2]).spoilt(block, rng, world)  # fmt: skip


def _acronym_of_another(block: Block, rng: Random, world: World) -> Change | None:
    """The acronym of another body of the country."""
    country = _line(block, "stdg:ofCountry")
    others = [line for kind in BODY.split("|") for b in world.things[kind] if b.id != block.id and country and _line(b, "stdg:ofCountry") == country and (line := _line(b, "stdg:acronym"))]  # fmt: skip
    if not others or not _line(block, "stdg:acronym"):
        return None
    other = rng.choice(sorted(others))
    return swap("", r'^    stdg:acronym "[^"]+" ;$', lambda _m, _r, _w: other).spoilt(block, rng, world)


def _city_under_org(block: Block, _rng: Random, _world: World) -> Change | None:
    return Change([block.subject.replace("<city/", "<org/").replace(">", "-n8>"), *block.lines[1:]], frozenset({0, 1}))


def _one_party(block: Block, _rng: Random, _world: World) -> Change | None:
    places = [at for at, line in enumerate(block.lines) if re.match(r"    stdg:(?:hasParty|hubParty) ", line)]
    if len(places) < 2 or _line(block, "stdg:listIsComplete"):
        return None
    lines = [line for at, line in enumerate(block.lines) if at not in places[1:]]
    return Change(lines, frozenset({0, 1, places[0]}))


def _claim_of_kind(block: Block, rng: Random, world: World) -> Change | None:
    """A claim on a date whose object is a thing, or on a thing whose object is a text."""
    if re.search(r"claimProperty stdg:(?:date|start|end)\b", "\n".join(block.lines)):
        return swap("", r'^(    stdg:claimObject )"[^"]+"( ;)$', r"\1<country/CN>\2").spoilt(block, rng, world)
    return swap("", r"^(    stdg:claimObject )<\S+>( ;)$", r'\1"China"\2').spoilt(block, rng, world)


KINDS: list[Kind] = [
    _label_of("chinese-name-of-the-block-that-was-copied", LABEL_ZH, alike=False),
    _label_of("name-of-another-of-its-kind-and-country", LABEL, alike=True),
    swap("year-of-the-name-is-not-of-the-id", r'^(    skos:prefLabel "[^"]*\b)(20[12]\d)(\b[^"]*"@en ;)$', _year_of_label, of=DATED, where=lambda b, _w: (m := re.search(r"\b20[12]\d\b", b.lines[2])) is not None and f"/{m[0]}" in b.id),
    Kind("number-of-the-chinese-name", _zh_number),
    text("word-with-a-letter-missing", LABEL, lambda v: v.replace("andardiz", "andariz").replace("ooperat", "oporat")),
    text("letters-exchanged-in-a-word", LABEL, lambda v: v.replace("ational", "aitonal")),
    text("number-of-the-name-with-letters-of-another-ordinal", LABEL, lambda v: re.sub(r"\b(\d+)(?:st|nd|rd|th)\b", lambda m: m[1] + ("rd" if m[1][-1] != "3" else "th"), v)),
    Kind("whole-name-as-acronym", _acronym, of=BODY),
    Kind("acronym-of-another-of-the-country", _acronym_of_another, of=BODY),
    add("other-name-that-differs-in-case-alone", lambda b, _r, _w: (m := re.match(LABEL, _line(b, "skos:prefLabel"))) and f'skos:altLabel "{m[2].lower()}"@en ;', of=BODY, beside="skos:prefLabel"),
    _twin("person-with-names-in-the-other-order", "Person", lambda line: re.sub(r'"(\w+) (\w+)"@en', r'"\2 \1"@en', line)),
    _twin("city-with-its-rank", "City", lambda line: re.sub(r'"(\w+)"@en', r'"\1 City"@en', re.sub(r'"([^"市]+)"@zh-Hans', r'"\1市"@zh-Hans', line))),
    _twin("project-with-the-before-it", "Project|Platform", lambda line: re.sub(r'"(\w)([^"]+)"@en', lambda m: f'"The {m[1].lower()}{m[2]}"@en', line)),
    Kind("evidence-again-at-the-same-place", _evidence_twin, new=False),
    Kind("capacity-of-another-person", _capacity, of="Participation"),
    _same_side("leadPartner", "twinnedPartner"),
    _same_side("recognizer", "recognized"),
    _same_side("member", "onBehalfOf"),
    Kind("edition-of-another-standard", _edition_of, of="StandardEdition"),
    Kind("outcome-before-its-event", _outcome_early),
    Kind("begun-after-its-evidence", _start_late),
    swap("start-not-of-its-id", r'^(    stdg:start ")(20\d\d)([^"]*" ;)$', lambda m, _r, _w: f"{m[1]}{int(m[2]) - 2}{m[3]}", of="Meeting|Conference|Training|Event", where=lambda b, _w: (m := re.search(r'stdg:start "(20\d\d)', "\n".join(b.lines))) is not None and f"/{m[1]}-" in b.id),
    swap("edition-dated-in-another-year-than-its-id", r'^(    stdg:date ")(20\d\d)([^"]*" ;)$', lambda m, _r, _w: f"{m[1]}{int(m[2]) - 2}{m[3]}", of="StandardEdition"),
    swap("published-and-planned", r"^    stdg:stage stdgc:stage-(?:planned|announced) ;$", "    stdg:stage stdgc:stage-published ;", of="StandardProject|Standard", where=_says(r"stdg:planned true")),
    swap("type-that-the-name-denies", r"^    stdg:agreementType stdgc:agrtype-mou ;$", "    stdg:agreementType stdgc:agrtype-joint-statement ;", where=_says(r'prefLabel "[^"]*Memorandum')),
    swap("class-that-its-reference-denies", r"^    a stdg:Subcommittee ;$", "    a stdg:TechnicalCommittee ;", of="Subcommittee", where=_has("stdg:reference")),
    swap("unit-that-does-not-fit-its-measure", r'^    stdg:unit "[^"]+" ;$', '    stdg:unit "percent" ;', where=_says(r"measure stdgc:measure-(?:training-courses|standards|agreements)\b")),
    swap("complete-though-fewer-are-named", r"^    stdg:listIsComplete false ;$", "    stdg:listIsComplete true ;", of="Agreement|AgreementSet|Arrangement", where=_fewer),
    swap("count-not-of-its-name", r"^(    stdg:statedItemCount )(\d+)( ;)$", lambda m, _r, _w: f"{m[1]}{int(m[2]) + 9}{m[3]}", where=lambda b, _w: (m := re.search(r"statedItemCount (\d+)", "\n".join(b.lines))) is not None and bool(re.search(rf'prefLabel "(?:[^"]*\s)?{m[1]} ', "\n".join(b.lines)))),
    Kind("party-of-a-third-country", _foreign_party, of="Agreement|Arrangement|MutualRecognition"),
    Kind("member-that-the-id-of-its-mechanism-does-not-name", _mechanism_member),
    _not_of_its_id("holder-not-of-the-id", "member", "person", ("Person",), "OfficeHolding|Membership"),
    _not_of_its_id("body-not-of-the-id", "inBody", "org", ("Company", "Association", "GovernmentBody"), "OfficeHolding|Membership"),
    _not_of_its_id("participant-not-of-the-id", "participant", "person", ("Person",), "Participation"),
    _not_of_its_id("recognized-not-of-the-id", "recognized", "org", ("Association", "IntergovernmentalOrganization"), "Recognition"),
    Kind("role-not-of-the-id", _role, of="OfficeHolding"),
    Kind("committee-under-another-than-its-number-says", _above, of=COMMITTEE),
    drop("no-body-above-a-working-group", r"^    stdg:subBodyOf ", of="Subcommittee|WorkingGroup"),
    Kind("arrangement-with-one-party", _one_party, of="Arrangement|MutualRecognition"),
    Kind("city-among-bodies", _city_under_org, of="City", changed=False),
    Kind("iso-id-not-of-its-evidence", _iso_id),
    swap("reference-with-digits-exchanged", r'^(    stdg:reference "[A-Z/]+(?: [A-Z]+)* )(\d{2,})(" ;)$', _transposed, of="Standard|TechnicalCommittee"),
    swap("issn-with-digits-exchanged", r'^(    stdg:issn "\d)(\d{2})(\d-\d{3}[\dX]" ;)$', _transposed),
    swap("country-under-the-name-of-another", r'^(    skos:prefLabel ")[^"]+("@en ;)$', r"\1Brazil\2", of="Country", new=False, where=lambda b, _w: b.id != "country/BR"),
    swap("code-not-of-its-id", r'^(    stdg:subdivisionCode "CN-)[A-Z]{2}(" ;)$', r"\1QH\2", of="Subdivision", new=False, where=lambda b, _w: b.id != "region/CN-QH"),
    swap("checksum-cut", r'^(    stdg:textChecksum "[0-9a-f]{40})[0-9a-f]+(" ;)$', r"\1\2", new=False),
    Kind("city-and-another-country", _place, of="Meeting|Conference|Training|Event"),
    Kind("claim-with-a-value-of-another-kind", _claim_of_kind, of="Claim"),
    swap("asserted-by-a-place", r"^(    stdg:assertedBy )<\S+>( ;)$", r"\1<city/gb-london>\2", of="Evidence"),
]  # fmt: skip
