"""CPU seconds and memory of `fund` and `explain` on a made-up call of a province, beside another build.

    python funding.py province [--against SOURCE] [--large] [300 3000 10000]

``SOURCE`` is the `src` of another build; both take the same input, turn about. Counted is what the
process and its children take, user and system. What both decide is compared, award by award, and
every sum is held against the budget in whole fen. ``--large`` adds 100,000 results.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from common import workplace

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "pilot" / "pilot.xlsx"
MINE = ROOT / "src"
BUDGET = 12_000  # 万元
TRACKS = (
    "新能源",
    "新型储能",
    "精细化工",
    "资源循环",
    "生物制造",
    "医疗器械",
    "先进材料",
    "智能制造",
)
CALL = """
id: province
version: "1"
title: {zh: 省中试专项, en: Provincial pilot call}
criteria: pilot-maturity
unit: 万元
budget:
  stages:
    - {id: "2026", title: {zh: 2026 年, en: "2026"}, amount: 7000}
    - {id: "2027", title: {zh: 2027 年, en: "2027"}, amount: 5000}
least_grade: C
floor: 50
track: track
only_tracks: true
tracks:
TRACKS
caps:
  institution: {title: 单位限额, by: institution, max: 8%, max_awards: 2}
  region: {title: 地区限额, by: region, max: 20%}
grant: {min: 30, max: 600, cost_share: 40%, round_to: 1, policy_range: false}
levels:
  - {id: full, title: 全额, share: 100%,
     milestones: [{share: 60%, stage: "2026"}, {share: 40%, stage: "2027"}]}
  - {id: part, title: 部分, share: 60%,
     milestones: [{share: 60%, stage: "2026"}, {share: 40%, stage: "2027"}]}
rule: rank_order
objective: score_money
tie_breaks: [{by: index}, {by: evidence_share}, {by: requested, prefer: low}]
line:
  miss: skip
  partial: true
  discussion: {sure: 95%, out: 5%, draws: 500, decide: office}
reserve: 20
"""


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work: its name, the words after ``pilotscore``, and the targets."""

    name: str
    words: tuple[str, ...]
    seconds: float
    megabytes: float | None = None


def write_call(path: Path) -> None:
    """Write the call: a least amount for two tracks, and a greatest one for each."""
    lines = [
        f"  t{k}: {{title: {name}, names: [{name}], priority: {k + 1}, max: 25%"
        + (", min: 5%}" if k < 2 else "}")
        for k, name in enumerate(TRACKS)
    ]
    path.write_text(CALL.replace("TRACKS\n", "\n".join(lines) + "\n", 1), encoding="utf-8")


def write_results(path: Path, count: int, seed: int = 1) -> None:
    """Write so many results, each one of the example's with other names, sums and measurements."""
    import openpyxl
    import xlsxwriter

    rows = list(openpyxl.load_workbook(EXAMPLE)["成果"].iter_rows(values_only=True))
    head, examples = rows[2], [row for row in rows[3:] if row[0]]
    drawn = random.Random(seed)
    own = {
        "编号": lambda k: f"P{k:06d}",
        "成果名称": lambda k: f"第 {k} 项中试成果",
        "完成单位": lambda _: f"单位 {drawn.randrange(120)}",
        "所在地区": lambda _: f"地区 {drawn.randrange(12)}",
        "赛道": lambda _: drawn.choice(TRACKS),
        "中试费用（万元）": lambda _: round(min(30_000, max(60, drawn.lognormvariate(7, 0.8)))),
        "申请金额（万元）": lambda _: round(min(3_000, max(30, drawn.lognormvariate(5.5, 0.7)))),
    }
    more = [name for name in own if name not in head]
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("成果")
    sheet.write_row(0, 0, [*head, *more])
    for k in range(count):
        row = drawn.choice(examples)
        cells = [
            own[name](k) if name in own else _varied(value, drawn)
            for name, value in zip((*head, *more), (*row, *[None] * len(more)), strict=True)
        ]
        sheet.write_row(k + 1, 0, cells)
    book.close()


def _varied(value: Any, drawn: random.Random) -> Any:
    """Return a measurement a little off; words, dates, levels and blanks as they are."""
    if not isinstance(value, float):
        return value
    return round(value * drawn.uniform(0.94, 1.03), 3)


