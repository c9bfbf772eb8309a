"""What an assignment has to keep: demands, groups, loads, units, and pairs that may not be."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.records import dataclass


@dataclass(frozen=True, eq=False)
class Problem:
    """An assignment of experts to results.

    Parameters
    ----------
    demand
        How many experts each result needs, shape (results,).
    least, most
        How many results each expert takes at least and at most, shape (experts,).
    group
        The number of each expert's group, from 0, shape (experts,).
    of_group
        How many experts of each group a result needs at least, shape (groups,).
    unit
        The number of each expert's institution, from 0; -1 for none, shape (experts,).
    per_unit
        How many experts of one institution a result may have; None for any number.
    allowed
        Which pairs may be, shape (results, experts).
    affinity
        How well an expert suits a result, 0 to 1, shape (results, experts).
    cap
        The greatest probability with which any pair may be assigned; 1 where nothing is left to
        chance.
    """

    demand: Ints
    least: Ints
    most: Ints
    group: Ints
    of_group: Ints
    unit: Ints
    per_unit: int | None
    allowed: Bools
    affinity: Floats
    cap: float = 1.0

    @property
    def results(self) -> int:
        """How many results there are."""
        return len(self.demand)

    @property
    def experts(self) -> int:
        """How many experts there are."""
        return len(self.group)

    @cached_property
    def large_units(self) -> Ints:
        """The institutions with more experts than a result may have of one."""
        if self.per_unit is None:
            return np.zeros(0, dtype=np.int64)
        known, count = np.unique(self.unit[self.unit >= 0], return_counts=True)
        return known[count > self.per_unit].astype(np.int64)

    @cached_property
    def nested(self) -> bool:
        """Whether each institution that counts lies within one group.

        Then what a result needs is nested (institution in group in result), the constraints are
        totally unimodular, and a linear programme has a whole solution.
        """
        return all(len(np.unique(self.group[self.unit == u])) == 1 for u in self.large_units)
