"""A decision in two lines below its figures; what many decisions say alike is under the list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from pilotscore.document import Block, Fact, Gap, Segment, Strip, heading
from pilotscore.funding.decision import Decision, FundingStatus
from pilotscore.funding.grants import instrument_title
from pilotscore.funding.grounds import Stop
from pilotscore.language import COMMA, NOTHING, Text, Words, join
from pilotscore.runs.fund import FundReport
from pilotscore.views import origins
from pilotscore.views.fund.overrides import changed_by_decisions, decided_parts
from pilotscore.views.fund.reasons import (
    amount_of_stop,
    behind_by_grade,
    by_budget,
    by_id_text,
    looked_up,
    passed_over,
    terms,
)
from pilotscore.views.said_once import Notes, Saying, cells_of, said_once

_INDENT = 5
_WHOLE = 80 - _INDENT  # cells of a line on the usual screen
_BETWEEN = 3  # and between two parts of it
_TITLE, _SHARES = 28, 22  # cells that they keep where they are cut
_NOTES = Text("标号说明", "What the marks stand for")
_HINT = Text(
    "各项的全部理由：-v；一项的决定：pilotscore explain --call",
    "all reasons of each: -v; the decision on one: pilotscore explain --call",
)
_AT_ITS_TURN = Text(
    "余与需：轮到该项时，以其前的分配不变计",
    "left and needed: at its turn, with the awards before it unchanged",
)
_BESIDE = Text(
    "余与需：其他资助之外，以其他资助不变计",
    "left and needed: beside the other awards, which stay",
)
_POLICY = Text(
    "各项资助依据政策 {id} {version}，按其等级",
    "awards stand on the policy {id} {version}, each at its grade",
)
_IN_ZONE = {
    FundingStatus.DISCUSS: Text("由资助方讨论决定", "the office decides"),
    FundingStatus.DRAW: Text("待抽签", "to be drawn by lot"),
}


class Brief:
    """The lines below the decisions that are shown, and the notes under the list.

    Parameters
    ----------
    report
        What :func:`~pilotscore.runs.fund.fund` gave.
    shown
        The results, in their order.
    """

    def __init__(self, report: FundReport, shown: Sequence[int]) -> None:
        self._report, self._shown, self._notes = report, shown, Notes()
        shares = {i: origins.shares_where_judged(report.outcome, i) for i in shown}
        rows, rooms = list[list[Saying]](), list[int]()
        for i in shown:
            taken = _TITLE + _BETWEEN + (_SHARES + _BETWEEN if cells_of(shares[i]) else 0)
            rows += [list(_first(report, i)), list(_second(report, i))]
            rooms += [_WHOLE - taken, _WHOLE]
        said = said_once(rows, rooms, self._notes)
        self._said = dict(zip(shown, zip(said[::2], said[1::2], strict=True), strict=True))
        self._shares = shares

    def below(self, i: int) -> tuple[Strip, Strip]:
        """Return the lines of a decision: title, what it is and on what it hangs; then why."""
        first, second = self._said[i]
        title = self._report.outcome.assessment.measurements.titles[i]
        parts = (
            Segment(title, "bold", _TITLE, 1),
            Segment(first, "", 12, 3),
            Segment(self._shares[i], "dim", _SHARES, 2),
        )
        return Strip(parts, _INDENT), Strip((Segment(second, "dim", 1, 1),), _INDENT)

    def notes(self) -> Iterator[Block]:
        """Say what the marks stand for, and what holds for all rows."""
        decision = self._report.funded
        yield Gap()
        yield heading(_NOTES)
        yield from self._notes.facts()
        if any(decision.grounds[i].stops for i in self._shown):
            beside = decision.rule == "portfolio"
            yield Fact("", _BESIDE if beside else _AT_ITS_TURN, 2, "dim")
        policy = decision.instance.plan.policy
        if any(decision.statuses[i] is FundingStatus.FUND for i in self._shown):
            yield Fact("", _POLICY.of(id=policy.id, version=policy.version), 2, "dim")
        yield Fact("", _HINT, 2, "dim")
        yield Gap()


def _own(words: Words) -> Saying:
    return Saying(words, own=True)


def _first(report: FundReport, i: int) -> Iterator[Saying]:
    """Yield what a decision is: level, instrument and conditions, or place, or who decides."""
    decision, overruled = report.funded, report.overruled
    if overruled is not None and overruled.of(i) is not None:
        yield _own(decided_parts(overruled, i)[0])
        if decision.statuses[i] is FundingStatus.FUND:
            yield from _on_condition(_hangs_on(decision, i))
        return
    status = decision.statuses[i]
    if status is FundingStatus.FUND:
        level = int(decision.instance.problem.level[decision.allocation.choice[i]])
        title = decision.instance.call.funding_levels[level].title
        by = instrument_title(decision.instance.grants.instruments[i])
        yield Saying(join((title, by), COMMA))
        yield from _on_condition(_hangs_on(decision, i))
    elif status in _IN_ZONE:
        yield _own(_IN_ZONE[status])
    elif status is FundingStatus.RESERVE:
        place = decision.reserve.index(looked_up(decision).reserve[i]) + 1
        yield _own(Text("候补第 {n} 位", "reserve {n}").of(n=place))
    elif (later := decision.instance.call.next_round) is not None:
        yield Saying(Text("转入{later}", "deferred to {later}").of(later=later.title))


def _second(report: FundReport, i: int) -> Iterator[Saying]:
    """Yield why a decision is as it is."""
    decision, overruled = report.funded, report.overruled
    if overruled is not None and overruled.of(i) is not None:
        yield from map(_own, decided_parts(overruled, i)[1:])
        return
    if decision.instance.refusals[i]:
        yield from (Saying(r.text) for r in decision.instance.refusals[i])
    elif decision.statuses[i] is FundingStatus.FUND:
        yield from _of_award(decision, i)
    elif decision.allocation.choice[i] < 0:
        yield from _without(decision, i)
    if overruled is not None and (changed := changed_by_decisions(overruled, i)) is not None:
        yield _own(changed)


def _of_award(decision: Decision, i: int) -> Iterator[Saying]:
    instance = decision.instance
    cut = instance.grants.limited_by[i]
    if cut is not None:
        asked = instance.unit.said(int(instance.grants.requested[i]))
        text = Text("申请 {asked}，按{cut}核减", "asked for {asked}, cut to {cut}")
        yield Saying(cut, lambda cut: text.of(asked=asked, cut=cut))
    if instance.problem.required[i]:
        yield Saying(Text("征集文件规定必须资助", "the call says that it must be funded"))
    step = looked_up(decision).steps.get(i)
    if step is not None and step.quota is not None:
        first = Text("为{quota}先行安排", "first, for {quota}")
        yield Saying(instance.title(step.quota), lambda quota: first.of(quota=quota))
    if int(instance.problem.level[decision.allocation.choice[i]]) > 0:
        yield from _stops(decision, i, Text("未给全额：", "not in full: "))
    if (equal := looked_up(decision).equal.get(i)) is not None:
        yield Saying(by_id_text(decision, equal))


def _without(decision: Decision, i: int) -> Iterator[Saying]:
    """Yield what kept a result from money; what either rule gives it stands in its columns."""
    yield from _stops(decision, i, NOTHING)
    looked = looked_up(decision)
    if (jump := looked.jumps.get(i)) is not None:
        yield _own(passed_over(decision, jump))
    if (better := looked.by_grade(i)) is not None:
        yield _own(behind_by_grade(decision, better))
    if (equal := looked.equal.get(i)) is not None:
        yield Saying(by_id_text(decision, equal))


def _stops(decision: Decision, i: int, before: Text) -> Iterator[Saying]:
    """Yield everything that kept a result from an offer, by its title and place in the call."""
    grounds, instance = decision.grounds[i], decision.instance
    frames: list[tuple[object, Callable[[Words], Words]]] = [
        (bond, lambda limit: limit) for bond in grounds.bonds
    ]
    frames += [(stop.constraint, partial(_lacking, decision, stop)) for stop in grounds.stops]
    if not frames:
        yield Saying(
            Text("其余成果的组合价值更高", "the money is worth more in others"),
            lambda what: join((before, what), NOTHING),
        )
    for number, (constraint, frame) in enumerate(frames):
        title = _TITLED.of(title=instance.title(constraint), key=str(constraint))  # type: ignore[arg-type]
        lead = NOTHING if number else before
        yield Saying(title, partial(_led, lead, frame))


_TITLED = Text("{title}（{key}）", "{title} ({key})")


def _led(lead: Text, frame: Callable[[Words], Words], what: Words) -> Words:
    return join((lead, frame(what)), NOTHING)


def _lacking(decision: Decision, stop: Stop, limit: Words) -> Words:
    if stop.closed_by is not None:
        text = Text("{limit} 自 {who} 起不再支付", "{limit} closed to all behind {who}")
        return text.of(limit=limit, who=decision.instance.ids[stop.closed_by])
    unit = decision.instance.unit
    left = str(stop.left) if stop.counts == "awards" else unit.figure(stop.left)
    text = Text("{limit} 余 {left}，需 {needs}", "{limit} {left} left, {needs} needed")
    return text.of(limit=limit, left=left, needs=amount_of_stop(decision, stop, stop.needs))


def _hangs_on(decision: Decision, i: int) -> Iterator[Saying]:
    """Yield the conditions of an award; its payments as shares, which many have alike."""
    instance, problem = decision.instance, decision.instance.problem
    yield from map(Saying, instance.plan.recommendations[i].conditions)
    yield from map(Saying, terms(decision, i))
    offer = int(decision.allocation.choice[i])
    level = instance.call.funding_levels[int(problem.level[offer])]
    if level.milestones:
        parts = []
        for m in level.milestones:
            stage = Text("（{id}）", " ({id})").of(id=m.stage) if m.stage else NOTHING
            parts.append(join((f"{m.share:.0%}", stage), NOTHING))
            if m.shows:
                parts[-1] = join((parts[-1], m.shows), COMMA)
        yield Saying(Text("支付 {parts}", "paid {parts}").of(parts=join(parts)))
    else:
        yield from map(_own, by_budget(decision, offer))


def _on_condition(sayings: Iterator[Saying]) -> Iterator[Saying]:
    for number, saying in enumerate(sayings):
        yield saying if number else Saying(saying.what, _conditioned, own=saying.own)


def _conditioned(what: Words) -> Words:
    return Text("条件：{what}", "on condition {what}").of(what=what)
