"""A store in a folder: files that are whole or not there, whoever ends the writer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pilotscore.errors import OutputError, UnreadableInputError
from pilotscore.store import open_store
from tests.store.making import kept, report

# A process that ends, without a word, at the n-th thing that it asks of the system below a folder.
_KILLED = """
import os, sys
folder, left = sys.argv[1], int(sys.argv[2])
from tests.store.making import kept, report
from pilotscore.store import open_store
made = kept(4, seed=2)
def step(event, args):
    global left
    if any(isinstance(a, (str, os.PathLike)) and folder in str(a) for a in args):
        left -= 1
        if left < 0:
            os._exit(9)
sys.addaudithook(step)
store = open_store(folder, write=True)
store.add(made)
store.add_follow_up(report(made.entry.key, ("P-2", "10", "reached")))
"""


@pytest.mark.slow
@pytest.mark.parametrize("n", [0, 2, 4, 6, 7, 8, 9, 10, 12, 14, 16, 18, 30])
def test_a_writer_killed_at_any_step_leaves_whole_files_or_none(tmp_path: Path, n: int):
    folder = tmp_path / "store"
    store = open_store(folder, write=True)
    store.add(kept(seed=1))
    command = [sys.executable, "-c", _KILLED, str(folder), str(n)]
    done = subprocess.run(command, cwd=Path.cwd(), check=False)
    assert done.returncode in (0, 9)
    again = open_store(folder)
    made = kept(4, seed=2)
    keys = {entry.key for entry in again.rounds()}
    assert keys in ({kept(seed=1).entry.key}, {kept(seed=1).entry.key, made.entry.key})
    assert len(again.follow_ups()) in (0, 1)
    assert again.add(made) == (made.entry.key not in keys)
    assert again.columns(made.entry.key).ids == made.columns.ids


def test_rounds_that_a_person_puts_there_are_read(tmp_path: Path):
    made = kept()
    (tmp_path / "my round.pilot").write_bytes(made.file)
    (tmp_path / "copy of my round.pilot").write_bytes(made.file)
    store = open_store(tmp_path)
    assert [e.key for e in store.rounds()] == [made.entry.key]
    assert not store.add(made)


def test_broken_reports_and_a_folder_that_takes_no_files_are_told(tmp_path: Path):
    store = open_store(tmp_path)
    store.add_follow_up(report("k", ("P-1", "10", "reached")))
    (path,) = (tmp_path / "follow-ups").iterdir()
    path.write_text("{}")
    with pytest.raises(UnreadableInputError, match="follow-ups"):
        store.follow_ups()
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    (blocked / "follow-ups").write_text("in the way")
    with pytest.raises(OutputError):
        open_store(blocked).add_follow_up(report("k"))
