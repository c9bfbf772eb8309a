"""What a criteria file says, as frozen and validated objects.

The shape of the file is the shape of these classes; ``docs/criteria-files.md`` explains each field.
What concerns several places of a file at once (sums, references, order) is in ``checks/``.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from pilotscore.criteria.categories import Category, FormerWord, anchors_of_bands
from pilotscore.criteria.condition import Condition, parse
from pilotscore.criteria.decision_methods import METHODS, DecisionMethod, MethodName
from pilotscore.criteria.deriving import RIGHTS_FACTS, Derived, RightsRules
from pilotscore.criteria.measuring import Measured, Measuring
from pilotscore.criteria.names import normalise
from pilotscore.criteria.panel import PanelSettings
from pilotscore.criteria.parts import Bilingual, Identifier, Name, Part, Strings, spellings
from pilotscore.criteria.robustness import RobustnessRules
from pilotscore.criteria.scales import with_points, with_scale
from pilotscore.criteria.uncertainty import UncertaintyRules
from pilotscore.language import Text

IndicatorType = Literal[
    "level",
    "number",
    "count",
    "ratio",
    "percent",
    "money",
    "hours",
    "years",
    "yes_no",
    "category",
    "bands",
]
FactType = Literal[
    "text",
    "yes_no",
    "category",
    "number",
    "count",
    "ratio",
    "percent",
    "money",
    "hours",
    "years",
    "level",
    "date",
]
# The types whose values are numbers: a level is one of them, a whole one; bands are points.
NUMBERS = frozenset({"number", "count", "ratio", "percent", "money", "hours", "years"})
NUMERIC = NUMBERS | {"level", "bands"}
_UNITS = {
    "hours": {"zh": "h", "en": "h"},
    "years": {"zh": "年", "en": "years"},
    "bands": {"zh": "分", "en": "points"},
}
Direction = Literal["max", "min", "range"]


def _by_name(named: Iterable[Category | EvidenceGrade | FormerWord]) -> dict[str, int]:
    return {normalise(spelling): i for i, x in enumerate(named) for spelling in spellings(x)}


class Quantity(Part):
    """What an indicator and a fact have in common: a name, a type, and how a header names it."""

    id: Name
    title: Bilingual
    unit: Bilingual | None = None
    aliases: Strings = ()
    levels: str | None = Field(
        None, description="A named scale, such as trl, which gives scale and wording."
    )
    scale: tuple[int, int] | None = Field(None, description="Lowest and highest level.")
    range: tuple[float | None, float | None] | None = Field(
        None, description="Least and greatest value that can be true; null leaves a side open."
    )
    wording: dict[int, Bilingual] | None = Field(None, description="What each level means.")
    source: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _expanded(cls, data: Any) -> Any:
        data = with_scale(with_points(data))
        if isinstance(data, dict) and data.get("type") in list(_UNITS):
            return {"unit": _UNITS[data["type"]], **data}
        return data

    @property
    def categories(self) -> tuple[Category, ...]:
        """The categories whose places are its values, if it has any: bands are none."""
        return () if self._type == "bands" else self._table

    @property
    def bands(self) -> tuple[Category, ...]:
        """The bands in which its points lie, if it has any."""
        return self._table if self._type == "bands" else ()

    # These fields are declared further down, where they stand among the keys of a file.

    @property
    def _table(self) -> tuple[Category, ...]:
        return getattr(self, "table", None) or ()

    @property
    def _type(self) -> str:
        return str(getattr(self, "type", ""))

    @cached_property
    def category_by_name(self) -> dict[str, int]:
        """The place of each category or band by every spelling of it, reduced for comparison."""
        return _by_name(self._table)


class Shape(Part):
    """A named shape of a value function: straight, S-shaped, or straight on a log axis."""

    kind: Literal["linear", "s_curve", "log"]
    from_: tuple[float, Annotated[float, Field(ge=0, le=100)]] = Field(alias="from")
    to: tuple[float, Annotated[float, Field(ge=0, le=100)]]


class Fact(Quantity):
    """Something about a result that is not scored but that gates, policies or readers use."""

    type: FactType
    table: tuple[Category, ...] | None = None
    formerly: tuple[FormerWord, ...] = Field(
        (), description="Words of earlier versions, read as what they stand for, and told."
    )

    @cached_property
    def former_by_name(self) -> dict[str, int]:
        """The place of each former word by every spelling of it, reduced for comparison."""
        return _by_name(self.formerly)


class Indicator(Quantity):
    """One indicator: how its raw value becomes 0-100, and what it weighs in its dimension."""

    type: IndicatorType
    direction: Direction = "max"
    axis: Literal["linear", "log"] = "linear"
    points: tuple[tuple[float, Annotated[float, Field(ge=0, le=100)]], ...] | None = Field(
        None, description="Anchors [raw value, score]; straight between them, flat outside."
    )
    shape: Shape | None = Field(None, description="Instead of points: a shape between two ends.")
    table: tuple[Category, ...] | None = Field(
        None, description="A score for each category; of bands, a range of points for each."
    )
    weight: Annotated[float, Field(ge=0)]
    required: bool = False
    applies_when: str | None = Field(
        None, description="Where this is false it does not apply: its weight goes to its siblings."
    )
    several: bool = Field(
        False, description="May be stated for several critical technologies; the worst counts."
    )
    measured: Measured | None = Field(
        None, description="Which measure of the batch data gives its value, and which bound counts."
    )
    derived: Derived | None = Field(
        None, description="What of the sheets of rights gives its value."
    )
    not_applicable: bool | str = Field(
        True, description="May it be 不适用: true, false, or the condition under which it may."
    )
    evidence: Bilingual | None = None
    advice: Bilingual | None = Field(None, description="What to do to raise it.")
    effort: Annotated[float, Field(gt=0)] = Field(
        1.0, description="How much effort ten points of it take, beside other indicators."
    )

    @cached_property
    def anchors(self) -> tuple[tuple[float, float], ...]:
        """The points of the value function; yes and no are 1 and 0, categories 0, 1, 2..."""
        if self.categories:
            return tuple((float(i), c.value or 0.0) for i, c in enumerate(self.categories))
        if self.bands and not self.points:
            return anchors_of_bands(self.bands)
        return self.points or ((0.0, 0.0), (1.0, 100.0))


_BOUNDS = {"percent": (0.0, 100.0), "share": (0.0, 1.0)}
_NOT_NEGATIVE = frozenset({"count", "ratio", "money", "hours", "years"})


def bounds_of_type(kind: str) -> tuple[float, float]:
    """Return the least and greatest value of a type, where nothing else is said."""
    return _BOUNDS.get(kind, (0.0 if kind in _NOT_NEGATIVE else -math.inf, math.inf))


def bounds(quantity: Indicator | Fact) -> tuple[float, float]:
    """Return the least and greatest value that can be true of an indicator or fact."""
    if quantity.bands:
        ends = [b.ends for b in quantity.bands]
        return min(low for low, _ in ends), max(high for _, high in ends)
    if quantity.type == "level" and quantity.scale:
        return float(quantity.scale[0]), float(quantity.scale[1])
    low, high = bounds_of_type(quantity.type)
    if quantity.range:
        low = low if quantity.range[0] is None else quantity.range[0]
        high = high if quantity.range[1] is None else quantity.range[1]
    return low, high


class Dimension(Part):
    """A group of indicators."""

    id: Name
    title: Bilingual
    short: Bilingual | None = Field(None, description="A name short enough for a column.")
    weight: Annotated[float, Field(ge=0)]
    weights_sum: Annotated[float, Field(gt=0)] = 100.0
    lowest_share: Annotated[float, Field(ge=0, le=1)] = Field(
        0.0, description="How much the lowest indicator counts beside their mean."
    )
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]

    @property
    def heading(self) -> Text:
        """The short title, or the title where there is none."""
        return self.short or self.title


class SubIndex(Part):
    """A level between the dimensions and the index: some of the dimensions, with their own mean."""

    id: Name
    title: Bilingual
    short: Bilingual | None = Field(None, description="A name short enough for a column.")
    weight: Annotated[float, Field(ge=0)]
    weights_sum: Annotated[float, Field(gt=0)] = Field(
        100.0, description="What the weights of its dimensions sum to."
    )
    dimensions: Annotated[Strings, Field(min_length=1)]

    @property
    def heading(self) -> Text:
        """The short title, or the title where there is none."""
        return self.short or self.title


class Aggregation(Part):
    """How it all combines.

    ``mean``: weighted means in each dimension, the weighted power mean of ``exponent`` across
    them. ``points``: base points and KPI (基础积分 + KPI): each indicator brings up to ``weight``
    points, each dimension up to ``weight`` of them, and the index is their sum.
    """

    method: Literal["mean", "points"] = "mean"
    exponent: Annotated[float, Field(le=1, allow_inf_nan=True)] = 1.0


class EvidenceGrade(Part):
    """How good a proof is, and the highest score that it lets an indicator have."""

    id: Identifier
    title: Bilingual
    cap: Annotated[float, Field(ge=0, le=100)]
    cap_required: Annotated[float, Field(ge=0, le=100)] | None = None
    aliases: Strings = ()

    def cap_of(self, *, required: bool) -> float:
        """Return the highest score of an indicator that is required, or is not."""
        return self.cap_required if required and self.cap_required is not None else self.cap


class Evidence(Part):
    """The grades of evidence, from none upwards."""

    grades: Annotated[tuple[EvidenceGrade, ...], Field(min_length=1)]
    default: Identifier = Field(description="The grade of a value that states none.")
    threshold: Identifier = Field(description="The grade from which evidence counts as given.")

    @cached_property
    def grade_by_name(self) -> dict[str, int]:
        """The place of each grade by every spelling of it, reduced for comparison."""
        return _by_name(self.grades)

    def best_cap(self, *, required: bool) -> float:
        """Return the highest score that any evidence lets an indicator have."""
        return max(grade.cap_of(required=required) for grade in self.grades)


class Missing(Part):
    """What missing values do."""

    not_applicable_share: Annotated[float, Field(ge=0, le=1)] = 0.3


class Gate(Part):
    """A condition that caps the grade, withholds it, or stops the money."""

    id: Name
    title: Bilingual
    when: str
    cap: Identifier | None = Field(None, description="The best grade left when it closes.")
    no_grade: bool = Field(False, description="No grade is given when it closes.")
    funding: Literal["hold", "refuse"] | None = None
    advice: Bilingual | None = None
    source: str | None = None

    @cached_property
    def condition(self) -> Condition:
        """The condition, parsed."""
        return parse(self.when)


class Grade(Part):
    """A grade: every one of its conditions must hold."""

    id: Identifier
    title: Bilingual
    meaning: Bilingual | None = None
    index: Annotated[float, Field(ge=0, le=100)] = 0.0
    every_dimension: Annotated[float, Field(ge=0, le=100)] | None = None
    dimensions: dict[str, Annotated[float, Field(ge=0, le=100)]] = Field(default_factory=dict)
    levels: dict[str, float] = Field(default_factory=dict)


class Profile(Part):
    """Weights of the dimensions for one kind of result; used only where it is asked for."""

    id: Identifier
    title: Bilingual
    when: str | None = Field(None, description="Which results it is meant for.")
    weights: dict[str, Annotated[float, Field(ge=0)]]
    source: str | None = None


class Method(Part):
    """A decision method to show beside the index, or to order by."""

    id: Identifier
    title: Bilingual
    method: MethodName
    uses: Literal["scores", "raw"] = "scores"
    scaling: Literal["none", "minmax", "max", "sum", "vector"] = Field(
        "none", description="By what of the batch values are divided, so that no unit decides."
    )
    offset: Annotated[float, Field(ge=0)] = Field(
        0.0, description="Added to every scaled value, for methods that take no zero."
    )
    parameters: dict[str, bool | float | str] = Field(default_factory=dict)
    thresholds: dict[str, dict[str, float | str]] = Field(
        default_factory=dict,
        description="By indicator, thresholds of its own (q, p, veto) in place of the parameters'.",
    )
    weights: dict[str, Annotated[float, Field(ge=0)]] | None = None
    source: str | None = None

    @property
    def known(self) -> DecisionMethod:
        """What is known of the method itself."""
        return METHODS[self.method]

    @property
    def batch_relative(self) -> bool:
        """Whether a result's figure depends on the other results in the batch."""
        if self.scaling != "none" or self.known.absolute == "never":
            return True
        return self.known.absolute == "anchored" and self.uses == "raw"


