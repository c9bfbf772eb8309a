"""Two rounds by the results that stand in both: which scores moved, by how much, and why."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from pilotscore.criteria.measuring import Bounded
from pilotscore.document import (
    Block,
    Column,
    Document,
    Fact,
    Gap,
    Listing,
    Row,
    Sheet,
    Slot,
    Table,
    heading,
    more,
    note,
)
from pilotscore.language import BLANK, COMMA, DOT, Text, Words, counted, join, same
from pilotscore.outcomes.anchors import LEAST_ANCHORS, Cause
from pilotscore.runs.anchored import Anchored, ItemShift, Suggestion
from pilotscore.runs.kept_rounds import StoredRound, short
from pilotscore.views.one_round import grade_of
from pilotscore.wording import words
from pilotscore.wording.figures import rounded
from pilotscore.workbook.same_results import header

CAUSES = {
    Cause.VALUE: Text("数值", "value"),
    Cause.EVIDENCE: Text("证据", "evidence"),
    Cause.CRITERIA: Text("指标体系", "criteria"),
    Cause.PANEL: Text("专家评审", "panel"),
}
NOT_COMPARABLE = Text(
    "不可比：两轮没有同一成果（锚），差别可能只是申报者不同",
    "not comparable: no result stands in both rounds, and a difference may be that of the "
    "applicants alone",
)
_FEW = Text(
    "只有 {n} 项同一成果：没有区间，说明不了两轮的差别",
    "{n} result alone stands in both: no interval, and nothing to say of the rounds",
)
_OTHER_CRITERIA = Text(
    "两轮的指标体系版本不同：名次不可合并比较",
    "the rounds have other versions of the criteria: their ranks do not go together",
)
_CONFIRM = Text(
    "名称相同或相近而编号不同的 {n} 对，可能是同一成果：用 --suggest 写出对照表，"
    "确认后用 --same 给出",
    "results under other ids that have one title, or nearly, may be the same: {n} of them; "
    "--suggest writes a table for somebody to confirm, --same takes it back",
)
_MEAN = Text("平均变化", "Mean change")
_INDEX_CHANGE = Text("指数平均变化", "mean change of the index")
_SEVERITY = Text("专家严宽变化", "drift of severity")
_ANCHORS, _INDICATORS = Text("同一成果", "Same results"), Text("指标", "Indicators")
_PAIRS = Text("可能同一", "May be the same")
_CHANGE, _WHY = Text("变化", "Change"), Text("原因", "Why")
_OLD, _NEW = Text("前", "Before"), Text("后", "After")
_INTERVAL = Text("{mean}（{low} 至 {high}，95%）", "{mean} ({low} to {high}, 95 %)")
_NOT_SHOWN = Text("未显示（--show）", " not shown (--show)")
_MORE = Text("另 {n} 项", "{n} more")
_UNMOVED = Text("没有变化", "did not move")
_SHOWN, _NAMED, _SAME = 20, 3, 5e-10


def document(anchored: Anchored, version: str, shown: int | None = None) -> Document:
    """Return two rounds by the results that stand in both as a document.

    Parameters
    ----------
    anchored
        What :func:`~pilotscore.runs.anchored.anchored` gave.
    version
        Of the program.
    shown
        How many results the page has at the most.
    """
    return Document(
        join((anchored.old.entry.title, anchored.new.entry.title), DOT),
        version=version,
        as_of=anchored.new.entry.as_of,
        page=lambda: _page(anchored, shown or _SHOWN),
        sheets=lambda: [
            Sheet(_ANCHORS, (*map(note, _notes(anchored)), anchors_table(anchored)), freeze=3),
            Sheet(_INDICATORS, (indicators_table(anchored),)),
            Sheet(_PAIRS, (pairs_table(anchored),)),
        ],
        record=lambda: _record(anchored),
        table=lambda: anchors_table(anchored),
    )


def _record(anchored: Anchored) -> dict[str, Any]:
    return {
        "old": anchored.old.entry.key,
        "new": anchored.new.entry.key,
        "comparable": len(anchored) >= LEAST_ANCHORS,
        "same_criteria": anchored.same_criteria,
        "notes": _notes(anchored),
        "anchors": len(anchored),
        "confirmed": anchored.confirmed,
        "index": _bounds(anchored.index),
        "severity": _bounds(anchored.severity),
        "results": anchors_table(anchored),
        "indicators": indicators_table(anchored),
        "may_be_the_same": pairs_table(anchored),
    }


def _bounds(bounds: Bounded) -> dict[str, float | None]:
    names = ("mean", "low", "high")
    return dict(zip(names, (rounded(float(x), 6) for x in _three(bounds)), strict=True))


def _three(bounds: Bounded) -> tuple[float, float, float]:
    return bounds.value, bounds.low, bounds.high


def _notes(anchored: Anchored) -> list[Words]:
    notes: list[Words] = []
    if not len(anchored):
        notes.append(NOT_COMPARABLE)
    elif len(anchored) < LEAST_ANCHORS:
        notes.append(_FEW.of(n=len(anchored)))
    if not anchored.same_criteria:
        notes.append(_OTHER_CRITERIA)
    if anchored.suggestions:
        notes.append(_CONFIRM.of(n=len(anchored.suggestions)))
    return notes


def anchors_table(anchored: Anchored) -> Table:
    """Return one row per result that stands in both rounds."""
    columns = (
        Column("id", words.ID, width=12),
        Column("old_id", Text("原编号", "Old id"), width=12),
        Column("title", words.TITLE, "wrap", 28),
        Column("old_grade", Text("原等级", "Old grade"), "centre", 9),
        Column("grade", words.GRADE, "centre", 8),
        Column("old_index", Text("原指数", "Old index"), "score", 9),
        Column("index", words.INDEX, "score", 9),
        Column("change", _CHANGE, "score", 9),
        *(Column(cause.name.lower(), title, "figure", 9) for cause, title in CAUSES.items()),
        Column("why", _WHY, "wrap", 56),
    )
    return Table(columns, [_anchor_row(anchored, k) for k in _order(anchored)])


def _order(anchored: Anchored) -> list[int]:
    """Return the anchors, the largest change first."""
    size = [0.0 if math.isnan(x) else abs(x) for x in anchored.change().tolist()]
    return sorted(range(len(anchored)), key=lambda k: (-size[k], k))


def _anchor_row(anchored: Anchored, k: int) -> list[Any]:
    old, new = int(anchored.old_places[k]), int(anchored.new_places[k])
    before, after = anchored.old.columns, anchored.new.columns
    moved = [s for s in anchored.shifts if s.causes[k] != Cause.NONE]
    return [
        after.ids[new],
        before.ids[old] if before.ids[old] != after.ids[new] else None,
        after.titles[new],
        grade_of(anchored.old, old),
        grade_of(anchored.new, new),
        rounded(float(before.index[old])),
        rounded(float(after.index[new])),
        rounded(float(anchored.change()[k]), 6),
        *(sum(int(s.causes[k]) == cause for s in moved) or None for cause in CAUSES),
        join([_said(s, k) for s in _largest(moved, k)], COMMA) if moved else None,
    ]


def _largest(moved: list[ItemShift], k: int) -> list[ItemShift]:
    def size(s: ItemShift) -> float:
        change = abs(float(s.after[k] - s.before[k]))
        return 0.0 if math.isnan(change) else change

    return sorted(moved, key=lambda s: -size(s))


def _said(s: ItemShift, k: int) -> Words:
    text = Text("{title} {old}→{new}（{cause}）", "{title} {old} → {new} ({cause})")
    old, new = (_points(float(x)) for x in (s.before[k], s.after[k]))
    return text.of(title=s.item.title, old=old, new=new, cause=CAUSES[Cause(int(s.causes[k]))])


def _points(score: float) -> str:
    return "—" if math.isnan(score) else f"{score:.0f}"


def indicators_table(anchored: Anchored) -> Table:
    """Return one row per indicator of both rounds: how far it moved, and for which causes."""
    columns = (
        Column("indicator", _INDICATORS, width=22),
        Column("title", words.TITLE, width=28),
        Column("mean", _MEAN, "score", 10),
        Column("low", Text("下限", "Low"), "score", 9),
        Column("high", Text("上限", "High"), "score", 9),
        *(Column(cause.name.lower(), title, "figure", 9) for cause, title in CAUSES.items()),
    )
    rows = [
        [
            s.item.id,
            s.item.title,
            *(rounded(float(x), 6) for x in _three(s.mean)),
            *(s.counts.get(cause, 0) for cause in CAUSES),
        ]
        for s in anchored.shifts
    ]
    return Table(columns, rows)


def pairs_table(anchored: Anchored) -> Table:
    """Return one row per pair that may be the same, with a column for somebody to confirm it."""
    zh, en = header("zh"), header("en")
    keys = ("old", "old_title", "new", "new_title", "likeness", "same")
    columns = tuple(
        Column(key, Text(a, b), "figure" if key == "likeness" else "text", 18)
        for key, a, b in zip(keys, zh, en, strict=True)
    )
    return Table(columns, [_pair_row(anchored, pair) for pair in anchored.suggestions])


def _pair_row(anchored: Anchored, pair: Suggestion) -> list[Any]:
    old, new = anchored.old.columns, anchored.new.columns
    names = (old.ids[pair.old], old.titles[pair.old], new.ids[pair.new], new.titles[pair.new])
    return [*names, round(pair.likeness, 1), None]


def document_of_pairs(anchored: Anchored, version: str) -> Document:
    """Return the pairs that may be the same as a document, for somebody to confirm."""
    table = pairs_table(anchored)
    return Document(
        _PAIRS,
        version=version,
        as_of=anchored.new.entry.as_of,
        page=lambda: iter(()),
        sheets=lambda: [Sheet(_PAIRS, (table,))],
        record=lambda: {"may_be_the_same": table},
        table=lambda: table,
    )


# -------------------------------------------------------------------------------- the page


def _side(kept: StoredRound) -> Words:
    entry = kept.entry
    named = same(f"{short(entry.key)} {entry.as_of}")
    return join((named, entry.title, f"{entry.criteria.id} {entry.criteria.version}"), BLANK)


def _page(anchored: Anchored, shown: int) -> Iterator[Block]:
    count = counted(len(anchored), Text("项同一成果", "result in both"), "results in both")
    yield heading(count)
    yield Fact(_OLD, _side(anchored.old))
    yield Fact(_NEW, _side(anchored.new))
    for label, bounds in ((_INDEX_CHANGE, anchored.index), (_SEVERITY, anchored.severity)):
        if not math.isnan(bounds.value):
            yield Fact(label, _with_interval(bounds))
    for said in _notes(anchored):
        yield note(said)
    if not len(anchored):
        yield from _pairs_page(anchored, shown)
        return
    order = [k for k in _order(anchored) if _has_moved(anchored, k)]
    if len(order) < len(anchored):
        yield Fact(_UNMOVED, str(len(anchored) - len(order)))
    if order:
        yield from _moved_page(anchored, order, shown)
    yield from _pairs_page(anchored, shown)


def _has_moved(anchored: Anchored, k: int) -> bool:
    change = float(anchored.change()[k])
    return bool(any(s.causes[k] != Cause.NONE for s in anchored.shifts) or abs(change) > _SAME)


def _moved_page(anchored: Anchored, order: list[int], shown: int) -> Iterator[Block]:
    yield Gap()
    ids = tuple(anchored.new.columns.ids[anchored.new_places[k]] for k in order[:shown])
    slots = (
        Slot(words.ID, least=4, most=14, sized_by=ids),
        Slot(words.GRADE, least=5, most=7),
        Slot(words.INDEX, right=True, least=13, most=13),
        Slot(_CHANGE, right=True, least=6, most=6),
        Slot(_WHY, least=16, rest=True, loose=4),
    )
    yield Listing(slots, [_anchor_line(anchored, k) for k in order[:shown]], ruled=True)
    if len(order) > shown:
        yield more(len(order) - shown, _NOT_SHOWN)


def _with_interval(bounds: Bounded) -> Words | str:
    if math.isnan(bounds.low):
        return f"{bounds.value:+.2f}"
    mean, low, high = (f"{x:+.2f}" for x in _three(bounds))
    return _INTERVAL.of(mean=mean, low=low, high=high)


def _anchor_line(anchored: Anchored, k: int) -> Row:
    old, new = int(anchored.old_places[k]), int(anchored.new_places[k])
    grades = (grade_of(anchored.old, old) or "—", grade_of(anchored.new, new) or "—")
    grade = grades[0] if grades[0] == grades[1] else f"{grades[0]} → {grades[1]}"
    before, after = (
        float(x) for x in (anchored.old.columns.index[old], anchored.new.columns.index[new])
    )
    shown = ("—" if math.isnan(x) else f"{x:.1f}" for x in (before, after))
    change = after - before
    moved = _largest([s for s in anchored.shifts if s.causes[k] != Cause.NONE], k)
    said: list[Words] = [_said(s, k) for s in moved[:_NAMED]]
    if len(moved) > _NAMED:
        said.append(_MORE.of(n=len(moved) - _NAMED))
    cells = (
        (anchored.new.columns.ids[new], "bold"),
        (grade, ""),
        (" → ".join(shown), ""),
        ("" if math.isnan(change) else f"{change:+.1f}", ""),
        (join(said, COMMA), "dim"),
    )
    return Row(cells)


def _pairs_page(anchored: Anchored, shown: int) -> Iterator[Block]:
    if not anchored.suggestions:
        return
    yield Gap()
    yield heading(_PAIRS)
    slots = (
        Slot(header_of(0), most=16),
        Slot(header_of(1), least=10, rest=True),
        Slot(header_of(2), most=16),
        Slot(header_of(3), least=10, rest=True),
        Slot(header_of(4), right=True, least=5),
    )
    rows = [_pair_row(anchored, pair) for pair in anchored.suggestions[:shown]]
    yield Listing(slots, [_pair_line(row) for row in rows], ruled=True)
    if len(anchored.suggestions) > shown:
        yield more(len(anchored.suggestions) - shown, _NOT_SHOWN)


def header_of(place: int) -> Text:
    """Return a header of the table of pairs in both languages."""
    zh, en = (header(lang)[place] for lang in ("zh", "en"))
    return Text(zh, en)


def _pair_line(row: list[Any]) -> Row:
    old, old_title, new, new_title, likeness, _ = row
    return Row(
        ((old, "bold"), (old_title, ""), (new, "bold"), (new_title, ""), (f"{likeness:.0f}", ""))
    )
