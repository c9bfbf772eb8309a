"""Small problems, made on the spot."""

import numpy as np

from pilotscore.funding.problem import Limit, Problem
from pilotscore.language import Text

TITLE = Text("预算", "budget")


def problem(costs, budget, *, score=None, tracks=None, quotas=(), **other):
    """Return a problem of full offers: a budget, and a greatest sum for each track."""
    n = len(costs)
    costs = np.asarray(costs, dtype=np.int64)
    score = np.asarray(score if score is not None else np.arange(n, 0, -1), dtype=float)
    tracks = np.full(n, -1) if tracks is None else np.asarray(tracks, dtype=np.int64)
    limits = (
        Limit("budget", TITLE, np.ones(n, dtype=bool), "money", most=budget),
        *(Limit(f"tracks.{t}.max", TITLE, tracks == t, "money", most=m) for t, m in quotas),
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
