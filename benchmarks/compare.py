"""CPU seconds and peak memory of the same commands under two builds, turn about, and their ratios.

    python compare.py OLD NEW [--large] [--runs 3] [--only WORD ...]

``OLD`` and ``NEW`` are each a virtual environment, a Python that has the build installed, or a
checkout (its ``src`` is then run by this Python). Counted are the seconds of the process and all it
starts, user and system, and the memory of the largest of them; the least of the runs is printed. What both
write is held against each other, cell by cell, where both have the column. Linux and macOS.

``--large`` adds 100,000 results, 1,000,000 rows of batches and 10,000 results as xlsx.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parent / "examples" / "pilot" / "pilot.xlsx"
AS_OF = ("--as-of", "2026-11-23", "--lang", "en")
EQUAL = 1e-9
# What a build may print of a run without its figures being others.
OF_THE_RUN = frozenset({"manifest", "notes", "source", "Source"})


@dataclass(frozen=True, slots=True)
class Build:
    """A build: the Python that runs it, and the folder of its modules where it is a checkout."""

    python: Path
    source: Path | None

    @classmethod
    def at(cls, path: Path) -> Build:
        """Return the build of an environment, a Python or a checkout; raise where it is none."""
        path = path.absolute()  # not resolved: the Python of an environment is a link
        if (path / "src" / "pilotscore").is_dir():
            return cls(Path(sys.executable), path / "src")
        if path.is_file():
            return cls(path, None)
        if (path / "bin" / "python").exists():
            return cls(path / "bin" / "python", None)
        raise SystemExit(f"{path}: not an environment, a Python, or a checkout of pilotscore")

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its runs: compiled modules kept, colours and paging out of the way."""
        own = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        own |= {"PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
        if self.source is None:
            own.pop("PYTHONPATH", None)
            return own
        return own | {"PYTHONPATH": str(self.source)}


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work.

    Attributes
    ----------
    name
        What it is, as the table shows it.
    words
        The words after ``pilotscore``; ``OUT`` is the folder of the build's own output.
    output
        The file that both write and whose figures are held against each other; none: what they print.
    seconds, megabytes
        The share of the old build's that is aimed at; none: no aim.
    needs
        The inputs, by the names in ``INPUTS``.
    """

    name: str
    words: tuple[str, ...]
    output: str | None
    seconds: float | None = None
    megabytes: float | None = None
    needs: tuple[str, ...] = ()


# Each input is made by a process of its own: what this one holds would count as its children's peak.
MADE_BY = {
    "workbook": "from build_workbook import build; build(path, criteria, size)",
    "forms": "import folder; folder.BOOKS = size; path.mkdir(); folder.build(path, criteria)",
    "batches": "import compare; compare.write_batches(path, size)",
}
INPUTS = {
    "1000.xlsx": ("workbook", 1_000),
    "3000.xlsx": ("workbook", 3_000),
    "10000.xlsx": ("workbook", 10_000),
    "100000.xlsx": ("workbook", 100_000),
    "forms": ("forms", 2_000),
    "batches.xlsx": ("batches", 1_000_000),
}
SMALL = str(EXAMPLE)


def works(*, large: bool) -> list[Work]:
    """Return the pieces of work; the aims are those of the table in README.md."""
    few = [
        Work(f"{command}, five rows", (command, "five.xlsx", *more), None, 0.36)
        for command, *more in (
            ("check",),
            ("score", "CG-001", *AS_OF),
            ("rank", *AS_OF),
            ("robustness", *AS_OF),
            ("explain", "CG-001", *AS_OF),
        )
    ]
    rank = ("rank", *AS_OF)
    sizes = [
        Work(
            "rank 1,000, xlsx",
            (*rank, "1000.xlsx", "-o", "OUT/r.xlsx"),
            "r.xlsx",
            3.8 / 8,
            None,
            ("1000.xlsx",),
        ),
        Work(
            "rank 10,000, csv",
            (*rank, "10000.xlsx", "-o", "OUT/r.csv"),
            "r.csv",
            3 / 8.2,
            120 / 157,
            ("10000.xlsx",),
        ),
        Work(
            "rank --robust 3,000",
            (*rank, "--robust", "3000.xlsx", "-o", "OUT/r.json"),
            "r.json",
            4 / 17,
            250 / 854,
            ("3000.xlsx",),
        ),
        Work(
            "rank 2,000 forms",
            (*rank, "forms", "-o", "OUT/r.csv"),
            "r.csv",
            8 / 26,
            120 / 169,
            ("forms",),
        ),
    ]
    if not large:
        return [*few, *sizes]
    return [
        *few,
        *sizes,
        Work(
            "rank 10,000, xlsx",
            (*rank, "10000.xlsx", "-o", "OUT/r.xlsx"),
            "r.xlsx",
            1 / 3,
            None,
            ("10000.xlsx",),
        ),
        Work(
            "rank 100,000, csv",
            (*rank, "100000.xlsx", "-o", "OUT/r.csv"),
            "r.csv",
            22 / 56,
            500 / 1182,
            ("100000.xlsx",),
        ),
        Work(
            "robustness 100,000 x 1,000",
            ("robustness", *AS_OF, "100000.xlsx", "--draws", "1000", "-o", "OUT/r.json"),
            "r.json",
            12 / 34,
            800 / 2600,
            ("100000.xlsx",),
        ),
        Work(
            "rank, 1,000,000 batch rows",
            (*rank, "batches.xlsx", "-o", "OUT/r.csv"),
            "r.csv",
            None,
            None,
            ("batches.xlsx",),
        ),
    ]


def make(name: str, place: Path) -> None:
    """Make an input where it is not there yet."""
    if name == "five.xlsx":
        write_few(place / name)
        return
    how, size = INPUTS[name]
    code = (
        "import sys, pathlib; from pilotscore.criteria import load_criteria\n"
        "criteria = load_criteria('pilot-maturity').criteria\n"
        f"path, size = pathlib.Path(sys.argv[1]), {size}\n{MADE_BY[how]}"
    )
    paths = [str(HERE), str(HERE.parent / "src")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
    command = [sys.executable, "-c", code, str(place / name)]
    subprocess.run(command, check=True, env=environment)


def write_few(path: Path, rows: int = 5) -> None:
    """Write the first results of the example, as values."""
    import openpyxl

    book = openpyxl.load_workbook(EXAMPLE)
    for name in book.sheetnames:
        if name != "成果":
            del book[name]
    book["成果"].delete_rows(4 + rows, book["成果"].max_row)
    book.save(path)


def write_batches(path: Path, rows: int, each: int = 100) -> None:
    """Write results and a sheet of their batches: one row for a batch of a characteristic."""
    import numpy as np
    import openpyxl
    import xlsxwriter

    example = openpyxl.load_workbook(EXAMPLE)["成果"].iter_rows(values_only=True)
    head, first = (row for k, row in enumerate(example) if k in (2, 3))
    random = np.random.default_rng(20260101)
    names = ("收率", "纯度", "水分", "粒径")
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("成果")
        sheet.write_row(0, 0, head)
        count = rows // (each * len(names))
        for k in range(count):
            sheet.write_row(k + 1, 0, (f"P-{k:05d}", f"成果 {k}", *first[2:]))
        batches = book.add_worksheet("批次")
        batches.write_row(0, 0, ("编号", "批号", "特性", "测定值", "下限", "上限"))
        row = 1
        for k in range(count):
            for name in names:
                values = 90 * (1 + 0.01 * random.standard_normal(each))
                for b, value in enumerate(values.tolist()):
                    cells = (f"P-{k:05d}", f"B{b + 1:03d}", name, round(value, 3), 85, 95)
                    batches.write_row(row, 0, cells)
                    row += 1


@dataclass(frozen=True, slots=True)
class Run:
    """What a run took, and how it ended."""

    seconds: float
    megabytes: float
    code: int


def run(build: Build, words: tuple[str, ...], place: Path, printed: Path) -> Run:
    """Run a build's command in the folder; what it prints goes to a file."""
    process = os.fork()
    if not process:
        os.chdir(place)
        sink = os.open(printed, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(sink, 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        command = [str(build.python), "-m", "pilotscore", *words]
        os.execve(build.python, command, build.environment)
    _, status, used = os.wait4(process, 0)
    scale = 1024 if sys.platform == "linux" else 1 << 20
    return Run(
        used.ru_utime + used.ru_stime,
        used.ru_maxrss / scale,
        os.waitstatus_to_exitcode(status),
    )


def differences(old: Path, new: Path) -> tuple[Counter[str], int]:
    """Return how many cells differ in each column, and how many were held against each other.

    Rows meet by their ids, columns by their names; only what both have is compared, numbers to 1e-9.
    """
    differ: Counter[str] = Counter()
    count = 0
    for where, a, b in _pairs(_read(old), _read(new), ""):
        count += 1
        if not _same(a, b):
            differ[where] += 1
    return differ, count


def _read(path: Path) -> Any:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))
    if path.suffix == ".json":
        return json.loads(path.read_text(encoding="utf-8"))
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(path)
    rows = book.get_sheet_by_index(0).to_python()
    wide = max(range(len(rows)), key=lambda r: sum(bool(c) for c in rows[r][:60]))
    head = next(r for r, row in enumerate(rows) if len([c for c in row if c]) > len(rows[wide]) / 2)
    return [dict(zip(map(str, rows[head]), row, strict=False)) for row in rows[head + 1 :]]


def _pairs(old: Any, new: Any, where: str) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() & new.keys() - OF_THE_RUN):
            yield from _pairs(old[key], new[key], key)
    elif isinstance(old, list) and isinstance(new, list):
        others = _by_id(new)
        in_order = others is None or len(old) != len(_by_id(old) or ())
        for k, a in enumerate(old):
            b = (new[k] if k < len(new) else None) if in_order else others.get(_id(a))
            yield from _pairs(a, b, where)
    else:
        yield where, old, new


