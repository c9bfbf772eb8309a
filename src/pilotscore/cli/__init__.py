"""The command line: arguments in, :mod:`pilotscore.runs` in the middle, a renderer out."""

from __future__ import annotations

from pilotscore.cli.main import main

__all__ = ["main", "run"]


def run(name: str | None = None) -> None:
    """Run the command line; the entry point of the installed script and of ``python -m``."""
    import gc
    import os

    # A run makes many small objects and hardly a cycle: fewer collections save a tenth of its time.
    gc.set_threshold(100_000, 50, 50)
    # No plugin of pydantic has a say here, and to look for one it reads what each installed package
    # declares: a twentieth of a second where two hundred are installed.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    main(prog_name=name)
