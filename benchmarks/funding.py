"""The portfolio of 10,000 and 100,000 results x 3 levels, 10 quotas and 30 caps.

Beside it: a greedy by value for money, and HiGHS on the whole problem in a process that is ended
when its time is up.
"""

from __future__ import annotations

import resource
import sys
import time

import numpy as np
from common import Result, report

from pilotscore.allocation.child import solve_apart
from pilotscore.allocation.milp import build
from pilotscore.allocation.portfolio import allocate, relative_gap
from pilotscore.allocation.problem import Constraint, Limit, Problem

TRACKS, CAPS = 10, 30
COST, VALUE = np.array([1.0, 0.7, 0.4]), np.array([1.0, 0.82, 0.55])
HARD_STOP = 60.0


def made(n: int, seed: int = 1, *, tight: bool = False) -> Problem:
    """Return a call: levels of 100, 70, 40 % of the cost for 100, 82, 55 % of the value.

    The value is the points above 40; the budget 15 % of what is asked; each track has at least 8 %
    and at most 11 % of it. Of 30 institutions of unequal size each may have 5 % of the budget, which
    the largest would exceed. ``tight``: 30 of one size, each at most a thirtieth, so that no
    money is left only if every cap is filled to the fen.
    """
    random = np.random.default_rng(seed)
    size = np.ones(CAPS) if tight else 1 / np.arange(1, CAPS + 1) ** 0.7
    track = random.integers(0, TRACKS, n)
    institution = random.choice(CAPS, size=n, p=size / size.sum())
    score = np.clip(random.normal(52 + track, 12, n), 0, 100)  # some tracks are better
    full = (random.lognormal(4.5, 0.6, n) * 10_000).astype(np.int64) * 100  # fen
    owner = np.repeat(np.arange(n), 3)
    level = np.tile(np.arange(3), n)
    cost = (full[owner] * COST[level]).astype(np.int64) // 100 * 100
    value = np.maximum(score[owner] - 40, 0) * VALUE[level]
    budget = int(full.sum() * 0.15)
    everyone = np.ones(n, dtype=bool)
    limits = [Limit(Constraint("budget", bound="total"), everyone, most=budget)]
    for t in range(TRACKS):
        least, most = budget * 8 // 100, budget * 11 // 100
        limits.append(Limit(Constraint("track", str(t)), track == t, least=least, most=most))
    limits += [
        Limit(
            Constraint("cap", str(c), "max"),
            institution == c,
            most=budget // CAPS if tight else budget // 20,
        )
        for c in range(CAPS)
    ]
    return Problem(
        np.argsort(-score, kind="stable"),
        everyone,
        ~everyone,
        track,
        owner,
        level,
        cost[:, None],
        value,
        score,
        tuple(limits),
    )


def greedy(p: Problem) -> float:
    """Return the value of taking the 40 % offers by value for money while they fit."""
    cost, left = p.cost[2::3, 0], p.limits[0].most or 0
    order = np.argsort(-p.value[2::3] / cost)
    rows = [limit.members for limit in p.limits[1:]]
    of_track = np.argmax(rows[:TRACKS], axis=0)
    of_cap = np.argmax(rows[TRACKS:], axis=0)
    track_left = [limit.most or 0 for limit in p.limits[1 : TRACKS + 1]]
    cap_left = [limit.most or 0 for limit in p.limits[TRACKS + 1 :]]
    total = 0.0
    for i in order.tolist():
        c, t, k = int(cost[i]), int(of_track[i]), int(of_cap[i])
        if c <= min(left, track_left[t], cap_left[k]):
            left, track_left[t], cap_left[k] = left - c, track_left[t] - c, cap_left[k] - c
            total += float(p.value[3 * i + 2])
    return total


def _one(n: int, seconds: float, *, tight: bool = False) -> Result:
    p = made(n, tight=tight)
    begin = time.perf_counter()
    found = allocate(p, seconds=seconds)
    own = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begin = time.perf_counter()
    by_hand = greedy(p)
    quick = time.perf_counter() - begin
    begin = time.perf_counter()
    model = build(p)
    whole = solve_apart(model, gap=1e-4, seconds=HARD_STOP, grace=0.0)
    took = time.perf_counter() - begin
    reached = 0.0 if whole.columns is None else float(model.gain @ np.round(whole.columns))
    lost = [f"{relative_gap(v, found.bound):.4%}" if v else "no answer" for v in (reached, by_hand)]
    limit = 10.0 if n <= 10_000 else 60.0
    name = f"funding {n:,}" + (", tight" if tight else "")
    return Result(
        name,
        own,
        took,
        f"gap {found.gap:.1e}, peak {peak:.0f} MB",
        f"gap 1e-4 within {limit:.0f} s, 4 GB",
        found.gap <= 1e-4 and own <= limit and peak < 4096,
        (
            f"HiGHS on the whole: {lost[0]} lost ({whole.status}); greedy {lost[1]} in {quick:.2f} s",
            found.engine,
        ),
    )


def measure() -> list[Result]:
    """Return the results for 10,000 and 100,000, and for 10,000 with caps that sum to the budget."""
    return [_one(10_000, 60.0), _one(100_000, 60.0), _one(10_000, 60.0, tight=True)]


if __name__ == "__main__":
    if sys.argv[1:2] == ["province"]:  # whole runs of `fund` and `explain`, beside another build
        import deciding

        sys.exit(deciding.main(sys.argv[2:]))
    for size in [int(a) for a in sys.argv[1:]]:
        report(_one(size, 60.0))
    if not sys.argv[1:]:
        for result in measure():
            report(result)
