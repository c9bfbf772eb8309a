"""Scaling of raw values by the batch, so that no unit decides the order of a method."""

from __future__ import annotations

from typing import Any

from pilotscore.criteria import Method

_SCALERS = {
    "minmax": "MinMaxScaler",
    "max": "MaxAbsScaler",
    "sum": "SumScaler",
    "vector": "VectorScaler",
}


def scaled(method: Method, matrix: Any, *, costs: bool) -> Any:
    """Return a matrix scaled by the batch, as scikit-criteria has it.

    ``minmax`` (x - min) / (max - min), ``max`` x / max, ``sum`` x / sum, ``vector`` x / root of the
    sum of squares. Costs are turned into benefits, unless the method weighs costs itself: negated
    for ``minmax`` ((max - x) / (max - min)) and for ``vector`` (1 - x / root, of which
    distances are those of x / root), inverted for ``max`` and ``sum`` (min / x).

    Raises
    ------
    ValueError
        A cost of 0 or less, which has no inverse.
    """
    if method.scaling == "none":
        return matrix
    from skcriteria.preprocessing import invert_objectives, scalers

    least = matrix.iobjectives.to_numpy() < 0
    if not costs and method.scaling in ("max", "sum"):
        if (matrix.matrix.to_numpy()[:, least] <= 0).any():
            raise ValueError(f"scaling: {method.scaling} takes no cost of 0 or less")
        matrix = invert_objectives.InvertMinimize().transform(matrix)
    elif not costs:
        matrix = invert_objectives.NegateMinimize().transform(matrix)
    done = getattr(scalers, _SCALERS[method.scaling])(target="matrix").transform(matrix)
    if method.scaling == "vector" and not costs:
        return done.replace(matrix=done.matrix.to_numpy() + least)
    return done
