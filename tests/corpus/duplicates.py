"""What is there already: in the block, in the file, in another file, or under another id."""

from __future__ import annotations

import re
from random import Random

from corpus.blocks import Block, File, World
from corpus.kinds import LABEL, Change, Kind, add, swap, twice


def _block_twice(block: Block, _rng: Random, _world: World) -> Change:
    lines = [*block.lines, "", *block.lines]
    return Change(lines, frozenset(range(len(lines))))


def _reordered(block: Block, _rng: Random, _world: World) -> Change | None:
    """The same subject a second time in its file, with a part of its statements."""
    if len(block.lines) < 6:
        return None
    again = [block.lines[0], *block.lines[-3:]]
    lines = [*block.lines, "", *again]
    return Change(lines, frozenset({0, *range(len(lines) - len(again), len(lines))}))


def _in_two_files(text: str, file: File, rng: Random, world: World) -> tuple[str, set[int]] | None:
    """A block of another file as it stands there."""
    kind = rng.choice(("Person", "Agreement", "Company", "Standard", "Meeting", "Figure", "City"))
    other = rng.choice(world.things[kind])
    if other.path == file.path or not _prefixes(other) <= _declared(file):
        return None
    at = text.count("\n") + 2
    return text + "\n" + "\n".join(other.lines) + "\n", set(range(at, at + len(other.lines)))


def _prefixes(block: Block) -> set[str]:
    return {m for line in block.lines for m in re.findall(r"^    ([a-z]+):|\s([a-z]+):\S+ ;$", line) for m in m if m}


def _declared(file: File) -> set[str]:
    return {m[1] for line in file.directives if (m := re.match(r"@prefix ([a-z]+):", line))}


def _twin(name: str, of: str, changes: str, to: str) -> Kind:
    """A thing that is there, once more under another id, with one line a little different."""

    def make(block: Block, rng: Random, world: World) -> Change | None:
        lines = [re.sub(changes, to, line) for line in block.lines]
        twin = [
            line
            for line in lines
            if not re.match(r"    stdg:(iso\w+Id|countryCode|wikidataId|documentNumber|issn|acronym) ", line)
        ]
        twin[0] = f"{block.subject[:-1]}-2>"
        return Change(
            [*block.lines, "", *twin], frozenset(range(len(block.lines) + 1, len(block.lines) + 1 + len(twin)))
        )

    return Kind(name, make, of=of, new=False)


def _label_of_another(block: Block, rng: Random, world: World) -> Change | None:
    """The name of another thing of the same class and country."""
    country = block.named("ofCountry")
    others = [b for b in world.things[block.kind] if b.id != block.id and b.named("ofCountry") == country]
    labels = [line for b in others for line in b.lines if re.match(LABEL, line)]
    if not labels:
        return None
    return swap("", LABEL, lambda _m, r, _w: r.choice(labels)).spoilt(block, rng, world)


BODIES = "Company|Association|NationalStandardsBody|GovernmentBody|ResearchInstitute|University|TechnicalCommittee"
KINDS: list[Kind] = [
    twice("label-twice-in-a-language", LABEL, r"\1\2 (new)\3"),
    twice("statement-twice", r"^    stdg:(?:hasParty|evidence|subject|ofCountry|role|date) .*$"),
    twice("label-twice", LABEL),
    twice("other-name-that-is-the-name", LABEL.replace("|dcterms:title", ""), r'    skos:altLabel "\2\3'),
    Kind("block-twice-in-a-file", _block_twice),
    Kind("subject-twice-in-a-file", _reordered),
    Kind("block-in-two-files", spoil=_in_two_files),
    Kind("label-of-another", _label_of_another, of=BODIES),
    _twin("body-under-another-id", BODIES, r"$^", ""),
    _twin("body-with-another-spelling", BODIES, r'^(    skos:prefLabel ")(.*)("@en ;)$', r"\1The \2\3"),
    _twin("person-under-another-id", "Person", r"$^", ""),
    _twin("agreement-under-another-id", "Agreement", r"^    skos:altLabel .*$", "    stdg:ordinal 1 ;"),
    _twin("event-under-another-id", "Meeting|Conference|Event|Training", r"^    stdg:ordinal .*$", "    stdg:edition 2 ;"),
    _twin("office-under-another-id", "OfficeHolding", r"$^", ""),
    _twin("participation-under-another-id", "Participation", r"$^", ""),
    _twin("membership-under-another-id", "Membership|GroupMembership", r"$^", ""),
    _twin("standard-under-another-id", "Standard|StandardEdition", r"$^", ""),
    _twin("figure-under-another-id", "Figure", r"$^", ""),
    _twin("recognition-under-another-id", "Recognition", r"$^", ""),
    swap("iso-id-of-another", r'^(    stdg:isoOrganizationId ")\d+(" ;)$', lambda m, r, w: m[1] + r.choice(sorted({x[1] for b in w.blocks for line in b.lines if (x := re.match(r'    stdg:isoOrganizationId "(\d+)"', line)) and x[0] != m[0]})) + m[2], new=False),
    swap("country-code-of-another", r'^(    stdg:countryCode ")[A-Z]+(" ;)$', r"\1CN\2", where=lambda b, _w: b.id != "country/CN", new=False),
    swap("ordinal-of-another", r"^(    stdg:ordinal )(\d+)( ;)$", lambda m, _r, _w: f"{m[1]}{int(m[2]) + 1}{m[3]}", where=lambda b, w: _next(b, w)),
    add("reference-of-another", lambda _b, r, w: r.choice(sorted({line.strip() for b in w.things["Standard"] for line in b.lines if line.startswith("    stdg:reference ")})), of="Standard", without="stdg:reference "),
]  # fmt: skip


def _next(block: Block, world: World) -> bool:
    """Tell whether the event after a block's is there, so that its ordinal would be taken."""
    series = block.named("inSeries")
    ordinal = next((int(m[1]) for line in block.lines if (m := re.match(r"    stdg:ordinal (\d+)", line))), None)
    if not series or ordinal is None:
        return False
    return any(f"    stdg:ordinal {ordinal + 1} ;" in other.lines for other in world.pointed["inSeries", series[0]])
