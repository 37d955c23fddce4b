"""The bipartite configuration model: how likely each left is tied to each right, if only the degrees of both are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase

ROUNDS = 200
"""Newton's method is at the end after some ten; what needs so many has no end."""
EXACT = 1e-11
"""The degrees that are expected are those given, to this share of the number of ties."""


@dataclass(frozen=True)
class Chances:
    """How likely a tie is, by the degree of its ends: `of[row[i], column[j]]` for the i-th left and the j-th right.

    `row` and `column` are the classes of lefts and rights (all of one degree are one class), `error` the greatest difference
    between a degree that the chances give and the true one.
    """

    of: Any
    row: Any
    column: Any
    error: float


def chances(seats: Any) -> Chances:
    """Return how likely each tie of a 0/1 matrix is in the model that knows its row and column sums alone.

    It is the distribution of maximal entropy in which the expected row and column sums are those of the matrix: ties are
    independent, p = x·y / (1 + x·y). Where the sums leave no choice (a row that is full, or ones that can stand in one way
    only), the chance is 0 or 1, and the rest is solved by itself.

    Raises:
        ParameterError: the degrees are not met after ROUNDS.

    Source: Saracco et al. 2015 (Randomizing bipartite networks); Gale and Ryser 1957 for what the sums leave open.
    """
    import numpy as np

    rows, row, many_rows = np.unique(-seats.sum(axis=1), return_inverse=True, return_counts=True)
    columns, column, many_columns = np.unique(-seats.sum(axis=0), return_inverse=True, return_counts=True)
    of = _solved(-rows.astype(float), many_rows, -columns.astype(float), many_columns)
    errors = [abs(of @ many_columns + rows), abs(many_rows @ of + columns)]
    return Chances(of, row, column, float(max((e.max() for e in errors if e.size), default=0.0)))


def _solved(rows: Any, many_rows: Any, columns: Any, many_columns: Any) -> Any:
    """Return the chances by class, from the degrees of the classes (greatest first) and how many are in each."""
    import numpy as np

    of = np.zeros((len(rows), len(columns)))
    if not of.size:
        return of
    if (cut := _cut(rows, many_rows, columns, many_columns)) is None:
        return _newton(rows, many_rows, columns, many_columns)
    r, c = cut
    of[:r, :c] = 1
    full, deep = many_columns[:c].sum(), many_rows[:r].sum()
    of[:r, c:] = _solved(rows[:r] - full, many_rows[:r], columns[c:], many_columns[c:])
    of[r:, :c] = _solved(rows[r:], many_rows[r:], columns[:c] - deep, many_columns[:c])
    return of


def _cut(rows: Any, many_rows: Any, columns: Any, many_columns: Any) -> tuple[int, int] | None:
    """Return how many classes of rows are full in how many classes of columns, if the others are empty in the others.

    Gale and Ryser's inequality is an equality there, so that each matrix with these sums has these ones and zeros.
    """
    import numpy as np

    def sums(values: Any) -> Any:
        return np.concatenate([[0], np.cumsum(values)])

    tied = sums(columns * many_columns)
    slack = np.outer(sums(many_rows), sums(many_columns)) + (tied[-1] - tied) - sums(rows * many_rows)[:, None]
    slack[0, -1] = slack[-1, 0] = 1
    tight = np.argwhere(np.abs(slack) < 0.5)
    return (int(tight[0][0]), int(tight[0][1])) if len(tight) else None


def _newton(rows: Any, many_rows: Any, columns: Any, many_columns: Any) -> Any:
    """Return the chances by Newton's method with a line search; the likelihood has one maximum."""
    import numpy as np

    total = float(rows @ many_rows)
    x, y = np.log(rows / np.sqrt(total)), np.log(columns / np.sqrt(total))
    counts = np.outer(many_rows, many_columns)

    def loss(x: Any, y: Any) -> float:
        return float(
            (counts * np.logaddexp(0, x[:, None] + y)).sum() - (many_rows * rows) @ x - (many_columns * columns) @ y
        )

    for _ in range(ROUNDS):
        of = _logistic(x[:, None] + y)
        gradient = np.concatenate([many_rows * (of @ many_columns - rows), many_columns * (many_rows @ of - columns)])
        if np.abs(gradient).max() <= EXACT * total:
            break
        step = _step(counts * of * (1 - of), gradient)
        now, size = loss(x, y), 1.0
        while size > 1e-9 and loss(x - size * step[: len(x)], y - size * step[len(x) :]) > now + 1e-12 * abs(now):
            size /= 2
        x, y = x - size * step[: len(x)], y - size * step[len(x) :]
    else:
        raise ParameterError(parameter="model", detail=Phrase("sdsm does not meet the degrees of this view; take fdsm"))
    return _logistic(x[:, None] + y)


def _step(spread: Any, gradient: Any) -> Any:
    """Return Newton's step; what is added to all rows and taken from all columns changes nothing, so one entry stays."""
    import numpy as np

    both = np.block([[np.diag(spread.sum(axis=1)), spread], [spread.T, np.diag(spread.sum(axis=0))]])
    return np.concatenate([np.linalg.solve(both[:-1, :-1], gradient[:-1]), [0.0]])


def _logistic(value: Any) -> Any:
    from scipy.special import expit

    return expit(value)
