"""Regression of one network on others (MRQAP), with double semi-partialling: what does a layer say beyond the others?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase
from stdgraph.networks.significance.layers import Aligned, pairs
from stdgraph.networks.significance.permutations import at_least, orders, refuse, share

INTERCEPT, SIZE = "(intercept)", "size of "
CONTROLS = ("degree", "size")
INFLATED = 10
"""The usual line above which regressors say too much the same (Marquardt 1970)."""
SAME = 1e-9
"""A layer of which so small a part is not told by the others says nothing new."""


@dataclass(frozen=True)
class Term:
    """What a layer says of the dependent one, the others held: coefficient, the same in standard deviations, t, two-sided p.

    `inflation` is by how much the variance of the coefficient is greater than if the others told nothing of the layer: 1 / (1 - R²)
    of the layer on the others. Over INFLATED, neither the coefficient nor its sign should be read by itself.
    """

    name: str
    coefficient: float
    standardized: float | None = None
    t: float | None = None
    p: float | None = None
    inflation: float | None = None


@dataclass(frozen=True)
class Regression:
    """The terms of a regression, the intercept first; the share of variance that they explain; pairs of actors."""

    dependent: str
    terms: tuple[Term, ...]
    r_squared: float
    pairs: int


def controls(found: Aligned, wanted: tuple[str, ...] | list[str]) -> list[tuple[str, Any]]:
    """Return control matrices with their names: what the places of both ends let expect.

    `degree`: the product of the numbers of ties of both ends in the dependent view. `size`: for each independent view that
    is a projection, the product of the numbers of bodies, records or events in which both ends stand.

    Raises:
        ParameterError: there is no such control, or no projection whose size could be one.
    """
    import numpy as np

    result: list[tuple[str, Any]] = []
    for name in dict.fromkeys(wanted):
        if name not in CONTROLS:
            detail = Phrase("'{given}' is none of {known}", given=name, known=", ".join(CONTROLS))
            raise ParameterError(parameter="control", detail=detail)
        if name == "degree":
            tied = found.matrices[0] > 0
            result.append((name, np.outer(tied.sum(axis=1), tied.sum(axis=0)).astype(float)))
            continue
        sizes = [(n, s) for n, s in zip(found.names[1:], found.sizes[1:], strict=True) if s is not None]
        if not sizes:
            detail = Phrase("size needs a view of members of bodies, events or records among the independent ones")
            raise ParameterError(parameter="control", detail=detail)
        result += [(f"{SIZE}{n}", np.outer(size, size)) for n, size in sizes]
    return result


def mrqap(
    found: Aligned, *, control: tuple[str, ...] | list[str] = (), trials: int = 2000, seed: int = 1
) -> Regression:
    """Return the regression of the first layer on the others, and on controls.

    Coefficients are those of ordinary least squares over all pairs of actors. For p, what a layer has beyond the others is
    permuted by actors, and the t of each such regression is compared with the one observed (absolute values).

    Raises:
        ParameterError: a layer is the same everywhere, or the others tell all of it; there are too few pairs, or no trials.

    Source: Dekker, Krackhardt and Snijders 2007.
    """
    import numpy as np

    refuse(trials)
    rows, columns = pairs(found)
    named = [*zip(found.names[1:], found.matrices[1:], strict=True), *controls(found, control)]
    values = [(name, matrix[rows, columns]) for name, matrix in named]
    y = found.matrices[0][rows, columns]
    _varied(found.names[0], y)
    design = np.column_stack([np.ones(len(rows)), *(x for _, x in values)])
    freedom = len(rows) - design.shape[1]
    if not values or freedom < 1:
        detail = Phrase("{pairs} pairs of actors are too few for {terms} terms", pairs=len(rows), terms=len(values))
        raise ParameterError(parameter="view", detail=detail)
    inflation = [_new(name, x, np.delete(design, at, axis=1)) for at, (name, x) in enumerate(values, start=1)]
    _new(found.names[0], y, design)
    fitted = np.linalg.lstsq(design, y, rcond=None)[0]
    left = y - design @ fitted
    terms = [Term(INTERCEPT, float(fitted[0]))]
    for at, (name, x) in enumerate(values, start=1):
        t, p = _tested(np.delete(design, at, axis=1), x, y, (rows, columns, len(found.actors)), trials, seed, freedom)
        standardized = float(fitted[at] * x.std() / y.std())
        terms.append(Term(name, float(fitted[at]), standardized, t, p, inflation[at - 1]))
    explained = 1 - float(left @ left) / float(((y - y.mean()) ** 2).sum())
    return Regression(found.names[0], tuple(terms), explained, len(rows))


def _tested(others: Any, x: Any, y: Any, where: tuple[Any, Any, int], trials: int, seed: int, freedom: int) -> Any:
    """Return t of one term, and the share of permutations of what is its own whose t is as great.

    The rest of the design is taken out of both sides by an orthonormal base, so that one product serves all permutations.
    """
    import numpy as np

    rows, columns, number = where
    base = np.linalg.qr(others)[0]
    own = x - base @ (base.T @ x)
    left = y - base @ (base.T @ y)
    both = np.column_stack([base, left])
    observed = _t(own[None], both, left, freedom)[0]
    place = np.zeros((number, number), np.intp)
    place[rows, columns] = np.arange(len(rows))
    if not (rows > columns).any():  # each pair once: the lower half is the upper
        place[columns, rows] = place[rows, columns]
    count = 0
    for order in orders(number, trials, seed, len(rows)):
        drawn = _t(own[place[order[:, rows], order[:, columns]]], both, left, freedom)
        count += int(at_least(np.abs(drawn), abs(observed)))
    return float(observed), share(count, trials)


def _t(owns: Any, both: Any, left: Any, freedom: int) -> Any:
    """Return t of the coefficient of each row of `owns`, beside what the base holds."""
    import numpy as np

    products = owns @ both
    spread = (owns**2).sum(axis=1) - (products[:, :-1] ** 2).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = products[:, -1] / spread
        rest = np.maximum(left @ left - slope * products[:, -1], 0)
        t = slope / np.sqrt(rest / freedom / spread)
    return np.where(spread > SAME * (owns**2).sum(axis=1), t, 0.0)


def _varied(name: str, values: Any) -> None:
    if not values.std() > 0:
        raise ParameterError(parameter="view", detail=Phrase("{name} is the same for all pairs of actors", name=name))


def _new(name: str, x: Any, others: Any) -> float:
    """Return the inflation of a term by the others; refuses values that the others tell."""
    import numpy as np

    _varied(name, x)
    rest = x - others @ np.linalg.lstsq(others, x, rcond=None)[0]
    if rest @ rest <= SAME * (x @ x):
        raise ParameterError(parameter="view", detail=Phrase("{name} says nothing that the others do not", name=name))
    return float(((x - x.mean()) ** 2).sum() / (rest @ rest))
