"""Where a finding stands: the statement to mend in the file to mend, and what it disagrees with elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import pyoxigraph as ox

from stdgraph.model.dates import SLOTS
from stdgraph.model.vocabulary import RDF, STDG
from stdgraph.services.validate.doubled import Doubled
from stdgraph.services.validate.shacl import Result
from stdgraph.storage.files import GraphFile
from stdgraph.storage.lines import Place, place_of, shown

TYPE = ox.NamedNode(RDF + "type")
MANY = 12
"""So many statements of a thing are looked at; its first ones tell the place as well."""

WRITTEN = {f"{STDG}{stem}{end}": STDG + slot for slot, stem in SLOTS.items() for end in ("Earliest", "Latest")}
"""Computed bound to the property that a file has in its place."""


class Places:
    """Finds statements in files, new ones and those of new files first: there a steward can mend them."""

    def __init__(
        self, store: ox.Store, files: Sequence[GraphFile], new: Sequence[GraphFile], added: Collection[ox.Triple] = ()
    ) -> None:
        self.store = store
        self.files = [*new, *files]
        self.new = {shown(file.path) for file in new}
        self.added = added

    def of(self, result: Result) -> dict[str, Any]:
        """Return file, line and column of a finding, and beside them the older places: in other files, or earlier in its own."""
        if isinstance(result, Doubled):
            return self._doubled(result)
        level: list[ox.Triple] = next(filter(self._places, self._levels(result)), [])
        found = self._places(level)
        if self.new and not any(place.path in self.new for place in found):
            found = [*self._within(result.value), *found]
        if not found:
            return {"file": self._file(result.focus)}
        first = found[0]
        older = set(self._places(t for t in level if t not in self.added)) if self._is_new(level) else set()
        beside = {str(p): None for p in found if p.path != first.path or (p in older and p != first)}
        return {"file": first.path, "line": first.line, "column": first.column, "beside": tuple(beside)}

    def _is_new(self, triples: Iterable[ox.Triple]) -> bool:
        return any(t in self.added for t in triples)

    def _doubled(self, result: Doubled) -> dict[str, Any]:
        """Return the place of what is said twice, and beside it where it is said already, be it in the same file."""
        found = [result.at] if result.at else self._places(self._stated(result.focus, TYPE))
        others = result.others or self._older(result.value)
        first = found[0] if found else Place(self._file(result.focus), 0, 0)
        beside = tuple(map(str, others))
        return {"file": first.path, "line": first.line, "column": first.column, "beside": beside}

    def _older(self, term: Any) -> tuple[Place, ...]:
        """Return where a thing is described, in another file than a new one if it is there."""
        found = sorted(self._places(self._stated(term, TYPE)), key=lambda place: place.path in self.new)
        return tuple(found[:1])

    def _levels(self, result: Result) -> Iterator[list[ox.Triple]]:
        """Yield the statements that a finding is about, the closest first, down to those that only mention it."""
        focus, value = result.focus, result.value
        paths: Sequence[Any] = [ox.NamedNode(WRITTEN.get(p, p)) for p in result.properties] or [None]
        if value is not None and value != focus:
            yield [t for p in paths for t in self._stated(focus, p, value)]
        if result.properties:
            yield [t for p in paths for t in self._stated(focus, p)]
        yield self._stated(focus, TYPE)
        yield self._stated(focus)
        yield self._stated(None, None, focus)

    def _stated(self, subject: Any, predicate: Any = None, value: Any = None) -> list[ox.Triple]:
        if isinstance(subject, ox.Literal):
            return []
        quads = self.store.quads_for_pattern(subject, predicate, value)
        return list(dict.fromkeys(q.triple for q in islice(quads, MANY)))

    def _places(self, triples: Iterable[ox.Triple]) -> list[Place]:
        """Return where statements stand, those in new files first; texts only in the language of the first."""
        found = [(place, t) for t in triples if (place := place_of(self.store, self.files, t))]
        found.sort(key=lambda pair: (pair[1] not in self.added, pair[0].path not in self.new, pair[0]))
        tags = [getattr(t.object, "language", None) for _, t in found]
        return [place for (place, _), tag in zip(found, tags, strict=True) if tag == tags[0]]

    def _within(self, term: Any) -> list[Place]:
        """Return where new files describe a term."""
        about = self._stated(term, TYPE) if isinstance(term, ox.NamedNode) else []
        return [place for place in self._places(about) if place.path in self.new]

    def _file(self, node: Any) -> str:
        """Return the file that speaks of a node which cannot be found in the text, since it has no name there."""
        graphs = {q.graph_name for t in self._stated(node) for q in self.store.quads_for_pattern(*t)}
        return next((shown(f.path) for f in self.files if ox.NamedNode(f.graph) in graphs), "")
