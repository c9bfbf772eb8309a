"""A store in one SQLite file: each round or report in one transaction, one writer at a time."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from pilotscore.errors import UnreadableInputError
from pilotscore.language import Text
from pilotscore.store.columns import (
    NONE,
    DecisionColumns,
    Fact,
    IndicatorColumn,
    Milestone,
    OutcomeColumns,
    ReadOnDemand,
    RoundColumns,
)
from pilotscore.store.connection import Connection, Waiting
from pilotscore.store.database_writing import put_follow_up, put_round
from pilotscore.store.follow_ups import FollowUp, MatchReport, MilestoneReport, OutcomeReport
from pilotscore.store.interface import KeptRound, RoundEntry, Version
from pilotscore.store.latest import outcome_columns
from pilotscore.store.members import fact_of, floats, head_of

NO_SCORES = Text(
    "轮次 {key} 由早期版本保存，没有分数列；请用当前版本重新保存",
    "the round {key} was saved by an early version, without its scores; save it anew",
)

_AT_ONCE = 20_000
_ENTRIES = (
    "SELECT r.key, r.kind, r.title_zh, r.title_en, r.as_of, c.id, c.version, c.sha256,"
    " r.policy_id, r.policy_version, r.policy_sha256, r.call_id, r.call_version, r.call_sha256,"
    " r.unit, r.results, r.funded, r.awarded_fen, r.parent, r.head IS NOT NULL"
    " FROM rounds r JOIN criteria c ON c.sha256 = r.criteria ORDER BY r.as_of, r.number"
)


class Database:
    """A store in one SQLite file.

    Parameters
    ----------
    path
        The file.
    write
        Whether it is made where there is none.
    waiting
        Is told once where another process writes to it at the moment.
    """

    def __init__(self, path: Path, *, write: bool, waiting: Waiting | None = None) -> None:
        self.name = str(path)
        self._db = Connection(path, write=write, waiting=waiting)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    # ------------------------------------------------------------------------- writing

    def add(self, kept: KeptRound) -> bool:
        """Write a round; False where it is there already."""
        with self._db.reporting(), self._db.writing():
            if self._db.is_there("SELECT 1 FROM rounds WHERE key = ?", kept.entry.key):
                return False
            put_round(self._db, kept)
        return True

    def add_follow_up(self, follow_up: FollowUp) -> bool:
        """Write what was reported; False where it is there already."""
        with self._db.reporting(), self._db.writing():
            if self._db.is_there("SELECT 1 FROM follow_ups WHERE key = ?", follow_up.key):
                return False
            put_follow_up(self._db, follow_up)
        return True

    # ------------------------------------------------------------------------- reading

    def rounds(self) -> tuple[RoundEntry, ...]:
        """Return the rounds, by day and then in the order in which they came."""
        with self._db.reporting():
            return tuple(_entry(row) for row in self._db.rows(_ENTRIES))

    def _number(self, key: str) -> int:
        row = self._db.rows("SELECT number FROM rounds WHERE key = ?", key).fetchone()
        if row is None:
            raise KeyError(key)
        number: int = row[0]
        return number

    def round_file(self, key: str) -> bytes:
        """Return the file of a round as it was saved."""
        with self._db.reporting():
            number = self._number(key)
            content: bytes = self._db.one("SELECT file FROM rounds WHERE number = ?", number)
        return content

    def columns(self, key: str) -> RoundColumns:
        """Return what a round says of its results; big columns are read when they are asked for."""
        with self._db.reporting():
            number = self._number(key)
            text = self._db.one("SELECT head FROM rounds WHERE number = ?", number)
            if text is None:
                raise UnreadableInputError(NO_SCORES.of(key=key[:12]))
            head = head_of(text)
            codes: dict[str | None, int] = {item.id: i for i, item in enumerate(head.grades)}
            codes[None] = NONE
            kinds: dict[str, Any] = {"id": _texts, "title": _texts, "rank": np.int64}
            kinds |= {"grade": lambda cells: np.array([codes[x] for x in cells], dtype=np.int8)}
            kinds |= {"status": _words, '"index"': np.float64, "low": np.float64}
            kinds |= {"high": np.float64}
            ids, titles, ranks, grades, statuses, index, low, high = self._columns(
                number, "results", kinds
            )
            return RoundColumns(
                head=head,
                ids=ids,
                titles=titles,
                ranks=ranks,
                grades=grades,
                statuses=statuses,
                index=index,
                low=low,
                high=high,
                dimensions=ReadOnDemand(
                    [item.id for item in head.dimensions],
                    lambda name: floats(self._array(number, "dimension", name)),
                ),
                indicators=ReadOnDemand(
                    [item.id for item in head.indicators],
                    lambda name: self._indicator(number, name),
                ),
                facts=ReadOnDemand(
                    [item.id for item in head.facts], lambda name: self._fact(number, name)
                ),
                decisions=self._decisions(number),
            )

    def _decisions(self, number: int) -> DecisionColumns | None:
        kind = self._db.one("SELECT kind FROM rounds WHERE number = ?", number)
        if kind != "fund":
            return None
        kinds: dict[str, Any] = {"status": _words, "award_fen": np.int64, "level": _words}
        kinds |= {"chance": np.float64, "discussed": np.bool_, "drawn": np.bool_}
        statuses, award, levels, chance, discussed, drawn, by_hand = self._columns(
            number, "decisions", {**kinds, "by_hand": np.bool_}
        )
        rows = self._db.rows(
            "SELECT place, number, fen, stage, months, shows_zh, shows_en FROM milestones"
            " WHERE round = ? ORDER BY place, number",
            number,
        )
        milestones = tuple(_milestone(*row) for row in rows)
        return DecisionColumns(
            statuses, award, levels, chance, discussed, drawn, by_hand, milestones
        )

    def _columns(self, number: int, table: str, kinds: Mapping[str, Any]) -> list[Any]:
        """Return columns of a table, read in one pass: arrays of a type, or what a function makes.

        A part of the rows at a time: the cells of a million of them stand nowhere at once.
        """
        cursor = self._db.rows(
            f"SELECT {', '.join(kinds)} FROM {table} WHERE round = ? ORDER BY place", number
        )
        makers = [_array_of(kind) if isinstance(kind, type) else kind for kind in kinds.values()]
        parts: list[list[Any]] = [[make(())] for make in makers]
        while rows := cursor.fetchmany(_AT_ONCE):
            for part, make, cells in zip(parts, makers, zip(*rows, strict=True), strict=True):
                part.append(make(cells))
        return [
            np.concatenate(part) if isinstance(part[0], np.ndarray) else tuple(chain(*part))
            for part in parts
        ]

    def _array(self, number: int, kind: str, name: str) -> list[Any] | None:
        """Return an array; None where there is none."""
        sql = "SELECT data FROM arrays WHERE round = ? AND kind = ? AND name = ?"
        with self._db.reporting():
            row = self._db.rows(sql, number, kind, name).fetchone()
        values: list[Any] | None = None if row is None else json.loads(row[0])
        return values

    def _indicator(self, number: int, name: str) -> IndicatorColumn:
        judged = self._array(number, "judged", name)
        return IndicatorColumn(
            floats(self._array(number, "value", name)),
            floats(self._array(number, "score", name)),
            np.array(self._array(number, "evidence", name), dtype=np.int8),
            None if judged is None else np.array(judged, dtype=bool),
        )

    def _fact(self, number: int, name: str) -> Fact:
        return fact_of(self._array(number, "fact", name) or [])

    def follow_ups(self) -> Sequence[FollowUp]:
        """Return all that was reported, in the order of days."""
        with self._db.reporting():
            heads = self._db.rows(
                "SELECT number, day, file, sha256 FROM follow_ups ORDER BY day, number"
            ).fetchall()
            return tuple(self._follow_up(*head) for head in heads)

    def _follow_up(self, number: int, day: str, file: str, sha256: str) -> FollowUp:
        def rows(table: str) -> list[tuple[Any, ...]]:
            sql = f"SELECT * FROM {table} WHERE follow_up = ? ORDER BY rowid"
            return [row[1:] for row in self._db.rows(sql, number)]

        return FollowUp(
            day,
            file,
            sha256,
            tuple(MilestoneReport(*row) for row in rows("milestone_reports")),
            tuple(OutcomeReport(*row) for row in rows("outcome_reports")),
            tuple(MatchReport(*row) for row in rows("match_reports")),
        )

    def outcomes(self, key: str) -> dict[str, OutcomeColumns]:
        """Return what came of the results of a round, by outcome; the latest report counts."""
        with self._db.reporting():
            (ids,) = self._columns(self._number(key), "results", {"id": _texts})
            places = {name: i for i, name in enumerate(ids)}
            rows = self._db.rows(
                "SELECT o.result, o.outcome, o.state, o.value, o.day FROM outcome_reports o"
                " JOIN follow_ups f ON f.number = o.follow_up WHERE o.round = ?"
                " ORDER BY f.day, f.number, o.rowid",
                key,
            )
            return outcome_columns(rows, places)


def _array_of(kind: type) -> Callable[[Sequence[Any]], Any]:
    return lambda cells: np.array(cells, dtype=kind)  # None is nan among numbers


def _texts(cells: Sequence[str]) -> Sequence[str]:
    return cells


def _words(cells: Sequence[str]) -> Sequence[str]:
    return tuple(map(sys.intern, cells))  # few words, a million times


def _milestone(
    place: int, number: int, fen: int, stage: str, months: int | None, zh: str, en: str
) -> Milestone:
    return Milestone(place, number, fen, stage, months, Text(zh, en))


def _entry(row: tuple[Any, ...]) -> RoundEntry:
    def version(at: int) -> Version | None:
        return None if row[at] is None else Version(*row[at : at + 3])

    key, kind, zh, en, as_of = row[:5]
    unit, results, funded, awarded, parent, scores = row[14:]
    return RoundEntry(
        key=key,
        kind=kind,
        title=Text(zh, en),
        as_of=as_of,
        criteria=Version(*row[5:8]),
        policy=version(8),
        call=version(11),
        unit=unit,
        results=results,
        funded=funded,
        awarded_fen=awarded,
        parent=parent,
        has_scores=bool(scores),
    )
