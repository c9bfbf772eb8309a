"""What the benchmarks share: alternating runs, medians, and one line of the table."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
COMMAND = Path(sys.executable).parent / "pilotscore"


@dataclass(frozen=True, slots=True)
class Result:
    """What one benchmark measured; ``figure`` is what the target is held against."""

    name: str
    ours: float
    plain: float
    figure: str
    target: str
    met: bool
    details: tuple[str, ...] = ()

    @property
    def ratio(self) -> float:
        """How long ours takes for each second of the plain one."""
        return self.ours / self.plain


def shown(results: list[Result]) -> str:
    """Return the table: a line for each benchmark."""
    head = ("benchmark", "ours", "plain", "ours/plain", "measured", "target", "met?")
    rows = [
        (
            r.name,
            _time(r.ours),
            _time(r.plain),
            f"{r.ratio:.2f}",
            r.figure,
            r.target,
            "yes" if r.met else "NO",
        )
        for r in results
    ]
    widths = [max(len(row[c]) for row in (head, *rows)) for c in range(len(head))]
    lines = ["  ".join(f"{cell:<{w}}" for cell, w in zip(r, widths, strict=True)) for r in rows]
    top = "  ".join(f"{cell:<{w}}" for cell, w in zip(head, widths, strict=True))
    return "\n".join(line.rstrip() for line in (top, "-" * len(top), *lines))


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def report(result: Result) -> None:
    """Print one benchmark's line and its details."""
    print(shown([result]))
    for line in result.details:
        print(line)


def alternate(*calls: Callable[[], object], runs: int) -> list[list[float]]:
    """Time each, one after the other, so that a slow spell of the machine meets all alike.

    The first round warms caches and is not counted; each round begins with the next of them.
    """
    times: list[list[float]] = [[] for _ in calls]
    for run in range(runs + 1):
        for step in range(len(calls)):
            which = (run + step) % len(calls)
            start = time.perf_counter()
            calls[which]()
            took = time.perf_counter() - start
            if run:
                times[which].append(took)
    return times


def median(times: list[float]) -> float:
    """Return the median: one slow run does not move it."""
    return statistics.median(times)


def spread(times: list[float]) -> str:
    """Return the least and the greatest of the times."""
    return f"{_time(min(times))} to {_time(max(times))}"


@dataclass(frozen=True, slots=True)
class Workplace:
    """A folder that is gone afterwards, and the environment in which both programs run."""

    folder: Path
    environment: dict[str, str]

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a Python program to its end; raise where it fails."""
        done = subprocess.run(
            [sys.executable, *map(str, command)],
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{command}: exit code {done.returncode}\n{done.stderr}")
        return done


@contextmanager
def workplace() -> Iterator[Workplace]:
    """Give both programs compiled modules, as installed packages have, in a temporary folder.

    A checkout may be run with PYTHONDONTWRITEBYTECODE, and would then be compiled in every run
    while the libraries of the plain program are not. Nothing is left behind.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = dict(os.environ) | {
            "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
            "PYTHONIOENCODING": "utf-8",
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        yield Workplace(folder, environment)
