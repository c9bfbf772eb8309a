"""A thousand results, xlsx in and xlsx out: ``pilotscore rank`` beside a plain pandas script."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pandas as pd
from build_workbook import build
from common import (
    COMMAND,
    HERE,
    Result,
    Workplace,
    alternate,
    median,
    report,
    spread,
    workplace,
)

import pilotscore
from pilotscore.criteria import load_criteria
from pilotscore.criteria.files import locate

RUNS = 11
ROWS = 1000
TIMES_AS_FAST = 3
CRITERIA = "pilot-maturity"
EQUAL = 1e-9
# The same script with libraries that we use: how much of the ratio is theirs. Not held to a target.
VARIANTS = {
    "numpy": ("--index", "numpy"),
    "fast": ("--index", "numpy", "--reader", "calamine", "--writer", "xlsxwriter"),
}
PARTS = ("imports", "rules", "read", "score", "write")


def measure(runs: int = RUNS) -> Result:
    """Measure both, and hold their outputs against each other."""
    splits: dict[str, list[dict[str, float]]] = {n: [] for n in ("ours", "plain", *VARIANTS)}
    with workplace() as place:
        build(place.folder / "in.xlsx", load_criteria(CRITERIA).criteria, ROWS)
        ours, plain, _, *variants = alternate(
            partial(_ours, place),
            partial(_plain, place, "plain.xlsx", splits["plain"]),
            partial(_split, place, splits["ours"]),
            *(partial(_plain, place, f"{n}.xlsx", splits[n], *VARIANTS[n]) for n in VARIANTS),
            runs=runs,
        )
        same = _compared(place.folder)
    totals = {"ours": median(ours), "plain": median(plain)}
    totals |= {n: median(times) for n, times in zip(VARIANTS, variants, strict=True)}
    faster = totals["plain"] / totals["ours"]
    return Result(
        f"workbook: rank {ROWS}",
        totals["ours"],
        totals["plain"],
        f"{faster:.2f} times as fast",
        f"{TIMES_AS_FAST} times as fast",
        faster >= TIMES_AS_FAST,
        (
            f"  {runs} runs each: ours {spread(ours)}, plain {spread(plain)}",
            f"  {same}",
            *_shown(splits, totals),
            *(f"  {n}: the plain script with {' '.join(VARIANTS[n])}" for n in VARIANTS),
        ),
    )


def _ours(place: Workplace) -> None:
    place.run(COMMAND, "rank", "in.xlsx", "-o", "ours.xlsx", "--lang", "zh")


def _plain(place: Workplace, output: str, splits: list[dict[str, float]], *options: str) -> None:
    rules = (locate(CRITERIA, "criteria"), locate(CRITERIA, "policy"))
    done = place.run(HERE / "plain_script.py", "in.xlsx", output, *rules, *options)
    splits.append(json.loads(done.stdout))


def _split(place: Workplace, splits: list[dict[str, float]]) -> None:
    done = place.run(HERE / "our_split.py", "in.xlsx", "split.xlsx")
    splits.append(json.loads(done.stdout))


def _compared(folder: Path) -> str:
    """Check that both say the same of every result: rank, grade, index and dimensions."""
    plain = pd.read_excel(folder / "plain.xlsx", engine="calamine").set_index("编号")
    outcome = pilotscore.rank(folder / "in.xlsx", CRITERIA)
    ours = outcome.ranking.to_frame().set_index("id").loc[plain.index]
    dimensions = outcome.criteria.dimensions
    pairs = {"rank": "名次", "index": "指数"} | {d.id: d.title.zh for d in dimensions}
    for mine, theirs in pairs.items():
        gap = (ours[mine] - plain[theirs].fillna(0)).abs().max()
        if not gap <= EQUAL:
            raise AssertionError(f"{mine}: the two differ by {gap}")
    if (ours["grade"].fillna("—") != plain["等级"]).any():
        raise AssertionError("the two give other grades")
    counts = plain["等级"].value_counts().sort_index()
    listed = ", ".join(f"{grade} {count}" for grade, count in counts.items())
    return f"same rank, grade, index and dimensions for all {len(plain)} results ({listed})"


def _shown(splits: dict[str, list[dict[str, float]]], totals: dict[str, float]) -> list[str]:
    """Return the time split: medians of each part; the rest is Python's own start and end."""
    lines = ["  seconds " + "".join(f"{part:>9}" for part in (*PARTS, "rest", "total", "to ours"))]
    for name, total in totals.items():
        # The first run warmed the caches.
        parts = [median([run[part] for run in splits[name][1:]]) for part in PARTS]
        figures = (*parts, total - sum(parts), total, total / totals["ours"])
        lines.append(f"  {name:<8}" + "".join(f"{figure:>9.2f}" for figure in figures))
    return lines


if __name__ == "__main__":
    report(measure())
