"""Reads of records that every service shares: labels, sources, and what held on a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from typing import Any, Protocol

import pyoxigraph as ox

from stdgraph.model.results import Entity, Record, Scalar, Source, Term
from stdgraph.model.vocabulary import BASE, DCTERMS, RDFS, STDG, XSD, local, short
from stdgraph.storage.names import Names

BATCH = 400
WHOLE = re.compile(r"[+-]?[0-9]{1,4000}")
NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")


class Graph(Protocol):
    """What services need of a graph, embedded or remote."""

    url: str

    @property
    def names(self) -> Names:
        """The index of names."""

    def query(self, text: str) -> Any:
        """Return the result of a read-only query."""

    def select(self, text: str) -> list[ox.QuerySolution]:
        """Return the rows of a SELECT query."""


def batches(graph: Graph, iris: Iterable[str], query: str) -> Iterator[ox.QuerySolution]:
    """Yield the rows of a query for many IRIs, `%s` standing for a batch of them."""
    wanted = sorted(set(iris))
    for at in range(0, len(wanted), BATCH):
        yield from graph.select(query % " ".join(f"<{iri}>" for iri in wanted[at : at + BATCH]))


EVIDENCE = f"""SELECT DISTINCT ?x ?source ?locator ?confidence WHERE {{ VALUES ?x {{ %s }}
  {{ ?x <{STDG}evidence> ?e }} UNION {{ ?x <{STDG}basis> ?b . ?b <{STDG}evidence> ?e }}
  UNION {{ ?x <{STDG}basis>/<{STDG}basis> ?b . ?b <{STDG}evidence> ?e }}
  UNION {{ ?x <{STDG}fromSource> ?s BIND (?x AS ?e) }}
  ?e <{STDG}fromSource> ?source OPTIONAL {{ ?e <{STDG}locator> ?locator }} OPTIONAL {{ ?e <{STDG}confidence> ?confidence }} }}"""
ITSELF = f"SELECT ?x ?source WHERE {{ VALUES ?x {{ %s }} ?x a <{STDG}SourceDocument> BIND (?x AS ?source) }}"
CLAIMED = f"""SELECT DISTINCT ?x ?source ?locator ?confidence WHERE {{ VALUES ?x {{ %s }}
  {{ ?c <{STDG}claimSubject> ?x . ?c <{STDG}evidence> ?e }}
  UNION {{ ?r <{STDG}editionOf> ?x . ?r <{STDG}evidence> ?e }} UNION {{ ?r <{STDG}draftOf> ?x . ?r <{STDG}evidence> ?e }}
  UNION {{ ?x <{STDG}editionOf> ?r . ?r <{STDG}evidence> ?e }} UNION {{ ?x <{STDG}draftOf> ?r . ?r <{STDG}evidence> ?e }}
  ?e <{STDG}fromSource> ?source OPTIONAL {{ ?e <{STDG}locator> ?locator }} OPTIONAL {{ ?e <{STDG}confidence> ?confidence }} }}"""
OF_FILE = f"""SELECT DISTINCT ?x ?source ?locator ?confidence WHERE {{ VALUES ?x {{ %s }} GRAPH ?g {{ ?x ?p ?o }}
  ?g <{DCTERMS}source> ?source OPTIONAL {{ ?g <{DCTERMS}issued> ?day }} OPTIONAL {{ ?x <{STDG}isoDeliverableId> ?document }}
  OPTIONAL {{ ?x <{STDG}isoOrganizationId> ?body }} OPTIONAL {{ ?x <{STDG}reference> ?reference }}
  BIND (IF(BOUND(?day), 1.0, ?none) AS ?confidence)
  BIND (IF(BOUND(?day), COALESCE(CONCAT("document ", ?document), CONCAT("body ", ?body), ?reference), ?none) AS ?locator) }}"""
"""The source of a file; of a snapshot of a register (it has a day) with the register's own number."""


