"""What share of the weight of an index a panel judged, what was measured, derived or stated."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Floats, Ints
from pilotscore.index.assessment import Assessment
from pilotscore.index.weights import dimension_weights
from pilotscore.measures import Origin
from pilotscore.records import dataclass
from pilotscore.workbook import State


@dataclass(frozen=True, slots=True, eq=False)
class OriginShares:
    """Shares of the weight of each result, shape (n,), 0-1; they add up to its completeness.

    Attributes
    ----------
    judged
        Of values that a panel of experts gave.
    measured
        Of values worked out from batch data.
    stated
        Of all other values.
    derived
        Of values derived from sheets of rights.
    """

    judged: Floats
    measured: Floats
    stated: Floats
    derived: Floats


def origin_of(assessment: Assessment, i: int, j: int) -> Origin | None:
    """Return where the value of an indicator comes from; None where it has none."""
    if assessment.missing.states[i, j] != State.VALUE:
        return None
    return Origin(int(assessment.measurements.origins[i, j]))


def origin_shares(assessment: Assessment, rows: slice | Ints = slice(None)) -> OriginShares:
    """Return the shares of each result, or of some."""
    criteria = assessment.criteria
    sizes = [s.stop - s.start for s in criteria.dimension_slices]
    overall = assessment.weights[rows] * np.repeat(dimension_weights(criteria), sizes)
    there = np.where(assessment.missing.states[rows] == State.VALUE, overall, 0.0)
    return OriginShares(
        *(
            np.where(assessment.measurements.origins[rows] == origin, there, 0.0).sum(axis=1)
            for origin in (Origin.PANEL, Origin.MEASURED, Origin.STATED, Origin.DERIVED)
        )
    )
