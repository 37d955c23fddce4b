"""The reader that cuts a text by the description of its document, line after line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from stdgraph.model.passages import COUNTED, Cutting, Description, Level, Open, Rule, made, path_of
from stdgraph.model.plain import Plain, Span, plain
from stdgraph.model.sentences import finished

MARK = re.compile(r"(?:[-·•●▪] |[0-9]{1,2}[.)．、] ?(?![0-9])).*")
"""A line of a list: it begins with a dot, a dash or a number."""


def cut(text: str, description: Description) -> Cutting:
    """Return a text cut into passages with their locators.

    >>> rule = Rule("heading", re.compile("(?P<n>[0-9])  *(?P<t>[A-Z].*)"), level=1)
    >>> parts = cut("1 Scope\\nThis is it.\\n- one\\n- two\\n", Description(rules=(rule,)))
    >>> [p.locator for p in parts.passages]
    ['1 Scope / heading', '1 Scope / paragraph 1', '1 Scope / item 1', '1 Scope / item 2']
    """
    reader = _Reader(text, description)
    for group in _groups(text):
        reader.read(group)
    return made(text, reader.gathered)


def _groups(text: str) -> Iterator[list[Span]]:
    """Yield the lines that follow each other without an empty one between them."""
    group: list[Span] = []
    for found in re.finditer(r"[^\n]+", text):
        if group and text[group[-1][1] : found.start()].count("\n") > 1:
            yield group
            group = []
        if found[0].strip():
            group.append(found.span())
        elif group:
            yield group
            group = []
    if group:
        yield group


class _Reader:
    """Goes through the lines and keeps under which headings it is, and what was counted there."""

    def __init__(self, text: str, description: Description) -> None:
        self.text = text
        self.description = description
        start = description.start
        self.levels: tuple[Level, ...] = (Level(0, start, start, Rule("heading")),) if start else ()
        self.counts: dict[tuple[str, str], int] = defaultdict(int)
        self.used: dict[Rule | int, int] = defaultdict(int)
        self.gathered: list[Open] = []

    @property
    def path(self) -> str:
        return path_of(self.levels)

    def read(self, group: list[Span]) -> None:
        """Take lines between two empty ones: each by itself, or those together that belong to one paragraph."""
        if self.description.wrapped and len(group) > 1 and self._is_heading(group):
            self._take(group)
            return
        together: list[Span] = []
        for span in group:
            if together and (not self.description.wrapped or self._begins(span)):
                self._take(together)
                together = []
            together.append(span)
            if self._is_heading([span], by_pattern=True):
                self._take(together)
                together = []
        self._take(together)

    def _begins(self, span: Span) -> bool:
        """Tell whether a line begins something new in a document whose lines belong together."""
        marked = MARK.fullmatch(plain(self.text, [span]).text) is not None
        return marked or self._items() == "lines" or self._is_heading([span], by_pattern=True)

    def _is_heading(self, group: list[Span], *, by_pattern: bool = False) -> bool:
        words = plain(self.text, group).text
        rules = (rule for rule in self.description.rules if rule.kind == "heading" and self._may(rule))
        return any(rule.groups(words) is not None for rule in rules if rule.pattern or not by_pattern)

    def _items(self) -> str:
        return next((level.rule.items for level in reversed(self.levels) if level.rule.items), "")

    def _take(self, spans: list[Span]) -> None:
        words = plain(self.text, spans)
        if not words.text:
            return
        last = self.gathered[-1] if self.gathered else None
        if last is not None and last.below is not None and last.below.fullmatch(words.text):
            last.parts += spans
            return
        for rule in self.description.rules:
            groups = rule.groups(words.text) if self._may(rule) else None
            if groups is not None:
                self.used[id(rule)] += 1
                getattr(self, f"_{rule.kind}")(rule, groups, spans, words)
                return
        self._text(spans, words)

    def _may(self, rule: Rule) -> bool:
        if rule.once and self.used[id(rule)]:
            return False
        return not rule.within or any(re.fullmatch(rule.within, level.name) for level in self.levels)

    def _heading(self, rule: Rule, groups: Mapping[str, str], spans: list[Span], words: Plain) -> None:
        outside = self._left(rule)
        above = tuple(level for level in outside if 0 < level.number < rule.level)
        name = self._name(rule, groups, words)
        short = rule.short.format_map(groups) if rule.short else name
        self.levels = (*above, Level(rule.level, name, short, rule, outside if rule.holds else ()))
        rest = groups.get("rest", "")
        line, left = _split(spans, words, len(words.text) - len(rest))
        if line:
            self._gather("heading", "heading", line, below=rule.below)
        if left:
            self._take(left)

    def _left(self, rule: Rule) -> tuple[Level, ...]:
        """Return the headings, without a box that a heading of the text closes."""
        box = next((level for level in self.levels if level.outside), None)
        return box.outside if box and not rule.within else self.levels

    def _name(self, rule: Rule, groups: Mapping[str, str], words: Plain) -> str:
        if rule.names:
            return rule.names[min(self.used[id(rule)], len(rule.names)) - 1]
        if rule.name:
            return rule.name.format_map(groups)
        return groups.get("title", words.text)

    def _entry(self, rule: Rule, groups: Mapping[str, str], spans: list[Span], words: Plain) -> None:
        kept = self.levels
        self.levels = tuple(level for level in self.levels if level.number < rule.level)
        self._gather(self._name(rule, groups, words), rule.kind, spans, below=rule.below)
        self.levels = kept

    _line = _entry

    def _skip(self, rule: Rule, groups: Mapping[str, str], spans: list[Span], words: Plain) -> None:
        self.gathered.append(Open(self.path, "skip", [*spans], self.path))

    def _item(self, rule: Rule, groups: Mapping[str, str], spans: list[Span], words: Plain) -> None:
        self._count("item", spans)

    def _text(self, spans: list[Span], words: Plain) -> None:
        """Take a line that no rule tells: an item, the end of a paragraph on the page before, or a paragraph."""
        if MARK.fullmatch(words.text) or self._items():
            self._count("item", spans)
        elif (before := self._unfinished()) and self.description.follows.match(words.text):
            before.parts += spans
        else:
            self._close()
            self._count("paragraph", spans)

    def _unfinished(self) -> Open | None:
        """Return the passage that the text may go on with."""
        for one in reversed(self.gathered):
            if one.kind not in {"skip", "line"}:
                going = one.kind in COUNTED and one.section != self.description.start
                return one if going and not finished(plain(self.text, one.parts).text) else None
        return None

    def _close(self) -> None:
        """Leave a box that holds no more."""
        for level in self.levels:
            if level.rule.holds and self.counts[self.path, "paragraph"] >= level.rule.holds:
                self.levels = level.outside
                return

    def _count(self, kind: str, spans: list[Span]) -> None:
        self.counts[self.path, kind] += 1
        self._gather(f"{kind} {self.counts[self.path, kind]}", kind, spans)

    def _gather(self, name: str, kind: str, spans: list[Span], *, below: re.Pattern[str] | None = None) -> None:
        base = " / ".join(filter(None, (self.path, name)))
        self.gathered.append(Open(base, kind, [*spans], self.path, below=below))


def _split(spans: list[Span], words: Plain, place: int) -> tuple[list[Span], list[Span]]:
    """Return the spans before and after a place among their words."""
    if place >= len(words.text):
        return spans, []
    offset = words.at[place]
    before = [(start, min(end, offset)) for start, end in spans if start < offset]
    return (before if place else []), [(max(start, offset), end) for start, end in spans if end > offset]
