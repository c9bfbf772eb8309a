"""Sheets of ownership made from rows of words, for the tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from pilotscore.criteria.legal.holidays import load_holidays
from pilotscore.rights.calendar import working_days
from pilotscore.rights.ownership.case import Case, case_of
from pilotscore.rights.ownership.ownership import Ownership, ownership_of
from pilotscore.workbook.rights.records import (
    CASE_DATES,
    CASE_FLAGS,
    EXCLUSIVE,
    IP_DATES,
    IP_FLAGS,
    PARTY_FLAGS,
    CaseColumns,
    DistributionColumns,
    IpColumns,
    PartyColumns,
    RightsRead,
    RowPlaces,
    StepColumns,
)

Row = Mapping[str, Any]
CALENDAR = working_days(load_holidays(users=False))
AS_OF = np.datetime64("2026-11-30")


def places(sheet: str, count: int) -> RowPlaces:
    """Each role stands in a column of its own, the first row below a header."""
    roles = [
        "result",
        "share",
        "use_years",
        "claim_due",
        "consents",
        "related_buyer",
        "amount",
        "start",
        "end",
        "region",
    ]
    columns = {role: i for i, role in enumerate(roles)}
    return RowPlaces(
        (("rights.xlsx", sheet),), (columns,), np.zeros(count, np.int64), np.arange(1, count + 1)
    )


def texts(rows: Iterable[Row], name: str) -> Any:
    return np.array([row.get(name, "") for row in rows], object)


def numbers(rows: Iterable[Row], name: str) -> Any:
    return np.array([row.get(name, np.nan) for row in rows], np.float64)


def days(rows: Iterable[Row], name: str) -> Any:
    return np.array([row.get(name, "NaT") for row in rows], "M8[D]")


def flags(rows: Iterable[Row], names: Iterable[str]) -> Any:
    return {n: np.array([row.get(n, -1) for row in rows], np.int8) for n in names}


def cases(rows: list[Row]) -> CaseColumns:
    return CaseColumns(
        at=places("权属", len(rows)),
        **{n: texts(rows, n) for n in ("result", "region", "mode", "payment", "currency")},
        amount=numbers(rows, "amount"),
        dates={n: days(rows, n) for n in CASE_DATES},
        flags=flags(rows, (*CASE_FLAGS, EXCLUSIVE)),
    )


def parties(rows: list[Row]) -> PartyColumns:
    return PartyColumns(
        at=places("权属", len(rows)),
        **{
            n: texts(rows, n)
            for n in ("result", "party", "kind", "role", "currency", "claim_trigger")
        },
        **{n: numbers(rows, n) for n in ("share", "use_years", "claim")},
        **{n: days(rows, n) for n in ("claim_due", "claim_settled")},
        flags=flags(rows, PARTY_FLAGS),
    )


def steps(rows: list[Row]) -> StepColumns:
    rows = [{"end": row.get("start", "NaT"), **row} for row in rows]
    return StepColumns(
        at=places("权属进程", len(rows)),
        **{n: texts(rows, n) for n in ("result", "step", "actor", "document", "day_kind", "note")},
        **{n: days(rows, n) for n in ("start", "end", "document_date")},
        days=numbers(rows, "days"),
        objections=np.array([row.get("objections", -1) for row in rows], np.int8),
    )


def distributions(rows: list[Row]) -> DistributionColumns:
    return DistributionColumns(
        at=places("收益分配", len(rows)),
        **{n: texts(rows, n) for n in ("result", "item", "recipient", "currency", "of", "form")},
        **{n: numbers(rows, n) for n in ("amount", "share")},
        date=days(rows, "date"),
        agreed=np.array([row.get("agreed", -1) for row in rows], np.int8),
    )


def ip(rows: list[Row]) -> IpColumns:
    return IpColumns(
        at=places("知识产权", len(rows)),
        **{n: texts(rows, n) for n in ("result", "kind", "number", "title", "owner", "status")},
        dates={n: days(rows, n) for n in IP_DATES},
        flags=flags(rows, IP_FLAGS),
        fee_year=numbers(rows, "fee_year"),
    )


MAKERS = {
    "cases": cases,
    "parties": parties,
    "steps": steps,
    "distributions": distributions,
    "ip": ip,
}


@dataclass(frozen=True)
class Book:
    """Sheets as rows; a row without a result is about R1."""

    sheets: Mapping[str, list[Row]]

    def read(self) -> RightsRead:
        made = {
            name: MAKERS[name]([{"result": "R1", **row} for row in rows])
            for name, rows in self.sheets.items()
        }
        return RightsRead(**made)

    def owned(self, as_of: Any = AS_OF, **options: Any) -> Ownership:
        return ownership_of(self.read(), CALENDAR, np.datetime64(as_of), **options)

    def case(self, as_of: Any = AS_OF, **options: Any) -> Case:
        return case_of(self.owned(as_of, **options), "R1")

    def codes(self, as_of: Any = AS_OF, **options: Any) -> set[str]:
        return {f.code for f in self.owned(as_of, **options).findings()}


def book(**sheets: list[Row]) -> Book:
    return Book(sheets)


def done(step: str, day: str, **more: Any) -> Row:
    """A step with its document."""
    return {"step": step, "start": day, "document": f"{step}.pdf", "document_date": day, **more}


def university(
    region: str = "", mode: str = "licence", kind: str = "state_university", **case: Any
) -> dict[str, list[Row]]:
    """A result of one unit, whose other sheets the test adds."""
    return {
        "cases": [{"region": region, "mode": mode, **case}],
        "parties": [{"party": "某大学", "kind": kind, "share": 100.0}],
    }
