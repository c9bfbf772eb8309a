"""A call decided, as a workbook: decisions, both rules, jumps, reserve list, where the money goes, log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pilotscore.funding.concentration import breakdowns
from pilotscore.language import Lang, Text
from pilotscore.runs.fund import FundReport
from pilotscore.views.draw_view import draw_lines
from pilotscore.views.funded_tables import (
    VALUE,
    decisions_table,
    jumps_table,
    log_table,
    prices_table,
    reserve_table,
    rules_table,
)
from pilotscore.views.limits_used import limits_table
from pilotscore.views.next_money import budget_table, rules_table_without
from pilotscore.views.overrides import overrides_table
from pilotscore.views.portfolio_view import views_table
from pilotscore.views.tables import Column, Table
from pilotscore.views.xlsx import Sheets, open_sheets
from pilotscore.wording import words

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

SHEET_DECISIONS = Text("资助决定", "Decisions")
SHEET_RULES = Text("两种规则", "Two rules")
SHEET_JUMPS = Text("越过", "Jumps")
SHEET_RESERVE = Text("候补名单", "Reserve list")
SHEET_OVERRIDES = Text("决定与代价", "Overrides")
SHEET_VIEW = Text("资金去向", "Where it goes")
SHEET_NEXT = Text("下一笔钱", "Next money")
SHEET_COSTS = Text("规定的代价", "Cost of rules")
SHEET_LIMITS = Text("限额使用", "Limits used")
SHEET_CALL = Text("征集文件", "Call")
SHEET_PRICES = Text("影子价格", "Prices")
SHEET_LOG = Text("分配日志", "Log")
SHEET_DRAW = Text("抽签记录", "Draw")
_MOST_BARS = 12


def write_funding_book(path: Path, report: FundReport, lang: Lang) -> None:
    """Write the workbook; the same inputs give the same bytes."""
    call = report.funded.instance.call
    sheets = open_sheets(path, call.title.to(lang), report.outcome.manifest, lang)
    said = [*report.headline(), *report.notes()]
    sheets.add(SHEET_DECISIONS, decisions_table(report, lang), notes=said, freeze=3, tall=True)
    rules = rules_table(report)
    shown = Table(rules.columns, [[row[0].to(lang), *row[1:]] for row in rules.rows])
    sheets.add(SHEET_RULES, shown, notes=said)
    if report.overruled is not None:
        sheets.add(SHEET_OVERRIDES, overrides_table(report.overruled, lang), tall=True)
    for name, table in (
        (SHEET_JUMPS, jumps_table(report, lang)),
        (SHEET_RESERVE, reserve_table(report, lang)),
    ):
        sheets.add(name, table, tall=True)
    sheets.add(SHEET_LIMITS, limits_table(report.funded, lang))
    _write_next(sheets, report, lang)
    priced = prices_table(report, lang)
    if priced is not None:
        sheets.add(SHEET_PRICES, priced)
    _write_view(sheets, report, lang)
    sheets.add(SHEET_LOG, log_table(report, lang))
    discussion = call.line.discussion
    if discussion is not None and discussion.decide == "lottery":
        lines: list[list[Any]] = [[text] for text in draw_lines(report.funded)]
        sheets.add(SHEET_DRAW, Table((Column("record", SHEET_DRAW, width=120),), lines))
    sheets.add(SHEET_CALL, _flat(report.funded.instance.loaded.data))
    sheets.add_findings((*report.findings, *report.outcome.findings))
    sheets.add(words.SHEET_MANIFEST, _flat(report.manifest()), header=False)
    sheets.close()


def _write_next(sheets: Sheets, report: FundReport, lang: Lang) -> None:
    """Write what other budgets buy, with the curve, and what each rule costs."""
    tried = report.sensitivity
    if tried is None:
        return
    table = budget_table(report.funded, tried, lang)
    sheet = sheets.add(SHEET_NEXT, table, tall=True)
    last, name = len(table.rows), SHEET_NEXT.to(lang)
    chart = sheets.book.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    for column, colour in ((3, "#1F4E78"), (2, "#9BC2E6")):
        chart.add_series({
            "name": table.columns[column].heading.to(lang), "categories": [name, 1, 1, last, 1],
            "values": [name, 1, column, last, column],
            "line": {"color": colour}, "marker": {"type": "circle", "fill": {"color": colour}},
        })  # fmt: skip
    chart.set_title({"name": SHEET_NEXT.to(lang), "name_font": {"size": 11}})
    chart.set_x_axis({"name": table.columns[1].heading.to(lang), "num_format": "#,##0"})
    least = min((v for row in table.rows for v in row[2:4] if v is not None), default=0.0)
    chart.set_y_axis({"name": VALUE.to(lang), "num_format": "#,##0", "min": int(least * 0.95)})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 620, "height": 320})
    sheet.insert_chart(last + 2, 0, chart)
    sheets.add(SHEET_COSTS, rules_table_without(report.funded, tried, lang), tall=True)


def _write_view(sheets: Sheets, report: FundReport, lang: Lang) -> None:
    """Write where the money goes, with a chart of each property: asked beside awarded."""
    table = views_table(report.funded, lang)
    sheet = sheets.add(SHEET_VIEW, table)
    first, tops = 1, [1, 1]
    for view in breakdowns(report.funded):
        last = first + min(len(view.groups), _MOST_BARS) - 1
        side = tops.index(min(tops))  # two columns of charts, each below the one before
        height = 120 + 28 * (last - first + 1)
        _chart(
            sheets,
            sheet,
            view.title.to(lang),
            (first, last),
            (tops[side], 10 + 8 * side),
            height,
            lang,
        )
        tops[side] += height // 20 + 2
        first += len(view.groups)


def _chart(
    sheets: Sheets, sheet: Worksheet, title: str, rows: tuple[int, int], place: tuple[int, int],
    height: int, lang: Lang,
) -> None:  # fmt: skip
    first, last = rows
    chart = sheets.book.add_chart({"type": "bar"})
    name = SHEET_VIEW.to(lang)
    for column, words_of, colour in (
        (5, Text("占资助", "of awarded"), "#1F4E78"),
        (4, Text("占申请", "of asked"), "#9BC2E6"),
    ):
        chart.add_series({
            "name": words_of.to(lang), "categories": [name, first, 1, last, 1],
            "values": [name, first, column, last, column], "fill": {"color": colour},
        })  # fmt: skip
    chart.set_title({"name": title, "name_font": {"size": 11}})
    chart.set_y_axis({"reverse": True, "major_gridlines": {"visible": False}, "interval_unit": 1})
    chart.set_x_axis({"num_format": "0%", "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 460, "height": height})
    sheet.insert_chart(*place, chart)


def _flat(data: dict[str, Any]) -> Table:
    columns = (
        Column("name", Text("项", "name"), width=34),
        Column("value", Text("值", "value"), width=90),
    )
    rows: list[list[Any]] = []

    def add(name: str, value: Any) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                add(f"{name}.{key}" if name else key, inner)
        elif isinstance(value, list):
            for number, inner in enumerate(value, start=1):
                add(f"{name}.{number}", inner)
        else:
            rows.append([name, value])

    add("", data)
    return Table(columns, rows)
