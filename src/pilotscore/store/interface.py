"""What every store does, whether it is a folder or a SQLite file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from pilotscore.language import Text
from pilotscore.records import dataclass
from pilotscore.store.columns import OutcomeColumns, RoundColumns
from pilotscore.store.follow_ups import FollowUp

Kind = Literal["fund", "rank"]


@dataclass(frozen=True, slots=True)
class Version:
    """A file of rules by which a round was scored: its id, version and digest."""

    id: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RoundEntry:
    """A round in a list of rounds.

    ``key`` is its seal; ``parent`` the seal of the round that it replaces upon an appeal; ``unit``
    that of its money. A round of an early version ``has_scores`` not: its columns are not known.
    """

    key: str
    kind: Kind
    title: Text
    as_of: str
    criteria: Version
    policy: Version | None = None
    call: Version | None = None
    unit: str = ""
    results: int = 0
    funded: int = 0
    awarded_fen: int = 0
    parent: str = ""
    has_scores: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class KeptRound:
    """A round as a store takes it: its entry, its columns, and its file as it was saved."""

    entry: RoundEntry
    columns: RoundColumns | None
    file: bytes = b""
    criteria_text: str = ""


class Store(Protocol):
    """Rounds with what came of them.

    Whatever is written is written whole or not at all, and writing it again changes nothing.
    """

    @property
    def name(self) -> str:
        """Its path as it was given."""
        ...

    def rounds(self) -> tuple[RoundEntry, ...]:
        """Return its rounds, by day and then in the order in which they came."""
        ...

    def columns(self, key: str) -> RoundColumns:
        """Return what a round says of its results; big columns are read when they are asked for.

        Raises
        ------
        UnreadableInputError
            The round was saved by an early version, without its scores.
        KeyError
            There is no such round.
        """
        ...

    def round_file(self, key: str) -> bytes:
        """Return the file of a round as it was saved."""
        ...

    def add(self, kept: KeptRound) -> bool:
        """Write a round; False where it is there already."""
        ...

    def follow_ups(self) -> Sequence[FollowUp]:
        """Return all that was reported, in the order of days."""
        ...

    def add_follow_up(self, follow_up: FollowUp) -> bool:
        """Write what was reported; False where it is there already."""
        ...

    def outcomes(self, key: str) -> dict[str, OutcomeColumns]:
        """Return what came of the results of a round, by outcome; the latest report counts."""
        ...

    def close(self) -> None:
        """Let go of its files."""
        ...
