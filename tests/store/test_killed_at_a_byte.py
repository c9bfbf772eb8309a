"""A writer that is killed at any byte that it writes leaves whole rounds or none, in either store.

The operating system kills it: no file of its may grow beyond a number of bytes, and the signal of
the first write that goes further ends it, wherever in a page or a record that is.
"""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from pilotscore.store import open_store
from tests.store.making import kept, report

pytest.importorskip("resource", reason="a limit of POSIX systems")

_WRITES = """
import resource, signal, sys
from pilotscore.store import open_store
from tests.store.making import kept, report
made = kept(4, seed=2)
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # which Python ignores
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
store = open_store(sys.argv[1], write=True)
store.add(made)
store.add_follow_up(report(made.entry.key, ("P-2", "10", "reached"), ("P-3", "10", "lost")))
store.close()
"""
_MOST = 400_000


@pytest.mark.slow
@pytest.mark.parametrize("name", ["round.db", "rounds"])
def test_whole_rounds_or_none_wherever_it_was_killed(name: str, tmp_path: Path):
    path = tmp_path / name
    codes = set()
    r = random.Random(name)
    limits = [0, 1, _MOST, *(int(10 ** r.uniform(1, 5.3)) for _ in range(9))]
    first, made = kept(seed=1), kept(4, seed=2)
    for k, limit in enumerate(limits):
        path = tmp_path / f"{k}-{name}"
        store = open_store(path, write=True)
        store.add(first)
        store.close()
        done = subprocess.run(
            [sys.executable, "-c", _WRITES, path, str(limit)],
            cwd=Path.cwd(),
            check=False,
            capture_output=True,
        )
        codes.add(done.returncode)
        store = open_store(path, write=True)
        keys = [entry.key for entry in store.rounds()]
        assert keys in ([first.entry.key], [first.entry.key, made.entry.key]), limit
        for key in keys:
            back = store.columns(key)
            assert all(len(back.indicators[x].scores) == len(back) for x in back.indicators)
        assert [len(f.outcomes) for f in store.follow_ups()] in ([], [2])
        assert store.add(made) == (made.entry.key not in keys)
        store.add_follow_up(report(made.entry.key, ("P-2", "10", "reached")))
        assert store.columns(made.entry.key).ids == made.columns.ids
        store.close()
    assert {0, -25} <= codes, codes  # some were killed, and one was not
