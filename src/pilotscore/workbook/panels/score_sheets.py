"""Reads one sheet of scores: a row a score, a column an expert, or a column an indicator."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from pilotscore.findings import Finding, Place
from pilotscore.language import Text
from pilotscore.records import dataclass
from pilotscore.workbook.open.sheets import Sheet, SheetFindings
from pilotscore.workbook.panels import kinds
from pilotscore.workbook.panels.columns import named_expert
from pilotscore.workbook.panels.layout import Table
from pilotscore.workbook.panels.moments import moment_of
from pilotscore.workbook.panels.score_cells import ScoreCell, read_score
from pilotscore.workbook.panels.score_columns import Column, Context, QuantityOf, wide_columns
from pilotscore.workbook.panels.stages import FIRST, stage_named, stage_of
from pilotscore.workbook.panels.stated_scales import (
    StatedScale,
    scale_above,
    scale_of_cell,
    scale_of_header,
    without_scale,
)
from pilotscore.workbook.tables.row_labels import SUMMARIES, RowKind, label_of
from pilotscore.workbook.values.names import name_remark
from pilotscore.workbook.values.texts import text_at
from pilotscore.workbook.values.unread import unread

_SHEET, _FILE = Text("工作表名", "sheet"), Text("文件名", "file")
_NO_ROWS = frozenset({*SUMMARIES, RowKind.CLOSING, RowKind.EXPLANATION, RowKind.UNIT})


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
    indicator; ``scales`` are those that the sheet states.
    """

    scores: tuple[Score, ...]
    findings: tuple[Finding, ...]
    blanks: Mapping[str, int]
    unread: Mapping[str, int]
    scales: tuple[StatedScale, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reader:
    sheet: Sheet
    header: int
    roles: Mapping[str, int]
    columns: tuple[Column, ...]
    expert: str | None
    findings: SheetFindings
    quantity_of: QuantityOf
    blanks: dict[str, int] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)
    reported: set[tuple[int, int]] = field(default_factory=set)
    scales: list[StatedScale] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    cells: set[tuple[str, str]] = field(default_factory=set)
    stage: int = FIRST

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

    def _score(self, row: int, column: Column) -> Score | None:
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
        indicator = self._indicator(row, column)
        self._scale_beside(row, indicator)
        return Score(
            expert,
            result,
            indicator,
            float(value.answer or 0) if value.score is None else value.score,
            self._day(row),
            "；".join(filter(None, (value.reason, self._comment(row, column)))),
            self.sheet.place(row, column.number),
            "" if value.score is not None else str(self.sheet.cell(row, column.number)).strip(),
            stage,
        )

    def _comment(self, row: int, column: Column) -> str:
        own = column.comment
        return self._named(row, "comment") if own is None else text_at(self.sheet, row, own)

    def _stage(self, row: int) -> int | None:
        """Return the stage that a row is of; None where what it says is none, which is told."""
        column = self.roles.get("stage")
        if column is None:
            return self.stage
        stage = stage_of(self.sheet.cell(row, column))
        if stage is None:
            text = text_at(self.sheet, row, column)
            if (row, column) not in self.reported:
                self.reported.add((row, column))
                self.findings.add(kinds.NO_STAGE, row, column, text=text)
        return stage

    def _is_blank(self, row: int, column: int) -> bool:
        cell = self.sheet.cell(row, column)
        return cell is None or (isinstance(cell, str) and not cell.strip())

    def _value(self, row: int, column: Column) -> ScoreCell | None:
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

    def _indicator(self, row: int, column: Column) -> str:
        if column.indicator is not None:
            return column.indicator
        text = self._named(row, "indicator")
        if text not in self.names:
            stated = scale_of_header(text)
            self.names[text] = without_scale(text)
            if stated is not None and stated[1]:
                place = self.sheet.place(row, self.roles["indicator"])
                self.scales.append(StatedScale(stated[0], text, place, self.names[text]))
        return self.names[text]

    def _scale_beside(self, row: int, indicator: str) -> None:
        """Take what a column of scales says of an indicator."""
        column = self.roles.get("scale")
        if column is None:
            return
        said = (indicator, text_at(self.sheet, row, column))
        if not said[1] or said in self.cells:
            return
        self.cells.add(said)
        scale = scale_of_cell(said[1])
        if scale is not None:
            place = self.sheet.place(row, column)
            self.scales.append(StatedScale(scale, said[1], place, indicator))

    def _named(self, row: int, role: str) -> str:
        column = self.roles.get(role)
        return "" if column is None else text_at(self.sheet, row, column)

    def _day(self, row: int) -> float:
        """Return when the score was given, in days, with the time of day where that is said."""
        column = self.roles.get("date")
        if column is None:
            return math.nan
        return moment_of(self.sheet.cell(row, column))


