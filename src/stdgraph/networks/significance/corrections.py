"""Corrections for many tests: which of many p-values are kept at a level."""

from __future__ import annotations

from typing import Any

CORRECTIONS = ("bonferroni", "benjamini-hochberg", "none")


def passing(p: Any, alpha: float, correction: str) -> Any:
    """Return which of some tests pass at a level: p ≤ alpha after the correction, as an array like `p`.

    `bonferroni`: the chance that any of them passes wrongly is at most alpha. `benjamini-hochberg`: of those that pass, the
    expected share of wrong ones is at most alpha. `none`: of all that are wrong, alpha pass.

    Source: Benjamini and Hochberg 1995.
    """
    import numpy as np

    if correction == "none" or not p.size:
        return p <= alpha
    if correction == "bonferroni":
        return p <= alpha / p.size
    ordered = np.sort(p, axis=None)
    under = np.nonzero(ordered <= alpha * np.arange(1, p.size + 1) / p.size)[0]
    return p <= (ordered[under[-1]] if len(under) else -1.0)
