"""Writes outputs so that a person never finds half a file: a temporary file, then moved into place."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from pilotscore.errors import OutputError
from pilotscore.language import Text


def write_atomically(path: Path, write: Callable[[Path], None]) -> None:
    """Call ``write`` with a temporary path beside ``path``, then move the file into place.

    Raises
    ------
    OutputError
        The folder does not exist, may not be written to, or the file is open in Excel.
    """
    folder = path.parent
    try:
        is_folder, has_folder = path.is_dir(), folder.is_dir()
    except OSError:  # a name that the system cannot hold: told when it is written
        is_folder, has_folder = False, True
    if is_folder or not has_folder:
        problem = (
            Text("那是一个文件夹", "it is a folder")
            if is_folder
            else Text(f"没有文件夹 {folder}", f"there is no folder {folder}")
        )
        raise OutputError(
            Text(f"无法写入 {path}：{problem.zh}", f"cannot write {path}: {problem.en}")
        )
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
        raise OutputError(
            Text(
                f"无法写入 {path}：{reason}（若文件正在 Excel 或 WPS 中打开，请先关闭）",
                f"cannot write {path}: {reason} (close it first if it is open in Excel or WPS)",
            )
        ) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
