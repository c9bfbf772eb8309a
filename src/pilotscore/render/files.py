"""Writes outputs so that a person never finds half a file: written aside, then moved into place."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from pilotscore.errors import OutputError
from pilotscore.language import Text, Words


def refuse_without_folder(path: Path) -> None:
    """Refuse a path in a folder that is not there, so that it can be told before the work is done.

    Raises
    ------
    OutputError
        Naming the folder.
    """
    try:
        has_folder = path.parent.is_dir()
    except OSError:  # a name that the system cannot hold: told when it is written
        return
    if not has_folder:
        missing = Text("没有文件夹 {folder}", "there is no folder {folder}")
        raise _cannot(path, missing.of(folder=path.parent))


def _cannot(path: Path, problem: Words) -> OutputError:
    text = Text("无法写入 {path}：{problem}", "cannot write {path}: {problem}")
    return OutputError(text.of(path=path, problem=problem))


def write_atomically(path: Path, write: Callable[[Path], None]) -> None:
    """Call ``write`` with a temporary path beside ``path``, then move the file into place.

    Raises
    ------
    OutputError
        The folder does not exist, may not be written to, or the file is open in Excel.
    """
    folder = path.parent
    refuse_without_folder(path)
    try:
        is_folder = path.is_dir()
    except OSError:
        is_folder = False
    if is_folder:
        raise _cannot(path, Text("那是一个文件夹", "it is a folder"))
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=".pilotscore-", suffix=path.suffix, dir=folder)
        temporary = Path(name)
        os.close(handle)
        write(temporary)
        mode = path.stat().st_mode if path.exists() else 0o666 & ~_umask()
        temporary.chmod(mode & 0o777)
        temporary.replace(path)
        temporary = None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        open_in_excel = Text(
            "{reason}（若文件正在 Excel 或 WPS 中打开，请先关闭）",
            "{reason} (close it first if it is open in Excel or WPS)",
        )
        raise _cannot(path, open_in_excel.of(reason=reason)) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
