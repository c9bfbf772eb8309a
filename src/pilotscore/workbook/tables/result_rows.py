"""Says which rows of a table hold results, and what the rows between them are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pilotscore.criteria import NUMERIC, Fact, Indicator
from pilotscore.criteria.names import normalise
from pilotscore.findings import Finding, Kind
from pilotscore.workbook.open.sheets import Sheet, SheetFindings
from pilotscore.workbook.tables import kinds
from pilotscore.workbook.tables.columns import Columns
from pilotscore.workbook.tables.finder import TableHeader
from pilotscore.workbook.tables.headers import HeaderNames, evidence_of
from pilotscore.workbook.values.cells import State, read_cell, tidy, words
from pilotscore.workbook.values.units import is_unit

_NUMERIC = NUMERIC | {"date"}
_TOTALS = words(
    "合计|总计|小计|共计|平均|平均值|均值|汇总|total|subtotal|grand total|sum|average|mean"
)
_UNIT_WORDS = words("单位|计量单位|unit|units")
_EXPLAIN_WORDS = words(
    "说明|填写说明|填报说明|填表说明|指标说明|要求|填写要求|必填|选填|格式|备注"
    "|explanation|explanations|note|notes|instructions|how to fill in|required"
)
_NO_UNIT = ("-", "—", "/")
_EXAMPLE = re.compile(
    r"^[(（【\[]?\s*(?:示例|样例|例|举例|填写示例|example|sample|e\.g\.)", re.IGNORECASE
)
_CLOSING = re.compile(
    r"^(?:填表人|填报人|制表人?|编制人?|审核人?|复核|经办人|负责人|联系人|填表日期|填报日期"
    r"|填报单位|申报单位|推荐单位|主管部门|单位负责人|签字|签名|盖章|日期|注|注释|备注|说明|填表说明|填报说明|附注|数据来源"
    r"|prepared by|approved by|checked by|signature|signed|date|note|notes|source|remarks?)"
    r"\s*\d{0,2}\s*[(（]?(?:签字|签名|盖章|公章|签章)?[)）]?\s*(?:[:：、.]|$)",
    re.IGNORECASE,
)


# Every beginning that makes a row look like something else than a result.
_SPECIAL = re.compile(
    "|".join(
        (
            r"\s*[(（\[【*]?\s*(?:" + "|".join(map(re.escape, sorted(_TOTALS))) + ")",
            _EXAMPLE.pattern,
            _CLOSING.pattern,
            r"\s*$",
        )
    ),
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ResultRows:
    """Which rows hold results, and the units that a row below the header states by column."""

    rows: list[int]
    units: dict[int, str]


def result_rows(
    sheet: Sheet, table: TableHeader, names: HeaderNames, first: int | None = None
) -> tuple[ResultRows, list[Finding]]:
    """Return the rows that hold results, and what is to be said of those that are passed over.

    Passed over are blank rows, rows of units, explanations and examples below the header, headers
    that are repeated (as on printed pages), totals, notes and signatures. At the header of another
    table reading ends, with an error. ``first`` is the first row of results where it is known.
    """
    header = table.row or 0
    findings = SheetFindings(sheet)
    kept: list[int] = []
    units: dict[int, str] = {}
    blank = within = 0
    judge = _Judge.of(table.columns, names)
    surely = judge.sure_of_result()
    for number in range(header + 1 if first is None else first, len(sheet.rows)):
        row = sheet.rows[number]
        if not surely(row):
            filled = [
                c for c, x in enumerate(row) if x != "" and (not isinstance(x, str) or x.strip())
            ]
            if not filled:
                blank += 1
                continue
            near_top = first is None and not kept and number <= header + 3
            if near_top and (stated := judge.units_row(row, filled)) is not None:
                units.update(stated)
                findings.add(kinds.UNITS_ROW, number)
                continue
            if (kind := judge.passed_over(row, filled, near_top=near_top)) is not None:
                findings.add(kind, number, **_text(kind, row[filled[0]]))
                continue
            if judge.is_other_header(row, filled):
                left = sum(any(x != "" for x in r) for r in sheet.rows[number:])
                findings.add(kinds.SECOND_TABLE, number, row=number + 1, count=left)
                break
            if not judge.has_content(filled):
                continue
        within += blank if kept else 0
        blank = 0
        kept.append(number)
    if within:
        findings.add(kinds.BLANK_ROWS, header, count=within)
    return ResultRows(kept, units), findings.entries


def _text(kind: Kind, cell: Any) -> dict[str, str]:
    if kind is kinds.REPEATED_HEADER:
        return {}
    text = " ".join(str(cell).split())
    return {"text": text if len(text) <= 40 else text[:39] + "…"}


def _label(text: str) -> str:
    return tidy(text).casefold().strip(" :：()（）[]【】*")


@dataclass(frozen=True, slots=True)
class _Judge:
    """Says of a row what it is; ``quantities`` has what each column holds."""

    columns: Columns
    quantities: dict[int, Indicator | Fact]
    names: HeaderNames
    used: list[int]

    @classmethod
    def of(cls, columns: Columns, names: HeaderNames) -> _Judge:
        """Return the judge of the rows below a header."""
        quantities = {c: names.quantities[n] for n, c in columns.quantities.items()}
        return cls(columns, quantities, names, columns.used)

    def sure_of_result(self) -> Callable[[Sequence[Any]], bool]:
        """Return what says quickly that a row is a result: named, a number, no total or note."""
        columns = self.columns
        lead = columns.id if columns.id is not None else columns.title
        numeric = [c for c, q in self.quantities.items() if q.type in _NUMERIC][:6]
        if lead is None or not numeric:
            return lambda _: False
        widest = max(lead, *numeric)
        before = range(lead)
        blank = ("", None)

        def sure(row: Sequence[Any]) -> bool:
            if len(row) <= widest or row[lead] in blank:
                return False
            if not any(isinstance(row[c], float) or type(row[c]) is int for c in numeric):
                return False
            first = next((row[c] for c in before if row[c] not in blank), row[lead])
            return not isinstance(first, str) or not _SPECIAL.match(first)

        return sure

    def passed_over(self, row: Sequence[Any], filled: list[int], *, near_top: bool) -> Kind | None:
        """Return what a row is that holds no result; None for any other."""
        text = str(row[filled[0]]).strip()
        if near_top and self._explains(row, filled):
            return kinds.EXPLANATION_ROW
        if _EXAMPLE.match(text) and filled[0] <= min(self.used):
            return kinds.EXAMPLE_ROW
        if len(filled) == 1 and isinstance(row[filled[0]], str) and len(self.used) > 2:
            return kinds.NOTE_ROW
        if self._is_total(text, filled):
            return kinds.TOTAL_ROW
        if _CLOSING.match(text) and not self._has_values(row, filled):
            return kinds.CLOSING_ROW
        return kinds.REPEATED_HEADER if self._repeats_header(row) else None

    def has_content(self, filled: list[int]) -> bool:
        """Say whether a row has something in a column that is read."""
        named = (self.columns.id, self.columns.title)
        return any(c in self.quantities or c in named for c in filled)

    def _is_total(self, text: str, filled: list[int]) -> bool:
        first = min(self.used)
        last = first if self.columns.id is None else max(self.columns.id, first)
        return _label(text) in _TOTALS and filled[0] <= last

    def units_row(self, row: Sequence[Any], filled: list[int]) -> dict[int, str] | None:
        """Return the units by column where a row states nothing else."""
        stated: dict[int, str] = {}
        for column in filled:
            text = (
                row[column].strip().strip("()（）[]【】") if isinstance(row[column], str) else None
            )
            if text is None:
                return None
            if column in self.quantities:
                unit = self.quantities[column].unit
                if is_unit(text) or (unit and text in (unit.zh, unit.en)):
                    stated[column] = text
                elif text not in (*_NO_UNIT, "无", "级", "等级"):
                    return None
            elif _label(text) not in _UNIT_WORDS and text not in _NO_UNIT:
                return None
        return stated or None

    def _explains(self, row: Sequence[Any], filled: list[int]) -> bool:
        """Say whether a row explains the columns: texts alone, and no value of its column."""
        if not all(isinstance(row[c], str) for c in filled):
            return False
        columns = self.columns
        named = [row[c] for c in (columns.id, columns.title) if c is not None and c in filled]
        if any(_label(x) in _EXPLAIN_WORDS for x in (*named, row[filled[0]])):
            return True
        if columns.id is not None and columns.id in filled and len(tidy(row[columns.id])) <= 12:
            return False  # it has something like an id: faulty values are faults, no explanations
        strict = [c for c in filled if self._is_strict(c)]
        return len(strict) >= 2 and all(self._state(row, c) is State.FAULTY for c in strict)

    def _has_values(self, row: Sequence[Any], filled: list[int]) -> bool:
        return any(self._is_strict(c) and self._state(row, c) is State.VALUE for c in filled)

    def _is_strict(self, column: int) -> bool:
        """Say whether a column takes certain entries only, so that any text is no value of it."""
        return column in self.quantities and self.quantities[column].type != "text"

    def _state(self, row: Sequence[Any], column: int) -> State:
        return read_cell(row[column], self.quantities[column]).state

    def _repeats_header(self, row: Sequence[Any]) -> bool:
        same = 0
        for column in self.used:
            text = row[column] if column < len(row) else ""
            if not isinstance(text, str) or not text.strip():
                continue
            written = normalise(self.columns.texts.get(column, ""))
            if not normalise(text) or not written.endswith(normalise(text)):
                return False
            same += 1
        return same * 2 > len(self.used)

    def is_other_header(self, row: Sequence[Any], filled: list[int]) -> bool:
        """Say whether a row is the header of another table."""
        if len(filled) < 3 or not all(isinstance(row[c], str) for c in filled):
            return False
        known = sum(
            bool(self.names.resolve(row[c].strip()) or evidence_of(row[c], "left", self.names))
            for c in filled
        )
        return known * 2 > len(filled) and known >= 3
