"""PROMETHEE II: net outranking flows without comparing each result with each in memory.

A result is preferred to another on a criterion as far as its value is better, by a preference
function of the difference. The flows average that over all others (J. P. Brans and P. Vincke, A
preference ranking organisation method, Management Science 31(6), 1985, 647-656: six functions,
leaving, entering and net flow). For the functions that are constant or straight between two
thresholds a flow is a matter of counting and summing the values below, which sorting gives at once:
O(m n log n) (T. Calders and D. Van Assche, PROMETHEE is not quadratic: an O(qn log(n)) algorithm,
arXiv:1603.00091). The Gaussian function has no such form: it is worked out in blocks, O(m n^2) in
time.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.records import dataclass

# Differences that agree to this are equal: 0.3 - 0.1 is a threshold of 0.2, whatever its last bit.
_SAME = 1e-9
_BLOCK = 1 << 20  # differences at once, for the Gaussian function


@dataclass(frozen=True, slots=True)
class Preference:
    """A preference function of the difference d of two values.

    ``usual`` 1 for d > 0; ``u_shape`` 1 for d > q; ``v_shape`` d/p up to 1; ``level`` 1/2 for d >
    q, 1 for d > p; ``linear`` (d - q)/(p - q) between q and p; ``gaussian`` 1 - exp(-d^2 / 2 s^2).
    """

    kind: str = "linear"
    q: float = 0.0
    p: float = 20.0
    s: float = 10.0

    def __post_init__(self) -> None:
        if self.kind in ("linear", "level") and self.p < self.q:
            raise ValueError(f"p ({self.p:g}) is less than q ({self.q:g})")

    def of(self, difference: Floats) -> Floats:
        """Return the preference for differences of any shape, in 0-1."""
        d = difference
        if self.kind == "gaussian":
            return np.where(d > 0, -np.expm1(-(d**2) / (2 * self.s**2)), 0.0)
        q, p = self.thresholds
        if self.kind == "level":
            return 0.5 * (d > q + _SAME) + 0.5 * (d > p + _SAME)
        if p - q <= _SAME:
            return (d > q + _SAME).astype(float)
        return np.clip((d - q) / (p - q), 0.0, 1.0)

    @property
    def thresholds(self) -> tuple[float, float]:
        """The differences up to which there is no preference, and from which it is whole."""
        if self.kind == "usual":
            return 0.0, 0.0
        if self.kind == "u_shape":
            return self.q, self.q
        return (0.0 if self.kind == "v_shape" else self.q), self.p


def preferred_to(values: Floats, preference: Preference) -> Floats:
    """Return for each value the sum of its preference over all values, shape (n,).

    Parameters
    ----------
    values
        Values of one criterion, more is better, shape (n,), no nan.
    preference
        The preference function.
    """
    if preference.kind == "gaussian":
        rows = max(1, _BLOCK // max(1, len(values)))
        blocks = [values[i : i + rows] for i in range(0, len(values), rows)]
        return np.concatenate(
            [preference.of(block[:, None] - values[None, :]).sum(axis=1) for block in blocks]
        )
    q, p = preference.thresholds
    ordered = np.sort(values)
    beyond_q = np.searchsorted(ordered, values - q - _SAME, side="left")
    beyond_p = np.searchsorted(ordered, values - p - _SAME, side="left")
    if preference.kind == "level":
        return 0.5 * beyond_q + 0.5 * beyond_p
    if p - q <= _SAME:
        return beyond_q.astype(float)
    sums = np.concatenate([[0.0], np.cumsum(ordered)])
    between = beyond_q - beyond_p
    partial = between * (values - q) - (sums[beyond_q] - sums[beyond_p])
    return np.asarray(beyond_p + partial / (p - q))


def each_of(preference: Preference | Sequence[Preference], count: int) -> Sequence[Preference]:
    """Return the preference function of each of so many criteria."""
    return [preference] * count if isinstance(preference, Preference) else preference


def flows(
    matrix: Floats, weights: Floats, preference: Preference | Sequence[Preference]
) -> tuple[Floats, Floats]:
    """Return the leaving and the entering flow of each alternative, each of shape (n,), in 0-1.

    Parameters
    ----------
    matrix
        Shape (n, m), more is better, no nan; n at least 2.
    weights
        Shape (m,), not negative; taken in proportion.
    preference
        The preference function of every criterion, or one for each.

    Raises
    ------
    ValueError
        Fewer than two alternatives.
    """
    n = len(matrix)
    if n < 2:
        raise ValueError("PROMETHEE II compares at least two alternatives")
    leaving, entering = np.zeros(n), np.zeros(n)
    functions = each_of(preference, matrix.shape[1])
    for column, weight, own in zip(matrix.T, weights / weights.sum(), functions, strict=True):
        leaving += weight * preferred_to(column, own)
        entering += weight * preferred_to(-column, own)
    return leaving / (n - 1), entering / (n - 1)
