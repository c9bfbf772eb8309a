"""Published days of rights: worked dates of periods, and the holidays that move them. As YYYYMMDD."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from pilotscore.criteria.legal.holidays import shipped_holidays
from pilotscore.criteria.legal.periods import shipped_periods
from pilotscore.rights.ip import running_periods
from pilotscore.rights.ip.fees import surcharges
from tests.published.registry import case
from tests.rights.ip.making import notices, rights

MODULE = "dsh-patent-deadline, its tests"
FILED = {"filed": "2020-01-15"}
# A calendar of weekends alone, as the module has it.
WEEKENDS = replace(shipped_holidays(), years={}, files=())


def _days(row: dict[str, Any], *wanted: str, notice: dict[str, Any] | None = None) -> list[int]:
    """Return the days of rules: the due day, or with ``/raw`` and the like another of its days."""
    sent = None if notice is None else notices({"service": "electronic", **notice})
    due = running_periods(
        rights(row), sent, shipped_periods(), WEEKENDS, datetime.date(2026, 8, 30)
    )
    rows = {d.rule.id: d for d in due}
    parts = (name.partition("/") for name in wanted)
    return [_number(getattr(rows[rule], of or "due")) for rule, _, of in parts]


def _number(day: Any) -> int:
    return int(str(day).replace("-", ""))


def _notice(year: int) -> Iterable[int]:
    found = shipped_holidays().years[year]
    return (*(h.days for h in found.holidays), *map(_number, found.working))


CASES = [
    case(
        "申请费、优先权、恢复优先权、实审请求的期限（申请日 2020-01-15）",
        "Filing fee, priority and its restoration, examination (filed 2020-01-15)",
        MODULE,
        "20200316 20210115 20210315 20230116",
        lambda: _days(FILED, "filing_fee", "priority", "priority/restorable", "examination"),
        note="weekends alone, as there",
    ),
    case(
        "有优先权 2019-06-01 时的实审请求、增改优先权",
        "Examination and adding priority, with priority of 2019-06-01",
        MODULE,
        "20220601 20201001",
        lambda: _days({**FILED, "priority": "2019-06-01"}, "examination", "priority_add"),
        note="weekends alone, as there",
    ),
    case(
        "授权登记（授权通知电子送达 2026-09-01）",
        "Registration for grant (notice served 2026-09-01)",
        MODULE,
        "20261101 20261102",
        lambda: _days({**FILED, "grant_notice": "2026-09-01"}, "grant/raw", "grant"),
        note="weekends alone, as there",
    ),
    case(
        "第一次审查意见（电子送达 2026-08-20）",
        "First office action (served 2026-08-20)",
        MODULE,
        "20261220 20261221",
        lambda: _days(
            FILED,
            "first_action/raw",
            "first_action",
            notice={"kind": "first_action", "served": "2026-08-20"},
        ),
        note="weekends alone, as there",
    ),
    case(
        "再次审查意见，1 个月（邮寄 2026-08-20 发文）",
        "Later office action of one month (posted 2026-08-20)",
        MODULE,
        "20261004 20261005",
        lambda: _days(
            FILED,
            "later_action/raw",
            "later_action",
            notice={
                "kind": "later_action",
                "dispatched": "2026-08-20",
                "service": "posted",
                "months": 1,
            },
        ),
        note="weekends alone, as there; with National Day it is 2026-10-08",
    ),
    case(
        "再次审查意见，2 个月（电子送达 2026-06-01）",
        "Later office action of two months (served 2026-06-01)",
        MODULE,
        "20260801 20260803",
        lambda: _days(
            FILED,
            "later_action/raw",
            "later_action",
            notice={"kind": "later_action", "served": "2026-06-01"},
        ),
        note="weekends alone, as there",
    ),
    case(
        "第 8 年度年费及其宽限期（2026-09-01 授权）",
        "Annual fee of year 8 and its window (granted 2026-09-01)",
        MODULE,
        "20270115 20270715",
        lambda: _days(
            {**FILED, "granted": "2026-09-01", "fee_year": 7}, "annual_fee", "annual_fee/grace"
        ),
        note="weekends alone, as there",
    ),
    case(
        "第 9 年度年费",
        "Annual fee of year 9",
        MODULE,
        "20280117",
        lambda: _days({**FILED, "granted": "2026-09-01", "fee_year": 8}, "annual_fee"),
        note="weekends alone, as there",
    ),
    case(
        "年费滞纳金比例（%），逐月",
        "Surcharge of an annual fee in per cent, month by month",
        "Implementing Regulations of the Patent Law (2023), art. 115, and the fee table",
        "0 5 10 15 20 25",
        lambda: [
            surcharges(np.array(["2027-01-15"], "M8[D]"), shipped_periods().file.annual_fee, day)[0]
            for day in np.datetime64("2027-01-20") + np.array([0, 31, 59, 90, 120, 151])
        ],
    ),
    case(
        "2025 年各节日放假天数与上班日",
        "Days of each holiday of 2025, and make-up days",
        "国办发明电〔2024〕12号",
        "1 8 3 5 3 8 20250126 20250208 20250427 20250928 20251011",
        lambda: _by_stretch(2025),
    ),
    case(
        "2026 年各节日放假天数与上班日",
        "Days of each holiday of 2026, and make-up days",
        "国办发明电〔2025〕7号",
        "3 9 3 5 3 3 7 20260104 20260214 20260228 20260509 20260920 20261010",
        lambda: _notice(2026),
    ),
]  # fmt: skip


def _by_stretch(year: int) -> list[int]:
    """Return the days of each stretch: National Day and Mid-autumn are one in the notice."""
    found = shipped_holidays().years[year]
    lengths: list[int] = []
    last = None
    for holiday in found.holidays:
        if last is not None and holiday.first == last + datetime.timedelta(days=1):
            lengths[-1] += holiday.days
        else:
            lengths.append(holiday.days)
        last = holiday.last
    return [*lengths, *map(_number, found.working)]
