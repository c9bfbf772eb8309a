"""Grades of evidence that follow from a text, or that hold by default, as a mapping file says.

A grade that is stated counts. Where none is, the best word of the texts that are evidence for an
indicator does; where there is none, the default that is said of the least: of one value, of a
result, of an indicator, of the file. No text and no default gives a grade that another text denies.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace

import numpy as np

from pilotscore.arrays import Codes
from pilotscore.criteria import CriteriaSet
from pilotscore.findings import Finding, Place
from pilotscore.language import LISTED, join, nearest, same
from pilotscore.records import dataclass
from pilotscore.workbook.open.notes import Spot
from pilotscore.workbook.results import office_kinds as kinds
from pilotscore.workbook.results.given import Given
from pilotscore.workbook.results.sources import Source, Sources
from pilotscore.workbook.results.submission import Results
from pilotscore.workbook.tables.headers import HeaderNames
from pilotscore.workbook.tables.office_rules import OF_THE_LEFT, EvidenceRules, GradeDefault
from pilotscore.workbook.values.cells import Remark, State
from pilotscore.workbook.values.columns import ColumnRemark
from pilotscore.workbook.values.evidence_words import Judged
from pilotscore.workbook.values.kinds import UNKNOWN_EVIDENCE

# A cell: its sheet, row and column.
Cell = tuple[str, Spot]
_WORD = same("{word} = {grade}")
_DEFAULT = same("{grade}: {reason}")


def with_given_grades(
    results: Results, names: HeaderNames, sources: Sources
) -> tuple[Results, list[Finding]]:
    """Return results with the grades that follow for values without one, and what is told."""
    rules, evidence = names.rules.evidence, names.criteria.evidence
    if rules is None or evidence is None:
        return results, []
    grader = _Grader(results, rules, [g.id for g in evidence.grades], names.criteria, sources)
    return grader.graded(), [*grader.findings, *grader.counted()]


@dataclass(slots=True)
class _Grader:
    results: Results
    rules: EvidenceRules
    ids: Sequence[str]
    criteria: CriteriaSet
    sources: Sources
    findings: list[Finding] = field(default_factory=list)
    given: dict[tuple[int, str], Given] = field(default_factory=dict)
    # How many grades each default gave.
    counts: dict[GradeDefault, int] = field(default_factory=dict)
    # What each text comes to; what each cell does, which is told once, and the grade that it gives.
    texts: dict[str, Judged] = field(default_factory=dict)
    cells: dict[Cell, Judged] = field(default_factory=dict)
    given_by: dict[Cell | GradeDefault, Given] = field(default_factory=dict)

    def graded(self) -> Results:
        """Return the results with all grades."""
        stated = dict(zip(self.results.graded, self.results.evidence, strict=True))
        texts = self._texts()
        grades: dict[str, Codes] = {}
        for k, name in enumerate(self.results.quantities):
            if name not in self.criteria.indicator_position:
                continue
            none = np.full(len(self.results), -1, dtype=np.int8)
            row = np.array(stated.get(name, none))
            valued = self.results.states[k] == State.VALUE
            for i in np.flatnonzero(valued & (row < 0)).tolist():
                row[i] = self._grade(i, name, texts.get(name, ()))
            if name in stated or (row >= 0).any():
                grades[name] = row
        if not self.given:
            return self.results
        order = [n for n in self.criteria.indicator_position if n in grades]
        order += [n for n in self.results.graded if n not in grades]
        evidence = np.array([grades.get(n, stated.get(n)) for n in order], dtype=np.int8)
        given = {**self.results.given.grades, **self.given}
        return replace(
            self.results,
            graded=tuple(order),
            evidence=evidence,
            given=replace(self.results.given, grades=given),
        )

    def _texts(self) -> Mapping[str, tuple[Source, ...]]:
        """Return the columns of text that are evidence for each indicator, its own grades first."""
        of: dict[str, tuple[Source, ...]] = {}
        if self.rules.words.grade_of:
            for name in self.results.graded:
                own = self.sources.grades(name)
                of[name] = () if own is None else (own,)
        absent = []
        for header, indicators in self.rules.texts.items():
            every = self.sources.find_every(header)
            if not every:
                absent.append(header)
            for source, before in every:
                owners = (before,) if indicators == OF_THE_LEFT else indicators
                for owner in filter(None, owners):
                    of[owner] = (*of.get(owner, ()), source)
        if absent:
            values = {"headers": join(absent, LISTED)}
            self.findings.append(Finding(kinds.NO_TEXT_COLUMN, self.sources.place, values))
        return of

    def _grade(self, i: int, name: str, texts: Sequence[Source]) -> int:
        """Return the grade that follows for one value, -1 for none."""
        if not texts:
            return self._default(i, name, math.inf)
        read = [(s, self._judge(s, i)) for s in texts]
        # What one text denies no other one gives.
        counting = [
            (source, judged)
            for source, judged in read
            if judged.grade >= 0
            and (len(read) == 1 or judged.grade < _ceiling(j for s, j in read if s is not source))
        ]
        if not counting:
            return self._default(i, name, _ceiling(j for _, j in read))
        source, best = min(counting, key=lambda r: (-r[1].grade, r[0].sheet.name, r[0].spots[i]))
        cell = source.sheet.name, source.spots[i]
        if cell not in self.given_by:
            rule = _WORD.of(word=best.word, grade=self.ids[best.grade])
            self.given_by[cell] = Given("words", rule, cells=(source.place(i),))
        self.given[i, name] = self.given_by[cell]
        return best.grade

    def _judge(self, source: Source, i: int) -> Judged:
        """Return what the text of a cell comes to, and tell it once."""
        cell = source.sheet.name, source.spots[i]
        judged = self.cells.get(cell)
        if judged is None:
            text = source.text(i)
            if text not in self.texts:
                self.texts[text] = self.rules.words.judge(text)
            judged = self.cells[cell] = self.texts[text]
            if text:
                self.findings += self._of_text(text, judged, source.place(i), self.results.ids[i])
        return judged

    def _of_text(self, text: str, judged: Judged, place: Place, result: str) -> Iterator[Finding]:
        if judged.grade >= 0:
            values = {"text": text, "word": judged.word, "grade": self.ids[judged.grade]}
            yield Finding(kinds.GRADE_BY_WORDS, place, values, result)
        elif judged.denied:
            denied = join((word for word, _ in judged.denied), LISTED)
            yield Finding(kinds.GRADE_DENIED, place, {"text": text, "words": denied}, result)
        else:
            words = join(self.rules.words.grade_of, LISTED)
            yield Finding(kinds.NO_GRADE_WORD, place, {"text": text, "words": words}, result)

    def _default(self, i: int, name: str, ceiling: float) -> int:
        for default in self.rules.defaults:
            fits = default.indicator in (None, name)
            if fits and default.result in (None, self.results.ids[i]):
                if default.grade >= ceiling:
                    continue
                if default not in self.given_by:
                    rule = _DEFAULT.of(grade=self.ids[default.grade], reason=default.reason)
                    self.given_by[default] = Given("default", rule)
                self.given[i, name] = self.given_by[default]
                self.counts[default] = self.counts.get(default, 0) + 1
                return default.grade
        return -1

    def counted(self) -> Iterator[Finding]:
        """Tell how many grades each default gave."""
        for default, count in self.counts.items():
            values = {"grade": self.ids[default.grade], "count": count, "reason": default.reason}
            yield Finding(kinds.GRADE_BY_DEFAULT, self.sources.place, values)


def unknown_but_for_words(
    remarks: Sequence[ColumnRemark], rules: EvidenceRules
) -> list[ColumnRemark]:
    """Return what is told of a column of grades, but for texts that have words of an office."""
    return [(i, remark) for i, remark in remarks if not has_words(remark, rules)]


def has_words(remark: Remark, rules: EvidenceRules) -> bool:
    """Say whether what is told is of a text, no grade, that has words of an office."""
    kind, shown = remark
    return kind is UNKNOWN_EVIDENCE and rules.words.judge(shown["text"]) != Judged()


def _ceiling(texts: Iterable[Judged]) -> float:
    """Return the least grade that any of some texts denies."""
    return min((j.ceiling for j in texts if j.ceiling is not None), default=math.inf)


def unknown_results(
    rules: EvidenceRules | None, ids: Sequence[str], file: str
) -> Iterator[Finding]:
    """Yield a warning for each default of a result that was not read."""
    named = dict.fromkeys(d.result for d in rules.defaults) if rules and ids else {}
    known = {None, *ids}
    for result in (name for name in named if name not in known):
        near = nearest(str(result), ids) or ids[0]
        values = {"id": str(result), "near": near}
        yield Finding(kinds.DEFAULT_OF_NOBODY, Place(file), values)
