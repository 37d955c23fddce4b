"""What is compared: the words of a text, Chinese pairs of characters, days, months and years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from stdgraph.model.spelling import HAN, fold, words

RUN = re.compile(r"[㐀-鿿豈-﫿]+|[^㐀-鿿豈-﫿]+")
DATES = re.compile(r"(?<![\d.])(1[89]\d\d|20\d\d)(?:-(\d\d)(?:-(\d\d))?)?(?![\d-])")
MONTHS = {name: number for number, name in enumerate(
    ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"), 1
)}  # fmt: skip
MONTH = "|".join(rf"{name[:3]}(?:{name[3:]})?" if name != "may" else "may" for name in MONTHS)
SPELT = re.compile(
    rf"(?:(?P<day>\d\d?)(?:[-–]\d\d?)? )?\b(?P<month>{MONTH})\.? (?:(?P<late>\d\d?)(?:[-–]\d\d?)?,? )?(?P<year>(?:19|20)\d\d)\b"
)
CHINESE = re.compile(r"((?:19|20)\d\d)年(?:(\d\d?)月(?:(\d\d?)日)?)?")
ENDINGS = (
    "ations",
    "ation",
    "ators",
    "ator",
    "ments",
    "ment",
    "ings",
    "ing",
    "ers",
    "ies",
    "ied",
    "er",
    "or",
    "ed",
    "es",
    "e",
    "y",
    "ion",
    "ive",
)
SHORTEST = 4
"""So many letters are left of a word whose ending is cut."""


@cache
def stem(word: str) -> str:
    """Return what the forms of an English word share, for comparison only.

    >>> stem("founder") == stem("founded"), stem("organized") == stem("organization")
    (True, True)
    """
    if not word.isascii() or not word.isalpha():
        return word
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word[: -len(ending)].removesuffix("at")
    return word


def numeral_dates(text: str) -> str:
    """Return a text in which the days, months and years of both languages stand as `2016-07-04`.

    >>> numeral_dates("in july 2016, 4 july 2016, 2020年8月17日")
    'in 2016-07, 2016-07-04, 2020-08-17'
    """

    def spelt(found: re.Match[str]) -> str:
        month = next(number for name, number in MONTHS.items() if name.startswith(found["month"][:3]))
        day = found["day"] or found["late"]
        return f"{found['year']}-{month:02}" + (f"-{int(day):02}" if day else "")

    def chinese(found: re.Match[str]) -> str:
        return "-".join([found[1], *(f"{int(part):02}" for part in found.groups()[1:] if part)]) + " "

    return CHINESE.sub(chinese, SPELT.sub(spelt, text)).rstrip() if text else text


def dated(text: str) -> list[str]:
    """Return the tokens of the dates of a text: each year, month and day.

    >>> dated("2019-06-12/2019-06-16")
    ['@2019', '@2019-06', '@2019-06-12', '@2019-06-16']
    """
    found: dict[str, None] = {}
    for match in DATES.finditer(text):
        year, month, day = match.groups()
        found[f"@{year}"] = None
        if month:
            found[f"@{year}-{month}"] = None
        if day:
            found[f"@{year}-{month}-{day}"] = None
    return list(found)


def tokens(text: str) -> list[str]:
    """Return the words by which texts are compared, each once: stems, pairs of Chinese characters, dates.

    >>> tokens("Standards of 2016-07（石墨烯）")
    ['@2016', '@2016-07', 'standard', '石墨', '墨烯']
    """
    folded = numeral_dates(fold(text))
    found = dated(folded)
    return list(dict.fromkeys([*found, *_plain(DATES.sub(" ", folded))]))


def _plain(folded: str) -> Iterator[str]:
    for run in RUN.findall(folded):
        if HAN.match(run):
            yield from pairs(run)
        else:
            yield from (stem(word) for word in words(run) if word)


def pairs(run: str) -> list[str]:
    """Return the pairs of neighbouring characters of a run of Chinese, or its one character."""
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]