class CriteriaSet(Part):
    """A criteria set: what is measured, how it counts, what decides a grade."""

    id: Identifier
    version: Annotated[str, Field(min_length=1)]
    title: Bilingual
    description: Bilingual | None = None
    source: str | None = None
    licence: str | None = None
    extends: str | None = Field(
        None, description="A set whose parts are taken over and overridden: a name or a file."
    )
    policy: str | None = Field(None, description="The policy used unless another is asked for.")
    weights_sum: Annotated[float, Field(gt=0)] = 100.0
    aggregation: Aggregation = Aggregation()
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1)]
    sub_indexes: tuple[SubIndex, ...] = Field(
        (), description="A level of their own: every dimension is in one of them."
    )
    facts: tuple[Fact, ...] = ()
    evidence: Evidence | None = None
    missing: Missing = Missing()
    measuring: Measuring = Measuring()
    rights: RightsRules = RightsRules()
    uncertainty: UncertaintyRules = UncertaintyRules()
    panel: PanelSettings = PanelSettings()
    robustness: RobustnessRules = RobustnessRules()
    gates: tuple[Gate, ...] = ()
    grades: Annotated[tuple[Grade, ...], Field(min_length=1)]
    profiles: tuple[Profile, ...] = ()
    methods: tuple[Method, ...] = ()
    order: Strings = ("grade", "index")

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators, in the order of the file."""
        return tuple(i for d in self.dimensions for i in d.indicators)

    @cached_property
    def dimension_shares(self) -> tuple[float, ...]:
        """The share of each dimension in the index: in its sub-index, times that one's share."""
        own = {d.id: d.weight for d in self.dimensions}
        groups = [({n: own[n] for n in s.dimensions}, s.weight) for s in self.sub_indexes]
        groups = groups or [(own, 1.0)]
        whole = sum(weight for _, weight in groups)
        shares = {
            name: weight / whole * w / (sum(within.values()) or 1.0)
            for within, weight in groups
            for name, w in within.items()
        }
        return tuple(shares[d.id] for d in self.dimensions)

    @cached_property
    def quantities(self) -> tuple[Indicator | Fact, ...]:
        """All indicators, then all facts."""
        return (*self.indicators, *self.facts)

    @cached_property
    def titles(self) -> dict[str, Text]:
        """The titles of what may be unknown of a result, by the name that a condition uses."""
        return RIGHTS_FACTS | {q.id: q.title for q in self.quantities}

    @cached_property
    def indicator_position(self) -> dict[str, int]:
        """The column of each indicator in a matrix of values."""
        return {ind.id: i for i, ind in enumerate(self.indicators)}

    @cached_property
    def dimension_slices(self) -> tuple[slice, ...]:
        """The columns of each dimension in a matrix of values."""
        ends = [0]
        for dimension in self.dimensions:
            ends.append(ends[-1] + len(dimension.indicators))
        return tuple(slice(a, b) for a, b in itertools.pairwise(ends))

    @cached_property
    def grade_position(self) -> dict[str, int]:
        """The place of each grade, 0 the best."""
        return {g.id: i for i, g in enumerate(self.grades)}


# Names that a condition may use beside indicators and facts.
BUILT_IN_NUMBERS = {
    "evidence_share": Text("达到证据要求的权重占比", "share of weight with evidence"),
    "required_without_evidence": Text(
        "证据不足的必填指标数", "required indicators below the evidence threshold"
    ),
}
BUILT_IN_DATES = {"as_of": Text("评价日期", "date of assessment")}
