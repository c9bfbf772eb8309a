"""Recommendations: the consequence of each result's grade under a policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from pilotscore.arrays import Bools
from pilotscore.criteria import Approval, Consequence, Instrument, Policy
from pilotscore.criteria.condition import Operand, comparisons, evaluate
from pilotscore.index import Assessment, Status
from pilotscore.language import LISTED, Text, Words, join
from pilotscore.ranking import Ranking
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True)
class Offer:
    """An instrument as it stands for one result.

    ``low`` and ``high`` are in the policy's unit, None where the policy gives no range; ``high``
    is no more than was asked for and than the policy's share of the cost; ``closed`` says why the
    instrument is not open to this result.
    """

    instrument: Instrument
    low: float | None
    high: float | None
    closed: Words | None
    limited_by: Text | None = None

    @property
    def open(self) -> bool:
        """Whether the result may have it."""
        return self.closed is None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What is recommended for one result, and the conditions on which it hangs."""

    approval: Approval
    support: tuple[Text, ...]
    offers: tuple[Offer, ...]
    transfer: tuple[Text, ...]
    conditions: tuple[Words, ...]

    @property
    def open_offers(self) -> tuple[Offer, ...]:
        """The instruments that are open to the result."""
        return tuple(o for o in self.offers if o.open)


@dataclass(frozen=True, slots=True, eq=False)
class FundingPlan:
    """The recommendation for each result, in the order of the assessment."""

    policy: Policy
    recommendations: tuple[Recommendation, ...]


def recommend(ranking: Ranking, policy: Policy) -> FundingPlan:
    """Recommend policy support, funding and approval for every result.

    A closed gate that refuses or holds the money comes before the grade: a result on hold gets the
    policy's consequence for that, with what opens the gate as its conditions.
    """
    assessment = ranking.assessment
    open_to = open_instruments(policy, assessment.names)
    shared: dict[object, Recommendation] = {}
    recommended = []
    for i, key in enumerate(_alike(assessment, policy, open_to)):
        one = shared.get(key) if key is not None else None
        if one is None:
            one = _one(assessment, policy, open_to, i)
            if key is not None:
                shared[key] = one
        recommended.append(one)
    return FundingPlan(policy, tuple(recommended))


def _alike(
    assessment: Assessment, policy: Policy, open_to: Mapping[str, Bools]
) -> Iterator[object]:
    """Yield for each result what its recommendation hangs on, and that of no other thing.

    None where it is its own: what is to be mended of a result that cannot be assessed.
    """
    gates, n = assessment.gates, len(assessment)
    grades = [policy.grades[g.id].instruments for g in assessment.criteria.grades]
    with_range = [any(x.range is not None for x in instruments) for instruments in grades]
    amounts = zip(
        _amounts(assessment.names, policy.requested, n),
        _amounts(assessment.names, policy.cost, n),
        strict=True,
    )
    hanging = (gates.refuse, gates.hold, assessment.status, assessment.grade, *open_to.values())
    codes = _packed(np.column_stack((gates.closed, *hanging)).astype(np.int8))
    own = (assessment.status == _NOT_ASSESSABLE) & ~gates.refuse
    graded = (assessment.status != _WITHHELD) & ~(own | gates.refuse | gates.hold)
    asking = graded & np.array(with_range)[assessment.grade]
    columns = zip(codes, own.tolist(), asking.tolist(), amounts, strict=True)
    for code, is_own, asks, asked in columns:
        yield None if is_own else (code, asked) if asks else code


def _packed(rows: NDArray[np.int8]) -> list[bytes]:
    """Return each row of an array as bytes: the same for rows that are the same."""
    packed: list[bytes] = np.ascontiguousarray(rows).view(f"V{rows.shape[1]}").ravel().tolist()
    return packed


def _amounts(names: Mapping[str, Operand], fact: str | None, n: int) -> Iterable[float | None]:
    """Return the amounts of a fact; None where there is none."""
    if fact is None or fact not in names:
        return repeat(None, n)
    return (x if x == x else None for x in np.asarray(names[fact].values, dtype=float).tolist())


