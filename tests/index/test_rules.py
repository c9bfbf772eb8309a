"""Indicators that do not apply, lowest shares, points with caps, intervals, profiles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotscore import rank
from pilotscore.criteria import load_criteria
from pilotscore.index import Status, assess, contributions
from pilotscore.index.intervals import score_bounds
from pilotscore.measures import from_submission
from pilotscore.workbook import read_workbooks
from tests.conftest import AS_OF, HEADERS, MINI, MakeBook, row, write_book


def variant(folder: Path, *changes: tuple[str, str], more: str = ""):
    text = MINI
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path = folder / "variant.yaml"
    path.write_text(text + more, encoding="utf-8")
    return load_criteria(path).criteria


def assessed(path: Path, criteria):
    return assess(from_submission(read_workbooks([path], criteria)), criteria, AS_OF)


APPLIES = ("not_applicable: mode == batch", "applies_when: mode == continuous")


def test_what_is_not_meant_for_a_result_hands_its_weight_to_its_siblings(
    book: MakeBook, tmp_path: Path
):
    criteria = variant(tmp_path, APPLIES)
    a = assessed(
        book(
            row(mode="间歇", run_hours=""),
            row(id="P-2", mode="间歇", run_hours=80),
            row(id="P-3", mode="", run_hours=""),
        ),
        criteria,
    )
    assert a.status.tolist() == [Status.GRADED] * 3
    # trl 7 scores 75, 96 % scores 92: (50 x 75 + 30 x 92) / 80
    assert a.dimensions[0, 0] == pytest.approx((50 * 75 + 30 * 92) / 80)
    assert a.dimensions[1, 0] == a.dimensions[0, 0]
    assert a.weights[0, :3].tolist() == pytest.approx([0.625, 0.375, 0])
    # where the mode is not known it applies, and what is missing scores nothing
    assert a.dimensions[2, 0] == pytest.approx((50 * 75 + 30 * 92) / 100)
    told = [(f.code, f.result) for f in a.findings if f.code in ("I507", "I508")]
    assert told == [("I508", "P-2"), ("I507", None)]


def test_a_faulty_cell_that_does_not_matter_blocks_nothing(book: MakeBook, tmp_path: Path):
    a = assessed(book(row(mode="间歇", run_hours="abc")), variant(tmp_path, APPLIES))
    assert a.status.tolist() == [Status.GRADED]


def test_the_lowest_counts_beside_the_mean(book: MakeBook, tmp_path: Path):
    criteria = variant(tmp_path, ("weight: 60\n", "weight: 60\n    lowest_share: 0.5\n"))
    a = assessed(book(row()), criteria)
    mean = 0.5 * 75 + 0.3 * 92 + 0.2 * 80
    assert a.dimensions[0, 0] == pytest.approx(0.5 * mean + 0.5 * 75)
    parts = contributions(a)
    assert parts.sum() == pytest.approx(a.index[0], abs=1e-9)
    assert parts[0, 0] == pytest.approx(0.6 * (0.5 * 0.5 * 75 + 0.5 * 75))


def test_points_add_up_to_the_cap_of_their_part(book: MakeBook, tmp_path: Path):
    criteria = variant(tmp_path, more="aggregation: {method: points}\n")
    a = assessed(
        book(
            row(), row(id="P-2", trl=2, yield_rate=60, run_hours=10, hazard="部分完成", permit="否")
        ),
        criteria,
    )
    # tech can bring 50 + 30 + 20 points and is capped at 60; safety 70 + 30, capped at 40
    points = 50 * 0.75 + 30 * 0.92 + 20 * 0.8
    assert points > 60
    assert a.dimensions[0].tolist() == [100, 100]
    assert a.index[0] == 100
    low = 50 * 0.125 + 30 * 0.2 + 20 * 0.1
    assert a.index[1] == pytest.approx(low + 35)
    assert contributions(a).sum(axis=1) == pytest.approx(a.index, abs=1e-9)


def measured(path: Path, criteria, low: dict[str, float], high: dict[str, float]):
    m = from_submission(read_workbooks([path], criteria))
    lows, highs = m.values.copy(), m.values.copy()
    for bounds, array in ((low, lows), (high, highs)):
        for name, value in bounds.items():
            array[:, criteria.indicator_position[name]] = value
    return assess(replace(m, low=lows, high=highs), criteria, AS_OF)


def test_what_is_uncertain_of_one_value_is_carried_through(book: MakeBook, tmp_path: Path):
    criteria = variant(tmp_path)
    a = measured(book(row()), criteria, {"yield_rate": 90}, {"yield_rate": 98})
    # 96 % scores 92, 90 % 80 and 98 % 96; weight 0.3 x 0.6
    assert a.measured_low[0] == pytest.approx(a.index[0] - 0.18 * 12)
    assert a.measured_high[0] == pytest.approx(a.index[0] + 0.18 * 4)
    both = measured(book(row()), criteria, {"yield_rate": 90, "run_hours": 60}, {})
    # independent deviations: the root of the sum of squares (GUM, equation 10)
    drops = np.array([0.18 * 12, 0.12 * 20])
    assert both.measured_low[0] == pytest.approx(a.index[0] - np.sqrt((drops**2).sum()))
    assert both.measured_high[0] == a.index[0]


def test_caps_of_the_evidence_hold_for_the_bounds_too(book: MakeBook, tmp_path: Path):
    cells = row()
    cells[5] = "E1"
    a = measured(book(cells), variant(tmp_path), {"yield_rate": 90}, {"yield_rate": 98})
    assert a.measured_low[0] == a.measured_high[0] == a.index[0]  # 60 at most, whatever it is


def test_missing_and_measured_are_told_apart(book: MakeBook, tmp_path: Path):
    a = measured(book(row(run_hours="")), variant(tmp_path), {"yield_rate": 90}, {"yield_rate": 98})
    assert a.measured_high[0] < a.high[0]
    assert a.high[0] == pytest.approx(a.index[0] + 0.12 * 100 + 0.18 * 4)
    assert a.low[0] == a.measured_low[0]


@pytest.mark.slow
@given(st.lists(st.floats(0, 120), min_size=2, max_size=2), st.floats(0, 1))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_bounds_of_scores_hold_every_value_between(bounds: list[float], share: float):
    from pilotscore.criteria import Indicator

    indicator = Indicator.model_validate(
        {
            "id": "x",
            "title": "x",
            "type": "number",
            "direction": "range",
            "weight": 1,
            "points": [[85, 0], [98, 100], [102, 100], [115, 0]],
        }
    )
    from pilotscore.index.value_functions import score_values

    low, high = sorted(bounds)
    least, greatest = score_bounds(np.array([low]), np.array([high]), indicator)
    inside = score_values(np.array([low + share * (high - low)]), indicator)
    assert least[0] - 1e-9 <= inside[0] <= greatest[0] + 1e-9


@pytest.mark.slow
def test_units_change_nothing(book: MakeBook, tmp_path: Path):
    criteria = variant(tmp_path)
    headers = [h.replace("（h）", "（天）") for h in HEADERS]
    hours = assessed(book(row(run_hours=72)), criteria)
    days = assessed(book(row(run_hours=3), headers=headers, name="days.xlsx"), criteria)
    assert hours.index.tolist() == days.index.tolist()


def test_results_of_another_kind_under_a_profile_are_told(mini: Path, tmp_path: Path):
    text = mini.read_text(encoding="utf-8")
    text += "profiles:\n  - {id: lab, title: {zh: 间歇, en: Batch}, when: mode == batch, weights: {tech: 80, safety: 20}}\n"
    mini.write_text(text, encoding="utf-8")
    path = write_book(
        tmp_path / "b.xlsx",
        {
            "S": [
                HEADERS,
                row(),
                row(id="P-2", mode="间歇", run_hours="不适用：间歇"),
                row(id="P-3", mode=""),
            ]
        },
    )
    plain = rank(path, mini, as_of=AS_OF)
    under = rank(path, mini, profile="lab", as_of=AS_OF)
    assert [f.code for f in plain.findings if f.code == "I509"] == []
    (told,) = [f for f in under.findings if f.code == "I509"]
    assert told.values["ids"] == "P-1, P-3"  # P-3 says nothing of its mode
    assert "not met, or not stated: 2 results, such as" in told.found("en")
    assert "不符合，或未写明是否符合，如" in told.found("zh")
    a = under.assessment
    assert a.index[0] == pytest.approx(0.8 * a.dimensions[0, 0] + 0.2 * a.dimensions[0, 1])
    assert any("Batch" in note.to("en") for note in under.notes())
    assert under.manifest.options["profile"] == "lab"
