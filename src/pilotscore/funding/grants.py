"""How much each result could be given, and by which instrument of the policy."""

from __future__ import annotations

from typing import Any

import numpy as np

from pilotscore.arrays import Bools, Ints
from pilotscore.criteria import Call, Instrument, LoadedCall
from pilotscore.criteria.amounts import MoneyUnit, unit_of
from pilotscore.errors import FaultyFileError
from pilotscore.findings import Finding, Kind
from pilotscore.funding import kinds
from pilotscore.funding.constraints import finding_at
from pilotscore.funding.eligibility import Refusal, Refusals
from pilotscore.funding.recommendation import FundingPlan, open_instruments
from pilotscore.index import Assessment
from pilotscore.language import BLANK, Text, Words, join, same
from pilotscore.records import dataclass

GRANT = Text("资助", "grant")
MOST_EACH = 10**14  # fen: a million million yuan; sums of 90,000 such fit 64 bits
_SHARE_OF_COST = Text("中试费用的 {share}", "{share} of the pilot's cost")
_BELOW_LEAST = Text(
    "可得金额 {value} 低于最低资助额 {least}（{limit}）",
    "it could be given {value}, below the least of {least} ({limit})",
)
_TOO_LITTLE = Text("可得金额低于最低资助额", "it could be given less than the least")
_MEND_SUM = Text("更正申请金额（或其单位）", "put the sum asked for (or its unit) right")
_ENTER_SUM = Text("填写大于 0 的申请金额", "enter a sum asked for above 0")
_ENTER_COST = Text("填写中试费用", "enter the cost of the pilot")
_ENTER_COST_THEN = Text(
    "填写中试费用：不低于 {enough} 时可核定 {amount}，较低时为费用的 {share}",
    "enter the cost of the pilot: from {enough} on it could be given {amount}, with less {share} "
    "of the cost",
)
_TO_BE_ABOVE = Text(
    "{limit}须使可得金额不低于 {least}", "{limit} must allow for the least of {least}"
)
_NOISE = 1e-3  # of a fen: what floating point leaves of a whole number


@dataclass(frozen=True, slots=True, eq=False)
class Grants:
    """What each of n results could be given in full.

    ``requested``, ``cost`` (of the pilot), ``amount`` and ``least`` have shape (n,), in fen; 0
    where there is none. ``least`` is what it may be given at the least: by the call, and by the
    instrument. ``limited_by`` says what made the amount less than what was asked for;
    ``instruments`` what it is given by.
    """

    requested: Ints
    cost: Ints
    amount: Ints
    least: Ints
    limited_by: tuple[Words | None, ...]
    instruments: tuple[Instrument | None, ...]


def grants(
    assessment: Assessment, plan: FundingPlan, loaded: LoadedCall, refusals: Refusals
) -> tuple[Grants, list[Finding]]:
    """Work out what each result could be given; refuse those that ask for nothing, or too little.

    The amount is what was asked for, cut to the greatest grant, the share of the cost and the
    instrument's own range, and rounded down. The first instrument of the policy for the grade (in
    the call's order of preference) that leaves at least the least grant is the one.

    Parameters
    ----------
    refusals
        Those so far; more are added.
    """
    maker = _Maker(assessment, plan, loaded)
    n = len(assessment)
    amount, least = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    limited: list[Words | None] = [None] * n
    instruments: list[Instrument | None] = [None] * n
    for i in range(n):
        if refusals[i]:
            continue
        grant = maker.grant(i)
        if isinstance(grant, Refusal):
            refusals[i].append(grant)
            continue
        amount[i], least[i], instruments[i] = grant.amount, grant.least, grant.instrument
        limited[i] = grant.limit if grant.amount < maker.requested[i] else None
    given = Grants(maker.requested, maker.cost, amount, least, tuple(limited), tuple(instruments))
    return given, maker.findings


@dataclass(frozen=True, slots=True)
class _Bound:
    """A greatest amount of a grant, in fen, and in words."""

    most: int
    text: Words


@dataclass(frozen=True, slots=True)
class _Grant:
    """What an instrument would give, the least it may give, and what bounded it."""

    amount: int
    least: int
    limit: Words
    instrument: Instrument | None


