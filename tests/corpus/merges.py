"""What a merge, a copied block or a search and replace leaves."""

from __future__ import annotations

import re
from random import Random

from corpus.blocks import Block, File, World
from corpus.kinds import LABEL, Change, Kind, swap, twice


def _again_with(name: str, pattern: str, to: str, *, of: str = "") -> Kind:
    """The whole block a second time, with one value different."""

    def make(block: Block, _rng: Random, _world: World) -> Change | None:
        again = [re.sub(pattern, to, line) for line in block.lines]
        if again == [*block.lines]:
            return None
        lines = [*block.lines, "", *again]
        return Change(lines, frozenset(range(len(lines))))

    return Kind(name, make, of=of)


def _lines_of_another(block: Block, rng: Random, world: World) -> Change | None:
    """The first lines of a block with the last ones of the next of its class."""
    others = [b for b in world.things[block.kind] if b.path == block.path and b.id != block.id]
    if not others:
        return None
    other = rng.choice(others)
    more = [line for line in other.lines[2:-1] if line not in block.lines]
    if len(more) < 4:
        return None
    at = len(block.lines) - 1
    lines = [*block.lines[:-1], *more, "."]
    props = {line.split()[0] for line in more}
    return Change(lines, frozenset({0, 1, *(n for n, line in enumerate(lines) if line.split()[0] in props), at}))


def _under_another_file(text: str, file: File, rng: Random, world: World) -> tuple[str, set[int]] | None:
    """The same head twice, with another title."""
    head = "\n".join(file.head.lines)
    again = head.replace('"@en', ' (2)"@en')
    at = text.count("\n") + 2
    done = text + "\n" + again + "\n"
    return done, {*range(file.head.at + 1, file.head.at + 12), *range(at, at + len(file.head.lines))}


def _id_changed_once(block: Block, _rng: Random, world: World) -> Change | None:
    """A thing renamed in its block alone: what points to it hangs."""
    if not any(key[1] == block.id for key in world.pointed):
        return None
    return Change([f"{block.subject[:-1]}-renamed>", *block.lines[1:]], frozenset(range(len(block.lines))))


def _half(text: str, file: File, rng: Random, _world: World) -> tuple[str, set[int]] | None:
    """The marks of a merge with one side deleted."""
    at = text.count("\n") + 2
    return text + "\n=======\n", {at, at - 1}


def _origin(block: Block, rng: Random, _world: World) -> Change:
    at = rng.randrange(1, len(block.lines) - 1)
    return Change([*block.lines[:at], "||||||| base", *block.lines[at:]], frozenset({at}))


def _patch(block: Block, rng: Random, _world: World) -> Change:
    at = rng.randrange(1, len(block.lines) - 1)
    return Change([*block.lines[:at], "+" + block.lines[at], *block.lines[at + 1 :]], frozenset({at}))


def _directives_twice(text: str, file: File, _rng: Random, _world: World) -> tuple[str, set[int]] | None:
    """A prefix bound a second time, in the middle, to something else."""
    at = text.count("\n") + 2
    done = text + "\n@prefix stdg: <https://w3id.org/stdgraph/ontology/> .\n\n<event/x9>\n    a stdg:Event ;\n.\n"
    return done, {at, at + 2, at + 3}


def _everywhere(name: str, was: str, now: str) -> Kind:
    """A word replaced in the whole file."""

    def spoil(text: str, _file: File, _rng: Random, _world: World) -> tuple[str, set[int]] | None:
        lines = text.split("\n")
        done = [line if line.startswith("@") else line.replace(was, now) for line in lines]
        changed = {n for n, (a, b) in enumerate(zip(lines, done, strict=True), 1) if a != b}
        return ("\n".join(done), changed) if changed else None

    return Kind(name, spoil=spoil)


