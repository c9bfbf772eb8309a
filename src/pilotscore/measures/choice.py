"""Which characteristic of a result counts for an indicator: the worst of those wanted."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Codes, Floats, Ints
from pilotscore.criteria import (
    BUILT_IN_CHARACTERISTICS,
    MEASURES,
    Characteristic,
    Indicator,
    Measured,
)
from pilotscore.criteria.measuring import key_characteristics
from pilotscore.language import LISTED, Text, Words, join
from pilotscore.measures.figures import UNPROVEN, Figure, Why, reason_text
from pilotscore.measures.stability import Stability
from pilotscore.records import dataclass
from pilotscore.workbook.values.units import factor

# Measures of what goes in and out are no quality of which the worst could count.
_NO_QUALITY = ("input", "output")
# Measures of a result that go by limits, and are not judged without its key characteristics.
_OF_QUALITY = (
    "batches",
    "qualified_batches",
    "consecutive_batches",
    "qualified_rate",
    "first_pass_rate",
)


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """What was chosen for each result, shape (n,): a place in the figure, -1 for none.

    ``held`` says where a key characteristic stands in the way; ``missing`` has, by result, those of
    which there is no value.
    """

    place: Ints
    scored: Floats
    why: Codes
    count: Ints
    held: Bools
    missing: dict[int, tuple[Characteristic, ...]]


def choose(
    figure: Figure, rule: Measured, indicator: Indicator, stability: Stability, n: int
) -> Chosen:
    """Choose the characteristic that counts for each result: the worst of those wanted."""
    chosen = Chosen(
        np.full(n, -1, dtype=np.int64),
        np.full(n, np.nan),
        np.full(n, Why.NO_DATA, dtype=np.int8),
        np.zeros(n, dtype=np.int64),
        np.zeros(n, dtype=bool),
        _missing(figure, rule, stability),
    )
    wanted = _wanted(figure, rule, stability)
    if wanted.any():
        _choose_worst(chosen, figure, rule, indicator, stability)
    for i, missing in chosen.missing.items():
        chosen.place[i], chosen.why[i] = -1, Why.NO_KEY
        chosen.held[i] = any(c.key for c in missing)
    chosen.why[chosen.place >= 0] = Why.ASSESSED
    return chosen


def _choose_worst(
    chosen: Chosen, figure: Figure, rule: Measured, indicator: Indicator, stability: Stability
) -> None:
    """Choose the worst of the characteristics wanted, of each result where nothing forbids it."""
    wanted = _wanted(figure, rule, stability)
    few = np.isin(figure.why, (Why.ASSESSED, Why.FEW_VALUES))
    too_few = (figure.count < rule.least) & few
    why = np.where(too_few, Why.TOO_FEW, figure.why)
    assessed = wanted & (why == 0)
    scored = _scored(figure, rule, indicator)
    worse = scored if indicator.direction == "max" else -scored
    if indicator.direction == "range":
        worse = _score(scored, indicator)
    # The least first, then the first characteristic by its place, so that no order matters.
    order = np.lexsort((figure.characteristic, worse, ~assessed))
    order = order[assessed[order]]
    results, first = np.unique(figure.result[order], return_index=True)
    chosen.place[results] = order[first]
    chosen.scored[results] = scored[order[first]]
    chosen.count[results] = figure.count[order[first]]
    # Data of one characteristic that prove nothing are no reason to take the better one.
    strict = wanted & np.isin(why, list(UNPROVEN))
    keys = wanted & _are_key(figure, stability)
    strict |= (wanted if rule.named else keys) & (why > 0)
    for k in np.flatnonzero(wanted & (why > 0)).tolist():
        i = int(figure.result[k])
        if chosen.place[i] >= 0 and not strict[k]:
            continue
        chosen.place[i] = -1
        chosen.held[i] |= keys[k]
        if chosen.why[i] in (Why.NO_DATA, 0) or why[k] < chosen.why[i]:
            chosen.why[i], chosen.count[i] = why[k], figure.count[k]


def _are_key(figure: Figure, stability: Stability) -> Bools:
    """Return which characteristics are key."""
    if not len(figure) or not len(stability.data.characteristics):
        return np.zeros(len(figure), dtype=bool)
    keys = np.array([t.key for t in stability.data.characteristics], dtype=bool)
    return np.asarray(keys[figure.characteristic] & (figure.characteristic >= 0))


def _missing(
    figure: Figure, rule: Measured, stability: Stability
) -> dict[int, tuple[Characteristic, ...]]:
    """Return the characteristics that have to be there and are not, by result.

    Those that are key: where the measure is of batches, of each result with batches that are
    judged, else of each that it has anything of. Of those that a rule names, those of a result that
    has others of them; one that has none states the value itself, unless one of them is key.
    """
    if MEASURES[rule.measure].basis == "result":
        return dict(stability.missing_keys) if rule.measure in _OF_QUALITY else {}
    if not rule.named and _of_batches(figure, stability):
        return dict(stability.missing_keys)
    measuring = stability.measuring
    declared = {c.id: c for c in (*BUILT_IN_CHARACTERISTICS, *measuring.characteristics)}
    wanted = rule.named or [c.id for c in key_characteristics(measuring)]
    places = {c.id: t for t, c in enumerate(stability.data.characteristics)}
    here = np.zeros(len(stability.data.ids), dtype=bool)
    here[figure.result] = True
    if _of_batches(figure, stability):
        here |= stability.has_judged
    missing: dict[int, tuple[Characteristic, ...]] = {}
    for name in wanted:
        there = np.zeros(len(here), dtype=bool)
        there[figure.result[figure.characteristic == places.get(name, -1)]] = True
        for i in np.flatnonzero(here & ~there).tolist():
            missing[i] = (*missing.get(i, ()), declared[name])
    return {
        i: lacking
        for i, lacking in missing.items()
        if not rule.named or len(lacking) < len(rule.named) or any(c.key for c in lacking)
    }


def _of_batches(figure: Figure, stability: Stability) -> bool:
    """Say whether a measure is of the values of batches, and not of storage or a time series."""
    g = stability.groups
    return np.array_equal(figure.result, g.result) and np.array_equal(
        figure.characteristic, g.characteristic
    )


def _wanted(figure: Figure, rule: Measured, stability: Stability) -> Bools:
    """Return which characteristics are asked for."""
    if MEASURES[rule.measure].basis == "result" or not len(figure):
        return np.ones(len(figure), dtype=bool)
    characteristics = stability.data.characteristics
    if rule.named:
        fits = [t.id in rule.named for t in characteristics]
    elif rule.of == "key":
        fits = [t.key for t in characteristics]
    else:
        fits = [t.role not in _NO_QUALITY for t in characteristics]
    return np.array(fits, dtype=bool)[figure.characteristic]


def _scored(figure: Figure, rule: Measured, indicator: Indicator) -> Floats:
    """Return the bound or estimate that counts, in the unit of the indicator."""
    times = times_of(rule, indicator)
    value, low, high = (x * times for x in figure.bounds)
    if rule.bound == "estimate":
        return value
    if rule.bound in ("lower", "upper"):
        return low if rule.bound == "lower" else high
    if indicator.direction == "max":
        return low
    if indicator.direction == "min":
        return high
    return np.asarray(np.where(_score(low, indicator) <= _score(high, indicator), low, high))


def _score(values: Floats, indicator: Indicator) -> Floats:
    """Return the value function, of an indicator whose best is in the middle, without its caps."""
    x, y = np.array(indicator.anchors, dtype=float).T
    return np.asarray(np.interp(values, x, y))


def times_of(rule: Measured, indicator: Indicator) -> float:
    """Return what a measure is multiplied with to be in the unit of the indicator."""
    if indicator.type == "yes_no":
        return 1.0
    unit = MEASURES[rule.measure].unit
    if not unit.en:
        return 100.0 if _is_percent(indicator) else 1.0
    if unit.en == "%":
        return 1.0 if indicator.type == "percent" or _is_percent(indicator) else 0.01
    times = factor(unit.zh, indicator) or factor(unit.en, indicator)
    return 1.0 if times is None else times


def _is_percent(indicator: Indicator) -> bool:
    unit = indicator.unit
    return unit is not None and unit.en.strip() in ("%", "％", "percent")


def reason_of(chosen: Chosen, i: int, rule: Measured) -> Words:
    """Say why there is no figure of a result; of what is missing, its name."""
    if i in chosen.missing:
        return _MISSING.of(names=join((c.title for c in chosen.missing[i]), LISTED))
    return reason_text(int(chosen.why[i]) or Why.NO_DATA, int(chosen.count[i]), rule.least)


_MISSING = Text("没有“{names}”的批次数据", "there are no batch data of “{names}”")
