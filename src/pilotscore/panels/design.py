"""Who scored what: whether the experts of a panel can be compared with one another at all.

Two experts are compared through the results that both scored, or through others who share results
with both. Where the panel falls into parts that share no result, a difference between the parts is
either of the experts or of the results, and nobody can tell which.

Source of the efficiency factor: J. A. John, E. R. Williams, Cyclic and Computer Generated Designs,
2nd ed. 1995, section 2.3 (canonical efficiency factors of an incomplete block design; experts are
the treatments and results the blocks).
"""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Floats, Ints
from pilotscore.panels.scores import Scores
from pilotscore.records import dataclass

# Below it a correction by expert does more harm than good; see docs/panels.md for the simulation.
LEAST_EFFICIENCY = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """How a panel hangs together.

    Parameters
    ----------
    part
        The part of each expert, from 0, shape (experts,); -1 for one without scores.
    parts
        How many there are.
    efficiency
        The least canonical efficiency factor, 0 to 1: how much of what a complete design says of
        the worst-compared difference between experts this one says. 0 where there are several
        parts.
    """

    part: Ints
    parts: int
    efficiency: float

    @property
    def comparable(self) -> bool:
        """Whether the experts can be compared well enough to correct scores by expert."""
        return self.parts == 1 and self.efficiency >= LEAST_EFFICIENCY


def design_of(scores: Scores) -> Design:
    """Return how the panel hangs together; an expert without scores is in no part."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    there, expert = np.unique(scores.expert, return_inverse=True)
    part = np.full(scores.experts, -1, dtype=np.int64)
    if not len(there):
        return Design(part, 0, 0.0)
    size = scores.results + len(there)
    ones = np.ones(len(expert))
    links = coo_array((ones, (scores.result, scores.results + expert)), shape=(size, size))
    _, label = connected_components(links, directed=False)
    _, numbered = np.unique(label[scores.results :], return_inverse=True)
    part[there] = numbered
    parts = int(numbered.max()) + 1
    efficiency = _efficiency(shared(scores, expert, len(there))) if parts == 1 else 0.0
    return Design(part, parts, efficiency)


def shared(scores: Scores, expert: Ints, experts: int) -> Floats:
    """Return how experts share results: of each pair, the sum of 1 / (scores of the result)."""
    from scipy.sparse import csr_array

    weight = 1.0 / np.sqrt(scores.count[scores.result])
    table = csr_array((weight, (scores.result, expert)), shape=(scores.results, experts))
    product: Floats = (table.T @ table).toarray()
    return product


def _efficiency(common: Floats) -> float:
    """Return the least canonical efficiency factor of a connected design."""
    from threadpoolctl import threadpool_limits

    if len(common) == 1:
        return 1.0
    # What a row sums to is how many scores the expert gave.
    scale = 1 / np.sqrt(common.sum(axis=1))
    # The matrix is small: threads of linear algebra would only wait for each other.
    with threadpool_limits(1, "blas"):
        values = np.linalg.eigvalsh(common * np.outer(scale, scale))
    return float(np.clip(1 - values[-2], 0.0, 1.0))
