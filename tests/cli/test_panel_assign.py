"""``pilotscore panel assign`` as people use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.cli.test_commands import run, script
from tests.conftest import write_book
from tests.runs.test_panel_assign import book, people


@pytest.fixture
def office(tmp_path: Path) -> Path:
    experts = people(6)
    experts[0][4] = "P-0"
    experts[5][2] = ""
    return book(tmp_path, experts)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("load", ["6", "1"])
def test_what_a_person_sees(
    office: Path, lang: str, load: str, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COLUMNS", "80")
    done = run(
        "panel", "assign", office, "--each", "2", "--of-group", "企业=1", "--load", load, lang=lang
    )
    assert done.exit_code == (1 if load == "1" else 0)
    assert done.stdout == snapshot


def test_files_of_every_kind_and_the_same_bytes(office: Path, tmp_path: Path):
    outputs = [tmp_path / f"out.{e}" for e in ("xlsx", "csv", "json", "md")]
    asked = [x for o in outputs for x in ("-o", o)]
    assert run("panel", "assign", office, "--each", "2", *asked).exit_code == 0
    before = [o.read_bytes() for o in outputs]
    assert run("panel", "assign", office, "--each", "2", *asked, "--force").exit_code == 0
    assert [o.read_bytes() for o in outputs] == before
    data = json.loads(outputs[2].read_text(encoding="utf-8"))
    assert data["feasible"]
    assert [len(a["experts"]) for a in data["assignments"]] == [2] * 6
    assert {p["outcome"] for p in data["pairs"]} == {"recused", "evidence_hold"}


def test_why_not_is_in_files_too(office: Path, tmp_path: Path):
    done = run(
        "panel",
        "assign",
        office,
        "--each",
        "5",
        "--load",
        "2",
        "-o",
        tmp_path / "n.json",
        "-o",
        tmp_path / "n.xlsx",
    )
    assert done.exit_code == 1
    data = json.loads((tmp_path / "n.json").read_text(encoding="utf-8"))
    assert not data["feasible"]
    assert data["reasons"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--of-group", "企业"),
        ("--of-group", "企业=0"),
        ("--of-group", "企业组=1"),
        ("--keep", "a", "--change", "b"),
    ],
)
def test_what_cannot_be_asked_for(office: Path, arguments: tuple[str, ...]):
    done = run("panel", "assign", office, *arguments)
    assert done.exit_code in (2, 3)
    assert "Traceback" not in done.stderr


def test_a_group_without_experts_is_no_typing_error_but_a_shortage(office: Path, tmp_path: Path):
    file = tmp_path / "n.json"
    done = run("panel", "assign", office, "--of-group", "没有=1", "-o", file)
    assert done.exit_code == 1
    reasons = json.loads(file.read_text(encoding="utf-8"))["reasons"]
    assert "1 expert of 没有" in str(reasons)
    assert "1 experts" not in str(reasons)
    (more,) = [
        r["more_experts"]
        for r in json.loads(file.read_text(encoding="utf-8"))["repairs"]
        if r["what"] == "experts"
    ]
    assert more.keys() == {"没有"}
    assert more["没有"] >= 1


@pytest.mark.slow
def test_through_the_installed_script(office: Path):
    done = script("panel", "assign", office, "--each", "2", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["feasible"]


def test_an_assignment_drawn_under_a_cap_tells_its_probabilities(tmp_path: Path):
    experts = [["姓名", "组别", "单位"], *([f"E{n}", "x", f"u{n}"] for n in range(6))]
    results = [["编号", "完成单位"], *([f"P-{n}", f"v{n}"] for n in range(4))]
    book = write_book(tmp_path / "p.xlsx", {"专家": experts, "成果": results})
    done = run("panel", "assign", book, "--each", 2, "--cap", 0.5, "--seed", 3, "--json")
    assert done.exit_code == 0
    made = json.loads(done.stdout)
    assert made["cap"] == 0.5
    assert max(x["chance"] for x in made["chances"]) <= 0.5
    by_result = {f"P-{n}": 0.0 for n in range(4)}
    for x in made["chances"]:
        by_result[x["result"]] += x["chance"]
    assert by_result == pytest.approx({f"P-{n}": 2 for n in range(4)})
    drawn = {(a["result"], e) for a in made["assignments"] for e in a["experts"]}
    assert drawn <= {(x["result"], x["expert"]) for x in made["chances"]}
    again = run("panel", "assign", book, "--each", 2, "--cap", 0.5, "--seed", 3, "--json")
    assert again.stdout == done.stdout
    low = run("panel", "assign", book, "--each", 2, "--cap", 0.2, lang="en")
    assert low.exit_code == 1
    assert "raise the cap on probabilities to 0.34" in low.stdout
    assert json.loads(run("panel", "assign", book, "--each", 2, "--json").stdout)["chances"] == []
