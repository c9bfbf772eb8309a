"""A call decided, with the run behind it: what every output of it says first, and its manifest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pilotscore.criteria import OBJECTIVES, RULES
from pilotscore.findings import Finding
from pilotscore.funding.funded import NEARLY, Funded, can_be_drawn
from pilotscore.funding.funded import Outcome as Decided
from pilotscore.funding.holding import too_far
from pilotscore.funding.next_money import NextMoney
from pilotscore.funding.overrides import Overruled
from pilotscore.funding.prices import Prices
from pilotscore.index.paths import Guidance
from pilotscore.language import Text
from pilotscore.report.funded_words import (
    limit_title,
    money,
)
from pilotscore.report.outcome import Outcome
from pilotscore.report.overrides import (
    summary,
)


@dataclass(frozen=True, slots=True, eq=False)
class FundReport:
    """A call decided, with the run behind it.

    ``prices`` are those of the portfolio, None where there are none. ``next_money`` is None where it was not asked for, or was too much work to be done unasked;
    ``ways`` has, for results that get nothing, the nearest way to a better grade (by their places).
    """

    outcome: Outcome
    funded: Funded
    findings: tuple[Finding, ...]
    overruled: Overruled | None = None
    next_money: NextMoney | None = None
    prices: Prices | None = None
    ways: Mapping[int, Guidance] = field(default_factory=dict)

    def notes(self) -> list[Text]:
        """Return what every output of it must say."""
        call = self.funded.applied.loaded.call
        notes = [*self.outcome.notes(of_money=call.grant.policy_range or bool(call.instruments))]
        for unmet in self.funded.rank_order.unmet:
            title = limit_title(self.funded, unmet.key)
            notes.append(
                Text(f"注意：按名次未达到{title.zh}（{unmet.key}）", f"Note: rank order does not reach the {title.en} ({unmet.key})")
            )  # fmt: skip
        line = self.funded.line
        if line is not None and call.rule == "portfolio":
            notes.append(
                Text(
                    f"概率：每次抽样的组合离最优至多 {NEARLY:.0%}",
                    f"chances: the portfolio of each draw is within {NEARLY:.0%} of the best",
                )
            )
        if call.max_jump is not None and call.rule == "rank_order":
            notes.append(
                Text(
                    "max_jump 只约束组合择优；按名次的越过由限额造成，逐项列出",
                    "max_jump binds the portfolio alone; in rank order limits make the jumps, each of which is listed",
                )
            )
        if line is not None and line.chances.unmet:
            count = line.chances.unmet
            notes.append(
                Text(
                    f"概率未计入 {count} 次抽样：其中下限不能满足",
                    f"chances leave out {count} draws in which the least amounts cannot be met",
                )
            )
        wanted = call.line.discussion is not None and self.funded.applied.problem.eligible.any()
        if line is None and wanted and can_be_drawn(self.funded.applied):
            notes.append(
                Text(
                    "没有可用的抽样（不足两项有等级，或下限在每次抽样中都不能满足），因此没有概率与讨论区",
                    "no draw can be used (fewer than two graded results, or least amounts that no draw meets): no chances, no discussion zone",
                )
            )
        if (
            line is None
            and call.line.discussion is not None
            and not can_be_drawn(self.funded.applied)
        ):
            notes.append(
                Text(
                    "名次按决策方法排列，线上概率无从抽样，因此没有讨论区",
                    "the order goes by a decision method, which is not drawn: no chances, and no discussion zone",
                )
            )
        if line is not None and line.draw is not None and call.max_jump is not None:
            far = len(too_far(self.funded.applied.problem, self.funded.given.choice))
            if far:
                notes.append(
                    Text(
                        f"抽签结果有 {far} 项超出 max_jump：抽签不受它约束",
                        f"{far} results after the draw lie beyond max_jump: it does not bind a draw",
                    )
                )
        if line is not None:
            error = float(line.chances.error.max(initial=0.0))
            notes.append(
                Text(f"概率的抽样标准误至多 {error:.1%}", f"chances have a standard error of at most {error:.1%}")
            )  # fmt: skip
        if line is not None and line.draws + line.chances.unmet < line.asked:
            notes.append(
                Text(
                    f"概率由 {line.draws} 次抽样得出（要求 {line.asked} 次；每次都要重新分配）",
                    f"chances are of {line.draws} draws ({line.asked} were asked for; each takes an allocation of its own)",
                )
            )
        return notes


def headline(report: FundReport) -> list[Text]:
    """Return the budget, what was asked for, the rule and the objective, in words."""
    funded = report.funded
    applied = funded.applied
    call = applied.loaded.call
    able = [i for i, r in enumerate(applied.refusals) if not r]  # a decision is no eligibility
    eligible = len(able)
    asked = int(applied.grants.asked[able].sum())
    budget = call.budget_fen
    times = f"{asked / budget:.1f}" if budget else "—"
    total, wanted = money(funded, budget), money(funded, asked)
    rule, objective = RULES[call.rule], OBJECTIVES[call.objective]
    floor = f"{call.floor:g}"
    return [
        Text(
            f"预算 {total.zh}；符合条件 {eligible} 项（共 {len(applied)} 项），申请 {wanted.zh}，为预算的 {times} 倍",
            f"budget {total.en}; {eligible} of {len(applied)} results eligible, asking for {wanted.en}, {times} times the budget",
        ),
        Text(
            f"规则：{rule.zh}；目标：{objective.zh}（底线 {floor}）",
            f"rule: {rule.en}; objective: {objective.en} (floor {floor})",
        ),
        *_undecided(funded),
        *([summary(report.overruled)] if report.overruled else []),
    ]


def _undecided(funded: Funded) -> list[Text]:
    """Return how many wait for the office or a draw, and what the rule would give them."""
    waits = [x for x in funded.outcomes if x in (Decided.DISCUSS, Decided.DRAW)]
    if not waits:
        count, spent = (
            sum(x is Decided.FUND for x in funded.outcomes),
            money(funded, int(funded.award().sum())),
        )
        return [Text(f"资助 {count} 项，共 {spent.zh}", f"awards {count}, {spent.en} in all")]
    spent, held = (
        money(funded, int(funded.award().sum())),
        money(funded, int(funded.undecided().sum())),
    )
    return [
        Text(
            f"已定资助 {spent.zh}；待定 {len(waits)} 项，按规则可得 {held.zh}，未计入资助与去向",
            f"awarded {spent.en}; {len(waits)} undecided, to whom the rule would give {held.en}: counted neither as awards nor below",
        )
    ]


def manifest(report: FundReport) -> dict[str, Any]:
    """Return what it takes to recompute it: the run's own manifest, and the call."""
    loaded = report.funded.applied.loaded
    return {
        **report.outcome.manifest.to_dict(),
        "call": {
            "id": loaded.call.id,
            "version": loaded.call.version,
            "file": loaded.source.name,
            "sha256": loaded.source.sha256,
            "set": list(loaded.settings),
        },
        **(
            {}
            if report.overruled is None
            else {
                "decisions": {
                    "file": report.overruled.file.name,
                    "sha256": report.overruled.file.sha256,
                }
            }
        ),
        "engines": [report.funded.rank_order.allocation.engine, report.funded.portfolio.engine],
    }
