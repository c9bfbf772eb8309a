"""A result of the ranking in one line below its figures; what many say alike is under the list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pilotscore.document import Block, Fact, Gap, Segment, Strip, heading
from pilotscore.funding import Offer, Recommendation
from pilotscore.index import deciding_reasons
from pilotscore.language import COLON, DOT, NOTHING, Text, Words, amounts, join, same
from pilotscore.runs.outcome import Outcome
from pilotscore.views import origins, rights_beside
from pilotscore.views.said_once import Notes, Saying, cells_of, said_once
from pilotscore.wording import words

_INDENT = 5
_WHOLE = 80 - _INDENT  # cells of a line on the usual screen
_MARK = 5  # that a mark takes before what it stands for
_BETWEEN = 3  # and between two parts of it
_APPROVAL, _GROUNDS, _JUDGED, _RIGHTS = 20, 24, 22, 14  # cells that they keep where they are cut
_IN_ITS_ROW = Text("{title}（金额见各行）", "{title} (amount in the row)")
_OR = Text(" 或 ", " or ")
_MARKED = same("{mark} {title}")
_HINT = Text(
    "各维度与每项的全部内容：-v；一项的评分卡：pilotscore score",
    "dimensions and all that is said of each: -v; the scorecard of one: pilotscore score",
)


class Brief:
    """The lines below the results that are shown, and the notes under the list.

    Parameters
    ----------
    outcome
        The run.
    shown
        The results, in their order.
    """

    def __init__(self, outcome: Outcome, shown: Sequence[int]) -> None:
        self._outcome, plan = outcome, outcome.plan.recommendations
        self._advice = Notes()
        marks = [self._advice.mark(_advice(outcome, plan[i])) for i in shown]
        self._grounds = Notes(len(self._advice) + 1)
        rooms = [_room(outcome, plan[i]) for i in shown]
        grounds = said_once([list(_grounds(outcome, i)) for i in shown], rooms, self._grounds)
        self._rows = dict(zip(map(int, shown), zip(marks, grounds, strict=True), strict=True))

    def below(self, i: int) -> Strip:
        """Return the line of a result: what is recommended, how much, and what decided it."""
        outcome, (mark, grounds) = self._outcome, self._rows[int(i)]
        recommended = outcome.plan.recommendations[i]
        approval = _MARKED.of(mark=mark, title=recommended.approval.title)
        parts = (
            Segment(approval, "", _APPROVAL, 1),
            Segment(_amounts(outcome, recommended), "bold"),
            Segment(grounds, "yellow", _GROUNDS, 4),
            Segment(origins.shares_where_judged(outcome, i), "dim", _JUDGED, 2),
            Segment(rights_beside.short(outcome.assessment, i), "dim", _RIGHTS, 3),
        )
        return Strip(parts, _INDENT)

    def notes(self) -> Iterator[Block]:
        """Say what the marks of the rows stand for."""
        for title, notes in ((words.ADVICE, self._advice), (words.REASON, self._grounds)):
            if len(notes):
                yield Gap()
                yield heading(title)
                yield from notes.facts()


def hint() -> Fact:
    """Say where the rest of each result is."""
    return Fact("", _HINT, style="dim")


def _advice(outcome: Outcome, r: Recommendation) -> Words:
    """Return what is recommended but for its amounts: for many results the same."""
    policy = outcome.policy
    offers = [_instrument(o) for o in r.open_offers]
    funds = any(consequence.instruments for consequence in policy.grades.values())
    money = join(offers) if offers else words.NO_MONEY if funds else NOTHING
    return join((r.approval.title, join((money, join(r.support)), DOT)), COLON)


def _instrument(offer: Offer) -> Words:
    title = offer.instrument.title
    return title if _has_no_range(offer) else _IN_ITS_ROW.of(title=title)


def _has_no_range(offer: Offer) -> bool:
    return offer.low is None or offer.high is None


def _amounts(outcome: Outcome, r: Recommendation) -> Words:
    unit = outcome.policy.unit
    ranges = [
        amounts(o.low, o.high, unit)
        for o in r.open_offers
        if o.low is not None and o.high is not None
    ]
    return join(ranges, _OR)


def _room(outcome: Outcome, r: Recommendation) -> int:
    """Return the cells that approval and amount leave for what decided a grade."""
    approval = min(_APPROVAL, _MARK + cells_of(r.approval.title))
    money = cells_of(_amounts(outcome, r))
    return _WHOLE - approval - _BETWEEN - (money + _BETWEEN if money else 0)


def _grounds(outcome: Outcome, i: int) -> Iterator[Saying]:
    """Yield what decided a grade, or why there is none; how far a result is off is its own."""
    reasons = deciding_reasons(outcome.assessment, i)
    yield from (Saying(r.text) for r in reasons if r.shortfall is None)
    off = [r.shortfall for r in reasons if r.shortfall is not None]
    if off:
        said = join(
            _OFF_BY.of(title=x.title, shown=x.shown, sign=x.sign, wanted=x.wanted) for x in off
        )
        yield Saying(_SHORT_OF.of(grade=off[0].grade, what=said), own=True)


_OFF_BY = same("{title} {shown} {sign} {wanted}")
_SHORT_OF = Text("未达 {grade} 级：{what}", "short of {grade}: {what}")
