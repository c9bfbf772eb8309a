"""What sheets of a template are written with: formats, drop-downs, checks of entries."""

from __future__ import annotations

import datetime
import math
import unicodedata
from collections.abc import Iterable
from dataclasses import field
from typing import Any

from pilotscore.criteria import NUMBERS, CriteriaSet, Fact, Indicator
from pilotscore.criteria.model import bounds
from pilotscore.findings import column_letters
from pilotscore.language import NOTHING, Text, join
from pilotscore.records import dataclass
from pilotscore.workbook.open.notes import Area
from pilotscore.workbook.templates.content import EVIDENCE, Wording

LISTS_SHEET = "_lists"
PROTECTION = {
    "format_columns": True,
    "format_rows": True,
    "format_cells": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
}
_MOST_MESSAGE, _MOST_TITLE = 255, 32
# What may be written instead of a number; the reader knows each.
_WORDS = ("不适用", "未测", "N/A", "not ")
_ENTER = Text("应填：{wanted}{also}", "Enter {wanted}{also}")
_ALSO = Text("；也可写“不适用：原因”或“未测”", "; or “N/A: reason” or “not measured”")
_PROOF = Text("\n证据：{evidence}", "\nEvidence: {evidence}")
_CHOOSE = Text("请从下拉列表中选择", "choose from the list")
_BORDER = {"border": 1, "border_color": "#BFBFBF", "valign": "vcenter", "text_wrap": True}
_CENTRED = {**_BORDER, "align": "center"}
_HEADER = {**_CENTRED, "bold": True, "bg_color": "#DDEBF7"}
_SMALL = {"italic": True, "font_size": 9, "font_color": "#595959", "valign": "top"}
_GROUP = {
    "bold": True,
    "align": "left",
    "indent": 1,
    "bg_color": "#1F4E78",
    "font_color": "#FFFFFF",
}
_ENTRY = {**_BORDER, "locked": False}
_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16},
    "head": {"bold": True, "font_size": 12, "bottom": 1},
    "text": {"text_wrap": True, "valign": "top"},
    "group": {**_BORDER, **_GROUP},
    "header": _HEADER,
    "required": {**_HEADER, "bg_color": "#F8CBAD"},
    "evidence": {**_CENTRED, "bg_color": "#EDEDED"},
    "explanation": {**_BORDER, **_SMALL},
    "name": {**_BORDER, "bg_color": "#DDEBF7"},
    "name_required": {**_BORDER, "bg_color": "#F8CBAD", "bold": True},
    "entry": _ENTRY,
    "entry_date": {**_ENTRY, "num_format": "yyyy-mm-dd"},
    "entry_text": {**_ENTRY, "num_format": "@"},
    "entry_time": {**_ENTRY, "num_format": "yyyy-mm-dd hh:mm"},
    "tag": {**_HEADER, "locked": False},
}


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes into the sheets of one template; the lists of its drop-downs are collected."""

    criteria: CriteriaSet
    words: Wording
    formats: dict[str, Any]
    lists: list[list[str]] = field(default_factory=list)

    @classmethod
    def of(cls, book: Any, criteria: CriteriaSet, words: Wording) -> Pen:
        """Return the pen for a workbook of XlsxWriter."""
        return cls(criteria, words, {n: book.add_format(f) for n, f in _FORMATS.items()})

    def texts(self, sheet: Any, row: int, texts: Iterable[Text], style: str) -> None:
        """Write texts side by side, from the first column on."""
        for c, text in enumerate(texts):
            sheet.write_string(row, c, self.words.of(text), self.formats[style])

    def group(self, sheet: Any, row: int, first: int, last: int, title: Text) -> None:
        """Write a heading across some columns."""
        text = self.words.of(title, " / ")
        if last > first:
            sheet.merge_range(row, first, row, last, text, self.formats["group"])
        else:
            sheet.write_string(row, first, text, self.formats["group"])

    def check(self, sheet: Any, area: Area, quantity: Indicator | Fact) -> None:
        """Let in what the quantity takes, and say what that is."""
        choices = self.words.choices(quantity)
        (top, left), (bottom, right) = area
        if choices:
            loose = _may_not_apply(quantity) or bool(quantity.bands)
            self.offer(sheet, area, choices, quantity, loose=loose)
            return
        if quantity.type in NUMBERS:
            cell = f"{column_letters(left)}{top + 1}"
            formula = number_formula(quantity, cell)
            rule: dict[str, Any] = {"validate": "custom", "value": formula, "ignore_blank": True}
        elif quantity.type == "date":
            first, last = datetime.date(1990, 1, 1), datetime.date(9999, 12, 31)
            rule = {"validate": "date", "criteria": "between", "minimum": first, "maximum": last}
        else:
            return
        sheet.data_validation(top, left, bottom, right, rule | self._messages(quantity))

    def offer(
        self,
        sheet: Any,
        area: Area,
        choices: list[str],
        quantity: Indicator | Fact | None = None,
        *,
        loose: bool = False,
        title: Text = EVIDENCE,
    ) -> None:
        """Offer a list; where a text such as 不适用：原因 is allowed too, warn, do not refuse.

        ``title`` is what is chosen, where that is no quantity.
        """
        if choices not in self.lists:
            self.lists.append(choices)
        column = column_letters(self.lists.index(choices))
        rule: dict[str, Any] = {
            "validate": "list",
            "source": f"={LISTS_SHEET}!${column}$1:${column}${len(choices)}",
            "error_type": "warning" if loose else "stop",
        }
        if quantity is not None:
            rule |= self._messages(quantity)
        else:
            rule["error_title"] = self.words.choice(title)[:_MOST_TITLE]
            rule["error_message"] = self.words.of(_CHOOSE)
        (top, left), (bottom, right) = area
        sheet.data_validation(top, left, bottom, right, rule)

    def _messages(self, quantity: Indicator | Fact) -> dict[str, str]:
        also = _ALSO if _may_not_apply(quantity) else NOTHING
        enter = _ENTER.of(wanted=self.words.wanted(quantity), also=also)
        evidence = quantity.evidence if isinstance(quantity, Indicator) else None
        proof = _PROOF.of(evidence=evidence) if evidence else NOTHING
        title = self.words.choice(quantity.title)[:_MOST_TITLE]
        return {
            "input_title": title,
            "input_message": self.words.of(join((enter, proof), NOTHING))[:_MOST_MESSAGE],
            "error_title": title,
            "error_message": self.words.of(enter)[:_MOST_MESSAGE],
        }


def _may_not_apply(quantity: Indicator | Fact) -> bool:
    return isinstance(quantity, Indicator) and quantity.not_applicable is not False


def number_formula(quantity: Indicator | Fact, cell: str) -> str:
    """Return the condition under which an entry is let in: a number in range, or a known word."""
    low, high = bounds(quantity)
    tests = []
    if not math.isinf(low):
        tests.append(f"{cell}>={low:.15g}")
    if not math.isinf(high):
        tests.append(f"{cell}<={high:.15g}")
    if quantity.type == "count":
        tests.append(f"{cell}=INT({cell})")
    number = f"IF(ISNUMBER({cell}),AND({','.join(tests) or 'TRUE'}),FALSE)"
    words = ",".join(f'LEFT({cell},{len(w)})="{w}"' for w in _WORDS)
    return f"=OR({number},AND(ISTEXT({cell}),OR({words})))"


def width_of(text: str) -> int:
    """Return how many columns of a screen a text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
