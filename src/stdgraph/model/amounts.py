"""The numbers that a text says: in figures with their scale, in words, as parts (`44.67万`, `5,000`, `one third`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

SCALES = {
    "万亿": 10**12,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "万": 10**4,
    "千": 1000,
    "百": 100,
    "trillion": 10**12,
    "billion": 10**9,
    "million": 10**6,
    "thousand": 1000,
    "hundred": 100,
}
NUMBER = re.compile(rf"([0-9][0-9,，]*(?:\.[0-9]+)?) *[多余几]?({'|'.join(SCALES)})?")
DIGITS = "〇一二三四五六七八九"
TENS = {"十": 10, "百": 100, "千": 1000}
HAN = re.compile(rf"[{DIGITS}零两十百千]+(?:万|亿)?")
PARTS = re.compile(rf"([{DIGITS}两十百]+)分之([{DIGITS}两十百]+)")
TENTHS = re.compile(rf"([{DIGITS}两半]|[0-9])成")
ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
TIES = "twenty thirty forty fifty sixty seventy eighty ninety"
WORDS = {word: n for n, word in enumerate(re.findall("[a-z]+", ONES))}
WORDS |= {word: 10 * n for n, word in enumerate(re.findall("[a-z]+", TIES), 2)} | {"a": 1}
ORDINALS = {
    "first": 1,
    "top": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "once": 1,
    "twice": 2,
    "double": 2,
    "both": 2,
}
FRACTIONS = {"half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "tenth": 10}
SPELT = re.compile(r"[a-z]+(?:[- ][a-z]+)*", re.IGNORECASE)
ONLY: dict[str, int | Decimal] = {
    "首": 1,
    "第一": 1,
    "唯一": 1,
    "双": 2,
    "半": Decimal("0.5"),
    "上万": 10**4,
    "上千": 1000,
}
LONG = 20
"""A number with more figures than these is a part that no figures say."""


def says(text: str, value: Decimal) -> bool:
    """Tell whether a text says a number; a part of a whole counts in hundredths, too.

    >>> [says(t, Decimal(v)) for t, v in (("44.67万项", "446700"), ("one third of it", "33.3"), ("近九成", "90"))]
    [True, True, True]
    >>> says("in 2016", Decimal(16))
    False
    """
    wanted = Decimal(f"{value:f}".rstrip("0").rstrip(".")) if "." in f"{value:f}" else value
    return any(_equal(number, wanted) for number in amounts(text))


def amounts(text: str) -> Iterator[Decimal]:
    """Yield each number that a text says."""
    for digits, scale in NUMBER.findall(text):
        number = Decimal(re.sub("[,，]", "", digits))
        yield number
        yield number * SCALES.get(scale, 1)
    yield from _parts(text)
    for found in HAN.finditer(text):
        yield from _han(found[0])
    for word, value in ONLY.items():
        if word in text:
            yield Decimal(value)
    for found in SPELT.finditer(text):
        yield from _spelt(re.split("[- ]", found[0].lower()))


def _equal(number: Decimal, value: Decimal) -> bool:
    """Tell whether two numbers are the same; a part that no figures say (a third) is rounded as the other is."""
    if number == value or "E+" in str(value):
        return number == value
    return len(str(number)) > LONG and number.quantize(value) == value


def _parts(text: str) -> Iterator[Decimal]:
    for below, above in PARTS.findall(text):
        for part in (Decimal(next(_han(above))) / Decimal(next(_han(below))),):
            yield from (part, part * 100)
    for tenth in TENTHS.findall(text):
        number = Decimal(5) / 10 if tenth == "半" else Decimal(tenth) if tenth.isdigit() else next(_han(tenth))
        yield from (number / 10, number * 10)


def _han(text: str) -> Iterator[Decimal]:
    """Yield what Chinese numerals say: 十三, 两百, 二〇二〇, 三千万."""
    base = {"万": 10**4, "亿": 10**8}.get(text[-1], 1)
    signs = text[:-1] if base > 1 else text
    if not set(signs) & TENS.keys():
        digits = "".join(str("零一二三四五六七八九".find(s.replace("〇", "零").replace("两", "二"))) for s in signs)
        yield Decimal(int(digits or 1) * base)
        return
    total, ones = 0, 0
    for sign in signs:
        if sign in TENS:
            total += (ones or 1) * TENS[sign]
            ones = 0
        else:
            ones = max("零一二三四五六七八九".find(sign.replace("〇", "零").replace("两", "二")), 0)
    yield Decimal((total + ones) * base)


def _spelt(words: list[str]) -> Iterator[Decimal]:
    """Yield what English words say: twenty-three, two thousand, one third, second."""
    for at, word in enumerate(words):
        if word in ORDINALS:
            yield Decimal(ORDINALS[word])
        if word == "half":
            yield from (Decimal("0.5"), Decimal(50))
        if word not in WORDS:
            continue
        number, after = WORDS[word], words[at + 1 : at + 2]
        if number >= 20 and after and 0 < WORDS.get(after[0], 0) < 10:
            number, after = number + WORDS[after[0]], words[at + 2 : at + 3]
        if word != "a":
            yield Decimal(number)
        if after and after[0] in SCALES:
            yield Decimal(number) * SCALES[after[0]]
        if after and after[0] in FRACTIONS:
            part = Decimal(number) / FRACTIONS[after[0]]
            yield from (part, part * 100)
