from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pilotscore.cli.shells import SHELLS
from tests.cli.test_commands import run

SAYS = {
    "bash": "complete -o nosort -F _pilotscore_completion pilotscore",
    "zsh": "#compdef pilotscore",
    "fish": "complete --no-files --command pilotscore",
    "powershell": "Register-ArgumentCompleter -Native -CommandName pilotscore",
}


@pytest.mark.parametrize("shell", SAYS)
def test_the_script_of_a_shell_is_printed(shell: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")  # the shell itself need not be here
    done = run("completion", shell)
    assert (done.exit_code, done.stderr) == (0, "")
    assert SAYS[shell] in done.stdout
    assert f"{shell}_complete" in done.stdout
    assert "_PILOTSCORE_COMPLETE" in done.stdout


def test_every_shell_has_a_script_and_no_other():
    assert set(SAYS) == set(SHELLS)
    done = run("completion", "csh")
    assert done.exit_code == 2
    assert "it may be bash, zsh, fish, powershell" in done.stderr


def offered(shell: str, *words: str) -> str:
    env = {"COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
    if shell == "fish":
        env["COMP_CWORD"] = words[-1]
    return run(_PILOTSCORE_COMPLETE=f"{shell}_complete", **env).stdout


@pytest.mark.parametrize("shell", SAYS)
def test_what_a_shell_asks_is_answered(shell: str):
    for words, wanted in (
        (("pilotscore", "ra"), "rank"),
        (("pilotscore", "criteria", "fr"), "from-excel"),
        (("pilotscore", "rank", "--num"), "--number"),
        (("pilotscore", "weights", "bw"), "bwm"),
    ):
        assert wanted in offered(shell, *words), words


@pytest.mark.parametrize("shell", SAYS)
def test_where_there_is_nothing_to_offer_files_are(shell: str):
    for words in (("pilotscore", "rank", "res"), ("pilotscore", "rank", "x.xlsx", "-c", "our")):
        assert offered(shell, *words).split("\n")[0].startswith("file"), words


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_bash_completes_by_the_script(tmp_path: Path):
    program = tmp_path / "pilotscore"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pilotscore "$@"\n')
    program.chmod(0o755)
    (tmp_path / "script").write_text(run("completion", "bash").stdout, encoding="utf-8")
    asked = (
        f'PATH="{tmp_path}:$PATH"; . "{tmp_path}/script"; COMP_WORDS=(pilotscore ra); COMP_CWORD=1; '
        '_pilotscore_completion pilotscore; echo "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == "rank\n"
