"""A store in one SQLite file: what is kept, who waits, and what a killed writer leaves."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from pilotscore.errors import OutputError, UnreadableInputError
from pilotscore.store import open_store
from pilotscore.store.connection import Connection
from pilotscore.store.schema import MIGRATIONS
from tests.store.making import bare, columns, kept, report


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "round.db"


def test_its_tables_are_read_by_any_tool_that_reads_sqlite(path: Path):
    made = kept(6)
    store = open_store(path, write=True)
    store.add(made)
    store.close()
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        grades = db.execute(
            "SELECT id, grade FROM results WHERE round = 1 ORDER BY place"
        ).fetchall()
        scored = db.execute(
            "SELECT id, value FROM scored WHERE kind = 'score' AND name = 'i1'"
        ).fetchall()
        text = db.execute(
            "SELECT count(*) FROM milestones JOIN results USING (round, place)"
        ).fetchone()
    db.close()
    assert grades[0] == ("P-1", None)
    assert {g for _, g in grades[1:]} <= {"A", "B", "C"}
    assert dict(scored)["P-3"] == made.columns.indicators["i1"].scores[2]
    assert text == (len(made.columns.decisions.milestones),)


def test_a_file_of_another_program_and_of_a_later_version_are_refused(path: Path):
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE notes (x)")
    db.close()
    with pytest.raises(UnreadableInputError, match="another program"):
        open_store(path)
    later = path.with_name("later.db")
    open_store(later, write=True).close()
    with sqlite3.connect(later) as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    db.close()
    with pytest.raises(UnreadableInputError, match="later version"):
        open_store(later)
    text = path.with_name("text.db")
    text.write_bytes(b"no database at all" * 100)
    with pytest.raises(UnreadableInputError):
        open_store(text)


def test_whoever_reads_makes_no_tables(path: Path):
    path.touch()
    with pytest.raises(UnreadableInputError, match="empty"):
        open_store(path)
    assert path.stat().st_size == 0
    open_store(path, write=True).close()
    assert open_store(path).rounds() == ()


def test_a_store_on_a_disk_that_takes_no_files_is_read_as_it_is(path: Path, monkeypatch):
    store = open_store(path, write=True)
    store.add(kept())
    store.close()
    connect = sqlite3.connect

    def refusing(place: str, **more):
        if "mode=rw" in place:
            raise sqlite3.OperationalError("unable to open database file")
        return connect(place, **more)

    monkeypatch.setattr(sqlite3, "connect", refusing)
    store = open_store(path)
    (entry,) = store.rounds()
    assert len(store.columns(entry.key)) == 5
    with pytest.raises(OutputError):
        store.add(kept(seed=9))
    store.close()


@pytest.mark.parametrize("taken_back", [True, False])
def test_what_went_wrong_is_told_though_sqlite_took_the_writing_back(path: Path, taken_back: bool):
    """On a full disk SQLite ends the transaction by itself: there is none to roll back."""
    store = open_store(path, write=True)
    store.close()
    held = Connection(path, write=True)

    def fill_the_disk() -> None:
        if taken_back:
            held.rows("ROLLBACK")
        raise sqlite3.OperationalError("database or disk is full")

    with pytest.raises(OutputError, match="disk is full"), held.reporting(), held.writing():
        fill_the_disk()
    with held.writing():  # and the next writing is not inside of the one that failed
        held.rows("PRAGMA user_version = 99")
    assert held.one("PRAGMA user_version") == 99
    held.close()


def test_a_commit_that_fails_leaves_nothing_begun(path: Path):
    held = Connection(path, write=True)
    held.rows("PRAGMA foreign_keys = ON")
    held.rows("CREATE TABLE one (id INTEGER PRIMARY KEY)")
    held.rows("CREATE TABLE two (id REFERENCES one (id) DEFERRABLE INITIALLY DEFERRED)")
    with pytest.raises(sqlite3.IntegrityError), held.writing():
        held.put("two", 9)  # is refused at the end alone
    with held.writing():
        held.put("one", 9)
    assert (held.one("SELECT count(*) FROM one"), held.one("SELECT count(*) FROM two")) == (1, 0)
    held.close()


def test_a_second_writer_waits_and_says_so(path: Path, monkeypatch):
    monkeypatch.setattr("pilotscore.store.connection._BUSY", 0.05)
    monkeypatch.setattr("pilotscore.store.connection._TOLD_AFTER", 0.0)
    open_store(path, write=True).close()
    holder = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    said = []

    def waiting(words):
        said.append(words.to("en"))
        holder.execute("ROLLBACK")  # and the other one is done

    store = open_store(path, write=True, waiting=waiting)
    assert store.add(kept())
    assert len(said) == 1
    assert "waiting" in said[0]
    holder.close()
    store.close()


def test_two_writers_at_once_lose_nothing(path: Path):
    def write(seed: int) -> None:
        store = open_store(path, write=True)
        store.add(kept(seed=seed))
        store.close()

    threads = [threading.Thread(target=write, args=(seed,)) for seed in range(1, 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store = open_store(path)
    assert len({entry.key for entry in store.rounds()}) == 3
    store.close()


# A process that ends, without a word, before the n-th statement that it would carry out.
_KILLED = """
import os, sqlite3, sys
from pilotscore.store import connection
left = int(sys.argv[2])
class Killed(sqlite3.Connection):
    def execute(self, *args):
        step()
        return super().execute(*args)
    def executemany(self, sql, rows):
        def some():
            for row in rows:
                step()
                yield row
        return super().executemany(sql, some())
