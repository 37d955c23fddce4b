"""What a question names: things by any of their names, dates, words that tell something, kinds of answer expected."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from stdgraph.model.spelling import HAN, fold, key, words
from stdgraph.model.vocabulary import BASE, short
from stdgraph.services.words.language import language
from stdgraph.services.words.tokens import DATES, RUN, dated, numeral_dates, pairs, stem
from stdgraph.storage.names import Named, Names

LONGEST, MOST = 400, 80
"""So many characters and so many words of a question are looked at."""
PIECE = re.compile(r"[㐀-鿿豈-﫿]|[a-z]+|\d+|[^\W_]")
NAME = 16
"""A name is looked for in so many neighbouring words, or three times as many Chinese characters."""
UNNAMED = {"Year", "Figure", "Relationship", "Participation", "OfficeHolding", "ChangeEvent"}
COUNTRY = frozenset(("Country", "GeopoliticalEntity", "Place", "Actor"))
CODE = 2
"""A name of so many letters is one only in capitals."""


@dataclass(frozen=True)
class Spotted:
    """A thing that a question names: the thing, how the question names it, and where that begins and ends."""

    thing: Named
    said: str
    first: int
    last: int
    kinds: frozenset[str]

    @property
    def is_thing(self) -> bool:
        """Tell whether it is a thing, not a word of the ontology or a code."""
        return self.thing.iri.startswith(BASE)


@dataclass(frozen=True)
class Wording:
    """A question in one's own words: its text, the things, dates and words in it, the kinds of answer it expects."""

    text: str
    spotted: tuple[Spotted, ...]
    dates: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    expects: tuple[frozenset[str], ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The words that tell what is asked: English ones, pairs of Chinese characters."""
        return tuple(dict.fromkeys(word for part in self.parts for word in part))

    @property
    def tokens(self) -> tuple[str, ...]:
        """All that is compared with rows: ids of the things spotted, dates, words."""
        things = [f"={short(s.thing.iri)}" for s in self.spotted]
        lands = [f"~{short(s.thing.iri)}" for s in self.spotted if "Country" in s.kinds]
        return tuple(dict.fromkeys([*things, *lands, *self.dates, *self.words]))


def worded(names: Names, text: str) -> Wording:
    """Return what is to be known of a question."""
    text = " ".join(text[:LONGEST].split())
    folded = numeral_dates(fold(text))
    found = _meant(text, spotted(names, folded))
    found = sorted([*found, *countries(names, folded, found)], key=lambda s: (s.first, s.thing.iri))
    return Wording(
        text=text,
        spotted=tuple(found),
        dates=tuple(dated(folded)),
        parts=tuple(telling(DATES.sub(" ", _apart(folded, found)))),
        expects=language().expected(text),
    )


def countries(names: Names, folded: str, named: Sequence[Spotted]) -> list[Spotted]:
    """Return the countries of which a text speaks without their names: `British`, 中英; not inside what it names."""
    lang = language()
    said = [(lang.demonyms[m.group()], m.span()) for m in re.finditer(r"[a-z]+", folded) if m.group() in lang.demonyms]
    for run in re.finditer(f"[{''.join(lang.shorts)}]{{2,}}", folded):
        said += [(lang.shorts[folded[at]], (at, at + 1)) for at in range(*run.span())]
    found = []
    for code, (first, last) in said:
        thing = names.get(f"{BASE}country/{code}")
        if thing and all(last <= s.first or first >= s.last for s in named if s.is_thing):
            found.append(Spotted(thing, folded[first:last], first, last, COUNTRY))
    return found


def _apart(folded: str, found: Sequence[Spotted]) -> str:
    """Return a text with blanks around the things that it names, so that no pair of characters reaches across."""
    shorts = {s.first for s in found if s.is_thing and s.last - s.first == 1}
    cuts = {at for s in found if s.is_thing and s.first not in shorts for at in (s.first, s.last)}
    places = sorted(cuts | {at + 1 for at in shorts if at + 1 not in shorts})
    return " ".join(folded[start:end] for start, end in zip([0, *places], [*places, len(folded)], strict=True))


def _meant(text: str, found: Sequence[Spotted]) -> list[Spotted]:
    """Leave out short words that are names only in capitals: `in` is not India, `IN` is."""
    empty = language().empty
    odd = [s for s in found if s.said.isascii() and (len(s.said) <= CODE or s.said in empty)]
    return [s for s in found if s not in odd or re.search(rf"\b{re.escape(s.said.upper())}\b", text)]


def telling(folded: str) -> list[tuple[str, ...]]:
    """Return what tells what is asked: English words, each alone, and runs of Chinese as pairs of characters."""
    lang = language()
    found: list[tuple[str, ...]] = []
    for run in RUN.findall(folded):
        if HAN.match(run):
            found += [tuple(pairs(part)) for part in lang.cut.split(run) if len(part) > 1]
        else:
            cut = [(word, stem(word)) for word in words(run)]
            found += [(c,) for word, c in cut if not {word, c} & lang.empty and (len(c) > 1 or c.isdigit())]
    return list(dict.fromkeys(found))[:MOST]


def spotted(names: Names, folded: str) -> list[Spotted]:
    """Return the things that a text names, the longest names first found, none inside another."""
    spans = _spans(folded)
    found = _named(names, [said for said in spans if not said.isdigit()])
    best = sorted((start - end, start, end, said) for said in found for start, end in spans[said])
    taken: list[tuple[int, int]] = []
    chosen: list[Spotted] = []
    for _, start, end, said in best:
        if all(start >= last or end <= first for first, last in taken):
            taken.append((start, end))
            chosen += [Spotted(thing, folded[start:end], start, end, kinds) for thing, kinds in found[said]]
    return sorted(chosen, key=lambda s: (s.first, s.thing.iri))


def _spans(folded: str) -> dict[str, list[tuple[int, int]]]:
    """Return the keys of all parts of a text that may be a name, with the places where they stand."""
    pieces = [(m.group(), m.start(), m.end()) for m in PIECE.finditer(folded)][: MOST * 3]
    spans: dict[str, list[tuple[int, int]]] = {}
    for at, (_, start, _) in enumerate(pieces):
        said = ""
        for piece, _, end in pieces[at : at + NAME * 3]:
            said += piece
            if len(said) > 1 and _whole(folded, start, end):
                spans.setdefault(key(said), []).append((start, end))
    return spans


def _whole(text: str, start: int, end: int) -> bool:
    """Tell whether a span does not cut an English word or a number."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (_same(before, text[start]) or _same(text[end - 1], after))


def _same(one: str, other: str) -> bool:
    return bool(one and other) and (
        (one.isalpha() and other.isalpha() and one.isascii() and other.isascii()) or (one.isdigit() and other.isdigit())
    )


def _named(names: Names, keys: Sequence[str]) -> dict[str, list[tuple[Named, frozenset[str]]]]:
    """Return the things that bear names, by the keys of the names: those of the best rank and tier, at most three."""
    found: dict[str, list[tuple[int, Named, int]]] = {}
    sql = (
        "SELECT n.key, MIN(n.rank) + t.tier, t.id, t.iri, t.en, t.zh, t.code, t.kind, t.country"
        " FROM name n JOIN thing t ON t.id = n.thing WHERE n.key IN (SELECT value FROM json_each(?))"
        " GROUP BY n.key, t.id ORDER BY 2, t.iri"
    )
    for name, rank, number, *row in names.rows(sql, (json.dumps(keys),)):
        found.setdefault(name, []).append((rank, Named(*row), number))
    chosen: dict[str, list[tuple[Named, frozenset[str]]]] = {}
    for name, things in found.items():
        fit = [(thing, number) for rank, thing, number in things if rank <= things[0][0] and thing.kind not in UNNAMED]
        if fit and len(fit) <= 4:
            chosen[name] = [(thing, _kinds(names, number)) for thing, number in fit]
    return chosen


def _kinds(names: Names, number: int) -> frozenset[str]:
    return frozenset(row[0] for row in names.rows("SELECT kind FROM kind WHERE thing = ?", (number,)))
