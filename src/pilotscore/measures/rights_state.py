"""What sheets of rights say of results, as far as indicators, conditions and pages need it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from pilotscore.arrays import Bools, Codes, Floats
from pilotscore.criteria.files import Source
from pilotscore.findings import Finding
from pilotscore.language import NOTHING, Words
from pilotscore.records import dataclass
from pilotscore.rights.due import DueColumns


@dataclass(frozen=True, slots=True, eq=False)
class RightsFigure:
    """Something that can be derived, for n results.

    ``least`` is what is shown and ``most`` that with what is merely unproven, both nan where the
    sheets say too little; a category is its place among those of the derivation. ``proven`` says
    where dated documents, or the register, show what is least; ``why`` is a place in ``reasons`` of
    what is lacking. ``said`` tells what a value was derived from.
    """

    least: Floats
    most: Floats
    proven: Bools
    why: Codes
    reasons: tuple[Words, ...]
    said: Callable[[int], Words] = lambda _: NOTHING


@dataclass(frozen=True, slots=True, eq=False)
class RightsState:
    """What sheets of rights say of n results on the day of assessment.

    ``known`` says which results have a row in one of them. ``figures`` has what indicators are
    derived from, by the name of the derivation; ``facts`` what conditions speak of, each ``yes``,
    ``no`` or '' where nothing says it. ``due`` is what runs or is due; ``stage`` says in a few
    words how far a result has come, and what comes next; ``findings`` makes what contradicts
    itself in the sheets, or breaks a rule. ``rules`` are the files that were gone by.
    """

    known: Bools
    figures: Mapping[str, RightsFigure]
    facts: Mapping[str, NDArray[np.str_]]
    due: DueColumns | None = None
    stage: Callable[[int], Words] = lambda _: NOTHING
    findings: Callable[[], Iterable[Finding]] = tuple
    rules: tuple[Source, ...] = ()
