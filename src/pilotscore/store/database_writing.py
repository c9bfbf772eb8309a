"""Rounds and reports into the tables of a SQLite file."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from pilotscore.store.columns import DecisionColumns, RoundColumns
from pilotscore.store.connection import Connection
from pilotscore.store.follow_ups import FollowUp
from pilotscore.store.interface import KeptRound
from pilotscore.store.members import (
    INDEX_DECIMALS,
    SCORE_DECIMALS,
    as_text,
    fact_list,
    head_text,
    numbers,
)


def put_round(db: Connection, kept: KeptRound) -> None:
    """Insert a round; to be called where everything is written or nothing."""
    e = kept.entry
    if not db.is_there("SELECT 1 FROM criteria WHERE sha256 = ?", e.criteria.sha256):
        version = (e.criteria.sha256, e.criteria.id, e.criteria.version)
        db.put("criteria", *version, kept.criteria_text)
    policy = astuple(e.policy) if e.policy else (None,) * 3
    call = astuple(e.call) if e.call else (None,) * 3
    head = None if kept.columns is None else head_text(kept.columns.head)
    title = (e.title.zh, e.title.en)
    money = (e.unit, e.results, e.funded, e.awarded_fen, e.parent)
    rules = (e.criteria.sha256, *policy, *call)
    number = db.put("rounds", None, e.key, e.kind, *title, e.as_of, *rules, *money, head, kept.file)
    if kept.columns is not None:
        _put_columns(db, number, kept.columns)


def _put_columns(db: Connection, number: int, c: RoundColumns) -> None:
    names = [item.id for item in c.head.grades]
    grades = (None if g < 0 else names[g] for g in c.grades.tolist())
    figures = (numbers(x, INDEX_DECIMALS) for x in (c.index, c.low, c.high))
    said = (c.ids, c.titles, c.ranks.tolist(), grades, c.statuses)
    db.put_all("results", number, zip(range(len(c)), *said, *figures, strict=True))

    def put(kind: str, name: str, data: list[Any]) -> None:
        db.put("arrays", number, kind, name, as_text(data))

    for name in c.dimensions:
        put("dimension", name, numbers(c.dimensions[name], INDEX_DECIMALS))
    for name in c.indicators:
        column = c.indicators[name]
        put("value", name, numbers(column.values))
        put("score", name, numbers(column.scores, SCORE_DECIMALS))
        put("evidence", name, numbers(column.evidence))
        if column.judged is not None:
            put("judged", name, column.judged.astype(int).tolist())
    for name in c.facts:
        put("fact", name, fact_list(c.facts[name]))
    if c.decisions is not None:
        _put_decisions(db, number, c.decisions)


def _put_decisions(db: Connection, number: int, d: DecisionColumns) -> None:
    flags = (x.astype(int).tolist() for x in (d.discussed, d.drawn, d.by_hand))
    chance = numbers(d.chance, SCORE_DECIMALS)
    rows = zip(
        range(len(d.award)), d.statuses, d.award.tolist(), d.levels, chance, *flags, strict=True
    )
    db.put_all("decisions", number, rows)
    parts = (
        (m.place, m.number, m.fen, m.stage, m.months, m.shows.zh, m.shows.en) for m in d.milestones
    )
    db.put_all("milestones", number, parts)


def put_follow_up(db: Connection, report: FollowUp) -> None:
    """Insert reports; to be called where everything is written or nothing."""
    number = db.put("follow_ups", None, report.key, report.day, report.file, report.sha256)
    db.put_all("milestone_reports", number, map(astuple, report.milestones))
    db.put_all("outcome_reports", number, map(astuple, report.outcomes))
    db.put_all("match_reports", number, map(astuple, report.matches))
