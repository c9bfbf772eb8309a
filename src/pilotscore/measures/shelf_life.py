"""How long a product keeps: the time at which the bound of its mean meets a limit (ICH Q1E)."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from pilotscore.arrays import Floats, Ints
from pilotscore.records import dataclass

BEYOND = 12.0  # months past the data, at most
LEAST_TIMES = 3  # of each batch: two points have no variance


class Pooling(IntEnum):
    """What the batches of a group have in common: one line, one slope, or neither."""

    NONE = 0
    COMMON = 1
    SEPARATE_INTERCEPTS = 2
    SEPARATE = 3


@dataclass(frozen=True, slots=True, eq=False)
class ShelfLife:
    """What the stability data of each group support; shape (g,) each.

    ``months`` until the bound of the mean meets a limit, nan where it never does or nothing can be
    assessed; ``covered`` months of data of every batch; ``supported`` months, with the cap on
    extrapolation; ``model`` a :class:`Pooling`; ``slopes`` and ``intercepts`` the p-values against
    equal ones, nan with one batch; ``batch`` the batch that governs, -1 where none does.
    """

    months: Floats
    covered: Floats
    supported: Floats
    model: Ints
    slopes: Floats
    intercepts: Floats
    batch: Ints


@dataclass(frozen=True, slots=True)
class _Line:
    """A fitted line with all that the variance of its mean takes."""

    batch: int
    n: float
    centre: float  # mean of the months
    mean: float  # at the centre
    slope: float
    spread: float  # sum of squares of the months about their centre
    variance: float  # of the values about the line, and its degrees of freedom
    freedom: float


@dataclass(frozen=True, slots=True)
class _Fit:
    model: Pooling
    lines: tuple[_Line, ...]
    slopes: float
    intercepts: float


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """Values of samples that were kept, by group and batch.

    ``values``, the ``months`` since the start of storage at which each was measured, 0 or later,
    and its ``batch``, a number of its own for each batch of a group, have shape (n,); ``starts`` is
    where each group begins, shape (g + 1,).
    """

    values: Floats
    months: Floats
    batch: Ints
    starts: Ints


def shelf_life(
    study: Study,
    limits: tuple[Floats, Floats],
    confidence: float = 0.95,
    pooling: float = 0.25,
    least_batches: int = 3,
    own_variance: bool = False,
) -> ShelfLife:
    """Return how long the mean of a characteristic can be relied on to stay within its limits.

    ICH Q1E, Evaluation for Stability Data (2003), for a characteristic that changes in a straight
    line with time (the guideline itself was not at hand; the procedure is as known in general, and
    checked against published output of Minitab and of the R package stab):

    1. Whether the batches may be pooled, by analysis of covariance at ``pooling``: equal slopes
       first; if they are not told apart, equal intercepts. Both F have the residual variance of
       separate lines as their denominator.
    2. One line for all batches, lines with one slope, or separate lines. The variance is that of
    the
       chosen model: separate lines too share the pooled one, as in Minitab; with ``own_variance``
       each of them has that of its batch by itself, as in JMP and in stab.
    3. The time at which the one-sided ``confidence`` bound of the mean meets the limit; with two
       limits the two-sided bounds. The shortest of the batches governs. It is 0 where the bound is
       outside at the start.
    4. Extrapolation: ``supported`` is at most twice the time covered, and at most 12 months past
    it.
       That is what Q1E allows at most, where accelerated storage showed no significant change,
       which these values cannot tell; else it allows less, down to ``covered``. The time covered is
       that of the batch followed for the shortest time. Where the bound never meets a limit the cap
       alone remains.

    How often the months found do not pass the true ones is in docs/method.md: as often as stated
    with one batch, with batches that are alike and with such as differ much; less often where they
    differ a little and are pooled all the same. That is a property of the guideline's test.

    Parameters
    ----------
    study
        The values.
    limits
        Lower and upper, shape (g,), nan where there is none.
    confidence, pooling
        Of the bound; and the level below which batches are not pooled.
    least_batches
        How many batches there must be; each must have been measured in 3 different months. Q1E asks
        for 3: with one there is no test of poolability, and the line is that of this batch alone.
    own_variance
        Whether separate lines have the variance each of its own batch.

    Returns
    -------
    ShelfLife
        Nothing is assessed where batches or months are too few, where a value is missing, without a
        limit, and with limits the wrong way round.
    """
    values, months, batch, starts = study.values, study.months, study.batch, study.starts
    lower, upper = limits
    count = len(starts) - 1
    blank = np.full(count, np.nan)
    lives = ShelfLife(
        months=blank.copy(),
        covered=blank.copy(),
        supported=blank.copy(),
        model=np.full(count, Pooling.NONE, dtype=np.int64),
        slopes=blank.copy(),
        intercepts=blank.copy(),
        batch=np.full(count, -1, dtype=np.int64),
    )
    for g in range(count):
        own = slice(int(starts[g]), int(starts[g + 1]))
        y, t, names = values[own], months[own], batch[own]
        low, high = float(lower[g]), float(upper[g])
        if low >= high or np.isnan([low, high]).all():
            continue
        if not _assessable(y, t, names, least_batches):
            continue
        fit = _fitted(y, t, names, pooling, own_variance)
        life, governing = _life(fit, low, high, confidence)
        covered = min(float(t[names == b].max()) for b in np.unique(names))
        lives.covered[g], lives.model[g] = covered, fit.model
        lives.slopes[g], lives.intercepts[g] = fit.slopes, fit.intercepts
        lives.supported[g] = min(life, 2 * covered, covered + BEYOND)
        if np.isfinite(life):
            lives.months[g], lives.batch[g] = life, governing
    return lives


def _assessable(values: Floats, months: Floats, batch: Ints, least_batches: int) -> bool:
    if not (np.isfinite(values).all() and np.isfinite(months).all()) or (months < 0).any():
        return False
    pairs = np.unique(np.column_stack([batch, months]), axis=0)
    times = np.unique(pairs[:, 0], return_counts=True)[1]
    return len(times) >= max(least_batches, 1) and int(times.min()) >= LEAST_TIMES


def _fitted(
    values: Floats, months: Floats, batch: Ints, pooling: float, own_variance: bool
) -> _Fit:
    """Return the model that the analysis of covariance chooses, with its lines."""
    from scipy.special import fdtrc

    names, index = np.unique(batch, return_inverse=True)
    b, total = len(names), len(values)
    n = np.bincount(index).astype(np.float64)
    centre, mean = np.bincount(index, months) / n, np.bincount(index, values) / n
    t, y = months - centre[index], values - mean[index]
    tt, ty = np.bincount(index, t * t), np.bincount(index, t * y)
    slopes, slope = ty / tt, ty.sum() / tt.sum()
    all_t, all_y = months - months.mean(), values - values.mean()
    spread = float((all_t**2).sum())
    common = float((all_t * all_y).sum()) / spread

    # residuals themselves, not differences of large sums: a perfect line has exactly none
    own_squares = np.bincount(index, (y - slopes[index] * t) ** 2)
    separate_squares = float(own_squares.sum())
    intercept_squares = float(((y - slope * t) ** 2).sum())
    common_squares = float(((all_y - common * all_t) ** 2).sum())
    freedom = total - 2 * b
    rounding = 1e-24 * float((all_y**2).sum())  # squares that are no more than errors of rounding

    def p_value(more: float, less: float) -> float:
        if b == 1:
            return np.nan
        if separate_squares <= rounding:
            return 1.0 if more - less <= rounding else 0.0
        f = max(more - less, 0.0) / (b - 1) / (separate_squares / freedom)
        return float(fdtrc(b - 1, freedom, f))

    p_slopes = p_value(intercept_squares, separate_squares)
    p_intercepts = p_value(common_squares, intercept_squares)
    if p_slopes < pooling:
        model, squares, left, own = Pooling.SEPARATE, separate_squares, freedom, tt
    elif p_intercepts < pooling:
        model, squares, left = Pooling.SEPARATE_INTERCEPTS, intercept_squares, total - b - 1
        slopes, own = np.full(b, slope), np.full(b, tt.sum())
    else:
        middle = float(months.mean()), float(values.mean())
        rest = common_squares / (total - 2), total - 2.0
        line = _Line(-1, total, *middle, common, spread, *rest)
        return _Fit(Pooling.COMMON, (line,), p_slopes, p_intercepts)
    variance, free = np.full(b, squares / left), np.full(b, float(left))
    if own_variance and model == Pooling.SEPARATE:
        variance, free = own_squares / (n - 2), n - 2
    columns = (x.tolist() for x in (names, n, centre, mean, slopes, own, variance, free))
    lines = tuple(_Line(*row) for row in zip(*columns, strict=True))
    return _Fit(model, lines, p_slopes, p_intercepts)


def _life(fit: _Fit, lower: float, upper: float, confidence: float) -> tuple[float, int]:
    """Return the months until a bound first meets a limit, inf where never, and the batch."""
    import math

    from scipy.special import stdtrit

    both = not (math.isnan(lower) or math.isnan(upper))
    level = (1 + confidence) / 2 if both else confidence
    lives = []
    for line in fit.lines:
        width = line.variance * float(stdtrit(line.freedom, level)) ** 2
        ends = _meets(line, width, lower, 1), _meets(line, width, upper, -1)
        lives.append((min(ends), line.batch))
    return min(lives)


def _meets(line: _Line, width: float, limit: float, side: int) -> float:
    """Return when the bound of a line first meets a limit from inside, inf where it never does.

    With d the months from the centre and a the distance of the mean from the limit there, the
    bound is on it where ``(a + slope d)^2 = width (1 / n + d^2 / spread)``.
    """
    import math

    if math.isnan(limit):
        return math.inf
    a, slope = side * (line.mean - limit), side * line.slope

    def inside(d: float) -> float:
        return a + slope * d - math.sqrt(width * (1 / line.n + d**2 / line.spread))

    if inside(-line.centre) <= 0:
        return 0.0
    # inside at the start, and the bound is concave: it meets the limit at most once afterwards
    square = slope**2 - width / line.spread
    half, rest = a * slope, a**2 - width / line.n
    if square == 0:
        roots = [-rest / (2 * half)] if half else []
    else:
        root = math.sqrt(max(half**2 - square * rest, 0.0))
        # the root that does not cancel, and the other by the product of both
        sum_ = -(half + math.copysign(root, half))
        roots = [sum_ / square] + ([rest / sum_] if sum_ else [])
    later = [d + line.centre for d in roots if d > -line.centre and a + slope * d >= -1e-9 * abs(a)]
    return min(later, default=math.inf)
