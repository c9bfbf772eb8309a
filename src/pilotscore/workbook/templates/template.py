"""Writes the workbook to fill in: what cannot be right cannot be entered.

XlsxWriter, which also writes the reports, makes the same bytes of the same criteria set.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pilotscore.criteria import NUMBERS, CriteriaSet, Fact, Indicator, LoadedCriteria
from pilotscore.language import NOTHING, Text, join
from pilotscore.workbook.open.sheets import TEMPLATE_SHEET
from pilotscore.workbook.templates.content import (
    BASIC,
    BATCH_COLUMNS,
    BATCH_LISTS,
    BATCH_TIMES,
    BATCHES,
    DOCUMENT,
    DOCUMENTS,
    EVIDENCE,
    EXPIRY,
    FACTS,
    ID,
    INDICATOR,
    ISSUED,
    ISSUER,
    SERIES,
    TAGS,
    TECHNOLOGIES,
    TECHNOLOGY,
    TIME,
    TITLE,
    Layout,
    TemplateLang,
    Wording,
    mark_rows,
    number_bounds,
)

LISTS_SHEET = "_lists"
# A sheet of batch data has room for so many values; more go in further rows all the same.
LAST_ROW = 1_048_575
_CREATED = datetime.datetime(2026, 1, 1)
_MOST_MESSAGE, _MOST_TITLE = 255, 32
# As wide as a sheet of A4 in portrait.
_HELP_WIDTH = 72
# What may be written instead of a number; the reader knows each.
_WORDS = ("不适用", "未测", "N/A", "not ")
_PROTECTION = {
    "format_columns": True,
    "format_rows": True,
    "format_cells": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
}


def write_template(
    path: Path, loaded: LoadedCriteria, lang: TemplateLang, layout: Layout, rows: int
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
    """
    import xlsxwriter

    with xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"created": _CREATED, "comments": "pilotscore template"})
        writer = _Template(book, loaded, lang, layout)
        writer.instructions()
        header, first = writer.rows(rows) if layout == "rows" else writer.form()
        writer.details(rows if layout == "rows" else 1)
        writer.lists_and_mark(header, first)


