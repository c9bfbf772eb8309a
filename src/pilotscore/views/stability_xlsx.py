"""Stability as a workbook: figures, batches with native control charts, and the manifest."""

from __future__ import annotations

import datetime
import json
import math
from pathlib import Path
from typing import Any

from pilotscore.language import Lang, Text
from pilotscore.runs.stability import CharacteristicStability, FigureRow, StabilityReport
from pilotscore.runs.stability_words import RULES
from pilotscore.views.stability_view import heading
from pilotscore.workbook.open.ooxml import REPORT_MARK

_CREATED = datetime.datetime(2026, 1, 1)
# A chart for each characteristic of so many results at most; the figures are of all.
MOST_CHARTS = 200
_CHART_ROWS = 20
_HEADINGS = (
    Text("成果编号", "result"), Text("特性", "characteristic"), Text("测度", "measure"), Text("单位", "unit"),
    Text("值", "value"), Text("下界", "lower bound"), Text("上界", "upper bound"), Text("批数", "batches"),
    Text("结论", "verdict"), Text("不可评价的原因", "why not assessable"),
)  # fmt: skip
_POINTS = (
    Text("成果编号", "result"), Text("特性", "characteristic"), Text("批次", "batch"), Text("数值", "value"),
    Text("中心线", "centre"), Text("下控制限", "LCL"), Text("上控制限", "UCL"), Text("失控点", "signal"),
    Text("规则", "rules"), Text("极差或标准差", "range or deviation"), Text("其中心线", "its centre"),
    Text("其上限", "its UCL"),
)  # fmt: skip


