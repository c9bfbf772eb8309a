"""Published cases of decision methods and of sorting."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from pilotscore.criteria import CriteriaSet
from pilotscore.index import assess
from pilotscore.measures import from_submission
from pilotscore.ranking.electre_tri import Thresholds, credibility, sort_by_outranking
from pilotscore.ranking.method_registry import run_method
from pilotscore.ranking.methods import run_methods
from pilotscore.workbook import read_workbooks
from tests.conftest import AS_OF, write_book
from tests.published.registry import case
from tests.ranking import test_published_tables as tables

DRINA = [
    ("1 1 1 1 1 1 1 1", "0.991 1.0 0.473 0.670 0.0 0.578"),
    ("2 2 2 2 1 1 1 1", "1.0 0.533 0.552 0.563 0.0 0.686"),
    ("1 1 1 1 2 2 2 2", "0.684 1.0 0.147 0.554 0.041 0.191"),
    ("1 1 1 1 3.2 3.2 3.2 3.2", "0.668 1.0 0.051 0.588 0.058 0.078"),
]


def _topsis() -> np.ndarray:
    scaled = tables.TZENG / np.sqrt((tables.TZENG**2).sum(axis=0))
    return run_method("topsis", tables.matrix_of(scaled, [1, 1, 1], [0.3, 0.4, 0.3]), {})


def _in_product(
    method: dict[str, Any], values: np.ndarray, weights: list[float], **more: Any
) -> np.ndarray:
    """Return what a method of a criteria set gives for the rows of a workbook."""
    names = [f"c{j}" for j in range(values.shape[1])]
    dimensions = [
        {
            "id": f"d{n}",
            "title": f"D {n}",
            "weight": w,
            "weights_sum": 1,
            "indicators": [
                {"id": n, "title": n, "type": "number", "points": [[0, 0], [100, 100]], "weight": 1}
            ],
        }
        for n, w in zip(names, weights, strict=True)
    ]
    usual = {"grades": [{"id": "A", "title": "A"}]}
    criteria = CriteriaSet.model_validate(
        {
            "id": "case",
            "version": "1",
            "title": "Case",
            "dimensions": dimensions,
            "weights_sum": sum(weights),
            "methods": [{"id": "m", "title": "M", **method}],
            **usual,
            **more,
        }
    )
    rows = [["id", *names], *([f"A{i}", *row] for i, row in enumerate(values.tolist()))]
    with tempfile.TemporaryDirectory() as folder:
        read = read_workbooks([write_book(Path(folder) / "b.xlsx", {"R": rows})], criteria)
    return run_methods(assess(from_submission(read, criteria, AS_OF), criteria, AS_OF))["m"].scores


def _topsis_of_a_workbook() -> np.ndarray:
    method = {"method": "topsis", "uses": "raw", "scaling": "vector"}
    return _in_product(method, tables.TZENG, [0.3, 0.4, 0.3])


def _electre_of_a_workbook(rule: str) -> np.ndarray:
    """The guide's own thresholds of each criterion, and its profiles as the floors of grades."""
    limits = {"c0": {"q": 1, "p": 2, "veto": 4}, "c1": {"q": 2, "p": 4, "veto": 8}}
    method = {
        "method": "electre_tri_b",
        "parameters": {"rule": rule, "cut": 0.7},
        "thresholds": limits,
    }
    profiles = tables.GHIAUS_PROFILES.tolist()
    grades = [
        {"id": g, "title": g, "dimensions": {"dc0": a, "dc1": b}}
        for g, (a, b) in zip("AB", profiles, strict=True)
    ]
    grades.append({"id": "C", "title": "C"})
    return _in_product(method, tables.GHIAUS, [0.7, 0.3], grades=grades, evidence=None)


def _mountain() -> np.ndarray:
    values = [[1, 3000], [2, 3750], [5, 4500.0]]
    return run_method("vikor", tables.matrix_of(values, [-1, 1], [0.5, 0.5]), {"v": 0.5})


def _drina(weights: str) -> np.ndarray:
    w = np.array(weights.split(), dtype=float)
    return run_method("vikor", tables.matrix_of(tables.DRINA, tables.DRINA_AIMS, w / w.sum()), {})


def _robots() -> np.ndarray:
    values = tables.ROBOTS
    scaled = values.min(axis=0) / values
    scaled[:, 3] = values[:, 3] / values[:, 3].max()
    matrix = tables.matrix_of(scaled, [1] * 4, tables.ROBOT_WEIGHTS)
    return run_method("waspas", matrix, {"lambda_value": 0.5})


