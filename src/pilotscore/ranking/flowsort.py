"""FlowSort: sorting into ordered grades by the net flows of PROMETHEE II against limiting profiles.

Each alternative joins the profiles alone, and is given the grade between whose two profiles its net
flow lies (P. Nemery and C. Lamboray, FlowSort: a flow-based sorting method with limiting or central
profiles, TOP 16, 2008, 90-113; the paper was not at hand: the rule and its ties were taken from two
implementations, and tests hold this one to mcda-promethee). So the grade is absolute, and the
memory n x profiles. An alternative whose net flow is just that of a profile goes to the grade below
it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pilotscore.arrays import Floats, Ints
from pilotscore.ranking.promethee import Preference, each_of

_SAME = 1e-9


def net_flow_against(
    matrix: Floats,
    profiles: Floats,
    weights: Floats,
    preference: Preference | Sequence[Preference],
) -> tuple[Floats, Floats]:
    """Return net flows where each alternative is compared with the profiles alone.

    Parameters
    ----------
    matrix
        Alternatives, shape (n, m), more is better.
    profiles
        The k + 1 limits of k grades, the best first, shape (k + 1, m).
    weights
        Shape (m,); taken in proportion.
    preference
        The preference function of every criterion, or one for each.

    Returns
    -------
    tuple
        The net flow of each alternative, shape (n,), and of each profile beside it, (n, k + 1).
    """
    shares = weights / weights.sum()
    count = len(profiles)
    over = np.zeros((len(matrix), count))
    among = np.zeros((count, count))
    functions = each_of(preference, matrix.shape[1])
    for j, (share, own) in enumerate(zip(shares, functions, strict=True)):
        ahead = matrix[:, j, None] - profiles[None, :, j]
        over += share * (own.of(ahead) - own.of(-ahead))
        apart = profiles[:, j, None] - profiles[None, :, j]
        among += share * (own.of(apart) - own.of(-apart))
    return over.sum(axis=1) / count, (among.sum(axis=1)[None, :] - over) / count


def sort_by_flow(
    matrix: Floats,
    profiles: Floats,
    weights: Floats,
    preference: Preference | Sequence[Preference],
) -> Ints:
    """Assign each alternative to a grade; parameters as for :func:`net_flow_against`.

    Returns
    -------
    Ints
        The place of the grade, 0 the best, k - 1 the last, shape (n,).
    """
    own, limits = net_flow_against(matrix, profiles, weights, preference)
    reached = (own[:, None] <= limits + _SAME).sum(axis=1) - 1
    grade: Ints = np.clip(reached, 0, len(profiles) - 2).astype(np.int64)
    return grade
