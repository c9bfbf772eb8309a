"""What the operating system says of a path, and why it refused something, in both languages."""

from __future__ import annotations

import errno
from pathlib import Path

from pilotscore.language import Text, Words, same

_REASONS = {
    errno.ENOSPC: Text("磁盘已满", "no space is left on the disk"),
    errno.EACCES: Text("没有权限", "permission denied"),
    errno.EPERM: Text("不允许此操作", "it is not permitted"),
    errno.EROFS: Text("所在的盘只读", "the disk is read-only"),
    errno.ENAMETOOLONG: Text("文件名太长", "the name is too long"),
    errno.ENOENT: Text("没有这个文件或文件夹", "there is no such file or folder"),
    errno.ENOTDIR: Text("路径中有一段不是文件夹", "a part of the path is no folder"),
    errno.EISDIR: Text("那是一个文件夹", "it is a folder"),
    errno.EEXIST: Text("已存在", "it is there already"),
    errno.EBUSY: Text("文件正被占用", "it is in use"),
    errno.EFBIG: Text("文件超过系统允许的大小", "it is larger than the system allows"),
    errno.EIO: Text("读写设备出错", "the device failed"),
    errno.EINVAL: Text("系统不接受这个名称", "the system does not take this name"),
    errno.ELOOP: Text("链接互相指向", "its links go round in a circle"),
    errno.EMFILE: Text("打开的文件太多", "too many files are open"),
}
# Absent on Windows.
if hasattr(errno, "EDQUOT"):
    _REASONS[errno.EDQUOT] = Text("磁盘配额已用完", "the disk quota is used up")
if hasattr(errno, "ETXTBSY"):
    _REASONS[errno.ETXTBSY] = _REASONS[errno.EBUSY]


def is_folder(path: Path) -> bool:
    """Whether a path is a folder; of one that may not be looked at, or is too long, it is not."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_file(path: Path) -> bool:
    """Whether a path is a file; of one that may not be looked at, or is too long, it is not."""
    try:
        return path.is_file()
    except OSError:
        return False


def refusal_of(path: Path) -> OSError | None:
    """Return why the system does not say whether a path is there; None where it says so."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return error
    return None


def reason_of(error: OSError) -> Words:
    """Return why the system refused; in its own words where they are none of the usual."""
    known = None if error.errno is None else _REASONS.get(error.errno)
    return known or same(error.strerror or type(error).__name__)
