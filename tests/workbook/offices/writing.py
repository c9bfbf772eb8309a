"""Writes values as people do: full-width digits, units in the cell, percent styles, words."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from random import Random

from tests.workbook.offices.quantities import WORDS, Asked
from tests.workbook.offices.typed import Written

_FULL = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")
_CHINESE = "零一二三四五六七八九十"
_PLAIN_PERCENT = "0.0%"


def plain(value: float) -> float | int:
    """Return a number as it is typed: a whole one without a point."""
    value = float(f"{value:.12g}")
    return int(value) if value.is_integer() else value


def digits(value: float) -> str:
    """Return the digits of a number as they are typed."""
    return format(plain(value), ",") if abs(value) >= 1000 else f"{plain(value)}"


def written(rng: Random, asked: Asked, value: float | str, lang: str, unit: str = "") -> Written:
    """Write a value as an office does; ``unit`` is what its header (or what stands for it) says."""
    writers = {
        "level": _level,
        "count": _count,
        "number": _number,
        "money": _money,
        "percent": _percent,
        "ratio": _ratio,
    }
    if asked.sort in writers:
        return writers[asked.sort](rng, asked, float(value), lang, unit)
    if asked.sort == "category":
        return Written(rng.choice(WORDS[asked.name][str(value)][lang == "en"]))
    if asked.sort == "yes_no":
        return Written(_yes_no(rng, str(value), lang))
    if asked.sort == "date":
        return _date(rng, str(value), lang)
    return Written(value)


def _pick(rng: Random, *ways: Callable[[], Written]) -> Written:
    return rng.choice(ways)()


def _level(rng: Random, asked: Asked, value: float, lang: str, unit: str) -> Written:
    level, short = int(value), {"trl_level": "TRL", "mrl_level": "MRL", "crl_level": "CRL"}
    prefix = short.get(asked.name, "Level " if lang == "en" else "")
    ways = [
        lambda: Written(level),
        lambda: Written(level),
        lambda: Written(str(level)),
        lambda: Written(f"{prefix}{level}"),
        lambda: Written(f"{prefix} {level}".strip()),
    ]
    if lang == "zh":
        ways += [
            lambda: Written(f"{level}级"),
            lambda: Written(f"{_CHINESE[level]}级"),
            lambda: Written(str(level).translate(_FULL)),
        ]
    return _pick(rng, *ways)


def _count(rng: Random, asked: Asked, value: float, lang: str, unit: str) -> Written:
    count = int(value)
    ways = [lambda: Written(count), lambda: Written(count), lambda: Written(str(count))]
    if lang == "zh":
        ways += [
            lambda: Written(f"{count}{asked.counter}"),
            lambda: Written(f"{count} {asked.counter}"),
            lambda: Written(str(count).translate(_FULL)),
        ]
    return _pick(rng, *ways)


def _number(rng: Random, asked: Asked, value: float, lang: str, unit: str) -> Written:
    shown = value / (asked.units[unit] if unit else 1.0)
    ways = [
        lambda: Written(plain(shown)),
        lambda: Written(plain(shown)),
        lambda: Written(digits(shown)),
        lambda: Written(f"{digits(shown)} "),
    ]
    if asked.name == "continuous_run_hours":
        ways.append(lambda: Written(f"{digits(value)} h"))
        if lang == "zh":
            ways += [
                lambda: Written(f"{digits(value)}小时"),
                lambda: Written(f"{digits(value / 24)}天"),
                lambda: Written(digits(shown).translate(_FULL)),
            ]
        else:
            ways.append(lambda: Written(f"{digits(value / 24)} days"))
    return _pick(rng, *ways)


def _money(rng: Random, asked: Asked, value: float, lang: str, unit: str) -> Written:
    shown = value / (asked.units[unit] if unit else 1.0)
    ways = [
        lambda: Written(plain(shown)),
        lambda: Written(digits(shown)),
    ]
    if shown >= 1:
        ways.append(lambda: Written(plain(shown), "#,##0.00"))
    if lang == "zh":
        ways += [
            lambda: Written(f"{digits(value)}万元"),
            lambda: Written(f"{digits(value)}万"),
            lambda: Written(f"{digits(value * 10000)}元"),
            lambda: Written(f"{digits(value / 10000)}亿元"),
            lambda: Written(digits(shown).translate(_FULL)),
        ]
    return _pick(rng, *ways)


def _percent(rng: Random, asked: Asked, value: float, lang: str, unit: str) -> Written:
    ways = [
        lambda: Written(f"{plain(value)}%"),
        lambda: Written(float(f"{value / 100:.12g}"), _PLAIN_PERCENT),
        lambda: Written(plain(value)),
        lambda: Written(f"{plain(value)}"),
    ]
    if lang == "zh":
        ways += [
            lambda: Written(f"{plain(value)}%".translate(_FULL)),
            lambda: Written(f"{plain(value)} ％"),
        ]
    return _pick(rng, *ways)


def _ratio(rng: Random, asked: Asked, value: float, lang: str, unit: str) -> Written:
    if unit == "%":
        return _percent(rng, asked, float(f"{value * 100:.12g}"), lang, unit)
    ways = [lambda: Written(plain(value)), lambda: Written(f"{plain(value)}")]
    if asked.counter:
        ways.append(lambda: Written(f"{digits(value)}{asked.counter if lang == 'zh' else 'x'}"))
    else:
        ways.append(lambda: Written(float(f"{value:.12g}"), "0%"))
        ways.append(lambda: Written(f"{plain(value * 100)}%"))
    return _pick(rng, *ways)


def _yes_no(rng: Random, value: str, lang: str) -> str:
    if lang == "en":
        return rng.choice(("Yes", "Y", "yes") if value == "yes" else ("No", "N", "no"))
    return rng.choice(("是", "有", "√") if value == "yes" else ("否", "无", "×"))


def _date(rng: Random, value: str, lang: str) -> Written:
    day = datetime.date.fromisoformat(value)
    ways = [
        lambda: Written(day, "yyyy-mm-dd"),
        lambda: Written(day, "yyyy/m/d"),
        lambda: Written(value),
    ]
    if lang == "zh":
        ways += [
            lambda: Written(day, 'yyyy"年"m"月"d"日"'),
            lambda: Written(f"{day.year}年{day.month}月{day.day}日"),
            lambda: Written(f"{day.year}.{day.month}.{day.day}"),
            lambda: Written(f"{day.year}{day.month:02}{day.day:02}"),
        ]
    else:
        ways.append(lambda: Written(f"{day.day} {day:%b} {day.year}"))
    return _pick(rng, *ways)


_REMARK = {
    "zh": (
        "{}（自评）",
        "约{}",
        "≥{}",
        "{}左右",
        "{}（详见附件）",
        "{}（2026年3月）",
        "不低于{}",
        "{}以上",
    ),
    "en": ("approx. {}", "~{}", ">= {}", "{} (self-assessed)", "{} (see annex)", "at least {}"),
}


def awkward(rng: Random, asked: Asked, value: float | str, lang: str, unit: str) -> Written:
    """Write a value with more than itself: a remark, a bound, an estimate, a span, a ditto mark."""
    if asked.sort == "date":
        year, month, _ = str(value).split("-")
        return Written(f"{year}年{int(month)}月" if lang == "zh" else f"{month}/{year}")
    if asked.sort in ("category", "yes_no", "text"):
        shown = written(rng, asked, value, lang, unit).text
        ways = (
            ("{}（详见附件）", "{}，见附件3", "{}；", "{}。")
            if lang == "zh"
            else ("{} (see annex)", "{}; annex 3")
        )
        return Written(rng.choice(ways).format(shown))
    number = float(value) / (asked.units.get(unit, 0.01 if unit == "%" else 1.0))
    if asked.sort == "money" and lang == "zh":
        wan = digits(float(value))
        ways = (
            f"{wan}w",
            f"{wan}W",
            f"¥{wan}万",
            f"人民币{wan}万元",
            f"{wan}万元整",
            f"{wan}万元（含配套）",
            f"{digits(number)}-{digits(number * 1.5)}",
            f"{digits(float(value) / 100)}百万",
        )
        return Written(rng.choice(ways))
    if asked.sort == "level":
        level = plain(float(value))
        return Written(
            rng.choice(
                (f"{level}-{plain(float(value) + 1)}", f"{level}+", f"{level}.5", f"<{level}")
            )
        )
    return Written(rng.choice(_REMARK[lang]).format(digits(number)))
