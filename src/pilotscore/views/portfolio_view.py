"""Where the money goes: by track, institution, region, grade, kind of innovation, mode of transfer."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pilotscore.criteria.policy import INSTRUMENT_KINDS
from pilotscore.funding.concentration import by_group, herfindahl, top_share
from pilotscore.funding.funded import Funded
from pilotscore.language import Lang, Text, same
from pilotscore.views.funded_words import instrument_title
from pilotscore.views.tables import Column, Table
from pilotscore.wording import words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Facts that funders ask about, where the criteria set has them.
_FACTS = ("institution", "applicant_type", "region", "domain", "innovation_kind", "transfer_mode")
NONE = Text("（未写）", "(none)")
TRACK = Text("赛道", "Track")
INSTRUMENT = Text("资金工具", "Instrument")
NO_TRACK = Text("（不属于任何赛道）", "(in no track)")
NO_MONEY = Text("（不符合条件）", "(not eligible)")
MOST_GROUPS = 20


@dataclass(frozen=True, slots=True)
class Group:
    """The money of a group, in fen, against what all who applied asked for."""

    title: Text
    asked: int
    awarded: int
    share_asked: float
    share_awarded: float
    results: int
    funded: int


@dataclass(frozen=True, slots=True)
class View:
    """The money by one property, the group with most of it first.

    ``concentration`` is the Herfindahl-Hirschman index of the awards, 1/n to 1, nan without money;
    ``top`` the share of the three largest groups.
    """

    title: Text
    groups: tuple[Group, ...]
    concentration: float
    top: float


def portfolio_views(funded: Funded) -> tuple[View, ...]:
    """Return where the money goes, by every property that the results have."""
    applied = funded.applied
    a, call = applied.ranking.assessment, applied.loaded.call
    views = []
    if call.tracks:
        names = [call.tracks[n].title for n in applied.track_names]
        views.append(_view(funded, TRACK, applied.problem.tracks, lambda k: names[k], NO_TRACK))
    grades = [same(g.id) for g in a.criteria.grades]
    views.append(_view(funded, words.GRADE, a.grade, lambda k: grades[k]))
    views.append(_by_instrument(funded))
    wanted = dict.fromkeys((*_FACTS, *(cap.by for cap in call.caps.values())))
    for name in wanted:
        fact = next((f for f in a.criteria.facts if f.id == name), None)
        if fact is not None and name in a.names and (found := _by_fact(funded, name, fact.title)):
            views.append(found)
    return tuple(views)


def _by_instrument(funded: Funded) -> View:
    """Return where the money goes by family of instrument; what is eligible for none is a group too."""
    import numpy as np

    titles: dict[Text, int] = {}
    codes = np.full(len(funded.applied), -1, dtype=np.int64)
    for i, instrument in enumerate(funded.applied.grants.instruments):
        if funded.applied.grants.amount[i] > 0:
            title = instrument_title(instrument)
            if instrument is not None and instrument.kind is not None:
                title = INSTRUMENT_KINDS[instrument.kind]
            codes[i] = titles.setdefault(title, len(titles))
    shown = list(titles)
    return _view(funded, INSTRUMENT, codes, lambda k: shown[k], NO_MONEY)


def _by_fact(funded: Funded, name: str, title: Text) -> View | None:
    import numpy as np

    a = funded.applied.ranking.assessment
    operand = a.names[name].values
    if operand.dtype.kind == "f" or not (operand != "").any():
        return None
    known, codes = np.unique(operand, return_inverse=True)
    codes = np.where(operand == "", -1, codes.ravel())
    fact = next(f for f in a.criteria.facts if f.id == name)
    titles = {c.id: c.title for c in fact.table or ()}
    shown = [titles.get(str(w), same(str(w))) for w in known]
    return _view(funded, title, codes, lambda k: shown[k])


def _view(
    funded: Funded,
    title: Text,
    codes: NDArray[np.int64],
    name: Callable[[int], Text],
    none: Text = NONE,
) -> View:
    import numpy as np

    awarded = funded.award()
    shares = by_group(codes, funded.applied.grants.asked, awarded)
    order = np.lexsort((shares.groups, -shares.asked, -shares.awarded)).tolist()
    groups = tuple(
        Group(
            name(int(shares.groups[k])) if shares.groups[k] >= 0 else none,
            int(shares.asked[k]),
            int(shares.awarded[k]),
            float(shares.share_asked[k]),
            float(shares.share_awarded[k]),
            int(shares.asked_results[k]),
            int(shares.funded_results[k]),
        )
        for k in order
    )
    amounts = shares.awarded[shares.awarded > 0]
    return View(title, groups, herfindahl(amounts), top_share(amounts, 3))


def views_table(funded: Funded, lang: Lang) -> Table:
    """Return every group of every view: money and results, funded against applied."""
    unit = funded.applied.loaded.call.money_unit
    columns = (
        Column("property", Text("类别", "By"), width=14),
        Column("group", Text("组", "Group"), "wrap", 24),
        Column("asked", Text(f"申请（{unit.name}）", f"Asked ({unit.name})"), "amount", 12),
        Column("awarded", Text(f"资助（{unit.name}）", f"Awarded ({unit.name})"), "amount", 12),
        Column("share_asked", Text("占申请", "Of asked"), "share", 9),
        Column("share_awarded", Text("占资助", "Of awarded"), "share", 9),
        Column("results", Text("申报项数", "Applied"), "rank", 9),
        Column("funded", Text("资助项数", "Funded"), "rank", 9),
        Column("concentration", Text("集中度 HHI", "Concentration (HHI)"), "figure", 12),
    )
    rows = [
        [
            view.title.to(lang), g.title.to(lang), g.asked / unit.fen, g.awarded / unit.fen,
            _share(g.share_asked), _share(g.share_awarded), g.results, g.funded,
            _share(view.concentration) if k == 0 else None,
        ]
        for view in portfolio_views(funded)
        for k, g in enumerate(view.groups)
    ]  # fmt: skip
    return Table(columns, rows)


def _share(value: float) -> float | None:
    return round(value, 9) if math.isfinite(value) else None


def bars(view: View, width: int, lang: Lang, most: int = 6) -> list[tuple[str, str, str]]:
    """Return lines of a bar chart: the group, a bar of its share of the money, figures."""
    lines = []
    for g in view.groups[:most]:
        share = g.share_awarded if math.isfinite(g.share_awarded) else 0.0
        asked = g.share_asked if math.isfinite(g.share_asked) else 0.0
        bar = "█" * round(share * width)
        figure = Text(
            f"资助 {share:.0%}，申请 {asked:.0%}；{g.funded}/{g.results} 项",
            f"{share:.0%} of awards, {asked:.0%} of requests; {g.funded} of {g.results}",
        )
        lines.append((g.title.to(lang), bar, figure.to(lang)))
    return lines
