"""Writes panel.xlsx: the scores of eight experts for twenty results, all of it invented."""

from __future__ import annotations

import datetime
from pathlib import Path

import numpy as np
import xlsxwriter

HERE = Path(__file__).parent
MADE = datetime.datetime(2026, 1, 1)
INDICATORS = ("技术成熟", "放大风险", "市场前景")
GROUPS = ("企业", "高校院所", "投资", "用户")
EXPERTS = 8
RESULTS = 20
EACH = 5  # experts a result
SEVERITY = (0, 5, -8, 2, 0, 1, -2, 3)  # the third is severe, the second lenient
COMMENTS = (
    "批次太少，稳定性还看不出来",
    "放大倍数缺少依据",
    "用户意向没有书面材料",
    "原料来源单一",
)


def rows() -> list[list[object]]:
    """Return a row for each score: expert, id, indicator, score, comment, when."""
    random = np.random.default_rng(2026)
    level = random.normal(74, 9, RESULTS)
    scores: list[list[object]] = []
    given = [0] * EXPERTS
    for result in range(RESULTS):
        chosen = sorted((result * EACH + n * 3 + result // 8) % EXPERTS for n in range(EACH))
        for expert in dict.fromkeys(chosen):
            given[expert] += 1
            day = datetime.datetime(2026, 9, 14, 9) + datetime.timedelta(minutes=12 * given[expert])
            for k, indicator in enumerate(INDICATORS):
                score = level[result] + SEVERITY[expert] + (0, -5, 2)[k] + random.normal(0, 4.5)
                score = int(np.clip(round(score), 0, 100))
                low = score < 60 and indicator != "市场前景"
                comment = COMMENTS[(result + expert) % len(COMMENTS)] if low else ""
                scores.append([_expert(expert), _id(result), indicator, score, comment, day])
    return scores


def _expert(number: int) -> str:
    return f"专家{number + 1:02d}"


def _id(number: int) -> str:
    return f"CG-{number + 1:03d}"


def write() -> None:
    """Write the workbook, the same bytes every time."""
    people = [[_expert(n), GROUPS[n % 4], f"单位{n + 1:02d}", ""] for n in range(EXPERTS)]
    people[4][3] = "CG-006"  # has worked on it
    results = [[_id(n), f"示例成果 {n + 1}", f"单位{n + 21}"] for n in range(RESULTS)]
    results[9][2] = "单位02"  # of the institution of an expert
    with xlsxwriter.Workbook(HERE / "panel.xlsx") as book:
        book.set_properties({"created": MADE})
        bold = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
        clock = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheets = {
            "评分": (["专家", "编号", "指标", "分数", "评语", "日期"], rows()),
            "专家": (["姓名", "组别", "单位", "回避"], people),
            "成果": (["编号", "成果名称", "完成单位"], results),
        }
        for name, (head, table) in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.set_column(0, len(head) - 1, 16)
            for r, row in enumerate([head, *table]):
                for c, value in enumerate(row):
                    is_time = isinstance(value, datetime.datetime)
                    sheet.write(r, c, value, bold if r == 0 else clock if is_time else None)


if __name__ == "__main__":
    write()
