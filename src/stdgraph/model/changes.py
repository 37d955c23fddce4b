"""What changed between two versions of the graph: statements for programs, records in words for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from stdgraph.model.cells import Cell, Entity, Scalar, plain
from stdgraph.model.results import Row, Source, Table
from stdgraph.model.vocabulary import BASE, SRC, short

KINDS = ("added", "changed", "renamed", "removed")
"""What may have happened to a thing, in the order in which it is told."""
FIRST = (("agreement", "agreementset", "arrangement", "mechanism"), ("",), ("org", "committee"), ("person",))
"""What a reviewer cares for first, by kinds of ids: agreements; records, whose ids join others; bodies; persons."""
LAST = ("evidence", "claim")
COLUMNS = ("change", "kind", "record", "id", "property", "language", "before", "after")


@dataclass(frozen=True)
class Value:
    """A value of a property before and after, None where there was none; `language` is that of a text.

    `of` is the property that led to what the value stands in, where that is told with another thing: an evidence.
    """

    property: Scalar
    before: Scalar = None
    after: Scalar = None
    language: str = ""
    of: Scalar = None

    def told(self) -> str:
        """Return the property in words, with what it stands in."""
        name = f"{self.of}: {self.property}" if self.of else str(self.property)
        return f"{name} ({self.language})" if self.language else name

    def plain(self) -> dict[str, Any]:
        """Return the value as plain values."""
        named = {"property": _iri(self.property), "label": str(self.property)}
        found = {**named, "before": plain(self.before), "after": plain(self.after)}
        return (
            found | ({"language": self.language} if self.language else {}) | ({"of": _iri(self.of)} if self.of else {})
        )


@dataclass(frozen=True)
class Change:
    """A thing that was added, changed, renamed or removed: its kind, its values, where it was read.

    `was` is the thing under its former IRI, `proves` the number of other records that an evidence stands for.
    """

    change: str
    kind: str
    record: Entity
    values: tuple[Value, ...] = ()
    sources: tuple[Source, ...] = ()
    was: Entity | None = None
    proves: int = 0

    @property
    def id(self) -> str:
        """The short id of the thing."""
        return short(self.record.iri)

    @property
    def rank(self) -> int:
        """At which place its kind is told: agreements, records, bodies, persons, other things, evidence, then files and terms."""
        kind, _, name = self.record.iri.removeprefix(BASE).partition("/")
        if not self.record.iri.startswith(BASE):
            return len(FIRST) + (1 if self.record.iri.startswith(SRC) else 2)
        kind = "" if "--" in name and kind not in LAST else kind
        return len(FIRST) + 1 if kind in LAST else next((n for n, of in enumerate(FIRST) if kind in of), len(FIRST))

    def plain(self) -> dict[str, Any]:
        """Return the change as plain values."""
        found: dict[str, Any] = {"change": self.change, "kind": self.kind, **self.record.plain()}
        if self.was:
            found["was"] = self.was.iri
        if self.proves:
            found["proves"] = self.proves
        return found | {"values": [v.plain() for v in self.values], "sources": [s.plain() for s in self.sources]}

    def rows(self) -> list[Row]:
        """Return a row for each value, or one where there is none."""
        head: dict[str, Cell] = {"change": self.change, "kind": self.kind, "record": self.record, "id": self.id}
        values = [Value(None, short(self.was.iri), self.id)] if self.was else []
        values += self.values or ([] if values else [Value(None)])
        return [
            Row(head | {"property": v.told() if v.property else None, "language": v.language or None}
                | {"before": v.before, "after": v.after}, self.sources)
            for v in values
        ]  # fmt: skip


@dataclass(frozen=True)
class Changes:
    """What leads from one version to another: statements `removed` and `added`, and the same in words, by record.

    `stdgraph.apply(changes, first)` gives the second. `len()` is the number of things that changed. `whole` says that the
    ontology was compared too, `stored` that numbers are as the engine writes them.
    """

    first: str
    second: str
    removed: frozenset[Any]
    added: frozenset[Any]
    records: tuple[Change, ...] = field(default=(), compare=False)
    lang: str = field(default="en", compare=False)
    whole: bool = False
    stored: bool = False

    def __len__(self) -> int:
        return len(self.records)

    def counts(self) -> dict[str, int]:
        """Return how many things were added, changed, renamed and removed."""
        found = Counter(change.change for change in self.records)
        return {kind: found[kind] for kind in KINDS}

    def summary(self) -> Table:
        """Return a row for each kind of thing: how many were added, changed, renamed, removed; what matters most first."""
        found = Counter((change.kind, change.change) for change in self.records)
        columns = [kind for kind in KINDS if self.counts()[kind]]
        rows = [Row({"kind": kind, **{c: found[kind, c] or None for c in columns}}) for kind in kinds(self.records)]
        return Table(("kind", *columns), tuple(rows), lang=self.lang)

    def table(self) -> Table:
        """Return a row for each value that changed."""
        rows = tuple(row for change in self.records for row in change.rows())
        used = [c for c in COLUMNS if c not in ("language", "before", "after") or any(r[c] is not None for r in rows)]
        return Table(tuple(used), rows, lang=self.lang)

    def limit(self, number: int | None) -> Changes:
        """Return the first so many things, all for None; the statements stay whole."""
        return replace(self, records=self.records[:number])

    def to_json(self) -> dict[str, Any]:
        """Return what changed in words as plain values."""
        return {
            "first": str(self.first),
            "second": str(self.second),
            "counts": self.counts(),
            "records": [change.plain() for change in self.records],
        }

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _iri(cell: Scalar) -> str:
    return short(str(getattr(cell, "iri", cell)))


def kinds(changes: Sequence[Change]) -> list[str]:
    """Return the kinds of what changed in the order in which they are told; of those of one rank the one with the most first."""
    number = Counter(change.kind for change in changes)
    ranks: dict[str, int] = {}
    for change in changes:
        ranks[change.kind] = min(change.rank, ranks.get(change.kind, change.rank))
    return sorted(number, key=lambda kind: (ranks[kind], -number[kind], kind))
