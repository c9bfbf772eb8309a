"""How long ``pilotscore --help`` takes beside a bare click program with as many commands."""

from __future__ import annotations

import click
from common import COMMAND, Result, Workplace, alternate, median, report, spread, workplace

RUNS = 25
WITHIN = 0.025  # seconds above the bare program
HEAVY = ("pandas", "openpyxl", "numpy", "skcriteria", "pydantic", "rich")

LAUNCHER = (
    "import sys\nfrom bare_click import main\nif __name__ == '__main__':\n    sys.exit(main())\n"
)
HEAD = '''import click


@click.group(help={help!r}, epilog={epilog!r})
@click.option("--version", is_flag=True, help="Version.")
def main(version):
    """Hold the commands together."""
'''
SUBGROUP = '''

@{parent}.group("{name}", help={help!r})
def {function}():
    """Hold the commands together."""
'''
COMMAND_TEXT = '''

@{parent}.command("{name}", help={help!r})
{options}def {function}(**options):
    """Run the command."""
'''


def bare_program() -> str:
    """Return a click program with the commands, options and help texts of pilotscore.

    Written from the commands as they are now, so that it stays as large as ours.
    """
    from pilotscore.cli import main

    text = HEAD.format(help=main.help, epilog=" ".join(getattr(main, "example", "").split()))
    return text + "".join(_bare(command, name, "main") for name, command in main.commands.items())


def _bare(command: click.Command, name: str, parent: str) -> str:
    function = f"{parent}_{name}".replace("-", "_")
    values = {"parent": parent, "name": name, "function": function, "help": command.help}
    if isinstance(command, click.Group):
        inner = (_bare(sub, own, function) for own, sub in command.commands.items())
        return SUBGROUP.format(**values) + "".join(inner)
    options = "".join(
        f'@click.option("{param.opts[-1]}", help={getattr(param, "help", None)!r})\n'
        if isinstance(param, click.Option)
        else f'@click.argument("{param.name}")\n'
        for param in command.params
    )
    return COMMAND_TEXT.format(**values, options=options)


def measure(runs: int = RUNS) -> Result:
    """Measure both."""
    with workplace() as place:
        # A module beside a launcher of four lines, as an installed script has it: a script file
        # itself is compiled in every run.
        (place.folder / "bare_click.py").write_text(bare_program(), encoding="utf-8")
        (place.folder / "bare").write_text(LAUNCHER, encoding="utf-8")
        ours, plain = alternate(
            lambda: place.run(COMMAND, "--help"), lambda: place.run("bare", "--help"), runs=runs
        )
        total, heavy = _imports(place)
    gap = median(ours) - median(plain)
    return Result(
        "startup: --help",
        median(ours),
        median(plain),
        f"{gap * 1000:+.1f} ms",
        f"within {WITHIN * 1000:.0f} ms",
        gap <= WITHIN and not heavy,
        (
            f"  {runs} runs each: ours {spread(ours)}, plain {spread(plain)}",
            f"  modules imported: {total}; heavy ones among them: {', '.join(heavy) or 'none'}",
        ),
    )


def _imports(place: Workplace) -> tuple[int, list[str]]:
    """Return how many modules the help imports, and which of the heavy packages."""
    told = place.run("-X", "importtime", COMMAND, "--help").stderr.splitlines()
    modules = {line.rsplit("|", 1)[1].strip() for line in told if line.startswith("import time:")}
    packages = {module.split(".")[0] for module in modules}
    return len(modules), [name for name in HEAVY if name in packages]


if __name__ == "__main__":
    report(measure())
