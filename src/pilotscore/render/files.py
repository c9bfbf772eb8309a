"""Writes outputs so that a person never finds half a file, and never loses one.

A file is written in a folder of its own beside its place, then moved there: whole or not at all.
What is there already is left alone unless the caller says that it is to be replaced.
"""

from __future__ import annotations

import errno
import os
import platform
import re
import secrets
import shutil
import signal
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from pilotscore.errors import OutputError
from pilotscore.language import LISTED, Text, Words, join
from pilotscore.patterns import regex
from pilotscore.system import is_file, reason_of

_OPEN = (errno.EACCES, errno.EPERM, errno.EBUSY)
_OPEN_IN_EXCEL = Text(
    "{reason}（若文件正在 Excel 或 WPS 中打开，请先关闭）",
    "{reason} (close it first if it is open in Excel or WPS)",
)
_IS_FOLDER = Text("那是一个文件夹", "it is a folder")
_IS_NO_FILE = Text("那不是普通文件", "it is no plain file")
_THERE = Text(
    "{names} 已存在，不会覆盖；要覆盖请加 --force，要另写成带序号的新文件请加 --number，"
    "或换一个文件名",
    "{names} {verb} there already and not overwritten; --force overwrites, --number writes under "
    "a free number, or name another file",
)


def refuse_unwritable(path: Path) -> None:
    """Refuse a place that cannot be written, so that it can be told before the work is done.

    Raises
    ------
    OutputError
        The folder is not there or takes no files, the name is none, or stands for something other
        than a plain file.
    """
    with _with_reason(path):
        if not path.parent.is_dir():
            missing = Text("没有文件夹 {folder}", "there is no folder {folder}")
            raise _cannot(path, missing.of(folder=path.parent))
        with suppress(FileNotFoundError):
            path.lstat()  # says so where the name is too long
        if path.is_dir():
            raise _cannot(path, _IS_FOLDER)
        if path.exists() and not path.is_file():
            raise _cannot(path, _IS_NO_FILE)
        if not os.access(path.parent, os.W_OK):
            raise PermissionError(errno.EACCES, "")


def existing(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return those of some paths that are there, links that lead nowhere too."""
    return tuple(p for p in paths if os.path.lexists(p))


def refuse_existing(paths: Iterable[Path]) -> None:
    """Refuse files that are there already.

    Raises
    ------
    OutputError
        Naming all of them, and how to write all the same.
    """
    there = existing(paths)
    if there:
        verb = "is" if len(there) == 1 else "are"
        raise OutputError(_THERE.of(names=join(map(str, there), LISTED), verb=verb))


def numbered(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return paths with the lowest number under which none of them is there: ``list-2.xlsx``.

    All get the same one, so that files of one run stay together; none where all are free.
    """
    wanted = tuple(paths)
    number = 1
    shown = wanted
    while existing(shown):
        number += 1
        shown = tuple(p.with_name(f"{p.stem}-{number}{p.suffix}") for p in wanted)
    return shown


def _cannot(path: Path, problem: Words) -> OutputError:
    text = Text("无法写入 {path}：{problem}", "cannot write {path}: {problem}")
    return OutputError(text.of(path=path, problem=problem))


def write_atomically(path: Path, write: Callable[[Path], Any], *, replace: bool = False) -> None:
    """Call ``write`` with a path in a folder of its own, then move the file into its place.

    The folder ``.pilotscore-…`` beside that place goes whatever happens; one that a process left
    that was killed outright goes the next time that something is written there.

    Parameters
    ----------
    path
        The place; a link keeps, and what it leads to is written.
    write
        What writes the file, and whatever else it needs meanwhile, in the folder it is given.
    replace
        Whether a file that is there already is replaced.

    Raises
    ------
    OutputError
        There is a file already, the folder does not exist or may not be written to, the disk is
        full, or the file is open in Excel.
    """
    refuse_unwritable(path)
    if not replace:
        refuse_existing([path])
    place = Path(os.path.realpath(path))
    _clear_abandoned(place.parent)
    own = place.parent / f"{_OWN}{_HERE}-{os.getpid()}-{secrets.token_hex(4)}"
    aside = own / f"file{place.suffix}"
    with _with_reason(path), _removed(own):
        own.mkdir(mode=0o700)
        write(aside)
        if replace and place.exists():
            aside.chmod(place.stat().st_mode & 0o777)
        _move(aside, place, replace=replace)


@contextmanager
def _with_reason(path: Path) -> Iterator[None]:
    """Say what the system refused, whatever wraps it: XlsxWriter has an exception of its own."""
    try:
        yield
    except FileExistsError:
        refuse_existing([path])
        raise
    except Exception as error:
        causes = [e for e in (error, *error.args) if isinstance(e, OSError)]
        if not causes or isinstance(error, BrokenPipeError):
            raise
        reason = reason_of(causes[0])
        hint = causes[0].errno in _OPEN and is_file(path)
        raise _cannot(path, _OPEN_IN_EXCEL.of(reason=reason) if hint else reason) from error


def _move(aside: Path, place: Path, *, replace: bool) -> None:
    """Move a file into its place; a file that came there meanwhile is left alone."""
    if replace:
        aside.replace(place)
    elif os.name == "nt":
        aside.rename(place)  # which refuses there, and replaces elsewhere
    else:
        try:
            os.link(aside, place)
        except FileExistsError:
            raise
        except OSError:  # a disk without hard links
            refuse_existing([place])
            aside.replace(place)


_OWN = ".pilotscore-"
_HERE = f"{zlib.crc32(platform.node().encode()):08x}"  # processes of other machines are not ours
_ABANDONED = regex(rf"{re.escape(_OWN)}([0-9a-f]{{8}})-(\d+)-[0-9a-f]{{8}}")
_A_DAY = 86_400
_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextmanager
def _removed(folder: Path) -> Iterator[None]:
    """Remove a folder afterwards, also where the process is told to end meanwhile."""
    before = {} if threading.current_thread() is not threading.main_thread() else _handlers()

    def end(number: int, _frame: Any) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        signal.signal(number, before[number])
        os.kill(os.getpid(), number)  # and now as if nobody had looked

    for number in before:
        signal.signal(number, end)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        for number, handler in before.items():
            signal.signal(number, handler)


def _handlers() -> dict[int, Any]:
    """Return what the signals that end a process do now, but for those that are ignored."""
    handlers = {number: signal.getsignal(number) for number in _ENDING}
    return {n: h for n, h in handlers.items() if h not in (None, signal.SIG_IGN)}


def _clear_abandoned(folder: Path) -> None:
    """Remove what processes left there that were killed before they could."""
    with suppress(OSError):
        for entry in os.scandir(folder):
            match = _ABANDONED.fullmatch(entry.name)
            if match and _is_abandoned(Path(entry.path), match[1], int(match[2])):
                shutil.rmtree(entry.path, ignore_errors=True)


def _is_abandoned(path: Path, machine: str, process: int) -> bool:
    if machine != _HERE or os.name == "nt":  # nobody to ask whether it still runs
        return time.time() - path.stat().st_mtime > _A_DAY
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
