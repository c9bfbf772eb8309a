"""The value functions drawn, in the terminal and as SVG."""

from __future__ import annotations

import io
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from defusedxml.ElementTree import fromstring
from rich.cells import cell_len
from rich.console import Console
from syrupy.assertion import SnapshotAssertion

from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.language import LANGS
from pilotscore.views.criteria_plot import bars_of, chart, print_plots
from pilotscore.views.criteria_svg import text_width, to_svg
from tests.conftest import MINI, built_in

SHOWN = ("trl", "run_hours", "yield_rate", "hazard", "permit", "ratio")
EXTRA = """      - id: ratio
        title: {zh: 一个名称很长很长很长很长很长很长很长的放大倍数, en: A scale ratio with a name that is much too long for its chart}
        unit: {zh: 倍, en: times}
        type: ratio
        axis: log
        direction: min
        points: [[1, 100], [10, 80], [1000, 0]]
        weight: 0
      - id: marks
        title: Marks
        type: level
        scale: [0, 100]
        points: [[0, 0], [100, 100]]
        weight: 0
"""
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def criteria(tmp_path: Path) -> CriteriaSet:
    path = tmp_path / "set.yaml"
    text = MINI.replace(
        "        scale: [1, 9]\n",
        "        scale: [1, 9]\n        wording: {4: {zh: 在实验室环境验证部件或小试工艺, en: parts validated in the laboratory}}\n",
    )
    text = text.replace("  - id: safety\n", EXTRA + "  - id: safety\n", 1)
    path.write_text(text, encoding="utf-8")
    return load_criteria(path).criteria


def shown(criteria: CriteriaSet, width: int, lang, names: tuple[str, ...] = SHOWN) -> str:
    console = Console(file=io.StringIO(), width=width, highlight=False, markup=False, emoji=False)
    print_plots(criteria, [i for i in criteria.indicators if i.id in names], console, lang)
    return console.file.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [80, 120])
def test_charts(criteria: CriteriaSet, snapshot: SnapshotAssertion, width: int, lang):
    text = shown(criteria, width, lang)
    assert text == snapshot
    assert max(cell_len(line) for line in text.splitlines()) <= width


def test_every_line_of_a_chart_has_its_width():
    for indicator in built_in().criteria.indicators:
        for lang in LANGS:
            for width in (36, 38, 57, 76):
                lines = [
                    "".join(text for text, _ in line) for line in chart(indicator, width, lang)
                ]
                assert {cell_len(line) for line in lines} == {width}, (indicator.id, width)


@pytest.mark.parametrize(("width", "beside"), [(30, 1), (74, 1), (75, 2), (80, 2), (114, 3), (153, 4)])  # fmt: skip
def test_as_many_beside_each_other_as_fit(criteria: CriteriaSet, width: int, beside: int):
    text = shown(criteria, width, "en", ("trl", "yield_rate", "run_hours", "ratio"))
    first = next(line for line in text.splitlines() if "trl · " in line)
    assert first.count(" · Weight") == beside


def test_one_chart_is_as_wide_as_there_is_room(criteria: CriteriaSet):
    assert max(map(len, shown(criteria, 200, "en", ("run_hours",)).splitlines())) == 76


def test_a_curve_is_drawn_as_it_scores(criteria: CriteriaSet):
    lines = shown(criteria, 80, "en", ("ratio",)).splitlines()
    rows = [line for line in lines if re.match(r"(...)[┤│]", line)]
    assert [row[:3].strip() for row in rows] == ["100", "", "", "50", "", "", "0"]
    marks = [(n, m.start()) for n, row in enumerate(rows) for m in re.finditer("●", row)]
    # 1, 10 and 1000 stand at 0, a third and the whole of a log axis; 80 is in the second row.
    assert marks == [(0, 4), (1, 28), (6, 75)]
    assert "log axis" in lines[5]
    labels = lines[lines.index(rows[-1]) + 2]
    assert labels.split() == ["1", "10", "1000", "times"]


