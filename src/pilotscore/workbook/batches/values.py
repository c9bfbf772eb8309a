"""The measured values of the batches: in one unit, with their limits, and what is wrong with them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from pilotscore.arrays import Bools, Codes, Floats, Ints
from pilotscore.criteria import Fact
from pilotscore.language import Text
from pilotscore.workbook.batches import kinds
from pilotscore.workbook.batches.batches import Values, What
from pilotscore.workbook.batches.context import Joining, firsts
from pilotscore.workbook.values.units import factor


def collect_values(
    j: Joining, whose: list[Ints], batch_rows: list[Ints]
) -> tuple[Values, dict[tuple[int, int], str]]:
    """Return the values of all sheets, in one unit each, and those units."""
    parts: list[list[Any]] = []
    units: list[str] = []
    for n, (sheet, owners, rows) in enumerate(zip(j.sheets, whose, batch_rows, strict=True)):
        v = sheet.values
        if sheet.layout == "series" or not len(v.value):
            continue
        keep = rows[v.row] >= 0
        traits = np.array(j.trait_of[n], dtype=np.int64)
        where = v.row[keep]
        base = len(units)
        units.extend(sheet.units)
        parts.append([
            owners[where], traits[v.name[keep]], rows[where], v.value[keep], v.lower[keep],
            v.upper[keep], v.target[keep], sheet.rows.months[where],
            np.full(len(where), n), sheet.rows.rows[where], v.column[keep],
            v.unit[keep] + base, v.faulty[keep], v.bad_limit[keep], v.open[keep],
        ])  # fmt: skip
    if not parts:
        none, places = np.zeros(0), np.zeros(0, dtype=np.int64)
        empty = (places, places, places, none, none, none, none, none, places, places, places)
        return Values(*empty), {}
    joined = [np.concatenate(c) for c in zip(*parts, strict=True)]
    *columns, unit, faulty, bad_limit, sides = joined
    values = Values(*columns)
    values, chosen = _one_unit(j, values, unit, units)
    values = _own_limits(j, values)
    _check_values(j, values, faulty, bad_limit, sides)
    return picked(values, np.flatnonzero(~faulty & ~np.isnan(values.value))), chosen


def _one_unit(
    j: Joining, values: Values, unit: Ints, units: list[str]
) -> tuple[Values, dict[tuple[int, int], str]]:
    """Convert the values of each characteristic of a result to one unit."""
    codes = {u: i for i, u in enumerate(sorted(set(units)))}
    texts = sorted(codes)
    code = np.array([codes[u] for u in units], dtype=np.int64)[unit]
    keys = np.stack([values.result, values.trait, code], axis=1)
    found, first, inverse, count = np.unique(
        keys, axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    inverse = inverse.reshape(-1)
    stated: dict[tuple[int, int], list[tuple[int, str, int]]] = {}
    for g, (r, t, c) in enumerate(found.tolist()):
        stated.setdefault((r, t), []).append((int(count[g]), texts[c], g))
    factors = np.ones(len(found))
    chosen: dict[tuple[int, int], str] = {}
    for (r, t), options in stated.items():
        declared = j.traits[t].unit
        named = [o for o in options if o[1]]
        base = (
            declared.en
            if declared
            else max(named, default=(0, "", 0), key=lambda o: (o[0], o[1]))[1]
        )
        shown = declared.zh if declared else base
        if base:
            chosen[r, t] = base
        for _, text, g in named:
            times = _factor(text, base, shown)
            spot = j.spot(values, int(first[g]))
            told = {"name": j.traits[t].title, "first": base, "second": text}
            if times is None:
                j.tell(kinds.UNIT_CHANGES, spot, r, (t, "values"), **told)
            elif times != 1:
                j.tell(kinds.UNIT_CONVERTED, spot, r, None, **told)
                factors[g] = times
    if (factors != 1).any():
        times_of = factors[inverse]
        scaled = {k: getattr(values, k) * times_of for k in ("value", "lower", "upper", "target")}
        values = replace(values, **scaled)
    return values, chosen


def _own_limits(j: Joining, values: Values) -> Values:
    """Take the limits of the criteria set where the workbook states none."""

    def limits(name: str, stated: Floats) -> Floats:
        own = np.array([getattr(t, name) for t in j.traits], dtype=float)
        return np.where(np.isnan(stated), own[values.trait], stated)

    neither = np.isnan(values.lower) & np.isnan(values.upper)
    return replace(
        values,
        lower=np.where(neither, limits("lower", values.lower), values.lower),
        upper=np.where(neither, limits("upper", values.upper), values.upper),
        target=limits("target", values.target),
    )


def _check_values(
    j: Joining, values: Values, faulty: Bools, bad_limit: Bools, sides: Codes
) -> None:
    """Block what has a value that is no number, or a bound on the wrong side of a limit."""
    wrong = ((sides < 0) & ~np.isnan(values.lower)) | ((sides > 0) & ~np.isnan(values.upper))
    for i in np.flatnonzero(wrong).tolist():
        told = j.named(values, i, text=f"{'<' if sides[i] < 0 else '>'}{values.value[i]:g}")
        block: tuple[int, What] = (int(values.trait[i]), "values")
        j.tell(kinds.NOT_A_VALUE, j.spot(values, i), int(values.result[i]), block, **told)
    for i in np.flatnonzero(faulty).tolist():
        sheet = j.sheets[int(values.sheet[i])]
        cell = int(values.row[i]), int(values.column[i])
        told = j.named(values, i, text=sheet.values.texts.get(cell, "-"))
        j.tell(kinds.NOT_A_VALUE, j.spot(values, i), int(values.result[i]),
                   (int(values.trait[i]), "values"), **told)  # fmt: skip
    keys = np.stack([values.result, values.trait], axis=1)
    for i in firsts(keys, np.flatnonzero(bad_limit)):
        sheet = j.sheets[int(values.sheet[i])]
        told = j.named(values, i, text=sheet.values.limit_texts.get(int(values.column[i]), "-"))
        j.tell(kinds.NOT_A_LIMIT, j.spot(values, i), int(values.result[i]),
                   (int(values.trait[i]), "limits"), **told)  # fmt: skip


def check_limits(j: Joining, values: Values) -> None:
    """Tell limits the wrong way round, and limits that differ within a characteristic."""
    if not len(values):
        return
    reversed_ = np.flatnonzero(values.lower >= values.upper)
    keys = np.stack([values.result, values.trait], axis=1)
    for i in firsts(keys, reversed_):
        r, t = int(values.result[i]), int(values.trait[i])
        told = j.named(values, i, lower=f"{values.lower[i]:g}", upper=f"{values.upper[i]:g}")
        j.tell(kinds.LIMITS_REVERSED, j.spot(values, i), r, (t, "limits"), **told)
    pairs = np.stack([values.result, values.trait], axis=1)
    new = np.any(pairs[1:] != pairs[:-1], axis=1)
    same = ~new
    differ = same & ~(
        _equal(values.lower[1:], values.lower[:-1]) & _equal(values.upper[1:], values.upper[:-1])
    )
    told_of = {(b.result, b.trait) for b in j.blocks if b.what == "limits"}
    for i in firsts(keys, np.flatnonzero(differ) + 1):
        r, t = int(values.result[i]), int(values.trait[i])
        if (r, t) in told_of:
            continue
        first = _span(values.lower[i - 1], values.upper[i - 1])
        told = j.named(values, i, first=first, second=_span(values.lower[i], values.upper[i]))
        j.tell(kinds.LIMITS_DIFFER, j.spot(values, i), r, (t, "capability"), **told)


def _factor(unit: str, base: str, shown: str) -> float | None:
    if unit in (base, shown):
        return 1.0
    quantity = Fact(id="value", title=Text("值", "value"), type="number", unit=Text(shown, base))
    return factor(unit, quantity)


def picked(values: Values, places: Ints) -> Values:
    """Return the values at these places, in this order."""
    return Values(*(getattr(values, name)[places] for name in Values.__dataclass_fields__))


def _equal(a: Floats, b: Floats) -> Bools:
    same: Bools = (a == b) | (np.isnan(a) & np.isnan(b))
    return same


def _span(lower: float, upper: float) -> str:
    low = "" if lower != lower else f"≥ {lower:g}"
    high = "" if upper != upper else f"≤ {upper:g}"
    return ", ".join(x for x in (low, high) if x) or "-"
