"""Where a person's own rules are kept: never among the installed files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

VARIABLE = "PILOTSCORE_RULES"


def user_rules() -> Path:
    """Return the folder of a person's own rules, which need not be there.

    ``PILOTSCORE_RULES`` where it is set; else ``%APPDATA%`` on Windows, ``Application Support`` on
    macOS, and ``$XDG_DATA_HOME`` or ``~/.local/share`` elsewhere.
    """
    if given := os.environ.get(VARIABLE):
        return Path(given)
    return _data_home() / "pilotscore" / "rules"


def _data_home() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
