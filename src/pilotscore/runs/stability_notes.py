"""What a reader must know of the figures of a characteristic, in words."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from pilotscore.language import Text, Words
from pilotscore.measures.resolution import last_digit
from pilotscore.measures.stability import Stability
from pilotscore.runs.stability_grounds import SIGNIFICANT, Grounds
from pilotscore.runs.two_batches import still_known
from pilotscore.wording.figures import p_value

_NOT_NORMAL = Text(
    "数值不服从正态分布（Anderson-Darling 检验 {p}），Pp、Ppk 按百分位数计算（ISO 22514）",
    "the values are not normal (Anderson-Darling {p}): Pp and Ppk are by percentiles (ISO 22514)",
)
_NO_FORM = Text(
    "数值不服从正态分布（Anderson-Darling 检验 {p}）",
    "the values are not normal (Anderson-Darling {p})",
)
_NORMAL = Text(
    "正态性检验（Anderson-Darling）{p}，未见偏离",
    "test of normality (Anderson-Darling) {p}: no departure seen",
)
_SAME = Text(
    "所有数值都是 {value}：RSD 的上界是末位数字（{step}）可能掩盖的变异",
    "all values are {value}: the upper bound of the RSD is what the last digit ({step}) can hide",
)
_TRUNCATED = Text(
    "批间方差的估计为负，按 0 计（批间差异小于批内差异所能解释的）",
    "the estimate of the variance between batches is negative and given as 0",
)
_TREND = Text("有{way}趋势（Mann-Kendall 检验 {p}）", "a trend {way} (Mann-Kendall {p})")
_NO_TREND = Text("未见趋势（Mann-Kendall 检验 {p}）", "no trend seen (Mann-Kendall {p})")
_UPWARDS, _DOWNWARDS = Text("上升", "upwards"), Text("下降", "downwards")
_CORRELATED = Text(
    "相邻批次自相关（r = {r:.2f}），趋势检验的 p 值偏小",
    "neighbouring batches are correlated (r = {r:.2f}): p-values of the trend are too small",
)
_CHANGES = Text(
    "水平可能在这些批次起改变：{at}（Pettitt 检验）",
    "the level may have changed from these batches on: {at} (Pettitt's test)",
)
_ONE_BATCH = Text(
    "货架期只依据一批（{batch}），不能检验各批能否合并（ICH Q1E 要求至少 3 批）："
    "只对这一批成立，暂作参考",
    "the shelf life rests on one batch ({batch}): whether batches may be pooled cannot be tested "
    "(ICH Q1E asks for 3); it holds of this batch alone and is provisional",
)
_TWO_BATCHES = Text(
    "货架期依据 {count} 批，少于 ICH Q1E 要求的 3 批，暂作参考；斜率相等检验 {p}",
    "the shelf life rests on {count} batches, fewer than the 3 that ICH Q1E asks for, and is "
    "provisional; test of equal slopes {p}",
)


def notes_of(stability: Stability, group: int | None, behind: Grounds) -> Iterator[Words]:
    """Say what a reader must know of the figures: their form, correlation, jumps of level."""
    if group is not None:
        yield from _notes_of_values(stability, group)
    if behind.changes is not None and behind.changes.batches:
        yield _CHANGES.of(at=", ".join(behind.changes.batches))
    storage = behind.storage
    if storage is not None and storage.batches == 1:
        yield _ONE_BATCH.of(batch=storage.name)
    elif storage is not None and storage.provisional:
        yield _TWO_BATCHES.of(count=storage.batches, p=p_value(storage.slopes))


def _notes_of_values(stability: Stability, group: int) -> Iterator[Words]:
    start, end = stability.groups.starts[group : group + 2]
    if end - start == 2:
        limits = (float(stability.limits[0][group]), float(stability.limits[1][group]))
        means, names = stability.batch_means[start:end], batch_names(stability, group)
        yield from still_known(means, names, limits, stability.measuring.confidence)
    performance = stability.performance
    p = float(performance.normal[group])
    if performance.by_percentiles[group]:
        yield _NOT_NORMAL.of(p=p_value(p))
    elif p < stability.measuring.normality:
        yield _NO_FORM.of(p=p_value(p))
    elif not math.isnan(p):
        yield _NORMAL.of(p=p_value(p))
    if stability.components.truncated[group] and not stability.nested.known[group]:
        yield _TRUNCATED
    start, end = stability.groups.value_starts[group : group + 2]
    own = stability.groups.values[start:end]
    if len(own) > 1 and np.ptp(own) == 0 and math.isfinite(step := last_digit(float(own[0]))):
        yield _SAME.of(value=f"{own[0]:.12g}", step=f"{step:g}")
    yield from _notes_of_drift(stability, group)


def _notes_of_drift(stability: Stability, group: int) -> Iterator[Words]:
    drift = stability.drift
    p = float(drift.p[group])
    if p < SIGNIFICANT:
        way = _UPWARDS if drift.slope.value[group] > 0 else _DOWNWARDS
        yield _TREND.of(way=way, p=p_value(p))
    elif not math.isnan(p):
        yield _NO_TREND.of(p=p_value(p))
    if drift.correlated[group]:
        yield _CORRELATED.of(r=float(drift.r1[group]))


def batch_names(stability: Stability, group: int) -> list[str]:
    """Return the names of the batches of a group, in order; #n where one has none."""
    g = stability.groups
    batches = g.batch[g.starts[group] : g.starts[group + 1]].tolist()
    return [stability.data.batches.name[b] or f"#{n + 1}" for n, b in enumerate(batches)]
