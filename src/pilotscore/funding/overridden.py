"""Which terms of a policy do not hold under a call, because the call says otherwise.

A policy says for each instrument how much it gives, which share of the cost, and how it is paid. A
call that leaves the policy's range out (``grant.policy_range: false``) or pays by milestones or
stages of its own overrides that, and so it does what a term in free words says of amounts, shares
or payments (30 % of the cost at most; 40/40/20). Such a term is never printed with an award; it is
listed where the call is checked.
"""

from __future__ import annotations

from pilotscore.criteria import Call, Instrument, Level, Policy
from pilotscore.funding.figures_in_terms import states_shares, states_sums
from pilotscore.language import Text, Words, amounts, join
from pilotscore.records import dataclass

_SHARE = Text("中试费用的 {share:.0%} 以内", "at most {share:.0%} of the pilot's cost")
_BY_CALL = Text("征集的金额规定（grant）", "the call's own amounts (grant)")
_BY_PAYMENTS = Text("征集的拨付规定（{levels}）", "the call's own payments ({levels})")
_BY_STAGES = Text("预算分期（budget.stages）", "the stages of the budget (budget.stages)")


@dataclass(frozen=True, slots=True)
class Overridden:
    """A term of an instrument that does not hold: for which grade, what it says, what holds."""

    grade: str
    instrument: Instrument
    term: Words
    instead: Words


def pays_itself(call: Call, level: Level) -> bool:
    """Whether a call says how awards of a level are paid."""
    return bool(level.milestones) or len(call.budget.stages) > 1


def overridden_terms(call: Call, policy: Policy) -> tuple[Overridden, ...]:
    """Return every term of the policy's instruments that does not hold under a call."""
    listed = []
    for grade, consequence in policy.grades.items():
        for instrument in consequence.instruments:
            if call.instruments and instrument.id not in call.instruments:
                continue
            listed += [
                Overridden(grade, instrument, term, instead)
                for term, instead in _of_instrument(call, policy, instrument)
            ]
    return tuple(listed)


def _of_instrument(call: Call, policy: Policy, instrument: Instrument) -> list[tuple[Words, Words]]:
    terms: list[tuple[Words, Words]] = []
    if not call.grant.policy_range:
        if instrument.range is not None:
            terms.append((amounts(*instrument.range, policy.unit), _BY_CALL))
        if instrument.cost_share is not None:
            terms.append((_SHARE.of(share=instrument.cost_share), _BY_CALL))
    payments = _payments(call)
    if instrument.payment is not None and payments is not None:
        terms.append((instrument.payment, payments))
    if instrument.terms is not None and not holds(instrument.terms, call, paid=payments is None):
        by_call = not call.grant.policy_range or payments is None
        terms.append((instrument.terms, _BY_CALL if by_call else payments or _BY_CALL))
    return terms


def holds(terms: Text, call: Call, *, paid: bool) -> bool:
    """Whether a term in free words holds under a call: what it says of money may be overridden.

    Parameters
    ----------
    terms
        The term.
    call
        The call.
    paid
        Whether the call leaves to the policy how awards are paid.
    """
    shares = states_shares(terms)
    if not call.grant.policy_range and (shares or states_sums(terms)):
        return False
    return paid or not shares


def _payments(call: Call) -> Words | None:
    """Return by what a call pays; None where it leaves that to the policy."""
    levels = [level.title for level in call.funding_levels if level.milestones]
    if levels:
        return _BY_PAYMENTS.of(levels=join(levels))
    return _BY_STAGES if len(call.budget.stages) > 1 else None
