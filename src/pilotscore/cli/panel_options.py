"""Options that several commands of a panel take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pilotscore.cli.bilingual import option
from pilotscore.cli.values import Whole

F = TypeVar("F", bound=Callable[..., Any])

per_unit_option = option(
    "--per-unit",
    type=Whole(1, 1000),
    default=1,
    show_default=True,
    metavar="N",
    zh="同一项成果中同一单位的专家至多几位。",
    en="How many experts of one institution a result may have.",
)
load_option = option(
    "--load",
    type=Whole(1, 1_000_000),
    metavar="N",
    zh="专家表没有写上限的专家至多评几项（默认尽量均匀）。",
    en="How many results an expert takes at most where the sheet does not say (default: as even "
    "as can be).",
)


def seed_option(zh: str, en: str) -> Callable[[F], F]:
    """Add ``--seed``, with what it is the seed of."""
    return option(
        "--seed",
        type=Whole(0, 2**32 - 1),
        default=0,
        show_default=True,
        metavar="N",
        zh=zh,
        en=en,
    )


equals_seed_option = seed_option("同样合适时抽选的种子。", "Seed of choices between equals.")


def scale_option(zh: str, en: str) -> Callable[[F], F]:
    """Add ``--scale``, with what holds without it."""
    return option("--scale", metavar="FROM-TO", zh=zh, en=en)
