"""Two rounds compared: a summary, what moved each result, and a slope chart of the ranks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from pilotscore.document import (
    Axis,
    Block,
    Chart,
    Column,
    Document,
    Fact,
    Gap,
    Line,
    Listing,
    Row,
    Series,
    Sheet,
    Slot,
    Table,
    flat_table,
    heading,
    more,
)
from pilotscore.index import Status
from pilotscore.language import COMMA, Text, Words, join, same
from pilotscore.runs.compare import Alone, Cause, Change, Comparison, Direction, Moved, Standing
from pilotscore.wording import figures, words

_TITLE = Text("两次评价的比较", "Two rounds compared")
_CAUSES: dict[Cause, Text] = {
    "value": Text("数值", "value"),
    "evidence": Text("证据", "evidence"),
    "both": Text("数值与证据", "value and evidence"),
    "weights": Text("其他指标不适用带来的权重变化", "weight, as others do or do not apply"),
    "criteria": Text("指标体系", "criteria"),
}
_DIRECTIONS: dict[Direction, Text] = {
    "rose": Text("上升", "rose"),
    "fell": Text("下降", "fell"),
    "same": Text("不变", "same"),
    "status": Text("状态变化", "status"),
}
_APPEARED, _LEFT = Text("新增", "appeared"), Text("退出", "left")
_ARROWS: dict[Direction, str] = {"rose": "↑", "fell": "↓", "same": "=", "status": "•"}
_STYLES: dict[Direction, str] = {
    "rose": "green",
    "fell": "red",
    "same": "dim",
    "status": "yellow",
}
_SUMMARY = Text(
    "上升 {rose} 项，下降 {fell} 项，不变 {same} 项，状态变化 {status} 项，新增 {appeared} 项，"
    "退出 {left} 项",
    "{rose} rose, {fell} fell, {same} unchanged, {status} changed status, {appeared} appeared, "
    "{left} "
    "left",
)
_OTHER_CRITERIA = Text(
    "两次所用的指标体系不同：变化分为“数值与证据”和“指标体系”两部分",
    "the criteria differ: each change is split into that of values and evidence, and that of "
    "criteria",
)
_NOT_SHOWN = Text("（--top）", " (--top)")
_OTHERS = Text("{points:+.2f}  其他 {n} 项", "{points:+.2f}  {n} others")
_MOVED = same("{points:+.2f}  {title}: {before} → {after} ({cause})")
_INDEX = same("{old} → {new} ({points:+.1f})  {grades}")
_WITHOUT_CHANGE = same("{old} → {new}  {grades}")
_TO = same(" → ")
_MOST_MOVED = 2
_IN_CHART = 20


def document(comparison: Comparison, top: int = 20) -> Document:
    """Return a comparison as a document; its page has the first ``top`` results that moved."""
    return Document(
        _TITLE,
        comparison.new.version,
        comparison.new.as_of,
        page=partial(page, comparison, top),
        sheets=partial(sheets, comparison),
        record=partial(record, comparison),
        table=partial(_changes_table, comparison),
    )


def page(comparison: Comparison, top: int) -> Iterator[Block]:
    """Yield the summary, the first ``top`` results that moved, who came and went, and the ranks."""
    yield heading(_SUMMARY.of(**_counts(comparison)))
    if not comparison.same_criteria:
        yield Line(((_OTHER_CRITERIA, "magenta"),))
    moved = [c for c in comparison.changes if c.direction != "same"]
    if moved:
        yield Gap()
    for change in moved[:top]:
        yield from _change(change, comparison)
    if len(moved) > top:
        yield more(len(moved) - top, _NOT_SHOWN)
    for label, alone in ((_APPEARED, comparison.appeared), (_LEFT, comparison.left)):
        for name, title, s in alone[:top]:
            said = same("{name} {title}  {index} {grade}")
            shown = said.of(name=name, title=title, index=_index(s), grade=_grade(s))
            yield Fact(label, shown, style="cyan")
    yield from _slopes(comparison, top)


def sheets(comparison: Comparison) -> list[Sheet]:
    """Return the changes with a chart, what moved each, and the manifests."""
    changes = _changes_table(comparison)
    chart = Chart(
        "line",
        "",
        tuple(
            Series(c.id, row=r, across=("old_index", "new_index"))
            for r, c in enumerate(comparison.changes[:_IN_CHART])
        ),
        y=Axis(least=0, most=100),
        size=(520, 520),
        at=(1, len(changes.columns) + 1),
    )
    manifests = flat_table({"old": comparison.old.to_dict(), "new": comparison.new.to_dict()})
    charts = (chart,) if comparison.changes else ()
    return [
        Sheet(Text("变化", "Changes"), (changes, *charts), freeze=2),
        Sheet(Text("逐指标", "Indicators"), (_moved_table(comparison),), freeze=2),
        Sheet(Text("溯源", "Manifest"), (manifests,)),
    ]


def record(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as plain data."""
    return {
        "summary": _counts(comparison),
        "changes": [
            {
                "id": c.id,
                "title": c.title,
                "direction": c.direction,
                "old": _standing_record(c.old),
                "new": _standing_record(c.new),
                "points": c.points,
                "by_values": c.by_values,
                "by_criteria": c.by_criteria,
                "by_cause": c.by_cause,
                "moved": [_moved_record(m) for m in c.moved],
            }
            for c in comparison.changes
        ],
        "appeared": [_alone_record(x) for x in comparison.appeared],
        "left": [_alone_record(x) for x in comparison.left],
        "old": comparison.old.to_dict(),
        "new": comparison.new.to_dict(),
    }


