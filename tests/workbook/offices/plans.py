"""The twelve workbooks of each office: what stands around the results differs in every one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from zlib import crc32

from tests.workbook.offices.batch_sheets import long_sheet, wide_sheet
from tests.workbook.offices.forms import paired_form, titled_form, turned_table
from tests.workbook.offices.headers import STYLES, header, language
from tests.workbook.offices.quantities import ASKED
from tests.workbook.offices.tables import (
    TOTALS,
    Table,
    add_result,
    add_total,
    columns_of,
    decorated,
    money_unit,
    titles_of,
    write_groups,
    write_header,
    write_unit_row,
)
from tests.workbook.offices.typed import OfficeBook, Page

_CORE = (
    "trl_level",
    "first_pass_yield",
    "mrl_level",
    "unit_cost_ratio",
    "safety_assessment",
    "residual_risk_level",
    "incidents_3y",
    "pilot_cost",
    "funding_requested",
)
_ORDER = {a.name: i for i, a in enumerate(ASKED)}
_SAID = {
    "zh": {
        "title": "2026年度中试熟化项目汇总表",
        "by": "填报单位：科技成果转化办公室",
        "on": "填报日期：2026年11月20日",
        "unit": "单位：万元",
        "note": "注：1. 达标率按任务书考核指标计；2. 无数据填“—”。",
        "signed": ("填表人：李××", "审核人：张××"),
        "sheet": "汇总表",
        "other": "填表说明",
        "example": ("示例", "例：某某技术（填写样例）"),
        "second": ("经费科目", "预算数", "说明"),
    },
    "en": {
        "title": "Technology portfolio review - Q4 2026",
        "by": "Prepared by: Transfer office",
        "on": "Date: 20 Nov 2026",
        "unit": "Unit: 10k CNY",
        "note": "Note: blanks mean no data.",
        "signed": ("Prepared by: J. Doe", "Approved by: A. Smith"),
        "sheet": "Portfolio",
        "other": "Read me",
        "example": ("Example", "Example: name of the project"),
        "second": ("Cost item", "Budget", "Remarks"),
    },
}


def _names(rng: Random, count: int) -> list[str]:
    rest = [a.name for a in ASKED if a.name not in _CORE]
    return sorted((*_CORE, *rng.sample(rest, count)), key=_ORDER.__getitem__)


def _above(page: Page, style: str, width: int) -> int:
    said = _SAID[language(style)]
    page.merge(0, 0, 0, width - 1, said["title"])
    page.put(1, 0, said["by"])
    page.put(1, min(5, width - 1), said["on"])
    return 2


def _below(page: Page, style: str) -> None:
    said, row = _SAID[language(style)], page.next_row
    page.put(row, 0, said["note"])
    page.put(row + 1, 0, said["signed"][0])
    page.put(row + 1, 4, said["signed"][1])


def _rows(
    rng: Random, book: OfficeBook, table: Table, style: str, first: int, count: int, **kept
) -> int:
    """Write the rows of results, and return the row below them."""
    for k, title in enumerate(titles_of(count, language(style))):
        add_result(rng, book, table, style, first + k, f"{book.name}-{k + 1:03}", title, **kept)
    return first + count


def _plain(rng: Random, book: OfficeBook, style: str, count: int = 7) -> Table:
    page = book.page(_SAID[language(style)]["sheet"])
    table = Table(page, columns_of(rng, style, _names(rng, 9), evidence=rng.choice((0, 2))))
    write_header(book, table, _above(page, style, len(table.columns)))
    end = _rows(rng, book, table, style, table.header + 1, count)
    add_total(rng, book, table, end, language(style))
    _below(page, style)
    return table


def plain(rng: Random, book: OfficeBook, style: str) -> None:
    """A title, one header, results, a total, a note, signatures."""
    _plain(rng, book, style, 10)


def two_levels(rng: Random, book: OfficeBook, style: str) -> None:
    """Merged groups over the header, a row of units below it, totals and averages."""
    lang = language(style)
    page = book.page(_SAID[lang]["sheet"])
    table = Table(page, columns_of(rng, style, _names(rng, 14), units="row"))
    row = _above(page, style, len(table.columns))
    write_groups(rng, table, row, lang)
    write_header(book, table, row + 1)
    write_unit_row(table, row + 2)
    end = _rows(rng, book, table, style, row + 3, 8)
    for k, label in enumerate(rng.sample(TOTALS[lang], 2)):
        add_total(rng, book, table, end + k, lang, label)
    _below(page, style)


def three_levels(rng: Random, book: OfficeBook, style: str) -> None:
    """Heads on three levels, the uppermost over all; the first columns merged downwards."""
    lang = language(style)
    page = book.page(_SAID[lang]["sheet"])
    table = Table(page, columns_of(rng, style, _names(rng, 12)))
    row = _above(page, style, len(table.columns))
    whole = "申报情况" if lang == "zh" else "Submission"
    page.merge(row, 2, row, len(table.columns) - 1, whole)
    table.left, first = 2, table.columns[:2]
    rest = Table(page, table.columns[2:], left=2)
    write_groups(rng, rest, row + 1, lang)
    table.left = 0
    write_header(book, table, row + 2)
    for c, column in enumerate(first):
        del page.cells[row + 2, c]
        page.merge(row, c, row + 2, c, column.text)
    end = _rows(rng, book, table, style, row + 3, 6)
    add_total(rng, book, table, end, lang)
    _below(page, style)


def unit_line(rng: Random, book: OfficeBook, style: str) -> None:
    """A unit above the table for its money, a header that is printed again, blank rows."""
    lang = language(style)
    page = book.page(_SAID[lang]["sheet"])
    table = Table(page, columns_of(rng, style, _names(rng, 8), units="line"))
    for column in table.columns:
        if column.unit_in == "line":
            column.unit = money_unit(lang)
    row = _above(page, style, len(table.columns))
    page.put(row, len(table.columns) - 1, _SAID[lang]["unit"])
    row += 1
    write_header(book, table, row)
    end = _rows(rng, book, table, style, row + 1, 4)
    add_total(rng, book, table, end, lang, TOTALS[lang][0])
    write_header(book, table, end + 2, note=False)
    table.header = row
    for k, title in enumerate(titles_of(8, lang)[4:]):
        add_result(rng, book, table, style, end + 3 + k, f"{book.name}-{k + 5:03}", title)
    _below(page, style)


def other_format(rng: Random, book: OfficeBook, style: str) -> None:
    """The same in another format: .xls, .ods, .csv."""
    book.ending = {
        "county": "xls",
        "university": "csv",
        "hospital": "ods",
        "enterprise": "ods",
        "accelerator": "csv",
    }[style]
    page = book.page({"csv": "csv", "ods": "表"}.get(book.ending, "表1"))
    table = Table(page, columns_of(rng, style, _names(rng, 10)))
    start = _above(page, style, len(table.columns)) if book.ending != "csv" else 0
    if book.ending == "ods":
        page.merged.clear()
    write_header(book, table, start)
    end = _rows(rng, book, table, style, start + 1, 6)
    add_total(rng, book, table, end, language(style))


def titled(rng: Random, book: OfficeBook, style: str) -> None:
    """A form with titles over its columns."""
    lang = language(style)
    page = book.page("申报表" if lang == "zh" else "Application")
    titled_form(rng, book, page, style, _names(rng, 12), f"{book.name}-001", titles_of(3, lang)[2])


def paired(rng: Random, book: OfficeBook, style: str) -> None:
    """A form with two items in a row, sections and lines to sign."""
    lang = language(style)
    page = book.page("申报书" if lang == "zh" else "Application")
    paired_form(rng, book, page, style, _names(rng, 13), f"{book.name}-001", titles_of(1, lang)[0])


def two_sheets(rng: Random, book: OfficeBook, style: str) -> None:
    """A form over two sheets, and a third with how to fill it in."""
    lang = language(style)
    names = _names(rng, 15)
    result, title = f"{book.name}-001", titles_of(2, lang)[1]
    first, second = ("一、基本", "二、其他") if lang == "zh" else ("Part 1", "Part 2")
    paired_form(rng, book, book.page(first), style, names[:14], result, title)
    paired_form(rng, book, book.page(second), style, names[14:], result, title, named=False)
    help_page = book.page(_SAID[lang]["other"])
    help_page.put(0, 0, _SAID[lang]["note"])


def batches_long(rng: Random, book: OfficeBook, style: str) -> None:
    """A table, and a sheet with a row for each value of each batch."""
    _plain(rng, book, style, 4)
    long_sheet(rng, book, style, list(book.results)[:3])


def batches_wide(rng: Random, book: OfficeBook, style: str) -> None:
    """A table of one result, and a sheet with a row for each batch."""
    _plain(rng, book, style, 1)
    wide_sheet(rng, book, style, next(iter(book.results)))


def around(rng: Random, book: OfficeBook, style: str) -> None:
    """Hidden columns and rows, a second table below, other sheets, a hidden one."""
    lang = language(style)
    said = _SAID[lang]
    table = _plain(rng, book, style, 6)
    page = table.page
    page.hidden_columns = [3, 5]
    page.hidden_rows = [table.rows[2]]
    row = page.next_row + 2
    for c, text in enumerate(said["second"]):
        page.put(row, c, text)
    for k, item in enumerate(
        ("设备费", "材料费", "测试费") if lang == "zh" else ("Rig", "Feed", "Tests")
    ):
        page.put(row + 1 + k, 0, item)
        page.put(row + 1 + k, 1, 20 + 7 * k)
        page.put(row + 1 + k, 2, "—")
    other = book.page(said["other"])
    other.put(0, 0, said["note"])
    hidden = book.page("字典" if lang == "zh" else "Lists")
    hidden.visible = False
    hidden.put(0, 0, "是")


def merged(rng: Random, book: OfficeBook, style: str) -> None:
    """Results that are merged over two rows, an example that nobody deleted, blank rows."""
    lang = language(style)
    page = book.page(_SAID[lang]["sheet"])
    table = Table(page, columns_of(rng, style, _names(rng, 9)))
    write_header(book, table, _above(page, style, len(table.columns)))
    row = table.header + 1
    page.put(row, 0, _SAID[lang]["example"][0])
    page.put(row, 1, _SAID[lang]["example"][1])
    page.put(row, 3, 5)
    row += 1
    for k, title in enumerate(titles_of(5, lang)):
        add_result(rng, book, table, style, row, f"{book.name}-{k + 1:03}", title, blanks=0)
        tall = k % 2 == 0
        for c in range(len(table.columns) if tall else 0):
            page.merged.append((row, c, row + 1, c))
        row += 2 if tall else 1
        row += k == 2
    add_total(rng, book, table, row, lang, TOTALS[lang][3])
    _below(page, style)


def numbered(rng: Random, book: OfficeBook, style: str) -> None:
    """Headers as they are typed, a row of column numbers, a row of weights, sections with sums."""
    lang = language(style)
    page = book.page(_SAID[lang]["sheet"])
    table = Table(page, columns_of(rng, style, _names(rng, 10)), awkward=0.1)
    for k, column in enumerate(table.columns):
        column.text = decorated(rng, column.text, k + 1, lang)
    write_header(book, table, _above(page, style, len(table.columns)))
    row = table.header + 1
    first, second = ("甲", "乙") if lang == "zh" else ("A", "B")
    page.put(row, 0, first)
    page.put(row, 1, second)
    for c in range(2, len(table.columns)):
        page.put(row, c, c - 1)
    page.put(row + 1, 0, "权重" if lang == "zh" else "Weight")
    for c in range(2, len(table.columns)):
        page.put(row + 1, c, rng.choice((5, 10, 15)))
    row += 2
    titles = titles_of(8, lang)
    for part in range(2):
        section = (
            ("一、化工类（4项）", "二、装备类（4项）")
            if lang == "zh"
            else ("A. Chemistry", "B. Machines")
        )
        page.merge(row, 0, row, len(table.columns) - 1, section[part])
        row += 1
        for k in range(4 * part, 4 * part + 4):
            add_result(rng, book, table, style, row, f"{book.name}-{k + 1:03}", titles[k])
            row += 1
        add_total(rng, book, table, row, lang, "小计" if lang == "zh" else "Subtotal")
        row += 1
    _below(page, style)


def beside(rng: Random, book: OfficeBook, style: str) -> None:
    """Two tables below each other with the same headers, titles between, one more at the right."""
    lang = language(style)
    table = _plain(rng, book, style, 4)
    page, row = table.page, table.page.next_row + 1
    page.put(row, 0, "第二批" if lang == "zh" else "Second cohort")
    again = Table(page, table.columns, awkward=0.1)
    write_header(book, again, row + 1, note=False)
    again.header = table.header
    for k, title in enumerate(titles_of(8, lang)[4:]):
        add_result(rng, book, again, style, row + 2 + k, f"{book.name}-{k + 5:03}", title)
    add_total(rng, book, again, row + 6, lang)
    right = len(table.columns) + 1
    for k, text in enumerate(("等级", "项数") if lang == "zh" else ("Grade", "Count")):
        page.put(table.header, right + k, text)
    for k, grade in enumerate("ABC"):
        page.put(table.header + 1 + k, right, grade)
        page.put(table.header + 1 + k, right + 1, k + 1)


def turned(rng: Random, book: OfficeBook, style: str) -> None:
    """A table on its side, with a column of units and one of means."""
    lang = language(style)
    page = book.page("对比表" if lang == "zh" else "Comparison")
    turned_table(rng, book, page, style, _names(rng, 9), titles_of(3, lang))


PLANS: Sequence[Callable[[Random, OfficeBook, str], None]] = (
    plain,
    two_levels,
    three_levels,
    unit_line,
    other_format,
    titled,
    paired,
    two_sheets,
    batches_long,
    batches_wide,
    around,
    merged,
    numbered,
    beside,
    turned,
)
_SHORT = {
    "county": "XK",
    "university": "GX",
    "hospital": "YY",
    "enterprise": "QY",
    "accelerator": "AC",
}


def office_book(
    style: str, plan: Callable[[Random, OfficeBook, str], None], seed: int = 0
) -> OfficeBook:
    """Return the workbook of an office, always the same."""
    number = PLANS.index(plan) + 1
    book = OfficeBook(f"{_SHORT[style]}26{number:02}" + (f"S{seed}" if seed else ""), "xlsx")
    plan(Random(crc32(f"{style} {plan.__name__} {seed}".encode())), book, style)
    return book


def office_books(style: str, seed: int = 0) -> list[OfficeBook]:
    """Return the twelve workbooks of an office."""
    return [office_book(style, plan, seed) for plan in PLANS]


__all__ = ["PLANS", "STYLES", "header", "office_book", "office_books"]
