from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import click
import pytest

from pilotscore.cli import main
from pilotscore.cli.opening import OpeningCommand
from pilotscore.cli.values import Choice, Day, Number, Range, Span, Whole

OURS = (Choice, Whole, Number, Day, Range, Span)
WORDS = (click.types.StringParamType, click.types.BoolParamType)  # which refuse nothing


def refused(
    kind: click.ParamType[Any], value: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> str:
    monkeypatch.setenv("PILOTSCORE_LANG", lang)
    with pytest.raises(click.BadParameter) as caught:
        kind.convert(value, None, None)
    return caught.value.message


@pytest.mark.parametrize(
    ("kind", "value", "zh", "en"),
    [
        (Choice(["ahp", "bwm"]), "apx", "没有 apx；可以是 ahp、bwm", "it may be ahp, bwm"),
        (Choice(["ranges", "order"]), "rang", "是否指 ranges？", "did you mean ranges?"),
        (Whole(1), "many", "“many”不是整数", "“many” is no whole number"),
        (Whole(1), "0", "0 太小，至少为 1", "0 is too small: at least 1"),
        (Whole(1, 10_000), "10001", "10001 不在 1 至 10,000 之间", "is not between 1 and 10,000"),
        (Number(0, 0.5), "much", "“much”不是数", "“much” is no number"),
        (Number(0, 0.5), "nan", "“nan”不是数", "“nan” is no number"),
        (Number(), "inf", "“inf”不是数", "“inf” is no number"),
        (Number(0, 0.5), "7", "7.0 不在 0 至 0.5 之间", "7.0 is not between 0 and 0.5"),
        (Day(), "soon", "不是 2026-12-31 这样的日期", "no date such as 2026-12-31"),
        (Span(), "0d", "“0d”不是 90d（天）", "“0d” is no time ahead such as 90d (days)"),
        (Span(), "-3m", "“-3m”不是 90d（天）", "“-3m” is no time ahead"),
        (Span(), "soon", "“soon”不是 90d（天）", "“soon” is no time ahead"),
        (Range(), "tech=20%", "不是 维度=20%..40%", "no range such as tech=20%..40%"),
        (Range(), "tech=x..y", "不是 维度=20%..40%", "no range such as tech=20%..40%"),
    ],
)
def test_what_is_refused_is_said_in_the_running_language(kind, value, zh, en, monkeypatch):
    assert zh in refused(kind, value, "zh", monkeypatch)
    assert en in refused(kind, value, "en", monkeypatch)


def test_what_is_taken():
    assert Choice(["a"]).convert("a", None, None) == "a"
    assert Whole(1, 5).convert("5", None, None) == 5
    assert Whole().convert("-3", None, None) == -3
    assert Number(0, 2).convert("0.5", None, None) == 0.5
    day = datetime.date(2026, 12, 31)
    assert Day().convert("2026-12-31", None, None) == Day().convert(day, None, None) == day
    assert Range().convert("tech=20%..0.4", None, None) == ("tech", 0.2, 0.4)


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("90d", (90, "days")),
        ("90", (90, "days")),
        ("12w", (84, "days")),
        ("3m", (3, "months")),
        ("3M", (3, "months")),
        ("1y", (12, "months")),
        ("3个月", (3, "months")),
        ("90天", (90, "days")),
        ("2 weeks", (14, "days")),
    ],
)
def test_a_time_ahead_in_days_or_months(written: str, span: tuple[int, str]):
    assert Span().convert(written, None, None) == Span().convert(span, None, None) == span


def kinds(group: click.Group) -> Iterator[tuple[str, click.ParamType[Any]]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from kinds(command)
        if not isinstance(command, click.Group) or isinstance(command, OpeningCommand):
            for param in command.params:
                parts = param.type.types if isinstance(param.type, click.Tuple) else [param.type]
                yield from ((f"{name} {param.name}", kind) for kind in parts)


@pytest.mark.parametrize(
    ("where", "kind"), list(kinds(main)), ids=lambda x: x if isinstance(x, str) else ""
)
def test_no_option_leaves_its_refusals_to_click(where: str, kind: click.ParamType[Any]):
    """What click refuses by itself it says in English."""
    assert isinstance(kind, OURS + WORDS), where
