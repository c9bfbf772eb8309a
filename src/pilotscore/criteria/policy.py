"""What follows from a grade: policy support, funding, approval, as a funder sets it each year."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from pilotscore.criteria.condition import Condition, parse
from pilotscore.criteria.parts import Bilingual, Identifier, Part
from pilotscore.language import Text

InstrumentKind = Literal[
    "grant",
    "staged",
    "post_subsidy",
    "reward",
    "equity",
    "grant_and_equity",
    "loan_interest",
    "guarantee",
    "premium",
    "concept_fund",
    "pilot_fund",
    "voucher",
]
INSTRUMENT_KINDS: dict[str, Text] = {
    "grant": Text("前补助", "grant"),
    "staged": Text("分期资助", "grant paid by milestones"),
    "post_subsidy": Text("后补助", "post-subsidy"),
    "reward": Text("以奖代补", "reward on results"),
    "equity": Text("先投后股", "grant turned into equity"),
    "grant_and_equity": Text("拨投结合", "grant and investment"),
    "loan_interest": Text("贷款贴息", "loan interest subsidy"),
    "guarantee": Text("担保与风险补偿", "guarantee, compensation of risk"),
    "premium": Text("保费补贴", "insurance premium subsidy"),
    "concept_fund": Text("概念验证资金", "proof-of-concept fund"),
    "pilot_fund": Text("中试资金", "pilot fund"),
    "voucher": Text("平台服务券", "platform voucher"),
}
Decision = Literal["approve", "prioritise", "conditional", "nurture", "hold", "return", "reject"]


class Instrument(Part):
    """A funding instrument, its range, and who may have it."""

    id: Identifier
    title: Bilingual
    kind: InstrumentKind | None = Field(
        None, description="Which family it is of; where the money goes is told by it."
    )
    range: tuple[Annotated[float, Field(ge=0)], Annotated[float, Field(ge=0)]] | None = Field(
        None, description="Least and greatest amount, in the policy's unit."
    )
    cost_share: Annotated[float, Field(gt=0, le=1)] | None = Field(
        None, description="Greatest share of the pilot's cost that it pays."
    )
    when: str | None = Field(None, description="The condition under which it is open.")
    terms: Bilingual | None = Field(
        None, description="What else it asks for; nothing of amounts, shares or payment."
    )
    payment: Bilingual | None = Field(
        None, description="How it is paid, where the call does not say so itself."
    )

    @cached_property
    def condition(self) -> Condition | None:
        """The condition, parsed."""
        return parse(self.when) if self.when else None


class Approval(Part):
    """The decision on project approval (立项)."""

    decision: Decision
    title: Bilingual


class Consequence(Part):
    """What follows: support, instruments, approval."""

    approval: Approval
    support: tuple[Bilingual, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    transfer: tuple[Bilingual, ...] = Field((), description="Modes of transfer that suit it.")


class Policy(Part):
    """A policy: for each grade what follows, and for results without one."""

    id: Identifier
    version: Annotated[str, Field(min_length=1)]
    title: Bilingual
    criteria: Identifier = Field(description="The criteria set whose grades it speaks of.")
    description: Bilingual | None = None
    source: str | None = None
    unit: Bilingual | None = Field(None, description="The unit of all amounts, such as 万元.")
    placeholder_amounts: bool = Field(
        False, description="True while the amounts are examples that no funder has set."
    )
    requested: Identifier | None = Field(None, description="The fact with the sum asked for.")
    cost: Identifier | None = Field(None, description="The fact with the cost of the pilot.")
    grades: dict[str, Consequence]
    held: Consequence
    refused: Consequence
    not_assessable: Consequence
