"""Figures as data: what a screen draws in characters, and a picture in lines."""

from __future__ import annotations

import datetime
from typing import Literal

from pilotscore.language import Words
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Shares from 0 to 1 in rows under columns, each shaded by its size.

    ``columns`` are labels in their order, of which a narrow screen shows some and adds up the
    shares of several columns.
    """

    title: Words
    columns: tuple[str, ...]
    names: tuple[str, ...]
    shares: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class ControlChart:
    """Points in their order between control limits, which may differ from point to point.

    Attributes
    ----------
    title
        Of what it is, for a picture that stands alone.
    kind
        Of chart.
    names
        Of the points.
    points, centre, lower, upper
        The values, the level that they should have, and the limits of each point; a limit that is
        not finite is none.
    flagged
        The points that are not in control, each with what is written beside it.
    """

    title: Words
    kind: Words
    names: tuple[str, ...]
    points: tuple[float, ...]
    centre: float
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    flagged: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Parts, each drawn from where the one before ends, on a scale of 100, then their sum.

    Each part has a title, its points, and the most that it could have.
    """

    parts: tuple[tuple[Words, float, float], ...]
    total: Words


@dataclass(frozen=True, slots=True)
class ValueFunction:
    """What raw values score, 0 to 100: as bars where they are few, else as a curve.

    Attributes
    ----------
    name
        An id.
    title, about
        What it is of, and what else is to be said of it.
    bars
        Each raw value with its score; none where it is a curve.
    anchors
        The raw values between which the curve is straight, each with its score.
    positions
        Where the anchors lie along the axis, from 0 to 1.
    unit
        Of the raw values.
    formula
        The function in words.
    """

    name: str
    title: Words
    about: Words
    bars: tuple[tuple[Words, float], ...]
    anchors: tuple[tuple[float, float], ...]
    positions: tuple[float, ...]
    unit: Words
    formula: Words


@dataclass(frozen=True, slots=True)
class Panels:
    """Value functions beside and below each other, in groups; a group has an id and a title.

    A title is a name and what is said beside it. ``legend`` says how a picture is read.
    """

    title: tuple[Words, Words]
    legend: Words
    groups: tuple[tuple[str, tuple[Words, Words], tuple[ValueFunction, ...]], ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time that runs: from when, to which day, and the window that follows it.

    None for ``begin`` is a day that is not known; ``look`` says how it stands.
    """

    label: Words
    begin: datetime.date | None
    end: datetime.date
    window: datetime.date | None
    look: Literal["done", "open", "grace", "unproven", "lapsed"]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Times that run, one below the other, around a day.

    ``legend`` names each look that there is; ``more`` says what is not drawn, None for nothing.
    """

    title: Words
    today: datetime.date
    rows: tuple[Stretch, ...]
    legend: tuple[tuple[str, Words], ...]
    more: Words | None = None


@dataclass(frozen=True, slots=True)
class Radar:
    """Scores from 0 to 100 around a circle, against the least that each has to be.

    A floor of 0 is none; ``floors_of`` says whose floors they are, ``small`` whether it is to share
    a page with much else.
    """

    title: Words
    names: tuple[Words, ...]
    scores: tuple[float, ...]
    floors: tuple[float, ...]
    floors_of: Words
    small: bool = False
