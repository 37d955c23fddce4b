"""One fault each in real files: half of them in new files, half in changed ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from random import Random

from corpus.blocks import Block, File, World, mentioned, read_file
from corpus.kinds import Change, Kind

GROUPS = (
    "syntax", "vocabulary", "labels", "dates", "references", "cardinality", "codes", "duplicates", "evidence", "forms",
    "identifiers", "types", "sense", "copied", "machines", "merges", "desk", "review",
)  # fmt: skip
NEW = "-n7"
"""What makes another id of the id of a real thing."""
SEED = 20261130


@dataclass(frozen=True)
class Fault:
    """A file with one fault, the same file without it, and the lines at which a person would mend it."""

    group: str
    kind: str
    number: int
    path: str
    new: bool
    data: bytes
    clean: bytes
    mend: frozenset[int]
    subjects: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.group}/{self.kind}/{'new' if self.new else 'changed'}-{self.number}"


@cache
def kinds() -> tuple[Kind, ...]:
    """Return all kinds, by group."""
    found = [(name, kind) for name in GROUPS for kind in import_module(f"corpus.{name}").KINDS]
    return tuple(replace(kind, group=name) for name, kind in found)


def faults(world: World, each: int = 4) -> Iterator[Fault]:
    """Yield so many faults of each kind, new files and changed ones in turns."""
    for at, kind in enumerate(kinds()):
        ways = [new for new, may in ((True, kind.new), (False, kind.changed)) if may]
        for number in range(each):
            new = ways[(at + number) % len(ways)]
            rng = Random(f"{SEED} {kind.group} {kind.name} {number}")
            if fault := _planted(world, kind, rng, new=new):
                yield replace(fault, number=number)


def _planted(world: World, kind: Kind, rng: Random, *, new: bool) -> Fault | None:
    """Return a fault in a block that the kind fits, each class being as likely as the other."""
    pools = {name: blocks for name, blocks in sorted(world.things.items()) if name and kind.fits(blocks[0])}
    for name in rng.sample(sorted(pools), len(pools)):
        for block in rng.sample(pools[name], min(300, len(pools[name]))):
            if new and block.kind in ("Country", "SourceDocument", "WorldRegion", "Subdivision"):
                continue
            if kind.make and kind.make(block, Random(0), world) is None:
                continue
            if fault := _in_block(world, kind, rng, block, new=new):
                return fault
    return None


def _in_block(world: World, kind: Kind, rng: Random, block: Block, *, new: bool) -> Fault | None:
    clean = new_file(world, block) if new else world.texts[block.path]
    path = (
        f"{world.files[block.path].folder}/{NEW[1:]}-{block.path.rpartition('/')[2]}".lstrip("/") if new else block.path
    )
    file = read_file(path, clean)
    if kind.spoil:
        spoilt = kind.spoil(clean, file, rng, world)
        if not spoilt:
            return None
        data, mend = spoilt
        data = data if isinstance(data, bytes) else data.encode()
        return Fault(kind.group, kind.name, 0, path, new, data, clean.encode(), frozenset(mend), (block.id,))
    own = next(b for b in file.blocks if b.id in (block.id, block.id + NEW))
    change = kind.spoilt(own, rng, world)
    if change is None:
        return None
    text, shift = _with(clean, own, change)
    at = own.at + shift + 1
    mend = frozenset(at + line for line in change.mend)
    return Fault(kind.group, kind.name, 0, path, new, text.encode(), clean.encode(), mend, (own.id,))


def _with(text: str, block: Block, change: Change) -> tuple[str, int]:
    """Return a text with a block changed, and how many directives were put before it."""
    lines = text.split("\n")
    lines[block.at : block.at + len(block.lines)] = change.lines
    heads = [head for head in change.heads if head not in lines]
    return "\n".join([lines[0], *heads, *lines[1:]]), len(heads)


def new_file(world: World, *blocks: Block) -> str:
    """Return a new file beside that of a block: its head, the block under a new id, and its evidence, if that is there.

    An evidence comes with the record that cites it.
    """
    found = [b for block in blocks for b in _together(world, block)]
    ids = {b.id for b in found}
    file = world.files[blocks[0].path]
    directives = sorted({d for b in found for d in world.files[b.path].directives})
    head = [
        re.sub(r"^(<https://w3id.org/stdgraph/graph/(?:[^/>]+/)*)([^/>]+)>", rf"\g<1>{NEW[1:]}-\2>", line)
        for line in file.head.lines
    ]
    parts = [directives, head, *(_renamed(b.lines, ids) for b in sorted(found, key=lambda b: b.subject))]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _together(world: World, block: Block) -> list[Block]:
    folder = block.path.rpartition("/")[0]
    if block.kind == "Evidence":
        citing = [b for b in world.pointed["evidence", block.id] if b.path.startswith(folder + "/")]
        return [block, *citing[:1]]
    evidence = [world.by_id[name] for name in block.named("evidence") if name in world.by_id]
    return [block, *(e for e in evidence if e.path.rpartition("/")[0] == folder)]


def _renamed(lines: Sequence[str], ids: set[str]) -> list[str]:
    done = []
    for line in lines:
        for name in {*mentioned([line])} & ids:
            line = line.replace(f"<{name}>", f"<{name}{NEW}>")
        done.append(line)
    return done


def controls(world: World, number: int = 300) -> list[list[Block]]:
    """Return real records in lots of one folder each, to be written into new files under new ids."""
    rng = Random(SEED)
    left_out = ("", "Country", "SourceDocument", "WorldRegion", "Subdivision", "Evidence", "Claim")
    blocks = [b for b in world.blocks if b.kind not in left_out]
    chosen = rng.sample(blocks, number)
    return [[b for b in chosen if b.path == path] for path in sorted({b.path for b in chosen})]


def file_of(text: str, path: str) -> File:
    """Return a text as a file."""
    return read_file(path, text)
