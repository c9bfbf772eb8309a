"""Published cases of uncertainty: acceptability of ranks under it, and what it comes from."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from pilotscore.criteria import CriteriaSet
from pilotscore.index import assess
from pilotscore.measures import from_submission
from pilotscore.ranking import rank_results
from pilotscore.ranking.robustness import Effort, Robustness, Uncertainty, simulate
from pilotscore.ranking.robustness.sensitivity import sobol_indices
from pilotscore.workbook import read_workbooks
from tests.conftest import AS_OF, write_book
from tests.published.registry import case
from tests.ranking.robustness.test_sensitivity import ishigami

# Thromboprophylaxis after major trauma (L. D. Lynd and B. J. O'Brien 2004): how many of how many
# patients on heparin and on enoxaparin had proximal and distal deep vein thrombosis and bleeding.
# R's smaa ships draws of them and prints what follows; whether they were drawn from the beta
# distributions of these counts is not said there: means and quartiles of the values agree.
OF = {"Heparin": 136, "Enoxaparin": 129}
COUNTS = {"prox_dvt": (20, 8), "dist_dvt": (40, 32), "bleed": (1, 5)}
# Where the value is 1 and where it is 0. Scores are 25 + 50 times the value, so that nothing that is
# drawn is cut off; for weights that sum to 1 no rank hangs on that.
ENDS = {"prox_dvt": (0.0, 0.25), "dist_dvt": (0.15, 0.4), "bleed": (0.0, 0.1)}


def _criteria() -> dict[str, Any]:
    dimensions = []
    for name, (best, worst) in ENDS.items():
        half = (worst - best) / 2
        indicator = {
            "id": name,
            "title": name,
            "type": "number",
            "direction": "min",
            "weight": 1,
            "points": [[best - half, 100], [worst + half, 0]],
        }
        dimensions.append(
            {
                "id": f"of_{name}",
                "title": name,
                "weight": {"prox_dvt": 50, "dist_dvt": 20}.get(name, 30),
                "weights_sum": 1,
                "indicators": [indicator],
            }
        )
    return {
        "id": "thrombo",
        "version": "1",
        "title": "Thromboprophylaxis",
        "uncertainty": {"plus_minus": 1},
        "dimensions": dimensions,
        "grades": [{"id": "A", "title": "A"}],
    }


def _stated(events: int, patients: int) -> str:
    """Return the mean of a beta distribution with its standard deviation, as a cell states it."""
    mean = events / patients
    return f"{mean:.9f}±{np.sqrt(mean * (1 - mean) / (patients + 1)):.9f}"


@cache
def thrombolytics(rule: str) -> Robustness:
    """Return how sure the ranking of the two is, read from a workbook with stated uncertainties."""
    rows: list[list[Any]] = [["id", *COUNTS]]
    for k, (name, patients) in enumerate(OF.items()):
        rows.append([name, *(_stated(events[k], patients) for events in COUNTS.values())])
    criteria = CriteriaSet.model_validate(_criteria())
    with tempfile.TemporaryDirectory() as folder:
        read = read_workbooks([write_book(Path(folder) / "b.xlsx", {"Results": rows})], criteria)
    measured = from_submission(read, criteria, AS_OF)
    ranking = rank_results(assess(measured, criteria, AS_OF))
    return simulate(ranking, Uncertainty(weights=rule), Effort(40_000, 40_000))  # type: ignore[arg-type]


def _ranks(rule: str) -> list[float]:
    found = thrombolytics(rule)
    order = [found.ranking.assessment.measurements.ids[i] for i in found.results]
    return [float(x) for name in OF for x in found.acceptability[order.index(name), :2]]


def _central() -> list[float]:
    found = thrombolytics("uniform")
    order = [found.ranking.assessment.measurements.ids[i] for i in found.results]
    weights = found.central
    return [float(x) for name in OF for x in weights[order.index(name)]]


def _ishigami() -> list[float]:
    q = 1 << 15
    rng = np.random.default_rng(7)
    a, b = (rng.uniform(-np.pi, np.pi, (q, 3)) for _ in range(2))
    mixed = [ishigami(np.where(np.arange(3) == k, b, a)) for k in range(3)]
    first, total = sobol_indices(ishigami(a), ishigami(b), np.stack(mixed))
    return [*first, *total]


SMAA = "R's smaa 0.3-3, tests/Examples/smaa-Ex.Rout.save: thrombolytics"
DRAWN = (
    "theirs are of 10,000 draws, standard error up to 0.0048; ours of 40,000 from normal "
    "distributions of the same means and deviations"
)

CASES = [
    case(
        "溶栓两药的名次可接受度",
        "Rank acceptabilities of two thrombolytics, any weights",
        SMAA,
        "0.3504 0.6496 0.6496 0.3504",
        lambda: _ranks("uniform"),
        last=145,
        note=DRAWN,
    ),
    case(
        "同例，权重 0.5、0.2、0.3",
        "The same with weights of 0.5, 0.2 and 0.3",
        SMAA,
        "0.1279 0.8721 0.8721 0.1279",
        lambda: _ranks("stated"),
        last=100,
        note=DRAWN,
    ),
    case(
        "同例的中心权重",
        "Central weights of the same",
        SMAA,
        "0.187 0.277 0.536 0.407 0.364 0.229",
        _central,
        last=15,
        note=DRAWN,
    ),
    case(
        "Ishigami 函数的一阶与总效应指数",
        "First order and total indices of the Ishigami function",
        "Ishigami, Homma 1990; analytic values as SALib has them",
        "0.3139 0.4424 0.0000 0.5576 0.4424 0.2437",
        _ishigami,
        last=150,
        note="32,768 draws",
    ),
]
