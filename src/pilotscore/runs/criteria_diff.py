"""Two criteria sets: what differs between them, and whose grade that changes."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from pilotscore.criteria import LoadedCriteria
from pilotscore.criteria.differences import Change, differences
from pilotscore.errors import UnreadableInputError
from pilotscore.findings import Finding, in_order
from pilotscore.index import Assessment, assess, deciding_reasons
from pilotscore.language import Text, Words
from pilotscore.measures import from_submission
from pilotscore.records import dataclass
from pilotscore.runs.assess import PathLike, read, reading_options
from pilotscore.wording import figures
from pilotscore.workbook import ReadingOptions
from pilotscore.workbook.results.workers import Progress

_SAME_INDEX = 1e-9


@dataclass(frozen=True, slots=True)
class Side:
    """A result under one of the two sets: its grade and title, its index, and what decided.

    ``grade`` is None where there is none; ``title`` then says why.
    """

    grade: str | None
    title: Text
    index: float | None
    reasons: tuple[Words, ...]

    @property
    def name(self) -> str:
        """What tells grades apart, and the ways of having none."""
        return self.title.to("zh") if self.grade is None else self.grade


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
        return self.before.name != self.after.name


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
        pairs = [(i, places[key]) for i, key in enumerate(keys[0]) if key in places]
        paired = {j for _, j in pairs}
        gone = [key[0] for key in keys[0] if key not in places]
        return pairs, gone, [key[0] for j, key in enumerate(keys[1]) if j not in paired]

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
        moves = [
            Moved(ids[i], titles[i], _side(self.before, i), _side(self.after, j))
            for i, j in self._pairs[0]
            if _differ(self.before, i, self.after, j)
        ]
        return sorted(moves, key=_size)

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
        changed = [((m.before.name, m.after.name), m) for m in self.grade_changed]
        seen = {key: (m.before, m.after) for key, m in changed}
        counted = Counter(key for key, _ in changed)
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
    return float(a.index[i]) if a.has_index(i) else None


def _size(m: Moved) -> tuple[bool, float, str]:
    """Order by the size of the change; where there is no index before or after comes first."""
    return m.step is not None, -abs(m.step or 0.0), m.id


def _side(a: Assessment, i: int) -> Side:
    reasons = tuple(r.text for r in deciding_reasons(a, i))
    grade = figures.grade_id(a, i) if a.grade[i] >= 0 else None
    return Side(grade, figures.grade_title(a, i), _index(a, i), reasons)


@dataclass(frozen=True, slots=True)
class CriteriaDiff:
    """Two criteria sets, what differs, and the results under both where there are some.

    ``findings`` is what could not be read of the results; ``unread`` whether a whole file was not.
    """

    before: LoadedCriteria
    after: LoadedCriteria
    changes: tuple[Change, ...]
    compared: Compared | None = None
    findings: tuple[Finding, ...] = ()
    unread: bool = False


def diff_criteria(before: LoadedCriteria, after: LoadedCriteria) -> CriteriaDiff:
    """Say what differs between two criteria sets."""
    return CriteriaDiff(before, after, tuple(differences(before.criteria, after.criteria)))


def under_both(
    diff: CriteriaDiff,
    books: Iterable[PathLike],
    day: datetime.date,
    *,
    sheet: str | None = None,
    mapping: PathLike | None = None,
    reading: ReadingOptions | None = None,
    progress: Progress | None = None,
) -> CriteriaDiff:
    """Assess the results of workbooks under both sets.

    Parameters
    ----------
    diff
        The sets.
    books
        Workbooks, and folders of them.
    day
        The date of assessment.
    sheet, mapping, reading, progress
        As for :func:`pilotscore.runs.assess.rank`.

    Raises
    ------
    UnreadableInputError
        No result could be read under one of the sets.
    """
    assessments: list[Assessment] = []
    findings: dict[str, Finding] = {}
    unread, paths = False, tuple(books)
    for loaded in (diff.before, diff.after):
        options = reading_options(loaded, reading, sheet=sheet, mapping=mapping)
        submission = read(paths, loaded, options, progress)
        # What is wrong with a cell is for check to tell; here, what was not read at all.
        findings |= {
            f"{f.place} {f.code}": f
            for f in in_order(submission.findings)
            if f.severity == "error" and f.result is None
        }
        if not len(submission):
            name = loaded.criteria.id
            raise UnreadableInputError(_NOT_READ.of(id=name), list(findings.values()))
        unread |= any(not (b.results or b.details) for b in submission.books)
        measurements = from_submission(submission, loaded.criteria, day)
        assessments.append(assess(measurements, loaded.criteria, day, tell=False))
    compared = Compared(*assessments)
    return replace(diff, compared=compared, findings=tuple(findings.values()), unread=unread)


_NOT_READ = Text("按 {id} 没有读到任何成果", "no result was read under {id}")
