"""``pilotscore panel report`` as people use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.cli.test_commands import run, script
from tests.conftest import write_book
from tests.panels.making import SHROUT_FLEISS


@pytest.fixture
def published(tmp_path: Path) -> Path:
    rows = [
        [f"J{j + 1}", f"R{i + 1}", "x", float(SHROUT_FLEISS[i, j])]
        for i in range(6)
        for j in range(4)
    ]
    return write_book(tmp_path / "s.xlsx", {"s": [["expert", "id", "indicator", "score"], *rows]})


@pytest.fixture
def office(tmp_path: Path) -> Path:
    base = {"P-1": 85, "P-2": 62, "P-3": 74, "P-4": 71, "P-5": 90, "P-6": 55}
    experts = {"张伟": 0, "王芳": 6, "李娜": -9, "刘洋": 1, "陈静": 0}
    rows = []
    for n, (result, level) in enumerate(base.items()):
        for m, (expert, by) in enumerate(experts.items()):
            wobble = (n * 7 + m * 5) % 6 - 3
            rows.append(
                [expert, result, "技术成熟", level + by + wobble, "数据不足" if level < 60 else ""]
            )
            rows.append([expert, result, "市场前景", level + by - wobble, ""])
    people = [["姓名", "组别", "单位", "回避"], *([e, "企业", f"{e}公司", ""] for e in experts)]
    people[1][3] = "P-2"
    listed = [
        ["编号", "成果名称", "完成单位"],
        *([r, f"第 {r[-1]} 项成果", "某大学"] for r in base),
    ]
    sheets = {
        "评分": [["2026 年评审"], ["专家", "编号", "指标", "分数", "评语"], *rows],
        "专家": people,
        "成果": listed,
    }
    return write_book(tmp_path / "o.xlsx", sheets)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_committee_sees(
    office: Path, lang: str, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COLUMNS", "80")
    done = run(
        "panel", "report", office, "--how", "drop", "--fund", "2", "--draws", "50", lang=lang
    )
    assert done.exit_code == 0
    assert done.stdout == snapshot
    assert "E914" in done.stderr


def test_a_bare_table_of_scores_gives_the_published_agreement(published: Path):
    done = run("panel", "report", published, "--json")
    assert done.exit_code == 0
    icc = json.loads(done.stdout)["agreement"]["icc"]
    assert {k: round(v["value"], 2) for k, v in icc.items()} == {
        "ICC(1,1)": 0.17,
        "ICC(2,1)": 0.29,
        "ICC(3,1)": 0.71,
        "ICC(1,k)": 0.44,
        "ICC(2,k)": 0.62,
        "ICC(3,k)": 0.91,
    }


@pytest.mark.slow
def test_every_format_and_the_same_bytes(office: Path, tmp_path: Path):
    outputs = [tmp_path / f"p.{e}" for e in ("xlsx", "csv", "json", "md")]
    asked = [x for o in outputs for x in ("-o", o)]
    assert run("panel", "report", office, "--fund", "2", *asked).exit_code == 0
    before = [o.read_bytes() for o in outputs]
    assert run("panel", "report", office, "--fund", "2", *asked, "--force").exit_code == 0
    assert [o.read_bytes() for o in outputs] == before
    assert outputs[1].read_text(encoding="utf-8-sig").count("\n") == 7


@pytest.mark.slow
def test_what_goes_to_applicants_names_no_expert(office: Path, tmp_path: Path):
    outputs = [tmp_path / f"p.{e}" for e in ("json", "md", "csv")]
    asked = [x for o in outputs for x in ("-o", o)]
    done = run("panel", "report", office, "--without-experts", *asked)
    assert done.exit_code == 0
    shown = run("panel", "report", office, "--without-experts").stdout
    for text in (shown, *(o.read_text(encoding="utf-8-sig") for o in outputs)):
        assert not any(name in text for name in ("张伟", "王芳", "李娜", "刘洋", "陈静"))


def test_faults_block_and_the_rest_is_told(tmp_path: Path):
    head = ["专家", "编号", "指标", "分数"]
    book = write_book(
        tmp_path / "f.xlsx", {"s": [head, ["A", "P-1", "a", "好"], ["B", "P-1", "a", 3]]}
    )
    done = run("panel", "report", book)
    assert done.exit_code == 1
    assert "E902" in done.stderr
    assert "P-1" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("--scale", "ten"),
        ("--scale", "9-1"),
        ("--scale", "0-inf"),
        ("--scale", "0-nan"),
        ("--group", "企业"),
        ("--group", "企业=-1"),
        ("--how", "mode"),
        ("--group", "企业=0.4", "--group", "企业=0.6"),
    ],
)
def test_what_cannot_be_asked_for(office: Path, arguments: tuple[str, ...]):
    done = run("panel", "report", office, *arguments)
    assert done.exit_code == 2
    assert "Traceback" not in done.stderr


def test_nothing_to_read(tmp_path: Path):
    (tmp_path / "x.xlsx").write_text("no workbook")
    assert run("panel", "report", tmp_path / "x.xlsx").exit_code == 3
    empty = write_book(tmp_path / "e.xlsx", {"s": [["a"], [1]]})
    assert run("panel", "report", empty).exit_code == 1


@pytest.mark.slow
def test_through_the_installed_script(published: Path):
    done = script("panel", "report", published, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["experts_count"] == 4
