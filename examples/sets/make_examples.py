"""Writes an example workbook for each built-in criteria set: made-up results of every kind.

Values are chosen so that indicators score about as well as is meant for each result, a little more here
and a little less there; then one result each closes a gate, leaves something out, or marks something N/A.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import numpy as np
import xlsxwriter

from pilotscore.criteria import CriteriaSet, Indicator, load_criteria
from pilotscore.index.value_functions import score_values

HERE = Path(__file__).parent
MADE = datetime.datetime(2026, 1, 1)
# How good each result is meant to be, 0-100.
QUALITY = (97, 88, 76, 62, 45, 88, 76)
TITLES = {
    "pilot-readiness": (
        "Electrolytic ironmaking cell",
        "Membrane CO2 capture skid",
        "Bio-based nylon monomer",
        "Solid-state battery separator",
        "Plasma methane pyrolysis",
        "Geothermal brine lithium",
        "Additive heat exchangers",
    ),
    "chemical": (
        "环氧丙烷直接氧化",
        "己二腈加氢制己二胺",
        "微通道硝化",
        "废塑料热解油加氢",
        "光催化氯化",
        "丙烯酸酯化连续工艺",
        "电催化己二酸",
    ),
    "materials": (
        "高强高模碳纤维",
        "半固态电解质膜",
        "耐高温聚酰亚胺薄膜",
        "稀土储氢合金",
        "石墨烯导热膜",
        "钙钛矿量子点",
        "医用镁合金",
    ),
    "biomedical": (
        "重组人源胶原蛋白",
        "长效胰岛素类似物",
        "可降解心脏封堵器",
        "mRNA 脂质纳米粒",
        "细胞无血清培养基",
        "单抗生物类似药",
        "骨修复支架",
    ),
    "hardware": (
        "五轴联动数控转台",
        "高速磁悬浮鼓风机",
        "海上风电变桨轴承",
        "无人叉车",
        "激光清洗机器人",
        "真空镀膜机",
        "精密谐波减速器",
    ),
    "software": (
        "工业视觉质检平台",
        "流程模拟软件",
        "设备预测维护系统",
        "能源调度算法",
        "多模态质检大模型",
        "数字孪生平台",
        "供应链优化软件",
    ),
    "platform": (
        "化工中试基地甲",
        "新材料中试基地乙",
        "生物制造中试平台丙",
        "装备中试平台丁",
        "光电中试线戊",
        "医药中试平台己",
        "综合中试基地庚",
    ),
}
GATES = {
    "pilot-readiness": ("licence_risk", "yes"),
    "platform": ("major_accident", "是"),
}


def raw_value(indicator: Indicator, wanted: float, shift: float, lang: str) -> object:
    """Return a value of an indicator that scores about what is wanted."""
    goal = min(100.0, max(0.0, wanted + shift))
    if indicator.categories:
        return min(indicator.categories, key=lambda c: abs((c.value or 0) - goal)).title.to(lang)
    if indicator.type == "yes_no":
        return ("是" if lang == "zh" else "yes") if goal >= 50 else ("否" if lang == "zh" else "no")
    low, high = indicator.anchors[0][0], indicator.anchors[-1][0]
    if indicator.direction == "range":
        high = next(x for x, y in indicator.anchors if y == 100)
    if indicator.type in ("level", "count"):
        grid = np.arange(round(low), round(high) + 1, dtype=float)
    else:
        grid = (
            np.geomspace(low, high, 400) if indicator.axis == "log" else np.linspace(low, high, 400)
        )
    best = float(grid[np.abs(score_values(grid, indicator) - goal).argmin()])
    if indicator.type in ("level", "count"):
        return int(best)
    return round(best) if abs(best) >= 100 else round(best, 1 if abs(best) >= 10 else 3)


def rows_of(criteria: CriteriaSet, lang: str) -> list[list[object]]:
    """Return the header and the results."""
    random = np.random.default_rng(20260101)
    header: list[object] = ["编号", "名称"] if lang == "zh" else ["Id", "Title"]
    for q in criteria.quantities:
        unit = q.unit.to(lang) if q.unit else ("%" if q.type == "percent" else "")
        title = q.title.to(lang)
        brackets = f"（{unit}）" if lang == "zh" else f" ({unit})"
        header.append(title if not unit or unit in title else title + brackets)
        if q.id in criteria.indicator_position and criteria.evidence:
            header.append("证据等级" if lang == "zh" else "Evidence")
    rows = [header]
    gate = GATES.get(criteria.id, ("ownership_status", None))
    for n, (title, quality) in enumerate(zip(TITLES[criteria.id], QUALITY, strict=True), 1):
        row: list[object] = [f"{criteria.id[:2].upper()}-{n}", title]
        for indicator in criteria.indicators:
            value = raw_value(indicator, quality, float(random.uniform(-5, 5)), lang)
            if n == 6 and indicator.id == gate[0] and gate[1] is None:
                value = "有争议" if lang == "zh" else "disputed"
            if n == 7 and indicator is _first(criteria, required=False):
                value = ""
            if n == 7 and indicator is _first(criteria, required=True):
                value = ""
            if n == 4 and indicator is _first(criteria, required=False):
                value = "不适用：该成果不涉及" if lang == "zh" else "N/A: not part of it"
            row.append(value)
            if criteria.evidence:
                row.append(("E3", "E3", "E3", "E2", "E2", "E3", "E2")[n - 1])
        row += [
            _fact(fact, n == 6 and fact.id == gate[0], gate[1], lang) for fact in criteria.facts
        ]
        rows.append(row)
    return rows


def _first(criteria: CriteriaSet, *, required: bool) -> Indicator:
    return next(
        i
        for i in criteria.indicators
        if i.required == required and (required or i.not_applicable is not False)
    )


def _fact(fact: object, closes: bool, word: str | None, lang: str) -> object:
    kind, name = fact.type, fact.id  # type: ignore[attr-defined]
    if closes:
        return word
    if kind == "yes_no":
        good = name == "ethics_approved"
        return {"zh": ("否", "是"), "en": ("no", "yes")}[lang][good]
    if kind == "category":
        preferred = {"process_mode": "continuous", "eia_status": "approved"}.get(name)
        found = [c for c in fact.categories if c.id == preferred] or list(fact.categories)  # type: ignore[attr-defined]
        return found[0].title.to(lang)
    if kind == "date":
        return "2029-12-31" if "end" in name else "2025-03-01"
    if kind in ("money", "count", "number", "ratio"):
        return {"valid_experts": 7, "new_process_steps": 2, "income_risk_ratio": 0.8}.get(name, 300)
    if name == "track":
        return "示例赛道" if lang == "zh" else "Example track"
    return "示例单位" if lang == "zh" else "Example institute"


def write(name: str) -> None:
    """Write one workbook, the same bytes every time."""
    criteria = load_criteria(name).criteria
    lang = "en" if name == "pilot-readiness" else "zh"
    # Facts stand behind the indicators here; columns are found by their headers.
    rows = rows_of(criteria, lang)
    with xlsxwriter.Workbook(HERE / f"{name}.xlsx") as book:
        book.set_properties({"created": MADE})
        head = book.add_format(
            {"bold": True, "text_wrap": True, "bg_color": "#DDEBF7", "border": 1}
        )
        sheet = book.add_worksheet("成果" if lang == "zh" else "Results")
        sheet.set_column(0, len(rows[0]) - 1, 14)
        sheet.freeze_panes(1, 2)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value != "" and value is not None:
                    sheet.write(r, c, value, head if r == 0 else None)


if __name__ == "__main__":
    for each in TITLES:
        write(each)
