"""The six forms by their published table, by pingouin, and by the model where scores are missing."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.panels.intraclass import intraclass
from pilotscore.panels.severity import severity_of
from tests.panels.making import SHROUT_FLEISS, random_scores, scores_of

# Shrout and Fleiss 1979, table 4.
PUBLISHED = {
    ("single", "one_way"): 0.17,
    ("single", "absolute"): 0.29,
    ("single", "ranking"): 0.71,
    ("mean", "one_way"): 0.44,
    ("mean", "absolute"): 0.62,
    ("mean", "ranking"): 0.91,
}
NAMES = {"one_way": "1", "absolute": "2", "ranking": "3"}


@pytest.mark.parametrize("form", PUBLISHED, ids="-".join)
def test_the_published_table(form: tuple[str, str]):
    forms = intraclass(scores_of(SHROUT_FLEISS))
    assert round(getattr(getattr(forms, form[0]), form[1]).value, 2) == PUBLISHED[form]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("seed", range(3))
def test_values_and_intervals_are_those_of_pingouin(seed: int):
    import pingouin

    table = np.random.default_rng(seed).normal(50, 10, (12, 1)) + np.random.default_rng(
        seed + 9
    ).normal(0, 6, (12, 5))
    rows = pd.DataFrame(
        [(r, e, table[r, e]) for r in range(12) for e in range(5)], columns=["r", "e", "s"]
    )
    theirs = pingouin.intraclass_corr(rows, targets="r", raters="e", ratings="s")
    # Rows of theirs: single forms 1 to 3, then mean forms 1 to 3.
    column = "CI95" if "CI95" in theirs else "CI95%"
    forms = intraclass(scores_of(table))
    ours = [getattr(part, name) for part in (forms.single, forms.mean) for name in NAMES]
    for mine, value, interval in zip(ours, theirs["ICC"], theirs[column], strict=True):
        assert mine.value == pytest.approx(value)
        assert [mine.low, mine.high] == pytest.approx([max(x, 0) for x in interval], abs=0.006)


def test_a_negative_estimate_is_0_and_said():
    # Results alike, experts at odds.
    table = np.array([[1, 9], [9, 1], [5, 5], [2, 8.5]])
    forms = intraclass(scores_of(table))
    assert forms.negative
    assert forms.single.one_way.value == forms.mean.ranking.value == 0


def test_one_way_by_the_mean_squares_of_a_call():
    # E. A. Erosheva et al. 2021, 72 proposals of three reviewers: variance between 0.2362, within
    # 0.4003 (both rounded), and with them 0.3711 for one reviewer and 0.6391 for three.
    z = np.random.default_rng(1).standard_normal((72, 3))
    left = z - z.mean(axis=1, keepdims=True)
    left *= np.sqrt(0.4003 * 72 * 2 / (left**2).sum())
    middle = z.mean(axis=1) - z.mean()
    middle *= np.sqrt((0.2362 + 0.4003 / 3) * 71 / (middle**2).sum())
    forms = intraclass(scores_of(middle[:, None] + left))
    assert forms.single.one_way.value == pytest.approx(0.3711, abs=5e-5)
    assert forms.mean.one_way.value == pytest.approx(0.6391, abs=1e-4)


def test_missing_scores_go_by_the_model_and_come_near_the_truth():
    scores, *_ = random_scores(3, 400, 20, 4)
    forms = intraclass(scores)
    total = 8**2 + 5**2 + 9**2
    assert forms.by_model
    assert forms.single.absolute.low < 64 / total < forms.single.absolute.high
    assert forms.single.ranking.low < 64 / (64 + 81) < forms.single.ranking.high
    assert forms.single.absolute.value < forms.single.ranking.value
    assert forms.mean.absolute.value == pytest.approx(
        4 * forms.single.absolute.value / (1 + 3 * forms.single.absolute.value)
    )


def test_a_model_that_is_there_already_gives_the_same():
    scores, *_ = random_scores(4, 60, 9, 3)
    a, b = intraclass(scores), intraclass(scores, model=severity_of(scores))
    assert a.mean.absolute.value == pytest.approx(b.mean.absolute.value)
    assert a.single.ranking.low == pytest.approx(b.single.ranking.low)


@pytest.mark.slow
@pytest.mark.parametrize("shape", [(2, 2), (2, 3), (3, 2), (2, 4), (4, 2)])
def test_every_small_table_of_three_scores_has_its_forms(shape: tuple[int, int]):
    # Equal means of the results, of the experts, or of both: what stands below a line is 0.
    for cells in itertools.product([70, 80, 90], repeat=shape[0] * shape[1]):
        forms = intraclass(scores_of(np.array(cells, dtype=float).reshape(shape)))
        for part in (forms.single, forms.mean):
            for name in NAMES:
                c = getattr(part, name)
                assert not c.value > 1
                assert not c.low > c.value
                assert not c.value > c.high


@pytest.mark.parametrize(
    "rows", [[[70, 80, 90], [80, 80, 80]], [[70, 80], [80, 70]], [[1, 2, 3], [2, 3, 1], [3, 1, 2]]]
)
def test_results_with_equal_means_are_not_told_apart(rows: list[list[float]]):
    forms = intraclass(scores_of(np.array(rows, dtype=float)))
    assert forms.negative
    assert forms.single.absolute.value == 0
    assert forms.mean.absolute.value == 0


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from([math.nan, 70, 80, 90]), min_size=3, max_size=3),
        min_size=2,
        max_size=5,
    )
)
def test_few_and_equal_scores_end_nothing(rows: list[list[float]]):
    forms = intraclass(scores_of(np.array(rows)))
    for part in (forms.single, forms.mean) if forms else ():
        for name in NAMES:
            c = getattr(part, name)
            assert not c.value > 1 + 1e-9
            assert not c.low > c.high
            assert not c.value > c.high
            assert not c.low > c.value


def test_one_score_missing_hardly_changes_anything():
    table = SHROUT_FLEISS.copy()
    whole = intraclass(scores_of(table)).single.absolute.value
    table[3, 1] = np.nan
    assert intraclass(scores_of(table)).single.absolute.value == pytest.approx(whole, abs=0.06)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 999), st.floats(0.1, 50), st.floats(-500, 500))
def test_scale_and_origin_do_not_matter(seed: int, scale: float, origin: float):
    table = np.random.default_rng(seed).normal(0, 1, (7, 4))
    a, b = intraclass(scores_of(table)), intraclass(scores_of(origin + scale * table))
    for part in ("single", "mean"):
        for name in NAMES:
            x, y = getattr(getattr(a, part), name), getattr(getattr(b, part), name)
            assert (x.value, x.low, x.high) == pytest.approx(
                (y.value, y.low, y.high), abs=1e-6, nan_ok=True
            )


def test_nothing_to_compare():
    assert intraclass(scores_of(np.array([[1.0], [2.0], [3.0]]))) is None
    assert intraclass(scores_of(np.array([[1.0, 2.0]]))) is None
