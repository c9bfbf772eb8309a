"""Faults of criteria, policy and call files that concern several places at once.

The checks run on a file's plain data, not on the validated objects, so that a wrong sum is told in
the same run as a missing key. Each skips what has no usable form: that is told elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pilotscore.criteria.checks.bands import check_bands
from pilotscore.criteria.checks.call import check_call
from pilotscore.criteria.checks.conditions import check_conditions
from pilotscore.criteria.checks.deriving import check_deriving
from pilotscore.criteria.checks.fault import Fault, fault
from pilotscore.criteria.checks.former_words import check_former_words
from pilotscore.criteria.checks.grades import (
    check_evidence,
    check_gates,
    check_grades,
    check_order,
)
from pilotscore.criteria.checks.measuring import check_measuring
from pilotscore.criteria.checks.methods import check_methods
from pilotscore.criteria.checks.names import check_ids, check_spellings
from pilotscore.criteria.checks.outline import outline
from pilotscore.criteria.checks.panel import check_panel
from pilotscore.criteria.checks.policy import check_policy
from pilotscore.criteria.checks.reach import check_reach
from pilotscore.criteria.checks.value_functions import check_value_functions
from pilotscore.criteria.checks.weights import check_profiles, check_weights

__all__ = ["Fault", "check_call", "check_criteria", "check_policy", "check_reach", "fault"]


def check_criteria(data: dict[str, Any]) -> Iterator[Fault]:
    """Yield the faults of a criteria file's plain data."""
    parts = outline(data)
    yield from check_weights(parts)
    yield from check_ids(parts)
    yield from check_spellings(parts.quantities)
    yield from check_former_words(parts)
    yield from check_value_functions(parts)
    yield from check_bands(parts)
    yield from check_conditions(parts)
    yield from check_gates(parts)
    yield from check_grades(parts)
    yield from check_evidence(parts)
    yield from check_profiles(parts)
    yield from check_measuring(parts)
    yield from check_deriving(parts)
    yield from check_panel(parts)
    yield from check_order(parts)
    yield from check_methods(parts)
