"""``pilotscore stability``."""

from __future__ import annotations

import datetime
import json
import random
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.cli.test_commands import run, script
from tests.conftest import built_in
from tests.workbook.filling import fill

FURNACE = Path(__file__).parents[2] / "examples" / "furnace" / "furnace.csv"


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("columns", ["80", "120"])
def test_what_a_person_sees(lang: str, columns: str, snapshot, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", columns)
    result = run("stability", str(FURNACE), "--lang", lang)
    assert result.exit_code == 0
    assert result.stdout == snapshot


@pytest.mark.slow
def test_every_output_is_the_same_twice(tmp_path: Path):
    for ending in ("xlsx", "json", "md", "svg", "png"):
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


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_workbook(tmp_path: Path):
    file = tmp_path / "s.xlsx"
    assert run("stability", str(FURNACE), "-o", str(file), "--lang", "zh").exit_code == 0
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(tmp_path / "out"),
            str(file),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    saved = openpyxl.load_workbook(tmp_path / "out" / "s.xlsx")
    ours = openpyxl.load_workbook(file)
    assert saved.sheetnames == ours.sheetnames
    for sheet in ours.worksheets:
        if sheet.max_row < 2:
            continue  # a sheet of charts alone
        first = [c.value for c in next(iter(saved[sheet.title].iter_rows()))]
        assert first[: sheet.max_column] == [c.value for c in next(iter(sheet.iter_rows()))]
    assert sum(len(s._charts) for s in saved.worksheets) == 1


@pytest.mark.slow
def test_score_says_where_a_measured_value_comes_from(
    tmp_path: Path, snapshot, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COLUMNS", "120")
    template, filled = tmp_path / "t.xlsx", tmp_path / "f.xlsx"
    assert run("template", str(template), "--lang", "en").exit_code == 0
    loaded = built_in()
    book = openpyxl.load_workbook(fill(template, filled, loaded.criteria, "en"))
    sheet = book["Batches"]
    draw, start = random.Random(5), datetime.datetime(2026, 3, 1, 8)
    for n in range(12):
        begin, end = (start + datetime.timedelta(hours=24 * n + h) for h in (0, 22))
        sheet.append(
            [
                "P-1",
                f"B{n + 1}",
                "pilot",
                begin,
                end,
                "purity",
                round(draw.gauss(99.2, 0.2), 3),
                "%",
                98,
                100,
            ]
        )
    book.save(filled)
    for lang in ("zh", "en"):
        lines = run("score", str(filled), "P-1", "--lang", lang).stdout.splitlines()
        assert sum(line.count("†") for line in lines) == 7  # six values, and the note
        (note,) = (n for n, line in enumerate(lines) if line.strip().startswith("†"))
        end = next(n for n, line in enumerate(lines) if n > note and not line.strip())
        assert "\n".join(lines[note:end]) == snapshot


@pytest.mark.slow
def test_through_the_installed_script(tmp_path: Path):
    done = script("stability", str(FURNACE), "FURNACE", "--json", "--lang", "en")
    assert done.returncode == 0
    assert json.loads(done.stdout)["results"][0]["id"] == "FURNACE"


@pytest.mark.slow
def test_usage(tmp_path: Path, book):
    assert run("stability", str(FURNACE), "P-9", "--lang", "en").exit_code == 2
    assert run("stability", str(FURNACE), "-o", "x.txt", "--lang", "en").exit_code == 2
    none = run(
        "stability", str(book()), "-c", str(Path(book()).parent / "mini.yaml"), "--lang", "en"
    )
    assert none.exit_code in (2, 3)
    result = run("stability", str(FURNACE), "-o", str(FURNACE), "--lang", "en")
    assert result.exit_code == 2


@pytest.mark.slow
def test_without_a_chinese_font_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from pilotscore.render import pictures

    monkeypatch.setattr(pictures, "chinese_font", lambda: None)
    result = run("stability", str(FURNACE), "-o", str(tmp_path / "x.svg"), "--lang", "zh")
    assert result.exit_code == 0
    assert "没有找到中文字体" in result.stderr
