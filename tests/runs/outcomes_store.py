"""A store of made-up rounds whose outcomes follow a known rule."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pilotscore.language import same
from pilotscore.outcomes.logistic import chance_of
from pilotscore.store import (
    DecisionColumns,
    FollowUp,
    IndicatorColumn,
    Item,
    OutcomeReport,
    RoundColumns,
    RoundHead,
    Store,
    open_store,
)
from pilotscore.store.members import members_of
from pilotscore.store.rounds import Held, as_json, packed, round_in
from pilotscore.store.saved import kept_round

NAMES = ("tech", "scale", "market", "team")
TRUTH = np.array([0.45, 0.25, 0.2, 0.1])
SET = """
id: small
version: "1"
title: {zh: 小体系, en: Small set}
evidence:
  default: claimed
  threshold: tested
  grades:
    - {id: claimed, title: {zh: 自述, en: claimed}, cap: 60}
    - {id: tested, title: {zh: 检测, en: tested}, cap: 100}
grades:
  - {id: A, title: {zh: 优, en: top}, index: 75, every_dimension: 40}
  - {id: B, title: {zh: 良, en: good}, index: 60, dimensions: {tech: 5}}
  - {id: C, title: {zh: 其他, en: other}}
facts:
  - {id: owned, title: {zh: 权属清晰, en: Ownership clear}, type: text}
gates:
  - {id: not_owned, title: {zh: 权属不清, en: ownership unclear}, when: owned == 'no', cap: C}
dimensions:
"""
_DIMENSION = """
  - id: {name}
    title: {{zh: 维{name}, en: Dimension {name}}}
    weight: 25
    indicators:
      - {{id: {name}_1, title: {{zh: 指标{name}, en: Indicator {name}}}, type: ratio, direction: max,
          range: [0, 100], points: [[0, 0], [100, 100]], weight: 100}}
"""


def set_text() -> str:
    """Return the criteria set: four dimensions of equal weight, with one indicator each."""
    return SET.lstrip() + "".join(_DIMENSION.format(name=n).lstrip("\n") for n in NAMES)


def head() -> RoundHead:
    """Return what its columns are of."""
    grades = (("A", 75), ("B", 60), ("C", 0))
    return RoundHead(
        tuple(Item(g, same(g), least=least) for g, least in grades),
        (Item("claimed", same("claimed"), least=60), Item("tested", same("tested"), least=100)),
        tuple(Item(n, same(n), weight=25) for n in NAMES),
        tuple(Item(f"{n}_1", same(n), n, 100) for n in NAMES),
        (Item("owned", same("owned")),),
    )


def columns(n: int, seed: int, *, drawn: bool = False) -> RoundColumns:
    """Return n results; those with an index of 60 or more, or drawn, are funded."""
    random = np.random.default_rng(seed)
    scores = np.clip(random.normal(65, 14, (n, 4)), 0, 100).round(3)
    index = scores.mean(axis=1)
    owned = random.random(n) < 0.95
    grade = np.where((index >= 75) & (scores.min(axis=1) >= 40), 0, np.where(index >= 60, 1, 2))
    grade = np.where(owned, grade, 2)
    pool = (index >= 58) & (index < 66) if drawn else np.zeros(n, dtype=bool)
    funded = np.where(pool, random.random(n) < 0.5, index >= 60)
    evidence = (random.random((n, 4)) < 0.5).astype(np.int8)
    return RoundColumns(
        head=head(),
        ids=tuple(f"R{seed}-{i}" for i in range(n)),
        titles=tuple(f"成果 {i}" for i in range(n)),
        ranks=np.argsort(np.argsort(-index)) + 1,
        grades=grade.astype(np.int8),
        statuses=("graded",) * n,
        index=index,
        low=index,
        high=index,
        dimensions={name: scores[:, k] for k, name in enumerate(NAMES)},
        indicators={
            f"{name}_1": IndicatorColumn(scores[:, k], scores[:, k], evidence[:, k])
            for k, name in enumerate(NAMES)
        },
        facts={"owned": tuple("yes" if x else "no" for x in owned)},
        decisions=DecisionColumns(
            tuple("fund" if f else "decline" for f in funded),
            np.where(funded, 100, 0),
            ("",) * n,
            np.where(pool, 0.5, np.where(funded, 1.0, 0.0)),
            pool,
            pool,
            np.zeros(n, dtype=bool),
        ),
    )


def kept(made: RoundColumns, day: str, text: str = ""):
    """Return a round as a store takes it, with the criteria set in its file."""
    statuses = made.decisions.statuses if made.decisions else ()
    decided = [{"award": 0.0001 if s == "fund" else 0} for s in statuses]
    whole = {"call": {"title": "call"}, "decisions": decided, "unit": "万元"}
    if made.decisions is None:
        whole = {"ranking": [{} for _ in made.ids]}
    record = as_json(whole).decode()
    version = {"id": "small", "version": "1", "sha256": "0" * 64}
    manifest = {"as_of": day, "criteria": version, "policy": None}
    manifest |= {"call": version} if made.decisions else {}
    work = {"rules": {"criteria": "rules/criteria/small.yaml"}}
    members = {**members_of(made), "rules/criteria/small.yaml": (text or set_text()).encode()}
    content = packed({"zh": record, "en": record}, manifest, (), Held(work, (), members))
    return kept_round(round_in(content, Path("made.pilot")), content)


def reports(
    key: str, made: RoundColumns, seed: int, *, followed: float = 1.0, truth=TRUTH, losers=False
) -> FollowUp:
    """Return what came of the funded ones: reached by a known rule, failed, not yet, or lost."""
    random = np.random.default_rng(seed + 1000)
    scores = np.stack([made.dimensions[n] for n in NAMES], axis=1)
    chance = chance_of((scores @ truth - 65) / 6)
    asked = made.decisions.funded | (made.decisions.drawn if losers else False)
    entries = []
    for i in np.flatnonzero(asked & (random.random(len(made)) < followed)).tolist():
        after = np.datetime64("2024-06-01") + int(random.integers(200, 1200))
        came = random.random() < chance[i]
        state = ("reached" if came else "failed") if random.random() < 0.8 else "not_yet"
        state = "lost" if random.random() < 0.03 else state
        entries.append(OutcomeReport(key, made.ids[i], "first_sale", state, None, str(after)))
    return FollowUp("2028-01-01", "back.xlsx", "0" * 64, (), tuple(entries))


def store_of(path: Path, sizes: tuple[int, ...] = (200, 200), **how) -> Store:
    """Return a store with rounds of some sizes, and what came of them."""
    store = open_store(path, write=True)
    losers = how.pop("losers", False)
    for seed, n in enumerate(sizes, start=1):
        made = columns(n, seed, drawn=losers)
        whole = kept(made, f"2024-06-0{seed}")
        store.add(whole)
        store.add_follow_up(reports(whole.entry.key, made, seed, losers=losers, **how))
    return store
