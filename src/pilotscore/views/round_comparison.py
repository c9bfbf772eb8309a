"""Two rounds of money compared, and what an appeal moved: who, by how much, and by which change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pilotscore.criteria.amounts import MoneyUnit
from pilotscore.document import (
    Block,
    Column,
    Document,
    Fact,
    Gap,
    Line,
    Sheet,
    Table,
    flat_table,
    heading,
    more,
    note,
)
from pilotscore.language import LISTED, NOTHING, Text, Words, join, same
from pilotscore.runs.round_changes import Change, ChangeKind
from pilotscore.runs.round_comparison import Has, Moved, RoundComparison
from pilotscore.views.fund.phrases import STATUSES
from pilotscore.views.round_shifts import (
    ABSENT,
    shifts_of,
    shifts_page,
    shifts_record,
    shifts_table,
    standings,
)
from pilotscore.wording import words

_TITLE = Text("两轮资助的比较：{old} → {new}", "Two rounds of money: {old} → {new}")
_SUMMARY = Text(
    "{gained} 项增加，共 {more}；{lost} 项减少，共 {less}；{other} 项金额不变而决定不同",
    "{gained} gained, {more} in all; {lost} lost, {less} in all; {other} have another decision and "
    "the same money",
)
_KINDS: Mapping[ChangeKind, Text] = {
    "left": Text("退出", "left"),
    "came": Text("新增", "came"),
    "cells": Text("单元格", "cells"),
    "inputs": Text("输入", "inputs"),
    "day": Text("日期", "date"),
    "criteria": Text("指标体系", "criteria"),
    "policy": Text("政策", "policy"),
    "budget": Text("预算", "budget"),
    "call": Text("征集规则", "call"),
    "decisions": Text("决定", "decision"),
}
_HOW = Text(
    "归因由逐项重新分配得出：每处变化单独作用一次，再按所列次序依次作用。"
    "单独一处就足以得到现在的结果，即为其因；没有这样的一处，则为共同作用，列出缺哪处则不成、"
    "依次各增减多少",
    "found by deciding anew: with each change alone, then with one after the other in this order. "
    "A change that alone gives what there is now did it; where none does they act together: "
    "without which of them it would be otherwise, and what each adds in this order, is told",
)
_NOTHING = Text(
    "两轮对每项成果的决定与金额相同", "both rounds decide the same for everyone, and the same money"
)
_NO_CHANGE = Text(
    "两轮的输入、规则与决定没有不同", "the rounds differ in no input, rule or decision"
)
_ALONE = Text("变化 {numbers} 单独即足够", "change {numbers} alone does it")
_EACH = Text("变化 {numbers} 各自单独即足够", "each of the changes {numbers} alone does it")
_JOINTLY = Text(
    "共同作用（没有一处单独足够）{needed}；依次：{shares}",
    "jointly (none alone does it){needed}; in order: {shares}",
)
_SHARE = Text("变化 {numbers} {fen}", "change {numbers} {fen}")
_NO_MONEY = Text(
    "共同作用（没有一处单独足够）{needed}；金额不变",
    "jointly (none alone does it){needed}; the money is the same",
)
_NEEDED = Text("，缺变化 {numbers} 则不成", ", not without change {numbers}")
_EACH_NEEDED = Text("，缺变化 {numbers} 中任一处则不成", ", not without each of {numbers}")
_ALONE_IMPOSSIBLE = Text(
    "变化 {numbers} 不能单独作用（规则相互依赖），只与其后的变化一起计算",
    "change {numbers} cannot be made alone (the rules hang together), and counts with those after "
    "it",
)
_STYLES = {1: "green", -1: "red", 0: "yellow"}


def document(comparison: RoundComparison, top: int = 20) -> Document:
    """Return a comparison as a document; its page has the first ``top`` results that moved."""
    manifest = comparison.new.report.outcome.manifest
    return Document(
        _TITLE.of(old=comparison.old.name, new=comparison.new.name),
        manifest.version,
        manifest.as_of,
        page=lambda: _page(comparison, top),
        sheets=lambda: _sheets(comparison),
        record=lambda: record(comparison),
        table=lambda: moved_table(comparison),
    )


def _unit(comparison: RoundComparison) -> MoneyUnit:
    return comparison.new.loaded.call.money_unit


def _money(unit: MoneyUnit, fen: int, *, signed: bool = False) -> Words:
    sign = "+" if signed and fen > 0 else ""
    return join((sign, unit.said(fen)), NOTHING)


def _page(comparison: RoundComparison, top: int) -> Iterator[Block]:
    yield heading(_TITLE.of(old=comparison.old.name, new=comparison.new.name))
    yield Fact("", summary(comparison))
    yield Gap()
    yield from changes_page(comparison.changes, comparison.undecidable)
    if comparison.changes:
        yield note(_HOW)
    yield Gap()
    yield from moved_page(comparison, top)


def summary(comparison: RoundComparison) -> Words:
    """Return how many gained and lost, and how much."""
    moved, unit = comparison.moved, _unit(comparison)
    if not moved:
        return _NOTHING
    gained, lost = ([m.fen for m in moved if m.fen * way > 0] for way in (1, -1))
    return _SUMMARY.of(
        gained=len(gained),
        more=_money(unit, sum(gained)),
        lost=len(lost),
        less=_money(unit, -sum(lost)),
        other=sum(m.fen == 0 for m in moved),
    )


def changes_page(changes: Sequence[Change], undecidable: Sequence[int]) -> Iterator[Block]:
    """Show the changes, each with its number."""
    if not changes:
        yield Fact("", _NO_CHANGE)
    for number, change in enumerate(changes, start=1):
        yield Fact(f"{number}", change.text, 2)
    if undecidable:
        yield note(_ALONE_IMPOSSIBLE.of(numbers=_numbers(undecidable)))


def moved_page(comparison: RoundComparison, top: int) -> Iterator[Block]:
    """Show who moved, the first ``top``, and by which change."""
    unit = _unit(comparison)
    for m in comparison.moved[:top]:
        way = (m.fen > 0) - (m.fen < 0)
        mark = {1: "↑", -1: "↓", 0: "•"}[way]
        yield Line(((f"{mark} {m.id} {m.title}", f"bold {_STYLES[way]}"),))
        both = same("{before} → {after} ({by})")
        has = (_has(x, unit) for x in (m.before, m.after))
        before, after = has
        by = _money(unit, m.fen, signed=True)
        yield Fact("   ", both.of(before=before, after=after, by=by))
        yield Fact("   ", cause(comparison, m), style="dim")
    if len(comparison.moved) > top:
        yield more(len(comparison.moved) - top, Text("（--top）", " (--top)"))
    if shifts := shifts_of(comparison):
        yield Gap()
        yield from shifts_page(comparison, shifts, unit, top)


def _has(has: Has | None, unit: MoneyUnit) -> Words:
    if has is None:
        return ABSENT
    title = STATUSES[has[1]]
    if not has[0]:
        return title
    return same("{title} {sum}").of(title=title, sum=_money(unit, has[0]))


def cause(comparison: RoundComparison, m: Moved) -> Words:
    """Say which change moved a result."""
    if m.alone:
        text = _ALONE if len(m.alone) == 1 else _EACH
        return text.of(numbers=_numbers(m.alone))
    needed: Words = NOTHING
    if m.needed:
        text = _NEEDED if len(m.needed) == 1 else _EACH_NEEDED
        needed = text.of(numbers=_numbers(m.needed))
    if not m.shares:
        return _NO_MONEY.of(needed=needed)
    unit = _unit(comparison)
    said = (
        _SHARE.of(numbers=_numbers(places, "+"), fen=_money(unit, fen, signed=True))
        for places, fen in m.shares
    )
    return _JOINTLY.of(needed=needed, shares=join(said, LISTED))


def _numbers(places: Sequence[int], mark: str = ", ") -> str:
    return mark.join(str(k + 1) for k in places)


def changes_table(comparison: RoundComparison) -> Table:
    """Return the changes, a row for each."""
    columns = (
        Column("change", Text("变化", "Change"), "rank", 8),
        Column("kind", Text("类别", "Kind"), width=12),
        Column("text", Text("内容", "What"), "wrap", 90),
    )
    rows = [[n, _KINDS[c.kind], c.text] for n, c in enumerate(comparison.changes, start=1)]
    return Table(columns, rows)


def moved_table(comparison: RoundComparison) -> Table:
    """Return who moved, a row for each, amounts in the unit of the new call."""
    unit = _unit(comparison)
    of = {"unit": unit.title}
    columns = (
        Column("id", words.ID, width=12),
        Column("title", words.TITLE, "wrap", 28),
        Column("before_decision", Text("原决定", "Decision before"), width=14),
        Column("after_decision", Text("现决定", "Decision after"), width=14),
        Column("before", Text("原资助（{unit}）", "Award before ({unit})").of(**of), "amount", 14),
        Column("after", Text("现资助（{unit}）", "Award after ({unit})").of(**of), "amount", 14),
        Column("by", Text("增减（{unit}）", "Moved by ({unit})").of(**of), "amount", 14),
        Column("cause", Text("原因", "Which change did it"), "wrap", 60),
        Column("standing", Text("等级与指数", "Grade and index"), "wrap", 34),
    )
    rows = [
        [
            m.id,
            m.title,
            *(STATUSES[x[1]] if x else ABSENT for x in (m.before, m.after)),
            *(unit.number(x[0]) if x else None for x in (m.before, m.after)),
            unit.number(m.fen),
            cause(comparison, m),
            standings(comparison, m.id),
        ]
        for m in comparison.moved
    ]
    return Table(columns, rows)


def _sheets(comparison: RoundComparison) -> list[Sheet]:
    manifests = {
        "old": comparison.old.report.manifest(),
        "new": comparison.new.report.manifest(),
    }
    return [
        Sheet(
            Text("增减", "Moved"),
            (summary(comparison), moved_table(comparison)),
            freeze=2,
        ),
        Sheet(Text("变化", "Changes"), (_HOW, changes_table(comparison))),
        *_shifts_sheet(comparison),
        Sheet(words.SHEET_MANIFEST, (flat_table(manifests),)),
    ]


def _shifts_sheet(comparison: RoundComparison) -> Iterator[Sheet]:
    if shifts := shifts_of(comparison):
        table = shifts_table(comparison, shifts, _unit(comparison))
        yield Sheet(Text("依据有变", "Other grounds"), (table,))


def record(comparison: RoundComparison) -> dict[str, Any]:
    """Return a comparison as plain data."""
    unit = _unit(comparison)
    return {
        "old": comparison.old.report.manifest(),
        "new": comparison.new.report.manifest(),
        "unit": unit.name,
        "changes": [
            {
                "change": n,
                "kind": c.kind,
                "text": c.text,
                "parts": [{"what": at, "before": was, "after": now} for at, was, now in c.parts],
                "possible_alone": n - 1 not in comparison.undecidable,
            }
            for n, c in enumerate(comparison.changes, start=1)
        ],
        "moved": [_moved_record(comparison, m, unit) for m in comparison.moved],
        "shifted": shifts_record(comparison, shifts_of(comparison), unit),
    }


def _moved_record(comparison: RoundComparison, m: Moved, unit: MoneyUnit) -> dict[str, Any]:
    def has(x: Has | None) -> dict[str, Any] | None:
        return None if x is None else {"decision": x[1].value, "award": unit.number(x[0])}

    return {
        "id": m.id,
        "title": m.title,
        "before": has(m.before),
        "after": has(m.after),
        "by": unit.number(m.fen),
        "alone": [k + 1 for k in m.alone],
        "needed": [k + 1 for k in m.needed],
        "in_order": [
            {"changes": [k + 1 for k in places], "by": unit.number(fen)} for places, fen in m.shares
        ],
        "cause": cause(comparison, m),
    }
