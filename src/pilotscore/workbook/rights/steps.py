"""Reads the steps of results: a row for each, with its days, actor and document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from pilotscore.arrays import Bools
from pilotscore.patterns import regex
from pilotscore.workbook.rights import kinds
from pilotscore.workbook.rights.case_words import DAY_KINDS
from pilotscore.workbook.rights.case_words import STEPS as STEP_WORDS
from pilotscore.workbook.rights.cells import days, flags, listing, numbers, texts, words
from pilotscore.workbook.rights.grid import Grid
from pilotscore.workbook.rights.merging import without_doubles
from pilotscore.workbook.rights.parties import of_results
from pilotscore.workbook.rights.records import STEPS, Dates, StepColumns
from pilotscore.workbook.rights.stacking import Columns, Stack, keys_of, sorted_rows, stacked
from pilotscore.workbook.values import kinds as value_kinds
from pilotscore.workbook.values.cells import tidy
from pilotscore.workbook.values.dates import StatedDate, date_in

# 15个工作日, 15 working days, 15天: what a number of days may have behind it.
_DAYS = regex(
    r"(?:不少于|满|≥)?\s*(?P<days>\d{1,3})\s*个?\s*"
    r"(?P<kind>工作日|自然日|日历日|working days?|business days?|calendar days?|days?|天|日)?",
    re.IGNORECASE,
)
_SPAN = regex(r"(?P<first>\S.*?)\s*(?:至|到|~|～|—|–|\bto\b|\s-\s)\s*(?P<last>\S.*)")
_ORDER = {step: place for place, step in enumerate(STEPS)}
_ALL = ("step", "start", "end", "actor", "document", "document_date", "days", "day_kind", "note")


def read_steps(grids: Sequence[Grid]) -> Stack | None:
    """Read sheets of steps; equal rows count once."""
    stack = stacked(grids, _columns)
    if stack is None:
        return None
    stack = of_results(stack)
    keys = keys_of(stack, ("result", "step"))
    stack, _ = without_doubles(stack, keys, ("result", *_ALL, "objections"))
    _tell(stack)
    return stack


def _columns(grid: Grid) -> Columns:
    columns: Columns = {role: texts(grid, role) for role in ("result", "actor", "document", "note")}
    columns["step"] = words(grid, "step", STEP_WORDS)
    columns["step_written"] = texts(grid, "step")
    spans, ranged = _spans(grid)
    columns["start"] = np.where(ranged, spans[0], days(grid, "start", without=ranged))
    columns["end"] = np.where(ranged, spans[1], days(grid, "end", without=ranged))
    columns["document_date"] = days(grid, "document_date")
    columns["objections"] = flags(grid, "objections")
    columns["day_kind"] = words(grid, "day_kind", DAY_KINDS)
    columns["days"] = _days(grid, columns)
    # What takes one day has one date; publicity that only begins has not ended.
    lasting = columns["step"] == "published"
    one = np.isnat(columns["end"]) & ~lasting
    columns["end"] = np.where(one, columns["start"], columns["end"])
    begun = np.isnat(columns["start"]) & ~lasting
    columns["start"] = np.where(begun, columns["end"], columns["start"])
    return columns


def _spans(grid: Grid) -> tuple[tuple[Dates, Dates], Bools]:
    """Return the first and last days that stand in one cell, and where: 2024年3月1日至3月16日."""
    first, last = (np.full(len(grid), np.datetime64("NaT"), "datetime64[D]") for _ in "12")
    ranged = np.zeros(len(grid), dtype=bool)
    for i, text in enumerate(texts(grid, "start")):
        match = _SPAN.fullmatch(text)
        span = _days_of(match["first"], match["last"]) if match else None
        if span is not None:
            ranged[i], first[i], last[i] = True, np.datetime64(span[0]), np.datetime64(span[1])
    return (first, last), ranged


def _days_of(first: str, last: str) -> tuple[str, str] | None:
    """Return the days of a span, the last in the year and month of the first where it has none."""
    start = date_in(first)
    year = re.match(r"\d{4}\s*([-./年])", first)
    if start is None or not _is_day(start):
        return None
    parts = (last, f"{year[0]}{last}" if year else "", f"{start.date[:7]}-{last}")
    end = next((d for part in parts if (d := date_in(part)) is not None and _is_day(d)), None)
    return None if end is None else (start.date, end.date)


def _is_day(stated: StatedDate) -> bool:
    return bool(stated.date) and stated.kind is not value_kinds.MONTH_DATE


def _days(grid: Grid, columns: Columns) -> np.ndarray:
    """Return the numbers of days, and take which days are meant from behind them."""
    said = texts(grid, "days")
    matches = [_DAYS.fullmatch(text) for text in said]
    worded = np.array([m is not None and m["kind"] is not None for m in matches], dtype=bool)
    read = numbers(grid, "days", without=worded)
    for i in np.flatnonzero(worded).tolist():
        match = matches[i]
        if match is not None:
            read[i] = float(match["days"])
            kind = DAY_KINDS.meaning(tidy(match["kind"]))
            columns["day_kind"][i] = columns["day_kind"][i] or kind
    return read


def _tell(stack: Stack) -> None:
    """Tell steps that are not named, end before they start, or have a document without a date."""
    c = stack.columns
    for i in np.flatnonzero((c["step"] == "") & (c["step_written"] == "")).tolist():
        stack.tell(kinds.NO_STEP, i, "step", known=listing(STEP_WORDS.titles.values()))
    for i in np.flatnonzero(c["end"] < c["start"]).tolist():
        ends: dict[str, Any] = {"start": str(c["start"][i]), "end": str(c["end"][i])}
        stack.tell(kinds.STEP_BACKWARDS, i, "end", **ends)
    for i in np.flatnonzero((c["document"] != "") & np.isnat(c["document_date"])).tolist():
        dated = stack.at.place(i, "document_date").column is not None
        role = "document_date" if dated else "document"
        stack.tell(kinds.DOCUMENT_WITHOUT_DATE, i, role, document=c["document"][i])


def steps_of(stack: Stack) -> StepColumns:
    """Return the steps in order of result, state and day."""
    place = np.array([_ORDER.get(s, len(_ORDER)) for s in stack.columns["step"]], dtype=np.int64)
    stack.columns["place"] = place
    rows = sorted_rows(stack, ("result", "place", *_ALL))
    c = rows.columns
    return StepColumns(
        at=rows.at,
        result=c["result"],
        objections=c["objections"],
        **{role: c[role] for role in _ALL},
    )
