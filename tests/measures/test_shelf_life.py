from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from pilotscore.measures.shelf_life import Pooling, Study, shelf_life

# Ranga Velagaleti, Stability and shelf life of pharmaceutical products, in S. C. Gad (ed.),
# Pharmaceutical Manufacturing Handbook: Regulations and Quality, Wiley 2008, pages 602-615, as kept
# with the output of the R package stab 0.1.8 (github.com/cran/stab, inst/extdata: p602, p609, p613,
# p615; its readme.txt has the figures of the book and of Minitab). Assay in %, limit 90 %.
MONTHS = [0, 3, 6, 9, 12, 18, 24, 36]
P602 = [[103.5, 97.3, 97.2, 94.2, 94.8, 94.1, 91.3, 88.7]]
P609 = [
    [102.4, 98.1, 99.2, 97.5, 95, 96.1],
    [101.1, 101.2, 99, 97.2, 96.4, 95.5, 94.3],
    [104.1, 102.1, 99.5, 98.1, 95.7, 94.1, 94, 93.5],
]
P613 = [
    [99.2, 97.1, 96.1, 95.2, 93.8, 93.1, 92.4],
    [98.7, 97, 96.2, 95.1, 94.2, 93.3],
    [102.5, 98.9, 97.1, 95.6, 94.1, 93.1],
]
P615 = [
    [98.4, 96.1, 94.2, 93.5, 90, 89.1, 89.2, 87.3],
    [99.1, 97.2, 96.3, 95.2, 93.4, 91.5, 90.3],
    [104.1, 102.1, 99.5, 98.1, 95.7, 94.1, 94, 93.5],
]


def rows(study):
    return [(y, MONTHS[i], b + 1) for b, own in enumerate(study) for i, y in enumerate(own)]


def laid_out(studies):
    flat = [r for s in studies for r in s]
    starts = np.concatenate([[0], np.cumsum([len(s) for s in studies])]).astype(np.int64)
    values, months = (np.array([r[i] for r in flat], dtype=float) for i in (0, 1))
    return Study(values, months, np.array([r[2] for r in flat], dtype=np.int64), starts)


def life(study, lower=90.0, upper=np.nan, **options):
    return shelf_life(laid_out([study]), (np.array([lower]), np.array([upper])), **options)


def test_a_single_batch_as_published():
    # 23 months in the book, and by stab; its bound is 90.13227 at 23 and 84.49284 at 36 months
    found = life(rows(P602), least_batches=1)
    assert int(found.months[0]) == 23
    assert found.model[0] == Pooling.COMMON
    assert np.isnan(found.slopes[0])
    for months, bound in [(23, 90.13227), (36, 84.49284), (84, 62.70852)]:
        met = life(rows(P602), lower=bound, least_batches=1).months[0]
        assert met == pytest.approx(months, abs=2e-5)
    assert np.isnan(life(rows(P602)).months[0])  # three batches by default


def test_batches_that_are_pooled_as_published():
    # 32 months in the book, by stab and by Minitab; stab: slopes p = 0.9487691, residual sums of
    # squares 40.200 of separate lines, 0.283 more with one slope, 45.733 of the common line
    found = life(rows(P609))
    assert int(found.months[0]) == 32
    assert found.model[0] == Pooling.COMMON
    assert round(found.slopes[0], 7) == 0.9487691
    f = (45.733 - 40.200 - 0.283) / 2 / (40.200 / 15)
    assert found.intercepts[0] == pytest.approx(stats.f.sf(f, 2, 15), abs=1e-4)
    assert found.batch[0] == -1
    assert life(rows(P609), lower=90.62243).months[0] == pytest.approx(31, abs=2e-5)
    # 18 months of data in the shortest batch support 30 at most
    assert (found.covered[0], found.supported[0]) == (18, 30)


def governed_by(study, batch):
    """Lift the other batches, which changes neither their slopes nor the variance about them."""
    return [(y + (50 if b != batch else 0), t, b) for y, t, b in rows(study)]


def test_batches_with_one_slope_as_published():
    # 17, 21 and 33 months by Minitab (the book has 16, 22 and 30); stab: slopes p = 0.6998373
    found = life(rows(P615))
    assert found.model[0] == Pooling.SEPARATE_INTERCEPTS
    assert round(found.slopes[0], 7) == 0.6998373
    assert found.intercepts[0] < 0.001
    assert (int(found.months[0]), found.batch[0]) == (17, 1)
    each = [int(life(governed_by(P615, b)).months[0]) for b in (1, 2, 3)]
    assert each == [17, 21, 33]


