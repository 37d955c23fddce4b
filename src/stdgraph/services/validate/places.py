"""Where a finding stands: the statement to mend in the file to mend, and what it disagrees with elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import pyoxigraph as ox

from stdgraph.model.dates import SLOTS
from stdgraph.model.vocabulary import RDF, STDG
from stdgraph.services.validate.shacl import Result
from stdgraph.storage.files import GraphFile
from stdgraph.storage.lines import Place, place_of, shown

TYPE = ox.NamedNode(RDF + "type")
MANY = 12
"""So many statements of a thing are looked at; its first ones tell the place as well."""

WRITTEN = {f"{STDG}{stem}{end}": STDG + slot for slot, stem in SLOTS.items() for end in ("Earliest", "Latest")}
"""Computed bound to the property that a file has in its place."""


class Places:
    """Finds statements in files, in new files first: there a steward can mend them."""

    def __init__(self, store: ox.Store, files: Sequence[GraphFile], new: Sequence[GraphFile]) -> None:
        self.store = store
        self.files = [*new, *files]
        self.new = {shown(file.path) for file in new}

    def of(self, result: Result) -> dict[str, Any]:
        """Return file, line and column of a finding, and beside them the places in other files."""
        found = next(filter(None, map(self._places, self._levels(result))), [])
        if self.new and not any(place.path in self.new for place in found):
            found = [*self._within(result.value), *found]
        if not found:
            return {"file": self._file(result.focus)}
        first = found[0]
        beside = {str(p): None for p in found if p.path != first.path}
        return {"file": first.path, "line": first.line, "column": first.column, "beside": tuple(beside)}

    def _levels(self, result: Result) -> Iterator[Iterable[ox.Triple]]:
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
        found.sort(key=lambda pair: (pair[0].path not in self.new, pair[0]))
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
