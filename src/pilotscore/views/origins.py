"""Where the values of a result come from: judged by a panel, measured, or stated."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from pilotscore.document import Block, Column, Fact, Gap, Line
from pilotscore.index import origin_of, origin_shares
from pilotscore.language import COMMA, LISTED, NOTHING, Text, Words, join, same
from pilotscore.measures import Origin
from pilotscore.records import dataclass
from pilotscore.runs.outcome import Outcome
from pilotscore.wording import figures, words

_ORIGINS = Text("权重来源", "weight by origin")
_NO_VALUE = Text("无值", "no value")
_JUDGED = Text("§ 专家评审的分值", "§ given by a panel of experts")
_OF_CALL = Text(
    "指数权重中专家评判占 {judged}，实测占 {measured}，其余为申报或无值（逐项见“专家评判”等列）",
    "of the weight of the index {judged} is judged by experts and {measured} measured; the rest is "
    "stated or has no value",
)
_FROM_TO = same("{least}–{most}")


def of_result(outcome: Outcome, i: int) -> Iterator[Fact]:
    """Say the shares of the weight of a result; nothing where all is stated."""
    shares = _of(outcome, i)
    if shares.judged > 0 or shares.measured > 0 or shares.derived > 0:
        yield Fact(_ORIGINS, _said(shares))


def below(outcome: Outcome, i: int) -> Iterator[Fact]:
    """Say the shares of a result of which a panel judged something, below its line of a list."""
    if (said := shares_where_judged(outcome, i)) != NOTHING:
        yield Fact(_ORIGINS, said, 5)


def shares_where_judged(outcome: Outcome, i: int) -> Words:
    """Say the shares of the weight of a result, judged first; nothing where no panel judged it."""
    shares = _of(outcome, i)
    return _said(shares) if shares.judged > 0 else NOTHING


def columns(outcome: Outcome) -> tuple[Column, ...]:
    """Return the columns of what is judged and measured; none where no panel judged anything."""
    if not _any_judged(outcome):
        return ()
    return (
        Column("judged_share", words.JUDGED_SHARE, "share", 10),
        Column("measured_share", words.MEASURED_SHARE, "share", 9),
    )


def cells(outcome: Outcome) -> Callable[[int], tuple[float, ...]]:
    """Return what gives the cells of a result under these columns."""
    if not _any_judged(outcome):
        return lambda _i: ()
    shares = origin_shares(outcome.assessment)
    return lambda i: (round(float(shares.judged[i]), 4), round(float(shares.measured[i]), 4))


def _any_judged(outcome: Outcome) -> bool:
    return bool((outcome.assessment.measurements.origins == _PANEL).any())


_PANEL = int(Origin.PANEL)


@dataclass(frozen=True, slots=True)
class _Shares:
    """The shares of one result."""

    judged: float
    measured: float
    stated: float
    derived: float


def _of(outcome: Outcome, i: int) -> _Shares:
    of_one = origin_shares(outcome.assessment, slice(i, i + 1))
    columns = (of_one.judged, of_one.measured, of_one.stated, of_one.derived)
    return _Shares(*(float(x[0]) for x in columns))


def _said(shares: _Shares) -> Words:
    parts = (
        (words.JUDGED_SHARE, shares.judged),
        (words.MEASURED_SHARE, shares.measured),
        (words.DERIVED_SHARE, shares.derived),
        (words.STATED_SHARE, shares.stated),
        (_NO_VALUE, 1.0 - (shares.judged + shares.measured + shares.derived + shares.stated)),
    )
    said = same("{name} {share}")
    return join(
        (said.of(name=n, share=figures.some_percent(x)) for n, x in parts if x > 1e-9), COMMA
    )


def judged(outcome: Outcome, i: int) -> Iterator[Block]:
    """Say which values of a result a panel gave; nothing where it gave none."""
    if (titles := judged_indicators(outcome, i)) != NOTHING:
        yield Gap()
        yield Fact(_JUDGED, titles)


def judged_indicators(outcome: Outcome, i: int) -> Words:
    """Return the titles of what a panel judged of a result; nothing where that is nothing."""
    a, indicators = outcome.assessment, outcome.criteria.indicators
    by_panel = np.flatnonzero(a.measurements.origins[i] == _PANEL).tolist()
    titles = [indicators[j].title for j in by_panel if _is_judged(outcome, i, j)]
    return join(titles, LISTED) if titles else NOTHING


def judged_by_panel(outcome: Outcome, places: Sequence[int]) -> list[Words]:
    """Return for each of some results the titles of what a panel judged of it."""
    if not (outcome.assessment.measurements.origins[list(places)] == _PANEL).any():
        return [NOTHING] * len(places)
    return [judged_indicators(outcome, i) for i in places]


def of_call(outcome: Outcome) -> Iterator[Line]:
    """Say the shares over all results; nothing where a panel judged none of them."""
    shares = origin_shares(outcome.assessment)
    if np.any(shares.judged > 0):
        said = _OF_CALL.of(judged=_range(shares.judged), measured=_range(shares.measured))
        yield Line(((said, "magenta"),))


def _range(shares: np.ndarray) -> Words:
    least, most = f"{shares.min():.0%}", f"{shares.max():.0%}"
    return same(least) if least == most else _FROM_TO.of(least=least, most=most)


def record(outcome: Outcome, i: int) -> dict[str, Any]:
    """Return the shares of a result, and what a panel judged of it, under their keys."""
    shares, indicators = _of(outcome, i), outcome.criteria.indicators
    by_panel = [x.id for j, x in enumerate(indicators) if _is_judged(outcome, i, j)]
    return {
        "judged_share": shares.judged,
        "measured_share": shares.measured,
        **({"derived_share": shares.derived} if outcome.has_rights else {}),
        "stated_share": shares.stated,
        "judged": by_panel,
    }


def _is_judged(outcome: Outcome, i: int, j: int) -> bool:
    return origin_of(outcome.assessment, i, j) is Origin.PANEL
