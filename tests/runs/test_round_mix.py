"""Two rounds mixed: with all that differs taken, the first is the second, whatever the cells hold."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

import numpy as np
import pytest

from pilotscore.index import assess
from pilotscore.measures import Measurements
from pilotscore.runs import assess as assess_run
from pilotscore.runs.round_mix import _ARRAYS, Difference, differing, mixed
from pilotscore.workbook import Submission
from tests.conftest import AS_OF, HEADERS, row, write_book

HEAD = [*HEADERS, "申请金额", "中试成本"]
CELLS = {
    "trl": [3, 7, 9, None, "未测", "坏", 4.5],
    "yield_rate": [80, 96, None, "92.5±0.3", "不适用：中试未到", "abc", 140],
    "trl_evidence": ["E0", "E3", None, "好"],
    "run_hours": [10, 80, None, "不适用：间歇工艺"],
    "mode": ["连续", "间歇", None, "其他"],
    "permit_end": ["2030-01-01", "2020-01-01", None],
    "disputed": ["是", "否", None, "也许"],
}


def outcome(folder: Path, mini: Path, name: str, rows):
    book = write_book(folder / f"{name}.xlsx", {"成果": [HEAD, *rows]})
    return assess_run.rank(book, mini, as_of=AS_OF)


def rows_of(draw: random.Random, ids: list[str]):
    made = []
    for name in ids:
        cells = {k: draw.choice(choices) for k, choices in CELLS.items()}
        made.append([*row(id=name, **cells), draw.choice([30, 60, None]), draw.choice([500, 1000])])
    return made


def parts(o):
    """Return what is known of each result, by id: scores, grade, status, reasons, all names."""
    a = o if not hasattr(o, "assessment") else o.assessment
    m = a.measurements
    arrays = (m.values, m.low, m.high, m.states, m.evidence, a.scores, a.index, a.grade, a.status)
    return {
        name: (
            [np.nan_to_num(x[i], nan=-1).tolist() for x in arrays],
            {k: str(c.values[i]) for k, c in m.facts.items()},
            sorted(w.to("en") for w in a.missing.reasons.get(i, ())),
        )
        for i, name in enumerate(m.ids)
    }


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_all_that_differs_makes_the_second_of_the_first(tmp_path: Path, mini: Path, seed: int):
    draw = random.Random(seed)
    ids = [f"P-{k}" for k in range(1, 7)]
    # The same cells at the same places, so that what is said of a fault names the same cell.
    old = outcome(tmp_path, mini, "old", rows_of(draw, [*ids, "P-8"]))
    new = outcome(tmp_path, mini, "new", rows_of(draw, [*ids, "P-9"]))
    criteria = old.criteria
    names = [i.id for i in criteria.indicators]
    a, b = (o.assessment.measurements for o in (old, new))
    found = differing(a, b, names, [f.id for f in criteria.facts])
    assert found is not None
    assert (found.left, found.came) == (("P-8",), ("P-9",))
    whole = assess(mixed(a, b, found, names), criteria, AS_OF)
    assert parts(whole) == parts(new)
    nothing = assess(mixed(a, b, Difference((), (), ()), names), criteria, AS_OF)
    assert parts(nothing) == parts(old)
    # And one cell taken alone is that one, and no other.
    for cell in draw.sample(found.cells, 3):
        one = mixed(a, b, Difference((), (), (cell,)), names)
        left = differing(one, b, names, [f.id for f in criteria.facts])
        assert left is not None
        assert set(left.cells) == set(found.cells) - {cell}


def test_an_id_that_is_there_twice_cannot_be_told_apart(tmp_path: Path, mini: Path):
    draw = random.Random(1)
    old = outcome(tmp_path, mini, "old", rows_of(draw, ["P-1", "P-2"]))
    new = outcome(tmp_path, mini, "new", rows_of(draw, ["P-1", "P-1"]))
    of = (o.assessment.measurements for o in (old, new))
    first, second = of
    assert differing(first, second, ["trl"], []) is None


def test_every_part_of_what_is_measured_is_thought_of():
    """A field that is added to either is to be mixed too, and then to be named here."""
    of_measurements = {f.name for f in dataclasses.fields(Measurements)}
    assert of_measurements == {*_ARRAYS, "submission", "findings", "bases", "derived", "rights"}
    assert {f.name for f in dataclasses.fields(Submission)} == {
        *("ids", "titles", "values", "states", "evidence", "facts", "reasons", "written"),
        *("tables", "table_of", "row_of", "findings", "books", "documents", "batches", "pages"),
        *("given", "spreads", "judged", "rights"),
    }


def test_grades_that_an_office_counts_by_default_are_mixed_too(tmp_path: Path, mini: Path):
    draw = random.Random(3)
    old = outcome(tmp_path, mini, "old", rows_of(draw, ["P-1", "P-2", "P-3"]))
    new = outcome(tmp_path, mini, "new", rows_of(draw, ["P-1", "P-2"]))
    a, b = (o.assessment.measurements for o in (old, new))
    marked = np.zeros(b.states.shape, dtype=bool)
    marked[1, 0] = True
    b = dataclasses.replace(b, defaulted=marked)
    names = [i.id for i in old.criteria.indicators]
    found = differing(a, b, names, [])
    assert found is not None
    assert ("P-2", names[0]) in found.cells
    whole = mixed(a, b, found, names)
    assert whole.defaulted is not None
    assert whole.defaulted.tolist() == marked.tolist()
    assert mixed(a, a, Difference((), (), ()), names).defaulted is None
