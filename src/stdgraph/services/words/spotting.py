"""Things that a question names, by any of their names, and countries by what is said of them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from stdgraph.model.light import dataclass
from stdgraph.model.spelling import key
from stdgraph.model.vocabulary import BASE
from stdgraph.services.words.language import language
from stdgraph.services.words.tokens import tokens
from stdgraph.storage.names import Named, Names

MOST = 80
"""So many words of a question are looked at."""
PIECE = re.compile(r"[㐀-鿿豈-﫿]|[a-z]+|\d+|[^\W_]")
NAME = 16
"""A name is looked for in so many neighbouring words, or three times as many Chinese characters."""
UNNAMED = {"Year", "Figure", "Relationship", "Participation", "OfficeHolding", "ChangeEvent"}
COUNTRY = frozenset(("Country", "GeopoliticalEntity", "Place", "Actor"))
REGION = frozenset(("WorldRegion", "Region", "CountryGroup", "Place", "Actor"))
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

    @property
    def words(self) -> list[str]:
        """The words by which the question names it."""
        return tokens(self.said)


def countries(names: Names, folded: str, named: Sequence[Spotted]) -> list[Spotted]:
    """Return the countries of which a text speaks without their names: `British`, 中英; not inside what it names."""
    lang = language()
    said = [(lang.demonyms[m.group()], m.span()) for m in re.finditer(r"[a-z]+", folded) if m.group() in lang.demonyms]
    for run in re.finditer(f"[{''.join(lang.shorts)}]{{2,}}", folded):
        said += [(lang.shorts[folded[at]], (at, at + 1)) for at in range(*run.span())]
    found = []
    for code, (first, last) in said:
        thing = names.get(f"{BASE}{code}" if "/" in code else f"{BASE}country/{code}")
        if thing and all(last <= s.first or first >= s.last for s in named if s.is_thing):
            found.append(Spotted(thing, folded[first:last], first, last, REGION if "/" in code else COUNTRY))
    return found


def apart(folded: str, found: Sequence[Spotted]) -> str:
    """Return a text with blanks around the things that it names, so that no pair of characters reaches across."""
    shorts = {s.first for s in found if s.is_thing and s.last - s.first == 1}
    cuts = {at for s in found if s.is_thing and s.first not in shorts for at in (s.first, s.last)}
    places = sorted(cuts | {at + 1 for at in shorts if at + 1 not in shorts})
    return " ".join(folded[start:end] for start, end in zip([0, *places], [*places, len(folded)], strict=True))


def meant(text: str, found: Sequence[Spotted]) -> list[Spotted]:
    """Leave out short words that are names only in capitals: `in` is not India, `IN` is."""
    empty = language().empty
    odd = [s for s in found if s.said.isascii() and (len(s.said) <= CODE or s.said in empty)]
    return [s for s in found if s not in odd or re.search(rf"\b{re.escape(s.said.upper())}\b", text)]


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
            chosen[name] = [(thing, kinds_of(names, number)) for thing, number in fit]
    return chosen


def kinds_of(names: Names, number: int) -> frozenset[str]:
    """Return the local names of all classes of a thing, by its number in the index."""
    return frozenset(row[0] for row in names.rows("SELECT kind FROM kind WHERE thing = ?", (number,)))
