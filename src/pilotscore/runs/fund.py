"""A call decided, with the run behind it: what every output of it says first, and its manifest."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pilotscore.arrays import Floats, Ints
from pilotscore.criteria import (
    LoadedCall,
    LoadedCriteria,
    LoadedPolicy,
    load_call,
)
from pilotscore.errors import UnreadableInputError
from pilotscore.findings import Finding
from pilotscore.language import Text, Words
from pilotscore.runs.assess import (
    PathLike,
)
from pilotscore.runs.outcome import Outcome
from pilotscore.workbook.results.workers import Progress

if TYPE_CHECKING:
    from pilotscore.funding.counterfactual import Counterfactual, Improved
    from pilotscore.funding.decision import Chunks
    from pilotscore.index.paths import Guidance
    from pilotscore.workbook.decisions import DecisionFile


from dataclasses import dataclass, field

from pilotscore.allocation.holding import too_far
from pilotscore.allocation.prices import Prices
from pilotscore.criteria import OBJECTIVES, RULES
from pilotscore.funding.budget_sensitivity import BudgetSensitivity
from pilotscore.funding.decision import NEARLY, Decision, FundingStatus, can_be_drawn
from pilotscore.funding.overrides import Overruled
from pilotscore.index.paths import Guidance
from pilotscore.views.funded_words import (
    limit_title,
    money,
)
from pilotscore.views.overrides import (
    summary,
)

_NO_MONEY = (
    FundingStatus.DISCUSS, FundingStatus.DRAW, FundingStatus.RESERVE, FundingStatus.DEFER, FundingStatus.DECLINE, FundingStatus.REFUSE,
)  # fmt: skip
# Refusals that a better grade mends; of the others the conditions say what would.
_BY_GRADE = frozenset({"policy", "least_grade", "floor"})


@dataclass(frozen=True, slots=True, eq=False)
class FundReport:
    """A call decided, with the run behind it.

    ``prices`` are those of the portfolio, None where there are none. ``sensitivity`` is None where it was not asked for, or was too much work to be done unasked;
    ``ways`` has, for results that get nothing, the nearest way to a better grade (by their places).
    """

    outcome: Outcome
    funded: Decision
    findings: tuple[Finding, ...]
    overruled: Overruled | None = None
    sensitivity: BudgetSensitivity | None = None
    prices: Prices | None = None
    ways: Mapping[int, Guidance] = field(default_factory=dict)

    def notes(self) -> list[Words]:
        """Return what every output of it must say."""
        call = self.funded.instance.loaded.call
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
        wanted = call.line.discussion is not None and self.funded.instance.problem.eligible.any()
        if line is None and wanted and can_be_drawn(self.funded.instance):
            notes.append(
                Text(
                    "没有可用的抽样（不足两项有等级，或下限在每次抽样中都不能满足），因此没有概率与讨论区",
                    "no draw can be used (fewer than two graded results, or least amounts that no draw meets): no chances, no discussion zone",
                )
            )
        if (
            line is None
            and call.line.discussion is not None
            and not can_be_drawn(self.funded.instance)
        ):
            notes.append(
                Text(
                    "名次按决策方法排列，线上概率无从抽样，因此没有讨论区",
                    "the order goes by a decision method, which is not drawn: no chances, and no discussion zone",
                )
            )
        if line is not None and line.draw is not None and call.max_jump is not None:
            far = len(too_far(self.funded.instance.problem, self.funded.given.choice))
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


@dataclass(frozen=True, slots=True, eq=False)
class ExplainedDecision:
    """The decision of a call on result ``result``.

    ``counterfactual`` is None where it may not be funded at all, or was decided; ``improved`` the paths up
    with what each would bring; ``prices`` those of the call, None where there are none.
    """

    report: FundReport
    result: int
    counterfactual: Counterfactual | None
    improved: tuple[Improved, ...]
    prices: Prices | None


def headline(report: FundReport) -> list[Text]:
    """Return the budget, what was asked for, the rule and the objective, in words."""
    funded = report.funded
    instance = funded.instance
    call = instance.loaded.call
    able = [i for i, r in enumerate(instance.refusals) if not r]  # a decision is no eligibility
    eligible = len(able)
    asked = int(instance.grants.asked[able].sum())
    budget = call.budget_fen
    times = f"{asked / budget:.1f}" if budget else "—"
    total, wanted = money(funded, budget), money(funded, asked)
    rule, objective = RULES[call.rule], OBJECTIVES[call.objective]
    floor = f"{call.floor:g}"
    return [
        Text(
            f"预算 {total.zh}；符合条件 {eligible} 项（共 {len(instance)} 项），申请 {wanted.zh}，为预算的 {times} 倍",
            f"budget {total.en}; {eligible} of {len(instance)} results eligible, asking for {wanted.en}, {times} times the budget",
        ),
        Text(
            f"规则：{rule.zh}；目标：{objective.zh}（底线 {floor}）",
            f"rule: {rule.en}; objective: {objective.en} (floor {floor})",
        ),
        *_undecided(funded),
        *([summary(report.overruled)] if report.overruled else []),
    ]


def _undecided(funded: Decision) -> list[Text]:
    """Return how many wait for the office or a draw, and what the rule would give them."""
    waits = [x for x in funded.statuses if x in (FundingStatus.DISCUSS, FundingStatus.DRAW)]
    if not waits:
        count, spent = (
            sum(x is FundingStatus.FUND for x in funded.statuses),
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
    loaded = report.funded.instance.loaded
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


def fund(
    outcome: Outcome,
    call: PathLike,
    *,
    settings: Iterable[str] = (),
    decisions: PathLike | None = None,
    rules: tuple[LoadedCriteria, LoadedPolicy] | None = None,
    next_money: bool | None = False,
    ways: int = 0,
    cores: int | None = None,
    progress: Progress | None = None,
) -> FundReport:
    """Give out the money of a call: both rules, who gets what, and why.

    Parameters
    ----------
    outcome
        What :func:`rank` gave.
    call
        The path of the call file.
    settings
        What is set otherwise than in the file: ``tracks.new_energy.min=20%``.
    decisions
        A file of decisions that go on top of what is recommended.
    rules
        The criteria set and policy of the run, which the call is held against; its names of
        indicators and grades are not checked without.
    next_money
        Whether to try other budgets and the call without each of its rules; None does where it is
        little work (:data:`~pilotscore.funding.budget_sensitivity.UNASKED`).
    ways
        For how many results without money, best first, the nearest way to a better grade is found.
    cores, progress
        Of the draws behind the chances at the line.

    Raises
    ------
    UsageError
        There is no such call, or a setting that is none.
    FaultyFileError
        The call or the decisions have faults, do not fit the results or the budget, or constraints
        cannot hold together.
    UnreadableInputError
        The file of decisions cannot be read.
    """
    from pilotscore.allocation.prices import price
    from pilotscore.funding.budget_sensitivity import budget_sensitivity, is_quick
    from pilotscore.funding.decision import decide
    from pilotscore.funding.instance import apply_call
    from pilotscore.funding.overrides import overrule

    against = rules[0] if rules else None
    loaded = load_call(os.fspath(call), against, outcome.policy, tuple(settings))
    instance = apply_call(outcome.ranking, outcome.plan, loaded)
    chunks = _draws(outcome, loaded, cores, progress) if loaded.call.line.discussion else None
    made = None if decisions is None else _decisions(decisions)
    funded = decide(instance, chunks)
    overruled = None if made is None else overrule(funded, made)
    overrides = overruled.overrides if overruled else ()
    funded = overruled.funded if overruled else funded
    tried = None
    some = len(funded.instance.problem.owner) > 0
    if some and (next_money or (next_money is None and is_quick(funded))):
        tried = budget_sensitivity(funded, overrides, progress)
    told = (*instance.findings, *(made.findings if made else ()))
    report = FundReport(outcome, funded, told, overruled, tried, price(funded.instance.problem))
    return replace(report, ways=_ways(report, ways))


def _ways(report: FundReport, most: int) -> dict[int, Guidance]:
    """Return the nearest way to a better grade of the first results that get nothing."""
    from pilotscore.index import paths_up

    a = report.outcome.assessment
    call = report.funded.instance.loaded.call
    least = None if call.least_grade is None else a.criteria.grade_position[call.least_grade]
    found: dict[int, Guidance] = {}
    for i in report.funded.instance.problem.order.tolist():
        if len(found) >= most:
            break
        if may_change(report, i):
            below = least is not None and int(a.grade[i]) > least
            found[i] = paths_up(a, i, least if below else None)
    return found


def may_change(report: FundReport, i: int) -> bool:
    """Whether a better grade is what to tell a result: it gets nothing, and nothing else is why."""
    funded = report.funded
    refusals = funded.instance.refusals[i]
    return funded.statuses[i] in _NO_MONEY and all(r.key in _BY_GRADE for r in refusals)


def explain_decision(report: FundReport, i: int) -> ExplainedDecision:
    """Explain the decision of a call on one result: why, and what would change it.

    Parameters
    ----------
    report, i
        What :func:`fund` gave, and the place of the result in it.
    """
    from pilotscore.funding.counterfactual import counterfactual, improved

    funded = report.funded
    nothing = int(funded.amount()[i]) == 0
    made = report.overruled.overrides if report.overruled else ()
    better = improved(funded, i, made) if nothing else ()
    return ExplainedDecision(report, i, counterfactual(funded, i, made), better, report.prices)


def _decisions(path: PathLike) -> DecisionFile:
    from pilotscore.workbook.decisions import read_decisions
    from pilotscore.workbook.open.sheets import UnreadableBookError

    try:
        return read_decisions(Path(path))
    except UnreadableBookError as error:
        text = Text(f"决定文件 {path} 无法读取", f"the decisions {path} cannot be read")
        raise UnreadableInputError(text, [error.finding]) from error


def _draws(
    outcome: Outcome, loaded: LoadedCall, cores: int | None, progress: Progress | None
) -> Chunks | None:
    """Return what draws index and grade under uncertainty; None where too few have a grade."""
    from pilotscore.ranking.robustness import Effort, stated_by, try_ranking

    asked = loaded.call.line.discussion
    assert asked is not None
    if int((outcome.ranking.ranks > 0).sum()) < 2:
        return None
    effort = Effort(min(asked.draws, 100), most=min(asked.draws, 100), error=1, cores=cores)
    found = try_ranking(
        outcome.ranking, stated_by(outcome.criteria), seed=asked.seed, effort=effort, progress=progress
    )  # fmt: skip

    def chunks(draws: int) -> Iterator[tuple[Floats, Ints]]:
        for index, grade in found.chunks(draws):
            yield index, grade.astype("int64")

    return chunks
