"""Texts on a screen: how wide they are, where a line may break, and how wide the columns of a table should be."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from stdgraph.model.later import later

CLOSING = "，。、；：！？）》〉」』】〕”’…％"
"""Marks that begin no line."""
OPENING = "（《〈「『【〔“‘"
"""Marks that end no line."""
FINAL = ",;:.!?)]}"
"""Marks of Latin script, which begin no line where they stand behind Chinese and before a blank."""
WIDE_RANGES = (
    *("\u1100-\u115f", "\u2e80-\u303e", "\u3041-\ua4cf", "\ua960-\ua97f", "\uac00-\ud7a3", "\uf900-\ufaff"),
    *("\ufe30-\ufe6f", "\uff01-\uff60", "\uffe0-\uffe6", "\U00020000-\U0003fffd"),
)
WIDE = "".join(WIDE_RANGES)
"""Characters of scripts that are written without blanks: a line may break between any two of them."""
JOINER, EMOJI_STYLE = "\u200d", "\ufe0f"
FLAGS = "\U0001f1e6", "\U0001f1ff"
TONES = "\U0001f3fb", "\U0001f3ff"
INVISIBLE = {"Mn", "Me", "Cf"}
RUNS = later(r"\s+|\S+")
GAP = 2
"""Blanks between two columns."""
NARROW = 8
"""Columns that a column has where its texts, in Chinese, could break anywhere."""
RAGGED = 2
"""Columns that stay empty at the end of a line, on the whole."""


def columns(text: str) -> int:
    """Return how many columns a text takes on a terminal: Chinese characters and emoji two, marks upon letters none.

    >>> columns("SAC 国标"), columns("e\\u0301"), columns("👩‍🔬"), columns("🇨🇳")
    (8, 1, 2, 2)
    """
    return len(text) if text.isascii() else _columns(text)


@lru_cache(maxsize=4096)
def _columns(text: str) -> int:
    width, last, flag, joined = 0, 0, False, False
    for char in text:
        if char == EMOJI_STYLE:
            width, last = width + (last == 1), 2 if last else 0
            continue
        size = _columns_of(char)
        follows = joined or (TONES[0] <= char <= TONES[1] and last == 2)
        second = flag and FLAGS[0] <= char <= FLAGS[1]
        flag = FLAGS[0] <= char <= FLAGS[1] and not second
        joined = char == JOINER and last == 2
        if size and not follows and not second:
            width, last = width + size, size
    return width


def _columns_of(char: str) -> int:
    if FLAGS[0] <= char <= FLAGS[1]:
        return 2
    if (unicodedata.category(char) in INVISIBLE and char != "\u00ad") or "\u1160" <= char <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def pieces(text: str) -> list[str]:
    """Return a text in parts between which a line may break, blanks as parts of their own.

    >>> pieces("GB/T 1 标准（样本）。")
    ['GB/T', ' ', '1', ' ', '标', '准', '（样', '本）。']
    >>> pieces("国,,a"), pieces("国,, a")
    (['国', ',,a'], ['国,,', ' ', 'a'])
    """
    if text.isascii():
        return RUNS.findall(text)
    found: list[str] = []
    last = ""
    for at, char in enumerate(text):
        kind = _kind(char)
        if char in FINAL and last in ("wide", "closing") and text[at:].lstrip(FINAL)[:1].strip() == "":
            kind = "closing"
        if found and _is_tied(last, kind):
            found[-1] += char
        else:
            found.append(char)
        last = last if kind == "mark" and last in ("word", "wide") else kind
    return found


def _is_tied(last: str, kind: str) -> bool:
    """Tell whether no line may break between two characters of these kinds."""
    if "blank" in (last, kind):
        return last == kind
    return kind in ("closing", "mark") or last == "opening" or (kind == "word" and last in ("word", "mark"))


@cache
def _kind(char: str) -> str:
    if char.isspace():
        return "blank"
    if char in OPENING:
        return "opening"
    if char in CLOSING:
        return "closing"
    if any(wide[0] <= char <= wide[2] for wide in WIDE_RANGES):
        return "wide"
    return "word" if char.isascii() or char.isalnum() else "mark"


def widest(text: str) -> int:
    """Return how many columns the longest part of a text takes that no line break divides."""
    if text.isascii():
        return max(map(len, text.split()), default=0)
    return max(map(columns, pieces(text)), default=0)


def wrap(text: str, width: int) -> list[str]:
    """Return a text in lines of at most so many columns, broken at blanks and between Chinese characters only.

    A word that is longer than that stands alone on its line, whole.

    >>> wrap("国家标准化管理委员会", 8)
    ['国家标准', '化管理委', '员会']
    >>> wrap("China-UK standardization cooperation", 12)
    ['China-UK', 'standardization', 'cooperation']
    """
    if columns(text) <= width:
        return [text.strip()]
    lines, line, used = [], "", 0
    for piece in pieces(text):
        size = columns(piece)
        if used and used + size > width and not piece.isspace():
            lines.append(line.rstrip())
            line, used = "", 0
        if line or not piece.isspace():
            line, used = line + piece, used + size
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def flow(parts: Iterable[tuple[str, Iterable[str]]], width: int, indent: int) -> list[list[tuple[str, str]]]:
    """Return styled pieces one after another in lines, all but the first indented: for each line its (style, text) runs."""
    lines: list[list[tuple[str, str]]] = [[]]
    used, begun = 0, False
    for style, piece in ((style, piece) for style, found in parts for piece in found):
        size = columns(piece)
        if used and used + size > width and not piece.isspace():
            lines.append([("", " " * indent)])
            used, begun = 0, False
        if piece.isspace() and not begun:
            continue
        begun = True
        used += size + (indent if not used and len(lines) > 1 else 0)
        line = lines[-1]
        if line and line[-1][0] == style:
            line[-1] = (style, line[-1][1] + piece)
        else:
            line.append((style, piece))
    return lines


def widths(grid: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """Return how wide each column of a table should be so that its cells take few lines; None where a word would be cut.

    Each column gets at least its longest word, and the rest goes where it saves most lines.
    """
    cells = list(zip(*grid, strict=True))
    sizes = [Counter(map(columns, column)) for column in cells]
    need = [max(found) for found in sizes]
    spare = width - GAP * (len(need) - 1)
    if sum(need) <= spare:
        return need
    least = [max(min(NARROW, high), *map(widest, column)) for high, column in zip(need, cells, strict=True)]
    if sum(least) > spare:
        return None
    return _shared(need, least, sizes, spare - sum(least))


def _shared(need: list[int], least: list[int], sizes: list[Counter[int]], spare: int) -> list[int]:
    """Return widths for which the cells of all columns together take the fewest lines; what is left goes to the widest.

    `best` holds, for each number of columns given away so far, the fewest lines and the widths that give them.
    """
    best: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    for high, low, found in zip(need, least, sizes, strict=True):
        costs = [(more, _broken(found, low + more)) for more in range(min(high - low, spare) + 1)]
        costs = [cost for at, cost in enumerate(costs) if not at or cost[1] < costs[at - 1][1]]
        ahead: dict[int, tuple[int, tuple[int, ...]]] = {}
        for used, (lines, given) in best.items():
            for more, cost in costs:
                if (now := used + more) <= spare and (now not in ahead or lines + cost < ahead[now][0]):
                    ahead[now] = lines + cost, (*given, low + more)
        best = ahead
    widths = list(min(best.values())[1])
    for _ in range(spare + sum(least) - sum(widths)):
        short = [at for at in range(len(need)) if widths[at] < need[at]]
        widths[max(short, key=lambda at: need[at] / widths[at])] += 1
    return widths


def _broken(sizes: Counter[int], width: int) -> int:
    """Return about how many lines more than one the cells of a column take; a line ends some letters before its end."""
    return sum(number * ((size - 1) // max(width - RAGGED, 1)) for size, number in sizes.items() if size > width)
