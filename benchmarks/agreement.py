"""Compares what we read of workbooks, cell by cell, with what independent readers do.

    python benchmarks/agreement.py FOLDER... [--generate 2000] [--seed 0] [--also-as 200] [--show 5]

.xlsx and .xlsm are compared with openpyxl and python-calamine-plus, .xls, .xlsb and .ods with python-calamine and what
LibreOffice, where it is installed, makes of them. ``--also-as N`` has it save N of the made-up ones as .ods and .xls too.

Each difference is counted by its kind, with where it first was; those that are explained stand apart, with why. Files
are read in a process of their own: a reader that ends its process costs one file alone, and is told.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import local

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.workbook.open import agreement  # noqa: E402
from tests.workbook.open.agreement import Difference  # noqa: E402

from pilotscore.child_process import ChildProcess, DiedError, TooLateError  # noqa: E402

_SECONDS = 300
_AT_ONCE = 40
_OOXML = (".xlsx", ".xlsm")
_ENDINGS = {ending for _, endings in agreement.READERS.values() for ending in endings}
Told = tuple[Path, list[Difference]]


def convert(books: list[Path], folder: Path, soffice: str, ending: str) -> dict[Path, Path]:
    """Return what LibreOffice makes of workbooks, with an ending; without those that it does not open."""
    ins, outs = folder / "in", folder / f"out-{ending}"
    converted: dict[Path, Path] = {}
    for start in range(0, len(books), _AT_ONCE):
        shutil.rmtree(ins, ignore_errors=True)
        ins.mkdir()
        named = {}
        for n, book in enumerate(books[start : start + _AT_ONCE], start):
            named[book] = shutil.copy(book, ins / f"{n:05d}{book.suffix}")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        line = [soffice, "--headless", profile, "--convert-to", ending, "--outdir", str(outs)]
        subprocess.run(
            [*line, *map(str, named.values())], capture_output=True, timeout=600, check=False
        )
        made = {book: outs / f"{Path(file).stem}.{ending}" for book, file in named.items()}
        converted |= {book: file for book, file in made.items() if file.exists()}
    return converted


def compare(books: list[Path], converted: dict[Path, Path]) -> Iterator[Told]:
    """Yield the differences of each workbook, read in processes of their own."""
    mine = local()
    processes: list[ChildProcess] = []

    def one(book: Path) -> Told:
        if not hasattr(mine, "process"):
            mine.process = ChildProcess(agreement.begin)
            processes.append(mine.process)
        try:
            return book, mine.process.ask((book, converted.get(book)), _SECONDS)
        except (DiedError, TooLateError) as error:
            return book, [Difference("some reader", "fails", type(error).__name__, None, "", "")]

    try:
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            yield from threads.map(one, books)
    finally:
        for process in processes:
            process.end()


def tell(told: Iterable[Told], show: int) -> int:
    """Print the differences by their kind, the unexplained ones first; return how many these are."""
    kinds: dict[tuple[str, str], list[tuple[Path, Difference]]] = defaultdict(list)
    files = 0
    for book, found in told:
        files += 1
        for d in found:
            kinds[agreement.explanation(d) or "", d.kind].append((book, d))
    order = sorted(kinds, key=lambda k: (k[0] != "", -len(kinds[k])))
    for why, kind in order:
        places = kinds[why, kind]
        books = len({book for book, _ in places})
        print(
            f"{'explained' if why else 'UNEXPLAINED'}  {len(places)} in {books} files  {kind}  {why}"
        )
        for book, d in places[: 1 if why else show]:
            print(f"    {book.name} [{d.sheet}] {d.spot}: ours {d.ours!r:.90} / {d.other!r:.90}")
    unexplained = sum(len(places) for (why, _), places in kinds.items() if not why)
    print(
        f"{files} files; {sum(map(len, kinds.values()))} differences, {unexplained} of them unexplained"
    )
    return unexplained


def main() -> int:
    """Run the comparison."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--generate", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--also-as", type=int, default=0, metavar="N")
    parser.add_argument("--show", type=int, default=5, help="how many of each kind to show")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        books = [
            p for f in given.folders for p in sorted(f.rglob("*")) if p.suffix.lower() in _ENDINGS
        ]
        made = folder / "made"
        made.mkdir()
        books += (generated := list(agreement.generated(made, given.generate, given.seed)))
        converted = {}
        if soffice := shutil.which("soffice"):
            for ending in ("ods", "xls"):
                books += convert(generated[: given.also_as], folder, soffice, ending).values()
            rest = [book for book in books if book.suffix.lower() not in _OOXML]
            converted = convert(rest, folder, soffice, "xlsx")
        return 1 if tell(compare(books, converted), given.show) else 0


if __name__ == "__main__":
    sys.exit(main())
