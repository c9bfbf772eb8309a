"""What it takes to work out rights and their dates again."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A file of rules that was gone by: its name, its SHA-256, the day as of which it was read."""

    name: str
    sha256: str
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class RightsManifest:
    """The inputs, rules, options and versions of a run; no time of day and no machine's name."""

    version: str
    as_of: str
    rules: tuple[RuleFile, ...]
    inputs: Mapping[str, str]
    options: Mapping[str, str]
    libraries: Mapping[str, str]

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        rules = [
            {"file": r.name, "sha256": r.sha256, **({"as_of": r.as_of} if r.as_of else {})}
            for r in self.rules
        ]
        inputs = [{"file": name, "sha256": sha256} for name, sha256 in self.inputs.items()]
        return {
            "pilotscore": self.version,
            "as_of": self.as_of,
            "rules": rules,
            "inputs": inputs,
            "options": dict(self.options),
            "libraries": dict(self.libraries),
        }


def manifest_of(
    day: datetime.date,
    rules: Iterable[RuleFile],
    inputs: Mapping[str, str],
    options: Mapping[str, str],
) -> RightsManifest:
    """Return the manifest of a run.

    Parameters
    ----------
    day
        The day of evaluation.
    rules
        The files of rules that were gone by.
    inputs
        The SHA-256 of each workbook by its name.
    options
        What was asked for.
    """
    import platform
    from importlib.metadata import version

    libraries = {"python": platform.python_version(), "numpy": version("numpy")}
    return RightsManifest(
        version("pilotscore"), day.isoformat(), tuple(rules), dict(inputs), dict(options), libraries
    )
