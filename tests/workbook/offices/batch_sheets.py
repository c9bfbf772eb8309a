"""Makes sheets of batches as offices have them: a row for each value, or a column for each thing."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from tests.workbook.offices.headers import header, language
from tests.workbook.offices.typed import OfficeBook, Page, TypedBatch
from tests.workbook.offices.writing import plain

_WORDS = {
    "zh": {
        "sheet": "批次记录",
        "batch": "批号",
        "date": "生产日期",
        "of": "检测项目",
        "value": "检测值",
        "unit": "单位",
        "remark": "备注",
        "things": ("水分", "纯度", "堆密度"),
        "sums": ("平均", "平均值", "RSD（%）", "标准差", "最大值", "最小值", "合计", "极差"),
        "limits": ("质量标准", "下限", "上限"),
        "note": "注：检测由质检科完成",
        "scrapped": "报废：停电",
    },
    "en": {
        "sheet": "Batch record",
        "batch": "Batch no.",
        "date": "Date",
        "of": "Parameter",
        "value": "Result value",
        "unit": "Unit",
        "remark": "Remarks",
        "things": ("Moisture", "Purity", "Bulk density"),
        "sums": ("Mean", "RSD, %", "Std dev", "Max", "Min", "Average", "Total"),
        "limits": ("Specification", "Lower limit", "Upper limit"),
        "note": "Note: tested by QC",
        "scrapped": "scrapped: power cut",
    },
}
_UNITS = ("%", "%", "g/cm3")
_MIDDLES = (0.8, 99.1, 0.62)
_LIMITS = ((0.1, 1.5), (98.0, 100.0), (0.5, 0.8))


def _value(rng: Random, thing: int) -> float:
    return plain(round(_MIDDLES[thing] * rng.uniform(0.97, 1.008), 3))


def long_sheet(rng: Random, book: OfficeBook, style: str, results: Sequence[str]) -> Page:
    """Write a row for each value of each batch, and what sums them up below."""
    words = _WORDS[language(style)]
    page = book.page(words["sheet"])
    page.merge(0, 0, 0, 5, f"{words['sheet']} 2026")
    heads = (
        header(style, "id"),
        words["batch"],
        words["of"],
        words["value"],
        words["unit"],
        words["remark"],
    )
    for c, text in enumerate(heads):
        page.put(1, c, text)
    row = 2
    for result in results:
        for k in range(5):
            for thing in range(2):
                cells = (
                    result,
                    f"B{k + 1:02}",
                    words["things"][thing],
                    _value(rng, thing),
                    _UNITS[thing],
                )
                for c, cell in enumerate(cells):
                    page.put(row, c, cell)
                _note(book, page, (row, 3), result, cells[1], cells[2], cells[3])
                row += 1
        page.put(row, 0, rng.choice(words["sums"]))
        page.put(row, 3, _MIDDLES[0])
        row += 1
    page.put(row + 1, 0, words["note"])
    return page


def wide_sheet(rng: Random, book: OfficeBook, style: str, result: str) -> Page:
    """Write a row for each batch of one result, with limits above and what sums up below."""
    words = _WORDS[language(style)]
    page = book.page(words["sheet"])
    page.merge(0, 0, 0, 4, f"{words['sheet']}（{result}）")
    things = words["things"]
    for c, text in enumerate((words["batch"], words["date"], *things, words["remark"])):
        unit = f"（{_UNITS[c - 2]}）" if 2 <= c < 5 else ""
        page.put(1, c, text + unit)
    row = 2
    for k, label in enumerate(words["limits"]):
        page.put(row, 0, label)
        for thing, (low, high) in enumerate(_LIMITS):
            page.put(row, 2 + thing, (f"{low}~{high}", low, high)[k])
        row += 1
    for k in range(8):
        batch = f"2601{k + 1:02}"
        page.put(row, 0, batch)
        page.put(row, 1, f"2026-03-{k + 2:02}")
        for thing in range(3):
            value = _value(rng, thing)
            page.put(row, 2 + thing, value)
            _note(book, page, (row, 2 + thing), result, batch, things[thing], value)
        row += 1
    for label in rng.sample(words["sums"], 3):
        page.put(row, 0, label)
        for thing in range(3):
            page.put(row, 2 + thing, _MIDDLES[thing])
        row += 1
    page.put(row, 0, words["note"])
    return page


def _note(
    book: OfficeBook,
    page: Page,
    cell: tuple[int, int],
    result: str,
    batch: str,
    of: str,
    value: float,
) -> None:
    book.batches.append(TypedBatch(result, batch, of, value, page.name, cell))
