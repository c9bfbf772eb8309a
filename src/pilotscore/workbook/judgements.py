"""Reads sheets of judgements, one for each expert: pairwise, best-worst, or points."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.criteria import CriteriaSet
from pilotscore.criteria.names import normalise
from pilotscore.findings import Finding, Place, error
from pilotscore.language import Text
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.sheets import Sheet, open_book

NOT_A_JUDGEMENT = error(
    "J701",
    ("“{text}”不是有效的判断", "{text!r} is no judgement"),
    expected=("{wanted}", "{wanted}"),
    why_zh="判断只能是规定尺度上的数。成对比较填 1 至 9、其倒数（1/3）或相应小数；"
    "电子表格会把直接键入的 1/3 变成日期，因此模板的单元格为文本格式。",
    why_en="A judgement is a number on the scale: 1 to 9 for pairs, a reciprocal such as 1/3, or "
    "its decimal. Spreadsheets turn a typed 1/3 into a date, which is why the cells of the "
    "template are text.",
)
CONTRADICTS = error(
    "J702",
    (
        "{first} 对 {second} 为 {value}，而反向单元格 {other} 为 {back}，两者不互为倒数",
        "{first} against {second} is {value}, but the cell the other way round, {other}, is "
        "{back}: not its reciprocal",
    ),
    expected=("倒数 {wanted}", "the reciprocal, {wanted}"),
    mend=("只填右上三角即可", "it is enough to fill in the upper triangle"),
    why_zh="同一对比较填了两次，而且互相矛盾：若 A 对 B 为 3，则 B 对 A 应为 1/3。"
    "无法知道专家的本意，所以不求权重。",
    why_en="The same pair was judged twice, and the two contradict each other: if A against B is "
    "3, B against A is 1/3. What was meant cannot be known, so no weights are derived.",
)
NOT_JUDGED = error(
    "J703",
    (
        "{expert} 未判断：{names}（共 {count} 处）",
        "{expert} has not judged: {names} ({count} in all)",
    ),
    expected=("每一处都有判断", "a judgement in each place"),
    why_zh="这位专家没有填完这一组。缺少的判断不会被猜测：请补填，或删去这位专家这一组的全部判断"
    "（该组就只用其他专家的判断）。",
    why_en="This expert has not finished the group. What is missing is not guessed: fill it in, "
    "or clear all of this expert's judgements of the group, which then goes by the others.",
)
NO_JUDGEMENTS = error(
    "J704",
    (
        "没有找到判断：没有一组行名是该指标体系的维度或指标",
        "no judgements found: no rows named like dimensions or indicators of the set",
    ),
    expected=(
        "由 pilotscore weights {method} --template 生成的工作表",
        "a sheet made by pilotscore weights {method} --template",
    ),
    why_zh="每组判断的行名应是该指标体系的维度或指标名称（或 id），且整组齐全。"
    "请用 --template 制作模板，并确认 -c 与模板所用的指标体系相同。",
    why_en="The rows of a group are named after dimensions or indicators of the set (or their "
    "ids), all of them. Make a template with --template, and name the same set with -c.",
)
NO_BEST_OR_WORST = error(
    "J705",
    (
        "{expert} 在“{group}”中没有标明{what}（应填 1 的单元格）",
        "{expert} does not say which is the {what} of {group} (the one with 1)",
    ),
    expected=("恰有一项为 1", "1 for it"),
    why_zh="最优最差法从最重要与最不重要的两项出发：第一列中最重要的一项自身填 1，"
    "第二列中最不重要的一项自身填 1。",
    why_en="The best-worst method starts from the most and the least important: the best has 1 in "
    "the first column, the worst 1 in the second.",
)

JudgedBy = Literal["ahp", "bwm", "swing", "direct"]
# Reciprocals that were typed as decimals: 0.33 for 1/3.
_ROUNDING = 0.02
_MOST_NAMED = 5
_SCALE = Text("1 至 9、1/2 至 1/9 或其小数", "1 to 9, 1/2 to 1/9, or such a decimal")
_UP = Text("1 至 9", "1 to 9")
_POINTS = Text("0 或更大的分数，至少一项大于 0", "points of 0 or more, not all 0")


@dataclass(frozen=True, slots=True)
class Group:
    """What is weighted against each other: the dimensions, or the indicators of one."""

    id: str
    title: Text
    ids: tuple[str, ...]
    titles: tuple[Text, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Judgements:
    """The judgements of one expert on one group.

    ``values`` has shape (n, n) for pairs, (2, n) for best-worst (best to others, others to worst),
    (n,) for points; ``place`` is the first cell.
    """

    expert: str
    group: Group
    values: Floats
    place: Place


def groups_of(criteria: CriteriaSet) -> tuple[Group, ...]:
    """Return what is weighted: the dimensions, then the indicators of each with more than one."""
    dimensions = criteria.dimensions
    found = []
    if len(dimensions) > 1:
        found.append(
            Group(
                "", Text("维度", "Dimensions"),
                tuple(d.id for d in dimensions), tuple(d.title for d in dimensions),
            )
        )  # fmt: skip
    found += [
        Group(
            d.id, d.title, tuple(i.id for i in d.indicators), tuple(i.title for i in d.indicators)
        )
        for d in dimensions
        if len(d.indicators) > 1
    ]
    return tuple(found)


def read_judgements(
    path: Path, criteria: CriteriaSet, method: JudgedBy
) -> tuple[list[Judgements], list[Finding], str]:
    """Read every sheet of a workbook of judgements.

    Parameters
    ----------
    path
        The workbook; a sheet for each expert, named after him or her.
    criteria
        Whose dimensions and indicators are judged.
    method
        ``ahp``: pairs; ``bwm``: best-worst; ``swing`` or ``direct``: points.

    Returns
    -------
    tuple
        The judgements, what is wrong with them, and the SHA-256 of the workbook.

    Raises
    ------
    UnreadableBookError
        The file cannot be read.
    """
    book = open_book(path, Limits())
    groups = groups_of(criteria)
    found: list[Judgements] = []
    findings: list[Finding] = []
    for sheet in book.sheets:
        if sheet.visible:
            reader = _Reader(book.name, sheet, method, findings)
            for group in groups:
                block = reader.block(group)
                if block is not None:
                    found.append(block)
    if not found and not findings:
        findings.append(Finding(NO_JUDGEMENTS, Place(book.name), {"method": method}))
    return found, findings, book.sha256


class _Reader:
    def __init__(self, file: str, sheet: Sheet, method: JudgedBy, findings: list[Finding]) -> None:
        self.file, self.sheet, self.method, self.findings = file, sheet, method, findings

    def block(self, group: Group) -> Judgements | None:
        """Return what the sheet says of a group; None where it says nothing of it."""
        rows = self._rows(group)
        if rows is None:
            return None
        before = len(self.findings)
        if self.method == "ahp":
            values = self._pairs(group, rows)
        elif self.method == "bwm":
            values = self._best_worst(group, rows)
        else:
            values = self._points(group, rows)
        if values is None or len(self.findings) > before:
            return None
        return Judgements(self.sheet.name, group, values, self._place(rows[0], 1))

    def _rows(self, group: Group) -> list[int] | None:
        """Return the row of each member of a group, where all have one and something is filled in."""
        known = _names(group)
        found: dict[int, int] = {}
        for r, row in enumerate(self.sheet.rows):
            name = normalise(str(row[0])) if row and row[0] != "" else ""
            for form in (name, *(normalise(x) for x in str(row[0] if row else "").split("\n"))):
                if form in known:
                    found.setdefault(known[form], r)
        if len(found) < len(group.ids):
            return None
        rows = [found[n] for n in range(len(group.ids))]
        if not any(self._cell(r, c) != "" for r in rows for c in self._entries(group, rows, r)):
            return None
        return rows

    def _entries(self, group: Group, rows: list[int], r: int) -> Iterator[int]:
        if self.method != "ahp":
            yield from (1, 2) if self.method == "bwm" else (1,)
            return
        yield from (1 + n for n in range(len(group.ids)) if rows[n] != r)

    def _cell(self, r: int, c: int) -> Any:
        row = self.sheet.rows[r]
        value = row[c] if c < len(row) else ""
        return value.strip() if isinstance(value, str) else value

    def _place(self, r: int, c: int) -> Place:
        return Place(self.file, self.sheet.name, r, c)

    def _wrong(self, r: int, c: int, wanted: Text) -> None:
        value = self._cell(r, c)
        shown = f"{value:g}" if isinstance(value, float) else str(value)
        if isinstance(value, datetime.datetime):
            shown = value.date().isoformat()
        self.findings.append(
            Finding(NOT_A_JUDGEMENT, self._place(r, c), {"text": shown, "wanted": wanted})
        )

    def _missing(self, missing: list[tuple[int, int, str]]) -> None:
        if not missing:
            return
        named = [name for _, _, name in missing]
        listed = "; ".join(named[:_MOST_NAMED]) + (" ..." if len(named) > _MOST_NAMED else "")
        values = {"expert": self.sheet.name, "names": listed, "count": len(named)}
        self.findings.append(Finding(NOT_JUDGED, self._place(*missing[0][:2]), values))

    def _pairs(self, group: Group, rows: list[int]) -> Floats | None:
        n = len(group.ids)
        matrix = np.ones((n, n))
        missing = []
        for i in range(n):
            for j in range(i + 1, n):
                upper, lower = self._cell(rows[i], 1 + j), self._cell(rows[j], 1 + i)
                name = f"{group.titles[i].zh} / {group.titles[j].zh}"
                if upper == "" and lower == "":
                    missing.append((rows[i], 1 + j, name))
                    continue
                a = ratio(upper) if upper != "" else None
                b = ratio(lower) if lower != "" else None
                for value, read, (r, c) in (
                    (upper, a, (rows[i], 1 + j)),
                    (lower, b, (rows[j], 1 + i)),
                ):
                    if value != "" and read is None:
                        self._wrong(r, c, _SCALE)
                if (upper != "" and a is None) or (lower != "" and b is None):
                    continue
                if a is not None and b is not None and abs(a * b - 1) > _ROUNDING:
                    self._contradiction(group, rows, i, j, a, b)
                    continue
                judged = a if a is not None else 1 / (b or 1.0)
                matrix[i, j], matrix[j, i] = judged, 1 / judged
        self._missing(missing)
        return matrix

    def _contradiction(
        self, group: Group, rows: list[int], i: int, j: int, a: float, b: float
    ) -> None:
        values = {
            "first": group.titles[i], "second": group.titles[j], "value": shown_ratio(a),
            "other": self._place(rows[j], 1 + i).cell, "back": shown_ratio(b), "wanted": shown_ratio(1 / a),
        }  # fmt: skip
        self.findings.append(Finding(CONTRADICTS, self._place(rows[i], 1 + j), values))

    def _best_worst(self, group: Group, rows: list[int]) -> Floats | None:
        values = np.ones((2, len(rows)))
        missing = []
        for n, r in enumerate(rows):
            for c in (1, 2):
                cell = self._cell(r, c)
                read = ratio(cell) if cell != "" else None
                if cell == "":
                    missing.append((r, c, group.titles[n].zh))
                elif read is None or read < 1 or read > 9:
                    self._wrong(r, c, _UP)
                else:
                    values[c - 1, n] = read
        self._missing(missing)
        for k, what in enumerate((Text("最重要的一项", "best"), Text("最不重要的一项", "worst"))):
            if not missing and not (values[k] == 1).any():
                told = {"expert": self.sheet.name, "group": group.title, "what": what}
                place = self._place(rows[0], 1 + k)
                self.findings.append(Finding(NO_BEST_OR_WORST, place, told))
        return values

    def _points(self, group: Group, rows: list[int]) -> Floats | None:
        values = np.zeros(len(rows))
        missing = []
        for n, r in enumerate(rows):
            cell = self._cell(r, 1)
            if cell == "":
                missing.append((r, 1, group.titles[n].zh))
                continue
            read = _number(cell)
            if read is None or read < 0:
                self._wrong(r, 1, _POINTS)
            else:
                values[n] = read
        self._missing(missing)
        if not missing and not values.sum() > 0:
            self._wrong(rows[0], 1, _POINTS)
        return values


def _names(group: Group) -> dict[str, int]:
    found: dict[str, int] = {}
    for n, (name, title) in enumerate(zip(group.ids, group.titles, strict=True)):
        for spelling in (name, title.zh, title.en, f"{title.zh}\n{title.en}"):
            found.setdefault(normalise(spelling), n)
    return found


def _number(cell: Any) -> float | None:
    if isinstance(cell, bool | datetime.date | datetime.time):
        return None
    if isinstance(cell, int | float):
        return float(cell)
    try:
        return float(str(cell).translate(_HALF).strip())
    except ValueError:
        return None


_HALF = {ord(a): b for a, b in zip("０１２３４５６７８９．／：", "0123456789./:", strict=True)}


def ratio(cell: Any) -> float | None:
    """Read a judgement: 3, 1/3, 1:3, 0.333; None where it is none, or beyond 1/9 to 9.

    A date is none: spreadsheets take 1/3 for the third of January.
    """
    if isinstance(cell, str):
        text = cell.translate(_HALF).replace(" ", "").replace(":", "/")
        top, slash, bottom = text.partition("/")
        a, b = _number(top), _number(bottom) if slash else 1.0
        if a is None or not b or a <= 0 or b <= 0:
            return None
        found = a / b
    else:
        number = _number(cell)
        if number is None or number <= 0:
            return None
        found = number
    if not 1 / 9 - 0.002 <= found <= 9:
        return None
    # 0.33 and 0.333 stand for 1/3
    if found < 1:
        whole = round(1 / found)
        if abs(found * whole - 1) <= _ROUNDING:
            return 1 / whole
    return found


def shown_ratio(value: float) -> str:
    """Show a judgement as people write it: 3, 1/3."""
    if value >= 1:
        return f"{value:.3g}"
    return f"1/{1 / value:.3g}"


def experts_of(judgements: Sequence[Judgements]) -> list[str]:
    """Return the experts, in the order of the sheets."""
    return list(dict.fromkeys(j.expert for j in judgements))
