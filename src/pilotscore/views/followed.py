"""What became of the grants of a store: payments with what follows, outcomes, the deferred."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pilotscore.criteria.amounts import unit_of
from pilotscore.criteria.outcomes import LEVELS, SOURCE
from pilotscore.document import (
    Block,
    Column,
    Document,
    Fact,
    Gap,
    Listing,
    Piece,
    Row,
    Sheet,
    Slot,
    Table,
    heading,
    more,
    note,
)
from pilotscore.language import BLANK, DOT, LISTED, NOTHING, Text, Words, counted, join, same
from pilotscore.runs.follow import Again, Followed, FollowedGrant, Seen
from pilotscore.runs.kept_rounds import short
from pilotscore.runs.payments import ACTIONS, STANDINGS, Action, Payment
from pilotscore.store.follow_ups import OUTCOME_STATES
from pilotscore.views.one_round import grade_of, outcome_title, status_title
from pilotscore.wording import words
from pilotscore.wording.figures import rounded

_ROUND, _AMOUNT = Text("轮次", "Round"), Text("金额", "Amount")
_NUMBER, _DUE = Text("期", "No."), Text("到期", "Due")
_SHOWS, _STANDING = Text("应展示", "What must be shown"), Text("情况", "Standing")
_ACTION, _WHY = Text("处理", "What follows"), Text("理由", "Why")
_DOCUMENT, _DATE = Text("证明文件", "Document"), Text("日期", "Date")
_PLACE = Text("出处", "Reported at")
_LEVEL, _VALUE = Text("最高层级", "Highest level"), Text("数值", "Value")
_PAYMENTS, _OUTCOMES = Text("拨付", "Payments"), Text("成效", "Outcomes")
_DEFERRED, _RESCORED = Text("滚动立项", "Deferred"), Text("再次评价", "Scored again")
_NOT_YET = Text("尚未再次申报", "has not come back yet")
_NOT_COMPARABLE = Text(
    "指标体系版本不同，不可比", "not comparable: another version of the criteria"
)
_LEFT_OUT = Text(
    "轮次 {key} 由早期版本保存，没有拨付计划，未列入",
    "the round {key} was saved by an early version, has no payments and is left out",
)
_LEVELS_OF = Text("成效层级：{source}", "levels of outcomes: {source}")
_ORDER: tuple[Action, ...] = ("recall", "hold", "release", "wait")
_STYLES: dict[Action, str] = {
    "recall": "bold red",
    "hold": "yellow",
    "release": "green",
    "wait": "dim",
}
_SHOWN = 30
_NOT_SHOWN = Text("未显示（--show）", " not shown (--show)")


def document(followed: Followed, version: str, shown: int | None = None) -> Document:
    """Return where the grants of a store stand as a document.

    Parameters
    ----------
    followed
        What :func:`~pilotscore.runs.follow.follow` gave.
    version
        Of the program.
    shown
        How many payments and results the page has at the most.
    """
    return Document(
        same(followed.store),
        version=version,
        as_of=followed.today.isoformat(),
        page=lambda: _page(followed, shown or _SHOWN),
        sheets=lambda: [
            Sheet(_PAYMENTS, (payments_table(followed),), freeze=3),
            Sheet(_OUTCOMES, (note(_LEVELS_OF.of(source=SOURCE)), outcomes_table(followed))),
            Sheet(_DEFERRED, (again_table(followed.deferred),)),
            Sheet(_RESCORED, (again_table(followed.rescored),)),
        ],
        record=lambda: {
            "store": followed.store,
            "as_of": followed.today.isoformat(),
            "payments": payments_table(followed),
            "outcomes": outcomes_table(followed),
            "deferred": again_table(followed.deferred),
            "scored_again": again_table(followed.rescored),
        },
        table=lambda: payments_table(followed),
    )


def _in_order(followed: Followed) -> list[tuple[FollowedGrant, Payment]]:
    """Return all payments: what calls for somebody first, then by the day they are due."""
    every = [(grant, payment) for grant in followed.grants for payment in grant.payments]
    far = followed.today.max
    return sorted(every, key=lambda p: (_ORDER.index(p[1].action), p[1].due or far))


def payments_table(followed: Followed) -> Table:
    """Return one row per payment."""
    columns = (
        Column("action", _ACTION, "centre", 10),
        Column("id", words.ID, width=12),
        Column("title", words.TITLE, "wrap", 28),
        Column("round", _ROUND, width=14),
        Column("number", _NUMBER, "figure", 6),
        Column("amount", _AMOUNT, "amount", 11),
        Column("unit", Text("单位", "Unit"), width=8),
        Column("due", _DUE, width=12),
        Column("shows", _SHOWS, "wrap", 34),
        Column("standing", _STANDING, "centre", 12),
        Column("why", _WHY, "wrap", 40),
        Column("recalled", Text("追回金额", "Called back"), "amount", 11),
        Column("date", _DATE, width=12),
        Column("value", _VALUE, "wrap", 18),
        Column("document", _DOCUMENT, "wrap", 24),
        Column("place", _PLACE, "wrap", 28),
    )
    return Table(columns, [_payment_row(grant, p) for grant, p in _in_order(followed)])


def _payment_row(grant: FollowedGrant, p: Payment) -> list[Any]:
    unit, report = unit_of(grant.kept.entry.unit), p.report

    def amount(fen: int) -> float | None:
        return None if unit is None else unit.number(fen)

    reported: list[str | None] = [None] * 4
    if report is not None:
        reported = [report.day or None, report.value or None, report.document or None, report.place]
    return [
        ACTIONS[p.action],
        grant.id,
        grant.title,
        short(grant.kept.entry.key),
        p.milestone.number,
        amount(p.milestone.fen),
        grant.kept.entry.unit,
        p.due.isoformat() if p.due else None,
        p.milestone.shows if p.milestone.shows != NOTHING else None,
        STANDINGS[p.standing],
        p.why,
        amount(p.recalled) if p.recalled else None,
        *reported,
    ]


def outcomes_table(followed: Followed) -> Table:
    """Return one row per outcome that was reported."""
    columns = (
        Column("id", words.ID, width=12),
        Column("title", words.TITLE, "wrap", 28),
        Column("round", _ROUND, width=14),
        Column("outcome", _OUTCOMES, width=18),
        Column("state", _STANDING, "centre", 16),
        Column("value", _VALUE, "figure", 12),
        Column("unit", Text("单位", "Unit"), width=8),
        Column("date", _DATE, width=12),
        Column("document", _DOCUMENT, "wrap", 24),
        Column("place", _PLACE, "wrap", 28),
    )
    rows: list[list[Any]] = []
    for grant in followed.grants:
        for outcome, report in sorted(grant.outcomes.items(), key=lambda o: _place(o[0])):
            level = LEVELS.get(outcome)
            rows.append(
                [
                    grant.id,
                    grant.title,
                    short(grant.kept.entry.key),
                    outcome_title(outcome),
                    OUTCOME_STATES.get(report.state, same(report.state)),
                    report.value,
                    level.unit if level is not None and report.value is not None else None,
                    report.day or None,
                    report.document or None,
                    report.place,
                ]
            )
    return Table(columns, rows)


def _place(outcome: str) -> tuple[int, str]:
    return (list(LEVELS).index(outcome) if outcome in LEVELS else len(LEVELS), outcome)


def again_table(again: tuple[Again, ...]) -> Table:
    """Return one row per result that stood in a round and came back, or has not yet."""
    columns = (
        Column("id", words.ID, width=12),
        Column("title", words.TITLE, "wrap", 28),
        Column("round", _ROUND, width=14),
        Column("grade", words.GRADE, "centre", 8),
        Column("index", words.INDEX, "score", 9),
        Column("next_round", Text("后一轮", "Next round"), width=14),
        Column("next_grade", Text("后一轮等级", "Next grade"), "centre", 10),
        Column("next_index", Text("后一轮指数", "Next index"), "score", 10),
        Column("change", Text("变化", "Change"), "score", 9),
        Column("decision", Text("后一轮决定", "Next decision"), "centre", 14),
        Column("note", _WHY, "wrap", 36),
    )
    return Table(columns, [_again_row(one) for one in again])


def _again_row(one: Again) -> list[Any]:
    before, after = one.before, one.after
    kept = before.kept.columns
    row = [kept.ids[before.place], kept.titles[before.place], *_seen(before)]
    if after is None:
        return [*row, *[None] * 5, _NOT_YET]
    remark = None if one.comparable else _NOT_COMPARABLE
    return [*row, *_seen(after), rounded(one.change, 6), _decision(after), remark]


def _seen(seen: Seen) -> list[Any]:
    index = rounded(float(seen.kept.columns.index[seen.place]))
    return [short(seen.kept.entry.key), grade_of(seen.kept, seen.place), index]


def _decision(seen: Seen) -> Words | None:
    decisions = seen.kept.columns.decisions
    return None if decisions is None else status_title(decisions.statuses[seen.place])


# -------------------------------------------------------------------------------- the page


def _page(followed: Followed, shown: int) -> Iterator[Block]:
    every = _in_order(followed)
    grants = counted(len(followed.grants), Text("项资助", "grant"))
    yield heading(join((followed.store, grants, followed.today.isoformat()), DOT))
    counts = Counter(payment.action for _, payment in every)
    said = (
        Text("{action} {n}", "{action} {n}").of(action=ACTIONS[a], n=counts[a])
        for a in _ORDER
        if counts[a]
    )
    yield Fact(_PAYMENTS, join(said, LISTED))
    for entry in followed.without_scores:
        yield note(_LEFT_OUT.of(key=short(entry.key)))
    yield Gap()
    several = len({grant.kept.entry.key for grant in followed.grants}) > 1
    slots = (
        Slot(_ACTION, most=12),
        Slot(words.ID, least=4, most=14, sized_by=tuple(g.id for g, _ in every[:shown])),
        *([Slot(_ROUND, least=12, most=12)] if several else []),
        Slot(_NUMBER, right=True, least=3),
        Slot(_AMOUNT, right=True, least=8, most=16),
        Slot(_DUE, least=10, most=10),
        Slot(_WHY, least=16, rest=True, loose=4),
    )
    rows = [_row(g, p, several=several) for g, p in every[:shown]]
    yield Listing(slots, rows, ruled=True)
    if len(every) > shown:
        yield more(len(every) - shown, _NOT_SHOWN)
    yield from _outcomes_page(followed, shown)
    yield from _again_page(_DEFERRED, followed.deferred, shown)
    yield from _again_page(_RESCORED, followed.rescored, shown)


def _row(grant: FollowedGrant, p: Payment, *, several: bool) -> Row:
    unit = unit_of(grant.kept.entry.unit)
    amount = "" if unit is None else unit.said(p.milestone.fen)
    rounds: tuple[Piece, ...] = ((short(grant.kept.entry.key), "dim"),) if several else ()
    cells: tuple[Piece, ...] = (
        (ACTIONS[p.action], _STYLES[p.action]),
        (grant.id, "bold"),
        *rounds,
        (str(p.milestone.number), ""),
        (amount, ""),
        (p.due.isoformat() if p.due else "", ""),
        (p.why, ""),
    )
    below = []
    if p.recalled and unit is not None:
        text = Text("追回已拨付的 {amount}", "{amount} paid before is called back")
        said = text.of(amount=unit.said(p.recalled))
        below.append(Fact("", said, indent=4, style="red"))
    return Row(cells, tuple(below))


def _outcomes_page(followed: Followed, shown: int) -> Iterator[Block]:
    reported = [grant for grant in followed.grants if grant.outcomes]
    if not reported:
        return
    yield Gap()
    yield heading(_OUTCOMES)
    slots = (
        Slot(words.ID, least=4, most=14, sized_by=tuple(g.id for g in reported[:shown])),
        Slot(words.TITLE, least=12, most=40, rest=True),
        Slot(_LEVEL, least=14, most=18),
        Slot(_DATE, least=10, most=10),
        Slot(_DOCUMENT, least=8, most=24),
    )
    yield Listing(slots, [_outcome_row(grant) for grant in reported[:shown]], ruled=True)
    if len(reported) > shown:
        yield more(len(reported) - shown, _NOT_SHOWN)


def _outcome_row(grant: FollowedGrant) -> Row:
    level = grant.level
    lost = any(report.state == "lost" for report in grant.outcomes.values())
    title = outcome_title(level) if level else OUTCOME_STATES["lost" if lost else "not_yet"]
    report = grant.outcomes.get(level)
    day, document = (report.day, report.document) if report is not None else ("", "")
    return Row(((grant.id, "bold"), (grant.title, ""), (title, ""), (day, ""), (document, "dim")))


def _again_page(title: Text, again: tuple[Again, ...], shown: int) -> Iterator[Block]:
    if not again:
        return
    yield Gap()
    yield heading(title)
    ids = tuple(one.before.kept.columns.ids[one.before.place] for one in again[:shown])
    slots = (
        Slot(words.ID, least=4, most=14, sized_by=ids),
        Slot(_ROUND, least=12, most=14),
        Slot(words.GRADE, right=True, least=8, most=16),
        Slot(Text("后一轮", "Then"), least=12, most=30),
        Slot(Text("变化", "Change"), right=True, least=6, most=8),
        Slot(_WHY, rest=True),
    )
    yield Listing(slots, [_again_line(one) for one in again[:shown]], ruled=True)
    if len(again) > shown:
        yield more(len(again) - shown, _NOT_SHOWN)


def _again_line(one: Again) -> Row:
    then: Words = NOTHING
    if one.after is not None:
        decision = _decision(one.after) or NOTHING
        then = join((_scored(one.after), decision), BLANK)
    change = "" if math.isnan(one.change) else f"{one.change:+.1f}"
    why = _NOT_YET if one.after is None else NOTHING if one.comparable else _NOT_COMPARABLE
    cells = (
        (one.before.kept.columns.ids[one.before.place], "bold"),
        (short(one.before.kept.entry.key), "dim"),
        (_scored(one.before), ""),
        (then, ""),
        (change, ""),
        (why, "dim"),
    )
    return Row(cells)


def _scored(seen: Seen) -> str:
    index = float(seen.kept.columns.index[seen.place])
    grade = grade_of(seen.kept, seen.place) or "—"
    return grade if math.isnan(index) else f"{grade} {index:.1f}"
