"""Writes the workbook to fill in: what cannot be right cannot be entered.

XlsxWriter, which also writes the reports, makes the same bytes of the same criteria set.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from pilotscore.criteria import LoadedCriteria
from pilotscore.language import Text
from pilotscore.workbook.open.sheets import TEMPLATE_MARK, TEMPLATE_SHEET
from pilotscore.workbook.templates.content import Layout, TemplateLang, Wording
from pilotscore.workbook.templates.detail_sheets import write_details
from pilotscore.workbook.templates.form_sheet import write_form
from pilotscore.workbook.templates.pen import LISTS_SHEET, Pen, width_of
from pilotscore.workbook.templates.rights_sheets import HELP, write_rights
from pilotscore.workbook.templates.rows_sheet import write_rows

_CREATED = datetime.datetime(2026, 1, 1)
_HELP = Text("填写说明", "Instructions")
_RESULTS, _RESULT = Text("成果", "Results"), Text("成果", "Result")
# As wide as a sheet of A4 in portrait.
_HELP_WIDTH = 72


def write_template(
    path: Path,
    loaded: LoadedCriteria,
    lang: TemplateLang,
    layout: Layout,
    rows: int,
    *,
    rights: bool = False,
) -> None:
    """Write a template.

    Parameters
    ----------
    path
        Where to.
    loaded
        The criteria set, whose id, version and hash go along.
    lang
        Chinese, English, or both in every header, list and message.
    layout
        ``rows``: a result per row; ``form``: one result, its items one below the other.
    rows
        How many rows take results; one where the layout is ``form``.
    rights
        Whether there are sheets of rights too: parties, steps, distributions, IP rights, notices.
    """
    import xlsxwriter

    criteria, words = loaded.criteria, Wording(lang)
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    beside = {"tmpdir": str(path.parent)}  # where whoever writes a file aside clears up
    with xlsxwriter.Workbook(path, options | beside) as book:
        book.set_properties({"created": _CREATED, "comments": "pilotscore template"})
        in_rows = layout == "rows"
        titles = (_HELP, _RESULTS if in_rows else _RESULT)
        help_sheet, sheet = (book.add_worksheet(words.of(t, " ")) for t in titles)
        pen = Pen.of(book, criteria, words)
        _write_instructions(help_sheet, pen, sheet.get_name(), rights=rights)
        header_row, first_row = write_rows(sheet, pen, rows) if in_rows else write_form(sheet, pen)
        write_details(book, pen, rows if in_rows else 1)
        if rights:
            write_rights(book, pen)
        mark = {
            TEMPLATE_MARK: "1",
            "criteria": criteria.id,
            "version": criteria.version,
            "sha256": loaded.source.fingerprint,
            "layout": layout,
            "lang": lang,
            "sheet": sheet.get_name(),
            "header_row": str(header_row),
            "first_row": str(first_row),
        }
        _write_hidden(book, pen, mark)


def _write_instructions(sheet: Any, pen: Pen, results: str, *, rights: bool) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, _HELP_WIDTH)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    lines_of_help = pen.words.instructions(pen.criteria, results)
    if rights:
        head, texts = HELP
        lines_of_help.append(("head", pen.words.choice(head)))
        lines_of_help += [("text", pen.words.of(text)) for text in texts]
    for row, (style, text) in enumerate(lines_of_help):
        sheet.write_string(row, 0, text, pen.formats[style])
        lines = sum(1 + width_of(line) // (_HELP_WIDTH - 4) for line in text.split("\n"))
        if style == "text" and lines > 1:
            sheet.set_row(row, 15 * lines)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _write_hidden(book: Any, pen: Pen, mark: dict[str, str]) -> None:
    """Write the hidden sheets: the lists of the drop-downs, and what the template is."""
    lists = book.add_worksheet(LISTS_SHEET)
    for c, choices in enumerate(pen.lists):
        # A bare number stays one: what is chosen then reads back as a number, not as text.
        lists.write_column(0, c, [int(x) if x.isdecimal() else x for x in choices])
    marked = book.add_worksheet(TEMPLATE_SHEET)
    for r, pair in enumerate(mark.items()):
        for c, text in enumerate(pair):
            marked.write_string(r, c, text)
    for sheet in (lists, marked):
        sheet.hide()
        sheet.protect()
