"""Reads one sheet of scores: a row a score, a column an expert, or a column an indicator."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pilotscore.criteria import Indicator
from pilotscore.criteria.names import normalise
from pilotscore.findings import Finding, Place
from pilotscore.language import Text
from pilotscore.workbook.open.sheets import Sheet, SheetFindings
from pilotscore.workbook.panels import kinds
from pilotscore.workbook.panels.columns import (
    is_numbered_expert,
    is_total,
    named_expert,
    role_of,
)
from pilotscore.workbook.panels.score_cells import ScoreCell, read_score
from pilotscore.workbook.panels.stages import FIRST, stage_of
from pilotscore.workbook.tables.row_labels import SUMMARIES, RowKind, label_of
from pilotscore.workbook.values.cells import State, read_date
from pilotscore.workbook.values.names import name_remark
from pilotscore.workbook.values.texts import text_at
from pilotscore.workbook.values.unread import unread

_SHEET, _FILE = Text("工作表名", "sheet"), Text("文件名", "file")
_NO_ROWS = frozenset({*SUMMARIES, RowKind.CLOSING, RowKind.EXPLANATION, RowKind.UNIT})
QuantityOf = Callable[[str], Indicator | None]
_EPOCH = datetime.date(1970, 1, 1).toordinal()


def no_quantity(_: str) -> Indicator | None:
    """Say of any name that it is no indicator in bands or levels."""
    return None


@dataclass(frozen=True, slots=True)
class Score:
    """A score as it stands: who, which result, on what, how much, when, why, where.

    ``answer`` is the cell where it says yes (a score of 1) or no (of 0), '' where it is a number;
    ``stage`` is 2 for the second one of a two-stage review.
    """

    expert: str
    result: str
    indicator: str
    score: float
    at: float
    comment: str
    place: Place
    answer: str = ""
    stage: int = FIRST


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """What a sheet of scores holds.

    ``blanks`` counts cells without a score, by expert; ``unread`` those that cannot be read, by
    indicator.
    """

    scores: tuple[Score, ...]
    findings: tuple[Finding, ...]
    blanks: Mapping[str, int]
    unread: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Context:
    """What is known when a sheet is read.

    Parameters
    ----------
    experts
        The names on the sheet of experts, reduced, with how they are written there.
    indicator_of
        What a header means as an indicator of the criteria set; None where it is none.
    from_name
        The expert where the sheet does not name one, by its file or sheet, and whether by the
        file; None where a name says nothing.
    scored
        The headers, reduced, under which some sheet has scores: where another expert's sheet has
        none in that column, they are missing.
    quantity_of
        The indicator in bands or levels that a header means; None where it means none.
    """

    experts: Mapping[str, str]
    indicator_of: Callable[[str], str | None]
    from_name: tuple[str, bool] | None = None
    scored: frozenset[str] = frozenset()
    quantity_of: QuantityOf = no_quantity


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of scores: its expert or indicator, where it has one of its own."""

    number: int
    header: str
    expert: str | None = None
    indicator: str | None = None


