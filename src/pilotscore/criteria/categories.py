"""Categories of an indicator or fact, and bands: categories that stand for a range of points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from pilotscore.criteria.parts import Bilingual, Identifier, Part, Strings

Points = Annotated[float, Field(ge=0)]


class Category(Part):
    """One category of an indicator or fact; a band where it has a range of points."""

    id: Identifier
    title: Bilingual
    value: Annotated[float, Field(ge=0, le=100)] | None = None
    range: tuple[Points, Points] | None = Field(
        None, description="Of a band: the least and the most points that it stands for."
    )
    wording: Bilingual | None = Field(None, description="What it takes to be in it.")
    aliases: Strings = ()

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the most points of a band."""
        return self.range or (0.0, 0.0)


class FormerWord(Part):
    """A word that was a category of a fact once, and what it is read as now."""

    id: Identifier
    title: Annotated[Bilingual, Field(description="What it is read as, in words.")]
    values: Annotated[dict[Identifier, Identifier], Field(min_length=1)] = Field(
        description="The category of each fact that the word stands for."
    )
    aliases: Strings = ()


def holds(bands: Sequence[Category], band: Category, points: float) -> bool:
    """Say whether a number of points lies in a band.

    Between bands of whole points, such as 80 to 89 and 90 to 100, a fraction belongs to the lower
    one: 89.5 is less than 90. Where two bands meet, what lies on their common end is in both.
    """
    low, high = band.ends
    if low <= points <= high:
        return True
    following = min((b.ends[0] for b in bands if b.ends[0] > high), default=high)
    whole = low < high and all(x.is_integer() for x in (low, high, following))
    return whole and following - high <= 1 and high < points < following


def band_of(bands: Sequence[Category], points: float) -> Category | None:
    """Return the best band that a number of points lies in; None where it lies in none."""
    best_first = sorted(bands, key=lambda b: b.ends, reverse=True)
    return next((b for b in best_first if holds(bands, b, points)), None)


def anchors_of_bands(bands: Sequence[Category]) -> tuple[tuple[float, float], ...]:
    """Return the value function of bands that state no points of it.

    Where each has a score, that is one at its lower end; else the most points are full marks.
    """
    if all(b.value is not None for b in bands):
        return tuple(sorted((b.ends[0], b.value or 0.0) for b in bands))
    return (0.0, 0.0), (max(b.ends[1] for b in bands), 100.0)
