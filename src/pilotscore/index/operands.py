"""The values that conditions speak of: indicators, facts and built-in names."""

from __future__ import annotations

import datetime

import numpy as np
from numpy.typing import NDArray

from pilotscore.arrays import Floats
from pilotscore.criteria import CriteriaSet
from pilotscore.criteria.condition import Operand
from pilotscore.criteria.deriving import RIGHTS_FACTS
from pilotscore.measures import Measurements
from pilotscore.workbook import State


def operands(
    measurements: Measurements,
    criteria: CriteriaSet,
    as_of: datetime.date,
) -> dict[str, Operand]:
    """Return every name that a condition may use but the built-in numbers, for all results.

    Parameters
    ----------
    measurements, criteria
        What is assessed, by what.
    as_of
        The date of assessment.
    """
    n = len(measurements)
    never = np.zeros(n, dtype=bool)
    by_name = {"as_of": Operand(np.broadcast_to(as_of.isoformat(), n), never)}
    known = measurements.states == State.VALUE
    numbers = measurements.values
    if not (known | np.isnan(numbers)).all():
        numbers = np.where(known, numbers, np.nan)
    outside = measurements.states == State.NOT_APPLICABLE
    for j, indicator in enumerate(criteria.indicators):
        if indicator.type in ("category", "yes_no"):
            words = (
                ("no", "yes")
                if indicator.type == "yes_no"
                else [c.id for c in indicator.categories]
            )
            codes = np.where(known[:, j], measurements.values[:, j], len(words)).astype(int)
            column: Floats | NDArray[np.str_] = np.array([*words, ""])[codes]
        else:
            column = numbers[:, j]
        by_name[indicator.id] = Operand(column, outside[:, j])
    unsaid = Operand(np.broadcast_to("", n), never)
    by_name |= dict.fromkeys(RIGHTS_FACTS, unsaid)
    for name, fact in measurements.facts.items():
        by_name[name] = Operand(fact.values, fact.states == State.NOT_APPLICABLE)
    return by_name


def built_in_operands(**numbers: Floats) -> dict[str, Operand]:
    """Return built-in numbers, shape (n,) each, as conditions take them."""
    return {
        name: Operand(values, np.zeros(len(values), dtype=bool)) for name, values in numbers.items()
    }
