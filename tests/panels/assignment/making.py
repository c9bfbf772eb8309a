"""Assignments for tests, and all of them tried one by one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np

from pilotscore.panels.assignment.problem import Problem


def problem(results: int, experts: int, each: int, **change: Any) -> Problem:
    """Return a problem in which everything may be, but for what is changed."""
    settings: dict[str, Any] = {
        "demand": np.full(results, each),
        "least": np.zeros(experts, dtype=int),
        "most": np.full(experts, results),
        "group": np.zeros(experts, dtype=int),
        "of_group": np.zeros(1, dtype=int),
        "unit": np.full(experts, -1),
        "per_unit": None,
        "allowed": np.ones((results, experts), dtype=bool),
        "affinity": np.zeros((results, experts)),
    }
    settings |= {k: np.asarray(v) if isinstance(v, list) else v for k, v in change.items()}
    return Problem(**settings)


def keeps(p: Problem, chosen: np.ndarray) -> bool:
    """Say whether an assignment keeps all that is asked."""
    loads = chosen.sum(axis=0)
    units = {
        u: chosen[:, p.unit == u].sum(axis=1).max(initial=0) for u in np.unique(p.unit[p.unit >= 0])
    }
    return bool(
        (chosen.sum(axis=1) == p.demand).all()
        and (loads >= p.least).all()
        and (loads <= p.most).all()
        and not (chosen & ~p.allowed).any()
        and all(
            (chosen[:, p.group == g].sum(axis=1) >= least).all()
            for g, least in enumerate(p.of_group)
        )
        and (p.per_unit is None or all(n <= p.per_unit for n in units.values()))
    )


def every(p: Problem) -> Iterator[np.ndarray]:
    """Yield every assignment that keeps all that is asked."""
    rows = [
        [np.isin(np.arange(p.experts), c) for c in itertools.combinations(range(p.experts), int(k))]
        for k in p.demand
    ]
    for parts in itertools.product(*rows):
        chosen = np.array(parts)
        if keeps(p, chosen):
            yield chosen


def random_problem(seed: int, results: int = 3, experts: int = 5) -> Problem:
    """Return a small random problem; about half of them have an assignment."""
    random = np.random.default_rng(seed)
    groups = int(random.integers(1, 3))
    group = random.integers(0, groups, experts)
    return problem(
        results,
        experts,
        2,
        most=random.integers(1, 4, experts),
        least=random.integers(0, 2, experts) * (random.random() < 0.3),
        group=group,
        of_group=random.integers(0, 2, groups),
        unit=random.integers(-1, 3, experts),
        per_unit=[None, 1][int(random.integers(0, 2))],
        allowed=random.random((results, experts)) > 0.25,
        affinity=np.round(random.random((results, experts)), 1),
    )