def test_levels_and_categories_are_bars_with_their_scores(criteria: CriteriaSet):
    by_id = {i.id: i for i in criteria.indicators}
    assert bars_of(by_id["trl"], "en")[3] == ("4 parts validated in the laboratory", 37.5)
    assert bars_of(by_id["hazard"], "zh") == [("未做", 0), ("部分完成", 50), ("已完成", 100)]
    assert bars_of(by_id["permit"], "en") == [("no", 0), ("yes", 100)]
    assert bars_of(by_id["run_hours"], "en") == []
    assert bars_of(by_id["marks"], "en") == []  # 101 bars would show less than a curve


def test_the_svg_has_each_indicator_by_dimension(criteria: CriteriaSet):
    chosen = [i for i in criteria.indicators if i.id in SHOWN]
    for lang in LANGS:
        text = to_svg(criteria, chosen, lang)
        assert to_svg(criteria, chosen, lang) == text
        root = fromstring(text)
        assert re.fullmatch(r"0 0 \d+ \d+(\.\d+)?", root.attrib["viewBox"])
        groups = {g.attrib["id"]: g for g in root.iter(f"{SVG}g") if "id" in g.attrib}
        assert set(groups) == {f"indicator-{i.id}" for i in chosen} | {"dimension-tech", "dimension-safety"}  # fmt: skip
        assert groups["dimension-tech"].find(f"{SVG}g[@id='indicator-run_hours']") is not None
        said = {t.text for t in root.iter(f"{SVG}text")}
        assert ("连续运行时间（h）" if lang == "zh" else "Continuous run (h)") in said
        curve = groups["indicator-ratio"]
        assert len(list(curve.iter(f"{SVG}circle"))) == 3
        assert "10 倍 → 80" in text or lang == "en"


def test_a_title_that_is_cut_stands_in_full_beside(criteria: CriteriaSet):
    text = to_svg(criteria, [i for i in criteria.indicators if i.id == "ratio"], "en")
    root = fromstring(text)
    titles = [t.text for t in root.iter(f"{SVG}title")]
    assert "A scale ratio with a name that is much too long for its chart (times)" in titles


def test_what_a_file_says_cannot_break_out_of_the_svg(criteria: CriteriaSet):
    wicked = criteria.model_copy(update={"version": '</text><script>alert(1)</script>\x1b[31m"'})
    root = fromstring(to_svg(wicked, criteria.indicators, "en"))
    assert not list(root.iter(f"{SVG}script"))
    assert "\x1b" not in to_svg(wicked, criteria.indicators, "en")


Box = tuple[float, float, float, float]


def boxes(element: ET.Element, dx: float = 0.0, dy: float = 0.0) -> list[tuple[Box, str]]:
    """Return where each text lies, as wide as it may be."""
    moved = re.fullmatch(r"translate\(([\d.]+) ([\d.]+)\)", element.attrib.get("transform", ""))
    if moved:
        dx, dy = dx + float(moved.group(1)), dy + float(moved.group(2))
    found = []
    if element.tag == f"{SVG}text":
        size, text = float(element.attrib["font-size"]), element.text or ""
        wide = text_width(text, size)
        x, y = dx + float(element.attrib["x"]), dy + float(element.attrib["y"])
        x -= wide * {"middle": 0.5, "end": 1.0}.get(element.attrib.get("text-anchor", ""), 0.0)
        found.append(((x, y - 0.8 * size, x + wide, y + 0.2 * size), text))
    for child in element:
        found += boxes(child, dx, dy)
    return found


@pytest.mark.parametrize("lang", LANGS)
def test_no_text_lies_on_another_or_outside(criteria: CriteriaSet, lang):
    for one in (built_in().criteria, criteria):
        for chosen in (one.indicators, one.indicators[:1], one.indicators[1:3]):
            root = fromstring(to_svg(one, chosen, lang))
            _, _, width, height = map(float, root.attrib["viewBox"].split())
            found = boxes(root)
            for (left, top, right, bottom), text in found:
                assert left >= 0, text
                assert top >= 0, text
                assert right <= width, text
                assert bottom <= height, text
            for n, (a, text) in enumerate(found):
                for b, other in found[n + 1 :]:
                    apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
                    assert apart, (text, other)
