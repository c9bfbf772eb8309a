"""Rights and notices made of a few words, and what is worked out of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from pilotscore.criteria.legal.holidays import shipped_holidays
from pilotscore.criteria.legal.periods import shipped_periods
from pilotscore.rights.due import Due
from pilotscore.rights.ip import IpAssessment, assess_ip
from pilotscore.workbook.rights.records import (
    IP_DATES,
    IP_FLAGS,
    IpColumns,
    NoticeColumns,
    RowPlaces,
)

Row = Mapping[str, Any]
AS_OF = datetime.date(2026, 11, 30)
_COLUMNS = (*IP_DATES, *IP_FLAGS, "status", "fee_year")
_OF_NOTICES = ("kind", "dispatched", "served", "service", "months", "replied")


def rights(*rows: Row, columns: Iterable[str] = _COLUMNS) -> IpColumns:
    """Return rights: each row has its kind, days, flags; ``columns`` is what the sheet has."""
    n = len(rows)
    at = RowPlaces(
        (("a.xlsx", "知识产权"),),
        ({role: c for c, role in enumerate(columns)},),
        np.zeros(n, np.int64),
        np.arange(n) + 1,
    )
    return IpColumns(
        at,
        _texts(rows, "result", "R1"),
        _texts(rows, "kind", "invention"),
        _texts(rows, "number", ""),
        _texts(rows, "title", ""),
        _texts(rows, "owner", ""),
        _texts(rows, "status", ""),
        {role: _days(rows, role) for role in IP_DATES},
        {flag: np.array([r.get(flag, -1) for r in rows], np.int8) for flag in IP_FLAGS},
        np.array([r.get("fee_year", np.nan) for r in rows], float),
    )


def notices(*rows: Row, columns: Iterable[str] = _OF_NOTICES) -> NoticeColumns:
    """Return notices of the first right, or of the one that ``right`` names."""
    n = len(rows)
    at = RowPlaces(
        (("a.xlsx", "通知"),),
        ({role: c for c, role in enumerate(columns)},),
        np.zeros(n, np.int64),
        np.arange(n) + 1,
    )
    return NoticeColumns(
        at,
        np.array([r.get("right", 0) for r in rows], np.int64),
        _texts(rows, "kind", ""),
        _days(rows, "dispatched"),
        _days(rows, "served"),
        _texts(rows, "service", "electronic"),
        np.array([r.get("months", np.nan) for r in rows], float),
        _days(rows, "replied"),
    )


def assessed(
    ip: IpColumns | Row,
    *of_office: Row,
    as_of: str | datetime.date = AS_OF,
    measures: Mapping[str, Mapping[str, bool]] | None = None,
) -> IpAssessment:
    day = datetime.date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    columns = ip if isinstance(ip, IpColumns) else rights(ip)
    sent = notices(*of_office) if of_office else None
    return assess_ip(columns, sent, shipped_periods(), shipped_holidays(), day, measures)


def due(found: IpAssessment, rule: str, part: int | None = None) -> Due:
    """Return the one row of a rule."""
    rows = [d for d in found.due if d.rule.id == rule and part in (None, d.part)]
    assert len(rows) == 1, [d.rule.id for d in found.due]
    return rows[0]


def rules_of(found: IpAssessment) -> list[str]:
    return [d.rule.id for d in found.due]


def _texts(rows: Iterable[Row], key: str, otherwise: str) -> np.ndarray:
    return np.array([r.get(key, otherwise) for r in rows], object)


def _days(rows: Iterable[Row], role: str) -> np.ndarray:
    return np.array([r.get(role, "NaT") for r in rows], "M8[D]")
