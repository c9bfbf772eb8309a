"""The readings of time series: in order of time, without those that are no numbers."""

from __future__ import annotations

import datetime

import numpy as np

from pilotscore.arrays import Ints
from pilotscore.workbook.batches import kinds
from pilotscore.workbook.batches.batches import Readings
from pilotscore.workbook.batches.context import Joining, firsts
from pilotscore.workbook.batches.records import joined, picked
from pilotscore.workbook.batches.sheet import BatchSheet

_NONE, _NO_PLACES = np.zeros(0), np.zeros(0, dtype=np.int64)


def collect_readings(j: Joining, whose: list[Ints]) -> tuple[Readings, dict[tuple[int, int], str]]:
    """Return the readings of all sheets, and the units of their tags."""
    parts = [Readings(_NO_PLACES, _NO_PLACES, _NONE, _NONE, _NONE, _NONE)]
    units: dict[tuple[int, int], str] = {}
    for sheet, owners, characteristics in zip(j.sheets, whose, j.characteristics_of, strict=True):
        v = sheet.values
        if sheet.layout != "series" or not len(v.value):
            continue
        _check_clock(j, sheet, owners)
        _tell_bad_readings(j, sheet, owners)
        time = sheet.rows.begin[v.row]
        keep = (owners[v.row] >= 0) & ~np.isnan(time) & ~v.faulty
        readings = Readings(owners[v.row], characteristics[v.name], time, v.value, v.lower, v.upper)
        parts.append(picked(readings, keep))
        for characteristic, unit in zip(characteristics.tolist(), sheet.units, strict=True):
            if unit:
                units |= {
                    (r, characteristic): unit for r in np.unique(owners[owners >= 0]).tolist()
                }
    all_ = joined(parts)
    return picked(
        all_, np.lexsort((all_.value, all_.time, all_.characteristic, all_.result))
    ), units


def _tell_bad_readings(j: Joining, sheet: BatchSheet, owners: Ints) -> None:
    """Tell readings that are no numbers, once for each tag: they are left out."""
    v = sheet.values
    bad = np.flatnonzero(v.faulty & (owners[v.row] >= 0))
    for i in firsts(v.name[:, None], bad):
        cell = int(sheet.rows.rows[v.row[i]]), int(v.column[i])
        j.tell(
            kinds.BAD_READINGS,
            sheet.place(*cell),
            int(owners[v.row[i]]),
            name=sheet.names[int(v.name[i])],
            count=int((v.name[bad] == v.name[i]).sum()),
            text=sheet.texts.get(cell, "-"),
        )


def _check_clock(j: Joining, sheet: BatchSheet, owners: Ints) -> None:
    """Tell times that run backwards; the readings are put in order of time all the same."""
    time = sheet.rows.begin
    some = np.flatnonzero(~np.isnan(time) & (owners >= 0))
    same_owner = owners[some][1:] == owners[some][:-1]
    back = np.flatnonzero(same_owner & (np.diff(time[some]) < 0))
    if not len(back):
        return
    before, after = int(some[back[0]]), int(some[back[0] + 1])
    j.tell(
        kinds.CLOCK_BACK,
        sheet.place(int(sheet.rows.rows[after]), sheet.columns.get("time")),
        int(owners[after]),
        count=len(back),
        before=_clock(float(time[before])),
        after=_clock(float(time[after])),
    )


def _clock(hours: float) -> str:
    if hours < 24 * 365:
        return f"{hours:g} h"
    return str(datetime.datetime(1970, 1, 1) + datetime.timedelta(hours=hours))[:19]
