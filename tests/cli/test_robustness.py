"""``pilotscore robustness`` and ``rank --robust``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

import pilotscore
from pilotscore.cli.robustness import put_to_the_test
from pilotscore.crew import ThisMachine
from pilotscore.errors import UsageError
from tests.cli.test_commands import run, script
from tests.conftest import MakeBook, row

PILOT = next((Path(__file__).parents[2] / "examples" / "pilot").glob("*.xlsx"))
QUICK = ("--draws", "500", "--error", "0.05", "--as-of", "2026-11-24")


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("columns", ["80", "120"])
def test_what_a_person_sees(lang: str, columns: str, snapshot, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", columns)
    result = run("robustness", str(PILOT), *QUICK, "--show", "12", "--top", "8", "--lang", lang)
    assert result.exit_code == 1  # the example has faults to be shown
    assert result.stdout == snapshot
    from rich.cells import cell_len

    assert max(cell_len(line) for line in result.stdout.splitlines()) <= int(columns)


@pytest.mark.slow
@pytest.mark.filterwarnings(
    "ignore:.*xtension is not supported:UserWarning"
)  # openpyxl and data bars
def test_the_same_bytes_whatever_the_cores(tmp_path: Path):
    made = []
    for n in (1, 3):
        paths = [tmp_path / f"{n}.xlsx", tmp_path / f"{n}.json"]
        out = [x for p in paths for x in ("-o", str(p))]
        run("robustness", str(PILOT), *QUICK, "--cores", str(n), *out, "--lang", "en")
        made.append([p.read_bytes() for p in paths])
    assert made[0] == made[1]
    record = json.loads(made[0][1])
    assert record["settings"]["draws"] >= 500
    assert record["results"][0]["rank"] == 1
    book = openpyxl.load_workbook(tmp_path / "1.xlsx")
    assert book.sheetnames[:3] == ["Robustness", "Rank acceptability", "Weights and neighbours"]
    heat = book["Rank acceptability"]
    assert sum(c.value for c in heat[2][2:]) == pytest.approx(1, abs=1e-6)
    assert heat.conditional_formatting


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")
def test_in_every_output_of_rank(tmp_path: Path):
    out = tmp_path / "r.xlsx"
    result = run("rank", str(PILOT), "--robust", "--json", "-o", str(out), "--lang", "en")
    record = json.loads(result.stdout)["robustness"]
    assert record["results"][0]["id"] == json.loads(result.stdout)["ranking"][0]["id"]
    assert "First place" in record["summary"]
    assert "Rank acceptability" in openpyxl.load_workbook(out).sheetnames
    shown = run("rank", str(PILOT), "--robust", "--lang", "en", "--top", "5").stdout
    assert "Robustness of the ranking" in shown


@pytest.mark.slow
def test_bad_input(tmp_path: Path):
    book = tmp_path / "b.xlsx"
    shutil.copy(PILOT, book)

    def refused(*args: str) -> str:
        result = run("robustness", str(book), *args, "--lang", "en")
        assert result.exit_code == 2
        return result.stderr

    assert "tech=20%..40%" in refused("--range", "tech")
    assert "no weights satisfy" in refused(
        "--range", "tech=60%..70%", "--range", "stability=50%..60%"
    )
    assert "is no dimension or indicator" in refused("--range", "nothing=0..1")
    assert "lower end" in refused("--range", "tech=60%..20%")
    assert ".xlsx, .json, .md or .html" in refused("-o", "x.csv")
    assert "never overwritten" in refused("-o", str(book))


@pytest.mark.slow
def test_through_the_installed_script():
    done = script(
        "robustness", str(PILOT), *QUICK, "--weights", "uniform", "--json", "--lang", "en"
    )
    assert done.returncode == 1
    assert json.loads(done.stdout)["settings"]["weights"] == "uniform"


def test_cores_of_this_machine_do_not_go_with_a_cluster(book: MakeBook, mini: Path) -> None:
    outcome = pilotscore.rank(book(row(id="P-1"), row(id="P-2")), mini)
    with pytest.raises(UsageError, match="--cores counts cores of this machine"):
        put_to_the_test(outcome, {"cores": 2}, crew=ThisMachine(1))
