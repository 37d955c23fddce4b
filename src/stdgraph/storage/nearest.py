"""What comes nearest to a misspelt id or term."""

from __future__ import annotations

from collections.abc import Sequence

from stdgraph.storage.names import NEAREST, Names

LONGEST = 200
"""So many characters of what was typed are compared."""


def ids(names: Names, beginning: str) -> list[str]:
    """Return the IRIs of an index that begin so, in their order, and no more than names are compared with."""
    wanted = (beginning, beginning + chr(0x10FFFF), NEAREST)
    rows = names.rows("SELECT iri FROM thing WHERE iri >= ? AND iri < ? ORDER BY iri LIMIT ?", wanted)
    return [row[0] for row in rows]


def nearest(wanted: str, known: Sequence[str], limit: int = 3, within: float = 8, cutoff: float = 60) -> list[int]:
    """Return which of some texts come nearest to one, best first, whatever their case.

    Args:
        wanted: as the user typed it.
        known: the texts.
        limit: so many at most.
        within: points, of a hundred, that the others may be farther than the best.
        cutoff: points that the best needs.

    >>> nearest("hasPartty", ["date", "hasParty", "holder"])
    [1]
    """
    from rapidfuzz import fuzz, process  # only where a name is not known

    keys = [text.lower() for text in known]
    hits = process.extract(wanted.lower()[:LONGEST], keys, scorer=fuzz.ratio, limit=limit * 2, score_cutoff=cutoff)
    best = sorted(hits, key=lambda hit: (-hit[1], len(hit[0]), hit[0]))
    return [at for _, score, at in best if score >= best[0][1] - within][:limit]
