"""Time: what held on a day, certainly or possibly, by the rule of the design (P20)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from stdgraph.graph.reads import Graph, select, value_of
from stdgraph.model.vocabulary import local

STATES = (
    *("Organization", "GeopoliticalEntity", "Person", "Name", "Agreement", "AgreementSet", "Arrangement", "Membership"),
    *(
        "SecretariatAssignment",
        "Liaison",
        "PartyStatus",
        "Recognition",
        "Platform",
        "Project",
        "Standard",
        "StandardProject",
    ),
    "Evidence",
)
"""Kinds that hold over a time; all others but figures are acts, which hold once done (design, P20)."""


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
    for row in select(graph, "basis", wanted):
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
    for row in select(graph, "bounds", records):
        times[row["x"].value].days[local(row["p"].value)] = date.fromisoformat(row["v"].value)
    for row in select(graph, "attested", records):
        span = (date.fromisoformat(row["e"].value), date.fromisoformat(row["l"].value))
        times[row["x"].value].attested.append(span)
    for row in select(graph, "classes", records):
        times[row["x"].value].kinds.add(local(row["c"].value))
    for time in times.values():
        if {"attestedEarliest", "attestedLatest"} <= time.days.keys():  # an evidence speaks for what it shows
            time.attested.append((time.days["attestedEarliest"], time.days["attestedLatest"]))
    return times


def _newest_figures(graph: Graph, held: dict[str, str], times: dict[str, Time]) -> dict[str, str]:
    figures = {iri for iri in held if "Figure" in times[iri].kinds}
    series: dict[tuple[str, ...], list[str]] = {}
    for row in select(graph, "figure-series", figures):
        scope = scope.value if (scope := value_of(row, "scope")) else ""
        series.setdefault((row["m"].value, row["of"].value, scope), []).append(row["x"].value)
    older = set()
    for members in series.values():
        ends = {iri: times[iri].days.get("asOfLatest") or times[iri].days.get("dateLatest") for iri in members}
        known = [d for d in ends.values() if d]
        older |= {iri for iri, end in ends.items() if end and known and end < max(known)}
    return {iri: found for iri, found in held.items() if iri not in older}
