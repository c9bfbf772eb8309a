"""Judged, measured and stated stay apart on the scorecard, in explanations and rankings."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from pilotscore.language import LANGS, Lang
from tests.cli.test_commands import run
from tests.conftest import HEADERS, row, write_book

SAID = {"zh": ("专家评判 30%", "申报 70%"), "en": ("Judged by experts 30%", "Stated 70%")}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    rows = [row(id="P-1", trl="7（专家评审）"), row(id="P-2", title="催化剂")]
    return write_book(tmp_path / "r.xlsx", {"成果": [HEADERS, *rows]})


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "command", [("rank",), ("explain", "P-1"), ("score", "P-1"), ("explain", "P-2")]
)
def test_on_the_page(book: Path, mini: Path, command: tuple[str, ...], lang: Lang):
    name, *of = command
    shown = run(name, book, *of, "-c", mini, lang=lang).stdout
    assert all(said in shown for said in SAID[lang]) == (of != ["P-2"])
    if of:
        assert ("§" in shown) == (of == ["P-1"])


def test_in_json(book: Path, mini: Path):
    ranked = json.loads(run("rank", book, "-c", mini, "--json").stdout)["ranking"]
    by_id = {r["id"]: r for r in ranked}
    assert by_id["P-1"]["judged_share"] == pytest.approx(0.3)
    assert by_id["P-1"]["stated_share"] == pytest.approx(0.7)
    assert by_id["P-2"]["judged_share"] == 0
    explained = json.loads(run("explain", book, "P-1", "-c", mini, "--json").stdout)
    assert explained["judged"] == ["trl"]
    assert explained["judged_share"] == pytest.approx(0.3)
    scored = json.loads(run("score", book, "P-1", "-c", mini, "--json").stdout)
    assert [x["id"] for x in scored["indicators"] if x["origin"] == "panel"] == ["trl"]
    assert scored["judged_share"] == pytest.approx(0.3)


@pytest.mark.parametrize("ending", [".csv", ".md", ".xlsx"])
def test_in_files(book: Path, mini: Path, tmp_path: Path, ending: str):
    out = tmp_path / f"o{ending}"
    assert run("rank", book, "-c", mini, "-o", out, lang="en").exit_code == 0
    if ending == ".xlsx":
        from openpyxl import load_workbook

        rows = [[str(c) for c in r] for r in load_workbook(out)["Data"].values]
        head = next(r for r in rows if "专家评判 Judged by experts" in r)
        own = next(r for r in rows if "P-1" in r)
        assert own[head.index("专家评判 Judged by experts")] == "0.3"
        return
    text = out.read_text("utf-8-sig")
    if ending == ".csv":
        first = {r["ID"]: r for r in csv.DictReader(io.StringIO(text))}["P-1"]
        assert float(first["Judged by experts"]) == pytest.approx(0.3)
    else:
        rows = [[c.strip() for c in line.split("|")] for line in text.splitlines()]
        head = next(r for r in rows if "Judged by experts" in r)
        own = next(r for r in rows if "P-1" in r)
        assert own[head.index("Judged by experts")] in ("0.3", "30.0%")


@pytest.mark.slow
def test_a_decision_says_them_where_a_panel_judged_something(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from openpyxl import load_workbook

    from pilotscore.criteria.shipped import data_folder

    example, out = data_folder("examples") / "pilot", tmp_path / "b.json"
    call = ("--call", example / "call.yaml", "--lang", "zh")
    wb = load_workbook(example / "pilot.xlsx")
    sheet = wb["成果"]
    head = [str(c.value) for c in next(r for r in sheet.iter_rows() if r[0].value == "编号")]
    at = next(k for k, text in enumerate(head) if text.startswith("技术就绪水平"))
    cell = next(r for r in sheet.iter_rows() if "CG-003" in [c.value for c in r])[at]
    cell.value = f"{cell.value}（专家评审）"
    wb.save(tmp_path / "pilot.xlsx")
    monkeypatch.setenv("COLUMNS", "80")
    shown = run("fund", tmp_path / "pilot.xlsx", *call)
    run("fund", tmp_path / "pilot.xlsx", *call, "-o", out)
    assert shown.stdout.count("专家评判") == 1
    decided = {d["id"]: d for d in json.loads(out.read_text(encoding="utf-8"))["decisions"]}
    assert decided["CG-003"]["judged_share"] > 0
    assert decided["CG-001"]["judged_share"] == 0
