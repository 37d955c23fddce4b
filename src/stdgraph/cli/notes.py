"""Where rows were read: numbered notes under a table, document by document and short, or in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from stdgraph.cli.layout import columns, flow, pieces, wrap
from stdgraph.locale import located
from stdgraph.model import escape
from stdgraph.model.later import later
from stdgraph.model.results import Source, Table

LONGEST, WHOLE = 22, 10_000
"""Columns that a heading of a document takes in a short note, and where it is told whole."""
INDENT = 2
"""Blanks before all lines of a paragraph but its first."""
STEP = later(r"([^0-9]+)([0-9]*)")
"""A word or sign in a place, and its number."""
QUOTED = 4
"""Blanks before the lines of a passage."""
NUMERALS = "一二三四五六七八九十"
COUNTED = ("附件", "主要成果", "第")
"""What may stand in front of the number of a heading."""
HEADING = "heading"
"""The last part of a place that is a heading itself."""
SIGNS = {"paragraph": "¶{}", "sentence": "s{}", "item": "({})", "page": "p.{}"}
"""Words for places in documents, and their signs, which need no translation."""


class Notes:
    """Numbers the places in documents that rows name: document by document and heading by heading, as rows name them first, and there in their order.

    `passages` holds what the user's own texts say at a place, where that was asked for.
    """

    def __init__(self, sources: Iterable[Source] = (), lang: str = "en", *, full: bool = False) -> None:
        self.lang = lang
        self.full = full
        self.documents: dict[str, dict[tuple[str, str], int]] = {}
        self.passages: dict[tuple[str, str, str], dict[str, None]] = {}
        for source in sources:
            self.documents.setdefault(source.source, {})[source.title, source.locator] = 0
            if source.excerpt:
                self.passages.setdefault((source.source, source.title, source.locator), {})[source.excerpt] = None
        self.shorts: dict[str, dict[tuple[str, str], Short]] = {}
        self._number()

    def _number(self) -> None:
        """Give each place its number, and its short form."""
        number = 0
        for document, places in self.documents.items():
            found = dict(zip(places, shortened([locator for _, locator in places], self.lang), strict=True))
            first = {short.heading: at for at, short in reversed(list(enumerate(found.values())))}
            order = sorted(found.items(), key=lambda item: (first[item[1].heading], item[1].steps()))
            self.shorts[document] = dict(order)
            for place in self.shorts[document]:
                number += 1
                places[place] = number

    @classmethod
    def of(cls, tables: Iterable[Table], lang: str = "en", *, full: bool = False) -> Notes:
        """Return the notes of all rows of some tables."""
        return cls((source for table in tables for row in table for source in row.sources), lang, full=full)

    def marks(self, sources: Iterable[Source]) -> str:
        """Return the numbers of some sources, such as `[1-3, 7]`; nothing for none."""
        numbers = sorted({self.documents[s.source][s.title, s.locator] for s in sources})
        return f"[{', '.join(_runs(numbers))}]" if numbers else ""

    def lines(self, width: int) -> list[str]:
        """Return the notes: a paragraph for each document with its key, its title and short places, or all in full.

        Where passages of a document are quoted, each place has a line of its own, and its passages under it.
        """
        told = self._in_full if self.full else self._paragraph
        return [line for source, places in self.documents.items() for line in told(source, places, width)]

    def _in_full(self, source: str, places: Mapping[tuple[str, str], int], width: int) -> list[str]:
        lines = []
        for (title, locator), number in sorted(places.items(), key=lambda item: item[1]):
            lines.append(f"[{number}] {escape.line(Source(source, title, locator).text(self.lang))}")
            lines += self._quoted((source, title, locator), width)
        return lines

    def _paragraph(self, source: str, places: Mapping[tuple[str, str], int], width: int) -> list[str]:
        head = escape.line(f"{_key(source)}: {next(iter(places))[0]}")
        shorts = self.shorts[source]
        quoted = {place: self._quoted((source, *place), width) for place in shorts}
        if any(quoted.values()):
            lines = wrap(head, width)
            for place, short in shorts.items():
                note = escape.line(f"[{places[place]}] {short.told()}".rstrip())
                lines += [f"{' ' * INDENT}{line}" for line in wrap(note, width - INDENT)] + quoted[place]
            return lines
        told, last = pieces(head), None
        for place, short in shorts.items():
            rest = short.behind(last)
            note = escape.line(f"[{places[place]}] {rest or short.told()}".rstrip())
            told += [" " if rest else "  ", *([note] if columns(note) + INDENT <= width else pieces(note))]
            last = short
        return ["".join(text for _, text in line).rstrip() for line in flow([("", told)], width, INDENT)]

    def _quoted(self, place: tuple[str, str, str], width: int) -> list[str]:
        """Return the lines of the passages at a place."""
        passages = map(escape.line, self.passages.get(place, ()))
        return [f"{' ' * QUOTED}{line}" for passage in passages for line in wrap(passage, width - QUOTED)]


def _key(source: str) -> str:
    """Return the key of a source document, such as `bri-10y`."""
    return source.rstrip("/").rpartition("/")[2].rpartition("#")[2] or source


def _runs(numbers: Sequence[int]) -> list[str]:
    """Return numbers with those that follow each other drawn together.

    >>> _runs([1, 2, 3, 5, 7, 8])
    ['1-3', '5', '7', '8']
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [[f"{run[0]}-{run[-1]}"] if len(run) > 2 else list(map(str, run)) for run in runs]
    return [text for run in told for text in run]


