"""Completion by shells: what click has for each, and names of files where it has nothing."""

from __future__ import annotations

from typing import Any

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    PowerShellComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
)


class _WithFiles(ShellComplete):
    """Offers files where click has nothing to offer: most arguments name workbooks or rules."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        """Return what may stand there."""
        return super().get_completions(args, incomplete) or [CompletionItem(incomplete, "file")]


class _Bash(_WithFiles, BashComplete):
    @staticmethod
    def _check_version() -> None:
        """Leave the version be: the script is read where it is used, perhaps on another machine."""


class _Zsh(_WithFiles, ZshComplete):
    pass


class _Fish(_WithFiles, FishComplete):
    pass


class _PowerShell(_WithFiles, PowerShellComplete):
    pass


SHELLS: dict[str, type[ShellComplete]] = {
    "bash": _Bash,
    "zsh": _Zsh,
    "fish": _Fish,
    "powershell": _PowerShell,
}


def know_shells() -> None:
    """Have click complete by the classes above."""
    for name, shell in SHELLS.items():
        add_completion_class(shell, name)


def script_for(shell: str, command: click.Command, program: str, variable: str) -> str:
    """Return the script that has a shell complete a command."""
    given: dict[str, Any] = {}
    return SHELLS[shell](command, given, program, variable).source()
