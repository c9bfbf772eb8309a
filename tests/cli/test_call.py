from __future__ import annotations

from pathlib import Path

from pilotscore.criteria import built_in_names, data_folder
from tests.cli.test_commands import run, script


def test_new_then_check(tmp_path: Path):
    book = data_folder("examples") / "pilot" / "pilot.xlsx"
    out = tmp_path / "call.yaml"
    assert run("call", "new", book, "-o", out).exit_code == 0
    assert "Hydrogen" in out.read_text(encoding="utf-8")
    result = run("call", "check", out)
    assert result.exit_code == 0, result.stderr
    assert "no faults (budget 1,000 万元, held against pilot-maturity)" in result.stdout
    assert run("call", "new", "-o", out).exit_code == 2


def test_a_new_call_of_every_built_in_set_has_no_faults(tmp_path: Path):
    for lang in ("zh", "en"):
        for name in built_in_names():
            path = tmp_path / f"{lang}-{name}.yaml"
            made = run("call", "new", "-c", name, lang=lang)
            assert made.exit_code == 0, made.stderr
            path.write_text(made.stdout, encoding="utf-8")
            assert run("call", "check", path, lang=lang).exit_code == 0


def test_faults_have_lines_and_the_exit_code_1(tmp_path: Path):
    path = tmp_path / "call.yaml"
    path.write_text(run("call", "new").stdout.replace("least_grade: C", "least_grade: Z"), encoding="utf-8")  # fmt: skip
    result = run("call", "check", path)
    assert result.exit_code == 1
    assert "call.yaml:22:1: F606 least_grade names Z" in result.stderr
    assert run("call", "check", tmp_path / "none.yaml").exit_code == 2


def test_the_installed_script_checks_a_call(tmp_path: Path):
    done = script("call", "new", "-o", tmp_path / "c.yaml")
    assert done.returncode == 0, done.stderr
    assert script("call", "check", tmp_path / "c.yaml").returncode == 0
