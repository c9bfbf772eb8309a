"""The sheet of decision methods in the report workbook: places, a chart of them, agreement."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pilotscore.language import Lang, Text
from pilotscore.ranking import Agreement
from pilotscore.runs.outcome import Outcome
from pilotscore.views.methods import (
    AGREEMENT,
    BY_INDEX,
    TITLE,
    dependent_text,
    pairs_tables,
    places_table,
)
from pilotscore.views.tables import Column, Table
from pilotscore.wording import words

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

SHEET = Text("方法比较", "Methods")
SHEET_PLACES = Text("方法名次数据", "Method places")
MOST_LINES = 15
Write = Callable[["Worksheet", Table, int], None]


def write_methods(book: Workbook, outcome: Outcome, lang: Lang, write: Write) -> None:
    """Write the sheet, and one with the places that its chart draws; nothing without methods.

    Parameters
    ----------
    book
        Where it goes.
    outcome
        What was found.
    lang
        The language.
    write
        Writes a table with its headings from a row of a sheet on.
    """
    agreement = outcome.ranking.agreement()
    if agreement is None:
        return
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet(SHEET.to(lang))
    sheet.write_string(0, 0, TITLE.to(lang), bold)
    sheet.write_string(1, 0, dependent_text(outcome, agreement, lang))
    places = places_table(outcome, agreement)
    write(sheet, places, 2)
    for c, column in enumerate(places.columns):
        sheet.set_column(c, c, column.width)
    row = 5 + len(places.rows)
    sheet.write_string(row, 0, AGREEMENT.to(lang), bold)
    for _, table in pairs_tables(agreement):
        row += 1
        # The names stand under the titles of the results, where there is room for them.
        space = [Column("none", Text("", ""), width=6), Column("none2", Text("", ""), width=12)]
        write(sheet, Table((*space, *table.columns), [[None, None, *r] for r in table.rows]), row)
        row += len(table.rows) + 1
    sheet.freeze_panes(3, 3)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    _chart(book, sheet, outcome, agreement, lang, len(places.columns) + 1, bold)


def _chart(
    book: Workbook, sheet: Worksheet, outcome: Outcome, agreement: Agreement, lang: Lang,
    column: int, bold: Any,
) -> None:  # fmt: skip
    """Draw a line for each of the first results through its places, method by method."""
    ranking, ids = outcome.ranking, outcome.assessment.measurements.ids
    orders = [(BY_INDEX.to(lang), agreement.ranks["index"])]
    orders += [(m.method.title.to(lang), m.ranks) for m in ranking.methods.values() if m.orders]
    drawn = [i for i in ranking.order if agreement.best[i]][:MOST_LINES]
    if len(orders) < 2 or not drawn:
        return
    name = SHEET_PLACES.to(lang)
    data = book.add_worksheet(name)
    for c, (title, _) in enumerate(orders, start=1):
        data.write_string(0, c, title, bold)
    chart = book.add_chart({"type": "line"})
    lowest = 1
    for r, i in enumerate(drawn, start=1):
        data.write_string(r, 0, ids[i])
        for c, (_, ranks) in enumerate(orders, start=1):
            data.write_number(r, c, int(ranks[i]))
            lowest = max(lowest, int(ranks[i]))
        chart.add_series({
            "name": [name, r, 0],
            "categories": [name, 0, 1, 0, len(orders)],
            "values": [name, r, 1, r, len(orders)],
            "marker": {"type": "circle", "size": 5},
            "line": {"width": 1.5},
        })  # fmt: skip
    chart.set_title({"name": TITLE.to(lang), "name_font": {"size": 11}, "overlay": False})
    chart.set_y_axis({
        "reverse": True, "min": 1, "max": max(2, lowest), "name": words.RANK.to(lang),
        "num_format": "0", "major_gridlines": {"visible": True, "line": {"color": "#E5E7EB"}},
    })  # fmt: skip
    chart.set_x_axis({"label_position": "high", "num_font": {"rotation": -45, "size": 8}})
    chart.set_legend({"position": "right"})
    chart.set_size({"width": max(560, 120 + 60 * len(orders)), "height": 460})
    sheet.insert_chart(2, column, chart, {"object_position": 3})
