"""Lines fit, lose nothing, and never part a mark or a unit from what it belongs to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text as Rich

from pilotscore.language import unbroken
from pilotscore.render.wrapping import cells, lines, spans

OPENING, CLOSING = "（“(", "，。；：、）”),"
TEXTS = st.text(st.sampled_from("ab7 -–（“(，。、）”),%中文宽字符é"), max_size=60)


def wrapped(text: str, width: int) -> list[str]:
    return [text[begin:end] for begin, end in spans(text, width)]


@pytest.mark.slow
@given(TEXTS, st.integers(4, 40))
def test_lines_of_a_screen_fit_and_nothing_but_blanks_is_lost(text: str, width: int):
    shown = [line.plain for line in lines(Rich(text), width)]
    assert "".join("".join(shown).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in shown)


@pytest.mark.slow
@given(TEXTS, st.integers(4, 40))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text: str, width: int):
    words = text.split()
    for line in wrapped(text, width)[1:]:
        assert line[0] not in CLOSING or any(w.startswith(line[0]) for w in words)
    for line in wrapped(text, width)[:-1]:
        assert line[-1] not in OPENING or any(w.endswith(line[-1]) for w in words)


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        (
            "后补助 100–500 万元；先投后股（可选）",
            16,
            ["后补助", "100–500 万元；先", "投后股（可选）"],
        ),
        ("必填指标“近三年事故次数”为空", 10, ["必填指标", "“近三年事", "故次数”为", "空"]),
        ("几乎每个：CG-028、CG-027", 16, ["几乎每个：", "CG-028、CG-027"]),
        ("团队 95  (几何 94.8)", 10, ["团队 95", "(几何", "94.8)"]),
        ("it’s “one two”, he said", 9, ["it’s “one", "two”, he", "said"]),
        ("grant 5–20 M CNY a year", 12, ["grant", "5–20 M CNY a", "year"]),
        ("about 500 10k CNY", 12, ["about", "500 10k CNY"]),
        (
            "轮到时余 198 万元，需 240 万元（部分）",
            11,
            ["轮到时余", "198 万元，", "需 240 万元", "（部分）"],
        ),
        ("补齐差距，12 个月内复评", 13, ["补齐差距，", "12 个月内复评"]),
        ("须在3个工作日内答复", 10, ["须在", "3个工作日", "内答复"]),
        ("专利法（2020年修正）第42条", 23, ["专利法（2020年修正）", "第42条"]),
        ("约30小时以上", 8, ["约30小时", "以上"]),
        ("市场 20.0 < 40；指数 46.9 < 60", 17, ["市场 20.0 < 40；", "指数 46.9 < 60"]),
        ("暂缓 6 | 入库培育 5", 9, ["暂缓 6 |", "入库培育", "5"]),
        ("approve · on hold", 9, ["approve ·", "on hold"]),
        ("dried for 72 h at 40 °C", 12, ["dried for", "72 h at", "40 °C"]),
        ("", 9, [""]),
    ],
)
def test_where_lines_end(text: str, width: int, expected: list[str]):
    assert wrapped(text, width) == expected


def test_styles_line_breaks_and_words_longer_than_a_line():
    text = Rich.assemble(("one\n", "bold"), ("abcdefghij", "red"))
    first, *others = lines(text, 4)
    assert (first.plain, [x.plain for x in others]) == ("one", ["abcd", "efgh", "ij"])
    assert [str(s.style) for s in others[0].spans] == ["red"]


def test_cells_are_those_of_a_terminal():
    for text in ("中a", "é", "e\u0301", "（x）", "—…“"):
        assert cells(text) == cell_len(text)


PATH = "my results (2) 最终.xlsx [Sheet 1]!C3"


def test_a_path_stays_on_one_line_with_its_blanks():
    text = Rich(f"the share of 甲所 is not stated {unbroken(PATH)}, so that none counts")
    for width in range(cell_len(PATH) + 1, 80):
        assert any(PATH in line.plain for line in lines(text, width)), width
    shown = [line.plain for line in lines(Rich(unbroken(PATH)), 12)]
    assert "".join(shown) == PATH  # longer than a line, it is cut where the line ends