@dataclass(frozen=True, slots=True)
class _Reader:
    sheet: Sheet
    header: int
    roles: Mapping[str, int]
    columns: tuple[_Column, ...]
    expert: str | None
    findings: SheetFindings
    quantity_of: QuantityOf
    blanks: dict[str, int] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)
    told: set[tuple[int, int]] = field(default_factory=set)

    def read(self) -> Iterator[Score]:
        for row in range(self.header + 1, len(self.sheet.rows)):
            if self._is_no_result(row):
                continue
            for column in self.columns:
                score = self._score(row, column)
                if score is not None:
                    yield score

    def _is_no_result(self, row: int) -> bool:
        """Say whether a row is a summary, a signature, or the header again; it is told."""
        cells = self.sheet.rows[row]
        first = next((str(c).strip() for c in cells if isinstance(c, str) and c.strip()), "")
        label = label_of(first) if first else None
        if label is None or label.kind not in _NO_ROWS:
            return bool(first) and list(cells) == list(self.sheet.rows[self.header])
        self.findings.add(kinds.SUMMARY_ROW, row, label=first)
        return True

    def _score(self, row: int, column: _Column) -> Score | None:
        value = self._value(row, column)
        result = text_at(self.sheet, row, self.roles.get("result"))
        expert = column.expert or self._named(row, "expert") or self.expert or ""
        if value is None:
            if result and expert and self._is_blank(row, column.number):
                self.blanks[expert] = self.blanks.get(expert, 0) + 1
            return None
        if not result:
            self.findings.add(kinds.NO_RESULT, row, self.roles.get("result"))
            return None
        if not expert:
            self.findings.add(kinds.NO_EXPERT, row, self.roles.get("expert"))
            return None
        stage = self._stage(row)
        if stage is None:
            return None
        return Score(
            expert,
            result,
            self._indicator(row, column),
            float(value.answer or 0) if value.score is None else value.score,
            self._day(row),
            "；".join(filter(None, (value.reason, self._named(row, "comment")))),
            self.sheet.place(row, column.number),
            "" if value.score is not None else str(self.sheet.cell(row, column.number)).strip(),
            stage,
        )

    def _stage(self, row: int) -> int | None:
        """Return the stage that a row is of; None where what it says is none, which is told."""
        column = self.roles.get("stage")
        if column is None:
            return FIRST
        stage = stage_of(self.sheet.cell(row, column))
        if stage is None:
            text = text_at(self.sheet, row, column)
            if (row, column) not in self.told:
                self.told.add((row, column))
                self.findings.add(kinds.NO_STAGE, row, column, text=text)
        return stage

    def _is_blank(self, row: int, column: int) -> bool:
        cell = self.sheet.cell(row, column)
        return cell is None or (isinstance(cell, str) and not cell.strip())

    def _value(self, row: int, column: _Column) -> ScoreCell | None:
        """Return the number or answer of a cell; None where it has none, told unless blank."""
        broken = unread(self.sheet, (row, column.number))
        if broken is not None:
            kind, values = broken[1]
            self.findings.add(kind, row, column.number, **values)
            return None
        if self._is_blank(row, column.number):
            return None
        cell = self.sheet.cell(row, column.number)
        form = self.sheet.notes.formats.at(row, column.number)
        indicator = self._indicator(row, column)
        read = read_score(cell, form, self.quantity_of(indicator))
        for kind, values in read.remarks:
            self.findings.add(kind, row, column.number, **values)
            if kind is kinds.NOT_A_SCORE:
                self.unread[indicator] = self.unread.get(indicator, 0) + 1
        return read if read.says else None

    def _indicator(self, row: int, column: _Column) -> str:
        return column.indicator if column.indicator is not None else self._named(row, "indicator")

    def _named(self, row: int, role: str) -> str:
        return text_at(self.sheet, row, self.roles.get(role))

    def _day(self, row: int) -> float:
        """Return when the score was given, in days, with the time of day where that is said."""
        column = self.roles.get("date")
        if column is None:
            return math.nan
        cell = self.sheet.cell(row, column)
        if isinstance(cell, datetime.datetime):
            part = (cell - datetime.datetime.combine(cell.date(), datetime.time())).total_seconds()
            return cell.toordinal() - _EPOCH + part / 86_400
        read = read_date(cell)
        if read.state is not State.VALUE or not read.word:
            return math.nan
        try:
            return float(datetime.date.fromisoformat(read.word[:10]).toordinal() - _EPOCH)
        except ValueError:
            return math.nan


def is_score_sheet(header: Sequence[Any], roles: Mapping[str, int]) -> bool:
    """Say whether a header is of scores: a column of them, or columns that can be."""
    if "result" not in roles:
        return False
    return "score" in roles or any(_other(header))


def _other(header: Sequence[Any]) -> list[tuple[int, str]]:
    """Return the columns that have a header without a role of these sheets."""
    return [
        (column, cell.strip())
        for column, cell in enumerate(header)
        if isinstance(cell, str) and cell.strip() and role_of(cell) is None
    ]


def read_score_sheet(
    sheet: Sheet, header: int, roles: Mapping[str, int], context: Context
) -> ScoreSheet:
    """Read one sheet of scores, whichever of the three forms it has.

    Parameters
    ----------
    sheet
        The sheet.
    header
        The row of its header, from 0.
    roles
        The column of each role in it.
    context
        What is known beside.
    """
    findings = SheetFindings(sheet)
    expert = _expert_above(sheet, header)
    if "score" in roles:
        columns: tuple[_Column, ...] = (_Column(roles["score"], ""),)
    else:
        columns = _wide(sheet, header, roles, context, expert is not None, findings)
    if expert is None and "expert" not in roles and any(c.expert is None for c in columns):
        expert = _expert_by_name(context, findings)
        if expert is None:
            findings.add(kinds.NO_EXPERT, header)
            columns = ()
    _tell_names(sheet, header, roles, findings)
    reader = _Reader(sheet, header, roles, columns, expert, findings, context.quantity_of)
    scores = tuple(reader.read())
    return ScoreSheet(scores, tuple(findings.entries), reader.blanks, reader.unread)


def _tell_names(
    sheet: Sheet, header: int, roles: Mapping[str, int], findings: SheetFindings
) -> None:
    """Tell ids that a spreadsheet turned into numbers or dates."""
    column = roles["result"]
    for row in range(header + 1, len(sheet.rows)):
        remark = name_remark(sheet.cell(row, column), untyped=sheet.untyped)
        if remark is not None:
            findings.add(remark[0], row, column, **remark[1])


def _expert_above(sheet: Sheet, header: int) -> str | None:
    """Return the expert that is named above the table."""
    named = (named_expert(row) for row in sheet.rows[:header])
    return next((name for name in named if name), None)


