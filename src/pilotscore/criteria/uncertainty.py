"""What a criteria file says of the uncertainty that a value states of itself."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from pilotscore.criteria.parts import Part

Multiple = Annotated[float, Field(gt=0, le=10)]


class UncertaintyRules(Part):
    """How stated uncertainties are meant: in multiples of the standard uncertainty.

    By default what follows a ``±`` is an expanded uncertainty with k = 2, as reports of measurement
    state it (JCGM 100:2008, 7.2.3), and a lower and an upper end are those of a 95 % interval.
    """

    plus_minus: Multiple = Field(
        2.0,
        description="What follows a ±, or stands in a column of expanded uncertainty, is this many "
        "standard uncertainties: 2 where it is expanded with k = 2, 1 where it is standard.",
    )
    limits: Multiple = Field(
        1.96,
        description="A lower and an upper end are this many standard uncertainties from the value.",
    )
