"""What is read of rights, as columns with their cells.

One place in every column for each row that was read. A date that is blank is NaT, a number nan, a
text ''; a yes or no is 1, 0, or -1 where nothing is said. Nothing is assumed in silence: what a
cell does not say stays blank here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

import numpy as np
from numpy.typing import NDArray

from pilotscore.arrays import Codes, Floats, Ints
from pilotscore.findings import Finding, Place
from pilotscore.records import dataclass

Dates = NDArray[np.datetime64]  # datetime64[D]
Texts = NDArray[np.object_]

IP_KINDS = (
    "invention",
    "utility_model",
    "design",
    "pct",
    "software",
    "ic_layout",
    "plant_variety",
    "trade_secret",
    "trademark",
)
# The dates that a sheet of IP rights may have, by what they are.
IP_DATES = (
    "filed",  # 申请日
    "priority",  # 优先权日
    "priority_copy",  # 优先权副本提交日
    "received",  # 受理通知书收到日
    "filing_fee_paid",  # 申请费缴纳日
    "published",  # 公开日
    "exam_requested",  # 实质审查请求日
    "exam_entered",  # 进入实质审查阶段通知送达日
    "grant_notice",  # 授权通知送达日
    "registered",  # 办理登记日
    "granted",  # 授权公告日
    "fees_paid_to",  # 年费缴至
    "rejected",  # 驳回决定送达日
    "lapse_notice",  # 权利丧失通知送达日
    "own_publication",  # 自行公开日
    "first_use",  # 首次商业利用日
    "national_entry",  # PCT 进入中国国家阶段日
    "foreign_filed",  # 向外国申请日
    "secrecy_requested",  # 保密审查请求日
    "secrecy_cleared",  # 保密审查通过日
    "approved",  # 药品等上市许可日
    "licensed",  # 许可合同生效日
    "licence_filed",  # 许可备案日
    "reexam_requested",  # 复审请求日
    "restoration_requested",  # 恢复权利请求日
    "grace_proof",  # 宽限期证明提交日
    "term_adjustment_asked",  # 专利权期限补偿请求日
    "reward_paid",  # 发明人奖励发放日
)
IP_FLAGS = (
    "core",
    "priority_claimed",
    "in_force",
    "exclusive_licence",
    "open_licence",
    "pledged",
    "grace_case",  # 自行公开属于专利法第二十四条的四种情形之一
    "evaluation_report",  # 已有专利权评价报告
    "pledgee_consents",  # 质权人同意
)
SERVICES = ("electronic", "posted", "handed_over", "public_notice")
NOTICES = (
    "receipt",
    "first_action",
    "later_action",
    "rejection",
    "grant",
    "loss",
    "exam_entered",
    "secrecy",
    "other",
)

PARTY_KINDS = (
    "state_university",
    "private_university",
    "state_institute",
    "private_institute",
    "state_hospital",
    "state_enterprise",
    "enterprise",
    "team",
    "person",
    "other",
)
# Law on promoting the transformation of results, article 16; paying later is a way of payment.
MODES = ("own_investment", "transfer", "licence", "joint", "shares", "other")
PAYMENTS = ("once", "instalments", "royalty", "use_first", "agreed_income", "shares", "mixed")
# The states of a service invention, in the order in which they are reached.
STEPS = (
    "disclosed",
    "service_invention",
    "valued",
    "protected",
    "planned",
    "decided",
    "published",
    "vested",
    "registered",
    "executed",
    "received",
    "distributed",
    "operated",
    "exited",
    "lapsed",
    "returned",
)
# What a sheet of distributions may name beside its recipients.
AMOUNTS = (
    "income",  # 转化收入
    "cost",  # 成本
    "tax",  # 税费
    "upkeep",  # 知识产权维护费
    "appraisal",  # 评估、鉴定费
    "negotiation",  # 谈判等交易费用
    "public_money",  # 成本中的财政科研经费
    "net_income",  # 净收入
    "reward",  # 奖励总额
    "main_contributors",  # 主要贡献人员
    "transfer_staff",  # 转化人员
    "unit",  # 单位留存
    "other",
)


@dataclass(frozen=True, slots=True, eq=False)
class RowPlaces:
    """Where rows stand: the tables that were read, and the table and row of each.

    ``columns`` has the column of each role in each table; a form has one cell for each role, in
    ``cells`` as (row, column), which comes before it.
    """

    tables: tuple[tuple[str, str], ...]  # workbook and sheet
    columns: tuple[Mapping[str, int], ...]
    table: Ints
    row: Ints
    cells: Mapping[tuple[int, str], tuple[int, int]] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.row)

    def place(self, i: int, role: str | None = None) -> Place:
        """Return the cell of a role in a row; the row where there is no such column."""
        table = int(self.table[i])
        book, sheet = self.tables[table]
        if role is not None and (cell := self.cells.get((i, role))) is not None:
            return Place(book, sheet, *cell)
        column = self.columns[table].get(role) if role is not None else None
        return Place(book, sheet, int(self.row[i]), column)


@dataclass(frozen=True, slots=True, eq=False)
class IpColumns:
    """IP rights: one row for each right.

    ``kind`` is one of `IP_KINDS`, '' where it is none; ``dates`` has every role of `IP_DATES`,
    ``flags`` every one of `IP_FLAGS`; ``fee_year`` is the patent year up to which fees are paid.
    """

    at: RowPlaces
    result: Texts
    kind: Texts
    number: Texts
    title: Texts
    owner: Texts
    status: Texts
    dates: Mapping[str, Dates]
    flags: Mapping[str, Codes]
    fee_year: Floats

    def __len__(self) -> int:
        """Return how many rights there are."""
        return len(self.result)


@dataclass(frozen=True, slots=True, eq=False)
class NoticeColumns:
    """Notices of the office: one row for each, ``right`` is the place of its right.

    ``kind`` is one of `NOTICES`, ``service`` of `SERVICES`, '' where it is not said; ``months`` is
    the period that the notice designates, nan where it designates none and 0 where what is stated
    is no number of months.
    """

    at: RowPlaces
    right: Ints
    kind: Texts
    dispatched: Dates
    served: Dates
    service: Texts
    months: Floats
    replied: Dates

    def __len__(self) -> int:
        """Return how many notices there are."""
        return len(self.right)


@dataclass(frozen=True, slots=True, eq=False)
class PartyColumns:
    """Parties to a result: one row for each result and party.

    ``kind`` is one of `PARTY_KINDS`; ``share`` in per cent; ``use_years`` is that of a right of
    use; ``claim`` an amount in ``currency`` that is owed instead of a share, with what triggers it
    and when it is due. ``flags``: head_of_unit, related_buyer, consents, main_contributor.
    """

    at: RowPlaces
    result: Texts
    party: Texts
    kind: Texts
    role: Texts
    share: Floats
    use_years: Floats
    claim: Floats
    currency: Texts
    claim_trigger: Texts
    claim_due: Dates
    claim_settled: Dates
    flags: Mapping[str, Codes]

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.result)


PARTY_FLAGS = ("head_of_unit", "related_buyer", "consents", "main_contributor")


@dataclass(frozen=True, slots=True, eq=False)
class CaseColumns:
    """What holds for a result as a whole: one row for each result that any sheet of rights names.

    ``region`` is as written; ``mode`` one of `MODES`, ``payment`` of `PAYMENTS`. ``amount`` is the
    price of the contract. ``flags``: see `CASE_FLAGS` and `EXCLUSIVE`; ``dates``: `CASE_DATES`.
    """

    at: RowPlaces
    result: Texts
    region: Texts
    mode: Texts
    payment: Texts
    amount: Floats
    currency: Texts
    dates: Mapping[str, Dates]
    flags: Mapping[str, Codes]

    def __len__(self) -> int:
        """Return how many results there are."""
        return len(self.result)


CASE_FLAGS = (
    "publicly_funded",
    "non_profit",  # a non-profit institute or university, for the half-tax rule
    "on_negative_list",
    "appraised",  # contribution to a company appraised
    "title_transferred",
    "deferral_chosen",  # 递延纳税
    "shares_only",  # consideration entirely in shares
    "contract_registered",
    "reward_agreed",
    "separate_books",  # 单列管理
    "terms_income",  # the clauses of an agreement: income split
    "terms_decision",
    "terms_costs",
    "terms_upkeep",
    "terms_register",
    "terms_liability",
    "terms_exit",
    "terms_improvements",
)
# Of a licence that keeps others out, as the words of the mode say (独占许可): no column of its own.
EXCLUSIVE = "exclusive"
CASE_DATES = ("company_founded", "paid_in", "last_progress")


@dataclass(frozen=True, slots=True, eq=False)
class StepColumns:
    """Steps of a result: one row for each.

    ``step`` is one of `STEPS`, '' where it is none; ``start`` and ``end`` are the same day for what
    takes one; ``days`` is a period of publicity as stated, ``day_kind`` calendar, working or ''.
    """

    at: RowPlaces
    result: Texts
    step: Texts
    start: Dates
    end: Dates
    actor: Texts
    document: Texts
    document_date: Dates
    days: Floats
    day_kind: Texts
    objections: Codes
    note: Texts

    def __len__(self) -> int:
        """Return how many steps there are."""
        return len(self.result)


@dataclass(frozen=True, slots=True, eq=False)
class DistributionColumns:
    """Amounts of a distribution: one row for each.

    ``item`` is one of `AMOUNTS`; ``amount`` in ``currency``, in yuan and not in tens of thousands;
    ``share`` in per cent of what ``of`` names (one of `AMOUNTS`, '' where it is not said); ``form``
    cash, shares or ''; ``agreed`` whether the row states what was agreed (1) or what was paid (0).
    """

    at: RowPlaces
    result: Texts
    item: Texts
    recipient: Texts
    amount: Floats
    currency: Texts
    share: Floats
    of: Texts
    form: Texts
    date: Dates
    agreed: Codes

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.result)


@dataclass(frozen=True, slots=True, eq=False)
class RightsRead:
    """All that the sheets of rights of a run say; None for what there is no sheet of.

    ``secrecy_measures`` has, by result, which of the seven measures of a trade secret are stated.
    """

    ip: IpColumns | None = None
    notices: NoticeColumns | None = None
    cases: CaseColumns | None = None
    parties: PartyColumns | None = None
    steps: StepColumns | None = None
    distributions: DistributionColumns | None = None
    secrecy_measures: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