def step():
    global left
    left -= 1
    if left < 0:
        os._exit(9)
connect = sqlite3.connect
sqlite3.connect = lambda *a, **k: connect(*a, factory=Killed, **k)
from tests.store.making import kept, report
from pilotscore.store import open_store
from pilotscore.store.connection import Connection
store = open_store(sys.argv[1], write=True)
made = kept(4, seed=2)
store.add(made)
store.add_follow_up(report(made.entry.key, ("P-2", "10", "reached"), ("P-3", "10", "lost")))
"""


@pytest.mark.slow
@pytest.mark.parametrize("n", [0, 3, 9, 18, 21, 24, 27, 33, 39, 45, 52])
def test_a_writer_killed_at_any_step_leaves_whole_rounds_or_none(path: Path, n: int):
    store = open_store(path, write=True)
    store.add(kept(seed=1))
    store.close()
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, path, str(n)], cwd=Path.cwd(), check=False
    )
    assert done.returncode in (0, 9)
    store = open_store(path)
    made = kept(4, seed=2)
    keys = [entry.key for entry in store.rounds()]
    assert keys in ([kept(seed=1).entry.key], [kept(seed=1).entry.key, made.entry.key])
    for key in keys:
        back = store.columns(key)
        assert all(len(back.indicators[x].scores) == len(back) for x in back.indicators)
        assert len(back.decisions.award) == len(back)
    assert [len(f.outcomes) for f in store.follow_ups()] in ([], [2])
    assert store.add(made) == (made.entry.key not in keys)
    assert store.columns(made.entry.key).ids == made.columns.ids
    store.close()


@pytest.mark.slow
def test_many_results_go_in_and_come_out_as_columns(path: Path):
    made = columns(3_000, indicators=3)
    store = open_store(path, write=True)
    assert store.add(bare(made))
    back = store.columns("k")
    assert np.array_equal(back.index, made.index, equal_nan=True)
    assert np.array_equal(
        back.indicators["i2"].values, made.indicators["i2"].values, equal_nan=True
    )
    assert back.decisions is None or len(back.decisions.award) == 3_000
    store.close()


def test_reports_of_results_that_the_round_has_not_are_left_out(path: Path):
    store = open_store(path, write=True)
    made = kept()
    store.add(made)
    store.add_follow_up(report(made.entry.key, ("P-99", "10", "reached")))
    assert store.outcomes(made.entry.key) == {}
    store.close()
