"""``pilotscore stability``."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.test_commands import run, script

FURNACE = Path(__file__).parents[2] / "examples" / "furnace" / "furnace.csv"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("columns", ["80", "120"])
def test_what_a_person_sees(lang: str, columns: str, snapshot, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", columns)
    result = run("stability", str(FURNACE), "--lang", lang)
    assert result.exit_code == 0
    assert result.stdout == snapshot


def test_every_output_is_the_same_twice(tmp_path: Path):
    for ending in ("xlsx", "json", "svg", "png"):
        made = []
        for n in (1, 2):
            file = tmp_path / f"{n}.{ending}"
            result = run("stability", str(FURNACE), "-o", str(file), "--lang", "en")
            assert result.exit_code == 0, result.stderr
            made.append(file.read_bytes())
        assert made[0] == made[1], ending
    with zipfile.ZipFile(tmp_path / "1.xlsx") as book:
        charts = [n for n in book.namelist() if n.startswith("xl/charts/chart")]
    assert len(charts) == 1
    found = json.loads((tmp_path / "1.json").read_text(encoding="utf-8"))
    (result_found,) = found["results"]
    figures = {f["measure"]: f for f in result_found["characteristics"][0]["figures"]}
    assert round(figures["pp"]["value"], 3) == 1.313
    assert round(figures["ppk"]["value"], 3) == 1.273
    assert figures["signal_rate"]["verdict"] == "signals of loss of control"


def test_through_the_installed_script(tmp_path: Path):
    done = script("stability", str(FURNACE), "FURNACE", "--json", "--lang", "en")
    assert done.returncode == 0
    assert json.loads(done.stdout)["results"][0]["id"] == "FURNACE"


def test_usage(tmp_path: Path, book):
    assert run("stability", str(FURNACE), "P-9", "--lang", "en").exit_code == 2
    assert run("stability", str(FURNACE), "-o", "x.txt", "--lang", "en").exit_code == 2
    none = run(
        "stability", str(book()), "-c", str(Path(book()).parent / "mini.yaml"), "--lang", "en"
    )
    assert none.exit_code in (2, 3)
    result = run("stability", str(FURNACE), "-o", str(FURNACE), "--lang", "en")
    assert result.exit_code == 2


def test_without_a_chinese_font_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from pilotscore.report import stability_plot

    monkeypatch.setattr(stability_plot, "chinese_font", lambda: None)
    result = run("stability", str(FURNACE), "-o", str(tmp_path / "x.svg"), "--lang", "zh")
    assert result.exit_code == 0
    assert "没有找到中文字体" in result.stderr
