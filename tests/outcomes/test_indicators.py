"""Which indicators told successes from failures, among many that tell nothing."""

from __future__ import annotations

import numpy as np
import pytest

from pilotscore.outcomes.indicators import Telling, discrimination, discriminations


def test_one_that_tells_one_reversed_and_one_open():
    random = np.random.default_rng(1)
    event = np.arange(200) % 2 == 0
    told = event * 15 + random.normal(50, 10, 200)
    found = discriminations([told, -told, random.random(200)], event, 3)
    assert [d.telling for d in found] == [Telling.TELLS, Telling.REVERSED, Telling.OPEN]
    assert found[0].area.value == pytest.approx(1 - found[1].area.value)


def test_results_without_a_score_are_left_out():
    event = np.arange(60) % 2 == 0
    figure = np.where(np.arange(60) < 40, event * 1.0, np.nan)
    found = discrimination(figure, event)
    assert (found.count, found.area.value) == (40, 1)


@pytest.mark.parametrize(("failures", "telling"), [(9, Telling.FEW), (10, Telling.TELLS)])
def test_few_outcomes_tell_nothing(failures: int, telling: Telling):
    event = np.arange(50) >= failures
    assert discrimination(np.arange(50.0), event).telling == telling


def test_all_alike_tells_nothing():
    assert discrimination(np.full(40, 70.0), np.arange(40) % 2 == 0).telling == Telling.OPEN


@pytest.mark.slow
def test_many_questions_find_little_by_chance():
    random = np.random.default_rng(7)
    wrong = single = 0
    for _ in range(10):
        event = random.random(80) < 0.5
        noise = list(random.normal(size=(30, 80)))
        wrong += any(d.telling != Telling.OPEN for d in discriminations(noise, event, 30))
        single += any(d.telling != Telling.OPEN for d in discriminations(noise, event, 1))
    assert wrong <= 2
    assert single >= 6
