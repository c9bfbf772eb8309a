"""Rounds beside each other: what moved the scores of the results that stand in both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pilotscore.document import Block, Column, Fact, Table, heading
from pilotscore.language import COMMA, Text, Words, counted, join
from pilotscore.outcomes.anchors import Cause
from pilotscore.runs.learn_rounds import CAUSES, Between
from pilotscore.wording import words
from pilotscore.wording.figures import rounded

_TITLE = Text("各轮之间", "Between rounds")
CAUSE_TITLES: dict[Cause, Text] = {
    Cause.VALUE: Text("数值", "values"),
    Cause.EVIDENCE: Text("证据", "evidence"),
    Cause.CRITERIA: Text("评分标准", "scoring"),
}
_REST = Text("权重与其余", "weights and the rest")
_PART = Text("{cause} {points:+.1f}", "{cause} {points:+.1f}")
_ANCHOR = Text("项成果", "result")
_MOVED = Text(
    "{old} → {new}：两轮都有的 {n}，指数平均变化 {points:+.1f}"
    "（{low:+.1f} 至 {high:+.1f}）：{parts}",
    "{old} → {new}: {n} in both, whose index moved by {points:+.1f} on average ({low:+.1f} to "
    "{high:+.1f}): {parts}",
)
_NOT_COMPARABLE = Text(
    "{old} → {new}：没有两轮都有的成果（或只有一项），两轮不可比。",
    "{old} → {new}: no result stands in both, or one alone: the rounds are not comparable.",
)
_OTHER_CRITERIA = Text("；指标体系不同", "; the criteria sets differ")
_ROUND = Text("{day} {title}", "{day} {title}")
_OLD, _NEW = Text("前一轮", "Earlier round"), Text("后一轮", "Later round")
_ANCHORS, _SHIFT = Text("共有成果", "In both"), Text("平均变化", "Moved by")
_LOW, _HIGH = Text("区间下端", "Interval from"), Text("区间上端", "Interval to")
_INDEX = Text("指数", "Index")


def said(b: Between) -> Words:
    """Say what moved between two rounds."""
    old, new = (_ROUND.of(day=e.as_of, title=e.title) for e in (b.old, b.new))
    if not b.comparable:
        return _NOT_COMPARABLE.of(old=old, new=new)
    parts: list[Words] = [
        _PART.of(cause=CAUSE_TITLES[cause], points=b.parts[cause]) for cause in CAUSES
    ]
    parts.append(_PART.of(cause=_REST, points=b.rest))
    sentence = _MOVED.of(
        old=old,
        new=new,
        n=counted(b.anchors, _ANCHOR),
        points=b.shift.value,
        low=b.shift.low,
        high=b.shift.high,
        parts=join(parts, COMMA),
    )
    return sentence if b.same_criteria else join((sentence, _OTHER_CRITERIA), Text("", ""))


def page(between: Sequence[Between]) -> Iterator[Block]:
    """Yield a sentence for each pair of rounds."""
    yield heading(_TITLE)
    for b in between:
        yield Fact("", said(b))


def table(between: Sequence[Between]) -> Table:
    """Return the index and each indicator that moved, for each pair of rounds."""
    columns = (
        Column("old", _OLD, "wrap", 26),
        Column("new", _NEW, "wrap", 26),
        Column("indicator", words.INDICATOR, "wrap", 30),
        Column("anchors", _ANCHORS, "rank", 9),
        Column("shift", _SHIFT, "figure", 10),
        Column("low", _LOW, "figure", 10),
        Column("high", _HIGH, "figure", 10),
        *(Column(cause.name.lower(), CAUSE_TITLES[cause], "rank", 10) for cause in CAUSES),
    )
    rows: list[list[Any]] = []
    for b in between:
        pair = [_ROUND.of(day=e.as_of, title=e.title) for e in (b.old, b.new)]
        rows.append([*pair, _INDEX, b.anchors, *map(rounded, b.shift), None, None, None])
        for r in b.indicators:
            counts = [r.moved[cause] for cause in CAUSES]
            rows.append([*pair, r.item.title, b.anchors, *map(rounded, r.shift), *counts])
    return Table(columns, rows)


def record(between: Sequence[Between]) -> list[dict[str, Any]]:
    """Return it as plain data."""
    return [
        {
            "old": b.old.key,
            "new": b.new.key,
            "anchors": b.anchors,
            "comparable": b.comparable,
            "same_criteria": b.same_criteria,
            "shift": dict(zip(("value", "low", "high"), map(rounded, b.shift), strict=True)),
            "parts": {cause.name.lower(): rounded(x) for cause, x in b.parts.items()},
            "rest": rounded(b.rest),
            "indicators": [
                {
                    "id": r.item.id,
                    "shift": rounded(r.shift.value),
                    **{cause.name.lower(): n for cause, n in r.moved.items()},
                }
                for r in b.indicators
            ],
        }
        for b in between
    ]
