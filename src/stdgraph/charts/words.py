"""Words in a picture: broken into lines, for no engine of pictures does that; how wide they are; what columns are called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from stdgraph.locale import in_words
from stdgraph.model import escape
from stdgraph.model.results import Table

PIECE = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef][，。、；：！？）》”』」]*|\s+|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+"
)
"""A Chinese character with the marks behind it, blanks, or a word: lines break between these."""
CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def wide(text: str) -> int:
    """Return how wide a text is, in halves of a Chinese character.

    >>> wide("ISO 标准")
    8
    """
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def lines(text: str, width: int, most: int = 4) -> list[str]:
    """Return a text in lines of at most some width, about as long as each other; words whole where they fit.

    The last of too many ends with `…`.

    >>> lines("China-UK standardization commission", 26)
    ['China-UK standardization', 'commission']
    >>> lines("中国标准化协会", 12)
    ['中国标准', '化协会']
    """
    pieces = list(_pieces(escape.line(text), width))
    told = _broken(pieces, width)
    if len(told) > most:
        return [*told[: most - 1], told[most - 1].rstrip(" ,，、;；") + "…"]
    even = next(
        (n for n in range(wide(text) // max(len(told), 1), width) if len(_broken(pieces, n)) == len(told)), width
    )
    return _broken(pieces, even)


def _broken(pieces: Sequence[str], width: int) -> list[str]:
    found = [""]
    for piece in pieces:
        if found[-1] and wide((found[-1] + piece).rstrip()) > width:
            found.append("")
        found[-1] += piece if found[-1] else piece.lstrip()
    return [line.rstrip() for line in found if line.strip()]


def _pieces(text: str, width: int) -> Iterator[str]:
    for found in PIECE.finditer(text):
        piece = found[0]
        while wide(piece) > width and len(piece) > 1:
            yield piece[:width]
            piece = piece[width:]
        yield piece


def heading(table: Table, column: str, lang: str) -> str:
    """Return what a column is called: its name in words, in Chinese what the question or the catalogue calls it."""
    if lang == "zh":
        return table.titles.get(column) or in_words("heading", column, lang)
    return column.replace("_", " ")
