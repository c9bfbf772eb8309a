"""Two rounds of assessment side by side: who rose, who fell, and what moved each."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from pilotscore.arrays import Floats
from pilotscore.criteria import LoadedCriteria, load_criteria
from pilotscore.errors import UnreadableInputError
from pilotscore.findings import Finding, in_order
from pilotscore.index import Assessment, Status, assess, contributions, counted_evidence
from pilotscore.language import BLANK, Text, Words, join, same
from pilotscore.measures import from_submission
from pilotscore.ranking import Ranking, rank_results
from pilotscore.records import dataclass
from pilotscore.runs.assess import (
    DEFAULT_CRITERIA,
    PathLike,
    manifest_of,
    read,
    reading_options,
)
from pilotscore.runs.outcome import Manifest
from pilotscore.wording import figures
from pilotscore.workbook import State

_SAME = 5e-10
Cause = Literal["value", "evidence", "both", "weights", "criteria"]
_CAUSES: tuple[Cause, ...] = ("value", "evidence", "both", "weights", "criteria")
Direction = Literal["rose", "fell", "same", "status"]


@dataclass(frozen=True, slots=True)
class Round:
    """One round: what was assessed, how it ranked, and from what."""

    assessment: Assessment
    ranking: Ranking
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Moved:
    """What one indicator (or what is in one set only) adds to the change, in index points."""

    id: str
    title: Text
    points: float
    cause: Cause
    before: Words
    after: Words


@dataclass(frozen=True, slots=True)
class Standing:
    """How a result stood in one round; ``index`` and ``rank`` are None where it has none."""

    index: float | None
    grade: str
    grade_title: Text
    status: Status
    rank: int | None


# The id and the title of a result that is in one round only, and how it stood there.
Alone = tuple[str, str, Standing]


@dataclass(frozen=True, slots=True)
class Change:
    """One result in both rounds.

    ``by_values`` and ``by_criteria`` add up to the change of the index, and ``moved`` to the same;
    they are None where the result has no index in one of the rounds.
    """

    id: str
    title: str
    old: Standing
    new: Standing
    direction: Direction
    by_values: float | None
    by_criteria: float | None
    moved: tuple[Moved, ...]

    @property
    def points(self) -> float | None:
        """The change of the index; None where there is none in one of the rounds."""
        if self.old.index is None or self.new.index is None:
            return None
        return self.new.index - self.old.index

    @property
    def by_cause(self) -> dict[Cause, float]:
        """What each cause adds to the change of the index; those that add nothing are left out."""
        sums = {c: sum(m.points for m in self.moved if m.cause == c) for c in _CAUSES}
        return {c: points for c, points in sums.items() if abs(points) > _SAME}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rounds: results in both, largest change first, and those in one only."""

    changes: tuple[Change, ...]
    appeared: tuple[Alone, ...]
    left: tuple[Alone, ...]
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
    changes.sort(key=_by_size)
    matched = {c.id.casefold() for c in changes}
    return Comparison(
        tuple(changes),
        tuple(_alone(new, i) for key, i in after.items() if key not in matched),
        tuple(_alone(old, i) for key, i in before.items() if key not in matched),
        old.manifest,
        new.manifest,
        _decided_by(old.manifest) == _decided_by(new.manifest),
        tuple(findings),
    )


def _by_size(c: Change) -> tuple[float, str]:
    """Order by what moved a result in all, so that one whose index a gate withholds has a place."""
    return -abs(round(sum(m.points for m in c.moved), 9)), c.id


def _decided_by(manifest: Manifest) -> tuple[Any, ...]:
    """Return what decides every score of a round: its criteria set, and the profile of weights."""
    return *manifest.criteria, manifest.options.get("profile")


def _alone(one: Round, i: int) -> Alone:
    m = one.assessment.measurements
    return m.ids[i], m.titles[i], _standing(one, i)


def _standing(one: Round, i: int) -> Standing:
    a = one.assessment
    return Standing(
        float(a.index[i]) if a.has_index(i) else None,
        figures.grade_id(a, i),
        figures.grade_title(a, i),
        Status(int(a.status[i])),
        int(one.ranking.ranks[i]) or None,
    )


def _change(
    old: Round, middle: Assessment, new: Round, parts: list[Floats], at: tuple[int, int, int]
) -> Change:
    i, k, j = at
    a, b = _standing(old, i), _standing(new, j)
    moved = list(_by_values(old.assessment, middle, parts, i, k))
    if new.assessment.criteria != middle.criteria:
        moved += _by_criteria(middle, new.assessment, parts, k, j)
    moved.sort(key=lambda m: -abs(m.points))
    m = new.assessment.measurements
    between = float(middle.index[k])
    return Change(
        m.ids[j],
        m.titles[j],
        a,
        b,
        _direction(old, new, i, j),
        None if a.index is None or b.index is None else between - a.index,
        None if a.index is None or b.index is None else b.index - between,
        tuple(moved),
    )


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
    if not before.has_index(i):
        return "same"  # none before, and none now
    points = float(after.index[j]) - float(before.index[i])
    return "same" if abs(points) <= _SAME else "rose" if points > 0 else "fell"


