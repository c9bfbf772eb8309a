"""``pilotscore criteria to-excel`` and ``from-excel``, as commands."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from syrupy.assertion import SnapshotAssertion

from pilotscore.criteria import load_criteria
from pilotscore.criteria.places import read_yaml
from tests.cli.test_commands import run, script
from tests.conftest import MINI
from tests.criteria.test_yaml_text import exact

INDICATORS, DIMENSIONS, VALUES = "指标 Indicators", "维度 Dimensions", "取值 Value functions"
EXTENDING = """
extends: mini.yaml
id: ours
version: "2"
dimensions:
  - id: tech
    indicators:
      - {id: trl, weight: 40}
      - {id: yield_rate, weight: 40}
"""


@pytest.fixture
def book(mini: Path, tmp_path: Path) -> Path:
    path = tmp_path / "mini.xlsx"
    assert run("criteria", "to-excel", mini, path).exit_code == 0
    return path


@pytest.mark.slow
def test_there_and_back_by_the_script(mini: Path, tmp_path: Path):
    out, yaml = tmp_path / "c.xlsx", tmp_path / "back.yaml"
    done = script("criteria", "to-excel", mini, out)
    assert (done.returncode, done.stdout) == (0, "")
    assert "c.xlsx" in done.stderr
    done = script("criteria", "from-excel", out, "-o", yaml)
    assert (done.returncode, done.stdout) == (0, "")
    assert "back.yaml" in done.stderr
    assert exact(load_criteria(yaml).data) == exact(read_yaml(MINI).data)
    shown = run("criteria", "from-excel", out)
    assert shown.stdout == yaml.read_text(encoding="utf-8")
    assert b"\r" not in yaml.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["pilot-maturity"])
def test_a_built_in_set_by_its_name(tmp_path: Path, name: str):
    out = tmp_path / "c.xlsx"
    assert run("criteria", "to-excel", name, out).exit_code == 0
    back = run("criteria", "from-excel", out)
    assert (back.exit_code, back.stderr) == (0, "")
    assert exact(read_yaml(back.stdout).data) == exact(load_criteria(name).data)


@pytest.mark.slow
def test_what_a_committee_changed_is_ranked_by(book: Path, tmp_path: Path):
    edited = openpyxl.load_workbook(book)
    edited[DIMENSIONS]["G3"] = 70
    edited[DIMENSIONS]["G4"] = 30
    edited.save(book)
    assert run("criteria", "from-excel", book, "-o", tmp_path / "new.yaml").exit_code == 0
    new = load_criteria(tmp_path / "new.yaml").criteria
    assert [d.weight for d in new.dimensions] == [70, 30]


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_faults_are_told_with_their_cells(book: Path, lang: str, snapshot: SnapshotAssertion):
    edited = openpyxl.load_workbook(book)
    edited[INDICATORS]["I3"] = "heavy"
    edited[INDICATORS]["C4"] = "trl"
    edited[VALUES]["B3"] = "trk"
    edited[VALUES]["Z2"] = "备注 Remarks"
    edited[VALUES]["Z3"] = "?"
    edited["门槛 Gates"]["B3"] = None
    edited["其他 Other"]["B3"] = "indicators/tlr/colour"
    edited["其他 Other"]["C3"] = "red"
    del edited["方法 Methods"]
    edited.save(book)
    result = run("criteria", "from-excel", book, lang=lang)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == snapshot


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_faults_of_the_set_are_told_with_their_cells(
    book: Path, lang: str, snapshot: SnapshotAssertion
):
    edited = openpyxl.load_workbook(book)
    edited[INDICATORS]["I3"] = 45
    edited[INDICATORS]["F5"] = "numbr"
    edited[VALUES]["E3"] = 120
    edited["门槛 Gates"]["E4"] = "disputd == yes"
    edited["门槛 Gates"]["F4"] = "Q"
    edited.save(book)
    result = run("criteria", "from-excel", book, lang=lang)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == snapshot


@pytest.mark.slow
def test_nothing_is_written_where_there_are_faults(book: Path, tmp_path: Path):
    edited = openpyxl.load_workbook(book)
    edited[INDICATORS]["I3"] = 45
    edited.save(book)
    out = tmp_path / "new.yaml"
    assert run("criteria", "from-excel", book, "-o", out).exit_code == 1
    assert not out.exists()


@pytest.mark.slow
def test_a_set_that_extends_another_is_written_whole(mini: Path, tmp_path: Path):
    ours = tmp_path / "ours.yaml"
    ours.write_text(EXTENDING, encoding="utf-8")
    done = run("criteria", "to-excel", ours, tmp_path / "ours.xlsx")
    assert done.exit_code == 0
    assert "ours.yaml extends mini.yaml" in done.stderr
    back = read_yaml(run("criteria", "from-excel", tmp_path / "ours.xlsx").stdout).data
    assert exact(back) == exact(load_criteria(ours).data)
    assert back["dimensions"][0]["indicators"][0]["weight"] == 40


def own_list(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    book.active.append(["2026 年评价指标表"])
    book.active.append(["一级指标", "指标", "权重", "评分标准"])
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_an_offices_own_list_becomes_a_set_with_a_policy_beside_it(tmp_path: Path):
    path = own_list(
        tmp_path / "list.xlsx",
        ["技术", "技术就绪水平", 60, "1-9级"],
        ["技术", "是否有专利", 40, "是=100；否=0"],
    )
    out = tmp_path / "ours.yaml"
    done = run("criteria", "from-excel", path, "-o", out)
    assert (done.exit_code, done.stdout) == (0, "")
    assert [i.title.zh for i in load_criteria(out).criteria.indicators] == [
        "技术就绪水平",
        "是否有专利",
    ]
    policy = tmp_path / "ours-policy.yaml"
    assert load_criteria(out).criteria.policy == policy.name
    assert run("criteria", "check", policy, "-c", out).exit_code == 0
    policy.write_text("ours by now", encoding="utf-8")
    assert run("criteria", "from-excel", path, "-o", out).exit_code == 2
    again = run("criteria", "from-excel", path, "-o", out, "--force")
    assert "ours-policy.yaml is there already" in again.stderr
    assert policy.read_text(encoding="utf-8") == "ours by now"
    shown = run("criteria", "from-excel", path)
    assert read_yaml(shown.stdout).data["policy"] == "list-policy.yaml"
    assert "list-policy.yaml was not written" in shown.stderr


def test_a_list_with_faults_is_told_by_its_cells(tmp_path: Path):
    path = own_list(tmp_path / "list.xlsx", ["技术", "先进性", "很多", "专家打分"])
    result = run("criteria", "from-excel", path, "-o", tmp_path / "ours.yaml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "[Sheet]!C3" in result.stderr
    assert "[Sheet]!D3" in result.stderr
    assert not (tmp_path / "ours.yaml").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["to-excel", "mini.yaml", "c.xls"], 2, "should end in .xlsx"),
        (["to-excel", "nothing", "c.xlsx"], 2, "no criteria set is called nothing"),
        (["to-excel", "mini-policy.yaml", "c.xlsx"], 2, "is a policy file and no criteria set"),
        (["to-excel", "mini.yaml", "absent/c.xlsx"], 2, "there is no folder"),
        (["from-excel", "absent.xlsx"], 3, "cannot read absent.xlsx"),
        (["from-excel", "mini.yaml"], 3, "cannot read mini.yaml"),
        (["from-excel", "mini.xlsx", "-o", "mini.xlsx"], 2, "never overwritten"),
        (["from-excel", "mini.xlsx", "-o", "c.xlsx"], 2, "should end in .yaml"),
        (["from-excel", "mini.xlsx", "-o", "absent/c.yaml"], 2, "there is no folder"),
    ],
)
def test_what_cannot_be_done_is_said(
    book: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], code: int, said: str
):
    monkeypatch.chdir(book.parent)
    before = {p: p.read_bytes() for p in book.parent.rglob("*") if p.is_file()}
    result = run("criteria", *args)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert {p: p.read_bytes() for p in book.parent.rglob("*") if p.is_file()} == before


def test_a_criteria_file_is_never_overwritten(mini: Path):
    disguised = mini.with_suffix(".xlsx")
    disguised.write_bytes(mini.read_bytes())
    assert run("criteria", "to-excel", disguised, disguised).exit_code == 2
    assert disguised.read_bytes() == mini.read_bytes()


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "供委员会编辑"), ("en", "for a committee to edit")]
)
def test_help(lang: str, said: str):
    shown = run("criteria", "to-excel", "--help", lang=lang).stdout
    assert said in "".join(shown.split("\n")).replace("    ", " ").replace("  ", " ")
