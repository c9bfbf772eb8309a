"""Finds the workbooks of a folder, and says what else lies in it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from pilotscore.findings import Finding, Place
from pilotscore.records import dataclass
from pilotscore.system import is_file, is_folder, reason_of
from pilotscore.workbook.open import kinds
from pilotscore.workbook.open.sheets import ENDINGS

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Books:
    """The workbooks to read, in order; which of them come from a folder; what was passed over."""

    paths: tuple[Path, ...]
    from_folder: frozenset[Path]
    findings: tuple[Finding, ...]


def find_books(paths: Iterable[Path], glob: str | None = None) -> Books:
    """Return every workbook that is meant, folders searched with everything below them.

    Parameters
    ----------
    paths
        Workbooks and folders. A workbook that is named twice, or under two spellings of its path,
        is read once.
    glob
        Which files of a folder are workbooks, such as ``2026*.xlsx``; by default every file with
        an ending that can be read. Lock files of Excel (``~$...``), hidden files and files of
        another kind are passed over and told.
    """
    once: dict[Path, Path] = {}
    from_folder: set[Path] = set()
    findings: list[Finding] = []
    for path in paths:
        if not is_folder(path):
            once.setdefault(path.resolve(), path)
            continue
        books, passed_over = _in_folder(path, glob)
        findings += passed_over
        from_folder |= {b for b in books if once.setdefault(b.resolve(), b) is b}
    return Books(tuple(once.values()), frozenset(from_folder), tuple(findings))


def _in_folder(folder: Path, glob: str | None) -> tuple[list[Path], list[Finding]]:
    """Return the workbooks of a folder in order, and what is to be said of its other files."""
    findings: list[Finding] = []
    below, closed = _below(folder)
    findings += closed
    files = [p for p in below if is_file(p) and not _is_hidden(p, folder)]
    locks = [p for p in files if p.name.startswith(("~$", ".~"))]
    files = [p for p in files if not p.name.startswith(("~$", ".~"))]
    if glob is None:
        books = [p for p in files if p.suffix.lower() in ENDINGS]
    else:
        books = [p for p in files if p.match(glob)]
    if locks:
        findings.append(Finding(kinds.LOCK_FILE, Place(str(min(locks))), {"count": len(locks)}))
    others = sorted(set(files) - set(books), key=_natural)
    if others and glob is None:
        named = ", ".join(p.name for p in others[:MOST_NAMED])
        named += " …" if len(others) > MOST_NAMED else ""
        values = {"count": len(others), "names": named}
        findings.append(Finding(kinds.OTHER_FILES, Place(str(folder)), values))
    if not books and not closed:
        shown = glob or " ".join(f"*{e}" for e in ENDINGS)
        findings.append(Finding(kinds.NO_FILES, Place(str(folder)), {"glob": shown}))
    return sorted(books, key=_natural), findings


def _below(folder: Path) -> tuple[list[Path], list[Finding]]:
    """Return the files of a folder and of those in it, and the folders that may not be read."""
    closed: list[OSError] = []
    files = [
        Path(at, name) for at, _, names in os.walk(folder, onerror=closed.append) for name in names
    ]
    return files, [
        Finding(kinds.CLOSED, Place(str(e.filename)), {"reason": reason_of(e)}) for e in closed
    ]


def _is_hidden(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return any((p.startswith(".") and not p.startswith(".~")) or p == "__MACOSX" for p in parts)


def _natural(path: Path) -> list[tuple[int, int, str]]:
    """Order file 2 before file 10."""
    parts = re.split(r"(\d+)", str(path).casefold())
    return [(1, int(p), "") if p.isdecimal() else (0, 0, p) for p in parts]
