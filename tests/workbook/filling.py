"""Fills in a template as a careful person would: every item, from the lists where there are some."""

from __future__ import annotations

import datetime
import math
from pathlib import Path
from typing import Any

import openpyxl

from pilotscore.criteria import CriteriaSet, Fact, Indicator
from pilotscore.criteria.model import bounds
from pilotscore.workbook.templates.content import Wording


def good_value(quantity: Indicator | Fact, words: Wording, result: int) -> Any:
    """Return a valid entry, as it is chosen or typed."""
    choices = words.choices(quantity)
    if choices:
        chosen = choices[result % len(choices)]
        return int(chosen) if chosen.isdecimal() else chosen  # as the hidden lists hold it
    if quantity.type == "date":
        return datetime.date(2027, 3, 1 + result)
    if quantity.type == "text":
        return f"文字 {result}"
    low, high = bounds(quantity)
    low = 0.0 if math.isinf(low) else low
    value = low + 10 if math.isinf(high) else (low + high) / 2
    if quantity.type == "ratio" and isinstance(quantity, Indicator):
        most = max(x for x, _ in quantity.anchors)
        value = most if value > 2 * most else value  # nobody enters a cost ratio of 10
    if quantity.type == "percent" and value <= 1:
        value = 1.5
    return int(value) if quantity.type == "count" else value


def fill(template: Path, out: Path, criteria: CriteriaSet, lang: str, results: int = 1) -> Path:
    """Fill in a template of either layout and save it."""
    book = openpyxl.load_workbook(template)
    mark = {r[0].value: r[1].value for r in book["_pilotscore"].iter_rows()}
    sheet, words = book[mark["sheet"]], Wording(lang)  # type: ignore[arg-type]
    grades = words.grades(criteria)
    first = int(mark["first_row"])
    if mark["layout"] == "form":
        _fill_form(sheet, first, criteria, words, grades)
    else:
        for i in range(results):
            _fill_row(sheet, first + i, i, criteria, words, grades)
    book.save(out)
    return out


def _fill_row(
    sheet: Any, row: int, i: int, criteria: CriteriaSet, words: Wording, grades: list[str]
) -> None:
    cells: list[Any] = [f"P-{i + 1}", f"成果 {i + 1}"]
    cells += [good_value(f, words, i) for f in criteria.facts]
    for indicator in criteria.indicators:
        cells.append(good_value(indicator, words, i))
        if grades:
            cells.append(grades[-1])
    for c, value in enumerate(cells, 1):
        assert not sheet.cell(row, c).protection.locked
        sheet.cell(row, c).value = value


def _fill_form(
    sheet: Any, first: int, criteria: CriteriaSet, words: Wording, grades: list[str]
) -> None:
    entries = {words.header(q, unit=False): q for q in criteria.quantities}
    row = first
    sheet.cell(row, 2).value, sheet.cell(row + 1, 2).value = "P-1", "成果 1"
    for row in range(first + 2, sheet.max_row + 1):
        quantity = entries.get(sheet.cell(row, 1).value)
        if quantity is None:
            continue
        sheet.cell(row, 2).value = good_value(quantity, words, 0)
        if isinstance(quantity, Indicator) and grades:
            sheet.cell(row, 4).value = grades[-1]
