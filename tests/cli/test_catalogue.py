"""Results for enterprises: only what was released, needs with reasons, and what became of them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook

from pilotscore.language import Text
from pilotscore.store import Item, open_store
from tests.cli.test_commands import run
from tests.store.making import columns, kept_of

TITLES = (
    "微通道连续流硝化",
    "可降解镁合金骨固定螺钉",
    "连续结晶与过滤",
    "未同意公开的连续流工艺",
    "等级不够的连续流工艺",
)


def made(release=(1.0, 1.0, 1.0, 0.0, 1.0)):
    base = columns(5, decided=False)
    domain = Item(
        "domain",
        Text("技术领域", "Domain"),
        words=(Text("化工", "Chemicals"), Text("生物医药", "Biomedical")),
        keys=("chemical", "biomedical"),
    )
    facts = (
        Item("release", Text("是否同意公开推广", "Released")),
        domain,
        *base.head.facts,
    )
    return replace(
        base,
        head=replace(base.head, facts=facts),
        titles=TITLES,
        ranks=np.array([3, 1, 2, 4, 5]),
        grades=np.array([1, 0, 0, 0, 2], dtype=np.int8),
        statuses=("graded",) * 5,
        facts={
            **base.facts,
            "release": np.array(release),
            "domain": ("chemical", "biomedical", "chemical", "chemical", ""),
        },
    )


@pytest.fixture(params=["rounds.db", "folder", "round.pilot"])
def store(request, tmp_path: Path) -> Path:
    path, kept = tmp_path / request.param, kept_of(made())
    if path.suffix == ".pilot":
        path.write_bytes(kept.file)
    else:
        opened = open_store(path, write=True)
        opened.add(kept)
        opened.close()
    return path


def needs(
    path: Path, *rows: str, head: str = "需求编号,需求内容,技术领域,企业,预算(万元),截止日期"
) -> Path:
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    return path


def catalogue(store: Path, *args) -> dict:
    done = run("catalogue", store, *args, "--json", lang="en")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_only_the_best_grades_and_what_was_released_is_shown(store: Path):
    data = catalogue(store)
    assert [row["id"] for row in data["results"]] == ["P-2", "P-3", "P-1"]
    assert data["kept_back"] == 1
    assert data["results"][0]["domain"] == "Biomedical"
    assert "index" not in data["results"][0]
    assert [row["id"] for row in catalogue(store, "--grade", "c")["results"]] == ["P-5"]
    assert run("catalogue", store, "--grade", "Z").exit_code == 2


@pytest.mark.parametrize("ending", [".xlsx", ".md", ".csv", ".json"])
def test_nothing_of_what_was_not_released_is_in_any_file(store: Path, tmp_path: Path, ending: str):
    table = needs(tmp_path / "needs.csv", "N-1,连续流工艺,化工,,,")
    out = tmp_path / f"out{ending}"
    done = run("catalogue", store, "--needs", table, "-o", out)
    assert done.exit_code == 0, done.stderr
    if ending == ".xlsx":
        cells = [c.value for page in load_workbook(out) for row in page for c in row]
        text = " ".join(str(cell) for cell in cells)
    else:
        text = out.read_text(encoding="utf-8-sig")
    assert "微通道" in text
    assert "未同意公开的" not in text
    assert "P-4" not in text


def test_without_consent_nothing_is_shown(tmp_path: Path):
    base = made()
    facts = {k: v for k, v in base.facts.items() if k != "release"}
    head = replace(base.head, facts=tuple(f for f in base.head.facts if f.id != "release"))
    path = tmp_path / "round.pilot"
    path.write_bytes(kept_of(replace(base, facts=facts, head=head)).file)
    done = run("catalogue", path, lang="en")
    assert done.exit_code == 2
    assert "without consent nothing is" in done.stderr
    blank = tmp_path / "blank.pilot"  # a set that has the fact, a workbook that does not ask
    blank.write_bytes(kept_of(made(release=(np.nan,) * 5)).file)
    done = run("catalogue", blank, lang="en")
    assert done.exit_code == 2
    assert "without consent nothing is" in done.stderr
    nobody = tmp_path / "nobody.pilot"
    nobody.write_bytes(kept_of(made(release=(np.nan, 0.0, np.nan, 0.0, 0.0))).file)
    assert catalogue(nobody)["results"] == []
    assert "no result of these grades was released" in run("catalogue", nobody, lang="en").stdout


def test_needs_are_matched_with_their_reasons_and_past_ones_are_not(store: Path, tmp_path: Path):
    table = needs(
        tmp_path / "needs.csv",
        "N-1,需要连续流硝化,化工,澜石公司,300,2027-12-31",
        "N-2,骨科植入镁合金,,,,",
        "N-3,连续流,,,,2020-01-01",
        "N-4,稀土永磁电机,,,,",
    )
    args = ("--needs", table, "--as-of", "2027-01-01")
    rows = catalogue(store, *args)["matches"]
    first = [row for row in rows if row["need"] == "N-1"]
    assert [row["result"] for row in first] == ["P-1", "P-3"]
    assert first[0]["score"] > first[1]["score"]
    assert "same field: 化工" in first[0]["why"]
    assert "连续流硝化" in first[0]["why"]
    assert first[0]["budget"] == "300万元"
    assert [row["result"] for row in rows if row["need"] == "N-2"] == ["P-2"]
    assert not [row for row in rows if row["need"] in ("N-3", "N-4")]
    page = run("catalogue", store, *args, lang="en").stdout
    assert "its deadline is over" in page
    assert "no result goes with it" in page


@pytest.mark.parametrize(
    ("rows", "code", "exit_code"),
    [
        (["N-1,,化工,,,"], "N844", 1),
        ([",连续流,化工,,,"], "N844", 1),
        (["N-1,连续流,,,,", "N-1,结晶,,,,"], "N845", 1),
        (["N-1,连续流,,,面议,"], "N846", 0),
        (["N-1,连续流,,,,年底"], "N847", 0),
    ],
)
def test_a_table_of_needs_is_told_at_its_cells(store, tmp_path: Path, rows, code, exit_code):
    table = needs(tmp_path / "needs.csv", *rows)
    done = run("catalogue", store, "--needs", table, lang="en")
    assert done.exit_code == exit_code
    assert code in done.stderr


def test_what_is_no_table_of_needs_says_what_is_missing(store: Path, tmp_path: Path):
    done = run("catalogue", store, "--needs", needs(tmp_path / "x.csv", head="a,b"), lang="en")
    assert done.exit_code == 1
    assert "N841" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_became_of_a_match_is_read_back_and_shown_next_time(tmp_path: Path, lang: str):
    store, out = tmp_path / "rounds.db", tmp_path / "matches.xlsx"
    opened = open_store(store, write=True)
    opened.add(kept_of(made()))
    opened.close()
    table = needs(tmp_path / "needs.csv", "N-1,需要连续流硝化,化工,,,")
    assert run("catalogue", store, "--needs", table, "-o", out, lang=lang).exit_code == 0
    book = load_workbook(out)
    page = book.worksheets[1]
    head = next(r for r in range(1, 9) if page.cell(r, 1).value)
    columns = {page.cell(head, c).value: c for c in range(1, page.max_column + 1)}
    state, day = {"zh": ("完成情况", "日期"), "en": ("state", "date")}[lang]
    page.cell(head + 1, columns[state]).value = {"zh": "已签约", "en": "contract signed"}[lang]
    page.cell(head + 1, columns[day]).value = "2027-05-01"
    filled = tmp_path / "filled.xlsx"
    book.save(filled)
    done = run("follow", "read", store, filled, "--as-of", "2027-06-01", lang="en")
    assert done.exit_code == 0, done.stderr
    assert "N802" not in done.stderr
    again = catalogue(store, "--needs", table)["matches"]
    assert again[0]["before"] == "before: contract signed 2027-05-01"
    assert again[1]["before"] is None


def test_a_match_with_a_result_that_no_round_has_is_told(tmp_path: Path):
    store, back = tmp_path / "rounds.db", tmp_path / "back.csv"
    opened = open_store(store, write=True)
    opened.add(kept_of(made()))
    opened.close()
    back.write_text("需求编号,编号,状态,日期\nN-1,P-9,已签约,2027-01-01\n", encoding="utf-8")
    done = run("follow", "read", store, back, "--as-of", "2027-06-01", lang="en")
    assert done.exit_code == 1
    assert "N822" in done.stderr


def test_the_file_of_one_round_is_read_as_a_store_and_takes_no_more(tmp_path: Path):
    path = tmp_path / "round.pilot"
    path.write_bytes(kept_of(columns(4)).file)
    assert run("rounds", "list", path).exit_code == 0
    assert run("rounds", "show", path).exit_code == 0
    assert run("follow", path, "--as-of", "2027-01-01").exit_code == 0
    for command in (("rounds", "add", path, path), ("rank", path, "--store", path)):
        done = run(*command, lang="en")
        assert done.exit_code == 2, command
        assert "takes no more" in done.stderr
