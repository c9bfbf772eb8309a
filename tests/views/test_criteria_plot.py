"""The value functions drawn, in the terminal and as SVG."""

from __future__ import annotations

import io
import re
from pathlib import Path
from unicodedata import east_asian_width

import matplotlib
import pytest
from defusedxml.ElementTree import fromstring
from matplotlib.text import Text as MplText
from rich.cells import cell_len
from rich.console import Console
from syrupy.assertion import SnapshotAssertion

from pilotscore.criteria import CriteriaSet, Indicator, load_criteria
from pilotscore.document import Document
from pilotscore.drawings import Panels
from pilotscore.language import LANGS, Lang
from pilotscore.render.panel_picture import Pen, panel_figure
from pilotscore.render.panels import panel
from pilotscore.render.pictures import write_picture
from pilotscore.render.terminal import print_page
from pilotscore.views.criteria_plot import document, value_function
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


def chosen(criteria: CriteriaSet, names: tuple[str, ...] = SHOWN) -> list[Indicator]:
    return [i for i in criteria.indicators if i.id in names]


def bars_of(indicator: Indicator, lang: Lang) -> list[tuple[str, float]]:
    return [(name.to(lang), score) for name, score in value_function(indicator).bars]


def shown(criteria: CriteriaSet, width: int, lang, names: tuple[str, ...] = SHOWN) -> str:
    console = Console(file=io.StringIO(), width=width, highlight=False, markup=False, emoji=False)
    print_page(document(criteria, chosen(criteria, names)).page(), console, lang)
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
                    "".join(text for text, _ in line)
                    for line in panel(value_function(indicator), width, lang)
                ]
                assert {cell_len(line) for line in lines} == {width}, (indicator.id, width)


@pytest.mark.parametrize(
    ("width", "beside"), [(30, 1), (74, 1), (75, 2), (80, 2), (114, 3), (153, 4)]
)
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


def svg_of(drawn: Document, path: Path, lang: Lang) -> str:
    assert write_picture(drawn, path, lang) is None
    return path.read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_svg_has_each_indicator_by_dimension(criteria: CriteriaSet, tmp_path: Path):
    drawn = document(criteria, chosen(criteria))
    for lang in LANGS:
        text = svg_of(drawn, tmp_path / "a.svg", lang)
        assert svg_of(drawn, tmp_path / "b.svg", lang) == text
        root = fromstring(text)
        assert re.fullmatch(r"0 0 \d+(\.\d+)? \d+(\.\d+)?", root.attrib["viewBox"])
        assert [root.attrib["width"], root.attrib["height"]] == root.attrib["viewBox"].split()[2:]
        assert re.match(r".+ · mini \d", root.findtext(f"{SVG}title", ""))
        across = "横轴为原始值" if lang == "zh" else "across: the raw value"
        assert root.findtext(f"{SVG}desc", "").startswith(across)
        assert "matplotlib" not in text.lower()
        groups = {g.attrib["id"]: g for g in root.iter(f"{SVG}g") if "id" in g.attrib}
        ids = {name for name in groups if name.startswith(("indicator-", "dimension-"))}
        assert ids == {f"indicator-{n}" for n in SHOWN} | {"dimension-tech", "dimension-safety"}
        assert groups["dimension-tech"].find(f"{SVG}g[@id='indicator-run_hours']") is not None
        said = {t.text for t in root.iter(f"{SVG}text")}
        assert ("技术成熟度 · 权重 60" if lang == "zh" else "Technology · Weight 60") in said
        assert ("连续运行时间（h）" if lang == "zh" else "Continuous run (h)") in said
        dots = list(groups["indicator-ratio"].iter(f"{SVG}use"))
        assert len([d for d in dots if "stroke: #ffffff" in d.attrib.get("style", "")]) == 3
        assert "10 倍 → 80" in text or lang == "en"


@pytest.mark.slow
def test_a_title_that_is_cut_stands_in_full_beside(criteria: CriteriaSet, tmp_path: Path):
    text = svg_of(document(criteria, chosen(criteria, ("ratio",))), tmp_path / "a.svg", "en")
    titles = [t.text for t in fromstring(text).iter(f"{SVG}title")]
    assert "A scale ratio with a name that is much too long for its chart (times)" in titles


@pytest.mark.slow
def test_what_a_file_says_cannot_break_out_of_the_svg(criteria: CriteriaSet, tmp_path: Path):
    wicked = criteria.model_copy(update={"version": '</text><script>alert(1)</script>\x1b[31m"$x$'})
    text = svg_of(document(wicked, criteria.indicators), tmp_path / "a.svg", "en")
    assert not list(fromstring(text).iter(f"{SVG}script"))
    assert "\x1b" not in text
    assert "$x$" in text


def is_wide(sign: str) -> bool:
    return east_asian_width(sign) in "WF"


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_no_text_lies_on_another_or_outside(criteria: CriteriaSet, lang: Lang):
    for one in (load_criteria().criteria, criteria):
        for some in (one.indicators, one.indicators[:1], one.indicators[1:3]):
            (drawing,) = document(one, some).drawings()  # type: ignore[misc]
            assert isinstance(drawing.data, Panels)
            with matplotlib.rc_context({"text.parse_math": False, "font.family": "DejaVu Sans"}):
                figure = panel_figure(drawing.data, Pen(lang, has_chinese=False))
                figure.set_dpi(288)  # widths as they are, not as few dots have them
                renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
                texts = [t for t in figure.findobj(MplText) if t.get_text()]
                for t in texts:  # no font of this machine need have Chinese
                    t.set_text("".join("—" if is_wide(x) else x for x in t.get_text()))
                found = [(t.get_window_extent(renderer), t.get_text()) for t in texts]
            assert len(found) > 3 * len(some)
            for box, text in found:
                assert box.x0 >= 0, text
                assert box.y0 >= 0, text
                assert box.x1 <= figure.bbox.width, text
                assert box.y1 <= figure.bbox.height, text
            for n, (a, text) in enumerate(found):
                for b, other in found[n + 1 :]:
                    apart = a.x1 <= b.x0 or b.x1 <= a.x0 or a.y1 <= b.y0 or b.y1 <= a.y0
                    assert apart, (text, other)
