"""Words that were categories once: what they stand for is put into the facts of today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pilotscore.arrays import Bools
from pilotscore.criteria import CriteriaSet, Fact
from pilotscore.criteria.categories import FormerWord
from pilotscore.findings import Finding
from pilotscore.workbook.results.submission import FactColumn, Submission
from pilotscore.workbook.values import kinds
from pilotscore.workbook.values.cells import State


def with_former_words(
    submission: Submission, criteria: CriteriaSet
) -> tuple[Submission, list[Finding]]:
    """Return results whose former words are replaced, and where a fact says something else.

    A word of one fact may say what another one is: that one takes it where it is blank. What is
    written there directly counts, whatever the former word says.
    """
    known = {fact.id: fact for fact in criteria.facts}
    findings: list[Finding] = []
    for fact in criteria.facts:
        for former in fact.formerly:
            rows = submission.facts[fact.id].values == former.id
            if not rows.any():
                continue
            others = [name for name in former.values if name != fact.id]
            for name in others:
                findings += _contradicted(submission, rows, (fact, known[name]), former)
            facts = dict(submission.facts)
            facts[fact.id] = _with_word(facts[fact.id], rows, former.values[fact.id])
            for name in others:
                blank = rows & (facts[name].states == State.BLANK)
                facts[name] = _with_word(facts[name], blank, former.values[name])
            submission = replace(submission, facts=facts)
    return submission, findings


def _with_word(column: FactColumn, rows: Bools, word: str) -> FactColumn:
    values: NDArray[np.str_] = np.where(rows, word, column.values.astype(str))
    return FactColumn(values, np.where(rows, np.int8(State.VALUE), column.states))


def _contradicted(
    submission: Submission, rows: Bools, facts: tuple[Fact, Fact], former: FormerWord
) -> Iterator[Finding]:
    """Yield where the other fact states something else than the former word of the first does."""
    first, other = facts
    column, titles = submission.facts[other.id], {c.id: c.title for c in other.categories}
    meant = former.values[other.id]
    differ = rows & (column.states == State.VALUE) & (column.values != meant)
    for i in np.flatnonzero(differ).tolist():
        values = {
            "title": other.title,
            "stated": titles.get(str(column.values[i]), str(column.values[i])),
            "other": first.title,
            "meant": titles[meant],
        }
        place = submission.place(i, other.id)
        yield Finding(kinds.FORMER_CONTRADICTED, place, values, submission.ids[i])
