"""The words of a decided call that its tables and pages share."""

from __future__ import annotations

from pilotscore.allocation.problem import Limit
from pilotscore.document import Said
from pilotscore.funding.core import Standing
from pilotscore.funding.decision import Decision, FundingStatus, Rule
from pilotscore.language import LISTED, NOTHING, Text, Words, join
from pilotscore.wording.figures import rounded

DECISION = Text("决定", "Decision")
AWARD = Text("资助", "Award")
IN_ORDER = Text("按名次", "Rank order")
PORTFOLIO = Text("组合择优", "Portfolio")
AFTER_DRAW = Text("抽签后", "After the draw")
RULE_TITLES: dict[Rule, Text] = {"rank_order": IN_ORDER, "portfolio": PORTFOLIO, "draw": AFTER_DRAW}
AWARDS_UNIT = Text("项", "awards")
STATUSES = {
    FundingStatus.FUND: Text("资助", "fund"),
    FundingStatus.DISCUSS: Text("待议", "discuss"),
    FundingStatus.DRAW: Text("待抽签", "to be drawn"),
    FundingStatus.RESERVE: Text("候补", "reserve"),
    FundingStatus.DEFER: Text("转下一轮", "next round"),
    FundingStatus.DECLINE: Text("不予资助", "not funded"),
    FundingStatus.PAID: Text("已获资助", "has money"),
    FundingStatus.REFUSE: Text("不符合", "not eligible"),
}
STANDINGS = {
    Standing.CORE: Text("核心", "core"),
    Standing.BORDERLINE: Text("边界", "borderline"),
    Standing.EXTERIOR: Text("外围", "exterior"),
}


def figure(value: float | None) -> float | None:
    """Return a figure of money or worth as a table holds it; None where there is none."""
    return rounded(value, 6)


def in_unit(heading: Words, decision: Decision) -> Words:
    """Return a heading with the call's unit."""
    unit = decision.instance.unit.title
    return Text("{heading}（{unit}）", "{heading} ({unit})").of(heading=heading, unit=unit)


def name_of(decision: Decision, i: int) -> str:
    """Return the id of a result."""
    return decision.instance.ids[i]


def named(decision: Decision, results: tuple[int, ...], most: int, mark: Text = LISTED) -> Words:
    """Return the ids of the first results, and how many more there are."""
    first: list[Said] = [join([name_of(decision, i) for i in results[:most]], mark)]
    left = len(results) - most
    if left > 0:
        more = Text(" 等 {all} 项", " and {left} more")
        first.append(more.of(all=len(results), left=left))
    return join(first, NOTHING)


def amount_of(decision: Decision, limit: Limit, amount: int | None) -> float | int | None:
    """Return a bound or use of a limit in its own unit: awards, or the call's unit of money."""
    if amount is None or limit.counts == "awards":
        return amount
    return decision.instance.unit.number(amount)
