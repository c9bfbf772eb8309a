"""The command line: arguments in, :mod:`pilotscore.pipeline` in the middle, a renderer out."""

from __future__ import annotations

from pilotscore.cli.main import main

__all__ = ["main", "run"]


def run() -> None:
    """Run the command line; the entry point of the installed script."""
    main()
