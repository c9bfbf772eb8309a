"""Who may be funded under a call, and every reason why not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pilotscore.criteria import LoadedCall
from pilotscore.criteria.condition import comparisons, evaluate
from pilotscore.funding.recommendation import FundingPlan
from pilotscore.index import NO_GRADE, Status
from pilotscore.language import Text
from pilotscore.ranking import Ranking

NO_MONEY = ("reject", "hold", "return")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a result may not be funded: the address of the rule, in words, and what would mend it."""

    key: str
    text: Text
    line: int | None = None
    advice: tuple[Text, ...] = ()


Refusals = list[list[Refusal]]


def refusals_by_rules(ranking: Ranking, plan: FundingPlan, loaded: LoadedCall) -> Refusals:
    """Return for each result every rule of gates, grades and eligibility that refuses it.

    A gate that refuses or holds money comes first, and nothing in a call opens it.
    """
    found: Refusals = [[] for _ in range(len(ranking.assessment))]
    _by_gates(found, ranking, plan)
    _by_open_gates(found, ranking, loaded)
    _by_grade(found, ranking, loaded)
    _by_conditions(found, ranking, loaded)
    return found


def _by_gates(found: Refusals, ranking: Ranking, plan: FundingPlan) -> None:
    a = ranking.assessment
    stops = np.array([g.funding is not None for g in a.criteria.gates], dtype=bool)
    closed = a.gates.closed[:, : len(stops)] & stops
    for i, k in zip(*np.nonzero(closed), strict=True):
        gate = a.criteria.gates[int(k)]
        advice = (gate.advice,) if gate.advice else ()
        text = Text(f"门槛：{gate.title.zh}", f"gate: {gate.title.en}")
        found[int(i)].append(Refusal(f"gates.{gate.id}", text, None, advice))
    for i, recommended in enumerate(plan.recommendations):
        if found[i]:
            continue
        if a.status[i] == Status.NOT_ASSESSABLE:
            text = Text("无法评价", "not assessable")
            found[i].append(Refusal("status", text, None, a.missing.reasons[i]))
        elif recommended.approval.decision in NO_MONEY:
            title = recommended.approval.title
            text = Text(f"政策对该等级：{title.zh}", f"the policy for its grade: {title.en}")
            found[i].append(Refusal("policy", text, None, recommended.conditions))


def _by_open_gates(found: Refusals, ranking: Ranking, loaded: LoadedCall) -> None:
    """Refuse where a gate is closed, or cannot be judged, that the call wants open."""
    a = ranking.assessment
    places = {gate.id: k for k, gate in enumerate(a.criteria.gates)}
    for number, name in enumerate(loaded.call.gates):
        gate, k = a.criteria.gates[places[name]], places[name]
        advice = (gate.advice,) if gate.advice else ()
        closed = Text(f"门槛须开放：{gate.title.zh}", f"a gate that must be open: {gate.title.en}")
        unknown = Text(
            f"无法判断门槛：{gate.title.zh}", f"a gate that cannot be judged: {gate.title.en}"
        )
        line = loaded.line(f"gates.{number}")
        for text, which in ((closed, a.gates.closed), (unknown, a.gates.unknown)):
            for i in np.flatnonzero(which[:, k]).tolist():
                if not any(r.key == f"gates.{name}" for r in found[i]):
                    found[i].append(Refusal(f"gates.{name}", text, line, advice))


def _by_grade(found: Refusals, ranking: Ranking, loaded: LoadedCall) -> None:
    a, call = ranking.assessment, loaded.call
    assessed = a.status != Status.NOT_ASSESSABLE
    if call.least_grade is not None:
        least = a.criteria.grade_position[call.least_grade]
        low = assessed & ((a.grade == NO_GRADE) | (a.grade > least))
        text = Text(f"等级低于 {call.least_grade}", f"its grade is below {call.least_grade}")
        refusal = Refusal("least_grade", text, loaded.line("least_grade"))
        for i in np.flatnonzero(low).tolist():
            found[i].append(refusal)
    below = assessed & (a.index < call.floor)
    for i in np.flatnonzero(below).tolist():
        text = Text(
            f"指数 {a.index[i]:.1f} 低于底线 {call.floor:g}",
            f"its index, {a.index[i]:.1f}, is below the floor of {call.floor:g}",
        )
        found[i].append(Refusal("floor", text, loaded.line("floor")))


def _by_conditions(found: Refusals, ranking: Ranking, loaded: LoadedCall) -> None:
    a = ranking.assessment
    titles = {q.id: q.title for q in a.criteria.quantities}
    for rule in loaded.call.eligible:
        truth = evaluate(rule.condition, a.names)
        advice = (rule.advice,) if rule.advice else ()
        key, line = f"eligible.{rule.id}", _line_of(loaded, rule.id)
        text = Text(f"不符合条件：{rule.title.zh}", f"not met: {rule.title.en}")
        for i in np.flatnonzero(~truth.holds & ~truth.unknown).tolist():
            found[i].append(Refusal(key, text, line, advice))
        if rule.unknown == "refuse":
            used = dict.fromkeys(leaf.name for leaf in comparisons(rule.condition))
            names = [titles[n] for n in used if n in titles]
            missing = Text(
                f"无法核实条件“{rule.title.zh}”（看{'、'.join(n.zh for n in names)}）",
                f"cannot tell whether “{rule.title.en}” is met (it looks at {', '.join(n.en for n in names)})",
            )
            for i in np.flatnonzero(truth.unknown).tolist():
                found[i].append(Refusal(key, missing, line, advice))


def _line_of(loaded: LoadedCall, name: str) -> int | None:
    for place, rule in enumerate(loaded.call.eligible):
        if rule.id == name:
            return loaded.line(f"eligible.{place}")
    return None
