"""A logistic model of weighted scores whose weights are drawn towards the present ones.

The logit of a success is ``a + sum_j beta_j x_j`` with no beta below 0: weights
``beta / sum(beta)`` times a slope ``sum(beta)``. The penalty
``strength / 2 * |beta - sum(beta) * present|^2`` is nothing where the weights are the present ones,
whatever the slope, and convex, so that there is one answer.

Source: ridge regression around a prior mean, A. E. Hoerl, R. W. Kennard, Technometrics 12 (1970)
55-67; S. le Cessie, J. C. van Houwelingen, Ridge estimators in logistic regression, Applied
Statistics 41 (1992) 191-201. Each Newton step is a quadratic problem with bounds, by C. L. Lawson,
R. J. Hanson, Solving Least Squares Problems, 1974, chapter 23.
"""

from __future__ import annotations

import math

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.outcomes.logistic import chance_of, deviance
from pilotscore.records import dataclass

_MOST_STEPS, _NEAR = 50, 1e-9
_STIFF = 1e-10  # of the information: keeps a step finite where data say nothing
_SLOPE_BOUND = 1e4


@dataclass(frozen=True, slots=True, eq=False)
class Ridge:
    """An intercept and a coefficient for each column, none below 0."""

    intercept: float
    beta: Floats

    def logit(self, columns: Floats) -> Floats:
        """Return the logit of a success of each row."""
        return self.intercept + columns @ self.beta

    def loss(self, columns: Floats, event: Bools) -> Floats:
        """Return minus the log-likelihood of each row."""
        logit = self.logit(columns)
        return np.logaddexp(0, np.where(event, -logit, logit))

    def weights(self, present: Floats) -> Floats:
        """Return the weights, which sum to 1; the present ones where the scores tell nothing."""
        slope = float(self.beta.sum())
        return self.beta / slope if slope > 0 else present


def ridge(
    columns: Floats, event: Bools, present: Floats, strength: float, start: Ridge | None = None
) -> Ridge:
    """Fit the model.

    Parameters
    ----------
    columns
        Scores, shape (n, k).
    event
        What became a success; both ends are there.
    present
        The present weights, which sum to 1.
    strength
        Of the penalty; infinite: the present weights with a slope of their own.
    start
        Where to begin, such as the fit at another strength.
    """
    if math.isinf(strength):
        inner = ridge((columns @ present)[:, None], event, np.ones(1), 0.0)
        return Ridge(inner.intercept, inner.beta * present)
    pull = np.eye(len(present)) - np.outer(present, np.ones(len(present)))
    penalty = strength * pull.T @ pull
    at = start or Ridge(_logit(float(event.mean())), np.zeros(len(present)))
    loss = _objective(at, columns, event, penalty)
    for _ in range(_MOST_STEPS):
        aim = _step(at, columns, event, penalty)
        at, after = _towards(at, aim, columns, event, penalty, loss)
        if loss - after <= _NEAR * (abs(loss) + 1e-3):
            break
        loss = after
    return at


def _logit(share: float) -> float:
    return math.log(share / (1 - share))


def _objective(at: Ridge, columns: Floats, event: Bools, penalty: Floats) -> float:
    return deviance(at.logit(columns), event) + float(at.beta @ penalty @ at.beta) / 2


def _step(at: Ridge, columns: Floats, event: Bools, penalty: Floats) -> Ridge:
    """Return the least of the quadratic problem that the model is here, no coefficient below 0."""
    from scipy.optimize import nnls

    chance = chance_of(at.logit(columns))
    weight = chance * (1 - chance)
    cross = weight @ columns
    total = max(float(weight.sum()), 1e-12)
    # The intercept is free: it is eliminated, and follows from the rest.
    rest = chance - event
    square = columns.T @ (columns * weight[:, None]) + penalty - np.outer(cross, cross) / total
    slope = rest @ columns + penalty @ at.beta - cross * (float(rest.sum()) / total)
    stiff = _STIFF * max(float(np.trace(square)), 1e-12)
    factor = np.linalg.cholesky(square + stiff * np.eye(len(cross))).T
    target = factor @ at.beta - np.linalg.solve(factor.T, slope)
    beta = np.minimum(nnls(factor, target)[0], _SLOPE_BOUND)
    moved = (float(rest.sum()) + cross @ (beta - at.beta)) / total
    return Ridge(at.intercept - float(moved), beta)


def _towards(
    at: Ridge, aim: Ridge, columns: Floats, event: Bools, penalty: Floats, loss: float
) -> tuple[Ridge, float]:
    """Return how far to go towards an aim: halved until it does not lead uphill."""
    share = 1.0
    for _ in range(40):
        there = Ridge(
            at.intercept + share * (aim.intercept - at.intercept),
            at.beta + share * (aim.beta - at.beta),
        )
        after = _objective(there, columns, event, penalty)
        if after <= loss:
            return there, after
        share /= 2
    return at, loss
