"""Which ranks each result takes over the draws: acceptability, intervals, chances of a grade.

Source: R. Lahdelma, P. Salminen, SMAA-2: stochastic multicriteria acceptability analysis for group
decision making, Operations Research 49(3), 2001, 444-454: rank acceptability index, central weight
vector, confidence factor. Its definitions are taken over as they are widely quoted; the paper
itself was not at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.records import dataclass

if TYPE_CHECKING:
    from pilotscore.ranking.robustness.draws import Chunk

# Counts are kept for no more places than these; with more results, ranks are counted in bands.
MOST_COUNTS = 50_000_000
# Keys equal to so many decimals are equal, as in the ranking itself.
DECIMALS = 9
_FAST_SIZE = 1024
_PLACES_AT_ONCE = 64
_IN_A_BYTE = 255


def order_of(keys: Floats) -> tuple[NDArray[np.integer], Bools | None]:
    """Order the results of each draw, the greatest key first.

    Parameters
    ----------
    keys
        Shape (q, n).

    Returns
    -------
    tuple of numpy.ndarray
        Results by place, shape (q, n), the equal ones by their place in the batch; and whether each
        equals the one before it to nine decimals, None where none does.
    """
    n = keys.shape[1]
    bits = max(int(n - 1).bit_length(), 1)
    if n > _FAST_SIZE:
        return _exactly(keys, bits)
    order, rows, places = _packed(keys, bits)
    if not len(rows):
        return order, None
    return _settled(keys, order, rows, places, bits)


def _packed(
    keys: Floats, bits: int
) -> tuple[NDArray[np.integer], NDArray[np.intp], NDArray[np.intp]]:
    """Sort keys of 32 bits with the result in the last ones; tell which neighbours are close.

    Sorting half as many bytes is more than twice as fast. What the bits that are left cannot tell
    apart is settled afterwards.
    """
    least, greatest = float(keys.min()), float(keys.max())
    top = float(2**32 - 2**bits)
    scaled = greatest - keys
    # Keys equal to nine decimals are at most one step apart, however close all of them are.
    scaled *= top / max(greatest - least, top / 10.0**DECIMALS / 2**bits)
    packed = scaled.astype(np.uint32)
    mask = np.uint32(2**bits - 1)
    packed &= ~mask
    packed |= np.arange(keys.shape[1], dtype=np.uint32)
    packed.sort(axis=1)
    gap = packed[:, 1:] - packed[:, :-1]
    # Rounded down each, equal keys may be one step apart; the result's own bits make it two.
    rows, places = np.nonzero(gap < np.uint32(2 << bits))
    packed &= mask
    return packed.astype(np.uint16), rows, places


def _settled(
    keys: Floats, order: NDArray[np.integer], rows: Ints, places: Ints, bits: int
) -> tuple[NDArray[np.integer], Bools | None]:
    """Put close neighbours in order by their whole keys."""
    chained = np.zeros(len(rows), dtype=bool)
    next_to = (rows[1:] == rows[:-1]) & (places[1:] - places[:-1] == 1)
    chained[1:] |= next_to
    chained[:-1] |= next_to
    again = np.unique(rows[chained])
    alone = ~np.isin(rows, again)
    r, p = rows[alone], places[alone]
    left, right = order[r, p], order[r, p + 1]
    ahead = np.rint((keys[r, right] - keys[r, left]) * 10.0**DECIMALS)
    swap = (ahead > 0) | ((ahead == 0) & (right < left))
    order[r[swap], p[swap]], order[r[swap], p[swap] + 1] = right[swap], left[swap]
    equal = np.zeros(keys.shape, dtype=bool)
    equal[r, p + 1] = ahead == 0
    if len(again):
        exact, same = _exactly(keys[again], bits)
        order[again] = exact
        if same is not None:
            equal[again] = same
    return order, equal if equal.any() else None


def _exactly(keys: Floats, bits: int) -> tuple[Ints, Bools | None]:
    whole = np.rint(keys * 10.0**DECIMALS).astype(np.int64)
    # 128 grades x 100 points x 1e9 are 44 bits; with 19 for the result they fill a whole number.
    packed = whole.max(axis=1, keepdims=True) - whole
    packed <<= bits
    packed |= np.arange(keys.shape[1], dtype=np.int64)
    packed.sort(axis=1)
    equal = (packed[:, 1:] >> bits) == (packed[:, :-1] >> bits)
    order = packed & ((1 << bits) - 1)
    if not equal.any():
        return order, None
    return order, np.concatenate([np.zeros((len(keys), 1), dtype=bool), equal], axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """What some draws come to; shapes as in :class:`Counts`.

    ``places`` has, for some of the draws each, where in ``Counts.ranks`` (flat) ones are to be
    added, shape (q, n): draw by draw, from the first place to the last. ``total`` is 0 where every
    rank has a count of its own: the counts tell it.
    """

    draws: int
    places: list[NDArray[np.uint32]]
    top: Ints
    grades: Ints
    total: Ints | int
    first: Ints
    weights: Floats


_SUMMED = ("top", "grades", "total", "first", "weights")


@dataclass(slots=True, eq=False)
class Counts:
    """Counts over draws; shapes: n results, b bands of ranks, g grades, d dimensions.

    ``ranks`` (b, n) counts how often each result took a rank of each band of ``width`` ranks, in
    numbers of two bytes as long as they hold the draws; ``top`` (n,) how often one of the first k;
    ``grades`` (g, n); ``total`` (n,) is the sum of ranks where bands have several; ``first`` (n,)
    how often first, and ``weights`` (n, d) the sum of the weights when it
    was.
    """

    k: int
    width: int
    draws: int
    ranks: NDArray[np.integer]
    top: Ints
    grades: Ints
    total: Ints
    first: Ints
    weights: Floats

    @classmethod
    def none(cls, n: int, k: int, grades: int, dimensions: int) -> Counts:
        """Return the counts of no draws, of n results."""
        width = width_of(n)
        top, total, first = (np.zeros(n, dtype=np.int64) for _ in range(3))
        return cls(
            k,
            width,
            0,
            np.zeros((-(-n // width), n), dtype=np.uint16),
            top,
            np.zeros((grades, n), dtype=np.int64),
            total,
            first,
            np.zeros((n, dimensions)),
        )

    def add(self, tally: Tally) -> None:
        """Add further draws."""
        self.draws += tally.draws
        if self.draws > np.iinfo(self.ranks.dtype).max:
            self.ranks = self.ranks.astype(np.int32)
        ranks, one = self.ranks.reshape(-1), self.ranks.dtype.type(1)
        for start in range(0, self.ranks.shape[1], _PLACES_AT_ONCE):
            # The draws' counts of a place lie side by side: they stay in a processor's cache.
            some = slice(start, start + _PLACES_AT_ONCE)
            places = np.concatenate([p[:, some] for p in tally.places]).T.reshape(-1)
            # A one of the same kind as the counts: numpy takes ten times as long for another.
            np.add.at(ranks, places.astype(np.intp), one)
        for name in _SUMMED:
            mine = getattr(self, name)
            mine += getattr(tally, name)

    def acceptability(self, results: Ints, bands: int | None = None) -> Floats:
        """Return rank acceptability of some results: the share of draws in each band of ranks."""
        return np.asarray((self.ranks[:bands, results] / max(self.draws, 1)).T)

    def interval(self, share: float = 0.9) -> tuple[Ints, Ints]:
        """Return the least and greatest rank that leave half of the rest on either side.

        Where ranks are counted in bands, the bounds of the bands: never narrower than the truth.
        """
        n = self.ranks.shape[1]
        low, high = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
        tail = (1 - share) / 2 * self.draws
        so_far = np.zeros(n, dtype=np.int64)
        for ranks in self.ranks:
            so_far += ranks
            low += so_far <= tail + 1e-9
            high += so_far < self.draws - tail - 1e-9
        return low * self.width + 1, np.minimum((high + 1) * self.width, n)

    def expected(self) -> Floats:
        """Return the mean rank of each result, shape (n,)."""
        total = self.total
        if self.width == 1:
            total = np.zeros_like(self.total)
            for rank, counted in enumerate(self.ranks, 1):
                total += counted * np.int64(rank)
        return np.asarray(total / max(self.draws, 1))

    def chance(self, name: str) -> Floats:
        """Return ``top``, ``first`` or ``grades`` as shares of the draws."""
        return np.asarray(getattr(self, name) / max(self.draws, 1))

    def error(self) -> float:
        """Return the greatest standard error of a chance of the first k, or of a grade."""
        draws = max(self.draws, 1)
        p = np.concatenate([self.chance("top")[None, :], self.chance("grades")])
        return float(np.sqrt(p * (1 - p) / draws).max())


def width_of(n: int) -> int:
    """Return how many ranks a band has, so that counts stay within bounds."""
    return max(1, -(-n // max(1, MOST_COUNTS // n)))


def tally(chunk: Chunk, by: tuple[str, ...], k: int, grades: int) -> Tally:
    """Tally what the draws of a chunk give.

    Results that are equal to nine decimals share the better rank, as in the ranking.

    Parameters
    ----------
    chunk
        The draws.
    by
        The order of the criteria set: grade first, or the index alone.
    k
        How many places are the first ones.
    grades
        The number of grades.
    """
    q, n = chunk.index.shape
    width = width_of(n)
    place = np.arange(n, dtype=np.uint32)
    order, equal = order_of(chunk.keys(by))
    at = place[None, :]
    if equal is not None:
        at = np.maximum.accumulate(np.where(equal, np.uint32(0), place), axis=1)
    results = order.astype(np.uint32)
    ahead = results[:, :k] if equal is None else results[at < k]
    winners = order[:, 0].astype(np.int64)
    weights = np.zeros((n, chunk.weights.shape[1]))
    np.add.at(weights, winners, chunk.weights)
    return Tally(
        q,
        [results + at // np.uint32(width) * np.uint32(n)],
        np.bincount(ahead.reshape(-1), minlength=n),
        np.stack([_counted(chunk.grade == g) for g in range(grades)]),
        0 if width == 1 else _sums_of(results, np.broadcast_to(at + 1, order.shape), n),
        np.bincount(winners, minlength=n),
        weights,
    )


def _counted(those: Bools) -> Ints:
    """Return how many of each column are true, shape (n,), a few draws in small numbers."""
    counted = np.zeros(those.shape[1], dtype=np.int64)
    for start in range(0, len(those), _IN_A_BYTE):
        part = those[start : start + _IN_A_BYTE].view(np.uint8)
        counted += np.add.reduce(part, axis=0, dtype=np.uint8)
    return counted


def summed(tallies: Sequence[Tally]) -> Tally:
    """Return what several tallies come to together."""
    return Tally(
        sum(t.draws for t in tallies),
        [places for t in tallies for places in t.places],
        *(sum(getattr(t, name) for t in tallies) for name in _SUMMED),
    )


def _sums_of(results: NDArray[np.integer], ranks: NDArray[np.integer], n: int) -> Ints:
    """Return the sum of the ranks of each result."""
    summed = np.bincount(results.ravel(), weights=ranks.ravel().astype(float), minlength=n)
    return np.rint(summed).astype(np.int64)


def rank_counts(
    order: NDArray[np.integer], equal: Bools | None, width: int = 1
) -> tuple[Ints, Ints]:
    """Count how often each result takes each rank (or band of them).

    Parameters
    ----------
    order, equal
        As :func:`order_of` gives them, shape (q, n).
    width
        Ranks in a band.

    Returns
    -------
    tuple of numpy.ndarray
        Counts, shape (b, n), and the sum of the ranks of each result, shape (n,).
    """
    n = order.shape[1]
    bands = -(-n // width)
    place = np.arange(n, dtype=np.int64)
    if equal is None and width == 1:
        # Place by place, so that a count stays in the processor's nearest cache.
        by_place = np.ascontiguousarray(order.T)
        each_place = np.empty((n, n), dtype=np.int64)
        for p in range(n):
            each_place[p] = np.bincount(by_place[p], minlength=n)
        return each_place, ((place + 1)[:, None] * each_place).sum(axis=0)
    at = place if equal is None else np.maximum.accumulate(np.where(equal, 0, place), axis=1)
    ranks = np.broadcast_to(at + 1, order.shape)
    results = order.astype(np.int64)
    counts = np.bincount((results + at // width * n).ravel(), minlength=bands * n)
    return counts.reshape(bands, n), _sums_of(results, ranks, n)
