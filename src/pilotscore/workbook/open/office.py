"""Finds LibreOffice, and has it calculate copies of workbooks in a process that is bounded.

No formula engine in Python calculates as Excel does; LibreOffice nearly always does. It is given
copies, in a profile of its own that forbids macros, links and anything from the network, and ends
at a time limit.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from pilotscore.records import dataclass
from pilotscore.workbook.open.limits import Limits

_COMMANDS = ("soffice", "libreoffice")
# Where installers put it without telling the shell; on Windows the .com waits for its end.
_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_SECONDS_TO_ANSWER = 30
# Files in one start, which takes about as long as a small file.
_AT_ONCE = 20
_FORMAT = "xlsx:Calc MS Excel 2007 XML"
_SETTINGS = {
    # Always calculate when a file is loaded, whatever results it holds: 0 is always.
    "org.openoffice.Office.Calc/Formula/Load": {"OOXMLRecalcMode": "0", "ODFRecalcMode": "0"},
    # Never fetch what a file links to: 2 is never.
    "org.openoffice.Office.Calc/Content/Update": {"Link": "2"},
    # No macros, and nothing else that acts by itself.
    "org.openoffice.Office.Common/Security/Scripting": {
        "DisableActiveContent": "true",
        "DisableMacrosExecution": "true",
        "MacroSecurityLevel": "3",
    },
}
_SCHEMA = 'xmlns:oor="http://openoffice.org/2001/registry"'


@dataclass(frozen=True, slots=True)
class Office:
    """LibreOffice as it is installed: its command, and its version as it says it."""

    command: str
    version: str


def find_office() -> Office | None:
    """Return LibreOffice; None where it is not installed, or does not say its version."""
    for command in _installed():
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            said = subprocess.run(
                [command, "--headless", "--version"],
                capture_output=True,
                timeout=_SECONDS_TO_ANSWER,
                check=True,
                stdin=subprocess.DEVNULL,
            )
            if version := said.stdout.decode("utf-8", "replace").strip():
                return Office(command, " ".join(version.split()[:2]))
    return None


def _installed() -> Iterator[str]:
    yield from filter(None, map(shutil.which, _COMMANDS))
    yield from (place for place in _PLACES if Path(place).is_file())


def calculate(
    books: Sequence[Path], office: Office, folder: Path, limits: Limits
) -> dict[Path, Path]:
    """Have copies of workbooks calculated, and return where they are, as .xlsx.

    Parameters
    ----------
    books
        Workbooks, which stay as they are.
    office
        What calculates.
    folder
        An empty folder for the copies and all else that is written.
    limits
        How long a start may take, and how much memory.

    Returns
    -------
    dict
        Without those that it did not open, or not in time.
    """
    _write_settings(folder / "profile" / "user")
    converted: dict[Path, Path] = {}
    for start in range(0, len(books), _AT_ONCE):
        several = books[start : start + _AT_ONCE]
        converted |= _converted(several, office, folder / f"{start}", limits)
        # What one of them did must not cost the others.
        missing = [book for book in several if book not in converted] if len(several) > 1 else []
        for n, book in enumerate(missing):
            converted |= _converted([book], office, folder / f"{start}-{n}", limits)
    return converted


def _write_settings(folder: Path) -> None:
    folder.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value>'
        "</prop></item>"
        for path, properties in _SETTINGS.items()
        for name, value in properties.items()
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?><oor:items {_SCHEMA}>{items}</oor:items>'
    (folder / "registrymodifications.xcu").write_text(text, encoding="utf-8")


def _converted(
    books: Sequence[Path], office: Office, folder: Path, limits: Limits
) -> dict[Path, Path]:
    """Convert workbooks in one start; none of them counts where it did not end well by itself."""
    folder.mkdir()
    copies, profile = {}, folder.parent / "profile"
    for n, book in enumerate(books):
        copies[book] = folder / f"{n}{book.suffix.lower()}"
        shutil.copyfile(book, copies[book])
    line = [
        *(office.command, "--headless", f"-env:UserInstallation={profile.as_uri()}"),
        *("--convert-to", _FORMAT, "--outdir", str(folder / "out")),
        *map(str, copies.values()),
    ]
    if not _ended_well(line, limits):
        return {}
    files = {book: folder / "out" / f"{copy.stem}.xlsx" for book, copy in copies.items()}
    return {book: file for book, file in files.items() if file.is_file()}


def _ended_well(line: Sequence[str], limits: Limits) -> bool:
    """Run a command within the limits of time and memory, and end all that it started."""
    on_windows = sys.platform == "win32"
    if not on_windows:  # the shell sets the limit, and becomes the command
        most = f"ulimit -d {limits.memory_mb * 1000}"
        line = ["/bin/sh", "-c", f'{most} 2>/dev/null; exec "$0" "$@"', *line]
    process = subprocess.Popen(
        line,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=not on_windows,
    )
    try:
        return process.wait(limits.seconds) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end_all(process)


def _end_all(process: subprocess.Popen[bytes]) -> None:
    """End a process and those that it began."""
    if sys.platform == "win32":
        if process.poll() is None:
            end = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
            subprocess.run(end, capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
