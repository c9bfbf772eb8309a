"""How concentrated the money is, and who got what share of it compared with what was asked for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pilotscore.arrays import Floats, Ints
from pilotscore.criteria.policy import INSTRUMENT_KINDS
from pilotscore.funding.constraints import category_title
from pilotscore.funding.decision import Decision
from pilotscore.funding.grants import instrument_title
from pilotscore.language import Text, same
from pilotscore.records import dataclass

# Facts that funders ask about, where the criteria set has them.
_FACTS = ("institution", "applicant_type", "region", "domain", "innovation_kind", "transfer_mode")
NONE = Text("（未写）", "(none)")
NO_GRADE = Text("（无等级）", "(no grade)")
TRACK = Text("赛道", "Track")
GRADE = Text("等级", "Grade")
INSTRUMENT = Text("资金工具", "Instrument")
NO_TRACK = Text("（不属于任何赛道）", "(in no track)")
NO_MONEY = Text("（不符合条件）", "(not eligible)")


@dataclass(frozen=True, slots=True, eq=False)
class GroupShares:
    """Money of each group (track, region, institution), in fen, and its shares.

    ``groups`` has shape (g,): the numbers of the groups, ascending; the others have one entry for
    each. ``success`` is the share of results that were funded, ``results`` how many there are.
    """

    groups: Ints
    requested: Ints
    awarded: Ints
    results: Ints
    funded: Ints

    @property
    def share_requested(self) -> Floats:
        """Share of all money that was asked for, 0-1, shape (g,); nan where none was."""
        return _shares(self.requested)

    @property
    def share_awarded(self) -> Floats:
        """Share of all money that was awarded, 0-1, shape (g,); nan where none was."""
        return _shares(self.awarded)

    @property
    def success(self) -> Floats:
        """Share of the group's results that were funded, 0-1, shape (g,)."""
        share: Floats = self.funded / self.results
        return share


def herfindahl(amounts: Ints) -> float:
    """Return the Herfindahl-Hirschman index: the sum of squared shares, from 1/n to 1.

    1 is one recipient of everything, 1/n all alike; ``1 / index`` is the effective number of
    recipients. Source: Hirschman 1964, "The Paternity of an Index", American Economic Review 54,
    761 (from general knowledge). Competition authorities count shares in percent, which makes it
    10,000 times as large: shares of 30, 30, 20 and 20 percent give 2,600 (US Department of
    Justice). It is nan where there is no money.
    """
    shares = _shares(amounts)
    return float(np.sum(shares**2)) if len(shares) else float("nan")


def top_share(amounts: Ints, count: int) -> float:
    """Return the share of the money that the ``count`` largest recipients have, 0-1."""
    total = int(amounts.sum())
    largest = int(np.sort(amounts)[::-1][:count].sum())
    return largest / total if total else float("nan")


def by_group(groups: Ints, requested: Ints, awarded: Ints) -> GroupShares:
    """Return what each group asked for and got.

    Parameters
    ----------
    groups
        Shape (n,): the group of each result; -1 is a group too: those that belong to none.
    requested, awarded
        Shape (n,), fen; 0 is nothing.
    """
    named, place = np.unique(groups, return_inverse=True)

    def sums(values: Ints) -> Ints:
        # Not bincount: its weights are floats, and money is exact.
        total = np.zeros(len(named), dtype=np.int64)
        np.add.at(total, place, values)
        return total

    one = np.ones(len(groups), dtype=np.int64)
    return GroupShares(
        named.astype(np.int64),
        sums(requested),
        sums(awarded),
        sums(one),
        sums((awarded > 0).astype(np.int64)),
    )


def _shares(amounts: Ints) -> Floats:
    total = int(amounts.sum())
    share: Floats = amounts / total if total else np.full(len(amounts), np.nan)
    return share


@dataclass(frozen=True, slots=True)
class Group:
    """The money of a group, in fen, against what all who applied asked for."""

    title: Text
    requested: int
    awarded: int
    share_requested: float
    share_awarded: float
    results: int
    funded: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The money by one property, the group with most of it first.

    ``concentration`` is the Herfindahl-Hirschman index of the awards, 1/n to 1, nan without money;
    ``top`` the share of the three largest groups.
    """

    title: Text
    groups: tuple[Group, ...]
    concentration: float
    top: float


def breakdowns(decision: Decision) -> tuple[Breakdown, ...]:
    """Return where the money goes, by every property that the results have."""
    instance = decision.instance
    a, call = instance.assessment, instance.call
    parts = []
    if call.tracks:
        titles = [track.title for track in call.tracks.values()]
        parts.append(_breakdown(decision, TRACK, instance.problem.tracks, titles, NO_TRACK))
    grades = [same(g.id) for g in a.criteria.grades]
    parts.append(_breakdown(decision, GRADE, a.grade, grades, NO_GRADE))
    parts.append(_by_instrument(decision))
    facts = {f.id: f.title for f in a.criteria.facts if f.id in a.names}
    wanted = dict.fromkeys((*_FACTS, *(cap.by for cap in call.caps.values())))
    by_facts = (_by_fact(decision, name, facts[name]) for name in wanted if name in facts)
    return (*parts, *(part for part in by_facts if part is not None))


def _by_instrument(decision: Decision) -> Breakdown:
    """Return where the money goes by family of instrument; eligible for none is a group too."""
    grants = decision.instance.grants
    titles: dict[Text, int] = {}
    codes = np.full(len(decision.instance), -1, dtype=np.int64)
    for i in np.flatnonzero(grants.amount > 0).tolist():
        instrument = grants.instruments[i]
        title = instrument_title(instrument)
        if instrument is not None and instrument.kind is not None:
            title = INSTRUMENT_KINDS[instrument.kind]
        codes[i] = titles.setdefault(title, len(titles))
    return _breakdown(decision, INSTRUMENT, codes, list(titles), NO_MONEY)


def _by_fact(decision: Decision, name: str, title: Text) -> Breakdown | None:
    a = decision.instance.assessment
    values = a.names[name].values
    if values.dtype.kind == "f" or not (values != "").any():
        return None
    known, codes = np.unique(values, return_inverse=True)
    codes = np.where(values == "", -1, codes.ravel())
    titles = [category_title(a.criteria, name, str(word)) for word in known]
    return _breakdown(decision, title, codes, titles)


def _breakdown(
    decision: Decision, title: Text, codes: Ints, titles: Sequence[Text], none: Text = NONE
) -> Breakdown:
    """Return the money by the codes of a property: places in ``titles``, -1 for none."""
    shares = by_group(codes, decision.instance.grants.requested, decision.award())
    order = np.lexsort((shares.groups, -shares.requested, -shares.awarded)).tolist()
    groups = tuple(
        Group(
            titles[code] if (code := int(shares.groups[k])) >= 0 else none,
            int(shares.requested[k]),
            int(shares.awarded[k]),
            float(shares.share_requested[k]),
            float(shares.share_awarded[k]),
            int(shares.results[k]),
            int(shares.funded[k]),
        )
        for k in order
    )
    amounts = shares.awarded[shares.awarded > 0]
    return Breakdown(title, groups, herfindahl(amounts), top_share(amounts, 3))
