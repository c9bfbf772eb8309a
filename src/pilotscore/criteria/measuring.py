"""What a criteria file says of batch data: which measure feeds an indicator, and how it is read."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from importlib import import_module
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticKnownError, core_schema

from pilotscore.criteria.names import normalise
from pilotscore.criteria.parts import Bilingual, Identifier, Part, Strings, spellings
from pilotscore.language import NOTHING, Text
from pilotscore.records import dataclass

BoundName = Literal["conservative", "estimate", "lower", "upper"]
Scale = Literal["lab", "pilot", "production"]
Role = Literal["quality", "yield", "input", "output"]
# What a measure is of: each characteristic, or the result's batches as such.
Basis = Literal["characteristic", "result"]


class Bounded(NamedTuple):
    """One value of a measure with its bounds."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Verdict(Text):
    """What a value means, and whether that is good."""

    good: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a measure is in: its unit, and the types of the indicators that it can feed."""

    unit: Text
    types: tuple[str, ...]


COUNT = Quantity(Text("批", "batches"), ("count", "number"))
PERCENT = Quantity(Text("%", "%"), ("percent", "number"))
RATIO = Quantity(NOTHING, ("ratio", "number"))
HOURS = Quantity(Text("h", "h"), ("hours", "number"))


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure worked out from batch data, as :mod:`pilotscore.measures.catalogue` has it.

    ``figure`` works it out from a :class:`~pilotscore.measures.stability.Stability`. ``least`` is
    the number of batches (of readings, for a time series) below which no judgement is possible at
    all; a criteria set may ask for more. ``place`` orders measures in lists, ``row`` in a report
    where that differs. ``verdict`` says what a value means by its bounds, where it does not speak
    for itself.
    """

    id: str
    title: Text
    quantity: Quantity
    figure: Callable[[Any], Any]
    place: int
    basis: Basis = "result"
    least: int = 1
    row: int | None = None
    verdict: Callable[[Bounded], Verdict] | None = None

    @property
    def unit(self) -> Text:
        """The unit of its values."""
        return self.quantity.unit

    @property
    def types(self) -> tuple[str, ...]:
        """The types of the indicators that it can feed."""
        return self.quantity.types


class _Measures(Mapping[str, Measure]):
    """Every measure by its name, as the files of the catalogue declare them.

    They are looked for when the first one is asked for, and not imported by name: what is measured
    stands above the criteria, and adding a measure is adding a file there.
    """

    @cached_property
    def _declared(self) -> dict[str, Measure]:
        catalogue = import_module("pilotscore.measures.catalogue")
        declared: list[Measure] = []
        for module in pkgutil.iter_modules(catalogue.__path__):
            declared.extend(import_module(f"{catalogue.__name__}.{module.name}").MEASURES)
        return {m.id: m for m in sorted(declared, key=lambda m: m.place)}

    def __getitem__(self, name: str) -> Measure:
        return self._declared[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._declared)

    def __len__(self) -> int:
        return len(self._declared)

    def in_report(self, basis: Basis) -> list[Measure]:
        """Return the measures of results, or of characteristics, in the order of a report."""
        own = [m for m in self.values() if m.basis == basis]
        return sorted(own, key=lambda m: m.place if m.row is None else m.row)


MEASURES = _Measures()


class _MeasureNames:
    """Lets pydantic take the name of a measure, as it does one of a literal."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._known)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"enum": list(MEASURES), "type": "string"}

    @staticmethod
    def _known(name: Any) -> str:
        if isinstance(name, str) and name in MEASURES:
            return name
        *others, last = (f"'{m}'" for m in MEASURES)
        raise PydanticKnownError("literal_error", {"expected": f"{', '.join(others)} or {last}"})


MeasureName = Annotated[str, _MeasureNames()]


class Characteristic(Part):
    """Something that is measured of each batch: how a workbook names it, and its limits.

    The limits count where the workbook states none. ``role`` says what a characteristic is for the
    measures that need to know: the yield, or what goes in and comes out. Without one that is
    ``key`` nothing is judged: leaving it out never helps.
    """

    id: Identifier
    title: Bilingual
    unit: Bilingual | None = None
    aliases: Strings = ()
    role: Role = "quality"
    key: bool = Field(False, description="Without it batch data are not judged.")
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
    of: str | Strings = Field(
        "worst",
        description="The characteristic, or several of which the worst counts; worst: of all; "
        "key: of those that are key.",
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
            return () if self.of in ("worst", "key") else (self.of,)
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
        0.05,
        description="Below this p-value Pp and Ppk are shown by percentiles; no Cp, Cpk, Cpm.",
    )
    shelf_life_variance: Literal["pooled", "own"] = Field(
        "pooled",
        description="Of batches that may not be pooled: one variance for all (Minitab), or each "
        "its own (JMP).",
    )
    discarded_without_reason: Literal["failed", "left_out"] = "failed"
    discarded_with_reason: Literal["failed", "left_out"] = "left_out"
    discarded_in_runs: Literal["failed", "all", "none"] = Field(
        "failed",
        description="Which batches that are left out end a run of qualified batches: those that "
        "failed, all of them, or none.",
    )
    evidence: Identifier | None = Field(
        None,
        description="The grade of evidence that values worked out from raw data have at least.",
    )


def key_characteristics(measuring: Measuring) -> tuple[Characteristic, ...]:
    """Return the characteristics without which nothing is judged."""
    return tuple(c for c in measuring.characteristics if c.key)


BUILT_IN_CHARACTERISTICS: tuple[Characteristic, ...] = (
    Characteristic(
        id="yield",
        title=Text("收率", "Yield"),
        role="yield",
        aliases=("产率", "得率", "总收率", "产品收率", "yield rate", "overall yield"),
    ),
    Characteristic(
        id="input",
        title=Text("投入量", "Input"),
        role="input",
        aliases=(
            *("投料量", "投料", "投入", "进料量", "进料", "总投入", "总投料量"),
            *("feed", "charge", "input mass", "mass in"),
        ),
    ),
    Characteristic(
        id="output",
        title=Text("产出量", "Output"),
        role="output",
        aliases=("产出", "出料量", "出料", "总产出", "总出料量", "output mass", "mass out"),
    ),
)
