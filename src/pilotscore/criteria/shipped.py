"""Where the shipped criteria sets, policies and examples are."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

FileKind = Literal["criteria", "policy", "call"]
_NO_SETS = frozenset({"scales"})


def data_folder(name: Literal["criteria", "examples", "rules", "templates"]) -> Path:
    """Return the folder of shipped files: in the wheel, or at the top of a source tree."""
    shipped = Path(__file__).parent.parent / "_data" / name
    return shipped if shipped.is_dir() else Path(__file__).parents[3] / name


def folder_of(kind: FileKind) -> Path:
    """Return the folder of the built-in criteria sets, or policies."""
    folder = data_folder("criteria")
    return folder / "policies" if kind == "policy" else folder


def built_in_names(kind: FileKind = "criteria") -> list[str]:
    """Return the names of the built-in criteria sets, or policies."""
    if kind == "call":
        return []
    return sorted(p.stem for p in folder_of(kind).glob("*.yaml") if p.stem not in _NO_SETS)
