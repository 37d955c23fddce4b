"""What the things of a store may share with others, kept in a file: what is worth comparing is found without reading all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from typing import Any

import pyoxigraph as ox

from stdgraph.matching.blocks import MOST, marks
from stdgraph.matching.families import family_of
from stdgraph.matching.things import IN_BODY, MEMBER, SUB_CLASS, TYPE, Hierarchy, Superclasses, Thing, thing_of
from stdgraph.model.vocabulary import DERIVED
from stdgraph.storage.rows import Rows

FILE = "marks.sqlite"
LARGE = 20_000
"""Of so many things of one family, such as the standards of a register, only whole names and numbers are kept."""
TABLES = """
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT);
CREATE TABLE mark (mark INTEGER, thing INTEGER, PRIMARY KEY (mark, thing)) WITHOUT ROWID;
CREATE TABLE word (word TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;
CREATE TABLE country (word TEXT, iri TEXT);
"""
HOLDING = "SELECT iri FROM mark JOIN thing ON id = thing WHERE mark = ?"


class Marks(Rows):
    """Looks up which things share a mark, in how many a word stands, and the names of countries."""

    def __init__(self, path: Any = None) -> None:
        super().__init__(path, TABLES)

    def holding(self, family: str, mark: str) -> list[str]:
        """Return things of a family that share a mark: all, or more than tell anything."""
        return [iri for (iri,) in self.rows(HOLDING, (_number(family, mark),))]

    def number(self, word: str) -> int:
        """Return in how many things a word stands."""
        return next((n for (n,) in self.rows("SELECT number FROM word WHERE word = ?", (word,))), 0)

    def countries(self) -> dict[str, str]:
        """Return the words that name a country alone, with its IRI."""
        return dict(self.rows("SELECT word, iri FROM country"))

    def size(self) -> int:
        """Return how many things there are."""
        return int(self.rows("SELECT COUNT(*) FROM thing")[0][0])


def marks_in(store: ox.Store) -> Marks:
    """Return what the things of a store may share, in memory."""
    found = Marks()
    held: Counter[int] = Counter()
    numbers: Counter[str] = Counter()
    for at, (thing, is_large) in enumerate(_things(store)):
        shared = {_number(thing.family, mark) for mark in marks(thing, words=True, halves=not is_large)}
        found.db.execute("INSERT INTO thing VALUES (?, ?)", (at, thing.iri))
        found.db.executemany("INSERT INTO mark VALUES (?, ?)", [(mark, at) for mark in shared if held[mark] <= MOST])
        held.update(shared)
        numbers.update(() if is_large else {word for name in thing.names for word in name.telling})
        if thing.family == "place":
            alone = [(name.words[0], thing.iri) for name in thing.names if len(name.words) == 1]
            found.db.executemany("INSERT INTO country VALUES (?, ?)", alone)
    found.db.executemany("INSERT INTO word VALUES (?, ?)", sorted(numbers.items()))
    found.db.commit()
    return found


def _number(family: str, mark: str) -> int:
    """Return a mark as a number that hardly another one has."""
    return int.from_bytes(blake2b(f"{family}\0{mark}".encode(), digest_size=8).digest(), "big", signed=True)


def _things(store: ox.Store) -> Iterator[tuple[Thing, bool]]:
    """Yield the things of a store that are compared, and whether their family is a large one."""
    above, own = hierarchy(store), defaultdict(set)
    for quad in _asserted(store.quads_for_pattern(None, ox.NamedNode(TYPE), None)):
        if isinstance(quad.subject, ox.NamedNode):
            own[quad.subject].add(quad.object.value)
    families = {kinds: family_of({k for kind in kinds for k in above(kind)}) for kinds in map(frozenset, own.values())}
    counts = Counter(families[frozenset(kinds)] for kinds in own.values())
    for node, kinds in own.items():
        if family := families[frozenset(kinds)]:
            about = _asserted(store.quads_for_pattern(node, None, None))
            yield thing_of(node.value, about, above), counts[family] > LARGE


def hierarchy(store: ox.Store) -> Hierarchy:
    """Return the classes above each class of a store."""
    return Hierarchy(store.quads_for_pattern(None, ox.NamedNode(SUB_CLASS), None))


def looking(store: ox.Store, above: Superclasses) -> Callable[[str], Thing | None]:
    """Return what tells a thing of a store, as it is compared; None for one that is not described, or not compared."""

    def look(iri: str) -> Thing | None:
        node = ox.NamedNode(iri)
        thing = thing_of(iri, _asserted(store.quads_for_pattern(node, None, None)), above, _bodies(store, node))
        return thing if thing.family else None

    return look


def _bodies(store: ox.Store, node: ox.NamedNode) -> Iterator[str]:
    """Yield the bodies in which something has a post or a seat."""
    for post in store.quads_for_pattern(None, ox.NamedNode(MEMBER), node):
        for quad in store.quads_for_pattern(post.subject, ox.NamedNode(IN_BODY), None):
            yield str(getattr(quad.object, "value", ""))


def _asserted(quads: Iterable[ox.Quad]) -> Iterator[Any]:
    return (quad for quad in quads if getattr(quad.graph_name, "value", "") not in DERIVED)
