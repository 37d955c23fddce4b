"""The real data as text: files, their blocks, and what there is to point at."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data" / "ttl"
CODES = ROOT / "ontology" / "codes.ttl"
KIND = re.compile(r"    a stdg:(\w+) ;")
IRI = re.compile(r"<([a-z]+/[^<>\s]+)>")
YEAR = re.compile(r'    stdg:start "(\d{4})')


@dataclass(frozen=True)
class Block:
    """All lines of a thing: its IRI, one statement a line, the full stop."""

    path: str
    at: int
    lines: tuple[str, ...]

    @property
    def subject(self) -> str:
        return self.lines[0]

    @property
    def id(self) -> str:
        return self.subject.strip("<>")

    @cached_property
    def kind(self) -> str:
        """The class by its local name; "" for what is retired, and for heads of files."""
        found = KIND.match(self.lines[1])
        return found[1] if found else ""

    def named(self, prop: str) -> list[str]:
        """Return the things that a property points to."""
        start = f"    stdg:{prop} <"
        return [line[len(start) : -3] for line in self.lines if line.startswith(start)]


@dataclass(frozen=True)
class File:
    """A file: directives, then blocks; its first block is its head."""

    path: str
    directives: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def head(self) -> Block:
        return self.blocks[0]


def read_file(path: str, text: str) -> File:
    """Return a file in block form, taken apart."""
    lines = text.splitlines()
    starts = [at for at, line in enumerate(lines) if line and line[0] not in " .@"]
    blocks = (Block(path, at, tuple(lines[at : lines.index(".", at) + 1])) for at in starts)
    return File(path, tuple(line for line in lines if line.startswith("@")), tuple(blocks))


class World:
    """The files of the data, and pools of things and codes from which a kind takes what is there, but wrong."""

    def __init__(self) -> None:
        paths = sorted(DATA.rglob("*.ttl"))
        names = [path.relative_to(DATA).as_posix() for path in paths]
        self.texts = {name: path.read_text("utf-8") for name, path in zip(names, paths, strict=True)}
        self.files = {name: read_file(name, text) for name, text in self.texts.items()}
        self.blocks = [block for file in self.files.values() for block in file.blocks]
        self.by_id = {block.id: block for block in self.blocks}

    @cached_property
    def things(self) -> dict[str, list[Block]]:
        """Blocks by class."""
        found: dict[str, list[Block]] = defaultdict(list)
        for block in self.blocks:
            found[block.kind].append(block)
        return found

    @cached_property
    def codes(self) -> dict[str, list[str]]:
        """Codes by the list that they are of: `role`: `stdgc:role-chair`, …."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in re.findall(r"(?m)^stdgc:([a-z]+-\S+)$", CODES.read_text("utf-8")):
            found[name.partition("-")[0]].append(f"stdgc:{name}")
        return found

    @cached_property
    def retired(self) -> list[Block]:
        return [block for block in self.files["retired.ttl"].blocks if not block.kind and block.subject.count("/") == 1]

    @cached_property
    def starts(self) -> dict[str, int]:
        """The year in which a body began."""
        bodies = (b for b in self.blocks if b.id.startswith(("org/", "mechanism/")))
        return {b.id: int(m[1]) for b in bodies for line in b.lines if (m := YEAR.match(line))}

    @cached_property
    def pointed(self) -> dict[tuple[str, str], list[Block]]:
        """The blocks that point to a thing by a property."""
        found: dict[tuple[str, str], list[Block]] = defaultdict(list)
        for block in self.blocks:
            for line in block.lines:
                if m := re.match(r"    stdg:(\w+) <([^>]+)> ;", line):
                    found[m[1], m[2]].append(block)
        return found

    def one(self, rng: Random, *kinds: str) -> str:
        """Return a thing of one of some classes, as Turtle writes it."""
        return rng.choice([b for kind in kinds for b in self.things[kind]]).subject

    def code(self, rng: Random, *lists: str) -> str:
        """Return a code of one of some lists."""
        return rng.choice([code for name in lists for code in self.codes[name]])


@cache
def world() -> World:
    """Return the data, read once."""
    return World()


def mentioned(lines: Sequence[str]) -> Iterator[str]:
    """Yield the ids of all things that lines name."""
    for line in lines:
        yield from IRI.findall(line)
