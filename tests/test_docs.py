"""The README and docs are run: every console line, every Python block, every option, every code.

Lines that begin with pip are left to ``.ci/run``, which runs the README's two commands in a fresh
virtual environment; here what stands behind their ``&&`` is run.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from pilotscore.cli import main
from pilotscore.cli.opening import OpeningCommand
from pilotscore.findings import all_kinds
from tests.cli.test_commands import run as run_command

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
ENV = os.environ | {
    "PATH": sysconfig.get_path("scripts") + os.pathsep + os.environ["PATH"],
    "PYTHONUTF8": "1",
    "PILOTSCORE_LANG": "zh",
}
# What reads the example ends with 1: it has results that cannot be assessed, on purpose.
ENDS_WITH_1 = re.compile(
    r"pilotscore (rank|check|robustness|fund) (?!--explain).*\bpilot.*\.xlsx"
    r"|pilotscore rights rights.xlsx(?! QY-04)"  # with violations, to show them
)


def console_lines(page: Path) -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    return [
        line.removeprefix("$ ")
        for block in blocks
        for line in block.splitlines()
        if line.startswith("$ ")
    ]


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_commands_of_a_page_run_one_after_the_other(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The README's by the installed script, as a new user would; the other pages' in this process."""
    monkeypatch.chdir(tmp_path)
    run_step = run if page.name == "README.md" else run_here
    for line in console_lines(page):
        for step in (part.strip() for part in line.split("&&")):
            if not step.startswith(("pip ", "python -m pytest")):
                run_step(step, tmp_path)


def run_here(step: str, folder: Path) -> None:
    command, _, target = step.partition(" > ")
    program, *args = shlex.split(command)
    assert program == "pilotscore"
    if args[:3] == ["demo", "--copy-to", "."] and (folder / "pilot.xlsx").exists():
        return
    done = run_command(*args, lang="zh")
    expected = 1 if ENDS_WITH_1.match(step) else 0
    assert done.exit_code == expected, f"{step}: {done.exit_code}\n{done.output}"
    if target:
        (folder / target).write_text(done.stdout, encoding="utf-8")


def run(step: str, folder: Path) -> None:
    command, _, target = step.partition(" > ")
    args = shlex.split(command)
    if args[:4] == ["pilotscore", "demo", "--copy-to", "."] and (folder / "pilot.xlsx").exists():
        return
    done = subprocess.run(
        args,
        cwd=folder,
        env=ENV,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    expected = 1 if ENDS_WITH_1.match(step) else 0
    assert done.returncode == expected, f"{step}: {done.returncode}\n{done.stderr}"
    if target:
        (folder / target).write_text(done.stdout, encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    "page", [p for p in PAGES if "```python" in p.read_text(encoding="utf-8")], ids=lambda p: p.name
)
def test_python_of_a_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    run_here("pilotscore demo --copy-to .", tmp_path)
    run_here("pilotscore rank pilot.xlsx --store rounds.db", tmp_path)
    whole = ""
    for block in re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(block, {"__name__": "__main__"})
        assert printed.getvalue().strip()
        whole += printed.getvalue()
    assert "B" in whole


def test_some_page_tells_of_python():
    assert any("```python" in p.read_text(encoding="utf-8") for p in PAGES)


@pytest.mark.slow
def test_the_output_in_the_readme_is_real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    run_here("pilotscore demo --copy-to .", tmp_path)
    shown = run_command("rank", "pilot.xlsx", lang="zh", COLUMNS="100").stdout.splitlines()
    block = re.search(
        r"```text\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert block
    for line in block.group(1).splitlines():
        assert line in shown, line


def test_the_readme_has_its_two_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, part in (("install", "pilotscore demo"), ("test", "pytest")):
        block = re.search(rf"<!-- {name} -->(.*?)<!-- end -->", text, re.DOTALL)
        assert block
        assert part in block.group(1)


def commands(
    group: click.Group, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        if not isinstance(command, click.Group) or isinstance(command, OpeningCommand):
            yield (*path, name), command


@pytest.mark.parametrize(
    ("path", "command"),
    list(commands(main)),
    ids=lambda x: " ".join(x) if isinstance(x, tuple) else "",
)
def test_every_command_and_option_is_documented(path: tuple[str, ...], command: click.Command):
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    section = re.search(rf"## pilotscore {path[0]}\b.*?(?=\n## |\Z)", text, re.DOTALL)
    assert section, path
    assert " ".join(path) in section.group(0)
    for param in command.params:
        if isinstance(param, click.Option) and "--lang" not in param.opts:
            assert any(f"`{opt}" in section.group(0) for opt in param.opts), (path, param.opts)
            assert param.text.zh  # type: ignore[attr-defined]  # every option of ours is bilingual


def test_every_finding_is_documented():
    text = (ROOT / "docs" / "workbooks.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| ([A-Z]\d{3}) \|", text, re.MULTILINE)
    assert sorted(listed) == sorted(all_kinds())


def test_every_command_is_generated():
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for path, command in commands(main):
        name = " ".join(path)
        assert f"<!-- generated: command {name} -->" in text
        takes = any("--lang" not in p.opts for p in command.params if isinstance(p, click.Option))
        assert not takes or f"<!-- generated: options {name} -->" in text, name


def generate(
    folder: Path, *args: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[Any, str]:
    """Run the generator of a folder as a script; return its exit code and what it said."""
    script = str(folder / "generate.py")
    monkeypatch.setattr(sys, "argv", [script, *args])
    code: Any = 0
    try:
        runpy.run_path(script, run_name="__main__")
    except SystemExit as end:
        code = end.code or 0
    return code, capsys.readouterr().err


@pytest.mark.slow
def test_what_the_pages_repeat_from_the_code_is_fresh(monkeypatch, capsys):
    code, said = generate(ROOT / "docs", "--check", monkeypatch=monkeypatch, capsys=capsys)
    assert code == 0, said


@pytest.mark.slow
def test_a_stale_page_is_named_and_written_anew(tmp_path: Path, monkeypatch, capsys):
    docs = Path(shutil.copytree(ROOT / "docs", tmp_path / "docs"))
    shutil.copytree(ROOT / "benchmarks", tmp_path / "benchmarks")  # its stored figures
    page = docs / "workbooks.md"
    fresh = page.read_text(encoding="utf-8")
    page.write_text(fresh.replace("| B101 | error |", "| B101 | info |"), encoding="utf-8")
    code, said = generate(docs, "--check", monkeypatch=monkeypatch, capsys=capsys)
    assert (code, "workbooks.md" in said) == (1, True)
    assert generate(docs, monkeypatch=monkeypatch, capsys=capsys)[0] == 0
    assert page.read_text(encoding="utf-8") == fresh


def test_links_between_pages_lead_somewhere():
    for page in [*PAGES, ROOT / "CONTRIBUTING.md"]:
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_architecture_names_every_room_and_no_other():
    source = ROOT / "src" / "pilotscore"
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {p.parent.relative_to(source).as_posix() + "/" for p in source.rglob("*/__init__.py")}
    listed = re.findall(r"^\| `([\w/]+/)` \|", text, re.MULTILINE)
    assert sorted(listed) == sorted(rooms)
    single = {p.stem for p in source.glob("*.py")} - {"__init__", "__main__"}
    below = re.search(r"^Below all of them(.*?)\n\n", text, re.DOTALL | re.MULTILINE)
    assert below
    assert set(re.findall(r"`(\w+)`", below.group(1))) == single
    for path in re.findall(r"`(\w+/[\w/]*(?:\.py)?)`", text):  # what the journeys pass through
        assert (source / path).exists(), path
