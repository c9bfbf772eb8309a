"""Chunks of draws by a crew: the figures are those of this machine's threads, and a loss is told."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import pilotscore
from pilotscore.child_process import DiedError, TooLateError
from pilotscore.crew import ThisMachine
from pilotscore.errors import PartlyDoneError
from pilotscore.ranking.robustness import Effort, Robustness, Uncertainty, draws, simulate
from tests.conftest import AS_OF, MakeBook, row

UNCERTAIN = Uncertainty(missing="drawn", value_functions=0.2)


class Packed:
    """A crew whose children live here; what they are given and answer is pickled, as elsewhere."""

    def __init__(self, size: int = 3, fails: Exception | None = None) -> None:
        self.size, self.fails, self.asked, self.ended = size, fails, [], 0

    def children(self, prepare: Callable[[], Any], most: int | None = None) -> list[Any]:
        answer = pickle.loads(pickle.dumps(prepare))()
        return [_Child(self, answer) for _ in range(min(self.size, most or self.size))]


class _Child:
    def __init__(self, crew: Packed, answer: Callable[[Any], Any]) -> None:
        self._crew, self._answer = crew, answer

    def ask(self, question: Any, _seconds: float) -> Any:
        self._crew.asked.append(question)
        if self._crew.fails is not None and question == 1:
            raise self._crew.fails
        return pickle.loads(pickle.dumps(self._answer(question)))

    def end(self) -> None:
        self._crew.ended += 1


@pytest.fixture
def ranking(book: MakeBook, mini: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(draws, "MOST", 50)  # draws in a chunk: so that there are several
    rows = [row(id=f"P-{i}", trl=3 + i % 6, yield_rate=90 + i % 7) for i in range(9)]
    rows[4] = row(id="P-4", run_hours="")
    return pilotscore.rank(book(*rows), mini, as_of=AS_OF).ranking


def figures(r: Robustness) -> list[bytes]:
    arrays = (r.low, r.high, r.expected, r.top, r.grades, r.first, r.central, r.confidence)
    return [np.asarray(a).tobytes() for a in (*arrays, r.acceptability)]


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2, 5])
def test_the_figures_are_the_same_whoever_draws(ranking, workers: int):
    effort = Effort(draws=400, most=1000, error=0.02)
    crew = Packed(workers)
    here = simulate(ranking, UNCERTAIN, effort)
    there = simulate(ranking, UNCERTAIN, effort, crew=crew)
    assert there.draws == here.draws >= 400
    assert figures(there) == figures(here)
    assert sorted(crew.asked)[:8] == list(range(8))
    assert crew.ended == workers


@pytest.mark.slow
def test_processes_draw_the_same(ranking):
    effort = Effort(draws=200, most=200)
    there = simulate(ranking, UNCERTAIN, effort, crew=ThisMachine(2))
    assert figures(there) == figures(simulate(ranking, UNCERTAIN, effort))


@pytest.mark.parametrize(
    ("fails", "said"),
    [
        (DiedError(137), "part 2 ended its process on a worker (exit code 137)"),
        (DiedError(None), "part 2 ended its process on a worker (exit code ?)"),
        (TooLateError(), "part 2 took over 600 seconds"),
        (PartlyDoneError(pilotscore.language.Text("断", "cut off")), "cut off"),
    ],
)
def test_a_part_that_cannot_be_drawn_ends_the_draws_and_says_which(ranking, fails, said: str):
    crew = Packed(2, fails)
    with pytest.raises(PartlyDoneError) as error:
        simulate(ranking, UNCERTAIN, Effort(draws=400, most=400), crew=crew)
    assert said in error.value.message("en")
    assert error.value.exit_code == 4
    assert crew.ended == 2