def sources(graph: Graph, records: Iterable[str], lang: str) -> dict[str, tuple[Source, ...]]:
    """Return where each record was read: its own evidence, else that of claims on it, else the source of its file.

    A record of derived kind (a cooperation link) brings the evidence of the records it rests on.
    """
    wanted = set(records)
    found: dict[str, dict[tuple[str, str], float | None]] = {}
    standards = {iri for iri in wanted if iri.startswith((BASE + "standard/", BASE + "workitem/"))}
    for query in (EVIDENCE, ITSELF, CLAIMED, OF_FILE):
        missing = wanted - found.keys() | (standards if query == OF_FILE else set())
        if not missing:
            break
        for row in batches(graph, missing, query):
            bound = {name: row[name] for name in ("locator", "confidence") if _has(row, name)}
            place = (row["source"].value, bound["locator"].value if "locator" in bound else "")
            confidence = _number(bound["confidence"].value) if "confidence" in bound else None
            known = found.setdefault(row["x"].value, {})
            if query == OF_FILE and known and not place[1]:
                continue  # told by its own evidence; only registers add to that
            known[place] = max((c for c in (known.get(place), confidence) if c is not None), default=None)
    titles = labels(graph, {source for places in found.values() for source, _ in places}, lang)
    return {
        iri: tuple(sorted(Source(s, titles[s], at, c) for (s, at), c in places.items()))
        for iri, places in found.items()
    }


def _number(text: str) -> float | None:
    """Return a number, None for what validation will report as none."""
    return float(text) if NUMBER.fullmatch(text) and isfinite(float(text)) else None


def _has(row: ox.QuerySolution, name: str) -> bool:
    try:
        return row[name] is not None
    except KeyError:
        return False


def labels(graph: Graph, iris: Iterable[str], lang: str) -> dict[str, str]:
    """Return a label for each IRI: in the language, else in the other, else in words made from its relations."""
    wanted = set(iris)
    found = graph.names.labels(wanted, lang)
    nameless = {iri for iri in wanted - found.keys() if iri.startswith(BASE)}
    return found | _described(graph, nameless, lang) | {i: short(i) for i in wanted - found.keys() - nameless}


TELLING = (
    *(
        "member",
        "participant",
        "contributor",
        "holder",
        "performedBy",
        "recognizer",
        "adopter",
        "user",
        "recipient",
        "hub",
    ),
    *("leadPartner", "hasParty", "liaisonFrom", "between", "claimSubject", "affects", "changeKind", "role", "linkKind"),
    *("claimProperty", "recognized", "counterparty", "twinnedPartner", "liaisonTo", "inBody", "forBody", "inEvent"),
    *("contributionTo", "adoptedStandard", "usedStandard", "award", "draftOf", "editionOf", "issueOf", "resultsIn"),
    *("onBehalfOf", "ordinal", "date"),
)
"""Properties that tell what a nameless record is about, the subject's side first."""

PARTS = f"""SELECT ?x ?p ?o WHERE {{ VALUES ?x {{ %s }} ?x ?p ?o .
  FILTER (?p IN ({", ".join(f"<{STDG}{p}>" for p in TELLING)})) }} ORDER BY ?x ?p ?o"""
KIND = f"""SELECT ?x (MIN(?c) AS ?kind) WHERE {{ VALUES ?x {{ %s }} ?x a ?c FILTER (STRSTARTS(STR(?c), "{STDG}"))
  FILTER NOT EXISTS {{ ?x a ?d . ?d <{RDFS}subClassOf>+ ?c FILTER (?d != ?c && STRSTARTS(STR(?d), "{STDG}")) }} }} GROUP BY ?x"""


def _described(graph: Graph, iris: set[str], lang: str) -> dict[str, str]:
    parts: dict[str, list[tuple[int, str]]] = {iri: [] for iri in iris}
    for row in batches(graph, iris, PARTS):
        parts[row["x"].value].append((TELLING.index(local(row["p"].value)), row["o"].value))
    kinds = {row["x"].value: row["kind"].value for row in batches(graph, iris, KIND)}
    known = graph.names.labels({o for found in parts.values() for _, o in found} | set(kinds.values()), lang)
    described = {}
    for iri, found in parts.items():
        words = list(dict.fromkeys(known.get(o, short(o)) for _, o in sorted(found)))[:4]
        kind = known.get(kinds.get(iri, ""), "")
        described[iri] = f"{kind}: {' · '.join(words)}" if words and kind else kind or short(iri)
    return described


