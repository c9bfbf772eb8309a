"""Whether stated chances are right: on the whole, and by the slope of a logistic recalibration.

Sources
-------
D. R. Cox, Two further applications of a model for binary regression, Biometrika 45 (1958) 562-565;
E. W. Steyerberg, Clinical Prediction Models, 2nd ed. 2019, chapter 15: the intercept with the slope
held at 1 is calibration in the large (0 is right; below 0: chances were stated too high), a slope
below 1 is overconfidence, above 1 timidity.
"""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.criteria.measuring import Bounded
from pilotscore.outcomes.bounds import NOT_KNOWN, two_sided
from pilotscore.outcomes.logistic import Fit, chance_of, logistic
from pilotscore.records import dataclass

_EDGE = 1e-6  # a chance of exactly 0 or 1 has no logit


@dataclass(frozen=True, slots=True)
class Calibration:
    """Recalibration of stated chances.

    Attributes
    ----------
    in_the_large
        The intercept where the slope is held at 1.
    intercept, slope
        Where both are free: chance = 1 / (1 + exp(-(intercept + slope * logit))).
    separated
        Whether a line tells all successes from all failures: there is no slope then.
    """

    in_the_large: Bounded
    intercept: Bounded
    slope: Bounded
    separated: bool


def calibration(chance: Floats, event: Bools, level: float = 0.95) -> Calibration:
    """Recalibrate stated chances, 0 to 1."""
    return recalibration(logit_of(chance), event, level)


def recalibration(logit: Floats, event: Bools, level: float = 0.95) -> Calibration:
    """Recalibrate any figure on a scale of logits, such as an index in tens of points.

    The intercept with the slope held at 1 means something only for stated chances.
    """
    ones = np.ones((len(event), 1))
    whole = logistic(ones, event, logit)
    both = logistic(np.column_stack([ones, logit]), event)
    return Calibration(
        _bounded(whole, 0, level),
        _bounded(both, 0, level),
        _bounded(both, 1, level),
        both.separated,
    )


def recalibrated(logit: Floats, curve: Calibration) -> Floats:
    """Return chances by a recalibration; nan where it has no slope."""
    return chance_of(curve.intercept.value + curve.slope.value * logit)


def logit_of(chance: Floats) -> Floats:
    """Return the logits of chances; those of 0 and 1 are brought in to a millionth."""
    inside = np.clip(chance, _EDGE, 1 - _EDGE)
    return np.log(inside / (1 - inside))


def _bounded(fit: Fit, place: int, level: float) -> Bounded:
    value = float(fit.coefficients[place])
    if value != value:
        return NOT_KNOWN
    width = two_sided(level) * float(fit.error[place])
    return Bounded(value, value - width, value + width)