def _by_id(rows: list[Any]) -> dict[Any, Any] | None:
    ids = {_id(row): row for row in rows}
    return None if None in ids or len(ids) < len(rows) else ids


def _id(row: Any) -> Any:
    return (row.get("id") or row.get("ID")) if isinstance(row, dict) else None


def _same(old: Any, new: Any) -> bool:
    if old == new:
        return True
    try:
        return abs(float(old) - float(new)) <= EQUAL * max(1.0, abs(float(old)))
    except (TypeError, ValueError):
        return False


def measure(work: Work, builds: list[Build], place: Path, runs: int) -> tuple[list[Run], str]:
    """Return each build's least seconds and memory, and how far what they write agrees."""
    taken: list[list[Run]] = [[] for _ in builds]
    for turn in range(runs):
        for step in range(len(builds)):
            which = (turn + step) % len(builds)
            out = place / re.sub(r"\W+", "-", f"{work.name} {which} {turn}")
            out.mkdir()
            words = tuple(w.replace("OUT/", f"{out}/") for w in work.words)
            taken[which].append(run(builds[which], words, place, out / "printed.txt"))
    best = [
        Run(min(r.seconds for r in of), min(r.megabytes for r in of), of[0].code) for of in taken
    ]
    codes = [r.code for r in best]
    if any(code not in (0, 1) for code in codes):
        return best, f"exit codes {codes}"
    if work.output is None:
        return best, "" if codes[0] == codes[1] else f"exit codes {codes}"
    paths = [place / re.sub(r"\W+", "-", f"{work.name} {k} 0") / work.output for k in range(2)]
    differ, of = differences(*paths)
    if not differ:
        return best, f"{of:,} cells equal"
    most = ", ".join(f"{name} {n}" for name, n in differ.most_common(4))
    return best, f"{differ.total():,} of {of:,} cells differ: {most}"


