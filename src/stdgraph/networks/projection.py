"""The projection of two-mode ties on their left: who meets whom in the same right, and how often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from stdgraph.networks.ties import Tie


def projected(found: Sequence[Tie], weight: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Return each pair of lefts that meet in some right, with the weight and the number of rights (`bodies`).

    A right with k lefts counts 1 / (k - 1) for each pair, or 1. There is no date: that both belong does not tell since when
    they meet. A left that meets no other is in no pair.

    Source: Newman, Scientific collaboration networks II (2001), for the weight 1 / (k - 1).
    """
    import numpy as np
    from scipy import sparse  # only where a projection is asked for

    members: dict[str, set[str]] = defaultdict(set)
    for tie in found:
        members[tie.b].add(tie.a)
    meeting = {b: sorted(lefts) for b, lefts in sorted(members.items()) if len(lefts) > 1}
    if not meeting:
        return {}
    names = sorted({a for lefts in meeting.values() for a in lefts})
    at = {a: i for i, a in enumerate(names)}
    rows = [at[a] for lefts in meeting.values() for a in lefts]
    columns = [j for j, lefts in enumerate(meeting.values()) for _ in lefts]
    seats = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(names), len(meeting)))
    shares = sparse.diags_array([1 / (len(lefts) - 1) for lefts in meeting.values()])
    counts = sparse.triu(seats @ seats.T, k=1).tocoo()
    weights = counts.data
    if weight == "newman":
        weights = np.asarray((seats @ shares @ seats.T).tocsr()[counts.row, counts.col]).ravel()
    pairs = zip(*(of.tolist() for of in (counts.row, counts.col, counts.data, weights)), strict=True)
    return {
        (names[i], names[j]): {"weight": round(w, 12) if weight == "newman" else int(w), "bodies": int(n)}
        for i, j, n, w in pairs
    }
