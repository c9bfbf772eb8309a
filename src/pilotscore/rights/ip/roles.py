"""The day of each role of every right: as its sheet says, or as a notice of the office does."""

from __future__ import annotations

from typing import Any

import numpy as np

from pilotscore.arrays import Bools, Codes
from pilotscore.criteria.legal.periods import ServiceRules
from pilotscore.language import Text
from pilotscore.records import dataclass
from pilotscore.rights.counting import service_days
from pilotscore.rights.due import NO_DAY
from pilotscore.workbook.rights.records import Dates, IpColumns, NoticeColumns, RowPlaces

# The role that the service of a notice fills where the sheet of rights has no day for it.
_OF_NOTICES = {
    "receipt": "received",
    "exam_entered": "exam_entered",
    "grant": "grant_notice",
    "rejection": "rejected",
    "loss": "lapse_notice",
}
FILING, FIRST = "filed", "priority_or_filed"
ROLE_TITLES: dict[str, Text] = {
    "filed": Text("申请日", "filing"),
    "priority": Text("优先权日", "priority date"),
    "priority_or_filed": Text(
        "优先权日（无优先权的为申请日）", "priority date, or filing without one"
    ),
    "priority_copy": Text("优先权副本提交日", "priority copy"),
    "received": Text("受理通知书收到日", "receipt of the filing notice"),
    "filing_fee_paid": Text("申请费缴纳日", "payment of the filing fee"),
    "published": Text("公开日", "publication"),
    "exam_requested": Text("实质审查请求日", "request for examination"),
    "exam_entered": Text("进入实质审查阶段通知送达日", "notice of entry into examination"),
    "grant_notice": Text("授权通知送达日", "service of the grant notice"),
    "registered": Text("办理登记日", "registration"),
    "granted": Text("授权公告日", "publication of the grant"),
    "fees_paid_to": Text("年费缴至", "day up to which fees are paid"),
    "rejected": Text("驳回决定送达日", "service of the rejection"),
    "lapse_notice": Text("权利丧失通知送达日", "service of the notice of loss"),
    "own_publication": Text("自行公开日", "own publication"),
    "first_use": Text("首次商业利用日", "first commercial use"),
    "national_entry": Text("进入中国国家阶段日", "entry into the Chinese phase"),
    "foreign_filed": Text("向外国申请日", "filing abroad"),
    "secrecy_requested": Text("保密审查请求日", "request for secrecy review"),
    "secrecy_cleared": Text("保密审查通过日", "clearance of secrecy review"),
    "approved": Text("上市许可日", "marketing approval"),
    "licensed": Text("许可合同生效日", "effect of the licence"),
    "licence_filed": Text("许可备案日", "filing of the licence"),
    "reexam_requested": Text("复审请求日", "request for re-examination"),
    "restoration_requested": Text("恢复权利请求日", "request for restoration"),
    "grace_proof": Text("宽限期证明提交日", "proof for the grace period"),
    "term_adjustment_asked": Text("期限补偿请求日", "request for term adjustment"),
    "reward_paid": Text("发明人奖励发放日", "payment of the inventors' reward"),
    "served": Text("通知送达日", "service of the notice"),
    "fee_due": Text("上一专利年度届满日", "end of the preceding patent year"),
}


@dataclass(frozen=True, slots=True, eq=False)
class RightDays:
    """Rights with the day of every role.

    ``days`` has those of `IP_DATES` and ``priority_or_filed``; ``claims`` whether priority is
    claimed; ``unserved`` whether a right has a notice of a role whose day of service cannot be
    said; ``service`` the day on which each notice counts as served.
    """

    ip: IpColumns
    days: dict[str, Dates]
    claims: Bools
    unserved: dict[str, Bools]
    notices: NoticeColumns | None
    service: Dates

    def __len__(self) -> int:
        """Return how many rights there are."""
        return len(self.ip)

    def stated(self, role: str) -> Bools:
        """Whether a right has a cell for a role, blank or not: else nothing is known of it."""
        return has_cell(self.ip.at, role)


def right_days(ip: IpColumns, notices: NoticeColumns | None, rules: ServiceRules) -> RightDays:
    """Return the day of every role of each right."""
    n = len(ip)
    days = dict(ip.dates)
    unserved = {role: np.zeros(n, bool) for role in _OF_NOTICES.values()}
    service = np.zeros(0, "M8[D]")
    if notices is not None:
        service = service_days(notices.service, notices.dispatched, notices.served, rules)
        for kind, role in _OF_NOTICES.items():
            of_kind = (notices.kind == kind) & (notices.right >= 0)
            latest = _latest(n, notices.right[of_kind], service[of_kind])
            unserved[role][notices.right[of_kind & np.isnat(service)]] = True
            days[role] = np.where(np.isnat(days[role]), latest, days[role])
    priority = days["priority"]
    flag: Codes = ip.flags["priority_claimed"]
    claims: Bools = (flag == 1) | ((flag == -1) & ~np.isnat(priority))
    days[FIRST] = np.where(claims, priority, days[FILING])
    return RightDays(ip, days, claims, unserved, notices, service)


def has_cell(at: RowPlaces, role: str) -> Bools:
    """Whether each row has a cell for a role, in its table or as a form."""
    has = np.array([role in columns for columns in at.columns], bool)
    filled: Bools = has[at.table] if len(at) else np.zeros(0, bool)
    rows = [row for row, of in at.cells if of == role]
    filled[rows] = True
    return filled


def _latest(n: int, right: Any, day: Dates) -> Dates:
    """Return the latest day of each right; NaT where it has none."""
    latest = _blank(n)
    known = ~np.isnat(day)
    order = np.argsort(day[known], kind="stable")
    latest[right[known][order]] = day[known][order]
    return latest


def _blank(n: int) -> Dates:
    return np.full(n, NO_DAY)