def _counts(comparison: Comparison) -> dict[str, int]:
    return {
        **{way: comparison.count(way) for way in _DIRECTIONS},
        "appeared": len(comparison.appeared),
        "left": len(comparison.left),
    }


def _standing_record(s: Standing) -> dict[str, Any]:
    return {"index": s.index, "grade": s.grade, "status": s.status.name.lower(), "rank": s.rank}


def _alone_record(alone: Alone) -> dict[str, Any]:
    name, title, standing = alone
    return {"id": name, "title": title, **_standing_record(standing)}


def _moved_record(m: Moved) -> dict[str, Any]:
    return {
        "indicator": m.id,
        "title": m.title,
        "points": m.points,
        "cause": m.cause,
        "before": m.before,
        "after": m.after,
    }


def _grade(standing: Standing) -> Words:
    """Write the grade with its title, or the status where there is none."""
    if standing.status is Status.GRADED:
        return same("{grade} {title}").of(grade=standing.grade, title=standing.grade_title)
    return words.STATUS_TITLES[standing.status]


def _index(standing: Standing) -> str:
    return "—" if standing.index is None else figures.score(standing.index)


# ----------------------------------------------------------------------------------- the page


def _change(c: Change, comparison: Comparison) -> Iterator[Block]:
    yield Line(((f"{_ARROWS[c.direction]} {c.id} {c.title}", f"bold {_STYLES[c.direction]}"),))
    grades = [_grade(c.old)] if _grade(c.old) == _grade(c.new) else [_grade(c.old), _grade(c.new)]
    said = {"old": _index(c.old), "new": _index(c.new), "grades": join(grades, _TO)}
    none = c.points is None
    yield _below(_WITHOUT_CHANGE.of(**said) if none else _INDEX.of(points=c.points, **said))
    causes = c.by_cause
    if len(causes) > 1 or not comparison.same_criteria:
        part = same("{cause} {points:+.2f}")
        parts = [part.of(cause=_CAUSES[cause], points=x) for cause, x in causes.items()]
        yield _below(join(parts, COMMA), "magenta")
    for m in c.moved[:_MOST_MOVED]:
        step = {"title": m.title, "before": m.before, "after": m.after}
        yield _below(_MOVED.of(points=m.points, cause=_CAUSES[m.cause], **step), "dim")
    others = c.moved[_MOST_MOVED:]
    if others:
        yield _below(_OTHERS.of(points=sum(m.points for m in others), n=len(others)), "dim")


