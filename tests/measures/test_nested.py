import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.measures import nested as module
from pilotscore.measures.nested import nested
from tests.measures.test_grouped import laid_out

# O. L. Davies and P. L. Goldsmith (eds.), Statistical Methods in Research and Production, 4th ed.
# 1972, 138-139: strength of a chemical paste, 10 batches, 3 casks of each, 2 samples of a cask;
# the data set Pastes of R's lme4
PASTES = np.array(
    [
        "62.8",
        "62.6",
        "60.1",
        "62.3",
        "62.7",
        "63.1",
        "60.0",
        "61.4",
        "57.5",
        "56.9",
        "61.1",
        "58.9",
        "58.7",
        "57.5",
        "63.9",
        "63.1",
        "65.4",
        "63.7",
        "57.1",
        "56.4",
        "56.9",
        "58.6",
        "64.7",
        "64.5",
        "55.1",
        "55.1",
        "54.7",
        "54.2",
        "58.8",
        "57.5",
        "63.4",
        "64.9",
        "59.3",
        "58.1",
        "60.5",
        "60.0",
        "62.5",
        "62.6",
        "61.0",
        "58.7",
        "56.9",
        "57.7",
        "59.2",
        "59.4",
        "65.2",
        "66.0",
        "64.8",
        "64.1",
        "54.8",
        "54.8",
        "64.0",
        "64.0",
        "57.7",
        "56.8",
        "58.3",
        "59.3",
        "59.2",
        "59.2",
        "58.9",
        "56.6",
    ],
    dtype=float,
)
BATCH, CASK = np.repeat(np.arange(10), 6), np.tile(np.repeat(np.arange(3), 2), 10)


def one(values, batch, part):
    found = nested(np.asarray(values, dtype=float), batch, part, np.array([0, len(values)]))
    return np.array([found.batch[0], found.part[0], found.sample[0]])


def pastes():
    return one(PASTES, BATCH, CASK)


def test_pastes_as_lme4_prints_them():
    assert [f"{x:.4f}" for x in pastes()] == ["1.2874", "2.9041", "0.8234"]


def drawn(seed, sizes, deviations=(1.0, 2.0, 0.5)):
    """Samples of batches whose parts have so many of them, in order."""
    draw = np.random.default_rng(seed)
    batch = np.concatenate([[b] * sum(own) for b, own in enumerate(sizes)])
    part = np.concatenate([np.repeat(np.arange(len(own)), own) for own in sizes])
    of_batch = draw.normal(0, deviations[0], len(sizes))[batch]
    of_part = draw.normal(0, deviations[1], (len(sizes), 99))[batch, part]
    return 50 + of_batch + of_part + draw.normal(0, deviations[2], len(batch)), batch, part


UNEQUAL = ((2, 3, 1), (2, 2), (4, 1, 1, 2), (3, 2, 2), (1, 2), (2, 2, 5), (3, 3))


def theirs(values, batch, part):
    """The same by statsmodels."""
    from statsmodels.regression.mixed_linear_model import MixedLM

    frame = pd.DataFrame({"y": values, "batch": batch, "part": part})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = MixedLM.from_formula(
            "y ~ 1", groups="batch", re_formula="1", vc_formula={"part": "0 + C(part)"}, data=frame
        )
        fit = model.fit(reml=True)
    return np.sqrt([fit.cov_re.iloc[0, 0], fit.vcomp[0], fit.scale])


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 5])
def test_unequal_batches_agree_with_statsmodels(seed):
    sample = drawn(seed, UNEQUAL, (4.0, 2.0, 0.5))
    assert one(*sample) == pytest.approx(theirs(*sample), rel=1e-3)


@pytest.mark.slow
def test_statsmodels_stops_before_a_component_that_is_0_with_less_likelihood():
    sample = drawn(0, UNEQUAL, (4.0, 2.0, 0.5))
    ours, other = one(*sample), theirs(*sample)
    assert ours[0] == 0 < other[0]
    less, more = (module._deviance(x[:2] / x[2], module._parts(*sample)) for x in (ours, other))
    assert less < more