def write_stability(path: Path, report: StabilityReport, lang: Lang) -> None:
    """Write the workbook.

    Parameters
    ----------
    path
        Where to.
    report
        What is written.
    lang
        The language of headings and words.
    """
    import xlsxwriter

    options = {
        "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"created": _CREATED, "comments": REPORT_MARK})
        bold = book.add_format(
            {"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True}
        )
        _figures(book, report, lang, bold)
        _charts(book, report, lang, bold)
        sheet = book.add_worksheet(Text("溯源清单", "Manifest").to(lang))
        for r, (key, value) in enumerate(report.manifest.to_dict().items()):
            sheet.write_string(r, 0, key)
            sheet.write_string(r, 1, json.dumps(value, ensure_ascii=False))
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 100)


def _put(sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif isinstance(value, int | float) and math.isfinite(value):
        sheet.write_number(row, column, value)
    elif isinstance(value, float) and math.isinf(value):
        sheet.write_string(row, column, "∞" if value > 0 else "-∞")


def _figures(book: Any, report: StabilityReport, lang: Lang, bold: Any) -> None:
    sheet = book.add_worksheet(Text("稳定性", "Stability").to(lang))
    for c, text in enumerate(_HEADINGS):
        sheet.write_string(0, c, text.to(lang), bold)
    row = 1
    for result in report.results:
        parts: list[tuple[str, tuple[FigureRow, ...]]] = [("", result.figures)]
        parts += [(heading(c, lang), c.figures) for c in result.characteristics]
        for name, figures in parts:
            for f in figures:
                cells = (
                    result.id, name, f.title.to(lang), f.unit.to(lang), f.value, f.low, f.high, f.count,
                    f.verdict.to(lang) if f.verdict else "", f.why.to(lang) if f.why else "",
                )  # fmt: skip
                for c, cell in enumerate(cells):
                    _put(sheet, row, c, cell)
                row += 1
    for c, width in enumerate((14, 26, 26, 8, 11, 11, 11, 8, 22, 40)):
        sheet.set_column(c, c, width)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.autofilter(0, 0, max(row - 1, 1), len(_HEADINGS) - 1)


def _charts(book: Any, report: StabilityReport, lang: Lang, bold: Any) -> None:
    """Write the points of every chart, and a native chart of each characteristic."""
    name = Text("控制图数据", "Chart data").to(lang)
    drawn = book.add_worksheet(Text("控制图", "Control charts").to(lang))
    drawn.hide_gridlines(2)
    drawn.set_landscape()
    drawn.set_paper(9)
    drawn.fit_to_pages(1, 0)
    sheet = book.add_worksheet(name)
    for c, text in enumerate(_POINTS):
        sheet.write_string(0, c, text.to(lang), bold)
    row, charts = 1, 0
    for result in report.results:
        for characteristic in result.characteristics:
            if characteristic.chart is None:
                continue
            first = row
            row = _points(sheet, row, result.id, characteristic, lang)
            if charts < MOST_CHARTS:
                title = f"{result.id}  {heading(characteristic, lang)}"
                chart = _chart(book, name, first, row - 1, title, characteristic, lang)
                at = charts * _CHART_ROWS
                drawn.insert_chart(at, 0, chart, {"object_position": 3})
                charts += 1
    sheet.set_column(0, 2, 16)
    sheet.freeze_panes(1, 3)


def _points(
    sheet: Any, row: int, result: str, characteristic: CharacteristicStability, lang: Lang
) -> int:
    chart = characteristic.chart
    assert chart is not None
    rules = dict(chart.signals)
    for n, batch in enumerate(chart.names):
        flagged = rules.get(n, ())
        said = "；" if lang == "zh" else "; "
        cells = (
            result, characteristic.title.to(lang), batch, chart.points[n], chart.centre, chart.lower[n],
            chart.upper[n], chart.points[n] if flagged else math.nan,
            said.join(f"{r} {RULES[r].to(lang)}" for r in flagged), chart.spread[n],
            chart.spread_centre[n], chart.spread_upper[n],
        )  # fmt: skip
        for c, cell in enumerate(cells):
            _put(sheet, row, c, cell)
        row += 1
    return row


def _chart(
    book: Any, name: str, first: int, last: int, title: str,
    characteristic: CharacteristicStability, lang: Lang,
) -> Any:  # fmt: skip
    chart = book.add_chart({"type": "line"})
    lines = (
        (3, {"color": "#0A63C9", "width": 1.25}, {"type": "circle", "size": 5, "fill": {"color": "#0A63C9"}}),
        (4, {"color": "#57606A", "width": 1}, {"type": "none"}),
        (5, {"color": "#B42318", "width": 1, "dash_type": "dash"}, {"type": "none"}),
        (6, {"color": "#B42318", "width": 1, "dash_type": "dash"}, {"type": "none"}),
        (7, {"none": True}, {"type": "diamond", "size": 9, "fill": {"color": "#D92D20"}, "border": {"color": "#D92D20"}}),
    )  # fmt: skip
    for column, style, marker in lines:
        chart.add_series({
            "name": _POINTS[column].to(lang),
            "categories": [name, first, 2, last, 2],
            "values": [name, first, column, last, column],
            "line": style,
            "marker": marker,
        })  # fmt: skip
    kind = characteristic.chart.kind.to(lang) if characteristic.chart else ""
    chart.set_title({"name": f"{title}  {kind}", "name_font": {"size": 11}, "overlay": False})
    chart.set_size({"width": 860, "height": 370})
    known = [x for x in _extent(characteristic) if math.isfinite(x)]
    low, high = min(known), max(known)
    step = _step(high - low or abs(high) or 1.0)
    chart.set_y_axis({
        "min": math.floor(low / step) * step, "max": math.ceil(high / step) * step,
        "major_unit": step, "num_format": "General",
        "major_gridlines": {"visible": True, "line": {"color": "#E5E7EB"}},
        "name": characteristic.unit,
    })  # fmt: skip
    chart.set_x_axis({"num_font": {"rotation": -45, "size": 8}})
    chart.set_legend({"position": "bottom"})
    chart.show_blanks_as("gap")
    return chart


def _step(span: float) -> float:
    """Return a round step of an axis: 1, 2 or 5 times a power of ten, about seven to the span."""
    raw = span / 6
    power = 10.0 ** math.floor(math.log10(raw))
    return float(f"{next(k for k in (1, 2, 5, 10) if k * power >= raw) * power:.3g}")


def _extent(characteristic: CharacteristicStability) -> tuple[float, ...]:
    chart = characteristic.chart
    return () if chart is None else (*chart.points, *chart.lower, *chart.upper)
