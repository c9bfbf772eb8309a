"""Pages of what was understood: values typed in come back as least, median and greatest."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pilotscore.criteria import load_criteria
from pilotscore.workbook import ColumnRead, PageRead, ReadingOptions, load_mapping, read_workbooks
from pilotscore.workbook.results.pages import MOST_ALIKE, span_of
from tests.conftest import HEADERS, MakeBook, row, write_book


def pages(mini: Path, *books: Path, **options: Any) -> tuple[PageRead, ...]:
    criteria = load_criteria(mini).criteria
    if "mapping" in options:
        options["mapping"] = load_mapping(options["mapping"], criteria)
    return read_workbooks(books, criteria, ReadingOptions(understand=True, **options)).pages


def columns(page: PageRead) -> dict[str, ColumnRead]:
    return {c.head.name: c for c in page.columns if c.head.role != "evidence"}


FORM = [
    ["项目名称", "工艺"],
    ["编号", "P-1"],
    ["TRL", 7],
    ["证据等级", "E3"],
    ["一次合格率", "96%"],
    ["连续运行时间", "2天"],
    ["安全评估", "已完成"],
    ["产地", "江东"],
]


def form(path: Path, **changes: Any) -> Path:
    return write_book(path, {"表": [[k, changes.get(k, v)] for k, v in FORM]})


def test_a_table_gives_what_was_typed_in(book: MakeBook, mini: Path):
    rows = [
        row(trl=t, yield_rate=y, mode=m)
        for t, y, m in ((3, "约95%", "连续"), (5, 90, "间歇"), (9, 80, "连续"), (7, "", "连续"))
    ]
    (page,) = pages(mini, book(*rows))
    assert (page.layout, page.results, page.places[0].row) == ("table", 4, 0)
    found = columns(page)
    assert found["trl"].span == (3, 5, 9)
    rate = found["yield_rate"]
    assert rate.span == (80, 90, 95)
    assert (rate.filled, rate.of, rate.head.unit) == (3, 4, "%")
    # The cell that was read otherwise than it is written is shown.
    assert (rate.sample and rate.sample.text, rate.read) == ("约95%", 95)
    assert [(str(w.to("en")), n) for w, n in found["mode"].words] == [  # type: ignore[union-attr]
        ("continuous", 3),
        ("batch", 1),
    ]
    assert found["permit_end"].span == ("2030-01-01",) * 3
    assert found["hazard"].words[0][1] == 4
    evidence = page.columns[found["trl"].evidence or -1]
    assert (evidence.head.role, evidence.head.column, evidence.words) == (
        "evidence",
        3,
        (("E3", 4),),
    )


def test_the_page_costs_nothing_where_it_is_not_asked_for(book: MakeBook, mini: Path):
    read = read_workbooks([book(row())], load_criteria(mini).criteria)
    assert read.pages == ()


def test_what_is_not_read_has_its_line(mini: Path, tmp_path: Path):
    headers = [*HEADERS, "备注说明", "一次合格率"]
    (page,) = pages(
        mini, write_book(tmp_path / "b.xlsx", {"S": [headers, [*row(), "好", 1], row()]})
    )
    unread = {c.head.text: c for c in page.columns if c.head.role == "unread"}
    assert unread["备注说明"].head.matched == "none"
    assert (unread["备注说明"].filled, unread["备注说明"].of) == (1, 2)
    assert (unread["一次合格率"].head.matched, unread["一次合格率"].title is not None) == (
        "repeated",
        True,
    )


def test_a_mapping_and_a_suggestion_say_how_they_are_known(mini: Path, tmp_path: Path):
    map_file = tmp_path / "map.yaml"
    map_file.write_text(
        "headers: {成熟度: trl, 运行: {is: run_hours, unit: 天}, 弃: ignore}\n", encoding="utf-8"
    )
    sheet = [["编号", "成熟度", "运行", "弃", "一次性合格率"], ["P-1", 7, 2, "x", 90]]
    path = write_book(tmp_path / "b.xlsx", {"S": sheet})
    (page,) = pages(mini, path, mapping=map_file)
    found = {c.head.text: c.head for c in page.columns}
    assert [found[t].matched for t in ("成熟度", "运行", "弃", "一次性合格率")] == [
        "mapping",
        "mapping",
        "ignored",
        "likely",
    ]
    assert (found["运行"].unit, found["运行"].factor) == ("天", 24)
    (page,) = pages(mini, path, mapping=map_file, accept_suggestions=True)
    assert {c.head.text: c.head for c in page.columns}["一次性合格率"].matched == "near"


def test_forms_of_one_layout_have_one_page(mini: Path, tmp_path: Path):
    books = [form(tmp_path / f"{i}.xlsx", 编号=f"P-{i}", TRL=i) for i in (4, 9, 6)]
    other = write_book(tmp_path / "z.xlsx", {"表": [["编号", "X"], ["TRL", 5], ["环评批复", "是"]]})
    first, second = pages(mini, *books, other)
    assert (first.layout, len(first.places), first.results) == ("form", 3, 3)
    found = columns(first)
    assert found["trl"].span == (4, 6, 9)
    assert (found["run_hours"].span, found["run_hours"].read) == ((48, 48, 48), 48)
    assert found["trl"].head.label == (2, 0)
    assert [c.head.text for c in first.columns if c.head.role == "unread"] == ["产地"]
    assert len(second.places) == 1


def test_a_name_in_a_form_that_is_not_known_says_what_it_is_like(mini: Path, tmp_path: Path):
    sheet = [
        ["编号", "P-1"],
        ["TRL", 7],
        ["环评批复", "是"],
        ["一次性合格率", 95],
        ["产地", "江东"],
    ]
    (page,) = pages(mini, write_book(tmp_path / "a.xlsx", {"表": sheet}))
    unread = {
        c.head.text: (c.head.matched, c.head.name) for c in page.columns if c.head.role == "unread"
    }
    assert unread == {"一次性合格率": ("likely", "yield_rate"), "产地": ("none", "")}


def test_many_tables_of_one_layout_have_one_page_and_few_have_their_own(mini: Path, tmp_path: Path):
    books = [
        write_book(tmp_path / f"{i}.xlsx", {"S": [HEADERS, row(id=f"P-{i}")]})
        for i in range(MOST_ALIKE + 1)
    ]
    assert len(pages(mini, *books[:-1])) == MOST_ALIKE
    (page,) = pages(mini, *books)
    assert (page.results, columns(page)["trl"].of) == (MOST_ALIKE + 1, MOST_ALIKE + 1)


def test_a_sheet_of_batches_has_its_columns_and_characteristics(mini: Path, tmp_path: Path):
    wide = [["批号", "生产日期", "纯度(%)", "备注"]] + [
        [f"B{i}", datetime.date(2026, 1, i), 90 + i, ""] for i in range(1, 4)
    ]
    long = [
        ["成果编号", "批号\nBatch no.", "特性", "数值", "单位"],
        ["P-1", "L1", "水分", 0.2, "%"],
        ["P-1", "L2", "水分", 0.4, "%"],
    ]
    path = write_book(
        tmp_path / "b.xlsx", {"成果": [HEADERS, row()], "批次": wide, "批次记录": long}
    )
    table, first, second = pages(mini, path)
    assert (table.layout, first.layout, second.layout) == ("table", "wide", "long")
    purity = next(c for c in first.columns if c.head.role == "characteristic")
    assert (purity.head.text, purity.head.unit, purity.span) == ("纯度(%)", "%", (91, 92, 93))
    assert (first.results, purity.filled, purity.of, purity.read) == (3, 3, 3, 91)
    assert all("\n" not in c.head.text for c in second.columns)  # a line for each column
    assert [c.head.name for c in second.columns] == [
        "id",
        "batch",
        "characteristic",
        "value",
        "unit",
        "水分",
    ]
    assert second.columns[-1].span == (0.2, 0.2, 0.4)


@pytest.mark.parametrize(
    ("values", "span"),
    [([3, 1, 2], (1, 2, 3)), ([1, 2, 3, 4], (1, 2, 4)), ([float("nan")], None), ([], None)],
)
def test_the_median_is_a_value_that_stands_there(values: list[float], span: Any):
    assert span_of(np.array(values, dtype=float)) == span
