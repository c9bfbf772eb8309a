"""Turns a funder's own list of indicators, a sheet with names, weights and scoring standards, into a set.

The list is what offices have: 一级指标, 二级指标, 权重, 单位, 评分标准. What it does not say (grades,
evidence, a policy) is filled with the least that works, and said to be so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pilotscore.criteria.names import normalise
from pilotscore.criteria_book import kinds
from pilotscore.criteria_book.scoring_text import Standard, read_standard
from pilotscore.findings import Finding, Place

_HEADER_ROWS = 20


def _forms(*names: str) -> frozenset[str]:
    return frozenset(map(normalise, names))


_COLUMNS = {
    "dimension": _forms("维度", "一级指标", "类别", "指标类别", "dimension", "group", "area"),
    "indicator": _forms("指标", "二级指标", "指标名称", "评价指标", "三级指标", "indicator", "criterion"),
    "weight": _forms("权重", "分值", "满分", "权重%", "权重分值", "标准分", "weight", "points", "max points"),
    "unit": _forms("单位", "计量单位", "unit"),
    "standard": _forms("评分标准", "计分标准", "评分规则", "评分办法", "计分方法", "赋分标准", "scoring", "scoring standard", "standard"),
    "required": _forms("必填", "是否必填", "required"),
    "evidence": _forms("证明材料", "佐证材料", "所需证据", "evidence", "proof"),
}  # fmt: skip
_TRUE = frozenset({"是", "必填", "yes", "y", "true", "√", "✓", "1", "*"})
GRADES: tuple[tuple[str, str, str, float], ...] = (
    ("A", "优秀", "excellent", 85), ("B", "良好", "good", 70), ("C", "合格", "sufficient", 60),
    ("D", "不合格", "insufficient", 0),
)  # fmt: skip
_COUNTERS = frozenset({"个", "项", "次", "批", "件", "人", "家", "份", "篇"})


@dataclass(frozen=True, slots=True)
class ListRead:
    """The plain data of a criteria set and of a policy for it, and what could not be read."""

    data: dict[str, Any]
    policy: dict[str, Any]
    findings: tuple[Finding, ...]


def find_list(rows: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]] | None:
    """Return the header row of a list of indicators and its columns; None where there is none."""
    for r, row in enumerate(rows[:_HEADER_ROWS]):
        columns: dict[str, int] = {}
        for c, cell in enumerate(row):
            form = normalise(str(cell)) if cell not in (None, "") else ""
            key = next((k for k, names in _COLUMNS.items() if form in names), None)
            if key is not None:
                columns.setdefault(key, c)
        if {"indicator", "weight", "standard"} <= columns.keys():
            return r, columns
    return None


def read_list(
    rows: Sequence[Sequence[Any]], file: str, sheet: str, header: int, columns: dict[str, int]
) -> ListRead:
    """Read a list of indicators.

    Parameters
    ----------
    rows
        The cells of the sheet.
    file, sheet
        Where they are from, for findings; the file's name gives the set its id, what stands above
        the header its title.
    header, columns
        As :func:`find_list` gives them.
    """
    findings: list[Finding] = []
    dimensions: list[dict[str, Any]] = []
    last = "指标"
    for r in range(header + 1, len(rows)):
        cells = {k: _cell(rows[r], c) for k, c in columns.items()}
        last = cells.get("dimension") or last
        if not cells["indicator"] or normalise(cells["indicator"]) in _forms(
            "合计", "总计", "total", "sum"
        ):
            continue

        def tell(key: str, kind: Any, row: int = r, **values: Any) -> None:
            findings.append(Finding(kind, Place(file, sheet, row, columns[key]), values))

        indicator = _indicator(cells, sum(len(d["indicators"]) for d in dimensions) + 1, tell)
        if indicator is None:
            continue
        if not dimensions or dimensions[-1]["title"] != last:
            known = next((d for d in dimensions if d["title"] == last), None)
            if known is None:
                known = {"id": f"d{len(dimensions) + 1}", "title": last, "weight": 0, "weights_sum": 0, "indicators": []}  # fmt: skip
                dimensions.append(known)
            else:
                dimensions.remove(known)
                dimensions.append(known)
        dimensions[-1]["indicators"].append(indicator)
    if not dimensions and not findings:
        findings.append(Finding(kinds.NO_INDICATORS, Place(file, sheet, header)))
    for dimension in dimensions:
        total = sum(i["weight"] for i in dimension["indicators"])
        dimension["weight"] = dimension["weights_sum"] = _tidy(total)
    above = [
        str(x).strip() for row in rows[:header] for x in row if isinstance(x, str) and x.strip()
    ]
    title = above[0] if above else Path(file).stem
    data = _set(Path(file).stem, title, dimensions)
    return ListRead(data, _policy(title, data["id"]), tuple(findings))


def _cell(row: Sequence[Any], column: int) -> str:
    value = row[column] if column < len(row) else ""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def _tidy(number: float) -> int | float:
    return int(number) if float(number).is_integer() else round(float(number), 10)


def _indicator(cells: dict[str, str], number: int, tell: Any) -> dict[str, Any] | None:
    name = " ".join(cells["indicator"].split())
    try:
        weight = float(cells["weight"].rstrip("%％分 "))
    except ValueError:
        tell("weight", kinds.LIST_WEIGHT, name=name, text=cells["weight"])
        weight = float("nan")
    standard = read_standard(cells["standard"])
    if standard is None:
        tell("standard", kinds.LIST_STANDARD, name=name, text=cells["standard"])
    if standard is None or weight != weight or weight < 0:
        return None
    indicator: dict[str, Any] = {"id": f"i{number:02d}", "title": name}
    indicator |= _scored(standard, cells.get("unit") or standard.unit)
    indicator["weight"] = _tidy(weight)
    if cells.get("required", "").casefold() in _TRUE:
        indicator["required"] = True
    if cells.get("evidence"):
        indicator["evidence"] = cells["evidence"]
    indicator["source"] = cells["standard"]
    return indicator


def _scored(standard: Standard, unit: str) -> dict[str, Any]:
    """Return type, unit and value function."""
    if standard.levels is not None:
        low, high = standard.levels
        return {"type": "level", "scale": [low, high], "points": [[low, 0], [high, 100]]}
    if standard.is_yes_no:
        no, yes = standard.yes_no()
        found: dict[str, Any] = {"type": "yes_no", "points": [[0, _tidy(no)], [1, _tidy(yes)]]}
        return found | ({"direction": "min"} if no > yes else {})
    if standard.categories:
        table = [
            {"id": f"c{n}", "title": title, "value": _tidy(score)}
            for n, (title, score) in enumerate(standard.categories, 1)
        ]
        return {"type": "category", "table": table}
    points = [[_tidy(x), _tidy(y)] for x, y in standard.points]
    kind: dict[str, Any] = {"type": "number"}
    if unit in ("%", "％"):
        kind = {"type": "percent", "unit": "%"}
    elif unit in ("级", "level", "levels"):
        kind = {"type": "level", "scale": [points[0][0], points[-1][0]]}
    elif unit in _COUNTERS:
        kind = {"type": "count", "unit": unit}
    elif unit in ("元", "万元", "亿元"):
        kind = {"type": "money", "unit": unit}
    elif unit:
        kind = {"type": "number", "unit": unit}
    scores = [y for _, y in points]
    if scores == sorted(scores, reverse=True) and scores[0] != scores[-1]:
        kind["direction"] = "min"
    elif scores != sorted(scores):
        kind["direction"] = "range"
    return kind | {"points": points}


def _id(name: str) -> str:
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "_-") else "-" for c in name).strip(
        "-"
    )
    while "--" in plain:
        plain = plain.replace("--", "-")
    return plain if plain and plain[0].isalpha() else ("set-" + plain).strip("-")


def _set(name: str, title: str, dimensions: list[dict[str, Any]]) -> dict[str, Any]:
    total = sum(d["weight"] for d in dimensions)
    grades: list[dict[str, Any]] = [
        {"id": g, "title": {"zh": zh, "en": en}, **({"index": index} if index else {})}
        for g, zh, en, index in GRADES
    ]
    return {
        "id": _id(name),
        "version": "1.0",
        "title": title,
        "policy": f"{_id(name)}-policy.yaml",
        "weights_sum": _tidy(total) or 100,
        "dimensions": dimensions,
        "grades": grades,
    }


def _policy(name: str, criteria: str) -> dict[str, Any]:
    decisions = ("approve", "prioritise", "conditional", "reject")
    words = (("直接立项", "approve"), ("优先立项", "prioritise"), ("有条件立项", "approve on conditions"), ("不予立项", "reject"))  # fmt: skip

    def approval(decision: str, zh: str, en: str) -> dict[str, Any]:
        return {"approval": {"decision": decision, "title": {"zh": zh, "en": en}}}

    return {
        "id": f"{criteria}-policy",
        "version": "1.0",
        "title": f"{name}（政策待定）",
        "criteria": criteria,
        "unit": "万元",
        "placeholder_amounts": True,
        "grades": {g[0]: approval(d, *w) for g, d, w in zip(GRADES, decisions, words, strict=True)},
        "held": approval("hold", "暂缓", "on hold"),
        "refused": approval("reject", "不予立项", "rejected"),
        "not_assessable": approval("return", "退回补正", "returned"),
    }
