"""Writes the two workbooks of the tutorial: a funder's list of indicators, and three results."""

from __future__ import annotations

import datetime
from pathlib import Path

import xlsxwriter

HERE = Path(__file__).parent
MADE = datetime.datetime(2026, 1, 1)
LIST = [
    ("一级指标", "二级指标", "权重", "单位", "评分标准", "必填", "证明材料"),
    ("技术水平", "技术就绪水平", 12, "", "1-9级", "是", "逐级自评表"),
    ("", "关键技术指标达成率", 10, "%", "60%→0；90%→70；100%→100", "是", "第三方检测报告"),
    ("", "核心发明专利数", 6, "件", "0件→0；1件→50；3件→80；5件→100", "", "专利证书"),
    (
        "中试运行",
        "连续稳定运行时间",
        14,
        "h",
        "0得0分；≥72得50分；≥168得70分；≥500得100分",
        "是",
        "运行记录",
    ),
    ("", "连续合格批次数", 8, "批", "0批→0；3批→60；10批→100", "", "检验报告"),
    ("", "一次合格率", 8, "%", "80%→0；95%→75；99%→100", "", "质检统计"),
    ("经济效益", "单位成本比", 12, "", "0.7→100；1→70；1.5→0", "是", "成本测算表"),
    ("", "投资回收期", 6, "年", "2→100；5→70；10→0", "", "现金流量表"),
    ("安全环保", "安全风险评估", 10, "", "未开展=0；部分完成=50；全部完成=100", "是", "评估报告"),
    ("", "环评批复", 4, "", "是=100；否=0", "", "批复文件"),
    ("市场前景", "意向用户数", 6, "家", "0家→0；1家→40；3家→80；5家→100", "", "意向书"),
    ("", "团队配备", 4, "", "兼职=30；有专职负责人=70；专职团队=100", "", "人员名单"),
]
RESULTS = [
    ("编号", "成果名称", *(row[1] + (f"（{row[3]}）" if row[3] else "") for row in LIST[1:])),
    ("P-1", "生物基尼龙单体连续化制备", 7, 98, 4, 620, 12, 97.5, 0.85, 4, "全部完成", "是", 4, "专职团队"),
    ("P-2", "高镍正极前驱体共沉淀", 6, "92%", 2, "7 天", 4, 94, 1.05, 5.5, "部分完成", "是", 2, "有专职负责人"),
    ("P-3", "废旧轮胎低温裂解", "TRL 4", 75, 0, 30, "待定", 88, "1.2-1.3", 8, "未开展", "否", 0, "兼职"),
]  # fmt: skip


def write(name: str, title: str, rows: list[tuple[object, ...]]) -> None:
    """Write one workbook, the same bytes every time."""
    with xlsxwriter.Workbook(HERE / name) as book:
        book.set_properties({"created": MADE})
        head = book.add_format(
            {"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True}
        )
        sheet = book.add_worksheet("Sheet1")
        sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
        sheet.set_column(0, len(rows[0]) - 1, 18)
        for r, row in enumerate(rows, 1):
            for c, value in enumerate(row):
                if value != "":
                    sheet.write(r, c, value, head if r == 1 else None)


if __name__ == "__main__":
    write("indicators.xlsx", "××市中试项目评价指标表（试行）", list(LIST))
    write("results.xlsx", "2026 年第一批中试项目", RESULTS)
