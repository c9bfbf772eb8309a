from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from pilotscore.system import is_file, is_folder, reason_of, refusal_of


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.ENAMETOOLONG, errno.EIO])
def test_a_reason_reads_in_both_languages(code: int):
    words = reason_of(OSError(code, os.strerror(code)))
    assert not words.to("zh").isascii()
    assert words.to("en").isascii()


def test_why_the_system_does_not_say_whether_a_path_is_there(tmp_path: Path):
    (tmp_path / "file").touch()
    for path in (tmp_path, tmp_path / "absent", tmp_path / "file" / "below"):
        assert refusal_of(path) is None
    long = refusal_of(tmp_path / ("x" * 300))
    assert long is not None
    assert reason_of(long).to("en") == "the name is too long"


def test_a_reason_that_is_not_known_is_the_systems():
    assert reason_of(OSError(errno.ENOEXEC, "Exec format error")).to("zh") == "Exec format error"
    assert reason_of(TimeoutError()).to("en") == "TimeoutError"


def test_what_may_not_be_looked_at_is_neither_file_nor_folder(tmp_path: Path, monkeypatch):
    assert (is_file(tmp_path), is_folder(tmp_path)) == (False, True)
    long = tmp_path / ("x" * 300)
    assert (is_file(long), is_folder(long)) == (False, False)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "stat", refuse)
    assert (is_file(tmp_path), is_folder(tmp_path)) == (False, False)
