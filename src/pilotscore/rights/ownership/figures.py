"""Which rule holds for each result, worked out once for each region, kind of unit and mode."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np

from pilotscore.arrays import Floats, Ints
from pilotscore.criteria.legal.regions import Regulations, Rule
from pilotscore.records import dataclass
from pilotscore.workbook.rights.records import Texts

NO_RULE = -1


@dataclass(frozen=True, eq=False)
class Regimes:
    """The distinct regions, kinds of unit and modes of a batch, and which each result has.

    A rule is a place in ``rules``; `NO_RULE` where there is none.
    """

    regulations: Regulations
    combinations: tuple[tuple[str, str, str], ...]
    of: Ints

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule there is."""
        return tuple(self.regulations.rules.values())

    @cached_property
    def _place(self) -> dict[str, int]:
        return {rule.id: i for i, rule in enumerate(self.rules)}

    def pick(self, item: str, choose: Callable[[Sequence[Rule]], Rule | None]) -> Ints:
        """Return the rule of each result that is chosen among those that concern it."""
        chosen = [
            choose(self.regulations.in_force(item, *combination))
            for combination in self.combinations
        ]
        places = [NO_RULE if rule is None else self._place[rule.id] for rule in chosen]
        return np.array(places, np.int64)[self.of] if places else np.zeros(0, np.int64)

    def figure(self, rules: Ints, name: str) -> Floats:
        """Return a figure of the rule of each result; nan where there is no rule or none in it."""
        own = (getattr(rule, name) for rule in self.rules)
        values = np.array([np.nan if value is None else value for value in own], np.float64)
        return np.where(rules >= 0, values[rules], np.nan)


def regimes_of(regulations: Regulations, regions: Texts, kinds: Texts, modes: Texts) -> Regimes:
    """Return the regimes of results by their region, kind of unit and mode."""
    place: dict[tuple[str, str, str], int] = {}
    keys = zip(regions, kinds, modes, strict=True)
    of = np.array([place.setdefault(key, len(place)) for key in keys], np.int64)
    return Regimes(regulations, tuple(place), of)


def binding(rules: Sequence[Rule]) -> Rule | None:
    """Return the strictest rule that must be kept: the greatest share; the nearest of equals."""
    must = [rule for rule in rules if rule.binding == "shall"]
    return max(must, key=lambda rule: rule.share or 0, default=None)


def recommended(rules: Sequence[Rule]) -> Rule | None:
    """Return the rule with the greatest share that only may be kept."""
    may = [rule for rule in rules if rule.binding == "may" and rule.share is not None]
    return max(may, key=lambda rule: rule.share or 0, default=None)


def by_default(rules: Sequence[Rule]) -> Rule | None:
    """Return the rule that holds where nothing is fixed or agreed."""
    return next((rule for rule in rules if rule.binding == "default"), None)


def nearest_rule(rules: Sequence[Rule]) -> Rule | None:
    """Return the rule of the nearest region."""
    return rules[0] if rules else None
