"""Asks about values that can be read and are hardly meant: shares, percentages, sums of money.

Nothing is changed: a value counts as it stands, and a warning says what was probably meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.criteria import CriteriaSet, Indicator
from pilotscore.criteria.model import bounds
from pilotscore.findings import Finding
from pilotscore.language import Text, Words
from pilotscore.patterns import regex
from pilotscore.workbook.results import kinds
from pilotscore.workbook.results.submission import Submission
from pilotscore.workbook.values.cells import State
from pilotscore.workbook.values.units import scales_of

# A value is out of line where it is so many times more or less than the middle of the others, and
# in line where, a hundred (or ten thousand) times less or more, it lies not far from them.
_OUT_OF_LINE = 20.0
_NOT_FAR = 3.0
_FEWEST_OTHERS = 2
# A percentage whose value function spans so much is none of which 1 % is a usual value.
_WIDE = 10.0
# A ratio whose value function goes so far is a number of times, and no share.
_MOST_OF_RATIO = 20.0
# Money that is out by 元 for 万元, or 万元 for 亿元.
_TEN_THOUSAND = 1e4
_FAR_MORE = 1e3
# More than ten billion yuan is what no result at pilot scale costs, earns or asks for.
_MOST_YUAN = 1e10
_FEWEST_SUMS = 3
_LIKE_SUMS = 20.0
# How many levels other scales have; from twenty on, values are points.
_LEVELS = (3, 4, 5, 6, 7, 9, 10, 13)
_POINTS = 20.0
# A request of so many times the cost is none of a part of it.
_MULTIPLE = 2.0


def implausible(submission: Submission, criteria: CriteriaSet) -> Iterator[Finding]:
    """Yield a warning for each value, or column of values, that is hardly meant as it stands."""
    for j, indicator in enumerate(criteria.indicators):
        if indicator.type in ("percent", "ratio"):
            yield from _of_shares(submission, indicator, j)
        if indicator.type == "level":
            yield from _of_levels(submission, indicator, j)
    money = _money(submission, criteria)
    of_sums = [f for n, (t, v) in money.items() for f in _of_sums(submission, n, t, v)]
    yield from of_sums
    places = {f.place for f in of_sums}
    apart = [f for f in _apart(submission, money) if f.place not in places]
    yield from apart
    named = {str(f.values["name"]) for f in (*of_sums, *apart)}
    units = {x.id: x.unit for x in (*criteria.indicators, *criteria.facts)}
    for name, (title, values) in money.items():
        if str(title) not in named:
            yield from _all_sums(submission, name, title, values, units[name])


def _of_shares(submission: Submission, indicator: Indicator, j: int) -> Iterator[Finding]:
    stated = submission.states[:, j] == State.VALUE
    values = np.where(stated, submission.values[:, j], np.nan)
    bare = stated & (values > 0) & ~_with_sign(submission, indicator.id)
    values = np.where(bare, values, np.nan)
    percent = indicator.type == "percent"
    times = 100.0 if percent else 0.01
    whole = _of_a_column(values, indicator) if bare.any() else np.zeros(len(values), dtype=bool)
    for i, number in _beyond(submission, indicator, j):
        shown = {"name": indicator.title, **_shown(number, number / 100)}
        place = submission.place(i, indicator.id)
        yield Finding(kinds.PROBABLY_PERCENT, place, {"count": 1, **shown}, submission.ids[i])
    if whole.any():
        first = int(np.flatnonzero(whole)[0])
        value = float(values[first])
        kind = kinds.PROBABLY_SHARE if percent else kinds.PROBABLY_PERCENT
        shown = {"name": indicator.title, "count": int(whole.sum()), **_shown(value, value * times)}
        yield Finding(kind, submission.place(first, indicator.id), shown, submission.ids[first])
        values = np.where(whole, np.nan, values)
    if percent or _is_share(indicator):
        yield from _out_of_line(submission, indicator, values)


def _with_sign(submission: Submission, name: str) -> Bools:
    """Say which values are written with a percent sign, and leave no doubt."""
    signed = np.zeros(len(submission), dtype=bool)
    for (i, of), text in submission.written.items():
        if of == name and ("%" in text or "％" in text):
            signed[i] = True
    return signed


def _of_a_column(values: Floats, indicator: Indicator) -> Bools:
    """Say which values are hardly meant, by the kind of the indicator and its value function.

    A yield of 0.987 % is not; a defect rate may be. Of a ratio that is judged from 0.5 to 1.2,
    values of 80 and 97 are not, where all of them are like that.
    """
    at = [x for x, _ in indicator.anchors]
    with np.errstate(invalid="ignore"):
        if indicator.type == "percent":
            wide = indicator.direction == "max" and max(at) - min(at) >= _WIDE
            return np.asarray((values <= 1) & wide)
        beyond = (values > 2 * max(at)) & (values / 100 >= min(at) / _NOT_FAR) & (values >= 5)
    some = ~np.isnan(values)
    return beyond if _is_share(indicator) and beyond[some].all() else np.zeros_like(beyond)


def _is_share(indicator: Indicator) -> bool:
    return indicator.axis == "linear" and max(x for x, _ in indicator.anchors) <= _MOST_OF_RATIO


def _beyond(submission: Submission, indicator: Indicator, j: int) -> Iterator[tuple[int, float]]:
    """Yield the numbers that are out of range as they stand, and not when divided by 100."""
    low, high = bounds(indicator)
    for i in np.flatnonzero(submission.states[:, j] == State.FAULTY).tolist():
        number = _number(submission.written.get((i, indicator.id), ""))
        if number is not None and number > high and max(low, 0) < number / 100 <= high:
            yield i, number


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _of_levels(submission: Submission, indicator: Indicator, j: int) -> Iterator[Finding]:
    """Yield a warning where a column of levels goes beyond the scale, as another scale would.

    A single level just beyond it is a slip, which is told as such.
    """
    low, high = bounds(indicator)
    faulty = np.flatnonzero(submission.states[:, j] == State.FAULTY).tolist()
    read = ((i, _level(submission.written.get((i, indicator.id), ""))) for i in faulty)
    beyond = [(i, x) for i, x in read if x is not None and (x > high or x < low)]
    greatest = max((x for _, x in beyond), default=low)
    if greatest <= high or (len(beyond) < 2 and greatest < _POINTS):
        return
    first, _ = beyond[0]
    values = {"name": indicator.title, "low": f"{low:g}", "high": f"{high:g}"}
    values |= {"count": len(beyond), "value": f"{greatest:g}", "meant": _scale_to(greatest)}
    place = submission.place(first, indicator.id)
    yield Finding(kinds.OTHER_LEVELS, place, values, submission.ids[first])


_LEVEL = regex(r"(?:[a-z]{0,4}[\s\-]*)(\d{1,3}(?:\.\d+)?)\s*(?:级|分|等)?", re.IGNORECASE)
_SCALE = Text("1 至 {most} 级", "a scale from 1 to {most}")
_HUNDRED = Text("百分制（0 至 100）", "points from 0 to 100")


def _level(text: str) -> float | None:
    match = _LEVEL.fullmatch(text.strip())
    return float(match.group(1)) if match else None


def _scale_to(greatest: float) -> Words:
    """Name the scale of which a value is the greatest."""
    if greatest >= _POINTS:
        return _HUNDRED
    most = next((n for n in _LEVELS if n >= greatest), None)
    return _SCALE.of(most=f"{greatest:g}" if most is None else most)


def _out_of_line(submission: Submission, indicator: Indicator, values: Floats) -> Iterator[Finding]:
    """Yield the values that lie with the others only when they are a hundred times more or less."""
    stated = values[~np.isnan(values)]
    if len(stated) <= _FEWEST_OTHERS:
        return
    middle = float(np.median(stated))
    with np.errstate(invalid="ignore"):
        small, great = values * _OUT_OF_LINE <= middle, values >= middle * _OUT_OF_LINE
    others = values[~(np.isnan(values) | small | great)]
    if len(others) < _FEWEST_OTHERS:
        return
    low, high = float(others.min()), float(others.max())
    for i in np.flatnonzero(small | great).tolist():
        value = float(values[i])
        meant = value * 100 if small[i] else value / 100
        if low / _NOT_FAR <= meant <= high * _NOT_FAR:
            shown = {"name": indicator.title, "low": f"{low:g}", "high": f"{high:g}"}
            place = submission.place(i, indicator.id)
            shown |= _shown(value, meant)
            yield Finding(kinds.OUT_OF_LINE, place, shown, submission.ids[i])


def _money(submission: Submission, criteria: CriteriaSet) -> dict[str, tuple[Text, Floats]]:
    """Return the sums of money of the results, by name; nan where there is none."""
    columns: dict[str, tuple[Text, Floats]] = {}
    for j, indicator in enumerate(criteria.indicators):
        if indicator.type == "money":
            columns[indicator.id] = indicator.title, submission.values[:, j]
    for fact in criteria.facts:
        column = submission.facts.get(fact.id)
        if fact.type == "money" and column is not None:
            columns[fact.id] = fact.title, np.asarray(column.values, dtype=float)
    return {n: (t, np.where(v > 0, v, np.nan)) for n, (t, v) in columns.items()}


def _of_sums(submission: Submission, name: str, title: Text, values: Floats) -> Iterator[Finding]:
    """Yield the sums that are ten thousand times those of the other results, or a part of them."""
    stated = values[~np.isnan(values)]
    if len(stated) < _FEWEST_SUMS:
        return
    middle = float(np.median(stated))
    with np.errstate(invalid="ignore"):
        great, small = values >= middle * _FAR_MORE, values * _FAR_MORE <= middle
    for i in np.flatnonzero(great | small).tolist():
        value = float(values[i])
        meant = value / _TEN_THOUSAND if great[i] else value * _TEN_THOUSAND
        if middle / _LIKE_SUMS <= meant <= middle * _LIKE_SUMS:
            shown = {"name": title, "middle": f"{middle:g}", **_shown(value, meant)}
            yield Finding(kinds.OTHER_SCALE, submission.place(i, name), shown, submission.ids[i])


def _all_sums(
    submission: Submission, name: str, title: Text, values: Floats, unit: Text | None
) -> Iterator[Finding]:
    """Yield a warning where most sums are more than any trial costs, as yuan under 10k yuan are."""
    scale = max(scales_of(unit), default=1.0)
    stated = np.flatnonzero(~np.isnan(values))
    if scale < _TEN_THOUSAND or not len(stated):
        return
    if np.median(values[stated]) * scale < _MOST_YUAN:
        return
    first = int(stated[np.argmax(values[stated] * scale >= _MOST_YUAN)])
    shown = {"name": title, "count": len(stated), "unit": unit or ""}
    shown |= _shown(float(values[first]), float(values[first]) / _TEN_THOUSAND)
    yield Finding(kinds.ALL_SUMS, submission.place(first, name), shown, submission.ids[first])


def _apart(submission: Submission, money: dict[str, tuple[Text, Floats]]) -> Iterator[Finding]:
    """Yield the sums that are thousands of times another one of the same result."""
    reported: set[tuple[int, str]] = set()
    for name, other in permutations(money, 2):
        (title, values), (of, beside) = money[name], money[other]
        with np.errstate(invalid="ignore"):
            ratio = values / beside
            apart = (ratio >= _FAR_MORE) & (ratio <= _TEN_THOUSAND * _LIKE_SUMS)
        for i in np.flatnonzero(apart).tolist():
            if (i, name) in reported:
                continue
            reported.add((i, name))
            value = float(values[i])
            shown = {"name": title, "other": of, "beside": f"{beside[i]:g}"}
            shown |= {"times": f"{ratio[i]:.0f}", **_shown(value, value / _TEN_THOUSAND)}
            yield Finding(kinds.SUMS_APART, submission.place(i, name), shown, submission.ids[i])


def beyond_cost(
    submission: Submission, criteria: CriteriaSet, requested: str | None, cost: str | None
) -> Iterator[Finding]:
    """Yield the requests that are a multiple of the cost that they belong to.

    Those that are thousands of times as much are told already, by :func:`implausible`.

    Parameters
    ----------
    submission, criteria
        The results, and the set that they were read for.
    requested, cost
        The facts with the sum asked for and the cost of the pilot, as a policy names them.
    """
    money = _money(submission, criteria)
    if requested not in money or cost not in money:
        return
    (title, requests), (of, whole) = money[requested], money[cost]
    with np.errstate(invalid="ignore"):
        ratio = requests / whole
        beyond = (ratio >= _MULTIPLE) & (ratio < _FAR_MORE)
    for i in np.flatnonzero(beyond).tolist():
        shown = {"name": title, "value": f"{requests[i]:.10g}", "other": of}
        shown |= {"beside": f"{whole[i]:.10g}", "times": f"{ratio[i]:.3g}"}
        yield Finding(kinds.BEYOND_COST, submission.place(i, requested), shown, submission.ids[i])


def _shown(value: float, meant: float) -> dict[str, str]:
    return {"value": f"{value:.10g}", "meant": f"{meant:.10g}"}
