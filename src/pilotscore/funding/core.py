"""Which results are in nearly every good portfolio, whatever the weights and scores turn out to be.

Robust portfolio modelling: a portfolio is good if no other one is at least as good for all weights
and scores that are thought possible. The core index of a result is the share of good portfolios
that hold it: core results can be chosen now, exterior ones left, and only for the borderline ones
does it pay to find out more. Sources: Liesiö, Mild, Salo 2007, "Preference programming for robust
portfolio modeling and project selection", European Journal of Operational Research 181, 1488-1505;
the same 2008, "Robust portfolio modeling with incomplete cost information and project
interdependencies", EJOR 190, 679-695 (their abstracts were at hand; the rest from general
knowledge).

To list all good portfolios is possible for a few results alone. For many, the best portfolio of
each of many scenarios (draws of the scores) stands for them. A portfolio that alone is best in a
scenario is good, so a result in every good portfolio has index 1 here too, and one in none has 0,
as far as each scenario is solved exactly; in between the two figures differ.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from pilotscore.arrays import Codes, Floats, Ints
from pilotscore.records import dataclass


class Standing(IntEnum):
    """Where a result stands among the good portfolios."""

    EXTERIOR = -1
    BORDERLINE = 0
    CORE = 1


@dataclass(frozen=True, slots=True, eq=False)
class CoreIndex:
    """In how many of ``scenarios`` good portfolios each result is, shape (n,).

    Of equal results ``held`` is the mean.
    """

    held: Ints | Floats
    scenarios: int

    @property
    def index(self) -> Floats:
        """The core index, 0-1, shape (n,)."""
        share: Floats = self.held / self.scenarios
        return share

    def standing(self, core: float = 0.95, exterior: float = 0.05) -> Codes:
        """Return the :class:`Standing` of each result, shape (n,).

        An index of at least ``core`` is core, of at most ``exterior`` is exterior. 1 and 0 are the
        bounds of the papers; scenarios are a sample, and weaker bounds say "nearly every".
        """
        if not 0 <= exterior < core <= 1:
            raise ValueError(f"core {core} and exterior {exterior} leave no borderline")
        index = self.index
        standing = np.where(
            index >= core,
            Standing.CORE,
            np.where(index <= exterior, Standing.EXTERIOR, Standing.BORDERLINE),
        )
        return standing.astype(np.int8)
