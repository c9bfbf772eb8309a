"""What a page is given of a document."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from pilotscore.document import Column, Document, Sheet, Table
from pilotscore.language import Text, same
from pilotscore.render.html.packing import filters_of, packed, packed_table, packed_values
from pilotscore.render.html.texts import Texts
from tests.render.html.conftest import explored


@pytest.mark.parametrize(
    ("values", "style", "expected"),
    [
        ([1.23456, None], "score", {"numbers": [1.23, None]}),
        ([0.123456], "share", {"numbers": 0.1235, "alike": True}),
        ([2.0, 3], "rank", {"numbers": [2, 3]}),
        ([np.float64(1.5), np.int64(2)], "score", {"numbers": [1.5, 2]}),
        ([float("nan"), 1.0], "score", {"numbers": [None, 1]}),
        ([float("inf"), 1.0], "score", {"numbers": [None, 1]}),
        ([None, None], "text", {"numbers": None, "alike": True}),
        ([], "text", {"numbers": []}),
        (["a", "b", "a", ""], "text", {"texts": [0, 1, 0, None]}),
        (["a", 1.5, float("nan")], "text", {"texts": [0, 1, None]}),
        ([True, False], "text", {"texts": [0, 1]}),
        ([1.5, "a", None], "figure", {"mixed": [1.5, [0], [None]]}),
    ],
)
def test_columns_are_short(values: list[object], style: str, expected: dict[str, object]):
    assert packed_values(values, style, Texts()) == expected  # type: ignore[arg-type]


def test_a_text_stands_once_in_the_languages_it_differs_in():
    texts = Texts()
    numbers = [texts.add(x) for x in ("a", same("a"), Text("甲", "A"), Text("甲", "A"), 1)]
    assert numbers == [0, 0, 1, 1, 2]
    assert texts.listed == ["a", ("甲", "A"), "1"]


def test_signs_that_steer_are_left_out():
    texts = Texts()
    texts.add("a\x1b[31m\u202eb")
    assert texts.listed == ["a[31mb"]


def test_columns_of_few_values_filter():
    columns = (Column("kind", same("Kind")), Column("id", same("ID")), Column("n", same("n")))
    rows = [["ab"[k % 2], str(k), k] for k in range(8)]
    assert filters_of(packed_table(Table(columns, rows), Texts())) == ["kind"]


def test_the_whole(whole: Document):
    plan = json.loads(json.dumps(packed(whole)))
    explored = plan["explored"]
    assert explored["size"] == 4
    assert [c["key"] for c in explored["columns"]][:3] == ["rank", "id", "title"]
    assert explored["breakdown"]["ways"][1:] == [None] * 3
    assert explored["breakdown"]["charts_left_out"] == [2]
    assert explored["breakdown"]["floors"][0] == {"name": "A", "least": [60.0, None, 70.0]}
    assert [s["name"] for s in plan["sheets"]] == [["成果", "Result"], ["清单", "Manifest"]]
    blocks = plan["sheets"][0]["blocks"]
    assert blocks[0] == {"text": ["注意：成果；比例", "Note: Result; Share"]}
    assert blocks[2]["chart"]["series"][0]["values"] == [0.256, None]


def test_sheets_stand_beside_what_is_explored(whole: Document):
    table = Table((Column("a", same("A")),), [[1]])
    alone = replace(whole, explored=lambda: replace(explored(), beside=tuple))
    assert packed(alone)["sheets"] == []
    named = lambda: [Sheet(same("two"), (table,))]  # noqa: E731
    beside = replace(whole, explored=lambda: replace(explored(), beside=named))
    assert [s["name"] for s in packed(beside)["sheets"]] == ["two"]
