"""Drawings in characters: heat maps and control charts fitted to a screen."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from pilotscore.drawings import ControlChart, HeatMap
from pilotscore.language import Text, same
from pilotscore.render.drawings import draw

INF = float("inf")


def drawn(data: object, width: int) -> list[str]:
    console = Console(file=io.StringIO(), width=width, highlight=False, markup=False, emoji=False)
    draw(data, console, "en")
    return console.file.getvalue().splitlines()  # type: ignore[attr-defined,no-any-return]


def heat(columns: int) -> HeatMap:
    shares = tuple(tuple(1.0 if c == r else 0.0 for c in range(columns)) for r in range(3))
    labels = tuple(str(c + 1) for c in range(columns))
    return HeatMap(Text("热图", "Heat"), labels, ("P-1", "一种名称很长的工艺", "P-3"), shares)


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("columns", [3, 40, 300])
def test_a_heat_map_fits_the_screen_and_loses_no_share(width: int, columns: int):
    lines = drawn(heat(columns), width)
    assert lines[0] == "Heat"
    assert len(lines) == 6  # title, ruler, three rows, legend
    assert max(map(cell_len, lines[:-1])) <= width
    assert all("█" in line for line in lines[2:5])


def test_each_shade_has_its_least_share():
    shares = ((0.0, 0.01, 0.05, 0.2, 0.4, 0.7),)
    (row,) = drawn(HeatMap(same("H"), tuple("123456"), ("P",), shares), 80)[2:3]
    assert row == "P" + " " * 13 + "  ··░░▒▒▓▓██"


def chart(count: int, **changes: object) -> ControlChart:
    data: dict[str, object] = {
        "title": same("P-1"),
        "kind": Text("均值图", "X-bar"),
        "names": tuple(f"B{n}" for n in range(count)),
        "points": tuple(float(n % 3) for n in range(count)),
        "centre": 1.0,
        "lower": (-2.0,) * count,
        "upper": (4.0,) * count,
        "flagged": ((1, "1"),),
    }
    return ControlChart(**{**data, **changes})  # type: ignore[arg-type]


def test_a_control_chart_has_limits_points_and_those_that_are_flagged():
    lines = drawn(chart(6), 80)
    assert lines[0] == "X-bar chart, 6 points"
    assert [line.split()[-1] for line in lines if line.endswith("CL")] == ["UCL", "CL", "LCL"]
    assert sum(line.count("●") for line in lines) == 5
    assert sum(line.count("✖") for line in lines) == 1
    assert lines[-1].strip() == "B0 … B5"


def test_of_many_points_the_last_are_shown():
    lines = drawn(chart(200), 80)
    assert lines[0] == "X-bar chart, 200 points (the last 67 shown)"
    assert max(map(cell_len, lines)) <= 85  # the names of the lines stand beside it
    assert lines[-1].strip() == "B133 … B199"


def test_limits_that_vary_or_are_none_have_no_line():
    lines = drawn(chart(4, upper=(1.0, 2.0, 3.0, 4.0), lower=(-INF,) * 4), 80)
    assert [line.split()[-1] for line in lines if line.endswith("CL")] == ["CL"]


def test_points_that_are_all_alike():
    assert any("●" in line for line in drawn(chart(3, points=(1.0, 1.0, 1.0), flagged=()), 80))