def mean_squares(values, shape):
    y = values.reshape(shape)
    b, c, n = shape
    of_parts, of_batches = y.mean(axis=2), y.mean(axis=(1, 2))
    return (
        c * n * ((of_batches - y.mean()) ** 2).sum() / (b - 1),
        n * ((of_parts - of_batches[:, None]) ** 2).sum() / (b * (c - 1)),
        ((y - of_parts[:, :, None]) ** 2).sum() / (b * c * (n - 1)),
    )


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 8), st.integers(2, 4), st.integers(2, 4))
def test_equal_batches_agree_with_the_analysis_of_variance(seed, b, c, n):
    values, batch, part = drawn(seed, [[n] * c] * b)
    of_batches, of_parts, of_samples = mean_squares(values, (b, c, n))
    expected = [(of_batches - of_parts) / (c * n), (of_parts - of_samples) / n, of_samples]
    found = one(values, batch, part)
    if min(expected) > 0:
        assert found == pytest.approx(np.sqrt(expected), rel=1e-4, abs=1e-4)
    else:
        assert (found >= 0).all()


def test_a_component_that_the_data_do_not_ask_for_is_0():
    # casks differ and batches do not: the mean of each batch is the same
    values = np.tile([10.0, 10.2, 14.0, 14.2], 5)
    found = one(values, np.repeat(np.arange(5), 4), np.tile([0, 0, 1, 1], 5))
    assert found[0] == pytest.approx(0, abs=1e-6)
    assert found[1] > 2


@pytest.mark.parametrize("order", range(3))
def test_the_order_of_rows_the_unit_and_the_origin_change_nothing_else(order):
    at = np.random.default_rng(order).permutation(len(PASTES))
    assert one(PASTES[at], BATCH[at], CASK[at]) == pytest.approx(pastes(), rel=1e-5)
    assert one(1e6 + 1000 * PASTES, BATCH, CASK) == pytest.approx(1000 * pastes(), rel=1e-5)


def test_samples_that_agree_to_the_digit_have_no_variance_to_speak_of():
    values = np.repeat([1.0, 2, 4, 3, 5, 9], 2)
    found = one(values, np.repeat(np.arange(3), 4), np.tile([0, 0, 1, 1], 3))
    assert found[2] < 1e-4
    assert np.isfinite(found).all()


@pytest.mark.parametrize(
    ("batch", "part"),
    [
        ([0, 0, 0, 0], [0, 0, 1, 1]),  # one batch
        ([0, 0, 1, 1], [0, 0, 0, 0]),  # one cask of each
        ([0, 0, 1, 1], [0, 1, 0, 1]),  # one sample of each
        ([0, 0, 1, 1], [-1, -1, -1, -1]),  # no casks are stated
        ([0, 0, 0, 1], [0, 0, -1, 1]),  # of one sample none is
    ],
)
def test_what_cannot_be_told_apart_is_nan(batch, part):
    assert np.isnan(one([1.0, 2, 3, 5], np.array(batch), np.array(part))).all()
    assert np.isnan(one([2.0] * 60, BATCH, CASK)).all()


def test_groups_are_worked_out_as_if_alone():
    values, starts = laid_out([PASTES, [], PASTES[:30] * 2])
    batch, part = np.concatenate([BATCH, BATCH[:30]]), np.concatenate([CASK, CASK[:30]])
    found = nested(values, batch, part, starts)
    assert found.known.tolist() == [True, False, True]
    assert found.part[0] == pytest.approx(pastes()[1])
    assert found.part[2] == pytest.approx(one(PASTES[:30] * 2, BATCH[:30], CASK[:30])[1])
    assert found.part_rsd[0] == pytest.approx(100 * found.part[0] / PASTES.mean())
