"""What a person judged already is not asked again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any


def unjudged(solutions: Iterable[Any], columns: Sequence[str]) -> list[Any]:
    """Return the solutions without those of which two columns name a pair that a person judged."""
    from stdgraph.storage.judgements import judgements  # only the question about duplicates has such columns

    judged = judgements()
    one, other = columns
    return [row for row in solutions if judged.of(row[one].value, row[other].value) is None]
