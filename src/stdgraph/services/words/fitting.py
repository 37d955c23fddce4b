"""Whether words are about what the graph holds at all: they are refused where too few of them are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from stdgraph.services.words.ranking import Candidate
from stdgraph.services.words.wording import Wording

SHARES = {"own": 0.27, "kind": 0.1, "rows": 0.41}
"""How much of what speaks for the best question counts beside how many of the words are known."""
NAMED, LONG = 0.2, 4
"""How much it counts that words name a thing that is no place, by so many letters at least."""
LEAST = 1.14
"""Words that come to less are refused: no more than two of forty about other things come to more (`tests/words.py`)."""


def fits(wording: Wording, candidates: Sequence[Candidate], knows: Callable[[str], bool]) -> bool:
    """Tell whether the best candidate is worth running.

    Args:
        wording: what was asked.
        candidates: the questions that may be meant, the best first.
        knows: tells whether a row or a question has a word.
    """
    if not candidates or not (wording.spotted or any(not part[0].isdigit() for part in wording.parts)):
        return False
    parts = dict(candidates[0].parts)
    if parts.get("whole"):
        parts.setdefault("rows", parts.get("guess", 0.0))
    beside = sum(share * min(parts.get(name, 0.0), 1.0) for name, share in SHARES.items())
    return known(wording, knows) + beside + NAMED * _names_something(wording) >= LEAST


def _names_something(wording: Wording) -> bool:
    return any(s.is_thing and "Place" not in s.kinds and len(s.said) >= LONG for s in wording.spotted)


def known(wording: Wording, knows: Callable[[str], bool]) -> float:
    """Return how much of the words is known, from 0 to 1; a Chinese character is where a pair of it is."""
    all_of, of_them = 0.0, 0.0
    for part in wording.parts:
        has = [knows(word) for word in part]
        if len(part) == 1 and part[0].isascii():
            all_of, of_them = all_of + 1, of_them + has[0]
            continue
        characters = [a or b for a, b in zip([*has, False], [False, *has], strict=True)]
        all_of, of_them = all_of + len(characters) / 2, of_them + sum(characters) / 2
    return of_them / all_of if all_of else 0.0
