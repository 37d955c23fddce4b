"""How alike two names are: letters, words in any order, short forms, misspellings, in Latin and in Chinese script."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import log

from stdgraph.locale import Phrase, marked
from stdgraph.model.later import later
from stdgraph.model.spelling import HAN, key, words

ORDINALS = {
    word: str(number)
    for number, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ],
        1,
    )
}
HAN_DIGITS = {digit: str(number) for number, digit in enumerate("零一二三四五六七八九十")} | {"〇": "0"}
HAN_ORDINAL = later(r"第([一二三四五六七八九十百]+)")
ROMAN = {"II": "2", "III": "3", "IV": "4", "VI": "6", "VII": "7", "VIII": "8", "IX": "9"}
SUFFIXES = {"st", "nd", "rd", "th"}
CODE = later(r"[A-Z][A-Za-z.&/ -]{0,9}")
PAIRED = later(r"[中华]([英美俄法德日韩印巴欧非埃蒙泰越马新柬老缅哈乌沙阿伊以土希意西葡荷比瑞奥波捷匈罗塞白])")
"""Two countries in short, China first: 中英, 中美."""
GENERIC = frozenset(
    [
        "national",
        "people",
        "republic",
        "co",
        "ltd",
        "limited",
        "inc",
        "corporation",
        "company",
        "plc",
        "gmbh",
        "ag",
        "sa",
        "ev",
        "e",
        "v",
        "group",
        "prc",
        "state",
        "government",
    ]
)
"""Words that one form of a name has and another leaves out."""
HAN_GENERIC = ("中华人民共和国", "股份有限公司", "有限责任公司", "有限公司", "国家", "中国", "集团", "共和国")
LATIN_RATIO, HAN_LETTERS, LONG = 80, 7, 4
"""Words so much alike, in per cent, are one misspelt; in a Chinese name, one character in so many; longer words only."""
SISTERS = 0.65
"""Names of which each has words of its own are often those of sisters, such as two subcommittees."""

SAME = marked("same name: {name}")
CODES = marked("same acronym: {name}")
ORDER, WORDS = marked("same words in another order: {name}"), marked("same words: {name}")
TYPO = marked("spelt almost alike: {one} / {other}")
FORM = marked("the same but for {words}: {name}")
PART = marked("like names: {one} / {other}")


@dataclass(frozen=True)
class Spelt:
    """A name as it is compared: text, rank (0 label, 1 code, 2 other name), and what follows from the text."""

    text: str
    rank: int = 0
    tag: str = ""

    @cached_property
    def key(self) -> str:
        """The letters alone."""
        return key(self.text)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words, numbers written in digits."""
        return tuple(w for w in (ORDINALS.get(word, word) for word in words(self.text)) if w not in SUFFIXES)

    @cached_property
    def han(self) -> str:
        """The Chinese characters, where the name is a Chinese one."""
        return "".join(word for word in self.words if HAN.match(word))

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """The words by which it is found: Latin ones, and Chinese characters in pairs."""
        han = self.han
        return (*(w for w in self.words if not HAN.match(w)), *(han[at : at + 2] for at in range(len(han) - 1)))

    @cached_property
    def numbers(self) -> Counter[str]:
        """The numbers: digits, ordinals in words, Roman and Chinese ones."""
        found = [w.lstrip("0") or "0" for w in self.words if w.isdigit()]
        found += [ROMAN[w] for w in re.findall(r"\b[IVX]{2,4}\b", self.text) if w in ROMAN]
        return Counter([*found, *(han_number(w) for w in HAN_ORDINAL.findall(self.text))])

    @cached_property
    def is_code(self) -> bool:
        """Whether it is an acronym: these are shared by many."""
        return self.rank == 1 or (CODE.fullmatch(self.text) is not None and self.text.upper() == self.text)


def han_number(text: str) -> str:
    """Return a Chinese ordinal in digits.

    >>> han_number("十二"), han_number("三十"), han_number("四")
    ('12', '30', '4')
    """
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return "".join(HAN_DIGITS.get(c, c) for c in text)
    return str(int(HAN_DIGITS.get(tens, "1")) * 10 + int(HAN_DIGITS.get(ones, "0") or 0))


@dataclass(frozen=True)
class Words:
    """In how many names each word stands, and the words that name countries: `size` names in all."""

    numbers: Mapping[str, int] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)
    size: int = 1

    def weight(self, word: str) -> float:
        """Return how much a word tells: the rarer the more."""
        return log(2 + self.size / (self.numbers.get(word, 0) or 1))

    def is_new(self, word: str) -> bool:
        """Tell whether no other name has a word, so that it may be a misspelt one."""
        return self.numbers.get(word, 0) <= 1


@dataclass(frozen=True)
class Likeness:
    """How alike two names are, from 0 to 1, why, and whether that rests on an acronym alone."""

    value: float
    why: Phrase | None = None
    code: bool = False


NONE = Likeness(0.0)


def alike(one: Spelt, other: Spelt, known: Words) -> Likeness:
    """Return how alike two names are; another number, or another country, is another thing.

    >>> alike(Spelt("Standards Institution, British"), Spelt("British Standards Institution"), Words()).value
    0.96
    >>> alike(Spelt("3rd meeting"), Spelt("Fourth meeting"), Words()).value
    0.0
    """
    if one.key == other.key and one.key:
        code = 1 in (one.rank, other.rank) or (one.is_code and other.is_code)
        return Likeness(0.55 if code else 1.0, Phrase(CODES if code else SAME, name=other.text), code)
    if one.is_code or other.is_code or not one.key or not other.key or bool(one.han) != bool(other.han):
        return NONE
    if one.numbers != other.numbers:
        return NONE
    if sorted(one.words) == sorted(other.words) and not one.han:
        return Likeness(0.96, Phrase(WORDS if one.words == other.words else ORDER, name=other.text))
    return _in_han(one, other, known) if one.han else _in_words(one, other, known)


