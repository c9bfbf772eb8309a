"""Writes what a person answers into a copy of the workbook, so that it reads back as answered.

How a cell must be written depends on what stands around it: the unit and the percent sign of a
header, the format of a cell. So nothing of that is guessed at: an answer is written, the copy is
read, and where it reads otherwise the answer is written in the next way (with its unit, as text).
The workbook that was read is never changed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from pilotscore.criteria import CriteriaSet
from pilotscore.criteria.names import normalise
from pilotscore.findings import Place
from pilotscore.language import Words
from pilotscore.records import dataclass
from pilotscore.workbook.copies import copies
from pilotscore.workbook.copies.answer_cells import AnswerCells, look_at_cells
from pilotscore.workbook.copies.answers import Answer, ways_to_write
from pilotscore.workbook.copies.book_part import BookPart
from pilotscore.workbook.copies.package import Package
from pilotscore.workbook.copies.places import Places, Subject
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.results.submission import Submission
from pilotscore.workbook.values.cells import State


@dataclass(frozen=True, slots=True)
class Written:
    """How writing went.

    Attributes
    ----------
    places
        Where the answers stand.
    notes
        What a person should know of the copy.
    otherwise
        The indicators whose answers do not read back as they were given.
    changed
        The cells that read otherwise than before and were not answered.
    """

    places: Places
    notes: tuple[Words, ...]
    otherwise: tuple[str, ...]
    changed: tuple[str, ...]


def refuse_source(
    source: Path, out: Path, content: bytes, limits: Limits | None = None
) -> tuple[Words, ...]:
    """Refuse a workbook that no copy can be made of, before anything is asked.

    Returns
    -------
    tuple of Words
        What a copy will not keep.

    Raises
    ------
    UsageError
        Saying what to do.
    """
    copies.refuse_ending(source, out)
    copies.refuse_content(source, content)
    with copies.plain_failures(source):
        package = Package(content, limits or Limits())
        BookPart(package)
        return copies.lost(package)


def write_answers(
    subject: Subject,
    answers: Sequence[Answer],
    places: Places,
    out: Path,
    reread: Callable[[Path], Submission],
) -> Written:
    """Write a copy of a workbook with the answers in it, and read it back.

    Parameters
    ----------
    subject
        What was answered about.
    answers, places
        What was answered, and where it goes.
    out
        Where the copy goes, with the same ending.
    reread
        What reads a workbook as the first one was read.
    """
    criteria, before, i = subject.names.criteria, subject.submission, subject.result
    with copies.plain_failures(subject.path):
        cells = _cells(subject, places)
    places = _without(places, cells.left)
    known = {x.id: x for x in criteria.indicators}
    ways = {a.name: ways_to_write(a, known[a.name], subject.lang) for a in answers}
    turn = dict.fromkeys(ways, 0)
    while True:
        values: dict[Place, Any] = dict(places.headers)
        for a in answers:
            if a.name in places.values:
                values[places.values[a.name]] = ways[a.name][turn[a.name]]
            if a.name in places.grades and a.grade is not None and criteria.evidence:
                values[places.grades[a.name]] = criteria.evidence.grades[a.grade].id
        with copies.plain_failures(subject.path):
            package = Package(subject.content, subject.limits)
            cells.put(package, values)
            package.write(out)
        after = reread(out)
        wrong = [a for a in answers if not reads_as(after, i, a, criteria)]
        again = [
            a for a in wrong if turn[a.name] + 1 < len(ways[a.name]) and a.name in places.values
        ]
        if not again or len(after) != len(before):
            break
        for a in again:
            turn[a.name] += 1
    otherwise = tuple(a.name for a in wrong)
    changed = changes(before, after, i, answers, criteria)
    return Written(places, cells.notes(), otherwise, changed)


def reads_as(after: Submission, i: int, answer: Answer, criteria: CriteriaSet) -> bool:
    """Say whether a result reads as was answered."""
    if i >= len(after):
        return False
    j = criteria.indicator_position[answer.name]
    if answer.grade is not None and after.evidence[i, j] != answer.grade:
        return False
    reading = answer.reading
    if reading is None:
        return True
    if after.states[i, j] != reading.state:
        return False
    if reading.state is State.NOT_APPLICABLE:
        return normalise(after.reasons.get((i, answer.name), "")) == normalise(reading.word)
    if reading.state is State.VALUE:
        return math.isclose(after.values[i, j], reading.value, rel_tol=1e-12, abs_tol=1e-12)
    return True


def changes(
    before: Submission, after: Submission, i: int, answers: Sequence[Answer], criteria: CriteriaSet
) -> tuple[str, ...]:
    """Return the cells that read otherwise than before, besides those that were answered."""
    if len(before) != len(after):
        return (str(before.tables[int(before.table_of[i])].sheet),)
    answered = {a.name for a in answers}
    values = before.values == after.values
    same = (values | (np.isnan(before.values) & np.isnan(after.values))) & (
        before.states == after.states
    )
    same &= before.evidence == after.evidence
    cells: dict[str, None] = {}
    for r, j in np.argwhere(~same).tolist():
        name = criteria.indicators[j].id
        if r != i or name not in answered:
            cells[cell_of(before.place(r, name))] = None
    for name, fact in before.facts.items():
        other = after.facts[name]
        alike = (fact.states == other.states) & (
            (fact.values == other.values)
            | ((fact.values != fact.values) & (other.values != other.values))
        )
        for r in np.flatnonzero(~alike).tolist():
            cells[cell_of(before.place(r, name))] = None
    for r in range(len(before)):
        if before.titles[r] != after.titles[r]:
            cells[cell_of(before.place(r))] = None
    return tuple(cells)


def cell_of(place: Place) -> str:
    """Return a cell as it is named within its workbook."""
    return f"{place.sheet}!{place.cell}"


def _cells(subject: Subject, places: Places) -> AnswerCells:
    """Look at the cells that the answers go into."""
    answers = (*places.values.values(), *places.grades.values())
    # A merged area below the header of a table says the same of several results or columns.
    spreads = not subject.table.cells
    package = Package(subject.content, subject.limits)
    return look_at_cells(package, answers, places.headers, spreads=spreads)


def _without(places: Places, left: frozenset[Place]) -> Places:
    """Return the places but for the cells that cannot be written over."""
    if not left:
        return places
    values = {n: p for n, p in places.values.items() if p not in left}
    grades = {n: p for n, p in places.grades.items() if p not in left}
    names = {n for n, p in (*places.values.items(), *places.grades.items()) if p in left}
    return replace(places, values=values, grades=grades, without=[*places.without, *sorted(names)])
