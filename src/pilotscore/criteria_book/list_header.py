"""Finds the header of an office's own list of indicators: 一级指标, 二级指标, 权重, 评分标准."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pilotscore.criteria.names import normalise, without_brackets
from pilotscore.criteria_book.band_columns import band_headings

_HEADER_ROWS = 20


def _forms(names: str) -> frozenset[str]:
    return frozenset(map(normalise, names.split("|")))


_COLUMNS = {
    "dimension": _forms("维度|一级指标|类别|指标类别|dimension|group|area"),
    "group_weight": _forms(
        "一级权重|一级指标权重|维度权重|类别权重|一级分值|group weight|dimension weight|area weight"
    ),
    "indicator": _forms("指标|二级指标|指标名称|评价指标|三级指标|indicator|criterion"),
    "weight": _forms(
        "权重|分值|满分|权重%|权重分值|标准分|二级权重|二级指标权重|组内权重|指标权重"
        "|weight|points|max points"
    ),
    "unit": _forms("单位|计量单位|unit"),
    "standard": _forms(
        "评分标准|计分标准|评分规则|评分办法|计分方法|赋分标准|scoring|scoring standard|standard"
    ),
    "required": _forms("必填|是否必填|required"),
    "evidence": _forms("证明材料|佐证材料|所需证据|evidence|proof"),
}


def find_list(rows: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]] | None:
    """Return the header row of a list of indicators and its columns; None where there is none."""
    for r, row in enumerate(rows[:_HEADER_ROWS]):
        columns: dict[str, int] = {}
        for c, cell in enumerate(row):
            form = normalise(without_brackets(str(cell))) if cell not in (None, "") else ""
            key = next((k for k, names in _COLUMNS.items() if form in names), None)
            if key == "weight" and "indicator" not in columns and "dimension" in columns:
                key = "group_weight"  # it stands between the groups and their indicators
            if key is not None:
                columns.setdefault(key, c)
        if not {"indicator", "weight"} <= columns.keys():
            continue
        below = _headings_below(rows, r, columns)
        if below:
            return r + 1, columns | {"standard": min(below)}
        own = band_headings(row)
        if "standard" in columns or own:
            return r, {"standard": min(own, default=-1)} | columns
    return None


def _headings_below(
    rows: Sequence[Sequence[Any]], r: int, columns: dict[str, int]
) -> dict[int, str]:
    """Return the bands that stand in the row below a header, as under 评分标准 in merged cells."""
    row = rows[r + 1] if r + 1 < len(rows) else ()
    blank = not any(cell_text(row, columns[key]) for key in ("indicator", "weight"))
    return band_headings(row) if blank else {}


def cell_text(row: Sequence[Any], column: int) -> str:
    """Return a cell as its text; '' where the row is too short."""
    value = row[column] if column < len(row) else ""
    if value is None:
        return ""
    if type(value) is float and value.is_integer():
        value = int(value)
    return str(value).strip()
