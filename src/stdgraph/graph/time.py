"""Time: what held on a day, certainly or possibly, by the rule of the design (P20)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from stdgraph.graph.reads import Graph, select, value_of
from stdgraph.model.dates import ENDS, SLOTS
from stdgraph.model.light import dataclass, field
from stdgraph.model.vocabulary import local

STATES = (
    *("Organization", "GeopoliticalEntity", "Person", "Name", "Agreement", "AgreementSet", "Arrangement", "Membership"),
    *(
        "GroupMembership",
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


UNDATED = "undated"
"""What neither a date, an attestation nor a reason places: nothing shows that it had begun or was done by the day."""


@dataclass
class Time:
    """The bounds of one record, by the stem of the property, and the days on which it is attested.

    `own` are the dates that it has itself; without one that begins it, bounds by reason stand in `days`.
    """

    kinds: set[str] = field(default_factory=set)
    own: set[str] = field(default_factory=set)
    days: dict[str, date] = field(default_factory=dict)
    attested: list[tuple[date, date]] = field(default_factory=list)

    def note(self, name: str, value: str) -> None:
        """Take in a date or a bound; of several bounds the one that says most."""
        if name in SLOTS:
            self.own.add(name)
            return
        day, choose = date.fromisoformat(value), max if name.endswith("Earliest") else min
        self.days[name] = choose(self.days.get(name, day), day)

    def on(self, day: date) -> str | None:
        """Return `certain`, `possible`, `undated` or None (did not hold) for a day, by the rule of P20."""
        return self._state(day) if self.kinds & set(STATES) else self._act(day)

    def _state(self, day: date) -> str | None:
        begins, began = self._bounds("start" if self._has("start") else "date")
        ends, ended = self._bounds("end")
        if (begins and begins > day) or (ended and ended < day):
            return None
        if (began and began <= day) or self._seen(day):
            still = (ends and ends >= day) or any(earliest >= day for earliest, _ in self.attested)
            return "certain" if still else "possible"
        return "possible" if begins and self.own & {"start", "date"} else UNDATED

    def _act(self, day: date) -> str | None:
        slots = ("date", "start") if self._has("date", "start") else ("asOf",)
        first, last = self._bounds(*slots)
        if first and first > day:
            return None
        if (last and last <= day) or self._seen(day):
            return "certain"
        return "possible" if first and self.own & set(slots) else UNDATED

    def _bounds(self, *stems: str) -> tuple[date | None, date | None]:
        """Return the last of the first days and the first of the last days that some dates allow."""
        firsts = [found for stem in stems if (found := self.days.get(f"{stem}Earliest"))]
        lasts = [found for stem in stems if (found := self.days.get(f"{stem}Latest"))]
        return max(firsts, default=None), min(lasts, default=None)

    def _has(self, *stems: str) -> bool:
        return any(f"{stem}{end}" in self.days for stem in stems for end in ENDS)

    def _seen(self, day: date) -> bool:
        return any(latest <= day for _, latest in self.attested)


@dataclass(frozen=True)
class Standing:
    """What held on a day: each record with `certain`, `possible` or `undated`, and how many undated ones were left out."""

    held: dict[str, str]
    left_out: int = 0


def standing(graph: Graph, records: Iterable[str], day: date | None, *, undated: bool = False) -> Standing | None:
    """Return what of some records held on a day, None without a day; undated ones are left out unless asked for."""
    if day is None:
        return None
    found = certainty(graph, records, day)
    if undated:
        return Standing(found)
    placed = {iri: how for iri, how in found.items() if how != UNDATED}
    return Standing(placed, len(found) - len(placed))


def certainty(graph: Graph, records: Iterable[str], day: date) -> dict[str, str]:
    """Return `certain`, `possible` or `undated` for each record; records that did not hold on the day are left out.

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
        times[row["x"].value].note(local(row["p"].value), row["v"].value)
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
    figures = {iri for iri, how in held.items() if how != UNDATED and "Figure" in times[iri].kinds}
    series: dict[tuple[str, ...], list[str]] = {}
    for row in select(graph, "figure-series", figures):
        if value_of(row, "target"):
            continue  # a target is not overtaken by another, nor by what was reached
        scope = scope.value if (scope := value_of(row, "scope")) else ""
        series.setdefault((row["m"].value, row["of"].value, scope), []).append(row["x"].value)
    older = set()
    for members in series.values():
        ends = {iri: times[iri].days.get("asOfLatest") or times[iri].days.get("dateLatest") for iri in members}
        known = [d for d in ends.values() if d]
        older |= {iri for iri, end in ends.items() if end and known and end < max(known)}
    return {iri: found for iri, found in held.items() if iri not in older}
