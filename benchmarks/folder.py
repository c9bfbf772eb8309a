"""Reads 2,000 workbooks, each a form with one result, beside a loop of openpyxl."""

from __future__ import annotations

import datetime
import subprocess
import sys
from pathlib import Path

import numpy as np
import xlsxwriter
from build_workbook import fact_values, indicator_values
from common import Result, alternate, median, report, workplace

from pilotscore.criteria import CriteriaSet, load_criteria

BOOKS = 2_000
TIMES_AS_FAST = 5.0

OURS = """
import pathlib, sys
from pilotscore.criteria import load_criteria
from pilotscore.workbook import read_workbooks
submission = read_workbooks([pathlib.Path(sys.argv[1])], load_criteria("pilot-maturity").criteria)
print(len(submission), sum(f.severity == "error" for f in submission.findings))
"""
PLAIN = """
import pathlib, sys, openpyxl
results = []
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.xlsx")):
    sheet = openpyxl.load_workbook(path, data_only=True).active
    values = {}
    for name, value, *rest in sheet.iter_rows(values_only=True):
        if name is not None:
            values[name] = value
    results.append(values)
print(len(results))
"""


def build(folder: Path, criteria: CriteriaSet, seed: int = 20260101) -> None:
    """Write the forms: sections, name, value, unit and evidence of every fact and indicator."""
    random = np.random.default_rng(seed)
    quality = random.beta(5, 2, BOOKS)
    columns = {q.id: indicator_values(q, random, quality) for q in criteria.indicators}
    columns |= {f.id: fact_values(f, random, BOOKS) for f in criteria.facts}
    for i in range(BOOKS):
        with xlsxwriter.Workbook(folder / f"{i:04d}.xlsx") as book:
            sheet = book.add_worksheet("申报书")
            head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
            cell = book.add_format({"border": 1, "text_wrap": True})
            day = book.add_format({"border": 1, "num_format": "yyyy-mm-dd"})
            sheet.set_column(0, 0, 30)
            sheet.merge_range("A1:D1", "科技成果中试情况申报书", head)
            rows = [("编号", f"P-{i:04d}", "", ""), ("成果名称", f"成果 {i}", "", "")]
            rows += [
                (f.title.zh, columns[f.id][i], f.unit.zh if f.unit else "", "")
                for f in criteria.facts
            ]
            for dimension in criteria.dimensions:
                rows.append((dimension.title.zh, "", "", ""))
                rows += [
                    (q.title.zh, columns[q.id][i], q.unit.zh if q.unit else "", "E3")
                    for q in dimension.indicators
                ]
            sheet.write_row(1, 0, ("指标", "填写值", "单位", "证据等级"), head)
            for r, row in enumerate(rows, 2):
                sheet.write_row(r, 0, row, cell)
                if isinstance(row[1], datetime.date):
                    sheet.write_datetime(r, 1, row[1], day)


def run(script: str, folder: Path) -> str:
    """Run one of the readers in a process of its own."""
    command = [sys.executable, "-c", script, str(folder)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def measure(runs: int = 3) -> Result:
    """Return the ratio."""
    from reading import peak

    with workplace() as place:
        folder = place.folder / "forms"
        folder.mkdir()
        build(folder, load_criteria("pilot-maturity").criteria)
        told = run(OURS, folder).split()
        if told[0] != str(BOOKS):
            raise SystemExit(f"read {told[0]} results of {BOOKS}")
        ours, plain = alternate(lambda: run(OURS, folder), lambda: run(PLAIN, folder), runs=runs)
        memory = peak(OURS, folder), peak(PLAIN, folder)
    faster = median(plain) / median(ours)
    return Result(
        f"folder: {BOOKS} forms",
        median(ours),
        median(plain),
        f"{faster:.1f} times as fast",
        f"{TIMES_AS_FAST:g} times as fast",
        faster >= TIMES_AS_FAST,
        (
            f"  {told[1]} errors; peak memory of one process: ours {memory[0]} MB, openpyxl {memory[1]} MB",
        ),
    )


if __name__ == "__main__":
    report(measure())
