from __future__ import annotations

import json
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.cli.test_commands import run, script
from tests.conftest import HEADERS, row, write_book

AS_OF = ("--as-of", "2026-11-23")


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    old = [
        row(trl=5),
        row(id="P-2", title="催化剂", trl=7),
        row(id="P-3", title="离心机"),
        row(id="P-4"),
    ]
    new = [
        row(trl=8),
        row(id="P-2", title="催化剂", trl=5, hazard="部分完成"),
        row(id="P-3", title="离心机"),
        row(id="P-5"),
    ]
    return (
        write_book(tmp_path / "old.xlsx", {"S": [HEADERS, *old]}),
        write_book(tmp_path / "new.xlsx", {"S": [HEADERS, *new]}),
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_person_sees(
    two: tuple[Path, Path],
    mini: Path,
    lang: str,
    snapshot: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("COLUMNS", "80")
    done = run("compare", *two, "-c", mini, *AS_OF, lang=lang)
    assert done.exit_code == 0
    assert done.stdout == snapshot


@pytest.mark.slow
def test_through_the_installed_script_as_json(two: tuple[Path, Path], mini: Path):
    done = script("compare", *two, "-c", mini, *AS_OF, "--json")
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    assert data["summary"] == {
        "rose": 1,
        "fell": 1,
        "same": 1,
        "status": 0,
        "appeared": 1,
        "left": 1,
    }
    assert data["old"]["inputs"][0]["results"] == 4


def test_files_and_refusals(two: tuple[Path, Path], mini: Path, tmp_path: Path):
    outputs = [tmp_path / f"out.{e}" for e in ("xlsx", "csv", "json", "md")]
    done = run("compare", *two, "-c", mini, *AS_OF, *(x for o in outputs for x in ("-o", o)))
    assert (done.exit_code, done.stdout) == (0, "")
    assert all(o.stat().st_size for o in outputs)
    before = two[0].read_bytes()
    assert run("compare", *two, "-c", mini, "-o", two[0]).exit_code == 2
    assert run("compare", *two, "-c", mini, "-o", tmp_path / "x.pdf").exit_code == 2
    assert two[0].read_bytes() == before


def test_a_round_that_cannot_be_read(two: tuple[Path, Path], mini: Path, tmp_path: Path):
    assert run("compare", two[0], tmp_path / "absent.xlsx", "-c", mini).exit_code == 3
    folder = tmp_path / "f"
    folder.mkdir()
    (folder / "new.xlsx").write_bytes(two[1].read_bytes())
    (folder / "bad.xlsx").write_bytes(b"PK no")
    assert run("compare", two[0], folder, "-c", mini, *AS_OF).exit_code == 4
