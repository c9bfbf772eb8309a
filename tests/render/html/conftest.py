"""A document to explore, made by hand, with texts that would be markup elsewhere."""

from __future__ import annotations

import pytest

from pilotscore.document import (
    Breakdown,
    Column,
    Document,
    Explored,
    Floors,
    Marks,
    Overview,
    Part,
    Table,
)
from pilotscore.drawings import ControlChart
from pilotscore.language import Text, same
from tests.render.conftest import sheets

# Marks without an effect of their own, each of which would show if it were not plain text.
HOSTILE = (
    "</script><script>window.ran = 1</script>",
    "<!-- <script>",
    "<img src=x onerror='window.ran = 2'>",
    "p<0.05 & n>3 \u2028 \u2029 {name} ${1}",
)
INDEX = [71.25, 93.0, None, 55.5]
CONTROL = ControlChart(
    Text("纯度", "Purity"),
    same(HOSTILE[0]),
    ("B1", HOSTILE[2], "B3"),
    (1.0, 2.0, 9.0),
    2.0,
    (0.0, 0.0, float("-inf")),
    (4.0, 4.0, 4.0),
    ((2, "1"),),
)
GRADE = ["B", "A", "—", "C"]
REGION = [Text("东区", "East"), Text("西区", "West"), None, Text("东区", "East")]


def explored() -> Explored:
    marks = Marks((("A", 0), ("B", 1), ("C", 2), ("—", None)))
    columns = (
        Column("rank", Text("名次", "Rank"), "rank"),
        Column("id", Text("编号", "ID")),
        Column("title", same(HOSTILE[2]), "wrap"),
        Column("index", Text("指数", "Index"), "score"),
        Column("low", Text("下限", "Low"), "score"),
        Column("high", Text("上限", "High"), "score"),
        Column("grade", Text("等级", "Grade"), "centre", paint=marks),
        Column("region", Text("地区", "Region")),
        Column("blank", Text("空", "Blank")),
        *(Column(key, Text(f"维度{key}", f"Dimension {key}"), "score") for key in "abc"),
    )
    rows = [
        [
            k + 1,
            f"P-{k + 1}",
            HOSTILE[k],
            INDEX[k],
            INDEX[k],
            INDEX[k],
            GRADE[k],
            REGION[k],
            None,
            *[k * 10.0] * 3,
        ]
        for k in range(4)
    ]
    breakdown = Breakdown(
        of="index",
        span=("low", "high"),
        parts=(Part(Text("转化率", "Yield"), 0, same("kg")), Part(same(HOSTILE[0]), 2)),
        groups=tuple((key, Text(f"维度{key}", f"Dimension {key}")) for key in "abc"),
        floors=(Floors("A", (60.0, None, 70.0)), Floors("B", (40.0, None, 50.0))),
        grades="grade",
        columns=(
            Column("value", Text("值", "Value"), "figure"),
            Column("points", Text("贡献", "Contribution"), "score"),
        ),
        cells=lambda: [[[1.5, *HOSTILE[1:]], [None] * 4], [[40.0] * 4, [31.25] * 4]],
        points="points",
        charts=lambda: lambda place: {1: [CONTROL], 2: None}.get(place, ()),
        ways=lambda place: [same(HOSTILE[0])] if place == 0 else None,
    )
    return Explored(
        name=Text("排名", "Ranking"),
        table=Table(columns, rows),
        shown=("rank", "id", "title", "index", "grade", "region", "blank"),
        filters=("grade", "region"),
        overviews=(
            Overview("counts", Text("按等级", "By grade"), "grade"),
            Overview("spans", Text("区间", "Spans"), "id", "index", "low", "high"),
            Overview("sums", Text("总和", "Sums"), "region", "index"),
            Overview("curve", Text("曲线", "Curve"), "rank", "index"),
            Overview("bars", same(HOSTILE[1]), "id", "index"),
        ),
        breakdown=breakdown,
        beside=sheets,
    )


@pytest.fixture
def whole() -> Document:
    return Document(
        title=Text("小页面 </title>", "A page </title>"),
        version="0.1",
        as_of="2026-11-30",
        sheets=sheets,
        explored=explored,
    )
