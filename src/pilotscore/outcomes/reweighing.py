"""Weights re-estimated from outcomes, drawn towards the present ones, and never past what is known.

They stay non-negative and keep their sum. They are proposed only where they gain on results held
out beyond chance, and no weight goes further from the present one than the interval of what the
data alone say of it. Otherwise the change is refused, with how many more outcomes it would take.

Sources
-------
The model is :mod:`~pilotscore.outcomes.ridge`, its strength :mod:`~pilotscore.outcomes.strength`.
Intervals of the weights are by the delta method from the unpenalised model; where the slope as a
whole may be 0, no ratio to it has an interval (E. C. Fieller, Some problems in interval estimation,
Journal of the Royal Statistical Society B 16 (1954) 175-185).
"""

from __future__ import annotations

import math
from enum import StrEnum

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.outcomes.bounds import two_sided
from pilotscore.outcomes.logistic import Fit, logistic
from pilotscore.outcomes.ridge import ridge
from pilotscore.outcomes.strength import (
    Gain,
    chosen_and_judged,
    chosen_strength,
    gain_held_out,
)
from pilotscore.outcomes.tools_allowed import Tool, events_of, more_needed
from pilotscore.records import dataclass

NEEDED_DEVIATES = 1.6448536269514722  # one-sided, 95 %
KNOWN_TO = 0.05  # a weight is known well enough where its interval is no wider on either side
MOST_NESTED = 10_000  # with more outcomes one division of them says as much
_SAME = 1e-9


class Refusal(StrEnum):
    """Why weights are not changed."""

    FEW = "few"  # too few events for so many weights
    ALIKE = "alike"  # scores that cannot be told apart, or outcomes told without error
    NO_SLOPE = "no_slope"  # the scores as a whole may tell nothing
    NO_GAIN = "no_gain"  # they gain nothing on results held out
    GAIN_OPEN = "gain_open"  # they gain, and it may be chance
    AS_GOOD = "as_good"  # the present ones are as good, and that is known


@dataclass(frozen=True, slots=True, eq=False)
class Reweighing:
    """Present and proposed weights, and what they rest on.

    Attributes
    ----------
    present, proposed
        Weights that sum to 1; the same where the change is refused.
    low, high
        The interval of what the data alone say; nan where that is not known.
    refusal
        Why nothing is changed; None where something is.
    more
        How many more outcomes it would take; None where it is not known, or none would help.
    gain
        On results held out; None where it did not come to that.
    strength
        Of the pull towards the present weights, as it was chosen.
    successes, failures
        How many outcomes there were.
    """

    present: Floats
    proposed: Floats
    low: Floats
    high: Floats
    refusal: Refusal | None
    more: int | None
    gain: Gain | None
    strength: float
    successes: int
    failures: int

    @property
    def change(self) -> Floats:
        """How far each weight moves."""
        return self.proposed - self.present


@dataclass(frozen=True, slots=True, eq=False)
class _Data:
    """Scores of outcomes that are known, scaled; only columns that vary and have a weight."""

    columns: Floats
    event: Bools
    present: Floats

    @property
    def ends(self) -> tuple[int, int]:
        return int(self.event.sum()), int((~self.event).sum())


def reweigh(scores: Floats, event: Bools, present: Floats, level: float = 0.95) -> Reweighing:
    """Re-estimate weights.

    Parameters
    ----------
    scores
        Of results with a known outcome, shape (n, k), without nan.
    event
        What became a success.
    present
        The present weights, which sum to 1, none below 0; one of 0 stays 0.
    level
        Of the intervals.
    """
    used = (present > 0) & (np.ptp(scores, axis=0) > 0) if len(scores) else present < 0
    data = _scaled(scores[:, used], event, present[used])
    reweighed = _reweighed(data, level)
    # What does not vary says nothing of its weight and keeps it.
    whole = float(present[used].sum())
    proposed = present.copy()
    proposed[used] = reweighed.proposed * whole
    low, high = (np.full(len(present), np.nan) for _ in range(2))
    low[used], high[used] = reweighed.low * whole, reweighed.high * whole
    return Reweighing(
        present,
        proposed,
        low,
        high,
        reweighed.refusal,
        reweighed.more,
        reweighed.gain,
        reweighed.strength,
        *data.ends,
    )


def _scaled(scores: Floats, event: Bools, present: Floats) -> _Data:
    """Return scores around their means, in spreads of the present index, as strengths need it."""
    whole = float(present.sum())
    weights = present / whole if whole else present
    centred = scores - scores.mean(axis=0) if len(scores) else scores
    spread = float((centred @ weights).std()) if scores.size else 0.0
    return _Data(centred / spread if spread > 0 else centred, event, weights)


