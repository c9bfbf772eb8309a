"""Makes the workbook in which corrections of a round are filed: one sheet, a row for each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pilotscore.language import Lang, Text
from pilotscore.workbook.corrections import HEADERS

_SHEET, _LISTS = Text("更正", "Corrections"), Text("可选项", "Choices")
_ROWS = 200
_WIDTHS = (14, 30, 18, 18, 14, 44, 14)
_HEAD = {"bold": True, "bg_color": "#1F4E78", "font_color": "white", "border": 1}
_HELP = {
    "item": Text(
        "指标或事实的名称、工作簿中的表头、“指标 证据等级”，或单元格（工作表!D5）",
        "the name of an indicator or fact, a header of the workbook, “indicator evidence”, or a "
        "cell (Sheet!D5)",
    ),
    "old": Text(
        "这一轮所用的值，与工作簿中的一致；空白则留空",
        "the value that the round has, as in the workbook; blank where it was blank",
    ),
    "new": Text("更正后的值", "the value as corrected"),
    "date": Text("年-月-日", "year-month-day"),
}


def write_corrections_template(
    path: Path, ids: Sequence[str], items: Sequence[Text], lang: Lang
) -> None:
    """Write the template.

    Parameters
    ----------
    path
        The file.
    ids, items
        The results of the round, and what of them is scored, to choose from.
    lang
        Of the headings.
    """
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    sheet, lists = (book.add_worksheet(name.to(lang)) for name in (_SHEET, _LISTS))
    head = book.add_format(_HEAD)
    for c, (column, names) in enumerate(HEADERS.items()):
        spellings = names.split("|")
        sheet.write_string(0, c, spellings[0] if lang == "zh" else spellings[-1], head)
        sheet.set_column(c, c, _WIDTHS[c])
        if column in _HELP:
            sheet.write_comment(0, c, _HELP[column].to(lang))
    sheet.freeze_panes(1, 0)
    for c, choices in enumerate((list(ids), [item.to(lang) for item in items])):
        for r, choice in enumerate(choices):
            lists.write_string(r, c, choice)
        source = f"='{_LISTS.to(lang)}'!${'AB'[c]}$1:${'AB'[c]}${max(len(choices), 1)}"
        sheet.data_validation(
            1, c, _ROWS, c, {"validate": "list", "source": source, "error_type": "information"}
        )
    lists.set_column(0, 1, 30)
    book.close()
