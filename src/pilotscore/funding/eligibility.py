"""Who may be funded under a call, and every reason why not."""

from __future__ import annotations

import numpy as np

from pilotscore.criteria import LoadedCall
from pilotscore.criteria.condition import comparisons, evaluate
from pilotscore.funding.recommendation import FundingPlan
from pilotscore.index import Status
from pilotscore.language import LISTED, Text, Words, join
from pilotscore.ranking import Ranking
from pilotscore.records import dataclass

NO_MONEY = ("reject", "hold", "return")
_GATE = Text("门槛：{gate}", "gate: {gate}")
_WITHHOLDS = Text("门槛：{gate}（因此不评等级）", "gate: {gate} (so it has no grade)")
_NO_RESULT = Text("无法评价", "not assessable")
_NOT_ASSESSABLE = Text("无法评价：{why}", "not assessable: {why}")
_POLICY = Text("政策对该等级：{title}", "the policy for its grade: {title}")
_CLOSED = Text("门槛须开放：{gate}", "a gate that must be open: {gate}")
_UNKNOWN = Text("无法判断门槛：{gate}", "a gate that cannot be judged: {gate}")
_BELOW_FLOOR = Text(
    "指数 {index} 低于底线 {floor}", "its index, {index}, is below the floor of {floor}"
)
_BELOW = Text("指数低于底线", "its index is below the floor")
_UNMET = Text("不符合条件：{rule}", "not met: {rule}")
_UNVERIFIED = Text(
    "无法核实条件“{rule}”（看{facts}）",
    "cannot tell whether “{rule}” is met (it looks at {facts})",
)

_FILL_IN = Text("填写{facts}", "fill in {facts}")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a result may not be funded: the address of the rule, in words, and what would mend it.

    ``shared`` is the reason without what is of this result alone, by which reasons are counted.
    """

    key: str
    text: Words
    line: int | None = None
    advice: tuple[Words, ...] = ()
    shared: Words | None = None

    @property
    def counted_as(self) -> Words:
        """The reason as it is counted."""
        return self.shared or self.text


Refusals = list[list[Refusal]]


def refusals_by_rules(ranking: Ranking, plan: FundingPlan, loaded: LoadedCall) -> Refusals:
    """Return for each result every rule of gates, grades and eligibility that refuses it.

    A gate that refuses or holds money comes first, and nothing in a call opens it.
    """
    refusals: Refusals = [[] for _ in range(len(ranking.assessment))]
    _by_gates(refusals, ranking, plan)
    _by_open_gates(refusals, ranking, loaded)
    _by_grade(refusals, ranking, loaded)
    _by_conditions(refusals, ranking, loaded)
    return refusals


def _by_gates(refusals: Refusals, ranking: Ranking, plan: FundingPlan) -> None:
    """Refuse where a gate stops the money or withholds the grade, then what has no grade for it."""
    a = ranking.assessment
    stops = np.array([g.funding is not None or g.no_grade for g in a.criteria.gates], dtype=bool)
    closed = a.gates.closed[:, : len(stops)] & stops
    for i, k in zip(*np.nonzero(closed), strict=True):
        gate = a.criteria.gates[int(k)]
        advice = (gate.advice,) if gate.advice else ()
        text = (_WITHHOLDS if gate.no_grade else _GATE).of(gate=gate.title)
        refusals[int(i)].append(Refusal(f"gates.{gate.id}", text, None, advice))
    for i, recommended in enumerate(plan.recommendations):
        if a.missing.not_assessable[i]:
            text = _NOT_ASSESSABLE.of(why=join(a.missing.reasons[i]))
            refusals[i].append(Refusal("status", text, None, a.missing.remedies[i], _NO_RESULT))
        elif a.status[i] == Status.GRADED:
            # Whatever a gate holds up: what the grade itself gives.
            grade = plan.policy.grades[a.criteria.grades[int(a.grade[i])].id]
            if grade.approval.decision in NO_MONEY:
                text = _POLICY.of(title=grade.approval.title)
                refusals[i].append(Refusal("policy", text, None, recommended.conditions))


def _by_open_gates(refusals: Refusals, ranking: Ranking, loaded: LoadedCall) -> None:
    """Refuse where a gate is closed, or cannot be judged, that the call wants open."""
    a = ranking.assessment
    places = {gate.id: k for k, gate in enumerate(a.criteria.gates)}
    for number, name in enumerate(loaded.call.gates):
        gate, k = a.criteria.gates[places[name]], places[name]
        advice = (gate.advice,) if gate.advice else ()
        line = loaded.line(f"gates.{number}")
        for text, which in ((_CLOSED, a.gates.closed), (_UNKNOWN, a.gates.unknown)):
            refusal = Refusal(f"gates.{name}", text.of(gate=gate.title), line, advice)
            for i in np.flatnonzero(which[:, k]).tolist():
                if not any(r.key == refusal.key for r in refusals[i]):
                    refusals[i].append(refusal)


def _by_grade(refusals: Refusals, ranking: Ranking, loaded: LoadedCall) -> None:
    a, call = ranking.assessment, loaded.call
    # A result without a grade has been refused for what keeps it from one; its index is not told.
    assessed = a.status == Status.GRADED
    if call.least_grade is not None:
        least = a.criteria.grade_position[call.least_grade]
        low = assessed & (a.grade > least)
        text = Text("等级低于 {grade}", "its grade is below {grade}").of(grade=call.least_grade)
        refusal = Refusal("least_grade", text, loaded.line("least_grade"))
        for i in np.flatnonzero(low).tolist():
            refusals[i].append(refusal)
    below = assessed & (a.index < call.floor)
    for i in np.flatnonzero(below).tolist():
        text = _BELOW_FLOOR.of(index=f"{a.index[i]:.1f}", floor=f"{call.floor:g}")
        refusals[i].append(Refusal("floor", text, loaded.line("floor"), (), _BELOW))


def _by_conditions(refusals: Refusals, ranking: Ranking, loaded: LoadedCall) -> None:
    a = ranking.assessment
    titles = a.criteria.titles
    for place, rule in enumerate(loaded.call.eligible):
        truth = evaluate(rule.condition, a.names)
        advice = (rule.advice,) if rule.advice else ()
        key, line = f"eligible.{rule.id}", loaded.line(f"eligible.{place}")
        unmet = Refusal(key, _UNMET.of(rule=rule.title), line, advice)
        for i in np.flatnonzero(~truth.holds & ~truth.unknown).tolist():
            refusals[i].append(unmet)
        if rule.unknown == "refuse":
            used = dict.fromkeys(leaf.name for leaf in comparisons(rule.condition))
            names = [titles[n] for n in used if n in titles]
            text = _UNVERIFIED.of(rule=rule.title, facts=join(names, LISTED))
            fill_in = _FILL_IN.of(facts=join(names, LISTED))
            unverified = Refusal(key, text, line, (fill_in, *advice))
            for i in np.flatnonzero(truth.unknown).tolist():
                refusals[i].append(unverified)
