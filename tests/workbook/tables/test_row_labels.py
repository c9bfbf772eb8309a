"""Labels of rows that hold no result and no batch, in the spellings of offices."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.workbook.tables.row_labels import RowKind, Sureness, label_of

SPELLED = {
    RowKind.TOTAL: "合计 总计 小计 共计 累计 总数 总和 合计数 合计金额 本页合计 全省合计 化工类小计 2024年合计 合计12项 "
    "其中：化工类 total Subtotal Total:",
    RowKind.AVERAGE: "平均 均值 平均值 平均数 平均分 加权平均 全市平均 中位数 Mean AVERAGE Avg. median x̄ X-bar 均值±标准差 Mean±SD",
    RowKind.EXTREME: "最大值 最小值 最高分 最低分 最大 最高 极差 Max Min. maximum Minimum",
    RowKind.SPREAD: "标准差 标准偏差 相对标准偏差 RSD RSD% %RSD SD 方差 变异系数 CV stdev Cpk 标准误 SEM 置信区间 均方根误差",
    RowKind.SPECIFICATION: "质量标准 内控标准 标准值 规格要求 标准规定 限度 验收标准 Spec Specification specs 药典标准 "
    "限度要求 接受标准 验收准则 合同指标 任务书指标",
    RowKind.LOWER: "下限 规格下限 标准下限 下限值 LSL",
    RowKind.UPPER: "上限 规格上限 合格上限 USL",
    RowKind.TARGET: "目标值 标称值 target nominal 计划值 考核目标",
    RowKind.CONTROL: "UCL LCL 控制上限 控制下限 控制限 警戒限 行动上限 中心线",
    RowKind.COMPARISON: "上年同期 去年 上期数 同比 环比增长率 增长率 较上年增减 YoY",
    RowKind.UNIT: "单位 计量单位 Unit units",
    RowKind.EXPLANATION: "填写说明 填表说明 指标说明 必填",
    RowKind.EXAMPLE: "示例 样例：X-1 例1 Example 举例",
    RowKind.CLOSING: "填表人：张三 制表 审核人（签字）： 日期：2026-11-30 数据来源：年报 主管部门： 盖章 以下空白 转下页 承前页 "
    "续表 第1页",
}
LABELS = [(kind, word) for kind, words in SPELLED.items() for word in words.split()]
LABELS += [
    (RowKind.TOTAL, "Grand Total"),
    (RowKind.SPREAD, "Std. dev."),
    (RowKind.SPREAD, "St. dev."),
    (RowKind.AVERAGE, "Mean ± SD"),
    (RowKind.TOTAL, "Total and mean"),
    (RowKind.CONTROL, "Upper control limit"),
    (RowKind.CLOSING, "Page 1 of 3"),
    (RowKind.SPREAD, "Standard deviation"),
    (RowKind.AVERAGE, "Average score"),
    (RowKind.UPPER, "Upper spec limit"),
    (RowKind.LOWER, "Lower limit"),
    (RowKind.SPECIFICATION, "Acceptance criteria"),
    (RowKind.CLOSING, "Prepared by: X"),
]


def _wide(text: str) -> str:
    """Return a text with full-width letters, digits and signs."""
    return "".join(chr(ord(x) + 0xFEE0) if "!" <= x <= "~" else x for x in text)


BEGIN_WITH_A_NUMBER = [(RowKind.SPREAD, "95%CI"), (RowKind.SPREAD, "95%置信下限")]


@pytest.mark.parametrize(("kind", "word"), [*LABELS, *BEGIN_WITH_A_NUMBER])
def test_a_label_is_known_as_it_is_written(kind: RowKind, word: str):
    assert label_of(word) == (kind, Sureness.SURE)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(LABELS),
    st.sampled_from(["{}", " {} ", "【{}】", "{}：", "一、{}", "{}（12项）", "{} (n=6)", "*{}"]),
    st.booleans(),
    st.booleans(),
)
def test_blanks_brackets_and_width_do_not_hide_a_label(
    label: tuple[RowKind, str], around: str, blanks: bool, wide: bool
):
    kind, word = label
    written = " ".join(word) if blanks and word.isalpha() and not word.isascii() else word
    written = _wide(written) if wide else written
    if kind not in (RowKind.EXAMPLE, RowKind.CLOSING):
        written = around.format(written)
    assert (label_of(written) or (None,))[0] is kind


@pytest.mark.parametrize(
    "title",
    [
        "标准化平台",
        "平均年龄预测",
        "总装线",
        "总-1",
        "注塑-1",
        "合成氨中试",
        "小计量泵标定装置",
        "最小二乘软件",
        "最优控制系统",
        "单位膜组件",
        "标准物质研制",
        "日期识别模型",
        "例行检测系统",
        "规格书自动生成",
        "说明书翻译系统",
        "限度检查试剂",
        "目标检测算法",
        "均相催化",
        "极差分析仪",
        "P-000001",
        "B12",
        "CG-1",
        "26E01",
        "n-丁醇",
        "Max-Flow",
        "甲",
        "V1",
        "Total synthesis of X",
        "Range extender",
        "Mean-field solver",
        "Batch 3",
        "Sampler",
        "",
    ],
)
def test_what_results_are_called_is_no_label(title: str):
    assert label_of(title) is None


@pytest.mark.parametrize(
    "word",
    [
        "标准",
        "规格",
        "目标",
        "说明",
        "备注",
        "指标",
        "数量",
        "总体",
        "summary",
        "合计甲",
        "平均粒径",
        "PP",
    ],
)
def test_words_that_a_result_may_be_called_by_are_not_sure(word: str):
    label = label_of(word)
    assert label is not None
    assert label.sureness < Sureness.SURE
