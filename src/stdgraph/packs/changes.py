"""What changed between two snapshots of a register: committees, seats, secretariats, liaisons, names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from stdgraph.errors import ParameterError
from stdgraph.model.names import key
from stdgraph.model.results import Cell, Row, Source, Table
from stdgraph.model.vocabulary import BASE, SKOS, SRC, STDG, short
from stdgraph.packs import snapshots
from stdgraph.packs.adding import TITLES
from stdgraph.packs.iso.committees import SOURCE
from stdgraph.packs.snapshots import Snapshot

READ = {
    SKOS + "prefLabel": "title",
    STDG + "reference": "reference",
    STDG + "isoCommitteeId": "number",
    STDG + "isoOrganizationId": "register id",
    STDG + "acronym": "acronym",
    STDG + "organizationStatus": "status",
    STDG + "subBodyOf": "parent",
    STDG + "secretariatHeldBy": "secretariat",
    STDG + "participatingMemberOf": "P-member",
    STDG + "observingMemberOf": "O-member",
    STDG + "listsLiaisonWith": "liaison",
}
Change = dict[str, Cell]
COLUMNS = ("change", "committee", "reference", "body", "before", "after")
LINE = re.compile(r'<([^>]*)> <([^>]*)> (?:<([^>]*)>|"((?:[^"\\]|\\.)*)"(?:@([a-z-]+))?)')
ORDER = (
    *("committee added", "committee removed", "committee renumbered", "committee renamed", "status changed"),
    *("parent changed", "secretariat moved", "membership changed", "member added", "member removed"),
    *("body renamed", "liaison added", "liaison removed"),
)


@dataclass
class State:
    """One snapshot as sets of values: (property, subject) to values, and seats by (body, committee)."""

    day: str
    values: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    seats: dict[tuple[str, str], str] = field(default_factory=dict)
    committees: dict[str, str] = field(default_factory=dict)

    def one(self, name: str, subject: str) -> str:
        """Return the values of a property as one text, "" where there is none."""
        return ", ".join(sorted(self.values.get((name, subject), ())))

    def label(self, subject: str) -> str:
        """Return the title, acronym, reference or id of a subject."""
        found = (self.one(name, subject) for name in ("title", "acronym", "reference"))
        return next(filter(None, found), short(subject))


def read(snapshot: Snapshot) -> State:
    """Return what a snapshot says of committees and bodies."""
    state = State(snapshot.day)
    with snapshot.core.stream() as stream:
        for raw in stream:
            found = LINE.match(raw.decode())
            name = READ.get(found[2]) if found else None
            if not found or not name:
                continue
            subject, value = found[1], found[3] or _unescaped(found[4])
            if name in ("P-member", "O-member"):
                state.seats[subject, value] = name
            elif name != "title" or found[5] in (None, "en"):
                state.values[name, subject].add(value)
            if name == "number":
                state.committees[value] = subject
    return state


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text) if "\\u" not in text else text.encode().decode("unicode_escape")


def diff(name: str, first: str, second: str, *, about: str | None = None, lang: str = "en") -> Table:
    """Return a row for each change from one snapshot to another, committees known by their number.

    Args:
        name: the pack.
        first: the earlier day; the snapshot is the newest not later than it.
        second: the later day.
        about: only what concerns this body or committee (acronym, reference, number, id).
        lang: language of the title of the register.

    Returns:
        A row for each change, with the entries of both snapshots as its sources.

    Raises:
        PackError, ParameterError: no such pack or snapshot; no day.
    """
    old, new = (read(_up_to(name, day)) for day in (first, second))
    rows = [row for row in changes(old, new) if not about or _concerns(row, about, old, new)]
    rows.sort(key=lambda r: (ORDER.index(str(r["change"])), str(r["reference"]), str(r["body"])))
    return Table(
        COLUMNS, tuple(Row({c: row[c] or None for c in COLUMNS}, _sources(row, old, new, lang)) for row in rows)
    )


def _up_to(name: str, day: str) -> Snapshot:
    try:
        found = snapshots.newest(name, date.fromisoformat(day))
    except ValueError:
        raise ParameterError(parameter="date", detail=f"'{day}' is no day such as 2025-06-12") from None
    if not found:
        raise ParameterError(parameter="date", detail=f"no snapshot of {name} up to {day}")
    return found


def _sources(row: Change, old: State, new: State, lang: str) -> tuple[Source, ...]:
    """Return where each snapshot says what a row compares: in the entry of the committee, or anywhere for a body."""
    numbers = {s.day: s.one("number", str(row["_committee"])) for s in (old, new)}
    places = [f"committee {number}, {day}" for day, number in numbers.items() if number]
    places = places or [f"snapshot {day}" for day in numbers]
    title = TITLES[SOURCE]["zh-Hans" if lang.startswith("zh") else "en"]
    return tuple(Source(SRC + SOURCE, title, place, 1.0) for place in places)


def changes(old: State, new: State) -> Iterator[Change]:
    """Yield all changes."""
    yield from _committees(old, new)
    yield from _seats(old, new)
    yield from _bodies(old, new)
    yield from _liaisons(old, new)


def _row(change: str, state: State, committee: str = "", body: str = "", before: str = "", after: str = "") -> Change:
    return {
        "change": change,
        "committee": state.label(committee) if committee else "",
        "reference": state.one("reference", committee) if committee else "",
        "body": state.one("acronym", body) or state.label(body) if body else "",
        "before": before,
        "after": after,
        "_committee": committee,
        "_body": body,
    }


def _committees(old: State, new: State) -> Iterator[Change]:
    for number in sorted(old.committees.keys() | new.committees.keys()):
        was, now = old.committees.get(number), new.committees.get(number)
        if not was or not now:
            state, found = (new, now) if now else (old, was)
            yield _row("committee added" if now else "committee removed", state, found or "")
            continue
        for change, name in (
            ("committee renumbered", "reference"),
            ("committee renamed", "title"),
            ("status changed", "status"),
        ):
            before, after = old.one(name, was), new.one(name, now)
            if before != after:
                yield _row(change, new, now, before=_last(before), after=_last(after))
        for change, name in (("parent changed", "parent"), ("secretariat moved", "secretariat")):
            before, after = (_named(s, s.values.get((name, c), ())) for s, c in ((old, was), (new, now)))
            if before != after:
                yield _row(change, new, now, before=before, after=after)


def _last(text: str) -> str:
    return text.rsplit("/status-", 1)[-1]


def _named(state: State, iris: Iterable[str]) -> str:
    names = (state.one("acronym", i) or state.one("reference", i) or short(i) for i in iris)
    return ", ".join(sorted(names))


def _seats(old: State, new: State) -> Iterator[Change]:
    now_named = {was: new.committees[number] for number, was in old.committees.items() if number in new.committees}
    before = {(body, now_named.get(c, c)): role for (body, c), role in old.seats.items()}
    for body, committee in sorted(before.keys() | new.seats.keys()):
        was, now = before.get((body, committee), ""), new.seats.get((body, committee), "")
        if was == now:
            continue
        change = "membership changed" if was and now else "member added" if now else "member removed"
        state = new if (body, committee) in new.seats else old
        yield _row(change, state, committee, body, was, now)


def _bodies(old: State, new: State) -> Iterator[Change]:
    bodies = {s for name, s in new.values if name == "register id"}
    for body in sorted(bodies):
        before, after = old.one("acronym", body), new.one("acronym", body)
        if before and before != after:
            yield _row("body renamed", new, body=body, before=before, after=after)


def _liaisons(old: State, new: State) -> Iterator[Change]:
    both = {s for name, s in old.values if name == "number"} & {s for name, s in new.values if name == "number"}
    for committee in sorted(both):
        was, now = (s.values.get(("liaison", committee), set()) for s in (old, new))
        for partner in sorted(now - was):
            yield _row("liaison added", new, committee, partner)
        for partner in sorted(was - now):
            yield _row("liaison removed", old, committee, partner)


def _concerns(row: Change, about: str, old: State, new: State) -> bool:
    wanted = key(about)
    for iri in (str(row["_committee"]), str(row["_body"])):
        if not iri:
            continue
        names = [
            v
            for s in (old, new)
            for n in ("acronym", "reference", "number", "register id")
            for v in s.values.get((n, iri), ())
        ]
        if wanted in {key(n) for n in names} or about in (iri, iri.removeprefix(BASE)):
            return True
    return wanted in {key(part) for name in ("before", "after") for part in str(row[name]).split(", ")}
