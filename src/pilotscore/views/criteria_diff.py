"""What differs between two criteria sets, and whose grade that changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pilotscore.criteria import LoadedCriteria
from pilotscore.criteria.difference_words import Effect
from pilotscore.criteria.differences import EFFECTS, PARTS, Change, ChangeKind
from pilotscore.document import Block, Document, Gap, Line, Piece, Said
from pilotscore.language import BLANK, NOTHING, Text, Words, counted, join, same
from pilotscore.runs.criteria_diff import Compared, CriteriaDiff, Moved, Side
from pilotscore.wording import words
from pilotscore.wording.figures import rounded

_SIGNS: dict[ChangeKind, tuple[str, str]] = {
    "removed": ("- ", "red"),
    "added": ("+ ", "green"),
    "changed": ("~ ", "yellow"),
}
_EFFECT_TITLES: dict[Effect, Text] = {
    "rules": Text(
        "影响得分、等级、门槛或名次", "What can change a score, a grade, a gate or a rank"
    ),
    "names": Text("影响表头与单元格的识别", "What headers and cells are understood as"),
    "texts": Text("文字与其他", "Wording and the rest"),
}
_PART_TITLES = {
    "set": Text("整体", "The set"),
    "dimensions": Text("维度", "Dimensions"),
    "indicators": Text("指标", "Indicators"),
    "evidence": Text("证据", "Evidence"),
    "gates": words.GATES,
    "grades": words.GRADES,
    "profiles": Text("权重方案", "Weight profiles"),
    "methods": words.METHODS,
    "facts": Text("其他字段", "Facts"),
}
_NONE = Text("没有差别", "no differences")
_SUMMARY = Text(
    "{count}：{graded} 项等级改变，{rest} 项仅指数改变，{left} 项不变",
    "{count}: the grade of {graded} changes, the index alone of {rest}, nothing of {left}",
)
_GRADED = Text(
    "等级改变的成果（指数变化大的在前）",
    "Results whose grade changes (the largest change of the index first)",
)
_INDEX_ALONE = Text("仅指数改变的成果", "Results whose index alone changes")
_MORE = Text("…… 另有 {n} 项未显示（--top）", "... {n} more not shown (--top)")
_ONE_SIDE = Text(
    "{n} 项成果只在 {side} 一方读到：{ids}", "{n} results were read under {side} alone: {ids}"
)
_FEW, _NAMED = 5, 8


def document(diff: CriteriaDiff, top: int | None = None) -> Document:
    """Return the differences as a document; ``top`` lists the results that change most."""
    return Document(
        title=same(f"{diff.before.criteria.id} → {diff.after.criteria.id}"),
        page=lambda: _page(diff, top),
        record=lambda: _record(diff, top),
    )


# ------------------------------------------------------------------------------- the page


def _page(diff: CriteriaDiff, top: int | None) -> Iterator[Block]:
    """Say every change, a line each; then whose grade changes."""
    for sign, loaded, style in (("-", diff.before, "red"), ("+", diff.after, "green")):
        c = loaded.criteria
        name = join((sign, c.id, c.version, c.title), BLANK)
        yield _line((name, style), (f" ({loaded.source.name})", "dim"), hang=2)
    if not diff.changes:
        yield _line((_NONE, "bold"))
    for effect in EFFECTS:
        changes = [c for c in diff.changes if c.effect == effect]
        if changes:
            yield Gap()
            yield _line((_EFFECT_TITLES[effect], "bold"), (f" ({len(changes)})", "dim"))
            yield from _changes(changes)
    if diff.compared is not None:
        yield from _results(diff.compared, top)


def _line(*pieces: Piece, indent: int = 0, hang: int | None = None) -> Line:
    return Line(pieces, indent=indent, hang=indent if hang is None else hang)


def _changes(changes: Sequence[Change]) -> Iterator[Line]:
    for part in PARTS:
        here = [c for c in changes if c.part == part]
        if here:
            yield _line((_PART_TITLES[part], "bold cyan"), indent=2)
        for change in here:
            yield _line(_SIGNS[change.kind], (change.text, ""), indent=4, hang=6)


def _results(compared: Compared, top: int | None) -> Iterator[Block]:
    yield Gap()
    yield _line((_summary(compared), "bold"))
    for was, now, count in compared.steps():
        said = Text("{n} 项", "{n}").of(n=count)
        yield _line((_step(_named(was), _named(now)), ""), ("  ", ""), (said, "bold"), indent=2)
    graded, rest = compared.grade_changed, compared.index_changed
    yield from _listed(_GRADED, graded, top, _graded)
    yield from _listed(_INDEX_ALONE, rest, _FEW if top is None else top, _index_alone)
    for ids, side in ((compared.only_before, "-"), (compared.only_after, "+")):
        if ids:
            listed = ", ".join(ids[:_NAMED]) + (" …" if len(ids) > _NAMED else "")
            yield _line((_ONE_SIDE.of(n=len(ids), side=side, ids=listed), "yellow"), hang=2)


def _summary(compared: Compared) -> Words:
    graded, rest = len(compared.grade_changed), len(compared.index_changed)
    count = counted(compared.count, Text("项成果", "result"))
    left = compared.count - graded - rest
    return _SUMMARY.of(count=count, graded=graded, rest=rest, left=left)


def _listed(
    title: Text, moved: Sequence[Moved], most: int | None, say: Callable[[Moved], Iterator[Line]]
) -> Iterator[Block]:
    shown = moved[:most]
    if shown:
        yield Gap()
        yield _line((title, "bold cyan"))
    for m in shown:
        yield from say(m)
    if len(shown) < len(moved):
        yield _line((_MORE.of(n=len(moved) - len(shown)), "dim"), indent=2)


def _graded(m: Moved) -> Iterator[Line]:
    yield _line((f"{m.id}  ", "bold"), (m.title, ""), indent=2, hang=4)
    grades = _step(_named(m.before), _named(m.after))
    index = join(("  ", words.INDEX, " ", _index_step(m)), NOTHING)
    yield _line((grades, "bold"), (index, ""), indent=4, hang=6)
    for sign, side in ((_SIGNS["removed"], m.before), (_SIGNS["added"], m.after)):
        if side.reasons:
            said = join((words.REASON, "  ", join(side.reasons)), NOTHING)
            yield _line(sign, (said, "dim"), indent=4, hang=6)


def _index_alone(m: Moved) -> Iterator[Line]:
    yield _line((f"{m.id}  {m.title}  ", ""), (_index_step(m), "bold"), indent=2, hang=4)


def _step(was: Said, now: Said) -> Words:
    return same("{was} → {now}").of(was=was, now=now)


def _index_step(m: Moved) -> Words:
    was, now = ("—" if s.index is None else f"{s.index:.1f}" for s in (m.before, m.after))
    return join((_step(was, now), "" if m.step is None else f" ({m.step:+.2f})"), NOTHING)


def _named(side: Side) -> Words:
    """Return the grade with its title, or why there is none."""
    return side.title if side.grade is None else join((side.grade, side.title), BLANK)


# ----------------------------------------------------------------------------- the record


def _record(diff: CriteriaDiff, top: int | None) -> Mapping[str, Any]:
    """Return both sets by name and hash, every change, and the results that change."""
    compared = diff.compared
    results = {} if compared is None else {"results": _results_record(compared, top)}
    return {
        "before": _set_record(diff.before),
        "after": _set_record(diff.after),
        "counts": {effect: sum(c.effect == effect for c in diff.changes) for effect in EFFECTS},
        "changes": [_change_record(c) for c in diff.changes],
        **results,
    }


def _set_record(loaded: LoadedCriteria) -> dict[str, Any]:
    c, source = loaded.criteria, loaded.source
    return {"id": c.id, "version": c.version, "file": source.name, "sha256": source.fingerprint}


def _change_record(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "rank": change.effect,
        "part": change.part,
        "path": change.path,
        "before": change.before,
        "after": change.after,
        "text": change.text,
    }


def _results_record(compared: Compared, top: int | None) -> dict[str, Any]:
    graded, rest = compared.grade_changed, compared.index_changed
    return {
        "as_of": compared.before.as_of.isoformat(),
        "count": compared.count,
        "grade_changed": len(graded),
        "index_changed": len(rest),
        "unchanged": compared.count - len(graded) - len(rest),
        "only_before": compared.only_before,
        "only_after": compared.only_after,
        "steps": [
            {"before": was.grade, "after": now.grade, "count": count}
            for was, now, count in compared.steps()
        ],
        "changed": [
            {
                "id": m.id,
                "title": m.title,
                "index_change": None if m.step is None else rounded(m.step),
                "before": _side_record(m.before),
                "after": _side_record(m.after),
            }
            for m in (graded + rest)[:top]
        ],
    }


def _side_record(side: Side) -> dict[str, Any]:
    return {
        "grade": side.grade,
        "grade_title": side.title,
        "index": None if side.index is None else rounded(side.index),
        "reasons": side.reasons,
    }