class Short(NamedTuple):
    """A place in short: its heading, and where it stands below that."""

    heading: str
    place: str

    def steps(self) -> list[tuple[str, int]]:
        """Return by what places of a heading are sorted: numbers by size."""
        return [(word, int(number or 0)) for word, number in STEP.findall(self.place)]

    def behind(self, last: Short | None) -> str:
        """Return what is told of it behind another place: nothing for one of another heading, else what differs.

        >>> Short("二", "¶2 s4").behind(Short("二", "¶2 s1")), Short("二", "¶3").behind(Short("二", "¶2"))
        ('s4', '¶3')
        """
        if last is None or last.heading != self.heading:
            return ""
        paragraph, _, sentence = self.place.partition(" ")
        return sentence if sentence and paragraph == last.place.partition(" ")[0] else self.place

    def told(self) -> str:
        """Return both as one text."""
        gap = "" if self.heading.endswith(("）", *NUMERALS)) else " "
        return f"{self.heading}{gap}{self.place}".strip()


def short_places(locators: Sequence[str], lang: str = "en") -> list[str]:
    """Return places of one document in short; those that would look the same have more of their headings.

    >>> short_places(["Work plan of the committee for 2022 / item 7", "Work plan of the committee for 2023 / item 7"])
    ['Work plan of the committee for 2022 (7)', 'Work plan of the committee for 2023 (7)']
    """
    return [short.told() for short in shortened(locators, lang)]


def shortened(locators: Sequence[str], lang: str = "en") -> list[Short]:
    """Return places of one document in short, as `short_places`."""
    told = [_short(locator, lang) for locator in locators]
    for longest in (2 * LONGEST, WHOLE):
        seen = Counter(short.told() for short in told)
        told = [
            _short(locator, lang, longest) if seen[short.told()] > 1 else short
            for locator, short in zip(locators, told, strict=True)
        ]
    return told


def short_place(locator: str, lang: str = "en", longest: int = LONGEST) -> str:
    """Return a place in a document with signs for words, and headings by their number or their beginning.

    >>> short_place("二（一）标准化助力交通能源等基础设施建设 / paragraph 2 / sentence 1")
    '二（一）¶2 s1'
    >>> short_place("Tian Shihong attends the 120th ISO Council Meeting / paragraph 3")
    'Tian Shihong attends… ¶3'
    >>> short_place("三 / （二）双多边交流 / paragraph 1")
    '三（二）¶1'
    """
    return _short(locator, lang, longest).told()


def _short(locator: str, lang: str = "en", longest: int = LONGEST) -> Short:
    headings: list[str] = []
    told = ""
    for part in locator.split(" / "):
        sign = located(part, lang) if part == HEADING and headings else _sign(part)
        if not sign and not told:
            headings.append(_heading(located(part, lang), longest))
            continue
        gap = "" if sign and told.endswith(("）", *NUMERALS)) else " "
        told += gap + (sign or _heading(located(part, lang), longest))
    return Short(_joined(headings).strip(), told.strip())


def _sign(part: str) -> str:
    """Return the sign of a part that is a word with a number, such as `item 3 (三是)`; nothing for another one.

    >>> _sign("paragraph 2"), _sign("sentences 2-3"), _sign("item 3 (三是)"), _sign("Paragraph of the law")
    ('¶2', 's2-3', '(3)', '')
    """
    word, _, rest = part.partition(" ")
    number, _, more = rest.partition(" ")
    is_number = number[:1].isdigit() and not number.strip("0123456789-–")
    form = SIGNS.get(word) or SIGNS.get(word.removesuffix("s"))
    return form.format(number) if form and is_number and (not more or more[0] in "(（") else ""


def _joined(headings: Sequence[str]) -> str:
    """Return headings as one: those with a number all, of the others the first and the last."""
    kept = [h for at, h in enumerate(headings) if at in (0, len(headings) - 1) or h.startswith("（")]
    return "".join(h if not at or h.startswith("（") else f" / {h}" for at, h in enumerate(kept))


def _heading(text: str, longest: int = LONGEST) -> str:
    """Return a heading by its number where it has one, else by its beginning, whole words of it.

    >>> _heading("主要成果二（二）第二届“一带一路”国际合作高峰论坛标准化成果"), _heading("3、中英城市可持续发展标准化工作组")
    ('主要成果二（二）', '3')
    """
    number = _number(text)
    if number and len(number) < len(text):
        return number.strip()
    if columns(text) <= longest:
        return text
    kept = ""
    for piece in pieces(text):
        if kept and columns(kept + piece) >= longest:
            break
        kept += piece
    return kept.rstrip(" ，。、,:：") + "…"


def _number(text: str) -> str:
    """Return the number at the beginning of a heading, with what it counts; nothing where there is none.

    >>> _number("附件 1"), _number("三（二）双多边"), _number("3、中英"), _number("2020年度"), _number("2. Terms"), _number("前言")
    ('附件 1', '三（二）', '3', '', '2', '')
    """
    counted = next((word for word in COUNTED if text.startswith(word)), "")
    rest = text[len(counted) :]
    bare = rest.lstrip()
    digits = _leading(bare, "0123456789.").rstrip(".")
    after = bare[len(digits) : len(digits) + 1]
    found = _leading(bare, NUMERALS) or (digits if counted or after in ("、", ".", "．") else "")
    behind = bare[len(found) :]
    inner = _leading(behind[1:], NUMERALS) if behind.startswith("（") else ""
    if inner and behind[1 + len(inner) :].startswith("）"):
        found += f"（{inner}）"
    return text[: len(text) - len(bare)] + found if found else ""


def _leading(text: str, among: str) -> str:
    """Return the characters at the beginning of a text that are among some."""
    return text[: len(text) - len(text.lstrip(among))]
