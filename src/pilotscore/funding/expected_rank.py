"""Expected rank of the results that a panel has rated, and percentiles.

A mean of five ratings is uncertain, and so is the place it gives. The expected rank is the mean of
the rank over what the true quality may be, given the ratings; ratings of a strict member count as
those of a lenient one.

Sources: Lin, Louis, Paddock, Ridgeway 2006, "Loss function based ranking in two-stage,
hierarchical models", Bayesian Analysis 1, 915-946 (expected ranks); Heyard, Ott, Salanti, Egger
2022, Statistics and Public Policy 9, 110-121, and its software ERforResearch of the SNSF (the
model, SUCRA, PCER, and the mock panel that the tests reproduce). The papers are cited from general
knowledge; the panel and its published ranks are those of the software's vignette.
"""

from __future__ import annotations

import math

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class ExpectedRanks:
    """Expected ranks, shape (n,), from 1 (best) to n; they add up to n (n + 1) / 2."""

    rank: Floats

    @property
    def sucra(self) -> Floats:
        """``(n - ER) / (n - 1)``: 1 is surely the best, 0 surely the last; nan for one alone."""
        n = len(self.rank)
        share: Floats = (n - self.rank) / (n - 1 if n > 1 else math.nan)
        return share

    @property
    def percentile(self) -> Floats:
        """``100 (ER - 0.5) / n`` (PCER): the chance in percent that another is better."""
        share: Floats = 100 * (self.rank - 0.5) / len(self.rank)
        return share


@dataclass(frozen=True, slots=True, eq=False)
class Quality:
    """What the ratings tell of the true quality of each result.

    ``mean`` has shape (n,), ``covariance`` (n, n): of the deviation from the panel's mean, given
    the variances. ``between`` and ``within`` are the variances of the true quality and of a single
    rating about it; ``between`` is 0 where the ratings tell no difference.
    """

    mean: Floats
    covariance: Floats
    between: float
    within: float


def quality(ratings: Floats) -> Quality:
    """Return the best linear predictor of each result's quality, and how sure it is.

    ``y_ij = mean + q_i + a_j + e_ij`` with q random, the rater's level a_j free. The variances are
    estimated by the method of fitting constants (Henderson's method 3; Searle, Casella, McCulloch,
    Variance Components, 1992, section 5.5), which needs no iteration and holds for incomplete
    panels; where every rater rated everything it is the analysis of variance.

    Parameters
    ----------
    ratings
        Shape (n, m), n results by m raters, high is good, nan where there is none.

    Raises
    ------
    ValueError
        There are too few ratings to tell raters from results.
    """
    n, m = ratings.shape
    result, rater = np.nonzero(~np.isnan(ratings))
    y = ratings[result, rater]
    z = np.eye(n)[result]
    x = np.eye(m)[rater]
    # What is left of ratings and results once the raters' means are taken out.
    counts = np.maximum(x.sum(axis=0), 1)
    z_left = z - x @ ((x.T @ z) / counts[:, None])
    y_left = y - x @ ((x.T @ y) / counts)
    cross = z_left.T @ z_left
    fitted, _, rank, _ = np.linalg.lstsq(z_left, y_left, rcond=None)
    freedom = len(y) - int((x.sum(axis=0) > 0).sum()) - int(rank)
    if freedom < 1 or rank < 1:
        raise ValueError("too few ratings to tell raters from results")
    residual = y_left - z_left @ fitted
    within = max(float(residual @ residual) / freedom, 1e-12)
    explained = float(y_left @ y_left) - float(residual @ residual)
    between = max((explained - rank * within) / float(np.trace(cross)), 0.0)
    if between == 0:
        return Quality(np.zeros(n), np.zeros((n, n)), 0.0, within)
    covariance = np.linalg.inv(cross / within + np.eye(n) / between)
    return Quality(covariance @ (z_left.T @ y_left) / within, covariance, between, within)


def expected_ranks(quality: Quality) -> ExpectedRanks:
    """Return expected ranks in closed form: ``ER_i = 1 + sum_j P(q_j > q_i)``, j not i.

    The quality is taken as normal with the variances as if they were known (empirical Bayes). On
    the SNSF's mock panel of 15 this is within 0.3 of the published ranks, which allow for the
    variances being estimated; :func:`sampled_ranks` does so too. Where no
    difference can be told all have the middle rank.
    """
    from scipy.special import ndtr

    variance = np.diag(quality.covariance)
    spread = np.sqrt(
        np.maximum(variance[:, None] + variance[None, :] - 2 * quality.covariance, 0.0)
    )
    difference = quality.mean[None, :] - quality.mean[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        better = np.where(spread > 0, ndtr(difference / spread), np.heaviside(difference, 0.5))
    np.fill_diagonal(better, 0.0)
    return ExpectedRanks(1.0 + better.sum(axis=1))


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
    """Sample variances of normal values, deviation uniform a priori: 1/v is gamma, v cut off."""
    from scipy.special import gammaincc, gammainccinv

    shape, rate = max(freedom, 1) / 2, np.maximum(squares, 1e-9) / 2
    upper = gammaincc(shape, rate / greatest)
    variance = rate / gammainccinv(shape, rng.random(len(squares)) * upper)
    return np.clip(variance, 1e-6, greatest)


def _sum_of_two(rng: np.random.Generator, count: int, squares: Floats, greatest: float) -> Floats:
    """Sample s^2 + u^2, both deviations uniform on (0, greatest).

    The sum is uniform up to greatest^2, and then falls as the arc of the circle that lies within
    the square: ``1 - (4 / pi) arccos(greatest / r)``. Sampled by rejection.
    """
    # A uniform variance, not deviation: two degrees of freedom less than there are values.
    total = _truncated(rng, count - 2, squares, 2 * greatest**2)
    while True:
        ratio = np.minimum(greatest / np.sqrt(total), 1.0)
        refused = rng.random(len(total)) > 1 - 4 / np.pi * np.arccos(ratio)
        if not refused.any():
            return total
        total[refused] = _truncated(rng, count - 2, squares[refused], 2 * greatest**2)


def nih_percentile(doubled_rank: int, count: int) -> int:
    """Return the percentile of a rank among ``count`` scores as the NIH gives it, 1-99.

    ``100 (rank - 0.5) / count``, always rounded up: 10.1 is 11. Source: NIAID, "Understand paylines
    and percentiles" (niaid.nih.gov/grants-contracts/understand-paylines-percentiles). The NIH
    counts the applications of the study section's last three meetings.

    Parameters
    ----------
    doubled_rank
        Twice the rank, so that the mean rank of a tie is whole.
    count
        How many there are.
    """
    if not 2 <= doubled_rank <= 2 * count:
        raise ValueError(f"rank {doubled_rank / 2} of {count}")
    return min(99, max(1, -(-100 * (doubled_rank - 1) // (2 * count))))
