"""Two rounds of assessment side by side: who rose, who fell, and what moved each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from numpy.typing import NDArray

from pilotscore.findings import Finding
from pilotscore.index import Assessment, Status, contributions
from pilotscore.language import Lang, Text
from pilotscore.ranking import Ranking
from pilotscore.runs.outcome import Manifest
from pilotscore.wording import figures, words
from pilotscore.workbook import State

SAME = 5e-10
Cause = Literal["value", "evidence", "both", "weights", "criteria"]
CAUSES: dict[Cause, Text] = {
    "value": Text("数值", "value"),
    "evidence": Text("证据", "evidence"),
    "both": Text("数值与证据", "value and evidence"),
    "weights": Text("其他指标不适用带来的权重变化", "weight, as others do or do not apply"),
    "criteria": Text("指标体系", "criteria"),
}
Direction = Literal["rose", "fell", "same", "status"]


@dataclass(frozen=True, slots=True)
class Round:
    """One round: what was assessed, how it ranked, and from what."""

    assessment: Assessment
    ranking: Ranking
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Moved:
    """What one indicator (or what exists in one set only) adds to the change, in points of the index."""

    id: str
    title: Text
    points: float
    cause: Cause
    before: Text
    after: Text


@dataclass(frozen=True, slots=True)
class Standing:
    """How a result stood in one round; ``rank`` is None where it was not ranked."""

    index: float
    grade: str
    grade_title: Text
    status: Status
    rank: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """One result in both rounds.

    ``by_values`` and ``by_criteria`` add up to the change of the index, and ``moved`` to the same.
    """

    id: str
    title: str
    old: Standing
    new: Standing
    direction: Direction
    by_values: float
    by_criteria: float
    moved: tuple[Moved, ...]

    @property
    def points(self) -> float:
        """The change of the index."""
        return self.new.index - self.old.index

    @property
    def by_cause(self) -> dict[Cause, float]:
        """What each cause adds to the change of the index; those that add nothing are left out."""
        sums = {c: sum(m.points for m in self.moved if m.cause == c) for c in CAUSES}
        return {c: points for c, points in sums.items() if abs(points) > SAME}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rounds: results in both, largest change first, and those in one only."""

    changes: tuple[Change, ...]
    appeared: tuple[tuple[str, str, Standing], ...]
    left: tuple[tuple[str, str, Standing], ...]
    old: Manifest
    new: Manifest
    same_criteria: bool
    findings: tuple[Finding, ...]

    def count(self, direction: Direction) -> int:
        """Return how many results went one way."""
        return sum(c.direction == direction for c in self.changes)


def compare_rounds(
    old: Round, middle: Assessment, new: Round, findings: Sequence[Finding] = ()
) -> Comparison:
    """Compare two rounds.

    Parameters
    ----------
    old
        The old results under the old criteria.
    middle
        The new results under the old criteria: what lies between is the change of values and
        evidence before it, and the change of criteria after it.
    new
        The new results under the new criteria.
    findings
        What a person should know of either.
    """
    before = {name.casefold(): i for i, name in enumerate(old.assessment.measurements.ids)}
    between = {name.casefold(): i for i, name in enumerate(middle.measurements.ids)}
    after = {name.casefold(): i for i, name in enumerate(new.assessment.measurements.ids)}
    parts = [contributions(a) for a in (old.assessment, middle, new.assessment)]
    changes = [
        _change(old, middle, new, parts, (before[key], between[key], after[key]))
        for key in after
        if key in before and key in between
    ]
    changes.sort(key=lambda c: (-abs(c.points), c.id))
    matched = {c.id.casefold() for c in changes}
    return Comparison(
        tuple(changes),
        tuple(_alone(new, i) for key, i in after.items() if key not in matched),
        tuple(_alone(old, i) for key, i in before.items() if key not in matched),
        old.manifest,
        new.manifest,
        old.manifest.criteria == new.manifest.criteria,
        tuple(findings),
    )


def _alone(one: Round, i: int) -> tuple[str, str, Standing]:
    m = one.assessment.measurements
    return m.ids[i], m.titles[i], _standing(one, i)


def _standing(one: Round, i: int) -> Standing:
    a = one.assessment
    return Standing(
        float(a.index[i]),
        figures.grade_id(a, i),
        figures.grade_title(a, i),
        Status(int(a.status[i])),
        int(one.ranking.ranks[i]) or None,
    )


def _change(
    old: Round, middle: Assessment, new: Round, parts: list[NDArray[Any]], at: tuple[int, int, int]
) -> Change:
    i, k, j = at
    a, b = _standing(old, i), _standing(new, j)
    moved = [*_by_values(old.assessment, middle, parts, i, k)]
    if new.assessment.criteria != middle.criteria:
        moved += _by_criteria(middle, new.assessment, parts, k, j)
    moved.sort(key=lambda m: -abs(m.points))
    m = new.assessment.measurements
    between = float(middle.index[k])
    return Change(
        m.ids[j], m.titles[j], a, b, _direction(old, new, i, j),
        between - a.index, b.index - between, tuple(moved),
    )  # fmt: skip


