"""What follows from a grade: policy support, funding and approval, as a funder sets it each year."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from pilotscore.criteria.condition import Condition, parse
from pilotscore.criteria.parts import Bilingual, Identifier, Part

Decision = Literal["approve", "prioritise", "conditional", "nurture", "hold", "return", "reject"]


class Instrument(Part):
    """A funding instrument, its range, and who may have it."""

    id: Identifier
    title: Bilingual
    range: tuple[Annotated[float, Field(ge=0)], Annotated[float, Field(ge=0)]] | None = Field(
        None, description="Least and greatest amount, in the policy's unit."
    )
    cost_share: Annotated[float, Field(gt=0, le=1)] | None = Field(
        None, description="Greatest share of the pilot's cost that it pays."
    )
    when: str | None = Field(None, description="The condition under which it is open.")
    terms: Bilingual | None = None

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
