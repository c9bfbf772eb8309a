"""The run from batch data to figures, notes and control charts."""

from __future__ import annotations

import csv
import random
import re
from pathlib import Path

import numpy as np
import pytest

from pilotscore.errors import UnreadableInputError, UsageError
from pilotscore.runs.stability import RULES, stability
from pilotscore.views.stability import record
from tests.conftest import HEADERS, MakeBook, row, write_book
from tests.measures.test_nested import PASTES

HEADER = ["成果编号", "批号", "特性", "数值", "单位", "下限", "上限", "规模"]


def batches(path: Path, **values: list[float]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for result, series in values.items():
            writer.writerows(
                [result, f"B{n}", "纯度", x, "%", 90, 110, "中试"] for n, x in enumerate(series, 1)
            )
    return path


def steady(seed: int, count: int = 20) -> list[float]:
    draw = random.Random(seed)
    return [round(draw.gauss(100, 1), 3) for _ in range(count)]


@pytest.mark.slow
def test_all_results_with_batch_data_or_the_one_that_is_meant(tmp_path: Path):
    path = batches(tmp_path / "b.csv", A=steady(1), B=steady(2))
    assert [r.id for r in stability(path).results] == ["A", "B"]
    (one,) = stability(path, "B").results
    assert one.figures == stability(path).results[1].figures
    assert one.id == "B"
    with pytest.raises(UsageError):
        stability(path, "C")


def test_a_characteristic_has_limits_figures_and_a_chart(tmp_path: Path):
    (result,) = stability(batches(tmp_path / "b.csv", A=steady(1))).results
    (c,) = result.characteristics
    assert (c.title.to("zh"), c.unit, c.lower, c.upper) == ("纯度", "%", 90, 110)
    verdicts = {f.measure: f.verdict for f in c.figures}
    assert verdicts["rsd"] is not None
    assert verdicts["rsd"].good
    assert c.chart is not None
    assert c.chart.names[0] == "B1"
    assert len(c.chart.points) == 20
    notes = [n.to("en") for n in c.notes]
    assert any(n.startswith("test of normality") for n in notes)
    assert any(n.startswith("no trend seen") for n in notes)


def test_a_trend_and_a_jump_are_noted(tmp_path: Path):
    rising = [x + n for n, x in enumerate(steady(1))]
    (result,) = stability(batches(tmp_path / "b.csv", A=rising)).results
    notes = [n.to("zh") for n in result.characteristics[0].notes]
    assert any(n.startswith("有上升趋势") for n in notes)
    assert any(n.startswith("水平可能在这些批次起改变") for n in notes)


def test_a_point_beyond_its_limits_signals_by_rule_1(tmp_path: Path):
    values = steady(1)
    values[7] = 130.0
    chart = stability(batches(tmp_path / "b.csv", A=values)).results[0].characteristics[0].chart
    assert chart is not None
    assert 1 in dict(chart.signals)[7]
    assert {r for _, rules in chart.signals for r in rules} <= set(RULES)


def test_without_batch_data_it_ends(book: MakeBook, mini: Path):
    with pytest.raises(UnreadableInputError, match="no batch data"):
        stability(book(row()), criteria=mini)


@pytest.mark.parametrize(("outlier", "said"), [(104.2, "p = 0.0"), (160.0, "p < 0.001")])
def test_what_the_test_of_normality_rejects_is_said_so(tmp_path: Path, outlier: float, said: str):
    values = steady(1)
    values[7] = outlier
    (result,) = stability(batches(tmp_path / "b.csv", A=values)).results
    first = result.characteristics[0].notes[0]
    assert first.to("en").startswith(f"the values are not normal (Anderson-Darling {said}")
    assert first.to("zh").startswith("数值不服从正态分布")
    assert not any("0.000" in n.to("en") for n in result.characteristics[0].notes)


def test_what_figures_rest_on_is_in_the_record(tmp_path: Path):
    rising = [x + n for n, x in enumerate(steady(1))]
    report = stability(batches(tmp_path / "b.csv", A=rising))
    (c,) = report.results[0].characteristics
    (of,) = record(report)["results"][0]["characteristics"]
    assert of["normality"] == {"p": c.grounds.normality.p, "level": 0.05, "rejected": False}
    assert of["trend"]["p"] < 0.001
    assert 0 < of["trend"]["low"] < of["trend"]["slope"] < of["trend"]["high"]
    assert of["trend"]["slope"] == pytest.approx(0.19, abs=0.02)  # 19 units over the series
    assert of["changes"]["batches"]
    assert of["changes"]["p"] < 0.05
    assert of["storage"] is None


def stored(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*HEADER, "储存时间"])
        for b in range(1, count + 1):
            for n, t in enumerate((0, 3, 6, 9, 12)):
                x = 100 - 0.4 * t + 0.1 * ((n * b) % 3)
                writer.writerow(["A", f"B{b}", "纯度", x, "%", 90, None, "中试", t])
    return path


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "rests on one batch (B1)"), (2, "rests on 2 batches"), (3, None)],
)
def test_a_shelf_life_of_few_batches_is_provisional(tmp_path: Path, count: int, said: str | None):
    report = stability(stored(tmp_path / "b.csv", count))
    (c,) = report.results[0].characteristics
    storage = c.grounds.storage
    assert storage is not None
    assert storage.names == tuple(f"B{b}" for b in range(1, count + 1))
    assert storage.provisional == (said is not None)
    told = [n.to("en") for n in c.notes if "provisional" in n.to("en")]
    assert [said in t for t in told] == ([] if said is None else [True])
    (of,) = record(report)["results"][0]["characteristics"]
    assert of["storage"]["months"] == pytest.approx(25, abs=3)
    assert of["storage"]["supported"] == min(24, of["storage"]["months"])
    assert of["storage"]["model"] in ("one_line", "one_slope", "own_lines")
    assert (of["storage"]["slopes"] is None) == (count == 1)


