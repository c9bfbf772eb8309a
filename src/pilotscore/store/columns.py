"""What a round says of its results, as columns: scores, grades, decisions, milestones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from pilotscore.arrays import Bools, Codes, Floats, Ints
from pilotscore.language import NOTHING, Text
from pilotscore.records import dataclass

T = TypeVar("T")
NONE = -1  # a code of none: no grade, no evidence stated
Fact = Floats | tuple[str, ...]


class ReadOnDemand(Mapping[str, T]):
    """Things by their names, each read when it is asked for, and not kept.

    The columns of a million results stand on disk; whoever needs one at a time has one at a time.
    """

    def __init__(self, names: Sequence[str], read: Callable[[str], T]) -> None:
        self._names, self._read = dict.fromkeys(names), read

    def __getitem__(self, name: str) -> T:
        if name not in self._names:
            raise KeyError(name)
        return self._read(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@dataclass(frozen=True, slots=True)
class Item:
    """An indicator, dimension, fact or grade by which a round was scored.

    ``within`` is the dimension of an indicator, ``weight`` its weight there (or that of a
    dimension); ``least`` the index from which a grade is given; ``words`` what the places of a
    category say, ``keys`` their ids, which facts have for values.
    """

    id: str
    title: Text
    within: str = ""
    weight: float = 0.0
    least: float = 0.0
    words: tuple[Text, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowRules:
    """What follows for payments from milestones, by the call: ``hold`` or ``recall``.

    ``grace`` is in months; ``document`` whether what is met needs one.
    """

    grace: int = 0
    not_met: str = "hold"
    overdue: str = "hold"
    lost: str = "hold"
    document: bool = True


@dataclass(frozen=True, slots=True)
class RoundHead:
    """What the columns of a round are of: grades, evidence grades, dimensions, indicators, facts.

    A code is a place in the list of its kind. ``follow`` is the call's rule for what comes after.
    """

    grades: tuple[Item, ...]
    evidence_grades: tuple[Item, ...]
    dimensions: tuple[Item, ...]
    indicators: tuple[Item, ...]
    facts: tuple[Item, ...]
    follow: FollowRules = FollowRules()


@dataclass(frozen=True, slots=True, eq=False)
class IndicatorColumn:
    """One indicator over n results.

    ``values`` are raw (a category is its place in the table; nan where there is none), ``scores``
    0-100, ``evidence`` codes of evidence grades, -1 where none is stated. ``judged`` says which
    values are those of a panel of experts; None where none is.
    """

    values: Floats
    scores: Floats
    evidence: Codes
    judged: Bools | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """A part of a grant as it was decided: ``place`` is that of the result in the round.

    ``months`` after the decision it is due; None where the call does not say. ``fen`` is the sum.
    """

    place: int
    number: int
    fen: int
    stage: str = ""
    months: int | None = None
    shows: Text = NOTHING


@dataclass(frozen=True, slots=True, eq=False)
class DecisionColumns:
    """What a call decided for n results.

    ``statuses`` are those of the call (``fund``, ``decline``, ...), ``award`` in fen, ``chance`` of
    being funded over the draws of the scores (nan where there were none, or it was decided on by
    the funder); ``discussed`` who stood in the discussion zone, ``drawn`` whom a draw by lot
    decided, ``by_hand`` whom the funder decided on top.
    """

    statuses: tuple[str, ...]
    award: Ints
    levels: tuple[str, ...]
    chance: Floats
    discussed: Bools
    drawn: Bools
    by_hand: Bools
    milestones: tuple[Milestone, ...] = ()

    @property
    def funded(self) -> Bools:
        """Which results have money of this call, shape (n,)."""
        return np.array([s == "fund" for s in self.statuses], dtype=bool)


@dataclass(frozen=True, slots=True, eq=False)
class RoundColumns:
    """A round of n results as columns, in the order in which they were read.

    ``ranks`` is 0 for a result without a rank; ``grades`` are codes, -1 for none; ``statuses``
    ``graded``, ``withheld`` or ``not_assessable``. ``dimensions``, ``indicators`` and ``facts`` are
    by their ids; of a store each is read when it is asked for. A fact is numbers (nan: none) or
    words ('': none). ``decisions`` is None for a round that was ranked and not decided.
    """

    head: RoundHead
    ids: Sequence[str]
    titles: Sequence[str]
    ranks: Ints
    grades: Codes
    statuses: Sequence[str]
    index: Floats
    low: Floats
    high: Floats
    dimensions: Mapping[str, Floats] = field(default_factory=dict)
    indicators: Mapping[str, IndicatorColumn] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    decisions: DecisionColumns | None = None

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True, eq=False)
class OutcomeColumns:
    """What is known of one outcome, for the k results of a round that were followed up.

    ``places`` are those of the results in the round; ``states`` words of
    :data:`~pilotscore.store.follow_ups.OUTCOME_STATES`; ``values`` the figures reported, nan where
    there is none; ``days`` when it was reached, or until when it was looked at (NaT: not said).
    """

    places: Ints
    states: tuple[str, ...]
    values: Floats
    days: NDArray[np.datetime64]

    @property
    def reached(self) -> Bools:
        """Which have reached it, shape (k,)."""
        return np.array([s == "reached" for s in self.states], dtype=bool)

    @property
    def known(self) -> Bools:
        """Of which it is known whether they have: neither lost nor simply not yet, shape (k,)."""
        return np.array([s in ("reached", "failed") for s in self.states], dtype=bool)
