"""Published cases of the index: means, uncertainty carried through, whole composite indicators."""

from __future__ import annotations

import csv
from functools import cache

import numpy as np

import pilotscore
from pilotscore.criteria import data_folder
from pilotscore.index.aggregate import power_mean
from pilotscore.runs.outcome import Outcome
from tests.conftest import AS_OF
from tests.index.test_intervals import end_gauge
from tests.published.registry import Published, case

ASEM = "github.com/bluefoxr/COINr b968203, data/ASEM_COIN.rda: "
TECHPORT = "github.com/ahmetbengoz/AICW-NASA-TechPort-Portfolio b6b4ab9"


@cache
def example(name: str) -> Outcome:
    """Return the ranking of a shipped example."""
    folder = data_folder("examples") / name
    return pilotscore.rank(folder / f"{name}.xlsx", folder / f"{name}.yaml", as_of=AS_OF)


@cache
def printed(name: str, key: str) -> dict[str, dict[str, str]]:
    """Return what was published of an example, by its id."""
    path = data_folder("examples") / name / "published.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return {row[key]: {k.lower(): v for k, v in row.items()} for row in csv.DictReader(stream)}


def _of_asem(column: str, got: object, zh: str, en: str) -> Published:
    """Return a column of the published index, countries in the order of the workbook."""
    rows = printed("asem", "UnitCode")
    figures = " ".join(f"{float(row[column]):.9f}" for row in rows.values())

    def ours() -> list[float]:
        found = dict(zip(example("asem").assessment.measurements.ids, got(), strict=True))  # type: ignore[operator]
        return [found[code] for code in rows]

    return case(zh, en, ASEM + column, figures, ours, last=1)


def _pillar(name: str) -> Published:
    def ours() -> np.ndarray:
        a = example("asem").assessment
        return a.dimensions[:, [d.id for d in a.criteria.dimensions].index(name)]

    return _of_asem(name, ours, f"ASEM 支柱 {name}，51 国", f"ASEM, pillar {name} of 51 countries")


def _sub_index(name: str) -> Published:
    def ours() -> np.ndarray:
        a = example("asem").assessment
        return a.sub_indexes[:, [s.id for s in a.criteria.sub_indexes].index(name)]

    return _of_asem(
        name, ours, f"ASEM 分指数 {name}，51 国", f"ASEM, sub-index {name} of 51 countries"
    )


def _waspas(weights: str) -> Published:
    rows = printed("techport", "projectId")
    figures = " ".join(f"{float(row[f'{weights.lower()}_score']):.9f}" for row in rows.values())

    def ours() -> list[float]:
        outcome = example("techport")
        scores = outcome.ranking.methods[f"waspas_{weights.lower()}"].scores
        found = dict(zip(outcome.assessment.measurements.ids, scores, strict=True))
        return [found[name] for name in rows]

    what = f"WASPAS，权重 {weights}，214 个项目", f"WASPAS with weights {weights}, 214 projects"
    return case(*what, f"{TECHPORT}, ranking_waspas_fixed.csv", figures, ours, last=1)


def _means() -> list[float]:
    x, w = np.array([[2.0, 8.0]]), np.ones(2)
    return [power_mean(x, w, p)[0] for p in (1, 0, -1)]


CASES = [
    case(
        "2 与 8 的算术、几何、调和平均",
        "Arithmetic, geometric and harmonic mean of 2 and 8",
        "Hardy, Littlewood, Polya, Inequalities, 1952, section 2.1",
        "5 4 3.2",
        _means,
    ),
    case(
        "端度规长度的合成标准不确定度（nm）",
        "Combined standard uncertainty of an end gauge, nm",
        "JCGM 100:2008 (GUM), annex H.1",
        "32",
        lambda: [10 * end_gauge(linear=True).above[0]],
    ),
    *(
        _pillar(n)
        for n in (
            "physical",
            "conecfin",
            "political",
            "instit",
            "p2p",
            "environ",
            "social",
            "susecfin",
        )
    ),
    *(_sub_index(n) for n in ("conn", "sust")),
    _of_asem(
        "index",
        lambda: example("asem").assessment.index,
        "ASEM 指数，51 国",
        "ASEM, index of 51 countries",
    ),
    *(_waspas(w) for w in ("AICW", "FUCOM", "LBWA", "MEREC", "SD")),
]
