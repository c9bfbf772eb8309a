"""How long a result was published, and how long it has to be.

A rule and the notice itself may each name a number of days, in calendar or in working days; each is
counted in its own. Where neither kind is said they are calendar days. The first day is not counted.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.criteria.legal.regions import Rule
from pilotscore.records import dataclass
from pilotscore.rights.calendar import WorkingDays
from pilotscore.rights.counting import add_days
from pilotscore.rights.ownership.facts import REWARD_PUBLICITY, Facts, StepFacts
from pilotscore.rights.ownership.figures import nearest_rule
from pilotscore.rights.ownership.rows import NO_DAY, taken
from pilotscore.workbook.rights.records import Dates, RightsRead, Texts


@dataclass(frozen=True, slots=True, eq=False)
class Publicity:
    """Columns with a place for each result.

    ``rule`` is what names the days, ``required`` how many; ``rule_working`` and ``rule_said``
    whether they are working days, and whether it says which. ``stated``, ``working`` and ``said``
    are the same of the notice. ``lasted`` and ``lasted_working`` is how long it was; ``due`` the
    first day on which it may end by both.
    """

    rule: Ints
    required: Floats
    rule_working: Bools
    rule_said: Bools
    stated: Floats
    working: Bools
    said: Bools
    start: Dates
    end: Dates
    lasted: Floats
    lasted_working: Floats
    due: Dates
    unconfirmed: Bools

    def lasted_as(self, working: Bools) -> Floats:
        """Return how many days it lasted, in working days where a mask has it."""
        return np.where(working, self.lasted_working, self.lasted)


def publicity_of(facts: Facts, read: RightsRead, calendar: WorkingDays) -> Publicity:
    """Return how long name and price of each result (or what is granted) were published."""
    regimes = facts.regimes
    rule = regimes.pick("price_publicity", nearest_rule)
    granting = regimes.pick("vesting_publicity", nearest_rule)
    unsaid = np.isnan(regimes.figure(rule, "days"))
    rule = np.where(unsaid & facts.granted, granting, rule)
    return _held_against(facts, read, calendar, rule, facts.steps["published"])


def reward_publicity_of(facts: Facts, read: RightsRead, calendar: WorkingDays) -> Publicity:
    """Return how long the rewards of each result were published."""
    rule = facts.regimes.pick("reward_publicity", _of_days)
    return _held_against(facts, read, calendar, rule, facts.steps[REWARD_PUBLICITY])


def _of_days(rules: Sequence[Rule]) -> Rule | None:
    """Return the nearest rule that must be kept and names a number of days."""
    must = (rule for rule in rules if rule.days is not None and rule.binding == "shall")
    return next(must, None)


def _held_against(
    facts: Facts, read: RightsRead, calendar: WorkingDays, rule: Ints, step: StepFacts
) -> Publicity:
    regimes = facts.regimes
    required = regimes.figure(rule, "days")
    of_rule = np.array([r.day_kind for r in regimes.rules], object)[rule]
    stated, kind = _stated(read, step.rows)
    starts, ends = (
        np.where(step.stated, step.start, NO_DAY),
        np.where(step.stated, step.end, NO_DAY),
    )
    by_rule = _end(starts, required, of_rule == "working", calendar)
    by_notice = _end(starts, stated, kind == "working", calendar)
    in_working = ((of_rule == "working") & (rule >= 0)) | (kind == "working")
    due = np.fmax(by_rule, by_notice)
    return Publicity(
        rule=rule,
        required=required,
        rule_working=of_rule == "working",
        rule_said=of_rule != "",
        stated=stated,
        working=kind == "working",
        said=kind != "",
        start=starts,
        end=ends,
        lasted=_passed(starts, ends),
        lasted_working=_passed_working(starts, ends, calendar),
        due=due,
        unconfirmed=in_working & calendar.unconfirmed(due),
    )


def _stated(read: RightsRead, rows: Ints) -> tuple[Floats, Texts]:
    if read.steps is None:
        return np.full(len(rows), np.nan), np.full(len(rows), "", object)
    return taken(read.steps.days, rows, np.nan), taken(read.steps.day_kind, rows, "")


def _end(start: Dates, days: Floats, working: Bools, calendar: WorkingDays) -> Dates:
    known = ~np.isnan(days) & ~np.isnat(start) & (days >= 0) & (days < 10_000)
    count = np.where(known, days, 0).astype(np.int64)
    ends = np.where(working, calendar.add_working(start, count), add_days(start, count))
    return np.where(known, ends, NO_DAY)


def _passed(start: Dates, end: Dates) -> Floats:
    """Return how many calendar days passed, the first not counted."""
    known = ~(np.isnat(start) | np.isnat(end))
    return np.where(known, (end - start).astype("m8[D]").astype(np.int64), np.nan)


def _passed_working(start: Dates, end: Dates, calendar: WorkingDays) -> Floats:
    """Return how many working days passed, the first not counted."""
    known = ~(np.isnat(start) | np.isnat(end))
    return np.where(known, calendar.working_between(start + np.timedelta64(1, "D"), end), np.nan)
