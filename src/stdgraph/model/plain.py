"""The words of a text without what converters put between them: markup, page breaks in a line, doubled blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

MARKUP = re.compile(
    r"\[bookmark: [^\]]*\]|\*+|^[ \t]*#{1,6}[ \t]|</?su[bp]>|[\u200b\ufeff]|^[ \t]*-{3,}[ \t]*$|^[ \t]*\.{3,}[ \t]*$",
    re.MULTILINE,
)
"""What converters write and no document prints."""

WORD = re.compile(r"[0-9A-Za-z]")
Span = tuple[int, int]


@dataclass(frozen=True)
class Plain:
    """Words, and where each character of them stands in the text that was read."""

    text: str
    at: tuple[int, ...]

    def read(self, span: Span) -> Span:
        """Return where a piece of the words stands in the text that was read."""
        start, end = span
        return self.at[start], self.at[end - 1] + 1

    def here(self, offset: int) -> int:
        """Return the place among the words of an offset in the text that was read: that character, or the next."""
        return next((n for n, at in enumerate(self.at) if at >= offset), len(self.at) - 1)

    def find(self, form: str) -> Iterator[Span]:
        """Yield where a printed form stands among the words; blanks do not count, whole words and numbers do.

        >>> words = plain("GB/T 2016, 16 项, 16项")
        >>> [words.text[start:end] for start, end in words.find("16项")]
        ['16 项', '16项']
        """
        wanted = "".join(plain(form).text.split())
        kept, squeezed = self._squeezed
        at = squeezed.find(wanted) if wanted else -1
        while at >= 0:
            span = (kept[at], kept[at + len(wanted) - 1] + 1)
            if _whole(self.text, span):
                yield span
            at = squeezed.find(wanted, at + 1)

    @cached_property
    def _squeezed(self) -> tuple[list[int], str]:
        """The words without blanks, and where each character of them stands."""
        kept = [n for n, sign in enumerate(self.text) if not sign.isspace()]
        return kept, "".join(self.text[n] for n in kept)


def plain(text: str, spans: Sequence[Span] | None = None) -> Plain:
    """Return the words of a text, or of pieces of it that belong together.

    >>> plain("[bookmark: _Toc1]前  **言** ").text
    '前 言'
    """
    signs: list[str] = []
    at: list[int] = []
    for start, end in ((0, len(text)),) if spans is None else spans:
        if signs and signs[-1] != " " and _parted(signs[-1], text[start:end]):
            signs.append(" ")
            at.append(start)
        for offset, sign in _kept(text, start, end):
            if sign == " " and (not signs or signs[-1] == " "):
                continue
            signs.append(sign)
            at.append(offset)
    while signs and signs[-1] == " ":
        signs.pop()
        at.pop()
    return Plain("".join(signs), tuple(at))


def squeezed(text: str) -> str:
    """Return a text without blanks and capitals, as titles are compared.

    >>> squeezed("COPYRIGHT :")
    'copyright:'
    """
    return "".join(text.split()).casefold()


def _kept(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield each character that is printed, every blank as a space."""
    piece = text[start:end]
    done = 0
    for mark in [*MARKUP.finditer(piece), None]:
        for n in range(done, mark.start() if mark else len(piece)):
            yield start + n, " " if piece[n].isspace() else piece[n]
        done = mark.end() if mark else done


def _parted(last: str, following: str) -> bool:
    """Tell whether a blank belongs between two lines: where one of them is of Latin letters or figures."""
    return last.isascii() or following.lstrip()[:1].isascii()


def _whole(text: str, span: Span) -> bool:
    """Tell whether a piece begins and ends where words and numbers do: `16` is not printed in `2016` or `16.5`."""
    start, end = span
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    if WORD.match(text[start]) and re.search(
        r"[0-9A-Za-z]$|[0-9][.,]$" if text[start].isdigit() else r"[A-Za-z0-9]$", before
    ):
        return False
    figure = text[end - 1].isdigit()
    return not (WORD.match(text[end - 1]) and re.match(r"[0-9A-Za-z]|[.,][0-9]" if figure else r"[A-Za-z0-9]", after))