class _Maker:
    def __init__(self, assessment: Assessment, plan: FundingPlan, loaded: LoadedCall) -> None:
        self.assessment, self.plan, self.loaded = assessment, plan, loaded
        call, policy = loaded.call, plan.policy
        self.fact, cost = call.requested or policy.requested, call.cost or policy.cost
        self.unit = call.money_unit
        self.findings: list[Finding] = []
        self.too_much: Bools = np.zeros(len(assessment), dtype=bool)
        self.requested, self.requests = self._facts(self.fact)
        self.cost, self.costs = self._facts(cost)
        self.policy_unit = unit_of(policy.unit.zh) if policy.unit else None
        self.least = max(call.fen(call.grant.min) if call.grant.min else 0, 1)
        self.most = call.fen(call.grant.max) if call.grant.max else None
        self.step = rounded_to(call)
        self.open = open_instruments(policy, assessment.names)

    def _facts(self, name: str | None) -> tuple[Ints, Bools]:
        """Return a fact in fen, shape (n,), and where it has a value."""
        n = len(self.assessment)
        if name is None or name not in self.assessment.names:
            return np.zeros(n, dtype=np.int64), np.zeros(n, dtype=bool)
        values = self.assessment.names[name].values.astype(float)
        unit = self._unit_of_fact(name)
        known = np.isfinite(values)
        exact = np.where(known, values, 0) * unit.fen
        huge = np.abs(exact) > MOST_EACH
        fen = np.rint(np.where(huge, 0, exact)).astype(np.int64)
        self.too_much |= huge
        what = next(f.title for f in self.assessment.criteria.facts if f.id == name)
        for i in np.flatnonzero(huge).tolist():
            most = unit.said(MOST_EACH)
            values_of = {"what": what, "value": _stated(f"{values[i]:.10g}", unit), "most": most}
            self._tell(kinds.TOO_MUCH, i, name, values_of)
        for i in np.flatnonzero((np.abs(exact - fen) > _NOISE) & ~huge).tolist():
            rounded = unit.said(int(fen[i]))
            values_of = {"value": _stated(f"{values[i]:.12g}", unit), "fen": rounded}
            self._tell(kinds.ROUNDED, i, name, values_of)
        return fen, known & ~huge

    def _tell(self, kind: Kind, i: int, fact: str | None, values: dict[str, Any]) -> None:
        """Tell of a fact of a result."""
        m = self.assessment.measurements
        named = {"name": m.titles[i] or m.ids[i], **values}
        self.findings.append(Finding(kind, m.place(i, fact), named, m.ids[i]))

    def _unit_of_fact(self, name: str) -> MoneyUnit:
        fact = next(f for f in self.assessment.criteria.facts if f.id == name)
        unit = unit_of(fact.unit.zh) or unit_of(fact.unit.en) if fact.unit else None
        if unit is None or unit.currency != self.unit.currency:
            values = {
                "name": fact.title,
                "unit": fact.unit or Text("（未写）", "(none)"),
                "currency": self.unit.currency,
            }
            text = Text("金额单位不一致", "the units of money do not agree")
            finding = finding_at(self.loaded, kinds.NOT_MONEY, "unit", values)
            raise FaultyFileError(text, [finding])
        return unit

    def grant(self, i: int) -> _Grant | Refusal:
        """Return amount, what limited it and by what it is given; or why there is none."""
        if self.too_much[i]:
            text = Text("金额超出一切可能", "a sum beyond all bounds")
            return Refusal("requested", text, self.loaded.line("requested"), (_MEND_SUM,))
        if not self.requests[i]:
            text = Text("没有申请金额", "no sum was asked for")
            return self._refused(i, kinds.NO_REQUEST, {}, "requested", text, (_ENTER_SUM,))
        if self.requested[i] <= 0:
            values = {"value": self.shown(int(self.requested[i]))}
            text = Text("申请金额不大于 0", "the sum asked for is not above 0")
            return self._refused(i, kinds.BAD_REQUEST, values, "requested", text, (_ENTER_SUM,))
        bounds = [_Bound(int(self.requested[i]), Text("申请金额", "the sum asked for"))]
        if self.most is not None:
            bounds.append(_Bound(self.most, Text("单项上限", "the greatest grant")))
        share = self.loaded.call.grant.cost_share
        if share is not None:
            if not self.costs[i] or self.cost[i] <= 0:
                text = Text("没有中试费用，无法核定费用占比", "the cost of the pilot is not known")
                advice = self._with_cost(i, bounds, share)
                return self._refused(i, kinds.NO_COST, {}, "grant.cost_share", text, advice)
            bounds.append(self._share_of_cost(i, share))
        return self._by_instrument(i, bounds)

    def _with_cost(self, i: int, bounds: list[_Bound], share: float) -> tuple[Words, ...]:
        """Say which cost would bring a result what, by its instrument without a share of cost."""
        possible = [self._of_instrument(i, bounds, c, shares=False) for c in self._candidates(i)]
        could = next((g for g in possible if g.amount >= g.least), None)
        if could is None:
            return (_ENTER_COST,)
        shares = [share]
        if could.instrument is not None and self.loaded.call.grant.policy_range:
            shares += [could.instrument.cost_share or share]
        # The least cost of which the share, cut to millionths as everywhere, is the whole amount.
        parts = round(min(shares) * 1_000_000)
        enough = -(-could.amount * 1_000_000 // parts)
        values = {
            "amount": self.shown(could.amount),
            "enough": self.shown(enough),
            "share": f"{min(shares):.0%}",
        }
        return (_ENTER_COST_THEN.of(**values),)

    def _by_instrument(self, i: int, bounds: list[_Bound]) -> _Grant | Refusal:
        candidates = self._candidates(i)
        if not candidates:
            offers = self.plan.recommendations[i].offers
            advice = tuple(o.closed for o in offers if o.closed)
            text = Text(
                "该等级没有对其开放的资金工具", "no instrument of money is open to it at its grade"
            )
            return Refusal("policy.instruments", text, None, advice)
        possible = [self._of_instrument(i, bounds, instrument) for instrument in candidates]
        for grant in possible:
            if grant.amount >= grant.least:
                return grant
        best = max(possible, key=lambda grant: grant.amount)
        by_policy = best.least > self.least
        values = {
            "value": self.shown(best.amount),
            "least": self.shown(best.least),
            "limit": best.limit,
            "bound": Text("政策中该工具的下限", "the instrument's least amount in the policy")
            if by_policy
            else same("grant.min"),
        }
        why = _BELOW_LEAST.of(value=values["value"], least=values["least"], limit=best.limit)
        key = "policy.instruments" if by_policy else "grant.min"
        advice = (_TO_BE_ABOVE.of(least=values["least"], limit=best.limit),)
        return self._refused(i, kinds.BELOW_LEAST, values, key, why, advice, _TOO_LITTLE)

    def _candidates(self, i: int) -> list[Instrument | None]:
        """Return the instruments in question; a plain grant where the call leaves them out."""
        call = self.loaded.call
        offered = [o.instrument for o in self.plan.recommendations[i].offers]
        if call.instruments:
            wanted = {name: k for k, name in enumerate(call.instruments)}
            offered = sorted((o for o in offered if o.id in wanted), key=lambda o: wanted[o.id])
        else:  # without a range it is no money: a subsidy of interest, of a premium
            offered = [o for o in offered if o.range is not None]
        open_: list[Instrument | None] = [
            o for o in offered if not o.when or bool(self.open[o.when][i])
        ]
        plain: list[Instrument | None] = [None]
        return open_ or ([] if call.instruments or call.grant.policy_range else plain)

    def _of_instrument(
        self, i: int, bounds: list[_Bound], instrument: Instrument | None, *, shares: bool = True
    ) -> _Grant:
        least = self.least
        if instrument is not None and self.loaded.call.grant.policy_range:
            if instrument.range is not None:
                unit = self.policy_unit or self.unit
                least = max(least, round(instrument.range[0] * unit.fen))
                most = round(instrument.range[1] * unit.fen)
                bounds = [*bounds, _Bound(most, Text("政策上限", "the policy's limit"))]
            if instrument.cost_share is not None and self.costs[i] and shares:
                bounds = [*bounds, self._share_of_cost(i, instrument.cost_share)]
        tightest = min(bounds, key=lambda b: b.most)
        amount = max(tightest.most, 0) // self.step * self.step
        return _Grant(amount, least, tightest.text, instrument)

    def _share_of_cost(self, i: int, share: float) -> _Bound:
        part = int(self.cost[i]) * round(share * 1_000_000) // 1_000_000
        return _Bound(part, _SHARE_OF_COST.of(share=f"{share:.0%}"))

    def shown(self, fen: int) -> Words:
        return self.unit.said(fen)

    def _refused(
        self,
        i: int,
        kind: Kind,
        values: dict[str, Any],
        key: str,
        text: Words,
        advice: tuple[Words, ...],
        shared: Words | None = None,
    ) -> Refusal:
        self._tell(kind, i, self.fact, values)
        return Refusal(key, text, self.loaded.line(key), advice, shared)


def _stated(figure: str, unit: MoneyUnit) -> Words:
    """Return a figure as the workbook states it, with its unit in both languages."""
    return join((figure, unit.title), BLANK)


def rounded_to(call: Call, otherwise: int = 1) -> int:
    """Return the fen that grants are multiples of."""
    return max(call.fen(call.grant.round_to) if call.grant.round_to else otherwise, 1)


def instrument_title(instrument: Instrument | None) -> Text:
    """Return what an award is given by."""
    return GRANT if instrument is None else instrument.title
