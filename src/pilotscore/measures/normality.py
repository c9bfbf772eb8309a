"""Whether values look normal: the Anderson-Darling test, for all groups at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotscore.measures import grouped

if TYPE_CHECKING:
    from pilotscore.measures.grouped import Floats, Ints

LEAST = 8


def anderson_darling(values: Floats, starts: Ints) -> tuple[Floats, Floats]:
    """Return the statistic A^2 of each group and its p-value, shape (g,) each.

    With mean and deviation estimated; ``A*^2 = A^2 (1 + 0.75 / n + 2.25 / n^2)`` and the p-value by the
    piecewise formula of D'Agostino and Stephens 1986, Goodness-of-Fit Techniques, table 4.9 (as in
    R's nortest and in statsmodels; the book was not at hand). nan with fewer than 8 values, and
    where all are the same.
    """
    import numpy as np
    from scipy.special import log_ndtr

    n = grouped.counts(starts)
    mean, deviation = grouped.mean(values, starts), grouped.deviation(values, starts)
    with np.errstate(invalid="ignore", divide="ignore"):
        z = (values - grouped.spread(mean, starts)) / grouped.spread(deviation, starts)
        group = grouped.group_of(starts)
        z = z[np.lexsort((z, group))]
        place = grouped.place_in_group(starts)
        size = grouped.spread(n, starts)
        # The i-th from below meets the i-th from above.
        mirror = grouped.spread(starts[:-1], starts) + size - 1 - place
        terms = (2 * place + 1) * (log_ndtr(z) + log_ndtr(-z[mirror]))
        statistic = -n - grouped.total(terms, starts) / np.maximum(n, 1)
    known = (n >= LEAST) & (deviation > 0)
    statistic = np.where(known, statistic, np.nan)
    return statistic, _p_value(
        statistic * (1 + 0.75 / np.maximum(n, 1) + 2.25 / np.maximum(n, 1) ** 2)
    )


def _p_value(a: Floats) -> Floats:
    import numpy as np

    with np.errstate(invalid="ignore", over="ignore"):
        pieces = [
            1 - np.exp(-13.436 + 101.14 * a - 223.73 * a**2),
            1 - np.exp(-8.318 + 42.796 * a - 59.938 * a**2),
            np.exp(0.9177 - 4.279 * a - 1.38 * a**2),
            np.exp(1.2937 - 5.709 * a + 0.0186 * a**2),
        ]
        p = np.select([a < 0.2, a < 0.34, a < 0.6, a < 10], pieces, 3.7e-24)
    return np.where(np.isnan(a), np.nan, p)
