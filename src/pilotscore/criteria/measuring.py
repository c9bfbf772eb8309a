"""What a criteria file says of batch data: which measure feeds an indicator, and how it is read."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from pilotscore.criteria.names import normalise
from pilotscore.criteria.parts import Bilingual, Identifier, Part, Words, spellings
from pilotscore.language import Text

MeasureName = Literal[
    "batches", "qualified_batches", "consecutive_batches", "qualified_rate", "first_pass_rate",
    "rsd", "between_rsd", "within_rsd", "cp", "cpk", "pp", "ppk", "cpm", "signal_rate", "drift",
    "longest_run", "total_hours", "availability", "hours_between_stops", "steady_share",
    "scale_up_ratio", "equivalence", "shelf_life", "mass_balance",
]  # fmt: skip
BoundName = Literal["conservative", "estimate", "lower", "upper"]
Scale = Literal["lab", "pilot", "production"]
Role = Literal["quality", "yield", "input", "output"]
# What a measure is of: each characteristic, or the result's batches as such.
Basis = Literal["characteristic", "result"]


class Measure(Part):
    """A measure that can be worked out from batch data.

    ``least`` is the number of batches (of readings, for a time series) below which no judgement is
    possible at all; a criteria set may ask for more. ``better`` says which side is the better one,
    so that the worst of several characteristics can be told; None where it depends on the
    indicator's value function.
    """

    id: MeasureName
    title: Bilingual
    unit: Bilingual
    basis: Basis
    least: int
    better: Literal["high", "low"] | None
    types: Words


def _measure(
    name: MeasureName, zh: str, en: str, unit: tuple[str, str], basis: Basis, least: int,
    better: Literal["high", "low"] | None, types: tuple[str, ...],
) -> Measure:  # fmt: skip
    return Measure(
        id=name, title=Text(zh, en), unit=Text(*unit), basis=basis, least=least, better=better,
        types=types,
    )  # fmt: skip


_NONE, _PERCENT, _HOURS = ("", ""), ("%", "%"), ("h", "h")
_BATCHES = ("批", "batches")
_COUNT = ("count", "number")
_SHARE = ("percent", "number")
_RATIO = ("ratio", "number")
_TIME = ("hours", "number")
MEASURES: dict[str, Measure] = {
    m.id: m
    for m in (
        _measure("batches", "批次数", "batches", _BATCHES, "result", 1, "high", _COUNT),
        _measure("qualified_batches", "合格批次数", "qualified batches", _BATCHES, "result", 1, "high", _COUNT),
        _measure("consecutive_batches", "最长连续合格批次数", "qualified batches in a row", _BATCHES, "result", 1, "high", _COUNT),
        _measure("qualified_rate", "批次合格率", "share of qualified batches", _PERCENT, "result", 1, "high", _SHARE),
        _measure("first_pass_rate", "一次合格率", "first-pass rate", _PERCENT, "result", 1, "high", _SHARE),
        _measure("rsd", "批间相对标准偏差", "batch-to-batch RSD", _PERCENT, "characteristic", 3, "low", _SHARE),
        _measure("between_rsd", "批间变异（方差分量）", "between-batch RSD (variance component)", _PERCENT, "characteristic", 3, "low", _SHARE),
        _measure("within_rsd", "批内变异（方差分量）", "within-batch RSD (variance component)", _PERCENT, "characteristic", 3, "low", _SHARE),
        _measure("cp", "过程能力指数 Cp", "Cp", _NONE, "characteristic", 3, "high", _RATIO),
        _measure("cpk", "过程能力指数 Cpk", "Cpk", _NONE, "characteristic", 3, "high", _RATIO),
        _measure("pp", "过程性能指数 Pp", "Pp", _NONE, "characteristic", 3, "high", _RATIO),
        _measure("ppk", "过程性能指数 Ppk", "Ppk", _NONE, "characteristic", 3, "high", _RATIO),
        _measure("cpm", "过程能力指数 Cpm", "Cpm", _NONE, "characteristic", 3, "high", _RATIO),
        _measure("signal_rate", "控制图失控点比例", "points flagged by run rules", _PERCENT, "characteristic", 8, "low", _SHARE),
        _measure("drift", "漂移（均值的百分比）", "drift, percent of the mean", ("%", "%"), "characteristic", 5, "low", _SHARE),
        _measure("longest_run", "最长连续运行时间", "longest uninterrupted run", _HOURS, "result", 1, "high", _TIME),
        _measure("total_hours", "累计运行时间", "hours run in all", _HOURS, "result", 1, "high", _TIME),
        _measure("availability", "可用率", "availability", _PERCENT, "result", 1, "high", _SHARE),
        _measure("hours_between_stops", "非计划停车平均间隔", "mean time between unplanned stops", _HOURS, "result", 1, "high", _TIME),
        _measure("steady_share", "稳态时间占比", "share of time in steady state", _PERCENT, "characteristic", 50, "high", _SHARE),
        _measure("scale_up_ratio", "中试与小试之比", "ratio of pilot to lab", _NONE, "characteristic", 3, "high", _RATIO),
        _measure("equivalence", "中试与小试等效", "pilot equivalent to lab", _NONE, "characteristic", 3, "high", ("yes_no",)),
        _measure("shelf_life", "货架期", "shelf life", ("月", "months"), "characteristic", 3, "high", ("number", "years")),
        _measure("mass_balance", "物料平衡闭合率", "mass balance closure", _PERCENT, "result", 1, None, _SHARE),
    )
}  # fmt: skip


class Characteristic(Part):
    """Something that is measured of each batch: how a workbook names it, and its limits.

    The limits count where the workbook states none. ``role`` says what a characteristic is for the
    measures that need to know: the yield, or what goes in and comes out.
    """

    id: Identifier
    title: Bilingual
    unit: Bilingual | None = None
    aliases: Words = ()
    role: Role = "quality"
    lower: float | None = None
    upper: float | None = None
    target: float | None = None

    @cached_property
    def spellings(self) -> frozenset[str]:
        """Every spelling of it, reduced for comparison."""
        return frozenset(map(normalise, spellings(self)))


class Measured(Part):
    """Which measure of the batch data gives an indicator its value."""

    measure: MeasureName
    of: str | Words = Field(
        "worst",
        description="The characteristic, or several of which the worst counts; worst: of all.",
    )
    bound: BoundName = Field(
        "conservative", description="What is scored: the less favourable bound, or the estimate."
    )
    at_least: Annotated[int, Field(ge=1)] | None = Field(
        None, description="With fewer batches the indicator scores nothing."
    )
    stated: Literal["counts", "nothing"] = Field(
        "counts", description="Whether a stated value counts where there are no batch data."
    )

    @property
    def least(self) -> int:
        """The number of batches below which it scores nothing."""
        return max(self.at_least or 0, MEASURES[self.measure].least)

    @property
    def named(self) -> tuple[str, ...]:
        """The characteristics that are asked for; none where all are."""
        if isinstance(self.of, str):
            return () if self.of == "worst" else (self.of,)
        return self.of


class Measuring(Part):
    """How batch data are read and judged, for all indicators of a set."""

    characteristics: tuple[Characteristic, ...] = ()
    scales: Annotated[tuple[Scale, ...], Field(min_length=1)] = Field(
        ("pilot", "production"), description="Batches of which scale are judged."
    )
    confidence: Annotated[float, Field(gt=0.5, lt=1)] = 0.95
    rules: tuple[Annotated[int, Field(ge=1, le=8)], ...] = Field(
        (1, 2, 3), description="The run rules of control charts, as Nelson numbers them."
    )
    longest_pause: Annotated[float, Field(ge=0)] = Field(
        2.0, description="Hours of pause that do not end an uninterrupted run."
    )
    margin: tuple[Annotated[float, Field(gt=0)], Annotated[float, Field(gt=0)]] = Field(
        (0.9, 1.1111), description="The ratios of pilot to lab within which both are equivalent."
    )
    normality: Annotated[float, Field(ge=0, lt=0.5)] = Field(
        0.05, description="Where the test of normality falls below, percentiles count instead."
    )
    discarded_without_reason: Literal["failed", "left_out"] = "failed"
    discarded_with_reason: Literal["failed", "left_out"] = "left_out"
    evidence: Identifier | None = Field(
        None,
        description="The grade of evidence that values worked out from raw data have at least.",
    )


BUILT_IN_CHARACTERISTICS: tuple[Characteristic, ...] = (
    Characteristic(
        id="yield", title=Text("收率", "Yield"), role="yield",
        aliases=("产率", "得率", "总收率", "产品收率", "yield rate", "overall yield"),
    ),
    Characteristic(
        id="input", title=Text("投入量", "Input"), role="input",
        aliases=("投料量", "投料", "投入", "进料量", "进料", "总投入", "总投料量", "feed", "charge", "input mass", "mass in"),
    ),
    Characteristic(
        id="output", title=Text("产出量", "Output"), role="output",
        aliases=("产出", "出料量", "出料", "总产出", "总出料量", "output mass", "mass out"),
    ),
)  # fmt: skip
