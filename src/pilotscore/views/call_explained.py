"""The decision of a call on one result: why, on which conditions, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pilotscore.funding.counterfactual import Counterfactual, Improved
from pilotscore.funding.decision import FundingStatus
from pilotscore.language import Lang, Text
from pilotscore.runs.explained import move_text
from pilotscore.runs.fund import ExplainedDecision
from pilotscore.views.funded_words import OUTCOMES, conditions, name_of
from pilotscore.views.overrides import reason_after
from pilotscore.views.terminal import labelled, line
from pilotscore.wording import figures
from pilotscore.wording.funding import money

if TYPE_CHECKING:
    from rich.console import Console

_NO_MONEY = Text("什么都不改变它", "nothing of the kind would")


def flips(e: ExplainedDecision) -> list[Text]:
    """Say what would change the decision, one change each."""
    f, funded = e.counterfactual, e.report.funded
    if f is None:
        return []
    said: list[Text] = []
    call = funded.instance.call
    if call.rule == "portfolio" and f.points is not None:
        said.append(
            Text(f"指数低 {f.points:.1f} 分则不再入选", f"out of the portfolio with an index {f.points:.1f} points lower")
            if f.funded
            else Text(f"指数高 {f.points:.1f} 分即入选", f"in the portfolio with an index {f.points:.1f} points higher")
        )  # fmt: skip
    if f.past is not None:
        said.append(_past(e, f, f.past))
    if f.money is not None and f.funded and f.money >= call.budget_fen:
        said.append(Text("只要还有预算就获资助", "funded as long as there is a budget"))
    elif f.money is not None:
        shown = money(funded.instance, f.money)
        said.append(
            Text(
                f"预算少 {shown.to('zh')} 则不再获资助",
                f"not funded with {shown.to('en')} less of budget",
            )
            if f.funded
            else Text(
                f"预算多 {shown.to('zh')} 即可获资助",
                f"funded with {shown.to('en')} more of budget",
            )
        )
    elif not f.funded:
        said.append(Text("试过的预算增幅都不能使它获资助", "no greater budget that was tried would fund it"))  # fmt: skip
    if f.amount is not None:
        shown = money(funded.instance, f.amount)
        said.append(Text(f"若只申请 {shown.to('zh')} 即可获资助", f"funded if it asked for no more than {shown.to('en')}"))  # fmt: skip
    if f.funded and f.past is None and f.points is None and f.money is None:
        said.append(Text("名次与预算的变化都不影响它", "no change of place or budget touches it"))
    return said


def _past(e: ExplainedDecision, f: Counterfactual, past: int) -> Text:
    funded = e.report.funded
    a = funded.instance.assessment
    name, grade = name_of(funded, past), figures.grade_id(a, past)
    if f.points is not None:
        zh, en = f"，指数差 {f.points:.1f} 分", f", {f.points:.1f} points of the index away"
    else:
        zh, en = f"（等级 {grade}，指数 {a.index[past]:.1f}）", f" (grade {grade}, index {a.index[past]:.1f})"  # fmt: skip
    if f.funded:
        return Text(
            f"被 {name} 超过则不再获资助{zh}", f"not funded once {name} is placed before it{en}"
        )
    return Text(f"名次超过 {name} 即可获资助{zh}", f"funded once it is placed before {name}{en}")


def worth(e: ExplainedDecision) -> Text | None:
    """Say what the result is worth against what it takes, at the prices of the call."""
    import numpy as np

    problem = e.report.funded.instance.problem
    offers = np.flatnonzero(problem.owner == e.result)
    if e.prices is None or not len(offers) or e.report.funded.instance.refusals[e.result]:
        return None
    best = offers[int(np.argmax(e.prices.reduced[offers]))]
    value, charge = float(problem.value[best]), float(e.prices.charge[best])
    over = value - charge
    verdict = Text("值得", "worth it") if over > 0 else Text("不值", "not worth it")
    if abs(over) < 0.5:
        over, verdict = 0.0, Text("恰在线上", "just at the line")
    return Text(
        f"目标值 {value:,.0f}，按本次征集的影子价格占用 {charge:,.0f}，差 {over:+,.0f}（{verdict.to('zh')}）",
        f"worth {value:,.0f} under the objective; takes {charge:,.0f} at the prices of the call: {over:+,.0f} ({verdict.to('en')})",
    )


def charges(e: ExplainedDecision) -> list[Text]:
    """Say which limits the charge of a result is for, the dearest first: what it takes of each, priced."""
    import numpy as np

    from pilotscore.allocation.holding import contribution

    funded = e.report.funded
    problem = funded.instance.problem
    offers = np.flatnonzero(problem.owner == e.result)
    if e.prices is None or not len(offers):
        return []
    best = int(offers[int(np.argmax(e.prices.reduced[offers]))])
    found: list[tuple[float, Text]] = []
    for limit, price in zip(problem.limits, e.prices.limits.tolist(), strict=True):
        takes = int(contribution(problem, limit)[best])
        if not takes or abs(price) * takes < 0.5:
            continue
        if limit.counts == "awards":
            sum_of = Text(f"{takes} 项", f"{takes}")
        else:
            sum_of = money(funded.instance, takes)
        said = f"{price * takes:,.0f}"
        title = funded.instance.title(limit.id)
        found.append((
            -abs(price * takes),
            Text(f"{title.to('zh')} {sum_of.to('zh')}：{said}", f"{sum_of.to('en')} of {title.to('en')}: {said}"),
        ))  # fmt: skip
    return [text for _, text in sorted(found, key=lambda pair: pair[0])][:4]


def improvement(e: ExplainedDecision, step: Improved) -> Text:
    """Say what a path to a better grade would bring."""
    a = e.report.funded.instance.assessment
    grade = a.criteria.grades[step.path.grade].id
    head = Text(f"升到 {grade}（工作量 {step.path.effort:.1f}，指数 {step.path.index:.1f}）", f"lifted to {grade} (effort {step.path.effort:.1f}, index {step.path.index:.1f})")  # fmt: skip
    if step.amount is None:
        return Text(f"{head.to('zh')}：征集约束不能满足，无法判断", f"{head.to('en')}: the call cannot be met then, so it cannot be told")  # fmt: skip
    why_zh, why_en = (
        (f"（{step.why.to('zh')}）", f" ({step.why.to('en')})") if step.why.to("zh") else ("", "")
    )
    if step.amount == 0:
        return Text(
            f"{head.to('zh')}：仍不获资助{why_zh}", f"{head.to('en')}: still not funded{why_en}"
        )
    amount = money(e.report.funded.instance, step.amount)
    return Text(
        f"{head.to('zh')}：可获 {amount.to('zh')}{why_zh}",
        f"{head.to('en')}: would be given {amount.to('en')}{why_en}",
    )


def print_decision(e: ExplainedDecision, console: Console, lang: Lang) -> None:
    """Print the decision of a call on a result."""
    funded, i = e.report.funded, e.result
    call = funded.instance.call
    console.print()
    console.print(line((f"{call.title.to(lang)} {call.version}", "bold")))
    for text in e.report.headline():
        labelled(console, "", text.to(lang), 0, "dim")
    console.print()
    decided = OUTCOMES[funded.statuses[i]].to(lang)
    labelled(console, Text("资助决定", "decision").to(lang), decided, 0, "bold")
    said = reason_after(funded, e.report.overruled, i).to(lang)
    labelled(console, Text("理由", "reason").to(lang), said, 0)
    hangs = conditions(funded, i)
    label = Text("条件", "on condition") if funded.statuses[i] is FundingStatus.FUND else Text("如何补救", "what would mend it")  # fmt: skip
    for condition in hangs:
        labelled(console, label.to(lang), condition.to(lang), 0, "yellow")
    if funded.line is not None and not funded.instance.refusals[i]:
        chance = f"{funded.line.chances.chance[i]:.0%}"
        labelled(console, Text("获资助概率", "chance of funding").to(lang), chance, 0)
    if (value := worth(e)) is not None:
        labelled(console, Text("价值与代价", "worth and price").to(lang), value.to(lang), 0, "dim")
        for charge in charges(e):
            labelled(console, "  ·", charge.to(lang), 0, "dim")
    changes = flips(e)
    if changes:
        heading = Text("什么会改变这一决定（各自单独成立，均已试算）", "what would change the decision (each alone; each was tried)")  # fmt: skip
        console.print(line((heading.to(lang), "bold")))
        for change in changes:
            labelled(console, "  •", change.to(lang), 0)
    if e.improved:
        heading = Text("成果改进后会怎样（重新评价、排名、分配）", "what improving the result would do (assessed, ranked and decided anew)")  # fmt: skip
        console.print(line((heading.to(lang), "bold")))
        for step in e.improved:
            labelled(console, "  •", improvement(e, step).to(lang), 0)
            for move in step.path.moves:
                labelled(console, "     ", move_text(e.report.outcome, i, move).to(lang), 0, "dim")


def to_record(e: ExplainedDecision, lang: Lang) -> dict[str, Any]:
    """Return the decision as plain data."""
    funded, i = e.report.funded, e.result
    unit = funded.instance.unit
    f, value = e.counterfactual, worth(e)

    def sum_of(fen: int | None) -> float | None:
        return None if fen is None else fen / unit.fen

    return {
        "call": funded.instance.call.id,
        "unit": unit.name,
        "decision": OUTCOMES[funded.statuses[i]].to(lang),
        "award": sum_of(int(funded.award()[i])),
        "reason": reason_after(funded, e.report.overruled, i).to(lang),
        "conditions": [c.to(lang) for c in conditions(funded, i)],
        "chance": None if funded.line is None else float(funded.line.chances.chance[i]),
        "worth": None if value is None else value.to(lang),
        "charges": [] if value is None else [c.to(lang) for c in charges(e)],
        "flip": None
        if f is None
        else {
            "funded": f.funded,
            "past": None if f.past is None else name_of(funded, f.past),
            "points": f.points,
            "budget": sum_of(f.money),
            "ask_at_most": sum_of(f.amount),
            "text": [t.to(lang) for t in flips(e)],
        },
        "improved": [
            {
                "grade": funded.instance.assessment.criteria.grades[s.path.grade].id,
                "index": s.path.index,
                "effort": s.path.effort,
                "award": sum_of(s.amount),
                "moves": [move_text(e.report.outcome, i, m).to(lang) for m in s.path.moves],
            }
            for s in e.improved
        ],
    }