class _Template:
    def __init__(
        self, book: Any, loaded: LoadedCriteria, lang: TemplateLang, layout: Layout
    ) -> None:
        self.book, self.loaded, self.layout = book, loaded, layout
        self.criteria: CriteriaSet = loaded.criteria
        self.words = Wording(lang)
        self.lang = lang
        names = (
            Text("填写说明", "Instructions"),
            Text("成果", "Results") if layout == "rows" else Text("成果", "Result"),
        )
        self.help, self.sheet = (
            book.add_worksheet(self.words.of(n, " ").replace("\n", " ")) for n in names
        )
        self.lists: list[list[str]] = []
        self.types: dict[int, str] = {}
        border = {"border": 1, "border_color": "#BFBFBF", "valign": "vcenter", "text_wrap": True}
        named = {
            "title": {"bold": True, "font_size": 16},
            "head": {"bold": True, "font_size": 12, "bottom": 1},
            "text": {"text_wrap": True, "valign": "top"},
            "group": {
                **border,
                "bold": True,
                "align": "left",
                "indent": 1,
                "bg_color": "#1F4E78",
                "font_color": "#FFFFFF",
            },
            "header": {**border, "bold": True, "align": "center", "bg_color": "#DDEBF7"},
            "required": {**border, "bold": True, "align": "center", "bg_color": "#F8CBAD"},
            "evidence": {**border, "align": "center", "bg_color": "#EDEDED"},
            "explanation": {
                **border,
                "italic": True,
                "font_size": 9,
                "font_color": "#595959",
                "valign": "top",
            },
            "name": {**border, "bg_color": "#DDEBF7"},
            "name_required": {**border, "bg_color": "#F8CBAD", "bold": True},
            "entry": {**border, "locked": False},
            "entry_date": {**border, "locked": False, "num_format": "yyyy-mm-dd"},
            "entry_time": {**border, "locked": False, "num_format": "yyyy-mm-dd hh:mm"},
            "tag": {
                **border,
                "bold": True,
                "align": "center",
                "bg_color": "#DDEBF7",
                "locked": False,
            },
        }
        self.formats = {name: book.add_format(f) for name, f in named.items()}

    def instructions(self) -> None:
        """Write the instruction sheet."""
        self.help.hide_gridlines(2)
        self.help.set_column(0, 0, _HELP_WIDTH)
        self.help.set_paper(9)
        self.help.fit_to_pages(1, 0)
        for row, (style, text) in enumerate(
            self.words.instructions(self.criteria, self.sheet.get_name())
        ):
            self.help.write_string(row, 0, text, self.formats[style])
            lines = sum(1 + _width(line) // (_HELP_WIDTH - 4) for line in text.split("\n"))
            if style == "text" and lines > 1:
                self.help.set_row(row, 15 * lines)
        self.help.protect("", {"format_columns": True, "format_rows": True})

    def rows(self, count: int) -> tuple[int, int]:
        """Write the sheet with a result per row; return the header's row and the first, from 1."""
        sheet = self.sheet
        column = 2
        sheet.write_string(1, 0, self.words.of(_starred(ID)), self.formats["required"])
        sheet.write_string(1, 1, self.words.of(TITLE), self.formats["header"])
        for c, text in enumerate((Text("不可重复", "unique"), Text("全称", "in full"))):
            sheet.write_string(2, c, self.words.of(text), self.formats["explanation"])
        self._group(0, 1, BASIC)
        groups: list[tuple[Text, Sequence[Indicator | Fact]]] = [(FACTS, self.criteria.facts)]
        groups += [(d.title, d.indicators) for d in self.criteria.dimensions]
        for title, quantities in groups:
            start = column
            for quantity in quantities:
                self._column(column, quantity, count)
                column += 1
                if isinstance(quantity, Indicator) and self.criteria.evidence:
                    self._evidence_column(column, count)
                    column += 1
            if column > start:
                self._group(start, column - 1, title)
        sheet.set_column(0, 0, 14, self.formats["entry"])
        sheet.set_column(1, 1, 28, self.formats["entry"])
        self._enter_cells(count, column)
        sheet.set_row(0, 22)
        sheet.set_row(1, 48)
        sheet.set_landscape()
        sheet.set_paper(8)
        sheet.repeat_rows(0, 2)
        sheet.set_row(2, 96)
        sheet.freeze_panes(3, 2)
        sheet.protect("", _PROTECTION)
        sheet.activate()
        return 2, 4

    def _enter_cells(self, count: int, columns: int) -> None:
        """Unlock the cells to fill in; the rest of the sheet stays as it is."""
        dates = {c for c, kind in self.types.items() if kind == "date"}
        for row in range(3, 3 + count):
            for c in range(columns):
                style = "entry_date" if c in dates else "entry"
                self.sheet.write_blank(row, c, None, self.formats[style])

    def _group(self, first: int, last: int, title: Text) -> None:
        text = self.words.of(title, " / ")
        if last > first:
            self.sheet.merge_range(0, first, 0, last, text, self.formats["group"])
        else:
            self.sheet.write_string(0, first, text, self.formats["group"])

    def _column(self, column: int, quantity: Indicator | Fact, count: int) -> None:
        required = isinstance(quantity, Indicator) and quantity.required
        header = self.words.header(quantity)
        explanation = self.words.explanation(quantity)
        self.sheet.write_string(
            1, column, header, self.formats["required" if required else "header"]
        )
        self.sheet.write_string(2, column, explanation, self.formats["explanation"])
        widest = max(
            _width(x) for x in (*header.split("\n"), *self.words.choices(quantity), " " * 14)
        )
        self.sheet.set_column(column, column, min(widest + 2, 26), None)
        self.types[column] = quantity.type
        self._validate(3, column, 2 + count, column, quantity)

    def _evidence_column(self, column: int, count: int) -> None:
        self.sheet.write_string(1, column, self.words.of(EVIDENCE), self.formats["evidence"])
        self.sheet.write_string(
            2,
            column,
            self.words.of(Text("从下拉列表中选择", "choose from the list")),
            self.formats["explanation"],
        )
        self.sheet.set_column(column, column, 12, None)
        self._validate_list(3, column, 2 + count, column, self.words.grades(self.criteria))

    def form(self) -> tuple[int, int]:
        """Write the sheet with one result; return the row of titles and the first, from 1."""
        sheet, formats = self.sheet, self.formats
        titles = (
            Text("指标", "Item"),
            Text("填写值", "Value"),
            Text("单位", "Unit"),
            EVIDENCE,
            Text("说明", "Explanation"),
        )
        shown = [t for t in titles if t is not EVIDENCE or self.criteria.evidence]
        sheet.merge_range(
            0, 0, 0, len(shown) - 1, self.words.of(self.criteria.title, " / "), formats["group"]
        )
        for c, title in enumerate(shown):
            sheet.write_string(1, c, self.words.of(title), formats["header"])
        row = 2
        for title, style in ((_starred(ID), "name_required"), (TITLE, "name")):
            self._form_line(row, self.words.of(title), style, "", "", len(shown))
            row += 1
        groups: list[tuple[Text, Sequence[Indicator | Fact]]] = [(FACTS, self.criteria.facts)]
        groups += [(d.title, d.indicators) for d in self.criteria.dimensions]
        for title, quantities in groups:
            if not quantities:
                continue
            sheet.merge_range(
                row, 0, row, len(shown) - 1, self.words.of(title, " / "), formats["group"]
            )
            row += 1
            for quantity in quantities:
                self._form_item(row, quantity, len(shown))
                row += 1
        for c, width in enumerate(
            (34, 30, 12, 22, 60) if self.criteria.evidence else (34, 30, 12, 60)
        ):
            sheet.set_column(c, c, width)
        sheet.set_row(0, 24)
        sheet.set_row(1, 34 if self.lang == "both" else 20)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.freeze_panes(2, 1)
        sheet.protect("", {"format_columns": True, "format_rows": True, "format_cells": True})
        sheet.activate()
        return 2, 3

    def _form_line(
        self, row: int, name: str, style: str, unit: str, explanation: str, columns: int
    ) -> None:
        self.sheet.write_string(row, 0, name, self.formats[style])
        self.sheet.write_blank(row, 1, None, self.formats["entry"])
        self.sheet.write_string(row, 2, unit, self.formats["name"])
        if columns == 5:
            self.sheet.write_blank(row, 3, None, self.formats["name"])
        self.sheet.write_string(row, columns - 1, explanation, self.formats["explanation"])
        tallest = max(
            sum(1 + _width(line) // wide for line in text.split("\n"))
            for text, wide in ((name, 34), (explanation, 66))
        )
        self.sheet.set_row(row, 15 * max(1, tallest) + 3)

    def _form_item(self, row: int, quantity: Indicator | Fact, columns: int) -> None:
        required = isinstance(quantity, Indicator) and quantity.required
        unit = quantity.unit or (Text("%", "%") if quantity.type == "percent" else Text("", ""))
        name = self.words.header(quantity, unit=False)
        style = "name_required" if required else "name"
        self._form_line(
            row, name, style, self.words.choice(unit), self.words.explanation(quantity), columns
        )
        if quantity.type == "date":
            self.sheet.write_blank(row, 1, None, self.formats["entry_date"])
        self._validate(row, 1, row, 1, quantity)
        if isinstance(quantity, Indicator) and self.criteria.evidence:
            self.sheet.write_blank(row, 3, None, self.formats["entry"])
            self._validate_list(row, 3, row, 3, self.words.grades(self.criteria))

    def _validate(
        self, top: int, left: int, bottom: int, right: int, quantity: Indicator | Fact
    ) -> None:
        choices = self.words.choices(quantity)
        where = (top, left, bottom, right)
        if choices:
            loose = isinstance(quantity, Indicator) and quantity.not_applicable is not False
            self._validate_list(*where, choices, loose=loose, quantity=quantity)
        elif quantity.type in NUMBERS:
            formula = _number_formula(quantity, _cell(top, left))
            self.sheet.data_validation(
                *where,
                {
                    "validate": "custom",
                    "value": formula,
                    "ignore_blank": True,
                    **self._messages(quantity),
                },
            )
        elif quantity.type == "date":
            self.sheet.data_validation(
                *where,
                {
                    "validate": "date",
                    "criteria": "between",
                    "minimum": datetime.date(1990, 1, 1),
                    "maximum": datetime.date(9999, 12, 31),
                    **self._messages(quantity),
                },
            )

    def _validate_list(
        self, top: int, left: int, bottom: int, right: int, choices: list[str],
        *, loose: bool = False, quantity: Indicator | Fact | None = None, sheet: Any = None,
    ) -> None:  # fmt: skip
        """Offer a list; where a text such as 不适用：原因 is allowed besides, warn instead of refusing."""
        if choices not in self.lists:
            self.lists.append(choices)
        column = _letters(self.lists.index(choices))
        rule: dict[str, Any] = {
            "validate": "list",
            "source": f"={LISTS_SHEET}!${column}$1:${column}${len(choices)}",
            "error_type": "warning" if loose else "stop",
        }
        if quantity is not None:
            rule |= self._messages(quantity)
        else:
            text = Text("请从下拉列表中选择", "choose from the list")
            rule |= {
                "error_title": self.words.choice(EVIDENCE)[:_MOST_TITLE],
                "error_message": self.words.of(text),
            }
        (sheet or self.sheet).data_validation(top, left, bottom, right, rule)

    def _messages(self, quantity: Indicator | Fact) -> dict[str, str]:
        wanted = self.words.wanted(quantity)
        also = NOTHING
        if isinstance(quantity, Indicator) and quantity.not_applicable is not False:
            also = Text("；也可写“不适用：原因”或“未测”", "; or “N/A: reason” or “not measured”")
        text = Text("应填：{wanted}{also}", "Enter {wanted}{also}").of(wanted=wanted, also=also)
        evidence = quantity.evidence if isinstance(quantity, Indicator) else None
        proof = Text("\n证据：{evidence}", "\nEvidence: {evidence}").of(evidence=evidence)
        message = text if evidence is None else join((text, proof), NOTHING)
        title = self.words.choice(quantity.title)[:_MOST_TITLE]
        return {
            "input_title": title,
            "input_message": self.words.of(message)[:_MOST_MESSAGE],
            "error_title": title,
            "error_message": self.words.of(text)[:_MOST_MESSAGE],
        }

    def details(self, results: int) -> None:
        """Write the sheets with several rows for each result, where the criteria set uses them."""
        several = [i for i in self.criteria.indicators if i.several]
        if several:
            self._detail_sheet(TECHNOLOGIES, (ID, TECHNOLOGY), 4 * results, [
                (self.words.header(i, unit=False).replace("*", ""), self.words.choices(i), i) for i in several
            ])  # fmt: skip
        if self.criteria.evidence:
            titles = [self.words.choice(i.title) for i in self.criteria.indicators]
            grades = self.words.grades(self.criteria)
            lists: list[tuple[str, list[str], Indicator | None]] = [
                (self.words.of(INDICATOR), titles, None),
                (self.words.of(EVIDENCE), grades, None),
                *((self.words.of(t), [], None) for t in (DOCUMENT, ISSUED, ISSUER, EXPIRY)),
            ]
            self._detail_sheet(DOCUMENTS, (ID,), 6 * results, lists)

        if any(i.measured is not None for i in self.criteria.indicators):
            self._batch_sheets()

    def _batch_sheets(self) -> None:
        """Write the sheets for batch records and for readings over time, open to the last row."""
        of, formats = self.words.of, self.formats
        sheet = self.book.add_worksheet(of(BATCHES, " "))
        for c, text in enumerate((ID, *BATCH_COLUMNS)):
            sheet.write_string(0, c, of(text), formats["header"])
            # the format of the column, not of its cells: there is no knowing how many are needed
            sheet.set_column(c, c, 18, formats["entry_time" if text in BATCH_TIMES else "entry"])
            if text in BATCH_LISTS:
                choices = [self.words.choice(t) for t in BATCH_LISTS[text]]
                self._validate_list(1, c, LAST_ROW, c, choices, sheet=sheet)
        series = self.book.add_worksheet(of(SERIES, " "))
        for c, text in enumerate((ID, TIME, *TAGS)):
            series.write_string(0, c, of(text), formats["tag" if text in TAGS else "header"])
            series.set_column(c, c, 18, formats["entry_time" if text == TIME else "entry"])
        for each in (sheet, series):
            each.set_row(0, 34)
            each.freeze_panes(1, 1)
            each.protect("", _PROTECTION)

    def _detail_sheet(
        self, title: Text, texts: tuple[Text, ...], rows: int,
        columns: list[tuple[str, list[str], Indicator | None]],
    ) -> None:  # fmt: skip
        """Write one such sheet: columns of text, then columns with lists (or none)."""
        sheet, formats = self.book.add_worksheet(self.words.of(title, " ")), self.formats
        headers = [*(self.words.of(t) for t in texts), *(h for h, _, _ in columns)]
        days = {self.words.of(ISSUED), self.words.of(EXPIRY)}
        for c, header in enumerate(headers):
            sheet.write_string(0, c, header, formats["header"])
            sheet.set_column(c, c, 30 if c == len(texts) else 18)
            style = formats["entry_date" if header in days else "entry"]
            for r in range(1, rows + 1):
                sheet.write_blank(r, c, None, style)
        for c, (_, choices, indicator) in enumerate(columns, len(texts)):
            if choices:
                self._validate_list(1, c, rows, c, choices, quantity=indicator, sheet=sheet)
        sheet.set_row(0, 34)
        sheet.freeze_panes(1, 1)
        sheet.protect("", _PROTECTION)

    def lists_and_mark(self, header_row: int, first_row: int) -> None:
        """Write the hidden sheets: the lists of the drop-downs, and what the template is."""
        lists = self.book.add_worksheet(LISTS_SHEET)
        for c, choices in enumerate(self.lists):
            # A bare number stays one: what is chosen then reads back as a number, not as text.
            lists.write_column(0, c, [int(x) if x.isdecimal() else x for x in choices])
        mark = self.book.add_worksheet(TEMPLATE_SHEET)
        rows = mark_rows(
            self.criteria, self.loaded.source.fingerprint, self.layout, self.lang,
            self.sheet.get_name(), header_row, first_row,
        )  # fmt: skip
        for r, pair in enumerate(rows):
            for c, text in enumerate(pair):
                mark.write_string(r, c, text)
        for sheet in (lists, mark):
            sheet.hide()
            sheet.protect()


def _starred(text: Text) -> Text:
    return Text(text.zh + "*", text.en + "*")


def _number_formula(quantity: Indicator | Fact, cell: str) -> str:
    """Return the condition under which an entry is let in: a number in range, or a known word."""
    low, high = number_bounds(quantity)
    tests = [f"ISNUMBER({cell})"]
    if not math.isinf(low):
        tests.append(f"{cell}>={low:g}")
    if not math.isinf(high):
        tests.append(f"{cell}<={high:g}")
    if quantity.type == "count":
        tests.append(f"{cell}=INT({cell})")
    number = f"IF(ISNUMBER({cell}),AND({','.join(tests[1:]) or 'TRUE'}),FALSE)"
    words = ",".join(f'LEFT({cell},{len(w)})="{w}"' for w in _WORDS)
    return f"=OR({number},AND(ISTEXT({cell}),OR({words})))"


def _letters(column: int) -> str:
    from pilotscore.findings import column_letters

    return column_letters(column)


def _cell(row: int, column: int) -> str:
    return f"{_letters(column)}{row + 1}"


def _width(text: str) -> int:
    import unicodedata

    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