@pytest.mark.slow
def test_identical_values_say_what_their_bound_is(tmp_path: Path):
    (result,) = stability(batches(tmp_path / "b.csv", A=[99.5] * 8)).results
    notes = [n.to("en") for n in result.characteristics[0].notes]
    assert any(n.startswith("all values are 99.5") and "(0.1)" in n for n in notes)
    rsd = next(f for f in result.characteristics[0].figures if f.measure == "rsd")
    assert rsd.value == 0 < rsd.high < 0.1


@pytest.mark.slow
@pytest.mark.parametrize(
    "head", [["batch", "cask", "sample", "strength"], ["批号", "桶号", "样品", "强度"]]
)
@pytest.mark.parametrize("merged", [False, True])
def test_casks_of_batches_are_a_level_of_their_own(tmp_path: Path, head: list[str], merged: bool):
    with (tmp_path / "b.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        for i, x in enumerate(PASTES.tolist()):
            cask = "" if merged and i % 2 else "abc"[i % 6 // 2]
            writer.writerow(["ABCDEFGHIJ"[i // 6], cask, i % 2 + 1, x])
    report = stability(tmp_path / "b.csv")
    (of,) = record(report)["results"][0]["characteristics"]
    assert {k: round(x, 4) for k, x in of["variances"].items()} == {
        "batch": 1.2874,
        "part": 2.9041,
        "sample": 0.8234,
    }
    figures = {f["measure"]: f["value"] for f in of["figures"]}
    for measure, part in (("between_rsd", "batch"), ("part_rsd", "part"), ("within_rsd", "sample")):
        assert figures[measure] == pytest.approx(100 * of["variances"][part] / PASTES.mean())
    assert not [f for f in report.findings if f.code == "S613"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "head", [["规模", "试棒", "强度（MPa）"], ["scale", "bar", "strength (MPa)"]]
)
@pytest.mark.parametrize("long", [False, True])
def test_a_lab_and_a_pilot_with_bars_are_compared_by_them(
    tmp_path: Path, head: list[str], long: bool
):
    draw = random.Random(4)
    made = [("小试", 6, 50.0), ("中试", 8, 49.0)]
    rows = [
        [scale, f"{k}", round(draw.gauss(mean, 0.5), 2)]
        for scale, count, mean in made
        for k in range(count)
    ]
    if long:
        head = [*head[:2], "特性", "数值"]
        rows = [[*r[:2], "强度", r[2]] for r in rows]
    with (tmp_path / "b.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    report = stability(tmp_path / "b.csv")
    (told,) = [f for f in report.findings if f.code == "S660"]
    assert told.place.cell == "B1"
    figures = {f.measure: f for f in report.results[0].characteristics[0].figures}
    assert figures["scale_up_ratio"].count == 8
    assert figures["scale_up_ratio"].value == pytest.approx(49 / 50, abs=0.02)
    assert figures["scale_up_ratio"].low < 0.98 < figures["scale_up_ratio"].high
    assert figures["equivalence"].value == 1


def test_bars_of_batches_are_samples_of_them(tmp_path: Path):
    with (tmp_path / "b.csv").open("w", encoding="utf-8-sig", newline="") as file:
        rows = [["批号", "试棒", "强度"]]
        rows += [[f"B{k // 3}", f"{k % 3}", f"{50 + k % 3}"] for k in range(12)]
        csv.writer(file).writerows(rows)
    report = stability(tmp_path / "b.csv")
    assert not [f for f in report.findings if f.code in ("S613", "S660")]
    figures = {f.measure: f for f in report.results[0].characteristics[0].figures}
    assert figures["within_rsd"].count == 4


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([99.0, 101.0], "both batches are within the limits"),
        ([99.0, 111.0], "not within the limits: B2"),
        ([89.0, 111.0], "not within the limits: B1, B2"),
    ],
)
def test_of_two_batches_it_is_told_what_is_still_known(
    tmp_path: Path, values: list[float], said: str
):
    (result,) = stability(batches(tmp_path / "b.csv", A=values)).results
    known, within, *_ = [n.to("en") for n in result.characteristics[0].notes]
    assert within == said
    assert f"the mean {np.mean(values):g} (" in known
    # Student's t with 1 degree of freedom: 6.314 at 95 %
    half = 6.3138 * (values[1] - values[0]) / 2
    low, high = re.search(r"bounds (\S+) to (\S+)\)", known).groups()
    assert float(low) == pytest.approx(np.mean(values) - half, rel=1e-4)
    assert float(high) == pytest.approx(np.mean(values) + half, rel=1e-4)
    assert f"{values[1] - values[0]:g} apart" in known


def test_three_batches_need_no_such_words(tmp_path: Path):
    (result,) = stability(batches(tmp_path / "b.csv", A=[99.0, 100.0, 101.0])).results
    assert not any("two batches" in n.to("en") for n in result.characteristics[0].notes)


def test_batches_of_nobody_are_told_as_that(tmp_path: Path, mini: Path):
    head = ["批号", "规模", "特性", "数值", "单位"]
    batches = [[f"B{n}", "中试", "纯度", 99 + n / 10, "%"] for n in range(5)]
    sheets = {"成果": [HEADERS, row(id="P-1"), row(id="P-2")], "批次": [head, *batches]}
    with pytest.raises(UnreadableInputError, match="which result they belong to"):
        stability(write_book(tmp_path / "b.xlsx", sheets), criteria=mini)
