from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from pilotscore import crew
from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.workbook import Limits, ReadingOptions, read_workbooks
from pilotscore.workbook.results import workers
from tests.conftest import HEADERS, row, write_book


@pytest.fixture
def criteria(mini: Path) -> CriteriaSet:
    return load_criteria(mini).criteria


def books(folder: Path, count: int) -> list[Path]:
    folder.mkdir(exist_ok=True)
    return [
        write_book(folder / f"{i}.xlsx", {"S": [HEADERS, row(id=f"P-{i}")]}) for i in range(count)
    ]


@pytest.mark.slow
def test_many_workbooks_in_processes_are_read_as_one_by_one(tmp_path: Path, criteria: CriteriaSet):
    paths = books(tmp_path / "in", 30)
    done: list[tuple[int, int]] = []
    s = read_workbooks(
        paths, criteria, ReadingOptions(jobs=2), progress=lambda d, t: done.append((d, t))
    )
    assert s.ids == tuple(f"P-{i}" for i in range(30))
    assert done[-1] == (30, 30)
    alone = [read_workbooks([p], criteria) for p in paths]
    assert [f.sentence("zh") for f in s.findings] == [
        f.sentence("zh") for a in alone for f in a.findings
    ]


@pytest.mark.slow
def test_what_is_put_back_when_the_others_have_ended_is_read_all_the_same(
    tmp_path: Path, criteria: CriteriaSet, monkeypatch: pytest.MonkeyPatch
):
    paths = books(tmp_path / "in", 14)
    others_ended = threading.Event()
    asked: list[str] = []

    class Child:
        def __init__(self, begin, _environment) -> None:
            self.answer = begin()

        def ask(self, chunk, _seconds):
            asked.extend(Path(name).stem for name in chunk)
            contents = self.answer(chunk)
            if len(asked) == 13:
                others_ended.set()
            return contents

        def end(self) -> None:
            pass

    def are_tame(chunk) -> bool:
        if Path(chunk[0]).stem != "13":
            return Path(chunk[0]).stem == "0" and not asked
        assert others_ended.wait(10)
        time.sleep(0.3)  # the other thread looks for more, and ends
        return False

    monkeypatch.setattr(workers, "_CHUNK_FILES", 1)
    monkeypatch.setattr(crew, "ChildProcess", Child)
    monkeypatch.setattr(workers, "_limit_memory", lambda _most: None)
    monkeypatch.setattr(workers, "_are_tame", are_tame)
    s = read_workbooks(paths, criteria, ReadingOptions(jobs=2))
    assert s.ids == tuple(f"P-{i}" for i in range(14))
    assert asked[-1] == "13"


def poison(path: Path) -> Path:
    """Write a workbook that kills the process that reads it: see the patch in the fixture."""
    path.write_bytes(b"POISON" + path.name.encode())
    return path


@pytest.fixture
def poisoned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make reading processes die or hang on some files, as calamine does on files that we refuse."""
    (tmp_path / "sitecustomize.py").write_text(
        "import os, time, pathlib\n"
        "import pilotscore.workbook.open.sheets as sheets\n"
        "old = sheets.read_bytes\n"
        "def read_bytes(path, limits):\n"
        "    name = pathlib.Path(path).name\n"
        "    if name == 'abort.xlsx': os.abort()\n"
        "    if name == 'hang.xlsx': time.sleep(60)\n"
        "    if name == 'greedy.xlsx': bytearray(3_000_000_000)\n"
        "    return old(path, limits)\n"
        "sheets.read_bytes = read_bytes\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(workers, "is_tame", lambda _: False)
    return tmp_path


@pytest.mark.slow
def test_a_file_that_kills_hangs_or_eats_memory_costs_itself_alone(poisoned: Path, mini: Path):
    import subprocess
    import sys

    folder = poisoned / "in"
    books(folder, 5)
    for name in ("abort.xlsx", "hang.xlsx", "greedy.xlsx"):
        poison(folder / name)
    # In a process of its own: the server that starts reading processes is begun once for each.
    code = (
        "import sys; from pathlib import Path\n"
        "from pilotscore.criteria import load_criteria\n"
        "from pilotscore.workbook import Limits, ReadingOptions, read_workbooks\n"
        "from pilotscore.workbook.results import workers\n"
        "workers.is_tame = lambda path: False\n"
        "if __name__ == '__main__':\n"
        "    s = read_workbooks([Path(sys.argv[1])], load_criteria(sys.argv[2]).criteria,\n"
        "                       ReadingOptions(jobs=2, limits=Limits(seconds=3)))\n"
        "    print(*s.ids); print(*(f'{Path(f.place.file).name}:{f.code}' for f in s.findings if f.code != 'B111'))\n"
    )
    script = poisoned / "run.py"
    script.write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), str(folder), str(mini)],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    ids, findings = done.stdout.splitlines()
    assert ids.split() == [f"P-{i}" for i in range(5)]
    expected = {"abort.xlsx:B120", "hang.xlsx:B119"}
    assert expected <= set(findings.split())
    if sys.platform == "linux":
        assert "greedy.xlsx:B120" in findings.split()


def test_small_files_of_checked_formats_are_tame(tmp_path: Path):
    small = write_book(tmp_path / "a.xlsx", {"S": [HEADERS]})
    old = tmp_path / "a.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    assert workers.is_tame(small)
    assert not workers.is_tame(old)
    assert workers.is_tame(tmp_path / "absent.xlsx")


def test_the_limit_of_time_is_told(poisoned: Path):
    assert Limits.of(["seconds=7"]).seconds == 7
