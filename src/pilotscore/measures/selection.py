"""Which batches and values are judged, in the groups in which they are worked out."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.criteria import Measuring
from pilotscore.measures.grouped import starts_of
from pilotscore.records import dataclass
from pilotscore.workbook.batches.batches import BatchData
from pilotscore.workbook.batches.words import BatchScale, Status

_SCALES = {
    "lab": BatchScale.LAB,
    "pilot": BatchScale.PILOT,
    "production": BatchScale.PRODUCTION,
}


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Values by result and characteristic, then batch in order: shapes as below.

    ``place`` is where each value stands among all values of the data, shape (v,). Each of b batches
    of a group has one or more of them: ``batch_starts`` (b + 1,) into the values, ``starts`` (g +
    1,) into the batches, ``batch`` (b,) which batch of the data it is. ``result`` and
    ``characteristic`` are those of each group, shape (g,).
    """

    result: Ints
    characteristic: Ints
    starts: Ints
    batch: Ints
    batch_starts: Ints
    place: Ints
    values: Floats

    def __len__(self) -> int:
        return len(self.result)

    @property
    def value_starts(self) -> Ints:
        """Where each group begins among the values, shape (g + 1,)."""
        return np.asarray(self.batch_starts[self.starts])


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Which rows are batches, which are judged, and which of a judged scale are left out: (b,)."""

    is_batch: Bools
    judged: Bools
    left_out: Bools


def counted(data: BatchData, measuring: Measuring) -> Counted:
    """Say which rows are batches, and which of them are judged.

    A batch has a number or a value; a stop is none. Judged are those of the scales that the
    criteria set names, without those that it leaves out.
    """
    batches = data.batches
    has_value = np.zeros(len(batches), dtype=bool)
    has_value[data.values.batch] = True
    named = np.array([n != "" for n in batches.name], dtype=bool)
    stops = np.isin(batches.status, (Status.PLANNED_STOP, Status.UNPLANNED_STOP))
    is_batch = (named | has_value) & ~(stops & ~has_value)
    scales = [int(_SCALES[s]) for s in measuring.scales]
    of_scale = is_batch & np.isin(batches.scale, scales)
    return Counted(is_batch, of_scale & ~batches.left_out, of_scale & batches.left_out)


def group_values(data: BatchData, use: Bools) -> Groups:
    """Return the values that are used, grouped by result and characteristic.

    Parameters
    ----------
    data
        The batch data, whose values are in this order already.
    use
        Which values are used, shape (v,).
    """
    v = data.values
    place = np.flatnonzero(use)
    result, characteristic, batch = v.result[place], v.characteristic[place], v.batch[place]
    key = result * max(len(data.characteristics), 1) + characteristic
    new_batch = np.ones(len(place), dtype=bool)
    if len(place):
        new_batch[1:] = (key[1:] != key[:-1]) | (batch[1:] != batch[:-1])
    first = np.flatnonzero(new_batch)
    batch_starts = np.append(first, len(place)).astype(np.int64)
    batch_key = key[first]
    groups, index = np.unique(batch_key, return_inverse=True)
    starts = starts_of(index.reshape(-1), len(groups))
    characteristics = max(len(data.characteristics), 1)
    return Groups(
        groups // characteristics,
        groups % characteristics,
        starts,
        batch[first],
        batch_starts,
        place,
        v.value[place],
    )


def fresh(data: BatchData, batches: Bools) -> Bools:
    """Say which values are of these batches and not of a sample that was kept, shape (v,)."""
    v = data.values
    stored = np.isfinite(v.months) & (v.months > 0)
    return np.asarray(batches[v.batch] & ~stored)
