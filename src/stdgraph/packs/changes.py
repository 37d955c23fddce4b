"""What changed between two snapshots of a register: its things, their texts and links, the seats in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase
from stdgraph.model.results import Cell, Row, Source, Table
from stdgraph.model.spelling import key
from stdgraph.model.vocabulary import BASE, SRC, STDGC, short
from stdgraph.packs import snapshots
from stdgraph.packs.inputs import SourceTitle
from stdgraph.packs.snapshots import PackFile, Snapshot

Change = dict[str, Cell]
LINE = re.compile(r'<([^>]*)> <([^>]*)> (?:<([^>]*)>|"((?:[^"\\]|\\.)*)"(?:@([a-z-]+))?)')


@dataclass(frozen=True)
class Records:
    """Seats that are records of their own: the names of what sits, of where, and of what the record says."""

    holder: str
    place: str
    says: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """What two snapshots are compared by. Names are those that `read` gives to properties.

    Args:
        thing, holder: the columns of what the register lists (`committee`), and of who has seats in it (`body`).
        source: the key of the source document.
        read: property to name.
        key: what a thing is known by in both snapshots, whatever it is called.
        texts, links: change to the name of the value or the link that changes.
        labels: names that label a thing or a holder, the best first; `code` is the one of the column `reference`.
        seats: names of direct seats, which are their roles too; `records` where seats are records.
        seated: changes of seats: changed, added, removed.
        renamed: the change of a holder's name, and the name that tells holders.
        pairs: names whose values come and go, told as `NAME added`, `NAME removed`.
        order: all changes in the order of the answer.
        is_whole: whether all parts of a snapshot are read, or its core alone.
        named: gives the name of a holder that the snapshots do not name, in a language.
    """

    thing: str
    holder: str
    source: str
    read: Mapping[str, str]
    key: str
    texts: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    labels: tuple[str, ...]
    code: str
    seated: tuple[str, str, str]
    order: tuple[str, ...]
    seats: frozenset[str] = frozenset()
    records: Records | None = None
    renamed: tuple[str, str] | None = None
    pairs: tuple[str, ...] = ()
    is_whole: bool = False
    named: Callable[[str, str], str] | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the answer."""
        return ("change", self.thing, "reference", self.holder, "before", "after")


@dataclass
class State:
    """One snapshot as sets of values: (name, subject) to values, and seats by (holder, thing)."""

    day: str
    by: Comparison
    lang: str = "en"
    values: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    seats: dict[tuple[str, str], str] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)

    def one(self, name: str, subject: str) -> str:
        """Return the values of a name as one text, "" where there is none."""
        return ", ".join(sorted(self.values.get((name, subject), ())))

    def label(self, subject: str) -> str:
        """Return what a subject is called, or its id."""
        return next(filter(None, (self.one(name, subject) for name in self.by.labels)), short(subject))

    def add(self, subject: str, name: str, value: str) -> None:
        """Note a value, a seat or the key of a thing."""
        if name in self.by.seats:
            self.seats[subject, value] = name
        else:
            self.values[name, subject].add(value)
        if name == self.by.key:
            self.things[value] = subject

    def seat_records(self, records: Records) -> None:
        """Turn records into seats; what several say of one seat is told in one text."""
        found = defaultdict(set)
        for name, record in list(self.values):
            if name == records.holder:
                said = ", ".join(_word(told) for part in records.says if (told := self.one(part, record)))
                found[self.one(name, record), self.one(records.place, record)].add(said)
        self.seats |= {seat: "; ".join(sorted(said)) for seat, said in found.items()}


def _word(value: str) -> str:
    """Return a code of our lists as a word, anything else as it is."""
    return value.removeprefix(STDGC).partition("-")[2].replace("-", " ") if value.startswith(STDGC) else value


def read(snapshot: Snapshot, by: Comparison, lang: str = "en") -> State:
    """Return what a snapshot says of what is compared."""
    state = State(snapshot.day, by, lang)
    for part in snapshot.parts if by.is_whole else [snapshot.core]:
        for subject, name, value in _lines(part, by):
            state.add(subject, name, value)
    if by.records:
        state.seat_records(by.records)
    return state


def _lines(part: PackFile, by: Comparison) -> Iterator[tuple[str, str, str]]:
    with part.stream() as stream:
        for raw in stream:
            found = LINE.match(raw.decode())
            name = by.read.get(found[2]) if found else None
            if found and name and found[5] in (None, "en"):
                yield found[1], name, found[3] or _unescaped(found[4])


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text) if "\\u" not in text else text.encode().decode("unicode_escape")


def diff(
    name: str,
    by: Comparison,
    title: SourceTitle,
    first: str,
    second: str,
    *,
    about: str | None = None,
    lang: str = "en",
) -> Table:
    """Return a row for each change from one snapshot to another, things known by their number.

    Args:
        name: the pack.
        by: what its snapshots are compared by.
        title: the title of the source document.
        first: the earlier day; the snapshot is the newest not later than it.
        second: the later day.
        about: only what concerns this body or committee (acronym, reference, number, id).
        lang: language of the title of the register.

    Returns:
        A row for each change, with the entries of both snapshots as its sources.

    Raises:
        PackError, ParameterError: no such pack or snapshot; no day.
    """
    old, new = (read(_up_to(name, day), by, lang) for day in (first, second))
    rows = [row for row in changes(old, new) if not about or _concerns(row, about, old, new)]
    rows.sort(key=lambda r: (by.order.index(str(r["change"])), str(r["reference"]), str(r[by.holder])))
    told = (
        Row(
            {c: row[c] or None for c in by.columns},
            _sources(row, old, new, title.zh if lang.startswith("zh") else title.en),
        )
        for row in rows
    )
    return Table(by.columns, tuple(told))


