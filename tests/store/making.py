"""Rounds of made-up results, for a store to keep."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from pilotscore.language import Text, same
from pilotscore.store import (
    DecisionColumns,
    FollowUp,
    IndicatorColumn,
    Item,
    KeptRound,
    OutcomeReport,
    RoundColumns,
    RoundEntry,
    RoundHead,
)
from pilotscore.store.columns import Milestone
from pilotscore.store.interface import Version
from pilotscore.store.members import members_of
from pilotscore.store.rounds import Held, as_json, packed, round_in
from pilotscore.store.saved import kept_round

GRADES = tuple(Item(g, same(g), least=least) for g, least in (("A", 80), ("B", 60), ("C", 0)))


def columns(n: int, seed: int = 1, *, decided: bool = True, indicators: int = 2) -> RoundColumns:
    """Return n results scored at random."""
    rng = np.random.default_rng(seed)
    names = [f"i{k}" for k in range(indicators)]
    index = np.round(rng.uniform(0, 100, n), 6)
    grades = np.where(index >= 80, 0, np.where(index >= 60, 1, 2)).astype(np.int8)
    if n > 2:
        grades[0], index[0] = -1, np.nan
    head = RoundHead(
        GRADES,
        (Item("claim", Text("自述", "claimed")), Item("test", Text("检测", "tested"))),
        (Item("d", Text("维度", "dimension"), weight=100.0),),
        tuple(Item(x, same(x), within="d", weight=1.0) for x in names),
        (
            Item("institution", Text("单位", "Institution")),
            Item("requested", Text("申请", "asked")),
        ),
    )
    return RoundColumns(
        head=head,
        ids=tuple(f"P-{i + 1}" for i in range(n)),
        titles=tuple(f"成果 {i + 1}" for i in range(n)),
        ranks=np.arange(n),
        grades=grades,
        statuses=tuple("withheld" if g < 0 else "graded" for g in grades.tolist()),
        index=index,
        low=index - 1,
        high=index + 1,
        dimensions={"d": index},
        indicators={x: _indicator(rng, n) for x in names},
        facts={"institution": tuple("北屿大学" for _ in range(n)), "requested": np.full(n, 5.0)},
        decisions=_decisions(index, rng) if decided else None,
    )


def _indicator(rng: np.random.Generator, n: int) -> IndicatorColumn:
    values = rng.integers(1, 10, n).astype(float)
    values[: n // 5] = np.nan
    evidence = rng.integers(-1, 2, n).astype(np.int8)
    judged = rng.uniform(size=n) < 0.5
    scores = np.round(rng.uniform(0, 100, n), 6)
    return IndicatorColumn(values, scores, evidence, judged if judged.any() else None)


def _decisions(index: np.ndarray, rng: np.random.Generator) -> DecisionColumns:
    n, funded = len(index), np.nan_to_num(index) >= 60
    chance = np.round(rng.uniform(0, 1, n), 6)
    return DecisionColumns(
        statuses=tuple("fund" if f else "decline" for f in funded.tolist()),
        award=np.where(funded, 10_000_000, 0),
        levels=tuple("full" if f else "" for f in funded.tolist()),
        chance=chance,
        discussed=chance < 0.9,
        drawn=np.zeros(n, dtype=bool),
        by_hand=np.zeros(n, dtype=bool),
        milestones=tuple(
            Milestone(i, k, 5_000_000, "2026", months, Text("任务书", "contract"))
            for i in np.flatnonzero(funded).tolist()
            for k, months in ((1, None), (2, 12))
        ),
    )


def kept(n: int = 5, seed: int = 1, day: str = "2026-11-30", **more: bool | int) -> KeptRound:
    """Return a round with n results, as a store takes it."""
    return kept_of(columns(n, seed, **more), seed, day)


def kept_of(made: RoundColumns, seed: int = 1, day: str = "2026-11-30") -> KeptRound:
    """Return columns as a round that was saved."""
    n = len(made)
    decided = made.decisions is not None
    rows = [
        {"award": 10.0 if s == "fund" else 0} for s in (made.decisions.statuses if decided else ())
    ]
    record = {"call": {"title": "call"}, "decisions": rows, "unit": "万元"}
    if not decided:
        record = {"ranking": [{} for _ in range(n)]}
    version = {"id": "c", "version": "1", "sha256": hashlib.sha256(b"c").hexdigest()}
    manifest = {"as_of": day, "criteria": version, "policy": None, "seed": seed}
    manifest |= {"call": version} if decided else {}
    text = as_json(record).decode()
    content = packed({"zh": text, "en": text}, manifest, (), Held({}, (), members_of(made)))
    return kept_round(round_in(content, Path("made.pilot")), content)


def bare(made: RoundColumns, key: str = "k") -> KeptRound:
    """Return columns as a round that no file was saved of."""
    version = Version("c", "1", "0" * 64)
    entry = RoundEntry(key, "fund", same("call"), "2026-11-30", version, results=len(made))
    return KeptRound(entry, made)


def report(round: str, *entries: tuple[str, str, str], day: str = "2027-11-30") -> FollowUp:
    """Return reports of outcomes: result, outcome, state."""
    outcomes = tuple(OutcomeReport(round, r, o, s, 0.4, day) for r, o, s in entries)
    return FollowUp(day, "back.xlsx", "0" * 64, (), outcomes)
