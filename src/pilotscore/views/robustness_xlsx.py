"""The sheets of robustness in a workbook: places, heat map, what moves the ranks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pilotscore.language import Lang, Text
from pilotscore.runs.robustness import (
    TITLE,
    RobustnessReport,
    acceptability_table,
    places_table,
    sensitivity_table,
    settings_text,
    swaps_table,
    weights_table,
)
from pilotscore.views.robustness_words import paragraph
from pilotscore.views.tables import Table

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

SHEET = Text("排名稳健性", "Robustness")
SHEET_HEAT = Text("名次接受度", "Rank acceptability")
SHEET_LOCAL = Text("权重与相邻", "Weights and neighbours")
Write = Callable[["Worksheet", Table, int], None]


def write_robustness(book: Workbook, report: RobustnessReport, lang: Lang, write: Write) -> None:
    """Write the sheets.

    Parameters
    ----------
    book
        Where they go.
    report
        What was found.
    lang
        The language.
    write
        Writes a table with its headings from a row of a sheet on.
    """
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(SHEET.to(lang))
    sheet.write_string(0, 0, TITLE.to(lang), bold)
    for row, text in enumerate((settings_text(report), paragraph(report)), start=1):
        sheet.merge_range(row, 0, row, 13, text.to(lang), wrapped)
        sheet.set_row(row, 48)
    table = places_table(report, lang)
    write(sheet, table, 3)
    for c, column in enumerate(table.columns):
        sheet.set_column(c, c, column.width)
    sheet.freeze_panes(4, 3)
    _bars(sheet, [c.key for c in table.columns], len(table.rows))
    _finish(sheet)

    heat = book.add_worksheet(SHEET_HEAT.to(lang))
    map_ = acceptability_table(report)
    write(heat, map_, 0)
    for c, column in enumerate(map_.columns):
        heat.set_column(c, c, column.width)
    heat.freeze_panes(1, 2)
    scale = {
        "type": "2_color_scale", "min_type": "num", "max_type": "num", "min_value": 0, "max_value": 1,
        "min_color": "#FFFFFF", "max_color": "#1F4E78",
    }  # fmt: skip
    heat.conditional_format(1, 2, len(map_.rows), len(map_.columns) - 1, scale)
    _finish(heat)

    local = book.add_worksheet(SHEET_LOCAL.to(lang))
    row = 0
    for found in (
        sensitivity_table(report, lang),
        weights_table(report, lang),
        swaps_table(report, lang),
    ):
        if found is None or not found.rows:
            continue
        write(local, found, row)
        row += len(found.rows) + 3
    for c, width in enumerate((26, 16, 16, 60)):
        local.set_column(c, c, width)
    _finish(local)


def _bars(sheet: Worksheet, keys: list[str], rows: int) -> None:
    for key in ("top", "same_grade", "ahead_of_next"):
        c = keys.index(key)
        bar = {
            "type": "data_bar", "min_type": "num", "max_type": "num", "min_value": 0, "max_value": 1,
            "bar_color": "#9BC2E6", "bar_solid": True,
        }  # fmt: skip
        sheet.conditional_format(4, c, 3 + rows, c, bar)


def _finish(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