def _up_to(name: str, day: str) -> Snapshot:
    try:
        found = snapshots.newest(name, date.fromisoformat(day))
    except ValueError:
        raise ParameterError(parameter="date", detail=Phrase("'{day}' is no day such as 2025-06-12", day=day)) from None
    if not found:
        raise ParameterError(parameter="date", detail=Phrase("no snapshot of {pack} up to {day}", pack=name, day=day))
    return found


def _sources(row: Change, old: State, new: State, title: str) -> tuple[Source, ...]:
    """Return where each snapshot says what a row compares: in the entry of the thing, or anywhere for a holder."""
    by = old.by
    numbers = {s.day: s.one(by.key, str(row["_thing"])) for s in (old, new)}
    places = [f"{by.thing} {number}, {day}" for day, number in numbers.items() if number]
    places = places or [f"snapshot {day}" for day in numbers]
    return tuple(Source(SRC + by.source, title, at, 1.0) for at in places)


def changes(old: State, new: State) -> Iterator[Change]:
    """Yield all changes."""
    yield from _things(old, new)
    yield from _seats(old, new)
    yield from _holders(old, new)
    yield from _pairs(old, new)


def _row(change: str, state: State, thing: str = "", holder: str = "", before: str = "", after: str = "") -> Change:
    code = state.by.code
    return {
        "change": change,
        state.by.thing: state.label(thing) if thing else "",
        "reference": state.one(code, thing) if thing else "",
        state.by.holder: _called(state, holder) if holder else "",
        "before": before,
        "after": after,
        "_thing": thing,
        "_holder": holder,
    }


def _called(state: State, holder: str) -> str:
    """Return the acronym of a holder, or what else it is called."""
    named = state.by.named
    return state.one("acronym", holder) or (named(holder, state.lang) if named else "") or state.label(holder)


def _things(old: State, new: State) -> Iterator[Change]:
    by = old.by
    for number in sorted(old.things.keys() | new.things.keys()):
        was, now = old.things.get(number), new.things.get(number)
        if not was or not now:
            state, found = (new, now) if now else (old, was)
            yield _row(f"{by.thing} added" if now else f"{by.thing} removed", state, found or "")
            continue
        for change, name in by.texts:
            before, after = old.one(name, was), new.one(name, now)
            if before != after:
                yield _row(change, new, now, before=_last(before), after=_last(after))
        for change, name in by.links:
            before, after = (_named(s, s.values.get((name, c), ())) for s, c in ((old, was), (new, now)))
            if before != after:
                yield _row(change, new, now, before=before, after=after)


def _last(text: str) -> str:
    return text.rsplit("/status-", 1)[-1]


def _named(state: State, iris: Iterable[str]) -> str:
    names = (state.one("acronym", i) or state.one(state.by.code, i) or short(i) for i in iris)
    return ", ".join(sorted(names))


def _seats(old: State, new: State) -> Iterator[Change]:
    changed, added, removed = old.by.seated
    now_named = {was: new.things[number] for number, was in old.things.items() if number in new.things}
    before = {(holder, now_named.get(c, c)): role for (holder, c), role in old.seats.items()}
    for holder, thing in sorted(before.keys() | new.seats.keys()):
        was, now = before.get((holder, thing), ""), new.seats.get((holder, thing), "")
        if was == now:
            continue
        state = new if (holder, thing) in new.seats else old
        yield _row(changed if was and now else added if now else removed, state, thing, holder, was, now)


def _holders(old: State, new: State) -> Iterator[Change]:
    if not old.by.renamed:
        return
    change, name = old.by.renamed
    for holder in sorted({subject for told, subject in new.values if told == name}):
        before, after = old.one("acronym", holder), new.one("acronym", holder)
        if before and before != after:
            yield _row(change, new, holder=holder, before=before, after=after)


def _pairs(old: State, new: State) -> Iterator[Change]:
    both = sorted({*old.things.values()} & {*new.things.values()}) if old.by.pairs else ()
    for name in old.by.pairs:
        for thing in both:
            was, now = (s.values.get((name, thing), set()) for s in (old, new))
            for partner in sorted(now - was):
                yield _row(f"{name} added", new, thing, partner)
            for partner in sorted(was - now):
                yield _row(f"{name} removed", old, thing, partner)


def _concerns(row: Change, about: str, old: State, new: State) -> bool:
    wanted, names = key(about), {"acronym", old.by.code, old.by.key, *([old.by.renamed[1]] if old.by.renamed else ())}
    for iri in (str(row["_thing"]), str(row["_holder"])):
        told = {v for s in (old, new) for name in names for v in s.values.get((name, iri), ())} if iri else set()
        if wanted in map(key, told) or (iri and about in (iri, iri.removeprefix(BASE))):
            return True
    return wanted in {key(part) for name in ("before", "after") for part in str(row[name]).split(", ")}
