"""What a criteria file says of decision methods is checked before anything is run."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotscore.criteria import load_criteria
from pilotscore.errors import FaultyFileError
from tests.conftest import MINI


def faults(folder: Path, method: str) -> list[tuple[str, str]]:
    path = folder / "set.yaml"
    path.write_text(MINI + f"methods:\n  - {{id: m, title: M, {method}}}\n", encoding="utf-8")
    try:
        load_criteria(path)
    except FaultyFileError as error:
        return [(f.code, f.expected("en")) for f in error.findings]
    return []


def test_an_unknown_method_names_the_nearest(tmp_path: Path):
    ((code, wanted),) = faults(tmp_path, "method: topsys")
    assert code == "C104"
    assert wanted.startswith("topsis, or one of 'weighted_sum'")


@pytest.mark.parametrize(
    ("method", "code", "wanted"),
    [
        ("method: topsis, parameters: {metrik: euclidean}", "C102", "metric"),
        ("method: spotis, parameters: {p: 1}", "C102", "no parameters"),
        ("method: topsis, parameters: {metric: far}", "C104", "euclidean"),
        ("method: vikor, parameters: {v: 1.5}", "C104", "from 0 to 1"),
        ("method: vikor, parameters: {v: true}", "C104", "from 0 to 1"),
        ("method: promethee_ii, parameters: {q: -1}", "C104", "at least 0"),
        ("method: promethee_ii, parameters: {q: 30}", "C104", "at least q (30)"),
        ("method: electre_tri_b, parameters: {p: 20, veto: 10}", "C104", "at least p (20)"),
        ("method: electre_2, parameters: {p0: 0.4}", "C104", "at least p1 (0.5)"),
        ("method: flowsort, uses: raw", "C226", "uses: scores"),
        ("method: electre_tri_b, scaling: minmax", "C226", "scaling: none"),
        ("method: topsis, uses: raw", "C232", "scaling: vector"),
        ("method: weighted_sum, uses: raw, weights: {trl: 1, run_hours: 1}", "C232", "scaling"),
        ("method: weighted_sum, uses: raw, weights: {trl: 1, hazard: 1}", "C232", "scaling"),
        ("method: promethee_ii, uses: raw, thresholds: {trl: {p: 2}}", "C232", "uses: scores"),
        ("method: topsis, thresholds: {trl: {q: 1}}", "C102", "no parameters"),
        ("method: promethee_ii, thresholds: {trll: {q: 1}}", "C210", "trl"),
        ("method: promethee_ii, thresholds: {trl: {veto: 1}}", "C102", "preference"),
        ("method: promethee_ii, thresholds: {trl: {q: 30}}", "C104", "at least q (30)"),
        ("method: electre_tri_b, thresholds: {trl: {p: 3, veto: 2}}", "C104", "at least p (3)"),
        (
            "method: electre_tri_b, parameters: {q: 2, p: 3}, thresholds: {trl: {p: 1}}",
            "C104",
            "at least q (2)",
        ),
    ],
)
def test_parameters_are_checked(tmp_path: Path, method: str, code: str, wanted: str):
    ((found, expected),) = faults(tmp_path, method)
    assert found == code
    assert wanted in expected


@pytest.mark.parametrize(
    "method",
    [
        "method: promethee_ii, parameters: {preference: v_shape, p: 1, q: 5}",  # q is not used
        "method: electre_1, parameters: {p: 0.6, q: 0.7}",  # of concordance and of discordance
        "method: electre_tri_b, parameters: {rule: optimistic, cut: 0.6, q: 2, p: 5, veto: 40}",
        "method: electre_tri_b, thresholds: {trl: {q: 2, p: 5, veto: 40}}",
        "method: topsis, uses: raw, scaling: vector",
        "method: vikor, uses: raw",  # in shares of each range
        "method: weighted_product, uses: raw",
        "method: weighted_sum, uses: raw, weights: {run_hours: 1}",  # one unit alone
        "method: promethee_ii, uses: raw, parameters: {preference: usual}",  # goes by order alone
        "method: promethee_ii, uses: raw, weights: {trl: 1, run_hours: 1},"
        " thresholds: {trl: {q: 0, p: 2}, run_hours: {p: 50}}",
    ],
)
def test_what_is_right_is_left_alone(tmp_path: Path, method: str):
    assert faults(tmp_path, method) == []