def _by_values(
    old: Assessment, middle: Assessment, parts: list[Floats], i: int, k: int
) -> Iterator[Moved]:
    for j, indicator in enumerate(old.criteria.indicators):
        points = float(parts[1][k, j] - parts[0][i, j])
        if abs(points) <= _SAME:
            continue
        cause = _cause(old, middle, i, k, j)
        texts = _cell(old, i, j), _cell(middle, k, j)
        yield Moved(indicator.id, indicator.title, points, cause, *texts)


def _cell(a: Assessment, i: int, j: int) -> Words:
    return join((figures.raw_value(a, i, j), figures.evidence(a, i, j)), BLANK)


def _cause(old: Assessment, new: Assessment, i: int, k: int, j: int) -> Cause:
    states = int(old.missing.states[i, j]), int(new.missing.states[k, j])
    values = float(old.measurements.values[i, j]), float(new.measurements.values[k, j])
    value = states[0] != states[1] or (states[0] == State.VALUE and values[0] != values[1])
    before, after = counted_evidence(old, i, j), counted_evidence(new, k, j)
    evidence = before is not None and after is not None and before.id != after.id
    if value and evidence:
        return "both"
    if value:
        return "value"
    return "evidence" if evidence else "weights"


_POINTS, _ABSENT = Text("{points:.2f} 分", "{points:.2f} points"), same("—")


def _by_criteria(
    middle: Assessment, new: Assessment, parts: list[Floats], k: int, j: int
) -> Iterator[Moved]:
    before = {x.id: n for n, x in enumerate(middle.criteria.indicators)}
    after = {x.id: n for n, x in enumerate(new.criteria.indicators)}
    titles = {x.id: x.title for a in (middle, new) for x in a.criteria.indicators}
    for name in dict.fromkeys((*before, *after)):
        had = float(parts[1][k, before[name]]) if name in before else 0.0
        has = float(parts[2][j, after[name]]) if name in after else 0.0
        if abs(has - had) > _SAME:
            texts = (
                _POINTS.of(points=x) if name in there else _ABSENT
                for x, there in ((had, before), (has, after))
            )
            yield Moved(name, titles[name], has - had, "criteria", *texts)


@dataclass(frozen=True, slots=True)
class RoundRules:
    """By which criteria a round is assessed, under which profile of weights, on which day.

    The criteria are a built-in name or the path of a file; the day is today where None.
    """

    criteria: PathLike = DEFAULT_CRITERIA
    profile: str | None = None
    as_of: datetime.date | None = None


def compare(
    old: PathLike | Iterable[PathLike],
    new: PathLike | Iterable[PathLike],
    rules: RoundRules | None = None,
    new_rules: RoundRules | None = None,
    **reading: Any,
) -> Comparison:
    """Compare two rounds of assessment.

    Parameters
    ----------
    old, new
        The workbooks of each round, or folders of them.
    rules
        Of the old round, and of the new one unless ``new_rules`` are given.
    new_rules
        Of the new round, where they changed.
    reading
        As :func:`~pilotscore.runs.assess.reading_options` takes it, for both rounds.

    Raises
    ------
    UsageError, FaultyFileError, UnreadableInputError
        As :func:`~pilotscore.runs.assess.rank`, for either round.
    """
    rules = rules or RoundRules()
    new_rules = new_rules or rules
    day = rules.as_of or datetime.date.today()
    later = new_rules.as_of or day
    before = load_criteria(rules.criteria, rules.profile)
    after = before
    if (new_rules.criteria, new_rules.profile) != (rules.criteria, rules.profile):
        after = load_criteria(new_rules.criteria, new_rules.profile)
    first, findings = _round(old, before, day, reading)
    last, more = _round(new, after, later, reading)
    same = _weighed_by(after) == _weighed_by(before)
    middle = last if same else _round(new, before, later, reading)[0]
    return compare_rounds(first, middle.assessment, last, in_order((*findings, *more)))


def _weighed_by(loaded: LoadedCriteria) -> tuple[str, str | None]:
    """Return what decides every score: the criteria set, and the profile of its weights."""
    return loaded.source.fingerprint, loaded.profile.id if loaded.profile else None


def _round(
    books: PathLike | Iterable[PathLike],
    loaded: LoadedCriteria,
    on: datetime.date,
    reading: Mapping[str, Any],
) -> tuple[Round, tuple[Finding, ...]]:
    """Read and assess the workbooks of a round."""
    options = reading_options(loaded, **reading)
    submission = read(books, loaded, options)
    if not len(submission):
        text = Text("没有读到任何成果", "no result was read")
        raise UnreadableInputError(text, in_order(submission.findings))
    assessment = assess(from_submission(submission, loaded.criteria, on), loaded.criteria, on)
    ranking = rank_results(assessment)
    manifest = manifest_of(loaded, None, submission, ranking, on, options)
    return Round(assessment, ranking, manifest), submission.findings