def scalar(term: Any, known: dict[str, str]) -> Scalar:
    """Return a term as a cell: things and concepts as entities, terms of the ontology by name, literals as values."""
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        return literal(term)
    iri = term.value
    if iri.startswith(STDG):
        return Term(iri, local(iri), known.get(iri, local(iri)))
    return Entity(iri, known.get(iri, short(iri)))


cell = scalar


def literal(term: ox.Literal) -> str | int | float | bool:
    """Return a literal as a plain value: numbers as numbers, whole ones without a fraction, malformed ones as text."""
    kind = term.datatype.value
    if kind == XSD + "boolean":
        return term.value in ("true", "1")
    if kind == XSD + "integer" and WHOLE.fullmatch(term.value):
        return int(term.value)
    number = _number(term.value) if kind in (XSD + "decimal", XSD + "double", XSD + "float") else None
    return term.value if number is None else int(number) if number.is_integer() else number


STATES = (
    *("Organization", "GeopoliticalEntity", "Person", "Name", "Agreement", "AgreementSet", "Arrangement", "Membership"),
    *("SecretariatAssignment", "Liaison", "Recognition", "Platform", "Project", "Standard", "StandardProject"),
    "Evidence",
)
"""Kinds that hold over a time; all others but figures are acts, which hold once done (design, P20)."""

TIMES = f"""SELECT ?x ?p ?v WHERE {{ VALUES ?x {{ %s }} {{ ?x ?p ?v }} UNION {{ ?x <{STDG}inEvent> ?e . ?e ?p ?v }}
  FILTER (STRSTARTS(STR(?p), "{STDG}") && (STRENDS(STR(?p), "Earliest") || STRENDS(STR(?p), "Latest"))) }}"""
ATTESTED = f"""SELECT ?x ?e ?l WHERE {{ VALUES ?x {{ %s }} ?x <{STDG}evidence> ?v .
  ?v <{STDG}attestedEarliest> ?e ; <{STDG}attestedLatest> ?l }}"""
TYPES = f"""SELECT ?x ?c WHERE {{ VALUES ?x {{ %s }} ?x a ?c FILTER (STRSTARTS(STR(?c), "{STDG}")) }}"""
BASIS = f"""SELECT ?x ?b WHERE {{ VALUES ?x {{ %s }} ?x <{STDG}basis> ?b }}"""
SERIES = f"""SELECT ?x ?m ?of (GROUP_CONCAT(STR(?w); separator=" ") AS ?scope) WHERE {{ VALUES ?x {{ %s }}
  ?x <{STDG}measure> ?m ; <{STDG}figureOf> ?of OPTIONAL {{ ?x <{STDG}withRespectTo> ?w }} }} GROUP BY ?x ?m ?of"""


@dataclass
class Time:
    """The bounds of one record, by the stem of the property, and the days on which it is attested."""

    kinds: set[str] = field(default_factory=set)
    days: dict[str, date] = field(default_factory=dict)
    attested: list[tuple[date, date]] = field(default_factory=list)

    def on(self, day: date) -> str | None:
        """Return `certain`, `possible` or None (did not hold) for a day, by the rule of P20."""
        return self._state(day) if self.kinds & set(STATES) else self._act(day)

    def _state(self, day: date) -> str | None:
        begins = self.days.get("startEarliest") or self.days.get("dateEarliest")
        began = self.days.get("startLatest") or self.days.get("dateLatest")
        ends, ended = self.days.get("endEarliest"), self.days.get("endLatest")
        if (begins and begins > day) or (ended and ended < day):
            return None
        begun = bool(began and began <= day) or any(latest <= day for _, latest in self.attested)
        still = bool(ends and ends >= day) or any(earliest >= day for earliest, _ in self.attested)
        return "certain" if begun and still else "possible"

    def _act(self, day: date) -> str | None:
        first = self.days.get("dateEarliest") or self.days.get("asOfEarliest") or self.days.get("startEarliest")
        last = self.days.get("dateLatest") or self.days.get("asOfLatest") or self.days.get("startLatest")
        if last and last <= day:
            return "certain"
        if first and first > day:
            return None
        return "certain" if not last and any(latest <= day for _, latest in self.attested) else "possible"


