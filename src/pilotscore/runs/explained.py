"""Why a result scores what it scores, and what would lift it, as plain data."""

from __future__ import annotations

from pilotscore.index import (
    Assessment,
    Guidance,
    Move,
    contributions,
    counted_evidence,
    deciding_reasons,
    dimension_weights,
    paths_up,
)
from pilotscore.index.scoring import deviations_by_value
from pilotscore.language import Text, Words, after, join, same
from pilotscore.records import dataclass
from pilotscore.runs.outcome import Outcome
from pilotscore.wording import figures, words


@dataclass(frozen=True, slots=True)
class Bar:
    """What a dimension or indicator brings, in points of the index, and the most that it could."""

    title: Text
    points: float
    most: float


@dataclass(frozen=True, slots=True)
class UncertainValue:
    """A value that measurement, or itself, leaves uncertain, and what that does to the index.

    ``low`` and ``high`` bound the value, each on one side with 95 %; ``below`` and ``above`` say
    how far they take the index, in points.
    """

    id: str
    title: Text
    value: Words
    low: float
    high: float
    below: float
    above: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The explanation of one result; the bars of the dimensions add up to the index."""

    outcome: Outcome
    result: int
    dimensions: tuple[Bar, ...]
    losses: tuple[Bar, ...]
    reasons: tuple[Words, ...]
    advice: tuple[tuple[Text, Text], ...]
    guidance: Guidance
    uncertain: tuple[UncertainValue, ...] = ()


MOST_LOSSES = 6


def explain_result(outcome: Outcome, i: int, target: int | None = None) -> Explanation:
    """Explain one result: what made its index, what decided its grade, and the paths up.

    Parameters
    ----------
    outcome, i
        The run, and the place of the result in it.
    target
        The place of the grade to reach; the next better one by default.
    """
    a = outcome.assessment
    parts = contributions(a)[i]
    across = dimension_weights(a.criteria)
    dimensions, losses = [], []
    for k, (dimension, span) in enumerate(
        zip(a.criteria.dimensions, a.criteria.dimension_slices, strict=True)
    ):
        dimensions.append(Bar(dimension.title, float(parts[span].sum()), float(across[k] * 100)))
        for j, indicator in zip(range(span.start, span.stop), dimension.indicators, strict=True):
            most = float(across[k] * a.weights[i, j] * 100)
            losses.append(Bar(indicator.title, float(parts[j]), most))
    worst = sorted(losses, key=lambda b: b.points - b.most)[:MOST_LOSSES]
    advice = [
        (gate.title, gate.advice)
        for g, gate in enumerate(a.criteria.gates)
        if a.gates.closed[i, g] and gate.advice is not None
    ]
    return Explanation(
        outcome,
        i,
        tuple(dimensions),
        tuple(b for b in worst if b.most - b.points > 0.05),
        tuple(r.text for r in deciding_reasons(a, i)),
        tuple(advice),
        paths_up(a, i, target),
        _uncertain(a, i),
    )


def _uncertain(a: Assessment, i: int) -> tuple[UncertainValue, ...]:
    """Return the uncertain values of a result, what moves the index most first."""
    m = a.measurements
    uncertain = [
        UncertainValue(
            a.criteria.indicators[j].id,
            a.criteria.indicators[j].title,
            figures.raw_value(a, i, j),
            float(m.low[i, j]),
            float(m.high[i, j]),
            *moved,
        )
        for j, moved in deviations_by_value(m, a.criteria, a.scored, i).items()
    ]
    return tuple(sorted(uncertain, key=lambda u: -(u.below + u.above)))


def interval_text(outcome: Outcome, i: int) -> Words:
    """Write the index with its intervals: 71.3 (68.0-74.9 as measured; 58-83 with the missing).

    Where evidence is not stated, only upwards is meant: it counts by default until it is stated.
    """
    a = outcome.assessment
    parts: list[Words] = []
    if a.measured_high[i] - a.measured_low[i] > 1e-9:
        parts.append(_AS_MEASURED.of(span=f"{a.measured_low[i]:.1f}–{a.measured_high[i]:.1f}"))
    complete, unstated = a.completeness[i] >= 1 - 1e-9, a.unstated_share[i] > 1e-9
    if unstated:
        likewise = _IF_STATED if complete else _IF_BOTH
        parts.append(likewise.of(high=f"{a.high[i]:.1f}"))
    elif complete:
        parts.append(Text("没有缺项", "nothing missing"))
    else:
        parts.append(_IF_MISSING.of(span=f"{a.low[i]:.1f}–{a.high[i]:.1f}"))
    return _INTERVAL.of(index=f"{a.index[i]:.1f}", parts=join(parts))


_INTERVAL = Text("{index}（{parts}）", "{index} ({parts})")
_AS_MEASURED = Text("按测量不确定度 {span}", "{span} as measured")
_IF_MISSING = Text(
    "缺失证据取最差至最好 {span}", "{span} if missing evidence came in worst or best"
)

_IF_STATED = Text(
    "未注明的证据若补足，可至 {high}", "up to {high} if the evidence not stated were the best"
)
_IF_BOTH = Text(
    "缺项取最好、未注明的证据若补足，可至 {high}",
    "up to {high} if what is missing and the evidence not stated came in best",
)


def completeness_text(outcome: Outcome, i: int) -> Words:
    """Write how much of the weight has a value: 100%, of 40% no evidence is stated."""
    a = outcome.assessment
    share = f"{a.completeness[i]:.0%}"
    if a.unstated_share[i] <= 1e-9:
        return same(share)
    return _NOT_STATED.of(share=share, unstated=figures.some_percent(a.unstated_share[i]))


_NOT_STATED = Text(
    "{share}，其中 {unstated} 未注明证据", "{share}, {unstated} without stated evidence"
)


def move_text(outcome: Outcome, i: int, move: Move) -> Words:
    """Say what a move is: 168 h → 500 h; evidence E1 → E3."""
    a = outcome.assessment
    indicator = a.criteria.indicators[move.indicator]
    parts: list[Words] = []
    if move.value is not None:
        now = figures.raw_value(a, i, move.indicator)
        goal = figures.stated(indicator, move.value, wording=True)
        parts.append(same("{now} → {goal}").of(now=now, goal=goal))
    if move.evidence is not None and a.criteria.evidence is not None:
        counted = counted_evidence(a, i, move.indicator)
        better = a.criteria.evidence.grades[move.evidence]
        parts.append(
            same("{label} {now} → {id} {title}").of(
                label=words.EVIDENCE,
                now="—" if counted is None else counted.id,
                id=better.id,
                title=better.title,
            )
        )
    return after(indicator.title, join(parts))


def move_advice(outcome: Outcome, move: Move) -> Words | None:
    """Say what to do for a move and which evidence to bring; None where the criteria are silent."""
    indicator = outcome.criteria.indicators[move.indicator]
    parts: list[Words] = []
    if move.value is not None and indicator.advice is not None:
        parts.append(indicator.advice)
    if indicator.evidence is not None:
        parts.append(after(Text("所需证据", "evidence"), indicator.evidence))
    return join(parts) if parts else None
