"""What would change the answer on a result without money: what this refusal hangs on, no more."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pilotscore.funding.decision import Decision, FundingStatus
from pilotscore.funding.eligibility import Refusal
from pilotscore.funding.fits import fit_of
from pilotscore.funding.grounds import Stop
from pilotscore.funding.turns import Turns
from pilotscore.funding.ways import (
    BY_GRADE,
    Lacking,
    Way,
    grade_needed,
    nearest_place,
    turns_of_decision,
)
from pilotscore.index import Assessment, Status, shortfalls
from pilotscore.language import NOTHING, Text, Words, counted, join
from pilotscore.runs.explained import move_text
from pilotscore.runs.fund import FundReport
from pilotscore.views.fund.phrases import name_of
from pilotscore.wording import figures
from pilotscore.wording.funding import money

_ALL = Text("须同时做到：", "all of these together:")
_POINT = Text("· {what}", "· {what}")
_MUST_END = Text("须不再有：{why}", "this must no longer be so: {why}")
_THEN_ITS_GRADE = Text("之后由评出的等级决定", "after that, the grade that it gets decides")
_WITHOUT = (FundingStatus.RESERVE, FundingStatus.DEFER, FundingStatus.DECLINE)
_UNDECIDED = (FundingStatus.DISCUSS, FundingStatus.DRAW)


def what_would_change(report: FundReport, i: int) -> tuple[Words, ...]:
    """Return what would change the answer on a result that gets nothing.

    Of a refused result that is everything that refuses it. One that may be funded is told before
    which result it would have to be placed, and, where it was worked out, the nearest way to a
    better grade with what that would bring.
    """
    decision = report.funded
    if report.overruled is not None and report.overruled.of(i) is not None:
        return ()
    status = decision.statuses[i]
    if status is FundingStatus.REFUSE:
        return _mended(report, i)
    if status in _WITHOUT or (status in _UNDECIDED and not decision.amount()[i]):
        placed = _placed(decision, i) or _in_portfolio(decision, i)
        if placed and int(report.outcome.assessment.grade[i]) == 0:
            return placed  # no grade is better than its own
        return (*placed, *_way(report, i))
    return ()


_FITS = Text(
    "申请不超过 {amount}，即可与其他资助同时容下而入选",
    "asking for no more than {amount}, it fits beside the other awards and is in the portfolio",
)
_ROOM = Text(
    "按现申请，须在其他资助之外再有：{what}",
    "with its request, room is needed beside the other awards: {what}",
)
_MORE = Text("{limit} {amount}", "{limit} {amount} more")


def _in_portfolio(decision: Decision, i: int) -> tuple[Words, ...]:
    """Say what a result would need to be in the portfolio, off the record of the decision."""
    fit = fit_of(decision, i)
    if fit is None:
        return ()
    instance = decision.instance
    lines: list[Words] = []
    if fit.amount is not None:
        lines.append(_FITS.of(amount=money(instance, fit.amount)))

    def shown(stop: Stop, short: int) -> Words | str:
        if stop.counts == "awards":
            return counted(short, Text("项", "award"))
        return money(instance, short)

    said = (
        _MORE.of(limit=instance.title(stop.constraint), amount=shown(stop, short))
        for stop, short in fit.short
    )
    return (*lines, _ROOM.of(what=join(said)))


def _mended(report: FundReport, i: int) -> tuple[Words, ...]:
    """Return what mends every refusal of a result."""
    refusals = report.funded.instance.refusals[i]
    others = [line for r in refusals if r.key not in BY_GRADE for line in _advice(r)]
    by_grade: tuple[Words, ...] = ()
    if any(r.key in BY_GRADE for r in refusals):
        # A way was looked for only where the grade alone is in the way.
        by_grade = _way(report, i) if i in report.ways else (_to_reach(report, i),)
    a = report.outcome.assessment
    if a.status[i] != Status.GRADED:
        # What closes the better grades is known; what grade comes of it is not.
        target = grade_needed(report.funded.instance, i)
        others += [] if target is None else list(_capping(a, i, target))
        others.append(_THEN_ITS_GRADE)
    lines = tuple(dict.fromkeys(others))
    if len(lines) + bool(by_grade) < 2:
        return (*lines, *by_grade)
    return (_ALL, *(_POINT.of(what=line) for line in lines), *by_grade)


def _advice(refusal: Refusal) -> tuple[Words, ...]:
    return refusal.advice or (_MUST_END.of(why=refusal.text),)


def _to_reach(report: FundReport, i: int) -> Words:
    """Say what a result lacks for a grade that has money, and where the least moves are found."""
    instance = report.funded.instance
    a, target = instance.assessment, grade_needed(instance, i)
    floor = instance.call.floor
    lacks: list[Words] = []
    grade = "—"
    if target is not None and int(a.grade[i]) > target:
        grade = a.criteria.grades[target].id
        lacks += _capping(a, i, target)
        lacks += [reason.text for reason in shortfalls(a, i, target)]
    elif a.grade[i] >= 0:
        grade = a.criteria.grades[int(a.grade[i])].id
    if a.has_index(i) and float(a.index[i]) < floor:
        text = Text("指数 {index:.1f}，底线 {floor:g}", "index {index:.1f}, the floor is {floor:g}")
        lacks.append(text.of(index=float(a.index[i]), floor=floor))
    text = Text(
        "等级须达 {grade}：{lacks}（最小改动见 {command}）",
        "a grade of {grade} is needed: {lacks} (the least moves: {command})",
    )
    return text.of(grade=grade, lacks=join(lacks), command=_command(report, i))


def _capping(a: Assessment, i: int, target: int) -> Iterator[Words]:
    """Yield the closed gates that cap the grade of a result below a target."""
    for g, gate in enumerate(a.criteria.gates):
        if gate.cap is None or not a.gates.closed[i, g]:
            continue
        if a.criteria.grade_position[gate.cap] > target:
            text = Text("{gate}（{advice}）", "{gate} ({advice})")
            yield text.of(gate=gate.title, advice=gate.advice) if gate.advice else gate.title


def _command(report: FundReport, i: int) -> str:
    return f"pilotscore explain … {name_of(report.funded, i)} --call"


@lru_cache(maxsize=2)
def _turns(decision: Decision) -> Turns | None:
    return turns_of_decision(decision)


def has_place_to_tell(decision: Decision, i: int) -> bool:
    """Whether a result is told before which other it would have to be placed."""
    status = decision.statuses[i]
    waits = status in _UNDECIDED and not decision.amount()[i]
    return decision.rule == "rank_order" and (status in _WITHOUT or waits)


def placed_before(decision: Decision, i: int) -> int | None:
    """Return the result before which one would have to be placed to get money; None if none."""
    return nearest_place(decision, _turns(decision), i)


def _placed(decision: Decision, i: int) -> tuple[Words, ...]:
    """Say before which result one has to be placed to get money; () where that is not known."""
    if _turns(decision) is None or not has_place_to_tell(decision, i):
        return ()
    past, a = placed_before(decision, i), decision.instance.assessment
    if past is None:
        return (Text("任何名次都不足以获资助", "no place in the order would be enough"),)
    text = Text(
        "名次排在 {name}（第 {rank} 名，{grade}，{index:.1f}）之前，按规则即可获资助",
        "the rule gives it money once placed before {name} (rank {rank}, grade {grade}, "
        "{index:.1f})",
    )
    ranks = decision.instance.ranking.ranks
    return (
        text.of(
            name=name_of(decision, past),
            rank=int(ranks[past]),
            grade=figures.grade_id(a, past),
            index=float(a.index[past]),
        ),
    )


def _way(report: FundReport, i: int) -> tuple[Words, ...]:
    """Return the nearest way to a better grade, move by move; or why there is none.

    Results whose way was not worked out are told which command does it.
    """
    way, a = report.ways.get(i), report.outcome.assessment
    if way is None:
        return (Text("另见 {command}", "see also {command}").of(command=_command(report, i)),)
    path = way.guidance.nearest
    if path is None:
        reasons = [r.text for r in way.guidance.blocked]
        if not reasons:
            return (Text("已是最高等级", "its grade is the best there is"),)
        first = Text("升级须先解决：{reasons}", "before any better grade: {reasons}")
        return (first.of(reasons=join(reasons)),)
    if way.award == 0 and not report.funded.instance.refusals[i]:
        # To raise its grade changes nothing: its moves are not worth telling.
        why = _why_still(report.funded, way)
        text = Text(
            "升级的最近路径不足以获资助：{why}",
            "the nearest way to a better grade would not be enough: {why}",
        )
        return (text.of(why=why),)
    head = Text(
        "升到 {grade}（指数 {index:.1f}，工作量 {effort:.1f}）{then}：",
        "to grade {grade} (index {index:.1f}, effort {effort:.1f}){then}:",
    ).of(
        grade=a.criteria.grades[path.grade].id,
        index=path.index,
        effort=path.effort,
        then=_then(report.funded, way),
    )
    return (head, *(_POINT.of(what=move_text(report.outcome, i, m)) for m in path.moves))


def _then(decision: Decision, way: Way) -> Words:
    if way.award is None:
        return NOTHING
    if way.award:
        text = Text("，则按规则可得 {amount}", ", then the rule gives {amount}")
        return text.of(amount=money(decision.instance, way.award))
    text = Text("，但仍不获资助：{why}", ", but still nothing: {why}")
    return text.of(why=_why_still(decision, way))


def _why_still(decision: Decision, way: Way) -> Words:
    if way.refusals:
        return join(r.text for r in way.refusals)
    return join(_lacks(decision, lacking) for lacking in way.lacking)


def _lacks(decision: Decision, lacking: Lacking) -> Words:
    limit = lacking.limit

    def shown(amount: int) -> Words | str:
        if limit.counts == "awards":
            return counted(max(amount, 0), Text("项", "award"))
        return money(decision.instance, max(amount, 0))

    text = Text("{limit}届时余 {left}，需 {needs}", "{limit} then has {left} left, {needs} needed")
    title = decision.instance.title(limit.id)
    return text.of(limit=title, left=shown(lacking.left), needs=shown(lacking.needs))
