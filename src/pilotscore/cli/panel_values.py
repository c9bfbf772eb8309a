"""What the commands of a panel take in one option: a scale, a name with what belongs to it."""

from __future__ import annotations

import math

from pilotscore import errors
from pilotscore.language import Text

_NO_PAIR = Text("“{text}”不是 {wanted} 这样的写法", "{text!r} is not written as {wanted}")
_TWICE = Text("“{name}”给了两次", "{name!r} is given twice")
_FALLING = Text("评分范围应从小到大：{text}", "a scale goes from the least to the greatest: {text}")


def scale_of(given: str | None) -> tuple[float, float] | None:
    """Return a scale such as 0-10; None for none.

    Raises
    ------
    UsageError
        It is none.
    """
    if given is None:
        return None
    least, dash, most = given.strip().replace("–", "-").rpartition("-")
    try:
        scale = (float(least), float(most)) if dash else None
    except ValueError:
        scale = None
    if scale is None:
        raise errors.UsageError(_NO_PAIR.of(text=given, wanted="0-100"))
    if not all(map(math.isfinite, scale)):
        raise errors.UsageError(_NO_PAIR.of(text=given, wanted="0-100"))
    if not scale[0] < scale[1]:
        raise errors.UsageError(_FALLING.of(text=given))
    return scale


def pairs_of(given: tuple[str, ...], example: str) -> dict[str, str]:
    """Return names with what is written behind their ``=``.

    Raises
    ------
    UsageError
        One has no name, nothing behind, or a name that another has.
    """
    pairs: dict[str, str] = {}
    for text in given:
        name, _, value = text.partition("=")
        if not name.strip() or not value.strip():
            raise errors.UsageError(_NO_PAIR.of(text=text, wanted=example))
        if name.strip() in pairs:
            raise errors.UsageError(_TWICE.of(name=name.strip()))
        pairs[name.strip()] = value.strip()
    return pairs


def shares_of(given: tuple[str, ...]) -> dict[str, float]:
    """Return the share of each group.

    Raises
    ------
    UsageError
        One is no number above 0.
    """
    shares: dict[str, float] = {}
    for group, written in pairs_of(given, "企业=0.4").items():
        try:
            share = float(written)
        except ValueError:
            share = 0.0
        if not 0 < share < float("inf"):
            raise errors.UsageError(_NO_PAIR.of(text=f"{group}={written}", wanted="企业=0.4"))
        shares[group] = share
    return shares


def numbers_of(given: tuple[str, ...]) -> dict[str, int]:
    """Return how many of each group.

    Raises
    ------
    UsageError
        One is no whole number above 0.
    """
    numbers: dict[str, int] = {}
    for group, written in pairs_of(given, "企业=1").items():
        number = int(written) if written.isdecimal() else 0
        if number <= 0:
            raise errors.UsageError(_NO_PAIR.of(text=f"{group}={written}", wanted="企业=1"))
        numbers[group] = number
    return numbers


def stages_of(given: str | None) -> float | None:
    """Return the share of the first of two stages: 0 where the second is to ``replace`` it.

    Raises
    ------
    UsageError
        It is neither.
    """
    if given is None:
        return None
    if given.strip() == "replace":
        return 0.0
    try:
        share = float(given)
    except ValueError:
        share = -1.0
    if not 0 <= share < 1:
        raise errors.UsageError(_NO_PAIR.of(text=given, wanted="replace, 0.4"))
    return share
