"""Turns a funder's own list of indicators, with weights and scoring standards, into a set.

The list is what offices have: 一级指标, 二级指标, 权重, 单位, 评分标准. What it does not say
(grades, evidence, a policy) is filled with the least that works, and said to be so.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from pilotscore.criteria.parts import per_language
from pilotscore.criteria_book import kinds
from pilotscore.criteria_book.band_columns import band_headings, standard_of
from pilotscore.criteria_book.list_header import cell_text
from pilotscore.criteria_book.list_header import find_list as find_list
from pilotscore.criteria_book.list_weights import Group, split_title, tidy, weighed, weight_of
from pilotscore.criteria_book.scoring_text import Standard, read_standard
from pilotscore.findings import Finding, Kind, Place
from pilotscore.language import Text
from pilotscore.records import dataclass
from pilotscore.workbook.tables.row_labels import RowKind, Sureness, label_of

_TRUE = frozenset({"是", "必填", "yes", "y", "true", "√", "✓", "1", "*"})
GRADES: tuple[tuple[str, Text, float], ...] = (
    ("A", Text("优秀", "excellent"), 85),
    ("B", Text("良好", "good"), 70),
    ("C", Text("合格", "sufficient"), 60),
    ("D", Text("不合格", "insufficient"), 0),
)
# What follows from each grade, until a funder says so.
_APPROVALS = (
    ("approve", Text("直接立项", "approve")),
    ("prioritise", Text("优先立项", "prioritise")),
    ("conditional", Text("有条件立项", "approve on conditions")),
    ("reject", Text("不予立项", "reject")),
)
# Words that are written for one another.
_PAIRS_OF_WORDS = (("优", "优秀"), ("良", "良好"), ("合格", "及格"), ("不合格", "不及格"))
_SAME_WORDS = dict(_PAIRS_OF_WORDS) | {b: a for a, b in _PAIRS_OF_WORDS}
_COUNTERS = frozenset({"个", "项", "次", "批", "件", "人", "家", "份", "篇"})
_TYPES_OF_UNITS = {
    **dict.fromkeys(_COUNTERS, "count"),
    **dict.fromkeys(("元", "万元", "亿元"), "money"),
}


@dataclass(frozen=True, slots=True)
class ListRead:
    """The plain data of a criteria set and of a policy for it, and what could not be read.

    ``remarks`` is what a person should look at; it stops nothing.
    """

    data: dict[str, Any]
    policy: dict[str, Any]
    findings: tuple[Finding, ...]
    remarks: tuple[Finding, ...] = ()


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
    reading = _Reading(file, sheet, columns)
    bands = band_headings(rows[header])
    for r, row in enumerate(rows[header + 1 :], start=header + 1):
        cells = {k: cell_text(row, c) for k, c in columns.items()}
        if bands:
            cells["standard"] = standard_of(row, bands) or cells["standard"]
        reading.take(r, cells, row)
    findings = reading.findings
    if not reading.groups and not findings:
        findings.append(Finding(kinds.NO_INDICATORS, Place(file, sheet, header)))
    above = [
        str(x).strip() for row in rows[:header] for x in row if isinstance(x, str) and x.strip()
    ]
    title = above[0] if above else Path(file).stem
    dimensions, of_weights = weighed(list(reading.groups.values()), Place(file, sheet, header))
    findings = [*findings, *of_weights, *reading.of_total()]
    data = _set(Path(file).stem, title, dimensions)
    wrong = tuple(f for f in findings if f.severity == "error")
    remarks = tuple(f for f in findings if f.severity != "error")
    return ListRead(data, _policy(title, data["id"]), wrong, remarks)


@dataclass(slots=True)
class _Reading:
    """What was read so far of a list, from above."""

    file: str
    sheet: str
    columns: dict[str, int]
    groups: dict[str, Group] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    total: tuple[Place, str] | None = None
    last: str = "指标"
    count: int = 0

    def take(self, r: int, cells: dict[str, str], row: Sequence[Any]) -> None:
        """Read a row."""
        label = label_of(cells["indicator"]) or label_of(cells.get("dimension", ""))
        if label is not None and label.kind is RowKind.TOTAL and label.sureness is Sureness.SURE:
            self.total = self._place(r, "weight"), cells["weight"]
            return
        if cells.get("dimension"):
            self.last, own = split_title(cells["dimension"])
            self._group(r, own, cells)
        if cells["indicator"] and (cells["weight"] or cells["standard"]):
            self._indicator(r, cells)
        elif cells["weight"]:
            values = {"text": cells["weight"]}
            self.findings.append(Finding(kinds.LIST_NAMELESS, self._place(r, "weight"), values))
        elif not cells.get("dimension"):
            text = next((str(x).strip() for x in row if str(x or "").strip()), "")
            if text:
                self._tell(kinds.LIST_NOTE, r, "indicator", text=text[:40])

    def _group(self, r: int, own: float | None, cells: dict[str, str]) -> Group:
        """Return the group of a row, at the end, with the weight that the row states for it."""
        group = self.groups.pop(self.last, None) or Group(self.last, self._place(r, "dimension"))
        self.groups[self.last] = group
        stated = cells.get("group_weight", "")
        weight = own if own is not None else weight_of(stated) if stated else None
        if stated and weight is None:
            self._tell(kinds.LIST_WEIGHT, r, "group_weight", name=self.last, text=stated)
        elif weight is not None and weight < 0:
            self._tell(kinds.LIST_NEGATIVE, r, "group_weight", name=self.last, text=stated)
        elif weight is not None:
            group.weight = weight
        return group

    def _indicator(self, r: int, cells: dict[str, str]) -> None:
        indicator, wrong = _indicator(cells)
        for key, kind in wrong:
            self._tell(kind, r, key, name=_name(cells), text=cells[key])
        if indicator is None:
            return
        self.count += 1
        best = indicator.pop("best", None)
        if best is not None:
            kind = kinds.LIST_POINTS if best == indicator["weight"] else kinds.LIST_BEST
            self._tell(kind, r, "standard", name=_name(cells), best=f"{best:g}")
        group = self.groups.pop(self.last, None) or Group(self.last, self._place(r, "indicator"))
        self.groups[self.last] = group  # at the end, also where it was left before
        group.indicators.append({"id": f"i{self.count:02d}", **indicator})

    def of_total(self) -> list[Finding]:
        """Return that the row of totals says something else than the rows sum to."""
        stated = None if self.total is None else weight_of(self.total[1])
        groups = self.groups.values()
        sums = (
            math.fsum(g.total for g in groups),
            math.fsum(g.total if g.weight is None else g.weight for g in groups),
        )
        if self.total is None or stated is None or self.findings:
            return []
        if any(math.isclose(stated, x, rel_tol=1e-6) for x in sums):
            return []
        values = {"text": self.total[1], "sum": f"{sums[1]:.10g}"}
        return [Finding(kinds.LIST_TOTAL, self.total[0], values)]

    def _place(self, r: int, key: str) -> Place:
        return Place(self.file, self.sheet, r, self.columns.get(key))

    def _tell(self, kind: Kind, r: int, key: str, /, **values: str) -> None:
        self.findings.append(Finding(kind, self._place(r, key), values))


def _name(cells: dict[str, str]) -> str:
    return " ".join(cells["indicator"].split())


def _indicator(cells: dict[str, str]) -> tuple[dict[str, Any] | None, list[tuple[str, Kind]]]:
    """Return an indicator, None where it cannot be one, and the cells that are wrong."""
    wrong: list[tuple[str, Kind]] = []
    weight = weight_of(cells["weight"])
    if weight is None:
        wrong.append(("weight", kinds.LIST_WEIGHT))
    elif weight < 0:
        wrong.append(("weight", kinds.LIST_NEGATIVE))
    standard = read_standard(cells["standard"])
    if standard is None:
        wrong.append(("standard", kinds.LIST_STANDARD))
    if standard is None or weight is None or weight < 0:
        return None, wrong
    standard = standard.within(weight)
    best = standard.best
    if best is not None and best == weight and best > 0:
        standard = standard.scaled(100 / weight)
    indicator: dict[str, Any] = {"title": _name(cells)}
    full = weight if best == weight else 100.0
    indicator |= _scored(standard, cells.get("unit") or standard.unit, full)
    indicator["weight"] = tidy(weight)
    if best is not None and 0 < best < 100:
        indicator["best"] = best
    if cells.get("required", "").casefold() in _TRUE:
        indicator["required"] = True
    if cells.get("evidence"):
        indicator["evidence"] = cells["evidence"]
    indicator["source"] = cells["standard"]
    return indicator, wrong


def _scored(standard: Standard, unit: str, full: float) -> dict[str, Any]:
    """Return type, unit and value function; ``full`` are the points that are full marks."""
    if standard.bands:
        return _in_bands(standard, full)
    if standard.levels is not None:
        low, high = standard.levels
        return {"type": "level", "scale": [low, high], "points": [[low, 0], [high, 100]]}
    if standard.is_yes_no:
        no, yes = standard.yes_no()
        scoring: dict[str, Any] = {"type": "yes_no", "points": [[0, tidy(no)], [1, tidy(yes)]]}
        return scoring | ({"direction": "min"} if no > yes else {})
    if standard.categories:
        table = [
            {"id": f"c{n}", "title": title, "value": tidy(score)}
            for n, (title, score) in enumerate(standard.categories, 1)
        ]
        return {"type": "category", "table": table}
    points = [[tidy(x), tidy(y)] for x, y in standard.points]
    return {**_typed(unit, points), **_directed([y for _, y in points]), "points": points}


def _in_bands(standard: Standard, full: float) -> dict[str, Any]:
    """Return bands: with the score of each where it is one number, else full marks at the top."""
    scores = {name: tidy(score) for name, score in standard.categories}
    table: list[dict[str, Any]] = []
    for n, band in enumerate(standard.bands, 1):
        ends = [tidy(band.low), tidy(band.high)]
        entry: dict[str, Any] = {"id": f"b{n}", "title": band.title, "range": ends}
        entry |= {"value": scores[band.title]} if scores else {}
        other = _SAME_WORDS.get(band.title)
        if other and other not in (b.title for b in standard.bands):
            entry["aliases"] = [other]
        table.append(entry | ({"wording": band.wording} if band.wording else {}))
    points = {} if scores else {"points": [[0, 0], [tidy(full), 100]]}
    return {"type": "bands", **points, "table": table}


def _typed(unit: str, points: list[list[int | float]]) -> dict[str, Any]:
    """Return the type that a unit speaks of."""
    if unit in ("%", "％"):
        return {"type": "percent", "unit": "%"}
    if unit in ("级", "level", "levels"):
        return {"type": "level", "scale": [points[0][0], points[-1][0]]}
    return {"type": _TYPES_OF_UNITS.get(unit, "number"), **({"unit": unit} if unit else {})}


def _directed(scores: list[int | float]) -> dict[str, Any]:
    """Return the direction of scores that do not only rise."""
    if scores == sorted(scores, reverse=True) and scores[0] != scores[-1]:
        return {"direction": "min"}
    return {} if scores == sorted(scores) else {"direction": "range"}


def _id(name: str) -> str:
    plain = re.sub("-{2,}", "-", re.sub(r"[^A-Za-z0-9_-]", "-", name).strip("-"))
    return plain if plain and plain[0].isalpha() else ("set-" + plain).strip("-")


def _set(name: str, title: str, dimensions: list[dict[str, Any]]) -> dict[str, Any]:
    total = sum(d["weight"] for d in dimensions)
    grades = [
        {"id": grade, "title": per_language(words), **({"index": index} if index else {})}
        for grade, words, index in GRADES
    ]
    return {
        "id": _id(name),
        "version": "1.0",
        "title": title,
        "policy": f"{_id(name)}-policy.yaml",
        "weights_sum": tidy(total) or 100,
        "dimensions": dimensions,
        "grades": grades,
    }


def _policy(name: str, criteria: str) -> dict[str, Any]:
    def approval(decision: str, title: Text) -> dict[str, Any]:
        return {"approval": {"decision": decision, "title": per_language(title)}}

    return {
        "id": f"{criteria}-policy",
        "version": "1.0",
        "title": f"{name}（政策待定）",
        "criteria": criteria,
        "unit": "万元",
        "placeholder_amounts": True,
        "grades": {g[0]: approval(*a) for g, a in zip(GRADES, _APPROVALS, strict=True)},
        "held": approval("hold", Text("暂缓", "on hold")),
        "refused": approval("reject", Text("不予立项", "rejected")),
        "not_assessable": approval("return", Text("退回补正", "returned")),
    }