def best(ones: Iterable[Spelt], others: Iterable[Spelt], known: Words) -> Likeness:
    """Return the likeness of the two names that are most alike."""
    held = list(others)
    found = (alike(one, other, known) for one in ones for other in held)
    return max(found, key=lambda like: like.value, default=NONE)


def _in_words(one: Spelt, other: Spelt, known: Words) -> Likeness:
    left, right = Counter(one.words), Counter(other.words)
    shared = left & right
    left, right = left - shared, right - shared
    typos = _misspelt(left, right, known)
    for a, b, _ in typos:
        left[a] -= 1
        right[b] -= 1
    left, right = +left, +right
    if not left and not right:
        value = 0.83 + 0.13 * min(ratio for _, _, ratio in typos) - 0.03 * len(typos)
        return Likeness(round(value, 3), Phrase(TYPO, one=one.text, other=other.text))
    if _another_country(left, right, known):
        return NONE
    odd = {*left, *right}
    if shared and (odd <= GENERIC or _are_initials(odd - GENERIC, shared)):
        return Likeness(0.93, Phrase(FORM, words=", ".join(sorted(odd)), name=other.text))
    both = sum(known.weight(w) for w in shared.elements()) + 0.9 * sum(known.weight(b) for _, b, _ in typos)
    whole = both + sum(known.weight(w) for w in (*left.elements(), *right.elements()))
    share = both / whole * (SISTERS if left and right else 1.0)
    return Likeness(round(0.9 * share, 3), Phrase(PART, one=one.text, other=other.text))


def _are_initials(odd: Iterable[str], shared: Iterable[str]) -> bool:
    """Tell whether one word is the initials of the others: `DIN Deutsches Institut für Normung` holds its own."""
    held = sorted(shared)
    letters = {"".join(sorted(w[0] for w in held if len(w) > least)) for least in (0, LONG - 1)}
    return ["".join(sorted(word)) for word in odd][:2] in [[found] for found in letters]


def _misspelt(left: Counter[str], right: Counter[str], known: Words) -> list[tuple[str, str, float]]:
    """Return the pairs of words of which one is the other misspelt, one that no other name has, with their likeness."""
    from rapidfuzz import fuzz

    found, free = [], sorted(right)
    for word in sorted(left):
        near = [(fuzz.ratio(word, b), b) for b in free if min(len(word), len(b)) >= LONG]
        ratio, b = max(near, default=(0.0, ""))
        if ratio >= LATIN_RATIO and not (word.isdigit() or b.isdigit()) and (known.is_new(word) or known.is_new(b)):
            found.append((word, b, ratio / 100))
            free.remove(b)
    return found


def _another_country(left: Iterable[str], right: Iterable[str], known: Words) -> bool:
    """Tell whether what only one name has, and what only the other has, name countries that differ."""
    ours, theirs = ({known.countries[w] for w in side if w in known.countries} for side in (left, right))
    return bool(ours and theirs and ours.isdisjoint(theirs))


def _in_han(one: Spelt, other: Spelt, known: Words) -> Likeness:
    a, b = one.han, other.han
    if set(PAIRED.findall(a)) ^ set(PAIRED.findall(b)) and PAIRED.search(a) and PAIRED.search(b):
        return NONE
    if _latin(one) != _latin(other):
        return NONE
    if _bare(a) == _bare(b):
        odd = "、".join(w for w in HAN_GENERIC if (w in a) != (w in b))
        return Likeness(0.93, Phrase(FORM, words=odd, name=other.text))
    if _han_typo(a, b, known):
        return Likeness(0.91, Phrase(TYPO, one=one.text, other=other.text))
    left, right = Counter(_pairs(a)), Counter(_pairs(b))
    shared = left & right
    both = sum(known.weight(p) for p in shared.elements())
    left, right = left - shared, right - shared
    whole = both + sum(known.weight(p) for p in (left + right).elements())
    share = both / whole * (SISTERS if left and right else 1.0) if whole else 0.0
    return Likeness(round(0.9 * share, 3), Phrase(PART, one=one.text, other=other.text))


def _latin(name: Spelt) -> list[str]:
    return sorted(w for w in name.words if not HAN.match(w))


def _bare(text: str) -> str:
    for word in HAN_GENERIC:
        text = text.replace(word, "")
    return text


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)] or [text]


def _han_typo(one: str, other: str, known: Words) -> bool:
    """Tell whether neighbours changed places, or few characters differ and what stands there is in no other name."""
    from rapidfuzz.distance import OSA

    most, long = max(len(one), len(other)) // HAN_LETTERS, min(len(one), len(other)) > LONG
    if long and sorted(one) == sorted(other) and OSA.distance(one, other, score_cutoff=most or 1) <= (most or 1):
        return True
    if not most or OSA.distance(one, other, score_cutoff=most) > most:
        return False
    left, right = set(_pairs(one)) - set(_pairs(other)), set(_pairs(other)) - set(_pairs(one))
    return all(map(known.is_new, left)) or all(map(known.is_new, right))