def certainty(graph: Graph, records: Iterable[str], day: date) -> dict[str, str]:
    """Return `certain` or `possible` for each record that held on a day; records that did not hold are left out.

    A derived link holds as its surest basis does; of figures that differ in time alone, the newest up to the day counts.
    """
    wanted = set(records)
    basis: dict[str, set[str]] = {}
    for row in batches(graph, wanted, BASIS):
        basis.setdefault(row["x"].value, set()).add(row["b"].value)
    if basis:
        below = certainty(graph, {b for found in basis.values() for b in found}, day)
        links = {x: [below[b] for b in found if b in below] for x, found in basis.items()}
        derived = {x: min(found) for x, found in links.items() if found}
        return derived | certainty(graph, wanted - basis.keys(), day)
    times = _times(graph, wanted)
    held = {iri: found for iri, time in times.items() if (found := time.on(day))}
    return _newest_figures(graph, held, times)


def _times(graph: Graph, records: set[str]) -> dict[str, Time]:
    times = {iri: Time() for iri in records}
    for row in batches(graph, records, TIMES):
        times[row["x"].value].days[local(row["p"].value)] = date.fromisoformat(row["v"].value)
    for row in batches(graph, records, ATTESTED):
        span = (date.fromisoformat(row["e"].value), date.fromisoformat(row["l"].value))
        times[row["x"].value].attested.append(span)
    for row in batches(graph, records, TYPES):
        times[row["x"].value].kinds.add(local(row["c"].value))
    for time in times.values():
        if {"attestedEarliest", "attestedLatest"} <= time.days.keys():  # an evidence speaks for what it shows
            time.attested.append((time.days["attestedEarliest"], time.days["attestedLatest"]))
    return times


def _newest_figures(graph: Graph, held: dict[str, str], times: dict[str, Time]) -> dict[str, str]:
    figures = {iri for iri in held if "Figure" in times[iri].kinds}
    series: dict[tuple[str, ...], list[str]] = {}
    for row in batches(graph, figures, SERIES):
        scope = row["scope"].value if _has(row, "scope") else ""
        series.setdefault((row["m"].value, row["of"].value, scope), []).append(row["x"].value)
    older = set()
    for members in series.values():
        ends = {iri: times[iri].days.get("asOfLatest") or times[iri].days.get("dateLatest") for iri in members}
        known = [d for d in ends.values() if d]
        older |= {iri for iri, end in ends.items() if end and known and end < max(known)}
    return {iri: found for iri, found in held.items() if iri not in older}


DATES = f"""SELECT ?x (MIN(?d) AS ?date) WHERE {{ VALUES ?x {{ %s }}
  ?x <{STDG}date>|<{STDG}start>|<{STDG}asOf>|<{STDG}inEvent>/<{STDG}date>|<{STDG}inEvent>/<{STDG}start> ?d }} GROUP BY ?x"""


def described(graph: Graph, iris: Iterable[str], lang: str) -> dict[str, Record]:
    """Return each record in words, with its kind, date and sources."""
    wanted = set(iris)
    names = labels(graph, wanted, lang)
    read = sources(graph, wanted, lang)
    kinds = {row["x"].value: row["kind"].value for row in batches(graph, wanted, KIND)}
    kind_names = graph.names.labels(kinds.values(), lang)
    days = {row["x"].value: row["date"].value for row in batches(graph, wanted, DATES)}
    return {
        iri: Record(iri, names[iri], kind_names.get(kinds.get(iri, ""), ""), days.get(iri), read.get(iri, ()))
        for iri in wanted
    }
