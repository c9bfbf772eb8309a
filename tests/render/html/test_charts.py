"""Charts of sheets with the values of their tables."""

from __future__ import annotations

from pilotscore.document import Axis, Chart, Column, Series, Sheet, Table
from pilotscore.language import Text, same
from pilotscore.render.html.charts import packed_chart, packed_control
from tests.render.html.conftest import CONTROL, HOSTILE

TABLE = Table(
    (Column("name", same("Name")), Column("x", Text("横", "X")), Column("y", Text("纵", "Y"))),
    [["a", 1.0, 0.1], [Text("乙", "b"), 2.0, float("inf")], ["c", 3.0, 0.3]],
)


def test_columns_over_some_rows():
    chart = Chart("line", Text("图", "Chart"), (Series("s", "y", "name"),), rows=(1, 2))
    packed = packed_chart(chart, Sheet(same("s"), (TABLE, chart)), [])
    assert packed["title"] == ("图", "Chart")
    assert packed["series"][0]["values"] == [None, 0.3]
    assert packed["series"][0]["names"] == [("乙", "b"), "c"]


def test_columns_across_a_row_of_a_table_on_another_sheet():
    series = Series(same("s"), row=2, across=("x", "y"))
    chart = Chart("bar", same("t"), (series,), of_sheet=same("data"), y=Axis("", "0%", least=0))
    packed = packed_chart(chart, Sheet(same("s"), (chart,)), [Sheet(same("data"), (TABLE,))])
    assert packed["series"][0]["values"] == [3.0, 0.3]
    assert packed["series"][0]["names"] == [("横", "X"), ("纵", "Y")]
    assert packed["y"] == {
        "title": "", "share": True, "least": 0, "most": None, "reverse": False,
    }  # fmt: skip


def test_control_charts_have_limits_where_there_are_any():
    packed = packed_control(CONTROL)
    assert packed["title"] == (f"纯度 · {HOSTILE[0]}", f"Purity · {HOSTILE[0]}")
    assert packed["lower"] == [0.0, 0.0, None]
    assert packed["flagged"] == [[2, "1"]]
