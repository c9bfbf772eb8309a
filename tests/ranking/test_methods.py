from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import pilotscore
from pilotscore.errors import UsageError
from pilotscore.ranking.methods import decision_matrix
from tests.conftest import AS_OF, MINI, MakeBook, row

METHODS = """
methods:
  - {id: sum, title: 加权和, method: weighted_sum}
  - {id: product, title: 加权积, method: weighted_product, offset: 1.0e-9}
  - {id: raw, title: WASPAS, method: waspas, uses: raw, scaling: minmax, offset: 1.0e-9,
     weights: {trl: 0.6, hazard: 0.4}, parameters: {lambda_value: 0.5}}
"""


def with_methods(folder: Path, methods: str = METHODS, exponent: float = 1.0) -> Path:
    path = folder / "methods.yaml"
    path.write_text(MINI + methods + f"aggregation: {{exponent: {exponent}}}\n", encoding="utf-8")
    return path


def rows() -> list[list]:
    return [
        row(id=f"P-{n}", trl=n, yield_rate=50 + 6 * n, hazard=["未做", "部分完成", "已完成"][n % 3])
        for n in range(2, 9)
    ]


def test_the_index_is_the_weighted_sum_model_of_scikit_criteria(
    book: MakeBook, mini: Path, tmp_path: Path
):
    o = pilotscore.rank(book(*rows()), with_methods(tmp_path), as_of=AS_OF)
    assert o.ranking.methods["sum"].scores == pytest.approx(o.assessment.index, abs=1e-9)


def test_with_exponent_0_the_index_is_its_weighted_product_model(
    book: MakeBook, mini: Path, tmp_path: Path
):
    """On the dimension scores, whose weighted product the geometric index is."""
    from skcriteria import mkdm
    from skcriteria.agg.simple import WeightedProductModel

    better = [row(id=f"P-{n}", trl=n) for n in range(2, 9)]
    o = pilotscore.rank(book(*better), with_methods(tmp_path, exponent=0.0), as_of=AS_OF)
    dims = o.assessment.dimensions
    result = WeightedProductModel().evaluate(mkdm(dims, [max, max], weights=[0.6, 0.4]))
    assert 10 ** np.asarray(result.e_.score) == pytest.approx(o.assessment.index, abs=1e-9)


@pytest.mark.slow
def test_a_batch_relative_method_says_so(book: MakeBook, mini: Path, tmp_path: Path):
    path = with_methods(tmp_path)
    o = pilotscore.rank(book(*rows()), path, as_of=AS_OF)
    fewer = pilotscore.rank(book(*rows()[:-2], name="fewer.xlsx"), path, as_of=AS_OF)
    assert o.ranking.methods["raw"].batch_relative
    assert not o.ranking.methods["sum"].batch_relative
    assert not o.ranking.batch_relative
    assert any(
        "batch-relative" in note.to("en") and "WASPAS" in note.to("en") for note in o.notes()
    )
    kept = len(fewer)
    assert not np.allclose(
        o.ranking.methods["raw"].scores[:kept], fewer.ranking.methods["raw"].scores
    )
    assert o.assessment.index[:kept].tolist() == fewer.assessment.index.tolist()


def test_ordering_by_a_batch_relative_method_is_told_too(
    book: MakeBook, mini: Path, tmp_path: Path
):
    o = pilotscore.rank(
        book(*rows()), with_methods(tmp_path, METHODS + "order: [raw]\n"), as_of=AS_OF
    )
    assert o.ranking.batch_relative
    assert any("ranks depend" in note.to("en") for note in o.notes())
    ranks = o.ranking.methods["raw"].ranks
    assert [int(ranks[i]) for i in o.ranking.order] == sorted(ranks.tolist())


def test_results_that_cannot_be_assessed_are_left_out(book: MakeBook, mini: Path, tmp_path: Path):
    o = pilotscore.rank(book(*rows(), row(id="P-0", trl="")), with_methods(tmp_path), as_of=AS_OF)
    method = o.ranking.methods["raw"]
    assert np.isnan(method.scores[-1])
    assert method.ranks[-1] == 0
    assert len(decision_matrix(o.assessment).alternatives) == len(o) - 1


def test_gaps_in_raw_values_are_told(book: MakeBook, mini: Path, tmp_path: Path):
    gaps = "methods: [{id: raw, title: R, method: weighted_sum, uses: raw, scaling: minmax}]\n"
    with pytest.raises(UsageError, match="run_hours has gaps"):
        pilotscore.rank(book(*rows(), row(run_hours="")), with_methods(tmp_path, gaps), as_of=AS_OF)


def test_a_method_that_takes_no_zero_says_so(book: MakeBook, mini: Path, tmp_path: Path):
    zero = "methods: [{id: w, title: W, method: waspas}]\n"
    with pytest.raises(UsageError, match="cannot be computed"):
        pilotscore.rank(book(*rows()), with_methods(tmp_path, zero), as_of=AS_OF)


