"""A store in a folder: a ``.pilot`` file for each round, a JSON file for each workbook of reports.

A file is written beside its place and then put there, so that it is whole or not there; two
writers of the same round write the same bytes under the same name.
"""

from __future__ import annotations

import json
import os
import secrets
import time
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from pilotscore.errors import OutputError, UnreadableInputError
from pilotscore.language import Text
from pilotscore.patterns import regex
from pilotscore.store.columns import OutcomeColumns, RoundColumns
from pilotscore.store.database import NO_SCORES
from pilotscore.store.follow_ups import FollowUp, as_text, from_data
from pilotscore.store.interface import KeptRound, RoundEntry
from pilotscore.store.latest import outcome_columns
from pilotscore.store.members import columns_of, has_columns
from pilotscore.store.rounds import ENDING, read_round
from pilotscore.store.saved import entry_of
from pilotscore.system import reason_of

REPORTS = "follow-ups"
_BROKEN = Text("{path} 不是随访记录", "{path} has no reports of a follow-up")
_CANNOT = Text("无法写入 {path}：{why}", "cannot write {path}: {why}")
_AN_HOUR = 3600
_BESIDE = regex(r"\.pilotscore-[0-9a-f]{16}")


class Folder:
    """A store in a folder.

    Parameters
    ----------
    path
        The folder.
    """

    def __init__(self, path: Path) -> None:
        self.name, self._path = str(path), path
        self._known: dict[str, tuple[Path, RoundEntry]] = {}

    def close(self) -> None:
        """Let go of its files, of which none is held open."""

    # ------------------------------------------------------------------------- writing

    def add(self, kept: KeptRound) -> bool:
        """Write a round; False where it is there already."""
        if kept.entry.key in self._rounds():
            return False
        e = kept.entry
        what = (e.call or e.criteria).id
        self._put(self._path / f"{e.as_of}-{what}-{e.key[:12]}{ENDING}", kept.file)
        return True

    def add_follow_up(self, follow_up: FollowUp) -> bool:
        """Write what was reported; False where it is there already."""
        folder, ending = self._path / REPORTS, f"-{follow_up.key[:16]}.json"
        if any(folder.glob(f"*{ending}")):
            return False
        self._put(folder / f"{follow_up.day}{ending}", (as_text(follow_up) + "\n").encode())
        return True

    def _put(self, place: Path, content: bytes) -> None:
        beside = place.parent / f".pilotscore-{secrets.token_hex(8)}"
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            _clear(place.parent)
            with beside.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(place)
        except OSError as error:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise OutputError(_CANNOT.of(path=str(place), why=reason_of(error))) from error

    # ------------------------------------------------------------------------- reading

    def _rounds(self) -> dict[str, tuple[Path, RoundEntry]]:
        """Return the rounds by their keys; of two files with the same one the first is read."""
        paths = sorted(self._path.glob(f"*{ENDING}")) if self._path.is_dir() else []
        known = {path: (key, entry) for key, (path, entry) in self._known.items()}
        rounds: dict[str, tuple[Path, RoundEntry]] = {}
        for path in paths:
            if path in known:
                rounds.setdefault(known[path][0], (path, known[path][1]))
            else:
                saved = read_round(path)
                rounds.setdefault(saved.seal, (path, entry_of(saved)))
        self._known = rounds
        return rounds

    def rounds(self) -> tuple[RoundEntry, ...]:
        """Return the rounds, by day and then by name."""
        return tuple(sorted((e for _, e in self._rounds().values()), key=lambda e: e.as_of))

    def round_file(self, key: str) -> bytes:
        """Return the file of a round as it was saved."""
        return self._rounds()[key][0].read_bytes()

    def columns(self, key: str) -> RoundColumns:
        """Return what a round says of its results; big columns are read when they are asked for."""
        path = self._rounds()[key][0]

        def read(name: str) -> bytes:
            with zipfile.ZipFile(path) as archive:
                return archive.read(name)

        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
        if not has_columns(names):
            raise UnreadableInputError(NO_SCORES.of(key=key[:12]))
        return columns_of(names, read)

    def follow_ups(self) -> Sequence[FollowUp]:
        """Return all that was reported, in the order of days."""
        reports = [_read_reports(p) for p in sorted((self._path / REPORTS).glob("*.json"))]
        return tuple(sorted(reports, key=lambda report: report.day))

    def outcomes(self, key: str) -> dict[str, OutcomeColumns]:
        """Return what came of the results of a round, by outcome; the latest report counts."""
        places = {name: i for i, name in enumerate(self.columns(key).ids)}
        rows = (
            (o.result, o.outcome, o.state, o.value, o.day)
            for report in self.follow_ups()
            for o in report.outcomes
            if o.round == key
        )
        return outcome_columns(rows, places)


def _read_reports(path: Path) -> FollowUp:
    try:
        data: Any = json.loads(path.read_text(encoding="utf-8"))
        return from_data(data)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableInputError(_BROKEN.of(path=str(path))) from error


def _clear(folder: Path) -> None:
    """Remove what a process left beside the files that was killed an hour ago or more."""
    for path in folder.iterdir():
        with suppress(OSError):
            if _BESIDE.fullmatch(path.name) and path.stat().st_mtime < time.time() - _AN_HOUR:
                path.unlink()
