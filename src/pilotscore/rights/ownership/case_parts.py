"""What a `Case` of one result is made of."""

from __future__ import annotations

import numpy as np

from pilotscore.criteria.legal.regions import Rule
from pilotscore.findings import Place
from pilotscore.language import Text, Words
from pilotscore.records import dataclass

Day = np.datetime64 | None


@dataclass(frozen=True, slots=True)
class Party:
    """A party to a result; a figure that is not stated is None."""

    name: str
    kind: str
    role: str
    share: float | None
    use_years: float | None
    place: Place


@dataclass(frozen=True, slots=True)
class Claim:
    """What a party is owed instead of a share, and whether it is settled by the day."""

    party: str
    amount: Words
    trigger: str
    due: Day
    settled: Day
    place: Place


@dataclass(frozen=True, slots=True)
class StateRow:
    """A state of the result: what is stated of it, and what proves it.

    ``needed``: it has to be there by now. ``proven``: a document of ``proof`` day shows it, and all
    that has to come before it is shown too. A state that is needed and not proven is unproven.
    """

    id: str
    title: Text
    stated: bool
    start: Day
    end: Day
    actor: str
    document: str
    proof: Day
    proven: bool
    needed: bool
    place: Place | None


@dataclass(frozen=True, slots=True)
class PublicityRow:
    """How long the result was published, in calendar and in working days, and how long it must be.

    ``stated`` is what the notice says, in working days where ``working``; ``said`` whether it says
    which. ``required`` is what ``rule`` names, in working days where ``rule_working``; where
    ``rule_said`` is False calendar days are meant, as far as is known.
    """

    start: Day
    end: Day
    lasted: float | None
    lasted_working: float | None
    stated: float | None
    working: bool
    said: bool
    required: float | None
    rule_working: bool
    rule_said: bool
    may_end: Day
    rule: Rule | None
    source: Words | None


@dataclass(frozen=True, slots=True)
class FloorRow:
    """The least that a part comes to by a rule: in per cent, and as an amount where it is known."""

    rule: Rule
    source: Words
    percent: float | None
    amount: Words | None


@dataclass(frozen=True, slots=True)
class AmountRow:
    """An item of a distribution: what was agreed and paid, and the floors that there are for it.

    ``agreed_fen`` and ``paid_fen`` are in fen, None where nothing is stated.
    """

    item: str
    title: Text
    agreed_fen: int | None
    agreed_percent: float | None
    paid_fen: int | None
    paid_percent: float | None
    floors: tuple[FloorRow, ...]


def day_of(value: np.datetime64) -> Day:
    """Return a day; None for none."""
    return None if np.isnat(value) else value
