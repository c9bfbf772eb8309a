"""``pilotscore weights``: judgements of experts, and weights from the batch."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pilotscore.criteria import load_criteria
from pilotscore.workbook.judgements import ratio
from tests.cli.test_commands import run, script
from tests.conftest import HEADERS, row, write_book

# Dimensions, then tech (trl, yield_rate, run_hours), then safety (hazard, permit): the rows of each.
AHP = {3: {3: "3"}, 7: {3: "2", 4: "4"}, 8: {4: "2"}, 12: {3: "5"}}


def template(tmp_path: Path, mini: Path, method: str, experts: int = 1, lang: str = "zh") -> Path:
    path = tmp_path / f"{method}.xlsx"
    args = ("--template", str(path), "--experts", str(experts), "-c", str(mini), "--lang", lang)
    assert run("weights", method, *args).exit_code == 0
    return path


def rows_of(sheet: Any) -> dict[str, int]:
    return {str(r[0].value).split("\n")[0]: r[0].row for r in sheet.iter_rows() if r[0].value}


def judge(sheet: Any, pairs: dict[tuple[str, str], object]) -> None:
    """Enter judgements by the titles of row and column."""
    rows = rows_of(sheet)
    for (left, top), value in pairs.items():
        header = max(
            r[0].row
            for r in sheet.iter_rows()
            if str(r[0].value).startswith("[") and r[0].row < rows[left]
        )
        column = next(c.column for c in sheet[header] if c.value == top)
        assert not sheet.cell(rows[left], column).protection.locked
        sheet.cell(rows[left], column).value = value


GOOD: dict[tuple[str, str], object] = {
    ("技术成熟度", "安全环保"): "3",
    ("技术就绪水平", "一次合格率"): "2",
    ("技术就绪水平", "连续运行时间"): 4,
    ("一次合格率", "连续运行时间"): "2",
    ("安全评估", "环评批复"): "1/3",
}


def judged(tmp_path: Path, mini: Path, *experts: dict[tuple[str, str], object]) -> Path:
    path = template(tmp_path, mini, "ahp", len(experts))
    book = openpyxl.load_workbook(path)
    for sheet, pairs in zip(book.worksheets, experts, strict=True):
        judge(sheet, pairs)
    book.save(path)
    return path


def test_judgements_become_weights_and_a_criteria_file(tmp_path: Path, mini: Path):
    book = judged(tmp_path, mini, GOOD)
    out = mini.parent / "new.yaml"
    result = run(
        "weights", "ahp", str(book), "-c", str(mini), "-o", str(out), "--json", "--lang", "en"
    )
    assert result.exit_code == 0, result.stderr
    record = json.loads(result.stdout)
    assert [d["weight"] for d in record["dimensions"]] == pytest.approx([0.75, 0.25])
    tech, safety = ([i["weight"] for i in d["indicators"]] for d in record["dimensions"])
    assert tech == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    assert safety == pytest.approx([0.25, 0.75])
    assert all(g["ratio"] == pytest.approx(0, abs=1e-9) for g in record["groups"])
    criteria = load_criteria(out).criteria
    assert [d.weight for d in criteria.dimensions] == [75, 25]
    assert "AHP, 1 expert, ahp.xlsx" in (criteria.source or "")
    assert sum(i.weight for i in criteria.dimensions[0].indicators) == 100
    again = run("weights", "ahp", str(book), "-c", str(mini), "-o", str(out), "--lang", "en")
    assert again.exit_code == 2
    assert "there already" in again.stderr


def test_several_experts(tmp_path: Path, mini: Path, snapshot):
    other = {**GOOD, ("技术成熟度", "安全环保"): "1/3", ("一次合格率", "连续运行时间"): "9"}
    book = judged(tmp_path, mini, GOOD, other)
    for pool in ("judgements", "priorities"):
        args = ("weights", "ahp", str(book), "-c", str(mini), "--pool", pool, "--lang", "zh")
        result = run(*args)
        assert result.exit_code == 0
        pooled = json.loads(run(*args, "--json").stdout)["dimensions"]
        assert [d["weight"] for d in pooled] == pytest.approx([0.5, 0.5])
    lines = result.stdout.splitlines()
    assert "\n".join(line for line in lines if "ahp.xlsx" not in line) == snapshot
    assert "J706" in result.stderr  # the second expert: 2 x 9 is far from 4
    assert "一次合格率 / 连续运行时间" in result.stderr


@pytest.mark.parametrize(
    ("pairs", "code", "said"),
    [
        ({("技术成熟度", "安全环保"): "eleven"}, "J701", "'eleven'"),
        ({("技术成熟度", "安全环保"): 12}, "J701", "'12'"),
        ({("技术成熟度", "安全环保"): datetime.datetime(2026, 1, 3)}, "J701", "2026-01-03"),
        ({("技术成熟度", "安全环保"): None}, None, ""),
        ({("技术就绪水平", "连续运行时间"): None}, "J703", "技术就绪水平 / 连续运行时间"),
    ],
)
def test_faulty_judgements(
    tmp_path: Path, mini: Path, pairs: dict[tuple[str, str], object], code: str | None, said: str
):
    book = judged(tmp_path, mini, {**GOOD, **pairs})
    result = run("weights", "ahp", str(book), "-c", str(mini), "--lang", "en")
    if code is None:  # a group that nobody judged keeps its weights
        assert result.exit_code == 0
        return
    assert result.exit_code == 1
    assert code in result.stderr
    assert said in result.stderr
    assert "]!" in result.stderr  # with its cell


def test_reciprocals_that_contradict(tmp_path: Path, mini: Path):
    path = judged(tmp_path, mini, GOOD)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    rows = rows_of(sheet)
    sheet.cell(rows["安全环保"], 2).value = "1/5"
    book.save(path)
    result = run("weights", "ahp", str(path), "-c", str(mini), "--lang", "en")
    assert "J702" in result.stderr
    assert "1/3" in result.stderr
    sheet.cell(rows["安全环保"], 2).value = 0.33  # what 1/3 becomes
    book.save(path)
    assert run("weights", "ahp", str(path), "-c", str(mini)).exit_code == 0


@pytest.mark.parametrize(("method", "columns"), [("bwm", 2), ("swing", 1), ("direct", 1)])
def test_the_other_judgements(tmp_path: Path, mini: Path, method: str, columns: int):
    path = template(tmp_path, mini, method, lang="en")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    rows = rows_of(sheet)
    given = (
        {"Technology": (1, 4), "Safety": (4, 1)}
        if columns == 2
        else {"Technology": (80,), "Safety": (20,)}
    )
    for name, values in given.items():
        for c, value in enumerate(values, 2):
            sheet.cell(rows[name], c).value = value
    book.save(path)
    result = run("weights", method, str(path), "-c", str(mini), "--json", "--lang", "en")
    assert result.exit_code == 0, result.stderr
    record = json.loads(result.stdout)
    assert [d["weight"] for d in record["dimensions"]] == pytest.approx([0.8, 0.2])
    assert record["dimensions"][0]["indicators"][0]["weight"] == 0.5  # as stated
    (expert,) = record["groups"][0]["experts"].values()
    page = run("weights", method, str(path), "-c", str(mini), "--lang", "en").stdout
    assert (
        (expert["deviation"] == pytest.approx(0, abs=1e-9))
        if columns == 2
        else expert["deviation"] is None
    )
    assert ("Dimensions ξ*" in page) == (columns == 2)
    sheet.cell(rows["Safety"], 2).value = "x"
    book.save(path)
    assert "J701" in run("weights", method, str(path), "-c", str(mini), "--lang", "en").stderr


def test_a_best_that_is_not_marked(tmp_path: Path, mini: Path):
    path = template(tmp_path, mini, "bwm")
    book = openpyxl.load_workbook(path)
    rows = rows_of(book.worksheets[0])
    for name, values in {"技术成熟度": (2, 4), "安全环保": (4, 1)}.items():
        for c, value in enumerate(values, 2):
            book.worksheets[0].cell(rows[name], c).value = value
    book.save(path)
    assert "J705" in run("weights", "bwm", str(path), "-c", str(mini)).stderr
    empty = write_book(tmp_path / "e.xlsx", {"S": [["x"]]})
    assert "J704" in run("weights", "bwm", str(empty), "-c", str(mini)).stderr


@pytest.mark.parametrize(
    ("method", "cell"), [("ahp", "C4"), ("bwm", "B4"), ("swing", "B4"), ("direct", "B4")]
)
def test_a_template_that_nobody_has_filled_in_is_told_as_that(
    tmp_path: Path, mini: Path, method: str, cell: str
):
    path = template(tmp_path, mini, method)
    done = run("weights", method, str(path), "-c", str(mini), "--lang", "en")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "J707 the judgements are not filled in yet: there is none in 专家 1" in done.stderr
    assert f"fill in the blank cells from {cell} on" in done.stderr
    assert "J704" not in done.stderr


def batch(tmp_path: Path, *rows: list) -> Path:
    return write_book(tmp_path / "b.xlsx", {"S": [HEADERS, *rows]})


@pytest.mark.slow
def test_weights_from_the_batch(tmp_path: Path, mini: Path):
    book = batch(
        tmp_path,
        row(id="P-1", trl=4, run_hours=20),
        row(id="P-2", trl=7, run_hours=90),
        row(id="P-3", trl=7, run_hours=30),
    )
    args = ("-c", str(mini), "--json", "--lang", "en")
    record = json.loads(run("weights", "entropy", str(book), *args).stdout)
    weights = {
        i["id"]: d["weight"] * i["weight"] for d in record["dimensions"] for i in d["indicators"]
    }
    assert weights["yield_rate"] == pytest.approx(0)  # the same all over the batch
    assert weights["run_hours"] > weights["trl"] > 0
    assert sum(weights.values()) == pytest.approx(1)
    both = json.loads(
        run("weights", "entropy", str(book), *args, "--combine", "mean", "--share", "1").stdout
    )
    for d in both["dimensions"]:
        assert d["weight"] == pytest.approx(d["stated"])
    out = tmp_path / "w.md"
    done = run("weights", "entropy", str(book), "-c", str(mini), "-o", str(out), "--lang", "en")
    assert done.exit_code == 0
    assert "| Technology readiness level |" in out.read_text(encoding="utf-8")
    refused = run("weights", "critic", str(book), "-c", str(mini), "--lang", "en")
    assert refused.exit_code == 2
    assert "First-pass yield" in refused.stderr


@pytest.mark.slow
@pytest.mark.parametrize("method", ["entropy", "critic", "merec", "std", "gini"])
def test_too_few_or_nothing_but_equal_results(tmp_path: Path, mini: Path, method: str):
    one = run(
        "weights", method, str(batch(tmp_path, row(id="P-1"))), "-c", str(mini), "--lang", "en"
    )
    assert one.exit_code == 2
    assert "needs at least" in one.stderr
    same = batch(tmp_path, *(row(id=f"P-{n}") for n in range(4)))
    equal = run("weights", method, str(same), "-c", str(mini), "--lang", "en")
    assert equal.exit_code == 2
    assert "same all over the batch" in equal.stderr


def test_usage(tmp_path: Path, mini: Path):
    def refused(*args: str) -> str:
        result = run("weights", *args, "-c", str(mini), "--lang", "en")
        assert result.exit_code == 2
        return result.stderr

    assert "--template" in refused("ahp")
    assert "needs no judgements" in refused("critic", "--template", str(tmp_path / "t.xlsx"))
    assert ".xlsx" in refused("ahp", "--template", "t.txt")
    assert ".yaml" in refused("ahp", "b.xlsx", "-o", "t.txt")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1/3", 1 / 3),
        ("1：3", 1 / 3),
        (0.333, 1 / 3),
        ("0.33", 1 / 3),
        (5, 5),
        ("５", 5),
        (0.5, 0.5),
        (10, None),
        (0, None),
        ("1/0", None),
        (True, None),
        ("a/b", None),
        (0.05, None),
        (datetime.date(2026, 3, 1), None),
    ],
)
def test_a_judgement_as_people_write_it(cell: object, value: float | None):
    assert ratio(cell) == (None if value is None else pytest.approx(value))


@pytest.mark.slow
def test_through_the_installed_script(tmp_path: Path):
    done = script("weights", "swing", "--template", str(tmp_path / "s.xlsx"), "--lang", "zh")
    assert done.returncode == 0
    assert (tmp_path / "s.xlsx").exists()