def line(work: Work, best: list[Run], agreement: str) -> str:
    """Return the line of a piece of work."""
    old, new = best
    cpu, memory = new.seconds / old.seconds, new.megabytes / old.megabytes
    aims = [f"{aim:.2f}" if aim else "-" for aim in (work.seconds, work.megabytes)]
    return (
        f"{work.name:28}{old.seconds:9.2f}{new.seconds:9.2f}{cpu:7.2f}{aims[0]:>6}"
        f"{old.megabytes:9.0f}{new.megabytes:9.0f}{memory:7.2f}{aims[1]:>6}  {agreement}"
    )


def main(words: list[str] | None = None) -> int:
    """Print the table, a line as soon as it is measured; return 1 where a run fails."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    options.add_argument("old", type=Path)
    options.add_argument("new", type=Path)
    options.add_argument("--large", action="store_true")
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--only", nargs="*", default=[], help="words in the names of the work")
    asked = options.parse_args(words)
    builds = [Build.at(asked.old), Build.at(asked.new)]
    print(
        f"{'work':28}{'old s':>9}{'new s':>9}{'ratio':>7}{'aim':>6}"
        f"{'old MB':>9}{'new MB':>9}{'ratio':>7}{'aim':>6}  output"
    )
    failed = False
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        make("five.xlsx", place)
        for build in builds:  # compiles its modules
            run(build, ("check", "five.xlsx"), place, place / "printed.txt")
        for work in works(large=asked.large):
            if asked.only and not any(word in work.name for word in asked.only):
                continue
            for needed in work.needs:
                if not (place / needed).exists():
                    make(needed, place)
            best, agreement = measure(work, builds, place, asked.runs)
            failed |= agreement.startswith("exit")
            print(line(work, best, agreement), flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