def _plants() -> np.ndarray:
    aimed = tables.PLANTS * tables.PLANTS_AIMS
    pairs = [
        function.of(aimed[:, j, None] - aimed[None, :, j])
        for j, function in enumerate(tables.PLANTS_FUNCTIONS)
    ]
    return np.mean(pairs, axis=0)[~np.eye(6, dtype=bool)]


def _ghiaus(*, over: bool) -> np.ndarray:
    a, b = tables.GHIAUS[:, None, :], tables.GHIAUS_PROFILES[None, ::-1, :]
    first, second = (a, b) if over else (b, a)
    return credibility(first, second, tables.GHIAUS_WEIGHTS, tables.GHIAUS_LIMITS).T.ravel()


def _manual(rule: str) -> np.ndarray:
    limits = Thresholds(5, 10, 30)
    values, profiles = tables.MANUAL, tables.MANUAL_PROFILES
    return sort_by_outranking(values, profiles, np.ones(5), limits, 0.75, rule)


MANUAL = "Mousseau, Slowinski, Zielniewicz, ELECTRE TRI 2.0 user documentation, 1999"
GUIDE = "github.com/cghiaus/ELECTRE_Tri, docs/how_to_guides/step_by_step.ipynb"

CASES = [
    case(
        "TOPSIS 相对接近度",
        "TOPSIS, relative closeness",
        "Tzeng, Huang, Multiple Attribute Decision Making, CRC Press 2011",
        "0.5037 0.6581 0.7482 0.3340",
        _topsis,
    ),
    case(
        "工作簿中的 TOPSIS：原始值、向量归一",
        "TOPSIS of a workbook: raw values, scaling: vector",
        "Tzeng, Huang, Multiple Attribute Decision Making, CRC Press 2011",
        "0.5037 0.6581 0.7482 0.3340",
        _topsis_of_a_workbook,
    ),
    case(
        "登山者的 VIKOR Q",
        "VIKOR Q of the mountain climber",
        "Opricovic, Tzeng, EJOR 156 (2004) 445-455",
        "1 0 1",
        _mountain,
    ),
    *(
        case(
            f"德里纳河水库的 VIKOR Q，权重 {w}",
            f"VIKOR Q of reservoirs on the Drina, weights {w}",
            "Opricovic, Tzeng, EJOR 178 (2007) 514-529",
            q,
            lambda w=w: _drina(w),
            last=1.1,
            note="the last digit is rounded either way in print",
        )
        for w, q in DRINA
    ),
    case(
        "工业机器人的 WASPAS",
        "WASPAS of industrial robots",
        "Chakraborty et al., Econ. Comput. Econ. Cybern. Stud. Res. 49 (2015) 5-22, example 2",
        "0.8584 0.8169 0.8419 0.9417 0.8638 0.8278 0.8503 0.8949 0.9027 0.8740",
        _robots,
        last=1,
        note="from scaled values that were rounded",
    ),
    case(
        "电厂选址的 PROMETHEE 偏好指数",
        "PROMETHEE preference indices of power plants",
        "Brans, Vincke, Mareschal, EJOR 24 (1986) 228-238",
        "0.296 0.250 0.268 0.100 0.185 0.462 0.389 0.333 0.296 0.500 0.236 0.180 0.333 0.056 0.429 "
        "0.399 0.505 0.305 0.223 0.212 0.444 0.515 0.487 0.380 0.448 0.286 0.399 0.250 0.432 0.133",
        _plants,
        last=1.1,
        note="some are cut off in print, not rounded; data from memory",
    ),
    case(
        "ELECTRE TRI 成果对界限的可信度",
        "ELECTRE TRI, credibility of results over profiles",
        GUIDE,
        "0.65 1.0 0.0 0.0 0.7 0.0",
        lambda: _ghiaus(over=True),
    ),
    case(
        "ELECTRE TRI 界限对成果的可信度",
        "ELECTRE TRI, credibility of profiles over results",
        GUIDE,
        "0.85 0.0 0.0 1.0 1.0 0.583333",
        lambda: _ghiaus(over=False),
    ),
    case(
        "工作簿中的 ELECTRE TRI 乐观分级，各指标阈值不同（0 最好）",
        "ELECTRE TRI of a workbook, thresholds of each criterion: grades, optimistic (0 the best)",
        GUIDE,
        "2 0 0",
        lambda: _electre_of_a_workbook("optimistic"),
    ),
    case(
        "ELECTRE TRI 悲观分级（0 最好）",
        "ELECTRE TRI grades, pessimistic (0 the best)",
        MANUAL,
        "0 2 1",
        lambda: _manual("pessimistic"),
    ),
    case(
        "ELECTRE TRI 乐观分级（0 最好）",
        "ELECTRE TRI grades, optimistic (0 the best)",
        MANUAL,
        "0 0 1",
        lambda: _manual("optimistic"),
    ),
]
