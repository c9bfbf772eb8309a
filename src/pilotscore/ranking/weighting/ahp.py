"""The analytic hierarchy process: priorities of pairwise judgements and their consistency."""

from __future__ import annotations

from typing import Literal

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.records import dataclass

Way = Literal["eigenvector", "geometric_mean"]
# Random indices of T. L. Saaty (The Analytic Hierarchy Process, 1980), 1 to 15 elements, as they
# are quoted everywhere.
RANDOM_INDEX = (
    0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59,
)  # fmt: skip
CONSISTENT = 0.1
SCALE = (*(1 / n for n in range(9, 1, -1)), *(float(n) for n in range(1, 10)))


@dataclass(frozen=True, slots=True)
class Inconsistent:
    """A judgement that fits the others least: row and column, as given, and what would mend it.

    ``fitting`` is the judgement of the scale nearest to what the others say, ``ratio_then`` the
    consistency ratio with it.
    """

    row: int
    column: int
    given: float
    fitting: float
    ratio_then: float


@dataclass(frozen=True, slots=True, eq=False)
class Ahp:
    """Priorities, shape (n,), summing to 1, and their consistency.

    ``greatest`` is the principal eigenvalue, ``index`` the consistency index, ``ratio`` the
    consistency ratio (0 for one or two elements, which cannot be inconsistent), ``geometric`` the
    geometric consistency index of the other way. ``worst`` are the judgements that fit least.
    """

    weights: Floats
    greatest: float
    index: float
    ratio: float
    geometric: float
    worst: tuple[Inconsistent, ...] = ()

    @property
    def consistent(self) -> bool:
        """Whether the consistency ratio is below 0.1."""
        return self.ratio <= CONSISTENT


def random_index(n: int) -> float:
    """Return the mean consistency index of random judgements.

    Beyond 15 elements from the mean eigenvalue 2.7699 n - 4.3513 of J. A. Alonso and M. T. Lamata
    (Int. J. of Uncertainty, Fuzziness and Knowledge-Based Systems 14, 2006; from general
    knowledge).
    """
    if n <= len(RANDOM_INDEX):
        return RANDOM_INDEX[n - 1]
    return (2.7699 * n - 4.3513 - n) / (n - 1)


def priorities(judgements: Floats, way: Way = "eigenvector") -> Floats:
    """Return the priorities of a matrix of judgements, shape (n,), summing to 1.

    The principal eigenvector (Saaty 1980), or the geometric mean of each row (G. Crawford, C.
    Williams, Journal of Mathematical Psychology 29, 1985), the least squares fit of the logarithms.
    """
    if way == "geometric_mean":
        vector = np.exp(np.log(judgements).mean(axis=1))
    else:
        values, vectors = np.linalg.eig(judgements)
        vector = np.abs(np.real(vectors[:, int(np.argmax(np.real(values)))]))
    return np.asarray(vector / vector.sum())


def ahp(judgements: Floats, way: Way = "eigenvector", *, mend: int = 3) -> Ahp:
    """Work out priorities and consistency of pairwise judgements.

    Parameters
    ----------
    judgements
        Shape (n, n), positive and reciprocal: how many times as important the row is as the column.
    way
        ``eigenvector`` or ``geometric_mean``.
    mend
        How many judgements to name where the consistency ratio is above 0.1.

    Notes
    -----
    CI = (lambda - n) / (n - 1), CR = CI / RI (Saaty 1980); a ratio of no more than 0.1 is accepted.
    GCI = 2 / ((n-1)(n-2)) sum_{i<j} ln^2(a_ij w_j / w_i) (J. Aguaron, J. M. Moreno-Jimenez,
    European Journal of Operational Research 147, 2003).
    """
    n = len(judgements)
    weights = priorities(judgements, way)
    greatest = float(np.real(np.linalg.eigvals(judgements)).max())
    index = (greatest - n) / (n - 1) if n > 2 else 0.0
    ratio = index / random_index(n) if n > 2 else 0.0
    errors = np.log(judgements * weights[None, :] / weights[:, None])
    geometric = 0.0
    if n > 2:
        rows, columns = np.triu_indices(n, 1)
        geometric = float(2 / ((n - 1) * (n - 2)) * (errors[rows, columns] ** 2).sum())
    worst = _worst(judgements, mend) if ratio > CONSISTENT else ()
    return Ahp(weights, greatest, max(index, 0.0), max(ratio, 0.0), geometric, worst)


def _worst(judgements: Floats, count: int) -> tuple[Inconsistent, ...]:
    """Return the judgements whose mending helps most, each by itself.

    What the others say of a pair is the ratio of the priorities without that judgement: P. T.
    Harker's matrix for incomplete comparisons (Mathematical Modelling 9, 1987), 0 in its place and
    one more on the diagonal. Its nearest value on the scale of 1/9 to 9 is tried in its place.
    """
    n = len(judgements)
    scale = np.array(SCALE)
    candidates = []
    for i in range(n):
        for j in range(i + 1, n):
            without = judgements.copy()
            without[i, j] = without[j, i] = 0.0
            without[i, i] = without[j, j] = 2.0
            w = priorities(without)
            wanted = float(w[i] / w[j])
            fitting = float(scale[np.argmin(np.abs(np.log(scale) - np.log(wanted)))])
            if abs(np.log(fitting / judgements[i, j])) < 1e-9:
                continue
            mended = judgements.copy()
            mended[i, j], mended[j, i] = fitting, 1 / fitting
            index = (float(np.real(np.linalg.eigvals(mended)).max()) - n) / (n - 1)
            then = max(index, 0.0) / random_index(n)
            candidates.append(Inconsistent(i, j, float(judgements[i, j]), fitting, then))
    return tuple(sorted(candidates, key=lambda f: (f.ratio_then, f.row, f.column))[:count])


def group_judgements(all_judgements: list[Floats], shares: Floats | None = None) -> Floats:
    """Aggregate judgements of several experts: their weighted geometric mean, element by element.

    The only mean that keeps reciprocity (J. Aczel, T. L. Saaty, Journal of Mathematical Psychology
    27, 1983).
    """
    logs = np.log(np.stack(all_judgements))
    return np.asarray(np.exp(np.average(logs, axis=0, weights=shares)))


def group_priorities(all_weights: list[Floats], shares: Floats | None = None) -> Floats:
    """Aggregate the priorities of several experts: their weighted geometric mean, made to sum to 1.

    For experts who decide each for themselves (E. Forman, K. Peniwati, European Journal of
    Operational Research 108, 1998). A weight of 0 by one expert makes it 0 for all.
    """
    with np.errstate(divide="ignore"):
        logs = np.log(np.stack(all_weights))
        means = np.exp(np.average(logs, axis=0, weights=shares))
    return np.asarray(means / means.sum())
