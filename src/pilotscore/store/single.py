"""A saved round by itself as a store: whatever reads a store reads a ``.pilot`` file too."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pilotscore.errors import UnreadableInputError, UsageError
from pilotscore.language import Text
from pilotscore.store.columns import OutcomeColumns, RoundColumns
from pilotscore.store.database import NO_SCORES
from pilotscore.store.follow_ups import FollowUp
from pilotscore.store.interface import KeptRound, RoundEntry
from pilotscore.store.rounds import round_in
from pilotscore.store.saved import kept_round

ONE_ROUND = Text(
    "{path} 是一个轮次文件，不能写入；请用轮次库（文件夹或 .db）",
    "{path} is the file of one round and takes no more; use a store (a folder or a .db file)",
)


class Single:
    """One saved round, which takes nothing more.

    Parameters
    ----------
    path
        Its file.
    """

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        content = path.read_bytes()
        self._kept = kept_round(round_in(content, path), content)

    def close(self) -> None:
        """Let go of its file, which is not held open."""

    def rounds(self) -> tuple[RoundEntry, ...]:
        """Return the round."""
        return (self._kept.entry,)

    def columns(self, key: str) -> RoundColumns:
        """Return what the round says of its results."""
        if key != self._kept.entry.key:
            raise KeyError(key)
        if self._kept.columns is None:
            raise UnreadableInputError(NO_SCORES.of(key=key[:12]))
        return self._kept.columns

    def round_file(self, key: str) -> bytes:
        """Return the file of the round as it was saved."""
        if key != self._kept.entry.key:
            raise KeyError(key)
        return self._kept.file

    def follow_ups(self) -> Sequence[FollowUp]:
        """Return nothing: what came of a round is no part of its file."""
        return ()

    def outcomes(self, key: str) -> dict[str, OutcomeColumns]:  # noqa: ARG002 - as of any store
        """Return nothing: what came of a round is no part of its file."""
        return {}

    def add(self, kept: KeptRound) -> bool:  # noqa: ARG002 - as of any store
        """Refuse another round."""
        raise UsageError(ONE_ROUND.of(path=self.name))

    def add_follow_up(self, follow_up: FollowUp) -> bool:  # noqa: ARG002 - as of any store
        """Refuse reports."""
        raise UsageError(ONE_ROUND.of(path=self.name))
