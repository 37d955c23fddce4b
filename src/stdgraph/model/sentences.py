"""Sentences of a paragraph, and the items that it counts (一是 …；二是 …)."""

from __future__ import annotations

import re
from itertools import pairwise

from stdgraph.model.plain import Span

END = re.compile(r"[。！？]+[”’』」》）)]*|[.!?]+[”’\"')\]]*(?= +[A-Z0-9“‘\"(\[\u4e00-\u9fff])")
"""A Chinese end mark, or a Western one before a blank and a capital letter, a figure or a quotation mark."""

SHORT = re.compile(
    r"(?:\b(?:[A-Za-z]|[A-Z](?:\.[A-Z])+|Mr|Mrs|Ms|Dr|Prof|St|No|Nos|Vol|Fig|Art|Co|Ltd|Inc|Corp|cf|etc|vs|al|approx"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec))\.$"
)
"""An abbreviation, after which a sentence goes on."""

NUMBER = re.compile(r"(?:[-·•●▪] )?[0-9]{1,2}[.．]")
"""The number of a list item, after which no sentence ends."""

MARKED = re.compile(r"(?:(?<=[：；。，、！？:;,”“ ])|^)([一二三四五六七八九十])是")
ORDER = "一二三四五六七八九十"
FINISHED = re.compile(r"[。！？：；.!?:;…][”’』」》）)\]\"']*$")


def sentences(text: str) -> list[Span]:
    """Return where each sentence of a paragraph begins and ends.

    >>> [("A 1.5. B. C etc. d.")[s:e] for s, e in sentences("A 1.5. B. C etc. d.")]
    ['A 1.5.', 'B. C etc. d.']
    >>> len(sentences("“好。”他说。又"))
    3
    """
    ends = [m.end() for m in END.finditer(text) if not _abbreviated(text[: m.end()])]
    spans = []
    for start, end in pairwise(dict.fromkeys([0, *ends, len(text)])):
        first = start + len(text[start:end]) - len(text[start:end].lstrip())
        if first < end:
            spans.append((first, end))
    return spans


def counted(text: str) -> list[tuple[int, Span]]:
    """Return the number and place of each item that a paragraph counts by 一是, 二是 …

    An item ends before the next one; the last ends with its sentence. What counts anew goes on with the next number.

    >>> text = "包括：一是亮。亮；二是对。完。"
    >>> [(n, text[s:e]) for n, (s, e) in counted(text)]
    [(1, '一是亮。亮；'), (2, '二是对。')]
    """
    ends = [end for _, end in sentences(text)]
    items: list[tuple[int, Span]] = []
    for run in _in_order([(m.start(), ORDER.index(m[1]) + 1) for m in MARKED.finditer(text)]):
        before = items[-1][0] if items else 0
        last = next(end for end in ends if end > run[-1][0])
        starts = [start for start, _ in run]
        for (start, number), end in zip(run, [*starts[1:], last], strict=True):
            items.append((before + number, (start, end)))
    return items


def finished(text: str) -> bool:
    """Tell whether a text ends where a sentence does, or an introduction before a list."""
    return bool(FINISHED.search(text))


def _abbreviated(text: str) -> bool:
    return bool(SHORT.search(text[-12:]) or NUMBER.fullmatch(text))


def _in_order(marks: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Return the marks that count on, at least two together; a text may leave out 一是."""
    runs: list[list[tuple[int, int]]] = []
    for mark in marks:
        if runs and mark[1] == runs[-1][-1][1] + 1:
            runs[-1].append(mark)
        else:
            runs.append([mark])
    return [run for run in runs if len(run) > 1]