def read_score_sheet(table: Table, context: Context) -> ScoreSheet:
    """Read one sheet of scores, whichever of the three forms it has.

    Parameters
    ----------
    table
        Where its scores stand.
    context
        What is known beside.
    """
    sheet, header, roles = table.sheet, table.header, table.roles
    findings = SheetFindings(sheet)
    expert = _expert_above(sheet, header)
    if "score" in roles:
        columns: tuple[Column, ...] = (Column(roles["score"], ""),)
    else:
        columns = wide_columns(table, context, expert is not None, findings)
    if expert is None and "expert" not in roles and any(c.expert is None for c in columns):
        expert = _expert_by_name(context, findings)
        if expert is None:
            findings.add(kinds.NO_EXPERT, header)
            columns = ()
    if roles["result"] == roles.get("title"):
        findings.add(kinds.BY_TITLE, header, roles["result"])
    _tell_names(sheet, header, roles, findings)
    _tell_merged(sheet, header, columns, findings)
    stage = FIRST if "stage" in roles else _stage_by_name(sheet, findings)
    reader = _Reader(
        sheet, header, roles, columns, expert, findings, context.quantity_of, stage=stage
    )
    scores = tuple(reader.read())
    stated = scale_above(sheet, header, roles.get("score"))
    scales = [*reader.scales, *_of_columns(sheet, header, columns)]
    return ScoreSheet(
        scores,
        tuple(findings.entries),
        reader.blanks,
        reader.unread,
        (*scales, *((stated,) if stated is not None else ())),
    )


def _of_columns(sheet: Sheet, header: int, columns: Sequence[Column]) -> Iterator[StatedScale]:
    """Yield the scales that the headers of indicators state."""
    for column in columns:
        stated = scale_of_header(column.header) if column.indicator else None
        if stated is not None and stated[1]:
            place = sheet.place(header, column.number)
            yield StatedScale(stated[0], column.header, place, column.indicator)


def _tell_names(
    sheet: Sheet, header: int, roles: Mapping[str, int], findings: SheetFindings
) -> None:
    """Tell ids that a spreadsheet turned into numbers or dates."""
    column = roles["result"]
    for row in range(header + 1, len(sheet.rows)):
        remark = name_remark(sheet.cell(row, column), untyped=sheet.untyped)
        if remark is not None:
            findings.add(remark[0], row, column, **remark[1])


def _stage_by_name(sheet: Sheet, findings: SheetFindings) -> int:
    """Return the stage by the name of the sheet, else of the file; a second one is told."""
    for what, name in ((_SHEET, sheet.name), (_FILE, Path(sheet.book).stem)):
        stage = stage_named(name)
        if stage is not None:
            if stage != FIRST:
                findings.add(kinds.STAGE_BY_NAME, what=what, name=name)
            return stage
    return FIRST


def _tell_merged(
    sheet: Sheet, header: int, columns: Sequence[Column], findings: SheetFindings
) -> None:
    """Tell scores in merged cells that run over several rows."""
    numbers = {c.number for c in columns}
    for (top, left), (bottom, _) in sheet.merged:
        if top > header and bottom > top and left in numbers and sheet.cell(top, left) != "":
            findings.add(kinds.MERGED_SCORE, top, left)


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
