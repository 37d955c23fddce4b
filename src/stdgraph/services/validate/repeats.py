"""What is written twice: a statement, a block, a thing in two files; each with both places."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from stdgraph.locale import Phrase, marked
from stdgraph.model.vocabulary import BASE, RDF, SRC, short
from stdgraph.services.validate.doubled import Doubled, doubled
from stdgraph.storage.files import GraphFile
from stdgraph.storage.lines import Place, is_packed, shown, spot_of
from stdgraph.storage.reading.found import Reading
from stdgraph.storage.reading.statements import read

STATEMENT = marked("This statement stands twice: delete one.")
BLOCK = marked("This block stands twice: delete one.")
BLOCKS = marked("There is another block on {thing} in this file: join the two.")
FILES = marked("There is a block on {thing} in another file: put what is new there, one block a thing.")
CHECKS = (STATEMENT, BLOCK, BLOCKS, FILES)
COPY, SMALL = 0.5, 10
"""A new file that speaks of so great a part of the things of an old one is a changed copy of it, if they are so many."""
TYPE = RDF + "type"


def results(old: Iterable[Any], added: Sequence[Any], files: Sequence[GraphFile], *, lang: str = "en") -> list[Doubled]:
    """Return a warning for what is written a second time, in one file or in another.

    Args:
        old: what the graph says without what is new.
        added: what is new, in the order of its files, each statement as often as it stands there.
        files: the new files, then the others.
        lang: language of messages.
    """
    return list(_Repeats(old, added, files, lang).all())


def related(files: Iterable[GraphFile], added: Iterable[ox.Quad], store: ox.Store) -> list[GraphFile]:
    """Return the files of a store that speak of what is new; not the parts of packs, to which one may add."""
    things = dict.fromkeys(q.subject for q in added)
    graphs = {
        str(getattr(q.graph_name, "value", "")) for one in things for q in store.quads_for_pattern(one, None, None)
    }
    return [file for file in files if file.graph in graphs and not is_packed(file)]


class _Repeats:
    """Finds what some files write twice."""

    def __init__(self, old: Iterable[Any], added: Sequence[Any], files: Sequence[GraphFile], lang: str) -> None:
        self.lang = lang
        self.files: dict[str, list[GraphFile]] = defaultdict(list)
        for file in files:
            if not is_packed(file):
                self.files[file.graph].append(file)
        homes = {ox.NamedNode(graph) for graph in self.files}
        self.added = [q for q in added if q.graph_name in homes and not isinstance(q.subject, ox.BlankNode)]
        self.subjects = {subject for _, subject in self._runs}
        self.old = [q for q in old if q.subject in self.subjects and q.graph_name in homes]
        self._read: dict[str, Reading] = {}

    def all(self) -> Iterator[Doubled]:
        """Yield the findings: blocks and statements within a file, then things and statements in two."""
        blocks = list(self._blocks())
        yield from blocks
        told = {(r.focus, r.at.path) for r in blocks if r.at}
        often = Counter(self.added) if len({*self.added}) < len(self.added) else {}
        for quad, number in often.items():
            if number > 1 and (quad.subject, self._path(quad.graph_name.value)) not in told:
                yield from self._twice(quad.graph_name.value, quad.triple)
        yield from self._in_two_files()

    def _blocks(self) -> Iterator[Doubled]:
        """Yield the things of which a file has two blocks."""
        runs = Counter(self._runs)
        for graph, subject in (run for run, number in runs.items() if number > 1):
            if _is_ours(subject):
                yield from self._two_blocks(graph, subject)

    @cached_property
    def _runs(self) -> list[tuple[str, Any]]:
        """What is spoken of, in which graph, without a break: a block of a file, as far as its statements tell."""
        found: list[tuple[str, Any]] = []
        home: Any = None
        subject: Any = None
        for quad in self.added:
            if quad.subject != subject or quad.graph_name != home:
                home, subject = quad.graph_name, quad.subject
                found.append((home.value, subject))
        return found

    def _two_blocks(self, graph: str, subject: Any) -> Iterator[Doubled]:
        for file in self.files[graph]:
            reading = self._reading(file)
            found = [block for block in reading.blocks if block.subject == subject]
            said = [
                {s.triple for s in reading.stated if b.start <= s.object[0] < b.end and s.triple.subject == subject}
                for b in found
            ]
            places = [Place(shown(file.path), *reading.place(block.start)) for block in found]
            for at in range(1, len(found)):
                whole = said[at] <= set().union(*said[:at])
                phrase = Phrase(BLOCK) if whole else Phrase(BLOCKS, thing=short(subject.value))
                yield self._told(subject, subject, phrase, places[at], places[0])

    def _twice(self, graph: str, triple: ox.Triple) -> Iterator[Doubled]:
        """Yield a statement that stands twice in one file."""
        for file in self.files[graph]:
            reading = self._reading(file)
            found = [reading.place(s.object[0]) for s in reading.stated if s.triple == triple]
            places = [Place(shown(file.path), *place) for place in found]
            for place in places[1:]:
                yield self._told(
                    triple.subject, triple.object, Phrase(STATEMENT), place, places[0], triple.predicate.value
                )

    def _in_two_files(self) -> Iterator[Doubled]:
        """Yield the things, and of these the statements, that stand in a file and in another one before it.

        What a new file adds to a thing without telling its class is no block of its own.
        """
        homes: dict[Any, dict[str, None]] = defaultdict(dict)
        for quad in self.old:
            homes[quad.subject][quad.graph_name.value] = None
        for graph, subject in self._runs:
            homes[subject][graph] = None
        several = {subject for subject, graphs in homes.items() if len(graphs) > 1 and _is_ours(subject)}
        if not several:
            return
        typed = {(q.subject, q.graph_name.value) for q in self.added if q.predicate.value == TYPE}
        told: set[tuple[Any, str]] = set()
        said: dict[ox.Triple, str] = {}
        for quad in (q for q in (*self.old, *self.added) if q.subject in several):
            graph = quad.graph_name.value
            home = said.setdefault(quad.triple, graph)
            first = next(iter(homes[quad.subject]))
            if graph == first or (graph, first) in self._copies:
                continue
            if (quad.subject, graph) not in told and (not self.old or (quad.subject, graph) in typed):
                told.add((quad.subject, graph))
                yield from self._elsewhere(quad.subject, graph, first)
            if home != graph and quad.predicate.value != TYPE:
                yield from self._there_too(quad, home)

    @cached_property
    def _copies(self) -> set[tuple[str, str]]:
        """The pairs of files of which the new one is a changed copy of the old one."""
        shared: dict[tuple[str, str], set[Any]] = defaultdict(set)
        homes: dict[Any, set[str]] = defaultdict(set)
        for quad in self.old:
            homes[quad.subject].add(quad.graph_name.value)
        for quad in self.added:
            for home in homes.get(quad.subject, ()):
                shared[quad.graph_name.value, home].add(quad.subject)
        return {pair for pair, things in shared.items() if len(things) >= max(SMALL, COPY * self._size(pair[1]))}

    def _size(self, graph: str) -> int:
        """Return how many blocks the files of a graph have, as far as their lines tell."""
        return sum(_text(file).count("\n<") for file in self.files[graph])

    def _elsewhere(self, subject: Any, graph: str, home: str) -> Iterator[Doubled]:
        here, there = (self._first(name, subject) for name in (graph, home))
        if here and there:
            yield self._told(subject, subject, Phrase(FILES, thing=short(subject.value)), here, there)

    def _there_too(self, quad: Any, home: str) -> Iterator[Doubled]:
        here, there = (self._spot(name, quad.triple) for name in (quad.graph_name.value, home))
        if here and there:
            yield self._told(quad.subject, quad.object, Phrase(STATEMENT), here, there, quad.predicate.value)

    def _told(self, focus: Any, value: Any, phrase: Phrase, at: Place, other: Place, path: str = "") -> Doubled:
        return doubled(focus, value, phrase, path=path, at=at, others=(other,), lang=self.lang)

    def _first(self, graph: str, subject: Any) -> Place | None:
        """Return where the files of a graph say first what a thing is, or anything of it."""
        ordered = sorted(self._about[subject, graph], key=lambda q: q.predicate.value != TYPE)
        return next(filter(None, (self._spot(graph, q.triple) for q in ordered)), None)

    @cached_property
    def _about(self) -> dict[tuple[Any, str], list[Any]]:
        """What each graph says of each thing."""
        found: dict[tuple[Any, str], list[Any]] = defaultdict(list)
        for quad in (*self.added, *self.old):
            found[quad.subject, quad.graph_name.value].append(quad)
        return found

    def _spot(self, graph: str, triple: ox.Triple) -> Place | None:
        found = ((file, spot_of(file, triple)) for file in self.files[graph])
        return next((Place(shown(file.path), *spot) for file, spot in found if spot), None)

    def _reading(self, file: GraphFile) -> Reading:
        name = str(file.path)
        if name not in self._read:
            self._read[name] = read(_text(file), graphs=file.path.suffix.lower() in (".nq", ".trig"))
        return self._read[name]

    def _path(self, graph: str) -> str:
        return shown(self.files[graph][0].path) if self.files[graph] else ""


def _is_ours(subject: Any) -> bool:
    """Tell whether a thing has a block of its own in the data: terms of the ontology have alignments, too."""
    return isinstance(subject, ox.NamedNode) and subject.value.startswith((BASE, SRC))


def _text(file: GraphFile) -> str:
    """Return the text of a file as it is judged, which need not be that on the disk."""
    return file.read().decode("utf-8-sig", "replace")
