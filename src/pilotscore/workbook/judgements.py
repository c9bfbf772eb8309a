"""Reads sheets of judgements, one for each expert: pairwise, best-worst, or points."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import combinations, product
from pathlib import Path
from typing import Any, Literal

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.criteria import CriteriaSet, Dimension, Indicator
from pilotscore.criteria.model import SubIndex
from pilotscore.criteria.names import normalise
from pilotscore.findings import Finding, Place, error
from pilotscore.language import LANGS, LISTED, Text, join
from pilotscore.records import dataclass
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.sheets import Book, Sheet, SheetFindings, open_book
from pilotscore.workbook.values.error_texts import with_written_errors
from pilotscore.workbook.values.unread import has_unread, is_unread, unread_cells

NOT_A_JUDGEMENT = error(
    "J701",
    ("“{text}”不是有效的判断", "{text!r} is no judgement"),
    expected=("{wanted}", "{wanted}"),
    mend=("照尺度改填", "enter one of these"),
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
    mend=("补填，或清空这位专家这一组的全部判断", "enter them, or clear all of this group"),
    why_zh="这位专家没有填完这一组。缺少的判断不会被猜测：请补填，或删去这位专家这一组的全部判断"
    "（该组就只用其他专家的判断）。",
    why_en="This expert has not finished the group. What is missing is not guessed: fill it in, "
    "or clear all of this expert's judgements of the group, which then goes by the others.",
)
NO_JUDGEMENTS = error(
    "J704",
    (
        "没有判断：没有一组行名是该指标体系的维度或指标",
        "no judgements: no rows are named like dimensions or indicators of the set",
    ),
    expected=(
        "由 pilotscore weights {method} --template 生成的工作表",
        "a sheet made by pilotscore weights {method} --template",
    ),
    mend=(
        "确认 -c 与制作模板时相同；可用 --template 重新制作",
        "name the same set with -c as for the template, or make one with --template",
    ),
    why_zh="每组判断的行名应是该指标体系的维度或指标名称（或 id），且整组齐全。"
    "请用 --template 制作模板，并确认 -c 与模板所用的指标体系相同。",
    why_en="The rows of a group are named after dimensions or indicators of the set (or their "
    "ids), all of them. Make a template with --template, and name the same set with -c.",
)
NOTHING_JUDGED = error(
    "J707",
    (
        "判断表还没有填：{names} 中一处判断也没有",
        "the judgements are not filled in yet: there is none in {names}",
    ),
    expected=(
        "每位专家在自己的表中填写判断",
        "the judgements of each expert, on a sheet of their own",
    ),
    mend=(
        "请专家在 {cell} 起的空白单元格填写后，再交给 pilotscore weights {method}",
        "have the experts fill in the blank cells from {cell} on, then run pilotscore weights "
        "{method} again",
    ),
    why_zh="表中有各组的维度或指标，但判断的单元格都是空的，多为刚用 --template 制作、"
    "还没有填写的模板。没有判断就没有权重。",
    why_en="The sheets have the dimensions and indicators, and every cell for a judgement is "
    "blank: mostly a template that was just made with --template. Without judgements there are "
    "no weights.",
)
NO_BEST_OR_WORST = error(
    "J705",
    (
        "{expert} 在“{group}”中没有标明{what}（应填 1 的单元格）",
        "{expert} does not say which is the {what} of {group} (the one with 1)",
    ),
    expected=("恰有一项为 1", "1 for it"),
    mend=("在该项自身的单元格填 1", "enter 1 in its own cell"),
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
_BEST, _WORST = Text("最重要的一项", "best"), Text("最不重要的一项", "worst")
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
    """Return what is weighted: the dimensions, then the indicators of each with more than one.

    Where there are sub-indexes they come first, and then the dimensions of each.
    """
    of = {d.id: d for d in criteria.dimensions}
    groups: list[tuple[str, Text, Sequence[SubIndex | Dimension | Indicator]]] = [
        ("", Text("维度", "Dimensions"), criteria.dimensions)
    ]
    if criteria.sub_indexes:
        groups = [("", Text("分指数", "Sub-indexes"), criteria.sub_indexes)]
        groups += [(s.id, s.title, [of[n] for n in s.dimensions]) for s in criteria.sub_indexes]
    groups += [(d.id, d.title, d.indicators) for d in criteria.dimensions]
    return tuple(
        Group(name, title, tuple(m.id for m in members), tuple(m.title for m in members))
        for name, title, members in groups
        if len(members) > 1
    )


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
    book = with_written_errors(open_book(path, Limits()))
    judgements: list[Judgements] = []
    findings: list[Finding] = []
    for sheet in book.sheets:
        groups = groups_of(criteria) if sheet.visible else ()
        findings += _broken_names(sheet, groups)
        for group in groups:
            if (rows := _rows_of(sheet, group, method)) is None:
                continue
            block = _Block(sheet, method, group, rows, SheetFindings(sheet))
            values = block.values()
            findings += block.findings.entries
            if not block.findings.entries:
                place = sheet.place(rows[0], 1)
                judgements.append(Judgements(sheet.name, group, values, place))
    if not judgements and not findings:
        findings.append(_nothing_judged(book, criteria, method))
    return judgements, findings, book.sha256


def _broken_names(sheet: Sheet, groups: Sequence[Group]) -> list[Finding]:
    """Tell names of rows that have no value, on a sheet where others are those of groups."""
    if not has_unread(sheet):
        return []
    known = {name for group in groups for name in _names(group)}
    if not any(normalise(str(row[0])) in known for row in sheet.rows if row):
        return []
    findings = SheetFindings(sheet)
    for r in range(len(sheet.rows)):
        for column, (kind, values) in unread_cells(sheet, r, (0,)):
            findings.add(kind, r, column, **values)
    return findings.entries


def _nothing_judged(book: Book, criteria: CriteriaSet, method: JudgedBy) -> Finding:
    """Say why a workbook has no judgement: it is not filled in, or is of something else."""
    blank = [
        (sheet, rows[0])
        for sheet in book.sheets
        for group in groups_of(criteria)
        if sheet.visible and (rows := _named_rows(sheet, group)) is not None
    ]
    if not blank:
        return Finding(NO_JUDGEMENTS, Place(book.name), {"method": method})
    sheet, row = blank[0]
    first = sheet.place(row, 2 if method == "ahp" else 1)
    names = join(dict.fromkeys(s.name for s, _ in blank), LISTED)
    values = {"names": names, "cell": first.cell, "method": method}
    return Finding(NOTHING_JUDGED, first, values)


def _rows_of(sheet: Sheet, group: Group, method: JudgedBy) -> list[int] | None:
    """Return the row of each member of a group, where all have one and something is filled in."""
    rows = _named_rows(sheet, group)
    for r in rows or ():
        columns = (1 + n for n in range(len(rows or ())) if rows and rows[n] != r)
        first = columns if method == "ahp" else (1, 2) if method == "bwm" else (1,)
        if any(_cell(sheet, r, c) != "" or is_unread(sheet, r, c) for c in first):
            return rows
    return None


def _named_rows(sheet: Sheet, group: Group) -> list[int] | None:
    """Return the row of each member of a group, where all have one."""
    known = _names(group)
    row_of: dict[int, int] = {}
    for r, row in enumerate(sheet.rows):
        text = str(row[0]) if row else ""
        for form in map(normalise, (text, *text.split("\n"))):
            if form in known:
                row_of.setdefault(known[form], r)
    if len(row_of) < len(group.ids):
        return None
    return [row_of[n] for n in range(len(group.ids))]


def _cell(sheet: Sheet, r: int, c: int) -> Any:
    cell = sheet.cell(r, c)
    return cell.strip() if isinstance(cell, str) else cell


@dataclass(frozen=True, slots=True)
class _Block:
    """What one expert says of one group; a judgement that is wrong or missing is told."""

    sheet: Sheet
    method: JudgedBy
    group: Group
    rows: list[int]
    findings: SheetFindings

    def values(self) -> Floats:
        """Read the judgements of the block; cells without a value are told, and nothing else."""
        if self._tell_broken():
            return np.zeros(0)
        if self.method == "ahp":
            return self._pairs()
        return self._best_worst() if self.method == "bwm" else self._points()

    def _tell_broken(self) -> bool:
        """Tell error cells and formulas without a result; return whether there are any."""
        width = {"ahp": len(self.rows), "bwm": 2}.get(self.method, 1)
        for n, r in enumerate(self.rows):
            columns = [1 + c for c in range(width) if self.method != "ahp" or c != n]
            for column, (kind, values) in unread_cells(self.sheet, r, columns):
                self.findings.add(kind, r, column, **values)
        return bool(self.findings.entries)

    def _wrong(self, r: int, c: int, wanted: Text) -> None:
        cell = _cell(self.sheet, r, c)
        text = f"{cell:g}" if isinstance(cell, float) else str(cell)
        if isinstance(cell, datetime.datetime):
            text = cell.date().isoformat()
        self.findings.add(NOT_A_JUDGEMENT, r, c, text=text, wanted=wanted)

    def _tell_missing(self, missing: list[tuple[int, int, str]]) -> None:
        """Tell once what is missing of the group: the cells, and what is judged in each."""
        if not missing:
            return
        row, column, _ = missing[0]
        names = "; ".join(name for _, _, name in missing[:_MOST_NAMED])
        names += " ..." if len(missing) > _MOST_NAMED else ""
        expert = self.sheet.name
        self.findings.add(NOT_JUDGED, row, column, expert=expert, names=names, count=len(missing))

    def _ratio(self, r: int, c: int) -> tuple[bool, float | None]:
        """Return whether a cell is filled, and its judgement; one that is wrong is told."""
        cell = _cell(self.sheet, r, c)
        read = ratio(cell) if cell != "" else None
        if cell != "" and read is None:
            self._wrong(r, c, _SCALE)
        return cell != "", read

    def _pairs(self) -> Floats:
        count = len(self.rows)
        matrix = np.ones((count, count))
        missing = []
        for i, j in combinations(range(count), 2):
            cell, reverse = (self.rows[i], 1 + j), (self.rows[j], 1 + i)
            (above, a), (below, b) = self._ratio(*cell), self._ratio(*reverse)
            if not above and not below:
                first, second = self.group.titles[i], self.group.titles[j]
                missing.append((*cell, f"{first.to('zh')} / {second.to('zh')}"))
            elif a is not None and b is not None and abs(a * b - 1) > _ROUNDING:
                self.findings.add(
                    CONTRADICTS,
                    *cell,
                    first=self.group.titles[i],
                    second=self.group.titles[j],
                    value=shown_ratio(a),
                    other=self.sheet.place(*reverse).cell,
                    back=shown_ratio(b),
                    wanted=shown_ratio(1 / a),
                )
            elif above == (a is not None) and below == (b is not None):
                judged = a if a is not None else 1 / (b or 1.0)
                matrix[i, j], matrix[j, i] = judged, 1 / judged
        self._tell_missing(missing)
        return matrix

    def _best_worst(self) -> Floats:
        values = np.ones((2, len(self.rows)))
        missing = []
        for (n, r), c in product(enumerate(self.rows), (1, 2)):
            cell = _cell(self.sheet, r, c)
            read = ratio(cell) if cell != "" else None
            if cell == "":
                missing.append((r, c, self.group.titles[n].to("zh")))
            elif read is None or not 1 <= read <= 9:
                self._wrong(r, c, _UP)
            else:
                values[c - 1, n] = read
        self._tell_missing(missing)
        for k, what in enumerate((_BEST, _WORST)):
            if not missing and not (values[k] == 1).any():
                shown = {"expert": self.sheet.name, "group": self.group.title, "what": what}
                self.findings.add(NO_BEST_OR_WORST, self.rows[0], 1 + k, **shown)
        return values

    def _points(self) -> Floats:
        values = np.zeros(len(self.rows))
        missing = []
        for n, r in enumerate(self.rows):
            cell = _cell(self.sheet, r, 1)
            read = _number(cell)
            if cell == "":
                missing.append((r, 1, self.group.titles[n].to("zh")))
            elif read is None or read < 0:
                self._wrong(r, 1, _POINTS)
            else:
                values[n] = read
        self._tell_missing(missing)
        if not missing and not values.sum() > 0:
            self._wrong(self.rows[0], 1, _POINTS)
        return values


def _names(group: Group) -> dict[str, int]:
    """Return the member of a group that each of its spellings means."""
    places: dict[str, int] = {}
    for n, (name, title) in enumerate(zip(group.ids, group.titles, strict=True)):
        zh, en = (title.to(lang) for lang in LANGS)
        for spelling in (name, zh, en, f"{zh}\n{en}"):
            places.setdefault(normalise(spelling), n)
    return places


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
        stated = a / b
    else:
        number = _number(cell)
        if number is None or number <= 0:
            return None
        stated = number
    if not 1 / 9 - 0.002 <= stated <= 9:
        return None
    if stated < 1:  # 0.33 and 0.333 stand for 1/3
        whole = round(1 / stated)
        if abs(stated * whole - 1) <= _ROUNDING:
            return 1 / whole
    return stated


def shown_ratio(value: float) -> str:
    """Show a judgement as people write it: 3, 1/3."""
    if value >= 1:
        return f"{value:.3g}"
    return f"1/{1 / value:.3g}"
