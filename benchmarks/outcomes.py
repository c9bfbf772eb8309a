"""1,000,000 scored results of a store, 400,000 of them followed up, through all of ``learn``.

    python outcomes.py            the store is made in a temporary folder, which takes a minute or two
    python outcomes.py FOLDER     made there, or used again

Five rounds of 200,000 results by 8 dimensions and 32 indicators, with evidence, facts and decisions,
in one SQLite file. Ours runs in a process of its own, with its CPU seconds and its peak memory. The
plain way is scikit-learn and statsmodels on columns that are in memory already: areas of the index
and of every indicator, a logistic curve, the isotonic curve, Kaplan-Meier by grade; it has no
intervals, re-estimates no weights and reads no store.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from common import Result, report

from pilotscore.language import same
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
    open_store,
)
from pilotscore.store.interface import Version

ROUNDS, EACH, DIMENSIONS, WITHIN_ONE = 5, 200_000, 8, 4
FUNDED_FROM, FOLLOWED = 55.0, 0.5
NAMES = [f"d{k}" for k in range(DIMENSIONS)]
WEIGHTS = np.array([20, 15, 15, 10, 10, 10, 10, 10]) / 100
TRUTH = np.array([30, 20, 10, 10, 10, 10, 5, 5]) / 100
DAY = "2022-06-0{}"

_RUN = """
import json, resource, sys, time
from pilotscore.runs.learn import learn
from pilotscore.store import open_store
from pilotscore.views.learn.document import document
from pilotscore.render.json import to_json
start = time.process_time()
report = learn(open_store(sys.argv[1]), window=36, criteria=sys.argv[2], odds=(200, 800))
text = to_json(document(report).record(), "en")
took = time.process_time() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
w = report.weights.reweighing
print(json.dumps({"took": took, "peak": peak, "followed": report.followed.reported,
    "area": report.index.area.value, "proposed": w.proposed.tolist(), "moves": len(report.weights.moves)}))
