"""The ledger: each number that a source states, beside how many of the things it counts the graph can name.

What is named comes from the queries of `queries/ledger/`, never by hand. Each gives pairs of `?figure` (a Figure, or a
record with a stated count) and `?thing`, within the figure's own scope and time; a row without `?thing` says that the
scope can be expressed and nothing is named, and `?share` says how much of the figure falls to the thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from stdgraph.errors import QuestionError
from stdgraph.graph.evidence import sources
from stdgraph.graph.labels import labels
from stdgraph.graph.reads import Graph, select, value_of
from stdgraph.locale import Phrase, in_words, marked, translated
from stdgraph.model.results import Cell, Entity, Row, Source, Table
from stdgraph.model.vocabulary import STDGC
from stdgraph.storage.files import content, read_text
from stdgraph.storage.front import front_fault, front_matter

COLUMNS = ("claim", "stated", "unit", "time", "named", "of_stated")
SIGNS = {"about": "~", "at-least": "≥", "at-most": "≤", "less-than": "<", "more-than": ">", "nearly": "≲"}
"""Sign before a stated number; an exact one has none."""

UNITS = {"actors": "actor", "items": "item"}


@dataclass(frozen=True)
class Naming:
    """A query that names what claims count: figures of `measures`, and records that state `actors` or `items`."""

    name: str
    title: dict[str, str]
    measures: tuple[str, ...]
    stated: str | None
    query: str


@dataclass
class Claim:
    """A number that a source states: a figure (`kind` is `figure`), or a record's count of `actors` or `items`.

    `named` holds each thing named with its share of the number; None if no query can name what is counted.
    """

    iri: str
    kind: str
    value: float
    comparator: str
    unit: str | None
    times: set[str] = field(default_factory=set)
    named: dict[str, float] | None = None

    @property
    def stated(self) -> str:
        """The number with its sign: `≥40`."""
        return SIGNS.get(self.comparator, "") + f"{self.value:.15g}"

    @cached_property
    def count(self) -> int | float | None:
        """How much of the number falls to named things."""
        if self.named is None:
            return None
        total = sum(self.named.values())
        return int(total) if float(total).is_integer() else total

    @property
    def is_complete(self) -> bool:
        """Whether as many are named as stated; more may be where the source gives a lower bound."""
        return self.count is not None and self.count >= self.value


def namings() -> list[Naming]:
    """Return the queries of `queries/ledger/`, by name; raises QuestionError for one that is not well formed."""
    return [parse_naming(path, read_text(path)) for path in sorted(content("queries", "ledger").glob("*.rq"))]


def parse_naming(path: Path, text: str) -> Naming:
    """Return the query in a file's text; raises QuestionError where the front matter lacks something."""
    try:
        front = front_matter(text)
        found = Naming(
            name=path.stem,
            title={"en": str(front["title"]), "zh": str(front["title_zh"])},
            measures=tuple(map(str, front.get("measures") or ())),
            stated=front.get("stated"),
            query=text,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise QuestionError(path=path, detail=front_fault(error)) from None
    if found.stated not in (None, *UNITS) or not (found.measures or found.stated):
        fault = ValueError(Phrase("give measures, or stated as actors or items"))
        raise QuestionError(path=path, detail=front_fault(fault))
    return found


def ledger(graph: Graph, *, about: str | None = None, gaps: bool = False, lang: str = "en") -> Table:
    """Return a row for each number that a source states, beside what the graph names of it.

    Reads: `?figure a stdg:Figure ; stdg:value ?v` and `?record stdg:statedActorCount|stdg:statedItemCount ?v`.

    Args:
        graph: an opened store or endpoint.
        about: IRI of a thing: only claims that it makes or that speak of it.
        gaps: only claims of which fewer things are named than stated.
        lang: language of labels.

    Returns:
        The columns claim, stated (with ≥, >, ~ …), unit, time, named and of_stated ("12 of 54"); the last two are
        empty where no query can name what is counted. Rows are in the order of their sources.

    >>> import stdgraph
    >>> stdgraph.open().ledger("China-UK graphene standardization working group").rows[0]["of_stated"]
    '5 of 5'
    """
    claims = [c for c in named_claims(graph) if not gaps or (c.count is not None and not c.is_complete)]
    if about is not None:
        wanted = {row["claim"].value for row in select(graph, "speaking-of", [about])}
        claims = [c for c in claims if c.iri in wanted]
    known = labels(graph, {c.iri for c in claims}, lang)
    read = sources(graph, {c.iri for c in claims}, lang)
    ordered = sorted(claims, key=lambda c: (_document(read.get(c.iri, ())), c.iri, c.kind))
    rows = tuple(Row(_cells(c, known, lang), read.get(c.iri, ())) for c in ordered)
    titles = {c: in_words("heading", c, lang) for c in COLUMNS} if lang.startswith("zh") else {}
    return Table(COLUMNS, rows, titles, lang=lang)


def _document(read: tuple[Source, ...]) -> str:
    return read[0].source if read else ""


def _cells(claim: Claim, known: Mapping[str, str], lang: str) -> dict[str, Cell]:
    of_stated = Phrase("{named} of {stated}", named=claim.count, stated=claim.stated)
    unit = claim.unit if claim.kind == "figure" else UNITS[claim.kind]
    return {
        "claim": Entity(claim.iri, known[claim.iri]),
        "stated": claim.stated,
        "unit": None if unit is None else in_words("cell.unit", unit, lang),
        "time": min(claim.times, default=None),
        "named": claim.count,
        "of_stated": None if claim.count is None else translated(of_stated, lang),
    }


def named_claims(graph: Graph) -> list[Claim]:
    """Return every claim of the graph, with the things that the queries name for it."""
    found = {(c.iri, c.kind): c for c in claims(graph)}
    for naming in namings():
        for row in graph.select(naming.query):
            kind = "figure" if (row["figure"].value, "figure") in found else naming.stated
            if claim := found.get((row["figure"].value, kind or "")):
                _name(claim, row)
    return list(found.values())


def _name(claim: Claim, row: Any) -> None:
    claim.named = claim.named or {}
    if (thing := _value(row, "thing")) is not None:
        share = _value(row, "share")
        claim.named[thing] = 1 if share is None else float(share)


def claims(graph: Graph) -> Iterable[Claim]:
    """Return every figure, and every record's stated count, without what is named."""
    found: dict[tuple[str, str], Claim] = {}
    for row in select(graph, "figures"):
        comparator = (_value(row, "comparator") or "").removeprefix(f"{STDGC}cmp-")
        claim = Claim(row["claim"].value, "figure", float(row["value"].value), comparator, _value(row, "unit"))
        found.setdefault((claim.iri, claim.kind), claim).times.update(_times(row))
    for row in select(graph, "stated-counts"):
        kind = "actors" if row["property"].value.endswith("ActorCount") else "items"
        claim = Claim(row["claim"].value, kind, float(row["value"].value), "", None)
        found.setdefault((claim.iri, kind), claim).times.update(_times(row))
    return found.values()


def _times(row: Any) -> set[str]:
    time = _value(row, "time")
    return set() if time is None else {time}


def _value(row: ox.QuerySolution, name: str) -> str | None:
    term = value_of(row, name)
    return None if term is None else str(term.value)


def summary(table: Table, lang: str = "en") -> str:
    """Return in one line how many numbers a ledger holds, how many have a named count, how many are complete."""
    named = [row for row in table if row["named"] is not None]
    full = sum(1 for row in named if _is_full(row))
    one = marked("{stated} stated number, {named} with a named count, {full} of them complete")
    more = marked("{stated} stated numbers, {named} with a named count, {full} of them complete")
    told = Phrase(one if len(table) == 1 else more, stated=len(table), named=len(named), full=full)
    return str(translated(told, lang))


def _is_full(row: Row) -> bool:
    return float(str(row["named"])) >= float(str(row["stated"]).lstrip("".join(SIGNS.values())))
