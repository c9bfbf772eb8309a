"""What differs between two criteria sets, and whose grade that changes: on screen and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pilotscore.criteria import LoadedCriteria
from pilotscore.criteria.difference_words import Effect
from pilotscore.criteria.differences import EFFECTS, PARTS, Change, ChangeKind
from pilotscore.index import Assessment, deciding_reasons
from pilotscore.language import Lang, Text, Words, printable
from pilotscore.wording import figures, words

if TYPE_CHECKING:
    from rich.console import Console

SIGNS: dict[ChangeKind, str] = {"removed": "-", "added": "+", "changed": "~"}
_STYLES: dict[ChangeKind, str] = {"removed": "red", "added": "green", "changed": "yellow"}
RANK_TITLES: dict[Effect, Text] = {
    "rules": Text(
        "影响得分、等级、门槛或名次", "What can change a score, a grade, a gate or a rank"
    ),
    "names": Text("影响表头与单元格的识别", "What headers and cells are understood as"),
    "texts": Text("文字与其他", "Wording and the rest"),
}
PART_TITLES = {
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
_SAME_INDEX = 1e-9
_FEW = 5

# A line as its indent, the indent of what is wrapped, and parts with their styles.
Line = tuple[int, int, list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Side:
    """A result under one of the two sets: its grade and title, its index, and what decided."""

    grade: str
    title: Text
    index: float | None
    reasons: tuple[Words, ...]

    def named(self, lang: Lang) -> str:
        """Return the grade with its title, or why there is none."""
        title = self.title.to(lang)
        return title if self.grade == "—" else f"{self.grade} {title}"

    def to_dict(self, lang: Lang) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "grade": None if self.grade == "—" else self.grade,
            "grade_title": self.title.to(lang),
            "index": None if self.index is None else round(self.index, 9),
            "reasons": [r.to(lang) for r in self.reasons],
        }


@dataclass(frozen=True, slots=True)
class Moved:
    """A result under both sets."""

    id: str
    title: str
    before: Side
    after: Side

    @property
    def step(self) -> float | None:
        """By how much the index changes; None where one of them is none."""
        if self.before.index is None or self.after.index is None:
            return None
        return self.after.index - self.before.index

    @property
    def grade_changed(self) -> bool:
        """Whether the grade, or that there is one, changes."""
        return _name(self.before) != _name(self.after)


@dataclass(frozen=True)
class Compared:
    """The results of a batch under two criteria sets."""

    before: Assessment
    after: Assessment

    @cached_property
    def _pairs(self) -> tuple[list[tuple[int, int]], list[str], list[str]]:
        """Pair results by the cell they come from, since ids may repeat."""
        keys = [[_key(a, i) for i in range(len(a))] for a in (self.before, self.after)]
        places = {key: j for j, key in enumerate(keys[1])}
        found = [(i, places[key]) for i, key in enumerate(keys[0]) if key in places]
        paired = {j for _, j in found}
        gone = [key[0] for key in keys[0] if key not in places]
        return found, gone, [key[0] for j, key in enumerate(keys[1]) if j not in paired]

    @property
    def count(self) -> int:
        """How many results were assessed under both."""
        return len(self._pairs[0])

    @property
    def only_before(self) -> list[str]:
        """The ids of results that were read under the first set alone."""
        return self._pairs[1]

    @property
    def only_after(self) -> list[str]:
        """The ids of results that were read under the second set alone."""
        return self._pairs[2]

    @cached_property
    def moved(self) -> list[Moved]:
        """The results whose grade or index changes, the largest change of the index first."""
        ids, titles = self.before.measurements.ids, self.before.measurements.titles
        found = [
            Moved(ids[i], titles[i], _side(self.before, i), _side(self.after, j))
            for i, j in self._pairs[0]
            if _differ(self.before, i, self.after, j)
        ]
        return sorted(found, key=_size)

    @property
    def grade_changed(self) -> list[Moved]:
        """Those whose grade changes."""
        return [m for m in self.moved if m.grade_changed]

    @property
    def index_changed(self) -> list[Moved]:
        """Those whose index alone changes."""
        return [m for m in self.moved if not m.grade_changed]

    def steps(self) -> list[tuple[Side, Side, int]]:
        """Return each change of grade with how many results make it, the most frequent first."""
        seen = {(_name(m.before), _name(m.after)): (m.before, m.after) for m in self.grade_changed}
        counted = Counter((_name(m.before), _name(m.after)) for m in self.grade_changed)
        ordered = sorted(counted, key=lambda k: (-counted[k], k))
        return [(*seen[key], counted[key]) for key in ordered]


def _key(a: Assessment, i: int) -> tuple[str, str, str | None, int | None]:
    place = a.measurements.place(i, None)
    return a.measurements.ids[i], place.file, place.sheet, place.row


def _differ(a: Assessment, i: int, b: Assessment, j: int) -> bool:
    if figures.grade_id(a, i) != figures.grade_id(b, j) or a.status[i] != b.status[j]:
        return True
    was, now = (_index(x, k) for x, k in ((a, i), (b, j)))
    if was is None or now is None:
        return was is not now
    return abs(was - now) > _SAME_INDEX


def _index(a: Assessment, i: int) -> float | None:
    return None if a.missing.not_assessable[i] else float(a.index[i])


def _name(side: Side) -> str:
    return side.title.zh if side.grade == "—" else side.grade


def _size(m: Moved) -> tuple[bool, float, str]:
    """Order by the size of the change; where there is no index before or after comes first."""
    return m.step is not None, -abs(m.step or 0.0), m.id


def _side(a: Assessment, i: int) -> Side:
    reasons = tuple(r.text for r in deciding_reasons(a, i))
    return Side(figures.grade_id(a, i), figures.grade_title(a, i), _index(a, i), reasons)


def print_differences(
    before: LoadedCriteria,
    after: LoadedCriteria,
    changes: Sequence[Change],
    compared: Compared | None,
    console: Console,
    lang: Lang,
    top: int | None = None,
) -> None:
    """Print every change, a line each; then whose grade changes.

    On a terminal lines are wrapped under themselves; piped they stay whole, one to a line.
    """
    from rich.text import Text as Rich

    lines = [*_changes(before, after, changes, lang), *_results(compared, lang, top)]
    for indent, hanging, parts in lines:
        whole = Rich.assemble(*((printable(text), style) for text, style in parts))
        if not console.is_terminal:
            console.print(Rich.assemble(" " * indent, whole), soft_wrap=True)
            continue
        width = max(20, console.width - hanging)
        for number, line in enumerate(whole.wrap(console, width)):
            line.rstrip()
            console.print(
                Rich.assemble(" " * (hanging if number else indent), line), soft_wrap=True
            )


def _changes(
    before: LoadedCriteria, after: LoadedCriteria, changes: Sequence[Change], lang: Lang
) -> Iterator[Line]:
    for sign, loaded, style in (("-", before, "red"), ("+", after, "green")):
        c = loaded.criteria
        yield 0, 2, [(f"{sign} {c.id} {c.version} {c.title.to(lang)}", style), (f" ({loaded.source.name})", "dim")]  # fmt: skip
    if not changes:
        yield 0, 0, [(Text("没有差别", "no differences").to(lang), "bold")]
        return
    for rank in EFFECTS:
        mine = [c for c in changes if c.effect == rank]
        if not mine:
            continue
        yield 0, 0, [("", "")]
        count = f" ({len(mine)})"
        yield 0, 0, [(RANK_TITLES[rank].to(lang), "bold"), (count, "dim")]
        for part in PARTS:
            here = [c for c in mine if c.part == part]
            if here:
                yield 2, 2, [(PART_TITLES[part].to(lang), "bold cyan")]
            for change in here:
                sign = SIGNS[change.kind]
                yield 4, 6, [(f"{sign} ", _STYLES[change.kind]), (change.text.to(lang), "")]


def _results(compared: Compared | None, lang: Lang, top: int | None) -> Iterator[Line]:
    if compared is None:
        return
    graded, rest = compared.grade_changed, compared.index_changed
    yield 0, 0, [("", "")]
    yield 0, 0, [(_summary(compared).to(lang), "bold")]
    for was, now, count in compared.steps():
        step = f"{was.named(lang)} → {now.named(lang)}"
        yield 2, 2, [(f"{step}  ", ""), (Text(f"{count} 项", f"{count}").to(lang), "bold")]
    shown = graded[:top]
    if shown:
        heading = Text("等级改变的成果（指数变化大的在前）", "Results whose grade changes (the largest change of the index first)")  # fmt: skip
        yield 0, 0, [("", "")]
        yield 0, 0, [(heading.to(lang), "bold cyan")]
    for m in shown:
        yield from _moved(m, lang)
    if len(shown) < len(graded):
        yield 2, 2, [(_more(len(graded) - len(shown)).to(lang), "dim")]
    shown = rest[: _FEW if top is None else top]
    if shown:
        heading = Text("仅指数改变的成果", "Results whose index alone changes")
        yield 0, 0, [("", "")]
        yield 0, 0, [(heading.to(lang), "bold cyan")]
    for m in shown:
        yield 2, 4, [(f"{m.id}  {m.title}  ", ""), (_index_step(m), "bold")]
    if len(shown) < len(rest):
        yield 2, 2, [(_more(len(rest) - len(shown)).to(lang), "dim")]
    for ids, which in ((compared.only_before, "-"), (compared.only_after, "+")):
        if ids:
            listed = ", ".join(ids[:8]) + (" …" if len(ids) > 8 else "")
            told = Text(f"{len(ids)} 项成果只在 {which} 一方读到：{listed}", f"{len(ids)} results were read under {which} alone: {listed}")  # fmt: skip
            yield 0, 2, [(told.to(lang), "yellow")]


def _summary(compared: Compared) -> Text:
    count, graded, rest = compared.count, len(compared.grade_changed), len(compared.index_changed)
    left = count - graded - rest
    return Text(
        f"{count} 项成果：{graded} 项等级改变，{rest} 项仅指数改变，{left} 项不变",
        f"{count} result{'' if count == 1 else 's'}: the grade of {graded} changes, the index alone of "
        f"{rest}, nothing of {left}",
    )


def _more(count: int) -> Text:
    return Text(f"…… 另有 {count} 项未显示（--top）", f"... {count} more not shown (--top)")


def _index_step(m: Moved) -> str:
    was, now = ("—" if s.index is None else f"{s.index:.1f}" for s in (m.before, m.after))
    return f"{was} → {now}" + (f" ({m.step:+.2f})" if m.step is not None else "")


def _moved(m: Moved, lang: Lang) -> Iterator[Line]:
    yield 2, 4, [(f"{m.id}  ", "bold"), (m.title, "")]
    grades = f"{m.before.named(lang)} → {m.after.named(lang)}"
    yield 4, 6, [(grades, "bold"), (f"  {words.INDEX.to(lang)} {_index_step(m)}", "")]
    for sign, side, style in (("-", m.before, "red"), ("+", m.after, "green")):
        if side.reasons:
            said = f"{words.REASON.to(lang)}  {figures.joined(side.reasons, lang)}"
            yield 4, 6, [(f"{sign} ", style), (said, "dim")]


def to_json(
    before: LoadedCriteria,
    after: LoadedCriteria,
    changes: Sequence[Change],
    compared: Compared | None,
    lang: Lang,
    top: int | None = None,
) -> str:
    """Return both sets by name and hash, every change, and the results that change."""
    data: dict[str, Any] = {
        "before": _named(before),
        "after": _named(after),
        "counts": {rank: sum(c.effect == rank for c in changes) for rank in EFFECTS},
        "changes": [
            {
                "kind": c.kind,
                "rank": c.effect,
                "part": c.part,
                "path": list(c.path),
                "before": c.before,
                "after": c.after,
                "text": c.text.to(lang),
            }
            for c in changes
        ],
    }
    if compared is not None:
        data["results"] = _results_data(compared, lang, top)
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _named(loaded: LoadedCriteria) -> dict[str, Any]:
    c, source = loaded.criteria, loaded.source
    return {"id": c.id, "version": c.version, "file": source.name, "sha256": source.fingerprint}


def _results_data(compared: Compared, lang: Lang, top: int | None) -> dict[str, Any]:
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
            {"before": _grade_or_none(was), "after": _grade_or_none(now), "count": count}
            for was, now, count in compared.steps()
        ],
        "changed": [
            {
                "id": m.id,
                "title": m.title,
                "index_change": None if m.step is None else round(m.step, 9),
                "before": m.before.to_dict(lang),
                "after": m.after.to_dict(lang),
            }
            for m in (graded + rest)[:top]
        ],
    }


def _grade_or_none(side: Side) -> str | None:
    return None if side.grade == "—" else side.grade
