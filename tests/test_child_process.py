"""A child process: answers in turn, and what is said of one that dies or hangs."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from pilotscore.child_process import ChildProcess, DiedError, TooLateError


def begin() -> Callable[[Any], Any]:
    """Return what the process answers with: it doubles, prints, dies or hangs as it is asked."""

    def answer(question: Any) -> Any:
        if question == "die":
            os._exit(7)
        if question == "hang":
            time.sleep(60)
        sys.stdout.write("among the answers?")
        sys.stdout.flush()
        os.write(1, b"and below Python?")
        return (os.getpid(), question * 2)

    return answer


def dies_at_once() -> Callable[[Any], Any]:
    os._exit(3)


@pytest.fixture
def process() -> Iterator[ChildProcess]:
    process = ChildProcess(begin)
    yield process
    process.end()


@pytest.mark.slow
def test_one_process_answers_in_turn_whatever_it_prints(process: ChildProcess):
    first, second = process.ask(2, 30), process.ask("ab", 30)
    assert (first[1], second[1]) == (4, "abab")
    assert first[0] == second[0] != os.getpid()


@pytest.mark.slow
def test_one_that_dies_is_told_by_its_code_and_the_next_question_has_a_new_one(
    process: ChildProcess,
):
    before = process.ask(1, 30)[0]
    with pytest.raises(DiedError) as died:
        process.ask("die", 30)
    assert died.value.code == 7
    assert process.ask(1, 30)[0] != before


@pytest.mark.slow
def test_one_that_hangs_is_ended(process: ChildProcess):
    process.begin()
    began = time.monotonic()
    with pytest.raises(TooLateError):
        process.ask("hang", 0.2)
    assert time.monotonic() - began < 20
    assert process.ask(3, 30)[1] == 6


def test_the_start_counts_where_it_is_to(process: ChildProcess):
    with pytest.raises(TooLateError):
        process.ask(1, 0.0, from_start=True)


@pytest.mark.slow
def test_one_that_dies_before_it_is_ready_is_told_too():
    with pytest.raises(DiedError) as died:
        ChildProcess(dies_at_once).ask(1, 30)
    assert died.value.code == 3


def holding(words: list[str]) -> Callable[[Any], Any]:
    return lambda _: words


@pytest.mark.slow
def test_what_it_is_prepared_with_is_taken_when_it_is_set_up():
    """A thread begins it while others go on using, and extending, what it is prepared with."""
    words = ["before"]
    process = ChildProcess(partial(holding, words))
    words.append("after")
    try:
        assert process.ask(None, 30) == ["before"]
    finally:
        process.end()
