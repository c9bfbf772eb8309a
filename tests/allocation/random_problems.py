"""Problems for the tests: small ones at random, published ones, and every allocation by brute force."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import strategies as st

from pilotscore.allocation.problem import Constraint, Dependency, Exclusive, Limit, Problem

BUDGET = Constraint("budget", bound="total")


def problem(costs, values, most, *, scores=None, **changes) -> Problem:
    """One offer for each result; ``costs`` (n,) or (n, s); ``most`` a budget, or one a stage."""
    costs = np.array(costs, dtype=np.int64)
    costs = costs[:, None] if costs.ndim == 1 else costs
    n = len(costs)
    everyone = np.ones(n, dtype=bool)
    stages = [None] if np.ndim(most) == 0 else range(len(most))
    limits = tuple(
        Limit(
            Constraint("stage", str(s), "amount") if s is not None else BUDGET,
            everyone,
            most=int(m),
            stage=s,
        )
        for s, m in zip(stages, np.atleast_1d(most), strict=True)
    )
    scores = np.arange(n, 0, -1.0) if scores is None else np.array(scores, dtype=float)
    given = {
        "order": np.argsort(-scores, kind="stable"),
        "eligible": everyone,
        "required": ~everyone,
        "tracks": np.full(n, -1),
        "owner": np.arange(n),
        "level": np.zeros(n, dtype=np.int64),
        "cost": costs,
        "value": np.array(values, dtype=float),
        "score": scores,
        "limits": limits,
    }
    return Problem(**(given | changes))


def everything(p: Problem):
    """Every choice of a problem."""
    options = [[-1, *np.flatnonzero(p.owner == i).tolist()] for i in range(len(p))]
    for choice in itertools.product(*options):
        yield np.array(choice, dtype=np.int64)


def holds(p: Problem, choice) -> bool:
    """Say whether a choice holds, in loops over results: nothing shared with the code tested."""
    taken = {i: int(o) for i, o in enumerate(choice) if o >= 0}
    for limit in p.limits:
        amount = 0
        for i, o in taken.items():
            if limit.members[i]:
                money = sum(p.cost[o]) if limit.stage is None else p.cost[o][limit.stage]
                amount += 1 if limit.counts == "awards" else int(money)
        if limit.most is not None and amount > limit.most:
            return False
        if limit.least is not None and amount < limit.least:
            return False
    for group in p.exclusive:
        if sum(i in taken for i in group.members) > group.most:
            return False
    if any(d.result in taken and d.needs not in taken for d in p.dependencies):
        return False
    for i in range(len(p)):
        if (p.required[i] and i not in taken) or (not p.eligible[i] and i in taken):
            return False
    return p.max_jump is None or not jumps_too_far(p, taken)


def jumps_too_far(p: Problem, taken) -> bool:
    can = {i for i in range(len(p)) if p.eligible[i] and (p.owner == i).any()}
    for _ in p.dependencies:
        can -= {d.result for d in p.dependencies if d.needs not in can}
    for a in can - set(taken):
        if any(d.result == a and d.needs not in taken for d in p.dependencies):
            continue
        near = [
            [c for c in g.members if c in taken and p.score[c] >= p.score[a] - p.max_jump - 1e-9]
            for g in p.exclusive
        ]
        if any(a in g.members and len(n) >= g.most for g, n in zip(p.exclusive, near, strict=True)):
            continue
        for b in taken:
            far = p.score[a] - p.score[b] > p.max_jump + 1e-9
            if far and p.tracks[a] == p.tracks[b] and not p.required[b]:
                return True
    return False


def brute(p: Problem) -> float | None:
    """Return the best value, None where nothing holds."""
    worths = [float(p.value[c[c >= 0]].sum()) for c in everything(p) if holds(p, c)]
    return max(worths, default=None)


@st.composite
def small_problems(draw) -> Problem:
    """At most six results of one to three levels in two stages, with constraints of every kind."""
    n = draw(st.integers(2, 6))
    levels = draw(st.lists(st.integers(1, 3), min_size=n, max_size=n))
    owner = np.repeat(np.arange(n), levels)
    level = np.concatenate([np.arange(x) for x in levels])
    money = draw(st.sampled_from([1, 3, 12_345, 10_000_000_019]))
    full = draw(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), min_size=n, max_size=n))
    cost = np.array([[c // (1 + lv) for c in full[i]] for i, lv in zip(owner, level, strict=True)])
    worth = draw(st.lists(st.integers(0, 20), min_size=n, max_size=n))
    value = np.array([worth[i] / (1 + 0.5 * lv) for i, lv in zip(owner, level, strict=True)])
    score = np.array(draw(st.lists(st.integers(0, 10), min_size=n, max_size=n)), dtype=float)
    flags = st.lists(st.booleans(), min_size=n, max_size=n)
    tracks = np.array(draw(st.lists(st.integers(-1, 1), min_size=n, max_size=n)))
    everyone = np.ones(n, dtype=bool)
    limits = [Limit(BUDGET, everyone, most=draw(st.integers(0, 60)) * money)]
    if draw(st.booleans()):
        first = draw(st.integers(0, 30)) * money
        limits.append(Limit(Constraint("stage", "1", "amount"), everyone, most=first, stage=0))
    for k in range(draw(st.integers(0, 3))):
        counts = draw(st.sampled_from(["money", "awards"]))
        unit = money if counts == "money" else 1
        top = 20 if counts == "money" else 3
        least = draw(st.one_of(st.none(), st.integers(0, top // 2)))
        most = draw(st.one_of(st.none(), st.integers(0, top)))
        limits.append(
            Limit(
                Constraint("cap", str(k)),
                np.array(draw(flags)),
                counts,
                None if least is None else least * unit,
                None if most is None else most * unit,
            )
        )
    places = st.integers(0, n - 1)
    exclusive = [
        Exclusive(Constraint("exclusion", str(k)), tuple(members), draw(st.integers(1, 2)))
        for k, members in enumerate(
            draw(st.lists(st.lists(places, min_size=2, max_size=3, unique=True), max_size=2))
        )
    ]
    pairs = draw(st.lists(st.tuples(places, places).filter(lambda x: x[0] != x[1]), max_size=2))
    bonds = [Dependency(Constraint("dependency", str(k)), a, b) for k, (a, b) in enumerate(pairs)]
    required = np.zeros(n, dtype=bool)
    required[draw(st.lists(places, max_size=1))] = True
    eligible = everyone.copy()
    eligible[draw(st.lists(places, max_size=1))] = False
    jump = draw(st.one_of(st.none(), st.none(), st.integers(0, 6)))
    return Problem(
        np.argsort(-score, kind="stable"),
        eligible,
        required,
        tracks,
        owner,
        level,
        cost * money,
        value,
        score,
        tuple(limits),
        tuple(exclusive),
        tuple(bonds),
        jump,
    )
