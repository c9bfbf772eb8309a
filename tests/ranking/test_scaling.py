"""Values scaled by the batch: as another library has it, and what has no place there."""

from __future__ import annotations

import numpy as np
import pytest

from pilotscore.criteria import Method
from pilotscore.ranking.scaling import scaled


@pytest.mark.parametrize("scaling", ["vector", "minmax", "sum"])
def test_scaling_is_that_of_pymcdm(scaling: str):
    """Of benefits and of costs; its ``max`` takes 1 - x / max of costs, scikit-criteria min / x."""
    from pymcdm import normalizations
    from skcriteria import mkdm

    values, kinds = np.random.default_rng(6).uniform(1, 100, (7, 4)), np.array([1, -1, 1, -1])
    method = Method(id="m", title="M", method="topsis", uses="raw", scaling=scaling)
    found = scaled(method, mkdm(values, kinds.tolist()), costs=False)
    theirs = getattr(normalizations, f"{scaling}_normalization")
    columns = [theirs(x, cost=kind < 0) for x, kind in zip(values.T, kinds, strict=True)]
    assert found.matrix.to_numpy() == pytest.approx(np.array(columns).T)
    assert found.iobjectives.tolist() == [1] * 4


def test_nothing_is_done_where_nothing_is_asked_for():
    matrix = object()
    assert scaled(Method(id="m", title="M", method="topsis"), matrix, costs=False) is matrix


@pytest.mark.parametrize("scaling", ["vector", "minmax", "sum", "max"])
def test_a_method_that_weighs_costs_keeps_them(scaling: str):
    from skcriteria import mkdm

    method = Method(id="m", title="M", method="copras", uses="raw", scaling=scaling)
    found = scaled(method, mkdm([[1.0, 2], [3, 8]], [1, -1]), costs=True)
    assert found.iobjectives.tolist() == [1, -1]
    assert (np.diff(found.matrix.to_numpy(), axis=0) > 0).all()
