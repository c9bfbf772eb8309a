"""Reads 100,000 rows x 30 columns into typed values with findings, beside pandas and bare calamine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import xlsxwriter
from build_workbook import heading, indicator_values
from common import Result, alternate, median, report, workplace

from pilotscore.criteria import CriteriaSet, load_criteria

ROWS, COLUMNS = 100_000, 30
# A cell in this many is written as people write it: TRL 6, 95 %, a blank word, an error.
ODD = 100

OURS = """
import pathlib, sys
from pilotscore.criteria import load_criteria
from pilotscore.workbook.tables.headers import HeaderNames
from pilotscore.workbook.results.options import ReadingOptions
from pilotscore.workbook.results.reader import read_book
criteria = load_criteria("pilot-maturity").criteria
result = read_book(pathlib.Path(sys.argv[1]), HeaderNames.of(criteria), ReadingOptions())
print(result.book.results, len(result.findings))
"""
PANDAS = """
import sys, pandas
print(len(pandas.read_excel(sys.argv[1], engine="openpyxl", header=1)))
"""
CALAMINE = """
import sys, python_calamine
book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
print(len(book.get_sheet_by_index(0).to_python()))
"""


def build(path: Path, criteria: CriteriaSet, seed: int = 20260101) -> None:
    """Write the workbook: id, title, 14 indicators with their evidence; one odd cell in a hundred."""
    random = np.random.default_rng(seed)
    quality = random.beta(5, 2, ROWS)
    columns: dict[str, list[object]] = {
        "编号": [f"P-{n:06d}" for n in range(ROWS)],
        "成果名称": [f"成果 {n}" for n in range(ROWS)],
    }
    header, cells = [*columns], [*columns.values()]
    for indicator in criteria.indicators[: (COLUMNS - 2) // 2]:
        values = indicator_values(indicator, random, quality)
        for i in random.choice(ROWS, ROWS // ODD, replace=False):
            values[i] = random.choice([f" {values[i]} ", "待定", "约 5", "未测"])
        header += [heading(indicator), "证据等级"]
        cells += [values, random.choice(("E1", "E2", "E3", "E4"), ROWS).tolist()]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("成果")
        sheet.write_row(0, 0, ["科技成果中试情况汇总表"])
        sheet.write_row(1, 0, header)
        for c, column in enumerate(cells):
            sheet.write_column(2, c, column)


def run(script: str, path: Path) -> str:
    """Run one of the readers in a process of its own."""
    command = [sys.executable, "-c", script, str(path)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def peak(script: str, path: Path) -> int:
    """Return the greatest memory in MB that a reader needs."""
    code = (
        f"import subprocess, resource, sys\nsubprocess.run([sys.executable, '-c', {script!r}, "
        f"{str(path)!r}], check=True, stdout=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return int(done.stdout) // (1024 if sys.platform == "linux" else 1 << 20)


def measure(runs: int = 3) -> list[Result]:
    """Return both ratios."""
    with workplace() as place:
        path = place.folder / "large.xlsx"
        build(path, load_criteria("pilot-maturity").criteria)
        told = run(OURS, path).split()
        if told[0] != str(ROWS):
            raise SystemExit(f"read {told[0]} results of {ROWS}")
        ours, pandas, bare = alternate(
            lambda: run(OURS, path),
            lambda: run(PANDAS, path),
            lambda: run(CALAMINE, path),
            runs=runs,
        )
        memory = tuple(peak(s, path) for s in (OURS, PANDAS, CALAMINE))
    times = median(ours), median(pandas), median(bare)
    details = (
        f"{told[1]} findings; peak memory: ours {memory[0]} MB, pandas {memory[1]} MB, "
        f"bare calamine {memory[2]} MB",
    )
    faster, slower = times[1] / times[0], times[0] / times[2]
    return [
        Result(
            "reading",
            times[0],
            times[1],
            f"{faster:.1f}x as fast as pandas",
            "4x",
            faster >= 4,
            details,
        ),
        Result(
            "reading, bare", times[0], times[2], f"{slower:.2f}x calamine", "2.5x", slower <= 2.5
        ),
    ]


if __name__ == "__main__":
    for result in measure():
        report(result)
