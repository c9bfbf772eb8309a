"""Expected ranks of a small panel by simulation, which allows for the variances being unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotscore.funding.expected_rank import ExpectedRanks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def sampled_ranks(
    ratings: Floats,
    seed: int,
    *,
    greatest: float = 2.0,
    rater_deviation: float = 0.5,
    chains: int = 200,
    sweeps: int = 400,
    burn_in: int = 100,
) -> ExpectedRanks:
    """Return expected ranks under the SNSF's model, by Gibbs sampling in many chains at once.

    ``y_ij ~ N(mean + q_i + l_ij, s^2)``, ``q_i ~ N(0, t^2)``, ``l_ij ~ N(a_j, u^2)``, ``a_j ~ N(0,
    rater_deviation^2)``; s, t, u uniform from 0 to ``greatest``. The mean is the mean of the
    results' means. Source: ERforResearch of the SNSF, its default model (homogeneous, six grades);
    for nine grades it takes 3 and 1. The l_ij are integrated out: s^2 + u^2 is sampled as one.

    Parameters
    ----------
    ratings
        Shape (n, m), high is good, nan where there is none; every result has one at least.
    seed
        The same seed gives the same ranks.
    greatest, rater_deviation
        The priors, in grades.
    chains, sweeps, burn_in
        How much is sampled; the error of simulation of the defaults is some hundredths of a rank.
    """
    import numpy as np

    rng = np.random.default_rng(seed)
    seen = ~np.isnan(ratings)
    n, m = ratings.shape
    y = np.where(seen, ratings - np.nanmean(np.nanmean(ratings, axis=1)), 0.0)
    of_result, of_rater = seen.sum(axis=1), seen.sum(axis=0)
    q = np.tile(y.sum(axis=1) / of_result, (chains, 1))
    a = np.zeros((chains, m))
    within = np.full((chains, 1), (greatest / 2) ** 2)
    between = within.copy()
    ranks = np.zeros(n)
    for sweep in range(burn_in + sweeps):
        precision = of_result / within + 1 / between
        centre = (y.sum(axis=1) - a @ seen.T) / within / precision
        q = centre + rng.standard_normal((chains, n)) / np.sqrt(precision)
        precision = of_rater / within + 1 / rater_deviation**2
        centre = (y.sum(axis=0) - q @ seen) / within / precision
        a = centre + rng.standard_normal((chains, m)) / np.sqrt(precision)
        residual = np.where(seen, y - q[:, :, None] - a[:, None, :], 0.0)
        squares = (residual**2).sum(axis=(1, 2))
        within = _sum_of_two(rng, int(seen.sum()), squares, greatest)[:, None]
        between = _truncated(rng, n - 1, (q**2).sum(axis=1), greatest**2)[:, None]
        if sweep >= burn_in:
            place = np.empty((chains, n))
            np.put_along_axis(place, np.argsort(-q, axis=1), np.arange(1.0, n + 1)[None, :], axis=1)
            ranks += place.mean(axis=0)
    return ExpectedRanks(ranks / sweeps)


def _truncated(rng: np.random.Generator, freedom: int, squares: Floats, greatest: float) -> Floats:
    """Sample variances of normal values whose deviation is uniform a priori: 1/v is gamma, v cut off."""
    import numpy as np
    from scipy.special import gammaincc, gammainccinv

    shape, rate = max(freedom, 1) / 2, np.maximum(squares, 1e-9) / 2
    upper = gammaincc(shape, rate / greatest)
    found = rate / gammainccinv(shape, rng.random(len(squares)) * upper)
    return np.clip(found, 1e-6, greatest)


def _sum_of_two(rng: np.random.Generator, count: int, squares: Floats, greatest: float) -> Floats:
    """Sample s^2 + u^2, both deviations uniform on (0, greatest).

    The sum is uniform up to greatest^2, and then falls as the arc of the circle that lies within
    the square: ``1 - (4 / pi) arccos(greatest / r)``. Sampled by rejection.
    """
    import numpy as np

    # A uniform variance, not deviation: two degrees of freedom less than there are values.
    found = _truncated(rng, count - 2, squares, 2 * greatest**2)
    while True:
        ratio = np.minimum(greatest / np.sqrt(found), 1.0)
        refused = rng.random(len(found)) > 1 - 4 / np.pi * np.arccos(ratio)
        if not refused.any():
            return found
        found[refused] = _truncated(rng, count - 2, squares[refused], 2 * greatest**2)