def test_batches_with_their_own_slopes_as_published():
    # 25, 21 and 18 months by Minitab (pooled variance); stab: slopes p = 0.02392274
    found = life(rows(P613))
    assert found.model[0] == Pooling.SEPARATE
    assert round(found.slopes[0], 8) == 0.02392274
    assert (int(found.months[0]), found.batch[0]) == (18, 3)
    each = [int(life(governed_by(P613, b)).months[0]) for b in (1, 2, 3)]
    assert each == [25, 21, 18]
    # 24, 23 and 17 months in the book and by stab, which fits each batch by itself
    one_by_one = [[r for r in rows(P613) if r[2] == b] for b in (1, 2, 3)]
    alone = [int(life(batch, least_batches=1).months[0]) for batch in one_by_one]
    assert alone == [24, 23, 17]


def squares(design, values):
    return float(((values - design @ np.linalg.lstsq(design, values)[0]) ** 2).sum())


STUDIES = st.tuples(st.integers(1, 4), st.integers(0, 2**32 - 1), st.floats(0, 1), st.floats(0, 1))


def study_of(drawn):
    batches, seed, apart, steep = drawn
    rng = np.random.default_rng(seed)
    return [
        (100 + apart * 3 * b + t * (-0.3 + 0.2 * steep * b) + rng.normal(), t, 7 * b)
        for b in range(batches)
        for t in MONTHS[: int(rng.integers(3, 9))]
    ]


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(STUDIES, st.sampled_from([0.0, 0.25, 1.0]), st.booleans())
def test_model_and_crossing_agree_with_least_squares_on_the_full_design(drawn, pooling, above):
    study = study_of(drawn)
    own = laid_out([study])
    values, months, batch = own.values, own.months, own.batch
    names = np.unique(batch)
    b, n = len(names), len(values)
    own = (batch[:, None] == names).astype(float)
    separate = np.hstack([own, own * months[:, None]])
    one_slope = np.hstack([own, months[:, None]])
    common = np.column_stack([np.ones(n), months])
    found = life(study, upper=120.0 if above else np.nan, pooling=pooling, least_batches=1)
    if b > 1:
        rest = squares(separate, values) / (n - 2 * b)
        pairs = [(found.slopes, one_slope, separate), (found.intercepts, common, one_slope)]
        for p, fewer, more in pairs:
            f = (squares(fewer, values) - squares(more, values)) / (b - 1) / rest
            assert p[0] == pytest.approx(stats.f.sf(max(f, 0), b - 1, n - 2 * b), abs=1e-9)
    design = {
        Pooling.COMMON: common,
        Pooling.SEPARATE_INTERCEPTS: one_slope,
        Pooling.SEPARATE: separate,
    }
    chosen = design[Pooling(int(found.model[0]))]
    left = n - chosen.shape[1]
    t = stats.t.ppf(0.975 if above else 0.95, left)
    inverse = np.linalg.inv(chosen.T @ chosen) * squares(chosen, values) / left
    fit = np.linalg.lstsq(chosen, values)[0]

    def margin(time, k):
        at = {
            Pooling.COMMON: [1.0, time],
            Pooling.SEPARATE_INTERCEPTS: [*(np.arange(b) == k), time],
            Pooling.SEPARATE: [*(np.arange(b) == k), *(time * (np.arange(b) == k))],
        }[Pooling(int(found.model[0]))]
        at = np.array(at, dtype=float)
        half = t * np.sqrt(at @ inverse @ at)
        return min(at @ fit - half - 90, 120 - at @ fit - half if above else np.inf)

    lives = []
    for k in range(b):
        grid = np.linspace(0, 2000, 401)
        outside = np.flatnonzero([margin(x, k) <= 0 for x in grid])
        first = outside[0] if len(outside) else None
        if first is None:
            lives.append(np.inf)
        else:
            lives.append(
                0.0 if not first else optimize.brentq(margin, *grid[first - 1 : first + 1], (k,))
            )
    expected = min(lives)
    if np.isfinite(expected):
        assert found.months[0] == pytest.approx(expected, rel=1e-6, abs=1e-6)
    else:
        assert np.isnan(found.months[0]) or found.months[0] > 2000
    cap = min(2 * found.covered[0], found.covered[0] + 12)
    assert found.supported[0] == pytest.approx(min(expected, cap), rel=1e-6, abs=1e-6)


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(st.lists(STUDIES, min_size=1, max_size=4), st.floats(0.1, 10), st.floats(-50, 50))
def test_other_groups_units_and_mirrors_change_nothing(drawn, scale, shift):
    studies = [study_of(d) for d in drawn]
    g = len(studies)
    own = laid_out(studies)
    none = np.full(g, np.nan)
    found = shelf_life(own, (np.full(g, 90.0), none), least_batches=2)
    for i, study in enumerate(studies):
        alone = life(study, least_batches=2)
        for name in ("months", "supported", "slopes", "model", "batch"):
            got, expected = getattr(found, name)[i], getattr(alone, name)[0]
            assert got == pytest.approx(expected, nan_ok=True)
    other_unit = replace(own, values=shift - scale * own.values)
    moved = shelf_life(other_unit, (none, np.full(g, shift - scale * 90.0)), least_batches=2)
    assert moved.months == pytest.approx(found.months, rel=1e-6, abs=1e-6, nan_ok=True)
    backwards = [study[::-1] for study in studies]
    again = shelf_life(laid_out(backwards), (np.full(g, 90.0), none), least_batches=2)
    assert again.months == pytest.approx(found.months, rel=1e-6, abs=1e-6, nan_ok=True)


