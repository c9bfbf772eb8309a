"""What a criteria file takes from sheets of rights: derived indicators, facts for conditions."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field

from pilotscore.criteria.parts import Identifier, Part
from pilotscore.language import Text
from pilotscore.records import dataclass

DerivationName = Literal["core_patents_valid", "ownership_status", "rights_terms_complete"]


@dataclass(frozen=True, slots=True)
class Derivation:
    """Something that the sheets of rights say of a result, and the indicators that it can feed."""

    title: Text
    types: tuple[str, ...]
    categories: tuple[str, ...] = ()


DERIVATIONS: dict[DerivationName, Derivation] = {
    "core_patents_valid": Derivation(
        Text("有效核心发明专利件数", "core invention patents in force"), ("count", "number")
    ),
    "ownership_status": Derivation(
        Text("权属状况", "state of ownership"),
        ("category",),
        ("unclear", "institution_only", "agreement_signed"),
    ),
    "rights_terms_complete": Derivation(
        Text("已约定的权责利条款占比", "share of the terms that are agreed"),
        ("ratio", "percent", "number"),
    ),
}
assert tuple(DERIVATIONS) == get_args(DerivationName)

# Names of yes and no that a condition may use; unknown where no sheet says it of a result.
RIGHTS_FACTS: dict[str, Text] = {
    "core_patent_lapsed": Text("核心专利已失效", "a core patent has lapsed"),
    "core_patent_in_grace": Text(
        "核心专利年费处于滞纳期", "the annual fee of a core patent is in its grace period"
    ),
    "examination_not_requested": Text(
        "核心专利申请逾期未请求实质审查", "examination of a core application was not requested"
    ),
    "pct_entry_missed": Text(
        "PCT 申请逾期未进入中国国家阶段（32 个月）",
        "a PCT application did not enter China within 32 months",
    ),
    "published_before_filing": Text(
        "申请日前自行公开，不属于宽限情形",
        "own publication before filing, outside the cases of grace",
    ),
    "filed_abroad_unreviewed": Text(
        "未经保密审查向外国申请专利", "filed abroad without secrecy review"
    ),
    "licence_not_filed": Text("许可合同逾期未备案", "a licence contract was not filed in time"),
    "coowner_consent_missing": Text("缺少共有人同意", "consent of a co-owner is missing"),
    "reward_below_floor": Text("奖励低于法定比例", "rewards lie below the floor of the law"),
    "claim_overdue": Text("约定收益逾期未兑现", "an agreed claim is overdue"),
    "rights_violated": Text(
        "权属或收益分配违反法律规定", "a rule of law on ownership or distribution is broken"
    ),
}


class Derived(Part):
    """What of the sheets of rights gives an indicator its value."""

    what: DerivationName
    categories: dict[str, Identifier] = Field(
        default_factory=dict,
        description="What a category is called in this set, where it has another id here.",
    )

    def category(self, name: str) -> str:
        """Return what a category is called in the set."""
        return self.categories.get(name, name)


class RightsRules(Part):
    """How what is derived from the sheets of rights counts, for all indicators of a set."""

    evidence: Identifier | None = Field(
        None,
        description="The grade of evidence that a derived value has at least where dated documents "
        "or the register prove it; where they do not, it has the grade stated beside it.",
    )
