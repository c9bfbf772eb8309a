"""Makes forms as offices have them: an item and its value, in sections, with signatures."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from tests.workbook.offices.headers import header, language
from tests.workbook.offices.quantities import BY_NAME
from tests.workbook.offices.tables import GRADES, Column, Table, add_value, fits, note
from tests.workbook.offices.typed import Headed, OfficeBook, Page, Written

_CLOSING = {
    "zh": (
        "单位负责人（签字）：",
        "单位（盖章）：",
        "填表日期：    年   月   日",
        "推荐部门意见：（盖章）",
    ),
    "en": ("Signature:", "Approved by:", "Date:"),
}
_SECTIONS = {
    "zh": ("一、基本信息", "二、技术与工艺", "三、安全环保", "四、市场与资金"),
    "en": ("1. General", "2. Technology", "3. Safety", "4. Market and money"),
}
_TITLED = {
    "zh": ("指标", "填写值", "单位", "证据等级", "填报说明"),
    "en": ("Item", "Value", "Unit", "Evidence", "How to fill in"),
}


def _item(rng: Random, style: str, name: str, *, unit: bool) -> Column:
    asked, lang = BY_NAME[name], language(style)
    column = Column(name, header(style, name))
    if asked.units:
        column.unit = rng.choice([u for u in asked.units if fits(u, lang)])
        if unit:
            column.text += f"（{column.unit}）" if lang == "zh" else f" ({column.unit})"
    return column


def _named(book: OfficeBook, page: Page, style: str, row: int, result: str, title: str) -> None:
    for k, (name, text) in enumerate((("id", result), ("title", title))):
        page.put(row + k, 0, header(style, name))
        page.put(row + k, 1, text)
        book.heads.append(Headed(page.name, (row + k, 0), header(style, name), name))


def titled_form(
    rng: Random,
    book: OfficeBook,
    page: Page,
    style: str,
    names: Sequence[str],
    result: str,
    title: str,
) -> None:
    """Write a form with titles over its columns: item, value, unit, evidence, how to fill in."""
    lang = language(style)
    page.merge(0, 0, 0, 4, f"{title}申报表" if lang == "zh" else f"Application: {title}")
    book.results[result] = (page.name, None)
    for c, text in enumerate(_TITLED[lang]):
        page.put(1, c, text)
    _named(book, page, style, 2, result, title)
    row = 4
    for k, name in enumerate(names):
        if k % 7 == 0:
            page.merge(row, 0, row, 4, _SECTIONS[lang][k // 7 % 4])
            row += 1
        _titled_item(rng, book, page, style, row, name, result)
        row += 1
    _close(page, row + 1, lang)


def _titled_item(
    rng: Random, book: OfficeBook, page: Page, style: str, row: int, name: str, result: str
) -> None:
    lang = language(style)
    item = _item(rng, style, name, unit=False)
    table = Table(page, [item], header=row, label=(row, 0))
    page.put(row, 0, item.text)
    page.put(row, 2, item.unit)
    book.heads.append(Headed(page.name, (row, 0), item.text, name))
    page.put(row, 4, "据实填写" if lang == "zh" else "as measured")
    add_value(rng, book, table, (row, 1), result, item, style, blanks=0.06, mode="continuous")
    if name in ("trl_level", "mrl_level", "first_pass_yield"):
        grade = rng.choice(GRADES)
        page.put(row, 3, grade)
        note(book, table, result, f"{name} evidence", (row, 3), Written(grade), grade)


def paired_form(
    rng: Random,
    book: OfficeBook,
    page: Page,
    style: str,
    names: Sequence[str],
    result: str,
    title: str,
    *,
    named: bool = True,
) -> None:
    """Write a form with two items in a row, in sections, and lines to sign below."""
    lang = language(style)
    page.merge(0, 0, 0, 3, "科技成果中试熟化申报书" if lang == "zh" else "Application form")
    row = 1
    if named:
        book.results[result] = (page.name, None)
        _named(book, page, style, row, result, title)
        row += 2
    for k in range(0, len(names), 2):
        if k % 8 == 0:
            page.merge(row, 0, row, 3, _SECTIONS[lang][k // 8 % 4])
            row += 1
        for place, name in enumerate(names[k : k + 2]):
            item = _item(rng, style, name, unit=True)
            column = 2 * place
            table = Table(page, [item], header=row, label=(row, column))
            page.put(row, column, item.text)
            book.heads.append(Headed(page.name, (row, column), item.text, name))
            add_value(
                rng, book, table, (row, column + 1), result, item, style, blanks=0.05, mode="batch"
            )
        row += 1
    _close(page, row, lang)


def turned_table(
    rng: Random,
    book: OfficeBook,
    page: Page,
    style: str,
    names: Sequence[str],
    titles: Sequence[str],
) -> None:
    """Write a table on its side: a result in each column, units before them, means behind."""
    lang = language(style)
    results = {f"{book.name}-{k + 1:03}": title for k, title in enumerate(titles)}
    page.merge(0, 0, 0, len(results) + 2, "横向汇总" if lang == "zh" else "Side by side")
    heads = (
        header(style, "id"),
        "单位" if lang == "zh" else "Unit",
        *results,
        "平均" if lang == "zh" else "Average",
    )
    for c, text in enumerate(heads):
        page.put(1, c, text)
    page.put(2, 0, header(style, "title"))
    for k, (result, title) in enumerate(results.items()):
        page.put(2, k + 2, title)
        book.results[result] = (page.name, None)
    for r, name in enumerate(names, 3):
        item = _item(rng, style, name, unit=False)
        page.put(r, 0, item.text)
        page.put(r, 1, item.unit)
        book.heads.append(Headed(page.name, (r, 0), item.text, name))
        for k, result in enumerate(results):
            table = Table(page, [item], header=r, label=(r, 0))
            add_value(rng, book, table, (r, k + 2), result, item, style, blanks=0.05, mode="batch")
        page.put(r, len(results) + 2, 5)
    _close(page, len(names) + 4, lang)


def _close(page: Page, row: int, lang: str) -> None:
    for k, text in enumerate(_CLOSING[lang]):
        page.put(row + k // 2, 2 * (k % 2), text)
