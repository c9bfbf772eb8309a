"""Keeps what was read of each workbook in a folder, so that a run that was stopped can go on.

A workbook counts as read where its name, size and time are the same, and it is read in the same
way by the same version: else it is read anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import pickle
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pilotscore.child_process import packed
from pilotscore.errors import OutputError
from pilotscore.language import Text
from pilotscore.system import reason_of
from pilotscore.workbook.results import kinds
from pilotscore.workbook.results.options import ReadingOptions
from pilotscore.workbook.results.reader import Contents

_ENDING = ".read"
_MARK = b"pilotscore reading 1\n"
# What a process did not come to the end of is read again.
_NOT_READ = (kinds.READER_DIED, kinds.TOO_SLOW)
_CANNOT_KEEP = Text(
    "--resume {folder}：不能在其中保存已读的内容（{why}）；请换一个可写的文件夹",
    "--resume {folder}: what was read cannot be kept there ({why}); name a folder that can be "
    "written",
)


class Finished:
    """The workbooks that were read already, in a folder.

    Parameters
    ----------
    folder
        Where they are kept; made where it is not there.
    sha256
        The hash of the criteria file.
    options
        How workbooks are read.

    Raises
    ------
    OutputError
        Nothing can be written there.
    """

    def __init__(self, folder: Path, sha256: str, options: ReadingOptions) -> None:
        self.folder = folder
        how = {
            "version": version("pilotscore"),
            "criteria": sha256,
            "options": options.named(),
            "understand": options.understand,
            "called": sorted(options.called.items()),
            "changes": sorted((path, repr(c)) for path, c in options.changes.items()),
        }
        self._how = json.dumps(how, sort_keys=True)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            text = _CANNOT_KEEP.of(folder=str(folder), why=reason_of(error))
            raise OutputError(text) from error

    def _file(self, path: Path) -> Path | None:
        """Return where a workbook is kept; None where there is none."""
        try:
            status = path.stat()
        except OSError:
            return None
        key = [self._how, str(path), str(path.absolute()), status.st_size, status.st_mtime_ns]
        name = hashlib.sha256(json.dumps(key).encode()).hexdigest()
        return self.folder / f"{name[:40]}{_ENDING}"

    def known(self, paths: Sequence[Path]) -> dict[str, Contents]:
        """Return what was read already of some workbooks, by their names."""
        read = {}
        for path in paths:
            file = self._file(path)
            if file is not None and file.exists() and (contents := _kept_in(file)) is not None:
                read[str(path)] = contents
        return read

    def keep(self, names: Sequence[str], read: Sequence[Contents]) -> None:
        """Keep what was read of some workbooks; each is moved into place whole."""
        for name, contents in zip(names, read, strict=True):
            file = self._file(Path(name))
            if file is None or any(f.kind in _NOT_READ for f in contents.findings):
                continue
            beside = file.with_suffix(f".{os.getpid()}.tmp")
            try:
                beside.write_bytes(_MARK + packed(contents))
                beside.replace(file)
            except OSError as error:
                with contextlib.suppress(OSError):
                    beside.unlink()
                text = _CANNOT_KEEP.of(folder=str(self.folder), why=reason_of(error))
                raise OutputError(text) from error


def _kept_in(file: Path) -> Contents | None:
    """Return what a file keeps; None where it keeps nothing that we wrote."""
    try:
        whole = file.read_bytes()
        if not whole.startswith(_MARK):
            return None
        contents = _OnlyOurs(io.BytesIO(whole[len(_MARK) :])).load()
    except (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, ValueError):
        return None
    return contents if isinstance(contents, Contents) else None


_OURS = ("pilotscore.findings", "pilotscore.language", "pilotscore.workbook.")
_OTHERS = {
    "datetime": {"date", "datetime", "time", "timedelta"},
    "builtins": {"set", "frozenset", "slice", "complex", "range"},
    "collections": {"OrderedDict", "defaultdict"},
    "numpy": {"dtype", "ndarray"},
    "numpy._core.multiarray": {"_reconstruct", "scalar"},
    "numpy._core.numeric": {"_frombuffer"},
}


class _OnlyOurs(pickle.Unpickler):
    """Makes nothing of a file but what readings consist of, and runs nothing, whoever wrote it."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class of a reading.

        Raises
        ------
        pickle.UnpicklingError
            It is none.
        """
        found = None
        if name in _OTHERS.get(module, ()) or module.startswith(_OURS):
            found = super().find_class(module, name)
        if found is None or not (
            isinstance(found, type) or module in _OTHERS or name == "_kind_of"
        ):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found