"""


def criteria_text() -> str:
    """Return the set that the rounds were scored by."""
    lines = [
        'id: million\nversion: "1"\ntitle: A million\ngrades:',
        "  - {id: A, title: A, index: 70, every_dimension: 30}",
        "  - {id: B, title: B, index: 55}\n  - {id: C, title: C}\n",
        "facts:\n  - {id: owned, title: Owned, type: text}",
        "gates:\n  - {id: not_owned, title: not owned, when: owned == 'no', cap: C}\ndimensions:",
    ]
    for name, weight in zip(NAMES, WEIGHTS, strict=True):
        lines.append(
            f"  - id: {name}\n    title: {name}\n    weight: {100 * weight:g}\n    indicators:"
        )
        lines += [
            f"      - {{id: {name}x{j}, title: {name}x{j}, type: ratio, range: [0, 100], "
            "points: [[0, 0], [100, 100]], weight: 25}"
            for j in range(WITHIN_ONE)
        ]
    return "\n".join(lines) + "\n"


def head() -> RoundHead:
    """Return what the columns are of."""
    indicators = tuple(
        Item(f"{n}x{j}", same(f"{n}x{j}"), n, 25) for n in NAMES for j in range(WITHIN_ONE)
    )
    return RoundHead(
        tuple(Item(g, same(g), least=x) for g, x in (("A", 70), ("B", 55), ("C", 0))),
        (Item("claimed", same("claimed")), Item("tested", same("tested"))),
        tuple(Item(n, same(n), weight=100 * w) for n, w in zip(NAMES, WEIGHTS, strict=True)),
        indicators,
        (Item("owned", same("owned")),),
    )


def columns(number: int) -> RoundColumns:
    """Return a round."""
    random = np.random.default_rng(number)
    scores = np.clip(random.normal(60, 22, (EACH, DIMENSIONS * WITHIN_ONE)), 0, 100).round(1)
    dimensions = scores.reshape(EACH, DIMENSIONS, WITHIN_ONE).mean(axis=2)
    index = np.zeros(EACH)
    for k, weight in enumerate(WEIGHTS):
        index += dimensions[:, k] * weight
    owned = random.random(EACH) < 0.97
    grade = np.where((index >= 70) & (dimensions.min(axis=1) >= 30), 0, np.where(index >= 55, 1, 2))
    grade = np.where(owned, grade, 2).astype(np.int8)
    chance = np.clip((index - 50) / 10, 0, 1).round(3)
    funded = random.random(EACH) < chance
    evidence = (random.random(scores.shape) < 0.5).astype(np.int8)
    no = np.zeros(EACH, dtype=bool)
    return RoundColumns(
        head(),
        [f"R{number}-{i}" for i in range(EACH)],
        [f"Result {i}" for i in range(EACH)],
        np.arange(1, EACH + 1),
        grade,
        ("graded",) * EACH,
        index,
        index - 2,
        index + 2,
        {n: dimensions[:, k] for k, n in enumerate(NAMES)},
        {
            item.id: IndicatorColumn(scores[:, j], scores[:, j], evidence[:, j])
            for j, item in enumerate(head().indicators)
        },
        {"owned": tuple("yes" if x else "no" for x in owned)},
        DecisionColumns(
            tuple("fund" if f else "decline" for f in funded),
            funded * 10_000_000,
            tuple("full" if f else "" for f in funded),
            chance,
            (chance > 0) & (chance < 1),
            no,
            no,
        ),
    )


def reports(key: str, made: RoundColumns, number: int) -> FollowUp:
    """Return what came of half of those funded, by the true weights."""
    random = np.random.default_rng(100 + number)
    merit = sum(made.dimensions[n] * w for n, w in zip(NAMES, TRUTH, strict=True))
    came = random.random(EACH) < 1 / (1 + np.exp(-(merit - 60) / 5))
    asked = np.flatnonzero(made.decisions.funded & (random.random(EACH) < FOLLOWED))
    days = np.datetime64("2022-06-01") + random.integers(100, 1500, EACH)
    state = np.where(came, "reached", np.where(random.random(EACH) < 0.4, "failed", "not_yet"))
    entries = tuple(
        OutcomeReport(key, made.ids[i], "first_sale", str(state[i]), None, str(days[i]))
        for i in asked.tolist()
    )
    return FollowUp("2027-01-01", f"back-{number}.xlsx", "0" * 64, (), entries)


def make(path: Path) -> None:
    """Write the store."""
    store = open_store(path, write=True)
    for number in range(ROUNDS):
        made = columns(number)
        key = f"{number:064d}"
        version = Version("million", "1", "0" * 64)
        funded = int(made.decisions.funded.sum())
        entry = RoundEntry(
            key,
            "fund",
            same(f"round {number}"),
            DAY.format(number + 1),
            version,
            results=EACH,
            funded=funded,
            awarded_fen=funded * 10_000_000,
            unit="万元",
        )
        store.add(KeptRound(entry, made, b"", criteria_text()))
        store.add_follow_up(reports(key, made, number))
    store.close()


def plain(path: Path) -> float:
    """Return the CPU seconds of the figures alone, by other libraries, on columns in memory."""
    from sklearn.isotonic import IsotonicRegression
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from statsmodels.duration.survfunc import SurvfuncRight

    from pilotscore.runs.learn_data import followed

    f = followed(open_store(path), window=36)
    keep = f.counted
    event, index = f.known.success[keep], f.index[keep]
    there = np.isfinite(f.months)
    indicators = [
        np.concatenate([r.columns.indicators[i.id].scores[r.reports.places] for r in f.rounds])[
            keep
        ]
        for i in f.head.indicators
    ]
    start = time.process_time()
    for figure in (index, *indicators):
        roc_auc_score(event, figure)
    LogisticRegression(C=1e9).fit(index[:, None], event).predict_proba(index[:, None])
    IsotonicRegression(out_of_bounds="clip").fit(index, event).predict(index)
    for grade in range(3):
        mine = there & (f.grade == grade)
        SurvfuncRight(f.months[mine].round(1), f.happened[mine].astype(int))
    return time.process_time() - start


def measure(folder: Path | None = None) -> Result:
    """Measure both in CPU seconds."""
    with tempfile.TemporaryDirectory() as name:
        place = folder or Path(name)
        path, criteria = place / "million.db", place / "million.yaml"
        if not path.exists():
            make(path)
        criteria.write_text(criteria_text(), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", _RUN, str(path), str(criteria)],
            capture_output=True,
            text=True,
            check=True,
        )
        ours = json.loads(done.stdout)
        other = plain(path)
    away = float(np.abs(np.array(ours["proposed"]) - TRUTH).sum())
    return Result(
        "outcomes",
        ours["took"],
        other,
        f"{ours['took']:.0f} s, {ours['peak']:.0f} MB",
        "60 s, 1.5 GB",
        ours["took"] <= 60 and ours["peak"] < 1_500,
        (
            f"{ours['followed']:,} followed up; weights {away:.3f} from the truth (before "
            f"{float(np.abs(WEIGHTS - TRUTH).sum()):.3f}); {ours['moves']:,} would move",
        ),
    )


if __name__ == "__main__":
    report(measure(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
