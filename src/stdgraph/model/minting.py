"""Ids of what people enter: bodies, persons, dated things, records and evidence (design, section 3, rules 4 to 10)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from stdgraph.locale import Phrase
from stdgraph.model.identifiers import plain, slug
from stdgraph.model.later import later
from stdgraph.model.vocabulary import BASE, SRC

KEY = later(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
"""What a slug is made of; the key of a source document is one."""
DIGITS = {digit: number for number, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
CHINESE = "[零〇一二三四五六七八九十百]+"
COUNTED = later(rf"第?(?:[0-9]+(?:\.[0-9]+)*|{CHINESE})(?=[章节条部编、.．:：\s]|$)")
BRACKETED = later(rf"[（(](?P<n>[0-9]+|{CHINESE})[）)]")
DAY = later(r"(?:([0-9]{4})年)?([0-9]{1,2})月(?:([0-9]{1,2})日)?")
STEPS = {"paragraph": "p", "item": "i", "sentence": "s", "figure": "f"}
WORDS, HEX = 4, 6
"""So many words of a heading stand in a slug, and so many digits of the hash of one that has none."""


def is_key(text: str) -> bool:
    """Tell whether a text may be a slug as it is.

    >>> is_key("cn-uk-wg"), is_key("CN_UK"), is_key("a--b")
    (True, False, False)
    """
    return KEY.fullmatch(text) is not None


def slug_of(iri: str) -> str:
    """Return what stands for a thing in the ids of records.

    >>> slug_of("https://w3id.org/stdgraph/id/org/gb-bsi"), slug_of("https://w3id.org/stdgraph/source/cn-uk-wg")
    ('gb-bsi', 'cn-uk-wg')
    """
    if iri.startswith(SRC):
        return iri.removeprefix(SRC)
    return iri.removeprefix(BASE).partition("/")[2].replace("/", "-").lower()


def body_iri(short: str, *, country: str = "", parent: str = "") -> str:
    """Return the IRI of an organization: acronym or pinyin, behind its country, or behind the body it is a unit of.

    >>> body_iri("BSI", country="GB"), body_iri("CEN")
    ('https://w3id.org/stdgraph/id/org/gb-bsi', 'https://w3id.org/stdgraph/id/org/cen')

    Raises:
        ValueError: nothing is left of the short name.
    """
    before = slug_of(parent) if parent else country.lower()
    return f"{BASE}org/{_joined('-', before, _made(short))}"


def named_iri(kind: str, *parts: str) -> str:
    """Return the IRI of a thing whose id is made of words: `person/tian-shihong`, `mechanism/cn-gb-commission`.

    >>> named_iri("person", "Müller, Anna", "DIN")
    'https://w3id.org/stdgraph/id/person/muller-anna-din'

    Raises:
        ValueError: nothing is left of the words.
    """
    return f"{BASE}{kind}/{_joined('-', *map(_made, parts))}"


def dated_iri(kind: str, date: str, words: str, among: Iterable[str] = ()) -> str:
    """Return the IRI of an agreement or event: the day with which its date begins, who, and a few words.

    >>> dated_iri("agreement", "2017-06?", "graphene MoU", ["cn", "gb"])
    'https://w3id.org/stdgraph/id/agreement/2017-06-cn-gb-graphene-mou'

    Raises:
        ValueError: nothing is left of the words.
    """
    first = re.match(r"[0-9]{4}(-[0-9]{2}){0,2}", date)
    return f"{BASE}{kind}/{_joined('-', first[0] if first else '', *among, _made(words))}"


def record_iri(kind: str, *parts: str) -> str:
    """Return the IRI of a record: its type, then the slugs of what it joins.

    >>> record_iri("office", "tian-shihong", "cn-sac", "head")
    'https://w3id.org/stdgraph/id/office/tian-shihong--cn-sac--head'
    """
    return f"{BASE}{kind}/{_joined('--', *parts)}"


def evidence_iri(key: str, locator: str, thing: str) -> str:
    """Return the IRI of the evidence for a thing: source, place, and the thing, each of which has an evidence of its own.

    >>> evidence_iri("cn-uk-wg", "3、工作组 / paragraph 3 / item 2", "https://w3id.org/stdgraph/id/org/gb-bsi")
    'https://w3id.org/stdgraph/id/evidence/cn-uk-wg--s3-p3-i2--gb-bsi'
    """
    return f"{BASE}evidence/{_joined('--', key, locator_slug(locator), slug_of(thing))}"


def locator_slug(locator: str) -> str:
    """Return the short form of a place in a document: `s3-p2` is paragraph 2 of section 3.

    >>> locator_slug("二 / （一）标准化工作改革持续深化 / paragraph 4 / sentence 2"), locator_slug("大事记 / 7月24日")
    ('s2-1-p4-s2', 'xc5c9c2-07-24')
    >>> locator_slug("How cybersecurity standards support the EU legislation / paragraph 1")
    'how-cybersecurity-standards-support-p1'
    """
    parts, numbered = [], False
    for part in plain(locator).split(" / "):
        name, number = _step(part)
        parts.append(number if number and numbered and name == "s" else f"{name}{number}")
        numbered = name == "s" and bool(number)
    return _joined("-", *parts)


def _step(part: str) -> tuple[str, str]:
    """Return what a step of a locator is, and its number."""
    word, _, rest = part.partition(" ")
    if word in STEPS and (number := re.match(r"[0-9]+", rest)):
        return ("" if word == "sentence" else STEPS[word]), f"{'s' if word == 'sentence' else ''}{number[0]}"
    if day := DAY.match(part):
        return "", "-".join(f"{int(n):02}" for n in day.groups() if n)
    if found := BRACKETED.match(part):
        return "s", _number(found["n"])
    if found := COUNTED.match(part):
        return "s", "-".join(_number(n) for n in found[0].removeprefix("第").split("."))
    return _named(part), ""


def _named(part: str) -> str:
    """Return the short form of a heading without a number."""
    if part.isascii() and (words := slug(part.replace(".", "-"))):
        return "-".join(words.split("-")[:WORDS])
    return "x" + hashlib.sha1(part.encode(), usedforsecurity=False).hexdigest()[:HEX]


def _number(text: str) -> str:
    """Return a number in figures, a Chinese one too."""
    if text[:1].isascii():
        return text
    value = at = 0
    for char in text:
        if char in DIGITS:
            at = DIGITS[char]
        else:
            value, at = value + max(at, 1) * (10 if char == "十" else 100), 0
    return str(value + at)


def _made(text: str) -> str:
    found = slug(plain(text).replace(".", "-"))
    if not found:
        raise ValueError(Phrase("'{text}' holds no letter or digit to make an identifier of", text=text))
    return found


def _joined(between: str, *parts: str) -> str:
    return between.join(filter(None, parts))