def _below(text: Words, style: str = "") -> Fact:
    return Fact("   ", text, style=style)


def _slopes(comparison: Comparison, top: int) -> Iterator[Block]:
    """Yield ranks on the left and on the right: old and new."""
    ranked = [(c.old.rank, c.new.rank, c) for c in comparison.changes if c.old.rank and c.new.rank]
    if len(ranked) < 2:
        return
    slots = (
        Slot(Text("上次名次", "old rank"), rest=True, least=16, most=34),
        Slot(right=True, least=7, most=7),
        Slot(Text("本次名次", "new rank"), rest=True, least=16, most=34, gap=4),
        Slot(most=0, gap=2),
    )
    old = sorted(ranked, key=lambda x: (x[0], x[2].id))[:top]
    new = sorted(ranked, key=lambda x: (x[1], x[2].id))[:top]
    rows = []
    for (left, _, a), (before, after, b) in zip(old, new, strict=True):
        step = before - after
        mark = ("=", "dim")
        if step:
            mark = (f"↑{step}", "green") if step > 0 else (f"↓{-step}", "red")
        sides = [(f"{rank:>4} {c.id} {c.title}", "") for rank, c in ((left, a), (after, b))]
        rows.append(Row((sides[0], mark, sides[1], ("", ""))))
    yield Gap()
    yield Listing(slots, rows)


# ------------------------------------------------------------------------------------ tables


def _changes_table(comparison: Comparison) -> Table:
    """Return a row for each result, those in one round only last."""
    columns = (
        Column("id", Text("编号", "id"), width=12),
        Column("title", Text("名称", "title"), width=28),
        Column("direction", Text("方向", "direction"), width=14),
        Column("old_rank", Text("原名次", "old rank"), "rank", 10),
        Column("new_rank", Text("新名次", "new rank"), "rank", 10),
        Column("old_index", Text("原指数", "old index"), "score", 10),
        Column("new_index", Text("新指数", "new index"), "score", 10),
        Column("change", Text("变化", "change"), "score", 10),
        Column("by_values", Text("其中数值与证据", "by values and evidence"), "score", 14),
        Column("by_criteria", Text("其中指标体系", "by criteria"), "score", 14),
        Column("old_grade", Text("原等级", "old grade"), width=18),
        Column("new_grade", Text("新等级", "new grade"), width=18),
    )
    rows: list[list[Any]] = [
        [
            c.id,
            c.title,
            _DIRECTIONS[c.direction],
            c.old.rank,
            c.new.rank,
            c.old.index,
            c.new.index,
            c.points,
            c.by_values,
            c.by_criteria,
            _grade(c.old),
            _grade(c.new),
        ]
        for c in comparison.changes
    ]
    none = (None, None, None)
    for name, title, s in comparison.appeared:
        row = [name, title, _APPEARED, None, s.rank, None, s.index, *none, None, _grade(s)]
        rows.append(row)
    for name, title, s in comparison.left:
        row = [name, title, _LEFT, s.rank, None, s.index, None, *none, _grade(s), None]
        rows.append(row)
    return Table(columns, rows)


def _moved_table(comparison: Comparison) -> Table:
    """Return a row for each indicator that moved a result."""
    columns = (
        Column("id", Text("编号", "id"), width=12),
        Column("title", Text("名称", "title"), width=28),
        Column("indicator", Text("指标", "indicator"), width=28),
        Column("points", Text("变化（分）", "points"), "score", 14),
        Column("cause", Text("原因", "cause"), width=14),
        Column("before", Text("原", "before"), width=14),
        Column("after", Text("新", "after"), width=14),
    )
    rows = [
        [c.id, c.title, m.title, m.points, _CAUSES[m.cause], m.before, m.after]
        for c in comparison.changes
        for m in c.moved
    ]
    return Table(columns, rows)
