"""A small document with something of everything, made by hand."""

from __future__ import annotations

import pytest

from pilotscore.document import (
    Axis,
    Block,
    Chart,
    Column,
    Document,
    Fact,
    Gap,
    Grid,
    GridColumn,
    GridRow,
    Line,
    Listing,
    Marks,
    Meter,
    Row,
    Series,
    Shade,
    Sheet,
    Slot,
    Table,
    flat_table,
    heading,
    more,
    note,
)
from pilotscore.language import Text, join, same

RESULT, SHARE = Text("成果", "Result"), Text("比例", "Share")


def table() -> Table:
    return Table(
        (
            Column("title", RESULT, "wrap", 12),
            Column("grade", Text("等级", "Grade"), "centre", 7, Marks((("A", 0), ("—", None)))),
            Column("share", SHARE, "share", 8, Shade("good", 0, 1)),
            Column("sum", Text("金额", "Sum"), "amount", 10),
            Column("index", Text("指数", "Index"), "score", 8),
        ),
        [
            [Text("一名称", "a name"), "A", 0.256, 1234.5, 71.04],
            [same('=1+1 | "b"\n*c* <d>'), "—", None, float("inf"), float("nan")],
        ],
    )


def page() -> list[Block]:
    slots = (
        Slot(RESULT, least=4, most=10),
        Slot(SHARE, right=True, least=6, most=6),
        Slot(Text("图", "Bar"), least=8, most=8),
        Slot(Text("说明", "Note"), least=10, rest=True),
        Slot(Text("宽", "Wide"), right=True, least=4, most=4, from_width=100),
    )
    rows = [
        Row(
            ((name, "bold"), (f"{x:.0%}", ""), (Meter(x), "cyan"), ("so " * 30, ""), ("w", "")),
            below=(Fact("", Text("窄屏才有", "on narrow screens"), 5, narrower=100),),
        )
        for name, x in (("P-1", 0.5), ("名称非常非常长的成果", 1.0))
    ]
    columns = (
        GridColumn(RESULT, fold=True, ratio=2),
        GridColumn(SHARE, right=True, whole=True),
    )
    return [
        heading(Text("标题", "A heading")),
        note(Text("每位读者须知", "what every reader must see")),
        Gap(),
        Fact(RESULT, "word " * 30, 2, "yellow"),
        Fact(RESULT, Text("接着说", "goes on"), 2, continues=True),
        Line((("whole ", "bold"), ("x" * 90, "")), wrap=False),
        Line((("hangs ", ""), ("word " * 30, "")), indent=2, hang=4),
        Listing(slots, rows, ruled=True),
        more(3, Text("未显示", " not shown")),
        Grid(
            columns,
            [GridRow((RESULT, "1")), GridRow(("total " * 20, "2"), "bold", ruled=True)],
            ruled=True,
        ),
        Grid(columns, [GridRow(((("a", "bold"), ("b", "")), "2"))], headed=False, indent=2),
    ]


def sheets() -> list[Sheet]:
    values = Series(same("s"), values="share", categories="title", look="bars", colour="#0A63C9")
    chart = Chart("bar", Text("图", "Chart"), (values,), y=Axis(SHARE, "0%", least=0, most=1))
    said = Text("注意：{what}", "Note: {what}").of(what=join((RESULT, SHARE)))
    return [
        Sheet(RESULT, (said, table(), chart), freeze=1, print_columns=3),
        Sheet(Text("清单", "Manifest"), (flat_table({"a": {"b": [1, "two"]}, "c": None}),)),
    ]


@pytest.fixture
def small() -> Document:
    return Document(
        title=Text("小文档", "Small"),
        version="0.1",
        as_of="2026-11-23",
        page=page,
        sheets=sheets,
        record=lambda: {"table": table(), "said": RESULT, "n": 1, "list": (RESULT, None)},
        table=table,
        lines=lambda: ["# one", "two"],
    )
