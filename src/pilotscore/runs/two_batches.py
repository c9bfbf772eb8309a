"""What two batches still say: too few for any measure of variation, but not nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.language import Text, Words
from pilotscore.measures.variation import mean_interval

_KNOWN = Text(
    "只有两批（{names}）：不足以判断变异；已知均值 {mean}（单侧 {level:.0%} 界 {low} 至 {high}），"
    "两批相差 {apart}",
    "two batches only ({names}): too few to judge variation; known are the mean {mean} (one-sided "
    "{level:.0%} bounds {low} to {high}) and that they are {apart} apart",
)
_INSIDE = Text("两批均在限值内", "both batches are within the limits")
_OUTSIDE = Text("不在限值内：{names}", "not within the limits: {names}")


def still_known(
    means: Floats, names: Sequence[str], limits: tuple[float, float], confidence: float
) -> Iterator[Words]:
    """Say what is known of a characteristic of which there are two batches.

    Parameters
    ----------
    means, names
        The mean of each of the two batches, and their names.
    limits
        The lower and the upper limit, nan where there is none.
    confidence
        Of each one-sided bound of the mean.
    """
    mean = mean_interval(means, np.array([0, 2]), confidence)
    yield _KNOWN.of(
        names=", ".join(f"{n} {x:.6g}" for n, x in zip(names, means.tolist(), strict=True)),
        mean=f"{mean.value[0]:.5g}",
        low=f"{mean.low[0]:.5g}",
        high=f"{mean.high[0]:.5g}",
        level=confidence,
        apart=f"{abs(means[1] - means[0]):.5g}",
    )
    if np.isnan(limits).all():
        return
    outside = (means < limits[0]) | (means > limits[1])
    if not outside.any():
        yield _INSIDE
        return
    yield _OUTSIDE.of(names=", ".join(n for n, o in zip(names, outside, strict=True) if o))
