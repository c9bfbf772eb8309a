from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

import pilotscore
from pilotscore.ranking.methods import competition_ranks
from pilotscore.ranking.order import natural_key, order_of
from tests.conftest import AS_OF, HEADERS, MakeBook, row, write_book


def test_competition_ranks():
    """1, 2, 2, 4: equal ones share the better rank and the next stays free."""
    keys = np.array([3.0, 1.0, 2.0, 2.0 + 1e-12, 5.0])
    assert competition_ranks(keys).tolist() == [4, 1, 2, 2, 5]


def test_natural_order_of_ids():
    ids = ["P-10", "p-2", "P-2a", "成果3", "20", "3"]
    assert sorted(ids, key=natural_key) == ["3", "20", "p-2", "P-2a", "P-10", "成果3"]


def batch() -> list[list]:
    return [
        row(id="P-10"),
        row(id="P-2"),  # a tie
        row(id="P-3", trl=6, yield_rate=100, run_hours=100),  # a higher index, but grade B
        row(id="P-4", fraud="是"),
        row(id="P-5", trl=""),
        row(id="P-6", trl=2, hazard="部分完成"),
    ]


def test_grade_first_then_index_ties_and_the_unranked(book: MakeBook, mini: Path):
    r = pilotscore.rank(book(*batch()), mini, as_of=AS_OF).ranking
    ids = r.assessment.measurements.ids
    assert [ids[i] for i in r.order] == ["P-2", "P-10", "P-3", "P-6", "P-4", "P-5"]
    assert [int(r.ranks[i]) for i in r.order] == [1, 1, 3, 4, 0, 0]
    assert [bool(r.tied[i]) for i in r.order] == [True, True, False, False, False, False]
    first, third = r.order[0], r.order[2]
    assert r.assessment.index[third] > r.assessment.index[first] - 5


@pytest.mark.slow
def test_the_order_of_rows_sheets_and_files_never_matters(tmp_path: Path, mini: Path):
    rows = batch()
    one = write_book(tmp_path / "one.xlsx", {"S": [HEADERS, *rows]})
    random.Random(5).shuffle(rows)
    two = write_book(tmp_path / "two.xlsx", {"A": [HEADERS, *rows[:2]], "B": [HEADERS, *rows[2:4]]})
    three = write_book(tmp_path / "three.xlsx", {"S": [HEADERS, *rows[4:]]})
    whole = pilotscore.rank(one, mini, as_of=AS_OF).ranking.to_frame()
    for books in ([two, three], [three, two]):
        split = pilotscore.rank(books, mini, as_of=AS_OF).ranking.to_frame()
        assert split.equals(whole)


def test_the_frame(book: MakeBook, mini: Path):
    frame = pilotscore.rank(book(*batch()), mini, as_of=AS_OF).ranking.to_frame()
    assert frame["rank"].tolist() == [1, 1, 3, 4, 0, 0]
    assert frame["status"].tolist()[-2:] == ["withheld", "not_assessable"]
    assert frame["tech"][0] == pytest.approx(81.1)


@pytest.mark.parametrize("seed", range(5))
def test_equal_keys_go_by_name_and_only_they_are_named(seed: int):
    random = np.random.default_rng(seed)
    keys = random.choice([0.0, -0.0, 1.0, 2.0, np.nan], (60, 2))
    keys[:10, 1] = np.arange(10) + 10.0
    names = [f"P-{n}" for n in random.permutation(60).tolist()]
    named: set[int] = set()

    def name(i: int) -> tuple[object, ...]:
        named.add(i)
        return natural_key(names[i])

    order = order_of(keys, name).tolist()
    last = [tuple((x != x, 0.0 if x != x else x) for x in row) for row in keys.tolist()]
    assert order == sorted(range(60), key=lambda i: (last[i], natural_key(names[i])))
    assert named == {i for i in range(60) if last.count(last[i]) > 1}


def test_one_thing_and_none_have_an_order():
    assert order_of(np.zeros((1, 2)), str).tolist() == [0]
    assert order_of(np.zeros((0, 2)), str).tolist() == []
