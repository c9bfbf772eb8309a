"""Commands are imported one at a time, and a command imports nothing that is heavy and not its own."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import click
import pytest

from pilotscore.cli.loading import CommandsWhenUsed
from pilotscore.cli.main import COMMANDS, main


@click.command()
def extra():
    pass


def test_each_command_is_where_it_is_said_to_be():
    assert {name: command.name for name, command in COMMANDS.items()} == {n: n for n in COMMANDS}
    assert main.commands is COMMANDS


def test_a_command_is_imported_when_it_is_asked_for():
    commands = CommandsWhenUsed(
        {"gone": "pilotscore.cli.no_such_file", "rank": "pilotscore.cli.rank"}
    )
    assert commands["rank"] is import_module("pilotscore.cli.rank").rank
    assert sorted(commands) == ["gone", "rank"]
    assert "gone" in commands
    assert len(commands) == 2
    with pytest.raises(ModuleNotFoundError):
        commands["gone"]
    with pytest.raises(KeyError):
        commands["other"]


def test_a_command_may_be_added_and_none_taken_away():
    commands = CommandsWhenUsed({"rank": "pilotscore.cli.rank"})
    commands["extra"] = extra
    assert (list(commands), commands["extra"]) == (["rank", "extra"], extra)
    with pytest.raises(TypeError):
        del commands["rank"]


def test_one_command_imports_no_other():
    code = (
        "import sys\n"
        "from pilotscore.cli import main\n"
        "try: main(['score', '--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'rank', 'fund', 'panel', 'letters'} & {m.split('.')[-1] for m in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
