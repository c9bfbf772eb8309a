"""Finds the table of results on a sheet: header rows, first row, last row, and what lies between."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pilotscore.criteria import NUMERIC, Fact, Indicator
from pilotscore.criteria.names import normalise
from pilotscore.findings import Finding, Place, column_letters
from pilotscore.language import Text
from pilotscore.workbook.open.sheets import Area
from pilotscore.workbook.tables import kinds
from pilotscore.workbook.tables.headers import Columns, HeaderNames, evidence_of, match_columns
from pilotscore.workbook.values.cells import State, read_cell, tidy
from pilotscore.workbook.values.units import is_unit

HEADER_ROWS = 40
MOST_LEVELS = 3
_NUMERIC = NUMERIC | {"date"}
_TOTALS = frozenset(
    ("合计", "总计", "小计", "共计", "平均", "平均值", "均值", "汇总", "total", "subtotal", "grand total",
     "sum", "average", "mean")
)  # fmt: skip
_UNIT_WORDS = frozenset(("单位", "计量单位", "unit", "units"))
_EXPLAIN_WORDS = frozenset(
    ("说明", "填写说明", "填报说明", "填表说明", "指标说明", "要求", "填写要求", "必填", "选填", "格式", "备注",
     "explanation", "explanations", "note", "notes", "instructions", "how to fill in", "required")
)  # fmt: skip
_EXAMPLE = re.compile(
    r"^[(（【\[]?\s*(?:示例|样例|例|举例|填写示例|example|sample|e\.g\.)", re.IGNORECASE
)
_CLOSING = re.compile(
    r"^(?:填表人|填报人|制表人?|编制人?|审核人?|复核|经办人|负责人|联系人|填表日期|填报日期|填报单位|申报单位|推荐单位"
    r"|主管部门|单位负责人|签字|签名|盖章|日期|注|注释|备注|说明|填表说明|填报说明|附注|数据来源"
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
class FoundTable:
    """A header that was found: its lowest row (None where there is none), and its columns."""

    row: int | None
    columns: Columns
    levels: int = 1
    rival: int | None = None

    @property
    def first(self) -> int:
        """The uppermost row of the header."""
        return (self.row or 0) - self.levels + 1


def find_table(
    rows: Sequence[Sequence[Any]],
    names: HeaderNames,
    merged: Sequence[Area] = (),
    header_row: int | None = None,
) -> FoundTable:
    """Return the header, among the first rows, in which most names are known.

    Parameters
    ----------
    rows
        The cells of the sheet.
    names
        What is looked for.
    merged
        Merged areas: within a header, the text counts for every cell that it covers.
    header_row
        The lowest row of the header where a person says so, from 0.
    """
    top = [list(row) for row in rows[: (header_row or 0) + HEADER_ROWS]]
    _spread_headers(top, merged)
    best = FoundTable(None, match_columns((), names))
    numbers = (
        range(len(top)) if header_row is None else range(header_row, min(header_row + 1, len(top)))
    )
    single: dict[int, Columns] = {}
    for number in numbers if header_row is not None else range(min(HEADER_ROWS, len(top))):
        for levels in range(1, MOST_LEVELS + 1):
            if levels > number + 1 or (levels > 1 and not _can_be_lowest(top[number])):
                break
            columns = match_columns(_headers(top, number, levels), names)
            if levels == 1:
                single[number] = columns
            if (columns.is_table, columns.known) > (best.row is not None, best.columns.known):
                row = number if columns.is_table or header_row is not None else None
                best = FoundTable(row, columns, levels)
    return replace(best, rival=_rival(best, single))


def _rival(best: FoundTable, single: dict[int, Columns]) -> int | None:
    """Return another row that is as much like a header, and says something else."""
    if best.row is None:
        return None
    for number, columns in single.items():
        if (
            not best.first <= number <= best.row
            and columns.is_table
            and columns.known >= best.columns.known
            and columns.texts != best.columns.texts
        ):
            return number
    return None


def _can_be_lowest(row: Sequence[Any]) -> bool:
    """Say whether a row can stand below another in a header: it has texts, and no numbers."""
    return any(cell != "" for cell in row) and all(isinstance(cell, str) for cell in row)


def _headers(rows: list[list[Any]], number: int, levels: int) -> list[Any]:
    if levels == 1:
        return rows[number]
    stack = rows[number - levels + 1 : number + 1]
    width = max(len(r) for r in stack)
    return [tuple(r[c] if c < len(r) else "" for r in stack) for c in range(width)]


def _spread_headers(rows: list[list[Any]], merged: Sequence[Area]) -> None:
    for (top, left), (bottom, right) in merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        if (
            not isinstance(value, str)
            or not value
            or bottom - top > MOST_LEVELS
            or right - left > 200
        ):
            continue
        for row in rows[top : bottom + 1]:
            row.extend([""] * (right + 1 - len(row)))
            row[left : right + 1] = [value] * (right + 1 - left)


@dataclass(frozen=True, slots=True)
class ResultRows:
    """Which rows hold results, and the units that a row below the header states by column."""

    rows: list[int]
    units: dict[int, str]


def result_rows(
    rows: Sequence[Sequence[Any]], found: FoundTable, names: HeaderNames, place: Place,
    findings: list[Finding], first: int | None = None,
) -> ResultRows:  # fmt: skip
    """Return the rows that hold results; what is passed over is told.

    Passed over are blank rows, rows of units, explanations and examples below the header, headers
    that are repeated (as on printed pages), totals, notes and signatures. At the header of another
    table reading ends, with an error.
    """
    columns, header = found.columns, found.row or 0
    kept: list[int] = []
    units: dict[int, str] = {}
    blank = within = 0
    quantities = {c: n for n, c in columns.quantities.items()}
    known = {q.id: q for q in names.criteria.quantities}
    wide = len(columns.used) > 2
    surely = _sure_of_result(columns, known)
    for number in range(header + 1 if first is None else first, len(rows)):
        row = rows[number]
        if surely(row):
            within += blank if kept else 0
            blank = 0
            kept.append(number)
            continue
        filled = [c for c, x in enumerate(row) if x != "" and (not isinstance(x, str) or x.strip())]
        if not filled:
            blank += 1
            continue
        here = replace(place, row=number, column=None)
        text = str(row[filled[0]]).strip()
        near_top = first is None and not kept and number <= header + 3
        if near_top and (stated := _units_row(row, filled, quantities, known)) is not None:
            units.update(stated)
            findings.append(Finding(kinds.UNITS_ROW, here))
        elif near_top and _explains(row, filled, columns, quantities, known):
            findings.append(Finding(kinds.EXPLANATION_ROW, here, {"text": _short(text)}))
        elif _EXAMPLE.match(text) and filled[0] <= min(columns.used):
            findings.append(Finding(kinds.EXAMPLE_ROW, here, {"text": _short(text)}))
        elif len(filled) == 1 and isinstance(row[filled[0]], str) and wide:
            findings.append(Finding(kinds.NOTE_ROW, here, {"text": _short(text)}))
        elif _is_total(text, filled, columns):
            findings.append(Finding(kinds.TOTAL_ROW, here, {"text": _short(text)}))
        elif _CLOSING.match(text) and not _has_values(row, filled, quantities, known):
            findings.append(Finding(kinds.CLOSING_ROW, here, {"text": _short(text)}))
        elif _repeats_header(row, columns):
            findings.append(Finding(kinds.REPEATED_HEADER, here))
        elif _is_other_header(row, filled, names):
            left = sum(1 for r in rows[number:] if any(x != "" for x in r))
            values = {"row": number + 1, "count": left}
            findings.append(Finding(kinds.SECOND_TABLE, here, values))
            break
        elif any(c in quantities for c in filled) or any(
            c in (columns.id, columns.title) for c in filled
        ):
            within += blank if kept else 0
            blank = 0
            kept.append(number)
    if within:
        findings.append(Finding(kinds.BLANK_ROWS, place, {"count": within}))
    return ResultRows(kept, units)


def _sure_of_result(
    columns: Columns, known: dict[str, Indicator | Fact]
) -> Callable[[Sequence[Any]], bool]:
    """Return what says quickly that a row is a result: named, with a number, and no total or note."""
    lead = columns.id if columns.id is not None else columns.title
    numeric = [c for n, c in columns.quantities.items() if known[n].type in _NUMERIC][:6]
    if lead is None or not numeric:
        return lambda _: False
    widest = max(lead, *numeric)
    before = range(lead)
    blank = ("", None)

    def sure(row: Sequence[Any]) -> bool:
        if len(row) <= widest or row[lead] in blank:
            return False
        if not any(type(row[c]) is float or type(row[c]) is int for c in numeric):
            return False
        first = next((row[c] for c in before if row[c] not in blank), row[lead])
        return not isinstance(first, str) or not _SPECIAL.match(first)

    return sure


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:39] + "…"


def _label(text: str) -> str:
    return tidy(text).casefold().strip(" :：()（）[]【】*")


def _is_total(text: str, filled: list[int], columns: Columns) -> bool:
    first = min(columns.used)
    return _label(text) in _TOTALS and filled[0] <= max(
        columns.id if columns.id is not None else first, first
    )


def _units_row(
    row: Sequence[Any], filled: list[int],
    quantities: dict[int, str], known: dict[str, Indicator | Fact],
) -> dict[int, str] | None:  # fmt: skip
    """Return the units by column where a row states nothing else."""
    stated: dict[int, str] = {}
    for column in filled:
        text = row[column].strip().strip("()（）[]【】") if isinstance(row[column], str) else None
        if text is None:
            return None
        if column in quantities:
            quantity = known[quantities[column]]
            own = {quantity.unit.zh, quantity.unit.en} if quantity.unit else set()
            if is_unit(text) or text in own:
                stated[column] = text
            elif text not in ("-", "—", "/", "无", "级", "等级"):
                return None
        elif _label(text) not in _UNIT_WORDS and text not in ("-", "—", "/"):
            return None
    return stated if stated else None


def _explains(
    row: Sequence[Any], filled: list[int], columns: Columns,
    quantities: dict[int, str], known: dict[str, Indicator | Fact],
) -> bool:  # fmt: skip
    """Say whether a row explains the columns: texts alone, and none that is a value of its column."""
    if not all(isinstance(row[c], str) for c in filled):
        return False
    named = [row[c] for c in (columns.id, columns.title) if c is not None and c in filled]
    if any(_label(x) in _EXPLAIN_WORDS for x in (*named, row[filled[0]])):
        return True
    strict = [c for c in filled if c in quantities and known[quantities[c]].type != "text"]
    if columns.id is not None and columns.id in filled and len(tidy(str(row[columns.id]))) <= 12:
        return False  # it has something like an id: then faulty values are faults, not explanations
    return len(strict) >= 2 and all(
        read_cell(row[c], known[quantities[c]]).state is State.FAULTY for c in strict
    )


def _has_values(
    row: Sequence[Any], filled: list[int], quantities: dict[int, str],
    known: dict[str, Indicator | Fact],
) -> bool:  # fmt: skip
    for column in filled:
        quantity = known[quantities[column]] if column in quantities else None
        if quantity is None or quantity.type == "text":
            continue
        if read_cell(row[column], quantity).state is State.VALUE:
            return True
    return False


def _repeats_header(row: Sequence[Any], columns: Columns) -> bool:
    used = columns.used
    same = 0
    for column in used:
        text = row[column] if column < len(row) else ""
        written = columns.texts.get(column, "")
        if not isinstance(text, str) or not text.strip():
            continue
        if normalise(text) and normalise(written).endswith(normalise(text)):
            same += 1
        else:
            return False
    return same * 2 > len(used)


def _is_other_header(row: Sequence[Any], filled: list[int], names: HeaderNames) -> bool:
    if sum(isinstance(row[c], str) for c in filled) < len(filled) or len(filled) < 3:
        return False
    found = [
        names.resolve(str(row[c]).strip()) or evidence_of(str(row[c]), "left", names)
        for c in filled
    ]
    return sum(f is not None for f in found) * 2 > len(filled) and sum(map(bool, found)) >= 3


def column_findings(found: FoundTable, names: HeaderNames, place: Place) -> Iterator[Finding]:
    """Yield what a person should know about the columns of a table."""
    columns = found.columns
    titles = {q.id: q.title for q in names.criteria.quantities}
    titles["<id>"] = titles["<serial>"] = Text("编号", "id")
    titles["<title>"] = Text("名称", "title")
    for column, header in columns.unknown.items():
        here = replace(place, column=column)
        if suggestion := columns.suggestions.get(column):
            near = titles[suggestion.name]
            values = {"header": header, "near": near, "likeness": f"{suggestion.likeness:.0f}"}
            yield Finding(kinds.LIKELY_COLUMN, here, values)
        else:
            yield Finding(kinds.UNKNOWN_COLUMN, here, {"header": header})
    for column, suggestion in columns.accepted.items():
        values = {
            "header": columns.texts[column],
            "near": titles[suggestion.name],
            "likeness": f"{suggestion.likeness:.0f}",
        }
        yield Finding(kinds.ACCEPTED_COLUMN, replace(place, column=column), values)
    for column, name, first in columns.repeated:
        yield Finding(
            kinds.REPEATED_COLUMN,
            replace(place, column=column),
            {"header": columns.texts[column], "first": column_letters(first), "name": titles[name]},
        )
    yield from _unit_findings(columns, names, place)
    yield from _absent_columns(columns, names, place)


def _unit_findings(columns: Columns, names: HeaderNames, place: Place) -> Iterator[Finding]:
    known = {q.id: q for q in names.criteria.quantities}
    for name, factor in columns.factors.items():
        quantity = known[name]
        here = replace(place, column=columns.quantities[name])
        unit = quantity.unit or Text("比值", "a ratio")
        values = {"unit": columns.units[name], "own": unit, "name": quantity.title}
        if factor is None:
            yield Finding(kinds.UNIT_MISFIT, here, values)
        elif factor != 1:
            yield Finding(kinds.UNIT_CONVERTED, here, {**values, "factor": f"{factor:.10g}"})


def _absent_columns(columns: Columns, names: HeaderNames, place: Place) -> Iterator[Finding]:
    criteria = names.criteria
    absent = [i for i in criteria.indicators if i.id not in columns.quantities]
    for indicator in absent:
        if indicator.required:
            yield Finding(kinds.NO_COLUMN, place, {"name": indicator.title})
    optional = [i.title for i in absent if not i.required and i.weight > 0]
    if optional:
        listed = Text("、".join(t.zh for t in optional), ", ".join(t.en for t in optional))
        values = {"count": len(optional), "names": listed}
        yield Finding(kinds.NO_OPTIONAL_COLUMN, place, values)
    if criteria.evidence and not columns.evidence:
        default = next(g for g in criteria.evidence.grades if g.id == criteria.evidence.default)
        ids = [g.id for g in criteria.evidence.grades]
        yield Finding(
            kinds.NO_EVIDENCE_COLUMNS,
            place,
            {
                "grade": default.title,
                "cap": f"{default.cap:g}",
                "grades": f"{ids[0]}-{ids[-1]}",
            },
        )
