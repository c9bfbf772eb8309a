"""Commands are imported one at a time, and a command imports nothing that is heavy and not its own."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

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


@pytest.mark.slow
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


EXAMPLES = Path(__file__).parents[2] / "examples"
PILOT, CALL = EXAMPLES / "pilot" / "pilot.xlsx", EXAMPLES / "pilot" / "call.yaml"
# What takes long to import, and which commands have use for it on what is given here.
HEAVY = {
    *("pandas", "openpyxl", "scipy", "skcriteria", "matplotlib", "xlsxwriter", "xlrd", "pint"),
    *(
        "icalendar",
        "docxtpl",
        "distributed",
        "msoffcrypto",
        "asyncio",
        "multiprocessing",
        "highspy",
    ),
}
RUNS = [
    (("rank", PILOT), set()),
    (("check", PILOT), set()),
    (("map", PILOT), set()),
    (("score", PILOT, "CG-003"), {"highspy"}),
    (("explain", PILOT, "CG-003"), {"highspy"}),
    (("fund", PILOT, "--call", CALL), {"highspy"}),
    (("robustness", PILOT), set()),
    (("stability", EXAMPLES / "furnace" / "furnace.csv"), {"scipy"}),
    (("panel", "report", EXAMPLES / "panel" / "panel.xlsx"), {"scipy"}),
    (("rights", EXAMPLES / "rights" / "rights.xlsx"), set()),
    (("ip", EXAMPLES / "rights" / "rights.xlsx"), set()),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "used"), RUNS, ids=lambda x: x[0] if isinstance(x, tuple) else ""
)
def test_a_command_imports_nothing_heavy_that_it_has_no_use_for(arguments, used):
    code = (
        "import sys\n"
        "from pilotscore.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit as end: assert end.code in (0, 1)\n"
        "print(*{m.split('.')[0] for m in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert HEAVY & set(done.stdout.splitlines()[-1].split()) <= used