def run(source: Path, words: tuple[str, ...], environment: dict[str, str]) -> tuple[float, float]:
    """Run the program of a build; return its CPU seconds with its children's, and its peak in MB."""
    process = os.fork()
    if not process:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        changed = environment | {"PYTHONPATH": str(source)}
        os.execve(sys.executable, [sys.executable, "-m", "pilotscore", *words], changed)
    _, status, used = os.wait4(process, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise RuntimeError(f"{source}: {words}: exit code {os.waitstatus_to_exitcode(status)}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def faults(mine: dict[str, Any], other: dict[str, Any] | None) -> list[str]:
    """Return what does not agree: sums beyond the budget, awards that another build gives otherwise."""
    found = []
    for rule in ("award", "rank_order", "portfolio"):
        fen = sum(int(Decimal(str(row[rule] or 0)) * 10**6) for row in mine["decisions"])
        if fen > BUDGET * 10**6:
            found.append(f"{rule}: {fen} fen of {BUDGET * 10**6}")
    if other is not None:
        keys = ("id", "decision", "award", "rank_order")
        pairs = zip(mine["decisions"], other["decisions"], strict=True)
        differ = [a["id"] for a, b in pairs if any(a[k] != b[k] for k in keys)]
        found += [f"{name}: decided otherwise" for name in differ]
    return found


def works(sizes: list[int], *, large: bool) -> list[Work]:
    """Return the pieces of work, in the names of their files."""
    fund = {300: (3.0, None), 3_000: (8.0, 250.0), 10_000: (40.0, 600.0)}
    call = ("--call", "call.yaml", "--lang", "en")
    found = [
        Work(
            f"fund {n:,}", ("fund", f"{n}.xlsx", *call, "-o", f"{n}.json"), *fund.get(n, (0, None))
        )
        for n in sizes
    ]
    if 3_000 in sizes:
        found.append(
            Work(
                "explain one of 3,000",
                ("explain", "3000.xlsx", "P000100", "--call", "call.yaml"),
                6.0,
            )
        )
    if large:
        words = ("fund", "100000.xlsx", *call, "--limit", "seconds=1500", "-o", "100000.json")
        found.append(Work("fund 100,000", words, 300.0, 1536.0))
    return found


def main(words: list[str] | None = None) -> int:
    """Print the table; return 1 where a figure does not agree."""
    options = argparse.ArgumentParser()
    options.add_argument("sizes", nargs="*", type=int, default=[300, 3_000, 10_000])
    options.add_argument("--against", type=Path)
    options.add_argument("--large", action="store_true")
    asked = options.parse_args(words)
    builds = [MINE, *([asked.against.resolve()] if asked.against else [])]
    print(f"{'work':22}{'ours':>18}{'target':>18}{'other build':>18}  agrees")
    with workplace() as place:
        os.chdir(place.folder)
        write_call(Path("call.yaml"))
        for n in [*asked.sizes, *([100_000] if asked.large else [])]:
            write_results(Path(f"{n}.xlsx"), n)
        for source in builds:
            run(
                source, ("fund", f"{asked.sizes[0]}.xlsx", "--call", "call.yaml"), place.environment
            )
        agree = [
            report(w, builds, place.environment) for w in works(asked.sizes, large=asked.large)
        ]
    return 0 if all(agree) else 1


def report(work: Work, builds: list[Path], environment: dict[str, str]) -> bool:
    """Measure one piece of work with each build, print its line, and say whether they agree."""
    cells, records = [], []
    for number, source in enumerate(builds):
        writes = work.words[-2] == "-o"
        name = f"{number}-{work.words[-1]}"  # an older build never overwrites
        words = (*work.words[:-1], name) if writes else work.words
        seconds, megabytes = run(source, words, environment)
        cells.append(f"{seconds:.1f} s, {megabytes:.0f} MB")
        if writes:
            records.append(json.loads(Path(name).read_text(encoding="utf-8")))
    target = f"{work.seconds:.0f} s" + (f", {work.megabytes:.0f} MB" if work.megabytes else "")
    wrong = faults(records[0], records[1] if len(records) > 1 else None) if records else []
    said = "-" if not records else "yes" if not wrong else f"NO: {len(wrong)}, {wrong[0]}"
    print(
        f"{work.name:22}{cells[0]:>18}{target:>18}{cells[1] if len(cells) > 1 else '':>18}  {said}"
    )
    return not wrong


if __name__ == "__main__":
    sys.exit(main())
