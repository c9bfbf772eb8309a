"""Small problems, made on the spot."""

import numpy as np

from pilotscore.allocation.problem import Constraint, Limit, Problem

BUDGET = Constraint("budget", bound="total")


def problem(costs, budget, *, score=None, tracks=None, quotas=(), **other):
    """Return a problem of full offers: a budget, and a greatest sum for each track."""
    n = len(costs)
    costs = np.asarray(costs, dtype=np.int64)
    score = np.asarray(score if score is not None else np.arange(n, 0, -1), dtype=float)
    tracks = np.full(n, -1) if tracks is None else np.asarray(tracks, dtype=np.int64)
    limits = (
        Limit(BUDGET, np.ones(n, dtype=bool), most=budget),
        *(Limit(Constraint("track", str(t), "max"), tracks == t, most=m) for t, m in quotas),
    )
    owner = other.pop("owner", np.arange(n))
    fields = {
        "order": np.argsort(-score, kind="stable"),
        "eligible": np.ones(n, dtype=bool),
        "required": np.zeros(n, dtype=bool),
        "tracks": tracks,
        "owner": owner,
        "level": np.zeros(len(owner), dtype=np.int64),
        "cost": costs[:, None],
        "value": score * costs,
        "score": score,
        "limits": limits,
    }
    return Problem(**(fields | other))


def use_of(case: Problem) -> tuple[np.ndarray, np.ndarray]:
    """What each offer uses of each greatest amount, shape (k, c), and those amounts: told plainly."""
    rows = []
    for limit in case.limits:
        if limit.most is None:
            continue
        row = []
        for offer, owner in enumerate(case.owner.tolist()):
            spent = case.cost[offer].sum() if limit.stage is None else case.cost[offer, limit.stage]
            counted = 1 if limit.counts == "awards" else int(spent)
            row.append(counted if limit.members[owner] else 0)
        rows.append(row)
    most = [limit.most for limit in case.limits if limit.most is not None]
    return np.array(rows, dtype=np.int64).T, np.array(most, dtype=np.int64)
