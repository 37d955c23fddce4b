"""What each comment of a Turtle text belongs to: the triple or block above which, beside which or at whose end it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from stdgraph.storage.reading.causes import breaks
from stdgraph.storage.reading.found import Block, Reading, Stated
from stdgraph.storage.reading.tokens import Token

Lines = dict[Any, list[str]]
"""Comments by triple, or by the subject of a block."""


class Comments:
    """The comments of a text by what they belong to.

    `header` stands before or among the directives, `above` before the line of a triple or the block of a subject,
    `beside` behind a triple on its line, `end` before the full stop or bracket that closes a block, `last` behind all.

    >>> from stdgraph.storage.reading.statements import read
    >>> found = Comments(read("# head\\n@base <http://a/> .\\n# of a\\n<a> <b> 1 ; # one\\n."))
    >>> found.header, list(found.above.values()), list(found.beside.values())
    (['# head'], [['# of a']], [['# one']])
    """

    def __init__(self, found: Reading) -> None:
        self.header: list[str] = []
        self.above: Lines = defaultdict(list)
        self.beside: Lines = defaultdict(list)
        self.end: Lines = defaultdict(list)
        self.last: list[str] = []
        owners = _Owners(found)
        for comment in found.comments:
            owners.place(comment, self).append(comment.text.rstrip(" \t"))


class _Owners:
    """Finds what a comment belongs to, by the places of triples and blocks."""

    def __init__(self, found: Reading) -> None:
        self.text, self.head = found.text, found.head
        self.blocks = found.blocks
        self.starts = [block.start for block in self.blocks]
        written = [stated for stated in found.stated if stated.predicate != stated.object]  # no cells of lists
        self.stated = sorted(written, key=lambda stated: stated.object)
        self.begins = [stated.object[0] for stated in self.stated]
        self.parents = _parents(self.stated)

    def place(self, comment: Token, to: Comments) -> list[str]:
        """Return the list of comments to which one belongs."""
        at = comment.start
        block = self.blocks[here] if (here := bisect_right(self.starts, at) - 1) >= 0 else None
        if block is None and (at < self.head or not self.head):
            return to.header
        if block is not None and not breaks(self.text, max(block.end - 1, 0), at) and at >= block.end:
            ended = self.ended(at, block)
            return to.beside[ended.triple] if ended else to.end[block.subject]
        if block is not None and at < block.end:
            return self.inside(block, at, to)
        return to.above[self.blocks[here + 1].subject] if here + 1 < len(self.blocks) else to.last

    def inside(self, block: Block, at: int, to: Comments) -> list[str]:
        """Return the list for a comment within a block."""
        if ended := self.ended(at, block):
            return to.beside[ended.triple]
        after = bisect_right(self.begins, at)
        around = self.around(after - 1, at)
        stated = None if around is None else self.stated[around]
        if stated and self.text[stated.object[0]] == "(":
            return to.above[stated.triple]  # a list is written on one line
        if after < len(self.stated) and self.begins[after] < block.end and self.parents[after] == around:
            return to.above[self.stated[after].triple]
        return to.end[stated.triple.object if stated else block.subject]

    def ended(self, at: int, block: Block) -> Stated | None:
        """Return the outermost triple of a block whose object ends before a place, on its line."""
        here: int | None = bisect_right(self.begins, at) - 1
        found = None
        while here is not None and here >= 0 and self.begins[here] >= block.start:
            stated = self.stated[here]
            if stated.object[1] <= at and not breaks(self.text, stated.object[1], at):
                found = stated
            here = self.parents[here]
        return found

    def around(self, here: int, at: int) -> int | None:
        """Return the innermost triple in whose object a place is, from the last that begins before it."""
        found = here if here >= 0 else None
        while found is not None and not self.stated[found].object[0] < at < self.stated[found].object[1]:
            found = self.parents[found]
        return found


def _parents(stated: Sequence[Stated]) -> list[int | None]:
    """Return for each triple, in the order of their objects, the innermost one in whose object it stands."""
    parents: list[int | None] = []
    opened: list[int] = []
    for at, here in enumerate(stated):
        while opened and stated[opened[-1]].object[1] <= here.object[0]:
            opened.pop()
        parents.append(opened[-1] if opened else None)
        opened.append(at)
    return parents
