"""The workbook that goes to grantees: milestones and outcomes, white cells to fill in."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from pilotscore.criteria.outcomes import LEVELS
from pilotscore.language import Lang, Text, Words
from pilotscore.records import dataclass
from pilotscore.workbook.follow.words import MILESTONE_STATES, OUTCOME_STATES, ours

_MILESTONES, _OUTCOMES = Text("里程碑", "Milestones"), Text("成效", "Outcomes")
_HELP = Text(
    "只填白色单元格：完成情况从下拉列表中选，写明数值、达到日期与证明文件；没有进展的行留空，"
    "尚未达到不是失败。填好后交回。",
    "Fill in the white cells alone: choose the state from the list, with value, date and document; "
    "leave rows blank where nothing happened: not yet is no failure. Send it back when done.",
)
_BORDER = {"border": 1, "border_color": "#BFBFBF", "valign": "vcenter", "text_wrap": True}
_FIXED = {**_BORDER, "bg_color": "#F2F2F2"}
_FORMATS: dict[str, dict[str, Any]] = {
    "help": {"italic": True, "text_wrap": True, "valign": "top"},
    "head": {**_BORDER, "bold": True, "bg_color": "#DDEBF7", "align": "center"},
    "fixed": {**_FIXED, "num_format": "@"},
    "number": {**_FIXED, "num_format": "#,##0.######"},
    "day": {**_FIXED, "num_format": "yyyy-mm-dd"},
    "entry": {**_BORDER, "locked": False},
    "entry_day": {**_BORDER, "locked": False, "num_format": "yyyy-mm-dd"},
}
_WIDTHS = {
    **{"round": 14, "result": 14, "title": 30, "number": 6, "amount": 12, "due": 12, "shows": 36},
    **{"outcome": 16, "figure": 24, "state": 18, "value": 18, "date": 13, "document": 32},
}
_ENTRIES = ("state", "value", "date", "document")


@dataclass(frozen=True, slots=True)
class Entries:
    """What was reported before, to be carried on: a state in words, value, day, document."""

    state: Words | None = None
    value: str | float | None = None
    day: str = ""
    document: str = ""


NOTHING_YET = Entries()


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A payment that something must be shown for; ``amount`` is in the unit of the call."""

    number: int
    amount: float
    due: datetime.date | None
    shows: Words
    entries: Entries = NOTHING_YET


@dataclass(frozen=True, slots=True)
class GranteeRows:
    """One grant: its round by the start of its key, the result, and what is asked of it."""

    round: str
    result: str
    title: str
    unit: str
    milestones: tuple[MilestoneRow, ...]
    outcomes: Mapping[str, Entries] = field(default_factory=dict)


def write_follow_sheet(path: Path, grants: Sequence[GranteeRows], lang: Lang) -> None:
    """Write the workbook, the same bytes every time.

    Parameters
    ----------
    path
        The file.
    grants
        What is asked of whom.
    lang
        Of the headings.
    """
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "tmpdir": str(path.parent)}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})
        formats = {name: book.add_format(f) for name, f in _FORMATS.items()}
        pen = _Pen(book, formats, lang)
        if any(grant.milestones for grant in grants):
            units = dict.fromkeys(grant.unit for grant in grants)
            amount = f"{ours('amount', lang)} ({'/'.join(units)})"
            pen.sheet(_MILESTONES, _milestone_rows(grants, lang), MILESTONE_STATES, amount)
        pen.sheet(_OUTCOMES, _outcome_rows(grants, lang), OUTCOME_STATES)


Cells = dict[str, Any]


def _milestone_rows(grants: Sequence[GranteeRows], lang: Lang) -> Iterable[Cells]:
    for grant in grants:
        for row in grant.milestones:
            yield {
                **_whose(grant),
                "number": row.number,
                "amount": row.amount,
                "due": row.due,
                "shows": row.shows.to(lang),
                **_entered(row.entries, lang),
            }


def _outcome_rows(grants: Sequence[GranteeRows], lang: Lang) -> Iterable[Cells]:
    for grant in grants:
        for level in LEVELS.values():
            figure = level.figure.to(lang)
            yield {
                **_whose(grant),
                "outcome": level.title.to(lang),
                "shows": level.shows.to(lang),
                "figure": f"{figure} ({level.unit.to(lang)})" if figure else "",
                **_entered(grant.outcomes.get(level.id, NOTHING_YET), lang),
            }


def _whose(grant: GranteeRows) -> Cells:
    return {"round": grant.round, "result": grant.result, "title": grant.title}


def _entered(entries: Entries, lang: Lang) -> Cells:
    day = datetime.date.fromisoformat(entries.day) if entries.day else None
    state = "" if entries.state is None else entries.state.to(lang)
    value = "" if entries.value is None else entries.value
    return {"state": state, "value": value, "date": day, "document": entries.document}


@dataclass(frozen=True, slots=True)
class _Pen:
    """Writes the sheets of one workbook."""

    book: Any
    formats: Mapping[str, Any]
    lang: Lang

    def sheet(
        self, name: Text, rows: Iterable[Cells], states: Mapping[str, Text], amount: str = ""
    ) -> None:
        """Write a sheet: a line of help, a header, rows of which the last columns are open."""
        listed = list(rows)
        sheet = self.book.add_worksheet(name.to(self.lang))
        columns = list(listed[0])
        sheet.merge_range(0, 0, 0, len(columns) - 1, _HELP.to(self.lang), self.formats["help"])
        sheet.set_row(0, 34)
        for c, column in enumerate(columns):
            head = amount if column == "amount" else ours(column, self.lang)
            sheet.write_string(1, c, head, self.formats["head"])
            sheet.set_column(c, c, _WIDTHS[column])
        for r, cells in enumerate(listed, start=2):
            for c, column in enumerate(columns):
                self._cell(sheet, r, c, column, cells[column])
        end, at = 1 + len(listed), columns.index("state")
        choices = [text.to(self.lang) for text in states.values()]
        sheet.data_validation(2, at, end, at, {"validate": "list", "source": choices})
        first, last = datetime.date(1990, 1, 1), datetime.date(9999, 12, 31)
        rule = {"validate": "date", "criteria": "between", "minimum": first, "maximum": last}
        at = columns.index("date")
        sheet.data_validation(2, at, end, at, rule)
        sheet.freeze_panes(2, 3)
        sheet.repeat_rows(1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})

    def _cell(self, sheet: Any, r: int, c: int, column: str, value: Any) -> None:
        entry = column in _ENTRIES
        if isinstance(value, datetime.date):
            form = self.formats["entry_day" if entry else "day"]
            sheet.write_datetime(r, c, datetime.datetime.combine(value, datetime.time()), form)
        elif isinstance(value, int | float):
            sheet.write_number(r, c, value, self.formats["entry" if entry else "number"])
        elif entry:
            form = self.formats["entry_day" if column == "date" else "entry"]
            if value:
                sheet.write_string(r, c, value, form)
            else:
                sheet.write_blank(r, c, None, form)
        else:
            sheet.write_string(r, c, value or "", self.formats["fixed"])