def _direction(old: Round, new: Round, i: int, j: int) -> Direction:
    """Say which way a result went: by grade, then by index."""
    before, after = old.assessment, new.assessment
    if before.status[i] != after.status[j]:
        return "status"
    places = [{g.id: n for n, g in enumerate(a.criteria.grades)} for a in (before, after)]
    grades = figures.grade_id(before, i), figures.grade_id(after, j)
    comparable = list(places[0]) == list(places[1]) and grades[0] in places[0]
    if comparable and grades[0] != grades[1]:
        return "rose" if places[0][grades[1]] < places[0][grades[0]] else "fell"
    points = float(after.index[j]) - float(before.index[i])
    return "same" if abs(points) <= SAME else "rose" if points > 0 else "fell"


def _by_values(
    old: Assessment, middle: Assessment, parts: list[NDArray[Any]], i: int, k: int
) -> Iterator[Moved]:
    for j, indicator in enumerate(old.criteria.indicators):
        points = float(parts[1][k, j] - parts[0][i, j])
        if abs(points) <= SAME:
            continue
        texts = [
            Text(*(_cell(a, row, j, lang) for lang in ("zh", "en")))
            for a, row in ((old, i), (middle, k))
        ]
        cause = _cause(old, middle, i, k, j)
        yield Moved(indicator.id, indicator.title, points, cause, texts[0], texts[1])


def _cell(a: Assessment, i: int, j: int, lang: Lang) -> str:
    evidence = figures.evidence_id(a, i, j)
    return figures.raw_value(a, i, j).to(lang) + (f" {evidence}" if evidence else "")


def _cause(old: Assessment, new: Assessment, i: int, k: int, j: int) -> Cause:
    states = int(old.missing.states[i, j]), int(new.missing.states[k, j])
    values = float(old.measurements.values[i, j]), float(new.measurements.values[k, j])
    value = states[0] != states[1] or (states[0] == State.VALUE and values[0] != values[1])
    grades = figures.evidence_id(old, i, j).strip("()"), figures.evidence_id(new, k, j).strip("()")
    evidence = all(grades) and grades[0] != grades[1]
    if value and evidence:
        return "both"
    if value:
        return "value"
    return "evidence" if evidence else "weights"


def _by_criteria(
    middle: Assessment, new: Assessment, parts: list[NDArray[Any]], k: int, j: int
) -> Iterator[Moved]:
    before = {x.id: n for n, x in enumerate(middle.criteria.indicators)}
    after = {x.id: n for n, x in enumerate(new.criteria.indicators)}
    titles = {x.id: x.title for a in (middle, new) for x in a.criteria.indicators}
    absent = Text("—", "—")
    for name in dict.fromkeys((*before, *after)):
        had = float(parts[1][k, before[name]]) if name in before else 0.0
        has = float(parts[2][j, after[name]]) if name in after else 0.0
        if abs(has - had) > SAME:
            shown = [
                Text(f"{x:.2f} 分", f"{x:.2f} points") if there else absent
                for x, there in ((had, name in before), (has, name in after))
            ]
            yield Moved(name, titles[name], has - had, "criteria", shown[0], shown[1])


def record(comparison: Comparison, lang: Lang) -> dict[str, Any]:
    """Return a comparison as plain data for JSON."""

    def standing(s: Standing) -> dict[str, Any]:
        return {"index": s.index, "grade": s.grade, "status": s.status.name.lower(), "rank": s.rank}

    def alone(x: tuple[str, str, Standing]) -> dict[str, Any]:
        return {"id": x[0], "title": x[1], **standing(x[2])}

    return {
        "summary": {
            **{d: comparison.count(d) for d in ("rose", "fell", "same", "status")},
            "appeared": len(comparison.appeared),
            "left": len(comparison.left),
        },
        "changes": [
            {
                "id": c.id,
                "title": c.title,
                "direction": c.direction,
                "old": standing(c.old),
                "new": standing(c.new),
                "points": c.points,
                "by_values": c.by_values,
                "by_criteria": c.by_criteria,
                "by_cause": c.by_cause,
                "moved": [
                    {
                        "indicator": m.id, "title": m.title.to(lang), "points": m.points,
                        "cause": m.cause, "before": m.before.to(lang), "after": m.after.to(lang),
                    }
                    for m in c.moved
                ],
            }
            for c in comparison.changes
        ],
        "appeared": [alone(x) for x in comparison.appeared],
        "left": [alone(x) for x in comparison.left],
        "old": comparison.old.to_dict(),
        "new": comparison.new.to_dict(),
    }  # fmt: skip


def status_text(standing: Standing, lang: Lang) -> str:
    """Write the grade with its title, or the status where there is none."""
    if standing.status is Status.GRADED:
        return f"{standing.grade} {standing.grade_title.to(lang)}"
    return words.STATUS_TITLES[standing.status].to(lang)
