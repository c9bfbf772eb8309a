"""A page to explore of 10,000 results: CPU seconds, peak memory, size; beside the CSV of the same run."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from build_workbook import build

from pilotscore.criteria import load_criteria

RESULTS = 10_000
TARGETS = {"seconds": 10.0, "megabytes": 600.0, "file": 15.0}


def measure(book: Path, output: Path) -> tuple[float, float]:
    """Return CPU seconds and peak memory in MB of a run of `rank` in a process of its own."""
    command = [sys.executable, "-m", "pilotscore", "rank", str(book), "-o", str(output), "--force"]
    process = os.posix_spawn(
        command[0],
        command,
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)],
    )
    _, _, used = os.wait4(process, 0)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book.xlsx"
        build(book, load_criteria("pilot-maturity").criteria, RESULTS)
        for ending in ("csv", "html"):
            output = Path(folder) / f"out.{ending}"
            seconds, megabytes = measure(book, output)
            size = output.stat().st_size / 1e6
            print(f"{ending}: {seconds:.1f} CPU s, {megabytes:.0f} MB, a file of {size:.1f} MB")
        figures = zip((seconds, megabytes, size), TARGETS.values(), strict=True)
        print("met" if all(x <= most for x, most in figures) else "NOT met", TARGETS)