def held(slopes, many, seed):
    """Return how often the months found do not pass those at which the worst batch is at 90."""
    rng = np.random.default_rng(seed)
    names = np.repeat(np.arange(len(slopes)), 7)
    times = np.tile([0, 3, 6, 9, 12, 18, 24], len(slopes))
    true = 102 + np.array(slopes)[names] * times
    values = (true + rng.normal(0, 1.0, (many, len(times)))).ravel()
    found = shelf_life(
        Study(values, np.tile(times, many), np.tile(names, many), np.arange(many + 1) * len(times)),
        (np.full(many, 90.0), np.full(many, np.nan)),
        least_batches=1,
    )
    return (~(found.months > 12 / -min(slopes))).mean()


@pytest.mark.slow
def test_the_bound_of_one_batch_holds_as_often_as_stated():
    assert held([-0.2], 4000, 1) == pytest.approx(0.95, abs=0.01)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("slopes", "measured"),
    [([-0.2] * 3, 0.97), ([-0.1, -0.2, -0.5], 0.95), ([-0.2, -0.25, -0.3], 0.77)],
)
def test_after_the_choice_of_a_model_the_bound_holds_as_often_as_told(slopes, measured):
    assert held(slopes, 2500, 2) == pytest.approx(measured, abs=0.02)


def test_a_line_without_scatter_meets_the_limit_where_it_crosses():
    study = [(100 - 0.5 * t, t, b) for b in (1, 2, 3) for t in (0, 3, 6, 12)]
    found = life(study)
    assert found.months[0] == pytest.approx(20)
    assert found.model[0] == Pooling.COMMON
    assert found.supported[0] == pytest.approx(20)
    own = [(100 - 0.1 * b * t, t, b) for b in (1, 2, 3) for t in (0, 3, 6, 12)]
    found = life(own)
    assert (found.model[0], found.batch[0]) == (Pooling.SEPARATE, 3)
    assert found.months[0] == pytest.approx(100 / 3)
    assert found.supported[0] == 24


def test_what_never_changes_is_supported_as_far_as_the_cap():
    study = [(100.0, t, b) for b in (1, 2, 3) for t in (0, 3, 6, 18)]
    found = life(study, upper=110.0)
    assert np.isnan(found.months[0])
    assert (found.supported[0], found.batch[0]) == (30, -1)
    assert life([r for r in study if r[1] < 18]).supported[0] == 12


def test_nothing_is_supported_where_the_bound_is_outside_at_the_start():
    study = [(89.0 - 0.1 * t, t, b) for b in (1, 2, 3) for t in (0, 3, 6)]
    found = life(study)
    assert found.months[0] == found.supported[0] == 0


@pytest.mark.parametrize(
    "study",
    [
        [],
        rows(P609)[:13],  # two batches
        [*rows(P609), (99.0, 0, 4), (98.0, 3, 4), (98.5, 3, 4)],  # two times in the fourth
        [*rows(P609)[1:], (np.nan, 0, 1)],
        [*rows(P609), (99.0, -1, 1)],
    ],
)
def test_too_little_data_is_nan(study):
    found = life(study)
    assert np.isnan([found.months[0], found.covered[0], found.supported[0]]).all()
    assert (found.model[0], found.batch[0]) == (Pooling.NONE, -1)


@pytest.mark.parametrize(("lower", "upper"), [(np.nan, np.nan), (110.0, 90.0), (90.0, 90.0)])
def test_limits_that_are_none_are_nan(lower, upper):
    assert np.isnan(life(rows(P609), lower, upper).supported[0])


@pytest.mark.parametrize("batch", [1, 2, 3])
def test_own_variance_of_separate_lines_is_that_of_each_batch_by_itself(batch):
    # 24, 23 and 17 months in the book, by stab and by the rule of JMP; pooled 25, 21 and 18
    found = life(governed_by(P613, batch), own_variance=True)
    alone = life([r for r in rows(P613) if r[2] == batch], least_batches=1)
    assert found.model[0] == Pooling.SEPARATE
    assert found.months[0] == pytest.approx(alone.months[0])
    assert found.batch[0] == batch


@pytest.mark.parametrize("study", [P602, P609, P615])
def test_own_variance_changes_nothing_where_lines_share_something(study):
    pooled, own = (life(rows(study), least_batches=1, own_variance=o) for o in (False, True))
    assert own.months[0] == pooled.months[0]
