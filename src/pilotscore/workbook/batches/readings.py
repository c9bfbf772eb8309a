"""The readings of time series: in order of time, without those that are no numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from pilotscore.arrays import Ints
from pilotscore.workbook.batches import kinds
from pilotscore.workbook.batches.batches import Readings
from pilotscore.workbook.batches.context import Joining, firsts
from pilotscore.workbook.batches.sheet import BatchSheet


def collect_readings(j: Joining, whose: list[Ints]) -> tuple[Readings, dict[tuple[int, int], str]]:
    """Return the readings of all sheets, and the units of their tags."""
    parts: list[list[Any]] = []
    units: dict[tuple[int, int], str] = {}
    for n, (sheet, owners) in enumerate(zip(j.sheets, whose, strict=True)):
        v = sheet.values
        if sheet.layout != "series" or not len(v.value):
            continue
        _check_clock(j, sheet, owners)
        _tell_bad_readings(j, sheet, owners)
        traits = np.array(j.trait_of[n], dtype=np.int64)
        time = sheet.rows.begin[v.row]
        keep = (owners[v.row] >= 0) & ~np.isnan(time) & ~v.faulty
        where = v.row[keep]
        parts.append([
            owners[where], traits[v.name[keep]], time[keep], v.value[keep], v.lower[keep], v.upper[keep],
        ])  # fmt: skip
        for k, unit in enumerate(sheet.units):
            for r in np.unique(owners[owners >= 0]).tolist():
                if unit:
                    units[r, int(traits[k])] = unit
    if not parts:
        none, places = np.zeros(0), np.zeros(0, dtype=np.int64)
        return Readings(places, places, none, none, none, none), {}
    joined = [np.concatenate(c) for c in zip(*parts, strict=True)]
    order = np.lexsort((joined[3], joined[2], joined[1], joined[0]))
    return Readings(*(x[order] for x in joined)), units


def _tell_bad_readings(j: Joining, sheet: BatchSheet, owners: Ints) -> None:
    """Tell readings that are no numbers, once for each tag: they are left out."""
    v = sheet.values
    bad = np.flatnonzero(v.faulty & (owners[v.row] >= 0))
    for i in firsts(v.name[:, None], bad):
        cell = int(sheet.rows.rows[v.row[i]]), int(v.column[i])
        told: dict[str, Any] = {
            "name": sheet.names[int(v.name[i])],
            "count": int((v.name[bad] == v.name[i]).sum()),
            "text": v.texts.get(cell, "-"),
        }
        j.tell(kinds.BAD_READINGS, j.place(sheet, *cell), int(owners[v.row[i]]), **told)


def _check_clock(j: Joining, sheet: BatchSheet, owners: Ints) -> None:
    """Tell times that run backwards; the readings are put in order of time all the same."""
    time = sheet.rows.begin
    some = np.flatnonzero(~np.isnan(time) & (owners >= 0))
    same_owner = owners[some][1:] == owners[some][:-1]
    back = np.flatnonzero(same_owner & (np.diff(time[some]) < 0))
    if not len(back):
        return
    at = int(some[back[0] + 1])
    before = int(some[back[0]])
    values = {
        "count": len(back),
        "before": _clock(float(time[before])),
        "after": _clock(float(time[at])),
    }
    spot = j.place(sheet, int(sheet.rows.rows[at]), sheet.columns.get("time"))
    j.tell(kinds.CLOCK_BACK, spot, int(owners[at]), None, **values)


def _clock(hours: float) -> str:
    import datetime

    if hours < 24 * 365:
        return f"{hours:g} h"
    return str(datetime.datetime(1970, 1, 1) + datetime.timedelta(hours=hours))[:19]
