"""A call: how much money there is, for whom, under which quotas, and by which rule it is given.

Addresses of settings are the keys of the file: ``budget.total``, ``tracks.new_energy.min``,
``caps.institution.max``; messages and ``--set`` speak of them.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from pilotscore.criteria.amounts import Money, MoneyUnit, Share, Sum, in_fen, unit_of
from pilotscore.criteria.condition import Condition, parse
from pilotscore.criteria.parts import Bilingual, Identifier, Name, Part, Strings
from pilotscore.language import Text

Rule = Literal["rank_order", "portfolio"]
Objective = Literal["score_money", "points_above", "score"]
AtMiss = Literal["stop", "skip"]
Decider = Literal["office", "lottery"]
Count = Annotated[int, Field(ge=0)]


def _as_published(value: Any) -> Any:
    """Return numbers as texts, which keep what was published; what is none is told elsewhere."""
    if isinstance(value, list | tuple):
        return tuple(str(v) for v in value)
    return value if isinstance(value, str) else str(value)


Lots = Annotated[str | tuple[str, ...], BeforeValidator(_as_published)]
RuleTitles = dict[str, Text]

RULES: RuleTitles = {
    "rank_order": Text("按名次", "rank order"),
    "portfolio": Text("组合择优", "portfolio"),
}
OBJECTIVES: RuleTitles = {
    "score_money": Text("得分（高于底线部分）× 金额", "points above the floor times money"),
    "points_above": Text("高于底线的得分之和", "points above the floor, summed over projects"),
    "score": Text("得分之和", "scores, summed over projects"),
}


class Stage(Part):
    """A year or stage of the budget."""

    id: Annotated[str, Field(min_length=1, max_length=40)]
    title: Bilingual | None = None
    amount: Money


class Budget(Part):
    """The money there is: in all, or for each year or stage."""

    total: Money | None = None
    stages: tuple[Stage, ...] = ()


class Eligibility(Part):
    """A condition that a result must meet to be funded."""

    id: Identifier
    title: Bilingual
    when: str
    unknown: Literal["refuse", "allow"] = Field(
        "refuse", description="What happens where a value that the condition needs is missing."
    )
    advice: Bilingual | None = None

    @cached_property
    def condition(self) -> Condition:
        """The condition, parsed."""
        return parse(self.when)


class Track(Part):
    """A track (赛道): which results are in it, and its quota."""

    title: Bilingual
    names: Strings = Field((), description="What the workbook calls it, besides its id and title.")
    priority: int = Field(100, description="Whose least amount is served first: 1 before 2.")
    min: Money | None = None
    max: Money | None = None
    min_awards: Count | None = None
    max_awards: Count | None = None


class Cap(Part):
    """A limit for each institution, region or the like; or for those that are named."""

    title: Bilingual
    by: Identifier = Field(description="The fact that tells the groups, such as institution.")
    names: Strings = Field((), description="The groups that it is for; all without it.")
    max: Money | None = None
    max_awards: Count | None = None
    min: Money | None = Field(None, description="A least amount, for named groups together.")


class Grant(Part):
    """What one result may be given."""

    min: Money | None = None
    max: Money | None = None
    cost_share: Share | None = Field(
        None, description="Greatest share of the pilot's cost; the applicant brings the rest."
    )
    round_to: Money | None = Field(None, description="Amounts are rounded down to a multiple.")
    policy_range: bool = Field(
        True, description="Whether the policy's range for the grade bounds the grant too."
    )


class Milestone(Part):
    """A part of a staged grant, and what must be shown for it."""

    share: Share
    stage: str | None = Field(None, description="The stage of the budget that pays it.")
    shows: Bilingual | None = Field(None, description="What must be shown before it is paid.")
    months: Annotated[int, Field(ge=0, le=240)] | None = Field(
        None, description="How many months after the decision that is due."
    )


class Level(Part):
    """A level of funding: full, part, staged."""

    id: Identifier
    title: Bilingual
    share: Annotated[Share, Field(gt=0)] = 1.0
    value: Annotated[Share, Field(gt=0)] | None = Field(
        None, description="Its worth as a share of full funding; its share of the money if absent."
    )
    milestones: tuple[Milestone, ...] = ()


class Together(Part):
    """Results of which only so many may be funded."""

    results: Annotated[Strings, Field(min_length=2)]
    most: Annotated[int, Field(ge=1)] = 1
    title: Bilingual | None = None


class Depends(Part):
    """A result that makes sense only if another is funded."""

    result: Annotated[str, Field(min_length=1)]
    needs: Annotated[str, Field(min_length=1)]


class AlreadyFunded(Part):
    """A result that has its money already."""

    result: Annotated[str, Field(min_length=1)]
    by: Bilingual


class TieBreak(Part):
    """What decides between results of the same rank."""

    by: Identifier = Field(description="index, a dimension, an indicator, a fact, or requested.")
    prefer: Literal["high", "low"] = "high"


class Lottery(Part):
    """The public value that a draw hangs on, named before it is known (RFC 3797)."""

    source: Bilingual = Field(description="Which value: what draw of which lottery, on which day.")
    pool_sha256: Annotated[str, Field(pattern="^[0-9A-Fa-f]{64}$")] | None = Field(
        None,
        description="The digest of the pool as published; a draw from another pool is refused.",
    )
    values: tuple[Lots, ...] = Field(
        (), description="The value once it is known: a number, or numbers, for each source."
    )


class Discussion(Part):
    """The zone at the line that the office or a draw decides."""

    sure: Share = Field(0.95, description="Chance of being funded from which a result is sure.")
    out: Share = Field(0.05, description="Chance at which it is out.")
    draws: Annotated[int, Field(ge=100, le=100_000)] = 1000
    seed: Annotated[int, Field(ge=0)] = 1
    decide: Decider = "office"
    lottery: Lottery | None = None


class Line(Part):
    """What happens at the line."""

    miss: AtMiss = Field(
        "stop",
        description="stop: a limit that stopped a better result pays no worse one; skip: it may.",
    )
    partial: bool = Field(False, description="Whether a lesser level may be given at the line.")
    discussion: Discussion | None = None


class NextRound(Part):
    """Rolling approval (滚动立项): who is deferred to the next round, and when it is."""

    title: Bilingual
    least_grade: str | None = None


Consequence = Literal["hold", "recall"]


class Follow(Part):
    """What follows for the payments from what is shown, or is not."""

    grace: Annotated[int, Field(ge=0, le=60)] = Field(
        0, description="For how many months after it is due a milestone may still be shown."
    )
    not_met: Consequence = Field("hold", description="Where it is reported as not met.")
    overdue: Consequence = Field("hold", description="Where nothing is reported after the grace.")
    lost: Consequence = Field("hold", description="Where the grantee is lost to follow-up.")
    document: bool = Field(True, description="Whether what is met needs a document that shows it.")


class Solver(Part):
    """How exactly the portfolio is worked out."""

    gap: Annotated[float, Field(ge=0, le=0.1)] = 1e-4
    seconds: Annotated[float, Field(gt=0, le=3600)] = 60.0


class Call(Part):
    """A call for results."""

    id: Identifier
    version: Annotated[str, Field(min_length=1)]
    title: Bilingual
    description: Bilingual | None = None
    source: str | None = None
    criteria: Identifier = Field(description="The criteria set that the results are assessed by.")
    policy: str | None = Field(None, description="The policy; the criteria set's own without it.")
    unit: str | None = Field(None, description="The unit of amounts that have none: 万元.")
    budget: Budget
    requested: Identifier | None = Field(None, description="The fact with the sum asked for.")
    cost: Identifier | None = Field(None, description="The fact with the cost of the pilot.")
    eligible: tuple[Eligibility, ...] = ()
    gates: Strings = Field(
        (), description="Gates that must be open besides those that stop money by themselves."
    )
    least_grade: str | None = None
    floor: Annotated[float, Field(ge=0, le=100)] = Field(
        0.0, description="The index below which nothing is funded; points count from here."
    )
    instruments: Strings = Field(
        (), description="Instruments of the policy, in order of preference."
    )
    track: Identifier | None = Field(None, description="The fact with the track.")
    tracks: dict[Name, Track] = Field(default_factory=dict)
    only_tracks: bool = Field(False, description="Whether results of no track are refused.")
    caps: dict[Name, Cap] = Field(default_factory=dict)
    grant: Grant = Grant()
    levels: tuple[Level, ...] = ()
    exclusive: dict[Name, Together] = Field(default_factory=dict)
    depends: tuple[Depends, ...] = ()
    funded: tuple[AlreadyFunded, ...] = ()
    required: Strings = ()
    rule: Rule = "rank_order"
    objective: Objective = "score_money"
    max_jump: Annotated[float, Field(ge=0, le=100)] | None = None
    tie_breaks: tuple[TieBreak, ...] = ()
    line: Line = Line()
    reserve: Count = 5
    next_round: NextRound | None = None
    follow: Follow = Follow()
    solver: Solver = Solver()

    @cached_property
    def money_unit(self) -> MoneyUnit:
        """The unit of the amounts; checked to exist when the file was loaded."""
        written = (self.unit, *(s.unit for s in self.sums if not s.is_share))
        name = next(u for u in written if u)
        unit = unit_of(name)
        assert unit is not None
        return unit

    @property
    def sums(self) -> tuple[Sum, ...]:
        """Every amount of the budget, in the order of the file."""
        total = self.budget.total
        return (*([total] if total else []), *(s.amount for s in self.budget.stages))

    @cached_property
    def budget_fen(self) -> int:
        """The whole budget in fen."""
        if self.budget.total is not None:
            return self.fen(self.budget.total)
        return sum(self.fen(s.amount) for s in self.budget.stages)

    def with_budget(self, whole: int) -> Call:
        """Return the call with another budget, in fen; stages keep their shares, to the fen."""
        unit, before, left = self.money_unit, self.budget_fen, whole

        def amount(fen: int) -> Sum:
            return Sum(Decimal(fen) / unit.fen, unit.name)

        stages = []
        for place, stage in enumerate(self.budget.stages):
            last = place == len(self.budget.stages) - 1
            part = left if last else self.fen(stage.amount) * whole // max(before, 1)
            stages.append(stage.model_copy(update={"amount": amount(part)}))
            left -= part
        total = None if self.budget.total is None else amount(whole)
        changed = self.model_copy(update={"budget": Budget(total=total, stages=tuple(stages))})
        changed.__dict__.pop("budget_fen", None)  # it was of the budget before
        return changed

    def fen(self, written: Sum) -> int:
        """Return a sum in fen, a share as one of the whole budget."""
        whole = self.budget_fen if written.is_share else None
        amount = in_fen(written, self.money_unit, whole)
        assert amount is not None  # checked when the file was loaded
        return amount

    @cached_property
    def funding_levels(self) -> tuple[Level, ...]:
        """The levels, full funding first; full funding alone where the file has none."""
        if not self.levels:
            return (Level(id="full", title=Text("全额", "full")),)
        return tuple(sorted(self.levels, key=lambda level: -level.share))
