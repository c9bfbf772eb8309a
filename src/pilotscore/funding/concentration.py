"""How concentrated the money is, and who got what share of it compared with what was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class GroupShares:
    """Money of each group (track, region, institution), in fen, and its shares.

    ``groups`` has shape (g,): the numbers of the groups, ascending; the others have one entry for
    each. ``success`` is the share of results that were funded, ``asked_results`` how many there are.
    """

    groups: Ints
    asked: Ints
    awarded: Ints
    asked_results: Ints
    funded_results: Ints

    @property
    def share_asked(self) -> Floats:
        """Share of all money that was asked for, 0-1, shape (g,); nan where none was."""
        return _shares(self.asked)

    @property
    def share_awarded(self) -> Floats:
        """Share of all money that was awarded, 0-1, shape (g,); nan where none was."""
        return _shares(self.awarded)

    @property
    def success(self) -> Floats:
        """Share of the group's results that were funded, 0-1, shape (g,)."""
        share: Floats = self.funded_results / self.asked_results
        return share


def herfindahl(amounts: Ints) -> float:
    """Return the Herfindahl-Hirschman index: the sum of squared shares, from 1/n to 1.

    1 is one recipient of everything, 1/n all alike; ``1 / index`` is the effective number of
    recipients. Source: Hirschman 1964, "The Paternity of an Index", American Economic Review 54,
    761 (from general knowledge). Competition authorities count shares in percent, which makes it
    10,000 times as large: shares of 30, 30, 20 and 20 percent give 2,600 (US Department of Justice).
    It is nan where there is no money.
    """
    import numpy as np

    shares = _shares(amounts)
    return float(np.sum(shares**2)) if len(shares) else float("nan")


def top_share(amounts: Ints, count: int) -> float:
    """Return the share of the money that the ``count`` largest recipients have, 0-1."""
    import numpy as np

    total = int(amounts.sum())
    largest = int(np.sort(amounts)[::-1][:count].sum())
    return largest / total if total else float("nan")


def by_group(groups: Ints, asked: Ints, awarded: Ints) -> GroupShares:
    """Return what each group asked for and got.

    Parameters
    ----------
    groups
        Shape (n,): the group of each result; -1 is a group too: those that belong to none.
    asked, awarded
        Shape (n,), fen; 0 is nothing.
    """
    import numpy as np

    named, place = np.unique(groups, return_inverse=True)

    def sums(values: Ints) -> Ints:
        # Not bincount: its weights are floats, and money is exact.
        total = np.zeros(len(named), dtype=np.int64)
        np.add.at(total, place, values)
        return total

    one = np.ones(len(groups), dtype=np.int64)
    return GroupShares(
        named.astype(np.int64),
        sums(asked),
        sums(awarded),
        sums(one),
        sums((awarded > 0).astype(np.int64)),
    )


def _shares(amounts: Ints) -> Floats:
    import numpy as np

    total = int(amounts.sum())
    share: Floats = amounts / total if total else np.full(len(amounts), np.nan)
    return share
