"""``pilotscore template``: the workbook to fill in, as a command."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pilotscore.criteria import load_criteria
from tests.cli.test_commands import run, script
from tests.workbook.filling import fill


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["rows", "form"])
def test_made_by_the_script_filled_in_and_ranked(tmp_path: Path, mini: Path, layout: str):
    out = tmp_path / "t.xlsx"
    done = script("template", out, "-c", mini, "--lang", "both", "--layout", layout, "--rows", 3)
    assert (done.returncode, done.stdout) == (0, "")
    assert "t.xlsx" in done.stderr
    filled = fill(out, tmp_path / "filled.xlsx", load_criteria(mini).criteria, "both")
    checked = run("check", filled, "-c", mini)
    assert checked.exit_code == 0
    assert checked.stdout.endswith("\nno findings\n")
    assert "P-1" in run("rank", filled, "-c", mini).stdout


@pytest.mark.slow
def test_the_language_is_the_outputs_unless_given(tmp_path: Path, mini: Path):
    for lang, sheet in (("zh", "成果"), ("en", "Results")):
        out = tmp_path / f"{lang}.xlsx"
        assert run("template", out, "-c", mini, lang=lang).exit_code == 0
        assert sheet in openpyxl.load_workbook(out).sheetnames
    both = tmp_path / "both.xlsx"
    assert run("template", both, "-c", mini, "--lang", "both").exit_code == 0
    assert "成果 Results" in openpyxl.load_workbook(both).sheetnames


def test_the_number_of_rows_that_take_results(tmp_path: Path, mini: Path):
    out = tmp_path / "t.xlsx"
    run("template", out, "-c", mini, "--rows", 7)
    sheet = openpyxl.load_workbook(out)["Results"]
    locked = [sheet.cell(r, 3).protection.locked for r in range(1, 12)]
    assert locked == [True] * 3 + [False] * 7 + [True]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["t.xls"], 2),
        (["t.xlsx", "--rows", "0"], 2),
        (["t.xlsx", "--layout", "columns"], 2),
        (["t.xlsx", "--lang", "fr"], 2),
        (["absent/t.xlsx"], 2),
        (["t.xlsx", "-c", "absent.yaml"], 2),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_is_written(
    tmp_path: Path, mini: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], code: int
):
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    done = run("template", *options, *(() if "-c" in options else ("-c", mini)))
    assert (done.exit_code, done.stdout) == (code, "")
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert sorted(tmp_path.rglob("*")) == before