def _expert_by_name(context: Context, findings: SheetFindings) -> str | None:
    if context.from_name is None:
        return None
    name, of_file = context.from_name
    findings.add(kinds.EXPERT_FROM_NAME, what=_FILE if of_file else _SHEET, expert=name)
    return name


def _wide(
    sheet: Sheet,
    header: int,
    roles: Mapping[str, int],
    context: Context,
    one_expert: bool,
    findings: SheetFindings,
) -> tuple[_Column, ...]:
    """Return the columns of a sheet with a column for each expert, or for each indicator."""
    columns = _scored_columns(sheet, header, roles, context, findings)
    if not columns:
        return ()
    experts = _experts_among(columns, context)
    if one_expert or "expert" in roles:
        return _as_indicators(columns, context)
    if experts is not None:
        for n, t in columns:
            if t not in experts:
                findings.add(kinds.COLUMN_LEFT_ASIDE, header, n, header=t)
        kept = [(n, t) for n, t in columns if t in experts]
        one = None if "indicator" in roles else ""
        return tuple(_Column(n, t, expert=experts[t], indicator=one) for n, t in kept)
    # A column of yes and no beside the indicators of a set does not make them doubtful.
    scored = [t for n, t in columns if not _has_answers(sheet, header, n)]
    if (scored and all(context.indicator_of(t) is not None for t in scored)) or context.from_name:
        return _as_indicators(columns, context)
    if "indicator" in roles:
        return tuple(_Column(n, t, expert=t) for n, t in columns)
    number, text = columns[0]
    findings.add(kinds.WHO_OR_WHAT, header, number, header=text)
    return ()


def _scored_columns(
    sheet: Sheet,
    header: int,
    roles: Mapping[str, int],
    context: Context,
    findings: SheetFindings,
) -> list[tuple[int, str]]:
    """Return the columns without a role that hold scores, or should; the others are told."""
    columns = []
    for number, text in _other(sheet.rows[header]):
        if is_total(text):
            findings.add(kinds.TOTAL_LEFT_ASIDE, header, number, header=text)
        elif _has_scores(sheet, header, (number, text), roles, context.quantity_of):
            columns.append((number, text))
        elif _is_expected(text, context):
            columns.append((number, text))  # nobody has filled it in yet
        elif not _is_empty(sheet, header, number):
            findings.add(kinds.COLUMN_LEFT_ASIDE, header, number, header=text)
    return columns


def _as_indicators(columns: Sequence[tuple[int, str]], context: Context) -> tuple[_Column, ...]:
    return tuple(_Column(n, t, indicator=context.indicator_of(t) or t) for n, t in columns)


def _is_expected(header: str, context: Context) -> bool:
    """Say whether a column without a score is one of scores all the same."""
    known = context.indicator_of(header) is not None or is_numbered_expert(header)
    return known or normalise(header) in context.scored


def scored_headers(
    sheet: Sheet, header: int, roles: Mapping[str, int], quantity_of: QuantityOf
) -> set[str]:
    """Return the headers without a role, reduced, under which a sheet has scores."""
    return {
        normalise(text)
        for number, text in _other(sheet.rows[header])
        if not is_total(text) and _has_scores(sheet, header, (number, text), roles, quantity_of)
    }


def _experts_among(columns: Sequence[tuple[int, str]], context: Context) -> dict[str, str] | None:
    """Return the columns that are experts with their names; None where none is."""
    named = {t: context.experts.get(normalise(t)) for _, t in columns}
    experts = {t: name for t, name in named.items() if name is not None}
    experts |= {t: t for _, t in columns if t not in experts and is_numbered_expert(t)}
    return experts or None


def _has_scores(
    sheet: Sheet,
    header: int,
    column: tuple[int, str],
    roles: Mapping[str, int],
    quantity_of: QuantityOf,
) -> bool:
    """Say whether a column has a score: a number, as one or as text, a word of its bands, a yes."""
    number, text = column
    for row in range(header + 1, len(sheet.rows)):
        cell = sheet.cell(row, number)
        if cell in ("", None):
            continue
        if isinstance(cell, int | float):
            return True
        if isinstance(cell, str):
            name = text_at(sheet, row, roles["indicator"]) if "indicator" in roles else text
            if read_score(cell, None, quantity_of(name)).says:
                return True
    return False


def _has_answers(sheet: Sheet, header: int, column: int) -> bool:
    """Say whether all that a column holds is yes and no."""
    cells = [sheet.cell(row, column) for row in range(header + 1, len(sheet.rows))]
    said = [cell for cell in cells if cell not in ("", None)]
    return bool(said) and all(read_score(c, None, None).answer is not None for c in said)


def _is_empty(sheet: Sheet, header: int, column: int) -> bool:
    return all(sheet.cell(row, column) in ("", None) for row in range(header + 1, len(sheet.rows)))
