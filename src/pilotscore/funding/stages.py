"""The stages of deciding a call: what is being worked out, and how much of it is done."""

from __future__ import annotations

from collections.abc import Callable

from pilotscore.language import Text

Progress = Callable[[int, int], None]
# Begins a stage by its name; what it returns is called with how much is done, of how much.
Stages = Callable[[Text], Progress]

PORTFOLIO = Text("组合择优", "the portfolio")
CHANCES = Text("线上概率", "chances at the line")
CORE = Text("组合稳健性", "robustness of the portfolio")
NEXT_MONEY = Text("试算预算与各项规定", "other budgets, and without each rule")
WAYS = Text("升级的最近路径", "nearest ways to a better grade")


def untold(_: Text) -> Progress:
    """Begin a stage that nobody is told of."""
    return _no_progress


def _no_progress(done: int, total: int) -> None:
    """Tell nobody."""
