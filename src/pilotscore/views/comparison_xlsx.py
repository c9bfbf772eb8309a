"""A comparison of two rounds as a workbook, with a native slope chart, and as CSV."""

from __future__ import annotations

import csv
import datetime
import io
import json
from pathlib import Path
from typing import Any

from pilotscore.language import Lang, Text
from pilotscore.runs.comparison import CAUSES, Comparison, status_text
from pilotscore.views.plain import csv_cell
from pilotscore.workbook.open.ooxml import REPORT_MARK

_CREATED = datetime.datetime(2026, 1, 1)
_IN_CHART = 20
_HEADINGS = (
    Text("编号", "id"), Text("名称", "title"), Text("方向", "direction"), Text("原名次", "old rank"),
    Text("新名次", "new rank"), Text("原指数", "old index"), Text("新指数", "new index"),
    Text("变化", "change"), Text("其中数值与证据", "by values and evidence"),
    Text("其中指标体系", "by criteria"), Text("原等级", "old grade"), Text("新等级", "new grade"),
)  # fmt: skip
_DIRECTIONS = {
    "rose": Text("上升", "rose"), "fell": Text("下降", "fell"), "same": Text("不变", "same"),
    "status": Text("状态变化", "status"), "appeared": Text("新增", "appeared"), "left": Text("退出", "left"),
}  # fmt: skip


def change_rows(comparison: Comparison, lang: Lang) -> list[list[Any]]:
    """Return a row for each result, those in one round only last."""
    rows: list[list[Any]] = [
        [
            c.id, c.title, _DIRECTIONS[c.direction].to(lang), c.old.rank, c.new.rank, c.old.index,
            c.new.index, c.points, c.by_values, c.by_criteria, status_text(c.old, lang),
            status_text(c.new, lang),
        ]
        for c in comparison.changes
    ]  # fmt: skip
    for name, title, s in comparison.appeared:
        way = _DIRECTIONS["appeared"].to(lang)
        rows.append([name, title, way, None, s.rank, None, s.index, None, None, None, None, status_text(s, lang)])  # fmt: skip
    for name, title, s in comparison.left:
        way = _DIRECTIONS["left"].to(lang)
        rows.append([name, title, way, s.rank, None, s.index, None, None, None, None, status_text(s, lang), None])  # fmt: skip
    return rows


def comparison_csv(comparison: Comparison, lang: Lang) -> str:
    """Return the changes as CSV."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([h.to(lang) for h in _HEADINGS])
    writer.writerows([csv_cell(x) for x in row] for row in change_rows(comparison, lang))
    return stream.getvalue()


def write_comparison(path: Path, comparison: Comparison, lang: Lang) -> None:
    """Write the workbook: changes with a chart, what moved each, and the manifests."""
    import xlsxwriter

    with xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"created": _CREATED, "comments": REPORT_MARK})
        head = book.add_format(
            {"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True}
        )
        figure = book.add_format({"num_format": "0.0"})
        rows = change_rows(comparison, lang)
        sheet = book.add_worksheet(Text("变化", "Changes").to(lang))
        _table(sheet, [h.to(lang) for h in _HEADINGS], rows, head, figure)
        _chart(book, sheet, comparison, len(_HEADINGS))
        moved = [
            [
                c.id, c.title, m.title.to(lang), m.points, CAUSES[m.cause].to(lang),
                m.before.to(lang), m.after.to(lang),
            ]
            for c in comparison.changes
            for m in c.moved
        ]  # fmt: skip
        headings = (
            Text("编号", "id"), Text("名称", "title"), Text("指标", "indicator"), Text("变化（分）", "points"),
            Text("原因", "cause"), Text("原", "before"), Text("新", "after"),
        )  # fmt: skip
        _table(book.add_worksheet(Text("逐指标", "Indicators").to(lang)), [h.to(lang) for h in headings], moved, head, figure)  # fmt: skip
        manifest = book.add_worksheet(Text("溯源", "Manifest").to(lang))
        manifest.set_column(0, 0, 12)
        manifest.set_column(1, 1, 100)
        for r, (name, found) in enumerate((("old", comparison.old), ("new", comparison.new))):
            manifest.write_string(r, 0, name)
            manifest.write_string(r, 1, json.dumps(found.to_dict(), ensure_ascii=False))


def _table(sheet: Any, headings: list[str], rows: list[list[Any]], head: Any, figure: Any) -> None:
    sheet.write_row(0, 0, headings, head)
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 2, 28)
    sheet.set_column(3, len(headings) - 1, 14)
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row):
            if isinstance(value, float):
                sheet.write_number(r, c, value, figure)
            elif isinstance(value, int):
                sheet.write_number(r, c, value)
            elif value:
                sheet.write_string(r, c, str(value))


def _chart(book: Any, sheet: Any, comparison: Comparison, columns: int) -> None:
    """Add a slope chart: a line from the old index to the new one for each result that moved most."""
    chart = book.add_chart({"type": "line"})
    name = sheet.get_name()
    for r, _ in enumerate(comparison.changes[:_IN_CHART], 1):
        chart.add_series(
            {
                "name": [name, r, 0],
                "categories": [name, 0, 5, 0, 6],
                "values": [name, r, 5, r, 6],
                "marker": {"type": "circle"},
            }
        )
    if comparison.changes:
        chart.set_y_axis({"min": 0, "max": 100})
        chart.set_size({"width": 520, "height": 520})
        sheet.insert_chart(1, columns + 1, chart)
