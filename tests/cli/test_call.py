from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pilotscore.criteria import built_in_names, data_folder
from pilotscore.funding.lottery import draw, record
from tests.cli.test_commands import run, script


@pytest.mark.slow
def test_new_then_check(tmp_path: Path):
    book = data_folder("examples") / "pilot" / "pilot.xlsx"
    out = tmp_path / "call.yaml"
    assert run("call", "new", book, "-o", out).exit_code == 0
    assert "Hydrogen" in out.read_text(encoding="utf-8")
    result = run("call", "check", out)
    assert result.exit_code == 0, result.stderr
    assert "no faults (budget 10 M CNY, held against pilot-maturity)" in result.stdout
    assert run("call", "new", "-o", out).exit_code == 2


@pytest.mark.slow
def test_a_new_call_of_every_built_in_set_has_no_faults(tmp_path: Path):
    for lang in ("zh", "en"):
        for name in built_in_names():
            path = tmp_path / f"{lang}-{name}.yaml"
            made = run("call", "new", "-c", name, lang=lang)
            assert made.exit_code == 0, made.stderr
            path.write_text(made.stdout, encoding="utf-8")
            assert run("call", "check", path, lang=lang).exit_code == 0


@pytest.mark.slow
def test_faults_have_lines_and_the_exit_code_1(tmp_path: Path):
    path = tmp_path / "call.yaml"
    path.write_text(
        run("call", "new").stdout.replace("least_grade: C", "least_grade: Z"), encoding="utf-8"
    )
    result = run("call", "check", path)
    assert result.exit_code == 1
    assert "call.yaml:28:1: F606 least_grade names Z" in result.stderr
    assert run("call", "check", tmp_path / "none.yaml").exit_code == 2


@pytest.mark.slow
def test_the_installed_script_checks_a_call(tmp_path: Path):
    done = script("call", "new", "-o", tmp_path / "c.yaml")
    assert done.returncode == 0, done.stderr
    assert script("call", "check", tmp_path / "c.yaml").returncode == 0


def test_a_set_that_is_not_there_is_a_fault_with_its_line(tmp_path: Path):
    path = tmp_path / "call.yaml"
    text = run("call", "new").stdout
    path.write_text(text.replace("criteria: pilot-maturity", "criteria: nonsuch"), encoding="utf-8")
    result = run("call", "check", path)
    assert result.exit_code == 1
    assert "call.yaml:6:1: F606 criteria names nonsuch" in result.stderr


def test_a_new_call_names_a_policy_of_its_own_by_its_path(tmp_path: Path):
    techport = data_folder("examples") / "techport"
    folder = tmp_path / "calls"
    folder.mkdir()
    for name in ("techport.yaml", "techport-policy.yaml"):
        shutil.copy(techport / name, tmp_path / name)
    out = folder / "c.yaml"
    assert run("call", "new", "-c", tmp_path / "techport.yaml", "-o", out).exit_code == 0
    assert "policy: ../techport-policy.yaml" in out.read_text(encoding="utf-8")
    assert run("call", "check", out, "-c", tmp_path / "techport.yaml").exit_code == 0
    beside = tmp_path / "techport-call.yaml"
    assert run("call", "new", "-c", tmp_path / "techport.yaml", "-o", beside).exit_code == 0
    checked = run("call", "check", beside)  # the set lies beside the call
    assert "held against techport" in checked.stdout, checked.stderr


def test_a_call_is_never_taken_for_the_set_that_it_names(tmp_path: Path):
    path = tmp_path / "techport.yaml"
    text = run("call", "new").stdout.replace("criteria: pilot-maturity", "criteria: techport")
    path.write_text(text, encoding="utf-8")
    result = run("call", "check", path)
    assert "F606 criteria names techport" in result.stderr
    assert "dimensions" not in result.stderr


@pytest.mark.slow
def test_a_record_is_verified_and_a_changed_one_is_not(tmp_path: Path):
    path = tmp_path / "record.txt"
    lines = record(draw(["P-1", "P-2", "P-3"], "9.18./2./"))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = script("call", "verify", path)
    assert done.returncode == 0, done.stderr
    assert "the record holds: a pool of 3" in done.stdout
    path.write_text("\n".join(lines).replace("drawn P-1", "drawn P-9"), encoding="utf-8")
    result = run("call", "verify", path)
    assert result.exit_code == 1
    assert "drawing again gives" in result.stderr
    path.write_bytes(b"\xff\xfe\x00")
    assert run("call", "verify", path).exit_code == 3
    assert run("call", "verify", tmp_path / "none.txt").exit_code == 3


@pytest.mark.slow
def test_what_the_template_shows_in_comments_is_valid(tmp_path: Path):
    """Every example line, uncommented as an office would, stands."""
    for lang in ("zh", "en"):
        text = run("call", "new", lang=lang).stdout
        shown = re.sub(
            r"^# (?=(eligible|exclusive|depends|funded|instruments):|  - \{id)",
            "",
            text,
            flags=re.MULTILINE,
        )
        assert shown.count("\neligible:") == shown.count("\ninstruments:") == 1
        path = tmp_path / f"{lang}.yaml"
        path.write_text(shown, encoding="utf-8")
        result = run("call", "check", path)
        assert result.exit_code == 0, result.stderr