def _reweighed(data: _Data, level: float) -> Reweighing:
    successes, failures = data.ends
    events = events_of(successes, failures)
    k = len(data.present)
    short = more_needed(Tool.WEIGHTS, events, k + 1)
    if short or k < 2:
        return _refused(data, Refusal.FEW if short else Refusal.ALIKE, _outcomes(data, short))
    free = logistic(np.column_stack([np.ones(len(data.event)), data.columns]), data.event)
    if not np.isfinite(free.coefficients).all():
        return _refused(data, Refusal.ALIKE, None)
    low, high, error = _intervals(free, level)
    if not np.isfinite(low).all():
        return _refused(data, Refusal.NO_SLOPE, _until_a_slope(data, free, level))
    return _decided(data, low, high, error)


def _decided(data: _Data, low: Floats, high: Floats, error: Floats) -> Reweighing:
    strength, gain = _chosen(data)
    refusal, more = _judged(gain, len(data.event), error)
    if refusal is not None:
        return _refused(data, refusal, more, low, high, gain)
    estimate = ridge(data.columns, data.event, data.present, strength).weights(data.present)
    proposed = within(data.present, estimate, low, high)
    if np.abs(proposed - data.present).max() < _SAME:
        return _refused(data, Refusal.AS_GOOD, None, low, high, gain)
    return Reweighing(data.present, proposed, low, high, None, None, gain, strength, *data.ends)


def _chosen(data: _Data) -> tuple[float, Gain]:
    """Return the strength of the pull, and what re-estimating gains on results held out."""
    given = (data.columns, data.event, data.present)
    if len(data.event) > MOST_NESTED:
        return chosen_and_judged(*given)
    gain = gain_held_out(*given)
    return (chosen_strength(*given) if gain.deviates >= NEEDED_DEVIATES else math.inf), gain


def _judged(gain: Gain, n: int, error: Floats) -> tuple[Refusal | None, int | None]:
    """Return why a gain does not carry a change, and how many more outcomes it would take."""
    if gain.deviates >= NEEDED_DEVIATES:
        return None, None
    if gain.mean > 0:
        times = (NEEDED_DEVIATES / gain.deviates) ** 2 - 1
        return Refusal.GAIN_OPEN, math.ceil(n * times)
    times = (two_sided(0.95) * float(error.max()) / KNOWN_TO) ** 2 - 1
    return (Refusal.NO_GAIN, math.ceil(n * times)) if times > 0 else (Refusal.AS_GOOD, None)


def within(present: Floats, estimate: Floats, low: Floats, high: Floats) -> Floats:
    """Return how far to go from the present weights towards an estimate.

    As far as no weight leaves the span of its present value and its interval.
    """
    move = estimate - present
    room = np.where(move > 0, np.maximum(high - present, 0), np.maximum(present - low, 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(np.abs(move) > _SAME, room / np.abs(move), 1.0)
    return present + min(1.0, float(shares.min())) * move


def _intervals(free: Fit, level: float) -> tuple[Floats, Floats, Floats]:
    """Return the interval of each weight, and its standard error; nan where the slope may be 0."""
    beta, spread = free.coefficients[1:], free.covariance[1:, 1:]
    slope, deviate = float(beta.sum()), two_sided(level)
    nothing = np.full(len(beta), np.nan)
    if slope <= deviate * math.sqrt(float(spread.sum())):
        return nothing, nothing, nothing
    weights = beta / slope
    turn = (np.eye(len(beta)) - weights[:, None]) / slope
    error = np.sqrt(np.einsum("ij,jk,ik->i", turn, spread, turn))
    low, high = (np.clip(weights + sign * deviate * error, 0, 1) for sign in (-1, 1))
    return low, high, error


def _until_a_slope(data: _Data, free: Fit, level: float) -> int | None:
    """Return how many more outcomes show a slope such as this one; None where it is none."""
    slope = float(free.coefficients[1:].sum())
    if slope <= 0:
        return None
    needed = two_sided(level) * math.sqrt(float(free.covariance[1:, 1:].sum())) / slope
    return math.ceil(len(data.event) * (needed**2 - 1))


def _outcomes(data: _Data, events: int) -> int | None:
    """Return how many outcomes bring so many more events at the present rate; None if none did."""
    have = events_of(*data.ends)
    return math.ceil(events * len(data.event) / have) if have else None


def _refused(
    data: _Data,
    refusal: Refusal,
    more: int | None,
    low: Floats | None = None,
    high: Floats | None = None,
    gain: Gain | None = None,
) -> Reweighing:
    nothing = np.full(len(data.present), np.nan)
    low, high = (nothing if x is None else x for x in (low, high))
    return Reweighing(
        data.present, data.present, low, high, refusal, more, gain, math.inf, *data.ends
    )
