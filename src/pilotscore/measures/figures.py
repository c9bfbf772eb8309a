"""One measure of all results, or of all their characteristics, with why it is not assessable."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from pilotscore.arrays import Bools, Codes, Floats, Ints
from pilotscore.language import Text, Words
from pilotscore.measures.grouped import Estimate
from pilotscore.records import dataclass


class Why(IntEnum):
    """Why a measure is not assessable; the order is that in which reasons are told."""

    ASSESSED = 0
    NO_DATA = 1
    BAD_DATA = 2
    TOO_FEW = 3
    NO_LIMITS = 4
    NO_TARGET = 5
    CONSTANT = 6
    NEAR_ZERO = 7
    NO_SAMPLES = 8
    NO_TIMES = 9
    NO_LAB = 10
    NO_READINGS = 11
    NO_STORAGE = 12
    NO_MASSES = 13
    NO_STOPS = 14
    NOT_TOLD = 15
    ONE_LIMIT = 16
    FEW_VALUES = 17
    TOO_SKEWED = 18
    NOT_NORMAL = 19
    NO_PARTS = 20
    NO_KEY = 21


REASONS: dict[Why, Text] = {
    Why.NO_DATA: Text("没有批次数据", "there are no batch data"),
    Why.BAD_DATA: Text("数据有问题，见检查结果", "the data are faulty, see the findings"),
    Why.TOO_FEW: Text(
        "{count} 批：太少，不能判断，至少 {least} 批",
        "{count} batches: too few to judge; at least {least}",
    ),
    Why.NO_LIMITS: Text("没有限值（或判定）", "there are no limits (nor verdicts)"),
    Why.ONE_LIMIT: Text("只有一侧的限值", "there is a limit on one side only"),
    Why.NO_TARGET: Text("没有目标值与双侧限值", "there is no target with both limits"),
    Why.CONSTANT: Text(
        "所有数值相同，看不到变异（可能受仪器分辨率所限）",
        "all values are the same, so that no variation shows (the instrument may not resolve it)",
    ),
    Why.NEAR_ZERO: Text(
        "均值与零没有明显差别，相对偏差没有意义",
        "the mean is not clearly different from zero, so that a relative deviation means nothing",
    ),
    Why.NO_SAMPLES: Text("每批只有一个样品", "there is only one sample of each batch"),
    Why.NO_TIMES: Text("没有开始与结束时间或运行小时", "there are no times or hours of running"),
    Why.NO_LAB: Text("没有小试批次可比", "there are no lab batches to compare with"),
    Why.NO_READINGS: Text("没有时间序列", "there is no time series"),
    Why.NO_STORAGE: Text(
        "没有足够的储存数据（每批至少 3 个时间点，有限值）",
        "there are not enough storage data (3 times of each batch, and a limit)",
    ),
    Why.NO_MASSES: Text("没有投入量与产出量", "there are no masses in and out"),
    Why.NO_STOPS: Text(
        "没有非计划停车，只有下限", "there was no unplanned stop: there is a lower bound only"
    ),
    Why.FEW_VALUES: Text(
        "不足 8 个数值，看不出是否有长尾，没有可靠的置信界",
        "fewer than 8 values do not show whether there is a long tail: no bound holds",
    ),
    Why.TOO_SKEWED: Text(
        "偏斜过大（L-偏度超过 0.8），没有可靠的置信界",
        "too skewed (L-skewness beyond 0.8) for any bound to hold",
    ),
    Why.NOT_NORMAL: Text(
        "数值不服从正态分布，而该指数的界以正态为前提，见 Ppk",
        "the values are not normal, as the bounds of this index take them to be; see Ppk",
    ),
    Why.NO_PARTS: Text(
        "没有各桶（罐、子批）的平行样品",
        "there are no casks or drums of a batch with several samples",
    ),
    Why.NO_KEY: Text("缺少关键特性的批次数据", "there are no batch data of a key characteristic"),
    Why.NOT_TOLD: Text("数据不足以计算", "the data do not suffice"),
}


# What a result simply does not have: not worth a word where nothing asks for it.
SILENT = frozenset(
    {
        Why.NO_DATA,
        Why.NO_LAB,
        Why.NO_STORAGE,
        Why.NO_READINGS,
        Why.NO_SAMPLES,
        Why.NO_PARTS,
        Why.NO_TARGET,
        Why.NO_MASSES,
        Why.NO_TIMES,
        Why.ONE_LIMIT,
    }
)


# There are data, and they do not bear a figure out: what is stated does not count in its place,
# nor does another characteristic that is better.
UNPROVEN = frozenset({Why.BAD_DATA, Why.FEW_VALUES, Why.TOO_SKEWED, Why.NOT_NORMAL})


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A measure; shape (k,) each: of each result, or of each group of a characteristic.

    ``low`` and ``high`` are one-sided bounds at the confidence of the criteria set (equal to the
    value where the measure has none), ``count`` is of how many batches (or readings), ``why`` says
    why it is not assessable, ``result`` and ``characteristic`` (-1: of the result as such) whose it
    is.
    """

    result: Ints
    characteristic: Ints
    value: Floats
    low: Floats
    high: Floats
    count: Ints
    why: Codes

    def __len__(self) -> int:
        return len(self.value)

    @property
    def bounds(self) -> tuple[Floats, Floats, Floats]:
        """The value, the lower and the upper bound."""
        return self.value, self.low, self.high


Reasons = list[tuple[Why, Bools]]


def figure(owners: tuple[Ints, Ints], estimate: Estimate, count: Ints, reasons: Reasons) -> Figure:
    """Return a figure; the first reason that holds says why one is not assessable.

    Parameters
    ----------
    owners
        Result and characteristic, as in :class:`Figure`.
    estimate, count
        The value with its bounds, and of how many batches.
    reasons
        Each reason, and where it holds; where none does and there is no value, it is not told why.
    """
    value, low, high = estimate.value, estimate.low, estimate.high
    why = np.zeros(len(value), dtype=np.int8)
    for reason, holds in reasons:
        why = np.where((why == 0) & holds, reason, why).astype(np.int8)
    # A lower bound alone is enough to judge by: no stop at all is better than any.
    missing = np.isnan(value) & np.isnan(low)
    why = np.where((why == 0) & missing, Why.NOT_TOLD, why).astype(np.int8)
    bounds = (value, np.where(np.isnan(low), value, low), np.where(np.isnan(high), value, high))
    value, low, high = (np.where(why == 0, x, np.nan) for x in bounds)
    return Figure(*owners, value, low, high, count, why)


def reason_text(why: int, count: int, least: int) -> Words:
    """Say why a measure is not assessable."""
    return REASONS[Why(why)].of(count=count, least=least)