def open_instruments(policy: Policy, names: Mapping[str, Operand]) -> dict[str, Bools]:
    """Evaluate each instrument's condition once for all results; unknown is not open."""
    open_to = {}
    for consequence in policy.grades.values():
        for instrument in consequence.instruments:
            if instrument.when and instrument.when not in open_to and instrument.condition:
                open_to[instrument.when] = evaluate(instrument.condition, names).holds
    return open_to


# Looking up a member of a class of names takes longer.
_NOT_ASSESSABLE, _WITHHELD = int(Status.NOT_ASSESSABLE), int(Status.WITHHELD)


def _one(
    assessment: Assessment,
    policy: Policy,
    open_to: Mapping[str, Bools],
    i: int,
) -> Recommendation:
    gates = assessment.gates
    every = assessment.criteria.gates
    closed = [every[k] for k in np.flatnonzero(gates.closed[i]).tolist()]
    advice = tuple(g.advice for g in closed if g.advice is not None)
    if gates.refuse[i]:
        return _of(policy.refused, advice)
    if assessment.status[i] == _NOT_ASSESSABLE:
        return _of(policy.not_assessable, assessment.missing.remedies[i])
    if gates.hold[i] or assessment.status[i] == _WITHHELD:
        return _of(policy.held, advice)
    consequence = policy.grades[assessment.criteria.grades[int(assessment.grade[i])].id]
    offers = tuple(
        _offer(instrument, policy, assessment, open_to, i) for instrument in consequence.instruments
    )
    return Recommendation(
        consequence.approval, consequence.support, offers, consequence.transfer, advice
    )


def _of(consequence: Consequence, conditions: tuple[Words, ...]) -> Recommendation:
    return Recommendation(
        consequence.approval, consequence.support, (), consequence.transfer, conditions
    )


def _offer(
    instrument: Instrument,
    policy: Policy,
    assessment: Assessment,
    open_to: Mapping[str, Bools],
    i: int,
) -> Offer:
    """Return an instrument with its range cut to what was asked for and the share of the cost."""
    closed = None
    if instrument.when and not open_to[instrument.when][i]:
        closed = _needs(instrument, assessment)
    if instrument.range is None:
        return Offer(instrument, None, None, closed)
    low, high = instrument.range
    limits = [(high, Text("政策上限", "the policy's limit"))]
    requested = _amount(assessment.names, policy.requested, i)
    if requested is not None:
        limits.append((requested, Text("申请金额", "the sum asked for")))
    cost = _amount(assessment.names, policy.cost, i)
    if instrument.cost_share is not None and cost is not None:
        share = instrument.cost_share
        limits.append(
            (share * cost, Text(f"中试成本的 {share:.0%}", f"{share:.0%} of the pilot's cost"))
        )
    greatest, by = min(limits, key=lambda pair: pair[0])
    if closed is None and greatest < low:
        closed = Text(
            "{by} {greatest:.10g} 低于下限 {low:.10g}",
            "{by}, {greatest:.10g}, is below the least, {low:.10g}",
        ).of(by=by, greatest=greatest, low=low)
    return Offer(instrument, low, greatest, closed, by if greatest < high else None)


def _amount(names: Mapping[str, Operand], fact: str | None, i: int) -> float | None:
    if fact is None or fact not in names:
        return None
    value = float(names[fact].values[i])
    return None if value != value else value


def _needs(instrument: Instrument, assessment: Assessment) -> Words:
    """Say which indicators or facts an instrument's condition looks at."""
    titles = assessment.criteria.titles
    used = (
        dict.fromkeys(leaf.name for leaf in comparisons(instrument.condition))
        if instrument.condition
        else {}
    )
    if instrument.terms:
        return Text("未满足：{terms}", "not met: {terms}").of(terms=instrument.terms)
    names = join([titles[n] for n in used if n in titles], LISTED)
    return Text("条件未满足（{names}）", "its condition is not met ({names})").of(names=names)