def raw_set(folder: Path, unit: str, points: int, method: str) -> Path:
    """Return a set of run time, in a unit, and cost, with one method on raw values."""
    path = folder / f"{unit}.yaml"
    path.write_text(
        f"""
id: raw
version: "1"
title: R
policy: mini-policy.yaml
dimensions:
  - id: d
    title: D
    weight: 100
    indicators:
      - {{id: run, title: Run, type: number, unit: {unit}, points: [[0, 0], [{points}, 100]], weight: 60, required: true}}
      - {{id: cost, title: Cost, type: number, direction: min, points: [[0, 100], [100, 0]], weight: 40, required: true}}
grades: [{{id: A, title: A}}]
methods: [{{id: m, title: M, {method}}}]
""",
        encoding="utf-8",
    )
    return path


RUNS = [("P-1", 240, 40), ("P-2", 48, 2), ("P-3", 1200, 90), ("P-4", 600, 60), ("P-5", 24, 1)]


def order_in(folder: Path, unit: str, method: str, runs: list = RUNS) -> list[float]:
    from pilotscore.criteria import load_criteria
    from pilotscore.index import assess
    from pilotscore.measures import from_submission
    from pilotscore.ranking.methods import run_methods
    from pilotscore.workbook import read_workbooks
    from tests.conftest import write_book

    by = {"h": 1, "d": 24}[unit]
    rows = [["id", "Run", "Cost"], *([n, run / by, cost] for n, run, cost in runs)]
    criteria = load_criteria(raw_set(folder, unit, 2400 // by, method)).criteria
    read = read_workbooks([write_book(folder / f"{unit}.xlsx", {"R": rows})], criteria)
    assessment = assess(from_submission(read, criteria, AS_OF), criteria, AS_OF)
    return run_methods(assessment)["m"].scores.tolist()


@pytest.mark.slow
@pytest.mark.parametrize("scaling", ["vector", "minmax", "max", "sum"])
@pytest.mark.parametrize("method", ["topsis", "weighted_sum", "moora_ratio", "waspas", "copras"])
def test_no_unit_decides_where_values_are_scaled(tmp_path: Path, scaling: str, method: str):
    asked = f"method: {method}, uses: raw, scaling: {scaling}, offset: 1.0e-6"
    hours, days = (order_in(tmp_path, unit, asked) for unit in ("h", "d"))
    assert hours == pytest.approx(days, rel=1e-6)
    assert len(set(np.round(hours, 9))) == 5


@pytest.mark.parametrize(
    ("scaling", "expected"),
    [
        ("max", [0.6 * 0.2 + 0.4 * 1 / 40, 0.6 + 0.4 * 1 / 90]),
        ("minmax", [0.6 * 216 / 1176 + 0.4 * 50 / 89, 0.6]),
        (
            "sum",
            [
                0.6 * 240 / 2112 + 0.4 * (1 / 40) / (1 / 40 + 1 / 2 + 1 / 90 + 1 / 60 + 1),
                0.6 * 1200 / 2112 + 0.4 * (1 / 90) / (1 / 40 + 1 / 2 + 1 / 90 + 1 / 60 + 1),
            ],
        ),
    ],
)
def test_scaled_by_hand(tmp_path: Path, scaling: str, expected: list[float]):
    """x / max with min / x of costs; (x - min) / (max - min); x / sum with 1/x of costs."""
    found = order_in(tmp_path, "h", f"method: weighted_sum, uses: raw, scaling: {scaling}")
    weights = np.array([60, 40]) / 100
    assert weights.sum() == 1
    assert [found[0], found[2]] == pytest.approx(expected)


@pytest.mark.parametrize("scaling", ["max", "sum"])
def test_a_cost_of_nothing_has_no_inverse(tmp_path: Path, scaling: str):
    asked = f"method: weighted_sum, uses: raw, scaling: {scaling}"
    with pytest.raises(UsageError, match="no cost of 0"):
        order_in(tmp_path, "h", asked, [*RUNS, ("P-6", 5, 0)])


def test_thresholds_of_one_indicator(tmp_path: Path):
    """PROMETHEE on raw values, each criterion with thresholds in its own unit: by hand."""
    asked = (
        "method: promethee_ii, uses: raw, parameters: {preference: u_shape},"
        " thresholds: {run: {q: 300}, cost: {q: 10}}"
    )
    found = order_in(tmp_path, "h", asked, RUNS[:3])
    # run: only 1200 is ahead by more than 300, of both; cost: 2 of 40 and 90, 40 of 90
    expected = [0.6 * -0.5 + 0.4 * 0, 0.6 * -0.5 + 0.4 * 1, 0.6 * 1 + 0.4 * -1]
    assert found == pytest.approx(expected)
