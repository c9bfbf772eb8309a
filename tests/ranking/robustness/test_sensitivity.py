"""Sobol indices: the Ishigami function, and SALib."""

from __future__ import annotations

import numpy as np
import pytest

from pilotscore.ranking.robustness.sensitivity import sobol_indices


def ishigami(x: np.ndarray) -> np.ndarray:
    return np.asarray(
        np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    )


@pytest.mark.slow
def test_ishigami():
    """T. Ishigami, T. Homma 1990, a = 7, b = 0.1; the analytic values as SALib's tests have them.

    First order 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437.
    """
    q = 1 << 17
    rng = np.random.default_rng(7)
    a, b = (rng.uniform(-np.pi, np.pi, (q, 3)) for _ in range(2))
    mixed = []
    for k in range(3):
        ab = a.copy()
        ab[:, k] = b[:, k]
        mixed.append(ishigami(ab))
    first, total = sobol_indices(ishigami(a), ishigami(b), np.stack(mixed))
    assert first == pytest.approx([0.3139, 0.4424, 0.0], abs=0.01)
    assert total == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.01)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_the_same_figures_as_salib():
    """On one and the same sample (Saltelli's, from a Sobol sequence)."""
    from SALib.analyze import sobol
    from SALib.sample import sobol as sample

    problem = {"num_vars": 3, "names": ["x", "y", "z"], "bounds": [[-np.pi, np.pi]] * 3}
    points = sample.sample(problem, 1024, calc_second_order=False, seed=3)
    y = ishigami(points)
    theirs = sobol.analyze(problem, y, calc_second_order=False, seed=3)
    rows = y.reshape(1024, 5)
    first, total = sobol_indices(rows[:, 0], rows[:, 4], rows[:, 1:4].T)
    # SALib takes the variance of the whole sample, we of A and B: the same in the limit
    assert first == pytest.approx(theirs["S1"], abs=0.01)
    assert total == pytest.approx(theirs["ST"], abs=0.01)
    assert first == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)


def test_what_does_not_vary_has_no_index():
    base = np.ones((8, 2))
    first, total = sobol_indices(base, base, np.ones((1, 8, 2)))
    assert np.isnan(first).all()
    assert np.isnan(total).all()
