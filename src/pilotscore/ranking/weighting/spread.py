"""Objective weights: what the batch's own scores say, through scikit-criteria."""

from __future__ import annotations

import warnings

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.language import Text

# The class of scikit-criteria, the least number of results, and what constant scores do to it.
OBJECTIVE: dict[str, tuple[str, int, Text]] = {
    "entropy": ("EntropyWeighter", 2, Text("熵权法", "entropy")),
    "critic": ("CRITIC", 3, Text("CRITIC 法", "CRITIC")),
    "merec": ("MEREC", 2, Text("MEREC 法", "MEREC")),
    "std": ("StdWeighter", 2, Text("标准差法", "standard deviation")),
    "gini": ("GiniWeighter", 2, Text("基尼系数法", "Gini coefficient")),
    "rancom": (
        "RANCOM",
        2,
        Text("RANCOM 法（由所定权重的排序）", "RANCOM (from the order of the stated weights)"),
    ),
    "equal": ("EqualWeighter", 1, Text("等权", "equal weights")),
}
# These take no zeros: 1 point is added to every score.
NEEDS_POSITIVE = frozenset({"merec"})
# These go by the spread: what is constant over the batch has no weight, and CRITIC no correlation.
NEEDS_SPREAD = frozenset({"entropy", "critic", "merec", "std", "gini"})


def objective_weights(
    values: Floats, method: str, minimise: Bools | None = None, stated: Floats | None = None
) -> Floats:
    """Return weights from how the values of a batch spread.

    Sources, as scikit-criteria cites them: entropy (C. E. Shannon; M. Zeleny), CRITIC (D.
    Diakoulaki, G. Mavrotas, L. Papayannakis, Computers & Operations Research 22, 1995), MEREC (M.
    Keshavarz-Ghorabaee et al., Symmetry 13, 2021), standard deviation, Gini, RANCOM. They depend on
    the batch: another result changes them.

    Parameters
    ----------
    values
        Shape (n, m), without gaps.
    method
        A key of :data:`OBJECTIVE`.
    minimise
        Shape (m,): where less is better; nowhere by default.
    stated
        Weights that RANCOM orders by.

    Returns
    -------
    numpy.ndarray
        Shape (m,), summing to 1.
    """
    import skcriteria
    from skcriteria.preprocessing import weighters

    down = np.zeros(values.shape[1], dtype=bool) if minimise is None else minimise
    matrix = skcriteria.mkdm(
        values,
        [min if d else max for d in down.tolist()],
        weights=stated,
    )
    maker = getattr(weighters, OBJECTIVE[method][0])
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        weights = np.asarray(maker().transform(matrix).weights, dtype=float)
    return np.asarray(weights / weights.sum())
