"""The forms in which a kind of fault is written: a line put in another's place, added, dropped, written twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

from corpus.blocks import Block, File, World

LABEL = r'^(    (?:skos:prefLabel|dcterms:title) ")([^"\\]{6,})("@en ;)$'
LABEL_ZH = r'^(    (?:skos:prefLabel|dcterms:title) ")([^"\\]{4,})("@zh-Hans ;)$'
DATE = r'^(    stdg:(?:date|start|end|asOf|attestedOn) ")([^"]+)(" ;)$'
DAY = r'^(    stdg:(?:date|start|end|asOf|attestedOn) ")(\d{4})-(\d\d)-(\d\d)(" ;)$'
RECORDS = "Agreement|Arrangement|Adoption|OfficeHolding|Participation|Contribution|Membership|Recognition|SecretariatAssignment"


@dataclass(frozen=True)
class Change:
    """Lines with a fault, and where a person would mend it, counted from 0; `heads` are directives that it needs."""

    lines: list[str]
    mend: frozenset[int]
    heads: tuple[str, ...] = ()


Make = Callable[[Block, Random, World], Change | None]
Spoil = Callable[[str, File, Random, World], "tuple[str | bytes, Iterable[int]] | None"]
To = str | Callable[["re.Match[str]", Random, World], str]


@dataclass(frozen=True)
class Kind:
    """A kind of fault: `make` spoils a block, `spoil` a file; `of` names the classes of its blocks."""

    name: str
    make: Make | None = None
    spoil: Spoil | None = None
    of: str = ""
    new: bool = True
    changed: bool = True
    group: str = ""

    def fits(self, block: Block) -> bool:
        """Tell whether a block is of a class that the kind speaks of."""
        return bool(block.kind) and (not self.of or bool(re.fullmatch(self.of, block.kind)))

    def spoilt(self, block: Block, rng: Random, world: World) -> Change | None:
        """Return a block with a fault of the kind, None where it cannot have it."""
        return self.make(block, rng, world) if self.make else None


def swap(
    name: str,
    pattern: str,
    to: To,
    *,
    of: str = "",
    heads: tuple[str, ...] = (),
    also: tuple[int, ...] = (),
    where: Callable[[Block, World], bool] | None = None,
    new: bool = True,
    changed: bool = True,
) -> Kind:
    """Return a kind that writes a line in another way; `also` are lines beside it that would be mended as well."""
    wanted = re.compile(pattern)

    def make(block: Block, rng: Random, world: World) -> Change | None:
        places = [at for at, line in enumerate(block.lines) if wanted.search(line)]
        if not places or (where and not where(block, world)):
            return None
        at = rng.choice(places)

        def put(found: re.Match[str]) -> str:
            return to(found, rng, world) if callable(to) else found.expand(to)

        line = wanted.sub(put, block.lines[at], count=1)
        if line == block.lines[at]:
            return None
        lines = [*block.lines[:at], *line.split("\n"), *block.lines[at + 1 :]]
        return Change(lines, frozenset({at, *(at + step for step in also)}), heads)

    return Kind(name, make, of=of, new=new, changed=changed)


def text(name: str, pattern: str, to: Callable[[str], str], **rest: object) -> Kind:
    """Return a kind that spoils what the second group of a pattern holds."""
    return swap(name, pattern, lambda m, _r, _w: f"{m[1]}{to(m[2])}{m[3]}", **rest)  # type: ignore[arg-type]


def drop(name: str, pattern: str, *, of: str = "", least: int = 1, keep: int = 0) -> Kind:
    """Return a kind that leaves out all lines of a pattern but the first `keep`.

    It is mended at the head of the block, or where the property still stands.
    """
    wanted = re.compile(pattern)

    def make(block: Block, _rng: Random, _world: World) -> Change | None:
        places = [at for at, line in enumerate(block.lines) if wanted.search(line)]
        if len(places) < least:
            return None
        gone = set(places[keep:])
        kept = [line for at, line in enumerate(block.lines) if at not in gone]
        prop = block.lines[places[0]].split()[0]
        alike = {at for at, line in enumerate(kept) if line.split()[0] == prop}
        return Change(kept, frozenset({0, 1, *alike}))

    return Kind(name, make, of=of)


def add(
    name: str,
    to: str | Callable[[Block, Random, World], str | None],
    *,
    of: str = "",
    beside: str = "",
    heads: tuple[str, ...] = (),
    without: str = "",
    new: bool = True,
    changed: bool = True,
) -> Kind:
    """Return a kind that adds a line; lines of the pattern `beside` may be mended as well, and must be there."""

    def make(block: Block, rng: Random, world: World) -> Change | None:
        line = to(block, rng, world) if callable(to) else to
        others = [at for at, said in enumerate(block.lines) if beside and re.search(beside, said)]
        if line is None or (beside and not others) or (without and any(re.search(without, o) for o in block.lines)):
            return None
        at = len(block.lines) - 1
        return Change([*block.lines[:at], f"    {line}", "."], frozenset({at, *others}), heads)

    return Kind(name, make, of=of, new=new, changed=changed)


def twice(name: str, pattern: str, to: To = r"\g<0>", *, of: str = "") -> Kind:
    """Return a kind that writes a line a second time, in another way; either may be mended."""
    wanted = re.compile(pattern)

    def make(block: Block, rng: Random, world: World) -> Change | None:
        places = [at for at, line in enumerate(block.lines) if wanted.search(line)]
        if not places:
            return None
        at = rng.choice(places)

        def put(found: re.Match[str]) -> str:
            return to(found, rng, world) if callable(to) else found.expand(to)

        more = wanted.sub(put, block.lines[at], count=1)
        lines = [*block.lines[: at + 1], more, *block.lines[at + 1 :]]
        return Change(lines, frozenset({at, at + 1}))

    return Kind(name, make, of=of)


def points(name: str, prop: str, to: Callable[[Random, World], str], *, of: str = "") -> Kind:
    """Return a kind that lets a property point to something else."""
    return swap(name, rf"^(    stdg:{prop} )\S+( ;)$", lambda m, r, w: m[1] + to(r, w) + m[2], of=of)


def mistyped(word: str) -> str:
    """Return a word with two letters of its middle in the wrong order; where they are alike, with one left out.

    >>> mistyped("hasParty"), mistyped("org/aa")
    ('hasPraty', 'orga/a')
    """
    at = max(1, (len(word) + 1) // 2)
    while at + 1 < len(word) and word[at] == word[at + 1]:
        at += 1
    return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :] if at + 1 < len(word) else word[:-1]