KINDS: list[Kind] = [
    _again_with("block-again-with-another-date", r'^(    stdg:date ")\d{4}', r"\g<1>2014"),
    _again_with("block-again-with-another-class", r"^    a stdg:\w+ ;", "    a stdg:Training ;", of="Meeting|Conference|Event"),
    _again_with("block-again-with-another-name", LABEL, r"\1\2, revised\3"),
    _again_with("block-again-with-another-body", r"^(    stdg:inBody )\S+", r"\1<org/cn-sac>", of="OfficeHolding"),
    _again_with("block-again-with-another-value", r"^(    stdg:value )\S+", r"\g<1>77.0", of="Figure"),
    _again_with("evidence-again-with-another-place", r'^(    stdg:locator ")', r"\1chapter 9, ", of="Evidence"),
    Kind("lines-of-another-block", _lines_of_another, of="OfficeHolding|Participation|Figure|Evidence|Claim"),
    Kind("head-twice-with-another-title", spoil=_under_another_file),
    Kind("renamed-in-its-block-alone", _id_changed_once, of="Agreement|Meeting|Conference|Company|City|Project", new=False),
    Kind("one-mark-of-a-merge", spoil=_half),
    Kind("mark-of-the-base-of-a-merge", _origin),
    Kind("sign-of-a-patch", _patch),
    Kind("prefix-bound-again", spoil=_directives_twice),
    _everywhere("country-replaced-everywhere", "<country/CN>", "<country/PRC>"),
    _everywhere("tag-replaced-everywhere", "@zh-Hans", "@zh-hans"),
    _everywhere("hyphens-replaced-everywhere", "-", "–"),
    _everywhere("prefix-replaced-everywhere", "stdgc:", "stdgcs:"),
    twice("two-participants", r"^(    stdg:participant )\S+( ;)$", r"\1<org/cn-sac>\2"),
    twice("two-members", r"^(    stdg:member )\S+( ;)$", lambda m, r, w: f"{m[1]}{w.one(r, 'Person')}{m[2]}", of="OfficeHolding"),
    twice("two-recognizers", r"^(    stdg:recognizer )\S+( ;)$", r"\1<org/gb-bsi>\2"),
    twice("two-groups", r"^(    stdg:inGroup )\S+( ;)$", lambda m, r, w: f"{m[1]}{w.one(r, 'CountryGroup')}{m[2]}"),
    twice("two-editions-of", r"^(    stdg:editionOf )\S+( ;)$", lambda m, r, w: f"{m[1]}{w.one(r, 'Standard')}{m[2]}"),
    twice("two-units", r'^(    stdg:unit )"[^"]+"( ;)$', r'\1"tonne"\2'),
    twice("two-measures", r"^(    stdg:measure )\S+( ;)$", r"\1stdgc:measure-duration\2"),
    twice("two-kinds-of-use", r"^(    stdg:useKind )stdgc:(?!use-trade)\S+( ;)$", r"\1stdgc:use-trade\2"),
    twice("two-stages", r"^(    stdg:stage )\S+( ;)$", r"\1stdgc:stage-withdrawn\2"),
    twice("planned-and-not", r"^(    stdg:planned )true( ;)$", r"\1false\2"),
    twice("complete-and-not", r"^(    stdg:listIsComplete )(true|false)( ;)$", lambda m, _r, _w: f"{m[1]}{'false' if m[2] == 'true' else 'true'}{m[3]}"),
    twice("two-references", r'^(    stdg:reference ")([^"]+)(" ;)$', r"\1GB/T 99999\3"),
    twice("two-acronyms-of-one-letter-apart", r'^(    stdg:acronym ")([A-Z]{3,})(" ;)$', lambda m, _r, _w: f"{m[1]}{m[2][:-1]}{m[3]}"),
    swap("line-of-two-statements-in-one", r'^(    stdg:role )(stdgc:\S+)( ;)$', r"\1\2, stdgc:role-witness\3", of="OfficeHolding"),
    swap("comment-for-a-statement", r"^(    )(stdg:evidence .*)$", r"\1# \2", of="OfficeHolding|Participation|Agreement|Figure"),
]  # fmt: skip
