"""Checks of contributions to companies, of tax, and of patents in force on the day of contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from pilotscore.language import Text
from pilotscore.rights.counting import add_months, moved
from pilotscore.rights.ownership import kinds, money_kinds
from pilotscore.rights.ownership.figures import nearest_rule
from pilotscore.rights.ownership.hits import Hits, Work, hits
from pilotscore.rights.ownership.payments import cells_of, received_day, rewarded_day
from pilotscore.rights.ownership.rows import NO_DAY
from pilotscore.workbook.rights.records import Dates, Texts

# Of results and days: the number of a core right that was not in force then, '' where all were or
# nothing is known. What tells it are the states of IP rights.
NotInForce = Callable[[Texts, Dates], Texts]
_NOT_ALL_SHARES = ("once", "instalments", "royalty", "mixed", "use_first", "agreed_income")
_FLAGS = (
    ("CN-contribution-appraised", "appraised", kinds.NOT_APPRAISED, Text("评估作价", "appraisal")),
    ("CN-title", "title_transferred", kinds.NO_TITLE, Text("权利转移", "transfer of title")),
)


def company_hits(work: Work, not_in_force: NotInForce | None) -> Iterator[Hits]:
    """Give what the checks of contributions, tax and patents in force come upon."""
    yield from _contribution(work)
    yield from _paid_in(work)
    yield _deferral(work)
    yield from _half_tax(work)
    if not_in_force is not None:
        yield _in_force(work, not_in_force)


def _contribution(work: Work) -> Iterator[Hits]:
    facts = work.facts
    executed = (facts.mode == "shares") & work.progress.reached["executed"]
    for rule, flag, kind, what in _FLAGS:
        said = facts.flags[flag]
        where = (work.rule(rule), work.of_case(flag))
        yield hits(kind, (facts.mode == "shares") & (said == 0), *where)
        unsaid = executed & (said == -1)
        yield hits(kinds.COMPANY_UNPROVEN, unsaid, *where, what=[what] * len(said))


def paid_in_due(work: Work) -> Dates:
    """Return the day by which the capital of a company is paid in; no day where it has no date."""
    facts = work.facts
    founded = np.where(facts.mode == "shares", facts.dates["company_founded"], NO_DAY)
    return moved(add_months(founded, 60), work.calendar).moved


def _paid_in(work: Work) -> Iterator[Hits]:
    facts, due = work.facts, paid_in_due(work)
    done = facts.dates["paid_in"]
    where = (work.rule("CN-paid-in"), work.of_case("paid_in"))
    values: dict[str, Any] = {"done": done, "due": due}
    yield hits(kinds.PAID_IN_LATE, done > due, *where, **values)
    missing = np.isnat(done) & (due < work.as_of)
    yield hits(kinds.PAID_IN_UNPROVEN, missing, *where, **values)


def _deferral(work: Work) -> Hits:
    facts = work.facts
    chosen = facts.flags["deferral_chosen"] == 1
    other = (facts.flags["shares_only"] == 0) | np.isin(facts.payment, _NOT_ALL_SHARES)
    other |= ~np.isin(facts.mode, ("shares", ""))
    cells = work.of_case("deferral_chosen")
    return hits(money_kinds.NO_DEFERRAL, chosen & other, work.rule("CN-deferral"), cells)


def half_tax_due(work: Work) -> Dates:
    """Return the last day on which a cash reward is taxed by half; no day for other units.

    Universities and institutes of the state are among the non-profit ones that the notice names.
    """
    facts = work.facts
    said = facts.flags["non_profit"]
    concerned = (said == 1) | (facts.state_unit & (said != 0))
    concerned &= facts.mode != "shares"
    free = np.where(concerned, received_day(work), NO_DAY)
    return add_months(free, 36)


def _half_tax(work: Work) -> Iterator[Hits]:
    facts, due = work.facts, half_tax_due(work)
    done, rule = rewarded_day(work), work.rule("CN-half-tax")
    values: dict[str, Any] = {"done": done, "due": due}
    for cells in cells_of(work, "distributed", "reward"):
        late = (done > due) & (cells.row >= 0)
        yield hits(money_kinds.HALF_TAX_LATE, late, rule, cells, **values)
    paid = ~np.isnat(due) & ~np.isnat(done) & (facts.flags["contract_registered"] == 0)
    rule, cells = work.rule("CN-registered-contract"), work.of_case("contract_registered")
    yield hits(money_kinds.HALF_TAX_UNREGISTERED, paid, rule, cells)


def _in_force(work: Work, not_in_force: NotInForce) -> Hits:
    facts, executed = work.facts, work.facts.steps["executed"]
    rule = facts.regimes.pick("patent_in_force", nearest_rule)
    numbers = not_in_force(facts.results.ids, executed.start)
    mask = (rule >= 0) & (numbers != "") & ~np.isnat(executed.start)
    values: dict[str, Any] = {"day": executed.start, "number": numbers}
    return hits(kinds.NOT_IN_FORCE, mask, rule, work.of_step("executed"), **values)
