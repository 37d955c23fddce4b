"""Two questions in one: the parts of a question that ask something of their own."""

from __future__ import annotations

import re

from stdgraph.model.light import replace
from stdgraph.services.words.spotting import Spotted
from stdgraph.services.words.wording import Wording

MOST = 3
"""So many parts are looked at."""
SHORTEST = 4
"""A part of fewer characters asks nothing of its own."""
ENGLISH = re.compile(
    r"\?\s+|;\s+|,?\s+and\s+(?=(?:(?:in|at|on|by|for|to|with|from|under|since)\s+)?(?:who|whom|whose|where|when|which|what|how)\b)"
    r"|,\s+(?=(?:(?:in|at|on|by|for|to|with|from|under|since)\s+)?(?:who|whom|whose|where|when|which|what|how)\b)",
    re.IGNORECASE,
)
CHINESE = re.compile(r"[？；，]\s*")
ASKING = re.compile("谁|哪|何|什么|多少|几")
ASKING_ENGLISH = re.compile(r"\b(?:who|whom|whose|where|when|which|what|how|list|compare|name)\b", re.IGNORECASE)


def clauses(wording: Wording) -> list[str]:
    """Return the parts of a question that ask something each; those that name nothing are told what the whole names.

    Nothing where it is one question.
    """
    parts = _parts(wording)
    return [_told(part, wording) for part in parts if len(part) >= SHORTEST] if parts else []


def leading(wording: Wording) -> Wording:
    """Return a question that names only what its first part does, where that asks of something; what the others name is theirs."""
    first = next(iter(_parts(wording)), "").casefold()
    there = [s for s in wording.spotted if not s.is_thing or s.said in first]
    if not any(s.is_thing for s in there) or not (ASKING.search(first) or ASKING_ENGLISH.search(first)):
        return wording
    return replace(wording, spotted=tuple(there))


def _parts(wording: Wording) -> list[str]:
    """Return the parts of a question that ask something each, as they stand; nothing where it is one question."""
    text = wording.text.rstrip("?？。. ")
    pattern = CHINESE if ASKING.search(text) else ENGLISH
    parts = [part.strip() for part in pattern.split(text) if part.strip()]
    if pattern is CHINESE:
        parts = [part for part in parts if ASKING.search(part)]
    parts = _joined(parts)
    return parts if 1 < len(parts) <= MOST else []


def _joined(parts: list[str]) -> list[str]:
    """Return parts, `where` and `when` of one question together."""
    found: list[str] = []
    for part in parts:
        if found and len(found[-1].split()) == 1 and found[-1].isascii():
            found[-1] += f" and {part}"
        else:
            found.append(part)
    return found


def _told(part: str, wording: Wording) -> str:
    """Return a part with the names and dates of the whole, where it has none."""
    folded = part.casefold()
    things = [s for s in wording.spotted if s.is_thing]
    names = [] if any(_in(s, folded) for s in things) else [s.said for s in things]
    dates = [] if re.search(r"\d{4}", part) else sorted((date[1:] for date in wording.dates), key=len)
    return " ".join([part, *dict.fromkeys(names), *dates[-1:]])


def _in(spotted: Spotted, folded: str) -> bool:
    return spotted.said in folded


def is_answered(kinds: tuple[frozenset[str], ...], answers: frozenset[str]) -> bool:
    """Tell whether columns answer all that is asked already."""
    return bool(kinds) and all(kind & answers for kind in kinds)
