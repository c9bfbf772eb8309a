"""Logistic regression of few columns by Newton's method, with separation told.

Sources
-------
J. A. Nelder, R. W. M. Wedderburn, Generalized linear models, Journal of the Royal Statistical
Society A 135 (1972) 370-384, the method; A. Albert, J. A. Anderson, On the existence of maximum
likelihood estimates in logistic regression models, Biometrika 71 (1984) 1-10, separation: a line
that has all successes on one side has no estimate, however far the iteration goes.
"""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.records import dataclass

_MOST_STEPS, _NEAR = 60, 1e-10
_SURE = 15.0  # logits beyond it: fitted chances are 0 or 1 to seven digits
_FLAT = 1e-9  # of the information of a column against the others: beneath it they are one


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Coefficients with their covariance.

    ``separated`` is whether some results are told without error, so that the estimate would run
    off: coefficients and covariance are nan then, as they are where columns cannot be told apart.
    """

    coefficients: Floats
    covariance: Floats
    separated: bool

    @property
    def error(self) -> Floats:
        """The standard error of each coefficient."""
        return np.sqrt(np.diagonal(self.covariance))


def logistic(columns: Floats, event: Bools, offset: Floats | None = None) -> Fit:
    """Fit the logit of a success as a sum of columns, besides an offset that is fixed.

    Parameters
    ----------
    columns
        Shape (n, k); a column of ones is the intercept.
    event
        What became a success, shape (n,).
    offset
        Of each result, 0 by default.
    """
    fixed = np.zeros(len(event)) if offset is None else offset
    at = np.zeros(columns.shape[1])
    loss = deviance(fixed, event)
    for _ in range(_MOST_STEPS):
        chance = chance_of(fixed + columns @ at)
        slope = columns.T @ (event - chance)
        information = columns.T @ (columns * (chance * (1 - chance))[:, None])
        if not _regular(information):
            return _none(columns, separated=_is_sure(fixed + columns @ at))
        step: Floats = np.linalg.solve(information, slope).astype(np.float64)
        at, after = _shortened(columns, event, fixed, at, step, loss)
        if loss - after <= _NEAR * (abs(loss) + 1e-3):
            break
        loss = after
    if _is_sure(columns @ at):
        return _none(columns, separated=True)
    return Fit(at, np.linalg.inv(information).astype(np.float64), False)


def deviance(logit: Floats, event: Bools) -> float:
    """Return minus the log-likelihood of what came."""
    return float(np.logaddexp(0, np.where(event, -logit, logit)).sum())


def chance_of(logit: Floats) -> Floats:
    """Return chances of logits, without overflow."""
    return 0.5 * (1 + np.tanh(0.5 * logit))


def _shortened(
    columns: Floats, event: Bools, fixed: Floats, at: Floats, step: Floats, loss: float
) -> tuple[Floats, float]:
    """Return where a step leads, halved until it does not lead uphill."""
    for _ in range(40):
        after = deviance(fixed + columns @ (at + step), event)
        if after <= loss:
            return at + step, after
        step = step / 2
    return at, loss


def _regular(information: Floats) -> bool:
    scale = np.sqrt(np.diagonal(information))
    if not (scale > 0).all():
        return False
    return bool(np.linalg.eigvalsh(information / np.outer(scale, scale))[0] > _FLAT)


def _is_sure(logit: Floats) -> bool:
    """Whether a fit tells some results without error, which no finite estimate does."""
    return bool(np.abs(logit).max(initial=0) > _SURE)


def _none(columns: Floats, *, separated: bool) -> Fit:
    k = columns.shape[1]
    return Fit(np.full(k, np.nan), np.full((k, k), np.nan), separated)
