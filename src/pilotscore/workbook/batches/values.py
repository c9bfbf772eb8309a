"""The measured values of the batches: in one unit, with limits, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pilotscore.arrays import Bools, Codes, Floats, Ints
from pilotscore.criteria import Fact
from pilotscore.language import Text
from pilotscore.records import dataclass
from pilotscore.workbook.batches import kinds
from pilotscore.workbook.batches.batches import Values
from pilotscore.workbook.batches.context import Joining, firsts
from pilotscore.workbook.batches.records import joined, picked
from pilotscore.workbook.values.units import factor

_NONE, _NO_PLACES = np.zeros(0), np.zeros(0, dtype=np.int64)
_NO_VALUES = Values(*(_NO_PLACES, _NO_PLACES, _NO_PLACES), *(_NONE,) * 5, *(_NO_PLACES,) * 4)
Units = dict[tuple[int, int], str]


@dataclass(frozen=True, slots=True, eq=False)
class _Marks:
    """What was seen of each value, shape (v,): its unit, and what is wrong with it."""

    unit: Ints
    faulty: Bools
    bad_limit: Bools
    open: Codes


def collect_values(
    j: Joining, whose: Sequence[Ints], batch_rows: Sequence[Ints]
) -> tuple[Values, Units]:
    """Return the values of all sheets, in one unit each, and those units."""
    parts: list[Values] = []
    marked: list[_Marks] = []
    units: list[str] = []
    numbers: dict[str, int] = {"": -1}
    for n, sheet in enumerate(j.sheets):
        v, rows = sheet.values, sheet.rows
        if sheet.layout == "series" or not len(v.value):
            continue
        kept = batch_rows[n][v.row] >= 0
        values = Values(
            result=whose[n][v.row],
            characteristic=j.characteristics_of[n][v.name],
            batch=batch_rows[n][v.row],
            value=v.value,
            lower=v.lower,
            upper=v.upper,
            target=v.target,
            months=rows.months[v.row],
            part=_numbered(rows.parts, numbers)[v.row],
            sheet=np.full(len(v.row), n),
            row=rows.rows[v.row],
            column=v.column,
        )
        parts.append(picked(values, kept))
        marks = _Marks(v.unit + len(units), v.faulty, v.bad_limit, v.open)
        marked.append(picked(marks, kept))
        units.extend(sheet.units)
    if not parts:
        return _NO_VALUES, {}
    marks = joined(marked)
    values, chosen = _one_unit(j, joined(parts), marks.unit, units)
    values = _own_limits(j, values)
    _check_values(j, values, marks)
    return picked(values, ~marks.faulty & ~np.isnan(values.value)), chosen


def _numbered(parts: Sequence[str], numbers: dict[str, int]) -> Ints:
    """Return a number for each name of a part, the same in all sheets; -1 where there is none."""
    return np.array([numbers.setdefault(p, len(numbers) - 1) for p in parts], dtype=np.int64)


def _one_unit(j: Joining, values: Values, unit: Ints, units: list[str]) -> tuple[Values, Units]:
    """Convert the values of each characteristic of a result to one unit."""
    texts = sorted(set(units))
    codes = {u: i for i, u in enumerate(texts)}
    code = np.array([codes[u] for u in units], dtype=np.int64)[unit]
    groups, first, inverse, count = np.unique(
        np.column_stack([values.keys, code]),
        axis=0,
        return_index=True,
        return_inverse=True,
        return_counts=True,
    )
    stated: dict[tuple[int, int], list[tuple[int, str, int]]] = {}
    for g, (r, t, c) in enumerate(groups.tolist()):
        stated.setdefault((r, t), []).append((int(count[g]), texts[c], g))
    factors = np.ones(len(groups))
    chosen: Units = {}
    for (r, t), options in stated.items():
        named = [o for o in options if o[1]]
        most = max(named, default=(0, "", 0), key=lambda o: (o[0], o[1]))[1]
        base = j.characteristics[t].unit or Text(most, most)
        if base.en:
            chosen[r, t] = base.en
        for _, text, g in named:
            times = _factor(text, base)
            if times is None:
                units_of = {"first": base.en, "second": text}
                j.tell_of_value(kinds.UNIT_CHANGES, values, int(first[g]), "values", **units_of)
            elif times != 1:
                units_of = {"first": base.en, "second": text}
                j.tell_of_value(kinds.UNIT_CONVERTED, values, int(first[g]), **units_of)
                factors[g] = times
    times_of = factors[inverse.reshape(-1)]
    scaled = {k: getattr(values, k) * times_of for k in ("value", "lower", "upper", "target")}
    return (replace(values, **scaled) if (factors != 1).any() else values), chosen


def _factor(unit: str, base: Text) -> float | None:
    if unit in (base.zh, base.en):
        return 1.0
    return factor(unit, Fact(id="value", title=Text("值", "value"), type="number", unit=base))


def _own_limits(j: Joining, values: Values) -> Values:
    """Take the limits of the criteria set where the workbook states none."""

    def limits(name: str, stated: Floats) -> Floats:
        own = np.array([getattr(t, name) for t in j.characteristics], dtype=float)
        return np.where(np.isnan(stated), own[values.characteristic], stated)

    neither = np.isnan(values.lower) & np.isnan(values.upper)
    return replace(
        values,
        lower=np.where(neither, limits("lower", values.lower), values.lower),
        upper=np.where(neither, limits("upper", values.upper), values.upper),
        target=limits("target", values.target),
    )


def _check_values(j: Joining, values: Values, marks: _Marks) -> None:
    """Block what has a value that is no number, or a bound on the wrong side of a limit."""
    below, above = marks.open < 0, marks.open > 0
    wrong = (below & ~np.isnan(values.lower)) | (above & ~np.isnan(values.upper))
    for i in np.flatnonzero(wrong).tolist():
        text = f"{'<' if below[i] else '>'}{values.value[i]:g}"
        j.tell_of_value(kinds.NOT_A_VALUE, values, i, "values", text=text)
    for i in np.flatnonzero(marks.faulty).tolist():
        cell = int(values.row[i]), int(values.column[i])
        text = j.sheet_of(values, i).texts.get(cell, "-")
        j.tell_of_value(kinds.NOT_A_VALUE, values, i, "values", text=text)
    for i in firsts(values.keys, np.flatnonzero(marks.bad_limit)):
        text = j.sheet_of(values, i).limit_texts.get(int(values.column[i]), "-")
        j.tell_of_value(kinds.NOT_A_LIMIT, values, i, "limits", text=text)


def check_limits(j: Joining, values: Values) -> None:
    """Tell limits the wrong way round, and limits that differ within a characteristic.

    The values are in order of result and characteristic.
    """
    keys = values.keys
    for i in firsts(keys, np.flatnonzero(values.lower >= values.upper)):
        span = {"lower": f"{values.lower[i]:g}", "upper": f"{values.upper[i]:g}"}
        j.tell_of_value(kinds.LIMITS_REVERSED, values, i, "limits", **span)
    same = np.all(keys[1:] == keys[:-1], axis=1)
    equal = _equal(values.lower) & _equal(values.upper)
    blocked = {(b.result, b.characteristic) for b in j.blocks if b.what == "limits"}
    for i in firsts(keys, np.flatnonzero(same & ~equal) + 1):
        if tuple(keys[i].tolist()) not in blocked:
            spans = {"first": _span(values, i - 1), "second": _span(values, i)}
            j.tell_of_value(kinds.LIMITS_DIFFER, values, i, "capability", **spans)


# A hundred times a value (or a hundredth) that is so near to the middle of the others is meant.
_NEAR = (0.8, 1.25)
# The middle half of the others is no wider than this, or a value far off may well be one.
_WIDEST = 1.5
# So many others are needed to say what is usual.
_FEWEST = 3


def check_scale(j: Joining, values: Values) -> None:
    """Ask about values that are a hundredth, or a hundred times, of what the others of theirs are.

    The values are in order of result and characteristic.
    """
    keys, value = values.keys, values.value
    if not len(value):
        return
    starts = np.flatnonzero(np.r_[True, np.any(keys[1:] != keys[:-1], axis=1)])
    sizes = np.diff(np.r_[starts, len(value)])
    ordered = value[np.lexsort((value, np.repeat(starts, sizes)))]
    low, middle, high = (
        np.repeat(ordered[starts + (sizes * part).astype(np.int64)], sizes)
        for part in (0.25, 0.5, 0.75)
    )
    usual = (low > 0) & (high < _WIDEST * low) & (np.repeat(sizes, sizes) > _FEWEST)
    for times in (100.0, 0.01):
        meant = value * times
        off = usual & (meant > _NEAR[0] * middle) & (meant < _NEAR[1] * middle)
        for i in np.flatnonzero(off).tolist():
            shown = {"value": f"{value[i]:g}", "meant": f"{meant[i]:g}"}
            j.tell_of_value(kinds.OTHER_SCALE, values, i, **shown)


def _equal(limits: Floats) -> Bools:
    """Say which limits are the same as the one before, or as missing."""
    one, other = limits[1:], limits[:-1]
    same: Bools = (one == other) | (np.isnan(one) & np.isnan(other))
    return same


def _span(values: Values, i: int) -> str:
    low = "" if np.isnan(values.lower[i]) else f"≥ {values.lower[i]:g}"
    high = "" if np.isnan(values.upper[i]) else f"≤ {values.upper[i]:g}"
    return ", ".join(x for x in (low, high) if x) or "-"
