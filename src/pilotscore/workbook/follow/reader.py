"""Reads the workbooks that come back: each filled-in row is one report, with its cell."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pilotscore.criteria.amounts import read_sum, unit_of
from pilotscore.criteria.names import normalise
from pilotscore.criteria.outcomes import LEVELS, Level
from pilotscore.findings import Finding, Place
from pilotscore.language import LISTED, NOTHING, Text, Words, join
from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook.filed import SEARCHED, FiledRows, HeaderKinds, columns_of
from pilotscore.workbook.follow import kinds
from pilotscore.workbook.follow.words import (
    COLUMN_OF,
    MATCH_STATE_OF,
    MATCH_STATES,
    MILESTONE_STATE_OF,
    MILESTONE_STATES,
    OUTCOME_OF,
    OUTCOME_STATE_OF,
    OUTCOME_STATES,
)
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.sheets import Sheet, SheetFindings, open_book
from pilotscore.workbook.values.error_texts import with_written_errors
from pilotscore.workbook.values.formatted import amount_seen, text_shown
from pilotscore.workbook.values.unread import unread_cells

Subject = Literal["milestone", "outcome", "match"]
_HEADER_KINDS = HeaderKinds(kinds.NOT_READ, kinds.TWO_COLUMNS)
_FILLED = ("state", "value", "date", "document")
_KEYS: Mapping[Subject, str] = {"milestone": "number", "outcome": "outcome", "match": "need"}
_STATE_OF: Mapping[Subject, Mapping[str, str]] = {
    "milestone": MILESTONE_STATE_OF,
    "outcome": OUTCOME_STATE_OF,
    "match": MATCH_STATE_OF,
}
_STATES: Mapping[Subject, Mapping[str, Text]] = {
    "milestone": MILESTONE_STATES,
    "outcome": OUTCOME_STATES,
    "match": MATCH_STATES,
}
_DATED = ("met", "reached", "signed")
_NUMBER = regex(r"第?\s*(\d{1,3})\s*(?:期|次)?")
_SHARE = regex(r"([+-]?\d+(?:\.\d+)?)\s*[%％]?")
_WAN = 1_000_000  # fen of the unit in which sums of outcomes are told


@dataclass(frozen=True, slots=True)
class FiledReport:
    """One row that reports something.

    ``about`` is the number of the milestone, the id of the outcome, or the need; ``figure`` the
    number reported of an outcome, in percent or 万元; ``text`` what was written as its value.
    """

    subject: Subject
    round: str
    result: str
    about: str
    state: str
    text: str
    figure: float | None
    day: str
    document: str
    place: Place
    date_place: Place
    round_place: Place


@dataclass(frozen=True, slots=True)
class FollowUpFile:
    """A workbook that came back: its name, SHA-256, what it reports, and what is wrong with it."""

    name: str
    sha256: str
    reports: tuple[FiledReport, ...]
    findings: tuple[Finding, ...]


def read_follow_up(path: Path) -> FollowUpFile:
    """Read a workbook of milestones and outcomes, in any format that workbooks may have.

    Every visible sheet with such a header is read.

    Raises
    ------
    UnreadableBookError
        The file cannot be read.
    """
    book = with_written_errors(open_book(path, Limits(), reports=True))
    reports: list[FiledReport] = []
    findings: list[Finding] = []
    tables = 0
    for sheet in book.sheets:
        table = _table(sheet) if sheet.visible else None
        if table is not None:
            tables += 1
            reports += table.read()
            findings += table.findings.entries
    if not tables:
        findings.append(Finding(kinds.NO_REPORTS, Place(book.name)))
    elif not reports and not any(f.severity == "error" for f in findings):
        findings.append(Finding(kinds.NOTHING_FILLED, Place(book.name)))
    return FollowUpFile(Path(book.name).name, book.sha256, tuple(reports), tuple(findings))


def _table(sheet: Sheet) -> _Rows | None:
    for r in range(min(SEARCHED, len(sheet.rows))):
        cells = [c for c in sheet.rows[r] if isinstance(c, str)]
        named = {COLUMN_OF.get(normalise(cell)) for cell in cells}
        subject = _subject(named)
        if subject is not None and {"result", "state"} <= named:
            findings = SheetFindings(sheet)
            columns = columns_of(sheet.rows[r], r, findings, COLUMN_OF, _HEADER_KINDS)
            return _Rows(sheet, columns, findings, subject, r)
    return None


def _subject(named: set[str | None]) -> Subject | None:
    return next((subject for subject, key in _KEYS.items() if key in named), None)


@dataclass(frozen=True, slots=True)
class _Rows(FiledRows):
    """The rows below a header; ``subject`` is what they report of."""

    subject: Subject
    header: int

    def read(self) -> list[FiledReport]:
        """Return what is reported; rows with nothing filled in report nothing."""
        reports: list[FiledReport] = []
        first: dict[tuple[str, ...], Place] = {}
        for r in range(self.header + 1, len(self.sheet.rows)):
            broken = dict(unread_cells(self.sheet, r, self.columns.values()))
            for column, (kind, values) in broken.items():
                self.findings.add(kind, r, column, **values)
            if broken or not any(self.text(r, column) for column in _FILLED):
                continue  # what it says is not known in full, or it says nothing
            report = self._report(r)
            if report is None:
                continue
            key = (report.round, report.result, report.about)
            if key in first:
                said = first[key].cell
                self.tell(kinds.REPORTED_TWICE, r, "result", result=report.result, first=said)
            else:
                first[key] = report.place
                reports.append(report)
        return reports

    def _report(self, r: int) -> FiledReport | None:
        before = len(self.findings.entries)
        result = self.text(r, "result")
        if not result:
            self.tell(kinds.NO_RESULT, r, "result")
        about, state = self._about(r), self._state(r, result)
        day = self._day(r, result, state)
        figure = self._figure(r, LEVELS.get(about)) if self.subject == "outcome" else None
        if self.subject == "outcome" and state == "reached" and about in LEVELS:
            self._hold_against(r, result, LEVELS[about], figure)
        if len(self.findings.entries) > before:
            return None
        return FiledReport(
            subject=self.subject,
            round=self.text(r, "round"),
            result=result,
            about=about,
            state=state,
            text=self._shown(r, "value"),
            figure=figure,
            day=day,
            document=self.text(r, "document"),
            place=self.place(r, "state"),
            date_place=self.place(r, "date"),
            round_place=self.place(r, "round"),
        )

    def _about(self, r: int) -> str:
        column = _KEYS[self.subject]
        text = self._shown(r, column)
        if self.subject == "milestone":
            number = _NUMBER.fullmatch(text)
            if number is None:
                self.tell(kinds.NO_SUCH_MILESTONE, r, column, text=text)
            return str(int(number[1])) if number else ""
        if self.subject == "outcome":
            outcome = OUTCOME_OF.get(normalise(text), "")
            if not outcome:
                wanted = join((level.title for level in LEVELS.values()), LISTED)
                self.tell(kinds.UNKNOWN_OUTCOME, r, column, text=text, wanted=wanted)
            return outcome
        if not text:
            self.tell(kinds.NO_MATCH, r, column, text=text)
        return text

    def _state(self, r: int, result: str) -> str:
        text = self.text(r, "state")
        state = _STATE_OF[self.subject].get(normalise(text), "") if text else ""
        if not state:
            wanted: Words = join(_STATES[self.subject].values(), LISTED)
            if text:
                self.tell(kinds.UNKNOWN_STATE, r, "state", text=text, wanted=wanted)
            else:
                self.tell(kinds.NO_STATE, r, "state", result=result, wanted=wanted)
        return state

    def _day(self, r: int, result: str, state: str) -> str:
        day, wrong = self.day(r)
        if wrong == "no day":
            self.tell(kinds.NOT_A_DAY, r, "date", text=self.text(r, "date"))
        elif wrong == "missing" and state in _DATED:
            self.tell(kinds.NO_DATE, r, "date", result=result)
        return day

    def _shown(self, r: int, column: str) -> str:
        """Return a cell as it is seen: 35% of a 0.35 in that format."""
        if column not in self.columns:
            return ""
        cell = self.cell(r, column)
        form = self.sheet.notes.formats.at(r, self.columns[column])
        return str(text_shown(cell, form)).strip() if form else self.text(r, column)

    def _figure(self, r: int, level: Level | None) -> float | None:
        if level is None or level.figure == NOTHING or not self.text(r, "value"):
            return None
        text = self._shown(r, "value")
        figure = _share(text) if level.is_share else self._money(r)
        if figure is None:
            self.tell(
                kinds.NOT_A_NUMBER, r, "value", text=text, figure=level.figure, unit=level.unit
            )
        return figure

    def _money(self, r: int) -> float | None:
        cell: Any = self.cell(r, "value")
        form = self.sheet.notes.formats.at(r, self.columns["value"])
        stated = None if isinstance(cell, bool) else read_sum(amount_seen(cell, form))
        if stated is None or stated.is_share:
            return None
        unit = unit_of(stated.unit or "万元")
        if unit is None or unit.currency != "CNY":
            return None
        return float(stated.number) * unit.fen / _WAN

    def _hold_against(self, r: int, result: str, level: Level, figure: float | None) -> None:
        if figure is not None and level.least is not None and figure < level.least:
            values = {"value": f"{figure:g}", "least": f"{level.least:g}"}
            of_level = {"unit": level.unit, "shows": level.shows, "result": result}
            self.tell(kinds.BELOW_LEAST, r, "value", **values, **of_level)


def _share(text: str) -> float | None:
    match = _SHARE.fullmatch(text.replace(",", "").replace("，", ""))
    return float(match[1]) if match else None
