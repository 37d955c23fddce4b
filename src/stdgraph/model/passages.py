"""A document cut into headings, paragraphs and items; each has a locator, and each locator leads back to its place.

The rule of locators is written for readers in `docs/model.md`; what is peculiar to a document stands in
`data/sources.toml`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from stdgraph.model.plain import Plain, Span, plain, squeezed
from stdgraph.model.sentences import counted, sentences

KINDS = frozenset({"heading", "entry", "line", "item", "skip"})
COUNTED = frozenset({"paragraph", "item", "entry"})
"""Kinds of passage that may have sentences and go on over a page."""


@dataclass(frozen=True)
class Rule:
    """How a heading, an entry, a list item or a line that is no text is known in a document.

    Args:
        kind: `heading`; `entry` (a paragraph cited by a number or day of its own); `line` (cited by what it is: byline,
            figure); `item`; `skip` (running heads, page numbers).
        pattern: what all words of the line match; a group `rest` is text that stands in the line of its heading.
        titles: headings word by word, where no pattern tells them.
        name: how it is cited: a text with the groups of the pattern in braces; else the words themselves.
        names: names in the order of the document, where the lines do not tell them.
        short: how a heading is cited above another one.
        level: of a heading; an entry or line stands below the headings of a smaller level.
        below: lines after it that belong to it (subtitle, translation, rows of a chart).
        within: only below a heading that matches this.
        holds: a box: after so many paragraphs the text goes on where it was.
        items: each paragraph (`paragraphs`) or each line (`lines`) below is an item of a list.
        once: only the first time.
    """

    kind: str
    pattern: re.Pattern[str] | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    names: tuple[str, ...] = ()
    short: str = ""
    level: int = 9
    below: re.Pattern[str] | None = None
    within: str = ""
    holds: int = 0
    items: str = ""
    once: bool = False

    def groups(self, words: str) -> dict[str, str] | None:
        """Return what the pattern finds in a line, or None where it is no line of this rule."""
        if self.pattern is None:
            title = self.titles.get(squeezed(words))
            return None if title is None else {"title": title}
        found = self.pattern.fullmatch(words)
        return {name: text or "" for name, text in found.groupdict().items()} if found else None


@dataclass(frozen=True)
class Description:
    """How one document is cut.

    Args:
        start: what the text before the first heading is called.
        wrapped: lines of a paragraph follow each other, paragraphs are parted by an empty line.
        follows: how a paragraph begins that goes on from the page before.
        rules: the first that fits is taken.
    """

    start: str = ""
    wrapped: bool = False
    follows: re.Pattern[str] = re.compile(r"(?!)")
    rules: tuple[Rule, ...] = ()


def described(told: Mapping[str, Any]) -> Description:
    """Return a description from the values of `data/sources.toml`.

    >>> described({"rule": [{"kind": "heading", "pattern": "[0-9] .*"}]}).rules[0].kind
    'heading'
    """
    return Description(
        start=told.get("start", ""),
        wrapped=told.get("wrapped", False),
        follows=re.compile(told.get("follows", "(?!)")),
        rules=tuple(map(_rule, told.get("rule", []))),
    )


def _rule(told: Mapping[str, Any]) -> Rule:
    given = dict(told)
    for name in ("pattern", "below"):
        if name in given:
            given[name] = re.compile(given[name])
    given["titles"] = {squeezed(title): title for title in given.get("titles", ())}
    given["names"] = tuple(given.get("names", ()))
    return Rule(**given)


@dataclass(frozen=True)
class Passage:
    """A heading, paragraph, item or line: its locator, its kind, and where it stands, in several pieces over pages."""

    locator: str
    kind: str
    parts: tuple[Span, ...]
    words: Plain
    section: str = ""

    @property
    def span(self) -> Span:
        """Where it begins and ends in the text that was read."""
        return self.parts[0][0], self.parts[-1][1]

    @cached_property
    def pieces(self) -> list[tuple[str, Span]]:
        """The items that the paragraph counts and its sentences, among its words, with their locators."""
        if self.kind not in COUNTED:
            return []
        found = [(f"{self.locator} / item {n}", span) for n, span in counted(self.words.text)]
        parted = sentences(self.words.text)
        if len(parted) > 1:
            found += [(f"{self.locator} / sentence {n}", span) for n, span in enumerate(parted, 1)]
        return found

    def at(self, place: int) -> str:
        """Return the locator of one place among the words: of the counted item, of the sentence, or of the whole."""
        return next((locator for locator, (start, end) in self.pieces if start <= place < end), self.locator)

    def citing(self, span: Span) -> str:
        """Return the closest locator that holds all of a piece of the words."""
        fitting = (told for told, (start, end) in self.pieces if start <= span[0] and span[1] <= end)
        return next(fitting, self.locator)


class Cutting:
    """A text, its passages in order, and the place of each locator."""

    def __init__(self, text: str, passages: Sequence[Passage]) -> None:
        self.text = text
        self.passages = tuple(passages)
        self.places: dict[str, Span] = {}
        self.holders: dict[str, tuple[Passage, ...]] = {}
        self._starts = [0, *(m.end() for m in re.finditer("\n", text))]
        for passage in self.passages:
            self._enter(passage)

    def _enter(self, passage: Passage) -> None:
        if passage.kind != "skip":
            self._widen(passage.locator, passage.span, passage)
        for locator, span in passage.pieces:
            self._widen(locator, passage.words.read(span), passage)
        steps = passage.section.split(" / ") if passage.section else []
        for n in range(1, len(steps) + 1):
            self._widen(" / ".join(steps[:n]), passage.span, passage)

    def _widen(self, locator: str, span: Span, passage: Passage) -> None:
        known = self.places.get(locator, span)
        self.places[locator] = min(known[0], span[0]), max(known[1], span[1])
        self.holders[locator] = (*self.holders.get(locator, ()), passage)

    def offset(self, line: int, column: int = 0) -> int:
        """Return the offset of a line, counted from 1, and a column, counted from 0."""
        return self._starts[line - 1] + column

    def line(self, offset: int) -> int:
        """Return the line of an offset, counted from 1."""
        return self.text.count("\n", 0, offset) + 1

    def passage(self, line: int, column: int = 0) -> Passage | None:
        """Return the passage that holds a place, or the one that begins next in that line."""
        offset = self.offset(line, column)
        end = self._starts[line] if line < len(self._starts) else len(self.text)
        ahead = [(part, p) for p in self.passages for part in p.parts if part[1] > offset and part[0] < end]
        return min(ahead, key=lambda found: found[0])[1] if ahead else None

    def at(self, line: int, column: int | None = None) -> str:
        """Return the locator of a line (from 1), or of a column in it (from 0); nothing where nothing is printed."""
        passage = self.passage(line, column or 0)
        if passage is None:
            return ""
        offset = max(self.offset(line, column or 0), passage.span[0])
        return passage.locator if column is None else passage.at(passage.words.here(offset))

    def cite(self, line: int, form: str) -> str | None:
        """Return the locator of a printed form that begins in a line, or None where it is not there.

        It is the closest one that holds all of it: a sentence, a paragraph, or the heading above several paragraphs.
        """
        start, end = self.offset(line), self._starts[line] if line < len(self._starts) else len(self.text)
        here = [p for p in self.passages if p.span[0] < end and p.span[1] > start]
        for passage in here:
            for span in passage.words.find(form):
                if start <= passage.words.at[span[0]] < end:
                    return passage.citing(span)
        for section in dict.fromkeys(passage.section for passage in here if passage.section):
            if any(start <= place[0] < end for place in self._across(form, section)):
                return section
        return None

    def _across(self, form: str, locator: str) -> list[Span]:
        """Return where a printed form stands that goes over several passages below one heading, as titles do on a cover."""
        held = self.holders.get(locator, ())
        if len(held) < 2:
            return []
        words = plain(self.text, [part for passage in held for part in passage.parts])
        return [words.read(span) for span in words.find(form)]

    def find(self, locator: str) -> Span | None:
        """Return where the place that a locator names begins and ends, or None where there is no such place."""
        return self.places.get(locator)

    def found(self, form: str, within: str = "") -> list[tuple[str, Span]]:
        """Return each locator and place at which a printed form stands, in the whole text or within one locator."""
        first, last = self.places.get(within, (0, 0)) if within else (0, len(self.text))
        found = []
        for passage in self.holders.get(within, ()) if within else self.passages:
            for span in passage.words.find(form):
                place = passage.words.read(span)
                if first <= place[0] and place[1] <= last:
                    found.append((passage.citing(span), place))
        return found or [(within, place) for place in self._across(form, within)]


@dataclass(frozen=True)
class Level:
    """A heading under which the text stands."""

    number: int
    name: str
    short: str
    rule: Rule
    outside: tuple[Level, ...] = ()


@dataclass
class Open:
    """A passage that is being gathered."""

    base: str
    kind: str
    parts: list[Span]
    section: str
    number: int = 0
    below: re.Pattern[str] | None = None


def path_of(levels: Sequence[Level]) -> str:
    """Return the headings as a locator has them: the last as printed, those above it shortly."""
    return " / ".join([*(level.short for level in levels[:-1]), *(level.name for level in levels[-1:])])


def numbered(gathered: Sequence[Open]) -> list[str]:
    """Return the locator of each passage: what stands there once is cited by its name, else as an item of that name."""
    times: dict[str, int] = defaultdict(int)
    for one in gathered:
        times[one.base] += one.kind != "skip"
    seen: dict[str, int] = defaultdict(int)
    found = []
    for one in gathered:
        seen[one.base] += one.kind != "skip"
        several = times[one.base] > 1 and one.kind not in {"skip", "paragraph", "item"}
        found.append(f"{one.base} / item {seen[one.base]}" if several else one.base)
    return found


def made(text: str, gathered: Sequence[Open]) -> Cutting:
    """Return the cutting of what was gathered."""
    told = zip(numbered(gathered), gathered, strict=True)
    return Cutting(text, [Passage(at, o.kind, tuple(o.parts), plain(text, o.parts), o.section) for at, o in told])
